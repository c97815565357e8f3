//! Masks for messages, drawn from a seed with SHAKE256.

use libcrux_sha3::portable::incremental::{Shake256Xof, Xof};

/// A mask of a length.
pub fn mask(seed: &[u8], length: u16) -> Vec<u8> {
    let mut out = vec![0; usize::from(length)];
    libcrux_sha3::portable::shake256(&mut out, seed);
    out
}

/// The same mask, drawn in parts of these lengths.
pub fn mask_in_parts(seed: &[u8], parts: &[u8]) -> Vec<u8> {
    let mut stream = Shake256Xof::new();
    stream.absorb_final(seed);
    let mut out = Vec::new();
    for part in parts.iter().filter(|part| **part > 0) {
        let mut piece = vec![0; usize::from(*part)];
        stream.squeeze(&mut piece);
        out.extend(piece);
    }
    out
}
