//! `init`, `gen` and `graph` on real folders: what is on disk afterwards, what is printed, and how the process ends.

#![expect(clippy::disallowed_methods, reason = "tests lay out packages and start the tool in them")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const MANIFEST: &str =
    "# kept\n[package]\nname = \"link-share\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n[workspace]\n";

/// A package with these files.
fn package(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    folder
}

fn tool(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-constraints"));
    command.args(arguments).current_dir(folder);
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    tool(folder, arguments).output().expect("the tool runs")
}

fn init(folder: &Path) -> Output {
    let runtime = concat!(env!("CARGO_MANIFEST_DIR"), "/runtime");
    run(folder, &["constraints", "init", "--runtime-path", runtime])
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("an exit code")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Every file of a package with its text.
fn disk(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            files.extend(disk(&path).into_iter().map(|(below, text)| (format!("{name}/{below}"), text)));
        } else {
            files.insert(name, fs::read_to_string(&path).expect("text"));
        }
    }
    files
}

#[test]
fn init_wires_a_package_and_the_second_time_changes_nothing() {
    let package = package(&[
        ("Cargo.toml", MANIFEST),
        ("src/lib.rs", "pub mod link;"),
        ("src/link.rs", "pub fn parse(text: &str) -> bool { text.is_empty() }"),
    ]);
    let first = init(package.path());
    assert_eq!(code(&first), 0, "{}", String::from_utf8_lossy(&first.stderr));
    let wired = disk(package.path());
    assert!(wired["Cargo.toml"].starts_with(MANIFEST.trim_end()), "{}", wired["Cargo.toml"]);
    assert!(wired["constraints/main.toml"].contains("target = \"crate::link::parse\""));
    assert!(wired["generated/main.rs"].contains("link_share::link::parse(&text)"));
    assert_eq!(code(&init(package.path())), 0);
    assert_eq!(disk(package.path()), wired);
    assert_eq!(code(&run(package.path(), &["gen", "--check"])), 0);
}

#[test]
fn formatting_a_package_leaves_its_generated_tests_fresh() {
    let package = package(&[
        ("Cargo.toml", MANIFEST),
        ("src/lib.rs", "pub mod deep;\npub fn parse(text: &str) -> bool { text.is_empty() }"),
        ("src/deep.rs", "pub fn a_function_with_a_long_name(text: &str, another: &[u8]) {}"),
        (
            "constraints/b/c.toml",
            "[constraint.a]\nsays = \"A\"\nkind = \"no_panic\"\ntarget = \"crate::deep::a_function_with_a_long_name\"\nargs.text = { like = [\"a long sample to begin with\", \"another\"] }\n",
        ),
        ("constraints/support.rs", "pub fn badly( ) { }"),
    ]);
    assert_eq!(code(&init(package.path())), 0);
    let formatted = Command::new("cargo").arg("fmt").current_dir(package.path()).status();
    assert!(formatted.expect("cargo fmt runs").success());
    assert_eq!(disk(package.path())["constraints/support.rs"], "pub fn badly() {}\n");
    let checked = run(package.path(), &["gen", "--check"]);
    assert_eq!(code(&checked), 0, "{}", String::from_utf8_lossy(&checked.stdout));
}

#[test]
fn a_package_in_which_nothing_takes_input_gets_an_example_in_comments() {
    let package = package(&[("Cargo.toml", MANIFEST), ("src/lib.rs", "pub fn one() -> u8 { 1 }")]);
    assert_eq!(code(&init(package.path())), 0);
    let main = &disk(package.path())["constraints/main.toml"];
    assert!(main.lines().all(|line| line.is_empty() || line.starts_with('#')), "{main}");
    assert_eq!(code(&run(package.path(), &["gen"])), 4, "there is nothing to check yet");
    assert_eq!(code(&init(package.path())), 0);
}

#[test]
fn a_package_with_nothing_to_call_is_refused_and_left_alone() {
    let package = package(&[("Cargo.toml", MANIFEST), ("examples/a.rs", "fn main() {}")]);
    let before = disk(package.path());
    let output = init(package.path());
    assert_eq!(code(&output), 101);
    assert!(said(&output).contains("neither a library nor a binary, only a;"), "{}", said(&output));
    let mut after = disk(package.path());
    after.remove("Cargo.lock");
    assert_eq!(after, before);
}

fn member(name: &str) -> String {
    format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n")
}

