//! Archives of tar: headers whose sums and sizes are right, until they are wrong on purpose.

use super::archive::{self, ARCHIVE, CONTENT, FILE, FOLDER, HARD_LINK, LINK, SPECIAL};
use super::tree::{Grammar, Node, Sort};

const SORTS: [Sort; 7] = archive::sorts(QUIRKS.len(), 4);

const QUIRKS: &[&str] = &[
    "wrong sum",
    "says it is longer",
    "says it is as long as can be",
    "says it is of a negative length",
    "size in binary",
    "no magic",
    "name in an extended header",
    "size in an extended header",
    "unknown sort",
    "size that is no number",
    "in extended headers that name no entry",
    "a link with a size",
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
    shown: |node, _| archive::shown("tar", node, QUIRKS),
};

const BLOCK: usize = 512;

fn write(archive: &Node) -> Vec<u8> {
    let mut out = Vec::new();
    for entry in archive::entries(archive) {
        write_entry(&entry, &mut out);
    }
    let end: &[u8] = match archive.quirk {
        1 => &[],
        2 => &[0; BLOCK],
        3 => &[0; BLOCK * 2 + 100],
        4 => b"what follows is no header",
        _ => &[0; BLOCK * 2],
    };
    out.extend(end);
    out
}

fn write_entry(entry: &Node, out: &mut Vec<u8>) {
    let mut name = archive::raw(&entry.text);
    let held = archive::content(entry);
    let (target, held) = match entry.sort {
        LINK | HARD_LINK => (archive::raw(&held), Vec::new()),
        FILE => (Vec::new(), held),
        _ => (Vec::new(), Vec::new()),
    };
    if entry.sort == FOLDER && !name.ends_with(b"/") {
        name.push(b'/');
    }
    let sort = match entry.sort {
        _ if entry.quirk == 9 => b'Z',
        FOLDER => b'5',
        LINK => b'2',
        HARD_LINK => b'1',
        SPECIAL => b'6',
        _ => b'0',
    };
    let mut extended = Vec::new();
    if name.len() > 100 || entry.quirk == 7 {
        extended.extend(record("path", &name));
    }
    if target.len() > 100 {
        extended.extend(record("linkpath", &target));
    }
    if entry.quirk == 8 {
        extended.extend(record("size", b"18446744073709551615"));
    }
    if !extended.is_empty() || entry.quirk == 11 {
        write_header(b"PaxHeaders/x", b"", b'x', extended.len(), 0, out);
        write_padded(&extended, out);
    }
    if entry.quirk == 11 {
        return;
    }
    let written = if entry.quirk == 7 { b"x".as_slice() } else { &name[..name.len().min(100)] };
    let size = if entry.quirk == 12 { held.len() + 5 } else { held.len() };
    write_header(written, &target[..target.len().min(100)], sort, size, entry.quirk, out);
    write_padded(&held, out);
}

/// A record of an extended header: its length counts itself.
fn record(key: &str, value: &[u8]) -> Vec<u8> {
    let rest = key.len() + value.len() + 3;
    let mut length = rest + rest.to_string().len();
    if length.to_string().len() > rest.to_string().len() {
        length = rest + length.to_string().len();
    }
    [format!("{length} {key}=").as_bytes(), value, b"\n"].concat()
}

fn write_header(name: &[u8], target: &[u8], sort: u8, size: usize, quirk: usize, out: &mut Vec<u8>) {
    let mut header = [0; BLOCK];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, name);
    put(
        100,
        match (quirk, sort) {
            (13, _) => b"0007777\0",
            (14, _) => b"0000000\0",
            // Not what folders commonly have, so that it shows when somebody else's folder gets it.
            (_, b'5') => b"0000750\0",
            _ => b"0000644\0",
        },
    );
    put(108, b"0001750\0");
    put(116, b"0001750\0");
    match quirk {
        2 => put(124, format!("{:011o} ", size + 1_000).as_bytes()),
        3 => put(124, b"777777777777"),
        4 => put(124, &[0xff; 12]),
        5 => {
            put(124, &[0x80; 1]);
            put(128, &(size as u64).to_be_bytes());
        }
        10 => put(124, b" 9x8\0\xff\xff\xff\xff\xff\xff\xff"),
        _ => put(124, format!("{size:011o}\0").as_bytes()),
    }
    put(136, b"00000000000\0");
    put(148, b"        ");
    put(156, &[sort]);
    put(157, target);
    if quirk != 6 {
        put(257, b"ustar\x0000");
    }
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    let sum = if quirk == 1 { sum + 1 } else { sum };
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    out.extend(header);
}

fn write_padded(content: &[u8], out: &mut Vec<u8>) {
    out.extend(content);
    out.resize(out.len().next_multiple_of(BLOCK), 0);
}

/// Reads what headers say as far as they go; extended headers are taken for what they say of names.
fn read(mut bytes: &[u8]) -> Option<Node> {
    let mut entries = Vec::new();
    let (mut long_name, mut long_target) = (None, None);
    while let Some((header, rest)) = bytes.split_first_chunk::<BLOCK>() {
        if header.iter().all(|byte| *byte == 0) {
            break;
        }
        let size = octal(&header[124..136])?;
        let (content, _) = rest.split_at_checked(size)?;
        bytes = rest.get(size.next_multiple_of(BLOCK)..).unwrap_or_default();
        let name = [field(&header[345..500]), field(&header[..100])];
        let name = if name[0].is_empty() || header[257..262] != *b"ustar" {
            name[1].to_vec()
        } else {
            name.join(&b'/')
        };
        match header[156] {
            b'L' => long_name = Some(field(content).to_vec()),
            b'K' => long_target = Some(field(content).to_vec()),
            b'x' => {
                long_name = records(content, "path").or(long_name);
                long_target = records(content, "linkpath").or(long_target);
            }
            b'g' => {}
            sort => {
                let mut name = long_name.take().unwrap_or(name);
                if sort == b'5' && !name.ends_with(b"/") {
                    name.push(b'/');
                }
                let target = long_target.take().unwrap_or_else(|| field(&header[157..257]).to_vec());
                entries.push(match sort {
                    b'5' => Node::text(FOLDER, name),
                    b'2' => Node::text(LINK, name).with(vec![Node::text(CONTENT, target)]),
                    b'1' => Node::text(HARD_LINK, name).with(vec![Node::text(CONTENT, target)]),
                    b'3' | b'4' | b'6' => Node::text(SPECIAL, name),
                    _ => Node::text(FILE, name).with(vec![Node::text(CONTENT, content)]),
                });
            }
        }
    }
    (!entries.is_empty()).then(|| Node::of(ARCHIVE, entries))
}

fn field(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == 0).next().unwrap_or_default()
}

fn octal(field: &[u8]) -> Option<usize> {
    if field.first() == Some(&0x80) {
        return usize::try_from(u64::from_be_bytes(*field.last_chunk::<8>()?)).ok();
    }
    let text = std::str::from_utf8(field).ok()?.trim_matches(['\0', ' ']);
    usize::from_str_radix(if text.is_empty() { "0" } else { text }, 8).ok()
}

fn records(mut content: &[u8], wanted: &str) -> Option<Vec<u8>> {
    loop {
        let space = content.iter().position(|byte| *byte == b' ')?;
        let length: usize = std::str::from_utf8(&content[..space]).ok()?.parse().ok()?;
        let record = content.get(space + 1..length.checked_sub(1)?)?;
        if let Some(value) = record.strip_prefix(format!("{wanted}=").as_bytes()) {
            return Some(value.to_vec());
        }
        content = content.get(length..)?;
    }
}
