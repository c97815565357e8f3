//! Changes to tapes: to the choices themselves, whatever values are made of them.
//!
//! A changed tape is as good as any other, for generators take what they need of it and put right what does not fit.

use std::ops::Range;

use super::{bytes, how_many, parts, text};
use crate::hostile;
use crate::random::Random;
use crate::tape::{Choice, Maker, Tape, end_of_span};

/// Stacks a few changes on `tape`; parts may come from `other`.
pub(crate) fn change(tape: &mut Tape, other: &[Choice], maker: &mut Maker<'_>) {
    // Most often one value alone, for what others have in common with it is what brought the tape here.
    let focus = pick(tape, maker.random).filter(|_| !maker.random.one_in(4));
    for _ in 0..how_many(maker.random, maker.effort) {
        if let Some(at) = focus {
            change_at(at, tape, other, maker);
            continue;
        }
        match maker.random.below(12) {
            0 => repeat(tape, maker.random),
            1 => remove(tape, maker.random),
            2 => exchange(tape, maker.random),
            3 => borrow(tape, other, maker.random),
            4 => splice(tape, other, maker.random),
            _ => {
                if let Some(at) = pick(tape, maker.random) {
                    change_at(at, tape, other, maker);
                }
            }
        }
    }
}

/// One of the choices that hold a value, those with more in them more often.
fn pick(tape: &[Choice], random: &mut Random) -> Option<usize> {
    let tickets = |choice: &Choice| match choice {
        Choice::Number(_) => 1,
        Choice::Text(text) => 4 + text.len().min(28),
        Choice::Bytes(bytes) => 4 + bytes.len().min(28),
        Choice::Pumped(_) | Choice::Open | Choice::Close => 0,
    };
    let mut drawn = random.below(tape.iter().map(tickets).sum());
    tape.iter().position(|choice| {
        let tickets = tickets(choice);
        let is_it = drawn < tickets;
        drawn = drawn.saturating_sub(tickets);
        is_it
    })
}

fn change_at(at: usize, tape: &mut [Choice], other: &[Choice], maker: &mut Maker<'_>) {
    match tape[at].clone() {
        Choice::Number(number) => tape[at] = Choice::Number(near(number, maker)),
        Choice::Text(mut value) if maker.random.one_in(2) => {
            step_in_text(&mut value, maker.random);
            tape[at] = Choice::Text(value);
        }
        Choice::Bytes(mut value) if maker.random.one_in(3) => {
            step_in_bytes(&mut value, maker.random);
            tape[at] = Choice::Bytes(value);
        }
        Choice::Text(mut value) => {
            let open = |choice: &Choice| match choice {
                Choice::Text(text) => Some(text.clone()),
                _ => None,
            };
            text::mutate(&mut value, &lent(tape, other, open, maker.random), maker);
            tape[at] = Choice::Text(value);
        }
        Choice::Bytes(mut value) => {
            let open = |choice: &Choice| match choice {
                Choice::Bytes(bytes) => Some(bytes.clone()),
                _ => None,
            };
            bytes::mutate(&mut value, &lent(tape, other, open, maker.random), maker);
            tape[at] = Choice::Bytes(value);
        }
        Choice::Pumped(_) | Choice::Open | Choice::Close => {}
    }
}

/// A large part of one value goes, or a few choices in a row.
pub(crate) fn cut(tape: &mut Tape, random: &mut Random) {
    let Some(at) = pick(tape, random) else { return };
    let range = |length: usize, random: &mut Random| {
        let size = random.within(length.div_ceil(8)..length + 1);
        let start = random.below(length - size + 1);
        start..start + size
    };
    match &mut tape[at] {
        Choice::Text(text) if !text.is_empty() => {
            let mut range = range(text.len(), random);
            range.start = parts::floor(text, range.start);
            range.end = parts::floor(text, range.end);
            text.replace_range(range, "");
        }
        Choice::Bytes(bytes) if !bytes.is_empty() => {
            let range = range(bytes.len(), random);
            bytes.drain(range);
        }
        _ => remove(tape, random),
    }
}

/// A few values of one sort that lend their parts.
fn lent<T>(
    tape: &[Choice],
    other: &[Choice],
    open: impl Fn(&Choice) -> Option<T>,
    random: &mut Random,
) -> Vec<T> {
    const FEW: usize = 6;
    let count = tape.len() + other.len();
    if count <= 2 * FEW {
        return tape.iter().chain(other).filter_map(open).collect();
    }
    let start = random.below(count);
    let all = (start..start + count).map(|at| at % count);
    all.filter_map(|at| open(tape.get(at).unwrap_or_else(|| &other[at - tape.len()]))).take(FEW).collect()
}

/// One character becomes another, goes, or comes: the smallest step there is, for code that compares one by one.
fn step_in_text(text: &mut String, random: &mut Random) {
    let new = char::from(random.within(0x20..0x7f) as u8);
    let at = random.below(text.chars().count() + 1);
    let (start, old) = text.char_indices().nth(at).map_or((text.len(), None), |(at, old)| (at, Some(old)));
    let end = start + old.map_or(0, char::len_utf8);
    match random.below(6) {
        0 => text.insert(start, new),
        1 => text.replace_range(start..end, ""),
        2 => {
            let next = old.and_then(|old| char::from_u32(u32::from(old) ^ 1 << random.below(6)));
            text.replace_range(start..end, next.unwrap_or(new).encode_utf8(&mut [0; 4]));
        }
        _ => text.replace_range(start..end, new.encode_utf8(&mut [0; 4])),
    }
}

