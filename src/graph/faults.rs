//! Takes the graph and the declarations, gives what is wrong between them whatever they require.
//!
//! What a declaration requires of its target is not looked at here.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::Direction::Incoming;
use petgraph::graph::NodeIndex;

use super::constraint_graph::{ConstraintGraph, Edge};
use crate::model::{Code, Constraint, Fault, Faults, Id, Level, Model, Span, Spanned};

/// Goals without a constraint, high risks without an answer, conflicts, and prerequisites that are too weak.
pub(super) fn between(graph: &ConstraintGraph, model: &Model) -> Faults {
    let mut faults = Faults::default();
    // What serves a goal or answers a risk may stand in a file that could not be read.
    if model.unreadable.is_empty() {
        let unread: BTreeSet<&Id> = model.unread.values().flatten().collect();
        faults.extend(idle_goals(graph, model, &unread).collect());
        faults.extend(unanswered_risks(graph, model, &unread).collect());
    }
    faults.extend(weak_prerequisites(graph, model).collect());
    faults.extend(conflicts(graph, model).into_iter().collect());
    faults
}

fn idle_goals<'a>(
    graph: &'a ConstraintGraph,
    model: &'a Model,
    unread: &'a BTreeSet<&'a Id>,
) -> impl Iterator<Item = Fault> + 'a {
    let served = |node: NodeIndex| graph.over(node, Edge::Serves, Incoming).next().is_some();
    let idle = graph.goals.iter().filter(move |(id, node)| !served(**node) && !unread.contains(id));
    idle.map(|(id, _)| {
        let name = &model.goals[id].id;
        Fault::warning(Code::IdleGoal, name.span, format!("nothing serves the goal `{id}`"))
            .label("nothing would ever tell whether it is reached")
            .help(format!("add `serves = \"{}\"` to a constraint", id.name()))
    })
}

fn unanswered_risks<'a>(
    graph: &'a ConstraintGraph,
    model: &'a Model,
    unread: &'a BTreeSet<&'a Id>,
) -> impl Iterator<Item = Fault> + 'a {
    model.risks.values().filter(|risk| risk.is_high()).filter_map(move |risk| {
        let id = &risk.id.value;
        let answers = graph.answered_by(id);
        if unread.contains(id) || answers.iter().any(|answer| graph.level(answer) == Level::Block) {
            return None;
        }
        let rated = |fault: Fault| {
            let (likelihood, impact) = (&risk.likelihood, &risk.impact);
            fault
                .also(likelihood.span, format!("likelihood {}", likelihood.value.name()))
                .also(impact.span, format!("impact {}", impact.value.name()))
        };
        let Some(answer) = answers.first() else {
            let fault =
                Fault::error(Code::UnansweredRisk, risk.id.span, format!("nothing answers the risk `{id}`"));
            let help = format!("add `answers = \"{}\"` to a constraint, or rate the risk lower", id.name());
            return Some(rated(fault.label("a high risk that nobody does anything about")).help(help));
        };
        let message = format!("nothing that blocks a merge answers the risk `{id}`");
        let fault = Fault::warning(Code::UnansweredRisk, risk.id.span, message);
        let label = "a high risk, and code that falls to it could be merged";
        let level = graph.level(answer).name();
        let also = format!("`{answer}` answers it, at the level `{level}`");
        let help = "give one of its answers `level = \"block\"`, or rate the risk lower";
        Some(rated(fault.label(label)).also(model.constraints[answer].id.span, also).help(help))
    })
}

fn weak_prerequisites<'a>(graph: &'a ConstraintGraph, model: &'a Model) -> impl Iterator<Item = Fault> + 'a {
    let blocking = model.constraints.values().filter(|it| graph.level(&it.id.value) == Level::Block);
    blocking.flat_map(move |constraint| {
        let id = &constraint.id.value;
        let weak = constraint.after.iter().filter_map(|it| Some((it, graph.constraints.get(&it.value)?)));
        let weak = weak.filter(|(_, node)| graph.weight(**node).1 != Level::Block);
        weak.map(move |(before, node)| {
            let level = graph.weight(*node).1.name();
            let message = format!("`{id}` blocks a merge and waits for `{}`, which does not", before.value);
            Fault::warning(Code::WeakPrerequisite, before.span, message)
                .label("while this is red, nothing judges what waits for it")
                .also(model.constraints[&before.value].id.span, format!("its level is `{level}`"))
                .help(format!("give `{}` the level `block`, or take out the edge", before.value))
        })
    })
}

/// A pair that cannot hold together, and where that is said.
struct Conflict<'m> {
    one: NodeIndex,
    other: NodeIndex,
    at: Span,
    said_by: &'m Constraint,
    with: &'m Spanned<Id>,
}

/// Conflicts of which both sides block a merge, and constraints that could only be green when both sides are.
fn conflicts(graph: &ConstraintGraph, model: &Model) -> Vec<Fault> {
    let mut pairs: BTreeMap<(NodeIndex, NodeIndex), Conflict<'_>> = BTreeMap::new();
    for constraint in model.constraints.values() {
        for with in &constraint.conflicts {
            let Some(other) = graph.constraints.get(&with.value).copied() else { continue };
            let one = graph.constraints[&constraint.id.value];
            let conflict = Conflict { one, other, at: with.span, said_by: constraint, with };
            pairs.entry((one.min(other), one.max(other))).or_insert(conflict);
        }
    }
    let blocks = |node: NodeIndex| graph.weight(node).1 == Level::Block;
    let (required, open): (Vec<Conflict<'_>>, Vec<Conflict<'_>>) =
        pairs.into_values().partition(|it| it.one != it.other && blocks(it.one) && blocks(it.other));
    let mut faults: Vec<Fault> = required.iter().map(|conflict| both_required(conflict, model)).collect();
    for conflicts in open.chunks(PAIRS) {
        faults.extend(torn(graph, model, conflicts));
    }
    faults
}

