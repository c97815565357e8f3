use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::answers::Given;
use crate::case::Case;
use crate::chance::{self, Expected, Symbols};
use crate::isolate::{Test, run};
use crate::search::{End, execute};
use crate::show::show_text;
use crate::source::Source;
use crate::stop::{By, Stop};

/// Outputs of one case: no more than this, and no longer than that.
const OF_CASE: (usize, Duration) = (256, Duration::from_millis(5));
/// Outputs that are kept.
const MOST: usize = 200_000;
/// One of so many cases is run on another thread as well.
const ON_THREADS: u64 = 8;
/// What a process gave first is the same as in another one only by chance where it has so many bits.
const TELLING: f64 = 100.0;

/// The outputs of this process, in their order, and how many there were when they were last judged.
static OUTPUTS: Mutex<(Vec<Symbols>, usize)> = Mutex::new((Vec::new(), 0));

/// Holds when nothing speaks against it that the outputs are drawn by chance, each on its own.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn unpredictable(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    let count = AtomicU64::new(0);
    let watched = |case: &mut Case<'_>| {
        body(case)?;
        let is_due = count.fetch_add(1, Ordering::Relaxed).is_multiple_of(ON_THREADS);
        if is_due { on_another_thread(case, &body) } else { Ok(()) }
    };
    run(&Test::new(id, "unpredictable", "values that nobody can guess", &watched));
}

impl Case<'_> {
    /// Calls the target many times.
    pub fn sampled<R>(&mut self, mut target: impl FnMut() -> R) -> Result<Vec<R>, Stop> {
        self.call(|| {
            let started = Instant::now();
            let mut results = vec![target()];
            while results.len() < OF_CASE.0 && started.elapsed() < OF_CASE.1 {
                results.push(target());
            }
            results
        })
    }

    /// States that the outputs of all cases together are what chance gives.
    pub fn unguessable(&mut self, expected: &Expected, outputs: Vec<Symbols>) -> Result<(), Stop> {
        self.see("outputs", || {
            let shown: Vec<String> = outputs.iter().take(5).map(|output| show_text(&output.text())).collect();
            shown.join(", ")
        });
        self.give(of_process(&outputs));
        let mut known = OUTPUTS.lock().unwrap_or_else(PoisonError::into_inner);
        let (all, judged) = &mut *known;
        let room = MOST.saturating_sub(all.len());
        all.extend(outputs.into_iter().take(room));
        // With every look chance has another go, so that there are but few.
        let is_time = all.len() >= *judged * 2 || all.len() >= MOST && *judged < MOST;
        if is_time {
            *judged = all.len();
            if let Some((expected, seen)) = chance::finding(all, expected) {
                *judged = 0;
                return Err(Stop::violated(expected, seen));
            }
        }
        if chance::is_enough(all, expected) { Ok(()) } else { Err(Stop::rejected_by(By::Few)) }
    }
}

/// What another process must not give again.
fn of_process(outputs: &[Symbols]) -> Given {
    let bits = chance::bits(outputs) * outputs.len() as f64;
    let first = outputs.iter().take(32).map(Symbols::text).collect::<Vec<_>>().join(" ");
    Given::fresh((bits > TELLING).then_some(first))
}

fn on_another_thread(
    case: &mut Case<'_>,
    body: &(impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync),
) -> Result<(), Stop> {
    let source = Source::replaying(case.recorded().to_vec(), case.dictionary());
    let other = std::thread::scope(|scope| {
        let thread = scope.spawn(|| execute(body, source, &mut |_, _| {}));
        thread.join().ok()
    });
    match other.map(|other| other.end) {
        Some(End::Failed(failure)) => Err(Stop::violated(failure.expected, failure.seen)),
        _ => Ok(()),
    }
}
