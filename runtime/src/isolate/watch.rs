//! Watches a child: takes what it says of its progress, gives how it ended, or stops it.
//!
//! The limit is one of processor time, so that a machine with too much to do makes no call overdue. A call that waits
//! for something that never comes uses none; that it waits can be seen as well.

use std::process::{Child, ExitStatus};
use std::time::{Duration, Instant};

use super::exchange::LastSeen;

/// A case that takes longer, alone, has not come back.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// How long the search may take to make cases.
const PAUSE: Duration = Duration::from_secs(60);

/// How long one case may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    pub(super) limit: Duration,
    /// How much longer the first case may take, for what is made once is made in it.
    pub(super) warm_up: Duration,
}

impl Patience {
    /// That with the first case of a process.
    fn of_first(self) -> Self {
        Self { limit: self.limit + self.warm_up, ..self }
    }

    /// Whether a child of which this was last seen is overdue, after so much time in which nothing else was seen.
    fn is_spent(self, seen: &LastSeen, wall: Duration, worked: Option<Duration>) -> bool {
        match (seen.pause, seen.begun) {
            (Some(_), _) => wall > PAUSE,
            // Before the first case the machine may still be busy with starting the process.
            (None, 0) => wall > self.limit + PATIENCE,
            (None, 1) => self.of_first().is_over(wall, worked),
            _ => self.is_over(wall, worked),
        }
    }

    /// Whether a case that has taken so much time, and has worked for so much of it, is overdue.
    fn is_over(self, wall: Duration, worked: Option<Duration>) -> bool {
        match worked {
            // However much the machine has to do, whoever wants to work gets more than a hundredth of the time.
            Some(worked) => {
                worked > self.limit || (wall > self.limit + Duration::from_secs(1) && worked < wall / 100)
            }
            None => wall > self.limit,
        }
    }
}

/// Waits until the child ends, or until one case, or what is between two of them, takes longer than it may.
pub(super) fn watch(
    child: &mut Child,
    seen: impl Fn() -> LastSeen,
    patience: Patience,
) -> Option<ExitStatus> {
    let mut last = ((0, None), Instant::now(), worked(child));
    let mut nap = Duration::from_micros(500);
    loop {
        if let Ok(Some(status)) = child.try_wait() {
            crate::sandbox::sweep(child.id());
            return Some(status);
        }
        let seen = seen();
        let now = (seen.begun, seen.pause);
        let worked = worked(child);
        let since = worked.zip(last.2).map(|(now, then)| now.saturating_sub(then));
        if now != last.0 {
            last = (now, Instant::now(), worked);
        } else if patience.is_spent(&seen, last.1.elapsed(), since) {
            let _ = child.kill();
            let _ = child.wait();
            crate::sandbox::sweep(child.id());
            return None;
        }
        std::thread::sleep(nap);
        nap = (nap * 5 / 4).min(Duration::from_millis(20));
    }
}

/// Processor time of all threads of the child, if the system says.
#[cfg(target_os = "linux")]
fn worked(child: &Child) -> Option<Duration> {
    let mut clock: libc::clockid_t = 0;
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: both calls fill what they are given; the child was not waited for, so its number is still its own.
    let failed = unsafe {
        libc::clock_getcpuclockid(libc::pid_t::try_from(child.id()).ok()?, &raw mut clock) != 0
            || libc::clock_gettime(clock, &raw mut time) != 0
    };
    (!failed).then(|| Duration::new(time.tv_sec as u64, time.tv_nsec as u32))
}

#[cfg(not(target_os = "linux"))]
fn worked(_child: &Child) -> Option<Duration> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_with_too_much_to_do_makes_no_call_overdue() {
        let patience = Patience { limit: Duration::from_secs(2), warm_up: Duration::ZERO };
        let [second, minute] = [Duration::from_secs(1), Duration::from_mins(1)];
        assert!(!patience.is_over(minute, Some(second)));
        assert!(patience.is_over(second * 3, Some(second * 2 + second / 50)));
        assert!(patience.is_over(minute, Some(second / 100)), "it waits for what never comes");
        assert!(patience.is_over(second * 3, None), "where the system does not say, the wall clock counts");
        let cold = Patience { warm_up: second * 8, ..patience };
        assert!(!cold.of_first().is_over(second * 9, Some(second * 9)), "the first case may take longer");
        assert!(cold.is_over(second * 9, Some(second * 9)), "and no other");
    }

    #[test]
    fn making_cases_is_no_case_that_takes_long() {
        let patience = Patience { limit: Duration::from_secs(2), warm_up: Duration::ZERO };
        let second = Duration::from_secs(1);
        let running = LastSeen { begun: 48, ..LastSeen::default() };
        let making = LastSeen { pause: Some(1), ..running.clone() };
        assert!(patience.is_spent(&running, second * 4, Some(second * 4)));
        assert!(!patience.is_spent(&making, second * 4, Some(second * 4)));
        assert!(patience.is_spent(&making, PAUSE * 2, Some(second)), "it does not come to an end");
    }
}
