//! Lengths as they stand on the wire, in at most nine bytes as the multiformats specification has it.

use unsigned_varint::{decode, encode};

/// The length that `bytes` are the form of, or nothing.
pub fn read_length(bytes: &[u8]) -> Option<u64> {
    if bytes.len() > 9 {
        return None;
    }
    match decode::u64(bytes) {
        Ok((length, [])) => Some(length),
        _ => None,
    }
}

/// The form of `length`.
pub fn write_length(length: u64) -> Vec<u8> {
    encode::u64(length, &mut encode::u64_buffer()).to_vec()
}
