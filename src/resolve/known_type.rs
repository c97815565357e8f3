//! Types of the standard library and of common crates that are made out of something simpler.
//!
//! The types themselves are lines of the tables in `std_types` and `crate_types`; here stands what a line means.

use super::syntax::ours;

/// A type of another crate, and how its public functions make it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// Its path; the first segment is the name of its crate.
    pub path: &'static str,
    /// How many type parameters it has; they are `A` and `B` in [`Known::from`].
    pub parameters: usize,
    /// What it is made of, in the notation of [`super::shape`].
    pub from: &'static str,
    /// Rust over `it` that makes it; `$` is the path of the type and `$crate` its crate.
    pub map: &'static str,
    /// Whether `map` gives an `Option` or a `Result`, so that some values are refused.
    pub refuses: bool,
    /// Whether a text can be parsed into it.
    pub parses: bool,
    /// Whether its values can be shown and cloned when those of its parameters can.
    pub lacks: Lacks,
}

/// Traits that a type does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lacks {
    /// It has `Clone` and `Debug` when its parameters have.
    Nothing,
    /// No `Clone`.
    Clone,
}

impl Known {
    /// Its name, the last segment of any path to it.
    pub(super) fn name(&self) -> &'static str {
        self.path.rsplit("::").next().unwrap_or_default()
    }

    /// The crate it belongs to.
    pub(super) fn library(&self) -> &'static str {
        self.path.split("::").next().unwrap_or_default()
    }

    /// The Rust over `it` that makes it, with `first` for its first parameter.
    pub(super) fn making(&self, first: Option<&str>) -> String {
        self.filled(self.map, first)
    }

    /// What it is made of.
    pub(super) fn source(&self) -> syn::Type {
        ours(&self.filled(self.from, None))
    }

    fn filled(&self, text: &str, first: Option<&str>) -> String {
        text.replace("$crate", self.library()).replace("$A", first.unwrap_or("_")).replace('$', self.path)
    }

    /// Made by a function that may refuse.
    pub(super) const fn refusing(mut self) -> Self {
        self.refuses = true;
        self
    }

    /// Also read from texts.
    pub(super) const fn parsed(mut self) -> Self {
        self.parses = true;
        self
    }

    /// Without `Clone`.
    pub(super) const fn unclonable(mut self) -> Self {
        self.lacks = Lacks::Clone;
        self
    }
}

/// A type without parameters.
pub(super) const fn plain(path: &'static str, from: &'static str, map: &'static str) -> Known {
    Known { path, parameters: 0, from, map, refuses: false, parses: false, lacks: Lacks::Nothing }
}

/// A type with the parameter `A`.
pub(super) const fn of_one(path: &'static str, from: &'static str, map: &'static str) -> Known {
    Known { parameters: 1, ..plain(path, from, map) }
}

/// A type with the parameters `A` and `B`.
pub(super) const fn of_two(path: &'static str, from: &'static str, map: &'static str) -> Known {
    Known { parameters: 2, ..plain(path, from, map) }
}
