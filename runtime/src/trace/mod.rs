//! Takes a call, says which instructions it takes, where the processor and the system let a process step through itself.
//!
//! What the allocator of the tests, the functions of the C library that move memory and the counters of a counting build
//! do is left out, for that depends on what was there before; how much they are asked for counts.
//! Never decides what is judged.

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
pub(crate) mod arena;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod step;

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
mod step {
    //! A system on which nothing is stepped through.

    pub(super) fn through(call: impl FnOnce()) {
        call();
    }
}

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
pub(crate) mod arena {
    //! A system on which the allocator keeps its place.

    use std::alloc::Layout;

    pub(crate) fn with_share<R>(work: impl FnOnce() -> R) -> R {
        work()
    }

    pub(crate) fn block(_: Layout) -> *mut u8 {
        std::ptr::null_mut()
    }

    pub(crate) fn has(_: *mut u8) -> bool {
        false
    }

    pub(crate) fn take_back(_: *mut u8) {}
}

use std::cell::Cell;
use std::hint::black_box;

use crate::panics;

/// Instructions that are told apart at most.
const MOST: u64 = 100_000;
/// Instructions that are stepped through at most, with those that are left out.
const MOST_OF_ALL: u64 = 4 * MOST;

/// What a thread is stepping through.
struct Stepping {
    is_on: Cell<bool>,
    is_quiet: Cell<bool>,
    /// Instructions that are told apart.
    steps: Cell<u64>,
    /// All instructions.
    walked: Cell<u64>,
    path: Cell<u64>,
    compared: Cell<u64>,
    /// Where a function that is left out goes back to, and the stack there; nothing outside one.
    back: Cell<[usize; 2]>,
}

thread_local! {
    static STEPPING: Stepping = const {
        Stepping {
            is_on: Cell::new(false),
            is_quiet: Cell::new(false),
            steps: Cell::new(0),
            walked: Cell::new(0),
            path: Cell::new(0),
            compared: Cell::new(0),
            back: Cell::new([0; 2]),
        }
    };
}

impl Stepping {
    /// FNV-1a, a word at a time.
    fn mix(&self, word: u64) {
        self.path.set((self.path.get() ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(23));
    }
}

/// What a call executed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Trace {
    /// How many instructions.
    pub(crate) steps: u64,
    /// The same for the same instructions in the same order.
    path: u64,
    /// How many bytes the comparisons of memory had to look at.
    pub(crate) compared: u64,
    /// Whether it goes on to the end of the call.
    pub(crate) is_whole: bool,
}

/// Steps through a call; gives nothing where it panics.
#[inline(never)]
pub(crate) fn stepped<R>(call: impl FnOnce() -> R) -> (Option<R>, Trace) {
    STEPPING.with(|stepping| {
        for count in [&stepping.steps, &stepping.walked, &stepping.path, &stepping.compared] {
            count.set(0);
        }
        stepping.back.set([0; 2]);
        let mut result = None;
        stepping.is_on.set(true);
        step::through(|| result = panics::catch(|| black_box(call())).ok());
        stepping.is_on.set(false);
        let [steps, path, compared] = [&stepping.steps, &stepping.path, &stepping.compared].map(Cell::get);
        let is_whole = steps < MOST && stepping.walked.get() < MOST_OF_ALL;
        (result, Trace { steps, path, compared, is_whole })
    })
}

/// Whether calls can be stepped through here.
///
/// # Errors
/// Why not.
pub(crate) fn ready() -> Result<(), String> {
    let known = |times: u64| stepped(|| (0..black_box(times)).fold(0, |sum, n| sum + black_box(n))).1;
    // The first call of all sets up what catches panics.
    known(1);
    let (first, again, longer) = (known(5), known(5), known(9));
    if first.steps > 0 && first == again && longer.steps > first.steps {
        return Ok(());
    }
    Err("no instruction was traced: that takes Linux on x86-64, and a process that may step through itself; \
         run the check on such a machine"
        .to_string())
}

/// While this is there, nothing is counted.
pub(crate) struct Quiet(bool);

/// Leaves out what comes, which is about a block of `size` bytes.
#[inline]
pub(crate) fn quiet(size: usize) -> Quiet {
    STEPPING.with(|stepping| {
        let is_on = stepping.is_on.get();
        if is_on {
            stepping.is_quiet.set(true);
            stepping.mix(size as u64);
        }
        Quiet(is_on)
    })
}

impl Drop for Quiet {
    #[inline]
    fn drop(&mut self) {
        if self.0 {
            STEPPING.with(|stepping| stepping.is_quiet.set(false));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
    fn calls_can_be_stepped_through() {
        assert_eq!(ready(), Ok(()));
        let (result, trace) = stepped(|| assert_eq!(black_box(1), 2));
        assert!(result.is_none() && trace.steps > 0, "a panic ends the call");
        let (result, trace) = stepped(|| (0..black_box(MOST)).map(black_box).sum::<u64>());
        assert_eq!(result, Some(MOST * (MOST - 1) / 2));
        assert!(!trace.is_whole, "it goes on without being traced");
    }
}
