//! The kinds of requirement: one file each, reached through the trait [`Kind`] only.
//!
//! A kind uses the data types of the stages before it and none of their functions, and no kind knows another.
//! What several need stands in `lowering`.

mod borrow;
mod kind;
mod lowering;

mod equivalent;
mod forbids;
mod idempotent;
mod law;
mod no_panic;
mod round_trip;

#[cfg(test)]
pub(crate) mod example;
#[cfg(test)]
mod tests;

pub use kind::{Body, Call, Kind, OracleCall, Setting, Step, Via};
pub use lowering::{ident, is_copy, on_values};

use crate::model::About;

/// Every kind, in the order of their names.
pub static ALL: &[&dyn Kind] = &[
    &equivalent::Equivalent,
    &forbids::Forbids,
    &idempotent::Idempotent,
    &law::Law,
    &no_panic::NoPanic,
    &round_trip::RoundTrip,
];

/// The kind named `id`.
pub fn find(id: &str) -> Option<&'static dyn Kind> {
    ALL.iter().copied().find(|kind| kind.about().id == id)
}

/// What the reader has to know of every kind.
pub fn about_all() -> Vec<&'static About> {
    ALL.iter().map(|kind| kind.about()).collect()
}
