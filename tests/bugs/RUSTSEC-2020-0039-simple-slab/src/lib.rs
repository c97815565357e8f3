//! A shelf of things whose order does not matter.

use simple_slab::Slab;

pub struct Shelf<T>(Slab<T>);

impl<T> Shelf<T> {
    pub fn new() -> Self {
        Shelf(Slab::new())
    }

    pub fn put(&mut self, thing: T) {
        self.0.insert(thing);
    }

    /// Takes a thing out; another one moves to its place.
    pub fn take(&mut self, place: usize) -> Option<T> {
        (place < self.0.len()).then(|| self.0.remove(place))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }
}
