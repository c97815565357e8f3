//! The manifest with what generated tests need; everything else stays as it was written.

use std::path::{Component, Path};

use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, value};

/// Name of the crate that generated tests link.
const CRATE: &str = "constraints-runtime";

/// Name of the test target.
const TARGET: &str = "constraints";

/// Where the test target starts.
const ROOT: &str = "generated/mod.rs";

/// Where the runtime is.
#[derive(Debug)]
pub(super) enum Runtime {
    /// In a folder, from the folder of the manifest.
    Path(String),
    /// In the registry.
    Version(String),
}

/// The manifest with the runtime and, for tests `beside` the crate, their target; the same text if it has both.
pub(super) fn wired(manifest: &str, runtime: &Runtime, beside: bool) -> Result<String, String> {
    let mut document: DocumentMut =
        manifest.parse().map_err(|error: toml_edit::TomlError| error.to_string())?;
    if !document.contains_key("package") {
        return Err("it has no [package]".to_owned());
    }
    let dependencies = document.entry("dev-dependencies").or_insert_with(|| Item::Table(Table::new()));
    let dependencies =
        dependencies.as_table_like_mut().ok_or_else(|| "`dev-dependencies` is not a table".to_owned())?;
    if !has_runtime(dependencies) {
        dependencies.insert(CRATE, dependency(runtime));
    }
    is_quick(&mut document);
    if beside {
        add_target(&mut document)?;
    }
    Ok(document.to_string())
}

/// The manifest with these features of the runtime switched on; the same text if they are, or if there is no runtime.
pub(in crate::cli) fn with_features(manifest: &str, features: &[&str]) -> Result<String, String> {
    let mut document: DocumentMut =
        manifest.parse().map_err(|error: toml_edit::TomlError| error.to_string())?;
    for table in ["dev-dependencies", "dependencies"] {
        let Some(table) = document.get_mut(table).and_then(Item::as_table_like_mut) else { continue };
        let Some(name) = runtime_in(table) else { continue };
        let Some(runtime) = table.get_mut(&name) else { continue };
        add_features(runtime, features)?;
        break;
    }
    Ok(document.to_string())
}

fn add_features(runtime: &mut Item, features: &[&str]) -> Result<(), String> {
    if let Some(version) = runtime.as_str() {
        let mut table = InlineTable::new();
        table.insert("version", version.into());
        *runtime = value(table);
    }
    let wrong = || format!("`{CRATE}` is neither a version nor a table");
    let table = runtime.as_table_like_mut().ok_or_else(wrong)?;
    let known = |table: &dyn TableLike, feature: &str| {
        let listed = table.get("features").and_then(Item::as_array);
        listed.is_some_and(|listed| listed.iter().any(|it| it.as_str() == Some(feature)))
    };
    let lacking: Vec<&&str> = features.iter().filter(|feature| !known(table, feature)).collect();
    for feature in &lacking {
        let listed = table.entry("features").or_insert_with(|| value(toml_edit::Array::new()));
        let listed = listed.as_array_mut();
        listed.ok_or_else(|| format!("the `features` of `{CRATE}` are no list"))?.push(**feature);
    }
    // What stays as it was written stays so.
    if let Some(table) = runtime.as_inline_table_mut().filter(|_| !lacking.is_empty()) {
        table.fmt();
    }
    Ok(())
}

/// The search makes and mutates values for most of its time. A profile counts only at the root of a workspace, so
/// only where the manifest says that it is one; `check` sees to it in any case.
fn is_quick(document: &mut DocumentMut) {
    if !document.contains_key("workspace") {
        return;
    }
    let mut at = document.as_table_mut() as &mut dyn TableLike;
    for name in ["profile", "dev", "package"] {
        let next = at.entry(name).or_insert_with(|| {
            let mut table = Table::new();
            table.set_implicit(true);
            Item::Table(table)
        });
        let Some(table) = next.as_table_like_mut() else { return };
        at = table;
    }
    if !at.contains_key(CRATE) {
        let mut table = Table::new();
        table.insert("opt-level", value(1));
        table.insert("debug", value(false));
        at.insert(CRATE, Item::Table(table));
    }
}

