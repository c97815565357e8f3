//! # `cancel_safe`
//!
//! ## What it requires
//! A call that gives a future can be dropped wherever it waits: after that the `invariant` is true, what was dropped did not panic, and the call itself does not panic before.
//! Nothing is said of calls that come to their end; other kinds are about those.
//!
//! ## Why it matters
//! Every timeout, every `select!` and every client that hangs up drops a future that is not at its end, and what comes after its last `.await` never happens.
//! Money that was taken and not yet given, a message that was read and not yet handed on, a lock or a place in a queue that nobody gives back: no test that waits for the end ever sees them.
//!
//! ## Declaration
//! ```toml
//! [constraint.transfer_can_be_dropped]
//! says      = "A transfer whose caller gives up leaves all the money there"
//! kind      = "cancel_safe"
//! target    = "crate::Bank::transfer"
//! invariant = "this.total() == old(this).total()"
//! ```
//!
//! ## Holds
//! ```rust
//! use std::{future::poll_fn, mem::replace, task::Poll};
//!
//! #[derive(Clone)]
//! pub struct Bank {
//!     left: u32,
//!     right: u32,
//! }
//!
//! impl Bank {
//!     pub fn with(left: u32) -> Self {
//!         Self { left, right: 0 }
//!     }
//!
//!     pub fn total(&self) -> u32 {
//!         self.left + self.right
//!     }
//!
//!     pub async fn transfer(&mut self, amount: u32) {
//!         let amount = amount.min(self.left);
//!         self.left -= amount;
//!         self.right += amount;
//!         noted(amount).await;
//!     }
//! }
//!
//! /// Waits for a clerk, once.
//! async fn noted(amount: u32) -> u32 {
//!     let mut is_asked = false;
//!     let asked = poll_fn(|context| {
//!         context.waker().wake_by_ref();
//!         if replace(&mut is_asked, true) { Poll::Ready(amount) } else { Poll::Pending }
//!     });
//!     asked.await
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! use std::{future::poll_fn, mem::replace, task::Poll};
//!
//! #[derive(Clone)]
//! pub struct Bank {
//!     left: u32,
//!     right: u32,
//! }
//!
//! impl Bank {
//!     pub fn with(left: u32) -> Self {
//!         Self { left, right: 0 }
//!     }
//!
//!     pub fn total(&self) -> u32 {
//!         self.left + self.right
//!     }
//!
//!     pub async fn transfer(&mut self, amount: u32) {
//!         let amount = amount.min(self.left);
//!         self.left -= amount;
//!         self.right += noted(amount).await; // red: main.transfer_can_be_dropped
//!         noted(amount).await;
//!     }
//! }
//!
//! /// Waits for a clerk, once.
//! async fn noted(amount: u32) -> u32 {
//!     let mut is_asked = false;
//!     let asked = poll_fn(|context| {
//!         context.waker().wake_by_ref();
//!         if replace(&mut is_asked, true) { Poll::Ready(amount) } else { Poll::Pending }
//!     });
//!     asked.await
//! }
//! ```
//!
//! ## How it is checked
//! In each case the call is first made to see how often it waits: how often a poll leaves it pending.
//! Then it is made again for each of these waits, with the same values made anew, polled as often as it takes to get there, and dropped; once more it is dropped before it is polled at all.
//! A call is polled only when something wakes it, so what it waits for is really waited for; one that nothing wakes for a quarter of a second waits for ever, which is no fault, and is dropped there.
//! What the call has started and does not wait for, such as a task or a thread, gets a moment to end before the invariant is judged, and a longer one before that is red.
//! A counterexample says at which wait the call was dropped, and the first such wait is the one that is shown.
//! The invariant may await, and may make further calls: `"rx.try_recv().is_ok()"`, `"*bank.lock().await == 100"`.
//! To compare with how things were, keep them: `old(name)` for what the call takes as `&mut`, or `given.before = { value = "bank.total()" }`.
//!
//! Where your package or its tests depend on tokio with a runtime, all of a case runs on one runtime of one thread: what `value` awaits, the call, and the invariant.
//! With its feature `test-util` time is paused, so that what waits for a timer alone waits for no time at all.
//! With its feature `sync` each operation of tokio, such as taking a lock that is free or a message that is there, is waited for once: a turn has room for one of them, as it has now and then where a task has done many.
//! So an `.await` on tokio is a place where the call is dropped although nothing stands in its way in the test.
//! Other futures wait only where they have to: let something hold the lock, or fill the channel, in `given` or in `call`.
//!
//! ```toml
//! [constraint.no_message_is_lost]
//! says      = "A reader that gives up leaves every message for the next one"
//! kind      = "cancel_safe"
//! target    = "crate::Inbox::next"
//! given.it  = { value = "crate::Inbox::with(&[\"a\", \"b\"]).await" }
//! call      = "it.next()"
//! invariant = "it.next().await == Some(\"a\".to_owned())"
//! ```
//!
//! `call` is the whole of what is dropped: what it awaits on the way is a place like any other, and what has to be there before stands in `given`.
//! With `panics = "allowed"` a call that panics has come to its end.
//! A call that never waits cannot be dropped half-way: where that is so for most inputs the constraint is undecided, and says so.
//!
//! ## What it cannot see
//! More than the first 64 waits of a call, and of more than twelve in one case more than the first, the last and some between them.
//! A wait that only happens when something else is slow or in the way, outside of tokio.
//! Timers that take long, without `test-util`.
//! What two calls do to each other that are dropped at the same time, and what happens on a runtime of several threads only.
//!
//! ## References
//! - Cancel safety in tokio: <https://docs.rs/tokio/latest/tokio/macro.select.html#cancellation-safety>
//! - CWE-459, incomplete cleanup: <https://cwe.mitre.org/data/definitions/459.html>
//! - CWE-372, incomplete internal state distinction: <https://cwe.mitre.org/data/definitions/372.html>

