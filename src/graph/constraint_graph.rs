use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use petgraph::Direction::{self, Incoming, Outgoing};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::model::{Area, Id, Level};

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
    pub(super) weight: Option<(Area, Level)>,
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
