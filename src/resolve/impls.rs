//! The `impl` blocks of a crate, sorted: those of a type, those of a trait, and those for anything.

use std::collections::BTreeMap;

use super::items::ItemId;
use super::reads::Reads;
use super::ty::Ty;
use crate::model::FileId;

/// The `impl` blocks of a crate, each by its index in the tables.
#[derive(Default)]
pub(super) struct Impls {
    /// What each block is for, its parameters left open.
    pub(super) patterns: Vec<Ty>,
    pub(super) of_item: BTreeMap<ItemId, Vec<usize>>,
    /// Those for types that the crate does not define, and for type parameters.
    pub(super) others: Vec<usize>,
    pub(super) of_trait: BTreeMap<ItemId, Vec<usize>>,
    /// The file of each block.
    pub(super) files: Vec<FileId>,
    pub(super) reads: Reads,
}

impl Impls {
    /// The blocks for a struct or enum, in the order of the sources.
    pub(super) fn of_item(&self, item: ItemId) -> &[usize] {
        self.told(self.of_item.get(&item).map_or(&[], Vec::as_slice))
    }

    /// The blocks of a trait of the crate.
    pub(super) fn of_trait(&self, item: ItemId) -> &[usize] {
        self.told(self.of_trait.get(&item).map_or(&[], Vec::as_slice))
    }

    /// The same blocks; whoever gets them depends on their files.
    fn told<'b>(&self, blocks: &'b [usize]) -> &'b [usize] {
        for at in blocks {
            self.reads.file(self.files[*at]);
        }
        blocks
    }

    /// The type that a block is for, its parameters left open.
    pub(super) fn pattern(&self, at: usize) -> &Ty {
        &self.patterns[at]
    }

    /// The blocks that may be for `ty`: those of its definition, and those for anything.
    pub(super) fn near(&self, ty: &Ty) -> impl Iterator<Item = usize> {
        let own = match ty {
            Ty::Local(item, _) => self.of_item(*item),
            _ => &[],
        };
        own.iter().chain(self.told(&self.others)).copied()
    }
}
