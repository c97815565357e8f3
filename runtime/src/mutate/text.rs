//! Changes to text. Works on tokens (words, numbers, marks) as often as on characters, for most formats are made of tokens.

use std::collections::BTreeSet;
use std::ops::Range;

use super::parts::{
    any_char, border, floor, part, pick, position, run_of_tokens, run_of_words, token, tokens,
};
use super::{attack, how_many, how_often};
use crate::hostile;
use crate::tape::Maker;

/// A mutated text grows to this many bytes at most; larger inputs are the business of kinds that measure.
const LARGEST: usize = 16 * 1024;

/// Operators on text: their first number, and how many there are.
const TEXT_OPERATORS: (usize, usize) = (0, 29);

/// Stacks a few changes on `text`; parts may come from `others`.
pub(crate) fn mutate(text: &mut String, others: &[String], maker: &mut Maker<'_>) {
    // A large sample stays whole.
    let largest = LARGEST.max(text.len());
    for _ in 0..how_many(maker.random, maker.effort) {
        once(text, others, maker);
        shorten(text, largest);
    }
}

fn once(text: &mut String, others: &[String], maker: &mut Maker<'_>) {
    if let Some(context) = maker.context
        && !maker.random.one_in(3)
    {
        return attack::change(text, context, maker);
    }
    match maker.operator(TEXT_OPERATORS) {
        0 => remove_part(text, maker),
        1 => remove_tokens(text, maker),
        2 => repeat_part(text, maker),
        3 | 4 => insert(text, maker, piece),
        5 => insert_at_border(text, maker, piece),
        6 => replace_char(text, maker),
        7 | 8 | 24 => overwrite_same_length(text, maker),
        9 | 10 => change_number(text, maker),
        11 => swap_tokens(text, maker),
        12 => replace_token(text, others, maker),
        13 | 14 => insert_from_others(text, others, maker),
        15 => change_case(text, maker),
        16 => text.truncate(position(text, maker)),
        17 => nest(text, maker),
        18 => splice(text, others, maker),
        19..=21 => insert_mark(text, others, maker),
        22 | 26 | 28 => wrap(text, others, maker),
        27 => change_numbers(text, maker),
        _ => copy_within(text, maker),
    }
}

/// A hostile piece, a number, a part of a path, or a word the code knows.
pub(crate) fn piece(maker: &mut Maker<'_>) -> String {
    if let Some(context) = maker.context
        && !maker.random.one_in(3)
    {
        return attack::piece(context, maker);
    }
    let known = maker.dictionary.has_words();
    match maker.random.below(20) {
        0..=9 => pick(maker, hostile::PIECES),
        10 | 11 => number(maker),
        12 => path(maker),
        13..=16 if known => maker.dictionary.word(maker.random).unwrap_or_default().to_string(),
        17 => any_char(maker).to_string(),
        _ => char::from(maker.random.within(0x20..0x7f) as u8).to_string(),
    }
}

/// A special path, or the name of a file that exists, here or some folders up.
///
/// Other spellings of a path that is fine, such as `./name`, are left out: they leave no folder.
pub(crate) fn path(maker: &mut Maker<'_>) -> String {
    let up = match maker.random.below(4) {
        0 => return pick(maker, hostile::PATHS),
        1 | 2 => maker.random.within(1..6),
        _ => 0,
    };
    format!("{}{}", "../".repeat(up), maker.random.pick(&maker.dictionary.files).map_or("", String::as_str))
}

/// A number as text.
pub(crate) fn number(maker: &mut Maker<'_>) -> String {
    let random = &mut *maker.random;
    match random.below(8) {
        0 => pick(maker, hostile::NUMBERS),
        3 | 4 => random.pick(hostile::CORE_NUMBERS).map_or_else(String::new, i128::to_string),
        1 => random.small(1 << 20).to_string(),
        2 => maker.dictionary.number(random).unwrap_or(1).to_string(),
        _ => {
            let borders: Vec<u128> = hostile::border_numbers().collect();
            let sign = if random.one_in(3) { "-" } else { "" };
            format!("{sign}{}", random.pick(&borders).copied().unwrap_or(0))
        }
    }
}

