//! Amounts from imported lists, in one form.

use bigdecimal::BigDecimal;
use std::str::FromStr;

/// The amount as the program writes it, or nothing if it is none.
pub fn usual_form(text: &str) -> Option<String> {
    BigDecimal::from_str(text).ok().map(|d| d.to_string())
}
