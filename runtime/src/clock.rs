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

/// Times single calls of this thread.
pub(crate) struct Stopwatch {
    queued: Option<Duration>,
    processor: Duration,
    wall: Instant,
}

/// What a call took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Took {
    /// Without the time in which it waited for a processor, where the system says how long that was.
    pub(crate) awake: Duration,
    /// Processor time of the thread.
    pub(crate) worked: Duration,
}

impl Stopwatch {
    pub(crate) fn start() -> Self {
        // What the watch itself takes is known before the first call.
        own();
        Self::begin()
    }

    pub(crate) fn stop(self) -> Took {
        let (took, own) = (self.end(), own());
        Took { awake: took.awake.saturating_sub(own.awake), worked: took.worked.saturating_sub(own.worked) }
    }

    fn begin() -> Self {
        // The clock is the last to start and the first to stop.
        let queued = queued();
        let processor = thread_time();
        Self { queued, processor, wall: Instant::now() }
    }

    fn end(self) -> Took {
        let wall = self.wall.elapsed();
        let worked = thread_time().saturating_sub(self.processor);
        let queued = queued().zip(self.queued).map(|(now, then)| now.saturating_sub(then));
        Took { awake: wall.saturating_sub(queued.unwrap_or_default()).max(worked.min(wall)), worked }
    }
}

/// The least that the watch measures where nothing is called.
fn own() -> Took {
    static OWN: OnceLock<Took> = OnceLock::new();
    *OWN.get_or_init(|| {
        let all: Vec<Took> = (0..64).map(|_| Stopwatch::begin().end()).collect();
        let least = |clock: fn(&Took) -> Duration| all.iter().map(clock).min().unwrap_or_default();
        Took { awake: least(|took| took.awake), worked: least(|took| took.worked) }
    })
}

/// How long this thread was ready to run so far while others had the processors.
#[cfg(target_os = "linux")]
fn queued() -> Option<Duration> {
    use std::fs::File;
    use std::os::unix::fs::FileExt as _;

    thread_local! {
        static FILE: Option<File> = File::open("/proc/thread-self/schedstat").ok();
    }
    let mut text = [0; 80];
    let length = FILE.with(|file| file.as_ref()?.read_at(&mut text, 0).ok())?;
    let words = std::str::from_utf8(&text[..length]).ok()?;
    words.split_whitespace().nth(1)?.parse().ok().map(Duration::from_nanos)
}

#[cfg(not(target_os = "linux"))]
fn queued() -> Option<Duration> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stopwatch_tells_work_from_sleep() {
        let watch = Stopwatch::start();
        std::thread::sleep(Duration::from_millis(20));
        let slept = watch.stop();
        assert!(
            slept.awake >= Duration::from_millis(15) && slept.worked < Duration::from_millis(10),
            "{slept:?}"
        );
        let watch = Stopwatch::start();
        let until = thread_time() + Duration::from_millis(20);
        while thread_time() < until {}
        let worked = watch.stop();
        assert!(worked.worked >= Duration::from_millis(19), "{worked:?}");
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_thread_that_others_keep_waiting_is_not_awake_meanwhile() {
        use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

        let Some(_) = queued() else { return };
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let is_over = AtomicBool::new(false);
        let (took, wall) = std::thread::scope(|scope| {
            for _ in 0..2 * processors {
                scope.spawn(|| {
                    while !is_over.load(Relaxed) {
                        std::hint::spin_loop();
                    }
                });
            }
            let spin = || {
                let (watch, wall) = (Stopwatch::start(), Instant::now());
                let until = thread_time() + Duration::from_millis(100);
                while thread_time() < until {}
                (watch.stop(), wall.elapsed())
            };
            // Now and then the others all run on another processor.
            let kept_waiting = (0..20).map(|_| spin()).find(|(took, wall)| *wall > took.worked * 3 / 2);
            is_over.store(true, Relaxed);
            kept_waiting
        })
        .expect("it is kept waiting, one time or the other");
        assert!(took.awake < took.worked * 5 / 4, "{took:?} of {wall:?}");
    }
}