fn remove_part(text: &mut String, maker: &mut Maker<'_>) {
    text.replace_range(part(text, maker), "");
}

fn remove_tokens(text: &mut String, maker: &mut Maker<'_>) {
    if let Some(tokens) = run_of_tokens(text, maker) {
        text.replace_range(tokens, "");
    }
}

fn repeat_part(text: &mut String, maker: &mut Maker<'_>) {
    let range =
        if maker.random.one_in(2) { part(text, maker) } else { token(text, maker).unwrap_or(0..text.len()) };
    let often = how_often(maker, range.len());
    let repeated = text[range.clone()].repeat(often);
    text.replace_range(range, &repeated);
}

fn insert(text: &mut String, maker: &mut Maker<'_>, make: impl FnOnce(&mut Maker<'_>) -> String) {
    let at = position(text, maker);
    text.insert_str(at, &make(maker));
}

fn insert_at_border(text: &mut String, maker: &mut Maker<'_>, make: impl FnOnce(&mut Maker<'_>) -> String) {
    let at = border(text, maker);
    text.insert_str(at, &make(maker));
}

fn replace_char(text: &mut String, maker: &mut Maker<'_>) {
    let at = position(text, maker);
    let end = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
    let new = any_char(maker);
    text.replace_range(at..end, new.encode_utf8(&mut [0; 4]));
}

/// Puts a character of several bytes where as many bytes were, so that all lengths stay as they are.
fn overwrite_same_length(text: &mut String, maker: &mut Maker<'_>) {
    if maker.plain {
        return replace_char(text, maker);
    }
    let new =
        ['é', 'ß', '€', '日', '😀', '\u{10ffff}', '\u{80}', '\u{7ff}', '\u{800}'][maker.random.below(9)];
    let at = position(text, maker);
    let end = at + new.len_utf8();
    if end <= text.len() && text.is_char_boundary(end) {
        text.replace_range(at..end, new.encode_utf8(&mut [0; 4]));
    } else {
        text.insert(at, new);
    }
}

/// Where numbers stand.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let mut numbers = tokens(text);
    numbers.retain(|token| text[token.clone()].starts_with(|c: char| c.is_ascii_digit()));
    numbers
}

/// Several numbers become others with as many digits: the fields of a date, a version or an address hang together.
fn change_numbers(text: &mut String, maker: &mut Maker<'_>) {
    for range in numbers(text).into_iter().rev() {
        if maker.random.one_in(2) {
            let new = digits(range.len(), maker);
            text.replace_range(range, &new);
        }
    }
}

/// Any number of so many digits.
fn digits(count: usize, maker: &mut Maker<'_>) -> String {
    (0..count).map(|_| char::from(maker.random.within(0x30..0x3a) as u8)).collect()
}

fn change_number(text: &mut String, maker: &mut Maker<'_>) {
    let Some(range) = maker.random.pick(&numbers(text)).cloned() else {
        return insert_at_border(text, maker, number);
    };
    let old: Option<u128> = text[range.clone()].parse().ok();
    let new = match (maker.random.below(8), old) {
        (0, Some(old)) => old.wrapping_add(1).to_string(),
        (1, Some(old)) => old.wrapping_sub(1).to_string(),
        (2, _) => {
            let digits = how_often(maker, 1);
            "9".repeat(digits)
        }
        (3, _) => digits(range.len(), maker),
        _ => number(maker),
    };
    text.replace_range(range, &new);
}

fn swap_tokens(text: &mut String, maker: &mut Maker<'_>) {
    if let (Some(a), Some(b)) = (token(text, maker), token(text, maker)) {
        let (a, b) = if a.start < b.start { (a, b) } else { (b, a) };
        if a.end <= b.start {
            let swapped = format!("{}{}{}", &text[b.clone()], &text[a.end..b.start], &text[a.clone()]);
            text.replace_range(a.start..b.end, &swapped);
        }
    }
}

