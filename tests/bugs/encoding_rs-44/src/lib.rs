//! Files in UTF-16 that are turned into UTF-8 while they arrive.

use encoding_rs::{CoderResult, UTF_16BE, UTF_16LE};

/// The text of a file in pieces, through a buffer with room for as many bytes; four are always set aside.
pub fn to_utf8(pieces: &[Vec<u8>], big_endian: bool, room: usize) -> String {
    let mut decoder = if big_endian { UTF_16BE } else { UTF_16LE }.new_decoder();
    let mut text = Vec::new();
    let mut buffer = vec![0; room.clamp(4, 4096)];
    for (place, piece) in pieces.iter().enumerate() {
        let is_last = place + 1 == pieces.len();
        let mut rest = &piece[..];
        loop {
            let (result, read, written, _) = decoder.decode_to_utf8(rest, &mut buffer, is_last);
            text.extend_from_slice(&buffer[..written]);
            rest = &rest[read..];
            if result == CoderResult::InputEmpty {
                break;
            }
        }
    }
    String::from_utf8(text).unwrap_or_default()
}
