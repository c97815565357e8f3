use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use super::*;

/// A name that no kind will ever want.
const ID: &str = "unheard_of";

/// What a kind is made from and judged by, as far as it is part of the workspace.
const PARTS: [&str; 8] =
    ["Cargo.lock", "Cargo.toml", "clippy.toml", "runtime", "src", "tests/fixtures", "wire", "xtask"];

/// The files below `path`, by their path from `root`.
fn tree(root: &Path, path: &str) -> BTreeMap<String, Vec<u8>> {
    let here = root.join(path);
    if here.is_file() {
        return BTreeMap::from([(path.to_owned(), fs::read(here).expect("a file"))]);
    }
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(here).into_iter().flatten() {
        let name = entry.expect("an entry").file_name().into_string().expect("a name");
        files.extend(tree(root, &format!("{path}/{name}")));
    }
    files
}

fn parts(root: &Path) -> BTreeMap<String, Vec<u8>> {
    PARTS.iter().flat_map(|part| tree(root, part)).collect()
}

/// A copy of the workspace below the target folder, always the same, so that it is built once and not in every run.
fn copy(name: &str) -> PathBuf {
    let target = target();
    let copy = target.join("new-kind").join(name);
    let (wanted, present) = (parts(&crate::root()), parts(&copy));
    for (path, _) in present.iter().filter(|(path, _)| !wanted.contains_key(*path)) {
        fs::remove_file(copy.join(path)).expect("removed");
    }
    // What is as it should be is not touched: it would be built again.
    for (path, content) in wanted.iter().filter(|(path, content)| present.get(*path) != Some(*content)) {
        let path = copy.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, content).expect("written");
    }
    copy
}

/// The target folder that this test was built in.
fn target() -> PathBuf {
    let test = std::env::current_exe().expect("the test knows itself");
    test.ancestors().nth(3).expect("TARGET/debug/deps/TEST").to_path_buf()
}

#[test]
fn a_new_kind_is_ten_files_and_one_line_in_each_list() {
    let root = copy("tree");
    let before = parts(&root);
    let made = make_in(&root, ID).expect("made");
    let after = parts(&root);
    let new: Vec<&String> = after.keys().filter(|path| !before.contains_key(*path)).collect();
    let mut expected: Vec<&String> = made.iter().collect();
    expected.sort();
    assert_eq!((new.len(), new), (10, expected));
    let mut changed = before.keys().filter(|path| before[*path] != after[*path]).collect::<Vec<_>>();
    changed.sort();
    assert_eq!(changed, ["runtime/src/oracles/mod.rs", "src/kinds/mod.rs"]);
    for path in changed {
        let [before, after] = [&before, &after].map(|tree| String::from_utf8_lossy(&tree[path]).into_owned());
        let added: Vec<&str> = after.lines().filter(|line| !before.lines().any(|old| old == *line)).collect();
        let line = if path.starts_with("src") { "    unheard_of::UnheardOf," } else { "    unheard_of," };
        assert_eq!((added, after.lines().count()), (vec![line], before.lines().count() + 1), "{path}");
    }
    for path in made.iter().filter(|path| Path::new(path).extension().is_some_and(|end| end == "rs")) {
        let parsed = syn::parse_file(&String::from_utf8_lossy(&after[path]));
        assert!(parsed.is_ok(), "{path}: {parsed:?}");
    }
    let again = make_in(&root, ID).expect_err("refused").to_string();
    assert_eq!(again, "`unheard_of` cannot be the name of a kind: there is src/kinds/unheard_of.rs already");
    assert_eq!(parts(&root), after);
}

