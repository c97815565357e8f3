//! JSON as a tree whose texts and numbers are kept as they are written.

use std::fmt::Write as _;

use super::tree::{Grammar, Node, Sort};
use super::word;
use crate::mutate;
use crate::show::show_text;
use crate::tape::Maker;

const NULL: usize = 0;
const FALSE: usize = 1;
const TRUE: usize = 2;
const NUMBER: usize = 3;
const TEXT: usize = 4;
const ARRAY: usize = 5;
const OBJECT: usize = 6;
const MEMBER: usize = 7;
const RAW: usize = 8;
const DOCUMENT: usize = 9;

pub(super) static GRAMMAR: Grammar = Grammar {
    sorts: &[
        Sort::EMPTY,
        Sort::EMPTY,
        Sort::EMPTY,
        Sort { quirks: 1, ..Sort::LEAF },
        Sort { quirks: 3, repeats: true, ..Sort::LEAF },
        Sort { quirks: 3, repeats: true, ..Sort::BRANCH },
        Sort { quirks: 3, repeats: true, ..Sort::BRANCH },
        Sort { quirks: 2, has_text: true, ..Sort::BRANCH },
        Sort { quirks: 1, ..Sort::LEAF },
        Sort { quirks: 3, ..Sort::BRANCH },
    ],
    root: DOCUMENT,
    read,
    made,
    part,
    retext,
    write: |node| {
        let mut out = Vec::new();
        write(node, &mut out);
        out
    },
    shown: |_, bytes| show_text(&String::from_utf8_lossy(bytes)),
};

const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "1",
    "-1",
    "0.1",
    "1e1",
    "1E400",
    "-1e400",
    "1e-400",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "4294967296",
    "2147483648",
    "255",
    "256",
    "1.7976931348623159e308",
    "0.000000000000000000000000000001",
    "100000000000000000000000000000000000000000",
    "1.0",
    "1e0",
];

/// What readers take for numbers, and JSON does not.
const NO_NUMBERS: &[&str] =
    &["NaN", "Infinity", "-Infinity", "01", "+1", ".5", "1.", "0x10", "1e", "--1", "1_000", "-", "inf"];

const TEXTS: &[&str] = &[
    "",
    "a",
    "\\ud800",
    "\\udc00",
    "\\ud83d\\ude00",
    "\\ude00\\ud83d",
    "\\u0000",
    "\\u0022",
    "\\\\",
    "\\/",
    "\\n",
    "\\uFFFF",
    "\\u00e9",
    "é",
    "\u{2028}",
    "\u{feff}",
    "__proto__",
    "constructor",
    "$ref",
    "true",
    "1",
    "2020-02-30T25:61:61Z",
    "\\u001f",
];

fn made(maker: &mut Maker<'_>) -> Node {
    let value = value(maker, 3);
    Node::of(DOCUMENT, vec![value])
}

fn part(maker: &mut Maker<'_>, of: usize) -> Node {
    match of {
        OBJECT => member(maker, 2),
        _ => value(maker, 2),
    }
}

fn member(maker: &mut Maker<'_>, depth: usize) -> Node {
    let key = word(maker, TEXTS);
    Node::text(MEMBER, key).with(vec![value(maker, depth)])
}

fn value(maker: &mut Maker<'_>, depth: usize) -> Node {
    let sorts = if depth == 0 { 6 } else { 12 };
    let count = maker.random.small(6);
    match maker.random.below(sorts) {
        0 => Node::new(NULL),
        1 => Node::new(if maker.random.one_in(2) { TRUE } else { FALSE }),
        2 | 3 => Node::text(NUMBER, number(maker)),
        4 | 5 => Node::text(TEXT, word(maker, TEXTS)),
        6..=8 => Node::of(ARRAY, (0..count).map(|_| value(maker, depth - 1)).collect()),
        _ => Node::of(OBJECT, (0..count).map(|_| member(maker, depth - 1)).collect()),
    }
}

fn number(maker: &mut Maker<'_>) -> String {
    if maker.random.one_in(3) {
        return mutate::text::number(maker);
    }
    maker.random.pick(NUMBERS).copied().unwrap_or("0").to_owned()
}

