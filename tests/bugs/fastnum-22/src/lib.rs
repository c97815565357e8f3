//! Prices as they stand in the lists of suppliers, for a table that is sorted by them.

use fastnum::decimal::Context;
use fastnum::UD128;

/// What a piece costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Price(UD128);

impl Price {
    /// Reads a price such as `12`, `0.85` or `19.9025`: digits, and one point at most.
    pub fn parse(text: &str) -> Option<Price> {
        if !text.starts_with(|c: char| c.is_ascii_digit()) || !text.ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        if !text.chars().all(|c| c.is_ascii_digit() || c == '.') || text.matches('.').count() > 1 {
            return None;
        }
        UD128::from_str(text, Context::default()).ok().map(Price)
    }
}

/// The prices from the lowest to the highest.
pub fn sorted(texts: &[String]) -> Vec<Price> {
    let mut prices: Vec<Price> = texts.iter().filter_map(|text| Price::parse(text)).collect();
    prices.sort();
    prices
}
