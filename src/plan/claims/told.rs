//! Takes two declarations of one target, gives the fault between them, if there is one.

use std::collections::BTreeSet;

use super::domain::Shared;
use super::is_declared;
use super::standing::Strength;
use super::strength::Claim;
use crate::graph::ConstraintGraph;
use crate::kinds::Stance;
use crate::model::{Code, Constraint, Fault, Id, Severity};

/// A statement that is never true.
pub(super) fn impossible(claim: &Claim<'_>) -> Option<Fault> {
    let (then, at) = claim.then.as_ref()?;
    let subject = then.impossible()?;
    let id = &claim.constraint.id;
    let message = format!("what `{}` requires can never be true", id.value);
    let fault = Fault::error(Code::Contradiction, *at, message);
    Some(fault.label(format!("no value of `{subject}` makes this true")).help("mend the bounds"))
}

/// Two that no code can satisfy together.
pub(super) fn contradiction(one: &Claim<'_>, other: &Claim<'_>) -> Option<Fault> {
    if let Some(fault) = false_refinement(one, other).or_else(|| false_refinement(other, one)) {
        return Some(fault);
    }
    let (narrower, wider) = (one.when.implies(&other.when), other.when.implies(&one.when));
    if !one.is_of_one_call(other) || !(narrower || wider) {
        return None;
    }
    let witness = shared(one, other, narrower && wider)?;
    match (one.stance, other.stance) {
        (Some(Stance::Accepts), Some(Stance::Rejects)) => Some(torn(one, other, &witness)),
        (Some(Stance::Rejects), Some(Stance::Accepts)) => Some(torn(other, one, &witness)),
        _ => {
            let ((then, at), (other_then, other_at)) = (one.then.as_ref()?, other.then.as_ref()?);
            if then.impossible().is_some() || other_then.impossible().is_some() {
                return None;
            }
            let subject = then.and(other_then).impossible()?.to_owned();
            let (id, other_id) = (&one.constraint.id.value, &other.constraint.id.value);
            let message = format!("`{id}` and `{other_id}` cannot both hold, for {witness}");
            let fault = Fault::error(Code::Contradiction, *other_at, message)
                .label(format!("no value of `{subject}` makes this true"))
                .also(*at, "and this");
            Some(fault.help("mend one of them, or say with `when` which values each is about"))
        }
    }
}

/// One that another already demands.
pub(super) fn redundant(one: &Claim<'_>, other: &Claim<'_>, graph: &ConstraintGraph) -> Option<Fault> {
    if is_declared(one, other) {
        return None;
    }
    let level = |claim: &Claim<'_>| graph.level(&claim.constraint.id.value);
    let (weak, strong, is_equal) = match one.compare(other) {
        Strength::Incomparable => return None,
        // Of two that are the same the one that does more to a merge stays, then the first.
        Strength::Equal if level(one) <= level(other) => (other, one, true),
        Strength::Equal => (one, other, true),
        Strength::Stronger => (other, one, false),
        Strength::Weaker => (one, other, false),
    };
    // What blocks a merge is not replaced by what does not.
    if level(weak) < level(strong) || !strong.tries(weak) {
        return None;
    }
    let (id, by) = (&weak.constraint.id, &strong.constraint.id);
    let (message, label) = if is_equal {
        (format!("`{}` requires the same as `{}`", id.value, by.value), "the same again")
    } else {
        (
            format!("`{}` requires no more than `{}`", id.value, by.value),
            "whatever satisfies the other satisfies this",
        )
    };
    let fault = Fault::warning(Code::Redundant, id.span, message).label(label);
    let fault = fault.also(by.span, if is_equal { "here" } else { "this requires more" });
    let reasons = |claim: &Claim<'_>| {
        let Constraint { serves, answers, .. } = claim.constraint;
        serves.iter().chain(answers).map(|it| it.value.clone()).collect::<BTreeSet<Id>>()
    };
    let (kept, lost) = (reasons(strong), reasons(weak));
    let lost: Vec<&str> = lost.difference(&kept).map(Id::as_str).collect();
    let fault = fault.help(if is_equal {
        "take one of them out".to_owned()
    } else {
        format!("take it out, or say that it is known with `refines = \"{}\"` in `{}`", id.value, by.value)
    });
    Some(match lost.as_slice() {
        [] => fault,
        ids => fault.help(format!("let `{}` be there for {} too", by.value, quoted(ids))),
    })
}

/// A refusal whose target nothing has to let anything through.
pub(super) fn lonely((claim, twin): (&Claim<'_>, &'static str)) -> Fault {
    let constraint = claim.constraint;
    let message = format!("nothing says what `{}` has to let through", constraint.target.value);
    Fault {
        severity: Severity::Note,
        ..Fault::warning(Code::MissingTwin, constraint.id.span, message)
            .label("a target that refuses everything satisfies this")
            .help(format!("add a constraint of the kind `{twin}` on the same target"))
    }
}

fn false_refinement(one: &Claim<'_>, other: &Claim<'_>) -> Option<Fault> {
    let (id, of) = (&one.constraint.id, &other.constraint.id);
    let edge = one.constraint.refines.iter().find(|it| it.value == of.value)?;
    if one.compare(other) != Strength::Weaker {
        return None;
    }
    let message = format!("`{}` refines `{}` and is the weaker of the two", id.value, of.value);
    let fault =
        Fault::error(Code::Contradiction, edge.span, message).label("said to be the stronger form here");
    let fault = fault.also(id.span, "whatever satisfies the other satisfies this");
    Some(
        fault
            .also(of.span, "this requires more")
            .help(format!("turn the edge round: let `{}` refine `{}`", of.value, id.value)),
    )
}

fn torn(takes: &Claim<'_>, refuses: &Claim<'_>, witness: &str) -> Fault {
    let (takes, refuses) = (&takes.constraint.id, &refuses.constraint.id);
    let message = format!("`{}` accepts what `{}` rejects: {witness}", takes.value, refuses.value);
    Fault::error(Code::Contradiction, refuses.span, message)
        .label("rejected here")
        .also(takes.span, "accepted here")
        .help("take the value out of one of them")
}

/// Values that both are about, in words, if it is sure that there are such.
///
/// Where one of them has a condition of its own, nobody can say whether a certain value meets it.
fn shared(one: &Claim<'_>, other: &Claim<'_>, same_condition: bool) -> Option<String> {
    let mut values = Vec::new();
    for (name, ours, theirs) in one.side_by_side(other) {
        match ours.shares(&theirs)? {
            Shared::Value(_) if !same_condition => return None,
            Shared::Value(value) => values.push(format!("{name} = {value}")),
            Shared::Something => {}
        }
    }
    Some(if values.is_empty() { "any value".to_owned() } else { values.join(", ") })
}

fn quoted(ids: &[&str]) -> String {
    ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}
