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

use constraints_wire::Witness;
use constraints_wire::measure::time;

use super::lowering::{RESULT, function, late_when, on_values, refusal, until_called_via, waits_for_result};
use super::{Body, Kind, Limits, OracleCall, Via};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, Shape, Spanned, Status, Subject};
use crate::resolve::Bound;

/// Every call comes back.
#[derive(Debug)]
pub(super) struct Terminates;

/// Seconds a call has where the declaration does not say.
const WITHIN: f64 = 5.0;

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
                shape: KeyShape::Time,
                required: false,
                says: "The processor time that a call may take, such as `2 s` or `500 ms`; five seconds by default.",
            }],
            source: include_str!("terminates.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        function(bound)?;
        let within = bound.constraint.seconds("within").map_or(Ok(WITHIN), |within| possible(&within))?;
        let is_kept = waits_for_result(bound) || bound.constraint.refusal.must_pass.is_some();
        let via = if is_kept { Via::Attempt } else { Via::Tolerate };
        let mut steps = until_called_via(bound, via, is_kept.then(|| RESULT.to_owned()), &BTreeSet::new());
        if is_kept {
            steps.extend(refusal(bound, RESULT, false));
        }
        steps.extend(late_when(bound));
        let limits = Limits { settings: vec![("within", time(within))], ..Limits::default() };
        Ok(OracleCall { oracle: "terminates", body: Body::Measured { limits, steps } })
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("does not come back in time", witness)
    }
}

/// Seconds of the shortest limit that a process can be watched for.
const SHORTEST: f64 = 1e-3;
/// Seconds of the longest limit that can be waited for in a test.
const LONGEST: f64 = 60.0;

/// A limit that a test can wait for, several times.
fn possible(within: &Spanned<f64>) -> Result<f64, Fault> {
    if (SHORTEST..=LONGEST).contains(&within.value) {
        return Ok(within.value);
    }
    let message = format!("a call cannot be given {}", time(within.value));
    Err(Fault::error(Code::InvalidValue, within.span, message)
        .help("write a time from `1 ms` to `60 s`: a test waits for it several times"))
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{at, example, refused, text};
    use crate::model::KeyValue;
    use crate::resolve::Lend;

    #[test]
    fn a_limit_is_a_time_that_a_test_can_wait_for() {
        let of = |seconds: f64| {
            let parse = example("terminates", "ends", "parse").argument("text", text(), Lend::Ref);
            refused(&parse.key("within", KeyValue::Seconds(at(seconds))))
        };
        for within in [2.0, 0.5, 60.0, 1e-3] {
            assert_eq!(of(within), "accepted", "{within}");
        }
        insta::assert_snapshot!(of(7200.0), @"");
    }
}