fn retext(node: &mut Node, maker: &mut Maker<'_>) {
    let text = match node.sort {
        NUMBER if maker.random.one_in(4) => {
            node.quirk = 1;
            maker.random.pick(NO_NUMBERS).copied().unwrap_or_default().to_owned()
        }
        NUMBER => number(maker),
        _ if maker.random.one_in(3) => mutate::text::piece(maker),
        _ => word(maker, TEXTS),
    };
    node.text = text.into_bytes();
}

fn write(node: &Node, out: &mut Vec<u8>) {
    match node.sort {
        NULL => out.extend(b"null"),
        FALSE => out.extend(b"false"),
        TRUE => out.extend(b"true"),
        NUMBER => match std::str::from_utf8(&node.text) {
            Ok(text) if node.quirk == 0 && !is_number(text) => out.extend(nearest_number(text).into_bytes()),
            _ => out.extend(&node.text),
        },
        TEXT => write_text(node, node.times + 1, out),
        ARRAY => write_list(node, b"[", b"]", out),
        OBJECT => write_object(node, out),
        MEMBER => match node.below.first() {
            Some(value) => write(value, out),
            None => out.extend(b"null"),
        },
        RAW if node.quirk == 1 => out.extend(&node.text),
        RAW => write_text(node, 1, out),
        _ => {
            if node.quirk == 1 {
                out.extend("\u{feff}".as_bytes());
            }
            match node.below.split_first() {
                None => out.extend(b"null"),
                Some((first, others)) => {
                    write(first, out);
                    // A document has one value; whatever else is there comes behind it, if that is wished.
                    for other in others.iter().filter(|_| node.quirk == 2) {
                        out.push(b' ');
                        write(other, out);
                    }
                }
            }
            if node.quirk == 3 {
                out.extend(b" // comment");
            }
        }
    }
}

fn write_text(node: &Node, times: usize, out: &mut Vec<u8>) {
    let quote = if node.quirk == 2 { b'\'' } else { b'"' };
    out.push(quote);
    let inside = if node.quirk == 1 { node.text.clone() } else { escaped(&node.text) };
    for _ in 0..times.min(1 + (1 << 20) / inside.len().max(1)) {
        out.extend(&inside);
    }
    if node.quirk != 3 {
        out.push(quote);
    }
}

fn write_list(node: &Node, open: &[u8], close: &[u8], out: &mut Vec<u8>) {
    out.extend(open.repeat(node.times + 1));
    separated(node, out, &mut |part, out| write(part, out));
    if node.quirk == 2 {
        return;
    }
    out.extend(close.repeat(node.times + 1));
}

fn write_object(node: &Node, out: &mut Vec<u8>) {
    let key = node
        .below
        .first()
        .filter(|first| first.sort == MEMBER)
        .map_or(b"a".to_vec(), |first| escaped(&first.text));
    let open = [b"{\"".as_slice(), &key, b"\":"].concat();
    out.extend(open.repeat(node.times));
    out.push(b'{');
    separated(node, out, &mut |part, out| {
        if part.quirk != 2 || part.sort != MEMBER {
            let key = Node {
                quirk: 0,
                sort: TEXT,
                text: if part.sort == MEMBER { part.text.clone() } else { Vec::new() },
                ..Node::default()
            };
            write_text(&key, 1, out);
        } else {
            out.extend(&part.text);
        }
        out.push(if part.sort == MEMBER && part.quirk == 1 { b'=' } else { b':' });
        write(part, out);
    });
    if node.quirk != 2 {
        out.extend(b"}".repeat(node.times + 1));
    }
}

fn separated(node: &Node, out: &mut Vec<u8>, each: &mut dyn FnMut(&Node, &mut Vec<u8>)) {
    for (at, part) in node.below.iter().enumerate() {
        if at > 0 {
            out.push(if node.quirk == 3 { b' ' } else { b',' });
        }
        each(part, out);
    }
    if node.quirk == 1 {
        out.push(b',');
    }
}

