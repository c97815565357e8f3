//! Changes that try to break out of a context: out of a quoted text, an attribute, a line, an address.
//!
//! Takes the context, gives pieces that mean something there. Knows nothing of what judges the output.

use std::ops::Range;

use super::parts::{any_char, border, pick, position, run_of_tokens};
use crate::attacks::{self, Context};
use crate::tape::{Choice, Maker, Tape};

/// One piece that means something in the context.
pub(crate) fn piece(context: Context, maker: &mut Maker<'_>) -> String {
    match (context, maker.random.below(8)) {
        (Context::Html, 0..=2) | (Context::Url, 0) => address(maker),
        (Context::Html, 3..=5) => fragment(maker),
        (Context::Argv, 0..=3) => pick(maker, attacks::SHELL),
        (_, 6) => encoded(context, maker),
        _ => pick(maker, context.pieces()),
    }
}

/// A value of nothing but such pieces, with plain letters in between.
pub(crate) fn value(context: Context, maker: &mut Maker<'_>) -> String {
    let count = 1 + maker.random.small(6);
    let mut text = String::new();
    for _ in 0..count {
        if maker.random.one_in(3) {
            text.push_str(pick(maker, &["a", "b c", "x", "1", "word"]).as_str());
        }
        text.push_str(&piece(context, maker));
    }
    if maker.random.one_in(4) {
        text.push('a');
    }
    text
}

/// Puts such a piece into a text.
pub(crate) fn change(text: &mut String, context: Context, maker: &mut Maker<'_>) {
    // Whether an argument is an option is told by its beginning, and nothing else of it needs to be odd.
    if context == Context::Argv && maker.random.one_in(3) {
        return text.insert_str(0, &pick(maker, &["-", "-", "--", "-a", "--a=", "+", "@"]));
    }
    let choice = maker.random.below(8);
    if choice < 3
        && matches!(context, Context::Html | Context::Url)
        && let Some(range) = maker.random.pick(&known_addresses(text)).cloned()
    {
        let new = if choice == 0 {
            let rest = text[range.clone()].split_once(':').map_or("", |(_, rest)| rest).to_string();
            format!("{}{rest}", disguised_scheme(maker))
        } else {
            address(maker)
        };
        text.replace_range(range, &new);
        return;
    }
    let new = piece(context, maker);
    match choice {
        0 | 1 => {
            let at = border(text, maker);
            text.insert_str(at, &new);
        }
        2 => {
            let at = position(text, maker);
            text.insert_str(at, &new);
        }
        3 => text.push_str(&new),
        4 => text.insert_str(0, &new),
        5 => {
            if let Some(range) = run_of_tokens(text, maker) {
                text.replace_range(range, &new);
            }
        }
        6 => {
            let other = piece(context, maker);
            if let Some(range) = run_of_tokens(text, maker) {
                text.insert_str(range.end, &other);
                text.insert_str(range.start, &new);
            }
        }
        _ => {
            text.push('\n');
            text.push_str(&new);
        }
    }
}

/// A fragment of markup of any sort with an address in it.
fn fragment(maker: &mut Maker<'_>) -> String {
    let frame = pick(maker, attacks::FRAMES);
    let address = address(maker);
    frame.replace("{}", &address)
}

/// An address that acts, in some disguise.
fn address(maker: &mut Maker<'_>) -> String {
    let scheme = disguised_scheme(maker);
    let rest = pick(maker, attacks::BEHIND_SCHEMES);
    format!("{scheme}{rest}")
}

/// A scheme with its colon, written so that only who reads it carefully knows it.
fn disguised_scheme(maker: &mut Maker<'_>) -> String {
    let scheme = pick(maker, &["javascript", "javascript", "data", "vbscript", "file"]);
    let mut letters: Vec<String> = scheme.chars().map(String::from).collect();
    letters.push(":".to_string());
    for _ in 0..maker.random.small(4) {
        let at = maker.random.below(letters.len());
        match maker.random.below(6) {
            0 => letters.iter_mut().for_each(|it| {
                if maker.random.one_in(2) {
                    *it = it.to_ascii_uppercase();
                }
            }),
            1 => letters[0] = letters[0].to_ascii_uppercase(),
            2 => letters.insert(at, pick(maker, attacks::SKIPPED)),
            3 => letters.insert(0, pick(maker, attacks::BEFORE_SCHEMES)),
            4 => {
                let form = maker.random.below(FORMS);
                for letter in &mut letters {
                    *letter = in_form(form, letter);
                }
            }
            _ => {
                let form = maker.random.below(FORMS);
                letters[at] = in_form(form, &letters[at]);
            }
        }
    }
    if maker.random.one_in(8) {
        letters.pop();
        letters.push(pick(maker, &["&colon;", "&#58;", "&#x3a", "%3a", "\u{ff1a}", "&colon"]));
    }
    letters.concat()
}

/// A mark of the context, written in another form.
fn encoded(context: Context, maker: &mut Maker<'_>) -> String {
    let mark = pick(maker, context.pieces());
    let mark = if maker.plain || !maker.random.one_in(8) { mark } else { any_char(maker).to_string() };
    let form = maker.random.below(FORMS);
    mark.chars().take(12).map(|it| in_form(form, &it.to_string())).collect()
}

