//! What the reader has to know of a kind to read its declarations: data that each kind gives of itself.

use constraints_wire::measure::Dimension;

use super::Area;

/// Everything about a kind that can be said without looking at a declaration.
#[derive(Debug)]
pub struct About {
    /// Name in `kind = "…"`; also the stem of every file that belongs to it.
    pub id: &'static str,
    /// Which of the five shapes it has.
    pub shape: Shape,
    /// Area of a constraint that does not say.
    pub area: Area,
    /// One line.
    pub summary: &'static str,
    /// Whether its declarations may still change.
    pub status: Status,
    /// What `target` has to name.
    pub subject: Subject,
    /// Keys of its own, besides those every constraint has.
    pub keys: &'static [Key],
    /// Source text of the kind's file; its head comment is the book page.
    pub source: &'static str,
}

/// The five shapes of kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// For all inputs, a statement about one call or a few.
    Property,
    /// A count or a time, over inputs of growing size.
    Measure,
    /// A sequence of operations.
    Scenario,
    /// A statement about the sources.
    Source,
    /// A person or another tool says so.
    Evidence,
}

/// How settled a kind is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Keys and meaning may change.
    Preview,
    /// Keys and meaning stay.
    Stable,
}

/// What a target has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A function or method.
    Function,
    /// A struct or an enum.
    Type,
    /// A type, with parameters left open; no value of it is made.
    Generic,
    /// Either.
    FunctionOrType,
    /// A module or the whole crate.
    Module,
    /// A type whose values steps are taken on; also one of another crate.
    Stepped,
}

/// One key of a kind.
#[derive(Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What stands behind it.
    pub shape: KeyShape,
    /// Whether a declaration has to give it.
    pub required: bool,
    /// One sentence for people.
    pub says: &'static str,
}

/// What stands behind a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyShape {
    /// A Rust expression, as text.
    Expression,
    /// The same, over values of these names besides those of the constraint.
    ExpressionOver(&'static [&'static str]),
    /// Rust that makes the call itself, over values of these names besides those of the constraint: where it stands the
    /// target is not called in another way.
    Call(&'static [&'static str]),
    /// The path of an item, as text.
    Path,
    /// Any text.
    Text,
    /// One text or a list of texts.
    Words,
    /// `true` or `false`.
    Flag,
    /// The most that may be used, over `n` and `size`: `64 * size + 64 KiB`.
    AtMost(Dimension),
    /// How large inputs get: `1 MiB`, `200 chars`, `500 items`.
    Size,
    /// A stretch of time: `2 s`.
    Time,
    /// A whole number or a range of them.
    Length,
    /// A table of lists of texts.
    Table,
    /// A day of the calendar.
    Date,
    /// A table of steps, each Rust or a table of its own.
    Steps,
}

impl KeyShape {
    /// Whether Rust stands there.
    pub fn is_expression(self) -> bool {
        matches!(self, Self::Expression | Self::ExpressionOver(_) | Self::Call(_))
    }

    /// The names that the kind gives to values in the expression.
    pub fn names(self) -> &'static [&'static str] {
        match self {
            Self::ExpressionOver(names) | Self::Call(names) => names,
            _ => &[],
        }
    }
}

impl About {
    /// The head comment of the kind's file, without the comment marks.
    pub fn page(&self) -> String {
        self.source
            .lines()
            .map_while(|line| line.strip_prefix("//!"))
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .collect::<Vec<_>>()
            .join("\n")
    }
}
