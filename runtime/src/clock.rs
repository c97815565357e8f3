//! How long a case worked, so that a machine with too much to do does not make quick cases look slow.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Started before a case.
pub(crate) struct Clock {
    wall: Instant,
    processor: Option<Duration>,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self { wall: Instant::now(), processor: processor() }
    }

    /// Time since the start without that in which the process waited for its turn, or for anything else.
    pub(crate) fn worked(&self) -> Duration {
        let wall = self.wall.elapsed();
        let processor = processor().zip(self.processor).map(|(now, then)| now.saturating_sub(then));
        // Threads of the code under test work at the same time.
        processor.map_or(wall, |processor| processor.min(wall))
    }
}

/// Processor time of this thread; the time on the wall where the system does not say.
pub(crate) fn thread_time() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    thread_processor().unwrap_or_else(|| START.get_or_init(Instant::now).elapsed())
}

#[cfg(unix)]
fn thread_processor() -> Option<Duration> {
    time_of(libc::CLOCK_THREAD_CPUTIME_ID)
}

#[cfg(not(unix))]
fn thread_processor() -> Option<Duration> {
    None
}

/// Processor time of all threads of this process.
#[cfg(unix)]
fn processor() -> Option<Duration> {
    time_of(libc::CLOCK_PROCESS_CPUTIME_ID)
}

#[cfg(unix)]
fn time_of(clock: libc::clockid_t) -> Option<Duration> {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `time` is a valid structure that the call fills.
    let failed = unsafe { libc::clock_gettime(clock, &raw mut time) } != 0;
    (!failed).then(|| Duration::new(time.tv_sec as u64, time.tv_nsec as u32))
}

#[cfg(not(unix))]
fn processor() -> Option<Duration> {
    None
}
