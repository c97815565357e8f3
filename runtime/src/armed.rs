//! Whether what is asked of the allocator counts: it does while a measured call runs.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

static ARMED: AtomicBool = AtomicBool::new(false);

/// Whether it counts.
#[inline]
pub(crate) fn is_armed() -> bool {
    ARMED.load(Relaxed)
}

/// It counts from here on.
pub(crate) fn arm() {
    ARMED.store(true, Relaxed);
}

/// Stops counting: what comes now is not the call's.
pub(crate) fn disarm() {
    ARMED.store(false, Relaxed);
}
