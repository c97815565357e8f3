//! Goes through a sample from one end to the other, with all that is likely to break code at one place and at no other.
//!
//! Takes the tapes of samples, gives tapes: what chance would take long to hit where each case is slow, and what depends
//! on one byte or number among many. A wide character stands at every place, for whoever cuts a text at a fixed place
//! has it panic inside of one; numbers are those at the borders of types, and such as stand in a row all at once; paths
//! have empty segments and such as lead up; bytes have the values that formats like for what is special, or say that a
//! wide number comes; nothing, or next to nothing, is left of a value; and pieces of a text take each other's places.
//! And it makes long values, for counters of two bytes.

use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;
use std::time::Duration;

use crate::tape::{Choice, Tape};

/// Samples that are gone through.
const SAMPLES: u64 = 3;
/// Longer texts and bytes are left to chance; single bytes change in longer ones too, for there are few ways.
const LONGEST: usize = 256;
const LONGEST_BYTES: usize = 1_024;
/// Three bytes: no place is inside of fewer than two such characters.
const WIDE: char = '€';
/// Numbers at the borders of types, and beyond all of them.
const NUMBERS: [&str; 16] = [
    "0",
    "-1",
    "255",
    "256",
    "65535",
    "65536",
    "2147483647",
    "2147483648",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775808",
    "99999999999999999999999999999999999999999",
];
/// What all numbers in a row become, and whether each digit does.
const BORDERS: [(&str, bool); 4] = [("0", false), ("255", false), ("0", true), ("9", true)];
/// Numbers of one text that are gone through.
const NUMBERED: usize = 12;
/// Segments of paths that are no names, and one that is; no other test has reason to make a file of that name.
const SEGMENTS: [&str; 4] = [".", "..", "", "segment"];
/// A name that an address means something else by where its host stands; it is the last of what is put in.
const ODD: &str = "a@b:c[";
/// Places of one path that are gone through.
const SLASHES: usize = 6;
/// Pieces of a text that take the places of others, and places that they take.
const PIECES: usize = 16;
const PLACES: usize = 24;
/// Marks of a text that are put everywhere else.
const MARKS: usize = 16;
/// Values of bytes that stand for something special in many formats.
const BYTES: [u8; 14] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0x20, 0x7f, 0x80, 0xff];
/// Bytes that say in some format that a number of four or eight bytes comes, or a value that is so long.
const HEADS: [u8; 8] = [0x84, 0x88, 0xc6, 0xdb, 0xdd, 0xdf, 0xfe, 0xff];
/// Such numbers: the largest with a sign and without.
const WIDE_NUMBERS: [&[u8]; 4] =
    [&[0xff; 8], &[0xff; 4], &[0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], &[0x7f, 0xff, 0xff, 0xff]];
/// Long values: the last ones fill a counter of two bytes, those before tell whether the code is quick enough.
const LENGTHS: [usize; 5] = [4_096, 16_384, 65_535, 65_536, 70_000];
/// What they consist of.
const LONG: [&str; 3] = ["x", "x ", "x\n"];
/// Cases that come before long values, which take as long as a thousand others: so many where cases are quick, and
/// so many where they are not.
const BEFORE_LONG: u64 = 1_024;
const BEFORE_LONG_IF_LATE: u64 = 64;
/// No value of a length takes longer, if the work grows with the square of it.
const SLOW: Duration = Duration::from_millis(800);

/// What is still to be tried.
#[derive(Default)]
pub(crate) struct Sweep {
    places: VecDeque<Change>,
    /// Choices of which the changes are not made yet: of a large sample there are too many to have them all at once.
    rounds: VecDeque<(Rc<Tape>, usize, Round)>,
    long: VecDeque<Long>,
    /// How long the last one was, and how long any of that length took.
    length: usize,
    slowest: Duration,
}

/// A tape with one other choice: there are thousands of one sample, of which other values may be large.
pub(crate) struct Change {
    tape: Rc<Tape>,
    at: usize,
    choice: Choice,
}

impl Change {
    pub(crate) fn made(self) -> Tape {
        let mut tape = Rc::unwrap_or_clone(self.tape);
        tape[self.at] = self.choice;
        tape
    }
}

