//! # `model`
//!
//! ## What it requires
//! Whatever steps are taken on a value, one after the other, what is left is sound: the `invariant` is true at the start and after every step, no step panics, and the value can be let go of at the end.
//! With a `reference`, each step gives what the same step on the reference gives.
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
//! Without `start` the sequence starts from any value of the type.
//! A type parameter that `generics` leaves open is an element that is watched, if the methods allow it: using or dropping one that is gone, or memory that never was one, is red.
//! Where panics are allowed, clones, comparisons and drops of such elements, closures and iterators panic now and then.
//!
//! ## What it cannot see
//! States that only long sequences reach, or only arguments that have to fit each other exactly; `args` and `when` lead there.
//! Memory that is read where nothing was ever written and where no watched element is read, unless the process dies of it.
//! Steps that run at the same time.
//!
//! ## References
//! - QuickCheck state machines: <https://www.cs.tufts.edu/~nr/cs257/archive/john-hughes/quviq-testing.pdf>
//! - Panic safety in unsafe code: <https://doc.rust-lang.org/nomicon/exception-safety.html>

use constraints_wire::Witness;
use syn::Expr;

use super::lowering::{draws, mentioned};
use super::{Arm, Body, Call, Kind, OracleCall, Step, Steps, is_copy};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, Shape, Status, Subject};
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
        let arms: Vec<Arm> = walk.moves.iter().map(|step| arm(step, reference.is_some())).collect();
        let length = bound.constraint.length("length").map(|length| length.value);
        let length = length.map_or((0, usize::MAX), |length| (length.least, length.most));
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
            has_fuse: dares && calls_back(walk),
            arms,
        })));
        Ok(OracleCall { oracle: "model", body: Body::Cases(steps) })
    }

    fn message(&self, witness: &Witness) -> String {
        let (steps, others): (Vec<_>, Vec<_>) =
            witness.values.iter().partition(|value| value.name.starts_with("step "));
        let steps: Vec<&str> = steps.iter().map(|step| step.text.as_str()).collect();
        let others: Vec<String> =
            others.iter().map(|value| format!("{} = {}", value.name, value.text)).collect();
        let start = if others.is_empty() { String::new() } else { format!(" from {}", others.join(", ")) };
        match steps.as_slice() {
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
        name: "length",
        shape: KeyShape::Length,
        required: false,
        says: "How many steps a sequence has, at most and at least: `\"1..=20\"`.",
    },
];

/// Lowers one sort of step.
fn arm(step: &Move, has_reference: bool) -> Arm {
    let draw = |value: &crate::resolve::Value| Step::Draw {
        name: value.name.clone(),
        recipe: value.recipe.clone(),
        input: value.input.clone(),
        mutable: true,
    };
    let mut later: std::collections::BTreeSet<String> =
        step.then.iter().flat_map(|(_, then)| mentioned(then)).collect();
    later.extend(step.model.iter().flat_map(mentioned));
    let plays = has_reference && step.model.is_none() && step.function.is_some();
    let call = match (&step.function, &step.call) {
        (Some(function), None) => {
            let value = |name: &str| step.values.iter().find(|value| value.name == name);
            let is_cloned = |name: &str, lend: &Lend| {
                *lend == Lend::Move
                    && (later.contains(name) || plays)
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
        model: if has_reference { step.model.clone() } else { None },
        plays,
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
    use crate::kinds::example::{Example, example, function, refused, walk};
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
        assert!(alone.arms.iter().all(|arm| !arm.plays) && alone.reference.is_none());
        let both = planned(&ring(&["pop", "len"]).expression("reference", "Vec::<u8>::new()"));
        assert!(both.arms.iter().all(|arm| arm.plays) && both.reference.is_some());
        assert_eq!((both.length, both.dares, both.has_fuse), ((0, usize::MAX), false, false));
    }

    #[test]
    fn a_violation_tells_the_steps() {
        let shown = |name: &str, text: &str| Shown { name: name.to_owned(), text: text.to_owned() };
        let values = vec![shown("size", "3"), shown("step 1", "push(7)"), shown("step 2", "pop() → None")];
        let witness = Witness { values, ..Witness::default() };
        assert_eq!(Model.message(&witness), "breaks by push(7), then pop() → None from size = 3");
        assert_eq!(Model.message(&Witness::default()), "breaks at the start");
    }
}
