use serde::{Deserialize, Serialize};

use crate::Outcome;

/// Names the file that tests append their records to, one JSON object a line.
pub const RECORDS_VARIABLE: &str = "CONSTRAINTS_RECORDS";

/// Holds the seed of a run, a decimal `u64`; without it every test uses a seed made from its own id.
pub const SEED_VARIABLE: &str = "CONSTRAINTS_SEED";

/// Holds how many cases a search tries at most, a decimal `u64`; it goes before what the test says.
pub const CASES_VARIABLE: &str = "CONSTRAINTS_CASES";

/// Holds how many milliseconds a search takes at most, a decimal `u64`; it goes before what the test says.
pub const BUDGET_VARIABLE: &str = "CONSTRAINTS_BUDGET";

/// What one test says about its run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Version of this format, [`crate::FORMAT`].
    pub format: u32,
    /// Full id of the constraint.
    pub id: String,
    /// Kind of the constraint, such as `no_panic`.
    pub kind: String,
    /// The outcome as the test saw it.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// How many cases were tried and what became of them.
    pub tally: Tally,
    /// Seed that makes the same run again.
    pub seed: u64,
    /// The smallest case found that speaks against the constraint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub witness: Option<Witness>,
    /// Milliseconds from the start of the test to its verdict.
    pub millis: u64,
    /// Milliseconds from the start of the test to the first violating case, before it was shrunk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub millis_to_red: Option<u64>,
    /// What else a reader should know, a sentence each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// How many cases a test tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Cases whose body ran to its end or to a verdict.
    pub executed: u64,
    /// Executed cases that reached the statement.
    pub accepted: u64,
    /// Cases given up because a precondition did not hold.
    pub rejected: u64,
    /// Cases cut off because the call took too long while similar calls did end.
    pub slow: u64,
}

/// A case that speaks against a constraint, made for reading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// The generated values, in the order in which they were made.
    pub values: Vec<Shown>,
    /// What had to be true.
    pub expected: String,
    /// What was seen instead.
    pub seen: String,
    /// Further values of the case, such as the result of the call.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Shown>,
    /// Where in the code it showed, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// A named value as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Name of the argument or value.
    pub name: String,
    /// The value, written the way Rust would write it, long repetitions shortened.
    pub text: String,
}

/// A place in a source file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Path as the compiler knows it.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}
