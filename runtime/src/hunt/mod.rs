//! Looks for the inputs that use most of a quantity, and for families of them that use ever more.
//!
//! The rules are the same for all quantities, and nothing here knows which one it is.

mod climb;
mod growth;
mod hunter;
mod ladder;

pub(crate) use hunter::hunt;
pub(crate) use ladder::small_members;
