//! Takes bound declarations and the graph, gives the plan: a flat, ordered list of tests as plain data.
//!
//! Decides order and what the roll demands. It neither prints Rust nor runs anything.

use crate::graph::ConstraintGraph;
use crate::kinds::{self, Body, OracleCall};
use crate::model::{Area, Faults, Id, Level};
use crate::resolve::{Bound, Function, Target};

/// All tests of a package, ordered by id.
#[derive(Debug)]
pub struct Plan {
    /// The tests.
    pub cases: Vec<Case>,
}

/// One test.
#[derive(Debug)]
pub struct Case {
    /// Full id of the constraint.
    pub id: Id,
    /// Name of the kind.
    pub kind: &'static str,
    /// The requirement in one sentence.
    pub says: String,
    /// What it is about.
    pub area: Area,
    /// What a red one does to a merge.
    pub level: Level,
    /// The target as written.
    pub target: String,
    /// What the test does.
    pub test: Test,
    /// How many cases have to be executed, and accepted, at least, for a pass to count.
    pub at_least: u64,
}

/// What a generated test does.
#[derive(Debug)]
pub enum Test {
    /// Judges.
    Oracle(OracleCall),
    /// Is red because the item is missing.
    MissingTarget {
        /// Items with the nearest names.
        nearest: Vec<String>,
    },
}

/// Cases that a property has to have executed before its pass counts.
pub const AT_LEAST: u64 = 100;

/// Lowers every bound declaration through its kind.
pub fn plan(_bound: &[Bound<'_>], _graph: &ConstraintGraph) -> (Plan, Faults) {
    todo!()
}
