//! Puts what code compared its input with into the input.
//!
//! Takes a tape and the pairs of numbers that were compared while its case ran; gives tapes in which one number of a
//! pair, wherever and however it is written there, became the other one or its neighbour. So a tag, a length or a
//! character that the code waits for need not be guessed.

use std::ops::RangeInclusive;

use crate::tape::{Choice, Tape};

/// Places in a tape at which a number is looked for.
const PLACES: usize = 12;

/// Where programs have their memory: a number in this range is taken for an address, which no input holds.
const ADDRESSES: RangeInclusive<u64> = 1 << 40..=1 << 47;

/// Two numbers that code compared, widened to 64 bits.
pub(crate) type Pair = (u64, u64);

/// The tapes that a pair suggests.
pub(super) fn suggested(tape: &Tape, (left, right): Pair) -> Vec<Tape> {
    if left == right || [left, right].iter().any(|number| ADDRESSES.contains(number)) {
        return Vec::new();
    }
    let mut tapes = Vec::new();
    for (old, new) in [(left, right), (right, left)] {
        for new in [new, new.wrapping_add(1), new.wrapping_sub(1)] {
            if new != old {
                replaced(tape, old, new, &mut tapes);
            }
        }
    }
    tapes
}

/// Copies of `tape` with `new` at one of the places where `old` stands.
fn replaced(tape: &Tape, old: u64, new: u64, into: &mut Vec<Tape>) {
    let until = into.len() + PLACES;
    for (at, choice) in tape.iter().enumerate() {
        let choices: Vec<Choice> = match choice {
            Choice::Number(number) if *number == u128::from(old) => vec![Choice::Number(u128::from(new))],
            Choice::Text(text) => in_text(text, old, new).into_iter().map(Choice::Text).collect(),
            Choice::Bytes(bytes) => in_bytes(bytes, old, new).into_iter().map(Choice::Bytes).collect(),
            _ => Vec::new(),
        };
        for choice in choices {
            if into.len() >= until {
                return;
            }
            let mut copy = tape.clone();
            copy[at] = choice;
            into.push(copy);
        }
    }
}

/// As a character, and in digits.
fn in_text(text: &str, old: u64, new: u64) -> Vec<String> {
    let char = |number: u64| u32::try_from(number).ok().and_then(char::from_u32).map(String::from);
    let digits = |number: u64| (number < 1 << 63).then(|| number.to_string());
    let spellings = [char(old).zip(char(new)), digits(old).zip(digits(new))];
    let mut texts = Vec::new();
    for (old, new) in spellings.into_iter().flatten() {
        let places = text.match_indices(&old).take(PLACES);
        texts.extend(places.map(|(at, _)| [&text[..at], &new, &text[at + old.len()..]].concat()));
    }
    texts
}

/// In every width, in either order, and in digits.
fn in_bytes(bytes: &[u8], old: u64, new: u64) -> Vec<Vec<u8>> {
    let mut spellings: Vec<(Vec<u8>, Vec<u8>)> = vec![(old.to_string().into(), new.to_string().into())];
    for width in [1, 2, 4, 8] {
        let fits = |number: u64| width == 8 || number >> (8 * width) == 0;
        if fits(old) && fits(new) {
            let [low, high] = [old, new].map(|number| number.to_le_bytes()[..width].to_vec());
            if width > 1 {
                let turned = |bytes: &[u8]| bytes.iter().rev().copied().collect::<Vec<u8>>();
                spellings.push((turned(&low), turned(&high)));
            }
            spellings.push((low, high));
        }
    }
    let mut all = Vec::new();
    for (old, new) in spellings {
        let places = bytes.windows(old.len()).enumerate().filter(|(_, window)| *window == old);
        all.extend(
            places.take(PLACES).map(|(at, _)| [&bytes[..at], &new, &bytes[at + old.len()..]].concat()),
        );
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_becomes_the_one_it_was_compared_with() {
        let tape = vec![Choice::Number(1), Choice::Text("a,b".into())];
        let tapes = suggested(&tape, (u64::from(','), u64::from('é')));
        assert!(tapes.contains(&vec![Choice::Number(1), Choice::Text("aéb".into())]), "{tapes:?}");
    }

    #[test]
    fn a_length_becomes_the_border_it_was_compared_with_and_its_neighbours() {
        let tape = vec![Choice::Bytes(vec![9, 0, 3, 9])];
        let tapes = suggested(&tape, (3, 256));
        for wanted in [[9, 1, 0, 9], [9, 1, 1, 9], [9, 0, 255, 9]] {
            assert!(tapes.contains(&vec![Choice::Bytes(wanted.into())]), "{wanted:?} in {tapes:?}");
        }
    }

    #[test]
    fn digits_and_numbers_are_replaced_and_nothing_else_is_suggested() {
        let tape = vec![Choice::Text("v=10;".into()), Choice::Number(10), Choice::Open, Choice::Close];
        let tapes = suggested(&tape, (10, 12));
        let texts: Vec<&Choice> = tapes.iter().map(|tape| &tape[0]).collect();
        assert!(texts.contains(&&Choice::Text("v=12;".into())), "{tapes:?}");
        assert!(tapes.iter().any(|tape| tape[1] == Choice::Number(13)), "{tapes:?}");
        assert_eq!(suggested(&tape, (10, 10)), Vec::<Tape>::new(), "what was equal says nothing");
        assert_eq!(suggested(&tape, (10, 0x7fff_1234_5670)), Vec::<Tape>::new(), "an address");
        assert_eq!(suggested(&tape, (77, 78)), Vec::<Tape>::new(), "neither of them is there");
    }
}
