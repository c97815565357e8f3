//! # `latency`
//!
//! ## What it requires
//! For every input, a percentile of how long a call takes is at most what `at_most` says: `3 x` the `reference`, which is Rust that is timed beside it in the same run, or a time such as `20 ms`.
//! `percentile` is `p95` unless it is said otherwise.
//!
//! ## Why it matters
//! People leave pages that answer late, and a service that waits for another one is as slow as the slowest of its calls.
//! The mean hides the call in twenty that somebody waits for.
//!
//! ## Declaration
//! ```toml
//! [constraint.checksum_keeps_pace]
//! says      = "A checksum takes at most sixty times as long as adding the bytes up"
//! kind      = "latency"
//! target    = "crate::checksum"
//! reference = "data.iter().map(|byte| u64::from(*byte)).sum::<u64>()"
//! at_most   = "60 x"
//! ```
//!
//! ## Holds
//! ```rust
//! pub fn checksum(data: &[u8]) -> u64 {
//!     let mut sum: u64 = 7;
//!     for byte in data.iter().copied() {
//!         sum = sum.rotate_left(5) ^ u64::from(byte);
//!     }
//!     sum
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn checksum(data: &[u8]) -> u64 {
//!     let mut sum: u64 = 7;
//!     for byte in data.repeat(500) { // red: main.checksum_keeps_pace
//!         sum = sum.rotate_left(5) ^ u64::from(byte);
//!     }
//!     sum
//! }
//! ```
//!
//! ## How it is checked
//! `cargo constraints check` times calls in a build of their own: the crate and what it needs are optimized, nothing is counted, and one test runs at a time.
//! Each input is called up to forty times in each of three rounds, reference and target in turn; of the rounds the best counts, for whatever else a machine does only makes calls slower.
//! On Linux the time in which a call waits for a processor is taken out.
//! To the bound a microsecond is added, which calls take for being called.
//! An input is red only where the bound is exceeded clearly, by a quarter over a reference and twofold over a time, on the clock and in processor time alike, in every round, and in a second and a third measurement as well; where it is the clock alone, as with a call that sleeps, fivefold.
//! What is above the bound and not so clearly leaves the constraint undecided.
//! Prefer a reference to a time: it is as slow as the machine.
//! A test that is run without the tool times the build that it is in, and the record says which one that is.
//!
//! ## What it cannot see
//! How long a call takes under load, or beside other calls.
//! How work grows: `bounded_time` counts instead of timing.
//! A call that panics is not judged; `no_panic` judges that.
//!
//! ## References
//! - CWE-400, uncontrolled resource consumption: <https://cwe.mitre.org/data/definitions/400.html>
//! - CWE-1050, excessive platform resource consumption within a loop: <https://cwe.mitre.org/data/definitions/1050.html>

use std::collections::BTreeSet;

use constraints_wire::Witness;
use constraints_wire::measure::seconds;
use syn::{Expr, parse_quote};

use super::lowering::{RESULT, function, late_when, on_values, refusal, until_called_via, waits_for_result};
use super::{Body, Builds, Call, Kind, OracleCall, Sense, Step, Via};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, Shape, Spanned, Status, Subject};
use crate::resolve::Bound;

/// A call takes no longer than it may.
#[derive(Debug)]
pub(super) struct Latency;

impl Kind for Latency {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "latency",
            shape: Shape::Measure,
            area: Area::Performance,
            summary: "a call takes no longer than a reference, or a time, allows",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[
                Key {
                    name: "at_most",
                    shape: KeyShape::Text,
                    required: true,
                    says: "How long a call may take: `3 x` the reference, or a time such as `20 ms`.",
                },
                Key {
                    name: "reference",
                    shape: KeyShape::Expression,
                    required: false,
                    says: "What is timed beside it: Rust over the values.",
                },
                Key {
                    name: "percentile",
                    shape: KeyShape::Text,
                    required: false,
                    says: "Which part of the calls has to be so quick, such as `p50` or `p99`; `p95` by default.",
                },
            ],
            source: include_str!("latency.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        function(bound)?;
        let percentile = bound.constraint.text("percentile").map_or(Ok(95.0), percentile)?;
        let pace = pace(bound, percentile)?;
        let is_kept = waits_for_result(bound) || bound.constraint.refusal.must_pass.is_some();
        let bind = is_kept.then(|| RESULT.to_owned());
        let reference = bound.expression("reference");
        let mut steps = Vec::new();
        for step in until_called_via(bound, Via::By("timed"), bind, &BTreeSet::new()) {
            if let (Step::Call { .. }, Some(reference)) = (&step, reference) {
                // It comes first, so that the call is free to take the values away.
                let call = Call::Expression(reference.clone());
                steps.push(Step::Call { bind: None, via: Via::By("beside"), call, is_async: false });
            }
            steps.push(step);
        }
        if is_kept {
            steps.extend(refusal(bound, RESULT, false));
        }
        steps.extend(late_when(bound));
        Ok(OracleCall { oracle: "latency", body: Body::Limited { limits: vec![pace], steps } })
    }

