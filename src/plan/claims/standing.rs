//! How two declarations stand to each other.

use std::collections::BTreeSet;

/// How one declaration stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// Both demand the same.
    Equal,
    /// Whatever satisfies the first satisfies the second.
    Stronger,
    /// Whatever satisfies the second satisfies the first.
    Weaker,
    /// Neither, as far as can be told.
    Incomparable,
}

impl Strength {
    /// From whether the first demands all of the second, and the second all of the first.
    pub(super) fn both(stronger: bool, weaker: bool) -> Self {
        match (stronger, weaker) {
            (true, true) => Self::Equal,
            (true, false) => Self::Stronger,
            (false, true) => Self::Weaker,
            (false, false) => Self::Incomparable,
        }
    }

    /// More elements demand more.
    pub(super) fn of_sets<T: Ord>(ours: &BTreeSet<T>, theirs: &BTreeSet<T>) -> Self {
        Self::both(ours.is_superset(theirs), theirs.is_superset(ours))
    }

    /// Of two parts that both count.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Equal, other) => other,
            (one, Self::Equal) => one,
            (one, other) if one == other => one,
            _ => Self::Incomparable,
        }
    }

    /// The same seen from the other side.
    pub(super) fn turned(self) -> Self {
        match self {
            Self::Stronger => Self::Weaker,
            Self::Weaker => Self::Stronger,
            same => same,
        }
    }
}
