use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use petgraph::Direction::{Incoming, Outgoing};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{Dfs, EdgeRef, Reversed, Walker};

use super::cycles::cycles;
use crate::model::{Area, Code, Constraint, Fault, Faults, Goal, Id, Level, Model};

/// Goals and constraints with their edges. Node indices stay inside.
#[derive(Debug)]
pub struct ConstraintGraph {
    // Within goals and within constraints, indices rise with ids.
    pub(super) graph: DiGraph<Node, Edge>,
    pub(super) goals: BTreeMap<Id, NodeIndex>,
    pub(super) constraints: BTreeMap<Id, NodeIndex>,
}

/// What the graph keeps of a declaration.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) id: Id,
    pub(super) says: String,
    /// Area and level of a constraint; a goal has none of its own here.
    weight: Option<(Area, Level)>,
}

/// What leads from one declaration to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// From a constraint to its goal.
    Serves,
    /// From a constraint to its prerequisite.
    After,
}

impl ConstraintGraph {
    /// Builds the graph; cycles and goals that nothing serves are faults.
    ///
    /// Edges that close a cycle are left out of the graph, so that everything after can go on. So are edges to
    /// ids that are not in the model: reading it has reported them.
    pub fn build(model: &Model) -> (Self, Faults) {
        let mut built = Self::nodes(model);
        let mut faults = Faults::default();
        let mut closing = BTreeSet::new();
        for cycle in cycles(model) {
            closing.insert((cycle.waits, cycle.prerequisite));
            faults.push(cycle.fault);
        }
        for (id, constraint) in &model.constraints {
            let from = built.constraints[id];
            let serves = constraint
                .serves
                .iter()
                .filter_map(|goal| Some((*built.goals.get(&goal.value)?, Edge::Serves)));
            let after =
                constraint.after.iter().filter(|prerequisite| !closing.contains(&(id, &prerequisite.value)));
            let after = after
                .filter_map(|prerequisite| Some((*built.constraints.get(&prerequisite.value)?, Edge::After)));
            for (to, edge) in serves.chain(after) {
                // An id named twice is still one edge.
                built.graph.update_edge(from, to, edge);
            }
        }
        faults.extend(built.idle_goals(model));
        (built, faults)
    }

    /// All constraints, prerequisites before what waits for them, then by area (order of repair), then by id.
    pub fn order(&self) -> Vec<Id> {
        self.sorted().into_iter().map(|node| self.id(node)).collect()
    }

    /// Area of a constraint: its own, else its goal's (the most urgent of them), else its kind's.
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
        self.ids(self.waited_for(*node))
    }

    /// The constraints in `red` that a constraint waits for, directly or through others, by id.
    pub fn blocked_by(&self, constraint: &Id, red: &BTreeSet<Id>) -> Vec<Id> {
        let Some(node) = self.constraints.get(constraint) else { return Vec::new() };
        let before = Dfs::new(&self.graph, *node).iter(&self.graph);
        self.ids(before.filter(|other| other != node && red.contains(&self.graph[*other].id)))
    }

    /// How many constraints wait for this one, directly or through others.
    pub fn unblocks(&self, constraint: &Id) -> usize {
        let Some(node) = self.constraints.get(constraint) else { return 0 };
        let reversed = Reversed(&self.graph);
        Dfs::new(reversed, *node).iter(reversed).count() - 1
    }

    /// Constraints that serve a goal, by id.
    pub fn served_by(&self, goal: &Id) -> Vec<Id> {
        let Some(node) = self.goals.get(goal) else { return Vec::new() };
        self.ids(self.graph.neighbors_directed(*node, Incoming))
    }

    /// The red constraints that wait for no other red one: by area, then how much they unblock, then id.
    pub fn frontier(&self, red: &BTreeSet<Id>) -> Vec<Id> {
        let mut behind_red = vec![false; self.graph.node_count()];
        let mut free = Vec::new();
        for node in self.sorted() {
            let is_red = |node: NodeIndex| red.contains(&self.graph[node].id);
            behind_red[node.index()] =
                self.waited_for(node).any(|before| behind_red[before.index()] || is_red(before));
            if is_red(node) && !behind_red[node.index()] {
                free.push(node);
            }
        }
        free.sort_by_cached_key(|node| {
            (self.weight(*node).0, Reverse(self.unblocks(&self.graph[*node].id)), *node)
        });
        free.into_iter().map(|node| self.id(node)).collect()
    }
}

