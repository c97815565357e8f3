//! Takes declarations, gives the graph of goals, risks and constraints.
//!
//! The only stage that names petgraph: ids go in, ids come out, node indices never leave it.

mod build;
mod constraint_graph;
mod cycles;
mod faults;
mod standing;
mod views;

#[cfg(test)]
mod tests;

pub use constraint_graph::ConstraintGraph;
pub use standing::{NAMED, Standing};
pub use views::{Branch, Sort, Tree};
