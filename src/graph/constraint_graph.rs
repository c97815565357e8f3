use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use petgraph::Direction::{self, Incoming, Outgoing};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use super::cycles::cycles;
use super::faults;
use crate::model::{Area, Constraint, Faults, Goal, Id, Level, Model, Risk, Spanned};

/// Goals, risks and constraints with their edges. Node indices stay inside.
#[derive(Debug)]
pub struct ConstraintGraph {
    // Within goals, risks and constraints, indices rise with ids.
    pub(super) graph: DiGraph<Node, Edge>,
    pub(super) goals: BTreeMap<Id, NodeIndex>,
    pub(super) risks: BTreeMap<Id, NodeIndex>,
    pub(super) constraints: BTreeMap<Id, NodeIndex>,
}

/// What the graph keeps of a declaration.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) id: Id,
    pub(super) says: String,
    /// Area and level of a constraint; a goal or risk has none of its own here.
    weight: Option<(Area, Level)>,
}

/// What leads from a constraint to something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Edge {
    /// To its goal.
    Serves,
    /// To the risk it is an answer to.
    Answers,
    /// To its prerequisite.
    After,
    /// To what it is a stronger form of.
    Refines,
    /// To what cannot hold together with it.
    Conflicts,
}

impl Edge {
    /// The key in declarations.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Serves => "serves",
            Self::Answers => "answers",
            Self::After => "after",
            Self::Refines => "refines",
            Self::Conflicts => "conflicts",
        }
    }
}

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

    /// All constraints, prerequisites before what waits for them and weaker forms before stronger ones, then by area
    /// (order of repair), then by id.
    pub fn order(&self) -> Vec<Id> {
        self.sorted().into_iter().map(|node| self.id(node)).collect()
    }

    /// Area of a constraint: its own, else the most urgent of its goals', else of the risks' it answers, else its
    /// kind's.
    ///
    /// # Panics
    /// If the constraint is not of the model that the graph was built from.
    pub fn area(&self, constraint: &Id) -> Area {
        self.weight(self.constraints[constraint]).0
    }

    /// Level of a constraint: its own, else the strictest of its goals', else its area's default.
    ///
    /// # Panics
    /// If the constraint is not of the model that the graph was built from.
    pub fn level(&self, constraint: &Id) -> Level {
        self.weight(self.constraints[constraint]).1
    }

    /// Direct prerequisites, by id.
    pub fn prerequisites(&self, constraint: &Id) -> Vec<Id> {
        let Some(node) = self.constraints.get(constraint) else { return Vec::new() };
        self.ids(self.over(*node, Edge::After, Outgoing))
    }

    /// Constraints that serve a goal, by id.
    pub fn served_by(&self, goal: &Id) -> Vec<Id> {
        let Some(node) = self.goals.get(goal) else { return Vec::new() };
        self.ids(self.over(*node, Edge::Serves, Incoming))
    }

    /// Constraints that answer a risk, by id.
    pub fn answered_by(&self, risk: &Id) -> Vec<Id> {
        let Some(node) = self.risks.get(risk) else { return Vec::new() };
        self.ids(self.over(*node, Edge::Answers, Incoming))
    }
}

impl ConstraintGraph {
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

    /// All constraints in [`ConstraintGraph::order`].
    pub(super) fn sorted(&self) -> Vec<NodeIndex> {
        let mut waits_for: BTreeMap<NodeIndex, usize> = BTreeMap::new();
        let mut ready = BinaryHeap::new();
        for node in self.constraints.values() {
            match self.needed(*node).count() {
                0 => ready.push(Reverse((self.weight(*node).0, *node))),
                count => drop(waits_for.insert(*node, count)),
            }
        }
        let mut sorted = Vec::with_capacity(self.constraints.len());
        while let Some(Reverse((_, node))) = ready.pop() {
            sorted.push(node);
            for next in self.needed_by(node) {
                let count = waits_for.get_mut(&next).expect("what waits was counted");
                *count -= 1;
                if *count == 0 {
                    ready.push(Reverse((self.weight(next).0, next)));
                }
            }
        }
        sorted
    }

    /// What has to hold for a constraint to be green, by what is declared of it directly.
    pub(super) fn needed(&self, node: NodeIndex) -> impl Iterator<Item = NodeIndex> {
        [Edge::After, Edge::Refines].into_iter().flat_map(move |edge| self.over(node, edge, Outgoing))
    }

    fn needed_by(&self, node: NodeIndex) -> impl Iterator<Item = NodeIndex> {
        [Edge::After, Edge::Refines].into_iter().flat_map(move |edge| self.over(node, edge, Incoming))
    }

    /// Direct prerequisites.
    pub(super) fn waited_for(&self, node: NodeIndex) -> impl Iterator<Item = NodeIndex> {
        self.over(node, Edge::After, Outgoing)
    }

    /// What edges of one sort lead to, or come from.
    pub(super) fn over(
        &self,
        node: NodeIndex,
        edge: Edge,
        direction: Direction,
    ) -> impl Iterator<Item = NodeIndex> {
        let edges = self.graph.edges_directed(node, direction).filter(move |it| *it.weight() == edge);
        edges.map(move |it| if direction == Outgoing { it.target() } else { it.source() })
    }

    pub(super) fn weight(&self, node: NodeIndex) -> (Area, Level) {
        self.graph[node].weight.expect("a constraint has a weight")
    }

    pub(super) fn id(&self, node: NodeIndex) -> Id {
        self.graph[node].id.clone()
    }

    pub(super) fn ids(&self, nodes: impl Iterator<Item = NodeIndex>) -> Vec<Id> {
        let mut nodes: Vec<NodeIndex> = nodes.collect();
        nodes.sort_unstable();
        nodes.into_iter().map(|node| self.id(node)).collect()
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
