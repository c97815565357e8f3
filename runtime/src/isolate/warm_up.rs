//! How long the first case of a process takes, in which code makes what it makes once.
//!
//! Takes what was last seen of each process, gives how much longer the first case of the next one may take, and how
//! long cases take without that. Never says of anything that it is right.

use std::cell::Cell;
use std::time::Duration;

use super::exchange::LastSeen;

/// The first case may take so much longer where it is not known yet how long that takes: tables that code makes when
/// they are first asked for take seconds without optimization.
const UNKNOWN: Duration = Duration::from_secs(8);

/// What the processes of a test have told so far.
#[derive(Debug, Default)]
pub(super) struct WarmUp {
    /// How long the first case takes at least, as far as known.
    known: Cell<Option<Duration>>,
}

impl WarmUp {
    /// How much longer the first case of the next process may take.
    pub(super) fn allowance(&self) -> Duration {
        self.known.get().map_or(UNKNOWN, |known| known * 2)
    }

    /// A process ended, or was stopped.
    pub(super) fn learn(&self, seen: &LastSeen, is_stopped: bool) {
        let known = self.known.get();
        let first = seen.first.map(|first| first.min(known.unwrap_or(first)));
        // One that did not even end in all that time is no matter of making tables.
        let stuck = (is_stopped && seen.begun == 1 && known.is_none()).then_some(Duration::ZERO);
        self.known.set(first.or(stuck).or(known));
    }

    /// The longest case of a process that came to an end, without what was made once.
    pub(super) fn longest(&self, seen: &LastSeen) -> Duration {
        let known = self.known.get().unwrap_or_default();
        let first = seen.first.unwrap_or_default().saturating_sub(known + known / 4);
        seen.longest.max(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn seen(begun: u64, first: Option<Duration>, longest: Duration) -> LastSeen {
        LastSeen { begun, longest, first, ..LastSeen::default() }
    }

    #[test]
    fn the_quickest_first_case_says_how_long_others_may_take() {
        let warm_up = WarmUp::default();
        assert_eq!(warm_up.allowance(), UNKNOWN);
        warm_up.learn(&seen(9, Some(SECOND * 3), SECOND), false);
        warm_up.learn(&seen(9, Some(SECOND * 4), SECOND), false);
        assert_eq!(warm_up.allowance(), SECOND * 6);
        assert_eq!(warm_up.longest(&seen(2, Some(SECOND * 3), SECOND / 9)), SECOND / 9, "made once");
        assert_eq!(
            warm_up.longest(&seen(2, Some(SECOND * 9), SECOND / 9)),
            SECOND * 21 / 4,
            "and more than that"
        );
    }

    #[test]
    fn a_first_case_that_never_ends_is_no_matter_of_making_something() {
        let warm_up = WarmUp::default();
        warm_up.learn(&seen(1, None, Duration::ZERO), true);
        assert_eq!(warm_up.allowance(), Duration::ZERO);
        warm_up.learn(&seen(1, None, Duration::ZERO), false);
        assert_eq!(warm_up.allowance(), Duration::ZERO, "a process that died tells nothing");
    }
}
