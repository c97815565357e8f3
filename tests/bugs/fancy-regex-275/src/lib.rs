//! Patterns by which users take logs apart.

/// The columns of a pattern: the names of its groups.
pub fn columns(pattern: &str) -> Result<Vec<String>, String> {
    let pattern = fancy_regex::Regex::new(pattern).map_err(|error| error.to_string())?;
    Ok(pattern.capture_names().flatten().map(str::to_owned).collect())
}
