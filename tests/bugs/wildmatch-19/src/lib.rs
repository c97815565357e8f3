//! Filters for names of sensors.

/// Whether a filter, in which `*` stands for any text and `?` for one character, selects a name.
pub fn selects(filter: &str, name: &str) -> bool {
    wildmatch::WildMatch::new(filter).matches(name)
}
