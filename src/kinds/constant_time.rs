//! # `constant_time`
//!
//! ## What it requires
//! The values that `secret` names do not change which instructions a call takes, nor how much memory a comparison looks at.
//! Calls are compared that differ in nothing but the content of the secret: other values are the same, and so are the length of the secret and whether the call was accepted, which everybody may know.
//! `Err`, `None` and `false` are refusals; for another answer say it with `refused = "Rust over result"`.
//!
//! ## Why it matters
//! A comparison that stops at the first wrong byte tells how many bytes were right.
//! Whoever may ask often enough finds a token byte by byte, over the network as well.
//!
//! ## Declaration
//! ```toml
//! [constraint.token_compared_blindly]
//! says   = "How long a token is compared tells nothing about it"
//! kind   = "constant_time"
//! target = "crate::is_token"
//! secret = "token"
//! ```
//!
//! ## Holds
//! ```rust
//! pub fn is_token(token: &[u8], guess: &[u8]) -> bool {
//!     if token.len() != guess.len() {
//!         return false;
//!     }
//!     token.iter().zip(guess).fold(0, |all, (a, b)| all | (a ^ b)) == 0
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn is_token(token: &[u8], guess: &[u8]) -> bool {
//!     if token.len() != guess.len() {
//!         return false;
//!     }
//!     token.iter().zip(guess).all(|(a, b)| a == b) // red: main.token_compared_blindly
//! }
//! ```
//!
//! ## How it is checked
//! On Linux on x86-64 the call is stepped through, one instruction after the other, in the process that runs the cases; how many there were, and which ones, has to be the same for all secrets.
//! Nothing is timed, so that the answer is the same on a busy machine.
//! The secrets differ in one byte, early, late or anywhere, from the one that was drawn or from another value of its sort, such as the guess that it is compared with.
//! Where `memcmp` or `bcmp` is called, as `==` on slices does, it counts how far they have to look: that is red even where the C library happens to look at blocks.
//! What the allocator, the copying functions of the C library and the counters that `cargo constraints check` builds in do is left out; how much they are asked for is not.
//! Blocks that the call allocates stand in the same order in all calls, so that addresses make no difference.
//! A difference is red only if both calls execute the same once more; a call that depends on chance is not judged.
//! What is judged is what the compiler made of the code, and an optimizer may make a branch of harmless code, or the other way round: `cargo constraints check` judges both the build of tests and one in which the crate and what it needs are optimized, and what is red in either is red.
//! A test that is run without the tool judges the build that it is in, and the record says which one that is: try `cargo test --release` as well.
//!
//! ## What it cannot see
//! Addresses that depend on the secret, as in a table that is looked up by it, and so the cache; instructions that take longer for some values, such as division.
//! More than the first hundred thousand instructions of a call: a longer one is not judged, and the constraint is undecided. Name the function that compares.
//! Anything on other systems and processors: the constraint is undecided there, and says so.
//!
//! ## References
//! - CWE-208, observable timing discrepancy: <https://cwe.mitre.org/data/definitions/208.html>
//! - CWE-385, covert timing channel: <https://cwe.mitre.org/data/definitions/385.html>

use std::collections::BTreeSet;

use constraints_wire::Witness;
use syn::{Expr, parse_quote};

use super::lowering::{RESULT, function, ident, mentioned, on_values, until_called_via, waits_for_result};
use super::planting::{state, strings};
use super::{Body, Builds, Kind, OracleCall, Sense, Step, Via};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, Shape, Spanned, Status, Subject, nearest};
use crate::resolve::Bound;

/// A secret does not change what a call executes.
#[derive(Debug)]
pub(super) struct ConstantTime;

impl Kind for ConstantTime {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "constant_time",
            shape: Shape::Measure,
            area: Area::Security,
            summary: "a secret does not change what a call executes",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[Key {
                name: "secret",
                shape: KeyShape::Words,
                required: true,
                says: "The values that may not change what is executed, such as `token`.",
            }],
            source: include_str!("constant_time.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        function(bound)?;
        let secrets: Vec<String> = bound
            .constraint
            .words("secret")
            .iter()
            .map(|word| secret(bound, word))
            .collect::<Result<_, _>>()?;
        let mut later: BTreeSet<String> = bound.refused.iter().flat_map(mentioned).collect();
        later.remove(RESULT);
        let called = until_called_via(bound, Via::By("stepped"), Some(RESULT.to_owned()), &later);
        let mut steps = vec![state("keeps_secret", vec![strings(&secrets)])];
        let lengths = secrets.iter().map(|secret| {
            let secret = ident(secret);
            state("shows_length", vec![parse_quote!(rt::length_of!(#secret))])
        });
        let mut lengths = Some(lengths);
        for step in called {
            if matches!(step, Step::Call { .. }) {
                steps.extend(lengths.take().into_iter().flatten());
            }
            steps.push(step);
        }
        let result = ident(RESULT);
        let of_answer =
            |condition: &Expr| -> Expr { parse_quote!(#result.as_ref().is_some_and(|#result| #condition)) };
        if let Some(when) = bound.when.as_ref().filter(|_| waits_for_result(bound)) {
            steps.push(Step::When(of_answer(when)));
        }
        let refused = bound.refused.clone().unwrap_or_else(|| parse_quote!(rt::refuses!(*#result)));
        let accepts = of_answer(&parse_quote!(!(#refused)));
        if bound.constraint.refusal.must_pass.is_some() {
            steps.push(Step::Passed(accepts.clone()));
        }
        steps.push(state("comes_out", vec![accepts]));
        Ok(OracleCall { oracle: "constant_time", body: Body::Cases(steps) })
    }

    fn counts_heap(&self) -> bool {
        true
    }

    fn builds(&self) -> Builds {
        Builds::Both
    }

    fn sense(&self, key: &str) -> Sense {
        if key == "secret" { Sense::More } else { Sense::Same }
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("executes something else for another secret", witness)
    }
}

/// The name of a value that is secret.
fn secret(bound: &Bound<'_>, word: &Spanned<String>) -> Result<String, Fault> {
    let name = if word.value == "self" { "this" } else { word.value.as_str() };
    let names: Vec<&str> = bound.values.iter().map(|value| value.name.as_str()).collect();
    if names.contains(&name) {
        return Ok(name.to_owned());
    }
    let fault =
        Fault::error(Code::UnknownArgument, word.span, format!("nothing here is called `{}`", word.value))
            .label("no value");
    let near = nearest(name, names.iter().copied());
    Err(match near.as_slice() {
        [] if names.is_empty() => fault,
        [] => fault.help(format!("there are `{}`", names.join("`, `"))),
        near => near.iter().fold(fault, |fault, near| fault.help(format!("did you mean `{near}`?"))),
    })
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{Example, example, refused, text, words};
    use crate::resolve::Lend;

    fn compared() -> Example {
        let compared = example("constant_time", "blind", "is_token").argument("token", text(), Lend::Ref);
        compared.argument("guess", text(), Lend::Ref)
    }

    #[test]
    fn a_secret_is_a_value() {
        assert_eq!(refused(&compared().key("secret", words(&["token"]))), "accepted");
        assert_eq!(refused(&compared().key("secret", words(&["token", "guess"]))), "accepted");
        insta::assert_snapshot!(refused(&compared().key("secret", words(&["tokn"]))), @r"
        unknown-argument: nothing here is called `tokn`
        help: did you mean `token`?
        ");
        insta::assert_snapshot!(refused(&compared().key("secret", words(&["cookie"]))), @r"
        unknown-argument: nothing here is called `cookie`
        help: there are `token`, `guess`
        ");
    }
}