/// Inserts a mark that the samples use, where a token begins or ends.
fn insert_mark(text: &mut String, others: &[String], maker: &mut Maker<'_>) {
    let mark = known_mark(text, others, maker);
    let at = border(text, maker);
    text.insert_str(at, &mark);
}

/// Puts something in front of a few words and something behind them.
fn wrap(text: &mut String, others: &[String], maker: &mut Maker<'_>) {
    let Some(inner) = run_of_words(text, maker) else { return };
    let before =
        if maker.random.one_in(2) { borrowed(text, others, maker) } else { known_mark(text, others, maker) };
    let after = known_mark(text, others, maker);
    text.insert_str(inner.end, &after);
    text.insert_str(inner.start, &before);
}

/// A run of marks or space that the text or some samples use; each as often as any other, for the rare ones are those
/// that mean something.
fn known_mark(text: &str, others: &[String], maker: &mut Maker<'_>) -> String {
    const SAMPLES: usize = 3;
    let mut marks = BTreeSet::new();
    let samples = (0..SAMPLES).filter_map(|_| maker.random.pick(others));
    for from in samples.map(String::as_str).chain([text]) {
        let found = tokens(from).into_iter().map(|token| &from[token]);
        marks.extend(found.filter(|text| !text.starts_with(char::is_alphanumeric)));
    }
    let marks: Vec<&str> = marks.into_iter().collect();
    maker.random.pick(&marks).map_or_else(|| piece(maker), ToString::to_string)
}

/// A run of tokens of another text, or of this one if there is no other; often its beginning or its end.
fn borrowed(text: &str, others: &[String], maker: &mut Maker<'_>) -> String {
    let from = maker.random.pick(others).map_or(text, String::as_str);
    let tokens = tokens(from);
    if tokens.is_empty() {
        return piece(maker);
    }
    let is_mark = |token: &Range<usize>| !from[token.clone()].starts_with(char::is_alphanumeric);
    let (first, last) = match maker.random.below(4) {
        // What stands in front of a first word, or behind a last one: the affixes of a format.
        0 | 1 => (0, tokens.iter().position(is_mark).unwrap_or(0)),
        2 => (tokens.iter().rposition(is_mark).unwrap_or(0), tokens.len() - 1),
        _ => {
            let first = maker.random.below(tokens.len());
            (first, (first + maker.random.small(6)).min(tokens.len() - 1))
        }
    };
    from[tokens[first].start..tokens[last].end].to_string()
}

fn replace_token(text: &mut String, others: &[String], maker: &mut Maker<'_>) {
    if let Some(token) = token(text, maker) {
        let new = if maker.random.one_in(2) { borrowed(text, others, maker) } else { piece(maker) };
        text.replace_range(token, &new);
    }
}

fn insert_from_others(text: &mut String, others: &[String], maker: &mut Maker<'_>) {
    let new = borrowed(text, others, maker);
    let at = if maker.random.one_in(4) { position(text, maker) } else { border(text, maker) };
    text.insert_str(at, &new);
}

