#![expect(clippy::disallowed_methods, reason = "tests lay out packages")]

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use super::anew;
use crate::cli::arguments::Cli;
use crate::cli::common::Common;
use crate::cli::load::load;
use crate::cli::unchanged;
use crate::stamp::Since;
use crate::write::compare;

const MANIFEST: &str =
    "[package]\nname = \"made_up\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n";

const ROOT: &str = "pub mod lines;
pub mod marks;
mod inner;
mod shown;
pub use inner::Inner;
pub type Short = marks::Mark;

pub fn top(text: &str) -> usize { text.len() }
";

const LINES: &str = "use crate::marks::Mark;

pub struct Line { pub text: String, pub number: usize }

impl Line {
    pub fn longest(lines: &[Line]) -> usize { lines.len() }
    fn hidden(&self) -> usize { self.number }
}

pub fn count(text: &str, most: usize) -> usize { text.len().min(most) }
pub fn marked(mark: &Mark) -> bool { mark.is_set() }
";

const MARKS: &str = "#[derive(Clone, Debug, PartialEq)]
pub struct Mark { set: bool, level: u8 }

impl Mark {
    pub fn new(level: u8) -> Mark { Mark { set: level > 2, level } }
    pub fn is_set(&self) -> bool { self.set }
}

pub fn level(mark: Mark) -> u8 { mark.level }
";

const INNER: &str = "pub struct Inner { deep: bool }

pub fn by_itself(depth: u8) -> u8 { depth }
";

const SHOWN: &str = "impl std::fmt::Display for crate::marks::Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(\"mark\") }
}

impl crate::Inner {
    pub fn new(depth: u8) -> Option<Self> { (depth < 9).then(|| Self { deep: depth > 3 }) }
    pub fn is_deep(&self) -> bool { self.deep }
}
";

/// The sources of the package.
const SOURCES: [(&str, &str); 5] = [
    ("src/lib.rs", ROOT),
    ("src/lines.rs", LINES),
    ("src/marks.rs", MARKS),
    ("src/inner.rs", INNER),
    ("src/shown.rs", SHOWN),
];

/// Four namespaces, of which one holds what the others serve.
const DECLARED: [(&str, &str); 4] = [
    (
        "goals.toml",
        "[goal.kept]\nsays = \"It is kept\"\narea = \"security\"\n\n[input.line]\nlike = [\"a b\", \"c\"]\n",
    ),
    (
        "lines.toml",
        "[constraint.count]\nsays = \"A count\"\nkind = \"no_panic\"\ntarget = \"crate::lines::count\"\n\
         serves = \"goals.kept\"\nargs.text = { input = \"goals.line\" }\n\n\
         [constraint.longest]\nsays = \"The longest\"\nkind = \"no_panic\"\ntarget = \"crate::lines::Line::longest\"\n",
    ),
    (
        "marks.toml",
        "[constraint.marked]\nsays = \"A mark\"\nkind = \"law\"\ntarget = \"crate::lines::marked\"\n\
         then = \"!result || format!(\\\"{mark}\\\").len() > 2\"\n",
    ),
    (
        "inner.toml",
        "[constraint.deep]\nsays = \"How deep\"\nkind = \"no_panic\"\ntarget = \"crate::Inner::is_deep\"\n",
    ),
];

/// A package with constraints, generated once.
struct Generated {
    folder: tempfile::TempDir,
    common: Common,
}

impl Generated {
    fn new() -> Self {
        Self::with(&[])
    }