const TOTAL: &str =
    "[constraint.NAME]\nsays = \"Any text is read\"\nkind = \"no_panic\"\ntarget = \"crate::parse\"\n";

#[test]
fn a_workspace_is_declared_at_its_root_or_in_its_packages() {
    let root = "[workspace]\nmembers = [\"api\", \"worker\", \"tool\"]\nresolver = \"2\"\n";
    let library = "pub fn parse(text: &str) -> bool { text.is_empty() }";
    let (api, worker, tool) = (member("api"), member("worker"), member("tool"));
    let at_root = format!("package = [\"api\", \"worker\"]\n{}", TOTAL.replace("NAME", "shared"));
    let own = TOTAL.replace("NAME", "own");
    let package = package(&[
        ("Cargo.toml", root),
        ("api/Cargo.toml", &api),
        ("api/src/lib.rs", library),
        ("worker/Cargo.toml", &worker),
        ("worker/src/lib.rs", library),
        ("tool/Cargo.toml", &tool),
        ("tool/src/lib.rs", library),
        ("constraints/all.toml", &at_root),
        ("api/constraints/main.toml", &own),
    ]);
    let generated = run(package.path(), &["gen"]);
    assert_eq!(code(&generated), 0, "{}", said(&generated));
    let files = disk(package.path());
    assert!(files["api/generated/all.rs"].contains("rt::no_panic(\"all.shared\""));
    assert!(files["api/generated/main.rs"].contains("rt::no_panic(\"main.own\""));
    assert!(files["worker/generated/all.rs"].contains("worker::parse(&text)"));
    assert!(!files.contains_key("worker/generated/main.rs"));
    assert!(!files.contains_key("tool/generated/all.rs"));
    assert_eq!(code(&run(package.path(), &["gen", "--check", "-p", "worker"])), 0);
    assert_eq!(code(&run(package.path(), &["gen", "-p", "tool"])), 4, "nothing is declared about it");

    let listed = run(&package.path().join("api"), &["list", "--workspace", "--message-format", "json"]);
    let listed: serde_json::Value = serde_json::from_slice(&listed.stdout).expect("one JSON document");
    let ids = |at: usize| {
        let package = &listed["packages"][at];
        let constraints = package["result"]["constraints"].as_array().expect("constraints").clone();
        (package["package"].clone(), constraints.into_iter().map(|it| it["id"].clone()).collect::<Vec<_>>())
    };
    assert_eq!(ids(0), ("api".into(), vec!["all.shared".into(), "main.own".into()]));
    assert_eq!(ids(2), ("worker".into(), vec!["all.shared".into()]));

    fs::write(package.path().join("constraints/all.toml"), at_root.replace("api", "aip")).expect("written");
    let refused = run(package.path(), &["gen"]);
    assert_eq!(code(&refused), 96);
    assert!(said(&refused).contains("--> ../constraints/all.toml:1:12"), "{}", said(&refused));
    assert!(said(&refused).contains("did you mean `api`?"), "{}", said(&refused));
}

#[test]
fn init_wires_the_packages_of_a_workspace_that_are_named() {
    let root = "[workspace]\nmembers = [\"api\", \"worker\"]\nresolver = \"2\"\n";
    let (api, worker) = (member("api"), member("worker"));
    let library = "pub fn parse(text: &str) -> bool { text.is_empty() }";
    let package = package(&[
        ("Cargo.toml", root),
        ("api/Cargo.toml", &api),
        ("api/src/lib.rs", library),
        ("worker/Cargo.toml", &worker),
        ("worker/src/lib.rs", library),
    ]);
    let runtime = concat!(env!("CARGO_MANIFEST_DIR"), "/runtime");
    let unnamed = run(package.path(), &["init", "--runtime-path", runtime]);
    assert_eq!(code(&unnamed), 101);
    assert!(said(&unnamed).contains("(api, worker); name one with `--package`"), "{}", said(&unnamed));
    let named = run(package.path(), &["init", "--runtime-path", runtime, "-p", "api"]);
    assert_eq!(code(&named), 0, "{}", said(&named));
    let files = disk(package.path());
    assert!(files["api/Cargo.toml"].contains("constraints-runtime"));
    assert!(files.contains_key("api/generated/main.rs"));
    assert_eq!(files["worker/Cargo.toml"], worker);
}

