//! The addresses that a crawler has seen.

use iri_string::types::UriStr;

/// The form in which an address is kept, so that each is visited once.
pub fn normal(address: &str) -> Option<String> {
    Some(UriStr::new(address).ok()?.normalize().to_string())
}
