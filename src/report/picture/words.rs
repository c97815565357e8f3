//! Takes text, gives it escaped, and as much of it as fits.

/// Text as XML takes it; what XML has no place for is shown as missing.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(letter),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            letter if letter.is_control() => escaped.push('\u{fffd}'),
            letter => escaped.push(letter),
        }
    }
    escaped
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How wide a letter is, in the widths of an average one. No font is asked: it is not known which one is used.
fn width(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 'I' | 't' | 'f' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 0.6,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 1.5,
        'A'..='Z' => 1.2,
        letter if u32::from(letter) >= 0x1100 => 2.0,
        _ => 1.0,
    }
}

/// How wide a text is, in the same.
pub(super) fn width_of(text: &str) -> f64 {
    text.chars().map(width).sum()
}

/// The text, cut so that it fits.
pub(super) fn clip(text: &str, fits: f64) -> String {
    if width_of(text) <= fits {
        return text.to_owned();
    }
    let mut used = 1.0;
    let mut kept: String = text
        .chars()
        .take_while(|letter| {
            used += width(*letter);
            used <= fits
        })
        .collect();
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// Two lines at most.
pub(super) fn wrapped(text: &str, fits: f64) -> Vec<String> {
    let text = one_line(text);
    let mut first = String::new();
    let mut rest = text.as_str();
    for word in text.split(' ') {
        let longer = if first.is_empty() { word.to_owned() } else { format!("{first} {word}") };
        if width_of(&longer) > fits && !first.is_empty() {
            break;
        }
        first = longer;
        rest = text[first.len()..].trim_start();
    }
    let lines = [clip(&first, fits), clip(rest, fits)];
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}
