//! Takes the value of a key, gives a bound, a size or a time; what cannot be read is a fault at its place.
//!
//! What the texts mean is said once, where the generated tests read them too: `constraints_wire::measure`.

use constraints_wire::measure::{AtMost, Dimension, Size, Unreadable, seconds};
use toml::de::DeValue;

use super::value::{Entry, Reader, wrong};
use super::{Code, Fault, Spanned, locate_in_string};

impl Reader<'_> {
    /// The most that may be used: `64 * size + 64 KiB`, `n log n`, `4096`.
    pub(super) fn at_most(&mut self, entry: &Entry<'_>, dimension: Dimension) -> Option<Spanned<AtMost>> {
        self.amount(entry, "a bound", "1 MiB", |text| AtMost::parse(text, dimension))
    }

    /// How large inputs get: `1 MiB`, `200 chars`, `500 items`.
    pub(super) fn size(&mut self, entry: &Entry<'_>) -> Option<Spanned<Size>> {
        self.amount(entry, "a size", "1 MiB", Size::parse)
    }

    /// A stretch of time: `2 s`.
    pub(super) fn seconds(&mut self, entry: &Entry<'_>) -> Option<Spanned<f64>> {
        self.amount(entry, "a time", "2 s", seconds)
    }

    fn amount<T>(
        &mut self,
        entry: &Entry<'_>,
        takes: &str,
        example: &str,
        read: impl Fn(&str) -> Result<T, Unreadable>,
    ) -> Option<Spanned<T>> {
        let text = match entry.value {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) if number.radix() == 10 => number.to_string(),
            _ => {
                let fault = wrong(entry.key, takes, entry.value, entry.span);
                self.faults.push(fault.help(format!("write it like `{} = \"{example}\"`", entry.key)));
                return None;
            }
        };
        match read(&text) {
            Ok(value) => Some(Spanned::new(value, entry.span)),
            Err(Unreadable { at, message, help }) => {
                let span = locate_in_string(self.sources, entry.span, at);
                let fault = Fault::error(Code::InvalidValue, span, message);
                self.faults.push(fault.label(format!("`{}` cannot be read here", entry.key)).help(help));
                None
            }
        }
    }
}
