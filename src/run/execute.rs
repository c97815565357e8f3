//! Runs the test binary until every test has said what it has to say.

use std::process::ExitStatus;

use super::attempt::{Attempt, Left, attempt};
use super::compile::Built;
use super::libtest::Said;
use super::process::{Interrupt, describe};
use super::{Binary, Ending, Event, Options, RunError, Subject};
use crate::plan::Case;

/// How many names one process is given; more would not fit into a command line.
const NAMES: usize = 500;

/// Runs all selected tests together. Those that did not get to the end, because the process died or hung
/// around them, run again one by one, so that each answers for itself alone.
pub(super) fn execute(
    built: &Built,
    subject: Subject<'_>,
    options: &Options,
    interrupt: &Interrupt,
    on: &mut dyn FnMut(Event),
) -> Result<(), RunError> {
    let cases = subject.plan.cases.iter().filter(|case| built.which.holds(case));
    let cases: Vec<&Case> =
        cases.filter(|case| options.selects(&case.id) && !built.refused.contains(&case.id)).collect();
    on(Event::Running { tests: cases.len() });
    let session = Session { built, subject, options, interrupt };
    // All tests need no filter, and a harness compares every name with every filter.
    let chunk = if session.runs_all() { cases.len() } else { NAMES };
    let mut left = Vec::new();
    for cases in cases.chunks(chunk.max(1)) {
        left.extend(session.together(cases, on)?);
    }
    for case in left {
        on(Event::Alone(case.id.clone()));
        session.alone(case, on)?;
    }
    Ok(())
}

struct Session<'a> {
    built: &'a Built,
    subject: Subject<'a>,
    options: &'a Options,
    interrupt: &'a Interrupt,
}

impl Session<'_> {
    /// Whether every test of the binary is to be run. Inside the crate some are not ours.
    fn runs_all(&self) -> bool {
        self.options.selected.is_none() && self.built.which == Binary::Beside
    }

    /// Gives back the tests that did not get to the end.
    fn together<'i>(&self, cases: &[&'i Case], on: &mut dyn FnMut(Event)) -> Result<Vec<&'i Case>, RunError> {
        let names: Vec<String> = cases.iter().map(|case| case.test_path()).collect();
        let filter = (!self.runs_all()).then_some(names.as_slice());
        let attempt = self.attempt(filter, on)?;
        let said = Said::read(&attempt.output);
        let mut left = Vec::new();
        for (case, name) in cases.iter().zip(&names) {
            match said.ending(name, cases.len()) {
                Some(ending) => on(Event::Ended { id: case.id.clone(), ending }),
                None => left.push(*case),
            }
        }
        Ok(left)
    }

    fn alone(&self, case: &Case, on: &mut dyn FnMut(Event)) -> Result<(), RunError> {
        let name = case.test_path();
        let attempt = self.attempt(Some(std::slice::from_ref(&name)), on)?;
        let said = Said::read(&attempt.output).ending(&name, 1);
        let ending = match (attempt.status, said) {
            (None, _) => Ending::TimedOut,
            (Some(status), Some(ending)) if agree(status, &ending) => ending,
            (Some(status), None) if ran_nothing(status, &attempt.output) => Ending::Skipped,
            (Some(status), _) => Ending::Died(describe(status)),
        };
        on(Event::Ended { id: case.id.clone(), ending });
        Ok(())
    }

    fn attempt(&self, names: Option<&[String]>, on: &mut dyn FnMut(Event)) -> Result<Attempt, RunError> {
        attempt(self.built, (self.subject, self.options), names, self.interrupt, &mut |left| {
            on(match left {
                Left::Record(record) => Event::Recorded(record),
                Left::Stray(line) => Event::Stray(line),
            });
        })
    }
}

/// Whether the harness ended the way it does after saying so.
fn agree(status: ExitStatus, ending: &Ending) -> bool {
    match ending {
        Ending::Failed(_) => status.code() == Some(101),
        _ => status.success(),
    }
}

/// The binary has no such test.
fn ran_nothing(status: ExitStatus, output: &str) -> bool {
    status.success() && output.contains("running 0 tests")
}
