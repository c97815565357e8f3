//! Takes what a run of `gen` looked at and what it said, and tells a later run whether it would find the same.
//!
//! It compares texts, not times, by their hashes. A source file whose functions have other bodies still counts as the same;
//! where nothing but functions and fields are others, it says which files those are in.
//! It judges nothing: where anything is in doubt the run is made.

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::depends::Depends;
use crate::resolve::Interface;
use crate::write::{WriteError, replace};

/// What a run looked at and what it said.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stamp {
    /// Everything that was asked: the arguments, the environment, the tool.
    question: String,
    looked: Vec<(PathBuf, Seen)>,
    said: Said,
    depends: Option<Depends>,
}

/// What became of all that a run looked at.
#[derive(Debug)]
pub enum Since {
    /// A run would find and say the same.
    Same(Said),
    /// Nothing but functions and the fields of structs are others, in some of the sources.
    Contents(Box<Changed>),
    /// Anything may be.
    Unknown,
}

/// The sources of which the contents changed.
#[derive(Debug)]
pub struct Changed {
    /// What the run before said.
    pub said: Said,
    /// What its tests depend on.
    pub depends: Depends,
    /// The sources.
    pub sources: Vec<PathBuf>,
    /// Whether there are other functions in them than before.
    pub functions_differ: bool,
    place: PathBuf,
    question: String,
    looked: Vec<(PathBuf, Seen)>,
}

impl Changed {
    /// Remembers a run that went on from here, after it wrote the files `written`, by their paths in the package; of
    /// what it says nothing is new.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn remember(self, written: &[String]) -> Result<(), WriteError> {
        let Self { said, depends, place, question, mut looked, .. } = self;
        let written: BTreeSet<PathBuf> = written.iter().map(|path| depends.root().join(path)).collect();
        for (path, seen) in &mut looked {
            if written.contains(path) {
                *seen = file(path);
            }
        }
        Stamp { question, looked, said, depends: Some(depends) }.save(&place)
    }
}

/// What a run said that changed nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// How many tests there are.
    pub tests: usize,
    /// Its warnings and notes for people, with and without colors.
    pub notes: [String; 2],
    /// The same for machines.
    pub faults: Value,
    /// Whether they point into the sources of the crate, so that lines matter as well.
    pub points_into_sources: bool,
}

/// What was found at a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Seen {
    /// Nothing, or nothing that can be read.
    Absent,
    /// A text.
    Text { hash: u64 },
    /// Rust of the crate: its text, and what it has outside of the bodies of functions.
    Source { hash: u64, interface: Interface },
    /// A folder with these names in it.
    Folder { hash: u64 },
}

/// What a run looks at, gathered.
#[derive(Debug, Default)]
pub struct Looks {
    files: BTreeSet<PathBuf>,
    sources: BTreeSet<PathBuf>,
    folders: BTreeSet<PathBuf>,
}

impl Looks {
    /// At a file, which may be absent.
    pub fn file(&mut self, path: PathBuf) {
        self.files.insert(path);
    }

    /// At what a Rust file says outside of the bodies of its functions.
    pub fn source(&mut self, path: PathBuf) {
        self.sources.insert(path);
    }

    /// At the names in a folder, which may be absent.
    pub fn folder(&mut self, path: PathBuf) {
        self.folders.insert(path);
    }

    /// At the names in a folder and in all folders below it.
    pub fn folders(&mut self, path: &Path) {
        self.folder(path.to_owned());
        for entry in fs::read_dir(path).into_iter().flatten().flatten() {
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                self.folders(&entry.path());
            }
        }
    }

    /// At everything that tells Cargo what a package in `root` is, and which tools build it.
    pub fn package(&mut self, root: &Path) {
        for folder in root.ancestors() {
            for name in MANIFESTS {
                self.file(folder.join(name));
            }
        }
        for name in ["src", "src/bin", "tests", "examples", "benches"] {
            self.folder(root.join(name));
        }
    }
}

/// Files that say something of every package below.
const MANIFESTS: [&str; 5] =
    ["Cargo.toml", ".cargo/config.toml", ".cargo/config", "rust-toolchain.toml", "rust-toolchain"];

