//! Puts what code compared its input with into the input.
//!
//! Takes a tape and the pairs of numbers that were compared while its case ran; gives tapes in which one number of a
//! pair, wherever and however it is written there, became the other one or its neighbour, or got the other one in front
//! of it. So a tag, a length or a character that the code waits for need not be guessed.

use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};

use crate::count::{Compared, Pair};
use crate::quick_hash::QuickMap;
use crate::random::Random;
use crate::tape::{Choice, Tape};

/// Places in a tape at which a number is replaced, for each way to write it.
const PLACES: u8 = 12;

/// Where programs have their memory: a number in this range is taken for an address, which no input holds.
const ADDRESSES: RangeInclusive<u64> = 1 << 40..=1 << 47;

/// Whether both may come from an input.
pub(super) fn may_stand_in_input((left, right): Pair) -> bool {
    ![left, right].iter().any(|number| ADDRESSES.contains(number))
}

/// Places in the code where sizes are held against distances between two places in memory, as the checks of the
/// standard library do for whatever is copied, with other numbers each time.
#[derive(Default)]
pub(super) struct Checks {
    /// How often what was compared there stood nowhere in the input; the most once it did.
    places: QuickMap<u64, u8>,
}

impl Checks {
    /// After so many times it is known what is compared at a place.
    const KNOWN: u8 = 4;

    /// Looks at what was compared while the case of `tape` ran.
    pub(super) fn look(&mut self, tape: &Tape, compared: &[Compared]) {
        let mut doubtful: QuickMap<u64, &Compared> = QuickMap::default();
        for compared in compared.iter().filter(|compared| distance(compared).is_some()) {
            if self.places.get(&compared.place).is_none_or(|times| *times < Self::KNOWN) {
                doubtful.entry(compared.place).or_insert(compared);
            }
        }
        if doubtful.is_empty() {
            return;
        }
        let far = |compared: &&Compared| distance(compared);
        let read: BTreeSet<u64> = standing(tape, doubtful.values().filter_map(far)).into_iter().collect();
        for compared in doubtful.into_values() {
            let times = self.places.entry(compared.place).or_default();
            let is_read = far(&compared).is_some_and(|far| read.contains(&far));
            *times = if is_read { u8::MAX } else { times.saturating_add(1) };
        }
    }

    /// Whether it says nothing of the input.
    pub(super) fn is_one(&self, compared: &Compared) -> bool {
        let is_known =
            |place| self.places.get(place).is_some_and(|times| (Self::KNOWN..u8::MAX).contains(times));
        distance(compared).is_some() && is_known(&compared.place)
    }
}

/// What may be a distance between two places in memory.
fn distance(compared: &Compared) -> Option<u64> {
    /// Sizes are below, and distances above.
    const BORDER: u64 = 1 << 16;
    let (left, right) = compared.pair;
    let far = left.max(right);
    let is_asked_for = compared.is_constant && left == far;
    (compared.is_wide && !is_asked_for && left.min(right) < BORDER && far >= BORDER).then_some(far)
}

/// A choice of a tape, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    at: usize,
    /// The number that stands there.
    old: u64,
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

/// What pairs suggest, in any order and at most so many: each number that stands somewhere in `tape` becomes what it was
/// compared with.
///
/// Takes one walk over the tape, however many pairs there are. Where there is too much to suggest, numbers that stand
/// in few places go first: it is them that were compared, and not others that look the same.
pub(super) fn suggested(tape: &Tape, pairs: &[Pair], most: usize, random: &mut Random) -> Vec<Change> {
    let Finder { wanted, mut changes, .. } = Finder::over(tape, pairs, Neighbours::Too);
    let mut shifted = shifted(tape, pairs, random);
    // What stands in the input is more likely meant than what may be a part of a sum.
    // Of every four places these have one, also where there is no more than one place at a time.
    shifted.truncate((most + random.below(4)) / 4);
    let most = most - shifted.len();
    random.shuffle(&mut changes);
    if changes.len() > most {
        changes.sort_by_cached_key(|change| wanted.places(change.old));
        changes.truncate(most);
    }
    changes.extend(shifted);
    random.shuffle(&mut changes);
    changes
}

