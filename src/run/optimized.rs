//! The build for tests that judge what the compiler makes of the code: what is under test is optimized, and nothing is
//! counted.
//!
//! A setting of the profile does that for each crate, so Cargo keeps what is built so apart from the rest, and builds
//! no other crate anew.

use std::process::Command;

use super::{Options, Subject, counting};
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
    pub(super) fn of(subject: Subject<'_>, options: &Options) -> Self {
        let packages = counting::packages(subject, &options.cargo, false);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_under_test_is_optimized() {
        let settings = Optimized { packages: vec!["app".to_owned()] }.settings();
        assert_eq!(settings.first().map(String::as_str), Some("profile.dev.package.\"app\".opt-level=3"));
        assert_eq!(settings.len(), SETTINGS.len() + 1);
    }
}
