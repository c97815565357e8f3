//! Forges seals, and what they are over: changes values as somebody does who has no key.
//!
//! Which change it is stands on the tape as numbers, so that it comes back although a seal may be another one each time.

mod base64;
mod bytes;
mod meaning;
mod pick;
mod text;
mod value;

pub use value::{ByBytesBack, ByForge, ByNothing, ByParts, ByText, Forge, Sealed, Work};

/// What is forged in a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Forging {
    /// The value.
    pub(crate) name: String,
    /// What the value is.
    pub(crate) part: Part,
    /// Changes that leave the meaning as it is count as well.
    pub(crate) exact: bool,
    /// What was taken off the value, to be put in front of the next one.
    pub(crate) carried: Option<Vec<u8>>,
    /// The change in words, once it is made and is one.
    pub(crate) change: Option<String>,
}

/// What a value is to a seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The seal itself.
    Seal,
    /// What the seal is over.
    Content,
    /// The key: another one is as good as the first.
    Key,
}
