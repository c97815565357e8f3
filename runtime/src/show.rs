//! Values as a person reads them: as Rust writes them, with long repetitions shortened.

use std::fmt::{Debug, Write as _};

/// Text shown in full up to this many characters.
const FULL: usize = 160;
/// A `Debug` text is cut after this many characters.
const LONGEST: usize = 1_500;

/// How the text of a value without `Debug` begins.
pub(crate) const NO_DEBUG: &str = "a value of type ";

/// How a value of any type looks: its `Debug`, or its type where it has none.
#[macro_export]
macro_rules! shown {
    ($value:expr $(,)?) => {{
        #[allow(unused_imports)]
        use $crate::v1::{AnyShown as _, DebugShown as _};
        (&$crate::v1::Wrap(&$value)).shown_for_people()
    }};
    // Only what the value is held against says which type it has, as of `Ok(1)`; nothing is compared.
    ($value:expr, $other:expr $(,)?) => {
        match &$value {
            value => {
                let _ = || *value == $other;
                $crate::shown!(*value)
            }
        }
    };
}

/// Carries a value to the right way of showing it: method lookup tries [`DebugShown`] first.
#[derive(Clone, Copy)]
pub struct Wrap<'a, T: ?Sized>(pub &'a T);

impl<T: ?Sized> std::fmt::Debug for Wrap<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Wrap")
    }
}

/// Shows by `Debug`.
pub trait DebugShown {
    /// The text.
    fn shown_for_people(&self) -> String;
}

impl<T: Debug + ?Sized> DebugShown for Wrap<'_, T> {
    fn shown_for_people(&self) -> String {
        show_debug(self.0)
    }
}

/// Shows types without `Debug`.
pub trait AnyShown {
    /// The text.
    fn shown_for_people(&self) -> String;
}

impl<T: ?Sized> AnyShown for &Wrap<'_, T> {
    fn shown_for_people(&self) -> String {
        format!("{NO_DEBUG}{}", std::any::type_name::<T>())
    }
}

pub(crate) fn show_debug<T: Debug + ?Sized>(value: &T) -> String {
    shorten(&format!("{value:?}"))
}

/// A text as a Rust literal; a long one with its repetitions counted.
pub(crate) fn show_text(text: &str) -> String {
    if text.chars().count() <= FULL {
        return format!("{text:?}");
    }
    let chars: Vec<char> = text.chars().collect();
    let quoted = |part: &[char]| format!("{:?}", part.iter().collect::<String>());
    repetition(&chars)
        .map_or_else(|| cut(&chars, |part| quoted(part), "characters"), |found| found.write(&chars, quoted))
}

/// Bytes as a Rust literal; long ones with their repetitions counted.
pub(crate) fn show_bytes(bytes: &[u8]) -> String {
    let quoted = |part: &[u8]| format!("b\"{}\"", part.escape_ascii());
    if bytes.len() <= FULL {
        return quoted(bytes);
    }
    repetition(bytes).map_or_else(|| cut(bytes, quoted, "bytes"), |found| found.write(bytes, quoted))
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        None => text.to_string(),
        Some((at, _)) => format!("{} … ({} characters)", &text[..at], text.chars().count()),
    }
}

fn cut<T>(items: &[T], quoted: impl Fn(&[T]) -> String, what: &str) -> String {
    let (head, tail) = (&items[..FULL / 2], &items[items.len() - FULL / 4..]);
    format!("{} … {} ({} {what})", quoted(head), quoted(tail), items.len())
}

/// `prefix + unit × times + suffix`
struct Repetition {
    start: usize,
    unit: usize,
    times: usize,
}

impl Repetition {
    fn write<T>(&self, items: &[T], quoted: impl Fn(&[T]) -> String) -> String {
        let end = self.start + self.unit * self.times;
        let mut text = String::new();
        let side = |part: &[T]| if part.len() <= FULL { quoted(part) } else { cut(part, &quoted, "items") };
        if self.start > 0 {
            let _ = write!(text, "{} + ", side(&items[..self.start]));
        }
        let _ = write!(text, "{} × {}", quoted(&items[self.start..self.start + self.unit]), self.times);
        if end < items.len() {
            let _ = write!(text, " + {}", side(&items[end..]));
        }
        text
    }
}

/// The repetition that covers most, if it covers half.
fn repetition<T: PartialEq>(items: &[T]) -> Option<Repetition> {
    let mut best: Option<(usize, Repetition)> = None;
    for unit in 1..=40.min(items.len() / 2) {
        let mut at = 0;
        while at + unit < items.len() {
            let same = items[at..].iter().zip(&items[at + unit..]).take_while(|(a, b)| a == b).count();
            let times = same / unit + 1;
            let covers = unit * times;
            if times >= 4 && best.as_ref().is_none_or(|(most, _)| covers > *most) {
                best = Some((covers, Repetition { start: at, unit, times }));
            }
            at += same + 1;
        }
    }
    best.filter(|(covers, _)| covers * 2 >= items.len()).map(|(_, repetition)| repetition)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_values_are_shown_as_rust_writes_them() {
        assert_eq!(show_text("\\é\0"), r#""\\é\0""#);
        assert_eq!(show_bytes(&[6, 0, b'a']), r#"b"\x06\x00a""#);
    }

    #[test]
    fn repetitions_are_counted() {
        let text = format!("{{\"a\":{}1{}", "[".repeat(500), "]".repeat(3));
        assert_eq!(show_text(&text), r#""{\"a\":" + "[" × 500 + "1]]]""#);
        assert_eq!(show_bytes(&[0x81; 900]), r#"b"\x81" × 900"#);
    }

    #[test]
    fn what_does_not_repeat_is_cut() {
        let text: String = (0..2_000u32).filter_map(|n| char::from_u32(0x4e00 + n)).collect();
        assert!(show_text(&text).ends_with("(2000 characters)"));
    }

    #[test]
    fn any_type_can_be_shown() {
        struct Silent;
        assert_eq!(shown!(7), "7");
        assert!(shown!(Silent).contains("Silent"));
    }
}
