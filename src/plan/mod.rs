//! Takes bound declarations and the graph, gives the plan: a flat, ordered list of tests as plain data.
//!
//! Decides order and what the roll demands. It neither prints Rust nor runs anything.

mod claims;

use crate::graph::ConstraintGraph;
use crate::kinds::{self, Builds, OracleCall};
use crate::model::{Area, Effort, Fault, Faults, Id, LEAST_CASES, Level, Settings, Shape, Span};
use crate::resolve::{Bound, Place, Target};

pub use claims::{Aim, STACK, Strength, claims, compare};

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
    /// Where the item it is about is defined, if that is a function or a type of the crate.
    pub defined: Option<Span>,
    /// Where the test stands.
    pub place: Place,
    /// What the test does.
    pub test: Test,
    /// How many cases have to be executed, and accepted, at least, for a pass to count.
    pub at_least: u64,
    /// How far its search goes, where that is not left to the runtime.
    pub effort: Effort,
    /// For how many seconds it may be silent, where it waits for something else.
    pub waits: Option<f64>,
}

impl Case {
    /// The path of the test inside its test binary.
    pub fn test_path(&self) -> String {
        self.place.test_path(&self.id)
    }

    /// Whether the test measures the stack.
    pub fn counts_stack(&self) -> bool {
        kinds::find(self.kind).is_some_and(kinds::Kind::counts_stack)
    }

    /// In which builds the test is run.
    pub fn builds(&self) -> Builds {
        kinds::find(self.kind).map_or(Builds::Counted, kinds::Kind::builds)
    }
}

/// What a generated test does.
#[derive(Debug, Hash)]
pub enum Test {
    /// Judges.
    Oracle(OracleCall),
    /// Judges; how, stands in the text that was made of it and is kept nowhere else.
    Written {
        /// Whether it executes cases, one after the other.
        executes: bool,
    },
    /// Is red because the item is missing.
    MissingTarget {
        /// Items with the nearest names.
        nearest: Vec<String>,
    },
}

impl Test {
    /// Whether it executes cases, one after the other.
    pub fn executes(&self) -> bool {
        match self {
            Self::Oracle(call) => !call.body.steps().is_empty(),
            Self::Written { executes } => *executes,
            Self::MissingTarget { .. } => false,
        }
    }
}

/// Cases that a property has to have executed before its pass counts.
pub const AT_LEAST: u64 = LEAST_CASES;

/// Lowers every bound declaration through its kind.
///
/// A declaration that its kind refuses is a fault and leaves no case; the others go on.
pub fn plan(bound: &[Bound<'_>], graph: &ConstraintGraph, settings: &Settings) -> (Plan, Faults) {
    let mut faults = Faults::default();
    let mut cases = Vec::with_capacity(bound.len());
    for bound in bound {
        match lower(bound, graph, settings) {
            Ok(case) => cases.extend(case),
            Err(fault) => faults.push(fault),
        }
    }
    cases.sort_by(|a, b| a.id.cmp(&b.id));
    (Plan { cases }, faults)
}

/// Lowers one of them; nothing comes of one that lacks what its kind demands, for that is a fault already.
///
/// # Errors
/// If its kind refuses it.
pub fn lower(bound: &Bound<'_>, graph: &ConstraintGraph, settings: &Settings) -> Result<Option<Case>, Fault> {
    if !bound.constraint.is_whole() {
        return Ok(None);
    }
    match test(bound) {
        Ok(test) => Ok(Some(case(bound, test, graph, settings))),
        Err(fault) => Err(bound.constraint.named(fault)),
    }
}

fn test(bound: &Bound<'_>) -> Result<Test, Fault> {
    if let Target::Missing { nearest } = &bound.target {
        return Ok(Test::MissingTarget { nearest: nearest.clone() });
    }
    let id = bound.constraint.kind.value.id;
    let kind = kinds::find(id).unwrap_or_else(|| panic!("the reader let an unknown kind pass: {id}"));
    kind.plan(bound).map(Test::Oracle)
}

fn case(bound: &Bound<'_>, test: Test, graph: &ConstraintGraph, settings: &Settings) -> Case {
    let constraint = bound.constraint;
    let about = constraint.kind.value;
    let area = graph.area(&constraint.id.value);
    let effort = if test.executes() { settings.effort(constraint, area) } else { Effort::default() };
    Case {
        effort,
        waits: kinds::find(about.id).and_then(|kind| kind.waits(constraint)),
        id: constraint.id.value.clone(),
        kind: about.id,
        says: constraint.says.value.clone(),
        area,
        level: graph.level(&constraint.id.value),
        target: constraint.target.value.clone(),
        defined: match &bound.target {
            Target::Function(function) => Some(function.defined),
            Target::Type(item) => Some(item.defined),
            Target::Generic(ty) => Some(ty.defined),
            Target::Module(_) | Target::Missing { .. } => None,
        },
        place: bound.place.clone(),
        test,
        at_least: match about.shape {
            Shape::Property | Shape::Scenario => AT_LEAST,
            Shape::Measure => 20,
            Shape::Source | Shape::Evidence => 1,
        },
    }
}

#[cfg(test)]
mod tests;
