//! Changes to bytes: single bits and bytes, numbers of every width, and parts that a length in front of them announces.

use std::ops::Range;

use super::{attack, how_many, how_often};
use crate::hostile;
use crate::random::Random;
use crate::tape::Maker;

/// Mutated bytes grow to this many at most; larger inputs are the business of kinds that measure.
const LARGEST: usize = 16 * 1024;

/// Operators on bytes: their first number, behind those on text, and how many there are.
const BYTE_OPERATORS: (usize, usize) = (32, 18);

/// Stacks a few changes on `bytes`; parts may come from `others`.
pub(crate) fn mutate(bytes: &mut Vec<u8>, others: &[Vec<u8>], maker: &mut Maker<'_>) {
    // A large sample stays whole.
    let largest = LARGEST.max(bytes.len());
    if maker.random.one_in(2) && change_as_text(bytes, others, maker) && !maker.random.one_in(8) {
        return;
    }
    for _ in 0..how_many(maker.random, maker.effort) {
        once(bytes, others, maker);
        bytes.truncate(largest);
    }
}

/// Changes bytes that are text as text is changed: most formats that are not binary are made of tokens.
fn change_as_text(bytes: &mut Vec<u8>, others: &[Vec<u8>], maker: &mut Maker<'_>) -> bool {
    let Some(text) = text(bytes) else { return false };
    let mut text = text.to_string();
    let others: Vec<String> =
        others.iter().filter_map(|other| self::text(other)).map(str::to_string).collect();
    super::text::mutate(&mut text, &others, maker);
    *bytes = text.into_bytes();
    true
}

/// The bytes as text, if they look like what a person or a protocol writes.
fn text(bytes: &[u8]) -> Option<&str> {
    let is_text = |c: char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
    std::str::from_utf8(bytes).ok().filter(|text| !text.is_empty() && text.chars().all(is_text))
}

fn once(bytes: &mut Vec<u8>, others: &[Vec<u8>], maker: &mut Maker<'_>) {
    if let (Some(context), Ok(text)) = (maker.context, std::str::from_utf8(bytes))
        && !maker.random.one_in(3)
    {
        let mut text = text.to_string();
        attack::change(&mut text, context, maker);
        *bytes = text.into_bytes();
        return;
    }
    match maker.operator(BYTE_OPERATORS) {
        0 => flip_bit(bytes, maker),
        1 | 2 => set_byte(bytes, maker),
        3 => add_to_byte(bytes, maker),
        4 | 5 => set_number(bytes, maker),
        6 => _ = bytes.drain(part(bytes.len(), maker)),
        7 => insert(bytes, maker),
        8 => bytes.truncate(maker.random.below(bytes.len() + 1)),
        9 => repeat_part(bytes, maker),
        10..=12 => change_announced(bytes, maker),
        13 => splice(bytes, others, maker),
        14 => copy_from_others(bytes, others, maker),
        15 => swap_parts(bytes, maker),
        16 => fill(bytes, maker),
        _ => nest(bytes, maker),
    }
}

/// A single byte: one that formats give a meaning to, or any.
pub(crate) fn any_byte(maker: &mut Maker<'_>) -> u8 {
    if maker.random.one_in(2) {
        maker.random.pick(hostile::BYTES).copied().unwrap_or(0)
    } else {
        maker.random.below(256) as u8
    }
}

/// A few bytes: a number of some width, a known word, or any bytes.
pub(crate) fn piece(maker: &mut Maker<'_>) -> Vec<u8> {
    match maker.random.below(5) {
        0 => {
            let width = [1, 2, 4, 8][maker.random.below(4)];
            number(width, maker)
        }
        1 => super::text::piece(maker).into_bytes(),
        2 => {
            let byte = any_byte(maker);
            vec![byte; how_often(maker, 1)]
        }
        _ => (0..maker.random.small(17)).map(|_| any_byte(maker)).collect(),
    }
}

/// A number at a border of its width, in either byte order.
fn number(width: usize, maker: &mut Maker<'_>) -> Vec<u8> {
    let known = if maker.random.one_in(3) { maker.dictionary.number(maker.random) } else { None };
    let mut value = known.unwrap_or_else(|| {
        let borders: Vec<u128> = hostile::border_numbers().collect();
        maker.random.pick(&borders).copied().unwrap_or(0)
    });
    if maker.random.one_in(4) {
        value = value.wrapping_neg();
    }
    ordered(value, width, maker.random.one_in(2))
}

fn ordered(value: u128, width: usize, big_endian: bool) -> Vec<u8> {
    let mut bytes = value.to_le_bytes()[..width].to_vec();
    if big_endian {
        bytes.reverse();
    }
    bytes
}

