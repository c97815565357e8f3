use serde::{Deserialize, Serialize};

use crate::{Place, Record, RedReason};

/// The graph's verdict, for machines: what `check --message-format json` prints.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Version of this format, [`crate::FORMAT`].
    pub format: u32,
    /// How many constraints have which status.
    pub totals: Totals,
    /// The goals, in the order of their ids.
    pub goals: Vec<GoalEntry>,
    /// The risks, in the order of their ids.
    #[serde(default)]
    pub risks: Vec<RiskEntry>,
    /// How much of the crate is named by a constraint, where all of it was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coverage: Option<CoverageEntry>,
    /// The constraints, in the order of their ids.
    pub constraints: Vec<Entry>,
}

/// Counts of constraints by status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Constraints that hold.
    pub green: usize,
    /// Constraints that are violated.
    pub red: usize,
    /// Constraints behind a red prerequisite.
    pub blocked: usize,
    /// Constraints that could not be decided.
    pub undecided: usize,
    /// Constraints that are violated and excused until a date.
    #[serde(default)]
    pub waived: usize,
}

/// Where a constraint or a goal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Holds.
    Green,
    /// Violated.
    Red,
    /// Waits for a prerequisite that is red.
    Blocked,
    /// Not decided.
    Undecided,
    /// Violated, and excused until a date.
    Waived,
}

/// One goal and how far it is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalEntry {
    /// Full id.
    pub id: String,
    /// The goal in one sentence.
    pub says: String,
    /// Green when everything that serves it is green.
    pub status: Status,
    /// Ids of the constraints that serve it.
    pub served_by: Vec<String>,
}

/// One risk and what stands against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskEntry {
    /// Full id.
    pub id: String,
    /// The risk in one sentence.
    pub says: String,
    /// `low`, `medium` or `high`.
    pub likelihood: String,
    /// `low`, `medium` or `high`.
    pub impact: String,
    /// Green when everything that answers it is green; nothing where nothing answers it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Ids of the constraints that answer it.
    pub answered_by: Vec<String>,
}

/// How many of the functions that a test could call are named by a constraint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageEntry {
    /// How many there are.
    pub functions: usize,
    /// How many of them a constraint names.
    pub named: usize,
}

/// One constraint and its verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Full id.
    pub id: String,
    /// The requirement in one sentence.
    pub says: String,
    /// Kind, such as `no_panic`.
    pub kind: String,
    /// `security`, `correctness`, `stability`, `observability`, `performance` or `process`.
    pub area: String,
    /// `block`, `warn` or `info`.
    pub level: String,
    /// The verdict.
    pub status: Status,
    /// What sort of red it is, also when it is blocked besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<RedReason>,
    /// Why it is red or undecided, one sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Ids of the red prerequisites it waits for, the first eight of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocked_by: Vec<String>,
    /// How many constraints wait for this red one and for no other.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub frees: usize,
    /// The waiver that excuses it, or that excused it until the day it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiver: Option<WaiverEntry>,
    /// The lines of the declaration.
    pub declared: Location,
    /// The item it is about, as written.
    pub target: String,
    /// Where that item is defined, if it was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Place>,
    /// Path of the generated test inside the test binary.
    pub test: String,
    /// Command that runs this one constraint again.
    pub replay: String,
    /// What the compiler said, for a test that does not compile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compiler: Option<String>,
    /// The place in the declaration that the compiler's message leads to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compiler_at: Option<Location>,
    /// What the test recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Record>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_nothing(count: &usize) -> bool {
    *count == 0
}

/// An excuse for a red constraint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaiverEntry {
    /// Why it may be red for a while.
    pub reason: String,
    /// Who mends it.
    pub owner: String,
    /// Last day on which it excuses, as year-month-day.
    pub until: String,
    /// How many waivers of the same constraint came before.
    pub renewals: usize,
    /// Whether it excuses today.
    pub excuses: bool,
}

/// A place in a declaration file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// Path from the root of the package.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// The one thing to do now: what `next --message-format json` prints.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Next {
    /// Version of this format, [`crate::FORMAT`].
    pub format: u32,
    /// How many constraints are red or undecided in all, this one included.
    pub open: usize,
    /// The constraint to turn green, or nothing when none is left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint: Option<Entry>,
    /// What it is good for: the sentences of the goals it serves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<String>,
    /// Files that must not be edited to get there.
    pub protected: Vec<String>,
}
