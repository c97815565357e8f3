//! # `model`
//!
//! ## What it requires
//! Whatever steps are taken on a value, one after the other, what is left is sound: the `invariant` is true at the start and after every step, no step panics, and the value can be let go of at the end.
//! With a `reference`, each step gives what the same step on the reference gives.
//! With `threads`, steps that are taken at the same time give what they could give one after the other.
//! With `panics = "allowed"` a step may panic, and what it leaves behind still has to be sound.
//!
//! ## Why it matters
//! Most mistakes in a data structure take several calls to show: a full buffer that is emptied and filled again, a cache that evicts what was just put in.
//! Code that panics half-way through a change leaves a value behind that somebody else drops, or goes on using.
//!
//! ## Declaration
//! ```toml
//! [constraint.like_a_queue]
//! says      = "A ring of jobs gives them back in the order in which they came"
//! kind      = "model"
//! target    = "crate::Ring"
//! start     = "crate::Ring::new()"
//! steps     = ["pop_front", "len"]
//! reference = "std::collections::VecDeque::new()"
//!
//! [constraint.like_a_queue.step.push_back]
//! when = "it.len() < 4"
//! then = "it.len() == old(it).len() + 1"
//! ```
//!
//! ## Holds
//! ```rust
//! pub struct Ring {
//!     places: [u32; 4],
//!     start: usize,
//!     length: usize,
//! }
//!
//! impl Ring {
//!     pub fn push_back(&mut self, job: u32) {
//!         let at = (self.start + self.length) % self.places.len();
//!         self.places[at] = job;
//!         self.length += 1;
//!     }
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub struct Ring {
//!     places: [u32; 4],
//!     start: usize,
//!     length: usize,
//! }
//!
//! impl Ring {
//!     pub fn push_back(&mut self, job: u32) {
//!         let at = self.length % self.places.len(); // red: main.like_a_queue
//!         self.places[at] = job;
//!         self.length += 1;
//!     }
//! }
//! ```
//!
//! ## How it is checked
//! Sequences of steps are drawn like any value, with some steps left out so that others come often, and with arguments that come back; what fails is made shorter.
//! `steps` names methods of the type, whose arguments are made by their types or as `args.NAME` says; `steps = "public"`, and no word of steps at all, means every public method whose arguments can be made.
//! `step.NAME = "it.push(item)"` writes a step as Rust over `it`; as a table it has `call`, `args`, `when` (otherwise the step is left out), `then` (over `it`, `result`, the arguments and `old(it)`) and `model`, the same step on the reference as Rust over `model`.
//! Without `model` the method of the same name is called on the reference, and both answers have to look the same; `agree` says over `it` and `model` what else has to be true of both.
//! Without `start` the sequence starts from any value of the type; a `given` value that `start` passes to a function is of the type that the function takes.
//! A type parameter that `generics` leaves open is an element that is watched, if the methods allow it: using or dropping one that is gone, or memory that never was one, is red.
//! Iterators that a step gives are run through, and now and then left before their end.
//! Where panics are allowed, clones, comparisons and drops of such elements, closures and iterators panic now and then, iterators are wrong about their length, and what borrows from the value alone is now and then forgotten instead of dropped.
//!
//! With `threads = 2` so many threads take steps on one value at the same time, after a few that one alone takes, and before a few more.
//! What all of them gave has to be what the same steps give one after the other, in some order that keeps to what was over before what else began: on a new value, or on the `reference` if there is one.
//! Answers that differ even where the same steps are taken twice one after the other are not compared.
//! Each case has many short rounds, in which threads and the closures and elements they are given idle now and then; a step that does not come back within a second is red, and so is one that panics.
//! A step that gives up because another thread is about, such as `try_lock`, has no such order: write it so that it gives nothing of that.
//! All steps are first taken one after the other, so one that waits for another thread needs an end of its own.
//! `invariant` is judged when all threads are back, also after many more steps unless `length` says how many there are; `then` right after its step, and neither `when` nor `then` may ask how the value was before.
//!
//! ```toml
//! [constraint.taken_once]
//! says    = "Nothing that is put on a desk is taken twice"
//! kind    = "model"
//! target  = "crate::Desk"
//! start   = "crate::Desk::new()"
//! threads = 2
//!
//! [constraint.never_overdrawn]
//! says          = "No account is overdrawn, however many withdraw at once"
//! kind          = "model"
//! target        = "crate::Account"
//! given.balance = { range = "0..=300" }
//! start         = "crate::Account::new(balance)"
//! threads       = 3
//! steps         = ["withdraw", "balance"]
//! step.all      = { call = "it.withdraw(amount)", args.amount = { type = "u8", range = "100..=200" } }
//! invariant     = "it.balance() <= balance"
//!
//! [constraint.sound_after_a_panic]
//! says      = "A list is sound, whatever the code that it is given does"
//! kind      = "model"
//! target    = "crate::List"
//! start     = "crate::List::new()"
//! panics    = "allowed"
//! invariant = "it.len() <= 6"
//! length    = "1..=20"
//! ```
//!
//! ## What it cannot see
//! States that only long sequences reach, or only arguments that have to fit each other exactly; `args` and `when` lead there.
//! Memory that is read where nothing was ever written and where no watched element is read, unless the process dies of it.
//! Steps at the same time that would have to meet within a few instructions more often than chance has them meet, and orders of memory accesses that this processor does not show.
//!
//! ## References
//! - `QuickCheck` state machines: <https://www.cs.tufts.edu/~nr/cs257/archive/john-hughes/quviq-testing.pdf>
//! - Linearizability: <https://cs.brown.edu/~mph/HerlihyW90/p463-herlihy.pdf>
//! - Panic safety in unsafe code: <https://doc.rust-lang.org/nomicon/exception-safety.html>

use constraints_wire::Witness;
use syn::Expr;

use super::lowering::{draws, mentioned};
use super::{Arm, Body, Call, Kind, OracleCall, Plays, Step, Steps, is_copy};
use crate::model::{About, Area, Code, Constraint, Fault, Key, KeyShape, Shape, Status, Subject};
use crate::resolve::{Bound, Lend, Move, Recipe, Walk};

/// A value stays sound, whatever steps are taken on it.
#[derive(Debug)]
pub(super) struct Model;

impl Kind for Model {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "model",
            shape: Shape::Scenario,
            area: Area::Correctness,
            summary: "a value stays sound, and does what a reference does, whatever steps are taken on it",
            status: Status::Preview,
            subject: Subject::Stepped,
            keys: KEYS,
            source: include_str!("model.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let Some(walk) = &bound.walk else {
            let message = "the target is not a type that steps are taken on";
            return Err(Fault::error(Code::WrongTarget, bound.constraint.target.span, message));
        };
        let reference = bound.expression("reference").cloned();
        let dares = bound.constraint.refusal.panics.is_some();
        let threads = threads(bound.constraint)?;
        let arms = walk.moves.iter().map(|step| arm(step, reference.is_some(), threads > 0)).collect();
        let length = bound.constraint.length("length").map(|length| length.value);
        let length = length.map_or((0, usize::MAX), |length| (length.least, length.most));
        // More than these find no place.
        let length = if threads > 0 { (length.0, length.1.min(4 * threads + 6)) } else { length };
        let holds = ["invariant", "agree"].into_iter().filter_map(|key| {
            let text = bound.constraint.expression(key)?.text.clone();
            Some((text, bound.expression(key)?.clone()))
        });
        let mut steps: Vec<Step> = draws(bound);
        steps.push(Step::Walk(Box::new(Steps {
            start: bound.expression("start").cloned(),
            ty: walk.ty.clone(),
            reference,
            length,
            holds: holds.collect(),
            dares,
            has_fuse: dares && threads == 0 && calls_back(walk),
            threads,
            arms,
        })));
        Ok(OracleCall { oracle: "model", body: Body::Cases(steps) })
    }

    fn message(&self, witness: &Witness) -> String {
        let named = |part: &str| -> Vec<&str> {
            let values = witness.values.iter().filter(|value| value.name.starts_with(part));
            values.map(|value| value.text.as_str()).collect()
        };
        let (steps, threads, after) = (named("step "), named("thread "), named("then "));
        let is_other = |name: &str| !["step ", "thread ", "then "].iter().any(|part| name.starts_with(part));
        let others = witness.values.iter().filter(|value| is_other(&value.name));
        let others: Vec<String> = others.map(|value| format!("{} = {}", value.name, value.text)).collect();
        let start = if others.is_empty() { String::new() } else { format!(" from {}", others.join(", ")) };
        let together = (!threads.is_empty()).then(|| threads.join(" at the same time as "));
        let all = steps.into_iter().chain(together.as_deref()).chain(after);
        match all.collect::<Vec<_>>().as_slice() {
            [] => format!("breaks at the start{start}"),
            steps => format!("breaks by {}{start}", steps.join(", then ")),
        }
    }
}

