use std::fmt;

use constraints_wire::{Location, Record};

use crate::model::Id;

/// What happens during a run, in the order in which it is noticed.
#[derive(Clone, Debug)]
pub enum Event {
    /// A line of Cargo about its progress.
    Cargo(String),
    /// The compiler refused the test of a constraint; it is left out of the build.
    Refused(Box<Refusal>),
    /// The build is done and so many tests begin.
    Running {
        /// How many.
        tests: usize,
    },
    /// A test left its record.
    Recorded(Box<Record>),
    /// A line among the records is none.
    Stray(String),
    /// The process of all tests ended early or hangs; this test runs again, in a process of its own.
    Alone(Id),
    /// A test ended, as seen from outside.
    Ended {
        /// Whose test.
        id: Id,
        /// How.
        ending: Ending,
    },
}

/// Why a test could not be compiled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Whose test.
    pub id: Id,
    /// The first error in one line.
    pub message: String,
    /// All errors as the compiler shows them.
    pub rendered: String,
    /// The place in the user's files that the first error leads to.
    pub at: Option<Location>,
}

/// How a test ended, as seen from outside; later ones are worse.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// The test harness calls it passed.
    Passed,
    /// The test harness did not run it.
    Skipped,
    /// The test harness calls it failed; with the end of what it printed.
    Failed(String),
    /// The process ended before the test did; with its status.
    Died(String),
    /// The process was stopped because it was silent for too long.
    TimedOut,
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passed => f.write_str("the test passed"),
            Self::Skipped => f.write_str("the test was not run"),
            Self::Failed(said) if said.is_empty() => f.write_str("the test failed"),
            Self::Failed(said) => write!(f, "the test failed: {said}"),
            Self::Died(status) => write!(f, "the test process ended early, {status}"),
            Self::TimedOut => f.write_str("the test did not come back and was stopped"),
        }
    }
}
