//! # `wiped`
//!
//! ## What it requires
//! Once a call is over and what it gave is dropped, no copy of a secret that went in stays in memory: not in blocks given back to the heap, not in the place of the value that was dropped, not in a `&mut` argument, not in memory that nobody gives back.
//! The same holds where the call refuses, or panics.
//! `secret = "password"` or `"account.password"` names a value or a field that is secret, `{secret}` in a sample marks the place of one; `hides` says what of the answer is secret, as for a key that the target makes by itself.
//! What is passed by value is the target's to wipe; what is lent with `&` is not.
//! The target may be a type as well: then it is about its values when they are dropped.
//!
//! ## Why it matters
//! What is given back to the heap is handed out again as it is.
//! A core dump, a swap file, or one read beyond the end of a buffer then shows keys that the program believed to be gone.
//!
//! ## Declaration
//! ```toml
//! [constraint.key_leaves_nothing]
//! says   = "A key that is dropped, or refused, leaves nothing of itself in memory"
//! kind   = "wiped"
//! target = "crate::Key::from_hex"
//! secret = "text"
//! ```
//!
//! ## Holds
//! ```rust
//! pub struct Key(Box<[u8; 32]>);
//!
//! impl Key {
//!     pub fn from_hex(text: &str) -> Option<Self> {
//!         let mut key = Self(Box::new([0; 32]));
//!         for (byte, pair) in key.0.iter_mut().zip(text.as_bytes().chunks(2)) {
//!             *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
//!         }
//!         (text.len() == 64).then_some(key)
//!     }
//! }
//!
//! impl Drop for Key {
//!     fn drop(&mut self) {
//!         for byte in self.0.iter_mut() {
//!             unsafe { std::ptr::write_volatile(byte, 0) };
//!         }
//!     }
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub struct Key(Box<[u8; 32]>);
//!
//! impl Key {
//!     pub fn from_hex(text: &str) -> Option<Self> {
//!         let mut key = Self(Box::new([0; 32]));
//!         for (byte, pair) in key.0.iter_mut().zip(text.as_bytes().chunks(2)) {
//!             *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
//!         }
//!         (text.len() == 64).then_some(key)
//!     }
//! }
//!
//! impl Drop for Key {
//!     fn drop(&mut self) {
//!         for byte in self.0.iter_mut().take(size_of::<usize>()) { // red: main.key_leaves_nothing
//!             unsafe { std::ptr::write_volatile(byte, 0) };
//!         }
//!     }
//! }
//! ```
//!
//! ## How it is checked
//! Secrets as services give them out are planted, as for `redacted`.
//! The test binary has a global allocator that passes everything on to that of the system; while the target runs and while what it gave is dropped, it searches every block that is given back, and every block that grows, for what was in it may stay where it was.
//! The answer, and each `&mut` argument, is dropped in a place of its own, whose bytes are looked at afterwards.
//! Blocks that the call took and that are still there at the end are searched too.
//! Half of a secret in a row, or sixteen bytes of it, is a copy: as it is, backwards, in hexadecimal, in base64 at every alignment, in wide characters, and what a hexadecimal or base64 text stands for.
//! What the test itself holds of the secret does not count.
//!
//! ## What it cannot see
//! The stack and the registers, where the compiler leaves copies of what is moved; keep a secret in a `Box` for that reason.
//! A copy that is encrypted, hashed or taken apart.
//! Wiping that only an optimized build leaves out, for what is judged is the build at hand: a plain store to memory that is about to be freed is such; use volatile writes.
//! Nothing at all where the crate has a global allocator of its own: the constraint is undecided then.
//! With `call`, what stays on the heap is looked at only where all values are plain ones, for others may hold it rightly.
//!
//! ## References
//! - CWE-226, sensitive information in resource not removed before reuse: <https://cwe.mitre.org/data/definitions/226.html>
//! - CWE-244, improper clearing of heap memory before release: <https://cwe.mitre.org/data/definitions/244.html>
//! - RUSTSEC-2021-0115, a derived drop that wiped nothing: <https://rustsec.org/advisories/RUSTSEC-2021-0115.html>

use std::collections::BTreeSet;

use constraints_wire::Witness;
use syn::{Expr, parse_quote};

use super::lowering::{called, fresh, ident, mentioned, on_values, variable, waits_for_result};
use super::planting::{self, HIDES, Planted, SECRET, state};
use super::{Body, Call, Kind, OracleCall, Step, Via};
use crate::model::{About, Area, Fault, Shape, Status, Subject};
use crate::resolve::{Bound, Lend, Recipe, Target};

/// No copy of a secret stays in memory.
#[derive(Debug)]
pub(super) struct Wiped;

impl Kind for Wiped {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "wiped",
            shape: Shape::Measure,
            area: Area::Security,
            summary: "no copy of a secret stays in memory after the call",
            status: Status::Preview,
            subject: Subject::FunctionOrType,
            keys: &[SECRET, HIDES],
            source: include_str!("wiped.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let Planted { mut steps, call } = planting::draws_with_secrets(bound)?;
        match &bound.target {
            Target::Type(_) => {
                steps.push(state("drops", vec![parse_quote!("value"), variable("value")]));
            }
            _ => steps.extend(watched(bound, call)),
        }
        Ok(OracleCall { oracle: "wiped", body: Body::Cases(steps) })
    }

    fn counts_heap(&self) -> bool {
        true
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("leaves the secret in memory", witness)
    }
}

