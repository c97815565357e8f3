//! Keys of the signing service.

use zeroize::Zeroize;
use zeroize_derive::Zeroize;

/// A key, which is wiped when it is dropped.
#[derive(Zeroize)]
#[zeroize(drop)]
pub enum Key {
    Signing(Vec<u8>),
    Sealing(Vec<u8>),
}

impl Key {
    pub fn signing(secret: Vec<u8>) -> Key {
        Key::Signing(secret)
    }

    pub fn sealing(secret: Vec<u8>) -> Key {
        Key::Sealing(secret)
    }

    pub fn len(&self) -> usize {
        match self {
            Key::Signing(bytes) | Key::Sealing(bytes) => bytes.len(),
        }
    }
}
