//! Takes the texts of `constraints/*.toml`, gives declarations in which every value keeps its span.
//!
//! The only stage that knows TOML. It never opens a file and never looks at Rust sources.

mod about;
mod constraint;
mod date;
mod declaration;
mod fault;
mod fit;
mod folder;
mod generator;
mod ids;
mod key_value;
mod locate;
mod measure;
mod names;
mod nearest;
mod read;
mod schema;
mod scope;
mod selector;
mod settings;
mod source;
mod step;
mod surroundings;
mod syntax;
mod value;
mod waiver;

#[cfg(test)]
mod tests;

pub use about::{About, Key, KeyShape, Shape, Status, Subject};
pub use date::Date;
pub use declaration::{
    Area, Argument, Base, Constraint, Expression, Fit, Format, Generator, Goal, Id, Input, Length, Letters,
    Level, Literal, Model, Panics, Rating, Refusal, Risk, Row, Variable, Waiver,
};
pub use declaration::{Family, Selector};
pub use fault::{Code, Fault, Faults, Label, Severity};
pub use key_value::{KeyValue, Keys, Lists};
pub use locate::locate_in_string;
pub use nearest::{did_you_mean, nearest};
pub use read::read;
pub use schema::{Document, schema};
pub use scope::{Scope, is_about};
pub use settings::{Effort, LEAST_CASES, Runner, Settings, settings};
pub use source::{FileId, Position, SourceFile, Sources, Span, Spanned};
pub use step::Move;
pub use waiver::{LONGEST as LONGEST_WAIVER, waivers};
