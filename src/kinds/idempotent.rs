//! # `idempotent`
//!
//! ## What it requires
//! Doing it twice is doing it once: the target, applied to its own result, gives that result again.
//! Where the target refuses a value, nothing is required of it; its own result it must not refuse.
//!
//! ## Why it matters
//! What cleans, normalizes or escapes is sooner or later applied to what was cleaned before.
//! If the second pass changes something, stored data drifts, and what one check let through is not what the next one sees.
//!
//! ## Declaration
//! ```toml
//! [constraint.relative_once]
//! says   = "A relative path is relative: making it so again changes nothing"
//! kind   = "idempotent"
//! target = "crate::relative"
//! ```
//!
//! ## Holds
//! ```rust
//! pub fn relative(path: &str) -> &str {
//!     path.trim_start_matches('/')
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn relative(path: &str) -> &str {
//!     path.strip_prefix('/').unwrap_or(path) // red: main.relative_once
//! }
//! ```
//!
//! ## How it is checked
//! The target is called with generated arguments; an `Err` or `None` ends the case.
//! It is called again with its result in place of the first argument, and has to give an equal result.
//! With several arguments, `arg` names the one that the result takes the place of; the others stay the same.
//!
//! ## What it cannot see
//! Whether the result is right: a function that always gives the same is idempotent.
//! Changes to the outside world, such as a row inserted twice.
//!
//! ## References
//! - Scott Wlaschin, "Choosing properties", the more things change: <https://fsharpforfunandprofit.com/posts/property-based-testing-2/>
//! - CWE-182, collapse of data into unsafe value: <https://cwe.mitre.org/data/definitions/182.html>

use std::collections::BTreeSet;

use constraints_wire::Witness;
use syn::parse_quote;

use super::lowering::{
    calling, compared, fresh, function, function_called, ident, late_when, mentioned, on_values, refusal,
    returned, until_called, variable,
};
use super::{Body, Call, Kind, OracleCall, Step, Via};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, Shape, Status, Subject};
use crate::resolve::{Bound, Function, Returns};

/// The target, applied to its own result, gives that result.
#[derive(Debug)]
pub(super) struct Idempotent;

impl Kind for Idempotent {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "idempotent",
            shape: Shape::Property,
            area: Area::Correctness,
            summary: "applying the target to its own result changes nothing",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[Key {
                name: "arg",
                shape: KeyShape::Text,
                required: false,
                says: "The argument that the result takes the place of, where the target takes several.",
            }],
            source: include_str!("idempotent.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let target = function(bound)?;
        let (result, again) = (fresh(bound, "result"), fresh(bound, "again"));
        let second = Via::Helper("second call");
        // Only the result is looked at after the second call.
        let later = BTreeSet::from([result.clone()]);
        let (twice, used_again) = match &bound.call {
            None => {
                let at = replaced(bound, target)?;
                let mut names: Vec<String> =
                    target.parameters.iter().map(|parameter| parameter.name.clone()).collect();
                names[at].clone_from(&result);
                let used_again = names.iter().cloned().collect();
                (calling(bound, second, Some(again.clone()), target, &names, &later), used_again)
            }
            Some(call) => {
                let (_, name) = compared(bound, target)?;
                let (replaced, result) = (ident(&name), ident(&result));
                let mut used_again = mentioned(call);
                used_again.remove(&name);
                let call = Call::Expression(parse_quote!({ let #replaced = #result.clone(); #call }));
                let is_async = function_called(bound).is_some_and(|function| function.is_async);
                (Step::Call { bind: Some(again.clone()), via: second, call, is_async }, used_again)
            }
        };
        let mut steps = until_called(bound, Some(result.clone()), &used_again);
        steps.extend(refusal(bound, &result, true));
        steps.extend(late_when(bound));
        steps.push(twice);
        let (again_name, result_name) = (ident(&again), ident(&result));
        let holds = match returned(bound) {
            Returns::Result => parse_quote!(#again_name.as_ref().is_ok_and(|it| *it == #result_name)),
            Returns::Option => parse_quote!(#again_name.as_ref().is_some_and(|it| *it == #result_name)),
            Returns::Plain | Returns::Unit => parse_quote!(#again_name == #result_name),
        };
        let what = "twice is the same as once";
        steps.push(Step::Same { what, holds, left: variable(&again), right: variable(&result) });
        Ok(OracleCall { oracle: "idempotent", body: Body::Cases(steps) })
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("changes its own result", witness)
    }
}

/// Position of the parameter that the result takes the place of.
fn replaced(bound: &Bound<'_>, target: &Function) -> Result<usize, Fault> {
    let span = bound.constraint.target.span;
    if target.returns == Returns::Unit {
        return Err(Fault::error(
            Code::WrongTarget,
            span,
            "the target returns nothing that it could be applied to",
        )
        .help("wrap it in a function of `constraints/support.rs` that gives the changed value back"));
    }
    Ok(compared(bound, target)?.0)
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{example, refused, text};
    use crate::resolve::{Lend, Returns};

    #[test]
    fn idempotent_needs_a_result() {
        let unit = example("idempotent", "once", "clean")
            .argument("text", text(), Lend::RefMut)
            .returns(Returns::Unit);
        insta::assert_snapshot!(refused(&unit), @"
        wrong-target: the target returns nothing that it could be applied to
        help: wrap it in a function of `constraints/support.rs` that gives the changed value back
        ");
    }
}