#[test]
fn stale_tests_end_with_97_and_the_command_that_mends_them() {
    let package = package(&[
        ("Cargo.toml", MANIFEST),
        ("src/lib.rs", "pub fn parse(text: &str) -> bool { text.is_empty() }"),
    ]);
    init(package.path());
    let main = package.path().join("constraints/main.toml");
    let text = fs::read_to_string(&main).expect("text");
    fs::write(&main, text.replace("parse_total", "parsing_total")).expect("written");
    let stale = run(package.path(), &["gen", "--check"]);
    assert_eq!(code(&stale), 97);
    assert_eq!(
        String::from_utf8_lossy(&stale.stdout),
        "stale    generated/main.rs\nstale    generated/manifest.toml\n"
    );
    assert!(String::from_utf8_lossy(&stale.stderr).contains("run `cargo constraints gen`"));
    assert_eq!(code(&run(package.path(), &["gen"])), 0);
    assert_eq!(code(&run(package.path(), &["gen", "--check"])), 0);
}

#[test]
fn refused_declarations_end_with_96_and_write_nothing() {
    let declarations = "[constraint.a]\nsays = \"A\"\nkind = \"no_panik\"\ntarget = \"crate::parse\"\n";
    let package = package(&[
        ("Cargo.toml", MANIFEST),
        ("src/lib.rs", "pub fn parse(text: &str) {}"),
        ("constraints/main.toml", declarations),
    ]);
    let human = run(package.path(), &["gen"]);
    assert_eq!(code(&human), 96);
    assert!(human.stdout.is_empty() && String::from_utf8_lossy(&human.stderr).contains("unknown-kind"));
    let json = run(package.path(), &["gen", "--message-format", "json"]);
    let document: serde_json::Value = serde_json::from_slice(&json.stdout).expect("one JSON document");
    assert_eq!((code(&json), &document["faults"][0]["code"]), (96, &"unknown-kind".into()));
    assert!(!package.path().join("generated").exists());
}

#[test]
fn what_is_no_text_or_has_no_library_is_said_with_its_place_and_writes_nothing() {
    let package = package(&[("Cargo.toml", MANIFEST), ("src/lib.rs", "pub fn parse(text: &str) {}")]);
    assert_eq!(code(&init(package.path())), 0);
    let declared = package.path().join("constraints/main.toml");
    let generated = package.path().join("generated");
    let before = disk(&generated);
    fs::write(&declared, b"[constraint.total]\nsays = \"caf\xe9\"\nkind = \"no_panic\"\n").expect("written");
    let refused = run(package.path(), &["gen"]);
    assert_eq!(code(&refused), 96, "{}", said(&refused));
    for part in ["not valid UTF-8", "constraints/main.toml:2:12", "save it as UTF-8", "`target`"] {
        assert!(said(&refused).contains(part), "{part}: {}", said(&refused));
    }
    fs::write(&declared, vec![b'['; 10 << 20]).expect("written");
    let refused = run(package.path(), &["gen"]);
    assert_eq!(code(&refused), 96);
    assert!(said(&refused).len() < 2_000, "a large file is not shown in full");
    fs::remove_file(package.path().join("src/lib.rs")).expect("removed");
    let refused = run(package.path(), &["gen"]);
    assert_eq!(code(&refused), 101);
    assert!(said(&refused).contains("neither a library nor a binary"), "{}", said(&refused));
    assert_eq!(disk(&generated), before);
}

#[test]
fn explaining_a_kind_or_a_code_needs_no_package() {
    let nowhere = tempfile::tempdir().expect("a folder");
    let said =
        |what: &str| String::from_utf8_lossy(&run(nowhere.path(), &["explain", what]).stdout).into_owned();
    assert!(said("round_trip").starts_with("# `round_trip`\n\n## What it requires\n"));
    assert!(said("unknown-key").starts_with("unknown-key\n\nNothing reads this key"));
    assert_eq!(code(&run(nowhere.path(), &["explain", "no_panik"])), 101);
    assert_eq!(code(&run(nowhere.path(), &["list", "--kinds"])), 0);
}

/// One that waits for another, a goal and a risk.
const WAITING: &str = r#"
[goal.up]
says = "Nothing brings it down"
[risk.spoof]
says = "A link is spoofed"
likelihood = "high"
impact = "low"
[constraint.total]
says = "Any text is parsed"
kind = "no_panic"
target = "crate::parse"
serves = "up"
[constraint.same]
says = "Parsing twice gives the same"
kind = "deterministic"
target = "crate::parse"
after = "total"
answers = "spoof"
"#;

