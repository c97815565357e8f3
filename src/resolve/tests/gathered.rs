//! Packages on disk.

#![expect(clippy::disallowed_methods, reason = "tests lay out packages")]

use std::fs;
use std::path::Path;

use super::super::{CrateFacts, ResolveError, gather};
use crate::model::Sources;

/// Gathers the package that `files` make, from the manifest at `manifest`.
fn check(files: &[(&str, &[u8])], manifest: &str) -> Result<(CrateFacts, Sources), String> {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let mut sources = Sources::default();
    match gather(Some(&folder.path().join(manifest)), &mut sources) {
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
    let items: Vec<_> = facts.items.items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(items, ["parse", "a", "help"]);
}

#[test]
fn a_member_is_found_by_its_manifest_and_the_workspace_asks_for_one() {
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
    insta::assert_snapshot!(check(files, "Cargo.toml").unwrap_err(), @"FOLDER/Cargo.toml is a workspace of several packages (one, two); name one with --manifest-path");
    insta::assert_snapshot!(check(files, "two/Cargo.toml").unwrap_err(), @"package two in FOLDER/two/Cargo.toml has no library that a test could use");
}

#[test]
fn what_cannot_be_read_is_an_error_of_the_world() {
    insta::assert_snapshot!(check(&[], "Cargo.toml").unwrap_err(), @"cargo metadata failed");
    insta::assert_snapshot!(check(&[("Cargo.toml", b"[package"), ("src/lib.rs", b"")], "Cargo.toml").unwrap_err(), @"cargo metadata failed");
    let files: &[(&str, &[u8])] =
        &[("Cargo.toml", MANIFEST), ("src/lib.rs", b"mod a;"), ("src/a.rs", b"// \xff")];
    insta::assert_snapshot!(check(files, "Cargo.toml").unwrap_err(), @"source file src/a.rs is not valid UTF-8, after 3 bytes");
}
