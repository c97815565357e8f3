//! Parts of a text (characters, tokens, words), and what may be put in their place.

use std::ops::Range;

use crate::hostile;
use crate::tape::Maker;

/// Any character: ASCII, a hostile one, or one of a random block.
pub(crate) fn any_char(maker: &mut Maker<'_>) -> char {
    match maker.random.below(4) {
        _ if maker.plain => char::from(maker.random.within(0x20..0x7f) as u8),
        0 => char::from(maker.random.below(128) as u8),
        1 => pick(maker, hostile::PIECES).chars().next().unwrap_or('a'),
        _ => {
            let block = [0x80, 0x800, 0x1_0000, 0x11_0000][maker.random.below(4)];
            char::from_u32(maker.random.below(block) as u32).unwrap_or('\u{fffd}')
        }
    }
}

pub(super) fn pick(maker: &mut Maker<'_>, from: &[&str]) -> String {
    let mut picked = maker.random.pick(from).copied().unwrap_or_default();
    for _ in 0..8 {
        if !maker.plain || is_plain(picked) {
            break;
        }
        picked = maker.random.pick(from).copied().unwrap_or_default();
    }
    picked.to_string()
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// The start of a character, or the end of the text.
pub(super) fn position(text: &str, maker: &mut Maker<'_>) -> usize {
    floor(text, maker.random.below(text.len() + 1))
}

pub(super) fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

pub(super) fn ceil(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

pub(super) fn part(text: &str, maker: &mut Maker<'_>) -> Range<usize> {
    let start = position(text, maker);
    let length = 1 + maker.random.small(text.len() - start + 1);
    start..ceil(text, (start + length).min(text.len()))
}

/// Runs of letters, of digits, of space, and of the same mark.
pub(super) fn tokens(text: &str) -> Vec<Range<usize>> {
    let sort = |c: char| match c {
        c if c.is_alphabetic() => 0,
        c if c.is_ascii_digit() => 1,
        c if c.is_whitespace() => 2,
        _ => 3,
    };
    let mut tokens: Vec<Range<usize>> = Vec::new();
    let mut last = None;
    for (at, c) in text.char_indices() {
        let (end, sort) = (at + c.len_utf8(), sort(c));
        match tokens.last_mut() {
            Some(token) if last.is_some_and(|(last, of)| of == sort && (sort != 3 || last == c)) => {
                token.end = end;
            }
            _ => tokens.push(at..end),
        }
        last = Some((c, sort));
    }
    tokens
}

pub(super) fn token(text: &str, maker: &mut Maker<'_>) -> Option<Range<usize>> {
    maker.random.pick(&tokens(text)).cloned()
}

/// A few tokens that follow each other; one most often.
pub(super) fn run_of_tokens(text: &str, maker: &mut Maker<'_>) -> Option<Range<usize>> {
    let tokens = tokens(text);
    let first = maker.random.below(tokens.len());
    let last = (first + maker.random.small(8)).min(tokens.len().checked_sub(1)?);
    Some(tokens[first].start..tokens[last].end)
}

/// A word, or a few with what is between them.
pub(super) fn run_of_words(text: &str, maker: &mut Maker<'_>) -> Option<Range<usize>> {
    let mut words = tokens(text);
    words.retain(|token| text[token.clone()].starts_with(char::is_alphanumeric));
    let first = maker.random.below(words.len());
    let more = if maker.random.one_in(2) { 0 } else { maker.random.small(4) };
    let last = (first + more).min(words.len().checked_sub(1)?);
    Some(words[first].start..words[last].end)
}

/// The start of a token, or the end of the text.
pub(super) fn border(text: &str, maker: &mut Maker<'_>) -> usize {
    let tokens = tokens(text);
    tokens.get(maker.random.below(tokens.len() + 1)).map_or(text.len(), |token| token.start)
}