use constraints_wire::Witness;

use super::lowering::{
    RESULT, function, mentioned, on_values, sides, until_called_via, variable, waits_for_result,
};
use super::{Body, Kind, OracleCall, Sense, Step, Via};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, Shape, Status, Subject};
use crate::resolve::{Bound, Function};

/// A call can be dropped wherever it waits.
#[derive(Debug)]
pub(super) struct CancelSafe;

impl Kind for CancelSafe {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "cancel_safe",
            shape: Shape::Scenario,
            area: Area::Stability,
            summary: "a call that is dropped while it waits leaves everything sound",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[Key {
                name: "invariant",
                shape: KeyShape::Expression,
                required: true,
                says: "What is true wherever the call is dropped: Rust over the arguments, of type `bool`; it may await.",
            }],
            source: include_str!("cancel_safe.rs"),
        };
        &ABOUT
    }

    fn sense(&self, key: &str) -> Sense {
        if key == "invariant" { Sense::Statement } else { Sense::Same }
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let target = function(bound)?;
        let (Some(condition), Some(written)) =
            (bound.expression("invariant"), bound.constraint.expression("invariant"))
        else {
            unreachable!("the reader let a declaration pass that lacks a required key");
        };
        gives_a_future(bound, target)?;
        asks_for_no_result(bound)?;
        let method = if bound.constraint.refusal.panics.is_some() { "cancel_or_panic" } else { "cancel" };
        let mut steps = until_called_via(bound, Via::Cancelled(method), None, &mentioned(condition));
        steps.extend(sides(bound, condition, &written.text));
        let text = written.text.split_whitespace().collect::<Vec<_>>().join(" ");
        steps.push(Step::Then { text, condition: condition.clone() });
        Ok(OracleCall { oracle: "cancel_safe", body: Body::Cases(steps) })
    }

    fn message(&self, witness: &Witness) -> String {
        let place = witness.values.iter().find(|value| value.name == WHERE);
        let verb = match place {
            Some(place) => format!("breaks when it is dropped at {},", place.text),
            None => "breaks".to_owned(),
        };
        let mut others = witness.clone();
        others.values.retain(|value| value.name != WHERE);
        on_values(&verb, &others).trim_end_matches(',').to_owned()
    }
}

/// Under which name the runtime shows where the call was dropped.
const WHERE: &str = "dropped at";

/// Refuses a target that comes to its end at once. What `call` gives only the compiler knows for certain.
fn gives_a_future(bound: &Bound<'_>, target: &Function) -> Result<(), Fault> {
    if target.is_async || bound.call.is_some() {
        return Ok(());
    }
    let message = "the target gives no future, so nothing of it can be dropped before its end";
    Err(Fault::error(Code::WrongTarget, bound.constraint.target.span, message)
        .label("not async")
        .also(target.defined, "defined here")
        .help("name an `async fn` or a function that gives a future, or write what gives one: `call = \"Rust\"`"))
}

