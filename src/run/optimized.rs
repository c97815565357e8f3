//! The build for tests that judge what the compiler makes of the code: what is under test is optimized, and nothing is
//! counted.
//!
//! A setting of the profile does that for each crate, so Cargo keeps what is built so apart from the rest, and builds
//! no other crate anew.

use std::collections::BTreeSet;
use std::process::Command;

use constraints_wire::Outcome;

use super::{Event, Options, Subject, counting};
use crate::kinds::Builds;
use crate::model::Id;

/// What a crate under test is built with.
const SETTINGS: [&str; 3] = ["opt-level=3", "debug-assertions=false", "overflow-checks=false"];

/// A build in which calls execute what they execute in use, and take as long.
#[derive(Clone, Debug)]
pub(super) struct Optimized {
    /// The packages, as Cargo names them.
    packages: Vec<String>,
}

impl Optimized {
    /// The crate under test and the crates that it calls.
    pub(super) fn of(subject: Subject<'_>) -> Self {
        let packages = counting::packages(subject, false);
        let specs = packages.map(|all| all.into_iter().map(|package| package.spec).collect());
        Self { packages: specs.unwrap_or_else(|| vec![subject.facts.package.clone()]) }
    }

    /// Has Cargo build so.
    pub(super) fn set_up(&self, command: &mut Command) {
        command.args(self.settings().iter().flat_map(|setting| ["--config", setting]));
    }

    fn settings(&self) -> Vec<String> {
        let of =
            |package: &String| SETTINGS.map(|setting| format!("profile.dev.package.{package:?}.{setting}"));
        self.packages.iter().flat_map(of).collect()
    }
}

/// What is run in one build.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// The constraints, and how else they are run.
    pub(super) options: Options,
    /// Whether what is under test is optimized in it.
    pub(super) is_optimized: bool,
}

/// The tests that are run, those of optimized code apart from others; together where nothing is run at all.
pub(super) fn parts(subject: Subject<'_>, options: &Options) -> Vec<Part> {
    let not_only = |other: Builds| {
        let cases = subject.plan.cases.iter().filter(|case| options.selects(&case.id));
        cases.filter(|case| case.builds() != other).map(|case| case.id.clone()).collect::<Vec<Id>>()
    };
    let (optimized, others) = (not_only(Builds::Counted), not_only(Builds::Optimized));
    if optimized.is_empty() || options.compile_only {
        return vec![Part { options: options.clone(), is_optimized: false }];
    }
    let part = |ids, is_optimized| Part {
        options: Options { selected: Some(ids), ..options.clone() },
        is_optimized,
    };
    let parts = [(others, false), (optimized, true)].into_iter().filter(|(ids, _)| !ids.is_empty());
    parts.map(|(ids, is_optimized)| part(ids, is_optimized)).collect()
}

/// What is heard of tests that are run in two builds, one after the other.
pub(super) struct Twice {
    ids: BTreeSet<String>,
    /// Those that the first build has decided.
    decided: BTreeSet<String>,
    /// Those of which a record was not passed on, and whose end is not either.
    open: BTreeSet<String>,
}

impl Twice {
    pub(super) fn of(parts: &[Part]) -> Self {
        let ids = |part: &Part| -> BTreeSet<String> {
            part.options.selected.iter().flatten().map(|id| id.as_str().to_owned()).collect()
        };
        let ids = match parts {
            [one, other] => ids(one).intersection(&ids(other)).cloned().collect(),
            _ => BTreeSet::new(),
        };
        Self { ids, decided: BTreeSet::new(), open: BTreeSet::new() }
    }

    /// Whether an event is passed on: what one build leaves out the other leaves out too, and what one cannot decide
    /// is left to the other.
    pub(super) fn passes(&mut self, event: &Event, is_first: bool) -> bool {
        match event {
            Event::Refused(_) => is_first,
            Event::Recorded(record) if self.ids.contains(&record.id) => {
                let is_open = matches!(record.outcome, Outcome::Undecided(_));
                if is_open && (is_first || self.decided.contains(&record.id)) {
                    self.open.insert(record.id.clone());
                    return false;
                }
                self.decided.insert(record.id.clone());
                true
            }
            Event::Ended { id, .. } => !self.open.remove(id.as_str()),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::Ending;

    #[test]
    fn what_is_under_test_is_optimized() {
        let settings = Optimized { packages: vec!["app".to_owned()] }.settings();
        assert_eq!(settings.first().map(String::as_str), Some("profile.dev.package.\"app\".opt-level=3"));
        assert_eq!(settings.len(), SETTINGS.len());
    }

    /// Which of the records and ends of `links.both` are passed on, where the builds say these outcomes.
    fn passed(first: &str, second: &str) -> [bool; 4] {
        let id = Id::new("links", "both");
        let both = BTreeSet::from([id.as_str().to_owned()]);
        let mut twice = Twice { ids: both, decided: BTreeSet::new(), open: BTreeSet::new() };
        let mut passes = |outcome: &str, is_first| {
            let record = format!(
                r#"{{"format":1,"id":"links.both","kind":"k",{outcome},"tally":{{"executed":9,"accepted":9,"rejected":0,"slow":0}},"seed":0,"millis":1}}"#
            );
            let record = Event::Recorded(serde_json::from_str(&record).expect("a record"));
            let ended = Event::Ended { id: id.clone(), ending: Ending::Passed };
            [twice.passes(&record, is_first), twice.passes(&ended, is_first)]
        };
        let [[a, b], [c, d]] = [passes(first, true), passes(second, false)];
        [a, b, c, d]
    }

    #[test]
    fn what_one_build_cannot_decide_is_left_to_the_other() {
        let (holds, red) = (r#""outcome":"holds""#, r#""outcome":"violated","reason":"violated""#);
        let open = r#""outcome":"undecided","reason":"out_of_time""#;
        assert_eq!(passed(open, holds), [false, false, true, true]);
        assert_eq!(passed(open, red), [false, false, true, true]);
        assert_eq!(passed(open, open), [false, false, true, true], "one of them has to be heard");
        assert_eq!(passed(holds, open), [true, true, false, false]);
        assert_eq!(passed(red, open), [true, true, false, false]);
        assert_eq!(passed(holds, red), [true; 4]);
    }
}
