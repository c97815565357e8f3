//! Why the facts of a crate could not be had.

use std::io;

/// Why the facts could not be had.
#[derive(Debug, thiserror::Error)]
pub enum ResolveError {
    /// There is no manifest to start from.
    #[error("there is no Cargo.toml in {folder} or above it; name one with --manifest-path")]
    NoManifest {
        /// Where the search began.
        folder: String,
    },
    /// Cargo did not answer.
    #[error("cargo metadata failed for {manifest}: {message}")]
    Metadata {
        /// The manifest asked about.
        manifest: String,
        /// What cargo said.
        message: String,
    },
    /// A workspace without members.
    #[error("the workspace of {manifest} has no package")]
    NoPackage {
        /// The manifest asked about.
        manifest: String,
    },
    /// `--package` names none of the workspace.
    #[error("the workspace has no package `{name}`; it has {near}")]
    UnknownPackage {
        /// What was asked for.
        name: String,
        /// What may have been meant.
        near: String,
    },
    /// `--features` names none of the packages.
    #[error("there is no feature `{feature}`{}", meant(near))]
    UnknownFeature {
        /// What was asked for.
        feature: String,
        /// What may have been meant.
        near: Vec<String>,
    },
    /// There is no code that other code could call.
    #[error(
        "package {package} has neither a library nor a binary, only {other}; move what the constraints are about into `src/lib.rs`"
    )]
    NoCrate {
        /// The package.
        package: String,
        /// The targets it has.
        other: String,
    },
    /// The package has several binaries and nothing says which one is meant.
    #[error(
        "package {package} has no library but several binaries ({names}); name one with `--bin NAME`, or for good with `bin = \"NAME\"` below `[package.metadata.constraints]` in its Cargo.toml"
    )]
    SeveralBins {
        /// The package.
        package: String,
        /// Its binaries.
        names: String,
    },
    /// The binary asked for does not exist.
    #[error("package {package} has no binary `{wanted}`; it has {}", if names.is_empty() { "none" } else { names })]
    UnknownBin {
        /// The package.
        package: String,
        /// What was asked for.
        wanted: String,
        /// Its binaries.
        names: String,
    },
    /// `--target` names no machine that the compiler knows.
    #[error("cannot build for `{target}`: {said}")]
    UnknownTarget {
        /// What was asked for.
        target: String,
        /// What the compiler said.
        said: String,
    },
    /// A source file that has to be there is not.
    #[error("source file {path} does not exist")]
    Missing {
        /// Its path from the root of the package.
        path: String,
    },
    /// A source file is there but cannot be read.
    #[error("source file {path} cannot be read: {source}")]
    Unreadable {
        /// Its path from the root of the package.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// A source file is not text.
    #[error("source file {path} is not valid UTF-8, after {valid} bytes")]
    NotUtf8 {
        /// Its path from the root of the package.
        path: String,
        /// How many bytes of it are.
        valid: usize,
    },
}

fn meant(near: &[String]) -> String {
    if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(" or ")) }
}
