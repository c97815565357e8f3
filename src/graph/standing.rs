//! Takes the graph and what is red in it, gives what is free to be mended, what is blocked and by what.
//!
//! Every answer is for all constraints at once and made in one walk, so that its cost grows with the graph only.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use petgraph::Direction::Incoming;
use petgraph::graph::NodeIndex;

use super::constraint_graph::{ConstraintGraph, Edge};
use crate::model::Id;

/// Of the red ones that block a constraint at most so many are named, the first by id.
pub const NAMED: usize = 8;

/// Where a graph stands while some of its constraints are red.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The red constraints that wait for no other red one: by area, then how many they free, then how many wait for
    /// them directly, then id.
    pub frontier: Vec<Id>,
    /// For each constraint that waits for a red one, directly or through others: those of the frontier that it waits
    /// for, by id, at most [`NAMED`].
    pub blocked_by: BTreeMap<Id, Vec<Id>>,
    /// For each of the frontier: how many constraints wait for it and for no other of the frontier, which is what it
    /// dominates in the graph of what waits. Counted in the same walk: dominators of their own would need a second one.
    pub frees: BTreeMap<Id, usize>,
}

impl ConstraintGraph {
    /// Where the graph stands while the constraints in `red` are red.
    pub fn standing(&self, red: &BTreeSet<Id>) -> Standing {
        // For each node those of the frontier that it waits for, as far as they are named.
        let mut behind: Vec<Vec<NodeIndex>> = vec![Vec::new(); self.graph.node_count()];
        let mut frees: BTreeMap<NodeIndex, usize> = BTreeMap::new();
        let mut blocked_by = BTreeMap::new();
        for node in self.sorted() {
            let mut roots: Vec<NodeIndex> = Vec::new();
            for before in self.waited_for(node) {
                // Of those named for all that it waits for, the first are the first of them all.
                roots.extend(&behind[before.index()]);
                roots.extend(frees.contains_key(&before).then_some(before));
            }
            roots.sort_unstable();
            roots.dedup();
            if let [root] = roots[..] {
                *frees.entry(root).or_default() += 1;
            }
            roots.truncate(NAMED);
            if !roots.is_empty() {
                blocked_by.insert(self.id(node), roots.iter().map(|root| self.id(*root)).collect());
            } else if red.contains(&self.graph[node].id) {
                frees.insert(node, 0);
            }
            behind[node.index()] = roots;
        }
        let mut frontier: Vec<NodeIndex> = frees.keys().copied().collect();
        frontier.sort_by_cached_key(|node| {
            let waiting = self.over(*node, Edge::After, Incoming).count();
            (self.weight(*node).0, Reverse(frees[node]), Reverse(waiting), *node)
        });
        let frontier = frontier.into_iter().map(|node| self.id(node)).collect();
        let frees = frees.into_iter().map(|(node, count)| (self.id(node), count)).collect();
        Standing { frontier, blocked_by, frees }
    }
}
