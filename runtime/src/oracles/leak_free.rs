use std::time::{Duration, Instant};

use crate::case::Case;
use crate::isolate::{Test, run};
use crate::measure::{is_counted, tracing};
use crate::search::{Body, execute};
use crate::source::{Source, Values};
use crate::stop::Stop;

/// Holds when no repetition of a call leaves anything behind that the one before did not.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn leak_free(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    let repeating = |case: &mut Case<'_>| {
        body(case)?;
        repeated(case, &body)
    };
    run(&Test::new(id, "leak_free", EXPECTED, &repeating).where_it(is_counted));
}

/// What has to be true, in words; two findings that contradict it are the same one.
const EXPECTED: &str = "a call leaves nothing behind when it is repeated";

/// Repetitions of every case.
const FEW: usize = 4;
/// Repetitions of a case that left something, twice: at least, and at most.
const MANY: (usize, usize) = (8, 2_048);
/// The same where files or threads stay open, of which a process has few.
const SCARCE: usize = 64;
/// Time and bytes for the first half of them.
const HALF: (Duration, i64) = (Duration::from_millis(150), 32 << 20);
/// Threads that end by themselves get so long.
const SETTLING: Duration = Duration::from_millis(400);

/// What is more than before.
#[derive(Clone, Copy, Debug, Default)]
struct Left {
    bytes: i64,
    blocks: i64,
    files: i64,
    threads: i64,
}

impl Left {
    fn is_nothing(self) -> bool {
        self.bytes <= 0 && self.files <= 0 && self.threads <= 0
    }

    /// What both halves left, as the end of "the calls left …".
    fn common(self, other: Self) -> Option<String> {
        let both = |of: fn(Self) -> i64| of(self) > 0 && of(other) > 0;
        let total = |of: fn(Self) -> i64| of(self) + of(other);
        if both(|left| left.files) {
            return Some(format!("{} files open", total(|left| left.files)));
        }
        if both(|left| left.threads) {
            return Some(format!("{} threads running", total(|left| left.threads)));
        }
        both(|left| left.bytes).then(|| {
            let (bytes, blocks) = (total(|left| left.bytes), total(|left| left.blocks));
            format!("{bytes} bytes in {blocks} blocks on the heap")
        })
    }
}

/// The same case again and again: what the first call filled is there now, so that nothing new may stay.
fn repeated(case: &mut Case<'_>, body: Body<'_>) -> Result<(), Stop> {
    let (tape, dictionary) = (case.recorded().to_vec(), case.dictionary());
    let once = || {
        let source = Source::replaying(tape.clone(), dictionary).mixing(Values::Hostile).grown();
        drop(execute(body, source, &mut |_, _| {}));
    };
    once();
    let (few, _) = left(FEW, &once);
    if few.is_nothing() {
        return Ok(());
    }
    // A collection that doubles its room when it is full grows in the second half of the calls as well.
    let most = if few.files > 0 || few.threads > 0 { SCARCE } else { MANY.1 };
    let (first, calls) = left(most, &once);
    let (second, _) = left(calls, &once);
    match first.common(second) {
        Some(stays) => {
            Err(Stop::violated(EXPECTED, format!("{} calls with the same values left {stays}", calls * 2)))
        }
        None => Ok(()),
    }
}

/// What `times` calls leave, and how many there were: fewer where they take too long, or too much.
fn left(times: usize, once: &dyn Fn()) -> (Left, usize) {
    let before = surroundings();
    let started = Instant::now();
    tracing(|staying| {
        let mut calls = 0;
        while calls < times {
            once();
            calls += 1;
            if calls >= MANY.0 && (started.elapsed() > HALF.0 || staying()[0] > HALF.1) {
                break;
            }
        }
        let look = || {
            let [bytes, blocks] = staying();
            let more = |now: Option<i64>, before: Option<i64>| {
                now.zip(before).map_or(0, |(now, before)| now - before)
            };
            let now = surroundings();
            Left { bytes, blocks, files: more(now[0], before[0]), threads: more(now[1], before[1]) }
        };
        let until = Instant::now() + SETTLING;
        let mut left = look();
        while left.threads > 0 && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(2));
            left = look();
        }
        (left, calls)
    })
}

/// How many files this process has open, and how many threads it has, where the system says so.
fn surroundings() -> [Option<i64>; 2] {
    ["/proc/self/fd", "/proc/self/task"].map(|folder| {
        let entries = std::fs::read_dir(folder).ok()?;
        i64::try_from(entries.count()).ok()
    })
}
