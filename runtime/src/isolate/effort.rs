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

/// How far a search goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Effort {
    /// So many cases at most.
    pub(super) cases: u64,
    /// So long at most.
    pub(super) time: Duration,
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
    const USUAL: Self = Self { cases: 100_000, time: Duration::from_secs(10) };

    /// That of the test which begins now; what was said before it is said of no other.
    pub(super) fn of_test() -> Result<Self, String> {
        let (cases, time) = (CASES.take(), BUDGET.take());
        let told = [number(CASES_VARIABLE)?, number(BUDGET_VARIABLE)?];
        Ok(Self::nearest(told, cases, time))
    }

    fn nearest(told: [Option<u64>; 2], cases: Option<u64>, time: Option<Duration>) -> Self {
        Self {
            cases: told[0].or(cases).unwrap_or(Self::USUAL.cases),
            time: told[1].map(Duration::from_millis).or(time).unwrap_or(Self::USUAL.time),
        }
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

    #[test]
    fn the_command_line_goes_before_the_test_and_that_before_what_is_usual() {
        let second = Duration::from_secs(1);
        let usual = Effort::USUAL;
        assert_eq!(Effort::nearest([None; 2], None, None), usual);
        assert_eq!(Effort::nearest([None; 2], Some(500), Some(second)), Effort { cases: 500, time: second });
        let told = Effort::nearest([Some(200), Some(20)], Some(500), Some(second));
        assert_eq!(told, Effort { cases: 200, time: Duration::from_millis(20) });
        assert_eq!(Effort::nearest([Some(200), None], None, None), Effort { cases: 200, ..usual });
    }

    #[test]
    fn what_is_said_before_a_test_is_said_of_no_other() {
        cases(500);
        budget(2.5);
        let told = Effort { cases: 500, time: Duration::from_millis(2_500) };
        assert_eq!(Effort::of_test(), Ok(told));
        assert_eq!(Effort::of_test(), Ok(Effort::USUAL));
    }
}
