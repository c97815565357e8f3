//! The characters or bytes of a choice, so that parts can be taken out of several choices alike.

use std::ops::Range;

use crate::tape::Choice;

/// What a choice consists of; a number has no parts.
pub(super) enum Parts {
    None,
    Text(Vec<char>),
    Bytes(Vec<u8>),
}

impl Parts {
    pub(super) fn of(choice: &Choice) -> Self {
        match choice {
            Choice::Number(_) | Choice::Pumped(_) | Choice::Open | Choice::Close => Self::None,
            Choice::Text(text) => Self::Text(text.chars().collect()),
            Choice::Bytes(bytes) => Self::Bytes(bytes.clone()),
        }
    }

    pub(super) fn length(&self) -> usize {
        match self {
            Self::None => 0,
            Self::Text(chars) => chars.len(),
            Self::Bytes(bytes) => bytes.len(),
        }
    }

    /// What is left without a part.
    pub(super) fn without(&self, range: &Range<usize>) -> Choice {
        match self {
            Self::None => Choice::Number(0),
            Self::Text(chars) => {
                Choice::Text(chars[..range.start].iter().chain(&chars[range.end..]).collect())
            }
            Self::Bytes(bytes) => Choice::Bytes([&bytes[..range.start], &bytes[range.end..]].concat()),
        }
    }

    /// What is left without the part that is the same as that of `other`, or stands where it does; nothing if there
    /// is none.
    pub(super) fn without_twin(&self, other: &Self, range: &Range<usize>) -> Option<Choice> {
        let found = match (self, other) {
            (Self::Text(own), Self::Text(other)) => position(own, &other[range.clone()]),
            (Self::Bytes(own), Self::Bytes(other)) => position(own, &other[range.clone()]),
            _ => return None,
        };
        let start = found.or_else(|| (range.end <= self.length()).then_some(range.start))?;
        Some(self.without(&(start..start + range.len())))
    }
}

/// Where `part` stands first.
fn position<T: PartialEq>(items: &[T], part: &[T]) -> Option<usize> {
    items.windows(part.len().max(1)).position(|window| window == part)
}
