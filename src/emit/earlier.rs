//! Takes a test, gives a number for all that its text is made of, so that what an earlier run wrote serves again.
//!
//! Printing is most of the time of a run, and a change of the crate or of a declaration leaves most tests as they were.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use crate::kinds::Step;
use crate::plan::{Case, Test};

use super::makers::Makers;
use super::samples::Samples;

/// Items of generated files by what they were made of.
#[derive(Debug, Default)]
pub struct Earlier {
    texts: HashMap<u64, String>,
}

impl Earlier {
    /// Adds the text of what was made of `origin`, as [`Item`] says it.
    pub fn add(&mut self, origin: u64, text: String) {
        self.texts.insert(origin, text);
    }

    /// The text of what was made of `origin`, if it was written before.
    pub fn text(&self, origin: u64) -> Option<&str> {
        self.texts.get(&origin).map(String::as_str)
    }
}

/// An item of a generated file that would have the same text if it were made of the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// A number for all that it was made of; of one build of this tool alone.
    pub origin: u64,
    /// Where it stands in the text of the file.
    pub at: Range<usize>,
}

/// Items of one file, one after the other.
#[derive(Debug, Default)]
pub(super) struct Items {
    pub(super) text: String,
    pub(super) items: Vec<Item>,
}

impl Items {
    /// Adds an item; gives where it stands.
    pub(super) fn add(&mut self, text: &str) -> Range<usize> {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }

    /// Adds what is made of `origin`, as it was written before if it was.
    pub(super) fn add_of(&mut self, origin: u64, earlier: &Earlier, make: impl FnOnce() -> String) {
        let at = match earlier.text(origin) {
            Some(text) => self.add(text),
            None => self.add(&make()),
        };
        self.items.push(Item { origin, at });
    }
}

/// A number for all that the text of a test is made of.
pub(super) fn of_test(case: &Case, samples: &Samples<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&case.id, case.kind, &case.says, case.area, case.level, &case.target).hash(&mut hasher);
    (&case.place, &case.test).hash(&mut hasher);
    case.effort.cases.map(|cases| cases.value).hash(&mut hasher);
    case.effort.budget.map(|budget| budget.value.to_bits()).hash(&mut hasher);
    if let Test::Oracle(call) = &case.test {
        for step in call.body.all_steps() {
            if let Step::Draw { recipe, input, .. } = step {
                samples.constant(input.as_ref(), recipe).hash(&mut hasher);
            }
        }
        of_makers(&Makers::of(&[case])).hash(&mut hasher);
    }
    hasher.finish()
}

/// The same for the functions that make values of the user's types.
pub(super) fn of_makers(makers: &Makers<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for maker in makers.all() {
        (maker, maker.recipe(), maker.endings()).hash(&mut hasher);
    }
    hasher.finish()
}