/// A place below `end`: most formats say what they are at their beginning, and what follows may be long.
fn place(end: usize, random: &mut Random) -> usize {
    if random.one_in(2) { random.small(end) } else { random.below(end) }
}

fn part(length: usize, maker: &mut Maker<'_>) -> Range<usize> {
    let start = maker.random.below(length + 1);
    start..(start + 1 + maker.random.small(length - start + 1)).min(length)
}

fn flip_bit(bytes: &mut [u8], maker: &mut Maker<'_>) {
    let at = place(bytes.len(), maker.random);
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= 1 << maker.random.below(8);
    }
}

fn set_byte(bytes: &mut [u8], maker: &mut Maker<'_>) {
    let new = any_byte(maker);
    let at = place(bytes.len(), maker.random);
    if let Some(byte) = bytes.get_mut(at) {
        *byte = new;
    }
}

fn add_to_byte(bytes: &mut [u8], maker: &mut Maker<'_>) {
    let at = place(bytes.len(), maker.random);
    let by = maker.random.within(1..36) as u8;
    if let Some(byte) = bytes.get_mut(at) {
        *byte = if maker.random.one_in(2) { byte.wrapping_add(by) } else { byte.wrapping_sub(by) };
    }
}

fn set_number(bytes: &mut Vec<u8>, maker: &mut Maker<'_>) {
    let width = [2, 4, 8][maker.random.below(3)];
    let at = place(bytes.len() + 1, maker.random);
    let end = (at + width).min(bytes.len());
    let new = number(width, maker);
    bytes.splice(at..end, new);
}

fn insert(bytes: &mut Vec<u8>, maker: &mut Maker<'_>) {
    let at = place(bytes.len() + 1, maker.random);
    let new = piece(maker);
    bytes.splice(at..at, new);
}

fn repeat_part(bytes: &mut Vec<u8>, maker: &mut Maker<'_>) {
    let range = part(bytes.len(), maker);
    let often = how_often(maker, range.len());
    let repeated = bytes[range.clone()].repeat(often);
    bytes.splice(range, repeated);
}

/// A number in the bytes that can be read as the length of what follows it.
struct Announced {
    at: usize,
    width: usize,
    big_endian: bool,
    length: usize,
}

fn announced(bytes: &[u8]) -> Vec<Announced> {
    let mut found = Vec::new();
    // Written out, for it is done for every byte of every case that is changed so.
    let mut add = |at: usize, width: usize, big_endian: bool, length: usize| {
        if length > 0 && at + width + length <= bytes.len() {
            found.push(Announced { at, width, big_endian, length });
        }
    };
    for (at, byte) in bytes.iter().enumerate() {
        add(at, 1, true, usize::from(*byte));
        // The low seven bits alone, too: many formats keep flags in the highest one.
        if *byte >= 0x80 {
            add(at, 1, true, usize::from(*byte & 0x7f));
        }
        if let Some(field) = bytes[at..].first_chunk() {
            add(at, 2, true, usize::from(u16::from_be_bytes(*field)));
            add(at, 2, false, usize::from(u16::from_le_bytes(*field)));
        }
        if let Some(field) = bytes[at..].first_chunk() {
            add(at, 4, true, u32::from_be_bytes(*field) as usize);
            add(at, 4, false, u32::from_le_bytes(*field) as usize);
        }
    }
    found
}

/// Changes a part and the length in front of it together, or one of them alone.
fn change_announced(bytes: &mut Vec<u8>, maker: &mut Maker<'_>) {
    let mut fields = announced(bytes);
    // Fields that announce exactly what is left, or whose part is followed by another field, are the likely ones.
    let end = bytes.len();
    let exact: Vec<usize> = (0..fields.len())
        .filter(|at| fields[*at].at + fields[*at].width + fields[*at].length == end)
        .collect();
    let chosen = if exact.is_empty() || maker.random.one_in(3) {
        maker.random.below(fields.len())
    } else {
        exact[maker.random.below(exact.len())]
    };
    if fields.is_empty() {
        return set_byte(bytes, maker);
    }
    let Announced { at, width, big_endian, length } = fields.swap_remove(chosen);
    let content = at + width..at + width + length;
    let (part, announces) = match maker.random.below(5) {
        0 => (bytes[content.clone()][..maker.random.below(length)].to_vec(), None),
        1 => (Vec::new(), None),
        2 => (piece(maker), None),
        3 => (bytes[content.clone()].to_vec(), Some(number(width, maker))),
        _ => {
            let wrong = [length + 1, length - 1, end - content.start + 1, 0][maker.random.below(4)];
            (bytes[content.clone()].to_vec(), Some(ordered(wrong as u128, width, big_endian)))
        }
    };
    let field = announces.unwrap_or_else(|| ordered(part.len() as u128, width, big_endian));
    bytes.splice(content, part);
    bytes.splice(at..at + width, field);
}

