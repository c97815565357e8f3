//! Packages on disk.

#![expect(clippy::disallowed_methods, reason = "tests lay out packages")]

use std::fs;
use std::path::Path;

use super::super::{Access, Build, Choice, CrateFacts, ResolveError, Workspace, gather};
use super::judged;
use crate::model::Sources;

fn laid_out(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

/// Gathers the package that `files` make, from the manifest at `manifest`.
fn check(files: &[(&str, &[u8])], manifest: &str) -> Result<(CrateFacts, Sources), String> {
    let folder = laid_out(files);
    let mut sources = Sources::default();
    let mut first = |manifest: &Path| {
        let mut members = Workspace::ask(Some(manifest))?.choose(&Choice::default())?;
        gather(&members.remove(0), &mut sources)
    };
    match first(&folder.path().join(manifest)) {
        Ok(facts) => Ok((facts, sources)),
        Err(ResolveError::Metadata { .. }) => Err("cargo metadata failed".to_owned()),
        Err(error) => Err(error.to_string().replace(&folder.path().display().to_string(), "FOLDER")),
    }
}

const MANIFEST: &[u8] =
    b"[package]\nname = \"my-app\"\nedition = \"2021\"\n[features]\ndefault = [\"a\"]\na = []\nb = []\n";

#[test]
fn a_package_is_read_with_its_modules_and_support() {
    let files: &[(&str, &[u8])] = &[
        ("Cargo.toml", MANIFEST),
        (
            "src/lib.rs",
            b"pub mod link; #[cfg(feature = \"a\")] pub fn a() {} #[cfg(feature = \"b\")] pub fn b() {}",
        ),
        ("src/link.rs", b"pub fn parse() {}"),
        ("constraints/support.rs", b"pub fn help() {}"),
    ];
    let (facts, sources) = check(files, "Cargo.toml").expect("a package");
    assert_eq!(
        (facts.package.as_str(), facts.library.as_str(), facts.has_support),
        ("my-app", "my_app", true)
    );
    assert!(facts.manifest.ends_with("Cargo.toml"));
    let paths: Vec<_> = sources.files().map(|(_, file)| file.path.as_str()).collect();
    assert_eq!(paths, ["src/lib.rs", "src/link.rs", "constraints/support.rs"]);
    let items: Vec<_> = facts.items.all().map(|item| item.name.as_str()).collect();
    assert_eq!(items, ["parse", "a", "help"]);
}

#[test]
fn a_member_is_found_by_its_manifest() {
    let files: &[(&str, &[u8])] = &[
        ("Cargo.toml", b"[workspace]\nmembers = [\"one\", \"two\"]\nresolver = \"2\"\n"),
        ("one/Cargo.toml", b"[package]\nname = \"one\"\nedition = \"2021\"\n[lib]\nname = \"first\"\npath = \"../shared.rs\"\n"),
        ("shared.rs", b"pub fn f() {}"),
        ("two/Cargo.toml", b"[package]\nname = \"two\"\nedition = \"2021\"\n"),
        ("two/src/main.rs", b"fn main() {}"),
    ];
    let (facts, sources) = check(files, "one/Cargo.toml").expect("a package");
    assert_eq!(facts.library, "first");
    assert_eq!(sources.files().map(|(_, file)| file.path.clone()).collect::<Vec<_>>(), ["../shared.rs"]);
    let (facts, _) = check(files, "two/Cargo.toml").expect("a package");
    assert_eq!((facts.library.as_str(), facts.access), ("two", Access::Inside));
    assert_eq!(facts.own_target, ["--bin", "two"]);
}

/// Names of the packages that are meant in a workspace of `api` and `worker`.
fn chosen(packages: &[&str], choice: Choice, manifest: &str) -> Result<String, String> {
    let root = "[workspace]\nmembers = [\"api\", \"worker\"]\nresolver = \"2\"\n";
    let member = "edition = \"2021\"\n[features]\nsmall = []\n";
    let folder = laid_out(&[
        ("Cargo.toml", root.as_bytes()),
        ("api/Cargo.toml", format!("[package]\nname = \"api\"\n{member}fast = []\n").as_bytes()),
        ("api/src/lib.rs", b""),
        ("worker/Cargo.toml", format!("[package]\nname = \"worker\"\n{member}").as_bytes()),
        ("worker/src/lib.rs", b""),
    ]);
    let choice = Choice { packages: packages.iter().map(|it| (*it).to_owned()).collect(), ..choice };
    let workspace = Workspace::ask(Some(&folder.path().join(manifest))).expect("a workspace");
    let members = workspace.choose(&choice).map_err(|error| error.to_string())?;
    let shown =
        members.iter().map(|member| [&[member.name().to_owned()], &member.build.features[..]].concat());
    Ok(shown.map(|words| words.join("+")).collect::<Vec<_>>().join(" "))
}

#[test]
fn packages_are_chosen_as_cargo_does() {
    let all = Choice { all: true, ..Choice::default() };
    assert_eq!(chosen(&[], Choice::default(), "Cargo.toml").as_deref(), Ok("api worker"));
    assert_eq!(chosen(&[], Choice::default(), "api/Cargo.toml").as_deref(), Ok("api"));
    assert_eq!(chosen(&[], all, "api/Cargo.toml").as_deref(), Ok("api worker"));
    assert_eq!(chosen(&["worker"], Choice::default(), "api/Cargo.toml").as_deref(), Ok("worker"));
    insta::assert_snapshot!(chosen(&["wroker"], Choice::default(), "Cargo.toml").unwrap_err(), @"the workspace has no package `wroker`; it has worker");
}

#[test]
fn a_feature_is_for_the_packages_that_have_it() {
    let with = |feature: &str| {
        let build = Build { features: vec![feature.to_owned()], ..Build::default() };
        chosen(&[], Choice { build, ..Choice::default() }, "Cargo.toml")
    };
    assert_eq!(with("small fast").as_deref(), Ok("api+fast+small worker+small"));
    assert_eq!(with("api/small").as_deref(), Ok("api+small worker"));
    insta::assert_snapshot!(with("fats").unwrap_err(), @"there is no feature `fats`; did you mean fast?");
}

#[test]
fn the_crate_is_the_library_or_else_the_binary() {
    let subject = |targets: &str, package: &str| {
        let manifest = format!("[package]\nname = \"app\"\nedition = \"2021\"\n{package}\n{targets}");
        let (lib, main): (&[u8], &[u8]) = (b"", b"fn main() {}");
        let all =
            [("src/lib.rs", lib), ("src/main.rs", main), ("src/bin/other.rs", main), ("examples/e.rs", main)];
        let wanted = all.into_iter().filter(|(path, _)| package.contains(path));
        let files: Vec<_> = [("Cargo.toml", manifest.as_bytes())].into_iter().chain(wanted).collect();
        let (facts, _) = check(&files, "Cargo.toml")?;
        Ok::<_, String>(format!("{} {:?} {}", facts.library, facts.access, facts.own_target.join(" ")))
    };
    let have = |files: &str| format!("# {files}");
    assert_eq!(subject("", &have("src/lib.rs src/main.rs")).as_deref(), Ok("app Linked --lib"));
    assert_eq!(subject("", &have("src/bin/other.rs")).as_deref(), Ok("other Inside --bin other"));
    assert_eq!(subject("", &have("src/main.rs src/bin/other.rs")).as_deref(), Ok("app Inside --bin app"));
    let default_run = format!("default-run = \"other\" {}", have("src/main.rs src/bin/other.rs"));
    assert_eq!(subject("", &default_run).as_deref(), Ok("other Inside --bin other"));
    let key = "[package.metadata.constraints]\nbin = \"app\"";
    assert_eq!(subject(key, &have("src/lib.rs src/main.rs")).as_deref(), Ok("app Inside --bin app"));
    for (sort, access) in
        [("cdylib", "Inside"), ("staticlib", "Inside"), ("dylib", "Linked"), ("cdylib\", \"rlib", "Linked")]
    {
        let library = format!("[lib]\nname = \"core_of\"\ncrate-type = [\"{sort}\"]");
        assert_eq!(subject(&library, &have("src/lib.rs")), Ok(format!("core_of {access} --lib")), "{sort}");
    }
    let library = "[lib]\nproc-macro = true";
    assert_eq!(subject(library, &have("src/lib.rs")).as_deref(), Ok("app Inside --lib"));
    insta::assert_snapshot!(subject("", &have("examples/e.rs")).unwrap_err(), @"package app has neither a library nor a binary, only e; move what the constraints are about into `src/lib.rs`");
    insta::assert_snapshot!(subject(key, &have("src/bin/other.rs")).unwrap_err(), @"package app has no binary `app`; it has other");
    let two = "[[bin]]\nname = \"one\"\npath = \"src/main.rs\"\n[[bin]]\nname = \"two\"\npath = \"src/bin/other.rs\"";
    insta::assert_snapshot!(subject(two, &have("src/main.rs src/bin/other.rs")).unwrap_err(), @r#"package app has no library but several binaries (one, two); name one with `--bin NAME`, or for good with `bin = "NAME"` below `[package.metadata.constraints]` in its Cargo.toml"#);
}

#[test]
fn conditions_follow_the_machine_that_is_built_for() {
    let library = b"#[cfg(windows)] pub fn a() {}\n#[cfg(unix)] pub fn b() {}\n#[cfg(target_pointer_width = \"32\")] pub fn c() {}";
    let items = |target: &str| {
        let key = format!("[package.metadata.constraints]\ntarget = \"{target}\"\n");
        let manifest = [MANIFEST, key.as_bytes()].concat();
        let (facts, _) = check(&[("Cargo.toml", &manifest), ("src/lib.rs", library)], "Cargo.toml")?;
        let names: Vec<_> = facts.items.all().map(|item| item.name.as_str()).collect();
        Ok::<_, String>(names.join(" "))
    };
    assert_eq!(items("i686-pc-windows-msvc").as_deref(), Ok("a c"));
    assert_eq!(items("x86_64-unknown-linux-musl").as_deref(), Ok("b"));
    assert!(items("no-such-machine").unwrap_err().starts_with("cannot build for `no-such-machine`: error"));
}

#[test]
fn what_cannot_be_read_is_an_error_of_the_world() {
    insta::assert_snapshot!(check(&[], "Cargo.toml").unwrap_err(), @"cargo metadata failed");
    insta::assert_snapshot!(check(&[("Cargo.toml", b"[package"), ("src/lib.rs", b"")], "Cargo.toml").unwrap_err(), @"cargo metadata failed");
    let files: &[(&str, &[u8])] =
        &[("Cargo.toml", MANIFEST), ("src/lib.rs", b"mod a;"), ("src/a.rs", b"// \xff")];
    insta::assert_snapshot!(check(files, "Cargo.toml").unwrap_err(), @"source file src/a.rs is not valid UTF-8, after 3 bytes");
}

#[test]
fn what_another_package_of_the_workspace_offers_is_found() {
    let files: &[(&str, &[u8])] = &[
        ("Cargo.toml", b"[workspace]\nmembers = [\"app\", \"core\", \"base\"]\nresolver = \"2\"\n"),
        (
            "app/Cargo.toml",
            b"[package]\nname = \"app\"\nedition = \"2021\"\n[dependencies]\nengine = { path = \"../core\", package = \"the-core\" }\n",
        ),
        (
            "app/src/lib.rs",
            b"pub use engine::{run, deep::*, Config as Settings}; use engine::Config; pub fn start(config: &Config) {} pub use missing::thing;",
        ),
        (
            "core/Cargo.toml",
            b"[package]\nname = \"the-core\"\nedition = \"2021\"\n[features]\ndefault = [\"fast\"]\nfast = []\n[dependencies]\nbase = { path = \"../base\" }\n",
        ),
        (
            "core/src/lib.rs",
            b"pub struct Config { pub name: String } impl Config { pub fn new(name: &str) -> Self { todo!() } }
            #[cfg(feature = \"fast\")] pub fn run(config: Config) {} pub mod deep { pub use base::*; }",
        ),
        ("base/Cargo.toml", b"[package]\nname = \"base\"\nedition = \"2021\"\n"),
        ("base/src/lib.rs", b"pub fn add(a: u8, b: u8) -> u8 { a }"),
    ];
    let targets = ["start", "run", "add", "Settings::new", "thing"];
    let found = targets.map(|target| {
        let (facts, sources) = check(files, "app/Cargo.toml").expect("a package");
        judged(&facts, sources, &format!("target = \"crate::{target}\""))
    });
    insta::assert_snapshot!(found.join("\n"), @r#"
    app::start(config: &)
    config = made settings (no clone)
    make settings: app::Settings = app::Settings { name: text }
    app::run(config: move)
    config = made settings (no clone)
    make settings: app::Settings = app::Settings { name: text }
    app::add(a: move, b: move) -> Plain
    a = u8
    b = u8
    app::Settings::new(name: &) -> Plain
    name = text
    wrong-target: `crate::thing` is not defined in this crate
      at constraints/main.toml `crate::thing`
      see src/lib.rs `thing` brought in here
      help wrap it in a function of `constraints/support.rs`, or make the call with `call = "Rust"`
    "#);
}
