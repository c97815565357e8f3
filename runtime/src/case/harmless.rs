//! What stands in the place of a hostile value in the call that it is compared with: letters, or a sample as it is.
//!
//! Letters mean nothing in any language, so they are the better of the two. A target that takes nothing but addresses
//! or dates refuses them; its samples are the harmless values that it takes.
//! Never takes samples where letters were ever taken, for a sample may hold what has a meaning.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use crate::source::Source;
use crate::tape::Maker;

/// Calls of this process with letters, by whether the target took them.
static TAKEN: AtomicU32 = AtomicU32::new(0);
static REFUSED: AtomicU32 = AtomicU32::new(0);

/// Letters are tried so often before samples are.
const TRIES: u32 = 8;

/// Samples that are told apart.
const SAMPLES: usize = 8;

/// The sample to take; `None` is letters. It stays on the tape, so that a replay takes the same.
pub(super) fn sample(source: &mut Source<'_>) -> Option<usize> {
    let are_refused = || TAKEN.load(Relaxed) == 0 && REFUSED.load(Relaxed) >= TRIES;
    let of_chance = |maker: &mut Maker<'_>| 1 + maker.random.below(SAMPLES) as u128;
    let number = source.number(SAMPLES as u128, |maker| if are_refused() { of_chance(maker) } else { 0 });
    let is_of_use = TAKEN.load(Relaxed) == 0;
    usize::try_from(number).ok()?.checked_sub(1).filter(|_| is_of_use)
}

/// The target was called with letters.
pub(super) fn called(is_taken: bool) {
    let _ = if is_taken { &TAKEN } else { &REFUSED }.fetch_add(1, Relaxed);
}