const KEYS: &[Key] = &[
    Key {
        name: "start",
        shape: KeyShape::Expression,
        required: false,
        says: "What the steps start from; any value of the type by default.",
    },
    Key {
        name: "steps",
        shape: KeyShape::Words,
        required: false,
        says: "Methods that are steps, by name; `public` for all public ones, the default where `step` says nothing.",
    },
    Key {
        name: "step",
        shape: KeyShape::Steps,
        required: false,
        says: "Steps by name: Rust over `it`, or a table with `call`, `args`, `when`, `then`, `model`.",
    },
    Key {
        name: "invariant",
        shape: KeyShape::ExpressionOver(&["it", "model"]),
        required: false,
        says: "Rust over `it` that is true at the start and after every step.",
    },
    Key {
        name: "reference",
        shape: KeyShape::Expression,
        required: false,
        says: "What plays the same steps, as a value called `model`.",
    },
    Key {
        name: "agree",
        shape: KeyShape::ExpressionOver(&["it", "model"]),
        required: false,
        says: "Rust over `it` and `model` that is true after every step.",
    },
    Key {
        name: "threads",
        shape: KeyShape::Length,
        required: false,
        says: "So many threads take the steps at the same time.",
    },
    Key {
        name: "length",
        shape: KeyShape::Length,
        required: false,
        says: "How many steps a sequence has, at most and at least: `\"1..=20\"`.",
    },
];

