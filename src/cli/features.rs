//! The features of the runtime that the constraints of a package need, in its manifest.
//!
//! Some kinds need a large parser. Nobody compiles it whose constraints do not ask for it, and nobody has to know.

use std::collections::BTreeSet;
use std::fs;

use crate::kinds;
use crate::write::replace;

use super::CliError;
use super::init::manifest::with_features;
use super::load::{Loaded, Planned};

/// What the manifest is called where files are listed.
pub(super) const MANIFEST: &str = "Cargo.toml";

/// The manifest as it has to be, if it is not.
pub(super) fn lacking(loaded: &Loaded, planned: &Planned<'_>) -> Result<Option<String>, CliError> {
    let needed: BTreeSet<&str> = planned
        .bound
        .iter()
        .filter_map(|bound| kinds::find(bound.constraint.kind.value.id)?.feature(bound))
        .collect();
    if needed.is_empty() {
        return Ok(None);
    }
    let path = &loaded.facts.manifest;
    let before = fs::read_to_string(path).map_err(|source| CliError::Read { path: path.clone(), source })?;
    let features: Vec<&str> = needed.into_iter().collect();
    let after = with_features(&before, &features)
        .map_err(|message| CliError::Manifest { path: path.clone(), message })?;
    Ok((after != before).then_some(after))
}

/// Switches on what is lacking; says whether anything was.
pub(super) fn write(loaded: &Loaded, planned: &Planned<'_>) -> Result<bool, CliError> {
    let Some(text) = lacking(loaded, planned)? else { return Ok(false) };
    replace(&loaded.facts.manifest, &text)?;
    Ok(true)
}
