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

/// The items of the package in `root` that `place` names; nothing where another build of this tool wrote them.
pub fn load(place: &Path, root: &Path, tool: &str) -> Earlier {
    let mut earlier = Earlier::default();
    let record = fs::read(place).ok().and_then(|text| serde_json::from_slice::<Record>(&text).ok());
    let Some(record) = record.filter(|record| record.tool == tool) else { return earlier };
    for file in record.files {
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
    let places = |file: &EmittedFile| Places {
        path: file.path.clone(),
        hash: hash_of(file.text.as_bytes()),
        items: file.items.iter().map(|item| (item.origin, item.at.start, item.at.end)).collect(),
    };
    let files = files.iter().filter(|file| !file.items.is_empty()).map(places).collect();
    let record = Record { tool: tool.to_owned(), files };
    replace(place, &serde_json::to_string(&record).expect("a record is plain data"))
}

#[cfg(test)]
#[path = "reuse_tests.rs"]
mod tests;
