#![expect(clippy::disallowed_methods, reason = "tests lay out packages")]

use std::fs;

use super::{load, renew, save};
use crate::emit::{EmittedFile, Item};

const TEXT: &str = "// head\nfn a() {}\n\nfn b() {}\n";

/// What a later run finds of the items of `TEXT`, when `on_disk` is what stands there.
#[track_caller]
fn check(on_disk: &str, tool: &str, expected: bool) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    fs::create_dir(root.join("generated")).expect("a folder");
    fs::write(root.join("generated/main.rs"), on_disk).expect("a file");
    let items = vec![Item { origin: 1, at: 8..18 }, Item { origin: u64::MAX, at: 19..29 }];
    let file = EmittedFile { path: "generated/main.rs".to_owned(), text: TEXT.to_owned(), items };
    let place = root.join("target/constraints/items.json");
    save(&place, &[file], "this").expect("a record");
    let found = load(&place, root, tool, |path| path == "generated/main.rs");
    assert!(load(&place, root, tool, |_| false).text(1).is_none(), "nobody wanted this file");
    let texts = [(1, "fn a() {}\n"), (u64::MAX, "fn b() {}\n")];
    for (origin, text) in texts {
        assert_eq!(found.text(origin), expected.then_some(text));
    }
}

#[test]
fn the_items_of_a_run_are_found_by_the_next() {
    check(TEXT, "this", true);
}

#[test]
fn a_file_that_was_edited_gives_nothing() {
    check(&TEXT.replace("fn b", "fn c"), "this", false);
    check("", "this", false);
}

#[test]
fn another_build_of_the_tool_finds_nothing() {
    check(TEXT, "that", false);
}

#[test]
fn items_of_a_file_that_is_written_anew_take_the_place_of_the_old_ones() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("target/constraints/items.json");
    fs::create_dir(folder.path().join("generated")).expect("a folder");
    let file = |name: &str, origin: u64, text: &str| {
        let path = format!("generated/{name}.rs");
        fs::write(folder.path().join(&path), text).expect("a file");
        EmittedFile { path, text: text.to_owned(), items: vec![Item { origin, at: 0..text.len() }] }
    };
    save(&place, &[file("a", 1, "one"), file("b", 2, "two")], "this").expect("a record");
    renew(&place, &[file("b", 3, "three")], "this").expect("a record");
    let found = load(&place, folder.path(), "this", |_| true);
    assert_eq!([1, 2, 3].map(|origin| found.text(origin)), [Some("one"), None, Some("three")]);
}