/// The inside of a text with everything escaped that has to be, and the escapes that are there kept.
fn escaped(text: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(letter) = rest.next() {
        match letter {
            '\\' => {
                let next = rest.as_str();
                let is_hex = |text: &str| {
                    text.len() >= 5 && text.bytes().skip(1).take(4).all(|it| it.is_ascii_hexdigit())
                };
                match next.chars().next() {
                    Some(mark @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't')) => {
                        out.extend(['\\', mark]);
                        rest.next();
                    }
                    Some('u') if is_hex(next) => out.push('\\'),
                    _ => out.push_str("\\\\"),
                }
            }
            '"' => out.push_str("\\\""),
            control if u32::from(control) < 0x20 => _ = write!(out, "\\u{:04x}", u32::from(control)),
            letter => out.push(letter),
        }
    }
    out.into_bytes()
}

fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let rest = text.strip_prefix('-').unwrap_or(text);
    let (rest, power) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => (rest, None),
    };
    let (whole, part) = match rest.split_once('.') {
        Some((whole, part)) => (whole, Some(part)),
        None => (rest, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && part.is_none_or(digits)
        && power.is_none_or(|power| digits(power.strip_prefix(['+', '-']).unwrap_or(power)))
}

fn nearest_number(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    let sign = if text.starts_with('-') { "-" } else { "" };
    if digits.is_empty() { "0".to_owned() } else { format!("{sign}{digits}") }
}

/// Nesting that a sample may have.
const DEEPEST: usize = 100;

fn read(bytes: &[u8]) -> Option<Node> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut reader = Reader { text: text.trim_start_matches('\u{feff}') };
    let value = reader.value(0)?;
    reader.space();
    reader.text.is_empty().then(|| Node::of(DOCUMENT, vec![value]))
}

struct Reader<'t> {
    text: &'t str,
}

impl<'t> Reader<'t> {
    fn space(&mut self) {
        self.text = self.text.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    fn takes(&mut self, mark: char) -> bool {
        self.space();
        let rest = self.text.strip_prefix(mark);
        self.text = rest.unwrap_or(self.text);
        rest.is_some()
    }

    fn value(&mut self, depth: usize) -> Option<Node> {
        self.space();
        for (word, sort) in [("null", NULL), ("false", FALSE), ("true", TRUE)] {
            if let Some(rest) = self.text.strip_prefix(word) {
                self.text = rest;
                return Some(Node::new(sort));
            }
        }
        match self.text.chars().next()? {
            _ if depth > DEEPEST => None,
            '"' => Some(Node::text(TEXT, self.quoted()?)),
            '[' => self.list(']', depth).map(|parts| Node::of(ARRAY, parts)),
            '{' => self.list('}', depth).map(|parts| Node::of(OBJECT, parts)),
            _ => {
                let end = self.text.find(|it: char| !it.is_ascii_alphanumeric() && !"+-.".contains(it));
                let (number, rest) = self.text.split_at(end.unwrap_or(self.text.len()));
                self.text = rest;
                is_number(number).then(|| Node::text(NUMBER, number))
            }
        }
    }

    fn list(&mut self, end: char, depth: usize) -> Option<Vec<Node>> {
        self.text = &self.text[1..];
        let mut parts = Vec::new();
        if self.takes(end) {
            return Some(parts);
        }
        loop {
            if end == '}' {
                self.space();
                let key = self.quoted()?;
                if !self.takes(':') {
                    return None;
                }
                parts.push(Node::text(MEMBER, key).with(vec![self.value(depth + 1)?]));
            } else {
                parts.push(self.value(depth + 1)?);
            }
            if self.takes(end) {
                return Some(parts);
            }
            if !self.takes(',') {
                return None;
            }
        }
    }

    /// What stands between quotes, as it is written.
    fn quoted(&mut self) -> Option<&'t str> {
        let inside = self.text.strip_prefix('"')?;
        let mut escaped = false;
        for (at, byte) in inside.bytes().enumerate() {
            match byte {
                b'"' if !escaped => {
                    self.text = &inside[at + 1..];
                    return Some(&inside[..at]);
                }
                b'\\' => escaped = !escaped,
                _ => escaped = false,
            }
        }
        None
    }
}
