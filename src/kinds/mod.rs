//! The kinds of requirement: one file each, reached through the trait [`Kind`] only.
//!
//! A kind uses the data types of the stages before it and none of their functions, and no kind knows another.

mod kind;

mod no_panic;

pub use kind::{Body, Call, Kind, OracleCall, Step};

use crate::model::About;

/// Every kind, in the order of their names.
pub static ALL: &[&dyn Kind] = &[&no_panic::NoPanic];

/// The kind named `id`.
pub fn find(id: &str) -> Option<&'static dyn Kind> {
    ALL.iter().copied().find(|kind| kind.about().id == id)
}

/// What the reader has to know of every kind.
pub fn about_all() -> Vec<&'static About> {
    ALL.iter().map(|kind| kind.about()).collect()
}
