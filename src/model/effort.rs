//! How far tests search, how they are run and what is around them.

use std::collections::BTreeMap;

use super::{Area, Spanned, Variable};

/// How far a search goes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Effort {
    /// So many cases at most.
    pub cases: Option<Spanned<u64>>,
    /// So many seconds at most.
    pub budget: Option<Spanned<f64>>,
}

impl Effort {
    /// What this says, and where it says nothing what `other` says.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { cases: self.cases.or(other.cases), budget: self.budget.or(other.budget) }
    }
}

/// How the tests are run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Runner {
    /// How many tests run at once.
    pub threads: Option<Spanned<u64>>,
    /// For how many seconds the tests may be silent.
    pub patience: Option<Spanned<f64>>,
}

/// What holds for all constraints of a package.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Where nothing else is said.
    pub effort: Effort,
    /// Of the constraints of an area.
    pub areas: BTreeMap<Area, Effort>,
    /// Of the constraints of a kind, by its id.
    pub kinds: BTreeMap<&'static str, Effort>,
    /// How the tests are run.
    pub runner: Runner,
    /// Variables of every process that makes a call, in the order written.
    pub env: Vec<Variable>,
    /// Those of the workspace, which decide where these say nothing.
    pub(super) above: Option<Box<Settings>>,
}

impl Settings {
    pub(super) fn effort_of(&self, kind: &str, area: Area) -> Effort {
        let of_kind = self.kinds.get(kind).copied().unwrap_or_default();
        let of_area = self.areas.get(&area).copied().unwrap_or_default();
        let above = self.above.as_ref().map(|above| above.effort_of(kind, area));
        of_kind.or(of_area).or(self.effort).or(above.unwrap_or_default())
    }

    /// These, and where they say nothing what `other` says: those of a package over those of its workspace.
    #[must_use]
    pub fn over(mut self, other: Self) -> Self {
        self.runner = Runner {
            threads: self.runner.threads.or(other.runner.threads),
            patience: self.runner.patience.or(other.runner.patience),
        };
        let is_own = |it: &Variable| self.env.iter().any(|own| own.name.value == it.name.value);
        let further: Vec<Variable> = other.env.iter().filter(|it| !is_own(it)).cloned().collect();
        self.env.extend(further);
        self.above = Some(Box::new(other));
        self
    }
}