    /// The same with these files besides, or instead.
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let manifest = folder.path().join("Cargo.toml");
        let words = ["cargo-constraints", "gen", "--manifest-path"].map(OsString::from);
        let cli = Cli::read(words.into_iter().chain([manifest.into_os_string()])).expect("arguments");
        let this = Self { folder, common: cli.common };
        this.put("Cargo.toml", MANIFEST);
        for (path, text) in SOURCES {
            this.put(path, text);
        }
        for (path, text) in DECLARED {
            this.put(&format!("constraints/{path}"), text);
        }
        for (path, text) in files {
            this.put(path, text);
        }
        let loaded = load(&this.common).expect("it can be read");
        let planned = loaded.plan_quietly().expect("nothing is wrong with it");
        loaded.write(&planned).expect("it can be written");
        unchanged::remember(&this.common, &loaded, &planned);
        assert!(matches!(unchanged::since(&this.common), Since::Same(_)));
        this
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.root().join(path)).expect("a file");
        assert!(text.contains(from), "`{from}` is in {path}");
        self.put(path, &text.replace(from, to));
    }

    /// Makes what the last edit concerns: the files that were written, or nothing where that could not be told.
    fn part(&self) -> Option<Vec<String>> {
        let Since::Contents(mut changed) = unchanged::since(&self.common) else { return None };
        let written = match anew(&mut changed, &self.common)? {
            Some(anew) => anew.loaded.write_part(&anew.planned).expect("it can be written").written,
            None => Vec::new(),
        };
        changed.remember(&written).expect("it can be written");
        assert!(matches!(unchanged::since(&self.common), Since::Same(_)));
        Some(written)
    }

    /// How the files differ from what a run over all of it gives.
    fn stale(&self) -> Vec<String> {
        let loaded = load(&self.common).expect("it can be read");
        let planned = loaded.plan_quietly().expect("nothing is wrong with it");
        let differences = compare(self.root(), &planned.files).expect("they can be read");
        differences.into_iter().map(|difference| difference.path).collect()
    }
}

/// After each of these edits what is made of the part is what would be made of all.
#[test]
fn a_part_made_anew_is_what_all_made_anew_would_give() {
    let package = Generated::new();
    let edits: &[(&str, &str, &str, &[&str])] = &[
        ("src/lines.rs", "most: usize", "most: u16", &["generated/lines.rs"]),
        ("src/lines.rs", "pub number: usize", "pub number: u8", &["generated/lines.rs"]),
        ("src/lines.rs", "fn hidden(&self)", "fn hidden(&self, by: u8)", &[]),
        ("src/lines.rs", "pub fn count", "fn helper(text: &str) {}\npub fn count", &[]),
        ("src/marks.rs", "pub fn new(level: u8)", "pub fn new(level: u16)", &["generated/marks.rs"]),
        ("src/marks.rs", "set: bool, ", "set: bool, more: Vec<u8>, ", &[]),
        (
            "src/marks.rs",
            "pub fn is_set",
            "pub fn with(self, level: u8) -> Mark { self }\n    pub fn is_set",
            &[],
        ),
        ("src/marks.rs", "pub fn level(mark: Mark)", "pub fn level(mark: &Mark)", &[]),
        ("src/shown.rs", "new(depth: u8)", "new(depth: u32)", &["generated/inner.rs"]),
        ("src/inner.rs", "depth: u8) -> u8", "depth: u16) -> u16", &[]),
        ("src/lib.rs", "top(text: &str)", "top(text: String)", &[]),
        (
            "src/lines.rs",
            "text: &str, most: u16",
            "text: String, most: u16, least: Option<u8>",
            &["generated/lines.rs"],
        ),
        ("src/marks.rs", "pub fn new(level: u16)", "pub fn try_new(level: u16)", &["generated/marks.rs"]),
        ("src/lines.rs", "mark: &Mark", "mark: Mark", &["generated/marks.rs"]),
    ];
    for (path, from, to, written) in edits {
        package.edit(path, from, to);
        let part = package.part().unwrap_or_else(|| panic!("`{to}` in {path} concerns a part"));
        assert_eq!(part, *written, "`{to}` in {path}");
        assert_eq!(package.stale(), Vec::<String>::new(), "`{to}` in {path}");
    }
}

