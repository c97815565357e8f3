//! BER and DER: lengths are made from what they are the length of, in several forms.

use super::tree::{Grammar, Node, Sort};
use crate::hex::hex;
use crate::mutate;
use crate::show::show_bytes;
use crate::tape::Maker;

const VALUE: usize = 0;
/// A value of values: its own bytes come first, such as the count of unused bits of a bit string.
const VALUES: usize = 1;
const DOCUMENT: usize = 2;

/// Ways to write a length: right but longer, without end, wrong by one, far too large, reserved, nothing.
const LONGER: usize = 1;
const LONGEST: usize = 2;
const INDEFINITE: usize = 3;
const ONE_MORE: usize = 4;
const ONE_LESS: usize = 5;
const HUGE: usize = 6;
const OVERFLOWING: usize = 7;
const RESERVED: usize = 8;
const NONE: usize = 9;
const NEARLY_HUGE: usize = 10;

pub(super) static GRAMMAR: Grammar = Grammar {
    sorts: &[
        Sort { quirks: NEARLY_HUGE, has_code: true, ..Sort::LEAF },
        Sort { quirks: NEARLY_HUGE, has_code: true, has_text: true, repeats: true, ..Sort::BRANCH },
        Sort { quirks: 1, ..Sort::BRANCH },
    ],
    root: DOCUMENT,
    read,
    made,
    part: |maker, _| value(maker, 2),
    retext,
    write: |node| {
        let mut out = Vec::new();
        write(node, &mut out);
        out
    },
    shown: |node, bytes| {
        if bytes.len() > 96 { show_bytes(bytes) } else { format!("{} (hex {})", described(node), hex(bytes)) }
    },
};

const TAGS: &[u32] = &[
    0x02, 0x02, 0x06, 0x06, 0x01, 0x03, 0x04, 0x05, 0x0a, 0x0c, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1e, 0x80,
    0x81, 0x82, 0x09, 0x00, 0x1f,
];
/// Those that a tag of a context often stands for.
const IMPLICIT: &[u32] = &[0x01, 0x02, 0x03, 0x04, 0x06, 0x0a, 0x0c, 0x16, 0x18];
const GROUPS: &[u32] = &[0x30, 0x30, 0x30, 0x31, 0xa0, 0xa1, 0xa3, 0x24, 0x23, 0x61];

fn made(maker: &mut Maker<'_>) -> Node {
    let count = maker.random.small(4);
    let parts = (0..=count).map(|_| value(maker, 3)).collect();
    Node::of(DOCUMENT, vec![Node::of(VALUES, parts).code(0x30)])
}

fn value(maker: &mut Maker<'_>, depth: usize) -> Node {
    if depth > 0 && maker.random.one_in(3) {
        let code = maker.random.pick(GROUPS).copied().unwrap_or(0x30);
        let count = maker.random.small(5);
        return Node::of(VALUES, (0..count).map(|_| value(maker, depth - 1)).collect()).code(code);
    }
    let mut node = Node::new(VALUE).code(maker.random.pick(TAGS).copied().unwrap_or(5));
    node.text = content(node.code, maker);
    node
}

