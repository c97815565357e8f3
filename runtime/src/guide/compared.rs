//! Puts what code compared its input with into the input.
//!
//! Takes a tape and the pairs of numbers that were compared while its case ran; gives tapes in which one number of a
//! pair, wherever and however it is written there, became the other one or its neighbour, or got the other one in front
//! of it. So a tag, a length or a character that the code waits for need not be guessed.

use std::ops::{Range, RangeInclusive};

use crate::quick_hash::QuickMap;
use crate::tape::{Choice, Tape};

/// Places in a tape at which a number is replaced, for each way to write it.
const PLACES: u8 = 12;

/// Where programs have their memory: a number in this range is taken for an address, which no input holds.
const ADDRESSES: RangeInclusive<u64> = 1 << 40..=1 << 47;

/// Two numbers that code compared, widened to 64 bits.
pub(crate) type Pair = (u64, u64);

/// Whether both may come from an input.
pub(super) fn may_stand_in_input((left, right): Pair) -> bool {
    ![left, right].iter().any(|number| ADDRESSES.contains(number))
}

/// A choice of a tape, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    at: usize,
    new: New,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum New {
    Number(u64),
    /// What stands in this range of a text or of bytes.
    Part(Range<usize>, Vec<u8>),
}

impl Change {
    /// A copy of `tape` with the change made.
    pub(super) fn made(&self, tape: &Tape) -> Tape {
        let mut copy = tape.clone();
        match (&mut copy[self.at], &self.new) {
            (Choice::Number(old), New::Number(new)) => *old = u128::from(*new),
            (Choice::Text(text), New::Part(part, new)) => {
                text.replace_range(part.clone(), &String::from_utf8_lossy(new));
            }
            (Choice::Bytes(bytes), New::Part(part, new)) => {
                _ = bytes.splice(part.clone(), new.iter().copied());
            }
            _ => {}
        }
        copy
    }
}

/// What pairs suggest: each number that stands somewhere in `tape` becomes what it was compared with.
///
/// Takes one walk over the tape, however many pairs there are.
pub(super) fn suggested(tape: &Tape, pairs: &[Pair]) -> Vec<Change> {
    let mut finder = Finder { wanted: Wanted::of(pairs), at: 0, changes: Vec::new() };
    for (at, choice) in tape.iter().enumerate() {
        finder.at = at;
        match choice {
            Choice::Number(number) => finder.number(*number),
            Choice::Text(text) => finder.text(text),
            Choice::Bytes(bytes) => finder.bytes(bytes),
            Choice::Pumped(_) | Choice::Open | Choice::Close => {}
        }
    }
    finder.changes
}

/// Walks over choices.
struct Finder {
    wanted: Wanted,
    /// The choice it is at.
    at: usize,
    changes: Vec<Change>,
}

impl Finder {
    fn number(&mut self, number: u128) {
        if let Ok(number) = u64::try_from(number) {
            let news = self.wanted.instead_of(number, Spelling::Number);
            self.changes.extend(news.map(|new| Change { at: self.at, new: New::Number(new.number) }));
        }
    }

    fn text(&mut self, text: &str) {
        for (start, char) in text.char_indices() {
            self.part(start..start + char.len_utf8(), u64::from(u32::from(char)), Spelling::Char);
        }
        self.digits(text.as_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.digits(bytes);
        for width in [1, 2, 4, 8] {
            for (start, window) in bytes.windows(width).enumerate() {
                let high_first = window.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
                let low_first = high_first.swap_bytes() >> (64 - 8 * width);
                self.part(start..start + width, low_first, Spelling::LowFirst(width));
                if width > 1 {
                    self.part(start..start + width, high_first, Spelling::HighFirst(width));
                }
            }
        }
    }

    /// Whatever is a number in decimal digits.
    fn digits(&mut self, text: &[u8]) {
        let mut start = 0;
        for run in text.split_inclusive(|byte| !byte.is_ascii_digit()) {
            let length = run.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if let Some(number) = str::from_utf8(&run[..length]).ok().and_then(|digits| digits.parse().ok()) {
                self.part(start..start + length, number, Spelling::Digits);
            }
            start += run.len();
        }
    }

    /// A number stands in this range of the choice.
    fn part(&mut self, part: Range<usize>, number: u64, spelling: Spelling) {
        for new in self.wanted.instead_of(number, spelling) {
            let Some(written) = spelling.written(new.number) else { continue };
            // What stands there may be right and come too early, as the rest of a message behind a mark.
            if spelling.is_letter() && !new.is_neighbour {
                let new = New::Part(part.start..part.start, written.clone());
                self.changes.push(Change { at: self.at, new });
            }
            self.changes.push(Change { at: self.at, new: New::Part(part.clone(), written) });
        }
    }
}

/// A way to write a number.
#[derive(Clone, Copy)]
enum Spelling {
    Number,
    Char,
    Digits,
    LowFirst(usize),
    HighFirst(usize),
}

impl Spelling {
    const ALL: usize = 20;

