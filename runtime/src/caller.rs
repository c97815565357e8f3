//! The caller's own code, as containers call it: it panics when its turn comes, and takes its time.

use std::cell::{Cell, RefCell};
use std::sync::atomic::{AtomicUsize, Ordering};

thread_local! {
    /// How many more calls of the caller's code come before the one that panics; none if nothing is left.
    static FUSE: Cell<u64> = const { Cell::new(0) };
    /// The chance by which the caller's code takes its time; none if it is 0.
    static WAVER: Cell<u64> = const { Cell::new(0) };
    /// Memory that the caller's code took and gives back at some time, so that what is free comes in another order.
    static HEAP: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// Lets call number `after` of the caller's code panic; 0 lets none.
pub(crate) fn light(after: u64) {
    let _ = FUSE.try_with(|fuse| fuse.set(after));
}

/// Lets the caller's code take its time now and then, as far as this thread calls it; 0 lets it not.
pub(crate) fn waver(chance: u64) {
    WAVER.set(chance);
}

/// The caller's code is called.
pub(crate) fn tick() {
    let _ = WAVER.try_with(|waver| {
        if waver.get() > 0 {
            let mut chance = Chance::after(waver.get());
            take_time(&mut chance);
            waver.set(chance.next());
        }
    });
    let goes_off = FUSE.try_with(|fuse| {
        let left = fuse.get();
        fuse.set(left.saturating_sub(1));
        left == 1
    });
    // A second panic would end the process, which is not what is asked.
    assert!(!goes_off.unwrap_or(false) || std::thread::panicking(), "{PANIC}");
}

/// Takes some memory or gives some back, and idles now and then.
fn take_time(chance: &mut Chance) {
    const MOST: usize = 16;
    let _ = HEAP.try_with(|heap| {
        let Ok(mut heap) = heap.try_borrow_mut() else { return };
        let number = chance.below(4 * MOST as u64) as usize;
        if number < heap.len() {
            drop(heap.swap_remove(number));
        } else if heap.len() < MOST {
            heap.push(Vec::with_capacity(8 + number));
        }
    });
    if chance.below(8) == 0 {
        chance.idle();
    }
}

/// What the caller's code says when it panics.
pub(crate) const PANIC: &str = "the code of the caller panicked";

/// Chance that is new in every round of every process: what happens at the same time cannot be repeated anyway.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(round: usize, thread: usize) -> Self {
        static ROUNDS: AtomicUsize = AtomicUsize::new(1);
        let number = ROUNDS.fetch_add(1, Ordering::Relaxed) as u64;
        Self((number << 20 ^ (round as u64) << 8 ^ thread as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// The chance that follows `state`, which is not 0.
    pub(crate) fn after(state: u64) -> Self {
        Self(state)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        (self.next() >> 11) % end
    }

    pub(crate) fn wait(&mut self, most: u64) {
        for _ in 0..self.below(most.max(1)) {
            std::hint::spin_loop();
        }
    }

    /// Idles for a moment, or not at all.
    pub(crate) fn idle(&mut self) {
        match self.below(8) {
            0..=3 => {}
            4 | 5 => self.wait(64),
            6 => self.wait(1_024),
            _ => std::thread::yield_now(),
        }
    }
}
