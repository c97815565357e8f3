//! Short codes: the number of a link, written with letters and digits.

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The code of link number `number`.
pub fn encode(mut number: u64) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(DIGITS[(number % 62) as usize]);
        number /= 62;
        if number == 0 {
            break;
        }
    }
    digits.reverse();
    String::from_utf8(digits).expect("all digits are ASCII")
}

/// The number behind a code.
pub fn decode(code: &str) -> Option<u64> {
    let mut number = 0u64;
    for c in code.bytes() {
        let digit = DIGITS.iter().position(|digit| *digit == c)? as u64;
        number = number * 62 + digit;
    }
    Some(number)
}
