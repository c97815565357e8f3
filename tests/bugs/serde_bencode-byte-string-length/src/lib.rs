//! Answers of a tracker: names and texts, bencoded.

use std::collections::BTreeMap;

pub fn read_answer(answer: &[u8]) -> Result<BTreeMap<String, String>, String> {
    serde_bencode::from_bytes(answer).map_err(|e| e.to_string())
}
