//! What an output contradicts.

/// What has to be true of an output, and is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Contradiction {
    /// What has to be true.
    pub(crate) expected: String,
    /// What is so instead.
    pub(crate) seen: String,
}
