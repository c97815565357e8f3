//! Counts what is on the heap, in a process that runs one call at a time.
//!
//! The counts are those of the whole process, so that what the threads of the call allocate is seen too: the process
//! that cases run in does nothing else meanwhile. They stand still while no call is measured.
//! `secret::remains` is told of every block, for it looks at what is left in them.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU8, AtomicU64, Ordering::Relaxed};

use constraints_wire::measure::Dimension;

use super::Meter;
use crate::armed::{self, disarm, is_armed};
use crate::secret::remains;
use crate::trace::{arena, quiet};

/// The allocator of the system, counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Heap;

/// Bytes on the heap that were not there when counting began.
static LIVE: AtomicI64 = AtomicI64::new(0);
static PEAK: AtomicI64 = AtomicI64::new(0);
static COUNT: AtomicU64 = AtomicU64::new(0);
/// Whether what stays is added up, which a panic does not end.
static TRACING: AtomicBool = AtomicBool::new(false);
/// Bytes and blocks that were taken and not given back since that began.
static STAYING: [AtomicI64; 2] = [const { AtomicI64::new(0) }; 2];
/// Above this the process ends at once.
static CEILING: AtomicU64 = AtomicU64::new(u64::MAX);

/// Whether new blocks are filled, each with another byte, so that nobody reads the same twice who did not write it.
static FILLING: AtomicBool = AtomicBool::new(false);
static FILLED_WITH: AtomicU8 = AtomicU8::new(0);
/// Larger blocks stay as the system gives them: to touch all their pages would take long.
const FILLED: usize = 1 << 20;

/// How a process says what it was ended for; the number of bytes follows.
const OVERRUN: &str = "constraints: bytes on the heap: ";

// SAFETY: everything is passed on to the allocator of the system unchanged, or to the arena, which gives no block twice.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _quiet = quiet(layout.size());
        count(0, layout.size());
        trace(layout.size() as i64, 1);
        // SAFETY: the caller promises what `System` asks for.
        let block = first(arena::block(layout), || unsafe { System.alloc(layout) });
        // SAFETY: the block has that size, and nobody has it yet.
        unsafe { fill(block, 0, layout.size()) };
        remains::taken(block, layout.size());
        block
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        let _quiet = quiet(layout.size());
        count(0, layout.size());
        trace(layout.size() as i64, 1);
        let ours = arena::block(layout);
        // SAFETY: the caller promises what `System` asks for, and a block of the arena is as long as it was asked for.
        let block = unsafe {
            if !ours.is_null() {
                ours.write_bytes(0, layout.size());
            }
            first(ours, || System.alloc_zeroed(layout))
        };
        remains::taken(block, layout.size());
        block
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        let _quiet = quiet(layout.size());
        if is_armed() {
            LIVE.fetch_sub(layout.size() as i64, Relaxed);
        }
        trace(-(layout.size() as i64), -1);
        remains::freed(pointer, layout.size());
        if arena::has(pointer) {
            arena::take_back(pointer);
            return;
        }
        // SAFETY: the caller promises what `System` asks for.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, new: usize) -> *mut u8 {
        let _quiet = quiet(new);
        count(layout.size(), new);
        trace(new as i64 - layout.size() as i64, 0);
        remains::resized(pointer, layout.size(), new);
        // SAFETY: the caller promises what `System` asks for.
        let block = unsafe {
            if arena::has(pointer) {
                moved(pointer, layout, new)
            } else {
                System.realloc(pointer, layout, new)
            }
        };
        // SAFETY: the block has the new size, and what was added to it nobody has yet.
        unsafe { fill(block, layout.size(), new) };
        remains::taken(block, new);
        block
    }
}

/// From now on new blocks are filled.
pub(crate) fn fill_new_blocks() {
    FILLING.store(true, Relaxed);
}

/// Fills a new block, or what was added to one, if there is one and that is wanted.
///
/// # Safety
/// The block has `to` bytes, and nobody has those behind `from` yet.
#[inline]
unsafe fn fill(block: *mut u8, from: usize, to: usize) {
    if FILLING.load(Relaxed) && !block.is_null() && from < to && to - from <= FILLED {
        let byte = FILLED_WITH.fetch_add(0x35, Relaxed);
        // SAFETY: as the caller promises.
        unsafe { block.add(from).write_bytes(byte, to - from) };
    }
}

/// A block, or another one where there is none.
fn first(block: *mut u8, other: impl FnOnce() -> *mut u8) -> *mut u8 {
    if block.is_null() { other() } else { block }
}

