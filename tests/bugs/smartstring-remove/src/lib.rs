//! What is typed into a field of a form.

use smartstring::{LazyCompact, SmartString};

/// A field; most of them are short.
pub struct Field(SmartString<LazyCompact>);

impl Field {
    pub fn new() -> Self {
        Field(SmartString::new())
    }

    /// The place of a character, in bytes; the end where there is none.
    fn place(&self, at: u8) -> usize {
        self.0.char_indices().nth(usize::from(at)).map_or(self.0.len(), |(place, _)| place)
    }

    /// Types a character at the end.
    pub fn push(&mut self, letter: char) {
        self.0.push(letter);
    }

    /// Puts a character before another one.
    pub fn insert(&mut self, at: u8, letter: char) {
        let place = self.place(at);
        self.0.insert(place, letter);
    }

    /// Pastes a text at the end.
    pub fn paste(&mut self, text: &str) {
        self.0.push_str(text);
    }

    /// Takes out one character.
    pub fn remove(&mut self, at: u8) -> Option<char> {
        let place = self.place(at);
        (place < self.0.len()).then(|| self.0.remove(place))
    }

    /// Takes out the last character.
    pub fn pop(&mut self) -> Option<char> {
        self.0.pop()
    }

    pub fn text(&self) -> String {
        self.0.as_str().to_owned()
    }
}
