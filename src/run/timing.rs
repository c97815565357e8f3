//! The build in which calls are timed: what is under test is optimized, and nothing is counted.
//!
//! A setting of the profile does that for each crate, so Cargo keeps what is built so apart from the rest, and builds
//! no other crate anew.

use std::process::Command;

use super::{Options, Subject, counting};
use crate::model::Id;

/// What a crate under test is built with.
const SETTINGS: [&str; 3] = ["opt-level=3", "debug-assertions=false", "overflow-checks=false"];

/// A build in which calls take as long as where they are in use.
#[derive(Clone, Debug)]
pub(super) struct Timing {
    /// The packages, as Cargo names them.
    packages: Vec<String>,
}

impl Timing {
    /// The crate under test and the crates that it calls.
    pub(super) fn of(subject: Subject<'_>, options: &Options) -> Self {
        let packages = counting::packages(subject, &options.cargo, false);
        Self { packages: packages.unwrap_or_else(|| vec![subject.facts.package.clone()]) }
    }

    /// Has Cargo build so.
    pub(super) fn set_up(&self, command: &mut Command) {
        command.args(self.settings().iter().flat_map(|setting| ["--config", setting]));
    }

    fn settings(&self) -> Vec<String> {
        let of =
            |package: &String| SETTINGS.map(|setting| format!("profile.dev.package.{package:?}.{setting}"));
        let mut settings: Vec<String> = self.packages.iter().flat_map(of).collect();
        // What a record says of the build, the runtime says.
        settings.push("profile.dev.package.constraints-runtime.debug-assertions=false".to_owned());
        settings
    }
}

/// What is run in one build.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// The constraints, and how else they are run.
    pub(super) options: Options,
    /// Whether calls are timed in it.
    pub(super) is_timed: bool,
}

/// The tests that are run, those that time calls apart from all others; together where nothing is run at all.
pub(super) fn parts(subject: Subject<'_>, options: &Options) -> Vec<Part> {
    let of = |is_timed: bool| {
        let cases = subject.plan.cases.iter().filter(|case| options.selects(&case.id));
        let ids = cases.filter(|case| case.is_timed() == is_timed).map(|case| case.id.clone());
        ids.collect::<Vec<Id>>()
    };
    let (timed, others) = (of(true), of(false));
    if timed.is_empty() || options.compile_only {
        return vec![Part { options: options.clone(), is_timed: false }];
    }
    let part = |ids, is_timed| Part { options: Options { selected: Some(ids), ..options.clone() }, is_timed };
    let parts = [(others, false), (timed, true)].into_iter().filter(|(ids, _)| !ids.is_empty());
    parts.map(|(ids, is_timed)| part(ids, is_timed)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_timed_is_optimized() {
        let settings = Timing { packages: vec!["app".to_owned()] }.settings();
        assert_eq!(settings.first().map(String::as_str), Some("profile.dev.package.\"app\".opt-level=3"));
        assert_eq!(settings.len(), SETTINGS.len() + 1);
    }
}
