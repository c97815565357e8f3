//! Files in, folders out.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::{Change, Difference, WriteError, compare, write};
use crate::emit::{EmittedFile, FIRST_LINE, FIRST_LINE_TOML};

fn file(name: &str, text: &str) -> EmittedFile {
    let first = if name == "manifest.toml" { FIRST_LINE_TOML } else { FIRST_LINE };
    EmittedFile { path: format!("generated/{name}"), text: format!("{first}\n{text}"), items: Vec::new() }
}

fn usual() -> Vec<EmittedFile> {
    vec![file("main.rs", "a"), file("api/v2.rs", "b"), file("mod.rs", "c"), file("manifest.toml", "d")]
}

/// Every file and folder below, sorted.
fn tree(folder: &Path) -> Vec<String> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            all.extend(tree(&path).into_iter().map(|below| format!("{name}/{below}")));
        }
        all.push(name);
    }
    all.sort();
    all
}

#[test]
fn files_are_written_once_and_then_left_alone() {
    let root = tempfile::tempdir().expect("a folder");
    let first = write(root.path(), &usual()).expect("written");
    let paths = ["generated/api/v2.rs", "generated/main.rs", "generated/manifest.toml", "generated/mod.rs"];
    assert_eq!((first.written, first.untouched), (paths.map(str::to_owned).to_vec(), 0));
    assert_eq!(compare(root.path(), &usual()).expect("read"), []);

    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let path = root.path().join("generated/main.rs");
    fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(long_ago)).expect("aged");
    let second = write(root.path(), &usual()).expect("written");
    assert_eq!((second.written.len(), second.deleted.len(), second.untouched), (0, 0, 4));
    assert_eq!(fs::metadata(&path).and_then(|it| it.modified()).expect("a time"), long_ago);
}

#[test]
fn differences_are_named_and_then_gone() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), &usual()).expect("written");
    let now = vec![
        file("main.rs", "changed"),
        file("new.rs", "e"),
        file("mod.rs", "c"),
        file("manifest.toml", "d"),
    ];
    let difference = |name: &str, change| Difference { path: format!("generated/{name}"), change };
    let expected = [
        difference("api/v2.rs", Change::Leftover),
        difference("main.rs", Change::Stale),
        difference("new.rs", Change::Missing),
    ];
    assert_eq!(compare(root.path(), &now).expect("read"), expected);
    let written = write(root.path(), &now).expect("written");
    assert_eq!(written.deleted, ["generated/api/v2.rs"]);
    assert_eq!(tree(&root.path().join("generated")), ["main.rs", "manifest.toml", "mod.rs", "new.rs"]);
    assert_eq!(compare(root.path(), &now).expect("read"), []);
}

#[test]
fn files_of_others_are_neither_deleted_nor_replaced() {
    let root = tempfile::tempdir().expect("a folder");
    let generated = root.path().join("generated");
    fs::create_dir_all(generated.join("notes")).expect("made");
    fs::write(generated.join("notes/mine.rs"), "// mine").expect("written");
    fs::write(generated.join("mine.rs"), format!("// mine\n{FIRST_LINE}\n")).expect("written");
    write(root.path(), &usual()).expect("written");
    assert!(generated.join("mine.rs").exists() && generated.join("notes/mine.rs").exists());

    let error = write(root.path(), &[file("mine.rs", "ours")]).expect_err("refused");
    assert!(matches!(error, WriteError::Foreign { ref path } if path.ends_with("mine.rs")), "{error}");
    assert!(generated.join("main.rs").exists(), "nothing was done before the refusal");
}

#[test]
fn what_a_killed_run_left_goes_with_the_next_one() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), &usual()).expect("written");
    fs::write(root.path().join("generated/api/.constraints-x1y2z3"), "half a fi").expect("written");
    assert_eq!(compare(root.path(), &usual()).expect("read"), [], "it is no file of ours yet");
    write(root.path(), &usual()).expect("written");
    let all = ["api", "api/v2.rs", "main.rs", "manifest.toml", "mod.rs"];
    assert_eq!(tree(&root.path().join("generated")), all);
}

#[test]
fn an_empty_file_and_other_line_ends_are_ours() {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), &usual()).expect("written");
    fs::write(root.path().join("generated/main.rs"), "").expect("written");
    fs::write(root.path().join("generated/mod.rs"), format!("{FIRST_LINE}\r\nc")).expect("written");
    assert_eq!(
        write(root.path(), &usual()).expect("written").written,
        ["generated/main.rs", "generated/mod.rs"]
    );
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let root = tempfile::tempdir().expect("a folder");
    let elsewhere = tempfile::tempdir().expect("a folder");
    fs::write(elsewhere.path().join("old.rs"), format!("{FIRST_LINE}\n")).expect("written");
    write(root.path(), &usual()).expect("written");
    std::os::unix::fs::symlink(elsewhere.path(), root.path().join("generated/link")).expect("linked");
    assert_eq!(write(root.path(), &usual()).expect("written").deleted, Vec::<String>::new());
    assert!(elsewhere.path().join("old.rs").exists());
}

#[cfg(unix)]
#[test]
fn files_get_the_permissions_of_any_new_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), &usual()).expect("written");
    fs::write(root.path().join("plain"), "").expect("written");
    let mode = |path: &str| fs::metadata(root.path().join(path)).expect("there").permissions().mode();
    assert_eq!(mode("generated/main.rs"), mode("plain"));
}
