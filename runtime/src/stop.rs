//! Why the body of a test ends before its end: what is refused, what is elsewhere, what speaks against the statement.

use std::fmt;

use constraints_wire::Place;

use crate::environment::Environment;

/// Why a body ends before its end.
#[derive(Clone, PartialEq, Eq)]
pub struct Stop(Box<Reason>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// A precondition does not hold; the case does not count.
    Rejected(By),
    /// The process has other variables than the case is about.
    Elsewhere(Environment),
    /// The statement is false.
    Violated { expected: String, seen: String, place: Option<Place> },
}

/// Who would not have a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// What makes the values.
    Values,
    /// The precondition.
    When,
    /// The target.
    Target,
    /// The target, by a panic.
    Panic,
    /// What opens a seal, although it is authentic.
    Seal,
    /// What judges outputs, of which there are too few.
    Few,
    /// What traces calls, of which this one is too long.
    Length,
    /// What compares calls that came out alike, of which there are none.
    Outcome,
    /// What times calls: this one took longer than it may, and not so clearly that nothing else can be the reason.
    Clock,
    /// What repeats a call, which was another one then.
    Chance,
    /// What drops calls while they wait: this one never did.
    Wait,
}

impl By {
    pub(crate) const ALL: [Self; 11] = [
        Self::Values,
        Self::When,
        Self::Target,
        Self::Panic,
        Self::Seal,
        Self::Few,
        Self::Length,
        Self::Outcome,
        Self::Clock,
        Self::Chance,
        Self::Wait,
    ];

    /// As the subject of a sentence.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Values => "making the values gave up",
            Self::When => "`when` was false",
            Self::Target => "the target refused",
            Self::Panic => "the target refused by a panic",
            Self::Seal => "the authentic seal did not open",
            Self::Few => "there were too few outputs to judge",
            Self::Length => "the call panicked, or took more instructions than are traced",
            Self::Outcome => "no two calls came out alike",
            Self::Clock => "the call took longer than it may, but not clearly so",
            Self::Chance => "the call was not the same one when it was repeated",
            Self::Wait => "the call came to its end without ever waiting",
        }
    }
}

impl Stop {
    pub(crate) fn rejected() -> Self {
        Self::rejected_by(By::Values)
    }

    pub(crate) fn rejected_by(by: By) -> Self {
        Self(Box::new(Reason::Rejected(by)))
    }

    pub(crate) fn violated(expected: impl Into<String>, seen: impl Into<String>) -> Self {
        Self::failed(expected, seen, None)
    }

    /// The same, seen at a place of the code; nothing is `expected` where the kind says what is.
    pub(crate) fn failed(expected: impl Into<String>, seen: impl Into<String>, place: Option<Place>) -> Self {
        Self(Box::new(Reason::Violated { expected: expected.into(), seen: seen.into(), place }))
    }

    pub(super) fn elsewhere(environment: Environment) -> Self {
        Self(Box::new(Reason::Elsewhere(environment)))
    }

    /// Whether the case was given up by that one.
    pub(super) fn is_by(&self, by: By) -> bool {
        *self.0 == Reason::Rejected(by)
    }

    pub(crate) fn into_reason(self) -> Reason {
        *self.0
    }
}

impl fmt::Debug for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
