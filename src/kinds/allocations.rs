//! # `allocations`
//!
//! ## What it requires
//! A call asks for memory at most as often as `at_most` says, whatever is passed in.
//! `at_most` is a number such as `0` or `12`, or grows with the input: `2 * n + 8`, where `n` is the number of bytes or items of the argument that grows, unless `n` says otherwise.
//! A block that grows counts again; what is given back does not count.
//!
//! ## Why it matters
//! In a loop that runs for every packet or every frame, asking for memory is often what most of the time goes into, and what makes it uneven.
//! Where no memory may be asked for at all, as in a signal handler or on an audio thread, one allocation is one too many.
//!
//! ## Declaration
//! ```toml
//! [constraint.level_allocates_nothing]
//! says    = "Measuring the level of a block of samples asks for no memory"
//! kind    = "allocations"
//! target  = "crate::level"
//! at_most = 0
//! ```
//!
//! ## Holds
//! ```rust
//! pub fn level(block: &[u8]) -> u64 {
//!     let loud = block.iter().map(|sample| u64::from(*sample));
//!     loud.filter(|sample| *sample > 16).sum()
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn level(block: &[u8]) -> u64 {
//!     let loud = block.iter().map(|sample| u64::from(*sample)).collect::<Vec<_>>().into_iter(); // red: main.level_allocates_nothing
//!     loud.filter(|sample| *sample > 16).sum()
//! }
//! ```
//!
//! ## How it is checked
//! The test binary has a global allocator that passes everything on to that of the system and counts, in all threads.
//! The target is called with the samples, with families of inputs that grow up to `size`, and with mutations of whatever asked most often so far.
//! The first input above the bound is made as small as possible and shown.
//!
//! ## What it cannot see
//! Memory that is not asked of the global allocator: memory maps, what a C library allocates by itself.
//! Allocations that only an optimized build leaves out are counted in a build without optimization.
//! What is allocated once, by the first call of all, counts as well: make such a call first, with `call`.
//! Nothing at all where the crate has a global allocator of its own: the constraint is undecided then.
//!
//! ## References
//! - CWE-405, asymmetric resource consumption: <https://cwe.mitre.org/data/definitions/405.html>
//! - The Rust Performance Book, heap allocations: <https://nnethercote.github.io/perf-book/heap-allocations.html>

use constraints_wire::Witness;
use constraints_wire::measure::Dimension;

use super::limits::{self, GROWS, N, SIZE};
use super::lowering::on_values;
use super::{Body, Kind, OracleCall};
use crate::model::{About, Area, Fault, Shape, Status, Subject};
use crate::resolve::Bound;

/// A call asks for memory no more often than it may.
#[derive(Debug)]
pub(super) struct Allocations;

impl Kind for Allocations {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "allocations",
            shape: Shape::Measure,
            area: Area::Performance,
            summary: "a call asks for memory no more often than it may",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[
                limits::at_most(
                    Dimension::Count,
                    true,
                    "How often memory may be asked for, such as `0` or `2 * n + 8`.",
                ),
                SIZE,
                GROWS,
                N,
            ],
            source: include_str!("allocations.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let limits = limits::limits(bound, None)?;
        let steps = limits::measured(bound, None)?;
        Ok(OracleCall { oracle: "allocations", body: Body::Limited { limits, steps } })
    }

    fn counts_heap(&self) -> bool {
        true
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("asks for memory too often", witness)
    }
}

#[cfg(test)]
mod tests {
    use constraints_wire::measure::{AtMost, Dimension};

    use crate::kinds::example::{at, example, refused, text};
    use crate::model::KeyValue;
    use crate::resolve::Lend;

    #[test]
    fn a_count_may_depend_on_the_size_of_an_argument() {
        let of = |at_most: &str| {
            let bound = AtMost::parse(at_most, Dimension::Count).expect("a bound");
            let level = example("allocations", "few", "level").argument("block", text(), Lend::Ref);
            refused(&level.key("at_most", KeyValue::AtMost(at(bound))))
        };
        assert_eq!([of("0"), of("2 * n + 8")], ["accepted", "accepted"]);
    }
}
