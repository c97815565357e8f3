//! Amounts with units, and bounds over the size of an input, as declarations write them and tests read them.
//!
//! Takes text, gives numbers: bytes, seconds, or plain counts. Knows neither TOML nor what is measured.

use self::bound::UNITS;
use self::parse::Parser;

pub use self::bound::{AtMost, Counted, Dimension, Size, Term, Unreadable};

mod bound;
mod parse;

impl AtMost {
    /// Reads `64 * size + 64 KiB`, `2 s`, `n log n`, `n^2`, `constant`, `4096`.
    ///
    /// # Errors
    /// What is wrong with the text, if it cannot be read, or if it counts anything but `dimension`.
    pub fn parse(text: &str, dimension: Dimension) -> Result<Self, Unreadable> {
        let terms = Parser::new(text, dimension).bound()?;
        Ok(Self { text: text.trim().to_owned(), terms })
    }
}

impl Size {
    /// Reads it; a number alone counts bytes.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, Unreadable> {
        Parser::new(text, Dimension::Bytes).size()
    }
}

/// Reads a stretch of time such as `2 s`, in seconds.
///
/// # Errors
/// What is wrong with the text.
pub fn seconds(text: &str) -> Result<f64, Unreadable> {
    Parser::new(text, Dimension::Seconds).seconds()
}

/// An amount as a person reads it: `64 KiB (65536 bytes)`, `7 allocations` without the word.
pub fn amount(value: u64, dimension: Dimension) -> String {
    match dimension {
        Dimension::Bytes => bytes(value),
        #[expect(clippy::cast_precision_loss, reason = "it is only shown")]
        Dimension::Seconds => time(value as f64),
        Dimension::Count => value.to_string(),
    }
}

fn bytes(value: u64) -> String {
    let Some((unit, large)) = UNITS.into_iter().find(|(_, large)| value >= *large) else {
        return format!("{value} bytes");
    };
    if value.is_multiple_of(large) {
        return format!("{} {unit} ({value} bytes)", value / large);
    }
    #[expect(clippy::cast_precision_loss, reason = "it is only shown")]
    let parts = value as f64 / large as f64;
    format!("{parts:.1} {unit} ({value} bytes)")
}

/// Seconds as a person reads them.
pub fn time(seconds: f64) -> String {
    let (value, unit) = match seconds {
        seconds if seconds >= 1.0 => (seconds, "s"),
        seconds if seconds >= 1e-3 => (seconds * 1e3, "ms"),
        seconds if seconds >= 1e-6 => (seconds * 1e6, "µs"),
        seconds => (seconds * 1e9, "ns"),
    };
    let digits = usize::from(value.fract() > 0.05);
    format!("{value:.digits$} {unit}")
}

#[cfg(test)]
mod tests;
