//! # `round_trip`
//!
//! ## What it requires
//! The inverse gives back what went into the target: `inverse(target(value)) == value`.
//! Where the target refuses a value, nothing is required of it; the inverse must refuse nothing that the target made.
//!
//! ## Why it matters
//! What is written today has to be read tomorrow.
//! An encoder and a decoder that disagree lose data silently, or let a value pass one check and arrive as another.
//!
//! ## Declaration
//! ```toml
//! [constraint.field_comes_back]
//! says    = "A field that was quoted for the file reads back unchanged"
//! kind    = "round_trip"
//! target  = "crate::quote"
//! inverse = "crate::unquote"
//! ```
//!
//! ## Holds
//! ```rust
//! pub fn quote(field: &str) -> String {
//!     format!("\"{}\"", field.replace('"', "\"\""))
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn quote(field: &str) -> String {
//!     format!("\"{field}\"") // red: main.field_comes_back
//! }
//! ```
//!
//! ## How it is checked
//! A value is generated and the target called with it; an `Err` or `None` ends the case.
//! The inverse is called with the result, and has to give a value equal to the first.
//! With several arguments, `arg` names the one that has to come back.
//!
//! ## What it cannot see
//! Values that are equal by `==` and still differ.
//! Whether two values are written alike: that is another requirement.
//! A float that is not a number never equals itself, so it never comes back.
//!
//! ## References
//! - Scott Wlaschin, "Choosing properties", there and back again: <https://fsharpforfunandprofit.com/posts/property-based-testing-2/>
//! - CWE-116, improper encoding or escaping of output: <https://cwe.mitre.org/data/definitions/116.html>

use std::collections::BTreeSet;

use constraints_wire::Witness;
use syn::parse_quote;

use super::lowering::{
    calling, compared, fresh, function, ident, late_when, on_values, refusal, see, until_called, variable,
};
use super::{Body, Kind, OracleCall, Step, Via};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, Shape, Status, Subject};
use crate::resolve::{Bound, Returns};

/// An inverse gives back what went in.
#[derive(Debug)]
pub(super) struct RoundTrip;

impl Kind for RoundTrip {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "round_trip",
            shape: Shape::Property,
            area: Area::Correctness,
            summary: "an inverse gives back what went into the target",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[
                Key {
                    name: "inverse",
                    shape: KeyShape::Path,
                    required: true,
                    says: "The function that undoes the target; it takes what the target gives.",
                },
                Key {
                    name: "arg",
                    shape: KeyShape::Text,
                    required: false,
                    says: "The argument that comes back, where the target takes several.",
                },
            ],
            source: include_str!("round_trip.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let target = function(bound)?;
        let Some(inverse) = bound.function("inverse") else {
            return Err(Fault::error(
                Code::MissingKey,
                bound.constraint.id.span,
                "a round trip needs `inverse`",
            ));
        };
        if inverse.parameters.len() != 1 {
            let span = bound.constraint.text("inverse").map_or(bound.constraint.id.span, |text| text.span);
            return Err(Fault::error(
                Code::WrongTarget,
                span,
                "the inverse has to take exactly one argument",
            )
            .help("wrap it in a function of `constraints/support.rs` that takes what the target gives"));
        }
        let (_, value) = compared(bound, target)?;
        let (result, back) = (fresh(bound, "result"), fresh(bound, "back"));
        let mut steps = until_called(bound, Some(result.clone()), &BTreeSet::from([value.clone()]));
        steps.extend(refusal(bound, &result, true));
        steps.extend(late_when(bound));
        steps.push(see(&result));
        let again = Via::Helper("inverse");
        steps.push(calling(bound, again, Some(back.clone()), inverse, &[result], &BTreeSet::new()));
        let (back_name, value_name) = (ident(&back), ident(&value));
        let holds = match inverse.returns {
            Returns::Result => parse_quote!(#back_name.as_ref().is_ok_and(|it| *it == #value_name)),
            Returns::Option => parse_quote!(#back_name.as_ref().is_some_and(|it| *it == #value_name)),
            Returns::Plain | Returns::Unit => parse_quote!(#back_name == #value_name),
        };
        let what = "what comes back is what went in";
        steps.push(Step::Same { what, holds, left: variable(&back), right: variable(&value) });
        Ok(OracleCall { oracle: "round_trip", body: Body::Cases(steps) })
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("does not come back", witness)
    }
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{at, example, function, refused, text};
    use crate::model::KeyValue;
    use crate::resolve::{Lend, Returns};

    #[test]
    fn round_trip_of_several_arguments_asks_which_one() {
        let one = |name: &str| {
            example("round_trip", "comes_back", "encode")
                .argument("text", text(), Lend::Ref)
                .argument(name, text(), Lend::Ref)
                .path("inverse", function("app::decode", &[Lend::Ref], Returns::Plain))
        };
        insta::assert_snapshot!(refused(&one("key")), @"
        invalid-value: the target takes several arguments, and the declaration does not say which one is compared
        help: add `arg = \"NAME\"` with one of `text`, `key`
        ");
        insta::assert_snapshot!(refused(&one("key").key("arg", KeyValue::Text(at("txt".into())))), @"
        unknown-argument: `txt` is not an argument
        help: the arguments are `text`, `key`
        ");
        assert_eq!(refused(&one("key").key("arg", KeyValue::Text(at("key".into())))), "accepted");
    }

    #[test]
    fn round_trip_needs_something_to_compare_with_and_an_inverse_of_one_argument() {
        let none = example("round_trip", "comes_back", "encode")
            .path("inverse", function("app::decode", &[Lend::Ref], Returns::Plain));
        insta::assert_snapshot!(refused(&none), @"invalid-value: the target takes no argument, so there is nothing to compare with");
        let two = example("round_trip", "comes_back", "encode")
            .argument("text", text(), Lend::Ref)
            .path("inverse", function("app::decode", &[Lend::Ref, Lend::Ref], Returns::Plain));
        insta::assert_snapshot!(refused(&two), @"
        wrong-target: the inverse has to take exactly one argument
        help: wrap it in a function of `constraints/support.rs` that takes what the target gives
        ");
    }
}