impl Stamp {
    /// Reads what `looks` names once more; it has to be what the run found.
    pub fn new(question: String, looks: &Looks, said: Said, depends: Option<Depends>) -> Self {
        let files = looks.files.iter().map(|path| (path.clone(), file(path)));
        let sources = looks.sources.iter().map(|path| (path.clone(), source(path)));
        let folders = looks.folders.iter().map(|path| (path.clone(), folder(path)));
        let looked = files.chain(sources).chain(folders).collect();
        Self { question, looked, said, depends }
    }

    /// What became of what the run before found; of all `places` the first with a stamp counts.
    ///
    /// Nobody knows where no run left a stamp for this question.
    pub fn since(places: &[PathBuf], question: &str) -> Since {
        let stamp = places.iter().find_map(|path| Some((path, fs::read(path).ok()?)));
        let Some((path, text)) = stamp else { return Since::Unknown };
        match serde_json::from_slice::<Self>(&text) {
            Ok(stamp) if stamp.question == question => stamp.compared(path),
            _ => Since::Unknown,
        }
    }

    /// Compares with what is there now; the stamp was at `place`.
    fn compared(mut self, place: &Path) -> Since {
        let (mut differs, mut functions_differ, mut sources) = (false, false, Vec::new());
        for (path, seen) in &mut self.looked {
            let now = seen.again(path);
            if now == *seen {
                continue;
            }
            let (Seen::Source { interface: before, .. }, Seen::Source { interface, .. }) = (&seen, &now)
            else {
                return Since::Unknown;
            };
            if self.said.points_into_sources || before.frame != interface.frame {
                return Since::Unknown;
            }
            functions_differ |= before.names != interface.names;
            if before != interface {
                sources.push(path.clone());
            }
            *seen = now;
            differs = true;
        }
        if sources.is_empty() {
            if differs {
                // The next run compares with what is there now; without it, it only takes longer.
                let _ = self.save(place);
            }
            return Since::Same(self.said);
        }
        let Self { question, looked, said, depends } = self;
        match depends {
            Some(depends) => {
                let place = place.to_owned();
                let changed = Changed { said, depends, sources, functions_differ, place, question, looked };
                Since::Contents(Box::new(changed))
            }
            None => Since::Unknown,
        }
    }

    /// Writes the stamp.
    ///
    /// # Panics
    /// If `path` is no file in a folder.
    pub fn save(&self, path: &Path) -> Result<(), WriteError> {
        let text = serde_json::to_string(self).expect("a stamp is plain data");
        replace(path, &text)
    }
}

impl Seen {
    /// What is there now, looked at in the same way; of a source nobody reads more than its text if that is the same.
    fn again(&self, path: &Path) -> Self {
        match self {
            Self::Folder { .. } => folder(path),
            // What it says is looked at only where its text is another.
            Self::Source { hash, .. } => match file(path) {
                Seen::Text { hash: now } if now == *hash => self.clone(),
                _ => source(path),
            },
            Self::Absent | Self::Text { .. } => {
                // What was absent may be a folder now, which is a difference as well.
                if path.is_dir() { folder(path) } else { file(path) }
            }
        }
    }
}

fn file(path: &Path) -> Seen {
    fs::read(path).map_or(Seen::Absent, |text| Seen::Text { hash: hash_of(&text) })
}

fn source(path: &Path) -> Seen {
    let Ok(text) = fs::read(path) else { return Seen::Absent };
    let hash = hash_of(&text);
    match std::str::from_utf8(&text).ok().and_then(Interface::of) {
        Some(interface) => Seen::Source { hash, interface },
        None => Seen::Text { hash },
    }
}

fn folder(path: &Path) -> Seen {
    let Ok(entries) = fs::read_dir(path) else { return Seen::Absent };
    let mut names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
    names.sort();
    let mut hasher = DefaultHasher::new();
    names.hash(&mut hasher);
    Seen::Folder { hash: hasher.finish() }
}

/// A number for a text, the same in every run of one build of this tool.
pub(crate) fn hash_of(text: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
#[path = "stamp_tests.rs"]
mod tests;
