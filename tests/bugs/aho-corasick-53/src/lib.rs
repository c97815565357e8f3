//! Which files are left out of a backup: those whose path has one of some parts in it.

use aho_corasick::AhoCorasick;

/// Whether a file is left out, for `path` has one of the `parts` in it.
pub fn left_out(parts: &[String], path: &str) -> bool {
    AhoCorasick::new(parts).is_match(path)
}

/// The paths that remain.
pub fn remaining<'a>(parts: &[String], paths: &'a [String]) -> Vec<&'a str> {
    paths.iter().map(String::as_str).filter(|path| !left_out(parts, path)).collect()
}
