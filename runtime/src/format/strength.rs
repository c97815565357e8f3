//! What documents of a format break and bytes of any sort do not: readers with the faults that such readers have.

use std::collections::BTreeMap;

use super::*;
use crate::dictionary::Dictionary;
use crate::random::Random;

/// Cases that a search makes in well under a second.
const CASES: u64 = 8_000;

/// The first case that breaks a reader; bytes of any sort do not, though there are as many of them.
fn breaks(document: &Document, breaks: impl Fn(&[u8]) -> bool) -> Option<u64> {
    let dictionary = Dictionary::default();
    let first = |generator: &dyn Generator<Value = Vec<u8>>| {
        (0..CASES).find(|index| {
            let random = Random::for_case(23, *index);
            let mut source = Source::fresh(random, &dictionary, *index, &[true], false);
            generator.make(&mut source).is_ok_and(|bytes| breaks(&bytes))
        })
    };
    assert_eq!(first(&generate::bytes()), None, "bytes of any sort break it as well");
    first(document)
}

/// Entries of a tar whose sums are right: name, sort, target.
fn entries(mut bytes: &[u8]) -> Option<Vec<(String, u8, String)>> {
    let mut entries = Vec::new();
    while let Some((header, rest)) = bytes.split_first_chunk::<512>() {
        if header[0] == 0 {
            break;
        }
        let text = |range: std::ops::Range<usize>| {
            let field = header[range].split(|byte| *byte == 0).next().unwrap_or_default();
            std::str::from_utf8(field).ok().map(|text| text.trim().to_owned())
        };
        let number = |range| usize::from_str_radix(&text(range)?, 8).ok();
        let sum: usize = header.iter().map(|byte| usize::from(*byte)).sum();
        let of_field: usize = header[148..156].iter().map(|byte| usize::from(*byte)).sum();
        if sum - of_field + 8 * 32 != number(148..156)? {
            return None;
        }
        entries.push((text(0..100)?, header[156], text(157..257)?));
        bytes = rest.get(number(124..136)?.next_multiple_of(512)..)?;
    }
    Some(entries)
}

#[test]
fn an_unpacker_that_follows_links_is_left() {
    let found = breaks(&tar(), |bytes| {
        let mut links = BTreeMap::new();
        for (name, sort, target) in entries(bytes).unwrap_or_default() {
            // It looks at names, as it should, and not at what they go through.
            if name.starts_with('/') || name.split('/').any(|part| part == "..") {
                return false;
            }
            let through = name.split_once('/').and_then(|(first, _)| links.get(first));
            if through.is_some_and(|target: &String| target.starts_with('/') || target.starts_with("..")) {
                return true;
            }
            if sort == b'2' {
                links.insert(name, target);
            }
        }
        false
    });
    assert!(found.is_some(), "{found:?}");
}

#[test]
fn two_readers_of_a_zip_see_two_names() {
    let found = breaks(&zip(), |bytes| {
        let number = |at: usize| Some(usize::from(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?)));
        let name = |at: usize, length: usize| bytes.get(at..at + length).map(<[u8]>::to_vec);
        let names = || {
            let end = bytes.len().checked_sub(22).filter(|end| bytes[*end..].starts_with(b"PK\x05\x06"))?;
            let list = number(end + 16)?;
            let local = name(30, number(26)?)?;
            let central = name(list + 46, number(list + 28)?)?;
            let sums = (bytes.get(14..18)?, bytes.get(list + 16..list + 20)?);
            (bytes.starts_with(b"PK\x03\x04") && sums.0 == sums.1).then_some(local != central)
        };
        names() == Some(true)
    });
    assert!(found.is_some(), "{found:?}");
}

