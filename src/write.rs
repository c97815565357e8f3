//! Takes the texts of `generated/`, gives the difference to the disk or removes it.
//!
//! Killed at any moment it leaves each file as it was or as it will be. What is the same is not touched,
//! and a file without our first line is neither replaced nor deleted.

#![expect(clippy::disallowed_methods, reason = "the only place that changes what is on disk")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::emit::{EmittedFile, FIRST_LINE, FIRST_LINE_TOML, FOLDER};

/// Name of the files that name all others of their folder.
const ROOT: &str = "mod.rs";

/// Start of the names of files that are not whole yet; what a killed run left of them goes with the next one.
const UNFINISHED: &str = ".constraints-";

/// A file that is not what the declarations give.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// Path from the root of the package, with `/`.
    pub path: String,
    /// In which way.
    pub change: Change,
}

/// In which way a file differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It is not there.
    Missing,
    /// It has another text.
    Stale,
    /// No declaration gives it any more.
    Leftover,
}

/// What a writing changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Paths of files made or replaced, in order.
    pub written: Vec<String>,
    /// Paths of files deleted, in order.
    pub deleted: Vec<String>,
    /// How many files were right already.
    pub untouched: usize,
}

/// Why the files could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The disk said no.
    #[error("cannot {action} {}", path.display())]
    Disk {
        /// What was tried.
        action: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file that somebody else wrote is in the way.
    #[error("{} was not written by cargo constraints; move it away first", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
}

/// How `generated/` below `root` differs from `files`, in the order of the paths.
pub fn compare(root: &Path, files: &[EmittedFile]) -> Result<Vec<Difference>, WriteError> {
    let mut differences = compare_some(root, files)?;
    let found = Found::below(root)?;
    let leftover = found.leftover(root, files)?;
    differences.extend(leftover.into_iter().map(|path| Difference { path, change: Change::Leftover }));
    differences.sort();
    Ok(differences)
}

/// How these files below `root` differ from `files`, in the order of the paths.
///
/// # Errors
/// If the disk does not let it.
pub fn compare_some(root: &Path, files: &[EmittedFile]) -> Result<Vec<Difference>, WriteError> {
    let mut differences = Vec::new();
    for file in files {
        let change = match read(&root.join(&file.path))? {
            None => Change::Missing,
            Some(text) if text == file.text.as_bytes() => continue,
            Some(_) => Change::Stale,
        };
        differences.push(Difference { path: file.path.clone(), change });
    }
    differences.sort();
    Ok(differences)
}

/// Makes `generated/` below `root` what `files` says.
///
/// The modules are written before the root that names them, and leftovers deleted last,
/// so that the tests compile at every moment in between.
pub fn write(root: &Path, files: &[EmittedFile]) -> Result<Written, WriteError> {
    let found = Found::below(root)?;
    for path in &found.unfinished {
        fs::remove_file(path).map_err(disk("delete", path))?;
    }
    let mut written = write_some(root, files)?;
    for path in found.leftover(root, files)? {
        let file = root.join(&path);
        fs::remove_file(&file).map_err(disk("delete", &file))?;
        written.deleted.push(path);
    }
    for folder in found.folders.iter().rev() {
        // One that is not empty stays, which is no error.
        let _ = fs::remove_dir(folder);
    }
    Ok(written)
}

/// Makes these files below `root` what `files` says, and leaves all others as they are.
///
/// # Errors
/// If the disk does not let it, or a file that somebody else wrote is in the way.
pub fn write_some(root: &Path, files: &[EmittedFile]) -> Result<Written, WriteError> {
    let mut written = Written::default();
    let mut to_write = Vec::new();
    for file in files {
        match read(&root.join(&file.path))? {
            Some(text) if text == file.text.as_bytes() => written.untouched += 1,
            Some(text) if !is_ours(&text) => return Err(WriteError::Foreign { path: root.join(&file.path) }),
            _ => to_write.push(file),
        }
    }
    to_write.sort_by_key(|file| (file.path.ends_with(ROOT), &file.path));
    for file in to_write {
        put(&root.join(&file.path), &file.text, Durable::No)?;
        written.written.push(file.path.clone());
    }
    written.written.sort();
    Ok(written)
}

