//! Attributes of drawings that visitors upload.

use std::str::FromStr;

/// The depth of a `transform-origin` attribute, and its unit.
pub fn origin(value: &str) -> Result<(f64, String), String> {
    let origin = svgtypes::TransformOrigin::from_str(value).map_err(|error| error.to_string())?;
    Ok((origin.z_offset.number, format!("{:?}", origin.z_offset.unit)))
}
