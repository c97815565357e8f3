//! # `leak_free`
//!
//! ## What it requires
//! When a call is repeated with the same values and everything it gave is dropped, nothing more is on the heap, no more files are open and no more threads run than before.
//! What the first call fills, such as a cache or a lazy value, may stay.
//! The same holds for calls that refuse, and for calls that panic, also in a function that they were given.
//!
//! ## Why it matters
//! A service that loses a few bytes a request is restarted by somebody at night, or by the system when no memory is left.
//! The paths that leak are those that nobody tries: the refusal in the middle, the callback that panics.
//!
//! ## Declaration
//! ```toml
//! [constraint.open_keeps_nothing]
//! says   = "Opening a document leaves nothing behind, whether it is accepted or not"
//! kind   = "leak_free"
//! target = "crate::open"
//! ```
//!
//! ## Holds
//! ```rust
//! pub struct Document(*mut String);
//!
//! pub fn open(text: &str) -> Option<Document> {
//!     let document = Document(Box::into_raw(Box::new(text.to_owned())));
//!     if !text.is_ascii() {
//!         drop(document);
//!         return None;
//!     }
//!     Some(document)
//! }
//!
//! impl Drop for Document {
//!     fn drop(&mut self) {
//!         drop(unsafe { Box::from_raw(self.0) });
//!     }
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub struct Document(*mut String);
//!
//! pub fn open(text: &str) -> Option<Document> {
//!     let document = Document(Box::into_raw(Box::new(text.to_owned())));
//!     if !text.is_ascii() {
//!         std::mem::forget(document); // red: main.open_keeps_nothing
//!         return None;
//!     }
//!     Some(document)
//! }
//!
//! impl Drop for Document {
//!     fn drop(&mut self) {
//!         drop(unsafe { Box::from_raw(self.0) });
//!     }
//! }
//! ```
//!
//! ## How it is checked
//! The test binary has a global allocator that passes everything on to that of the system and counts what is taken and given back, in all threads.
//! Every case is run once, to fill what the first call fills, and then four times more; where something stayed it is run up to four thousand times, and is red if both halves of these calls left something.
//! On Linux the open files and the threads of the process are counted too; threads that end by themselves get a moment to do so.
//! A panic of the target is no fault here, and what it leaves is counted like that of any other call; `no_panic` judges panics.
//! For a function that takes a callback, write the call: `call = "crate::retain(&mut items, |it| { assert!(it.len() != 3); true })"`, with items that own memory, such as `Vec<String>`: an element that is not dropped is memory that stays.
//!
//! ## What it cannot see
//! Elements that own nothing and are not dropped; memory that is not asked of the global allocator, such as that of a C library.
//! A buffer that is full only after thousands of calls is taken for one that is never full.
//! A cache that grows with every new value, for the values of a case stay the same; bound it with `bounded_memory`.
//! Nothing at all where the crate has a global allocator of its own: the constraint is undecided then.
//!
//! ## References
//! - CWE-401, missing release of memory after effective lifetime: <https://cwe.mitre.org/data/definitions/401.html>
//! - CWE-772, missing release of resource after effective lifetime: <https://cwe.mitre.org/data/definitions/772.html>

use std::collections::BTreeSet;

use constraints_wire::Witness;
use syn::{Expr, parse_quote};

use super::lowering::{RESULT, function, ident, on_values, until_called_via, waits_for_result};
use super::{Body, Kind, OracleCall, Step, Via};
use crate::model::{About, Area, Code, Fault, Shape, Status, Subject};
use crate::resolve::{Bound, Recipe};

/// A repeated call leaves nothing behind.
#[derive(Debug)]
pub(super) struct LeakFree;

impl Kind for LeakFree {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "leak_free",
            shape: Shape::Measure,
            area: Area::Stability,
            summary: "a call that is repeated leaves nothing behind",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[],
            source: include_str!("leak_free.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        function(bound)?;
        if let Some(value) = bound.values.iter().find(|value| is_never_dropped(&value.recipe)) {
            let message =
                format!("the test never drops a value like `{}`, so it leaks by itself", value.name);
            return Err(Fault::error(Code::InvalidValue, value.origin, message)
                .help("make the value in the call, with `call = \"Rust\"`"));
        }
        let (is_late, must_pass) = (waits_for_result(bound), bound.constraint.refusal.must_pass.is_some());
        let bind = (is_late || must_pass).then(|| RESULT.to_owned());
        let mut steps = until_called_via(bound, Via::Tolerate, bind, &BTreeSet::new());
        let result = ident(RESULT);
        let of_answer =
            |condition: &Expr| -> Expr { parse_quote!(#result.as_ref().is_some_and(|#result| #condition)) };
        if let Some(when) = bound.when.as_ref().filter(|_| is_late) {
            steps.push(Step::When(of_answer(when)));
        }
        if must_pass {
            let refused = bound.refused.clone().unwrap_or_else(|| parse_quote!(rt::refuses!(*#result)));
            steps.push(Step::Passed(of_answer(&parse_quote!(!(#refused)))));
        }
        Ok(OracleCall { oracle: "leak_free", body: Body::Cases(steps) })
    }

    fn counts_heap(&self) -> bool {
        true
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("leaves something behind", witness)
    }
}

/// Whether the test lends the value to nobody in particular, for ever.
fn is_never_dropped(recipe: &Recipe) -> bool {
    matches!(recipe, Recipe::Kept { leaked: true, .. }) || recipe.parts().into_iter().any(is_never_dropped)
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{example, refused, text};
    use crate::resolve::{Lend, Recipe, Target};

    #[test]
    fn a_value_that_the_test_itself_leaks_is_refused() {
        let of = |leaked: bool| {
            let view = crate::resolve::View::Text;
            let kept = Recipe::Kept { inner: Box::new(text()), view, mutable: leaked, leaked };
            refused(&example("leak_free", "tidy", "read").argument("view", kept, Lend::Move))
        };
        assert_eq!(of(false), "accepted");
        insta::assert_snapshot!(of(true), @r#"
        invalid-value: the test never drops a value like `view`, so it leaks by itself
        help: make the value in the call, with `call = "Rust"`
        "#);
    }

    #[test]
    fn the_target_is_a_function() {
        let target = Target::Module(Vec::new());
        assert_eq!(
            refused(&example("leak_free", "tidy", "read").target(target)),
            "wrong-target: the target is not a function"
        );
    }
}
