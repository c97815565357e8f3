//! Takes the generator of an argument, gives the set of values it stands for, as far as that can be told.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::Strength;
use super::statement::tokens;
use crate::model::{Base, Fit, Generator, Id, Input, Literal, Spanned};

/// Inputs that lead to inputs, before it is given up.
const DEPTH: usize = 32;

/// One value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sample {
    /// A text, or the bytes of one.
    Bytes(Vec<u8>),
    /// A whole number.
    Integer(i64),
    /// Any other, as it was written.
    Other(String),
}

impl fmt::Display for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => {
                if let Ok(text) = std::str::from_utf8(bytes) {
                    return write!(f, "{text:?}");
                }
                let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                write!(f, "the bytes {}", digits.join(" "))
            }
            Self::Integer(number) => write!(f, "{number}"),
            Self::Other(text) => f.write_str(text),
        }
    }
}

/// The values that an argument may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Domain {
    /// Every value of its type, and these among the first.
    All(BTreeSet<Sample>),
    /// These and no others.
    Exactly(BTreeSet<Sample>),
    /// Whole numbers, both ends included.
    Between(i128, i128),
    /// What this says; the same for the same words.
    Said(String),
    /// Nothing is known of it.
    Unknown,
}

/// What two domains have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shared {
    /// Something, whatever it is.
    Something,
    /// This value.
    Value(Sample),
}

impl Domain {
    /// An argument of which nothing was said.
    pub(super) fn any() -> Self {
        Self::All(BTreeSet::new())
    }

    /// What a generator stands for; `as_given` means that samples are passed as they are and nothing besides.
    pub(super) fn of(generator: &Generator, inputs: &BTreeMap<Id, Input>, as_given: bool) -> Self {
        Self::followed(generator, inputs, as_given, DEPTH)
    }

    fn followed(generator: &Generator, inputs: &BTreeMap<Id, Input>, as_given: bool, depth: usize) -> Self {
        // The type of what a base gives says nothing about which values there are.
        let Generator { span: _, base, ty: _, format, fields, fit, map, only } = generator;
        let inner = |generator: &Generator| Self::followed(generator, inputs, as_given, depth - 1);
        let domain = match base.as_ref().map(|base| &base.value).filter(|_| depth > 0) {
            None if base.is_some() => Self::Unknown,
            None => Self::any(),
            Some(Base::Input(id)) => match inputs.get(&id.value) {
                Some(input) => {
                    inner(&Generator { only: *only || input.generator.only, ..input.generator.clone() })
                }
                None => Self::Unknown,
            },
            Some(Base::Each { key, element }) => {
                let parts = [key, element].map(|part| part.as_deref().map_or_else(Self::any, inner));
                Self::said_of("each", &parts)
            }
            Some(Base::PiecesOf(stream)) => Self::said_of("pieces of", &[inner(stream)]),
            Some(base) => Self::plain(base, *only, as_given),
        };
        let mut limits = limits(fit);
        limits.extend(format.as_ref().map(|format| format!("format {}", format.value.name())));
        let made =
            |(name, field): &(Spanned<String>, Generator)| format!("{} {:?}", name.value, inner(field));
        limits.extend(fields.iter().filter(|_| depth > 0).map(made));
        limits.extend(map.as_ref().map(|map| format!("map {}", tokens(&map.text))));
        match domain {
            Self::Unknown => Self::Unknown,
            domain if limits.is_empty() => domain,
            domain => Self::Said(format!("{domain:?} only {only} {limits:?}")),
        }
    }

    /// What a start without generators inside it stands for.
    fn plain(base: &Base, only: bool, as_given: bool) -> Self {
        match base {
            Base::Like(samples) => {
                let samples = samples.iter().map(|it| Sample::Bytes(it.value.clone().into_bytes())).collect();
                Self::like(samples, only, as_given)
            }
            Base::LikeHex(samples) => {
                let samples = samples.iter().map(|it| Sample::Bytes(it.value.clone())).collect();
                Self::like(samples, only, as_given)
            }
            Base::LikeFile(globs) => Self::like(files(globs), only, as_given),
            Base::OneOfFile(globs) => Self::Exactly(files(globs)),
            Base::Is(literal) => Self::Exactly(BTreeSet::from([sample(&literal.value)])),
            Base::OneOf(literals) => Self::Exactly(literals.iter().map(|it| sample(&it.value)).collect()),
            Base::Range(range) => between(&range.value),
            Base::Matching(pattern) => Self::Said(format!("matching {}", pattern.value)),
            Base::Value(expression) => Self::Said(format!("value {}", tokens(&expression.text))),
            Base::Strategy(expression) => Self::Said(format!("strategy {}", tokens(&expression.text))),
            Base::Type(expression) => Self::Said(format!("type {}", tokens(&expression.text))),
            Base::Server(expression) => Self::Said(format!("server {}", tokens(&expression.text))),
            Base::Near(_)
            | Base::Input(_)
            | Base::Each { .. }
            | Base::PiecesOf(_)
            | Base::Folder(_)
            | Base::Program => Self::Unknown,
        }
    }

    fn said_of(what: &str, parts: &[Self]) -> Self {
        if parts.contains(&Self::Unknown) { Self::Unknown } else { Self::Said(format!("{what} {parts:?}")) }
    }

