//! Two processes for each test: one runs the code under test and may die of it, the other judges.
//!
//! The test process starts its own binary again for the one test and watches it.
//! An abort, a stack overflow, an `exit` or a hang of the child is then a fact about one case, whose choices
//! stand in a file that the child keeps up to date.

#![expect(clippy::disallowed_methods, reason = "a process learns from its environment whose part it has")]

mod across;
mod child;
mod effort;
mod exchange;
mod hang;
mod judge;
mod parent;
mod surroundings;
mod warm_up;
mod watch;

use std::time::Duration;

pub use effort::{budget, cases};
pub(crate) use parent::judge;

use std::sync::Arc;

use crate::measure::Gauge;
use crate::search::Body;
use crate::source::Values;

/// Names the folder of a job; set by a test for the child it starts, and by nobody else.
pub(crate) const JOB_VARIABLE: &str = "CONSTRAINTS_JOB";
/// What a child says instead of a verdict where the panic is its own.
const BROKEN: &str = "broken";

std::thread_local! {
    /// Module of the test that runs on this thread, as the harness names it, where the id does not say it.
    static MODULE: std::cell::RefCell<Option<String>> = const { std::cell::RefCell::new(None) };
}

/// Says that the test stands inside the crate under test, in the module `path` as `module_path!` has it.
pub fn inside(path: &str) {
    let below = path.split_once("::").map_or("", |(_, below)| below);
    MODULE.set(Some(below.to_string()));
}

/// The path of the test of `id` that runs on this thread, inside its test binary.
fn path(id: &str) -> String {
    let path = constraints_wire::test_path(id);
    let name = path.rsplit("::").next().unwrap_or_default();
    MODULE.with_borrow(|module| match module {
        Some(module) => format!("{module}::{name}"),
        None => path.clone(),
    })
}

/// A generated test.
pub(crate) struct Test<'a> {
    pub(crate) id: &'a str,
    pub(crate) kind: &'static str,
    /// What a panic or a crash contradicts, in words.
    pub(crate) promise: &'static str,
    pub(crate) body: Body<'a>,
    /// What is mixed into the declared values.
    pub(crate) values: Values,
    /// What the calls are weighed by, if they are.
    pub(crate) gauge: Option<Arc<Gauge>>,
    /// The processor time within which each call has to come back, where that is what is required.
    pub(crate) within: Option<Duration>,
    /// Whether samples are made to claim a lot, and parts of them repeated.
    pub(crate) presses: bool,
    /// Whether what is judged can be seen here; else why not.
    pub(crate) ready: fn() -> Result<(), String>,
    /// How many cases a pass takes, and the time for them, where that is not what others take.
    pub(crate) cases: Option<(u64, Duration)>,
}

impl<'a> Test<'a> {
    /// A test with values of every sort, judged in one process.
    pub(crate) fn new(id: &'a str, kind: &'static str, promise: &'static str, body: Body<'a>) -> Self {
        Self {
            id,
            kind,
            promise,
            body,
            values: Values::Hostile,
            gauge: None,
            within: None,
            presses: false,
            ready: || Ok(()),
            cases: None,
        }
    }

    /// A test that weighs its calls: the body has to hand the gauge to its case.
    pub(crate) fn measuring(self, gauge: &Arc<Gauge>) -> Self {
        Self { gauge: Some(Arc::clone(gauge)), ..self }
    }

    /// Judged only where this finds that it can be.
    pub(crate) fn where_it(self, ready: fn() -> Result<(), String>) -> Self {
        Self { ready, ..self }
    }

    /// A pass takes `enough` cases, and gets `time` for them.
    pub(crate) fn with_cases(self, enough: u64, time: Duration) -> Self {
        Self { cases: Some((enough, time)), ..self }
    }

    /// With the declared values alone.
    pub(crate) fn with_declared_values(self) -> Self {
        Self { values: Values::AsDeclared, ..self }
    }

    /// Tries what makes code go round for long: samples that claim a lot, and samples of which a part is repeated.
    pub(crate) fn pressing(self) -> Self {
        Self { presses: true, ..self }
    }

    /// Each call has to come back within `limit`.
    pub(crate) fn within(self, limit: Duration) -> Self {
        Self { within: Some(limit), ..self }
    }
}

/// Judges the test, or, in the child, does the job that the judge asked for.
pub(crate) fn run(test: &Test<'_>) {
    match std::env::var_os(JOB_VARIABLE) {
        Some(folder) => child::work(test, std::path::Path::new(&folder)),
        None => crate::record::conclude(&judge(test)),
    }
}

#[cfg(test)]
mod tests {
    use super::{inside, path};

    #[test]
    fn a_test_inside_the_crate_is_found_by_its_module() {
        assert_eq!(path("links.deep.total"), "links::deep::total");
        inside("app::a::constraints::links::deep");
        assert_eq!(path("links.deep.total"), "a::constraints::links::deep::total");
    }
}