/// Refuses what is about the answer of a call that gives none.
fn asks_for_no_result(bound: &Bound<'_>) -> Result<(), Fault> {
    let fault = |span, message: &str| {
        Fault::error(Code::InvalidValue, span, message.to_owned())
            .help("a statement about what the call gives at its end is a `law`")
    };
    if let Some(refused) = &bound.constraint.refusal.refused {
        return Err(fault(refused.span, "a call that is dropped gives no answer, and so refuses nothing"));
    }
    let said = [bound.constraint.expression("invariant"), bound.constraint.when.as_ref()];
    let asks = bound.expression("invariant").is_some_and(|it| {
        mentioned(it).contains(RESULT)
            && bound.values.iter().all(|value| variable(&value.name) != variable(RESULT))
    });
    match said {
        [Some(invariant), _] if asks => Err(fault(
            invariant.span,
            "a call that is dropped gives no `result` that the invariant could be about",
        )),
        [_, Some(when)] if waits_for_result(bound) => {
            Err(fault(when.span, "a call that is dropped has no end after which `when` could be judged"))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use constraints_wire::{Shown, Witness};

    use crate::kinds::example::{Example, example, refused, text};
    use crate::kinds::{Kind as _, Step, Via};
    use crate::model::Panics;
    use crate::resolve::Lend;

    fn transfer() -> Example {
        let transfer = example("cancel_safe", "kept", "transfer").argument("bank", text(), Lend::RefMut);
        transfer.expression("invariant", "bank.total() == 9")
    }

    #[test]
    fn what_is_dropped_is_a_future() {
        assert_eq!(refused(&transfer().awaited()), "accepted");
        assert_eq!(refused(&transfer().call("crate::transfer(&mut bank)")), "accepted");
        insta::assert_snapshot!(refused(&transfer()), @r#"
        wrong-target: the target gives no future, so nothing of it can be dropped before its end
        help: name an `async fn` or a function that gives a future, or write what gives one: `call = "Rust"`
        "#);
    }

    #[test]
    fn nothing_is_asked_of_an_answer_that_never_comes() {
        let asks = transfer().awaited().expression("invariant", "result.is_ok()");
        insta::assert_snapshot!(refused(&asks), @r"
        invalid-value: a call that is dropped gives no `result` that the invariant could be about
        help: a statement about what the call gives at its end is a `law`
        ");
        insta::assert_snapshot!(refused(&transfer().awaited().when("result.is_ok()")), @r"
        invalid-value: a call that is dropped has no end after which `when` could be judged
        help: a statement about what the call gives at its end is a `law`
        ");
        let named = transfer().awaited().value("result", text()).expression("invariant", "result.is_empty()");
        assert_eq!(refused(&named), "accepted", "it is the name of a value");
    }

    #[test]
    fn the_invariant_is_judged_after_the_drop_with_both_sides_shown() {
        let steps = |example: &Example| {
            let call = super::CancelSafe.plan(&example.bound()).expect("an accepted declaration");
            let word = |step: &Step| match step {
                Step::Draw { name, mutable: true, .. } => format!("draw mut {name}"),
                Step::When(_) => "when".to_owned(),
                Step::Call { bind: None, via: Via::Cancelled(method), .. } => (*method).to_owned(),
                Step::See { name, .. } => format!("see {name}"),
                Step::Then { text, .. } => format!("then {text}"),
                _ => "another".to_owned(),
            };
            call.body.steps().iter().map(word).collect::<Vec<_>>().join(", ")
        };
        let sized = transfer().awaited().when("bank.len() > 3").expression("invariant", "bank.len()  == 9");
        assert_eq!(steps(&sized), "draw mut bank, when, cancel, see bank.len(), then bank.len() == 9");
        assert!(steps(&sized.panics(Panics::Allowed)).contains(", cancel_or_panic, "));
    }

    #[test]
    fn the_message_says_where_the_call_was_dropped() {
        let shown = |name: &str, text: &str| Shown { name: name.to_owned(), text: text.to_owned() };
        let said = |values: &[Shown]| {
            super::CancelSafe.message(&Witness { values: values.to_vec(), ..Witness::default() })
        };
        let place = shown("dropped at", "wait 1 of 2");
        let message = said(&[shown("amount", "3"), place.clone()]);
        assert_eq!(message, "breaks when it is dropped at wait 1 of 2, on amount = 3");
        assert_eq!(said(&[place]), "breaks when it is dropped at wait 1 of 2");
        assert_eq!(said(&[shown("amount", "3")]), "breaks on amount = 3");
    }
}
