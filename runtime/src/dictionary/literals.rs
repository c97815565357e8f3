//! Takes Rust source as text, gives its literals, the names it mentions, and its items with what each of them says.
//!
//! A scanner of its own, because it has to get through megabytes of other people's sources before the first case is
//! tried, in a build without optimization where it comes to that, and whatever edition or syntax they have.
//! Never fails: what is no Rust gives odd words.

use std::collections::BTreeSet;
use std::path::Path;

use super::near::{Item, Place};

/// What sources say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Literals {
    /// Content of string, byte-string and character literals.
    pub(super) words: BTreeSet<String>,
    /// Those that stand where code compares or looks for something: what inputs are made of.
    pub(super) sought: BTreeSet<String>,
    /// Whole numbers.
    pub(super) numbers: BTreeSet<u128>,
    /// Identifiers.
    pub(super) names: BTreeSet<String>,
    /// Functions and constants with what stands in them; what stands in one inside of another is not the other's.
    pub(super) items: Vec<Item>,
}

impl Literals {
    /// Reads a file, if it can be read.
    pub(super) fn read_file(&mut self, path: &Path) {
        if let Ok(text) = std::fs::read_to_string(path) {
            let from = self.items.len();
            self.read(&text);
            self.items[from..].iter_mut().for_each(|item| item.place = Place::of(path));
        }
    }

    /// Reads source.
    pub(super) fn read(&mut self, source: &str) {
        let mut before = Before::default();
        let mut rest = source;
        while let Some(first) = rest.chars().next() {
            rest = match first {
                '/' if rest.starts_with("//") => behind(rest, "\n"),
                '/' if rest.starts_with("/*") => behind_comment(rest),
                '"' => self.text(&rest[1..], &mut before),
                '\'' => self.character(&rest[1..], &mut before),
                '0'..='9' => self.number(rest, &mut before),
                first if first == '_' || first.is_alphabetic() => self.name(rest, &mut before),
                first => {
                    before.mark(first);
                    self.items.extend(before.open.mark(first));
                    &rest[first.len_utf8()..]
                }
            };
        }
        self.items.extend(before.open.end());
    }

    /// A literal that was read, with what stands in front of it and behind it.
    fn word(&mut self, bytes: Vec<u8>, before: &mut Before<'_>, rest: &str) {
        let Ok(word) = String::from_utf8(bytes) else { return };
        let rest = rest.trim_start();
        let is_pattern = rest.starts_with("=>") || (rest.starts_with('|') && !rest.starts_with("||"));
        let is_sought = (is_pattern || before.seeks()) && !is_prose(&word);
        if let Some(item) = before.open.last() {
            if is_sought { &mut item.sought } else { &mut item.words }.push(word.clone());
        }
        if is_sought { &mut self.sought } else { &mut self.words }.insert(word);
    }

    /// An identifier, or the prefix of a literal.
    fn name<'s>(&mut self, source: &'s str, before: &mut Before<'s>) -> &'s str {
        let (name, rest) = split(source, |c| c == '_' || c.is_alphanumeric());
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        match name {
            "r" | "br" | "cr" if rest[hashes..].starts_with('"') => {
                self.raw(&rest[hashes + 1..], hashes, before)
            }
            "b" | "c" if rest.starts_with('"') => self.text(&rest[1..], before),
            "b" if rest.starts_with('\'') => self.character(&rest[1..], before),
            _ => {
                before.name(name);
                self.names.insert(name.to_string());
                rest
            }
        }
    }

    /// From behind the opening quote.
    fn text<'s>(&mut self, source: &'s str, before: &mut Before<'_>) -> &'s str {
        let mut bytes = Vec::new();
        let mut rest = source;
        while let Some(first) = rest.chars().next() {
            match first {
                '"' => {
                    rest = &rest[1..];
                    break;
                }
                '\\' => rest = unescaped(rest, &mut bytes),
                _ => {
                    let (character, behind) = rest.split_at(first.len_utf8());
                    bytes.extend(character.as_bytes());
                    rest = behind;
                }
            }
        }
        self.word(bytes, before, rest);
        rest
    }