    fn index(self) -> usize {
        match self {
            Self::Number => 0,
            Self::Char => 1,
            Self::Digits => 2,
            Self::LowFirst(width) => 2 + width,
            Self::HighFirst(width) => 11 + width,
        }
    }

    /// Whether it is the smallest part of a text or of bytes.
    fn is_letter(self) -> bool {
        matches!(self, Self::Char | Self::LowFirst(1))
    }

    /// A number written so, if that is possible.
    fn written(self, number: u64) -> Option<Vec<u8>> {
        let fits = |width| width == 8 || number >> (8 * width) == 0;
        match self {
            Self::Number => None,
            Self::Char => {
                let char = char::from_u32(u32::try_from(number).ok()?)?;
                Some(char.to_string().into_bytes())
            }
            // A negative one, to all appearance.
            Self::Digits if number >> 63 == 1 => None,
            Self::Digits => Some(number.to_string().into_bytes()),
            Self::LowFirst(width) => fits(width).then(|| number.to_le_bytes()[..width].to_vec()),
            Self::HighFirst(width) => fits(width).then(|| number.to_be_bytes()[8 - width..].to_vec()),
        }
    }
}

/// A number to take the place of another one.
struct Suggested {
    number: u64,
    /// It is next to what the other one was compared with.
    is_neighbour: bool,
}

/// What numbers were compared with.
struct Wanted {
    /// Whether there is something for a number; one bit for each number that has the same last bits.
    is_there: Vec<u64>,
    numbers: QuickMap<u64, Numbers>,
}

#[derive(Default)]
struct Numbers {
    others: Vec<u64>,
    /// At how many places it was found, by the way it is written there.
    places: [u8; Spelling::ALL],
}

impl Wanted {
    fn of(pairs: &[Pair]) -> Self {
        let mut wanted = Self { is_there: vec![0; 1 << 10], numbers: QuickMap::default() };
        for (left, right) in pairs {
            if left == right {
                continue;
            }
            for (old, new) in [(*left, *right), (*right, *left)] {
                wanted.is_there[(old >> 6 & 0x3ff) as usize] |= 1 << (old & 63);
                wanted.numbers.entry(old).or_default().others.push(new);
            }
        }
        wanted
    }

    /// What may stand in the place of `old`, which was found written so: what it was compared with, and the neighbours.
    fn instead_of(&mut self, old: u64, spelling: Spelling) -> impl Iterator<Item = Suggested> + use<'_> {
        let is_there = self.is_there[(old >> 6 & 0x3ff) as usize] >> (old & 63) & 1 == 1;
        let numbers = if is_there { self.numbers.get_mut(&old) } else { None };
        let numbers = numbers.filter(|numbers| numbers.places[spelling.index()] < PLACES);
        let others = numbers.map_or(&[][..], |numbers| {
            numbers.places[spelling.index()] += 1;
            &numbers.others
        });
        let news = others.iter().flat_map(|new| {
            let neighbours = [new.wrapping_add(1), new.wrapping_sub(1)];
            let all = [(*new, false), (neighbours[0], true), (neighbours[1], true)];
            all.map(|(number, is_neighbour)| Suggested { number, is_neighbour })
        });
        news.filter(move |new| new.number != old)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggested(tape: &Tape, pair: Pair) -> Vec<Tape> {
        let pairs: Vec<Pair> = [pair].into_iter().filter(|pair| may_stand_in_input(*pair)).collect();
        super::suggested(tape, &pairs).iter().map(|change| change.made(tape)).collect()
    }

    #[test]
    fn a_character_becomes_the_one_it_was_compared_with() {
        let tape = vec![Choice::Number(1), Choice::Text("a,b".into())];
        let tapes = suggested(&tape, (u64::from(','), u64::from('é')));
        assert!(tapes.contains(&vec![Choice::Number(1), Choice::Text("aéb".into())]), "{tapes:?}");
    }

    #[test]
    fn what_was_waited_for_comes_in_front_of_what_stands_there() {
        let tape = vec![Choice::Bytes(b"ID3".into()), Choice::Text("a,b".into())];
        let tapes = suggested(&tape, (u64::from(b'I'), 0xff));
        assert!(tapes.iter().any(|tape| tape[0] == Choice::Bytes(b"\xffID3".into())), "{tapes:?}");
        let tapes = suggested(&tape, (u64::from(','), u64::from('é')));
        assert!(tapes.iter().any(|tape| tape[1] == Choice::Text("aé,b".into())), "{tapes:?}");
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