fn change_case(text: &mut String, maker: &mut Maker<'_>) {
    let range =
        if maker.random.one_in(2) { part(text, maker) } else { token(text, maker).unwrap_or(0..text.len()) };
    let old = &text[range.clone()];
    let new = match maker.random.below(3) {
        0 => old.to_uppercase(),
        1 => old.to_lowercase(),
        _ => old
            .chars()
            .map(|c| if c.is_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
            .collect(),
    };
    text.replace_range(range, &new);
}

/// Wraps a part in something that opens and closes, once or many times.
fn nest(text: &mut String, maker: &mut Maker<'_>) {
    let (open, close) = match maker.random.pick(hostile::NESTS) {
        Some((open, close)) if maker.random.one_in(2) => ((*open).to_string(), (*close).to_string()),
        _ => {
            let open = part(text, maker);
            let close = part(text, maker);
            (text[open].to_string(), text[close].to_string())
        }
    };
    let often = how_often(maker, open.len() + close.len());
    let inner = part(text, maker);
    let nested = format!("{}{}{}", open.repeat(often), &text[inner.clone()], close.repeat(often));
    text.replace_range(inner, &nested);
}

fn splice(text: &mut String, others: &[String], maker: &mut Maker<'_>) {
    if let Some(other) = maker.random.pick(others).cloned() {
        let at = position(text, maker);
        let from = position(&other, maker);
        text.replace_range(at.., &other[from..]);
    }
}

/// A part comes again elsewhere, or goes there: then the text has the length that it had.
fn copy_within(text: &mut String, maker: &mut Maker<'_>) {
    let part = part(text, maker);
    let copied = text[part.clone()].to_string();
    if maker.random.one_in(8) {
        text.replace_range(part, "");
    }
    let at = position(text, maker);
    text.insert_str(at, &copied);
}

fn shorten(text: &mut String, largest: usize) {
    if text.len() > largest {
        text.truncate(floor(text, largest));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::random::Random;

    /// Mutates `sample` until `found`, and says how many tries that took.
    fn tries(sample: &str, others: &[&str], found: impl Fn(&str) -> bool) -> Option<u64> {
        let dictionary = Dictionary::default();
        let others: Vec<String> = others.iter().map(ToString::to_string).collect();
        (0..100_000).find(|index| {
            let mut random = Random::for_case(1, *index);
            let mut text = sample.to_string();
            mutate(&mut text, &others, &mut Maker::for_tests(&mut random, &dictionary, *index, &mut 0));
            found(&text)
        })
    }

    #[test]
    fn a_wide_character_lands_on_a_given_border_without_changing_the_length() {
        let found = tries("0123456789012345678901234567890123456789", &[], |text| {
            text.len() == 40 && !text.is_char_boundary(22)
        });
        assert!(found.is_some_and(|tries| tries < 2_000), "{found:?}");
    }

    #[test]
    fn a_prefix_of_another_sample_is_put_before_a_word() {
        let found = tries("example.org", &["xy--other-word"], |text| text.starts_with("xy--example"));
        assert!(found.is_some_and(|tries| tries < 5_000), "{found:?}");
    }

    #[test]
    fn a_word_gets_the_prefix_of_one_sample_and_a_rare_mark_behind_it() {
        let others = ["example.org", "xy--other-word.example", "a-b.example.net"];
        let found = tries("example.org", &others, |text| text == "xy--example-.org");
        assert!(found.is_some_and(|tries| tries < 10_000), "{found:?}");
    }

    #[test]
    fn a_number_reaches_the_edge_of_its_width() {
        let count = std::cell::Cell::new(0);
        tries("age=3600; path=/", &[], |text| {
            count.set(count.get() + usize::from(text.starts_with("age=9223372036854775807;")));
            false
        });
        assert!(count.get() > 20, "at least one of 5,000: {count:?} of 100,000");
    }

    #[test]
    fn several_fields_of_a_date_become_others_at_once() {
        let found = tries("2031-10-05", &[], |text| {
            let fields: Vec<&str> = text.split('-').collect();
            let is_other = |at: usize, old: &str| fields[at].len() == old.len() && fields[at] != old;
            fields.len() == 3 && is_other(0, "2031") && is_other(1, "10") && is_other(2, "05")
        });
        assert!(found.is_some_and(|tries| tries < 2_000), "{found:?}");
    }

    #[test]
    fn deep_nesting_is_made() {
        let found = tries("{\"a\":[1]}", &[], |text| {
            text.contains(&"[".repeat(50)) || text.contains(&"{\"a\":".repeat(50))
        });
        assert!(found.is_some_and(|tries| tries < 5_000), "{found:?}");
    }

    #[test]
    fn no_text_grows_without_bound() {
        assert_eq!(tries(&"ab".repeat(8000), &[], |text| text.len() > LARGEST), None);
    }
}
