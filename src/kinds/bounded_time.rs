//! # `bounded_time`
//!
//! ## What it requires
//! The work of a call grows no faster with the size of its input than `at_most` says: `1`, `log n`, `n`, `n log n`, `n^2` and so on.
//! `n` is the number of bytes or items of what grows (of a list of texts, items and bytes together), unless `n = "Rust over the arguments"` says otherwise; `size` says how far it grows.
//!
//! ## Why it matters
//! Code that takes quadratic time is quick on every sample and stands still on the first large input somebody sends.
//! A few megabytes then keep a processor busy for hours.
//!
//! ## Declaration
//! ```toml
//! [constraint.tags_linear]
//! says    = "Collecting the tags of a post takes time in proportion to its length"
//! kind    = "bounded_time"
//! target  = "crate::tags"
//! at_most = "n log n"
//! size    = "64 KiB"
//! args.post = { like = ["a #walk in the #woods"] }
//! ```
//!
//! ## Holds
//! ```rust
//! pub fn tags(post: &str) -> Vec<&str> {
//!     let mut tags: Vec<&str> = Vec::new();
//!     let mut seen = std::collections::BTreeSet::new();
//!     for word in post.split(' ').filter(|word| word.starts_with('#')) {
//!         if seen.insert(word) {
//!             tags.push(word);
//!         }
//!     }
//!     tags
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn tags(post: &str) -> Vec<&str> {
//!     let mut tags: Vec<&str> = Vec::new();
//!     let mut seen = std::collections::BTreeSet::new();
//!     for word in post.split(' ').filter(|word| word.starts_with('#')) {
//!         if seen.insert(word) && tags.iter().all(|tag| *tag != word) { // red: main.tags_linear
//!             tags.push(word);
//!         }
//!     }
//!     tags
//! }
//! ```
//!
//! ## How it is checked
//! Parts of the samples, and words that the code looks for, are repeated, nested and numbered, so that inputs of one shape grow to the size declared; the shapes whose work rises fastest go on.
//! `cargo constraints check` on Linux on x86-64 counts the work: the compiler puts a counter at every edge between blocks of the crate and of the crates it calls, and what memory functions move is counted by the byte.
//! Such counts are exact and the same on every machine, so that an exponent that is a twentieth too high is seen.
//! Growth is red if it shows between all of the largest sizes, each twice the one before, up to the largest that can be reached in time: what refuses large inputs early is fine.
//! Work that starts late, as `(n - 1000)^2` does, is no growth: the excess has to last as sizes rise, and to be larger where a part of the input does not grow with the rest.
//! An input that takes too long to be called again is judged by its beginnings, or by fewer repetitions.
//! Where calls take so long that next to nothing could be made to grow in the time there was, the constraint is undecided.
//! Clocks are a second witness, for loops inside the standard library, which is not instrumented; elsewhere, and under plain `cargo test`, they are the only one, and the record says so.
//! They contradict a constraint only where the processor's time and the time on the wall agree twice.
//!
//! ## What it cannot see
//! By clocks alone: growth that is less than a third of a power too fast, such as `n log n` where `n` is allowed.
//! Inputs that are slow only by chance, such as keys that collide under a hash with a secret.
//! A large factor: something that is slow from the start but grows as it may.
//!
//! ## References
//! - CWE-407, inefficient algorithmic complexity: <https://cwe.mitre.org/data/definitions/407.html>
//! - Crosby and Wallach, Denial of Service via Algorithmic Complexity Attacks: <https://www.usenix.org/conference/12th-usenix-security-symposium/denial-service-algorithmic-complexity-attacks>

use constraints_wire::Witness;
use constraints_wire::measure::Dimension;

use super::limits::{self, GROWS, N, SIZE};
use super::lowering::on_values;
use super::{Body, Kind, OracleCall};
use crate::model::{About, Area, Code, Fault, Shape, Status, Subject};
use crate::resolve::Bound;

/// The work of a call grows no faster than it may.
#[derive(Debug)]
pub(super) struct BoundedTime;

impl Kind for BoundedTime {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "bounded_time",
            shape: Shape::Measure,
            area: Area::Security,
            summary: "the work of a call grows no faster than it may",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[
                limits::at_most(
                    Dimension::Seconds,
                    true,
                    "How the work may grow, such as `n`, `n log n` or `n^2`; factors and fixed amounts do not matter.",
                ),
                SIZE,
                GROWS,
                N,
            ],
            source: include_str!("bounded_time.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        if let Some(at_most) = bound.constraint.at_most("at_most").filter(|at_most| at_most.value.has_unit())
        {
            let message = "this bound is an amount of time, and `bounded_time` is about how time grows";
            return Err(Fault::error(Code::InvalidValue, at_most.span, message)
                .help("write how it may grow, such as `n` or `n log n`")
                .help("for a limit to single calls use the kind `terminates` with `within`"));
        }
        let limits = limits::limits(bound, None)?;
        let steps = limits::measured(bound, None)?;
        Ok(OracleCall { oracle: "bounded_time", body: Body::Limited { limits, steps } })
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("takes more and more work", witness)
    }
}

#[cfg(test)]
mod tests {
    use constraints_wire::measure::{AtMost, Dimension};

    use crate::kinds::example::{at, example, refused, text};
    use crate::model::KeyValue;
    use crate::resolve::Lend;

    #[test]
    fn a_bound_says_how_work_grows() {
        let of = |at_most: &str| {
            let parse = example("bounded_time", "linear", "parse").argument("text", text(), Lend::Ref);
            let at_most = AtMost::parse(at_most, Dimension::Seconds).expect("a bound");
            refused(&parse.key("at_most", KeyValue::AtMost(at(at_most))))
        };
        for at_most in ["1", "log n", "n", "n log n", "n^2", "n^1.5", "size"] {
            assert_eq!(of(at_most), "accepted", "{at_most}");
        }
        insta::assert_snapshot!(of("2 s"), @r"
        invalid-value: this bound is an amount of time, and `bounded_time` is about how time grows
        help: write how it may grow, such as `n` or `n log n`
        help: for a limit to single calls use the kind `terminates` with `within`
        ");
    }
}
