//! The place in a document at which a reader stands.

use jsonptr::{Pointer, Token};

/// A place, as the keys that lead to it.
pub struct Place(Pointer);

impl Place {
    /// The whole document.
    pub fn new() -> Self {
        Place(Pointer::root())
    }

    /// Goes down to what stands under a key.
    pub fn enter(&mut self, key: &str) {
        self.0.push_back(Token::new(key));
    }

    /// Goes up again, and gives the key.
    pub fn leave(&mut self) -> Option<String> {
        self.0.pop_back().map(|token| token.as_key().to_owned())
    }

    /// The document turns out to be a part of another one, under a key.
    pub fn wrap(&mut self, key: &str) {
        self.0.push_front(Token::new(key));
    }

    /// Only the part of the document under the first key is kept; gives that key.
    pub fn unwrap(&mut self) -> Option<String> {
        self.0.pop_front().map(|token| token.as_key().to_owned())
    }

    /// How deep the place is.
    pub fn depth(&self) -> usize {
        self.0.count()
    }
}
