//! Takes results and the graph, gives the report, and each of its formats.
//!
//! Knows formats and colours; it runs nothing and reads nothing.

pub mod faults;
