//! Words of a dictionary, each of which is kept once.

use hashconsing::{HConsed, HConsign, HashConsign};
use std::hash::Hash;

/// A word that was looked up; looked up twice it is the same.
pub struct Word<T>(HConsed<T>);

impl<T> Word<T> {
    pub fn get(&self) -> &T {
        self.0.get()
    }
}

/// All words so far.
pub struct Dictionary<T: Hash + Eq + Clone>(HConsign<T>);

impl<T: Hash + Eq + Clone> Dictionary<T> {
    pub fn new() -> Self {
        Dictionary(HConsign::empty())
    }

    /// The word that equals this one.
    pub fn look_up(&mut self, word: T) -> Word<T> {
        Word(self.0.mk(word))
    }
}

impl<T: Hash + Eq + Clone> Default for Dictionary<T> {
    fn default() -> Self {
        Self::new()
    }
}
