//! What the README and the book show is what the tool does.

mod blocks;
mod language;
mod readme;
mod tutorial;
mod workshop;
