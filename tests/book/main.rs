//! What the README and the book show is what the tool does.

#![expect(clippy::disallowed_methods, reason = "tests lay out packages and start the tool in them")]

mod blocks;
mod language;
mod readme;
mod tutorial;
mod workshop;