/// Ways to write a character by its number.
const FORMS: usize = 9;

const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];

/// A single character in one of these ways; anything longer as it is.
fn in_form(form: usize, letter: &str) -> String {
    let mut letters = letter.chars();
    let (Some(only), None) = (letters.next(), letters.next()) else { return letter.to_string() };
    let code = u32::from(only);
    match form {
        0 | 1 => format!("&#{code}"),
        2 => format!("&#{code};"),
        3 => format!("&#x{code:x}"),
        4 => format!("&#X{code:04X};"),
        5 => format!("&#{code:07}"),
        6 => letter
            .bytes()
            .flat_map(|byte| ['%', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]])
            .collect(),
        7 => format!("\\u{code:04x}"),
        _ => format!("\\x{code:02x}"),
    }
}

/// The choices with letters in place of all that could mean anything: as many texts, each as long as it was.
pub(crate) fn harmless(mut tape: Tape) -> Tape {
    let mut count = 0;
    for choice in &mut tape {
        match choice {
            Choice::Text(text) => *text = letters(text.chars().count(), &mut count),
            Choice::Bytes(bytes) => *bytes = letters(bytes.len(), &mut count).into_bytes(),
            _ => {}
        }
    }
    tape
}

/// Letters that stand nowhere by chance; a text that is too short for that becomes longer.
fn letters(length: usize, count: &mut usize) -> String {
    const SHORTEST: usize = 8;
    const MIXED: &[u8] = b"bcdfghjkmnpqrtvwxz";
    if length == 0 {
        return String::new();
    }
    let (own, other) = (*count % MIXED.len(), *count / MIXED.len() % MIXED.len());
    *count += 1;
    let own = [MIXED[own], MIXED[other], b'J'].map(char::from);
    "KqzWv".chars().chain(own).chain("Kqzwvjx".chars().cycle()).take(length.max(SHORTEST)).collect()
}

/// Where absolute addresses stand in a text.
fn known_addresses(text: &str) -> Vec<Range<usize>> {
    let ends =
        |it: char| it.is_whitespace() || matches!(it, ')' | '>' | '<' | '"' | '\'' | ']' | '|' | '`' | '}');
    let is_scheme = |it: char| it.is_ascii_alphanumeric() || matches!(it, '+' | '.' | '-');
    let colons = text.match_indices(':').map(|(at, _)| at);
    let found = colons.filter_map(|colon| {
        let start = text[..colon]
            .rfind(|it| !is_scheme(it))
            .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let rest = &text[colon + 1..];
        let end = colon + 1 + rest.find(ends).unwrap_or(rest.len());
        (start < colon && end > colon + 1).then_some(start..end)
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::random::Random;

    /// How many values it takes until one is `found`.
    fn tries(make: impl Fn(&mut Maker<'_>) -> String, found: impl Fn(&str) -> bool) -> Option<u64> {
        let dictionary = Dictionary::default();
        (0..20_000).find(|index| {
            let mut random = Random::for_case(3, *index);
            let text = make(&mut Maker::for_tests(&mut random, &dictionary, *index, &mut 0));
            found(&text)
        })
    }

    #[test]
    fn addresses_of_a_sample_are_found() {
        let text = "[a](https://e.org/x) <mailto:b@c> é:x \"ftp://y\" a: b";
        let found: Vec<&str> = known_addresses(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["https://e.org/x", "mailto:b@c", "ftp://y"]);
    }

    #[test]
    fn every_disguise_is_tried_soon() {
        let link = |maker: &mut Maker<'_>| {
            let mut text = "[a](https://example.org/x)".to_string();
            change(&mut text, Context::Html, maker);
            text
        };
        let soon = |found: &dyn Fn(&str) -> bool| tries(link, found).is_some_and(|tries| tries < 4_000);
        assert!(soon(&|text| text.starts_with("[a](javascript:")));
        assert!(
            soon(&|text| text.starts_with("[a](J") && text.to_lowercase().starts_with("[a](javascript:"))
        );
        assert!(soon(
            &|text| text.starts_with("[a](&#106&#97&#118") || text.starts_with("[a](&#x6a&#x61&#x76")
        ));
        assert!(soon(&|text| text.contains("\tscript")
            || text.contains("&Tab;script")
            || text.contains("java\t")));
    }

    #[test]
    fn a_sample_becomes_an_option_soon() {
        let address = |maker: &mut Maker<'_>| {
            let mut text = "a@example.org".to_string();
            change(&mut text, Context::Argv, maker);
            text
        };
        let found = tries(address, |text| text == "-a@example.org");
        assert!(found.is_some_and(|tries| tries < 40), "{found:?}");
    }

    #[test]
    fn every_context_has_pieces_of_its_own() {
        let names = [
            "html",
            "attribute",
            "url",
            "sql",
            "shell",
            "argv",
            "header",
            "smtp",
            "csv",
            "log_line",
            "terminal",
            "json",
            "xml",
            "path",
        ];
        for name in names {
            let context = Context::named(name).expect("a context");
            assert!(context.pieces().len() > 8, "{name}");
            let made = |maker: &mut Maker<'_>| value(context, maker);
            let known = context.pieces()[3];
            assert!(tries(made, |text| text.contains(known)).is_some(), "{name}");
        }
        assert_eq!(Context::named("paper"), None);
    }
}
