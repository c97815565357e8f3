//! Takes declarations, gives the graph of goals and constraints.
//!
//! The only stage that names petgraph: ids go in, ids come out, node indices never leave it.

mod constraint_graph;

pub use constraint_graph::ConstraintGraph;
