//! # `bounded_memory`
//!
//! ## What it requires
//! A call never has more memory on the heap at a time than `at_most` says, whatever is passed in.
//! `at_most` is an amount such as `1 MiB`, or grows with the input: `64 * size + 64 KiB`, where `size` is the number of bytes of the argument that grows and `n` what `n` says.
//! The part that grows speaks of what is held; collections keep up to four times as much ready, a list room for four items when it gets its first one and for twice as many when it is full.
//! So four times that part is let pass, with a note that says how much it was; with `exact = true` the bound is meant as it is written.
//! An amount that does not grow with the input is always meant as it is written.
//! What the arguments themselves take does not count; what the call gives back counts as long as the call lasts.
//!
//! ## Why it matters
//! Whoever sends a few bytes that say "a gigabyte follows" must not make a service set a gigabyte aside.
//! Where a small input leads to a large allocation, a handful of requests ends the process for everybody.
//!
//! ## Declaration
//! ```toml
//! [constraint.frame_memory]
//! says    = "Reading a frame needs memory in proportion to the bytes received"
//! kind    = "bounded_memory"
//! target  = "crate::payload"
//! at_most = "4 * size + 1 KiB"
//! args.frame = { like_hex = ["00000002 6f6b"] }
//! ```
//!
//! ## Holds
//! ```rust
//! pub fn payload(frame: &[u8]) -> Option<Vec<u8>> {
//!     let (head, rest) = frame.split_first_chunk::<4>()?;
//!     let announced = u32::from_be_bytes(*head) as usize;
//!     let mut payload = Vec::with_capacity(announced.min(rest.len()));
//!     payload.extend_from_slice(rest.get(..announced)?);
//!     Some(payload)
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn payload(frame: &[u8]) -> Option<Vec<u8>> {
//!     let (head, rest) = frame.split_first_chunk::<4>()?;
//!     let announced = u32::from_be_bytes(*head) as usize;
//!     let mut payload = Vec::with_capacity(announced); // red: main.frame_memory
//!     payload.extend_from_slice(rest.get(..announced)?);
//!     Some(payload)
//! }
//! ```
//!
//! ## How it is checked
//! The test binary has a global allocator that passes everything on to that of the system and counts what is there, in all threads.
//! The target is called with the samples, with samples in which one number after the other claims to be huge, with families of inputs that grow up to `size` (a part repeated, numbered, nested in itself, with the lengths in front of it kept right), and with mutations of whatever took most memory so far.
//! Families whose memory rises fastest are followed to the next size, the others are dropped.
//! A call that asks for far more than it may is stopped there and then, before the machine has to give it; one that takes too long is made again and stopped as soon as it is above the bound.
//! The first input above the bound is made as small as possible and shown, as `"prefix" + "unit" × n + "suffix"` where it was grown.
//!
//! ## What it cannot see
//! Memory that is not asked of the global allocator: the stack (that is for `bounded_stack`), memory maps, what a C library allocates by itself.
//! What the allocator of the system adds to each block, and what it keeps of what was given back.
//! Nothing at all where the crate has a global allocator of its own: the constraint is undecided then.
//! A panic of the target ends its case and is not judged, except for one about a capacity that no machine has; `no_panic` judges the others.
//!
//! ## References
//! - CWE-789, memory allocation with excessive size value: <https://cwe.mitre.org/data/definitions/789.html>
//! - CWE-770, allocation of resources without limits: <https://cwe.mitre.org/data/definitions/770.html>

use constraints_wire::Witness;
use constraints_wire::measure::Dimension;

use super::limits::{self, GROWS, N, SIZE};
use super::lowering::on_values;
use super::{Body, Kind, OracleCall};
use crate::model::{About, Area, Fault, Shape, Status, Subject};
use crate::resolve::Bound;

/// A call has no more on the heap at a time than it may.
#[derive(Debug)]
pub(super) struct BoundedMemory;

impl Kind for BoundedMemory {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "bounded_memory",
            shape: Shape::Measure,
            area: Area::Security,
            summary: "a call has no more on the heap at a time than it may",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[
                limits::at_most(
                    Dimension::Bytes,
                    true,
                    "The most that may be on the heap, such as `1 MiB` or `64 * size + 64 KiB`.",
                ),
                limits::EXACT,
                SIZE,
                GROWS,
                N,
            ],
            source: include_str!("bounded_memory.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let limits = limits::limits(bound, None)?;
        let steps = limits::measured(bound, None)?;
        Ok(OracleCall { oracle: "bounded_memory", body: Body::Limited { limits, steps } })
    }

    fn counts_heap(&self) -> bool {
        true
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("takes too much memory", witness)
    }
}

#[cfg(test)]
mod tests {
    use constraints_wire::measure::{AtMost, Dimension};

    use crate::kinds::example::{at, example, refused, text, words};
    use crate::model::KeyValue;
    use crate::resolve::{Lend, Recipe};

    fn bound(text: &str) -> KeyValue {
        KeyValue::AtMost(at(AtMost::parse(text, Dimension::Bytes).expect("a bound")))
    }

    #[test]
    fn a_bound_over_sizes_needs_something_that_has_one() {
        let number = || Recipe::Integer { ty: "u8", range: None };
        let of = |at_most: &str| {
            let read = example("bounded_memory", "memory", "read").argument("count", number(), Lend::Move);
            refused(&read.key("at_most", bound(at_most)))
        };
        assert_eq!(of("1 MiB"), "accepted");
        insta::assert_snapshot!(of("64 * size"), @r#"
        invalid-value: no argument has a size, so `size` is nothing
        help: say what `n` is with `n = "Rust over the arguments"`, or give a constant bound
        "#);
        insta::assert_snapshot!(of("64 * n"), @r#"
        invalid-value: no argument has a size, so `n` is nothing
        help: say what `n` is with `n = "Rust over the arguments"`, or give a constant bound
        "#);
    }

    #[test]
    fn what_grows_is_an_argument_with_a_size() {
        let of = |grows: &str| {
            let read = example("bounded_memory", "memory", "read")
                .argument("body", text(), Lend::Ref)
                .argument("count", Recipe::Integer { ty: "u8", range: None }, Lend::Move);
            refused(&read.key("at_most", bound("64 * size")).key("grows", words(&[grows])))
        };
        assert_eq!(of("body"), "accepted");
        insta::assert_snapshot!(of("boody"), @r"
        unknown-argument: `boody` is not an argument
        help: did you mean `body`?
        ");
        insta::assert_snapshot!(of("count"), @r#"
        invalid-value: `count` has no size that could grow
        help: texts, bytes, lists and what holds them have one; for a number say `n = "Rust"`
        "#);
    }
}
