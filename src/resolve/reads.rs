//! Remembers which files of a crate were looked into, so that a later run knows whom a change of one concerns.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use crate::model::FileId;

/// The files that were looked into since somebody asked last; clones share them.
#[derive(Clone, Debug, Default)]
pub(super) struct Reads(Rc<RefCell<Marks>>);

#[derive(Debug, Default)]
struct Marks {
    /// By the number of the file.
    files: Vec<bool>,
    everywhere: bool,
}

/// Which files of the crate something depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Looked {
    /// These.
    At(BTreeSet<FileId>),
    /// All of them, also such as are not there yet.
    Everywhere,
}

impl Reads {
    /// Something in the file was looked at.
    pub(super) fn file(&self, file: FileId) {
        let files = &mut self.0.borrow_mut().files;
        if files.len() <= file.0 {
            files.resize(file.0 + 1, false);
        }
        files[file.0] = true;
    }

    /// Everything there is was looked at.
    pub(super) fn everywhere(&self) {
        self.0.borrow_mut().everywhere = true;
    }

    /// What was looked at since this was asked last.
    pub(super) fn take(&self) -> Looked {
        let Marks { files, everywhere } = std::mem::take(&mut *self.0.borrow_mut());
        if everywhere {
            return Looked::Everywhere;
        }
        let marked = files.into_iter().enumerate().filter(|(_, marked)| *marked);
        Looked::At(marked.map(|(file, _)| FileId(file)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_at_is_told_once() {
        let reads = Reads::default();
        reads.file(FileId(3));
        reads.clone().file(FileId(1));
        assert_eq!(reads.take(), Looked::At([FileId(1), FileId(3)].into()));
        assert_eq!(reads.take(), Looked::At(BTreeSet::new()));
        reads.file(FileId(3));
        reads.everywhere();
        assert_eq!(reads.take(), Looked::Everywhere);
        assert_eq!(reads.take(), Looked::At(BTreeSet::new()));
    }
}
