//! Counts the work that code under test does, where the build counts it.
//!
//! In a counting build the compiler puts a call at every edge between blocks of the code under test, and the memory
//! functions of the C library are counted by bytes. Both counts are exact, are the same in every run and belong to one
//! thread; other builds have neither, which [`is_counting`] tells.
//! Never guesses: what is not counted is nothing, and the caller has to look at a clock.

#[cfg(all(constraints_counting, target_os = "linux", target_env = "gnu", target_arch = "x86_64"))]
mod hooks;

#[cfg(not(all(constraints_counting, target_os = "linux", target_env = "gnu", target_arch = "x86_64")))]
mod hooks {
    //! A build that counts nothing.

    pub(super) fn edges() -> u64 {
        0
    }

    pub(super) fn bytes() -> u64 {
        0
    }

    pub(super) fn take_passed(_each: impl FnMut(u32, u8)) {}

    pub(super) fn listen(_on: bool) {}

    pub(super) fn take_compared() -> Vec<super::Compared> {
        Vec::new()
    }

    pub(super) fn guards() -> usize {
        0
    }

    pub(super) fn pass(_guard: &mut u32) {}

    pub(super) fn callbacks() -> [usize; 10] {
        [0; 10]
    }
}

/// Two numbers, widened to 64 bits.
pub(crate) type Pair = (u64, u64);

/// What code compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Compared {
    pub(crate) pair: Pair,
    /// One of the two stands in the code: the first one.
    pub(crate) is_constant: bool,
    /// They are as wide as an address.
    pub(crate) is_wide: bool,
    /// Where in the code they are compared: an address, which is another one in each process.
    pub(crate) place: u64,
}

/// Bytes of memory traffic that weigh as much as one edge.
const BYTES_AN_EDGE: u64 = 8;

/// Work done on this thread so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Work {
    /// Edges between blocks of instrumented code.
    pub(crate) edges: u64,
    /// Bytes copied, filled and compared by the functions of the C library.
    pub(crate) bytes: u64,
}

impl Work {
    /// Up to now.
    pub(crate) fn now() -> Self {
        Self { edges: hooks::edges(), bytes: hooks::bytes() }
    }

    /// Since an earlier moment on the same thread.
    pub(crate) fn since(self, earlier: Self) -> Self {
        Self { edges: self.edges.wrapping_sub(earlier.edges), bytes: self.bytes.wrapping_sub(earlier.bytes) }
    }

    /// One number for both.
    pub(crate) fn total(self) -> u64 {
        self.edges.saturating_add(self.bytes / BYTES_AN_EDGE)
    }
}

/// Whether the code under test has debug assertions: a build that counts is one for tests, whatever the runtime itself
/// is built as.
pub(crate) const IS_CHECKED: bool = cfg!(any(debug_assertions, constraints_counting));

/// The edges that were passed, in any thread, since this was asked last: the number of each, and how often it was passed,
/// up to 255.
pub(crate) fn take_passed(each: impl FnMut(u32, u8)) {
    hooks::take_passed(each);
}

/// Where the functions begin that instrumented code calls; 0 is none.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
pub(crate) fn callbacks() -> [usize; 10] {
    hooks::callbacks()
}

/// Whether comparisons of numbers are written down from here on.
pub(crate) fn listen(on: bool) {
    hooks::listen(on);
}

/// The numbers that were compared with each other, in any thread, while it was listened to.
pub(crate) fn take_compared() -> Vec<Compared> {
    hooks::take_compared()
}

/// Whether this build counts: some code is instrumented, and the counters were seen to count what is known.
pub(crate) fn is_counting() -> bool {
    static WORKS: std::sync::OnceLock<bool> = std::sync::OnceLock::new();
    *WORKS.get_or_init(|| hooks::guards() > 0 && counts_what_is_known())
}

/// Passes a known number of edges, and copies a known number of bytes.
fn counts_what_is_known() -> bool {
    let work = |rounds: u64| {
        let before = Work::now();
        let mut guard = 0;
        for _ in 0..rounds {
            hooks::pass(&mut guard);
        }
        let source = vec![1_u8; usize::try_from(rounds).unwrap_or(0)];
        let mut copy = vec![0_u8; source.len()];
        let counted = Work::now().since(before);
        copy.copy_from_slice(std::hint::black_box(&source));
        std::hint::black_box(copy);
        [counted.edges, Work::now().since(before).bytes - counted.bytes]
    };
    let ([edges, bytes], [twice, more]) = (work(500), work(1_000));
    edges == 500 && twice == 1_000 && bytes >= 500 && more >= bytes + 500
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_that_counts_nothing_says_so() {
        assert!(cfg!(constraints_counting) || !is_counting());
    }

    #[test]
    fn work_is_the_difference_of_two_moments() {
        let [early, late] = [(10, 80), (25, 200)].map(|(edges, bytes)| Work { edges, bytes });
        assert_eq!(late.since(early), Work { edges: 15, bytes: 120 });
        assert_eq!(late.since(early).total(), 15 + 120 / BYTES_AN_EDGE);
    }
}
