//! # `algebra`
//!
//! ## What it requires
//! An operation, a function whose first two parameters are its operands, keeps the laws that `laws` names:
//! `associative`, (a·b)·c = a·(b·c); `commutative`, a·b = b·a; `idempotent`, a·a = a;
//! `identity`, e·a = a·e = a for the value `identity`; `absorbing`, z·a = a·z = z for the value `zero`;
//! `distributive`, a·(b + c) = a·b + a·c and the same from the right, for the function `over`.
//! Where the operation refuses, the laws require nothing.
//! A `&mut` first operand holds the outcome afterwards, as in `fn merge(&mut self, other: &Self)`.
//!
//! ## Why it matters
//! What is summed, merged or combined in parts, in parallel or in the order of arrival gives one answer only if these laws hold.
//! Sums that saturate, averages of averages and merges in which the last one wins break them for few inputs.
//!
//! ## Declaration
//! ```toml
//! [constraint.sums_in_any_order]
//! says     = "Amounts add up to the same, in whatever order they are booked"
//! kind     = "algebra"
//! target   = "crate::add"
//! laws     = ["associative", "commutative", "identity"]
//! identity = "0"
//! ```
//!
//! ## Holds
//! ```rust
//! pub fn add(left: i32, right: i32) -> Option<i32> {
//!     left.checked_add(right)
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn add(left: i32, right: i32) -> Option<i32> {
//!     Some(left.saturating_add(right)) // red: main.sums_in_any_order
//! }
//! ```
//!
//! ## How it is checked
//! Operands are generated, now and then near each other, the law is written out with the operation in place of the dot, and both sides have to be equal; what is not equal to itself, as NaN, is equal to its like.
//! `same` says when the two sides, `left` and `right`, count as equal, as for floats within a tolerance.
//! Further parameters are the same in every step.
//!
//! ## What it cannot see
//! Laws that were not named.
//! Operations whose operands have different types keep the law of commutativity alone, if any.
//!
//! ## References
//! - Commutative replicated data types: <https://inria.hal.science/inria-00555588>
//! - John Hughes, "How to Specify It!": <https://research.chalmers.se/publication/517894>

use constraints_wire::Witness;
use syn::{Expr, Ident, parse_quote};

use super::lowering::{draws, fresh, function, ident, late_when, on_values};
use super::{Body, Kind, OracleCall, Sense, Show, Step, is_copy};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, Shape, Status, Subject};
use crate::resolve::{Bound, Function, Lend, Returns, Value};

/// An operation keeps the laws that are named.
#[derive(Debug)]
pub(super) struct Algebra;

impl Kind for Algebra {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "algebra",
            shape: Shape::Property,
            area: Area::Correctness,
            summary: "an operation is associative, commutative, idempotent, has an identity, as it says",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[
                Key {
                    name: "laws",
                    shape: KeyShape::Words,
                    required: true,
                    says: "The laws: `associative`, `commutative`, `idempotent`, `identity`, `absorbing`, `distributive`.",
                },
                Key {
                    name: "identity",
                    shape: KeyShape::Expression,
                    required: false,
                    says: "The value that changes nothing, for the law `identity`.",
                },
                Key {
                    name: "zero",
                    shape: KeyShape::Expression,
                    required: false,
                    says: "The value that takes all others in, for the law `absorbing`.",
                },
                Key {
                    name: "over",
                    shape: KeyShape::Path,
                    required: false,
                    says: "The function that the target goes into, for the law `distributive`.",
                },
                Key {
                    name: "same",
                    shape: KeyShape::ExpressionOver(&["left", "right"]),
                    required: false,
                    says: "When two sides are equal: Rust over the references `left` and `right`; `==` by default.",
                },
            ],
            source: include_str!("algebra.rs"),
        };
        &ABOUT
    }

    fn sense(&self, key: &str) -> Sense {
        if key == "laws" { Sense::More } else { Sense::Same }
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let target = function(bound)?;
        let operands = operands(bound, target)?;
        let third = fresh(bound, "third");
        let names = [operands[0].name.clone(), operands[1].name.clone(), third.clone()];
        let mut steps = Vec::new();
        for step in draws(bound) {
            let is_second = matches!(&step, Step::Draw { name, .. } if *name == names[1]);
            steps.extend(is_second.then(|| Step::Resemble(vec![names[0].clone()])));
            steps.push(step);
        }
        let first = operands[0];
        steps.push(Step::Resemble(vec![names[1].clone()]));
        steps.push(Step::Draw {
            name: third,
            recipe: first.recipe.clone(),
            input: first.input.clone(),
            mutable: false,
        });
        steps.extend(bound.when.clone().filter(|_| late_when(bound).is_none()).map(Step::When));
        let operation = operation(bound, target, operands)?;
        for law in bound.constraint.words("laws") {
            let Some(law) = LAWS.iter().find(|known| known.name == law.value) else {
                let known = LAWS.map(|law| format!("`{}`", law.name)).join(", ");
                let message = format!("there is no law `{}`", law.value);
                return Err(
                    Fault::error(Code::InvalidValue, law.span, message).help(format!("the laws are {known}"))
                );
            };
            steps.push(law.step(bound, &names, &operation)?);
        }
        Ok(OracleCall { oracle: "algebra", body: Body::Cases(steps) })
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("breaks a law", witness)
    }
}

