//! Archives of zip: sums, sizes and places that are right in both lists, until they are wrong on purpose.

use super::archive::{self, ARCHIVE, CONTENT, FILE, FOLDER, HARD_LINK, LINK, SPECIAL};
use super::tree::{Grammar, Node, Sort};

const SORTS: [Sort; 7] = archive::sorts(QUIRKS.len(), 6);

const QUIRKS: &[&str] = &[
    "wrong sum",
    "says it unpacks to more",
    "another name in the file itself",
    "sizes behind the content",
    "unknown method",
    "says it is encrypted",
    "placed where nothing is",
    "says it is longer",
    "placed over the first entry",
    "extra field that is too long",
    "sizes of 64 bits",
    "with all rights",
    "with no rights",
];

pub(super) static GRAMMAR: Grammar = Grammar {
    sorts: &SORTS,
    root: ARCHIVE,
    read,
    made: archive::made,
    part: archive::part,
    retext: archive::retext,
    write,
    shown: |node, _| archive::shown("zip", node, QUIRKS),
};

/// What both lists say of an entry.
struct Entry {
    name: Vec<u8>,
    local_name: Vec<u8>,
    content: Vec<u8>,
    sum: u32,
    packed: u32,
    unpacked: u32,
    method: u16,
    flags: u16,
    mode: u32,
    extra: Vec<u8>,
    quirk: usize,
}

impl Entry {
    fn of(node: &Node) -> Self {
        let mut name = archive::raw(&node.text);
        let mut content = archive::content(node);
        let mode = match node.sort {
            // Not what folders commonly have, so that it shows when somebody else's folder gets it.
            FOLDER => 0o040_750,
            LINK | HARD_LINK => 0o120_777,
            SPECIAL => 0o010_644,
            _ => 0o100_644,
        };
        let mode = match node.quirk {
            12 => mode | 0o7777,
            13 => mode & !0o7777,
            _ => mode,
        };
        if node.sort == FOLDER {
            content.clear();
            if !name.ends_with(b"/") {
                name.push(b'/');
            }
        }
        name.truncate(usize::from(u16::MAX));
        let length = content.len() as u32;
        let sum = crc32(&content);
        let quirk = node.quirk;
        let is_utf8 = std::str::from_utf8(&name).is_ok_and(|name| !name.is_ascii());
        let flags = u16::from(quirk == 4) << 3 | u16::from(quirk == 6) | u16::from(is_utf8) << 11;
        let wide = || {
            [&[1, 0, 16, 0][..], &u64::from(length).to_le_bytes(), &u64::from(length).to_le_bytes()].concat()
        };
        Self {
            local_name: if quirk == 3 { b"../other".to_vec() } else { name.clone() },
            name,
            sum: if quirk == 1 { !sum } else { sum },
            packed: if quirk == 8 {
                length + 1_000
            } else if quirk == 11 {
                u32::MAX
            } else {
                length
            },
            unpacked: if quirk == 2 {
                0xffff_fff0
            } else if quirk == 11 {
                u32::MAX
            } else {
                length
            },
            method: if quirk == 5 { 99 } else { 0 },
            flags,
            mode,
            extra: match quirk {
                10 => b"\xff\xff\xff\xff".to_vec(),
                11 => wide(),
                _ => Vec::new(),
            },
            content,
            quirk,
        }
    }

    /// What stands in both lists, from the version that is needed to the lengths of name and extra field.
    fn common(&self, name: &[u8], has_sizes: bool) -> Vec<u8> {
        let mut out = Vec::new();
        let sizes = if has_sizes { [self.sum, self.packed, self.unpacked] } else { [0; 3] };
        for field in [20, self.flags, self.method, 0, 0x21] {
            out.extend(field.to_le_bytes());
        }
        for size in sizes {
            out.extend(size.to_le_bytes());
        }
        out.extend((name.len() as u16).to_le_bytes());
        out.extend((self.extra.len() as u16).to_le_bytes());
        out
    }
}

fn write(archive: &Node) -> Vec<u8> {
    let entries: Vec<Entry> = archive::entries(archive).iter().map(Entry::of).collect();
    let mut out = if archive.quirk == 1 { b"#!/bin/sh\n".to_vec() } else { Vec::new() };
    let mut places = Vec::new();
    for entry in &entries {
        places.push(out.len() as u32);
        out.extend(b"PK\x03\x04");
        out.extend(entry.common(&entry.local_name, entry.quirk != 4));
        out.extend(&entry.local_name);
        out.extend(&entry.extra);
        out.extend(&entry.content);
        if entry.quirk == 4 {
            out.extend(b"PK\x07\x08");
            for size in [entry.sum, entry.packed, entry.unpacked] {
                out.extend(size.to_le_bytes());
            }
        }
    }
    let start = out.len() as u32;
    for (entry, place) in entries.iter().zip(&places) {
        out.extend(b"PK\x01\x02");
        out.extend(0x0314_u16.to_le_bytes());
        out.extend(entry.common(&entry.name, true));
        out.extend([0; 6]);
        out.extend((entry.mode << 16).to_le_bytes());
        let place = match entry.quirk {
            7 => 0x7fff_fff0,
            9 => places[0],
            _ => *place,
        };
        out.extend(place.to_le_bytes());
        out.extend(&entry.name);
        out.extend(&entry.extra);
    }
    let size = out.len() as u32 - start;
    let count = entries.len() as u16;
    let count = match archive.quirk {
        2 => count.wrapping_add(1),
        3 => u16::MAX,
        _ => count,
    };
    if archive.quirk == 4 {
        return out;
    }
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    out.extend(size.to_le_bytes());
    out.extend(if archive.quirk == 5 { u32::MAX } else { start }.to_le_bytes());
    let comment: &[u8] = if archive.quirk == 6 { b"PK\x05\x06 in the comment" } else { b"" };
    out.extend((comment.len() as u16).to_le_bytes());
    out.extend(comment);
    out
}

/// The sum that zip takes, a bit at a time: contents are short.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| sum >> 1 ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 })
    })
}

/// Reads the central list. What is packed stays as it is packed, which only fits a sample that is not.
fn read(bytes: &[u8]) -> Option<Node> {
    let end = bytes.windows(4).rposition(|at| at == b"PK\x05\x06")?;
    let number = |at: usize, width: usize| {
        let field = bytes.get(at..at + width)?;
        Some(field.iter().rev().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte)))
    };
    let (count, mut at) = (number(end + 10, 2)?, number(end + 16, 4)?);
    let mut entries = Vec::new();
    for _ in 0..count {
        if bytes.get(at..at + 4)? != b"PK\x01\x02" || number(at + 10, 2)? != 0 {
            return None;
        }
        let (packed, place) = (number(at + 20, 4)?, number(at + 42, 4)?);
        let lengths = [number(at + 28, 2)?, number(at + 30, 2)?, number(at + 32, 2)?];
        let name = bytes.get(at + 46..at + 46 + lengths[0])?;
        let mode = number(at + 40, 2)?;
        let start = place + 30 + number(place + 26, 2)? + number(place + 28, 2)?;
        let content = Node::text(CONTENT, bytes.get(start..start + packed)?);
        entries.push(if name.ends_with(b"/") {
            Node::text(FOLDER, name)
        } else {
            Node::text(if mode & 0o170_000 == 0o120_000 { LINK } else { FILE }, name).with(vec![content])
        });
        at += 46 + lengths.iter().sum::<usize>();
    }
    (!entries.is_empty()).then(|| Node::of(ARCHIVE, entries))
}