/// How many threads take the steps; 0 if they are taken one after the other.
fn threads(constraint: &Constraint) -> Result<usize, Fault> {
    let Some(threads) = constraint.length("threads") else { return Ok(0) };
    let (least, most) = (threads.value.least, threads.value.most);
    if least == most && (2..=8).contains(&most) {
        return Ok(most);
    }
    let fault = Fault::error(Code::InvalidValue, threads.span, "so many threads take no steps together");
    Err(fault.label("a number from 2 to 8").help("two or three are mostly enough: `threads = 2`"))
}

/// Lowers one sort of step.
fn arm(step: &Move, has_reference: bool, is_shared: bool) -> Arm {
    let draw = |value: &crate::resolve::Value| Step::Draw {
        name: value.name.clone(),
        recipe: value.recipe.clone(),
        input: value.input.clone(),
        mutable: true,
    };
    let mut later: std::collections::BTreeSet<String> =
        step.then.iter().flat_map(|(_, then)| mentioned(then)).collect();
    if !is_shared {
        later.extend(step.model.iter().flat_map(mentioned));
    }
    let plays = has_reference && step.model.is_none() && step.function.is_some();
    let call = match (&step.function, &step.call) {
        (Some(function), None) => {
            let value = |name: &str| step.values.iter().find(|value| value.name == name);
            let is_cloned = |name: &str, lend: &Lend| {
                *lend == Lend::Move
                    && (later.contains(name) || plays && !is_shared)
                    && value(name).is_some_and(|value| value.cloneable && !is_copy(&value.recipe))
            };
            let arguments =
                function.parameters.iter().map(|it| (it.name.clone(), is_cloned(&it.name, &it.lend)));
            Call::Function { function: function.clone(), arguments: arguments.collect() }
        }
        (_, call) => Call::Expression(call.clone().unwrap_or_else(|| syn::parse_quote!(()))),
    };
    let asks = |it: &Expr| mentioned(it).contains("result");
    Arm {
        name: step.name.clone(),
        draws: step.values.iter().map(draw).collect(),
        when: step.when.clone(),
        call,
        keeps: step.keeps,
        keeps_old: step.keeps_old,
        needs_result: step.then.iter().any(|(_, then)| asks(then)) || step.model.iter().any(asks),
        then: step.then.clone(),
        plays: match step.model.clone().filter(|_| has_reference) {
            Some(model) => Plays::Rust(Box::new(model)),
            None if plays => Plays::Method,
            None => Plays::Not,
        },
        leaks: step.lends,
    }
}