fn splice(bytes: &mut Vec<u8>, others: &[Vec<u8>], maker: &mut Maker<'_>) {
    if let Some(other) = maker.random.pick(others) {
        let at = maker.random.below(bytes.len() + 1);
        let from = maker.random.below(other.len() + 1);
        bytes.truncate(at);
        bytes.extend(&other[from..]);
    }
}

fn copy_from_others(bytes: &mut Vec<u8>, others: &[Vec<u8>], maker: &mut Maker<'_>) {
    let from = maker.random.pick(others).unwrap_or(bytes);
    let copied = from[part(from.len(), maker)].to_vec();
    let at = maker.random.below(bytes.len() + 1);
    let end = if maker.random.one_in(2) { at } else { (at + copied.len()).min(bytes.len()) };
    bytes.splice(at..end, copied);
}

fn swap_parts(bytes: &mut Vec<u8>, maker: &mut Maker<'_>) {
    let first = part(bytes.len(), maker);
    let second = part(bytes.len(), maker);
    if first.end <= second.start {
        let swapped =
            [&bytes[second.clone()], &bytes[first.end..second.start], &bytes[first.clone()]].concat();
        bytes.splice(first.start..second.end, swapped);
    }
}

fn fill(bytes: &mut [u8], maker: &mut Maker<'_>) {
    let range = part(bytes.len(), maker);
    let byte = any_byte(maker);
    bytes[range].fill(byte);
}

/// Puts the whole, or a part, into itself behind a prefix of its own, as nested messages do.
fn nest(bytes: &mut Vec<u8>, maker: &mut Maker<'_>) {
    let prefix = bytes[..maker.random.small(bytes.len().min(8) + 1)].to_vec();
    let often = how_often(maker, prefix.len());
    bytes.splice(0..0, prefix.repeat(often));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;

    fn tries(sample: &[u8], found: impl Fn(&[u8]) -> bool) -> Option<u64> {
        let dictionary = Dictionary::default();
        (0..100_000).find(|index| {
            let mut random = Random::for_case(1, *index);
            let mut bytes = sample.to_vec();
            mutate(&mut bytes, &[], &mut Maker::for_tests(&mut random, &dictionary, *index, &mut 0));
            found(&bytes)
        })
    }

    #[test]
    fn a_part_is_emptied_together_with_its_length() {
        let found = tries(&[6, 3, 85, 4, 3], |bytes| bytes == [6, 0]);
        assert!(found.is_some_and(|tries| tries < 1_000), "{found:?}");
    }

    #[test]
    fn bytes_that_are_text_are_changed_by_tokens() {
        let found = tries(b"GET /chat HTTP/1.1", |bytes| bytes == b"GET /chat /chat HTTP/1.1");
        assert!(found.is_some_and(|tries| tries < 50_000), "{found:?}");
        assert_eq!([text(b"a\tb"), text(b"a\0"), text(b"\xff"), text(b"")], [Some("a\tb"), None, None, None]);
    }

    #[test]
    fn a_length_announces_more_than_there_is() {
        let found = tries(b"\0\0\0\x01\0\0\0\x01a\0\0\0\x01b", |bytes| {
            bytes.starts_with(&[0, 0, 0, 1, 0x7f, 0xff, 0xff, 0xff])
        });
        assert!(found.is_some_and(|tries| tries < 50_000), "{found:?}");
    }

    #[test]
    fn the_head_of_a_large_sample_is_changed_often() {
        let mut sample = b"HDR\x03\0\0".to_vec();
        sample.resize(1_000, 0);
        let dictionary = Dictionary::default();
        let is_flagged = |index: &u64| {
            let (mut random, mut bytes) = (Random::for_case(1, *index), sample.clone());
            mutate(&mut bytes, &[], &mut Maker::for_tests(&mut random, &dictionary, *index, &mut 0));
            bytes.starts_with(&sample[..5]) && bytes.get(5).is_some_and(|flags| flags >> 7 == 1)
        };
        let flagged = (0..40_000).filter(is_flagged).count();
        assert!(flagged > 40, "{flagged} of 40,000");
    }

    #[test]
    fn nothing_happens_to_no_bytes_that_could_fail() {
        assert_eq!(tries(&[], |bytes| bytes.len() > LARGEST), None);
    }
}
