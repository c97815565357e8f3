//! Wallets that are written down as words.

use bip39::{Language, Mnemonic};

/// A wallet.
pub struct Wallet {
    words: Mnemonic,
}

impl Wallet {
    /// The wallet whose secret was kept in the key store.
    pub fn restore(secret: &[u8; 32]) -> Option<Wallet> {
        Some(Wallet { words: Mnemonic::from_entropy(secret, Language::English).ok()? })
    }

    /// How many words there are to write down.
    pub fn count(&self) -> usize {
        self.words.phrase().split(' ').count()
    }
}
