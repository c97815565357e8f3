//! Takes what a generator says that every value has to keep to, gives it as data.

use toml::de::DeValue;

use super::value::{Entry, Reader, Table, wrong};
use super::{Base, Code, Fault, Fit, Format, Length, Letters, Span, Spanned};

/// Nobody waits for a value longer than this many items.
const LONGEST: usize = 1 << 24;

impl Reader<'_> {
    /// `length`, `text` and `without`, for a generator that starts from `base`.
    pub(super) fn fit(
        &mut self,
        table: &mut Table<'_>,
        base: Option<&Spanned<Base>>,
        format: Option<&Spanned<Format>>,
    ) -> Fit {
        let entries: Vec<Entry<'_>> =
            ["length", "text", "without"].into_iter().filter_map(|key| table.take(key)).collect();
        let mut fit = Fit::default();
        for entry in &entries {
            let exact = base.filter(|base| is_exact(&base.value)).map(|base| base.span);
            if let Some(exact) = exact.or(format.map(|format| format.span)) {
                self.exact(exact, entry);
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

    /// `json = true`, `archive = "tar"` and the like; the generator starts from `first`, if from anything.
    pub(super) fn format(
        &mut self,
        table: &mut Table<'_>,
        first: Option<&Entry<'_>>,
    ) -> Option<Spanned<Format>> {
        let entries: Vec<Entry<'_>> = FORMATS.iter().filter_map(|(key, _)| table.take(key)).collect();
        let (entry, others) = entries.split_first()?;
        for other in others {
            self.second_base(entry, other);
        }
        if let Some(first) = first.filter(|first| !matches!(first.key, "like" | "like_hex" | "like_file")) {
            self.second_base(first, entry);
            return None;
        }
        let (_, choices) = FORMATS.iter().find(|(key, _)| *key == entry.key)?;
        let format = match choices {
            [(TRUE, format)] => {
                let flag = self.flag(entry)?;
                if !flag.value {
                    let help = "take it out; without it the generator is of no format";
                    self.invalid(entry.span, format!("`{}` is on or not there", entry.key), "off", help);
                    return None;
                }
                *format
            }
            choices => self.choice(entry, choices)?.value,
        };
        Some(Spanned::new(format, entry.whole()))
    }

    fn exact(&mut self, exact: Span, entry: &Entry<'_>) {
        let message = format!("`{}` changes values, and this one is not to be changed", entry.key);
        self.faults.push(
            Fault::error(Code::InvalidValue, entry.key_span, message)
                .label("would change it")
                .also(exact, "this says which values there are")
                .help(format!("say it here, and take out `{}`; or start from `like` alone", entry.key)),
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

    pub(super) fn length(&mut self, entry: &Entry<'_>) -> Option<Spanned<Length>> {
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

/// What a key that is a format takes.
type Choices = &'static [(&'static str, Format)];

/// Stands for a key that is only there or not.
const TRUE: &str = "true";

/// The keys that are formats.
const FORMATS: [(&str, Choices); 5] = [
    ("json", &[(TRUE, Format::Json)]),
    ("asn1", &[(TRUE, Format::Asn1)]),
    ("http", &[("request", Format::HttpRequest), ("response", Format::HttpResponse)]),
    ("markup", &[("html", Format::Html)]),
    ("archive", &[("tar", Format::Tar), ("zip", Format::Zip)]),
];

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
            | Base::Folder(_)
            | Base::Program
            | Base::Server(_)
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
