//! What stands behind the keys that a kind has for itself, and how kinds ask for it.

use std::fmt;

use constraints_wire::measure::{AtMost, Size};

use super::{Argument, Date, Expression, Length, Span, Spanned};

/// The value of a kind's own key.
#[derive(Clone, Debug)]
pub enum KeyValue {
    /// Rust.
    Expression(Expression),
    /// A text or a path.
    Text(Spanned<String>),
    /// One or several texts.
    Words(Vec<Spanned<String>>),
    /// Yes or no.
    Flag(Spanned<bool>),
    /// The most that may be used.
    AtMost(Spanned<AtMost>),
    /// How large inputs get.
    Size(Spanned<Size>),
    /// A stretch of time, in seconds.
    Seconds(Spanned<f64>),
    /// A number or a range of them.
    Length(Spanned<Length>),
    /// Lists of texts by name, in the order written.
    Table(Lists),
    /// A day of the calendar.
    Date(Spanned<Date>),
    /// Steps, in the order written.
    Steps(Vec<Move>),
}

impl KeyValue {
    /// Where it stands, or the first of several texts does.
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Expression(expression) => Some(expression.span),
            Self::Text(text) => Some(text.span),
            Self::Words(words) => words.first().map(|word| word.span),
            Self::Flag(flag) => Some(flag.span),
            Self::AtMost(bound) => Some(bound.span),
            Self::Size(size) => Some(size.span),
            Self::Seconds(seconds) => Some(seconds.span),
            Self::Length(length) => Some(length.span),
            Self::Table(rows) => rows.first().map(|(name, _)| name.span),
            Self::Date(date) => Some(date.span),
            Self::Steps(steps) => steps.first().map(|step| step.name.span),
        }
    }
}

/// Lists of texts by name.
pub type Lists = Vec<(Spanned<String>, Vec<Spanned<String>>)>;

/// The keys that a declaration gives to its kind, by name.
///
/// There are one or two of them most often; a tree would take room for eleven in each of many thousand declarations.
#[derive(Clone, Default)]
pub struct Keys(Vec<(&'static str, KeyValue)>);

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl Keys {
    /// What `name` was given.
    pub fn get(&self, name: &str) -> Option<&KeyValue> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Whether `name` was given.
    pub fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The names and what they were given, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &KeyValue)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }

    /// Gives `value` to `name`, instead of what it had.
    pub fn insert(&mut self, name: &'static str, value: KeyValue) {
        match self.0.binary_search_by(|(known, _)| (*known).cmp(name)) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => {
                self.0.reserve_exact(1);
                self.0.insert(at, (name, value));
            }
        }
    }
}

/// `step.NAME = …`: one sort of step on a value.
#[derive(Clone, Debug)]
pub struct Move {
    /// Its name; that of a method, where nothing else says what it does.
    pub name: Spanned<String>,
    /// Rust over `it` that takes it.
    pub call: Option<Expression>,
    /// When it may be taken.
    pub when: Option<Expression>,
    /// What has to be true after it.
    pub then: Option<Expression>,
    /// The same step on the reference, as Rust over `model`.
    pub model: Option<Expression>,
    /// Generators of its arguments.
    pub args: Vec<Argument>,
}
