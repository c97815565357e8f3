//! A family: inputs of one shape and any size.
//!
//! Takes a tape and a size, gives the tape of the member of that size.

use std::ops::Range;

use crate::tape::{Choice, Pumped, Tape};

/// Choices of a tape that was made to grow, at most.
const CHOICES: usize = 200_000;

/// The tier of the few that come before all others.
pub(crate) const AT_ONCE: u8 = 3;

/// What of a unit is another each time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Numbered {
    /// The choice at this place, as said by where its number stands if it is a text: numbers get larger, smaller where it
    /// stands in front, and by turns both where it stands behind each word.
    One { at: usize, spot: Spot },
    /// The numbers of so many elements, so that each leads to the next: `(0, 1)`, `(1, 2)`; of two elements the first leads
    /// over the next one, as `(0, 2)`, `(0, 1)`, `(1, 3)`.
    Chain { elements: usize },
    /// The number at this place, each so much above the one before, as where gaps are filled.
    Spread { at: usize, by: u32 },
}

/// Where the number of a text stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spot {
    Behind,
    InFront,
    /// Behind each of its words, so that no part of two texts is the same.
    EachWord,
}

impl Spot {
    pub(crate) const ALL: [Self; 3] = [Self::Behind, Self::InFront, Self::EachWord];
}

/// Numbers that get smaller begin with so much more: it fits into two bytes, with room above.
const DOWN: u128 = 50_000;

/// Inputs of one shape and any size.
#[derive(Clone)]
pub(crate) enum Family {
    /// The choice at `at` is pumped.
    Content { at: usize, pumped: Pumped, tier: u8 },
    /// The choices of `unit` are made again and again in place of others; one of them may be another each time.
    Choices { unit: Range<usize>, instead_of: Range<usize>, numbered: Option<Numbered> },
    /// Two of these, with so many parts of the size each.
    Both { sides: Box<[Family; 2]>, shares: [usize; 2], tier: u8 },
}

impl Family {
    /// Its member of about so many bytes, or with so many items.
    pub(crate) fn tape(&self, base: &[Choice], bytes: usize, items: u64) -> Tape {
        match self {
            Self::Content { at, pumped, .. } => {
                let mut tape = base.to_vec();
                tape[*at] = pumped.of_about(bytes);
                tape
            }
            Self::Choices { unit, instead_of, numbered } => {
                let unit = &base[unit.clone()];
                // An item of a list has a few bytes at least, whatever it is.
                let times = (bytes / (8 * unit.len())).min(CHOICES / unit.len()).max(2);
                let times = usize::try_from(items).unwrap_or(usize::MAX).saturating_sub(1).min(times);
                let grown = (0..times).flat_map(|number| {
                    let one = move |(at, choice)| match numbered {
                        Some(Numbered::One { at: place, spot }) if *place == at => {
                            other(choice, number, *spot)
                        }
                        Some(Numbered::Spread { at: place, by }) if *place == at => {
                            Choice::Number(number as u128 * u128::from(*by))
                        }
                        Some(Numbered::Chain { elements }) => {
                            linked(choice, number, at, [unit.len() / elements, *elements])
                        }
                        _ => choice.clone(),
                    };
                    unit.iter().enumerate().map(one)
                });
                let (before, after) = (&base[..instead_of.start], &base[instead_of.end..]);
                before.iter().cloned().chain(grown).chain(after.iter().cloned()).collect()
            }
            Self::Both { sides, shares, .. } => {
                let part = bytes / (shares[0] + shares[1]);
                let mut sides = [(&sides[0], part * shares[0]), (&sides[1], part * shares[1])];
                // What stands behind grows first, so that what is in front stays where it is.
                sides.sort_by_key(|(side, _)| std::cmp::Reverse(side.start()));
                sides.iter().fold(base.to_vec(), |tape, (side, bytes)| side.tape(&tape, *bytes, items / 2))
            }
        }
    }

    /// A part of a member: of each content that was made to grow, or of the choices. The first of so many parts is from
    /// the start, the last from the end. None where choices grow beside something else: the whole would be left of them.
    pub(crate) fn part(&self, tape: &[Choice], base: &[Choice], share: f64, at: [usize; 2]) -> Option<Tape> {
        let cut = |length: usize| {
            let part = (length as f64 * share) as usize;
            let start = (length - part) * at[0] / (at[1] - 1).max(1);
            start..start + part
        };
        if let Self::Both { sides, .. } = self
            && !sides.iter().all(|side| matches!(side, Self::Content { .. }))
        {
            return None;
        }
        if let Self::Choices { unit, instead_of, .. } = self {
            let grown = tape.len().checked_sub(base.len() - instead_of.len())? / unit.len();
            let kept = cut(grown);
            let choice = |number: usize| instead_of.start + number * unit.len();
            let (start, end) = (choice(kept.start), choice(kept.end));
            return Some([&tape[..instead_of.start], &tape[start..end], &tape[choice(grown)..]].concat());
        }
        let part = |choice: &Choice| {
            let Choice::Pumped(pumped) = choice else { return choice.clone() };
            let whole = pumped.render();
            let bytes = &whole[cut(whole.len())];
            if pumped.is_text {
                Choice::Text(String::from_utf8_lossy(bytes).into_owned())
            } else {
                Choice::Bytes(bytes.to_vec())
            }
        };
        Some(tape.iter().map(part).collect())
    }

