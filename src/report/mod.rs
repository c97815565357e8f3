//! Takes results and the graph, gives the report, and each of its formats.
//!
//! Knows formats and colours; it runs nothing and reads nothing.
//! The roll is called here, so that what a test says of itself and what is made of it stay apart.

mod coverage;
mod exit;
pub mod faults;
mod human;
mod judge;
mod next;
mod picture;
mod plain;
mod roll;
mod sarif;
mod verdicts;
mod waive;

#[cfg(test)]
mod tests;

pub use coverage::{Coverage, coverage};
pub use exit::exit_code;
pub use human::{human, look};
pub use judge::judge;
pub use next::{next, next_human};
pub use picture::{fill, picture};
pub use sarif::{Log, join_logs};
pub use verdicts::Verdicts;
