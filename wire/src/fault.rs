use serde::{Deserialize, Serialize};

/// Faults of declarations, for machines: what commands print with `--message-format json` when they refuse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faults {
    /// Version of this format, [`crate::FORMAT`].
    pub format: u32,
    /// The faults, sorted by place.
    pub faults: Vec<Fault>,
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What kind of fault, such as `unknown-key`.
    pub code: String,
    /// How much it weighs.
    pub severity: FaultSeverity,
    /// What is, in a fragment without a full stop.
    pub message: String,
    /// The place to mend.
    #[serde(flatten)]
    pub at: FaultLabel,
    /// Further places that explain it.
    pub labels: Vec<FaultLabel>,
    /// What to do, one proposal each.
    pub help: Vec<String>,
}

/// How much a fault weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultSeverity {
    /// Declarations with this fault are refused.
    Error,
    /// Shown; generation goes on.
    Warning,
    /// Shown for information.
    Note,
}

/// A place that belongs to a fault, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultLabel {
    /// Path from the root of the package.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Where it ends.
    pub end: End,
    /// What is the matter there; may be empty.
    pub text: String,
}

/// The place after the last character of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}
