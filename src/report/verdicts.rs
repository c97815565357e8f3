//! Takes a report, gives where each declaration stood when it was written; it judges nothing anew.

use std::collections::BTreeMap;

use constraints_wire::{Report, Status};

use crate::model::Id;

/// Where declarations stand; of those that the report says nothing of, nothing is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdicts {
    constraints: BTreeMap<String, (Status, usize)>,
    goals: BTreeMap<String, Status>,
    risks: BTreeMap<String, Status>,
}

impl Verdicts {
    /// Those of a report.
    pub fn of(report: &Report) -> Self {
        let constraints = report.constraints.iter();
        let goals = report.goals.iter();
        let risks = report.risks.iter();
        Self {
            constraints: constraints.map(|it| (it.id.clone(), (it.status, it.frees))).collect(),
            goals: goals.map(|it| (it.id.clone(), it.status)).collect(),
            risks: risks.filter_map(|it| Some((it.id.clone(), it.status?))).collect(),
        }
    }

    /// Whether nothing is known at all.
    pub fn is_empty(&self) -> bool {
        self.constraints.is_empty()
    }

    /// Where a constraint stands.
    pub fn constraint(&self, id: &Id) -> Option<Status> {
        self.constraints.get(id.as_str()).map(|(status, _)| *status)
    }

    /// How many wait for a red constraint and for no other.
    pub fn frees(&self, id: &Id) -> usize {
        self.constraints.get(id.as_str()).map_or(0, |(_, frees)| *frees)
    }

    /// Where a goal stands.
    pub fn goal(&self, id: &Id) -> Option<Status> {
        self.goals.get(id.as_str()).copied()
    }

    /// Where what answers a risk stands.
    pub fn risk(&self, id: &Id) -> Option<Status> {
        self.risks.get(id.as_str()).copied()
    }
}
