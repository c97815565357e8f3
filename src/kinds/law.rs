//! # `law`
//!
//! ## What it requires
//! A statement in Rust, `then`, is true for every input that satisfies `when`.
//! `result` in either is what the target gave.
//! The name of an argument that the target takes as `&mut` means, in `then`, what it holds after the call.
//! A statement that speaks of neither is about the arguments alone: then the target is not called,
//! and `args` may declare any values, for a statement that makes its calls itself.
//!
//! ## Why it matters
//! Most requirements are about what an answer says and not only that there is one.
//! A law says it for all inputs, so the one case that a list of examples left out is tried as well.
//!
//! ## Declaration
//! ```toml
//! [constraint.never_longer]
//! says   = "A shortened title is never longer than asked for"
//! kind   = "law"
//! target = "crate::shorten"
//! then   = "result.chars().count() <= width"
//! ```
//!
//! ## Holds
//! ```rust
//! pub fn shorten(title: &str, width: usize) -> String {
//!     title.chars().take(width).collect()
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn shorten(title: &str, width: usize) -> String {
//!     title.chars().take(width.max(3)).collect() // red: main.never_longer
//! }
//! ```
//!
//! ## How it is checked
//! The arguments are generated, `when` sorts out those the statement says nothing about, the target is called
//! where the statement is about what it gave or changed, and `then` has to be true.
//! Where `then` compares two sides with `==`, a counterexample shows both.
//! A panic in the target is red as well, for there is no result of which the statement could be true.
//!
//! ## What it cannot see
//! Whether the statement says what the sentence says; read the two side by side.
//! If almost no input satisfies `when`, too few cases reach the statement and the constraint is undecided:
//! generate inputs that satisfy it instead.
//!
//! ## References
//! - John Hughes, "How to Specify It!": <https://research.chalmers.se/publication/517894>
//! - CWE-840, business logic errors: <https://cwe.mitre.org/data/definitions/840.html>

use std::collections::BTreeSet;

use constraints_wire::Witness;

use super::lowering::{
    RESULT, draws, function, late_when, mentioned, on_values, refusal, see, sides, until_called, variable,
    waits_for_result,
};
use super::{Body, Kind, OracleCall, Sense, Step};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, Shape, Status, Subject};
use crate::resolve::{Bound, Lend, Target};

/// A statement is true for every input.
#[derive(Debug)]
pub(super) struct Law;

impl Kind for Law {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "law",
            shape: Shape::Property,
            area: Area::Correctness,
            summary: "a statement in Rust is true for every input",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[Key {
                name: "then",
                shape: KeyShape::Expression,
                required: true,
                says: "The statement: Rust over the arguments and `result`, of type `bool`.",
            }],
            source: include_str!("law.rs"),
        };
        &ABOUT
    }

    fn sense(&self, key: &str) -> Sense {
        if key == "then" { Sense::Statement } else { Sense::Same }
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        function(bound)?;
        let (Some(condition), Some(written)) =
            (bound.expression("then"), bound.constraint.expression("then"))
        else {
            return Err(Fault::error(Code::MissingKey, bound.constraint.id.span, "a law needs `then`"));
        };
        let mut steps = if bound.calls_target || bound.call.is_some() {
            called(bound, &mentioned(condition))
        } else {
            let mut steps = draws(bound);
            steps.extend(bound.when.clone().map(Step::When));
            steps
        };
        steps.extend(sides(bound, condition, &written.text));
        let text = written.text.split_whitespace().collect::<Vec<_>>().join(" ");
        steps.push(Step::Then { text, condition: condition.clone() });
        Ok(OracleCall { oracle: "law", body: Body::Cases(steps) })
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("does not hold", witness)
    }
}