    /// From behind the opening quote of a raw string with so many hashes.
    fn raw<'s>(&mut self, source: &'s str, hashes: usize, before: &mut Before<'_>) -> &'s str {
        let end = format!("\"{}", "#".repeat(hashes));
        let (text, rest) = source.split_once(&end).unwrap_or((source, ""));
        self.word(text.as_bytes().to_vec(), before, rest);
        rest
    }

    /// From behind a single quote: a character, or the name of a lifetime.
    fn character<'s>(&mut self, source: &'s str, before: &mut Before<'_>) -> &'s str {
        let mut bytes = Vec::new();
        let rest = match source.chars().next() {
            Some('\\') => unescaped(source, &mut bytes),
            Some(first) => {
                let (character, rest) = source.split_at(first.len_utf8());
                bytes.extend(character.as_bytes());
                rest
            }
            None => return source,
        };
        match rest.strip_prefix('\'') {
            Some(rest) => {
                self.word(bytes, before, rest);
                rest
            }
            None => source,
        }
    }

    /// A number; of one with a point, both parts.
    fn number<'s>(&mut self, source: &'s str, before: &mut Before<'_>) -> &'s str {
        let (token, rest) = split(source, |c| c == '_' || c.is_ascii_alphanumeric());
        let (digits, radix) = match token.get(..2) {
            Some("0x") => (&token[2..], 16),
            Some("0o") => (&token[2..], 8),
            Some("0b") => (&token[2..], 2),
            _ => (token, 10),
        };
        // A suffix such as `u8` or `usize` begins with a letter that is no digit of any radix.
        let digits = digits.split(['u', 'i']).next().unwrap_or_default().replace('_', "");
        if let Ok(number) = u128::from_str_radix(&digits, radix) {
            before.open.last().into_iter().for_each(|item| item.numbers.push(number));
            self.numbers.insert(number);
        }
        rest
    }
}

/// What stands in front of a literal.
#[derive(Debug, Default)]
struct Before<'s> {
    /// The last identifier.
    name: &'s str,
    /// The marks behind it, the last two.
    marks: [char; 2],
    /// The items it stands in.
    open: Open,
}

/// Calls whose text is for people, or for what comes out.
const NOT_SOUGHT: &[&str] = &[
    "Err",
    "context",
    "custom",
    "debug_struct",
    "debug_tuple",
    "doc",
    "expect",
    "expect_err",
    "field",
    "msg",
    "new",
    "other",
    "push_str",
    "unwrap_or",
    "with_context",
    "write_all",
    "write_str",
];

impl<'s> Before<'s> {
    fn name(&mut self, name: &'s str) {
        self.open.name(name, (self.marks == [' ', ' ']).then_some(self.name), self.marks[1]);
        (self.name, self.marks) = (name, [' ', ' ']);
    }

    fn mark(&mut self, mark: char) {
        if !mark.is_whitespace() {
            self.marks = [self.marks[1], mark];
        }
    }

    /// Whether a literal here is something that the code looks for: compared, an argument, or part of a constant.
    fn seeks(&self) -> bool {
        let is_argument = self.marks == [' ', '('] && !NOT_SOUGHT.contains(&self.name);
        is_argument || self.open.in_constant() || matches!(self.marks, ['=' | '!', '='])
    }
}

/// Items that have begun and not ended, each inside of the one before.
#[derive(Debug, Default)]
struct Open {
    /// Each with the depth it began at, and whether a body of its own ends it.
    items: Vec<(Item, usize, bool)>,
    /// Brackets of any sort that are open.
    depth: usize,
    /// The keyword of a constant came last, where no type or parameter has it.
    is_constant: bool,
}

impl Open {
    /// Whether what comes is a part of a constant's value.
    fn in_constant(&self) -> bool {
        self.items.last().is_some_and(|(_, _, has_body)| !has_body)
    }

    fn last(&mut self) -> Option<&mut Item> {
        self.items.last_mut().map(|(item, ..)| item)
    }

