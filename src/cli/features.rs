//! The features of the runtime that the constraints of a package need, in its manifest.
//!
//! Some kinds need a large parser. Nobody compiles it whose constraints do not ask for it, and nobody has to know.

use std::fs;

use crate::make::Made;
use crate::write::replace;

use super::CliError;
use super::init::manifest::with_features;
use super::load::Loaded;

/// What the manifest is called where files are listed.
pub(super) const MANIFEST: &str = "Cargo.toml";

/// The manifest as it has to be, if it is not.
pub(super) fn lacking(loaded: &Loaded, planned: &Made) -> Result<Option<String>, CliError> {
    let needed = &planned.features;
    if needed.is_empty() {
        return Ok(None);
    }
    let path = &loaded.facts.manifest;
    let before = fs::read_to_string(path).map_err(|source| CliError::Read { path: path.clone(), source })?;
    let features: Vec<&str> = needed.iter().copied().collect();
    let after = with_features(&before, &features)
        .map_err(|message| CliError::Manifest { path: path.clone(), message })?;
    Ok((after != before).then_some(after))
}

/// Switches on what is lacking; says whether anything was.
pub(super) fn write(loaded: &Loaded, planned: &Made) -> Result<bool, CliError> {
    let Some(text) = lacking(loaded, planned)? else { return Ok(false) };
    replace(&loaded.facts.manifest, &text)?;
    Ok(true)
}