impl ConstraintGraph {
    fn nodes(model: &Model) -> Self {
        let mut graph = DiGraph::with_capacity(model.goals.len() + model.constraints.len(), 0);
        let mut add = |id: &Id, says: &str, weight| {
            graph.add_node(Node { id: id.clone(), says: says.to_owned(), weight })
        };
        let goals =
            model.goals.iter().map(|(id, goal)| (id.clone(), add(id, &goal.says.value, None))).collect();
        let constraints = model.constraints.iter();
        let constraints = constraints
            .map(|(id, constraint)| {
                (id.clone(), add(id, &constraint.says.value, Some(weigh(model, constraint))))
            })
            .collect();
        Self { graph, goals, constraints }
    }

    fn idle_goals(&self, model: &Model) -> Faults {
        let unread: BTreeSet<&Id> = model.unread.values().flatten().collect();
        let mut faults = Faults::default();
        // What serves a goal may stand in a file that could not be read.
        if !model.unreadable.is_empty() {
            return faults;
        }
        for (id, node) in &self.goals {
            if self.graph.neighbors_directed(*node, Incoming).next().is_some() || unread.contains(id) {
                continue;
            }
            let name = &model.goals[id].id;
            faults.push(
                Fault::warning(Code::IdleGoal, name.span, format!("nothing serves the goal `{id}`"))
                    .label("nothing would ever tell whether it is reached")
                    .help(format!("add `serves = \"{}\"` to a constraint", id.name())),
            );
        }
        faults
    }

    /// All constraints in [`ConstraintGraph::order`].
    fn sorted(&self) -> Vec<NodeIndex> {
        let mut waits_for: BTreeMap<NodeIndex, usize> = BTreeMap::new();
        let mut ready = BinaryHeap::new();
        for node in self.constraints.values() {
            match self.waited_for(*node).count() {
                0 => ready.push(Reverse((self.weight(*node).0, *node))),
                count => drop(waits_for.insert(*node, count)),
            }
        }
        let mut sorted = Vec::with_capacity(self.constraints.len());
        while let Some(Reverse((_, node))) = ready.pop() {
            sorted.push(node);
            for next in self.graph.neighbors_directed(node, Incoming) {
                let count = waits_for.get_mut(&next).expect("what waits was counted");
                *count -= 1;
                if *count == 0 {
                    ready.push(Reverse((self.weight(next).0, next)));
                }
            }
        }
        sorted
    }

    fn waited_for(&self, node: NodeIndex) -> impl Iterator<Item = NodeIndex> {
        let edges = self.graph.edges_directed(node, Outgoing);
        edges.filter(|edge| *edge.weight() == Edge::After).map(|edge| edge.target())
    }

    fn weight(&self, node: NodeIndex) -> (Area, Level) {
        self.graph[node].weight.expect("a constraint has a weight")
    }

    fn id(&self, node: NodeIndex) -> Id {
        self.graph[node].id.clone()
    }

    fn ids(&self, nodes: impl Iterator<Item = NodeIndex>) -> Vec<Id> {
        let mut nodes: Vec<NodeIndex> = nodes.collect();
        nodes.sort_unstable();
        nodes.into_iter().map(|node| self.id(node)).collect()
    }
}

fn weigh(model: &Model, constraint: &Constraint) -> (Area, Level) {
    let goals = || constraint.serves.iter().filter_map(|goal| model.goals.get(&goal.value));
    let most_urgent = || goals().filter_map(|goal: &Goal| goal.area).min();
    let strictest = || goals().filter_map(|goal: &Goal| goal.level).min();
    let area = constraint.area.or_else(most_urgent).unwrap_or(constraint.kind.value.area);
    let level = constraint.level.or_else(strictest).unwrap_or(area.default_level());
    (area, level)
}
