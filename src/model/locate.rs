//! Takes a range of a decoded text, gives the place in the file it was read from.
//!
//! A TOML string and its text differ by quotes, escapes, a trimmed first newline and line-ending backslashes.
//! What is not a TOML string, such as a bare key or Rust source, stands for itself. It never reports anything.

use std::ops::Range;

use super::{Expression, Sources, Span};

/// The place of `range`, bytes of the decoded text, inside the TOML string at `span`.
///
/// A range that is not inside the text is cut to it; a range inside one character is widened to the character.
pub fn locate_in_string(sources: &Sources, span: Span, range: Range<usize>) -> Span {
    let raw = raw_range(sources.text(span), range);
    Span { file: span.file, start: span.start + raw.start, end: span.start + raw.end }
}

impl Expression {
    /// The place of `range`, bytes of [`Expression::text`], in the file.
    pub fn locate(&self, sources: &Sources, range: Range<usize>) -> Span {
        locate_in_string(sources, self.span, range)
    }
}

fn raw_range(raw: &str, range: Range<usize>) -> Range<usize> {
    let decoded = decode(raw);
    let (mut at, mut start, mut end) = (0, None, 0);
    for unit in &decoded.units {
        let next = at + unit.text.len_utf8();
        if start.is_none() && next > range.start {
            start = Some(unit.raw.start);
        }
        if at < range.end {
            end = unit.raw.end;
        }
        at = next;
    }
    let start = start.unwrap_or(decoded.end);
    start..if range.is_empty() { start } else { end.max(start) }
}

/// One character of the text and the bytes that stand for it.
struct Unit {
    text: char,
    raw: Range<usize>,
}

struct Decoded {
    units: Vec<Unit>,
    /// Where the closing quotes begin.
    end: usize,
}

fn decode(raw: &str) -> Decoded {
    let multi_line = |quotes: &str| raw.len() >= 6 && raw.starts_with(quotes) && raw.ends_with(quotes);
    let single_line = |quote: char| raw.len() >= 2 && raw.starts_with(quote) && raw.ends_with(quote);
    let (content, escapes) = if multi_line("\"\"\"") {
        (after_first_newline(raw)..raw.len() - 3, true)
    } else if multi_line("'''") {
        (after_first_newline(raw)..raw.len() - 3, false)
    } else if single_line('"') {
        (1..raw.len() - 1, true)
    } else if single_line('\'') {
        (1..raw.len() - 1, false)
    } else {
        (0..raw.len(), false)
    };
    let mut units = Vec::new();
    let mut at = content.start;
    while let Some(text) = raw[at..content.end].chars().next() {
        let rest = &raw[at..content.end];
        let (text, length) =
            if escapes && text == '\\' { escape(rest) } else { (Some(text), text.len_utf8()) };
        units.extend(text.map(|text| Unit { text, raw: at..at + length }));
        at += length;
    }
    Decoded { units, end: content.end }
}

/// TOML drops a newline that follows the opening quotes of a multi-line string directly.
fn after_first_newline(raw: &str) -> usize {
    match &raw.as_bytes()[3..raw.len() - 3] {
        [b'\r', b'\n', ..] => 5,
        [b'\n', ..] => 4,
        _ => 3,
    }
}

/// The character that the escape at the start of `rest` stands for, if any, and how long the escape is.
fn escape(rest: &str) -> (Option<char>, usize) {
    let mut chars = rest.chars();
    chars.next();
    let hex = |digits: usize| {
        let value = rest.get(2..2 + digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let length = if value.is_some() { 2 + digits } else { 2 };
        (Some(value.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)), length)
    };
    match chars.next() {
        Some('b') => (Some('\u{8}'), 2),
        Some('e') => (Some('\u{1b}'), 2),
        Some('f') => (Some('\u{c}'), 2),
        Some('n') => (Some('\n'), 2),
        Some('r') => (Some('\r'), 2),
        Some('t') => (Some('\t'), 2),
        Some('x') => hex(2),
        Some('u') => hex(4),
        Some('U') => hex(8),
        Some(' ' | '\t' | '\r' | '\n') => {
            let tail = rest[1..].trim_start_matches([' ', '\t', '\r', '\n']);
            (None, rest.len() - tail.len())
        }
        Some(other) => (Some(other), 1 + other.len_utf8()),
        None => (Some('\\'), 1),
    }
}

#[cfg(test)]
#[path = "locate_tests.rs"]
mod tests;
