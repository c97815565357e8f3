//! Takes the model, gives the circles among prerequisites, each at the edge that closes it.
//!
//! Looks at ids only, so that the order of declarations changes nothing. It does not recurse: a chain may be long.

use std::collections::BTreeMap;

use crate::model::{Code, Constraint, Fault, Id, Model, Spanned};

/// More steps of a circle than this are not shown one by one.
const SHOWN: usize = 24;

/// An edge that closes a circle.
pub(super) struct Cycle<'m> {
    /// The constraint that waits.
    pub(super) waits: &'m Id,
    /// What it waits for, though that waits for it.
    pub(super) prerequisite: &'m Id,
    /// The whole circle, told.
    pub(super) fault: Fault,
}

/// A constraint on the way, and the edges out of it that are still to be followed, the next one last.
struct Step<'m> {
    node: usize,
    open: Vec<&'m Spanned<Id>>,
    /// The edge that leads on from here.
    taken: Option<&'m Spanned<Id>>,
}

/// Every edge that leads back into the path walked so far, in the order of ids.
pub(super) fn cycles(model: &Model) -> Vec<Cycle<'_>> {
    let constraints: Vec<&Constraint> = model.constraints.values().collect();
    let index: BTreeMap<&Id, usize> = model.constraints.keys().zip(0..).collect();
    let mut seen = vec![false; constraints.len()];
    let mut depth: Vec<Option<usize>> = vec![None; constraints.len()];
    let mut found = Vec::new();
    for start in 0..constraints.len() {
        let mut path: Vec<Step<'_>> = Vec::new();
        let mut enter = (!seen[start]).then_some(start);
        loop {
            if let Some(node) = enter.take() {
                seen[node] = true;
                depth[node] = Some(path.len());
                path.push(Step { node, open: edges(constraints[node]), taken: None });
            }
            let Some(step) = path.last_mut() else { break };
            step.taken = step.open.pop();
            let Some(edge) = step.taken else {
                depth[step.node] = None;
                path.pop();
                continue;
            };
            let Some(next) = index.get(&edge.value).copied() else { continue };
            match depth[next] {
                Some(at) => found.push(told(&path[at..], &constraints)),
                None => enter = (!seen[next]).then_some(next),
            }
        }
    }
    found
}

/// The edges out of a constraint, the first by id last.
fn edges(constraint: &Constraint) -> Vec<&Spanned<Id>> {
    let mut edges: Vec<&Spanned<Id>> = constraint.after.iter().collect();
    edges.sort_by(|a, b| (&b.value, a.span).cmp(&(&a.value, b.span)));
    edges.dedup_by(|a, b| a.value == b.value);
    edges
}

fn told<'m>(circle: &[Step<'m>], constraints: &[&'m Constraint]) -> Cycle<'m> {
    let id = |step: &Step<'m>| &constraints[step.node].id.value;
    let edge = |step: &Step<'m>| step.taken.expect("every step of a circle was taken");
    let (first, last) = (id(&circle[0]), &circle[circle.len() - 1]);
    let (waits, closes) = (id(last), edge(last));
    let message = if circle.len() == 1 {
        format!("`{waits}` waits for itself")
    } else {
        format!("prerequisites wait for each other: {}", way(circle, |step| id(step).as_str(), first))
    };
    let label = if circle.len() == 1 {
        "it could never be judged".to_owned()
    } else {
        format!("`{waits}` waits for `{first}`, which closes the circle")
    };
    let fault =
        Fault::error(Code::Cycle, closes.span, message).label(label).help("take out one of these edges");
    let others = circle[..circle.len() - 1].iter().take(SHOWN);
    let fault = others.fold(fault, |fault, step| {
        fault.also(edge(step).span, format!("`{}` waits for `{}`", id(step), edge(step).value))
    });
    Cycle { waits, prerequisite: first, fault }
}

/// `a -> b -> c -> a`, with the middle left out of a very long one.
fn way<'m>(circle: &[Step<'m>], id: impl Fn(&Step<'m>) -> &'m str, first: &Id) -> String {
    let mut way: Vec<String> = circle.iter().take(SHOWN).map(|step| id(step).to_owned()).collect();
    if let Some(left_out) = circle.len().checked_sub(SHOWN + 1).filter(|left_out| *left_out > 0) {
        way.push(format!("({left_out} more)"));
    }
    if circle.len() > SHOWN {
        way.push(id(&circle[circle.len() - 1]).to_owned());
    }
    way.push(first.to_string());
    way.join(" -> ")
}
