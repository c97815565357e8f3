//! Real folders with files in them, and with what may stand beside files that a stranger had a hand in.

#![expect(clippy::disallowed_methods, reason = "code that is given a folder opens the files in it")]

use std::fs;
use std::path::{Path, PathBuf};

use super::{Generator, with};
use crate::sandbox::Sandbox;
use crate::source::Source;
use crate::stop::Stop;

/// The files of a folder while it is made.
#[derive(Debug)]
pub struct Files<'a, 'b> {
    source: &'a mut Source<'b>,
    root: PathBuf,
    shown: Vec<String>,
}

impl Files<'_, '_> {
    /// A file with this content.
    #[expect(clippy::needless_pass_by_value, reason = "generated code makes each generator where it is used")]
    pub fn file<G: Generator>(&mut self, path: &'static str, content: G) -> Result<(), Stop>
    where
        G::Value: AsRef<[u8]>,
    {
        self.source.enter(path);
        let made = content.make(self.source);
        self.source.leave();
        let content = made?;
        self.shown.push(format!("{path}: {}", self.source.take_shown()));
        let whole = self.root.join(path);
        let folder = whole.parent().map(fs::create_dir_all);
        let written = folder.and_then(Result::ok).map(|()| fs::write(&whole, content));
        written.and_then(Result::ok).ok_or_else(Stop::rejected)
    }
}

/// What may stand in a folder besides what was declared.
const ODD: [(&str, &str); 10] = [
    ("link", "a link to a file outside"),
    ("up", "a link to the folder above"),
    ("loop", "a link to itself"),
    ("gone", "a link to nothing"),
    ("empty", "an empty folder"),
    ("-rf", "a file"),
    (" a \u{fc} b ", "a file"),
    (".hidden", "a file"),
    ("a\nb", "a file"),
    ("not UTF-8", "a file"),
];

/// Makes folders.
#[derive(Clone, Copy, Debug)]
pub struct Folder<F> {
    fill: F,
    only: bool,
}

/// A folder that `fill` fills; it lasts as long as the case.
pub fn folder<F: Fn(&mut Files<'_, '_>) -> Result<(), Stop>>(fill: F) -> Folder<F> {
    Folder { fill, only: false }
}

impl<F: Fn(&mut Files<'_, '_>) -> Result<(), Stop>> Folder<F> {
    /// Nothing else stands in it.
    #[must_use]
    pub fn only(self) -> Self {
        Self { only: true, ..self }
    }

    /// Its path as a text.
    pub fn text(self) -> impl Generator<Value = String> {
        with(move |source| Ok(self.make(source)?.to_string_lossy().into_owned()))
    }
}

impl<F: Fn(&mut Files<'_, '_>) -> Result<(), Stop>> Generator for Folder<F> {
    type Value = PathBuf;

    fn make(&self, source: &mut Source<'_>) -> Result<PathBuf, Stop> {
        let mut sandbox = Sandbox::new().map_err(|_| Stop::rejected())?;
        let root = sandbox.root();
        let mut files = Files { source, root: root.clone(), shown: Vec::new() };
        (self.fill)(&mut files)?;
        let Files { source, mut shown, .. } = files;
        if !self.only {
            let chosen = odd(source);
            let all = ODD.iter().enumerate().filter(|(at, _)| chosen & (1 << at) != 0);
            let there = all.filter(|(_, (name, _))| put(&root, name).is_ok());
            shown.extend(there.map(|(_, (name, what))| format!("{name:?}: {what}")));
            // Whoever compares paths as texts takes it for a part of the folder.
            let _ = sandbox.plant_beside("-secret");
        }
        source.keep_sandbox(sandbox);
        source.show(|| format!("a folder {{ {} }}", shown.join(", ")));
        Ok(root)
    }
}

/// Which of the odd ones there are, as bits; mostly none.
fn odd(source: &mut Source<'_>) -> u128 {
    let most = (1 << ODD.len()) - 1;
    source.number(most, |maker| {
        let count = if maker.random.one_in(2) { 0 } else { 1 + maker.random.below(3) };
        (0..count).fold(0, |bits, _| bits | 1 << maker.random.below(ODD.len()))
    })
}

fn put(root: &Path, name: &str) -> std::io::Result<()> {
    let path = root.join(name);
    if path.symlink_metadata().is_ok() {
        return Err(std::io::ErrorKind::AlreadyExists.into());
    }
    match name {
        "link" => link("../secret", &path),
        "up" => link("..", &path),
        "loop" => link("loop", &path),
        "gone" => link("nowhere", &path),
        "empty" => fs::create_dir(path),
        "not UTF-8" => fs::write(root.join(not_text()), "odd"),
        _ => fs::write(path, "odd"),
    }
}

#[cfg(unix)]
fn link(to: &str, at: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(to, at)
}

/// Elsewhere links need a right that tests seldom have.
#[cfg(not(unix))]
fn link(_: &str, _: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

#[cfg(unix)]
fn not_text() -> std::ffi::OsString {
    std::os::unix::ffi::OsStringExt::from_vec(vec![b'a', 0xff, b'b'])
}

#[cfg(not(unix))]
fn not_text() -> std::ffi::OsString {
    "not UTF-8".into()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    use super::*;
    use crate::dictionary::Dictionary;
    use crate::generate::{bytes, text};
    use crate::random::Random;

    fn made(number: u64, only: bool, look: impl Fn(&Path)) -> PathBuf {
        let dictionary = Dictionary::default();
        let mut source = Source::fresh(Random::for_case(number, 1), &dictionary, number, &[], false);
        let folder = folder(|files| {
            files.file("a/b.html", text().like(&["hello"]).only())?;
            files.file("c", bytes().like(&[b"\xff"]).only())
        });
        let folder = if only { folder.only() } else { folder };
        let root = folder.make(&mut source).expect("made");
        look(&root);
        root
    }

    fn names(root: &Path) -> BTreeSet<std::ffi::OsString> {
        fs::read_dir(root).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect()
    }

    #[test]
    fn the_files_are_there_for_the_case_and_gone_after_it() {
        let root = made(1, true, |root| {
            assert!(root.join("a/b.html").is_file() && root.join("c").is_file());
            assert_eq!(names(root).len(), 2, "nothing else stands in it");
            fs::write(root.join("left behind"), "").expect("written");
        });
        assert!(!root.join("left behind").exists(), "what stood in it is gone with the case");
    }

    #[test]
    fn odd_names_and_links_stand_beside_the_files_now_and_then() {
        let (mut seen, mut bare) = (BTreeSet::new(), 0);
        for number in 0..400 {
            made(number, false, |root| {
                assert!(root.parent().expect("a folder").join("root-secret/secret").is_file());
            });
            let root = std::cell::RefCell::new(BTreeSet::new());
            made(number, false, |path| *root.borrow_mut() = names(path));
            bare += usize::from(root.borrow().len() == 2);
            seen.extend(root.into_inner());
        }
        assert!(bare > 100 && bare < 300, "{bare}");
        assert_eq!(seen.len(), 2 + ODD.len(), "{seen:?}");
    }
}