    /// Where it stands on a tape.
    fn start(&self) -> usize {
        match self {
            Self::Content { at, .. } => *at,
            Self::Choices { instead_of, .. } => instead_of.start,
            Self::Both { sides, .. } => sides[0].start().min(sides[1].start()),
        }
    }

    /// The same without what stands around the repetitions, if that is a part worth mentioning of a member of about so
    /// many bytes.
    pub(crate) fn bare(&self, bytes: usize) -> Option<Self> {
        /// So small a part is none.
        const PART: usize = 400;
        let Self::Content { at, pumped, tier } = self else { return None };
        let pumped = pumped.bare().filter(|_| pumped.around() > bytes / PART)?;
        Some(Self::Content { at: *at, pumped, tier: *tier })
    }

    /// What is repeated.
    pub(crate) fn unit(&self) -> Vec<u8> {
        match self {
            Self::Content { pumped, .. } => pumped.open.clone(),
            Self::Choices { unit, numbered, .. } => {
                let number = match numbered {
                    None => 0,
                    Some(Numbered::One { at, spot }) => *at as u8 + 60 * *spot as u8,
                    Some(Numbered::Chain { elements }) => 200 + *elements as u8,
                    Some(Numbered::Spread { at, by }) => 220 + 6 * *at as u8 + (by.ilog2() / 3) as u8,
                };
                vec![unit.len() as u8, number]
            }
            Self::Both { sides, .. } => [sides[0].unit(), sides[1].unit()].join(&0),
        }
    }

    /// The likely ones first.
    pub(crate) fn tier(&self) -> u8 {
        match self {
            Self::Content { tier, .. } | Self::Both { tier, .. } => *tier,
            Self::Choices { .. } => 0,
        }
    }
}

/// The choice that gives another value each time.
fn other(choice: &Choice, number: usize, spot: Spot) -> Choice {
    match choice {
        Choice::Number(known) => Choice::Number(known.wrapping_add(match spot {
            Spot::EachWord if number % 2 == 1 => DOWN + number as u128,
            Spot::InFront | Spot::EachWord => DOWN.saturating_sub(number as u128),
            Spot::Behind => number as u128,
        })),
        Choice::Text(text) => Choice::Text(with_number(text, number, spot)),
        Choice::Bytes(bytes) => Choice::Bytes([bytes, number.to_string().as_bytes()].concat()),
        same => same.clone(),
    }
}

/// A choice at a place of a unit of so many elements of one length: a number leads to the next one.
fn linked(choice: &Choice, number: usize, at: usize, [length, elements]: [usize; 2]) -> Choice {
    let (element, place) = (at / length, at % length);
    // What says that there is an element stands in front of it.
    let (Choice::Number(_), 1..) = (choice, place) else { return choice.clone() };
    let further = match (length, place) {
        (2, _) => element,
        (_, 1) => 0,
        _ => elements - element + place - 2,
    };
    Choice::Number((number + further) as u128)
}

fn with_number(text: &str, number: usize, spot: Spot) -> String {
    match spot {
        Spot::Behind => format!("{text}{number}"),
        Spot::InFront => format!("{number}{text}"),
        Spot::EachWord => {
            let mut numbered = String::new();
            let mut chars = text.chars().peekable();
            while let Some(char) = chars.next() {
                numbered.push(char);
                if char.is_alphanumeric() && !chars.peek().is_some_and(|next| next.is_alphanumeric()) {
                    numbered.push_str(&number.to_string());
                }
            }
            numbered
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_what_grew_are_from_its_start_its_middle_and_its_end() {
        let pumped = Pumped {
            is_text: true,
            open: b"(".to_vec(),
            times: 40,
            core: "é".into(),
            close: b")".to_vec(),
            ..Pumped::default()
        };
        let family = Family::Content { at: 1, pumped: pumped.clone(), tier: 0 };
        let tape = [Choice::Number(7), Choice::Pumped(Box::new(pumped)), Choice::Text("x".into())];
        let text = |at: usize| match &family.part(&tape, &tape, 0.1, [at, 3]).expect("it grew")[..] {
            [Choice::Number(7), Choice::Text(text), Choice::Text(behind)] if behind == "x" => text.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!([text(0), text(1), text(2)], ["((((((((", "(((é)))", "))))))))"]);
    }

    #[test]
    fn a_part_of_a_list_has_the_elements_that_stood_there() {
        let base = [Choice::Number(1), Choice::Number(5), Choice::Number(0), Choice::Number(9)];
        let numbered = Some(Numbered::One { at: 1, spot: Spot::Behind });
        let family = Family::Choices { unit: 0..2, instead_of: 0..2, numbered };
        let tape = family.tape(&base, 160, 99);
        assert_eq!(tape.len(), 22);
        let part = family.part(&tape, &base, 0.2, [2, 3]).expect("it grew");
        let numbers = [1, 13, 1, 14, 0, 9].map(Choice::Number);
        assert_eq!(part, numbers);
        let other = Family::Choices { unit: 0..2, instead_of: 0..2, numbered: None };
        let both = Family::Both { sides: Box::new([family, other]), shares: [1, 1], tier: 0 };
        assert_eq!(both.part(&tape, &base, 0.2, [2, 3]), None);
    }
}
