//! # `deterministic`
//!
//! ## What it requires
//! The target gives the same answer for the same input: in a second call, on another thread, in another process, in other surroundings, a moment later.
//! `across` names what it has to be the same across, besides a second call: `threads`, `processes`, `surroundings`; all of them unless it says otherwise.
//!
//! ## Why it matters
//! What is cached, signed, compared, replayed or reproduced has to come out the same each time.
//! The order of a `HashMap`, a clock, an environment variable or a cache with too small a key get into an answer unseen, and show when it is too late to find out why.
//!
//! ## Declaration
//! ```toml
//! [constraint.same_tags]
//! says   = "The same post has the same tags, in the same order"
//! kind   = "deterministic"
//! target = "crate::tags"
//! ```
//!
//! ## Holds
//! ```rust
//! pub fn tags(post: &str) -> Vec<&str> {
//!     use std::collections::BTreeSet as Set;
//!     let tags: Set<&str> = post.split_whitespace().filter(|word| word.starts_with('#')).collect();
//!     tags.into_iter().collect()
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn tags(post: &str) -> Vec<&str> {
//!     use std::collections::HashSet as Set; // red: main.same_tags
//!     let tags: Set<&str> = post.split_whitespace().filter(|word| word.starts_with('#')).collect();
//!     tags.into_iter().collect()
//! }
//! ```
//!
//! ## How it is checked
//! Each case makes the call twice, the answers compared with `==` where their type has it, else by their `Debug` text.
//! Cases are repeated on another thread.
//! Some hundred cases are then run again in two more processes, more than a second apart, the second time in the opposite order and with another time zone, language, home folder, user, terminal and working folder; what they give is compared by `Debug` text.
//! Values that are equal though their texts differ, as a `HashMap` is, are compared without regard to order.
//! A difference is traced to the part of the surroundings that makes it.
//! New memory has other bytes in it each time, up to a megabyte, so what is read without having been written shows.
//!
//! ## What it cannot see
//! A clock that counts in days, or what the machine has: its name, its memory, its number of processors.
//! Differences that the `Debug` text of an answer does not show, across processes.
//! What the target does besides answering.
//! The path of a made `folder` or `program` and the address of a `server` are others in each process, and count as the same where they stand in the `Debug` text of an answer; what is computed from them, as a hash is, has to be left out with `compare`.
//!
//! ## References
//! - Reproducible Builds, sources of variation: <https://reproducible-builds.org/docs/>
//! - `std::collections::HashMap`, on its random order: <https://doc.rust-lang.org/std/collections/struct.HashMap.html>

use std::collections::BTreeSet;

use constraints_wire::Witness;
use syn::{Expr, parse_quote};

use super::lowering::{calling, draws, fresh, function, ident, late_when, on_values};
use super::{Body, Call, Kind, OracleCall, Show, Step, Via, borrow};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, Shape, Status, Subject};
use crate::resolve::{Bound, Function, Lend, Returns};

/// The target gives the same answer for the same input.
#[derive(Debug)]
pub(super) struct Deterministic;