/// A tape with one choice that is long: it is made when its turn has come, for most searches end before.
struct Long {
    tape: Rc<Tape>,
    at: usize,
    unit: &'static str,
    length: usize,
}

impl Long {
    fn made(self) -> Tape {
        let mut text = self.unit.repeat(self.length.div_ceil(self.unit.len()));
        text.truncate(self.length);
        let is_text = matches!(self.tape[self.at], Choice::Text(_));
        let choice = if is_text { Choice::Text(text) } else { Choice::Bytes(text.into_bytes()) };
        Change { tape: self.tape, at: self.at, choice }.made()
    }
}

/// What is done to all choices before the next begins.
#[derive(Clone, Copy)]
enum Round {
    /// Next to nothing is left.
    Short,
    /// Each place of it in turn.
    Places,
    /// Pieces take each other's places.
    Rearranged,
}

impl Round {
    const ALL: [Self; 3] = [Self::Short, Self::Places, Self::Rearranged];

    fn changes(self, tape: &Rc<Tape>, at: usize) -> Vec<Change> {
        let with = |choice: Choice| Change { tape: Rc::clone(tape), at, choice };
        match (self, &tape[at]) {
            (Self::Short, choice) => short(choice).map(with).collect(),
            (Self::Places, Choice::Text(text)) if text.len() <= LONGEST => {
                let of_numbers = numbers(text).chain(rows(text));
                let others = paths(text).chain(controls(text)).chain(marks(text));
                let texts = wide(text).chain(of_numbers).chain(others);
                texts.map(Choice::Text).map(with).collect()
            }
            (Self::Places, Choice::Bytes(bytes)) if bytes.len() <= LONGEST_BYTES => {
                let is_short = bytes.len() <= LONGEST;
                let announced = is_short.then(|| announced(bytes)).into_iter().flatten();
                special(bytes).chain(announced).map(Choice::Bytes).map(with).collect()
            }
            (Self::Rearranged, _) => rearranged(tape, at),
            (Self::Places, _) => Vec::new(),
        }
    }
}

impl Sweep {
    /// The case number `index` was a sample as it stands, or the first of all where there are none.
    pub(crate) fn begin(&mut self, index: u64, tape: &Tape) {
        if index >= SAMPLES {
            return;
        }
        let tape = Rc::new(tape.clone());
        if index == 0 {
            self.long.extend(long(&tape));
        }
        for round in Round::ALL {
            self.rounds.extend((0..tape.len()).map(|at| (Rc::clone(&tape), at, round)));
        }
    }

    /// The next one of them; none any more where the time for them `is_over`.
    pub(crate) fn next(&mut self, is_over: bool) -> Option<Tape> {
        if is_over {
            self.places.clear();
            self.rounds.clear();
        }
        while self.places.is_empty() {
            let (tape, at, round) = self.rounds.pop_front()?;
            self.places.extend(round.changes(&tape, at));
        }
        self.places.pop_front().map(Change::made)
    }

    /// The next long value, behind so many cases; fewer where it `is_late`.
    pub(crate) fn next_long(&mut self, index: u64, is_late: bool) -> Option<Tape> {
        if index < if is_late { BEFORE_LONG_IF_LATE } else { BEFORE_LONG } {
            return None;
        }
        let long = self.long.pop_front()?;
        if long.length > self.length {
            (self.length, self.slowest) = (long.length, Duration::ZERO);
        }
        Some(long.made())
    }

    /// What [`Self::next_long`] gave took so long.
    pub(crate) fn took(&mut self, time: Duration) {
        let Some(next) = self.long.front() else { return };
        self.slowest = self.slowest.max(time);
        let times = next.length.div_ceil(self.length.max(1)) as u32;
        if self.slowest * times * times > SLOW {
            self.long.clear();
        }
    }
}

