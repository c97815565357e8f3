//! # `accepts`
//!
//! ## What it requires
//! The target accepts every value that the declaration says it has to accept.
//! `Err`, `None` and `false` are refusals; `refused` says what else is.
//! Arguments that are not declared may be anything.
//!
//! ## Why it matters
//! Refusing everything is the cheapest way to be safe, and the easiest to overlook: no test for attacks notices it.
//! The values a program lives from have to get through, today and after the next fix.
//!
//! ## Declaration
//! ```toml
//! [constraint.ports_are_taken]
//! says      = "Every port that a server may listen on is taken"
//! kind      = "accepts"
//! target    = "crate::port"
//! args.text = { like = ["80", "443", "8080", "65535"] }
//! ```
//!
//! ## Holds
//! ```rust
//! pub fn port(text: &str) -> Option<u16> {
//!     text.parse().ok().filter(|port| *port > 0)
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn port(text: &str) -> Option<u16> {
//!     text.parse::<i16>().ok()?.try_into().ok().filter(|port| *port > 0) // red: main.ports_are_taken
//! }
//! ```
//!
//! ## How it is checked
//! Every sample is passed as it is, then values of the declared shapes, in any combination; nothing hostile is mixed in, and no sample is changed.
//! Where there are several declared arguments, the first samples of each are tried together, then the second ones, and so on.
//!
//! ## What it cannot see
//! Whether the answer is right: a `law` says that.
//! Valid values that are not like any that was declared.
//!
//! ## References
//! - CWE-1286, improper validation of syntactic correctness of input: <https://cwe.mitre.org/data/definitions/1286.html>
//! - Postel's law, RFC 1122, section 1.2.2: <https://www.rfc-editor.org/rfc/rfc1122#section-1.2.2>

use std::collections::BTreeSet;

use constraints_wire::Witness;
use syn::parse_quote;

use super::lowering::{answered, fresh, ident, late_when, on_values, until_called, variable};
use super::{Body, Kind, OracleCall, Show, Stance, Step};
use crate::model::{About, Area, Fault, Shape, Status, Subject};
use crate::resolve::Bound;

/// The target accepts what it has to accept.
#[derive(Debug)]
pub(super) struct Accepts;

impl Kind for Accepts {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "accepts",
            shape: Shape::Property,
            area: Area::Correctness,
            summary: "the target accepts every declared value",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[],
            source: include_str!("accepts.rs"),
        };
        &ABOUT
    }

    fn stance(&self) -> Option<Stance> {
        Some(Stance::Accepts)
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        stated(bound, "accepts")
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("is refused", witness)
    }
}

/// A test that says of each answer whether it is no refusal, by the oracle and the statement of this name.
pub(super) fn stated(bound: &Bound<'_>, name: &'static str) -> Result<OracleCall, Fault> {
    answered(bound)?;
    let result = fresh(bound, "result");
    let mut steps = until_called(bound, Some(result.clone()), &BTreeSet::new());
    steps.extend(late_when(bound));
    let (answer, show) = (ident(&result), Show::Value(Box::new(variable(&result))));
    let judged = match &bound.refused {
        Some(refused) => parse_quote!(&!(#refused)),
        None => parse_quote!(&#answer),
    };
    steps.push(Step::State { method: name, arguments: vec![judged], show });
    Ok(OracleCall { oracle: name, body: Body::Cases(steps) })
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{example, refused, text};
    use crate::resolve::{Lend, Returns};

    #[test]
    fn a_target_that_answers_nothing_is_refused() {
        let silent =
            example("accepts", "silent", "set").argument("text", text(), Lend::Ref).returns(Returns::Unit);
        insta::assert_snapshot!(refused(&silent), @r#"
        wrong-target: the target gives no answer that could be judged
        help: make the call with `call = "Rust"`, which gives the answer
        "#);
        let plain = example("accepts", "plain", "parse").argument("text", text(), Lend::Ref);
        assert_eq!(refused(&plain), "accepted");
    }
}