    /// A name, with the one directly in front of it, if one is, or else with the mark.
    fn name(&mut self, name: &str, behind: Option<&str>, mark: char) {
        let is_function = behind == Some("fn");
        let is_constant = self.is_constant && matches!(behind, Some("const" | "static" | "mut" | "ref"));
        self.is_constant = match name {
            "const" | "static" => !matches!(mark, '<' | ',' | '*' | '\'' | '&') || behind.is_some(),
            "mut" | "ref" => is_constant,
            _ => false,
        };
        if is_function
            || (is_constant && !matches!(name, "fn" | "mut" | "ref" | "unsafe" | "async" | "extern"))
        {
            let item = Item { name: name.to_string(), ..Item::default() };
            self.items.push((item, self.depth, is_function));
        } else if let Some(item) = self.last()
            && !item.names.iter().any(|known| known == name)
        {
            item.names.push(name.to_string());
        }
    }

    /// A mark; gives the item that ends with it.
    fn mark(&mut self, mark: char) -> Option<Item> {
        match mark {
            '(' | '[' | '{' => self.depth += 1,
            ')' | ']' | '}' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        let (_, depth, has_body) = self.items.last()?;
        let ends = match mark {
            '}' => self.depth < *depth || (*has_body && self.depth == *depth),
            ';' => self.depth == *depth,
            _ => false,
        };
        ends.then(|| self.items.pop()).flatten().map(|(item, ..)| item)
    }

    /// What has not ended where the source ends.
    fn end(self) -> impl Iterator<Item = Item> {
        self.items.into_iter().map(|(item, ..)| item)
    }
}

/// Texts for people have spaces.
fn is_prose(word: &str) -> bool {
    word.len() > 40 || word.trim().split(' ').count() > 2
}

fn split(source: &str, inside: impl Fn(char) -> bool) -> (&str, &str) {
    source.split_at(source.find(|c| !inside(c)).unwrap_or(source.len()))
}

fn behind<'s>(source: &'s str, mark: &str) -> &'s str {
    source.split_once(mark).map_or("", |(_, rest)| rest)
}

/// Comments of this form stand in each other.
fn behind_comment(source: &str) -> &str {
    let mut depth = 0;
    let mut rest = source;
    loop {
        let Some(at) = rest.find(['/', '*']) else { return "" };
        let mark = rest.get(at..at + 2);
        match mark {
            Some("/*") => depth += 1,
            Some("*/") => depth -= 1,
            _ => {
                rest = &rest[at + 1..];
                continue;
            }
        }
        rest = &rest[at + 2..];
        if depth == 0 {
            return rest;
        }
    }
}