/// A value of which nothing, or next to nothing, is left.
fn short(choice: &Choice) -> impl Iterator<Item = Choice> + use<> {
    let all = match choice {
        Choice::Text(text) => {
            let mut cut = text.clone();
            cut.pop();
            let first = text.chars().take(1).collect();
            vec![String::new(), "\0".to_owned(), first, cut].into_iter().map(Choice::Text).collect()
        }
        Choice::Bytes(bytes) => {
            let cut = bytes[..bytes.len().saturating_sub(1)].to_vec();
            let first = bytes[..bytes.len().min(1)].to_vec();
            vec![vec![], vec![0], vec![0xff], first, cut].into_iter().map(Choice::Bytes).collect()
        }
        _ => Vec::new(),
    };
    let own = choice.clone();
    all.into_iter().filter(move |short| *short != own)
}

/// The wide character at every place where whole characters of as many bytes stand.
fn wide(text: &str) -> impl Iterator<Item = String> + '_ {
    let is_whole = |at: &usize| text.is_char_boundary(*at) && text.is_char_boundary(*at + WIDE.len_utf8());
    let places = (0..(text.len() + 1).saturating_sub(WIDE.len_utf8())).filter(is_whole);
    places.map(|place| replaced(text, place..place + WIDE.len_utf8(), WIDE.encode_utf8(&mut [0; 4])))
}

/// Each piece of the text at a place of a tape in place of each other one: a name where a value stands, a reference
/// inside of what it refers to.
pub(crate) fn rearranged(tape: &Rc<Tape>, at: usize) -> Vec<Change> {
    let text = match &tape[at] {
        Choice::Text(text) if text.len() <= LONGEST => text,
        _ => return Vec::new(),
    };
    let places: Vec<Range<usize>> = pieces(text).take(PLACES).collect();
    let mut pieces: Vec<&str> = Vec::new();
    for place in &places {
        let piece = &text[place.clone()];
        if pieces.len() < PIECES && !pieces.contains(&piece) {
            pieces.push(piece);
        }
    }
    let changed = places.into_iter().flat_map(|place| {
        let own = &text[place.clone()];
        let others = pieces.iter().filter(move |piece| **piece != own);
        others.map(move |piece| (place.clone(), *piece))
    });
    let choices = changed.map(|(place, piece)| Choice::Text(replaced(text, place, piece)));
    choices.map(|choice| Change { tape: Rc::clone(tape), at, choice }).collect()
}

/// Runs of what neither separates nor encloses.
fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let separates = |char: char| char.is_whitespace() || ",;:=()[]{}<>\"'/".contains(char);
    let starts = |piece: &&str| piece.as_ptr() as usize - text.as_ptr() as usize;
    text.split(separates).filter(|piece| !piece.is_empty()).map(move |piece| {
        let start = starts(&piece);
        start..start + piece.len()
    })
}

/// Where the numbers of a text stand, as far as they are gone through.
fn numbers_of(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let starts = (0..bytes.len()).filter(move |at| is_digit(*at) && (*at == 0 || !is_digit(at - 1)));
    let number = move |start| start..(start..bytes.len()).find(|at| !is_digit(*at)).unwrap_or(bytes.len());
    starts.take(NUMBERED).map(number)
}

/// Each number of a text as another one.
fn numbers(text: &str) -> impl Iterator<Item = String> + '_ {
    numbers_of(text)
        .flat_map(move |range| NUMBERS.into_iter().map(move |number| replaced(text, range.clone(), number)))
}

/// Numbers that stand in a row, as in an address, a date or a version, all at their least or most: the whole row, its
/// beginning, and its end.
fn rows(text: &str) -> impl Iterator<Item = String> + '_ {
    let numbers: Vec<Range<usize>> = numbers_of(text).collect();
    let between = |at: usize| &text[numbers[at].end..numbers[at + 1].start];
    let mut rows: Vec<Range<usize>> = Vec::new();
    for at in 0..numbers.len().saturating_sub(1) {
        match rows.last_mut() {
            Some(row) if row.end == at + 1 && between(at) == between(row.start) => row.end = at + 2,
            _ => rows.push(at..at + 2),
        }
    }
    let parts = rows.into_iter().flat_map(|row| {
        let begins = (row.start + 2..row.end).map(move |end| row.start..end);
        let ends = (row.start + 1..row.end - 1).map(move |start| start..row.end);
        std::iter::once(row.clone()).chain(begins).chain(ends).collect::<Vec<_>>()
    });
    parts.flat_map(move |part| {
        let numbers = numbers[part].to_vec();
        BORDERS.into_iter().map(move |(letter, is_padded)| {
            let mut text = text.to_owned();
            for number in numbers.iter().rev() {
                let times = if is_padded { number.len() } else { 1 };
                text.replace_range(number.clone(), &letter.repeat(times));
            }
            text
        })
    })
}