/// Whether a step may call code of the caller's.
fn calls_back(walk: &Walk) -> bool {
    fn is_code(recipe: &Recipe) -> bool {
        matches!(recipe, Recipe::Tracked | Recipe::Closure { .. } | Recipe::Items(_))
            || recipe.parts().into_iter().any(is_code)
    }
    walk.tracks || walk.moves.iter().flat_map(|step| &step.values).any(|value| is_code(&value.recipe))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::example::{Example, HERE, example, function, refused, walk};
    use crate::model::{KeyValue, Length, Spanned};
    use crate::resolve::{Returns, Target};
    use constraints_wire::Shown;

    fn ring(steps: &[&str]) -> Example {
        let moves = steps.iter().map(|name| {
            let path = format!("app::Ring::{name}");
            (*name, function(&path, &[Lend::RefMut], Returns::Plain))
        });
        walk(example("model", "ring", "Ring"), moves.collect())
    }

    fn planned(example: &Example) -> Steps {
        let call = Model.plan(&example.bound()).expect("a plan");
        let Body::Cases(mut steps) = call.body else { panic!("it is judged by cases") };
        match steps.pop() {
            Some(Step::Walk(walk)) => *walk,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn steps_are_taken_on_a_type() {
        assert_eq!(refused(&ring(&["pop"]).expression("start", "app::Ring::new()")), "accepted");
        insta::assert_snapshot!(
            refused(&example("model", "parse", "parse")),
            @"wrong-target: the target is not a type that steps are taken on"
        );
        let missing = example("model", "ring", "Ring").target(Target::Missing { nearest: Vec::new() });
        assert!(refused(&missing).starts_with("wrong-target"));
    }

    #[test]
    fn a_reference_plays_the_steps_that_do_not_say_how() {
        let alone = planned(&ring(&["pop", "len"]));
        assert!(alone.arms.iter().all(|arm| matches!(arm.plays, Plays::Not)) && alone.reference.is_none());
        let both = planned(&ring(&["pop", "len"]).expression("reference", "Vec::<u8>::new()"));
        assert!(both.arms.iter().all(|arm| matches!(arm.plays, Plays::Method)) && both.reference.is_some());
        assert_eq!((both.length, both.dares, both.has_fuse), ((0, usize::MAX), false, false));
    }

    #[test]
    fn a_violation_tells_the_steps() {
        let shown = |name: &str, text: &str| Shown { name: name.to_owned(), text: text.to_owned() };
        let values = vec![shown("size", "3"), shown("step 1", "push(7)"), shown("step 2", "pop() → None")];
        let witness = Witness { values, ..Witness::default() };
        assert_eq!(Model.message(&witness), "breaks by push(7), then pop() → None from size = 3");
        assert_eq!(Model.message(&Witness::default()), "breaks at the start");
        let values = vec![
            shown("step 1", "push(7)"),
            shown("thread 1", "pop(), pop()"),
            shown("thread 2", "pop()"),
            shown("then 1", "len()"),
        ];
        assert_eq!(
            Model.message(&Witness { values, ..Witness::default() }),
            "breaks by push(7), then pop(), pop() at the same time as pop(), then len()"
        );
    }

    #[test]
    fn a_few_threads_can_take_the_steps() {
        let plan = |threads: usize| {
            let threads = Length { least: threads, most: threads };
            ring(&["pop"]).key("threads", KeyValue::Length(Spanned::new(threads, HERE)))
        };
        assert_eq!((planned(&plan(3)).threads, planned(&ring(&["pop"])).threads), (3, 0));
        assert!(refused(&plan(1)).starts_with("invalid-value: so many threads take no steps together"));
    }
}