/// What is right for a tag, or nearly so.
fn content(tag: u32, maker: &mut Maker<'_>) -> Vec<u8> {
    let of =
        |all: &[&[u8]], maker: &mut Maker<'_>| maker.random.pick(all).map_or_else(Vec::new, |it| it.to_vec());
    match tag {
        0x01 => of(&[b"\0", b"\xff", b"\x01", b"", b"\0\0"], maker),
        0x02 | 0x0a => match maker.random.below(3) {
            0 => of(
                &[
                    b"\0",
                    b"\x7f",
                    b"\x80",
                    b"\0\x80",
                    b"\0\0",
                    b"\xff\xff",
                    b"\0\xff\xff\xff\xff",
                    b"\x7f\xff\xff\xff\xff\xff\xff\xff",
                    b"\x80\0\0\0\0\0\0\0",
                    b"\0\xff\xff\xff\xff\xff\xff\xff\xff",
                    b"",
                ],
                maker,
            ),
            1 => vec![[0, 0x7f, 0xff][maker.random.below(3)]; maker.random.small(300)],
            _ => (0..=maker.random.small(20)).map(|_| mutate::bytes::any_byte(maker)).collect(),
        },
        0x03 => of(&[b"\0", b"", b"\x07", b"\x07\x80", b"\x08\x01", b"\0\x55", b"\xff"], maker),
        0x05 => of(&[b"", b"", b"\0"], maker),
        0x06 => of(
            &[
                b"\x55\x04\x03",
                b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b",
                b"\x80\x01",
                b"\x2a\x86",
                b"\x2a\xff\xff\xff\xff\x7f",
                b"\x2a\x8f\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
                b"",
                b"\x81\x34\x03",
                b"\x78",
            ],
            maker,
        ),
        0x17 | 0x18 => of(
            &[
                b"200101000000Z",
                b"20200101000000Z",
                b"500101000000Z",
                b"991231235960Z",
                b"20200230000000Z",
                b"2001010000Z",
                b"200101000000+0100",
                b"00000000000000Z",
                b"20200101000000.999999999999Z",
                b"2001\xc3\xa9",
                b"",
            ],
            maker,
        ),
        0x0c | 0x13..=0x16 | 0x1e => mutate::text::piece(maker).into_bytes(),
        // Tags of a context stand for any of the others.
        0x80..=0x9f if !maker.random.one_in(4) => {
            let other = maker.random.pick(IMPLICIT).copied().unwrap_or(0x02);
            content(other, maker)
        }
        _ => mutate::bytes::piece(maker),
    }
}

fn retext(node: &mut Node, maker: &mut Maker<'_>) {
    if maker.random.one_in(3) {
        let known = if node.sort == VALUE { TAGS } else { GROUPS };
        node.code = match maker.random.below(4) {
            0 => maker.random.below(256) as u32,
            // A tag of several bytes.
            1 => 0x100 | maker.random.next() as u32 >> maker.random.below(24),
            _ => maker.random.pick(known).copied().unwrap_or(5),
        };
    } else if node.sort == VALUE {
        node.text = content(node.code, maker);
    }
}

fn write(node: &Node, out: &mut Vec<u8>) {
    let mut content = Vec::new();
    for below in &node.below {
        write(below, &mut content);
    }
    if node.sort == DOCUMENT {
        out.extend(content);
        if node.quirk == 1 {
            out.extend(b"\0\0");
        }
        return;
    }
    content.splice(0..0, node.text.iter().copied());
    // Nested in itself: the headers are made from the inside out.
    let mut headers = Vec::new();
    let (mut length, mut ends) = (content.len(), 0);
    for level in 0..=node.times {
        let quirk = if level == node.times {
            node.quirk
        } else if node.quirk == INDEFINITE {
            INDEFINITE
        } else {
            0
        };
        let header = header(node.code, length, quirk);
        ends += usize::from(quirk == INDEFINITE);
        length += header.len() + if quirk == INDEFINITE { 2 } else { 0 };
        headers.push(header);
    }
    headers.iter().rev().for_each(|header| out.extend(header));
    out.extend(content);
    out.extend(b"\0\0".repeat(ends));
}

fn header(tag: u32, length: usize, quirk: usize) -> Vec<u8> {
    let mut out = Vec::new();
    if tag <= 0xff {
        out.push(tag as u8);
    } else {
        // All tag bits set: the number follows, seven bits a byte.
        out.push(tag as u8 | 0x1f);
        let number = tag >> 8;
        let bytes = (0..5).rev().map(|at| (number >> (7 * at)) as u8 & 0x7f).skip_while(|it| *it == 0);
        let bytes: Vec<u8> = bytes.collect();
        let last = bytes.len().saturating_sub(1);
        out.extend(bytes.iter().enumerate().map(|(at, it)| if at == last { *it } else { it | 0x80 }));
    }
    let length = match quirk {
        ONE_MORE => length + 1,
        ONE_LESS => length.saturating_sub(1),
        NONE => 0,
        _ => length,
    };
    let bytes: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|it| *it == 0).collect();
    match quirk {
        LONGER => {
            out.push(0x81 + bytes.len() as u8);
            out.push(0);
            out.extend(bytes);
        }
        LONGEST => {
            out.push(0x88);
            out.extend((length as u64).to_be_bytes());
        }
        INDEFINITE => out.push(0x80),
        HUGE => out.extend(b"\x84\xff\xff\xff\xff"),
        OVERFLOWING => out.extend(b"\x88\xff\xff\xff\xff\xff\xff\xff\xff"),
        RESERVED => out.push(0xff),
        NEARLY_HUGE => out.extend(b"\x84\x7f\xff\xff\xff"),
        _ if length < 0x80 => out.push(length as u8),
        _ => {
            out.push(0x80 + bytes.len() as u8);
            out.extend(bytes);
        }
    }
    out
}

