//! Which packages of a workspace a file of declarations is about: what its key `package` says.

use toml::de::DeTable;

use super::nearest::list;
use super::value::{Reader, Table};
use super::{Code, Fault, Faults, FileId, Sources, Span, did_you_mean, nearest};

/// Where files stand, as far as that decides which packages they are about.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The package that is looked at.
    pub package: &'a str,
    /// The packages of the workspace at whose root the files stand; nothing for files of the package itself.
    pub members: Option<&'a [String]>,
    /// The package they are about where they name none; nothing at the root of a workspace without a package there.
    pub default: Option<&'a str>,
}

/// The key.
pub(super) const KEY: &str = "package";

/// Whether the declarations of `file` are about the package of `scope`.
///
/// A text that is not TOML counts as being so: what is wrong with it is said when it is read.
pub fn is_about(sources: &Sources, file: FileId, scope: Scope<'_>) -> (bool, Faults) {
    let is_default = scope.default == Some(scope.package);
    let text = &sources.file(file).text;
    // Few files have the key, and there may be many.
    let mut reader = Reader {
        sources,
        kinds: &[],
        namespace: "",
        file,
        faults: Faults::default(),
        references: Vec::new(),
    };
    let at = Span { file, start: 0, end: 0 };
    let (document, errors) = DeTable::parse_recoverable(if text.contains(KEY) { text } else { "" });
    if !errors.is_empty() {
        return (true, Faults::default());
    }
    let Some(entry) = Table::new(file, "the file".to_owned(), at, document.get_ref()).take(KEY) else {
        if scope.default.is_none() {
            reader.faults.push(unnamed(at, scope));
        }
        return (is_default, reader.faults);
    };
    let Some(members) = scope.members else {
        let fault = Fault::error(Code::UnknownKey, entry.key_span, "unknown key `package` in the file")
            .label("this file is about the package in whose folder it stands")
            .help("take the key out, or move the file to `constraints/` at the root of the workspace");
        return (true, Faults::from(fault));
    };
    let names = reader.texts(&entry).unwrap_or_default();
    for name in names.iter().filter(|name| !members.contains(&name.value)) {
        let message = format!("the workspace has no package `{}`", name.value);
        let help = did_you_mean(&nearest(&name.value, members.iter().map(String::as_str)))
            .unwrap_or_else(|| known(members));
        let fault = Fault::error(Code::InvalidValue, name.span, message).label("not one of its packages");
        reader.faults.push(fault.help(help));
    }
    (names.iter().any(|name| name.value == scope.package), reader.faults)
}

fn unnamed(at: Span, scope: Scope<'_>) -> Fault {
    Fault::error(Code::MissingKey, at, "the file does not say which package it is about")
        .label("`package` is missing")
        .help("begin the file with `package = \"NAME\"`, or move it to `constraints/` in the folder of a package")
        .help(known(scope.members.unwrap_or_default()))
}

fn known(members: &[String]) -> String {
    let names: Vec<&str> = members.iter().map(String::as_str).collect();
    format!("the packages are {}", list(&names, "and").unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{Scope, is_about};
    use crate::model::Sources;

    /// Whether a file at the root is about `api`, or what is wrong with it.
    fn check(text: &str, default: Option<&str>) -> Result<bool, String> {
        let mut sources = Sources::default();
        let file = sources.add("../constraints/links.toml", text);
        let members = ["api".to_owned(), "worker".to_owned()];
        let scope = Scope { package: "api", members: Some(&members), default };
        let (is_about, faults) = is_about(&sources, file, scope);
        let said: Vec<_> =
            faults.sorted().into_iter().map(|it| [vec![it.message], it.help].concat()).collect();
        if said.is_empty() { Ok(is_about) } else { Err(said.concat().join("; ")) }
    }

    #[test]
    fn a_file_at_the_root_is_about_the_packages_it_names() {
        assert_eq!(check("package = \"api\"\n", None), Ok(true));
        assert_eq!(check("package = [\"worker\", \"api\"]\n", None), Ok(true));
        assert_eq!(check("package = \"worker\"\n[goal.a]\nsays = \"b\"\n", None), Ok(false));
        assert_eq!(check("", Some("api")), Ok(true));
        assert_eq!(check("# of the package at the root\n", Some("root")), Ok(false));
        assert_eq!(check("package = ", None), Ok(true), "said when it is read");
    }

    #[test]
    fn a_file_about_nobody_is_refused() {
        insta::assert_snapshot!(check("[goal.a]\n", None).unwrap_err(), @r#"the file does not say which package it is about; begin the file with `package = "NAME"`, or move it to `constraints/` in the folder of a package; the packages are `api` and `worker`"#);
        insta::assert_snapshot!(check("package = \"aip\"\n", None).unwrap_err(), @"the workspace has no package `aip`; did you mean `api`?");
        insta::assert_snapshot!(check("package = 3\n", Some("api")).unwrap_err(), @r#"`package` takes a text or a list of texts; write `package = "…"` or `package = ["…", "…"]`"#);
    }

    #[test]
    fn a_file_of_a_package_needs_no_name() {
        let mut sources = Sources::default();
        let file = sources.add("constraints/links.toml", "package = \"api\"\n");
        let scope = Scope { package: "api", members: None, default: Some("api") };
        let (is_about, faults) = is_about(&sources, file, scope);
        assert!(is_about && faults.refuse());
    }
}
