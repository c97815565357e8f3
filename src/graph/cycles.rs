//! Takes the model, gives the circles among prerequisites and refinements, each at the edge that closes it.
//!
//! Looks at ids only, so that the order of declarations changes nothing. It does not recurse: a chain may be long.

use std::collections::BTreeMap;

use super::constraint_graph::Edge;
use crate::model::{Code, Constraint, Fault, Id, Model, Span};

/// More steps of a circle than this are not shown one by one.
const SHOWN: usize = 24;

/// An edge that closes a circle.
pub(super) struct Cycle<'m> {
    /// What sort of edge.
    pub(super) edge: Edge,
    /// Where it starts.
    pub(super) from: &'m Id,
    /// Where it leads, though from there a way leads back.
    pub(super) to: &'m Id,
    /// The whole circle, told.
    pub(super) fault: Fault,
}

/// An edge as it was written.
#[derive(Clone, Copy)]
struct Written<'m> {
    to: &'m Id,
    edge: Edge,
    at: Span,
}

impl Written<'_> {
    fn word(self) -> &'static str {
        if self.edge == Edge::After { "waits for" } else { "refines" }
    }
}

/// A constraint on the way, and the edges out of it that are still to be followed, the next one last.
struct Step<'m> {
    node: usize,
    open: Vec<Written<'m>>,
    /// The edge that leads on from here.
    taken: Option<Written<'m>>,
}

/// Every edge that leads back into the path walked so far, in the order of ids.
///
/// Both sorts of edges are followed together: what waits for a stronger form of itself is judged when nothing about it
/// is open any more.
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
            let Some(next) = index.get(edge.to).copied() else { continue };
            match depth[next] {
                Some(at) => found.push(told(&path[at..], &constraints)),
                None => enter = (!seen[next]).then_some(next),
            }
        }
    }
    found
}

/// The edges out of a constraint, the first by id last.
fn edges(constraint: &Constraint) -> Vec<Written<'_>> {
    let sorts = [(Edge::After, &constraint.after), (Edge::Refines, &constraint.refines)];
    let written = sorts
        .into_iter()
        .flat_map(|(edge, ids)| ids.iter().map(move |id| Written { to: &id.value, edge, at: id.span }));
    let mut edges: Vec<Written<'_>> = written.collect();
    edges.sort_by_key(|it| std::cmp::Reverse((it.to, it.edge, it.at)));
    edges.dedup_by_key(|it| (it.to, it.edge));
    edges
}

fn told<'m>(circle: &[Step<'m>], constraints: &[&'m Constraint]) -> Cycle<'m> {
    let id = |step: &Step<'m>| &constraints[step.node].id.value;
    let edge = |step: &Step<'m>| step.taken.expect("every step of a circle was taken");
    let (first, last) = (id(&circle[0]), &circle[circle.len() - 1]);
    let (from, closes) = (id(last), edge(last));
    let (message, label) = if circle.len() == 1 {
        let label = match closes.edge {
            Edge::After => "it could never be judged",
            _ => "nothing is stronger than itself",
        };
        (format!("`{from}` {} itself", closes.word()), label.to_owned())
    } else {
        let way = way(circle, |step| id(step).as_str(), first);
        let label = format!("`{from}` {} `{first}`, which closes the circle", closes.word());
        (format!("{}: {way}", of_many(circle)), label)
    };
    let fault =
        Fault::error(Code::Cycle, closes.at, message).label(label).help("take out one of these edges");
    let others = circle[..circle.len() - 1].iter().take(SHOWN);
    let fault = others.fold(fault, |fault, step| {
        let edge = edge(step);
        fault.also(edge.at, format!("`{}` {} `{}`", id(step), edge.word(), edge.to))
    });
    Cycle { edge: closes.edge, from, to: first, fault }
}

/// What the constraints of a circle do to each other.
fn of_many(circle: &[Step<'_>]) -> &'static str {
    let has = |edge| circle.iter().any(|step| step.taken.is_some_and(|it| it.edge == edge));
    match (has(Edge::After), has(Edge::Refines)) {
        (true, true) => "constraints wait for stronger forms of themselves",
        (true, false) => "prerequisites wait for each other",
        _ => "constraints refine each other",
    }
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