/// At most so many of these without neighbours, those of numbers that stand in few places last.
pub(super) fn likely(tape: &Tape, pairs: &[Pair], most: usize, random: &mut Random) -> Vec<Change> {
    let Finder { wanted, mut changes, .. } = Finder::over(tape, pairs, Neighbours::Not);
    random.shuffle(&mut changes);
    changes.sort_by_cached_key(|change| wanted.places(change.old));
    changes.truncate(most);
    changes.reverse();
    changes
}

/// Numbers of the tape are changed by as much as two others differ that were compared: what was compared may be a sum of
/// one of them and of what nobody knows, as where a compiler makes one comparison of the two of a range.
fn shifted(tape: &Tape, pairs: &[Pair], random: &mut Random) -> Vec<Change> {
    /// So many, any of them.
    const MOST: usize = 96;
    /// Letters are compared all the time, and found out otherwise.
    const LETTER: u64 = 0xff;
    /// As many pairs of one border: every letter is held against those of what a letter is.
    const ALIKE: u8 = 2;
    let mut alike: QuickMap<u64, u8> = QuickMap::default();
    let mut is_rare = |border: u64| {
        let times = alike.entry(border).or_default();
        *times = times.saturating_add(1);
        *times <= ALIKE
    };
    let by: Vec<u64> = pairs
        .iter()
        .filter(|(left, right)| *left.max(right) > LETTER && is_rare(*left))
        .flat_map(|(left, right)| [left.wrapping_sub(*right), right.wrapping_sub(*left)])
        .collect();
    let numbers = Finder::numbers(tape);
    let mut changes = Vec::new();
    if by.is_empty() || numbers.is_empty() {
        return changes;
    }
    for _ in 0..MOST {
        let (at, part, old) = &numbers[random.below(numbers.len())];
        // The first number beyond the border, or the last one before it.
        let by = by[random.below(by.len())].wrapping_sub(random.below(2) as u64);
        let new = old.wrapping_add(by);
        let new = match part {
            Some(part) => Spelling::Digits.written(new).map(|written| New::Part(part.clone(), written)),
            None => Some(New::Number(new)),
        };
        changes.extend(new.map(|new| Change { at: *at, old: *old, new }));
    }
    changes
}

/// All ways in which the number `old`, where it stands in `tape`, becomes `new` and no other one.
pub(super) fn replaced(tape: &Tape, (old, new): Pair) -> Vec<Change> {
    let mut changes = Finder::over(tape, &[(old, new)], Neighbours::Not).changes;
    let replaces = |change: &Change| !matches!(&change.new, New::Part(part, _) if part.is_empty());
    changes.retain(|change| change.old == old && replaces(change));
    changes
}

/// Those of some numbers that stand somewhere in `tape`.
pub(super) fn standing(tape: &Tape, numbers: impl Iterator<Item = u64>) -> Vec<u64> {
    let pairs: Vec<Pair> = numbers.map(|number| (number, number ^ 1)).collect();
    let changes = Finder::over(tape, &pairs, Neighbours::Not).changes;
    let found: BTreeSet<u64> = changes.into_iter().map(|change| change.old).collect();
    pairs.into_iter().map(|(number, _)| number).filter(|number| found.contains(number)).collect()
}

/// Whether a number may also become one next to what it was compared with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Neighbours {
    Too,
    Not,
}

/// Walks over choices.
struct Finder {
    wanted: Wanted,
    /// The choice it is at.
    at: usize,
    changes: Vec<Change>,
}

impl Finder {
    fn over(tape: &Tape, pairs: &[Pair], neighbours: Neighbours) -> Self {
        let mut finder = Self { wanted: Wanted::of(pairs, neighbours), at: 0, changes: Vec::new() };
        for (at, choice) in tape.iter().enumerate() {
            finder.at = at;
            match choice {
                Choice::Number(number) => finder.number(*number),
                Choice::Text(text) => finder.text(text),
                Choice::Bytes(bytes) => finder.bytes(bytes),
                Choice::Pumped(_) | Choice::Open | Choice::Close => {}
            }
        }
        finder
    }