/// `30{02:01 06:5503}`, the way a person writes a tree of tags.
fn described(node: &Node) -> String {
    let parts: Vec<String> = node.below.iter().map(described).collect();
    let inside = parts.join(" ");
    if node.sort == DOCUMENT {
        return inside;
    }
    let quirk = match node.quirk {
        0 => "",
        LONGER | LONGEST => " long form",
        INDEFINITE => " indefinite",
        _ => " wrong length",
    };
    let times = if node.times > 0 { format!(" nested {} times", node.times + 1) } else { String::new() };
    let own = hex(&node.text);
    if node.sort == VALUE {
        format!("{:02x}{quirk}:{own}", node.code)
    } else {
        format!("{:02x}{quirk}{times}{{{own}{inside}}}", node.code)
    }
}

/// Nesting that a sample may have.
const DEEPEST: usize = 100;

fn read(bytes: &[u8]) -> Option<Node> {
    values(bytes, 0).map(|parts| Node::of(DOCUMENT, parts)).filter(|it| !it.below.is_empty())
}

fn values(mut bytes: &[u8], depth: usize) -> Option<Vec<Node>> {
    let mut parts = Vec::new();
    while !bytes.is_empty() {
        let (part, rest) = one(bytes, depth)?;
        parts.push(part);
        bytes = rest;
    }
    Some(parts)
}

fn one(bytes: &[u8], depth: usize) -> Option<(Node, &[u8])> {
    if depth > DEEPEST {
        return None;
    }
    let (&tag, mut rest) = bytes.split_first()?;
    let mut code = u32::from(tag);
    if tag & 0x1f == 0x1f {
        let mut number = 0_u32;
        loop {
            let (&byte, behind) = rest.split_first()?;
            number = number.checked_mul(128)? | u32::from(byte & 0x7f);
            rest = behind;
            if byte & 0x80 == 0 {
                break;
            }
        }
        code = (number << 8) | u32::from(tag);
    }
    let (&first, mut rest) = rest.split_first()?;
    let mut quirk = 0;
    #[expect(clippy::comparison_chain, reason = "the one in the middle is a form of its own")]
    let content = if first == 0x80 {
        quirk = INDEFINITE;
        let mut parts = Vec::new();
        loop {
            if let Some(behind) = rest.strip_prefix(b"\0\0") {
                let node = Node::of(VALUES, parts).code(code).quirk(quirk);
                return Some((node, behind));
            }
            let (part, behind) = one(rest, depth + 1)?;
            parts.push(part);
            rest = behind;
        }
    } else if first > 0x80 {
        let (length, behind) = rest.split_at_checked(usize::from(first & 0x7f))?;
        let value =
            length.iter().try_fold(0_usize, |sum, byte| Some(sum.checked_mul(256)? | usize::from(*byte)))?;
        quirk = if value < 0x80 || length.first() == Some(&0) { LONGER } else { 0 };
        behind.split_at_checked(value)?
    } else {
        rest.split_at_checked(usize::from(first))?
    };
    let (content, rest) = content;
    let is_group = tag & 0x20 != 0;
    // Strings of bytes and bits often hold values themselves: an extension, a key.
    let own = match tag {
        0x04 => 0,
        0x03 if content.first() == Some(&0) => 1,
        _ => usize::MAX,
    };
    let holds = |own: usize| content.get(own).is_some_and(|first| matches!(first, 0x30 | 0x31 | 0x02 | 0x04));
    let parts = if is_group {
        values(content, depth + 1)
    } else if own <= 1 && holds(own) {
        values(&content[own..], depth + 1)
    } else {
        None
    };
    let node = match parts {
        Some(parts) => Node::text(VALUES, &content[..if is_group { 0 } else { own }]).with(parts),
        None => Node::text(VALUE, content),
    };
    Some((node.code(code).quirk(quirk), rest))
}
