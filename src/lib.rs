//! Compiles declared requirements into tests that are red until the code deserves green.
//!
//! Data goes one way, a room a stage: `model` → `graph` → `resolve` → `kinds` → `plan` → `emit` → `make` → `write` → `stamp` → `reuse` →
//! `run` → `report`, and `cli` calls them in turn. A stage uses types of earlier stages, never of later ones.

pub mod cli;
pub mod depends;
pub mod emit;
pub mod graph;
pub mod kinds;
pub mod make;
pub mod model;
pub mod plan;
pub mod report;
pub mod resolve;
pub mod reuse;
pub mod run;
pub mod stamp;
pub mod write;
