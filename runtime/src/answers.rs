//! Answers of one call made several times: whether they are the same, here and in other processes.
//!
//! In one process `==` decides where a type has it. Elsewhere nothing is left of a value but its `Debug` text; where
//! that differs for equal values, as for maps whose order is by chance, the order of its parts does not count.

use std::fmt::Debug;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde_json::{Value, json};

use crate::generate::unaddressed;
use crate::sandbox::unnumbered;
use crate::show::show_debug;

/// How often a call is made again to see whether equal answers look different.
pub(crate) const REPEATS: usize = 16;

/// Two answers to the same call.
#[derive(Clone, Debug)]
pub struct Answers {
    /// Whether they are the same.
    pub(crate) same: bool,
    /// How they look; nothing where the type has no `Debug`.
    pub(crate) looks: Option<[String; 2]>,
    pub(crate) given: Given,
}

/// What a case gave, as far as another process can compare it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    /// Of the whole text; `None` where nothing can be compared.
    pub(crate) exact: Option<u64>,
    /// Of the words of the text in any order.
    pub(crate) loose: u64,
    /// Equal values had different texts.
    pub(crate) unordered: bool,
    /// For people.
    pub(crate) text: String,
    /// What it has to be the same across.
    pub(crate) across: Across,
}

/// What an answer has to be the same across, besides a second call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked for by itself")]
pub(crate) struct Across {
    pub(crate) threads: bool,
    pub(crate) processes: bool,
    pub(crate) surroundings: bool,
    /// Another process has to give something else.
    pub(crate) fresh: bool,
}

impl Across {
    pub(crate) fn named(names: &[&str]) -> Self {
        let is_named = |name| names.contains(&name);
        let surroundings = is_named("surroundings");
        Self {
            threads: is_named("threads"),
            processes: surroundings || is_named("processes"),
            surroundings,
            fresh: false,
        }
    }
}

impl Given {
    fn of<T: Debug>(value: &T, unordered: bool) -> Self {
        let text = elsewhere(&format!("{value:?}"));
        Self {
            exact: Some(hash(&text)),
            loose: loose(&text),
            unordered,
            text: show_debug(value),
            across: Across::default(),
        }
    }

    /// What no other process may give; nothing where it could do so by chance.
    pub(crate) fn fresh(text: Option<String>) -> Self {
        let across = Across { processes: true, fresh: true, ..Across::default() };
        let exact = text.as_deref().map(hash);
        let text = text.unwrap_or_default();
        Self { exact, loose: 0, unordered: false, text: show_debug(&text), across }
    }

    /// Whether both gave the same where they must not.
    pub(crate) fn is_again(&self, other: &Self) -> bool {
        self.exact.is_some() && self.exact == other.exact
    }

    fn nothing() -> Self {
        Self { exact: None, loose: 0, unordered: false, text: String::new(), across: Across::default() }
    }

    /// The case ended before there was an answer, because of what is `seen`; empty where a precondition refused it.
    pub(crate) fn without_answer(seen: &str) -> Self {
        let text = elsewhere(seen);
        Self {
            exact: Some(hash(&text)),
            loose: hash(&text),
            unordered: false,
            text: seen.to_string(),
            across: Across::default(),
        }
    }

    /// Whether another process gave the same.
    pub(crate) fn agrees(&self, other: &Self, unordered: bool) -> bool {
        match (self.exact, other.exact) {
            (Some(here), Some(there)) => here == there || (unordered && self.loose == other.loose),
            _ => true,
        }
    }

    pub(crate) fn to_json(&self) -> Value {
        let exact = self.exact.map(|exact| exact.to_string());
        json!({ "exact": exact, "loose": self.loose.to_string(), "unordered": self.unordered, "text": self.text })
    }

    pub(crate) fn from_json(value: &Value) -> Option<Self> {
        let number = |value: &Value| value.as_str()?.parse().ok();
        Some(Self {
            exact: number(&value["exact"]),
            loose: number(&value["loose"])?,
            unordered: value["unordered"].as_bool()?,
            text: value["text"].as_str()?.to_string(),
            across: Across::default(),
        })
    }
}

