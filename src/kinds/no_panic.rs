//! # `no_panic`
//!
//! ## What it requires
//! No input makes the target panic.
//! A returned error or `None` is a fine answer; only a panic, an abort or a stack overflow is red.
//!
//! ## Why it matters
//! A panic ends the request, the thread or, where panics abort, the whole service.
//! Whoever can choose the input can then switch the service off.
//!
//! ## Declaration
//! ```toml
//! [constraint.first_word_total]
//! says   = "Any line gives its first word, whatever a visitor types"
//! kind   = "no_panic"
//! target = "crate::first_word"
//! ```
//!
//! ## Holds
//! ```rust
//! pub fn first_word(line: &str) -> &str {
//!     line.split(' ').next().unwrap_or(line)
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn first_word(line: &str) -> &str {
//!     line.split_whitespace().next().unwrap() // red: main.first_word_total
//! }
//! ```
//!
//! ## How it is checked
//! The target is called with many values made from the types of its parameters, from the samples given for them,
//! from the literals in the sources, and from values known to be hostile.
//! The first input that makes it panic is made as small as possible and shown.
//!
//! ## What it cannot see
//! A panic that needs an input nobody would find by chance and that no sample comes near; give samples with `like`.
//! A panic in another thread that the target does not join.
//!
//! ## References
//! - CWE-248, uncaught exception: <https://cwe.mitre.org/data/definitions/248.html>
//! - CWE-617, reachable assertion: <https://cwe.mitre.org/data/definitions/617.html>

use std::collections::BTreeSet;

use constraints_wire::Witness;

use super::lowering::{RESULT, function, late_when, on_values, refusal, until_called, waits_for_result};
use super::{Body, Kind, OracleCall};
use crate::model::{About, Area, Code, Fault, Shape, Status, Subject};
use crate::resolve::Bound;

/// Nothing that is passed in makes the target panic.
#[derive(Debug)]
pub(super) struct NoPanic;

impl Kind for NoPanic {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "no_panic",
            shape: Shape::Property,
            area: Area::Stability,
            summary: "no input makes the target panic",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[],
            source: include_str!("no_panic.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        function(bound)?;
        let said = &bound.constraint.refusal;
        if let Some(panics) = &said.panics {
            let message = "a panic is what `no_panic` is about, so it cannot be anything else here";
            return Err(Fault::error(Code::InvalidValue, panics.span, message)
                .help("take out `panics`, or state what has to be true with another kind"));
        }
        if let (Some(refused), None) = (&bound.constraint.refusal.refused, said.must_pass) {
            let message = "a refusal is a fine answer for `no_panic`, so what counts as one changes nothing";
            return Err(Fault::error(Code::InvalidValue, refused.span, message)
                .help("take out `refused`, or add `must_pass = true`"));
        }
        let is_kept = waits_for_result(bound) || said.must_pass.is_some();
        let mut steps = until_called(bound, is_kept.then(|| RESULT.to_owned()), &BTreeSet::new());
        if is_kept {
            steps.extend(refusal(bound, RESULT, false));
        }
        steps.extend(late_when(bound));
        Ok(OracleCall { oracle: "no_panic", body: Body::Cases(steps) })
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("panics", witness)
    }
}
