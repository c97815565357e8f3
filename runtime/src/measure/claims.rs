//! Samples that claim to hold far more than they do: numbers in them become huge, one place at a time.
//!
//! Goes by places and widths alone, not by formats: what a number means only the code under test knows.

use std::collections::BTreeSet;

use crate::random::Random;
use crate::tape::Code;

/// Places of a sample that are tried; of larger samples any so many.
const PLACES: usize = 64;
/// Places at which every byte is tried in front of a number.
const MARKS: usize = 16;
/// Of these one of so many is tried before the next place has its turn.
const FIRST: usize = 8;
/// Bytes that all claims of one sample may have together.
const ROOM: usize = 48 << 20;
/// Huge numbers, each in as many bytes as it needs and more.
const HUGE: [u64; 8] =
    [0xffff, 0x00ff_ffff, 0x0400_0000, 0x4000_0000, 0x7fff_ffff, 0xffff_ffff, 0x2_0000_0000, i64::MAX as u64];
/// The same as texts write them.
const HUGE_WRITTEN: [&str; 12] = [
    "65535",
    "99999",
    "9999999",
    "67108864",
    "268435456",
    "1073741824",
    "2147483647",
    "4294967295",
    "9999999999",
    "9223372036854775807",
    "7fffffff",
    "ffffffff",
];

/// Everything that `content` becomes.
pub(crate) fn claims(content: &[u8], is_text: bool, random: &mut Random) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    let most = ROOM / (content.len() + 16);
    written(content, most, &mut all);
    if is_text {
        return all;
    }
    let places = chosen(content.len() + 1, PLACES.min(most / 200), random);
    let marks = chosen(content.len() + 1, MARKS.min(most / 2_000), random);
    // What heads a format stands in front; which number and which mark it takes nobody knows.
    let mut rest = Vec::new();
    for at in places.iter().chain(&marks).copied().collect::<BTreeSet<usize>>() {
        let start = all.len();
        if places.contains(&at) {
            numbers(content, at, &mut all);
        }
        if marks.contains(&at) {
            let mut of_marks = Vec::new();
            marked(content, at, &mut of_marks);
            random.shuffle(&mut of_marks);
            rest.extend(of_marks.split_off(of_marks.len() / FIRST));
            all.extend(of_marks);
        }
        random.shuffle(&mut all[start..]);
    }
    all.extend(rest);
    all
}

/// All places up to `end`, or any `most` of them.
fn chosen(end: usize, most: usize, random: &mut Random) -> Vec<usize> {
    let mut places: Vec<usize> = (0..end).collect();
    if end > most {
        // What heads a format stands in front.
        let (head, rest) = places.split_at_mut(most / 2);
        random.shuffle(rest);
        places = [head, &rest[..most - most / 2]].concat();
    }
    places
}

/// Numbers written in digits.
fn written(content: &[u8], most: usize, all: &mut Vec<Vec<u8>>) {
    let mut at = 0;
    while at < content.len() && all.len() < most {
        let length = content[at..].iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
        let starts = at == 0 || !content[at - 1].is_ascii_alphanumeric();
        let ends = content.get(at + length).is_none_or(|byte| !byte.is_ascii_alphanumeric());
        if length > 0 && starts && ends && length <= 20 {
            for huge in HUGE_WRITTEN {
                all.push([&content[..at], huge.as_bytes(), &content[at + length..]].concat());
            }
        }
        at += length.max(1);
    }
}

/// A huge number at a place, in every width and order, instead of what stands there or in front of it.
fn numbers(content: &[u8], at: usize, all: &mut Vec<Vec<u8>>) {
    for number in HUGE {
        for written in ways(number) {
            let behind = |replaced: usize| content.get(at + replaced..).unwrap_or_default();
            let mut with = |rest: &[u8]| all.push([&content[..at], &written, rest].concat());
            with(behind(written.len()));
            with(behind(1));
            with(&[]);
        }
    }
}

/// Any byte, and a huge number behind it: a tag of another type, with another width of length.
fn marked(content: &[u8], at: usize, all: &mut Vec<Vec<u8>>) {
    let numbers: [&[u8]; 7] = [
        &[0xff, 0xff],
        &[0x03, 0xff, 0xff, 0xff],
        &[0x3f, 0xff, 0xff, 0xff],
        &[0xff, 0xff, 0xff, 0x03],
        &[0, 0, 0, 0, 0x40, 0, 0, 0],
        &[0, 0, 0, 0x40, 0, 0, 0, 0],
        &[0x80, 0x80, 0x80, 0x80, 0x04],
    ];
    for mark in 0..=255_u8 {
        for number in numbers {
            let rest = content.get(at + 1..).unwrap_or_default();
            all.push([&content[..at], &[mark], number, rest].concat());
        }
    }
}

/// The ways in which a number can be written in bytes.
fn ways(number: u64) -> Vec<Vec<u8>> {
    let fixed = [2_u8, 4, 8].into_iter().filter(|width| *width == 8 || number >> (8 * width) == 0);
    let mut all: Vec<Vec<u8>> = fixed
        .flat_map(|width| [true, false].map(|big| Code::Fixed { width, big }.write(number)))
        .chain([Code::Varint.write(number), Code::Ber.write(number)])
        .collect();
    // Three bytes are in use as well.
    if number >> 24 == 0 {
        all.push(Code::Fixed { width: 3, big: true }.write(number));
        all.push(Code::Fixed { width: 3, big: false }.write(number));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(content: &[u8], is_text: bool, wanted: &[u8]) -> bool {
        claims(content, is_text, &mut Random::new(1)).iter().any(|claim| claim.starts_with(wanted))
    }

    #[test]
    fn lengths_become_huge_where_they_stand() {
        assert!(has(&[7, 0, 0, 0, 2, 1, 1], false, &[7, 0x40, 0, 0, 0, 1, 1]));
        assert!(has(&[7, 2, 0, 0, 0, 1, 1], false, &[7, 0xff, 0xff, 0xff, 0x7f, 1, 1]));
        assert!(has(&[0x0a, 2, 1, 1], false, &[0x0a, 0xff, 0xff, 0xff, 0xff, 0x07]));
        assert!(has(b"{\"n\": 12}", true, b"{\"n\": 1073741824}"));
        assert!(has(b"5\r\nhello", true, b"7fffffff\r\n"));
    }

    #[test]
    fn a_tag_may_change_with_the_width_of_its_length() {
        assert!(has(&[0x82, 0xa1, b'a', 0xc4, 2, 0, 1], false, &[0x82, 0xa1, b'a', 0xc6, 0x03, 0xff]));
        assert!(has(&[0x82, 0x05, 1], false, &[0x82, 0xff, 0, 0, 0, 0, 0x40]));
    }

    #[test]
    fn of_large_samples_some_places_are_tried() {
        let all = claims(&vec![1; 100_000], false, &mut Random::new(1));
        assert!(all.len() < 40_000, "{}", all.len());
    }
}