fn both_required(conflict: &Conflict<'_>, model: &Model) -> Fault {
    let (id, with) = (&conflict.said_by.id, conflict.with);
    let message = format!("`{}` and `{}` cannot hold together, and both block a merge", id.value, with.value);
    Fault::error(Code::Contradiction, conflict.at, message)
        .label("they conflict, as is said here")
        .also(id.span, format!("`{}` is required", id.value))
        .also(model.constraints[&with.value].id.span, format!("`{}` is required", with.value))
        .help("take one of them out, or give one of them the level `warn`")
}

/// Pairs that one walk through the graph can tell apart.
const PAIRS: usize = 32;

/// For each conflict the first constraint that needs both sides to hold: one of the two, or one that waits for or
/// refines both.
fn torn(graph: &ConstraintGraph, model: &Model, conflicts: &[Conflict<'_>]) -> Vec<Fault> {
    // Two bits a pair: whether a constraint needs the one side, and whether it needs the other.
    let mut needs = vec![0_u64; graph.graph.node_count()];
    for (pair, conflict) in conflicts.iter().enumerate() {
        needs[conflict.one.index()] |= 1 << (2 * pair);
        needs[conflict.other.index()] |= 2 << (2 * pair);
    }
    let mut told = vec![false; conflicts.len()];
    let mut faults = Vec::new();
    for node in graph.sorted() {
        for before in graph.needed(node) {
            needs[node.index()] |= needs[before.index()];
        }
        let mut both = needs[node.index()] & (needs[node.index()] >> 1) & 0x5555_5555_5555_5555;
        while both != 0 {
            let pair = both.trailing_zeros() as usize / 2;
            both &= both - 1;
            if !std::mem::replace(&mut told[pair], true) {
                faults.push(never_green(graph, model, &conflicts[pair], node));
            }
        }
    }
    faults
}

fn never_green(graph: &ConstraintGraph, model: &Model, conflict: &Conflict<'_>, node: NodeIndex) -> Fault {
    let (one, other) = (&conflict.said_by.id.value, &conflict.with.value);
    let id = &graph.graph[node].id;
    if one == other {
        return Fault::error(Code::Contradiction, conflict.at, format!("`{one}` conflicts with itself"))
            .label("it could never hold")
            .help("name what it cannot hold together with, or take this out");
    }
    let message = if id == one || id == other {
        let needed = if id == one { other } else { one };
        format!("`{id}` needs `{needed}` to hold, and cannot hold together with it")
    } else {
        format!("`{id}` needs `{one}` and `{other}` to hold, which cannot hold together")
    };
    let fault = Fault::error(Code::Contradiction, model.constraints[id].id.span, message)
        .label("it could never be green")
        .also(conflict.at, format!("`{one}` conflicts with `{other}`"));
    let targets = [conflict.one, conflict.other];
    let mut shown = BTreeSet::new();
    let steps = targets.iter().flat_map(|target| way(graph, model, node, *target));
    let steps: Vec<(Span, String)> = steps.filter(|(span, _)| shown.insert(*span)).collect();
    let fault = steps.into_iter().fold(fault, |fault, (span, text)| fault.also(span, text));
    fault.help("take out one of the edges shown")
}

/// The edges of a shortest way from a constraint to one it needs.
fn way(graph: &ConstraintGraph, model: &Model, from: NodeIndex, to: NodeIndex) -> Vec<(Span, String)> {
    let mut came: BTreeMap<NodeIndex, NodeIndex> = BTreeMap::new();
    let mut queue = std::collections::VecDeque::from([from]);
    while let Some(node) = queue.pop_front() {
        if node == to {
            break;
        }
        for next in graph.needed(node) {
            if next != from && !came.contains_key(&next) {
                came.insert(next, node);
                queue.push_back(next);
            }
        }
    }
    let mut steps = Vec::new();
    let mut node = to;
    while let Some(before) = came.get(&node).copied() {
        steps.push(step(graph, model, before, node));
        node = before;
    }
    steps.reverse();
    // A long way is told by its ends.
    if steps.len() > SHOWN {
        steps.drain(SHOWN / 2..steps.len() - SHOWN / 2);
    }
    steps
}

/// Steps of a way that are shown.
const SHOWN: usize = 12;

fn step(graph: &ConstraintGraph, model: &Model, from: NodeIndex, to: NodeIndex) -> (Span, String) {
    let (from, to) = (&graph.graph[from].id, &graph.graph[to].id);
    let constraint = &model.constraints[from];
    if let Some(edge) = constraint.after.iter().find(|it| it.value == *to) {
        return (edge.span, format!("`{from}` waits for `{to}`"));
    }
    let refines = constraint.refines.iter().find(|it| it.value == *to);
    (refines.map_or(constraint.id.span, |edge| edge.span), format!("`{from}` refines `{to}`"))
}