/// The text as it is in every process: where folders, programs and servers stand is up to us, not to the target.
fn elsewhere(text: &str) -> String {
    unaddressed(&unnumbered(text))
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The same for texts made of the same words, whatever their order.
fn loose(text: &str) -> u64 {
    let words = text.split(|c: char| " ,:{}[]()".contains(c)).filter(|word| !word.is_empty());
    words.fold(0, |sum, word| sum.wrapping_add(hash(word)))
}

/// The two values of the same call as [`Answers`], by `==`, by `Debug` or by both, whatever their type has.
#[macro_export]
macro_rules! answers_of {
    ($first:expr, $second:expr $(,)?) => {{
        #[allow(unused_imports)]
        use $crate::v1::{ByBoth as _, ByDebug as _, ByEq as _};
        (&&$crate::v1::AnswersOf(&$first, &$second)).answers()
    }};
}

/// Carries two values to the right way of comparing them: method lookup tries [`ByBoth`] first, [`ByDebug`] last.
#[derive(Clone, Copy)]
pub struct AnswersOf<'a, T: ?Sized>(pub &'a T, pub &'a T);

impl<T: ?Sized> Debug for AnswersOf<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AnswersOf")
    }
}

/// By `==`, and elsewhere by `Debug`.
pub trait ByBoth {
    /// The comparison.
    fn answers(&self) -> Answers;
}

impl<T: PartialEq + Debug> ByBoth for &AnswersOf<'_, T> {
    fn answers(&self) -> Answers {
        let AnswersOf(first, second) = *self;
        let [one, other] = [format!("{first:?}"), format!("{second:?}")];
        #[expect(clippy::eq_op, reason = "NaN is not equal to itself, and still the same answer")]
        let same = first == second || (first != first && one == other);
        let given = Given::of(first, same && one != other);
        Answers { same, looks: Some([show_debug(first), show_debug(second)]), given }
    }
}

/// By `==` alone.
pub trait ByEq {
    /// The comparison.
    fn answers(&self) -> Answers;
}

impl<T: PartialEq> ByEq for &&AnswersOf<'_, T> {
    fn answers(&self) -> Answers {
        let AnswersOf(first, second) = **self;
        Answers { same: first == second, looks: None, given: Given::nothing() }
    }
}

/// By `Debug` alone.
pub trait ByDebug {
    /// The comparison.
    fn answers(&self) -> Answers;
}

impl<T: Debug> ByDebug for AnswersOf<'_, T> {
    fn answers(&self) -> Answers {
        let AnswersOf(first, second) = self;
        let same = format!("{first:?}") == format!("{second:?}");
        Answers { same, looks: Some([show_debug(first), show_debug(second)]), given: Given::of(first, false) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;

    #[test]
    fn equal_values_are_the_same_whatever_their_text() {
        let map = || (0..50).map(|n| (n, "x")).collect::<HashMap<_, _>>();
        let answers = answers_of!(map(), map());
        assert!(answers.same && answers.given.unordered);
        assert!(answers.given.agrees(&answers_of!(map(), map()).given, true));
        let list: Vec<i32> = map().into_keys().collect();
        assert!(!answers_of!(list, (0..50).collect::<Vec<i32>>()).same);
        let fewer: HashSet<i32> = (0..49).collect();
        let more: HashSet<i32> = (0..50).collect();
        assert!(!answers_of!(fewer, fewer).given.agrees(&answers_of!(more, more).given, true));
    }

    #[test]
    fn each_type_is_compared_by_what_it_has() {
        #[derive(PartialEq)]
        struct Silent(u8);
        #[derive(Debug)]
        struct Unequal(#[expect(dead_code, reason = "it is in the text")] u8);
        assert!(!answers_of!(Silent(1), Silent(2)).same);
        assert!(answers_of!(Unequal(1), Unequal(1)).same);
        assert!(!answers_of!(Unequal(1), Unequal(2)).same);
        assert!(answers_of!(f64::NAN, f64::NAN).same);
        assert!(!answers_of!(f64::NAN, 1.0).same);
    }
}
