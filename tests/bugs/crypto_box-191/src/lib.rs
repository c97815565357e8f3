//! The mailbox of somebody who gets letters that nobody else reads.

use crypto_box::SecretKey;

/// A mailbox that is open: it holds the secret key until it is dropped.
pub struct Mailbox {
    key: SecretKey,
}

impl Mailbox {
    /// Opens the mailbox with the secret key of its owner.
    pub fn open(key: [u8; 32]) -> Self {
        Mailbox { key: SecretKey::from(key) }
    }

    /// Where letters are sent to.
    pub fn address(&self) -> [u8; 32] {
        *self.key.public_key().as_bytes()
    }
}