    fn sense(&self, key: &str) -> Sense {
        if key == "at_most" { Sense::Less } else { Sense::Same }
    }

    fn builds(&self) -> Builds {
        Builds::Optimized
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("takes too long", witness)
    }
}

/// What is allowed.
fn pace(bound: &Bound<'_>, percentile: f64) -> Result<Expr, Fault> {
    let Some(at_most) = bound.constraint.text("at_most") else {
        unreachable!("the reader let a declaration pass that lacks a required key");
    };
    let percentile = number(percentile);
    let is_number = |number: &f64| number.is_finite() && *number > 0.0;
    let said = at_most.value.trim();
    let fault = |message: String| Fault::error(Code::InvalidValue, at_most.span, message);
    let has_reference = bound.expression("reference").is_some();
    if let Some(times) = said.strip_suffix(['x', '×']) {
        let times = times.trim().parse().ok().filter(is_number);
        let times = times
            .ok_or_else(|| fault(format!("`{said}` is no number of times")).help("write it like `3 x`"))?;
        return if has_reference {
            let times = number(times);
            Ok(parse_quote!(rt::Pace::times(#percentile, #times)))
        } else {
            Err(fault(format!("nothing says what it is `{said}` of"))
                .help("add `reference = \"Rust\"`, which is timed beside it"))
        };
    }
    let time = seconds(said).ok().filter(is_number);
    let time = time.ok_or_else(|| {
        fault(format!("`{said}` is no time, and no number of times")).help("write it like `20 ms` or `3 x`")
    })?;
    if has_reference {
        return Err(fault("a time needs no reference".to_owned())
            .help("write `at_most` like `3 x`, or leave `reference` out"));
    }
    let time = number(time);
    Ok(parse_quote!(rt::Pace::seconds(#percentile, #time)))
}

/// A number as Rust has it.
fn number(number: f64) -> Expr {
    syn::parse_str(&format!("{number:?}")).expect("a number that is finite is Rust")
}

/// Reads `p95`.
fn percentile(text: &Spanned<String>) -> Result<f64, Fault> {
    let number = text.value.trim().strip_prefix('p').and_then(|number| number.parse().ok());
    number.filter(|number| *number >= 1.0 && *number < 100.0).ok_or_else(|| {
        Fault::error(Code::InvalidValue, text.span, format!("`{}` is no percentile", text.value))
            .help("write it like `p95`")
    })
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{Example, at, example, refused, text};
    use crate::model::KeyValue;
    use crate::resolve::Lend;

    fn sum(at_most: &str) -> Example {
        let sum = example("latency", "quick", "sum").argument("block", text(), Lend::Ref);
        sum.key("at_most", KeyValue::Text(at(at_most.to_owned())))
    }

    #[test]
    fn a_number_of_times_is_of_a_reference_and_a_time_of_nothing() {
        assert_eq!(refused(&sum("3 x").expression("reference", "block.len()")), "accepted");
        assert_eq!(refused(&sum("20 ms")), "accepted");
        insta::assert_snapshot!(refused(&sum("3 x")), @r#"
        invalid-value: nothing says what it is `3 x` of
        help: add `reference = "Rust"`, which is timed beside it
        "#);
        insta::assert_snapshot!(refused(&sum("20 ms").expression("reference", "block.len()")), @r"
        invalid-value: a time needs no reference
        help: write `at_most` like `3 x`, or leave `reference` out
        ");
        insta::assert_snapshot!(refused(&sum("quick")), @r"
        invalid-value: `quick` is no time, and no number of times
        help: write it like `20 ms` or `3 x`
        ");
        insta::assert_snapshot!(refused(&sum("-1 x")), @r"
        invalid-value: `-1 x` is no number of times
        help: write it like `3 x`
        ");
    }

    #[test]
    fn a_percentile_is_between_nothing_and_all() {
        let of = |percentile: &str| {
            refused(&sum("20 ms").key("percentile", KeyValue::Text(at(percentile.to_owned()))))
        };
        assert_eq!([of("p50"), of("p99.9")], ["accepted", "accepted"]);
        insta::assert_snapshot!(of("p100"), @r"
        invalid-value: `p100` is no percentile
        help: write it like `p95`
        ");
    }
}
