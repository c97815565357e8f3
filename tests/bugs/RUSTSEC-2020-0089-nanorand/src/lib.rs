//! Codes that confirm a telephone number.

use nanorand::RNG;

/// A fresh code of six digits.
pub fn confirmation_code() -> String {
    let number = nanorand::tls_rng().generate_range::<u32>(0, 1_000_000);
    format!("{number:06}")
}