    /// The numbers that stand for themselves, or in digits in this range of a text.
    fn numbers(tape: &Tape) -> Vec<(usize, Option<Range<usize>>, u64)> {
        let mut found = Vec::new();
        for (at, choice) in tape.iter().enumerate() {
            let text = match choice {
                Choice::Number(number) => {
                    found.extend(u64::try_from(*number).ok().map(|number| (at, None, number)));
                    continue;
                }
                Choice::Text(text) => text.as_bytes(),
                Choice::Bytes(bytes) => bytes,
                Choice::Pumped(_) | Choice::Open | Choice::Close => continue,
            };
            let in_digits = in_digits(text).into_iter();
            found.extend(in_digits.map(|(part, number)| (at, Some(part), number)));
        }
        found
    }

    fn number(&mut self, number: u128) {
        if let Ok(number) = u64::try_from(number) {
            let news = self.wanted.instead_of(number, Spelling::Number);
            let changes = news.map(|new| Change { at: self.at, old: number, new: New::Number(new.number) });
            self.changes.extend(changes);
        }
    }

    fn text(&mut self, text: &str) {
        for (start, char) in text.char_indices() {
            self.part(start..start + char.len_utf8(), u64::from(u32::from(char)), Spelling::Char);
        }
        self.digits(text.as_bytes());
        self.hex_digits(text.as_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.digits(bytes);
        for width in [1, 2, 4, 8] {
            let mut read = 0_u64;
            for (last, byte) in bytes.iter().enumerate() {
                read = read << 8 | u64::from(*byte);
                let Some(start) = (last + 1).checked_sub(width) else { continue };
                let high_first = read & (u64::MAX >> (64 - 8 * width));
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
        for (part, number) in in_digits(text) {
            self.part(part, number, Spelling::Digits);
        }
    }

    /// Whatever is a number in hexadecimal digits, two for each byte.
    fn hex_digits(&mut self, text: &[u8]) {
        let mut start = 0;
        for run in text.split_inclusive(|byte| !byte.is_ascii_hexdigit()) {
            let length = run.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
            if matches!(length, 2 | 4 | 8 | 16)
                && let Ok(digits) = str::from_utf8(&run[..length])
                && let Ok(number) = u64::from_str_radix(digits, 16)
            {
                let is_upper = digits.bytes().any(|byte| byte.is_ascii_uppercase());
                self.part(start..start + length, number, Spelling::HexDigits { width: length, is_upper });
            }
            start += run.len();
        }
    }

    /// A number stands in this range of the choice.
    fn part(&mut self, part: Range<usize>, number: u64, spelling: Spelling) {
        if !self.wanted.may_have(number) {
            return;
        }
        for new in self.wanted.instead_of(number, spelling) {
            let Some(written) = spelling.written(new.number) else { continue };
            // What stands there may be right and come too early, as the rest of a message behind a mark.
            if spelling.is_letter() && !new.is_neighbour {
                let new = New::Part(part.start..part.start, written.clone());
                self.changes.push(Change { at: self.at, old: number, new });
            }
            self.changes.push(Change { at: self.at, old: number, new: New::Part(part.clone(), written) });
        }
    }
}

/// The numbers that a text has in decimal digits, and where.
fn in_digits(text: &[u8]) -> Vec<(Range<usize>, u64)> {
    let (mut found, mut start) = (Vec::new(), 0);
    for run in text.split_inclusive(|byte| !byte.is_ascii_digit()) {
        let length = run.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = str::from_utf8(&run[..length]).ok().and_then(|digits| digits.parse().ok());
        found.extend(number.map(|number| (start..start + length, number)));
        start += run.len();
    }
    found
}

/// A way to write a number.
#[derive(Clone, Copy)]
enum Spelling {
    Number,
    Char,
    Digits,
    HexDigits { width: usize, is_upper: bool },
    LowFirst(usize),
    HighFirst(usize),
}

impl Spelling {
    const ALL: usize = 21;

    fn index(self) -> usize {
        match self {
            Self::Number => 0,
            Self::Char => 1,
            Self::Digits => 2,
            Self::LowFirst(width) => 2 + width,
            Self::HighFirst(width) => 11 + width,
            Self::HexDigits { .. } => 20,
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
            Self::Char => {
                let char = char::from_u32(u32::try_from(number).ok()?)?;
                Some(char.to_string().into_bytes())
            }
            // A negative one, to all appearance.
            Self::Digits if number >> 63 == 1 => None,
            Self::Digits => Some(number.to_string().into_bytes()),
            Self::HexDigits { width, is_upper: false } if fits(width / 2) => {
                Some(format!("{number:0width$x}").into_bytes())
            }
            Self::HexDigits { width, .. } if fits(width / 2) => {
                Some(format!("{number:0width$X}").into_bytes())
            }
            Self::Number | Self::HexDigits { .. } => None,
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
    neighbours: Neighbours,
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
    fn of(pairs: &[Pair], neighbours: Neighbours) -> Self {
        let mut wanted = Self { neighbours, is_there: vec![0; 1 << 10], numbers: QuickMap::default() };
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

    /// False for most numbers for which there is nothing.
    fn may_have(&self, number: u64) -> bool {
        self.is_there[(number >> 6 & 0x3ff) as usize] >> (number & 63) & 1 == 1
    }

    /// At how many places a number was found, however it is written there.
    fn places(&self, number: u64) -> u32 {
        let numbers = self.numbers.get(&number);
        numbers.map_or(0, |numbers| numbers.places.iter().map(|places| u32::from(*places)).sum())
    }

    /// What may stand in the place of `old`, which was found written so: what it was compared with, and the neighbours.
    fn instead_of(&mut self, old: u64, spelling: Spelling) -> impl Iterator<Item = Suggested> + use<'_> {
        let neighbours = self.neighbours;
        let numbers = if self.may_have(old) { self.numbers.get_mut(&old) } else { None };
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
        news.filter(move |new| new.number != old && (neighbours == Neighbours::Too || !new.is_neighbour))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggested(tape: &Tape, pair: Pair) -> Vec<Tape> {
        let pairs: Vec<Pair> = [pair].into_iter().filter(|pair| may_stand_in_input(*pair)).collect();
        super::suggested(tape, &pairs, 1_000, &mut Random::new(1))
            .iter()
            .map(|change| change.made(tape))
            .collect()
    }

    #[test]
    fn a_place_where_sizes_are_held_against_distances_is_known_unless_one_stood_in_the_input() {
        let mut checks = Checks::default();
        let of = |far: u64, place| Compared { pair: (4, far), is_constant: false, is_wide: true, place };
        let tape = vec![Choice::Number(90_000)];
        for far in 0..4 {
            checks.look(&tape, &[of(700_000 + far, 1), of(90_000, 2)]);
        }
        assert!(checks.is_one(&of(800_000, 1)) && !checks.is_one(&of(4, 1)), "a small number is no distance");
        assert!(!checks.is_one(&of(800_000, 2)), "a length of the input is compared there");
        assert!(!checks.is_one(&Compared { is_wide: false, ..of(800_000, 1) }), "no address is so narrow");
        let asked_for = Compared { pair: (800_000, 4), is_constant: true, is_wide: true, place: 1 };
        assert!(!checks.is_one(&asked_for), "the code asks for it");
    }

    #[test]
    fn where_there_is_too_much_to_suggest_rare_numbers_go_first() {
        let tape = vec![Choice::Bytes([&[0; 400][..], b"I", &[0; 400][..]].concat())];
        let mut pairs: Vec<Pair> = (1..100).map(|number| (0, number)).collect();
        pairs.push((u64::from(b'I'), 0xff));
        let changes = super::suggested(&tape, &pairs, 50, &mut Random::new(1));
        assert_eq!(changes.len(), 50);
        assert!(changes.iter().any(|change| change.new == New::Part(400..400, vec![0xff])), "{changes:?}");
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
    fn a_number_is_moved_to_the_border_of_the_range_that_its_sum_was_held_against() {
        let tape = vec![Choice::Text("31 Dec 1999".into())];
        // A year from -262144 to 262143, as one comparison.
        let pair = (524_288, 1_999 + 262_144);
        let tried: Vec<Tape> = (0..60)
            .flat_map(|seed| super::suggested(&tape, &[pair], 1_000, &mut Random::new(seed)))
            .map(|change| change.made(&tape))
            .collect();
        for wanted in ["31 Dec 262143", "31 Dec 262144"] {
            assert!(tried.contains(&vec![Choice::Text(wanted.into())]), "{wanted}");
        }
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