/// The call, and everything that it may leave.
fn watched(bound: &Bound<'_>, call: Option<Expr>) -> Vec<Step> {
    let result = fresh(bound, "result");
    let name = ident(&result);
    let of_answer =
        |condition: &Expr| -> Expr { parse_quote!(#name.as_deref().is_some_and(|#name| #condition)) };
    let mut steps: Vec<Step> = bound.olds.iter().cloned().map(Step::Keep).collect();
    let late = bound.when.as_ref().filter(|_| waits_for_result(bound));
    steps.extend(bound.when.clone().filter(|_| late.is_none()).map(Step::When));
    let said = late.into_iter().chain(&bound.refused).chain(bound.expression("hides"));
    let later: BTreeSet<String> = said.flat_map(mentioned).collect();
    let mut step = called(bound, Via::By("watched"), Some(result), &later);
    if let (Step::Call { call: made, .. }, Some(call)) = (&mut step, call) {
        *made = Call::Expression(call);
    }
    steps.push(step);
    steps.extend(late.map(|when| Step::When(of_answer(when))));
    if bound.constraint.refusal.must_pass.is_some() {
        let refused = bound.refused.clone().unwrap_or_else(|| parse_quote!(rt::refuses!(*#name)));
        steps.push(Step::Passed(of_answer(&parse_quote!(!(#refused)))));
    }
    if let Some(hides) = bound.expression("hides") {
        let secret = parse_quote!(#name.as_deref().and_then(|#name| rt::secret_of!(#hides)));
        steps.push(state("hides", vec![secret]));
    }
    steps.push(state("drops_answer", vec![parse_quote!(#name)]));
    steps.extend(let_go(bound));
    let is_whole = bound.values.iter().all(|value| !is_kept(&value.recipe));
    if is_whole && (bound.call.is_none() || bound.values.iter().all(|value| !is_made(&value.recipe))) {
        steps.push(state("keeps_no_copy", Vec::new()));
    }
    steps
}

/// What the target could change is dropped and looked at; values that may hold the secret rightly are dropped.
fn let_go(bound: &Bound<'_>) -> Vec<Step> {
    let Target::Function(function) = &bound.target else { return Vec::new() };
    let parameters = function.parameters.iter().filter(|_| bound.call.is_none());
    let mut steps = Vec::new();
    for parameter in parameters {
        let name = &parameter.name;
        let Some(value) = bound.values.iter().find(|value| value.name == *name) else { continue };
        match parameter.lend {
            Lend::RefMut => steps.push(state("drops", vec![parse_quote!(#name), variable(name)])),
            Lend::Move => {}
            _ if is_made(&value.recipe) => steps.push(state("forgets", vec![variable(name)])),
            _ => {}
        }
    }
    steps
}

/// Whether such a value can hold on to what it is shown.
fn is_made(recipe: &Recipe) -> bool {
    match recipe {
        Recipe::Text { .. }
        | Recipe::Bytes { .. }
        | Recipe::Integer { .. }
        | Recipe::Float { .. }
        | Recipe::Bool
        | Recipe::Char
        | Recipe::Unit
        | Recipe::Matching(_) => false,
        Recipe::Array(..) | Recipe::Vec(_) | Recipe::Option(_) | Recipe::Tuple(_) => {
            recipe.parts().into_iter().any(is_made)
        }
        _ => true,
    }
}

/// Whether the value itself stays with the case.
fn is_kept(recipe: &Recipe) -> bool {
    matches!(recipe, Recipe::Kept { .. }) || recipe.parts().into_iter().any(is_kept)
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{Example, example, made, refused, text, words};
    use crate::resolve::{Lend, Recipe};

    fn open() -> Example {
        let key = Recipe::Struct {
            path: syn::parse_quote!(app::Key),
            fields: vec![(syn::parse_quote!(id), text()), (syn::parse_quote!(secret), text())],
        };
        example("wiped", "clean", "open").argument("key", made("app::Key", key), Lend::RefMut)
    }

    #[test]
    fn what_is_secret_has_to_be_said() {
        insta::assert_snapshot!(refused(&open()), @r#"
        missing-key: nothing says what is secret
        help: add `secret = "key"`
        help: add `secret = "key.secret"`
        help: or mark the place of a secret in a sample with `{secret}`
        "#);
        assert_eq!(refused(&open().expression("hides", "result.as_bytes()")), "accepted");
        assert_eq!(refused(&open().argument("secret", text(), Lend::Ref)), "accepted");
    }

    #[test]
    fn a_field_is_named_by_its_path() {
        assert_eq!(refused(&open().key("secret", words(&["key.secret"]))), "accepted");
        insta::assert_snapshot!(refused(&open().key("secret", words(&["key.secrets"]))), @r"
        unknown-argument: nothing here is called `key.secrets`
        help: did you mean `key.secret`?
        ");
    }

    #[test]
    fn memory_that_stays_is_looked_at_where_no_value_may_hold_it() {
        let of = |example: &Example| {
            let bound = example.bound();
            let planned = crate::kinds::find("wiped").expect("the kind").plan(&bound).expect("a plan");
            planned
                .body
                .steps()
                .iter()
                .any(|step| matches!(step, crate::kinds::Step::State { method: "keeps_no_copy", .. }))
        };
        let secret = |example: Example| example.key("secret", words(&["key"]));
        assert!(of(&secret(open())), "the value is dropped before");
        assert!(!of(&secret(open()).call("app::open(&mut key)")), "nobody knows who has it");
        let plain = example("wiped", "clean", "open").argument("key", text(), Lend::Ref);
        assert!(of(&secret(plain).call("app::open(&key)")));
    }
}
