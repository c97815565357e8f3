//! Reads cargo metadata and the sources of one package: the only I/O of this stage.

use std::path::{Path, PathBuf};

use crate::model::Sources;

/// What is known of the crate under test.
#[derive(Debug)]
pub struct CrateFacts {
    /// Name of the package.
    pub package: String,
    /// Name by which a test names the library.
    pub library: String,
    /// Folder of the manifest.
    pub root: PathBuf,
    /// Path of the manifest.
    pub manifest: PathBuf,
    /// Where Cargo builds.
    pub target_directory: PathBuf,
    /// Whether there is a `constraints/support.rs`.
    pub has_support: bool,
}

/// Why the facts could not be had.
#[derive(Debug, thiserror::Error)]
pub enum ResolveError {
    /// Cargo did not answer.
    #[error("cargo metadata failed for {manifest}: {message}")]
    Metadata {
        /// The manifest asked about.
        manifest: String,
        /// What cargo said.
        message: String,
    },
}

/// Reads the package at `manifest` (the one in this folder or above it by default); its source files are added to `sources`.
pub fn gather(_manifest: Option<&Path>, _sources: &mut Sources) -> Result<CrateFacts, ResolveError> {
    todo!()
}
