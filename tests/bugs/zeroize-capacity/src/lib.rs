//! Signing in with one line, as in `ada:her password`.

use zeroize::Zeroizing;

/// Whether a password is long enough and has letters and digits.
fn is_strong(password: &str) -> bool {
    let has = |kind: fn(&char) -> bool| password.chars().any(|letter| kind(&letter));
    password.len() >= 10 && has(char::is_ascii_digit) && has(char::is_ascii_alphabetic)
}

/// Reads a line with a name and a password; the length of the name, if the password may be used.
pub fn sign_in(line: String) -> Option<usize> {
    let mut line = Zeroizing::new(line);
    let colon = line.find(':')?;
    let password = Zeroizing::new(line.split_off(colon + 1));
    line.pop();
    is_strong(password.trim()).then(|| line.len())
}
