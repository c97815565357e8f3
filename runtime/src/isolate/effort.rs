//! How far a search goes: what the command line says, else what the test says before its oracle, else what is usual.

#![expect(clippy::disallowed_methods, reason = "the command line speaks through the environment")]

use std::cell::Cell;
use std::time::Duration;

use constraints_wire::{BUDGET_VARIABLE, CASES_VARIABLE};

std::thread_local! {
    /// Cases of the test that runs on this thread.
    static CASES: Cell<Option<u64>> = const { Cell::new(None) };
    /// Its time.
    static BUDGET: Cell<Option<Duration>> = const { Cell::new(None) };
}

/// Cases that are tried for each that a pass takes, where a test says how many it takes.
const MARGIN: u64 = 3;

/// How far a search goes, as far as somebody said so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Effort {
    /// So many cases at most.
    cases: Option<u64>,
    /// So long at most.
    time: Option<Duration>,
}

/// Says how many cases the test that follows tries at most.
pub fn cases(most: u64) {
    CASES.set(Some(most));
}

/// Says how many seconds the search of the test that follows takes at most.
pub fn budget(seconds: f64) {
    BUDGET.set(Duration::try_from_secs_f64(seconds).ok());
}

impl Effort {
    /// That of the test which begins now; what was said before it is said of no other.
    pub(super) fn of_test() -> Result<Self, String> {
        let said = Self { cases: CASES.take(), time: BUDGET.take() };
        let time = number(BUDGET_VARIABLE)?.map(Duration::from_millis);
        Ok(Self { cases: number(CASES_VARIABLE)?, time }.or(said))
    }

    fn or(self, other: Self) -> Self {
        Self { cases: self.cases.or(other.cases), time: self.time.or(other.time) }
    }

    /// The cases and the time for a test, which may say itself how many a pass takes and how long that lasts.
    pub(super) fn of(self, takes: Option<(u64, Duration)>) -> (u64, Duration) {
        let (cases, time) =
            takes.map_or((100_000, Duration::from_secs(10)), |(enough, time)| (MARGIN * enough, time));
        let enough = takes.map_or(0, |(enough, _)| enough);
        (self.cases.unwrap_or(cases).max(enough), self.time.unwrap_or(time))
    }
}

fn number(variable: &str) -> Result<Option<u64>, String> {
    match std::env::var(variable).ok().map(|text| text.parse()) {
        None => Ok(None),
        Some(Ok(number)) => Ok(Some(number)),
        Some(Err(_)) => Err(format!("{variable} has to be a whole number")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn the_command_line_goes_before_the_test_and_that_before_what_is_usual() {
        let told = Effort { cases: Some(200), time: None };
        let said = Effort { cases: Some(500), time: Some(SECOND) };
        assert_eq!(told.or(said), Effort { cases: Some(200), time: Some(SECOND) });
        assert_eq!(told.or(said).of(None), (200, SECOND));
        assert_eq!(Effort::default().of(None), (100_000, 10 * SECOND));
    }

    #[test]
    fn a_test_that_takes_many_cases_gets_as_many() {
        let takes = Some((1_000, 4 * SECOND));
        assert_eq!(Effort::default().of(takes), (3_000, 4 * SECOND));
        let said = Effort { cases: Some(500), time: Some(SECOND) };
        assert_eq!(said.of(takes), (1_000, SECOND));
    }

    #[test]
    fn what_is_said_before_a_test_is_said_of_no_other() {
        cases(500);
        budget(2.5);
        let told = Effort { cases: Some(500), time: Some(Duration::from_millis(2_500)) };
        assert_eq!(Effort::of_test(), Ok(told));
        assert_eq!(Effort::of_test(), Ok(Effort::default()));
    }
}
