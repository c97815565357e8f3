//! Takes the plan and the written files, gives what every test said.
//!
//! The only stage that starts processes and watches clocks and signals.
//! It tells what happens through events and prints nothing; it judges nothing: the roll is called in `report`.

mod attempt;
mod blame;
mod compile;
mod counting;
mod error;
mod event;
mod execute;
mod libtest;
mod optimized;
mod process;
mod trace;

#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::time::Duration;

pub use counting::{WRAPPER_VARIABLE, compile_in_place};
pub use error::RunError;
pub use event::{Ending, Event, Refusal};

use crate::emit::EmittedFile;
use crate::model::{Id, Model, Sources};
use crate::plan::{Case, Plan};
use crate::resolve::{CrateFacts, Place};

/// What a run is about.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The tests.
    pub plan: &'a Plan,
    /// The declarations that the compiler's messages are led back to.
    pub model: &'a Model,
    /// The texts of these declarations.
    pub sources: &'a Sources,
    /// The crate.
    pub facts: &'a CrateFacts,
    /// The generated files as they are on disk.
    pub emitted: &'a [EmittedFile],
}

/// How to run.
#[derive(Clone, Debug)]
pub struct Options {
    /// Cargo, as the caller found it.
    pub cargo: std::ffi::OsString,
    /// Seed of all tests; without it each test has its own, always the same.
    pub seed: Option<u64>,
    /// How many cases every search tries at most, whatever its test says.
    pub cases: Option<u64>,
    /// How long every search takes at most, whatever its test says.
    pub budget: Option<Duration>,
    /// How many tests run at once; without it as many as the machine has processors.
    pub threads: Option<u64>,
    /// The constraints to run; `None` means all.
    pub selected: Option<Vec<Id>>,
    /// Whether to compile the tests and run none.
    pub compile_only: bool,
    /// This program, which Cargo starts in place of the compiler where work is to be counted; `None` counts nothing.
    pub wrapper: Option<PathBuf>,
    /// How long the tests may be silent before they count as hanging.
    pub patience: Duration,
}

impl Options {
    /// So long a search takes where nothing else is said.
    pub const BUDGET: Duration = Duration::from_secs(10);

    /// A search takes no longer than its budget; the rest is for slow machines, replayed witnesses and shrinking.
    pub const PATIENCE: Duration = Duration::from_secs(70);

    fn selects(&self, id: &Id) -> bool {
        self.selected.as_ref().is_none_or(|selected| selected.contains(id))
    }
}

/// Compiles the generated tests and runs those selected.
///
/// Tests that do not compile are left out and reported as [`Event::Refused`]; the others still run.
pub fn run(subject: Subject<'_>, options: &Options, on: &mut dyn FnMut(Event)) -> Result<(), RunError> {
    let interrupt = process::Interrupt::listen();
    let parts = optimized::parts(subject, options);
    let mut twice = optimized::Twice::of(&parts);
    let builds: Vec<_> = parts.iter().map(|part| compile::Build::of(subject, part)).collect();
    for binary in Binary::of(subject.plan) {
        for (at, (part, build)) in parts.iter().zip(&builds).enumerate() {
            let is_first = at == 0;
            let concerns = |case: &&Case| binary.holds(case) && part.options.selects(&case.id);
            if !is_first && !subject.plan.cases.iter().any(|case| concerns(&case)) {
                continue;
            }
            let mut tell = |event| {
                if twice.passes(&event, is_first) {
                    on(event);
                }
            };
            let way = compile::Way { options: &part.options, build };
            if let Some(built) = compile::compile(subject, binary, way, &interrupt, &mut tell)? {
                execute::execute(&built, subject, &part.options, &interrupt, &mut tell)?;
            }
        }
    }
    Ok(())
}

/// One of the test binaries that the generated tests stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Binary {
    /// Beside the crate: all tests in it are ours.
    Beside,
    /// The crate itself, with whatever tests it has of its own.
    Inside,
}

impl Binary {
    /// Those that hold tests of the plan.
    fn of(plan: &Plan) -> impl Iterator<Item = Self> {
        let holds = |binary: &Self| plan.cases.iter().any(|case| binary.holds(case));
        [Self::Beside, Self::Inside].into_iter().filter(holds)
    }

    /// Whether the test of the case stands in it.
    fn holds(self, case: &Case) -> bool {
        (case.place == Place::Beside) == (self == Self::Beside)
    }

    /// The arguments by which Cargo builds it.
    fn target(self, facts: &CrateFacts) -> Vec<String> {
        match self {
            Self::Beside => vec!["--test".to_owned(), "constraints".to_owned()],
            Self::Inside => facts.own_target.clone(),
        }
    }
}