impl Kind for Deterministic {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "deterministic",
            shape: Shape::Property,
            area: Area::Correctness,
            summary: "the same input gives the same answer, in every call, thread and process",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[
                Key {
                    name: "across",
                    shape: KeyShape::Words,
                    required: false,
                    says: "What the answer has to be the same across, some of `threads`, `processes` and `surroundings`; all by default.",
                },
                Key {
                    name: "compare",
                    shape: KeyShape::Expression,
                    required: false,
                    says: "What is compared: Rust over `result` that gives an owned value; the answer itself by default.",
                },
            ],
            source: include_str!("deterministic.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let target = function(bound)?;
        let across = across(bound)?;
        let changed = changed(bound, target);
        if bound.call.is_none() && target.returns == Returns::Unit && changed.is_empty() {
            return Err(Fault::error(
                Code::WrongTarget,
                bound.constraint.target.span,
                "the target gives nothing that could be the same",
            )
            .help("make the call with `call = \"Rust\"`, which gives what has to be the same"));
        }
        let [result, again] = ["result", "again"].map(|name| fresh(bound, name));
        let mut steps = draws(bound);
        steps.extend(bound.when.clone().filter(|_| late_when(bound).is_none()).map(Step::When));
        for name in &changed {
            let value = ident(name);
            let twin = Step::Let { name: twin(name), value: parse_quote!(#value.clone()), mutable: true };
            steps.push(twin);
        }
        steps.push(call(bound, target, &[], Via::Target, &result));
        steps.extend(late_when(bound));
        steps.push(call(bound, target, &changed, Via::Helper("second call"), &again));
        let mut sides = [result, again].map(|name| Vec::from([seen(bound, &name)]));
        for name in &changed {
            for (side, name) in sides.iter_mut().zip([name.clone(), twin(name)]) {
                let name = ident(&name);
                side.push(parse_quote!(&#name));
            }
        }
        let [first, second] = sides.map(|side| match &side[..] {
            [only] => only.clone(),
            all => parse_quote!((#(#all),*)),
        });
        let arguments = vec![parse_quote!(&[#(#across),*]), parse_quote!(rt::answers_of!(#first, #second))];
        steps.push(Step::State { method: "agree", arguments, show: Show::Nothing });
        Ok(OracleCall { oracle: "deterministic", body: Body::Cases(steps) })
    }

    fn counts_heap(&self) -> bool {
        true
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("does not give the same each time", witness)
    }
}

/// All that `across` may name.
const ACROSS: [&str; 3] = ["threads", "processes", "surroundings"];

fn across(bound: &Bound<'_>) -> Result<Vec<&'static str>, Fault> {
    let words = bound.constraint.words("across");
    if let Some(unknown) = words.iter().find(|word| !ACROSS.contains(&word.value.as_str())) {
        let message = format!("an answer cannot be the same across `{}`", unknown.value);
        return Err(Fault::error(Code::InvalidValue, unknown.span, message)
            .help("`across` takes `threads`, `processes` and `surroundings`"));
    }
    let is_named = |name: &&str| words.is_empty() || words.iter().any(|word| word.value == *name);
    Ok(ACROSS.into_iter().filter(is_named).collect())
}

/// The arguments that the target changes: each call is given its own.
fn changed(bound: &Bound<'_>, target: &Function) -> Vec<String> {
    let parameters = target.parameters.iter().filter(|_| bound.call.is_none());
    parameters.filter(|it| it.lend == Lend::RefMut).map(|it| it.name.clone()).collect()
}

fn twin(name: &str) -> String {
    format!("{}_again", name.trim_start_matches("r#"))
}

fn call(bound: &Bound<'_>, target: &Function, changed: &[String], via: Via, bind: &str) -> Step {
    let bind = Some(bind.to_owned());
    if let Some(call) = &bound.call {
        let call = Call::Expression(on_clones(bound, call));
        return Step::Call { bind, via, call, is_async: target.is_async };
    }
    let of_call = |name: &String| if changed.contains(name) { twin(name) } else { name.clone() };
    let names: Vec<String> = target.parameters.iter().map(|it| of_call(&it.name)).collect();
    let later: BTreeSet<String> = bound.values.iter().map(|value| value.name.clone()).collect();
    calling(bound, via, bind, target, &names, &later)
}

/// The user's call, with clones where it may take values away or change them.
fn on_clones(bound: &Bound<'_>, call: &Expr) -> Expr {
    let copied = |name: &syn::Ident| {
        bound.values.iter().any(|value| name == &value.name && super::is_copy(&value.recipe))
    };
    if borrow::borrows_only(call, &copied) {
        return call.clone();
    }
    let names = bound.values.iter().filter(|value| value.cloneable).map(|value| ident(&value.name));
    let names: Vec<_> = names.collect();
    parse_quote!({
        #(#[allow(unused_mut)] let mut #names = #names.clone();)*
        #call
    })
}

/// What is compared of an answer.
fn seen(bound: &Bound<'_>, name: &str) -> Expr {
    let name = ident(name);
    bound.expression("compare").map_or_else(
        || parse_quote!(#name),
        |compare| {
            parse_quote!({
                let result = #name;
                #compare
            })
        },
    )
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{example, refused, text, words};
    use crate::resolve::{Lend, Returns};

    #[test]
    fn what_it_is_the_same_across_is_one_of_three() {
        let of = |across: &[&str]| {
            let tags = example("deterministic", "same", "tags").argument("post", text(), Lend::Ref);
            refused(&tags.key("across", words(across)))
        };
        assert_eq!(of(&["threads", "surroundings"]), "accepted");
        insta::assert_snapshot!(of(&["machines"]), @r"
        invalid-value: an answer cannot be the same across `machines`
        help: `across` takes `threads`, `processes` and `surroundings`
        ");
    }

    #[test]
    fn a_target_that_gives_nothing_is_refused_unless_it_changes_something() {
        let of = |lend| {
            let set = example("deterministic", "same", "set").argument("text", text(), lend);
            refused(&set.returns(Returns::Unit))
        };
        assert_eq!(of(Lend::RefMut), "accepted");
        insta::assert_snapshot!(of(Lend::Ref), @r#"
        wrong-target: the target gives nothing that could be the same
        help: make the call with `call = "Rust"`, which gives what has to be the same
        "#);
    }
}