#[test]
fn a_reader_of_json_runs_out_of_its_stack() {
    let found = breaks(&json(), |bytes| {
        // The whole has to be right, else a reader stops before.
        let deepest = bytes.iter().scan(0_i32, |depth, byte| {
            *depth += i32::from(matches!(byte, b'[' | b'{')) - i32::from(matches!(byte, b']' | b'}'));
            Some(*depth)
        });
        serde_json::from_slice::<serde_json::Value>(bytes).is_ok() && deepest.max() > Some(64)
    });
    assert!(found.is_some(), "{found:?}");
}

#[test]
fn two_readers_of_json_see_two_values() {
    let found = breaks(&json(), |bytes| {
        let Some(node) = (json::GRAMMAR.read)(bytes) else { return false };
        let mut open = vec![&node];
        while let Some(node) = open.pop() {
            let mut seen = BTreeMap::new();
            for member in node.below.iter().filter(|it| !it.text.is_empty() && !it.below.is_empty()) {
                if seen.insert(&member.text, &member.below).is_some_and(|first| *first != member.below) {
                    return true;
                }
            }
            open.extend(&node.below);
        }
        false
    });
    assert!(found.is_some(), "{found:?}");
}

#[test]
fn a_reader_of_der_adds_lengths_in_32_bits() {
    let found = breaks(&asn1(), |bytes| {
        let Some((0x30, rest)) = bytes.split_first() else { return false };
        let Some((length, mut rest)) = rest.split_first() else { return false };
        if usize::from(*length) != rest.len() {
            return false;
        }
        let mut at = 2_u32;
        while let [_tag, length, behind @ ..] = rest {
            let (length, behind) = match (length, behind) {
                (0..0x80, behind) => (u32::from(*length), behind),
                (0x84, [a, b, c, d, behind @ ..]) => (u32::from_be_bytes([*a, *b, *c, *d]), behind),
                _ => return false,
            };
            let Some(next) = at.checked_add(length) else { return at > 2 };
            let Some(behind) = behind.get(length as usize..) else { return false };
            (at, rest) = (next + 2, behind);
        }
        false
    });
    assert!(found.is_some(), "{found:?}");
}

#[test]
fn two_servers_see_two_ends_of_a_request() {
    let found = breaks(&http_request(), |bytes| {
        let Some(end) = bytes.windows(4).position(|at| at == b"\r\n\r\n") else { return false };
        let Ok(head) = std::str::from_utf8(&bytes[..end]) else { return false };
        let mut lines = head.split("\r\n");
        let is_request =
            lines.next().is_some_and(|line| line.split(' ').count() == 3 && line.ends_with("HTTP/1.1"));
        let mut lengths = Vec::new();
        for line in lines {
            let Some((name, value)) = line.split_once(':') else { return false };
            if name.is_empty() || !name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-') {
                return false;
            }
            if name.eq_ignore_ascii_case("content-length") {
                lengths.extend(value.trim().parse::<usize>());
            }
        }
        let body = bytes.len() - end - 4;
        is_request && lengths.contains(&body) && lengths.iter().any(|length| length < &body)
    });
    assert!(found.is_some(), "{found:?}");
}

#[test]
fn a_cleaner_of_html_knows_one_spelling_of_a_scheme() {
    let found = breaks(&html(), |bytes| {
        let node = read_html(bytes);
        let mut open = vec![&node];
        while let Some(node) = open.pop() {
            let takes_address =
                node.text.eq_ignore_ascii_case(b"href") || node.text.eq_ignore_ascii_case(b"src");
            if let (true, Some(value)) = (takes_address, node.below.first()) {
                let written = String::from_utf8_lossy(&value.text).to_lowercase();
                // What a browser makes of it.
                let read: String = written.chars().filter(|it| !it.is_ascii_control()).collect();
                if read.trim().starts_with("javascript:") && !written.trim().starts_with("javascript:") {
                    return true;
                }
            }
            open.extend(&node.below);
        }
        false
    });
    assert!(found.is_some(), "{found:?}");
}

fn read_html(bytes: &[u8]) -> Node {
    (html::GRAMMAR.read)(bytes).unwrap_or_default()
}