fn add_target(document: &mut DocumentMut) -> Result<(), String> {
    let tests = document.entry("test").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    match tests {
        Item::ArrayOfTables(tests) => {
            if !tests.iter().any(is_ours) {
                let mut test = Table::new();
                test.insert("name", value(TARGET));
                test.insert("path", value(ROOT));
                tests.push(test);
            }
        }
        Item::Value(toml_edit::Value::Array(tests)) => {
            if !tests.iter().filter_map(toml_edit::Value::as_inline_table).any(is_ours_inline) {
                let mut test = InlineTable::new();
                test.insert("name", TARGET.into());
                test.insert("path", ROOT.into());
                tests.push(test);
            }
        }
        _ => return Err("`test` is not a list of targets".to_owned()),
    }
    Ok(())
}

/// The way from one folder to another, with `/`; both whole. The whole path where there is none.
pub(super) fn relative(from: &Path, to: &Path) -> String {
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let shared = from.iter().zip(&to).take_while(|(from, to)| from == to).count();
    let text = |part: &Component<'_>| part.as_os_str().to_string_lossy().into_owned();
    if shared == 0 {
        return to.iter().collect::<std::path::PathBuf>().to_string_lossy().replace('\\', "/");
    }
    let up = std::iter::repeat_n("..".to_owned(), from.len() - shared);
    let way: Vec<String> = up.chain(to[shared..].iter().map(text)).collect();
    if way.is_empty() { ".".to_owned() } else { way.join("/") }
}

fn has_runtime(dependencies: &dyn TableLike) -> bool {
    runtime_in(dependencies).is_some()
}

/// The name of the runtime among dependencies: its own or another one.
fn runtime_in(dependencies: &dyn TableLike) -> Option<String> {
    let found = dependencies.iter().find(|(name, item)| {
        let package = item.as_table_like().and_then(|table| table.get("package")).and_then(Item::as_str);
        *name == CRATE || package == Some(CRATE)
    });
    found.map(|(name, _)| name.to_owned())
}

fn dependency(runtime: &Runtime) -> Item {
    match runtime {
        Runtime::Version(version) => value(version),
        Runtime::Path(path) => {
            let mut table = InlineTable::new();
            table.insert("path", path.as_str().into());
            value(table)
        }
    }
}

fn is_ours(test: &Table) -> bool {
    test.get("name").and_then(Item::as_str) == Some(TARGET)
}

