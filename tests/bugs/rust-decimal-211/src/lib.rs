//! Prices as they are written in offers, used as keys of the price table.

use rust_decimal::Decimal;
use std::str::FromStr;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Price(Decimal);

impl Price {
    pub fn read(text: &str) -> Option<Price> {
        Decimal::from_str(text).ok().map(Price)
    }
}
