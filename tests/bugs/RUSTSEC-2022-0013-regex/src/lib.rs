//! Visitors search the archive with patterns of their own.

use regex::RegexBuilder;

/// Whether the pattern can be used for a search.
pub fn search_pattern_ok(pattern: &str) -> Result<(), String> {
    if pattern.len() > 1000 {
        return Err("a pattern has at most 1000 bytes".into());
    }
    RegexBuilder::new(pattern).size_limit(200_000).build().map(drop).map_err(|e| e.to_string())
}
