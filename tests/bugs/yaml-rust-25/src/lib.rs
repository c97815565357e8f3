//! Settings of jobs.

/// How many documents a file holds.
pub fn documents(text: &str) -> Option<usize> {
    yaml_rust::YamlLoader::load_from_str(text).ok().map(|documents| documents.len())
}
