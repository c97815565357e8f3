//! Takes the files that a run wrote, gives a later one the items in them that would come out the same.
//!
//! What it keeps names places in the files, not their text: one that was edited meanwhile gives nothing.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::emit::{Earlier, EmittedFile};
use crate::stamp::hash_of;
use crate::write::{WriteError, replace};

/// Where items stand in the files of a package.
#[derive(Serialize, Deserialize)]
struct Record {
    /// The build of this tool that wrote them.
    tool: String,
    files: Vec<Places>,
}

/// Where items stand in one file.
#[derive(Serialize, Deserialize)]
struct Places {
    path: String,
    /// Of its whole text.
    hash: u64,
    /// Each with what it was made of, its start and its end.
    items: Vec<(u64, usize, usize)>,
}

impl Record {
    /// What stands in `place`; nothing where another build of this tool wrote it.
    fn read(place: &Path, tool: &str) -> Option<Self> {
        let record = fs::read(place).ok().and_then(|text| serde_json::from_slice::<Self>(&text).ok());
        record.filter(|record| record.tool == tool)
    }

    fn write(&self, place: &Path) -> Result<(), WriteError> {
        replace(place, &serde_json::to_string(self).expect("a record is plain data"))
    }
}

impl Places {
    /// Where the items of `files` stand, as far as there are any.
    fn of(files: &[EmittedFile]) -> impl Iterator<Item = Self> {
        files.iter().filter(|file| !file.items.is_empty()).map(|file| Self {
            path: file.path.clone(),
            hash: hash_of(file.text.as_bytes()),
            items: file.items.iter().map(|item| (item.origin, item.at.start, item.at.end)).collect(),
        })
    }
}

/// The items that `place` names in those files of the package in `root` that are wanted, by their paths; nothing where
/// another build of this tool wrote them.
pub fn load(place: &Path, root: &Path, tool: &str, is_wanted: impl Fn(&str) -> bool) -> Earlier {
    let mut earlier = Earlier::default();
    let Some(record) = Record::read(place, tool) else { return earlier };
    for file in record.files.into_iter().filter(|file| is_wanted(&file.path)) {
        let text = fs::read_to_string(root.join(&file.path)).ok();
        let Some(text) = text.filter(|text| hash_of(text.as_bytes()) == file.hash) else { continue };
        for (origin, start, end) in file.items {
            if let Some(item) = text.get(start..end) {
                earlier.add(origin, item.to_owned());
            }
        }
    }
    earlier
}

/// Names the items of `files` in `place`.
///
/// # Errors
/// If it cannot be written.
///
/// # Panics
/// If `place` is no file in a folder.
pub fn save(place: &Path, files: &[EmittedFile], tool: &str) -> Result<(), WriteError> {
    Record { tool: tool.to_owned(), files: Places::of(files).collect() }.write(place)
}

/// Names the items of `files` in `place` instead of those that stood in them before.
///
/// # Errors
/// If it cannot be written.
///
/// # Panics
/// If `place` is no file in a folder.
pub fn renew(place: &Path, files: &[EmittedFile], tool: &str) -> Result<(), WriteError> {
    let Some(mut record) = Record::read(place, tool) else { return Ok(()) };
    record.files.retain(|known| files.iter().all(|file| file.path != known.path));
    record.files.extend(Places::of(files));
    record.write(place)
}

#[cfg(test)]
#[path = "reuse_tests.rs"]
mod tests;
