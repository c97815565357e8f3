//! Takes the texts of `constraints/*.toml`, gives declarations in which every value keeps its span.
//!
//! The only stage that knows TOML. It never opens a file and never looks at Rust sources.

mod about;
mod declaration;
mod fault;
mod nearest;
mod read;
mod source;
mod value;

pub use about::{About, Key, KeyShape, Shape, Status, Subject};
pub use declaration::{
    Area, Argument, Base, Constraint, Expression, Generator, Goal, Id, Input, KeyValue, Level, Literal, Model,
};
pub use fault::{Code, Fault, Faults, Label, Severity};
pub use nearest::nearest;
pub use read::read;
pub use source::{FileId, Position, SourceFile, Sources, Span, Spanned};
