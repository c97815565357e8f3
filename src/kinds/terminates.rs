//! # `terminates`
//!
//! ## What it requires
//! Every call of the target comes back, within the time that `within` says.
//! A returned error is a fine answer, and so is a panic: `no_panic` is about those.
//!
//! ## Why it matters
//! A call that never comes back keeps its thread, its connection and its memory; a few of them switch a service off.
//! Inputs that make a loop go round for ever are short and easily sent: a length of zero, an offset that points back, an end of the file where more was announced.
//!
//! ## Declaration
//! ```toml
//! [constraint.records_end]
//! says   = "Counting the records of an upload always comes to an end"
//! kind   = "terminates"
//! target = "crate::records"
//! within = "500 ms"
//! args.upload = { like_hex = ["02 6162 01 63"] }
//! ```
//!
//! ## Holds
//! ```rust
//! pub fn records(mut upload: &[u8]) -> usize {
//!     let mut count = 0;
//!     while let Some(length) = upload.first() {
//!         upload = upload.get(usize::from(*length) + 1..).unwrap_or_default();
//!         count += 1;
//!     }
//!     count
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn records(mut upload: &[u8]) -> usize {
//!     let mut count = 0;
//!     while let Some(length) = upload.first() {
//!         upload = upload.get(usize::from(*length) + 1..).unwrap_or(upload); // red: main.records_end
//!         count += 1;
//!     }
//!     count
//! }
//! ```
//!
//! ## How it is checked
//! The target is called with many values, in a process of its own that is watched from outside.
//! Among them are those that make code go round: of the first cases that went well numbers become huge, one at a time, and parts are repeated and nested, up to a kilobyte, for work that merely grows with its input is no hang.
//! A call that takes more processor time than `within` says, or waits for something for that long, is stopped and made again alone; only if it takes as long then is it red.
//! Processor time is what counts, so that a machine with too much to do makes no call overdue.
//! The input is made as small as possible while the call is overdue, and the smallest is once more given the whole time.
//!
//! ## What it cannot see
//! A loop that ends after `within`, from one that never does: both are red.
//! Time in a test is that of the build it runs in: code that is not optimized takes many times longer, so `within` has to leave room for that.
//! How time grows with the size of the input is the business of `bounded_time`.
//!
//! ## References
//! - CWE-835, loop with unreachable exit condition: <https://cwe.mitre.org/data/definitions/835.html>
//! - CWE-400, uncontrolled resource consumption: <https://cwe.mitre.org/data/definitions/400.html>

use std::collections::BTreeSet;
use std::time::Duration;

use constraints_wire::Witness;
use proc_macro2::Span;
use syn::{LitInt, parse_quote};

use super::lowering::{RESULT, function, late_when, on_values, refusal, until_called_via, waits_for_result};
use super::{Body, Kind, OracleCall, Sense, Via};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, Shape, Spanned, Status, Subject};
use crate::resolve::Bound;

/// Every call comes back.
#[derive(Debug)]
pub(super) struct Terminates;

/// The time a call has where the declaration does not say.
const WITHIN: Duration = Duration::from_secs(5);

impl Kind for Terminates {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "terminates",
            shape: Shape::Measure,
            area: Area::Stability,
            summary: "every call comes back, within a limit",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[Key {
                name: "within",
                shape: KeyShape::Text,
                required: false,
                says: "The processor time that a call may take, such as `2 s` or `500 ms`; five seconds by default.",
            }],
            source: include_str!("terminates.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        function(bound)?;
        let within = bound.constraint.text("within").map_or(Ok(WITHIN), duration)?;
        let milliseconds = LitInt::new(&within.as_millis().to_string(), Span::call_site());
        let is_kept = waits_for_result(bound) || bound.constraint.refusal.must_pass.is_some();
        let via = if is_kept { Via::Attempt } else { Via::Tolerate };
        let mut steps = until_called_via(bound, via, is_kept.then(|| RESULT.to_owned()), &BTreeSet::new());
        if is_kept {
            steps.extend(refusal(bound, RESULT, false));
        }
        steps.extend(late_when(bound));
        let limits = vec![parse_quote!(std::time::Duration::from_millis(#milliseconds))];
        Ok(OracleCall { oracle: "terminates", body: Body::Limited { limits, steps } })
    }

    fn sense(&self, key: &str) -> Sense {
        if key == "within" { Sense::Less } else { Sense::Same }
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("does not come back in time", witness)
    }
}

/// Units of time, and how many milliseconds each has.
const UNITS: [(&str, f64); 4] = [("ms", 1.0), ("s", 1e3), ("min", 6e4), ("h", 3.6e6)];

/// The longest limit that can be waited for in a test.
const LONGEST: Duration = Duration::from_mins(1);

/// Reads `2 s`.
fn duration(text: &Spanned<String>) -> Result<Duration, Fault> {
    let said = text.value.trim();
    let unit = said.trim_start_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, '.' | '_'));
    let number = said[..said.len() - unit.len()].replace('_', "");
    let unit = UNITS.iter().find(|(name, _)| *name == unit.trim());
    let read = unit.zip(number.parse::<f64>().ok()).map(|((_, each), number)| number * each / 1e3);
    match read.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()) {
        Some(time) if time < Duration::from_millis(1) || time > LONGEST => {
            let message = format!("a call cannot be given `{said}`");
            Err(Fault::error(Code::InvalidValue, text.span, message)
                .help("write a time from `1 ms` to `60 s`: a test waits for it several times"))
        }
        Some(time) => Ok(time),
        None => {
            let message = format!("`{said}` is not a time");
            Err(Fault::error(Code::InvalidValue, text.span, message)
                .help("write a number and a unit, such as `2 s` or `500 ms`"))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{at, example, refused, text};
    use crate::model::KeyValue;
    use crate::resolve::Lend;

    #[test]
    fn a_limit_is_a_time_that_a_test_can_wait_for() {
        let of = |within: &str| {
            let parse = example("terminates", "ends", "parse").argument("text", text(), Lend::Ref);
            refused(&parse.key("within", KeyValue::Text(at(within.to_owned()))))
        };
        for within in ["2 s", "500 ms", "1.5s", "1 min", "1_000 ms", "60 s", "1 ms"] {
            assert_eq!(of(within), "accepted", "{within}");
        }
        insta::assert_snapshot!(of("soon"), @r"
        invalid-value: `soon` is not a time
        help: write a number and a unit, such as `2 s` or `500 ms`
        ");
        insta::assert_snapshot!(of("2 h"), @r"
        invalid-value: a call cannot be given `2 h`
        help: write a time from `1 ms` to `60 s`: a test waits for it several times
        ");
        for within in ["", "s", "2", "2 MiB", "-1 s", "1e999 s", "0 s", "é s"] {
            assert_ne!(of(within), "accepted", "{within}");
        }
    }
}
