#![expect(clippy::disallowed_methods, reason = "tests lay out packages")]

use std::fs;
use std::path::Path;

use super::{Depends, Looks, Said, Since, Stamp};

const SOURCE: &str = "pub fn a(x: u8) -> u8 {\n    x\n}\n";

/// Whether a run is spared after `change` in a package whose notes point into its sources or not.
#[track_caller]
fn check(points_into_sources: bool, change: impl Fn(&Path), expected: Found) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    fs::write(root.join("Cargo.toml"), "[package]").expect("a file");
    for path in ["src/lib.rs", "generated/mod.rs"] {
        write(path, SOURCE)(root);
    }
    let mut looks = Looks::default();
    looks.package(root);
    looks.folders(&root.join("constraints"));
    looks.source(root.join("src/lib.rs"));
    looks.file(root.join("generated/mod.rs"));
    let said =
        Said { tests: 3, notes: Default::default(), faults: serde_json::json!([]), points_into_sources };
    let place = root.join("target/constraints/gen.json");
    let depends = Some(Depends::default());
    Stamp::new("which".to_owned(), &looks, said.clone(), depends).save(&place).expect("a stamp");
    let places = [root.join("elsewhere/gen.json"), place];
    assert!(matches!(Stamp::since(&places, "what"), Since::Unknown), "another question");
    change(root);
    for _ in 0..2 {
        match Stamp::since(&places, "which") {
            Since::Same(same) => assert_eq!((expected, same), (Found::Same, said.clone())),
            Since::Contents(changed) => {
                assert_eq!((expected, changed.functions_differ), (Found::Contents, false));
                assert_eq!((changed.sources, changed.said), (vec![root.join("src/lib.rs")], said.clone()));
            }
            Since::Unknown => assert_eq!(expected, Found::Unknown),
        }
    }
}

/// What is found after a change.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Found {
    Same,
    Contents,
    Unknown,
}

fn write(path: &'static str, text: &'static str) -> impl Fn(&Path) {
    move |root| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
}

#[test]
fn a_run_that_would_find_the_same_is_spared() {
    check(false, |_| {}, Found::Same);
    check(false, write("src/lib.rs", SOURCE), Found::Same);
    check(false, write("README.md", "Read me."), Found::Same);
}

#[test]
fn other_bodies_are_the_same_unless_a_note_points_at_lines() {
    let other = "// Longer.\npub fn a(x: u8) -> u8 {\n    x + 1\n}\n";
    check(false, write("src/lib.rs", other), Found::Same);
    check(true, write("src/lib.rs", other), Found::Unknown);
}

#[test]
fn other_signatures_are_told_with_their_file_unless_a_note_points_at_lines() {
    let other = "pub fn a(x: u16) -> u8 {\n    x\n}\n";
    check(false, write("src/lib.rs", other), Found::Contents);
    check(true, write("src/lib.rs", other), Found::Unknown);
}

#[test]
fn everything_else_is_a_difference() {
    check(false, write("src/lib.rs", "pub fn a(x: u8) -> u8 {\n    x\n}\nstruct B;\n"), Found::Unknown);
    check(false, write("src/lib.rs", "pub fn a(x: u8) -> u8 {\n"), Found::Unknown);
    check(false, write("generated/mod.rs", "pub fn a(x: u8) -> u8 {\n    0\n}\n"), Found::Unknown);
    check(false, write("src/main.rs", "fn main() {}"), Found::Unknown);
    check(false, write("Cargo.toml", "[package] "), Found::Unknown);
    check(false, write("constraints/main.toml", ""), Found::Unknown);
    check(false, write(".cargo/config.toml", ""), Found::Unknown);
    check(false, |root| fs::remove_file(root.join("src/lib.rs")).expect("a file"), Found::Unknown);
}

#[test]
fn a_stamp_that_cannot_be_read_spares_nothing() {
    check(false, write("target/constraints/gen.json", "{"), Found::Unknown);
}
