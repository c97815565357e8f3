//! Names that may belong to the same person.

/// How alike two names are; 1 is for names that are the same.
pub fn likeness(left: &str, right: &str) -> f64 {
    strsim::jaro_winkler(left, right)
}