/// The call with what goes before it, and what is shown of what came out.
fn called(bound: &Bound<'_>, stated: &BTreeSet<String>) -> Vec<Step> {
    let changed = changed(bound, stated);
    let said = &bound.constraint.refusal;
    let is_asked = bound.refused.is_some() || said.must_pass.is_some();
    let is_stated = is_asked || stated.contains(RESULT) || waits_for_result(bound);
    // What nobody speaks of may borrow from what was changed, so it is not kept; nor is it where a panic leaves none.
    let is_kept = is_stated || (changed.is_empty() && said.panics.is_none());
    let mut steps = until_called(bound, is_kept.then(|| RESULT.to_owned()), stated);
    if is_kept {
        // A law may be about refusals too, unless it says what counts as one.
        let ends = bound.refused.clone().map(Step::Refused);
        steps.extend(ends.map_or_else(|| refusal(bound, RESULT, false), |ends| vec![ends]));
    }
    steps.extend(late_when(bound));
    steps.extend(is_kept.then(|| see(RESULT)));
    let after =
        |name: &str| Step::See { name: format!("{name} afterwards"), value: variable(name), against: None };
    steps.extend(changed.into_iter().map(after));
    steps
}

/// The arguments whose state after the call the statement is about.
fn changed<'b>(bound: &'b Bound<'_>, stated: &BTreeSet<String>) -> Vec<&'b str> {
    let Target::Function(function) = &bound.target else { return Vec::new() };
    let parameters = function.parameters.iter().filter(|_| bound.call.is_none());
    let changed = parameters.filter(|it| it.lend == Lend::RefMut && stated.contains(&it.name));
    changed.map(|parameter| parameter.name.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{Example, example, refused, text};
    use crate::kinds::{Body, Kind as _, Step};
    use crate::resolve::{Lend, Returns};

    /// What the test does, a word a step.
    fn steps(example: &Example) -> String {
        let call = super::Law.plan(&example.bound()).expect("an accepted declaration");
        let Body::Cases(steps) = call.body else { panic!("a law is judged by cases") };
        let word = |step: &Step| match step {
            Step::Draw { name, mutable: true, .. } => format!("draw mut {name}"),
            Step::Draw { name, .. } => format!("draw {name}"),
            Step::When(_) => "when".to_owned(),
            Step::Call { bind: Some(name), .. } => format!("call as {name}"),
            Step::Call { .. } => "call".to_owned(),
            Step::See { name, .. } => format!("see {name}"),
            Step::Then { text, .. } => format!("then {text}"),
            Step::Keep(name) => format!("keep {name}"),
            Step::Refused(_) => "refused".to_owned(),
            _ => "another".to_owned(),
        };
        steps.iter().map(word).collect::<Vec<_>>().join(", ")
    }

    fn sort() -> Example {
        example("law", "sorted", "sort").argument("list", text(), Lend::RefMut).returns(Returns::Unit)
    }

    #[test]
    fn what_a_target_changed_is_judged_and_shown_after_the_call() {
        let sorted = sort().expression("then", "support::is_sorted(&list)");
        assert_eq!(
            steps(&sorted),
            "draw mut list, call, see list afterwards, then support::is_sorted(&list)"
        );
        let with_result = sort().returns(Returns::Plain).expression("then", "result == list.len()");
        assert_eq!(
            steps(&with_result),
            "draw mut list, call as result, see result, see list afterwards, see list.len(), then result == list.len()"
        );
    }

    #[test]
    fn a_precondition_on_a_changed_argument_comes_before_the_call() {
        let sorted = sort().when("list.len() > 1").expression("then", "support::is_sorted(&list)");
        assert_eq!(
            steps(&sorted),
            "draw mut list, when, call, see list afterwards, then support::is_sorted(&list)"
        );
    }

    #[test]
    fn a_statement_about_the_values_alone_calls_nothing() {
        let sealed = example("law", "never_the_same", "seal")
            .value("key", text())
            .without_call()
            .expression("then", "crate::seal(&key) != crate::seal(&key)");
        assert_eq!(steps(&sealed), "draw key, then crate::seal(&key) != crate::seal(&key)");
    }

    #[test]
    fn a_law_without_its_statement_is_refused() {
        insta::assert_snapshot!(refused(&sort()), @"missing-key: a law needs `then`");
    }
}
