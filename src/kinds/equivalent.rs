//! # `equivalent`
//!
//! ## What it requires
//! The target gives what a reference gives, for every input.
//! Where both return a `Result`, they have to agree on which inputs are refused, not on the error.
//!
//! ## Why it matters
//! Fast code replaces simple code, and a new version the old one.
//! Whatever the two disagree on is a bug of one of them that nobody had to think of beforehand.
//!
//! ## Declaration
//! ```toml
//! [constraint.same_as_plain]
//! says      = "Counting by machine words finds the same bits as counting one by one"
//! kind      = "equivalent"
//! target    = "crate::count"
//! reference = "crate::count_plain"
//! ```
//!
//! ## Holds
//! ```rust
//! pub fn count(bytes: &[u8]) -> u32 {
//!     let (words, rest) = bytes.split_at(bytes.len() / 8 * 8);
//!     let ones = |bytes: &[u8]| bytes.iter().map(|byte| byte.count_ones()).sum::<u32>();
//!     words.chunks_exact(8).map(ones).sum::<u32>() + ones(rest)
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn count(bytes: &[u8]) -> u32 {
//!     let (words, rest) = bytes.split_at(bytes.len() / 8); // red: main.same_as_plain
//!     let ones = |bytes: &[u8]| bytes.iter().map(|byte| byte.count_ones()).sum::<u32>();
//!     words.chunks_exact(8).map(ones).sum::<u32>() + ones(rest)
//! }
//! ```
//!
//! ## How it is checked
//! Both are called with the same generated arguments, in the same order, and the results compared with `==`.
//! A panic in either is red; with `panics = "refuse"` it is the answer that there is none, of the reference as well.
//!
//! ## What it cannot see
//! A mistake that both make.
//! What they do besides returning a value, and values that a `&mut` argument is left with.
//! Floats that are not a number are never equal.
//!
//! ## References
//! - "Differential Testing for Software", Digital Technical Journal 10 (1998): <https://www.cs.swarthmore.edu/~bylvisa1/cs97/f13/Papers/DifferentialTestingForSoftware.pdf>
//! - CWE-682, incorrect calculation: <https://cwe.mitre.org/data/definitions/682.html>

use constraints_wire::Witness;
use syn::{Expr, Ident, parse_quote};

use super::lowering::{
    calling, fresh, function, ident, late_when, on_values, passed, refusal, returned, until_called, variable,
};
use super::{Body, Kind, OracleCall, Step, Via};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, Panics, Shape, Status, Subject};
use crate::resolve::{Bound, Function, Returns};

/// The target gives what a reference gives.
#[derive(Debug)]
pub(super) struct Equivalent;

impl Kind for Equivalent {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "equivalent",
            shape: Shape::Property,
            area: Area::Correctness,
            summary: "the target gives what a reference gives",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[Key {
                name: "reference",
                shape: KeyShape::Path,
                required: true,
                says: "The function that is known to be right; it takes the same arguments.",
            }],
            source: include_str!("equivalent.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let target = function(bound)?;
        let Some(reference) = bound.function("reference") else {
            return Err(Fault::error(
                Code::MissingKey,
                bound.constraint.id.span,
                "a comparison needs `reference`",
            ));
        };
        let names = arguments(bound, target, reference)?;
        let (result, expected) = (fresh(bound, "result"), fresh(bound, "expected"));
        let mut steps = until_called(bound, Some(result.clone()), &names.iter().cloned().collect());
        // Where a panic is a refusal, the reference has to refuse as well: so the case goes on without an answer.
        let said = &bound.constraint.refusal;
        let may_be_nothing = said.panics.as_ref().is_some_and(|panics| panics.value == Panics::Refuse);
        if let (true, Some(Step::Call { via, .. })) = (may_be_nothing, steps.last_mut()) {
            *via = Via::Tolerate;
        }
        // Both may refuse, and then have to do so alike; only what is declared to be a refusal ends the case.
        let ends = bound.refused.clone().map(Step::Refused);
        steps.extend(ends.map_or_else(|| refusal(bound, &result, false), |ends| vec![ends]));
        steps.extend(late_when(bound));
        let later = std::collections::BTreeSet::new();
        let helper = if may_be_nothing { Via::Refusing("reference") } else { Via::Helper("reference") };
        steps.push(calling(bound, helper, Some(expected.clone()), reference, &names, &later));
        let (result_name, expected_name) = (ident(&result), ident(&expected));
        let both_refuse = returned(bound) == Returns::Result && reference.returns == Returns::Result;
        let holds = if may_be_nothing {
            let inside = |name: &Ident, returns: Returns| -> Expr {
                match returns {
                    Returns::Plain | Returns::Unit => parse_quote!(#name.as_ref()),
                    Returns::Option => parse_quote!(#name.as_ref().and_then(|it| it.as_ref())),
                    Returns::Result => parse_quote!(#name.as_ref().and_then(|it| it.as_ref().ok())),
                }
            };
            let answer = inside(&result_name, returned(bound));
            let wanted = inside(&expected_name, reference.returns);
            parse_quote!(#answer == #wanted)
        } else if both_refuse {
            parse_quote!(#result_name.as_ref().ok() == #expected_name.as_ref().ok())
        } else {
            parse_quote!(#result_name == #expected_name)
        };
        let what = "the target gives what the reference gives";
        steps.push(Step::Same { what, holds, left: variable(&result), right: variable(&expected) });
        Ok(OracleCall { oracle: "equivalent", body: Body::Cases(steps) })
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("differs from its reference", witness)
    }
}

/// What the reference is called with: the arguments of the target, or with a `call` of the user's the values in order.
fn arguments(bound: &Bound<'_>, target: &Function, reference: &Function) -> Result<Vec<String>, Fault> {
    let names: Vec<String> = if bound.call.is_some() {
        passed(bound).map(str::to_owned).collect()
    } else {
        target.parameters.iter().map(|parameter| parameter.name.clone()).collect()
    };
    if names.len() == reference.parameters.len() {
        return Ok(names);
    }
    let span = bound.constraint.text("reference").map_or(bound.constraint.id.span, |text| text.span);
    let (takes, given) = (reference.parameters.len(), names.len());
    Err(Fault::error(
        Code::WrongTarget,
        span,
        format!("the reference takes {takes} arguments, the target {given}"),
    )
    .help("wrap it in a function of `constraints/support.rs` that takes the same arguments"))
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{example, function, refused, text};
    use crate::resolve::{Lend, Returns};

    #[test]
    fn a_reference_takes_as_many_arguments_as_the_target() {
        let fewer = example("equivalent", "same", "fast")
            .argument("text", text(), Lend::Ref)
            .path("reference", function("app::slow", &[], Returns::Plain));
        insta::assert_snapshot!(refused(&fewer), @"
        wrong-target: the reference takes 0 arguments, the target 1
        help: wrap it in a function of `constraints/support.rs` that takes the same arguments
        ");
    }
}