/// What `check` wrote when the first was red.
const JUDGED: &str = r#"{
    "format": 1, "totals": { "green": 0, "red": 1, "blocked": 1, "undecided": 0 },
    "goals": [{ "id": "main.up", "says": "", "status": "red", "served_by": ["main.total"] }],
    "risks": [{ "id": "main.spoof", "says": "", "likelihood": "high", "impact": "low", "status": "blocked", "answered_by": ["main.same"] }],
    "constraints": [
        { "id": "main.same", "says": "", "kind": "deterministic", "area": "correctness", "level": "block", "status": "blocked",
          "declared": { "file": "", "line": 1, "column": 1 }, "target": "", "test": "", "replay": "" },
        { "id": "main.total", "says": "", "kind": "no_panic", "area": "stability", "level": "block", "status": "red", "frees": 1,
          "declared": { "file": "", "line": 1, "column": 1 }, "target": "", "test": "", "replay": "" }
    ]
}"#;

#[test]
fn a_graph_is_marked_with_where_everything_stood() {
    let package = package(&[
        ("Cargo.toml", MANIFEST),
        ("src/lib.rs", "pub fn parse(text: &str) -> bool { text.is_empty() }"),
        ("constraints/main.toml", WAITING),
        ("report.json", JUDGED),
    ]);
    let graph = |more: &[&str]| {
        let output = run(package.path(), &[&["graph", "--verdicts", "report.json"], more].concat());
        assert_eq!(code(&output), 0, "{}", said(&output));
        String::from_utf8(output.stdout).expect("text")
    };
    insta::assert_snapshot!(graph(&[]), @"
    ✗ red main.up · Nothing brings it down
    └── ✗ red main.total · stability · Any text is parsed · frees 1
    ⊘ blocked main.spoof · risk, likelihood high, impact low · A link is spoofed
    └── ⊘ blocked main.same · correctness · Parsing twice gives the same · after main.total
    ");
    let json: serde_json::Value =
        serde_json::from_str(&graph(&["--message-format", "json"])).expect("one document");
    let stands =
        |sort: &str| json[sort].as_array().expect("a list").iter().map(|it| it["status"].clone()).collect();
    let all: [Vec<serde_json::Value>; 3] = ["goals", "risks", "constraints"].map(stands);
    assert_eq!(serde_json::json!(all), serde_json::json!([["red"], ["blocked"], ["blocked", "red"]]));
    assert_eq!(json["constraints"][1]["frees"], 1);
    let dot = graph(&["--format", "dot"]);
    assert_eq!(dot.matches("style = filled").count(), 4, "{dot}");
    let svg = graph(&["--format", "svg"]);
    assert!(svg.contains(">frees 1</text>") && svg.contains(">0 of 1 green</text>"), "{svg}");
}

#[test]
fn a_killed_gen_leaves_each_file_as_it_was_or_as_it_will_be() {
    let package = package(&[
        ("Cargo.toml", MANIFEST),
        ("src/lib.rs", "pub fn parse(text: &str) -> bool { text.is_empty() }"),
    ]);
    init(package.path());
    let main = package.path().join("constraints/main.toml");
    let old = (fs::read_to_string(&main).expect("text"), disk(&package.path().join("generated")));
    fs::write(&main, old.0.replace("parse_total", "parsing_total")).expect("written");
    run(package.path(), &["gen"]);
    let new = (fs::read_to_string(&main).expect("text"), disk(&package.path().join("generated")));
    for round in 0..20u64 {
        let wanted = if round % 2 == 0 { &old.0 } else { &new.0 };
        fs::write(&main, wanted).expect("written");
        let mut child = tool(package.path(), &["gen"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the tool starts");
        std::thread::sleep(Duration::from_millis(round * 4));
        let _ = child.kill();
        let _ = child.wait();
        for (path, text) in disk(&package.path().join("generated")) {
            if !path.starts_with(".constraints-") {
                assert!(old.1.get(&path) == Some(&text) || new.1.get(&path) == Some(&text), "{path}: {text}");
            }
        }
    }
    fs::write(&main, &old.0).expect("written");
    assert_eq!(code(&run(package.path(), &["gen"])), 0);
    assert_eq!(disk(&package.path().join("generated")), old.1, "nothing unfinished is left");
}
