//! Takes globs, gives the files they name.
//!
//! With `facts` the only I/O of this stage. Files are found when tests are generated and read when they run:
//! generated code goes stale when a file comes or goes, and never because of what stands in one.

use std::collections::BTreeMap;
use std::path::Path;

use crate::model::{Code, Fault, Model, Spanned, did_you_mean, nearest};

/// More files than this are no list of samples.
const MOST: usize = 1_000;

/// Files by the globs that name them.
#[derive(Clone, Debug, Default)]
pub(super) struct Files(BTreeMap<String, Result<Vec<Found>, Absent>>);

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Its path from the root of the package, with `/`.
    pub path: String,
    /// Whether it is valid UTF-8.
    pub is_text: bool,
}

/// Why a glob names no file that could be used.
#[derive(Clone, Debug)]
struct Absent {
    why: String,
    help: String,
}

impl Files {
    /// All files that the generators of `model` name, below `root`.
    pub(super) fn of(model: &Model, root: &Path) -> Self {
        let globs: std::collections::BTreeSet<String> =
            model.globs().map(|glob| glob.value.clone()).collect();
        Self(globs.into_iter().map(|glob| (glob.clone(), find(root, &glob))).collect())
    }

    /// Whether all files of several globs are texts.
    pub(super) fn are_texts(&self, globs: &[Spanned<String>]) -> bool {
        let found = globs.iter().filter_map(|glob| self.0.get(&glob.value)?.as_ref().ok());
        found.flatten().all(|found| found.is_text)
    }

    /// The files of several globs, each once; of text, if that is wanted.
    pub(super) fn named(&self, globs: &[Spanned<String>], text: bool) -> Result<Vec<String>, Box<Fault>> {
        let mut paths = Vec::new();
        for glob in globs {
            let fault = |why: &str| Fault::error(Code::MissingFile, glob.span, why);
            let found = match self.0.get(&glob.value) {
                Some(Ok(found)) => found,
                Some(Err(absent)) => return Err(Box::new(fault(&absent.why).help(&absent.help))),
                None => return Err(Box::new(fault("nobody looked for this file"))),
            };
            if let Some(binary) = found.iter().find(|found| text && !found.is_text) {
                let fault = fault(&format!("`{}` is not valid UTF-8, and a text is needed", binary.path));
                let help =
                    "name other files, or make the value with `map = \"Rust over it\"`, where `it` is bytes";
                return Err(Box::new(fault.help(help)));
            }
            paths.extend(found.iter().map(|found| found.path.clone()));
        }
        paths.sort();
        paths.dedup();
        Ok(paths)
    }
}

fn find(root: &Path, glob: &str) -> Result<Vec<Found>, Absent> {
    const FROM_ROOT: &str =
        "paths are from the root of the package; `*`, `?`, `[a-z]` and `**` stand for parts of them";
    let absent = |why: String, help: &str| Absent { why, help: help.to_owned() };
    if Path::new(glob).is_absolute() || glob.starts_with('/') {
        return Err(absent(format!("`{glob}` is a path of this machine"), FROM_ROOT));
    }
    let escaped = glob::Pattern::escape(&root.to_string_lossy());
    let whole = format!("{escaped}/{glob}");
    let paths = glob::glob(&whole).map_err(|error| {
        let why = format!("`{glob}` is not a glob: {}", error.msg);
        absent(why, "write `**` between slashes only, and close every `[`")
    })?;
    let mut found = Vec::new();
    for path in paths.flatten().filter(|path| path.is_file()) {
        if found.len() == MOST {
            let why = format!("more than {MOST} files match `{glob}`");
            return Err(absent(why, "name fewer: each of them is tried as it is in every run"));
        }
        let is_text = std::fs::read(&path).is_ok_and(|bytes| std::str::from_utf8(&bytes).is_ok());
        let below = path.strip_prefix(root).unwrap_or(&path);
        found.push(Found { path: below.to_string_lossy().replace('\\', "/"), is_text });
    }
    if found.is_empty() {
        let near = near(root, glob);
        let near: Vec<&str> = near.iter().map(String::as_str).collect();
        let help = did_you_mean(&near).unwrap_or_else(|| FROM_ROOT.to_owned());
        return Err(Absent { why: format!("no file matches `{glob}`"), help });
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// Files with nearly this path, in the deepest folder of it that exists.
fn near(root: &Path, glob: &str) -> Vec<String> {
    let mut folder = Path::new(glob).parent();
    while let Some(some) = folder
        && !root.join(some).is_dir()
    {
        folder = some.parent();
    }
    let folder = folder.unwrap_or(Path::new(""));
    let entries = std::fs::read_dir(root.join(folder)).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter(|entry| entry.path().is_file())
        .map(|entry| folder.join(entry.file_name()).to_string_lossy().replace('\\', "/"))
        .collect();
    names.sort();
    nearest(glob, names.iter().map(String::as_str)).into_iter().map(str::to_owned).collect()
}
