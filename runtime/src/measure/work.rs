//! The work of a call: counted where the build counts, else the processor time of its thread.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use constraints_wire::measure::Dimension;

use super::Meter;
use crate::clock::thread_time;
use crate::count::{self, Work};

/// Counts what a call does.
pub(crate) struct Labour;

/// What the clocks said of the last call, in nanoseconds: the processor's and the one on the wall.
///
/// The process runs one case at a time.
static CLOCKS: [AtomicU64; 2] = [AtomicU64::new(0), AtomicU64::new(0)];

/// What the clocks said of the last call, in nanoseconds: the processor's and the one on the wall.
pub(crate) fn clocks() -> [u64; 2] {
    [CLOCKS[0].load(Relaxed), CLOCKS[1].load(Relaxed)]
}

/// Whether work is counted, rather than timed.
pub(crate) fn is_counted() -> bool {
    count::is_counting()
}

impl Meter for Labour {
    fn measure(&self, _ceiling: u64, call: &mut dyn FnMut()) -> u64 {
        let (wall, processor, work) = (Instant::now(), thread_time(), Work::now());
        call();
        let work = Work::now().since(work);
        let wall = wall.elapsed();
        let processor = thread_time().saturating_sub(processor);
        CLOCKS[0].store(processor.as_nanos() as u64, Relaxed);
        CLOCKS[1].store(wall.as_nanos() as u64, Relaxed);
        if is_counted() { work.total() } else { processor.as_nanos() as u64 }
    }

    fn dimension(&self) -> Dimension {
        Dimension::Count
    }

    fn noun(&self) -> &'static str {
        if is_counted() { "steps" } else { "ns of processor time" }
    }
}
