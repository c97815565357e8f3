//! Takes what was shown and the secrets, says whether a good part of one can be read there.

use std::collections::HashSet;

use super::readings::{base64_digit, hex_digit, readings};
use crate::planting::{SHORTEST, is_strong};

/// A secret that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Leak {
    /// How it is written there, as the end of "it stands there …".
    pub(crate) how: &'static str,
    /// The place, with a little of what is around.
    pub(crate) excerpt: String,
    /// How many bytes of the secret stand there in a row, and how many it has.
    pub(crate) part: (usize, usize),
}

/// More than this is not looked through.
const MOST: usize = 1 << 20;
/// What is shown around a find.
const AROUND: usize = 24;
/// The part of a secret that nobody may read is half of it, but no more than this.
pub(super) const LARGEST_PART: usize = 16;

/// The first secret that can be read in what was `shown`, at least half of it or sixteen bytes.
pub(crate) fn leak(shown: &[u8], secrets: &[Vec<u8>]) -> Option<Leak> {
    let shown = &shown[..shown.len().min(MOST)];
    let readings = readings(shown);
    secrets.iter().flat_map(|secret| spellings(secret)).find_map(|secret| {
        let part = (secret.len() / 2).clamp(SHORTEST.min(secret.len()), LARGEST_PART);
        let secret = secret.to_ascii_lowercase();
        let windows: HashSet<&[u8]> = secret.windows(part).filter(|window| is_strong(window)).collect();
        if windows.is_empty() {
            return None;
        }
        readings.iter().find_map(|reading| {
            let bytes = reading.bytes.to_ascii_lowercase();
            let at = bytes.windows(part).position(|window| windows.contains(window))?;
            let length = longest(&bytes[at..], &secret).max(part);
            let [first, last] = [reading.at[at], reading.at[(at + length).min(bytes.len()) - 1]];
            Some(Leak {
                how: reading.how,
                excerpt: excerpt(shown, first.min(last), first.max(last)),
                part: (length, secret.len()),
            })
        })
    })
}

/// The secret itself, and the bytes that its text is a spelling of.
pub(super) fn spellings(secret: &[u8]) -> Vec<Vec<u8>> {
    let mut all = vec![secret.to_vec()];
    let read = |bits: u32, digit: fn(u8) -> Option<u8>| {
        let text = secret.strip_suffix(b"==").or_else(|| secret.strip_suffix(b"=")).unwrap_or(secret);
        let mut bytes = Vec::new();
        let (mut held, mut count) = (0_u32, 0);
        for byte in text {
            held = held << bits | u32::from(digit(*byte)?);
            count += bits;
            if count >= 8 {
                count -= 8;
                bytes.push((held >> count) as u8);
                held &= (1 << count) - 1;
            }
        }
        Some(bytes)
    };
    let text: Vec<u8> = secret.iter().copied().filter(|byte| *byte != b'-').collect();
    let of_uuid = (text.len() == 32 && secret.len() == 36)
        .then(|| text.chunks(2).map(|pair| Some(hex_digit(pair[0])? << 4 | hex_digit(pair[1])?)).collect())
        .flatten();
    let others = [read(4, hex_digit), read(6, base64_digit), of_uuid];
    all.extend(others.into_iter().flatten().filter(|bytes: &Vec<u8>| is_strong(bytes)));
    all
}

/// How many bytes at the front of `bytes` stand in a row in the secret.
fn longest(bytes: &[u8], secret: &[u8]) -> usize {
    let shared = |from: usize| secret[from..].iter().zip(bytes).take_while(|(a, b)| a == b).count();
    (0..secret.len()).map(shared).max().unwrap_or(0)
}

/// What stands around the bytes from `first` to `last`.
fn excerpt(shown: &[u8], first: usize, last: usize) -> String {
    let (from, to) = (first.saturating_sub(AROUND), (last + 1 + AROUND).min(shown.len()));
    let text = String::from_utf8_lossy(&shown[from..to]).trim_matches('\u{fffd}').to_string();
    let dots = |is_cut: bool| if is_cut { "…" } else { "" };
    format!("{}{text}{}", dots(from > 0), dots(to < shown.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "q7Rk2ZtW9mXb4LpVc8Ns3GhY";

    fn how(shown: &str) -> Option<&'static str> {
        leak(shown.as_bytes(), &[SECRET.as_bytes().to_vec()]).map(|leak| leak.how)
    }

    #[test]
    fn a_secret_is_found_however_it_is_written() {
        let each = |write: fn(u8) -> String| SECRET.bytes().map(write).collect::<String>();
        let hex = each(|byte| format!("{byte:02x}"));
        let list = format!("{:?}", SECRET.as_bytes());
        let pretty = format!("{:#?}", SECRET.as_bytes());
        let spaced = each(|byte| format!("{byte:02X}:"));
        let escaped = each(|byte| format!("\\x{byte:02x}"));
        let percent = each(|byte| format!("%{byte:02X}"));
        let wide: String = SECRET.chars().flat_map(|c| [c, '\0']).collect();
        let reversed: String = SECRET.chars().rev().collect();
        for (shown, expected) in [
            (format!("token: {SECRET:?}"), "as it is"),
            (SECRET.to_uppercase(), "as it is"),
            (hex, "in hexadecimal"),
            (list, "as a list of numbers"),
            (pretty, "as a list of numbers"),
            (spaced, "as a list of hexadecimal numbers"),
            (escaped, "with escapes"),
            (percent, "percent-encoded"),
            (wide, "in characters of two bytes"),
            (reversed, "backwards"),
        ] {
            assert_eq!(how(&format!("<{shown}>")), Some(expected), "{shown}");
        }
    }

    #[test]
    fn base64_is_read_at_every_alignment() {
        for shown in [
            "Basic dXNlcjpxN1JrMlp0VzltWGI0THBWYzhOczNHaFk=",
            "cTdSazJadFc5bVhiNExwVmM4TnMzR2hZ",
            "(eHE3UmsyWnRXOW1YYjRMcFZjOE5zM0doWQ)",
        ] {
            assert_eq!(how(shown), Some("in base64"), "{shown}");
        }
    }

    #[test]
    fn half_of_a_secret_is_too_much_and_a_hint_is_not() {
        assert!(how(&SECRET[..12]).is_some() && how(&SECRET[12..]).is_some());
        assert!(how(&SECRET[..8]).is_none() && how(&format!("…{}", &SECRET[20..])).is_none());
        assert!(how("24 characters, [redacted]").is_none());
    }

    #[test]
    fn the_bytes_that_a_key_is_the_text_of_are_found_too() {
        let bytes: Vec<u8> = (0..16).map(|n| n * 13 + 5).collect();
        let text = crate::hex::hex(&bytes);
        let found = leak(format!("Key({bytes:?})").as_bytes(), &[text.into_bytes()]);
        assert_eq!(found.map(|leak| leak.how), Some("as a list of numbers"));
    }

    #[test]
    fn the_place_is_shown_with_what_is_around() {
        let shown =
            format!("Response {{ ok: true, access_token: \"{SECRET}\", scope: \"chat:write,users:read\" }}");
        let leak = leak(shown.as_bytes(), &[SECRET.as_bytes().to_vec()]).expect("it is there");
        assert_eq!(leak.part, (24, 24));
        assert_eq!(leak.excerpt, format!("…k: true, access_token: \"{SECRET}\", scope: \"chat:write,us…"));
    }
}
