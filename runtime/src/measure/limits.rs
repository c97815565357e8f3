use std::time::Duration;

use super::Length;
use constraints_wire::measure::{AtMost, Counted, Dimension, Size, seconds};

/// What a declaration allows, and how far inputs grow.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// The bound as it was written; read once its kind says what it counts.
    text: Option<String>,
    /// The bound.
    pub(crate) at_most: Option<AtMost>,
    size: Option<Size>,
    within: Option<Duration>,
    /// The bound is meant to the last byte.
    pub(crate) is_exact: bool,
}

/// No limits yet.
pub fn limits() -> Limits {
    Limits::default()
}

impl Limits {
    /// The most that may be used, such as `64 * size + 64 KiB`.
    #[must_use]
    pub fn at_most(mut self, text: &str) -> Self {
        self.text = Some(text.to_string());
        self
    }

    /// How large inputs get, such as `1 MiB`.
    ///
    /// # Panics
    /// If the text is no size.
    #[must_use]
    pub fn size(mut self, text: &str) -> Self {
        self.size = Some(Size::parse(text).unwrap_or_else(|wrong| panic!("`{text}`: {}", wrong.message)));
        self
    }

    /// How long a call may take, such as `2 s`.
    ///
    /// # Panics
    /// If the text is no time.
    #[must_use]
    pub fn within(mut self, text: &str) -> Self {
        let read = seconds(text).unwrap_or_else(|wrong| panic!("`{text}`: {}", wrong.message));
        self.within = Some(Duration::from_secs_f64(read));
        self
    }

    /// The bound is meant to the last byte, also where it grows with the input.
    #[must_use]
    pub fn exact(mut self) -> Self {
        self.is_exact = true;
        self
    }

    /// The bound read as one of `dimension`.
    ///
    /// # Panics
    /// If it cannot be.
    pub(crate) fn of(mut self, dimension: Dimension) -> Self {
        let read = |text: &String| {
            AtMost::parse(text, dimension).unwrap_or_else(|wrong| panic!("`{text}`: {}", wrong.message))
        };
        self.at_most = self.text.as_ref().map(read);
        self
    }

    /// How large inputs get.
    pub(crate) fn largest(&self) -> Size {
        self.size.unwrap_or(Size { amount: 1 << 20, of: Counted::Bytes })
    }

    /// Whether a value is larger than declared: what is said holds up to there.
    pub(crate) fn is_beyond(&self, length: Length, bytes: u64) -> bool {
        let Some(size) = self.size else { return false };
        let has = match size.of {
            Counted::Bytes => Some(bytes),
            Counted::Chars => length.chars,
            Counted::Items => length.items,
        };
        has.is_some_and(|has| has > size.amount)
    }

    /// How long a call may take, if that was said.
    #[expect(dead_code, reason = "kinds about time ask for it")]
    pub(crate) fn time(&self) -> Option<Duration> {
        self.within
    }
}
