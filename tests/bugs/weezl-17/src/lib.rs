//! The pixels of a picture as they stand in a GIF.

use weezl::{decode::Decoder, encode::Encoder, BitOrder};

/// The pixels of a picture of 256 colours, packed.
pub fn pack(pixels: &[u8]) -> Option<Vec<u8>> {
    let mut packed = Vec::new();
    Encoder::new(BitOrder::Lsb, 8).into_stream(&mut packed).encode_all(pixels).status.ok()?;
    Some(packed)
}

/// The pixels out of the packed ones.
pub fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let mut pixels = Vec::new();
    Decoder::new(BitOrder::Lsb, 8).into_stream(&mut pixels).decode_all(packed).status.ok()?;
    Some(pixels)
}