/// The same of bytes.
fn step_in_bytes(bytes: &mut Vec<u8>, random: &mut Random) {
    let (at, new) = (random.below(bytes.len() + 1), random.below(256) as u8);
    match random.below(6) {
        0 => bytes.insert(at, new),
        1 if at < bytes.len() => _ = bytes.remove(at),
        _ if at == bytes.len() => bytes.push(new),
        2 => bytes[at] ^= 1 << random.below(8),
        _ => bytes[at] = new,
    }
}

/// A number a step away, with another bit, at a border, or one that the code knows.
fn near(number: u128, maker: &mut Maker<'_>) -> u128 {
    let random = &mut *maker.random;
    match random.below(8) {
        0 | 1 => number.wrapping_add(random.within(1..9) as u128),
        2 | 3 => number.saturating_sub(random.within(1..9) as u128),
        4 => number ^ 1 << random.below((128 - number.leading_zeros() as usize + 2).min(128)),
        5 => random.small(1 << 16) as u128,
        6 => maker.dictionary.number(random).unwrap_or(0),
        _ => {
            let borders: Vec<u128> = hostile::border_numbers().collect();
            random.pick(&borders).copied().unwrap_or(0)
        }
    }
}

/// What belongs together, or a few choices in a row.
fn part(tape: &[Choice], random: &mut Random) -> Range<usize> {
    let start = random.below(tape.len());
    if tape.get(start) == Some(&Choice::Open) {
        return start..start + end_of_span(&tape[start..]) + 1;
    }
    // Ends stay with their beginnings.
    let rest =
        tape[start..].iter().take_while(|choice| !matches!(choice, Choice::Open | Choice::Close)).count();
    start..start + random.small(rest + 1)
}

fn repeat(tape: &mut Tape, random: &mut Random) {
    let part = part(tape, random);
    let copy = tape[part.clone()].to_vec();
    tape.splice(part.start..part.start, copy);
}

fn remove(tape: &mut Tape, random: &mut Random) {
    let part = part(tape, random);
    if part.len() < tape.len() {
        tape.drain(part);
    }
}

/// Two choices of one sort change places.
fn exchange(tape: &mut [Choice], random: &mut Random) {
    let (Some(one), Some(two)) = (pick(tape, random), pick(tape, random)) else { return };
    if std::mem::discriminant(&tape[one]) == std::mem::discriminant(&tape[two]) {
        tape.swap(one, two);
    }
}

/// A choice becomes one of the same sort of another tape.
fn borrow(tape: &mut [Choice], other: &[Choice], random: &mut Random) {
    let Some(at) = pick(tape, random) else { return };
    let same = |choice: &&Choice| std::mem::discriminant(*choice) == std::mem::discriminant(&tape[at]);
    let fitting: Vec<&Choice> = other.iter().filter(same).collect();
    if let Some(choice) = random.pick(&fitting) {
        tape[at] = (*choice).clone();
    }
}

/// Part of another tape takes the place of a part.
fn splice(tape: &mut Tape, other: &[Choice], random: &mut Random) {
    let (old, new) = (part(tape, random), part(other, random));
    if !new.is_empty() {
        tape.splice(old, other[new].iter().cloned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

    fn changed(tape: &[Choice], other: &[Choice], seed: u64) -> Tape {
        let (mut random, dictionary) = (Random::new(seed), Dictionary::default());
        let mut tape = tape.to_vec();
        change(&mut tape, other, &mut Maker::for_tests(&mut random, &dictionary, seed, &mut 0));
        tape
    }

    #[test]
    fn every_sort_of_choice_is_changed_and_none_becomes_another_sort() {
        let tape = [Choice::Number(5), Choice::Text("abc".into()), Choice::Bytes(vec![1, 2, 3])];
        let all: Vec<Tape> = (0..2_000).map(|seed| changed(&tape, &tape, seed)).collect();
        for at in 0..tape.len() {
            let differs = |new: &Tape| {
                new.len() == tape.len() && (0..tape.len()).all(|i| (new[i] == tape[i]) == (i != at))
            };
            assert!(all.iter().any(differs), "{:?} alone is changed", tape[at]);
        }
    }

    #[test]
    fn a_large_part_of_a_value_is_cut_out() {
        let text = |text: &str| vec![Choice::Text(text.into())];
        let cut = |seed| {
            let mut tape = text("key = \"väl\"");
            cut(&mut tape, &mut Random::new(seed));
            tape
        };
        let all: Vec<Tape> = (0..2_000).map(cut).collect();
        for part in ["key ", "= \"väl\"", "key = \"\""] {
            assert!(all.contains(&text(part)), "{part}");
        }
        assert!(!all.contains(&text("kvl\"")), "one part, and not letters here and there");
    }

    #[test]
    fn what_belongs_together_stays_together() {
        let span = |number| [Choice::Open, Choice::Number(number), Choice::Close];
        let tape = [span(1), span(2), span(3)].concat();
        for seed in 0..2_000 {
            let mut open = 0_i32;
            for choice in changed(&tape, &span(4), seed) {
                open += i32::from(choice == Choice::Open) - i32::from(choice == Choice::Close);
                assert!(open >= 0, "seed {seed} ends what it did not begin");
            }
            assert_eq!(open, 0, "seed {seed} ends what it begins");
        }
    }

    #[test]
    fn an_empty_tape_stays_as_it_is_or_borrows() {
        for seed in 0..200 {
            assert!(changed(&[], &[Choice::Number(7)], seed).len() <= 8, "{seed}");
            assert!(changed(&[], &[], seed).is_empty(), "{seed}");
        }
    }
}
