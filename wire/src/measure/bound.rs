//! Bounds, sizes and what they count, as data.

use std::fmt;
use std::ops::Range;

/// Units of bytes, the largest first.
pub(super) const UNITS: [(&str, u64); 3] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];

/// What an amount counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// Bytes.
    Bytes,
    /// Seconds.
    Seconds,
    /// Things, such as allocations.
    Count,
}

/// What is wrong with a text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Bytes of the text.
    pub at: Range<usize>,
    /// What is wrong, a fragment.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// The most that may be used, over `n` and `size`: a sum of terms such as `64 * size`, `n log n` or `64 KiB`.
#[derive(Clone, Debug, PartialEq)]
pub struct AtMost {
    /// As it was written.
    pub text: String,
    /// Its terms; their sum is the bound.
    pub terms: Vec<Term>,
}

/// `factor * n^a * (log n)^b * size^c * (log size)^d`
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    /// The constant in front, in bytes, seconds or things.
    pub factor: f64,
    /// Powers of `n` and of `size`.
    pub powers: [f64; 2],
    /// Powers of their logarithms.
    pub logs: [i32; 2],
    /// What the unit of the constant says, if it has one.
    pub unit: Option<Dimension>,
}

impl AtMost {
    /// The bound for these sizes.
    pub fn at(&self, n: u64, size: u64) -> f64 {
        self.terms.iter().map(|term| term.at([n, size])).sum()
    }

    /// Whether it speaks of `n`.
    pub fn is_over_n(&self) -> bool {
        self.terms.iter().any(|term| term.powers[0] != 0.0 || term.logs[0] != 0)
    }

    /// Whether it speaks of `size`.
    pub fn is_over_size(&self) -> bool {
        self.terms.iter().any(|term| term.powers[1] != 0.0 || term.logs[1] != 0)
    }

    /// Whether a constant in it has a unit, so that it bounds an amount and not merely how it grows.
    pub fn has_unit(&self) -> bool {
        self.terms.iter().any(|term| term.unit.is_some())
    }

    /// Whether it is the weaker of two bounds: nowhere below `other` as sizes grow. `None` if neither is.
    pub fn is_weaker_than(&self, other: &Self) -> Option<bool> {
        let sizes = (0..40).map(|bit| 1_u64 << bit);
        let compared = sizes.map(|size| self.at(size, size).total_cmp(&other.at(size, size)));
        let mut seen = [false; 2];
        for order in compared {
            seen[0] |= order.is_lt();
            seen[1] |= order.is_gt();
        }
        match seen {
            [true, true] => None,
            [below, _] => Some(!below),
        }
    }
}

impl Term {
    fn at(&self, sizes: [u64; 2]) -> f64 {
        let mut value = self.factor;
        for (at, size) in sizes.into_iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "sizes of inputs are far below 2^52")]
            let size = size as f64;
            if self.powers[at] != 0.0 {
                value *= size.powf(self.powers[at]);
            }
            // One item has no logarithm to speak of, and still may cost something.
            value *= (size + 2.0).log2().powi(self.logs[at]);
        }
        value
    }
}

/// How large inputs get: `1 MiB`, `200 chars`, `500 items`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// How many.
    pub amount: u64,
    /// Of what.
    pub of: Counted,
}

/// What the size of an input counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Bytes.
    Bytes,
    /// Characters of a text.
    Chars,
    /// Items of a list.
    Items,
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.of {
            // As it can be read again.
            Counted::Bytes => match UNITS.into_iter().find(|(_, large)| self.amount.is_multiple_of(*large)) {
                Some((unit, large)) => write!(f, "{} {unit}", self.amount / large),
                None => write!(f, "{} bytes", self.amount),
            },
            Counted::Chars => write!(f, "{} chars", self.amount),
            Counted::Items => write!(f, "{} items", self.amount),
        }
    }
}
