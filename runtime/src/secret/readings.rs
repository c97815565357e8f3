//! Takes bytes that were shown, gives what somebody reads there who knows the usual ways of writing bytes.

/// One way to read what was shown.
pub(super) struct Reading {
    /// The way, as the end of "it stands there …".
    pub(super) how: &'static str,
    /// What is read.
    pub(super) bytes: Vec<u8>,
    /// For each byte, where it stands in what was shown.
    pub(super) at: Vec<usize>,
}

impl Reading {
    fn new(how: &'static str) -> Self {
        Self { how, bytes: Vec::new(), at: Vec::new() }
    }

    fn push(&mut self, byte: u8, at: usize) {
        self.bytes.push(byte);
        self.at.push(at);
    }

    fn letter(&mut self, letter: char, at: usize) {
        letter.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| self.push(byte, at));
    }
}

/// Every way in which the bytes can be read that gives something else than the plain one, which comes first.
pub(super) fn readings(shown: &[u8]) -> Vec<Reading> {
    let plain = Reading { how: "as it is", bytes: shown.to_vec(), at: (0..shown.len()).collect() };
    let mut all = vec![plain];
    let mut escaped = 0;
    // What is escaped is escaped once more where a text is shown inside a shown text.
    while escaped < 3 && all[escaped].bytes.contains(&b'\\') {
        let again = unescaped(&all[escaped]);
        all.insert(escaped + 1, again);
        escaped += 1;
    }
    if shown.contains(&b'%') {
        all.push(percent_decoded(shown));
    }
    if shown.contains(&b'&') {
        all.push(without_entities(shown));
    }
    if shown.contains(&0) {
        let mut wide = Reading::new("in characters of two bytes");
        let bytes = shown.iter().enumerate().filter(|(_, byte)| **byte != 0);
        bytes.for_each(|(at, byte)| wide.push(*byte, at));
        all.push(wide);
    }
    all.push(numbers(shown, "as a list of numbers", decimal));
    all.push(numbers(shown, "as a list of hexadecimal numbers", hexadecimal));
    for offset in 0..2 {
        all.push(in_digits(shown, "in hexadecimal", 4, 16, offset, hex_digit));
    }
    for offset in 0..4 {
        all.push(in_digits(shown, "in base64", 6, 11, offset, base64_digit));
    }
    let mut reversed = Reading::new("backwards");
    shown.iter().enumerate().rev().for_each(|(at, byte)| reversed.push(*byte, at));
    all.push(reversed);
    all.retain(|reading| !reading.bytes.is_empty());
    all
}

/// Escapes as Rust, JSON and most languages write them.
fn unescaped(of: &Reading) -> Reading {
    let mut reading = Reading::new("with escapes");
    let (bytes, mut at) = (&of.bytes, 0);
    while at < bytes.len() {
        let (letter, length) = if bytes[at] == b'\\' { escape(&bytes[at + 1..]) } else { (None, 0) };
        if let Some(letter) = letter {
            reading.letter(letter, of.at[at]);
            at += 1 + length;
        } else {
            reading.push(bytes[at], of.at[at]);
            at += 1;
        }
    }
    reading
}

/// The character of an escape and how many bytes it takes behind the backslash.
fn escape(rest: &[u8]) -> (Option<char>, usize) {
    let of_digits = |digits: &[u8]| {
        let text = std::str::from_utf8(digits).ok()?;
        char::from_u32(u32::from_str_radix(text, 16).ok()?)
    };
    match rest.first() {
        Some(b'n') => (Some('\n'), 1),
        Some(b't') => (Some('\t'), 1),
        Some(b'r') => (Some('\r'), 1),
        Some(b'0') => (Some('\0'), 1),
        Some(b'x') => (rest.get(1..3).and_then(of_digits), 3),
        Some(b'u') if rest.get(1) == Some(&b'{') => {
            let end = rest.iter().take(10).position(|byte| *byte == b'}').unwrap_or(0);
            (rest.get(2..end).and_then(of_digits), end + 1)
        }
        Some(b'u') => (rest.get(1..5).and_then(of_digits), 5),
        Some(mark) if mark.is_ascii_punctuation() => (Some(char::from(*mark)), 1),
        _ => (None, 0),
    }
}

fn percent_decoded(shown: &[u8]) -> Reading {
    let mut reading = Reading::new("percent-encoded");
    let mut at = 0;
    while at < shown.len() {
        let pair = shown.get(at + 1..at + 3).filter(|_| shown[at] == b'%');
        let byte = pair.and_then(|pair| Some(hex_digit(pair[0])? << 4 | hex_digit(pair[1])?));
        reading.push(byte.unwrap_or(if shown[at] == b'+' { b' ' } else { shown[at] }), at);
        at += if byte.is_some() { 3 } else { 1 };
    }
    reading
}

fn without_entities(shown: &[u8]) -> Reading {
    let mut reading = Reading::new("with the escapes of HTML");
    let mut at = 0;
    while at < shown.len() {
        let end = shown[at..].iter().take(9).position(|byte| *byte == b';').filter(|_| shown[at] == b'&');
        let letter = end.and_then(|end| entity(&shown[at + 1..at + end]));
        if let Some((letter, end)) = letter.zip(end) {
            reading.letter(letter, at);
            at += end + 1;
        } else {
            reading.push(shown[at], at);
            at += 1;
        }
    }
    reading
}

fn entity(name: &[u8]) -> Option<char> {
    let name = std::str::from_utf8(name).ok()?;
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// Bytes written as numbers with marks or space between them, such as `[115, 101]` or `73:65`.
fn numbers(shown: &[u8], how: &'static str, byte_of: fn(&[u8]) -> Option<u8>) -> Reading {
    let mut reading = Reading::new(how);
    let mut at = 0;
    while at < shown.len() {
        if !shown[at].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let length = shown[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if let Some(byte) = byte_of(&shown[at..at + length]) {
            reading.push(byte, at);
        }
        at += length;
    }
    reading
}

fn decimal(word: &[u8]) -> Option<u8> {
    let word = std::str::from_utf8(word).ok()?;
    // A byte may carry its type.
    word.strip_suffix("u8").unwrap_or(word).parse().ok()
}

fn hexadecimal(word: &[u8]) -> Option<u8> {
    let word = std::str::from_utf8(word).ok()?;
    let digits = word.strip_prefix("0x").or_else(|| word.strip_prefix("x")).unwrap_or(word);
    let is_byte = digits.len() == 2 || (digits.len() == 1 && digits.len() < word.len());
    u8::from_str_radix(digits, 16).ok().filter(|_| is_byte)
}

/// Runs of at least `least` digits of `bits` bits each, read from `offset` on within each run.
fn in_digits(
    shown: &[u8],
    how: &'static str,
    bits: u32,
    least: usize,
    offset: usize,
    digit: fn(u8) -> Option<u8>,
) -> Reading {
    let mut reading = Reading::new(how);
    let mut start = 0;
    while start < shown.len() {
        let length = shown[start..].iter().take_while(|byte| digit(**byte).is_some()).count();
        if length >= least {
            let (mut held, mut count) = (0_u32, 0);
            for (at, byte) in shown.iter().enumerate().take(start + length).skip(start + offset) {
                held = held << bits | u32::from(digit(*byte).unwrap_or(0));
                count += bits;
                if count >= 8 {
                    count -= 8;
                    reading.push((held >> count) as u8, at);
                    held &= (1 << count) - 1;
                }
            }
        }
        start += length + 1;
    }
    reading
}

pub(super) fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

pub(super) fn base64_digit(byte: u8) -> Option<u8> {
    Some(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}
