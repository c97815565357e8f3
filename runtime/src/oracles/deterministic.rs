use std::sync::atomic::{AtomicU64, Ordering};

use crate::answers::{Across, Answers, Given, REPEATS};
use crate::case::Case;
use crate::isolate::{Test, run};
use crate::measure::fill_new_blocks;
use crate::search::{End, execute};
use crate::source::Source;
use crate::stop::Stop;

/// Cases that are repeated on another thread: the first ones, and one of so many later ones.
const ON_THREADS: (u64, u64) = (64, 16);

/// Holds when the target gives the same for the same input: in a second call, on another thread, in another process
/// that has other surroundings.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn deterministic(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    let count = AtomicU64::new(0);
    let watched = |case: &mut Case<'_>| {
        fill_new_blocks();
        body(case)?;
        let index = count.fetch_add(1, Ordering::Relaxed);
        let is_due = case.is_replaying() || index < ON_THREADS.0 || index.is_multiple_of(ON_THREADS.1);
        if is_due { on_another_thread(case, &body) } else { Ok(()) }
    };
    run(&Test::new(id, "deterministic", "the same answer as before", &watched));
}

impl Case<'_> {
    /// States that two answers to the same call are the same, and the same across what is named:
    /// `threads`, `processes` and their `surroundings`.
    pub fn agree(&mut self, across: &[&str], answers: Answers) -> Result<(), Stop> {
        self.give(Given { across: Across::named(across), ..answers.given });
        if answers.same {
            return Ok(());
        }
        let seen = match answers.looks {
            Some([first, second]) => format!("{first}, then {second}"),
            None => "the second answer is another one".to_string(),
        };
        Err(Stop::violated("a second call gives the same", seen))
    }
}

fn on_another_thread(
    case: &mut Case<'_>,
    body: &(impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync),
) -> Result<(), Stop> {
    let Some(here) = case.given().filter(|given| given.across.threads).cloned() else { return Ok(()) };
    let source = Source::replaying(case.recorded().to_vec(), case.dictionary());
    let other = std::thread::scope(|scope| {
        std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || execute(body, source, &mut |_, _| {}))
            .ok()
            .and_then(|thread| thread.join().ok())
    });
    // A thread that could not be started says nothing.
    let Some(other) = other else { return Ok(()) };
    let expected = "another thread gives the same";
    match (other.end, other.given) {
        (End::Failed(failure), _) => Err(Stop::violated(expected, failure.seen)),
        (_, Some(there)) if !here.agrees(&there, false) => {
            if here.agrees(&there, true) && is_unordered(case, body) {
                return Ok(());
            }
            Err(Stop::violated(expected, format!("{}, there {}", here.text, there.text)))
        }
        _ => Ok(()),
    }
}

/// Whether equal answers look different, now and then: of two in one order by chance nothing is seen.
fn is_unordered(case: &Case<'_>, body: &(impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync)) -> bool {
    (0..REPEATS).any(|_| {
        let source = Source::replaying(case.recorded().to_vec(), case.dictionary());
        execute(body, source, &mut |_, _| {}).given.is_some_and(|given| given.unordered)
    })
}

/// As much as the first thread has; only what is used of it takes memory.
const STACK: usize = 512 * 1024 * 1024;
