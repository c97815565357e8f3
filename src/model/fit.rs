//! Takes what a generator says that every value has to keep to, gives it as data.

use toml::de::DeValue;

use super::value::{Entry, Reader, Table, wrong};
use super::{Base, Code, Fault, Fit, Length, Letters, Spanned};

/// Nobody waits for a value longer than this many items.
const LONGEST: usize = 1 << 24;

impl Reader<'_> {
    /// `length`, `text` and `without`, for a generator that starts from `base`.
    pub(super) fn fit(&mut self, table: &mut Table<'_>, base: Option<&Spanned<Base>>) -> Fit {
        let entries: Vec<Entry<'_>> =
            ["length", "text", "without"].into_iter().filter_map(|key| table.take(key)).collect();
        let mut fit = Fit::default();
        for entry in &entries {
            if let Some(base) = base.filter(|base| is_exact(&base.value)) {
                self.exact(base, entry);
                continue;
            }
            match entry.key {
                "length" => fit.length = self.length(entry),
                "text" => {
                    fit.letters = self.choice(entry, &Letters::ALL.map(|letters| (letters.name(), letters)));
                }
                _ => fit.without = self.texts_that_never_occur(entry),
            }
        }
        fit
    }

    fn exact(&mut self, base: &Spanned<Base>, entry: &Entry<'_>) {
        let message = format!("`{}` changes values, and this one is not to be changed", entry.key);
        self.faults.push(
            Fault::error(Code::InvalidValue, entry.key_span, message)
                .label("would change it")
                .also(base.span, "this says exactly which values there are")
                .help(format!("say it here, and take out `{}`; or start from `like`", entry.key)),
        );
    }

    fn texts_that_never_occur(&mut self, entry: &Entry<'_>) -> Vec<Spanned<String>> {
        let texts = self.texts(entry).unwrap_or_default();
        for text in texts.iter().filter(|text| text.value.is_empty()) {
            self.invalid(
                text.span,
                "the empty text occurs in every text",
                "nothing stands here",
                "take it out",
            );
        }
        texts.into_iter().filter(|text| !text.value.is_empty()).collect()
    }

    fn length(&mut self, entry: &Entry<'_>) -> Option<Spanned<Length>> {
        let read = match entry.value {
            DeValue::Integer(number) => {
                let number = usize::from_str_radix(number.as_str(), number.radix()).ok();
                number.map(|number| Length { least: number, most: number })
            }
            DeValue::String(text) => range(text),
            _ => {
                let fault = wrong(entry.key, "a whole number or a range", entry.value, entry.span);
                self.faults.push(fault.help(HELP));
                return None;
            }
        };
        match read {
            Some(length) if length.least > length.most => {
                self.invalid(entry.span, "no length lies in this range", "the end is below the start", HELP);
            }
            Some(length) if length.least > LONGEST => {
                self.invalid(
                    entry.span,
                    "values of this length would take too long to make",
                    "too long",
                    HELP,
                );
            }
            Some(length) => return Some(Spanned::new(length, entry.span)),
            None => self.invalid(entry.span, "this is not a length", "neither a number nor a range", HELP),
        }
        None
    }
}

const HELP: &str = "write `length = 32`, `length = \"1..=64\"`, or `length = \"1..\"`";

/// Whether a value that starts from it is exactly what was written.
fn is_exact(base: &Base) -> bool {
    matches!(
        base,
        Base::Is(_)
            | Base::OneOf(_)
            | Base::OneOfFile(_)
            | Base::Matching(_)
            | Base::Range(_)
            | Base::Value(_)
    )
}

/// `a..=b`, `a..b`, and either side open.
fn range(text: &str) -> Option<Length> {
    let (low, high) = text.split_once("..")?;
    let number = |text: &str| text.trim().replace('_', "").parse::<usize>().ok();
    let least = if low.trim().is_empty() { 0 } else { number(low)? };
    let most = match (high.trim(), high.trim().strip_prefix('=')) {
        ("", _) => usize::MAX,
        (_, Some(high)) => number(high)?,
        (high, None) => match number(high)?.checked_sub(1) {
            Some(most) => most,
            // No length is below zero.
            None => return Some(Length { least: 1, most: 0 }),
        },
    };
    Some(Length { least, most })
}
