//! Runs the test binary until every test has said what it has to say.

use std::process::ExitStatus;

use super::attempt::{Attempt, Left, attempt};
use super::compile::Built;
use super::libtest::Said;
use super::process::{Interrupt, describe};
use super::{Ending, Event, Options, RunError, Subject, test_path};
use crate::model::Id;

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
    let ids = subject.plan.cases.iter().map(|case| &case.id);
    let ids: Vec<&Id> = ids.filter(|id| options.selects(id) && !built.refused.contains(id)).collect();
    on(Event::Running { tests: ids.len() });
    let session = Session { built, subject, options, interrupt };
    // All tests need no filter, and a harness compares every name with every filter.
    let chunk = if options.selected.is_none() { ids.len() } else { NAMES };
    let mut left = Vec::new();
    for ids in ids.chunks(chunk.max(1)) {
        left.extend(session.together(ids, on)?);
    }
    for id in left {
        on(Event::Alone(id.clone()));
        session.alone(id, on)?;
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
    /// Gives back the tests that did not get to the end.
    fn together<'i>(&self, ids: &[&'i Id], on: &mut dyn FnMut(Event)) -> Result<Vec<&'i Id>, RunError> {
        let names: Vec<String> = ids.iter().map(|id| test_path(id)).collect();
        let filter = self.options.selected.is_some().then_some(names.as_slice());
        let attempt = self.attempt(filter, on)?;
        let said = Said::read(&attempt.output);
        let mut left = Vec::new();
        for (id, name) in ids.iter().zip(&names) {
            match said.ending(name, ids.len()) {
                Some(ending) => on(Event::Ended { id: (*id).clone(), ending }),
                None => left.push(*id),
            }
        }
        Ok(left)
    }

    fn alone(&self, id: &Id, on: &mut dyn FnMut(Event)) -> Result<(), RunError> {
        let name = test_path(id);
        let attempt = self.attempt(Some(std::slice::from_ref(&name)), on)?;
        let said = Said::read(&attempt.output).ending(&name, 1);
        let ending = match (attempt.status, said) {
            (None, _) => Ending::TimedOut,
            (Some(status), Some(ending)) if agree(status, &ending) => ending,
            (Some(status), None) if ran_nothing(status, &attempt.output) => Ending::Skipped,
            (Some(status), _) => Ending::Died(describe(status)),
        };
        on(Event::Ended { id: id.clone(), ending });
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
