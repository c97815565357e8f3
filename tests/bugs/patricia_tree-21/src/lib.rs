//! The words that a search box proposes.

use patricia_tree::PatriciaSet;

/// Words, found by how they begin.
pub struct Words(PatriciaSet);

impl Words {
    pub fn new() -> Self {
        Words(PatriciaSet::new())
    }

    /// Whether the word is new.
    pub fn learn(&mut self, word: &str) -> bool {
        self.0.insert(word)
    }

    /// Whether the word was there.
    pub fn forget(&mut self, word: &str) -> bool {
        self.0.remove(word)
    }

    pub fn knows(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// All of them, in order.
    pub fn all(&self) -> Vec<Vec<u8>> {
        self.0.iter().collect()
    }
}
