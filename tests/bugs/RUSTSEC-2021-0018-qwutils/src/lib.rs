//! Tracks of notes.

use qwutils::imp::vec::VecExt;

pub struct Track<T>(Vec<T>);

impl<T: Clone> Track<T> {
    pub fn new() -> Self {
        Track(Vec::new())
    }

    /// Puts copies of notes in; the place is at most the length.
    pub fn insert(&mut self, at: usize, notes: &[T]) {
        let at = at.min(self.0.len());
        self.0.insert_slice_clone(at, notes);
    }

    pub fn pop(&mut self) -> Option<T> {
        self.0.pop()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }
}