/// A path with up to three other segments behind each of its first separators, and in place of all that follows.
fn paths(text: &str) -> impl Iterator<Item = String> + '_ {
    let one = || SEGMENTS.into_iter().map(str::to_owned);
    let last = || SEGMENTS.into_iter().chain([ODD]);
    let with_last = |first: String| last().map(move |last| format!("{first}/{last}")).collect::<Vec<_>>();
    let two = || one().flat_map(move |first| one().map(move |second| format!("{first}/{second}")));
    let all: Vec<String> =
        last().map(str::to_owned).chain(one().flat_map(with_last)).chain(two().flat_map(with_last)).collect();
    let places = text.match_indices('/').map(|(at, _)| at + 1).take(SLASHES);
    places.flat_map(move |at| {
        let (before, after) = text.split_at(at);
        let texts: Vec<String> =
            all.iter().flat_map(|it| [format!("{before}{it}"), format!("{before}{it}/{after}")]).collect();
        texts
    })
}

fn replaced(text: &str, range: Range<usize>, by: &str) -> String {
    let mut text = text.to_owned();
    text.replace_range(range, by);
    text
}

/// At each place a byte that says how wide the number behind it is, and such a number.
fn announced(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    (0..bytes.len()).flat_map(move |at| {
        // The kind of value stays in the upper bits, where a format has it there.
        let heads = HEADS.into_iter().chain([0x1a, 0x1b].map(|width| bytes[at] & 0xe0 | width));
        heads.flat_map(move |head| {
            WIDE_NUMBERS.into_iter().map(move |number| {
                let (before, after) = (&bytes[..at], &bytes[at + 1..]);
                [before, &[head], number, after].concat()
            })
        })
    })
}

/// Each mark of a text, such as a bracket or a quote, not where it stands, and at every other place too.
fn marks(text: &str) -> impl Iterator<Item = String> + '_ {
    let stand = || text.char_indices().filter(|(_, char)| char.is_ascii_punctuation());
    let gone = stand().map(|(at, _)| replaced(text, at..at + 1, ""));
    let mut known: Vec<char> = Vec::new();
    for (_, mark) in stand() {
        if known.len() < MARKS && !known.contains(&mark) {
            known.push(mark);
        }
    }
    let places = (0..=text.len()).filter(|at| text.is_char_boundary(*at));
    let put = places.flat_map(move |at| {
        known.clone().into_iter().map(move |mark| replaced(text, at..at, mark.encode_utf8(&mut [0; 4])))
    });
    gone.chain(put)
}

/// What is a text only by chance: each byte as one that may be special, as far as it stays a text.
fn controls(text: &str) -> impl Iterator<Item = String> + '_ {
    let is_control = |char: char| char.is_ascii_control() && !char.is_ascii_whitespace();
    let bytes = if text.contains(is_control) { text.as_bytes() } else { &[] };
    special(bytes).filter_map(|bytes| String::from_utf8(bytes).ok())
}

/// Each byte as one that may be special, as its neighbours, and with one bit the other way round: flags, and the numbers
/// of kinds and fields.
fn special(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    (0..bytes.len()).flat_map(move |at| {
        let own = bytes[at];
        let near = [own.wrapping_add(1), own.wrapping_sub(1)].into_iter();
        let others = BYTES.into_iter().chain(near.chain((0..8).map(move |bit| own ^ 1 << bit)));
        let mut seen = [false; 256];
        seen[usize::from(own)] = true;
        let is_other = move |other: &u8| !std::mem::replace(&mut seen[usize::from(*other)], true);
        others.filter(is_other).map(move |other| {
            let mut bytes = bytes.to_vec();
            bytes[at] = other;
            bytes
        })
    })
}

