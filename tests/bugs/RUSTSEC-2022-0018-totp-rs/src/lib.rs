//! The second factor of a sign-in.

use totp_rs::{Algorithm, TOTP};

fn totp(seed: &[u8; 20]) -> TOTP<&[u8; 20]> {
    TOTP::new(Algorithm::SHA1, 8, 0, 30, seed)
}

/// The code that an app shows at a time.
pub fn code(seed: &[u8; 20], time: u32) -> String {
    totp(seed).generate(u64::from(time))
}

/// Whether a code is the right one.
pub fn is_code(seed: &[u8; 20], time: u32, guess: &str) -> bool {
    totp(seed).check(guess, u64::from(time))
}
