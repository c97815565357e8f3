//! What the requirements mean, in slow and obvious Rust.

const DIGITS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The number behind a code, or nothing when a digit is unknown or the number does not fit.
pub fn decode(code: &str) -> Option<u64> {
    code.chars().try_fold(0u64, |number, c| {
        let digit = DIGITS.find(c)?;
        number.checked_mul(62)?.checked_add(digit as u64)
    })
}

/// Would a browser run a script when somebody follows this address? Browsers drop white space and
/// controls in front, and tabs and line ends anywhere, and do not care about the case of a scheme.
pub fn runs_script(address: &str) -> bool {
    let address = address.trim_start_matches(|c: char| c <= ' ');
    let address: String = address.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let address = address.to_ascii_lowercase();
    address.starts_with("javascript:") || address.starts_with("data:")
}

/// What a browser shows for escaped text.
pub fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
