//! What a generator is combined with a type for, and what may come of it, as data.

use super::bound::Value;
use super::lower::Crate;
use super::made::Recipe;
use super::scope::Scoped;
use super::ty::Ty;
use crate::model::{Code, Fault, Generator, Model, Span};

/// A value and its type, if that is known.
pub(super) struct Made {
    /// The value.
    pub value: Value,
    /// Its type.
    pub ty: Option<Ty>,
}

/// Combines generators with types.
pub(super) struct Generating<'c> {
    /// The crate that types and expressions name.
    pub krate: &'c Crate<'c>,
    /// The declarations, for named generators.
    pub model: &'c Model,
    /// The values made before this one.
    pub earlier: &'c [Made],
    /// What else its expressions may be about.
    pub scope: Scoped<'c>,
    /// What the rows of samples have for it.
    pub cells: &'c [&'c Generator],
}

/// Why there is no recipe.
pub(super) enum Refusal {
    /// A fault of the declaration.
    Fault(Box<Fault>),
    /// What the reader of declarations has reported already.
    Reported,
}

impl From<Box<Fault>> for Refusal {
    fn from(fault: Box<Fault>) -> Self {
        Self::Fault(fault)
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::Fault(Box::new(fault))
    }
}

/// Why a generator does not fit.
pub(super) enum Unfit {
    /// Another type would help; and whether that is one of elements.
    OfType(String, bool),
    /// Nothing would.
    Senseless(String),
    /// Something inside it has a fault of its own.
    Inside(Refusal),
}

impl From<String> for Unfit {
    fn from(why: String) -> Self {
        Self::Senseless(why)
    }
}

impl From<Refusal> for Unfit {
    fn from(refusal: Refusal) -> Self {
        Self::Inside(refusal)
    }
}

impl From<Box<Fault>> for Unfit {
    fn from(fault: Box<Fault>) -> Self {
        Self::Inside(Refusal::Fault(fault))
    }
}

impl Unfit {
    /// `given` does not make a value of `ty`.
    pub(super) fn of_type(krate: &Crate<'_>, given: &str, ty: &Ty) -> Self {
        Self::OfType(krate.mismatch(given, ty), !ty.is_bytes() && matches!(ty, Ty::Vec(_) | Ty::Array(..)))
    }

    /// The fault of the generator at `span`.
    pub(super) fn refusal(self, span: Span) -> Refusal {
        let fault = |message: &str, why| Fault::error(Code::InvalidValue, span, message).label(why);
        match self {
            Self::OfType(why, has_elements) => {
                let fault = fault("this generator does not fit the type of the value", why)
                    .help("add `map = \"Rust over it\"` to make the value out of what it gives");
                let other =
                    "or say what its elements are with `each = { .. }`, or all values with `one_of = [..]`";
                if has_elements { fault.help(other) } else { fault }.into()
            }
            Self::Senseless(why) => fault("this generator says nothing sensible", why).into(),
            Self::Inside(refusal) => refusal,
        }
    }
}

/// How to make a value, and its type if that is known.
pub(super) type Outcome = (Recipe, Option<Ty>);
