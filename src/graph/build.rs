//! Takes the model, gives the graph and what is wrong between declarations.

use std::collections::BTreeSet;

use petgraph::graph::DiGraph;

use super::constraint_graph::{ConstraintGraph, Edge, Node};
use super::cycles::cycles;
use super::faults;
use crate::model::{Area, Constraint, Faults, Goal, Id, Level, Model, Risk, Spanned};

impl ConstraintGraph {
    /// Builds the graph; what is wrong between declarations, whatever they require, is a fault.
    ///
    /// Edges that close a cycle are left out of the graph, so that everything after can go on. So are edges to
    /// ids that are not in the model: reading it has reported them.
    pub fn build(model: &Model) -> (Self, Faults) {
        let mut built = Self::nodes(model);
        let mut faults = Faults::default();
        let mut closing = BTreeSet::new();
        for cycle in cycles(model) {
            closing.insert((cycle.edge, cycle.from, cycle.to));
            faults.push(cycle.fault);
        }
        for (id, constraint) in &model.constraints {
            let edges = edges(constraint).filter(|(edge, to)| !closing.contains(&(*edge, id, *to)));
            built.add(id, edges);
        }
        faults.extend(faults::between(&built, model));
        (built, faults)
    }

    fn nodes(model: &Model) -> Self {
        let nodes = model.goals.len() + model.risks.len() + model.constraints.len();
        let mut graph = DiGraph::with_capacity(nodes, 0);
        let mut add = |id: &Id, says: &Spanned<String>, weight| {
            (id.clone(), graph.add_node(Node { id: id.clone(), says: says.value.clone(), weight }))
        };
        let goals = model.goals.iter().map(|(id, goal)| add(id, &goal.says, None)).collect();
        let risks = model.risks.iter().map(|(id, risk)| add(id, &risk.says, None)).collect();
        let constraints = model.constraints.iter();
        let constraints = constraints
            .map(|(id, constraint)| add(id, &constraint.says, Some(weigh(model, constraint))))
            .collect();
        Self { graph, goals, risks, constraints }
    }

    /// Adds the edges out of a constraint. An id named twice is still one edge.
    fn add<'m>(&mut self, from: &Id, edges: impl Iterator<Item = (Edge, &'m Id)>) {
        let from = self.constraints[from];
        let mut added = BTreeSet::new();
        for (edge, to) in edges {
            let nodes = match edge {
                Edge::Serves => &self.goals,
                Edge::Answers => &self.risks,
                Edge::After | Edge::Refines | Edge::Conflicts => &self.constraints,
            };
            if let Some(to) = nodes.get(to)
                && added.insert((edge, *to))
            {
                self.graph.add_edge(from, *to, edge);
            }
        }
    }
}

/// Every edge that a declaration names.
fn edges(constraint: &Constraint) -> impl Iterator<Item = (Edge, &Id)> {
    let Constraint { serves, answers, after, refines, conflicts, .. } = constraint;
    let sorts = [
        (Edge::Serves, serves),
        (Edge::Answers, answers),
        (Edge::After, after),
        (Edge::Refines, refines),
        (Edge::Conflicts, conflicts),
    ];
    sorts.into_iter().flat_map(|(edge, ids)| ids.iter().map(move |id| (edge, &id.value)))
}

fn weigh(model: &Model, constraint: &Constraint) -> (Area, Level) {
    let goals = || constraint.serves.iter().filter_map(|goal| model.goals.get(&goal.value));
    let risks = || constraint.answers.iter().filter_map(|risk| model.risks.get(&risk.value));
    let of_goals = || goals().filter_map(|goal: &Goal| goal.area).min();
    let of_risks = || risks().filter_map(|risk: &Risk| risk.area).min();
    let strictest = || goals().filter_map(|goal: &Goal| goal.level).min();
    let area = constraint.area.or_else(of_goals).or_else(of_risks);
    let area = area.unwrap_or(constraint.kind.value.area);
    let level = constraint.level.or_else(strictest).unwrap_or(area.default_level());
    (area, level)
}
