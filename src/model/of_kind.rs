//! How kinds ask for what stands behind their keys.

use constraints_wire::measure::{AtMost, Size};

use super::{Constraint, Date, Expression, KeyValue, Length, Move, Spanned};

impl Constraint {
    /// Whether every key is there that its kind demands; what is not the reader has refused already.
    pub fn is_whole(&self) -> bool {
        self.kind.value.keys.iter().all(|key| !key.required || self.keys.contains(key.name))
    }

    /// The expression behind `key`, if it was given.
    pub fn expression(&self, key: &str) -> Option<&Expression> {
        match self.keys.get(key)? {
            KeyValue::Expression(expression) => Some(expression),
            _ => None,
        }
    }

    /// The text or path behind `key`, if it was given.
    pub fn text(&self, key: &str) -> Option<&Spanned<String>> {
        match self.keys.get(key)? {
            KeyValue::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The words behind `key`; none if it was not given.
    pub fn words(&self, key: &str) -> &[Spanned<String>] {
        match self.keys.get(key) {
            Some(KeyValue::Words(words)) => words,
            _ => &[],
        }
    }

    /// The bound behind `key`, if it was given.
    pub fn at_most(&self, key: &str) -> Option<&Spanned<AtMost>> {
        match self.keys.get(key)? {
            KeyValue::AtMost(bound) => Some(bound),
            _ => None,
        }
    }

    /// The size behind `key`, if it was given.
    pub fn size(&self, key: &str) -> Option<Spanned<Size>> {
        match self.keys.get(key)? {
            KeyValue::Size(size) => Some(*size),
            _ => None,
        }
    }

    /// The time behind `key` in seconds, if it was given.
    pub fn seconds(&self, key: &str) -> Option<Spanned<f64>> {
        match self.keys.get(key)? {
            KeyValue::Seconds(seconds) => Some(*seconds),
            _ => None,
        }
    }

    /// The day behind `key`, if it was given.
    pub fn date(&self, key: &str) -> Option<Spanned<Date>> {
        match self.keys.get(key)? {
            KeyValue::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// The number of things behind `key`, or the range of it, if it was given.
    pub fn length(&self, key: &str) -> Option<Spanned<Length>> {
        match self.keys.get(key)? {
            KeyValue::Length(length) => Some(*length),
            _ => None,
        }
    }

    /// The flag behind `key`; `false` if it was not given.
    pub fn flag(&self, key: &str) -> bool {
        matches!(self.keys.get(key), Some(KeyValue::Flag(flag)) if flag.value)
    }

    /// The steps behind `key`; none if it was not given.
    pub fn steps(&self, key: &str) -> &[Move] {
        match self.keys.get(key) {
            Some(KeyValue::Steps(steps)) => steps,
            _ => &[],
        }
    }

    /// All steps that it declares.
    pub fn all_steps(&self) -> impl Iterator<Item = &Move> {
        let steps = self.keys.iter().filter_map(|(_, value)| match value {
            KeyValue::Steps(steps) => Some(steps),
            _ => None,
        });
        steps.flatten()
    }
}