#[test]
fn a_kind_that_is_not_filled_in_compiles_and_fails_with_what_is_lacking() {
    let root = copy("built");
    make_in(&root, ID).expect("made");
    // Cargo takes packages of one name and version for the same, wherever they are, and mixes what it built for them.
    let manifest = root.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    let version = format!("version = \"{}\"", env!("CARGO_PKG_VERSION"));
    let other = format!("version = \"{}+copy\"", env!("CARGO_PKG_VERSION"));
    fs::write(&manifest, text.replacen(&version, &other, 1)).expect("written");
    let output = Command::new("cargo")
        .args(["test", "--quiet", "--offline", "--package", "cargo-constraints", "--lib", "kinds::"])
        .current_dir(&root)
        .env("CARGO_TARGET_DIR", target())
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    for wanted in [
        "to be filled in:",
        "src/kinds/unheard_of.rs: nothing stands under \"What it requires\"",
        "src/kinds/unheard_of.rs: nothing stands under \"References\"",
        "src/kinds/unheard_of.rs: no example stands under \"Declaration\"",
        "src/kinds/unheard_of.rs: `summary` has to be a fragment",
        "src/kinds/unheard_of.rs: a `todo!` is left",
        "runtime/src/oracles/unheard_of.rs: a `todo!` is left",
        "tests/fixtures/unheard_of/green/README.md: the first line has to say what the crate shows",
        "tests/fixtures/unheard_of/red/src/lib.rs: one line has to end with `// red: main.NAME`",
    ] {
        assert!(said.contains(wanted), "{wanted}\n{said}{errors}");
    }
    let failed = said.lines().filter(|line| line.starts_with("    kinds::")).collect::<Vec<_>>();
    assert!(
        failed.contains(&"    kinds::unheard_of::tests::what_the_kind_cannot_judge_is_refused"),
        "{said}"
    );
    assert!(failed.iter().all(|name| name.contains(ID) || name.contains("::tests::")), "{said}");
    // Nothing that was there before says that it lacks anything.
    let lacking = said.lines().skip_while(|line| *line != "to be filled in:").skip(1);
    // The list ends where the test harness has its say.
    let lacking: Vec<&str> =
        lacking.take_while(|line| line.contains(": ") && !line.starts_with("note: ")).collect();
    assert!(lacking.iter().all(|line| line.contains(ID)), "{lacking:?}");
}

#[test]
fn names_that_say_no_property_are_refused() {
    let why = |id: &str| unfit(id).unwrap_or_else(|| "fine".to_owned());
    for id in ["", "Bounded", "bounded-time", "_bounded", "bounded_", "bounded__time", "näh", "http2"] {
        assert!(why(id).contains("snake_case"), "{id}");
    }
    assert_eq!(why("loop"), "it is a keyword of Rust");
    for id in ["check_time", "must_hold", "no_bad_input"] {
        assert!(why(id).contains("the property that must hold"), "{id}");
    }
    assert_eq!(why("bounded_time"), "fine");
    let root = crate::root();
    let offered = make_in(&root, "text").expect_err("refused").to_string();
    assert!(offered.contains("generated code already knows something of that name"), "{offered}");
    let existing = make_in(&root, "lowering").expect_err("refused").to_string();
    assert!(existing.contains("there is src/kinds/lowering.rs already"), "{existing}");
}

#[test]
fn every_kind_there_is_has_a_name_that_would_be_accepted() {
    let list = read(&crate::root(), "src/kinds/mod.rs").expect("the list");
    let (_, list) = list.split_once("\nkinds! {\n").expect("the list");
    let (list, _) = list.split_once("\n}").expect("its end");
    assert!(list.lines().any(|line| name_in(line) == "no_panic"));
    for line in list.lines() {
        assert_eq!(unfit(name_in(line)), None, "{line}");
    }
}

#[test]
fn an_entry_goes_where_its_name_belongs_and_attributes_stay_with_theirs() {
    let list = "x\nlist! {\n    b,\n    #[cfg(c)]\n    d,\n}\n";
    let with = |name: &str| listed(list, "list!", name, name);
    assert_eq!(with("a").as_deref(), Some("x\nlist! {\n    a,\n    b,\n    #[cfg(c)]\n    d,\n}\n"));
    assert_eq!(with("c").as_deref(), Some("x\nlist! {\n    b,\n    c,\n    #[cfg(c)]\n    d,\n}\n"));
    assert_eq!(with("e").as_deref(), Some("x\nlist! {\n    b,\n    #[cfg(c)]\n    d,\n    e,\n}\n"));
    assert_eq!(with("d"), None);
    assert_eq!(listed(list, "other!", "a", "a"), None);
}
