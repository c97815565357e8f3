//! Takes a package's folder and the names its sources mention, gives the folders of the crates it calls.
//!
//! Reads what Cargo left behind (the lock file, the unpacked sources) instead of asking Cargo, which a test cannot
//! count on. What is not found where Cargo puts it is left out.

#![expect(clippy::disallowed_methods, reason = "Cargo's folder is found by a variable")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Crates that are looked into at most.
const MOST: usize = 16;

/// Folders of the packages whose crates are among `names`.
pub(super) fn called(root: &Path, names: &BTreeSet<String>) -> Vec<PathBuf> {
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap_or_default();
    let unpacked = unpacked();
    let folder_of = |package: &str, version: &str| {
        let name = format!("{package}-{version}");
        unpacked.iter().map(|registry| registry.join(&name)).find(|folder| folder.is_dir())
    };
    let mut folders: Vec<PathBuf> = Vec::new();
    for (package, version) in locked(root) {
        let own = package.replace('-', "_");
        if names.contains(&own) {
            folders.extend(folder_of(&package, &version));
        } else if let Some(here) = name_here(&manifest, &package) {
            let is_called = |folder: &PathBuf| {
                names.contains(
                    if here == own { crate_of(folder).unwrap_or_default() } else { here.clone() }.as_str(),
                )
            };
            folders.extend(folder_of(&package, &version).filter(is_called));
        }
    }
    let besides = [Some(root), workspace(root)].into_iter().flatten().flat_map(beside);
    let is_called = |package: &str| names.contains(&package.replace('-', "_"));
    folders.extend(besides.filter(|(package, _)| is_called(package)).map(|(_, folder)| folder));
    folders.dedup();
    folders.truncate(MOST);
    folders
}

/// What a manifest calls the crate of this package, if it has it.
fn name_here(manifest: &str, package: &str) -> Option<String> {
    let key = |line: &str| line.split(['=', '.']).next().unwrap_or_default().trim().replace('-', "_");
    let renames = [format!("package = \"{package}\""), format!("package=\"{package}\"")];
    manifest.lines().find_map(|line| {
        if renames.iter().any(|renames| line.contains(renames)) {
            return Some(key(line));
        }
        let rest = line.trim_start().strip_prefix("[dependencies.").unwrap_or(line).strip_prefix(package)?;
        rest.trim_start().starts_with(['=', '.', ']']).then(|| package.replace('-', "_"))
    })
}

/// The name of the library in this folder, where its manifest says it.
fn crate_of(folder: &Path) -> Option<String> {
    let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    let (_, library) = manifest.split_once("[lib]")?;
    value(library.split("\n[").next()?, "name")
}

/// The folder of the workspace: that with the lock file.
fn workspace(root: &Path) -> Option<&Path> {
    root.ancestors().find(|folder| folder.join("Cargo.lock").is_file())
}

/// Names and versions of all packages in the lock file.
fn locked(root: &Path) -> Vec<(String, String)> {
    let lock = workspace(root).map(|folder| std::fs::read_to_string(folder.join("Cargo.lock")));
    let text = lock.and_then(Result::ok).unwrap_or_default();
    let packages = text.split("[[package]]").skip(1);
    packages.filter_map(|package| Some((value(package, "name")?, value(package, "version")?))).collect()
}

/// Packages at paths that the manifest names, by name.
fn beside(root: &Path) -> Vec<(String, PathBuf)> {
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap_or_default();
    let paths = manifest.split("path").skip(1).filter_map(|rest| {
        let quoted = rest.trim_start().strip_prefix('=')?.trim_start().strip_prefix('"')?;
        Some(root.join(quoted.split_once('"')?.0))
    });
    let named = paths.filter_map(|folder| {
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).ok()?;
        Some((value(&manifest, "name")?, folder))
    });
    named.collect()
}

/// The text behind the first `key = ` that begins a line.
fn value(text: &str, key: &str) -> Option<String> {
    let value = text.lines().find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix('='))?;
    Some(value.trim().strip_prefix('"')?.split_once('"')?.0.to_string())
}

/// Where Cargo unpacks what registries give, one folder for each registry.
fn unpacked() -> Vec<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| {
        let home = std::env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" })?;
        Some(Path::new(&home).join(".cargo"))
    });
    let Some(entries) = home.and_then(|home| std::fs::read_dir(home.join("registry/src")).ok()) else {
        return Vec::new();
    };
    let mut folders: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    folders.sort();
    folders
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_may_have_another_name_than_its_package() {
        let manifest = "[dependencies]\nserde-json = \"1\"\nlog-old = { version = \"0.3\", package = \"log\" }\n\
                        uuid.workspace = true\n\n[dependencies.time]\nversion = \"1\"\n";
        assert_eq!(name_here(manifest, "serde-json").as_deref(), Some("serde_json"));
        assert_eq!(name_here(manifest, "log").as_deref(), Some("log_old"));
        assert_eq!(name_here(manifest, "uuid").as_deref(), Some("uuid"));
        assert_eq!(name_here(manifest, "time").as_deref(), Some("time"));
        assert_eq!(name_here(manifest, "serde"), None);
        assert_eq!(crate_of(Path::new(env!("CARGO_MANIFEST_DIR"))), None);
    }

    #[test]
    fn the_crates_that_a_package_calls_are_found() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let names: BTreeSet<String> =
            ["serde_json", "constraints_wire", "std"].into_iter().map(String::from).collect();
        let found: Vec<String> = called(root, &names)
            .iter()
            .filter_map(|folder| Some(folder.file_name()?.to_str()?.to_string()))
            .collect();
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("serde_json-1."), "{found:?}");
        assert_eq!(found[1], "wire");
    }
}
