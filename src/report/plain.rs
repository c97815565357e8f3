//! Text of unknown origin made fit for a terminal or an agent.

use std::borrow::Cow;

/// Without characters that steer a terminal, are invisible, or turn the direction of writing.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        if steers(character) {
            plain.extend(character.escape_unicode());
        } else {
            plain.push(character);
        }
    }
    Cow::Owned(plain)
}

/// Whether a terminal does something else with the character than show it, a new line left out.
pub(super) fn steers(character: char) -> bool {
    let is_kept = matches!(character, '\n');
    let is_invisible = matches!(
        character,
        '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    );
    is_invisible || (character.is_control() && !is_kept)
}

/// At most about `limit` characters: the beginning, the end, and how long it really is.
pub(super) fn shorten(text: &str, limit: usize) -> Cow<'_, str> {
    let plain = plain(text);
    let length = plain.chars().count();
    if length <= limit {
        return plain;
    }
    let (head, tail) = (limit * 2 / 3, limit / 4);
    let beginning: String = plain.chars().take(head).collect();
    let end: String = plain.chars().skip(length - tail).collect();
    Cow::Owned(format!("{beginning} … {end} ({length} characters)"))
}

/// One line of at most `limit` characters.
pub(super) fn line(text: &str, limit: usize) -> String {
    let text = plain(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= limit {
        return text;
    }
    let beginning: String = text.chars().take(limit.saturating_sub(1)).collect();
    format!("{}…", beginning.trim_end())
}
