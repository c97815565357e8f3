//! # `injective`
//!
//! ## What it requires
//! Different inputs give different outputs.
//! With several arguments all of them are the input, unless `arg` names the one that is; the others then are the same for both calls.
//! `same` says which inputs count as the same although they are not equal.
//! Where the target refuses an input, nothing is required of it.
//!
//! ## Why it matters
//! Keys of caches, slugs, file names, identifiers and signatures stand for what they were made from.
//! Where two inputs share one, somebody sees what belongs to somebody else.
//!
//! ## Declaration
//! ```toml
//! [constraint.own_cache_entry]
//! says   = "No two questions share an entry of the cache"
//! kind   = "injective"
//! target = "crate::cache_key"
//! ```
//!
//! ## Holds
//! ```rust
//! pub fn cache_key(user: &str, question: &str) -> String {
//!     format!("{}:{user}{question}", user.len())
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn cache_key(user: &str, question: &str) -> String {
//!     format!("{user}{question}") // red: main.own_cache_entry
//! }
//! ```
//!
//! ## How it is checked
//! Two inputs are generated, the second near the first: written in another case or with other separators, with a part moved from one argument into the next, with one step more.
//! The target is called with both, and unless the inputs are equal, or `same` says that they count as such, the outputs have to differ.
//!
//! ## What it cannot see
//! Collisions that are rare by nature: those of a hash of 64 bits will not be found.
//! Inputs that look the same to people but are different; nothing is wrong with different outputs for them.
//!
//! ## References
//! - CWE-694, use of multiple resources with duplicate identifier: <https://cwe.mitre.org/data/definitions/694.html>
//! - CWE-349, acceptance of extraneous untrusted data with trusted data, as in cache poisoning: <https://cwe.mitre.org/data/definitions/349.html>

use std::collections::BTreeSet;

use constraints_wire::Witness;
use syn::{Expr, parse_quote};

use super::lowering::{
    answered, calling, compared, fresh, ident, late_when, on_values, until_called, variable, waits_for_result,
};
use super::rename::renamed;
use super::{Body, Call, Kind, OracleCall, Show, Step, Via};
use crate::model::{About, Area, Fault, Key, KeyShape, Shape, Status, Subject};
use crate::resolve::{Bound, Function, Returns};

/// Different inputs give different outputs.
#[derive(Debug)]
pub(super) struct Injective;

impl Kind for Injective {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "injective",
            shape: Shape::Property,
            area: Area::Correctness,
            summary: "different inputs give different outputs",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[
                Key {
                    name: "arg",
                    shape: KeyShape::Text,
                    required: false,
                    says: "The argument that is the input, where the others have to be the same for both calls.",
                },
                Key {
                    name: "same",
                    shape: KeyShape::ExpressionOver(&["a", "b"]),
                    required: false,
                    says: "Which inputs count as the same: Rust over `a` and `b`, which refer to the two inputs, or to tuples of references where there are several arguments.",
                },
            ],
            source: include_str!("injective.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let target = answered(bound)?;
        let inputs = inputs(bound, target)?;
        let others: Vec<(String, String)> =
            inputs.iter().map(|name| (name.clone(), fresh(bound, &format!("other_{name}")))).collect();
        let [result, other_result] = ["result", "other_result"].map(|name| fresh(bound, name));
        let all: BTreeSet<String> = bound.values.iter().map(|value| value.name.clone()).collect();
        let mut steps = until_called(bound, Some(result.clone()), &all);
        let call = steps.pop();
        steps.push(Step::Resemble(inputs));
        steps.extend(again(bound, &others));
        steps.extend(call);
        steps.push(second_call(bound, target, &others, other_result.clone()));
        if let Some(refused) = &bound.refused {
            let other = renamed(refused, &[(result.clone(), other_result.clone())]);
            steps.extend([refused.clone(), other].map(Step::Refused));
        } else if bound.call.is_none() && matches!(target.returns, Returns::Option | Returns::Result) {
            steps.extend([&result, &other_result].map(|name| Step::Accepted(name.clone())));
        }
        steps.extend(late_when(bound));
        let (one, other) = (ident(&result), ident(&other_result));
        let arguments = vec![same(bound, &others), parse_quote!(#one != #other)];
        steps.push(Step::State {
            method: "told_apart",
            arguments,
            show: Show::Value(Box::new(variable(&result))),
        });
        Ok(OracleCall { oracle: "injective", body: Body::Cases(steps) })
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("gives two inputs the same output", witness)
    }
}

/// The names of the values that make up an input.
fn inputs(bound: &Bound<'_>, target: &Function) -> Result<Vec<String>, Fault> {
    if bound.constraint.text("arg").is_some() {
        return Ok(vec![compared(bound, target)?.1]);
    }
    if bound.call.is_some() {
        return Ok(bound.values.iter().map(|value| value.name.clone()).collect());
    }
    if target.parameters.is_empty() {
        compared(bound, target)?;
    }
    Ok(target.parameters.iter().map(|parameter| parameter.name.clone()).collect())
}

/// Draws the second input, and has it satisfy the precondition as well.
fn again(bound: &Bound<'_>, others: &[(String, String)]) -> Vec<Step> {
    let draw = |(name, other): &(String, String)| {
        let value = bound.values.iter().find(|value| value.name == *name)?;
        let (name, recipe) = (other.clone(), value.recipe.clone());
        Some(Step::Draw { name, recipe, input: value.input.clone(), mutable: false })
    };
    let when = bound.when.as_ref().filter(|_| !waits_for_result(bound));
    let when = when.map(|when| Step::When(renamed(when, others)));
    others.iter().filter_map(draw).chain(when).collect()
}

fn second_call(bound: &Bound<'_>, target: &Function, others: &[(String, String)], bind: String) -> Step {
    let via = Via::Helper("second call");
    if let Some(call) = &bound.call {
        let call = Call::Expression(renamed(call, others));
        return Step::Call { bind: Some(bind), via, call, is_async: target.is_async };
    }
    let other = |name: &String| {
        let found = others.iter().find(|(it, _)| it == name);
        found.map_or_else(|| name.clone(), |(_, other)| other.clone())
    };
    let names: Vec<String> = target.parameters.iter().map(|it| other(&it.name)).collect();
    let later = others.iter().map(|(_, other)| other.clone()).collect();
    calling(bound, via, Some(bind), target, &names, &later)
}

/// Whether the two inputs are the same.
fn same(bound: &Bound<'_>, others: &[(String, String)]) -> Expr {
    let names: Vec<_> = others.iter().map(|(name, other)| (ident(name), ident(other))).collect();
    let side = |names: Vec<&syn::Ident>| -> Expr {
        match &names[..] {
            [only] => parse_quote!(&#only),
            all => parse_quote!((#(&#all),*)),
        }
    };
    let (one, other) =
        (side(names.iter().map(|it| &it.0).collect()), side(names.iter().map(|it| &it.1).collect()));
    match bound.expression("same") {
        Some(same) => parse_quote!({
            let (a, b) = (#one, #other);
            #same
        }),
        None => parse_quote!(#one == #other),
    }
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{Example, at, example, refused, text};
    use crate::model::KeyValue;
    use crate::resolve::{Lend, Returns};

    fn key() -> Example {
        example("injective", "own", "key").argument("user", text(), Lend::Ref).argument(
            "path",
            text(),
            Lend::Move,
        )
    }

    #[test]
    fn the_input_is_all_arguments_or_the_one_that_is_named() {
        assert_eq!(refused(&key()), "accepted");
        assert_eq!(refused(&key().key("arg", KeyValue::Text(at("path".into())))), "accepted");
        insta::assert_snapshot!(refused(&key().key("arg", KeyValue::Text(at("name".into())))), @r"
        unknown-argument: `name` is not an argument
        help: the arguments are `user`, `path`
        ");
    }

    #[test]
    fn there_has_to_be_an_input_and_an_output() {
        insta::assert_snapshot!(refused(&example("injective", "own", "now")), @"invalid-value: the target takes no argument, so there is nothing to compare with");
        insta::assert_snapshot!(refused(&key().returns(Returns::Unit)), @r#"
        wrong-target: the target gives no answer that could be judged
        help: make the call with `call = "Rust"`, which gives the answer
        "#);
    }
}
