//! Documents that partners send.

use xmlparser::{Token, Tokenizer};

/// How many elements a document has.
pub fn elements(document: &str) -> Result<usize, String> {
    let mut count = 0;
    for token in Tokenizer::from(document) {
        if let Token::ElementStart { .. } = token.map_err(|error| error.to_string())? {
            count += 1;
        }
    }
    Ok(count)
}