/// Each text and each byte string as a long one, the shorter ones first.
fn long(tape: &Rc<Tape>) -> Vec<Long> {
    let is_long = |choice: &Choice| matches!(choice, Choice::Text(_) | Choice::Bytes(_));
    let places = || (0..tape.len()).filter(|at| is_long(&tape[*at]));
    let of_length = |length| places().map(move |at| (length, at));
    let of_all = LENGTHS.into_iter().flat_map(of_length);
    let all = of_all.flat_map(|(length, at)| {
        LONG.into_iter().map(move |unit| Long { tape: Rc::clone(tape), at, unit, length })
    });
    all.take(MANY).collect()
}

/// So many long values are enough.
const MANY: usize = 48;

#[cfg(test)]
mod tests {
    use super::*;

    fn swept(choice: Choice) -> Vec<Choice> {
        let mut sweep = Sweep::default();
        sweep.begin(0, &vec![Choice::Number(7), choice]);
        let all = std::iter::from_fn(|| sweep.next(false)).map(|mut tape| {
            assert_eq!(tape[0], Choice::Number(7));
            tape.pop().expect("two choices")
        });
        all.collect()
    }

    fn texts(text: &str) -> Vec<String> {
        let texts = swept(Choice::Text(text.to_owned())).into_iter().map(|choice| match choice {
            Choice::Text(text) => text,
            other => panic!("{other:?}"),
        });
        texts.collect()
    }

    #[test]
    fn next_to_nothing_is_left_of_each_value_before_all_else() {
        assert_eq!(texts("ab"), ["", "\0", "a", "a"]);
        let bytes = [&[][..], &[0], &[0xff], &[7], &[7]].map(|bytes| Choice::Bytes(bytes.to_vec()));
        assert_eq!(swept(Choice::Bytes(vec![7, 8]))[..5], bytes);
        let mut sweep = Sweep::default();
        sweep.begin(0, &vec![Choice::Text("abc".to_owned()), Choice::Bytes(vec![1])]);
        let first: Vec<Tape> = std::iter::from_fn(|| sweep.next(false)).take(6).collect();
        assert!(first.contains(&vec![Choice::Text("abc".to_owned()), Choice::Bytes(vec![])]), "{first:?}");
    }

    #[test]
    fn a_mark_goes_and_comes_at_every_place() {
        let all = texts("{~a}b{c}");
        for expected in ["{a}b{c}", "{~a}b{~c}", "{~a}b{c", "{~a}b{c}}"] {
            assert!(all.iter().any(|text| text == expected), "{expected}");
        }
    }

    #[test]
    fn every_place_is_once_inside_of_a_wide_character() {
        assert_eq!(texts("abcde")[4..], ["€de", "a€e", "ab€"]);
        assert_eq!(texts("éabc")[4..], ["€bc", "é€"]);
        let all = texts("abcdefghij");
        for place in 1..9 {
            assert!(all.iter().any(|text| !text.is_char_boundary(place)), "{place}");
        }
        assert!(all[4..].iter().all(|text| text.len() == 10));
    }

    #[test]
    fn every_number_is_once_at_the_border_of_a_type() {
        let all = texts("a{12,7}");
        for wanted in ["a{18446744073709551615,7}", "a{12,18446744073709551616}", "a{-1,7}", "a{12,0}"] {
            assert!(all.iter().any(|text| text == wanted), "{wanted}");
        }
    }

    #[test]
    fn numbers_in_a_row_are_once_all_at_a_border() {
        let all = texts("10.20.0.16/28 on 2024-05-17");
        for wanted in [
            "0.0.0.0/28 on 2024-05-17",
            "255.255.255.255/28 on 2024-05-17",
            "10.255.255.255/28 on 2024-05-17",
            "0.0.0.16/28 on 2024-05-17",
            "10.20.0.16/28 on 0000-00-00",
            "10.20.0.16/28 on 9999-99-99",
            "10.20.0.16/28 on 2024-00-00",
        ] {
            assert!(all.iter().any(|text| text == wanted), "{wanted}: {all:#?}");
        }
    }

