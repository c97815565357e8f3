//! Numbers for names, with drafts that can be thrown away or kept.

use string_interner::{StringInterner, Sym, Symbol};

pub struct Names(StringInterner<Sym>);

impl Names {
    pub fn new() -> Names {
        Names(StringInterner::new())
    }

    /// The number of `name`; a new one if it has none.
    pub fn number(&mut self, name: &str) -> usize {
        self.0.get_or_intern(name).to_usize()
    }

    /// The name with this number.
    pub fn name(&self, number: usize) -> Option<&str> {
        if number < self.0.len() { self.0.resolve(Sym::from_usize(number)) } else { None }
    }

    /// How many names have a number.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// A draft to go on with.
    pub fn draft(&self) -> Names {
        Names(self.0.clone())
    }

    /// From now on only the draft counts.
    pub fn keep_draft(&mut self) {
        *self = self.draft();
    }
}
