//! Answers that send a visitor on.

use hyper::header::{ContentLength, Headers, Location};

/// The headers of an answer that sends to `address`.
pub fn head(address: &str) -> String {
    let mut headers = Headers::new();
    headers.set(Location(address.to_owned()));
    headers.set(ContentLength(0));
    headers.to_string()
}
