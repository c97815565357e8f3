//! Takes the place of the allocator during a call that is traced: blocks one after the other, from a page on.
//!
//! So the order and the alignment of all blocks are the same in all calls that ask for the same ones, whatever was
//! freed before. Nothing is handed out twice while a block of it may be in use.

use std::alloc::Layout;
use std::cell::Cell;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};

/// Addresses set aside, of which memory is taken as far as it is written to.
const ALL: usize = 1 << 30;
/// What one call gets of them; what does not fit comes from the system.
const SHARE: usize = 256 << 10;

static BASE: AtomicUsize = AtomicUsize::new(0);
/// The start of the share that is in use.
static CURRENT: AtomicUsize = AtomicUsize::new(0);
/// Blocks of it that were not given back.
static LIVE: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// The next free address for this thread; 0 is none.
    static NEXT: Cell<usize> = const { Cell::new(0) };
}

/// Whether a thread has a share.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);

/// Does the work with blocks from a share that nothing else has.
pub(crate) fn with_share<R>(work: impl FnOnce() -> R) -> R {
    struct Ends;
    impl Drop for Ends {
        fn drop(&mut self) {
            NEXT.set(0);
            IS_TAKEN.store(false, SeqCst);
        }
    }
    if IS_TAKEN.swap(true, SeqCst) {
        return work();
    }
    let _ends = Ends;
    NEXT.set(share());
    work()
}

/// The start of a share; 0 if there is none.
fn share() -> usize {
    let current = CURRENT.load(SeqCst);
    if current == 0 {
        let rights = libc::PROT_READ | libc::PROT_WRITE;
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
        // SAFETY: the system chooses addresses that nothing has.
        let base = unsafe { libc::mmap(null_mut(), ALL, rights, flags, -1, 0) };
        if base == libc::MAP_FAILED {
            return 0;
        }
        BASE.store(base as usize, SeqCst);
        CURRENT.store(base as usize, SeqCst);
    } else if LIVE.swap(0, SeqCst) > 0 {
        CURRENT.store((current + SHARE).min(BASE.load(SeqCst) + ALL), SeqCst);
    }
    let current = CURRENT.load(SeqCst);
    if current + SHARE <= BASE.load(SeqCst) + ALL { current } else { 0 }
}

/// A block of the share that this thread has, with anything in it; null if it has none.
#[inline]
pub(crate) fn block(layout: Layout) -> *mut u8 {
    let next = NEXT.get();
    if next == 0 {
        return null_mut();
    }
    let start = next.next_multiple_of(layout.align().max(16));
    let end = start.saturating_add(layout.size());
    if end > CURRENT.load(SeqCst) + SHARE {
        return null_mut();
    }
    NEXT.set(end);
    LIVE.fetch_add(1, SeqCst);
    start as *mut u8
}

/// Whether it is a block from here, which the system does not know.
#[inline]
pub(crate) fn has(pointer: *mut u8) -> bool {
    let base = BASE.load(SeqCst);
    base != 0 && (pointer as usize).wrapping_sub(base) < ALL
}

/// Takes back a block from here.
#[inline]
pub(crate) fn take_back(pointer: *mut u8) {
    if (pointer as usize).wrapping_sub(CURRENT.load(SeqCst)) < SHARE {
        LIVE.fetch_sub(1, SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_used_again_when_all_of_it_was_given_back() {
        let layout = Layout::from_size_align(100, 8).expect("a layout");
        assert!(block(layout).is_null(), "outside");
        let two = || [block(layout), block(layout)];
        let first = with_share(two);
        assert!(first.iter().all(|it| has(*it)) && first[1] as usize - first[0] as usize == 112);
        first.into_iter().for_each(take_back);
        let again = with_share(two);
        assert_eq!(again, first);
        take_back(again[1]);
        let other = with_share(two);
        assert_eq!(other[0] as usize - first[0] as usize, SHARE, "a block is in use");
        take_back(first[0]);
        other.into_iter().for_each(take_back);
        assert_eq!(with_share(two), other);
        assert!(!has((&raw const layout).cast_mut().cast()));
    }
}
