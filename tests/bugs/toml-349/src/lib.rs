//! Catalogues that stations publish, one table each.

/// How many top-level entries a catalogue has.
pub fn entries(catalogue: &str) -> Result<usize, String> {
    let value: toml::Value = toml::from_str(catalogue).map_err(|error| error.to_string())?;
    Ok(value.as_table().map_or(0, |table| table.len()))
}
