use std::collections::BTreeSet;

use crate::model::{Area, Faults, Id, Level, Model};

/// Goals and constraints with their edges. Node indices stay inside.
#[derive(Debug)]
pub struct ConstraintGraph {}

impl ConstraintGraph {
    /// Builds the graph; unknown ids, cycles and goals that nothing serves are faults.
    /// Edges that close a cycle are left out of the graph, so that everything after can go on.
    pub fn build(_model: &Model) -> (Self, Faults) {
        todo!()
    }

    /// All constraints, prerequisites before what waits for them, then by area (order of repair), then by id.
    pub fn order(&self) -> Vec<Id> {
        todo!()
    }

    /// Area of a constraint: its own, else its goal's (the most urgent of them), else its kind's.
    pub fn area(&self, _constraint: &Id) -> Area {
        todo!()
    }

    /// Level of a constraint: its own, else the strictest of its goals', else its area's default.
    pub fn level(&self, _constraint: &Id) -> Level {
        todo!()
    }

    /// Direct prerequisites, by id.
    pub fn prerequisites(&self, _constraint: &Id) -> Vec<Id> {
        todo!()
    }

    /// The constraints in `red` that a constraint waits for, directly or through others, by id.
    pub fn blocked_by(&self, _constraint: &Id, _red: &BTreeSet<Id>) -> Vec<Id> {
        todo!()
    }

    /// How many constraints wait for this one, directly or through others.
    pub fn unblocks(&self, _constraint: &Id) -> usize {
        todo!()
    }

    /// Constraints that serve a goal, by id.
    pub fn served_by(&self, _goal: &Id) -> Vec<Id> {
        todo!()
    }

    /// The red constraints that wait for no other red one: by area, then how much they unblock, then id.
    pub fn frontier(&self, _red: &BTreeSet<Id>) -> Vec<Id> {
        todo!()
    }
}
