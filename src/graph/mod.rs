//! Takes declarations, gives the graph of goals and constraints.
//!
//! The only stage that names petgraph: ids go in, ids come out, node indices never leave it.

mod constraint_graph;
mod cycles;
mod views;

#[cfg(test)]
mod tests;

pub use constraint_graph::ConstraintGraph;
pub use views::{Branch, Tree};
