//! Messages between two services, sealed in place.

use aes_gcm::{AeadInPlace, Aes256Gcm, KeyInit, Nonce, Tag};

/// Seals `text` in place and gives the tag that goes with it.
pub fn seal(key: &[u8; 32], number: u64, text: &mut [u8]) -> [u8; 16] {
    Aes256Gcm::new(key.into()).encrypt_in_place_detached(&nonce(number), b"", text).expect("short text").into()
}

/// Opens `text` in place. `false`: it is not what was sealed, nothing in it may be used.
pub fn open(key: &[u8; 32], number: u64, text: &mut [u8], tag: &[u8; 16]) -> bool {
    Aes256Gcm::new(key.into())
        .decrypt_in_place_detached(&nonce(number), b"", text, Tag::from_slice(tag))
        .is_ok()
}

fn nonce(number: u64) -> Nonce<aes_gcm::aead::consts::U12> {
    let mut bytes = [0; 12];
    bytes[4..].copy_from_slice(&number.to_be_bytes());
    bytes.into()
}
