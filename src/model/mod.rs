//! Takes the texts of `constraints/*.toml`, gives declarations in which every value keeps its span.
//!
//! The only stage that knows TOML. It never opens a file and never looks at Rust sources.

mod about;
mod area;
mod constraint;
mod date;
mod declaration;
mod effort;
mod expression;
mod fault;
mod fit;
mod folder;
mod generator;
mod id;
mod ids;
mod key_value;
mod locate;
mod making;
mod measure;
mod names;
mod nearest;
mod of_kind;
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
pub use area::{Area, Level};
pub use date::Date;
pub use declaration::{Constraint, Goal, Input, Model, Panics, Rating, Refusal, Risk, Row, Waiver};
pub use declaration::{Family, Selector};
pub use effort::{Effort, Runner, Settings};
pub use expression::Expression;
pub use fault::{Code, Fault, Faults, Label, Severity};
pub use id::Id;
pub use key_value::{KeyValue, Keys, Lists, Move};
pub use locate::locate_in_string;
pub use making::{Argument, Base, Fit, Format, Generator, Length, Letters, Literal, Variable};
pub use nearest::{did_you_mean, nearest};
pub use read::read;
pub use schema::{Document, schema};
pub use scope::{Scope, is_about};
pub use settings::{LEAST_CASES, settings};
pub use source::{FileId, Position, SourceFile, Sources, Span, Spanned};
pub use waiver::{LONGEST as LONGEST_WAIVER, waivers};