/// A law: its name in declarations, the method of the runtime, how many values it is about, and what else it takes.
struct Law {
    name: &'static str,
    method: &'static str,
    values: usize,
    needs: Option<&'static str>,
}

const LAWS: [Law; 6] = [
    Law { name: "associative", method: "associative", values: 3, needs: None },
    Law { name: "commutative", method: "commutative", values: 2, needs: None },
    Law { name: "idempotent", method: "self_absorbing", values: 1, needs: None },
    Law { name: "identity", method: "identity", values: 1, needs: Some("identity") },
    Law { name: "absorbing", method: "absorbing", values: 1, needs: Some("zero") },
    Law { name: "distributive", method: "distributive", values: 3, needs: Some("over") },
];

impl Law {
    fn step(&self, bound: &Bound<'_>, names: &[String; 3], operation: &Expr) -> Result<Step, Fault> {
        let values: Vec<Ident> = names[..self.values].iter().map(|name| ident(name)).collect();
        let mut arguments: Vec<Expr> = match &values[..] {
            [only] => vec![parse_quote!(&#only)],
            all => vec![parse_quote!([#(&#all),*])],
        };
        let with = match self.needs {
            None => None,
            Some("over") => bound.function("over").map(|over| applied(bound, over)).transpose()?,
            Some(key) => bound.expression(key).map(|value| parse_quote!(&#value)),
        };
        match (self.needs, with) {
            (Some(key), None) => {
                let message = format!("the law `{}` needs `{key}`", self.name);
                return Err(Fault::error(Code::MissingKey, bound.constraint.id.span, message));
            }
            (Some("over"), Some(over)) => arguments.extend([operation.clone(), over]),
            (_, with) => arguments.extend(with.into_iter().chain([operation.clone()])),
        }
        let same = bound.expression("same").cloned();
        let same = same.unwrap_or_else(|| parse_quote!(left == right));
        arguments.push(parse_quote!(|left, right| #same));
        Ok(Step::State { method: self.method, arguments, show: Show::Any })
    }
}

/// The first two values of the operation.
fn operands<'b>(bound: &'b Bound<'_>, target: &Function) -> Result<[&'b Value; 2], Fault> {
    let named = |name: &String| bound.values.iter().find(|value| value.name == *name);
    let operands: Vec<&Value> = if bound.call.is_some() {
        bound.values.iter().collect()
    } else {
        target.parameters.iter().filter_map(|parameter| named(&parameter.name)).collect()
    };
    match operands[..] {
        [first, second, ..] => Ok([first, second]),
        _ => Err(Fault::error(
            Code::WrongTarget,
            bound.constraint.target.span,
            "an operation takes two operands, and this takes fewer",
        )
        .help("make it an operation with `call = \"Rust\"` over two values of `args`")),
    }
}

/// The operation as a closure over two references, which gives nothing where the target refuses.
fn operation(bound: &Bound<'_>, target: &Function, operands: [&Value; 2]) -> Result<Expr, Fault> {
    let Some(call) = &bound.call else { return applied(bound, target) };
    let [left, right] = operands.map(|value| ident(&value.name));
    Ok(parse_quote!(|#left, #right| {
        let (#left, #right) = (#left.clone(), #right.clone());
        Some(#call)
    }))
}

/// A function as such a closure: its first two parameters are the operands, the others the values of that name.
fn applied(bound: &Bound<'_>, function: &Function) -> Result<Expr, Fault> {
    let path = &function.path;
    let operands: [Ident; 2] = [ident("x"), ident("y")];
    let value = |name: &str| bound.values.iter().find(|value| value.name == name);
    let copied = |name: &str| value(name).is_some_and(|value| is_copy(&value.recipe));
    let mut arguments: Vec<Expr> = Vec::new();
    for (at, parameter) in function.parameters.iter().enumerate() {
        let operand = operands.get(at);
        let it = operand.cloned().unwrap_or_else(|| ident(&parameter.name));
        arguments.push(match (&parameter.lend, operand) {
            (Lend::Ref, Some(_)) => parse_quote!(#it),
            (Lend::Ref, None) => parse_quote!(&#it),
            (Lend::Move, Some(_)) if copied(&parameter.name) => parse_quote!(*#it),
            (Lend::Move, _) => parse_quote!(#it.clone()),
            (Lend::RefMut, Some(_)) if at == 0 => parse_quote!(&mut state),
            _ => return Err(unfit(bound, &parameter.name)),
        });
    }
    let call: Expr = parse_quote!(#path(#(#arguments),*));
    let call: Expr = if function.is_async { parse_quote!(rt::block_on(#call)) } else { call };
    let changes = function.parameters.first().is_some_and(|first| first.lend == Lend::RefMut);
    let [x, y] = operands;
    Ok(match (changes, function.returns) {
        (true, Returns::Result) => {
            parse_quote!(|#x, #y| { let mut state = #x.clone(); #call.ok().map(|_| state) })
        }
        (true, Returns::Option) => {
            parse_quote!(|#x, #y| { let mut state = #x.clone(); #call.map(|_| state) })
        }
        (true, _) => parse_quote!(|#x, #y| { let mut state = #x.clone(); #call; Some(state) }),
        (false, Returns::Option) => parse_quote!(|#x, #y| #call),
        (false, Returns::Result) => parse_quote!(|#x, #y| #call.ok()),
        (false, Returns::Plain) => parse_quote!(|#x, #y| Some(#call)),
        (false, Returns::Unit) => return Err(nothing(bound)),
    })
}

fn nothing(bound: &Bound<'_>) -> Fault {
    let span = bound.constraint.target.span;
    Fault::error(Code::WrongTarget, span, "the operation gives nothing that a law could be about")
        .help("make it an operation with `call = \"Rust\"` over two values of `args`")
}

fn unfit(bound: &Bound<'_>, parameter: &str) -> Fault {
    let message =
        format!("the parameter `{parameter}` takes something else than a value or a reference to one");
    Fault::error(Code::WrongTarget, bound.constraint.target.span, message)
        .help("wrap it in a function of `constraints/support.rs` that takes two references")
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{Example, example, function, refused, text, words};
    use crate::resolve::{Lend, Returns};

    fn merge(laws: &[&str]) -> Example {
        example("algebra", "merges", "merge")
            .argument("ours", text(), Lend::Ref)
            .argument("theirs", text(), Lend::Ref)
            .key("laws", words(laws))
    }

    #[test]
    fn a_law_is_one_of_those_there_are_and_has_what_it_needs() {
        assert_eq!(refused(&merge(&["associative", "commutative", "idempotent"])), "accepted");
        insta::assert_snapshot!(refused(&merge(&["transitive"])), @r"
        invalid-value: there is no law `transitive`
        help: the laws are `associative`, `commutative`, `idempotent`, `identity`, `absorbing`, `distributive`
        ");
        insta::assert_snapshot!(refused(&merge(&["identity"])), @"missing-key: the law `identity` needs `identity`");
        insta::assert_snapshot!(refused(&merge(&["distributive"])), @"missing-key: the law `distributive` needs `over`");
        let identity = merge(&["identity"]).expression("identity", "String::new()");
        assert_eq!(refused(&identity), "accepted");
        let over = function("app::join", &[Lend::Ref, Lend::Ref], Returns::Plain);
        assert_eq!(refused(&merge(&["distributive"]).path("over", over)), "accepted");
    }

    #[test]
    fn an_operation_has_two_operands_and_an_outcome() {
        let one = example("algebra", "one", "clean")
            .argument("text", text(), Lend::Ref)
            .key("laws", words(&["commutative"]));
        insta::assert_snapshot!(refused(&one), @r#"
        wrong-target: an operation takes two operands, and this takes fewer
        help: make it an operation with `call = "Rust"` over two values of `args`
        "#);
        insta::assert_snapshot!(refused(&merge(&["commutative"]).returns(Returns::Unit)), @r#"
        wrong-target: the operation gives nothing that a law could be about
        help: make it an operation with `call = "Rust"` over two values of `args`
        "#);
        let changing = example("algebra", "merges", "Set::merge")
            .argument("this", text(), Lend::RefMut)
            .argument("other", text(), Lend::Move)
            .returns(Returns::Unit)
            .key("laws", words(&["commutative"]));
        assert_eq!(refused(&changing), "accepted");
        let both = example("algebra", "merges", "swap")
            .argument("left", text(), Lend::RefMut)
            .argument("right", text(), Lend::RefMut)
            .key("laws", words(&["commutative"]));
        insta::assert_snapshot!(refused(&both), @r"
        wrong-target: the parameter `right` takes something else than a value or a reference to one
        help: wrap it in a function of `constraints/support.rs` that takes two references
        ");
    }
}