/// Adds what the escape at the start of `source` stands for; gives what is behind it.
fn unescaped<'s>(source: &'s str, bytes: &mut Vec<u8>) -> &'s str {
    let Some(kind) = source[1..].chars().next() else { return "" };
    let rest = &source[1 + kind.len_utf8()..];
    match kind {
        'n' => bytes.push(b'\n'),
        't' => bytes.push(b'\t'),
        'r' => bytes.push(b'\r'),
        '0' => bytes.push(0),
        '\n' => return rest.trim_start(),
        'x' => {
            bytes.extend(rest.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()));
            return rest.get(2..).unwrap_or_default();
        }
        'u' => {
            let (digits, behind) = rest.split_once('}').unwrap_or((rest, ""));
            let digits = digits.trim_start_matches('{').replace('_', "");
            let character = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
            bytes.extend(character.map(String::from).unwrap_or_default().bytes());
            return behind;
        }
        other => bytes.extend(other.to_string().bytes()),
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> (Vec<String>, Vec<u128>) {
        let mut literals = Literals::default();
        literals.read(source);
        literals.words.append(&mut literals.sought);
        (literals.words.into_iter().collect(), literals.numbers.into_iter().collect())
    }

    #[test]
    fn literals_are_read_and_prose_is_not() {
        let (words, numbers) = read(
            "/// some prose \"quoted\"\n/* and /* more */ \"of it\" */const A: &str = \"xn--\"; const B: &[u8] = b\"\\x7fELF\"; fn f(c: char) -> bool { c == 'é' || 0xFF == 10_000u32 || 1.5 > 0b11 }",
        );
        assert_eq!(
            words,
            ["xn--", "\u{7f}ELF", "é"]
                .map(String::from)
                .into_iter()
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect::<Vec<_>>()
        );
        assert_eq!(numbers, [1, 3, 5, 255, 10_000]);
    }

    #[test]
    fn what_code_looks_for_is_told_from_what_it_says() {
        let mut literals = Literals::default();
        literals.read(
            r#"const KEY: &str = ";key="; static ALL: [&str; 2] = ["a", "b"];
            fn f(x: &str) -> Result<(), String> {
                if x == "same" || x.starts_with("start") { panic!("no {x}") }
                match x { "arm" | "other" => {} _ => return Err("said".into()) }
                let n = map.get("name").expect("it is there");
                log("this is a message for people");
                tag::<_, E>('+')(x)
            }"#,
        );
        let sought: Vec<&str> = literals.sought.iter().map(String::as_str).collect();
        assert_eq!(sought, [";key=", "a", "arm", "b", "name", "other", "same", "start"]);
        let words: Vec<&str> = literals.words.iter().map(String::as_str).collect();
        assert_eq!(words, ["+", "it is there", "no {x}", "said", "this is a message for people"]);
    }

    #[test]
    fn what_an_item_says_is_told_from_what_others_say() {
        let mut literals = Literals::default();
        literals.read(
            r#"impl<const N: usize> A<N> { const MARKS: &[(char, [u8; 2])] = &[('a', [1; 2]), ('b', [3, 4])];
                const fn first<const M: usize>(self: &'static Self, x: *const u8) -> [u8; 4] {
                    fn inner() { deep("in") }
                    static mut SEEN: u8 = 5;
                    if x == "out" { call(MARKS, 6) }
                }
                fn declared(x: [u8; 7]) -> u8; }
            lazy! { static ref TABLE: Vec<u8> = made("t"); } fn last() { "end" "#,
        );
        let items: Vec<(&str, String)> = literals
            .items
            .iter()
            .map(|item| {
                (item.name.as_str(), format!("{:?} {:?} {:?}", item.sought, item.words, item.numbers))
            })
            .collect();
        let expected = [
            ("MARKS", r#"["a", "b"] [] [2, 1, 2, 3, 4]"#),
            ("inner", r#"["in"] [] []"#),
            ("SEEN", "[] [] [5]"),
            ("first", r#"["out"] [] [4, 6]"#),
            ("declared", "[] [] [7]"),
            ("TABLE", r#"["t"] [] []"#),
            ("last", r#"[] ["end"] []"#),
        ];
        let expected = expected.map(|(name, says)| (name, says.to_string()));
        assert_eq!(items, expected);
        let first = literals.items.iter().find(|item| item.name == "first").expect("it is there");
        assert!(first.names.contains(&"MARKS".to_string()) && first.names.contains(&"call".to_string()));
        assert!(!first.names.contains(&"deep".to_string()), "{:?}", first.names);
    }

    #[test]
    fn escapes_stand_for_what_they_stand_for_in_rust() {
        let source = r##"["a\"b", "tab\t", "\u{1F600}\
            x", r"raw\n", r#"with "quotes" in"#, br"bytes", '\'', '\\', '\u{e9}', b'\n', "\xff"]"##;
        let mut expected = vec![
            "a\"b",
            "tab\t",
            "\u{1F600}x",
            "raw\\n",
            "with \"quotes\" in",
            "bytes",
            "'",
            "\\",
            "é",
            "\n",
        ];
        // The last one is no character by itself; the escape of a byte string is.
        expected.sort_unstable();
        assert_eq!(read(source).0, expected);
    }

    #[test]
    fn lifetimes_are_no_characters() {
        assert_eq!(read("fn f<'a>(x: &'a str, y: &'static [u8]) -> Cow<'a, str> { 'q' }").0, ["q"]);
    }

    #[test]
    fn what_ends_in_the_middle_of_a_literal_is_read_as_far_as_it_goes() {
        for source in
            ["\"abc", "r#\"abc", "'", "'\\", "\"\\", "\"\\u{", "/* /* */", "b'", "0x", "'\\x", "\"\\x4"]
        {
            read(source);
        }
    }
}
