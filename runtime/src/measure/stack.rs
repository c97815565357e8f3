//! How deep a call goes down the stack of its thread.
//!
//! The pages below the caller are given back before the call, and looked for afterwards: those that are there again
//! were touched. So the count is in pages, and exact to one of them.

use constraints_wire::measure::Dimension;

use super::Meter;

/// The deepest point of the stack.
pub(crate) struct Depth;

impl Meter for Depth {
    #[cfg(target_os = "linux")]
    fn measure(&self, _: u64, call: &mut dyn FnMut()) -> u64 {
        linux::measure(call)
    }

    #[cfg(not(target_os = "linux"))]
    fn measure(&self, _: u64, call: &mut dyn FnMut()) -> u64 {
        call();
        0
    }

    fn dimension(&self) -> Dimension {
        Dimension::Bytes
    }

    fn noun(&self) -> &'static str {
        "of stack"
    }

    fn counts_stack(&self) -> bool {
        true
    }

    fn ready(&self) -> Result<(), String> {
        #[inline(never)]
        fn descend(levels: u32) -> u32 {
            let frame = std::hint::black_box([levels; 1024]);
            if levels == 0 { frame[7] } else { descend(levels - 1) + std::hint::black_box(frame)[3] }
        }
        let depth = |levels| self.measure(0, &mut || _ = std::hint::black_box(descend(levels)));
        let (shallow, deep) = (depth(32), depth(320));
        // A frame of this function has 4 KiB, and perhaps a little more, perhaps twice as much without optimization.
        if shallow >= 32 * 4096 && (6..=14).contains(&(deep / shallow.max(1))) {
            return Ok(());
        }
        Err("the stack was not measured: this system does not say which of its pages are in use".to_string())
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::cell::Cell;

    /// Looked at in one call: few, for most calls stay near the top.
    const PAGES: usize = 64;
    /// Left alone below the caller: what it and the system may use just now, a red zone included.
    const MARGIN: usize = 16 * 1024;

    thread_local! {
        /// Lowest address of the stack of this thread, without its guard pages.
        static LOWEST: Cell<usize> = const { Cell::new(0) };
        /// Everything below has not been touched since it was last given back.
        static TOUCHED: Cell<usize> = const { Cell::new(0) };
    }

    pub(super) fn measure(call: &mut dyn FnMut()) -> u64 {
        let page = page();
        let here = (&raw const page) as usize;
        let lowest = lowest(page);
        let top = (here - MARGIN) & !(page - 1);
        let from = if TOUCHED.get() == 0 { lowest } else { TOUCHED.get().max(lowest) };
        if lowest == 0 || top <= lowest {
            call();
            return 0;
        }
        if from < top {
            // SAFETY: the pages are those of this thread's own stack below all that is in use; their content is lost,
            // and nobody has any.
            unsafe { libc::madvise(from as *mut libc::c_void, top - from, libc::MADV_DONTNEED) };
        }
        // A call that touches nothing below the margin is measured as none.
        call();
        let deepest = deepest(lowest, top, page);
        TOUCHED.set(deepest);
        if deepest < top { (here - deepest) as u64 } else { 0 }
    }

    /// The lowest page in use: looked for downwards until a whole stretch is not.
    fn deepest(lowest: usize, top: usize, page: usize) -> usize {
        let mut deepest = top;
        let mut end = top;
        let mut resident = [0_u8; PAGES];
        while end > lowest {
            let start = end.saturating_sub(PAGES * page).max(lowest);
            let count = (end - start) / page;
            // SAFETY: the pages are mapped, and the vector has a byte for each of them.
            let failed = unsafe {
                libc::mincore(start as *mut libc::c_void, end - start, resident.as_mut_ptr().cast())
            } != 0;
            let first = resident[..count].iter().position(|byte| byte & 1 == 1);
            match first {
                Some(first) if !failed => deepest = start + first * page,
                _ => return deepest,
            }
            end = start;
        }
        deepest
    }

    /// The lowest address of this thread's stack; 0 if it is not known. Its pages are kept small.
    fn lowest(page: usize) -> usize {
        if LOWEST.get() != 0 {
            return LOWEST.get();
        }
        let (mut lowest, mut size) = (std::ptr::null_mut::<libc::c_void>(), 0_usize);
        // SAFETY: the structure is filled by the first call before the others use it, and given back.
        unsafe {
            let mut attributes: libc::pthread_attr_t = std::mem::zeroed();
            if libc::pthread_getattr_np(libc::pthread_self(), &raw mut attributes) == 0 {
                libc::pthread_attr_getstack(&raw const attributes, &raw mut lowest, &raw mut size);
                libc::pthread_attr_destroy(&raw mut attributes);
            }
        }
        if lowest.is_null() {
            return 0;
        }
        // Some systems count the guard as part of the stack; nothing is lost by staying clear of it.
        let bottom = (lowest as usize + 16 * page) & !(page - 1);
        // SAFETY: the range is this thread's own stack; the advice changes no content. A huge page would be in use as
        // a whole once a byte of it is.
        unsafe { libc::madvise(bottom as *mut libc::c_void, size - 16 * page, libc::MADV_NOHUGEPAGE) };
        LOWEST.set(bottom);
        bottom
    }

    fn page() -> usize {
        // SAFETY: takes no pointers.
        usize::try_from(unsafe { libc::sysconf(libc::_SC_PAGESIZE) }).unwrap_or(4096)
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[inline(never)]
    fn frames(levels: u32) -> u64 {
        let frame = std::hint::black_box([u64::from(levels); 128]);
        if levels == 0 { frame[3] } else { frames(levels - 1) + std::hint::black_box(frame)[5] }
    }

    fn on_large_stack(test: impl FnOnce() + Send + 'static) {
        let thread = std::thread::Builder::new().stack_size(256 << 20).spawn(test).expect("a thread");
        thread.join().expect("the test inside passes");
    }

    #[test]
    fn depth_is_in_proportion_to_the_frames() {
        on_large_stack(|| {
            assert_eq!(Depth.ready(), Ok(()));
            let depth = |levels| Depth.measure(0, &mut || _ = std::hint::black_box(frames(levels)));
            let (small, large) = (depth(1_000), depth(10_000));
            assert!((9..=11).contains(&(large / small)), "{small} {large}");
            assert_eq!(depth(1_000), small, "what a deeper call touched is forgotten");
        });
    }

    #[test]
    fn a_call_that_stays_above_has_no_depth() {
        on_large_stack(|| assert_eq!(Depth.measure(0, &mut || _ = std::hint::black_box(1)), 0));
    }
}
