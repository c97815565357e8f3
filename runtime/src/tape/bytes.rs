//! A tape as bytes, and bytes as hex: for the slot that outlives a crash, and for records.

use std::fmt::Write as _;

use super::{Choice, Tape};
use crate::measure::Pumped;

/// Writes a tape as bytes that [`decode`] reads back.
pub(crate) fn encode(tape: &[Choice], into: &mut Vec<u8>) {
    for choice in tape {
        match choice {
            Choice::Number(number) => {
                into.push(b'n');
                into.extend(number.to_le_bytes());
            }
            Choice::Text(text) => encode_bytes(b't', text.as_bytes(), into),
            Choice::Bytes(bytes) => encode_bytes(b'b', bytes, into),
            Choice::Pumped(pumped) => encode_bytes(b'p', &pumped.to_bytes(), into),
            Choice::Open => into.push(b'('),
            Choice::Close => into.push(b')'),
        }
    }
}

fn encode_bytes(tag: u8, bytes: &[u8], into: &mut Vec<u8>) {
    into.push(tag);
    into.extend((bytes.len() as u64).to_le_bytes());
    into.extend(bytes);
}

/// Reads what [`encode`] wrote; `None` for anything else.
pub(crate) fn decode(mut bytes: &[u8]) -> Option<Tape> {
    let mut tape = Tape::new();
    while let Some((tag, rest)) = bytes.split_first() {
        if *tag == b'n' {
            let (number, rest) = rest.split_first_chunk::<16>()?;
            tape.push(Choice::Number(u128::from_le_bytes(*number)));
            bytes = rest;
            continue;
        }
        if matches!(tag, b'(' | b')') {
            tape.push(if *tag == b'(' { Choice::Open } else { Choice::Close });
            bytes = rest;
            continue;
        }
        let (length, rest) = rest.split_first_chunk::<8>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let (content, rest) = rest.split_at_checked(length)?;
        tape.push(match tag {
            b't' => Choice::Text(String::from_utf8(content.to_vec()).ok()?),
            b'b' => Choice::Bytes(content.to_vec()),
            b'p' => Choice::Pumped(Box::new(Pumped::from_bytes(content)?)),
            _ => return None,
        });
        bytes = rest;
    }
    Some(tape)
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Reads hex; `None` for anything else.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tape_survives_the_slot() {
        let tape = vec![
            Choice::Number(u128::MAX),
            Choice::Text("é\0".into()),
            Choice::Bytes(vec![0, 255]),
            Choice::Open,
            Choice::Close,
            Choice::Text(String::new()),
        ];
        let mut bytes = Vec::new();
        encode(&tape, &mut bytes);
        assert_eq!(decode(&bytes), Some(tape));
        assert_eq!(decode(&bytes[..bytes.len() - 1]), None, "a cut slot is no tape");
    }

    #[test]
    fn hex_survives() {
        assert_eq!(unhex(&hex(&[0, 10, 255])), Some(vec![0, 10, 255]));
        assert_eq!(unhex("0"), None);
        assert_eq!(unhex("zz"), None);
    }
}
