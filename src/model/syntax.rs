//! Takes what the TOML parser says about a text, gives faults.

use toml::de::Error;

use super::{Code, Fault, Faults, FileId, Sources, Span};

/// More faults of one file than this say no more than the first ones.
const AT_MOST: usize = 10;

/// What the parser calls a key or table that is given twice.
const DUPLICATE: &str = "duplicate key";

/// The faults of `file`, at most one a line: the parser goes on, and its next words are often about the same slip.
pub(super) fn faults(errors: &[Error], sources: &Sources, file: FileId) -> Faults {
    let text = &*sources.file(file).text;
    let mut faults = Faults::default();
    let mut lines = Vec::new();
    // A table given twice makes every key in it one given twice.
    let mut repeated = 0..0;
    // The line at hand: of a long one full of slips nobody looks for its start again and again.
    let mut known = 0..0;
    for error in errors {
        let span = place(error, file, text);
        if known.contains(&span.start) || lines.len() == AT_MOST {
            continue;
        }
        let line = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        known = line..text[span.start..].find('\n').map_or(text.len(), |at| span.start + at);
        if lines.contains(&line) || repeated.contains(&line) {
            continue;
        }
        if error.message() == DUPLICATE && text[line..].trim_start().starts_with('[') {
            repeated = line..text[span.end..].find("\n[").map_or(text.len(), |at| span.end + at);
        }
        lines.push(line);
        faults.push(fault(error, span, text));
    }
    faults
}

fn fault(error: &Error, span: Span, text: &str) -> Fault {
    let (message, expected) = match error.message().split_once(", expected ") {
        Some((message, expected)) => (message, format!("expected {expected}")),
        None => (error.message(), String::new()),
    };
    let fault = Fault::error(Code::Syntax, span, message).label(expected);
    if message != DUPLICATE {
        return fault;
    }
    let fault = fault.label("again").help("rename one of them, or join them");
    match first_of(span, text) {
        Some(first) => fault.also(first, "first here"),
        None => fault,
    }
}

/// The whole file's end where the parser gives no place, and never half a character.
fn place(error: &Error, file: FileId, text: &str) -> Span {
    let range = error.span().unwrap_or(text.len()..text.len());
    let start = text.floor_char_boundary(range.start);
    Span { file, start, end: text.ceil_char_boundary(range.end).max(start) }
}

/// Where the key or header at `again` stands for the first time.
///
/// The parser does not say; a line that begins with the same words is the one, and no other is looked for.
fn first_of(again: Span, text: &str) -> Option<Span> {
    let line_start = text[..again.start].rfind('\n').map_or(0, |at| at + 1);
    let begins = text[line_start..again.end].trim_start();
    let is_header = begins.starts_with('[');
    let mut at = line_start;
    for line in text[..line_start].lines().rev() {
        at = text[..at.saturating_sub(1)].rfind('\n').map_or(0, |at| at + 1);
        let found = line.trim_start();
        let ends = |rest: &str| rest.trim_start().starts_with(if is_header { ']' } else { '=' });
        if found.strip_prefix(begins).is_some_and(ends) {
            let indent = line.len() - found.len();
            let end = at + indent + begins.len();
            return Some(Span { file: again.file, start: end - (again.end - again.start), end });
        }
        if !is_header && found.starts_with('[') {
            return None;
        }
    }
    None
}
