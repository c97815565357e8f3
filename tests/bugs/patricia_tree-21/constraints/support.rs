//! The same without a tree of letters.

use std::collections::BTreeSet;

pub struct Plain(BTreeSet<Vec<u8>>);

impl Plain {
    pub fn new() -> Self {
        Plain(BTreeSet::new())
    }

    pub fn learn(&mut self, word: &str) -> bool {
        self.0.insert(word.as_bytes().to_vec())
    }

    pub fn forget(&mut self, word: &str) -> bool {
        self.0.remove(word.as_bytes())
    }

    pub fn knows(&self, word: &str) -> bool {
        self.0.contains(word.as_bytes())
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }

    pub fn all(&self) -> Vec<Vec<u8>> {
        self.0.iter().cloned().collect()
    }
}
