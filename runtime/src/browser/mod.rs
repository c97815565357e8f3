//! HTML as a browser reads it: the tree, the addresses in it, and what it must not hold.
//!
//! Compiled only where a kind that reads HTML is used: the parser is a large dependency.

pub(crate) mod address;
pub(crate) mod audit;
pub(crate) mod tree;
