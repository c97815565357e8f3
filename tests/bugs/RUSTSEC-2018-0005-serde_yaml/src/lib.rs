//! Settings that users write.

/// How many entries a settings file has at its top.
pub fn entries(text: &str) -> Result<usize, String> {
    match serde_yaml::from_str(text).map_err(|error| error.to_string())? {
        serde_yaml::Value::Mapping(settings) => Ok(settings.len()),
        serde_yaml::Value::Sequence(settings) => Ok(settings.len()),
        _ => Ok(0),
    }
}