    #[test]
    fn paths_have_segments_that_are_no_names() {
        let all = texts("file:/a/b");
        for wanted in [
            "file:/.//.",
            "file:/a/../b",
            "file:/a/..//.",
            "file:/..//../a/b",
            "file:/a//b",
            "file:/.//a@b:c[",
        ] {
            assert!(all.iter().any(|text| text == wanted), "{wanted}");
        }
    }

    #[test]
    fn every_byte_is_once_a_special_one() {
        let all = swept(Choice::Bytes(vec![1, 200]));
        for wanted in [[7, 200], [1, 0], [1, 201], [0x81, 200], [1, 0xff]] {
            assert!(all.contains(&Choice::Bytes(wanted.to_vec())), "{wanted:?}");
        }
        assert!(!all.contains(&Choice::Bytes(vec![1, 200])), "the sample itself was tried");
    }

    #[test]
    fn a_byte_says_that_a_wide_number_comes_and_it_does() {
        let all = swept(Choice::Bytes(vec![1, 0x65, 9]));
        for wanted in [
            &[1, 0x7b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 9][..],
            &[1, 0x84, 0x7f, 0xff, 0xff, 0xff, 9],
        ] {
            assert!(all.contains(&Choice::Bytes(wanted.to_vec())), "{wanted:?}");
        }
    }

    #[test]
    fn each_piece_comes_once_in_place_of_each_other_one() {
        let all = texts("&a [b, *a]");
        for wanted in ["&a [*a, *a]", "&a [b, &a]", "*a [b, *a]", "&a [&a, *a]", "b [b, *a]"] {
            assert!(all.iter().any(|text| text == wanted), "{wanted}");
        }
    }

    #[test]
    fn bytes_that_are_a_text_by_chance_are_special_ones_too() {
        let all = texts("\u{5}`");
        for wanted in ["\0`", "\u{7}`", "\u{5}a", "\u{5}\u{7f}"] {
            assert!(all.iter().any(|text| text == wanted), "{wanted:?}");
        }
        assert!(!texts("5`").iter().any(|text| text == "5a"), "a text is none");
    }

    #[test]
    fn long_values_come_later_the_shorter_ones_first_and_none_behind_a_slow_one() {
        let mut sweep = Sweep::default();
        sweep.begin(0, &vec![Choice::Text("abc".to_owned()), Choice::Bytes(vec![1])]);
        assert_eq!(sweep.next_long(BEFORE_LONG - 1, false), None);
        assert_eq!(sweep.next_long(BEFORE_LONG_IF_LATE - 1, true), None);
        let lengths: Vec<usize> = std::iter::from_fn(|| sweep.next_long(BEFORE_LONG, false))
            .map(|tape| match &tape[..] {
                [Choice::Text(text), Choice::Bytes(bytes)] => text.len().max(bytes.len()),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(lengths[..6], [4_096; 6]);
        assert!(lengths.is_sorted() && lengths.ends_with(&[70_000; 6]));
        sweep.begin(0, &vec![Choice::Text("abc".to_owned())]);
        assert!(sweep.next_long(BEFORE_LONG_IF_LATE, true).is_some());
        sweep.took(Duration::from_millis(900));
        assert_eq!(sweep.next_long(BEFORE_LONG, false), None);
    }

    #[test]
    fn long_texts_and_later_samples_are_left_to_chance() {
        assert_eq!(texts(&"a".repeat(300)).len(), 4, "but for the short ones");
        let mut sweep = Sweep::default();
        sweep.begin(SAMPLES, &vec![Choice::Text("abcde".to_owned())]);
        assert_eq!(sweep.next(false), None);
    }

    #[test]
    fn the_rest_is_dropped_when_its_time_is_over() {
        let mut sweep = Sweep::default();
        sweep.begin(0, &vec![Choice::Text("abcde".to_owned())]);
        assert!(sweep.next(false).is_some() && sweep.next(true).is_none() && sweep.next(false).is_none());
    }
}
