//! Names that people choose for themselves.

use unicode_normalization::UnicodeNormalization;

/// A name in the form in which it is stored and compared.
pub fn normal(name: &str) -> String {
    name.nfc().collect()
}
