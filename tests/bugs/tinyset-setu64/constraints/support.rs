//! The same in a set of the standard library.

use std::collections::BTreeSet;

pub struct Plain(BTreeSet<u64>);

impl Plain {
    pub fn new() -> Self {
        Plain(BTreeSet::new())
    }

    pub fn see(&mut self, message: u64) -> bool {
        self.0.insert(message)
    }

    pub fn forget(&mut self, message: u64) -> bool {
        self.0.remove(&message)
    }

    pub fn has_seen(&self, message: u64) -> bool {
        self.0.contains(&message)
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }

    pub fn all(&self) -> Vec<u64> {
        self.0.iter().copied().collect()
    }
}
