//! Calls the roll: what a test says of itself counts only as far as the plan and the outside view bear it out.

use std::collections::BTreeMap;

use constraints_wire::{Outcome, Record, RedReason, Tally, UndecidedReason};

use crate::model::Id;
use crate::plan::{Case, Plan, Test};
use crate::run::{Ending, Event, Refusal};

/// What is known of one constraint after the run.
#[derive(Debug)]
pub(super) struct Verdict<'a> {
    /// Its outcome.
    pub(super) outcome: Outcome,
    /// What speaks for that outcome besides the record, one sentence.
    pub(super) because: Option<String>,
    /// The record it was made from.
    pub(super) record: Option<&'a Record>,
    /// What the compiler said.
    pub(super) refusal: Option<&'a Refusal>,
}

/// A verdict for every case of the plan. The order of the events does not matter.
pub(super) fn call<'a>(plan: &'a Plan, events: &'a [Event]) -> BTreeMap<&'a Id, Verdict<'a>> {
    let mut heard: BTreeMap<&str, Heard<'_>> = BTreeMap::new();
    for event in events {
        match event {
            Event::Refused(refusal) => heard.entry(refusal.id.as_str()).or_default().refused(refusal),
            Event::Recorded(record) => heard.entry(&record.id).or_default().recorded(record),
            Event::Ended { id, ending } => heard.entry(id.as_str()).or_default().ended(ending),
            Event::Cargo(_) | Event::Running { .. } | Event::Stray(_) | Event::Alone(_) => {}
        }
    }
    let none = Heard::default();
    plan.cases
        .iter()
        .map(|case| (&case.id, verdict(case, heard.get(case.id.as_str()).unwrap_or(&none))))
        .collect()
}

/// The same where the tests were only compiled: what has not been found red is not decided.
pub(super) fn compiled<'a>(plan: &'a Plan, events: &'a [Event]) -> BTreeMap<&'a Id, Verdict<'a>> {
    let mut verdicts = call(plan, events);
    for verdict in verdicts.values_mut() {
        if verdict.outcome == Outcome::Violated(RedReason::NoRecord) {
            verdict.outcome = Outcome::Undecided(UndecidedReason::NotRun);
            verdict.because = None;
        }
    }
    verdicts
}

/// All that was heard of one test. Of several records and endings the worst counts.
#[derive(Default)]
struct Heard<'a> {
    refusal: Option<&'a Refusal>,
    record: Option<&'a Record>,
    ending: Option<&'a Ending>,
}

impl<'a> Heard<'a> {
    fn refused(&mut self, refusal: &'a Refusal) {
        let first = self.refusal.is_none_or(|known| refusal.rendered < known.rendered);
        self.refusal = if first { Some(refusal) } else { self.refusal };
    }

    fn recorded(&mut self, record: &'a Record) {
        let worse = self.record.is_none_or(|known| badness(record) > badness(known));
        self.record = if worse { Some(record) } else { self.record };
    }

    fn ended(&mut self, ending: &'a Ending) {
        self.ending = self.ending.max(Some(ending));
    }
}

/// Red before undecided before held, then fewer cases before more; the text makes it a total order.
fn badness(record: &Record) -> (u8, std::cmp::Reverse<u64>, String) {
    let rank = match record.outcome {
        Outcome::Holds => 0,
        Outcome::Undecided(_) => 1,
        Outcome::Violated(_) => 2,
    };
    let text = serde_json::to_string(record).unwrap_or_default();
    (rank, std::cmp::Reverse(record.tally.executed), text)
}

fn verdict<'a>(case: &Case, heard: &Heard<'a>) -> Verdict<'a> {
    let red = |reason, because: String| (Outcome::Violated(reason), Some(because));
    let (outcome, because) = match (heard.refusal, &case.test, heard.record) {
        (Some(refusal), ..) => red(RedReason::DoesNotCompile, refusal.message.clone()),
        (None, Test::MissingTarget { nearest }, _) => red(RedReason::MissingTarget, missing(case, nearest)),
        (None, _, None) => silent(heard.ending),
        (None, _, Some(record)) => spoken(case, record, heard.ending),
    };
    Verdict { outcome, because, record: heard.record, refusal: heard.refusal }
}

fn missing(case: &Case, nearest: &[String]) -> String {
    let target = &case.target;
    match nearest {
        [] => format!("`{target}` does not exist"),
        _ => format!("`{target}` does not exist; the nearest names are {}", list(nearest)),
    }
}

fn list(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// A test that left no record did not run, whatever the harness says of it.
fn silent(ending: Option<&Ending>) -> (Outcome, Option<String>) {
    let seen = ending.map_or_else(|| "nothing was seen of the test".to_owned(), ToString::to_string);
    (Outcome::Violated(reason(ending)), Some(format!("no record was left; {seen}")))
}

fn spoken(case: &Case, record: &Record, ending: Option<&Ending>) -> (Outcome, Option<String>) {
    let Tally { executed, accepted, .. } = record.tally;
    match (&record.outcome, ending) {
        (Outcome::Undecided(_), Some(ending @ (Ending::Died(_) | Ending::TimedOut))) => {
            (Outcome::Violated(reason(Some(ending))), Some(ending.to_string()))
        }
        // A red one is red however its process ended.
        (Outcome::Violated(_) | Outcome::Undecided(_), _) => (record.outcome.clone(), None),
        (Outcome::Holds, ending) if ending != Some(&Ending::Passed) => {
            let seen = ending.map_or_else(|| "its end was not seen".to_owned(), ToString::to_string);
            (Outcome::Violated(reason(ending)), Some(format!("the record says it holds, but {seen}")))
        }
        (Outcome::Holds, _) if executed < case.at_least => {
            let demanded = case.at_least;
            let because = format!("only {executed} cases were executed where the roll demands {demanded}");
            (Outcome::Violated(RedReason::NoRecord), Some(because))
        }
        (Outcome::Holds, _) if case.at_least > 0 && accepted == 0 => {
            let because = format!("none of {executed} executed cases reached the statement");
            (Outcome::Violated(RedReason::Vacuous), Some(because))
        }
        (Outcome::Holds, _) if accepted < case.at_least => {
            let demanded = case.at_least;
            let because =
                format!("only {accepted} cases reached the statement where the roll demands {demanded}");
            (Outcome::Violated(RedReason::NoRecord), Some(because))
        }
        (Outcome::Holds, _) => (Outcome::Holds, None),
    }
}

fn reason(ending: Option<&Ending>) -> RedReason {
    match ending {
        None | Some(Ending::Passed | Ending::Skipped) => RedReason::NoRecord,
        Some(Ending::Failed(_) | Ending::Died(_)) => RedReason::Crashed,
        Some(Ending::TimedOut) => RedReason::TimedOut,
    }
}