fn is_ours_inline(test: &InlineTable) -> bool {
    test.get("name").and_then(toml_edit::Value::as_str) == Some(TARGET)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Runtime, relative, wired, with_features};

    fn check(manifest: &str) -> String {
        let runtime = Runtime::Path("../runtime".into());
        let once = wired(manifest, &runtime, true).expect("a manifest");
        assert_eq!(wired(&once, &runtime, true).expect("a manifest"), once, "twice is once");
        once
    }

    #[test]
    fn what_was_there_stays_as_it_was_written() {
        let manifest =
            "# my crate\n[package]\nname   = \"a\" # short\n\n[dependencies]\nserde={version=\"1\"}\n";
        let wired = check(manifest);
        assert!(wired.starts_with(manifest), "{wired}");
        insta::assert_snapshot!(&wired[manifest.len()..], @r#"

        [dev-dependencies]
        constraints-runtime = { path = "../runtime" }

        [[test]]
        name = "constraints"
        path = "generated/mod.rs"
        "#);
    }

    #[test]
    fn tables_that_exist_are_added_to() {
        insta::assert_snapshot!(check("[package]\nname = \"a\"\n\n[[test]]\nname = \"it\"\n\n[dev-dependencies]\ninsta = \"1\"\n"), @r#"
        [package]
        name = "a"

        [[test]]
        name = "it"

        [[test]]
        name = "constraints"
        path = "generated/mod.rs"

        [dev-dependencies]
        insta = "1"
        constraints-runtime = { path = "../runtime" }
        "#);
    }

    #[test]
    fn a_wired_manifest_stays_as_it_is_whatever_way_it_was_wired() {
        let with = "[package]\nname = \"a\"\n[dev-dependencies]\nrt = { package = \"constraints-runtime\", version = \"1\" }\n[[test]]\npath = \"x.rs\"\nname = \"constraints\"\n";
        assert_eq!(check(with), with);
        let with = "test = [{ name = \"constraints\", path = \"generated/mod.rs\" }]\n[package]\nname = \"a\"\n[dev-dependencies.constraints-runtime]\nversion = \"1\"\n";
        assert_eq!(check(with), with);
    }

    #[test]
    fn tests_inside_a_crate_need_no_target() {
        let runtime = Runtime::Version("0.1.0".into());
        insta::assert_snapshot!(wired("[package]\nname = \"a\"\n", &runtime, false).expect("a manifest"), @r#"
        [package]
        name = "a"

        [dev-dependencies]
        constraints-runtime = "0.1.0"
        "#);
    }

    #[test]
    fn the_root_of_a_workspace_makes_the_search_quick() {
        insta::assert_snapshot!(check("[package]\nname = \"a\"\n\n[workspace]\n"), @r#"
        [package]
        name = "a"

        [workspace]

        [dev-dependencies]
        constraints-runtime = { path = "../runtime" }

        [profile.dev.package.constraints-runtime]
        opt-level = 1
        debug = false

        [[test]]
        name = "constraints"
        path = "generated/mod.rs"
        "#);
        let own = "[package]\nname = \"a\"\n\n[workspace]\n\n[profile.dev]\nopt-level = 1\n\n[profile.dev.package.constraints-runtime]\nopt-level = 1\n";
        assert!(check(own).starts_with(own), "what was said stays");
    }

    #[test]
    fn features_are_added_however_the_runtime_is_named() {
        let with = |runtime: &str| {
            let manifest = format!("[dev-dependencies]\n{runtime}\n");
            let once = with_features(&manifest, &["markup"]).expect("a manifest");
            assert_eq!(with_features(&once, &["markup"]).expect("a manifest"), once, "twice is once");
            once.lines().nth(1).expect("a line").to_owned()
        };
        assert_eq!(
            with("constraints-runtime = \"0.1\""),
            "constraints-runtime = { version = \"0.1\", features = [\"markup\"] }"
        );
        assert_eq!(
            with("rt = { package = \"constraints-runtime\", path = \"r\" }"),
            "rt = { package = \"constraints-runtime\", path = \"r\", features = [\"markup\"] }"
        );
        assert_eq!(
            with("constraints-runtime = { path = \"r\", features = [\"a\"] }"),
            "constraints-runtime = { path = \"r\", features = [\"a\", \"markup\"] }"
        );
        assert_eq!(with("constraints-runtime.workspace = true").lines().count(), 1);
        assert_eq!(with_features("[package]\n", &["markup"]).expect("a manifest"), "[package]\n");
        assert!(with_features("[dev-dependencies]\nconstraints-runtime = 1\n", &["markup"]).is_err());
    }

    #[test]
    fn what_cannot_be_wired_is_said() {
        let runtime = Runtime::Version("0.1.0".into());
        let error = |manifest: &str| wired(manifest, &runtime, true).expect_err("an error");
        assert_eq!(error("[workspace]\n"), "it has no [package]");
        assert_eq!(error("[package]\n[test]\n"), "`test` is not a list of targets");
        assert_eq!(error("dev-dependencies = 1\n[package]\n"), "`dev-dependencies` is not a table");
        assert!(error("[package").contains("TOML parse error"));
    }

    #[test]
    fn the_way_to_the_runtime_starts_at_the_manifest() {
        let way = |from: &str, to: &str| relative(Path::new(from), Path::new(to));
        assert_eq!(way("/a/b", "/a/runtime"), "../runtime");
        assert_eq!(way("/a", "/a/b/runtime"), "b/runtime");
        assert_eq!(way("/a/b", "/a/b"), ".");
    }
}