/// Another block for one of the arena, with the same in it.
///
/// # Safety
/// As for `realloc`.
unsafe fn moved(pointer: *mut u8, layout: Layout, new: usize) -> *mut u8 {
    // SAFETY: the caller promises that the size is one that a layout may have; the blocks are two.
    unsafe {
        let wanted = Layout::from_size_align_unchecked(new, layout.align());
        let block = first(arena::block(wanted), || System.alloc(wanted));
        if !block.is_null() {
            block.copy_from_nonoverlapping(pointer, layout.size().min(new));
            arena::take_back(pointer);
        }
        block
    }
}

/// A block grows from `old` bytes to `new`. One that shrinks is no allocation.
#[inline]
fn count(old: usize, new: usize) {
    if !is_armed() {
        return;
    }
    let by = new as i64 - old as i64;
    let live = LIVE.fetch_add(by, Relaxed) + by;
    if by > 0 {
        COUNT.fetch_add(1, Relaxed);
        if live > PEAK.load(Relaxed) {
            PEAK.fetch_max(live, Relaxed);
            if live as u64 > CEILING.load(Relaxed) {
                overrun(live as u64);
            }
        }
    }
}

#[inline]
fn trace(bytes: i64, blocks: i64) {
    if TRACING.load(Relaxed) {
        STAYING[0].fetch_add(bytes, Relaxed);
        STAYING[1].fetch_add(blocks, Relaxed);
    }
}

/// Runs `call`, which may ask for the bytes and blocks that were taken and not given back since it began, in all threads.
pub(crate) fn tracing<R>(call: impl FnOnce(&dyn Fn() -> [i64; 2]) -> R) -> R {
    for staying in &STAYING {
        staying.store(0, Relaxed);
    }
    TRACING.store(true, Relaxed);
    let result = call(&|| [STAYING[0].load(Relaxed), STAYING[1].load(Relaxed)]);
    TRACING.store(false, Relaxed);
    result
}

/// Ends the process before it takes what nobody may take; nothing here allocates.
#[cold]
fn overrun(bytes: u64) -> ! {
    let mut line = [0_u8; 64];
    let mut length = OVERRUN.len();
    line[..length].copy_from_slice(OVERRUN.as_bytes());
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    let mut rest = bytes;
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    for digit in &digits[at..] {
        line[length] = *digit;
        length += 1;
    }
    line[length] = b'\n';
    #[cfg(unix)]
    // SAFETY: the bytes are valid for the length given, and a process may end at any time.
    unsafe {
        libc::write(2, line.as_ptr().cast(), length + 1);
        libc::_exit(87)
    }
    #[cfg(not(unix))]
    std::process::abort()
}

/// The bytes that a process was ended for, out of what it wrote to stderr.
pub(crate) fn overrun_of(stderr: &str) -> Option<u64> {
    stderr.lines().rev().find_map(|line| line.strip_prefix(OVERRUN)?.parse().ok())
}

/// Counts from here on.
pub(crate) fn arm(ceiling: u64) {
    LIVE.store(0, Relaxed);
    PEAK.store(0, Relaxed);
    COUNT.store(0, Relaxed);
    CEILING.store(ceiling, Relaxed);
    armed::arm();
}

/// Whether allocations of this program are counted.
///
/// # Errors
/// Why not.
pub(crate) fn is_counted() -> Result<(), String> {
    let before = COUNT.load(Relaxed);
    arm(u64::MAX);
    drop(std::hint::black_box(Box::new(std::hint::black_box(7_u64))));
    disarm();
    let counted = COUNT.load(Relaxed) == 1 && LIVE.load(Relaxed) == 0 && PEAK.load(Relaxed) == 8;
    COUNT.store(before, Relaxed);
    if counted {
        return Ok(());
    }
    Err("the heap was not measured, because the test binary has another global allocator than that of its tests; \
         let the crate set its own one in its binaries, or behind a feature that its tests leave off"
        .to_string())
}

/// The most bytes on the heap at a time.
pub(crate) struct Peak;

impl Meter for Peak {
    fn measure(&self, ceiling: u64, call: &mut dyn FnMut()) -> u64 {
        arm(ceiling);
        call();
        disarm();
        PEAK.load(Relaxed).max(0) as u64
    }

    fn dimension(&self) -> Dimension {
        Dimension::Bytes
    }

    fn noun(&self) -> &'static str {
        "of heap memory"
    }

    fn stops_at_ceiling(&self) -> bool {
        true
    }

    fn ready(&self) -> Result<(), String> {
        is_counted()
    }
}

/// How often memory was asked for.
pub(crate) struct Allocations;

impl Meter for Allocations {
    fn measure(&self, _: u64, call: &mut dyn FnMut()) -> u64 {
        arm(u64::MAX);
        call();
        disarm();
        COUNT.load(Relaxed)
    }

    fn dimension(&self) -> Dimension {
        Dimension::Count
    }

    fn noun(&self) -> &'static str {
        "allocations"
    }

    fn ready(&self) -> Result<(), String> {
        is_counted()
    }
}