    fn like(samples: BTreeSet<Sample>, only: bool, as_given: bool) -> Self {
        match (as_given, only) {
            (true, _) => Self::Exactly(samples),
            (false, false) => Self::All(samples),
            (false, true) => Self::Said(format!("like {samples:?}")),
        }
    }

    /// How a statement about these values stands to the same about those of `other`: the wider says more.
    pub(super) fn compare(&self, other: &Self) -> Strength {
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => Strength::Incomparable,
            (Self::All(ours), Self::All(theirs)) | (Self::Exactly(ours), Self::Exactly(theirs)) => {
                Strength::of_sets(ours, theirs)
            }
            (Self::All(_), _) => Strength::Stronger,
            (_, Self::All(_)) => Strength::Weaker,
            (Self::Between(low, high), Self::Between(other_low, other_high)) => {
                Strength::both(low <= other_low && high >= other_high, low >= other_low && high <= other_high)
            }
            (Self::Between(low, high), Self::Exactly(samples)) => {
                Strength::both(samples.iter().all(|sample| within(sample, *low, *high)), false)
            }
            (Self::Exactly(_), Self::Between(..)) => other.compare(self).turned(),
            (ours, theirs) => Strength::both(ours == theirs, ours == theirs),
        }
    }

    /// Whether a search of these values is sure to try whatever is singled out by `other`.
    pub(super) fn tries(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::All(ours), Self::All(theirs) | Self::Exactly(theirs)) => ours.is_superset(theirs),
            (Self::All(_), _) => false,
            _ => true,
        }
    }

    /// A value that both may have, if it is sure that there is one.
    pub(super) fn shares(&self, other: &Self) -> Option<Shared> {
        let first = |samples: &BTreeSet<Sample>| samples.first().cloned().map(Shared::Value);
        match (self, other) {
            (Self::All(_), Self::Exactly(samples)) | (Self::Exactly(samples), Self::All(_)) => first(samples),
            (Self::All(_), Self::Between(low, _)) | (Self::Between(low, _), Self::All(_)) => {
                Some(Shared::Value(number(*low)))
            }
            (Self::All(_), _) | (_, Self::All(_)) => Some(Shared::Something),
            (Self::Exactly(ours), Self::Exactly(theirs)) => {
                ours.intersection(theirs).next().cloned().map(Shared::Value)
            }
            (Self::Exactly(samples), Self::Between(low, high))
            | (Self::Between(low, high), Self::Exactly(samples)) => {
                samples.iter().find(|it| within(it, *low, *high)).cloned().map(Shared::Value)
            }
            (Self::Between(low, high), Self::Between(other_low, other_high)) => {
                let (low, high) = (*low.max(other_low), *high.min(other_high));
                (low <= high).then(|| Shared::Value(number(low)))
            }
            (Self::Said(ours), Self::Said(theirs)) if ours == theirs => Some(Shared::Something),
            _ => None,
        }
    }
}

/// The contents of files, by their globs.
fn files(globs: &[Spanned<String>]) -> BTreeSet<Sample> {
    globs.iter().map(|glob| Sample::Other(format!("the content of `{}`", glob.value))).collect()
}

/// What every value has to keep to, in words.
fn limits(fit: &Fit) -> Vec<String> {
    let Fit { length, letters, without } = fit;
    let mut limits: Vec<String> = without.iter().map(|it| format!("without {:?}", it.value)).collect();
    limits.sort();
    limits.extend(length.as_ref().map(|it| format!("length {}..={}", it.value.least, it.value.most)));
    limits.extend(letters.as_ref().map(|it| format!("text {}", it.value.name())));
    limits
}

fn number(number: i128) -> Sample {
    i64::try_from(number).map_or_else(|_| Sample::Other(number.to_string()), Sample::Integer)
}

fn within(sample: &Sample, low: i128, high: i128) -> bool {
    matches!(sample, Sample::Integer(number) if (low..=high).contains(&i128::from(*number)))
}

fn sample(literal: &Literal) -> Sample {
    match literal {
        Literal::Text(text) => Sample::Bytes(text.clone().into_bytes()),
        Literal::Bytes(bytes) => Sample::Bytes(bytes.clone()),
        Literal::Integer(number) => Sample::Integer(*number),
        Literal::Array(elements) => Sample::Other(format!(
            "[{}]",
            elements.iter().map(|element| sample(element).to_string()).collect::<Vec<_>>().join(", ")
        )),
        Literal::Float(number) => Sample::Other(format!("{number:?}")),
        Literal::Boolean(flag) => Sample::Other(flag.to_string()),
    }
}

/// A range of whole numbers; any other is what it says.
fn between(range: &str) -> Domain {
    let said = || Domain::Said(format!("range {}", tokens(range)));
    let Some((low, high)) = range.split_once("..") else { return said() };
    let (high, last) = match high.strip_prefix('=') {
        Some(high) => (high, 0),
        None => (high, 1),
    };
    let number = |text: &str| text.trim().replace('_', "").parse::<i128>().ok();
    match (number(low), number(high).and_then(|high| high.checked_sub(last))) {
        (Some(low), Some(high)) if low <= high => Domain::Between(low, high),
        _ => said(),
    }
}
