//! Settings that a user writes into a field of a form.

use toml_edit::DocumentMut;

/// The keys at the top of the settings.
pub fn keys(settings: &str) -> Result<Vec<String>, String> {
    let document: DocumentMut = settings.parse().map_err(|error: toml_edit::TomlError| error.to_string())?;
    Ok(document.iter().map(|(key, _)| key.to_owned()).collect())
}
