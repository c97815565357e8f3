use serde::{Deserialize, Serialize};

/// What is known about one constraint after its test ran.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", content = "reason", rename_all = "snake_case")]
pub enum Outcome {
    /// No case spoke against the constraint, and enough cases were executed.
    Holds,
    /// The constraint is red, for the reason given.
    Violated(RedReason),
    /// Neither shown to hold nor violated.
    Undecided(UndecidedReason),
}

/// Why a constraint is red.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RedReason {
    /// A case contradicts the statement.
    Violated,
    /// The code under test ended the process: an abort, a stack overflow, an `exit`.
    Crashed,
    /// The code under test did not come back.
    TimedOut,
    /// The item the constraint is about does not exist.
    MissingTarget,
    /// The generated test does not compile against the code.
    DoesNotCompile,
    /// The test cannot say no: nothing it tried reached the statement.
    Vacuous,
    /// The test passed without leaving its record, or with fewer cases than the roll demands.
    NoRecord,
}

/// Why a constraint could not be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UndecidedReason {
    /// Almost every generated input was refused by the precondition.
    TooManyRejected,
    /// The time budget ended before enough cases were executed.
    OutOfTime,
    /// What the constraint is about could not be measured here.
    NotMeasured,
    /// The test was compiled, and nobody asked to run it.
    NotRun,
}