/// What may concern anybody, or has something to be said of it, takes a run over all.
#[test]
fn what_may_concern_anybody_is_no_part() {
    let edits: &[(&str, &str, &str)] = &[
        ("src/lines.rs", "pub struct Line", "pub struct Other;\npub struct Line"),
        ("src/marks.rs", "impl Mark {", "impl Default for Mark {}\nimpl Mark {"),
        ("src/lib.rs", "pub use inner::Inner;", "pub use inner::Inner;\npub use lines::Line;"),
        ("src/lines.rs", "pub fn count", "pub fn counted"),
        ("src/lines.rs", "pub fn count", "fn count"),
        ("src/lines.rs", "most: usize", "most: std::sync::mpsc::Sender<u8>"),
        ("constraints/lines.toml", "A count", "Another"),
    ];
    for (path, from, to) in edits {
        let package = Generated::new();
        package.edit(path, from, to);
        assert_eq!(package.part(), None, "`{to}` in {path}");
    }
}

/// A selector looks at everything, so that any change concerns it; what it selects stays in the part as long as it is
/// the same.
#[test]
fn what_a_selector_selects_depends_on_all_there_is() {
    let package = Generated::with(&[(
        "constraints/every.toml",
        "[constraint.total]\nsays = \"Nothing panics\"\nkind = \"no_panic\"\ntargets = { in = \"crate::lines\", takes = \"&str\" }\n",
    )]);
    package.edit("src/marks.rs", "pub fn new(level: u8)", "pub fn new(level: u16)");
    assert_eq!(package.part(), Some(vec!["generated/marks.rs".to_owned()]));
    package.edit("src/lines.rs", "most: usize", "most: u16");
    assert_eq!(package.part(), Some(vec!["generated/every.rs".to_owned(), "generated/lines.rs".to_owned()]));
    assert_eq!(package.stale(), Vec::<String>::new());
    package.edit("src/lines.rs", "pub fn count", "pub fn words(text: &str) {}\npub fn count");
    assert_eq!(package.part(), None, "one more is selected");
}

/// Where a module shows all that another one has, one function more may take the name of another there.
#[test]
fn where_globs_show_functions_one_more_may_concern_anybody() {
    let root = ROOT.replace("mod inner;", "mod inner;\npub use lines::*;\npub use marks::*;");
    let package = Generated::with(&[("src/lib.rs", &root)]);
    package.edit("src/lines.rs", "most: usize", "most: u16");
    assert_eq!(package.part(), Some(vec!["generated/lines.rs".to_owned()]));
    assert_eq!(package.stale(), Vec::<String>::new());
    package.edit("src/marks.rs", "pub fn level", "pub fn count() {}\npub fn level");
    assert_eq!(package.part(), None);
}

/// What another crate means in one file, an import in another one may decide.
#[test]
fn an_import_that_leads_to_another_crate_is_there_for_all_files() {
    let manifest =
        MANIFEST.replace("[workspace]", "[dependencies]\nother = { path = \"other\" }\n\n[workspace]");
    let other = MANIFEST.replace("made_up", "other").replace("\n[workspace]\n", "");
    let lines = format!("{LINES}\npub fn thing(thing: &other::Thing, by: u8) -> u8 {{ by }}\n");
    let inner = format!("use other::Thing as Known;\n\n{INNER}");
    let package = Generated::with(&[
        ("Cargo.toml", &manifest),
        ("other/Cargo.toml", &other),
        ("other/src/lib.rs", "pub struct Thing { pub size: u32 }\n"),
        ("src/lines.rs", &lines),
        ("src/inner.rs", &inner),
        (
            "constraints/things.toml",
            "[constraint.thing]\nsays = \"A thing\"\nkind = \"no_panic\"\ntarget = \"crate::lines::thing\"\n",
        ),
    ]);
    package.edit("src/lines.rs", "by: u8) -> u8", "by: u16) -> u16");
    assert_eq!(package.part(), Some(vec!["generated/things.rs".to_owned()]));
    assert_eq!(package.stale(), Vec::<String>::new());
    package.edit("other/src/lib.rs", "size: u32", "size: u64");
    assert_eq!(package.part(), Some(vec!["generated/things.rs".to_owned()]));
    assert_eq!(package.stale(), Vec::<String>::new());
}
