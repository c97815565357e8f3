//! Texts of the system, which need not be UTF-8.

use std::ffi::OsString;

/// Characters for private use, of which each stands for the byte that no text has there.
const BYTES: std::ops::RangeInclusive<char> = '\u{f780}'..='\u{f7ff}';

/// A path, a name of a file, a variable: on Unix any bytes, those among them that are no UTF-8 written as characters for
/// private use from `\u{f780}` to `\u{f7ff}`; elsewhere the text.
#[must_use]
pub fn os_string(text: String) -> OsString {
    #[cfg(unix)]
    if text.contains(|char| BYTES.contains(&char)) {
        let mut bytes = Vec::new();
        for char in text.chars() {
            if BYTES.contains(&char) {
                bytes.push((u32::from(char) & 0xff) as u8);
            } else {
                bytes.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        return std::os::unix::ffi::OsStringExt::from_vec(bytes);
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_what_it_is() {
        assert_eq!(os_string("ä/b\u{f700}".into()), OsString::from("ä/b\u{f700}"));
    }

    #[cfg(unix)]
    #[test]
    fn characters_for_private_use_are_bytes_that_no_text_has() {
        let name = os_string("ä\u{f7ff}.txt\u{f780}".into());
        assert_eq!(name.to_str(), None);
        assert_eq!(name.as_encoded_bytes(), b"\xc3\xa4\xff.txt\x80");
    }
}