/// Puts a whole text in the place of a file, in one step; the permissions of the file stay as they were.
///
/// # Panics
/// If the path has no folder.
pub fn replace(path: &Path, text: &str) -> Result<(), WriteError> {
    put(path, text, Durable::Yes)
}

/// Whether a text has to be there even after a power cut.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Durable {
    /// Nobody could make it anew.
    Yes,
    /// The next run makes it anew: one that was cut short is empty, and an empty file counts as ours. Waiting for the
    /// disk after each of a thousand files would take longer than all else.
    No,
}

fn put(path: &Path, text: &str, durable: Durable) -> Result<(), WriteError> {
    let folder = path.parent().expect("a file below the root of a package");
    fs::create_dir_all(folder).map_err(disk("make the folder", folder))?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As for any new file: the mask of the process decides who may read it.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder).map_err(disk("write in", folder))?;
    file.write_all(text.as_bytes()).map_err(disk("write", path))?;
    if durable == Durable::Yes {
        file.as_file().sync_all().map_err(disk("write", path))?;
    }
    if let Ok(before) = fs::metadata(path) {
        file.as_file().set_permissions(before.permissions()).map_err(disk("write", path))?;
    }
    file.persist(path).map_err(|error| disk("replace", path)(error.error))?;
    // So that the new name survives a power cut as well; not every system can, and the text is safe either way.
    #[cfg(unix)]
    if durable == Durable::Yes
        && let Ok(folder) = fs::File::open(folder)
    {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// What stands in `generated/`.
#[derive(Default)]
struct Found {
    files: Vec<PathBuf>,
    unfinished: Vec<PathBuf>,
    /// Folders inside it, outer ones first.
    folders: Vec<PathBuf>,
}

impl Found {
    fn below(root: &Path) -> Result<Self, WriteError> {
        let mut found = Self::default();
        let folder = root.join(FOLDER);
        if folder.is_dir() {
            found.walk(&folder)?;
        }
        Ok(found)
    }

    /// Links are not followed: what is behind them is not ours.
    fn walk(&mut self, folder: &Path) -> Result<(), WriteError> {
        let mut entries = fs::read_dir(folder)
            .and_then(Iterator::collect::<io::Result<Vec<_>>>)
            .map_err(disk("read the folder", folder))?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            let kind = entry.file_type().map_err(disk("read", &path))?;
            if kind.is_dir() {
                self.folders.push(path.clone());
                self.walk(&path)?;
            } else if kind.is_file() && entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
                self.unfinished.push(path);
            } else if kind.is_file() {
                self.files.push(path);
            }
        }
        Ok(())
    }

    /// Our files that `files` does not hold.
    fn leftover(&self, root: &Path, files: &[EmittedFile]) -> Result<Vec<String>, WriteError> {
        let wanted: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let mut leftover = Vec::new();
        for file in &self.files {
            let below = file.strip_prefix(root).expect("found below the root");
            let path = below
                .components()
                .map(|part| part.as_os_str().to_string_lossy())
                .collect::<Vec<_>>()
                .join("/");
            if !wanted.contains(path.as_str()) && read(file)?.is_some_and(|text| is_ours(&text)) {
                leftover.push(path);
            }
        }
        Ok(leftover)
    }
}

/// Whether we wrote a file with this text; nobody misses an empty one.
fn is_ours(text: &[u8]) -> bool {
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let first = first.strip_suffix(b"\r").unwrap_or(first);
    text.is_empty() || first == FIRST_LINE.as_bytes() || first == FIRST_LINE_TOML.as_bytes()
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, WriteError> {
    match fs::read(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(disk("read", path)(error)),
    }
}

fn disk<'p>(action: &'static str, path: &'p Path) -> impl FnOnce(io::Error) -> WriteError + 'p {
    move |source| WriteError::Disk { action, path: path.to_owned(), source }
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
