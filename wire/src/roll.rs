use serde::{Deserialize, Serialize};

/// Which tests have to report: what `generated/manifest.toml` holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roll {
    /// Version of this format, [`crate::FORMAT`].
    pub format: u32,
    /// The tests, in the order of their ids.
    #[serde(default)]
    pub test: Vec<RollEntry>,
}

/// One test of the roll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollEntry {
    /// Full id of the constraint.
    pub id: String,
    /// Kind of the constraint.
    pub kind: String,
    /// Path of the test inside the test binary.
    pub test: String,
    /// Whether that is the test binary of the crate itself, not the one beside it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inside: bool,
    /// How many cases have to be executed, and accepted, at least, for a pass to count.
    pub at_least: u64,
}
