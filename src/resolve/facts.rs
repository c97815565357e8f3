//! Reads cargo metadata and the sources of one package: the only I/O of this stage.

#![expect(clippy::disallowed_methods, reason = "the only place that asks Cargo and the disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cargo_metadata::{Metadata, MetadataCommand, Package, TargetKind};

use super::collect::collect;
use super::files::Files;
use super::items::Tables;
use crate::model::{Model, Sources};

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
    /// The items of the library and of `support.rs`.
    pub(super) items: Tables,
    /// The files that declarations name.
    pub(super) files: Files,
}

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
    /// The manifest is that of a workspace, not of a package.
    #[error("{manifest} is a workspace of several packages ({packages}); name one with --manifest-path")]
    SeveralPackages {
        /// The manifest of the workspace.
        manifest: String,
        /// Its packages.
        packages: String,
    },
    /// Tests could not link anything.
    #[error("package {package} in {manifest} has no library that a test could use")]
    NoLibrary {
        /// The package.
        package: String,
        /// Its manifest.
        manifest: String,
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

/// Where the user's own Rust stands.
const SUPPORT: &str = "constraints/support.rs";

/// Reads the package at `manifest` (the one in this folder or above it by default); its source files are added to `sources`.
pub fn gather(manifest: Option<&Path>, sources: &mut Sources) -> Result<CrateFacts, ResolveError> {
    let manifest = match manifest {
        Some(manifest) => manifest.to_owned(),
        None => nearest_manifest()?,
    };
    let metadata = MetadataCommand::new().manifest_path(&manifest).no_deps().exec().map_err(|error| {
        let message = match error {
            cargo_metadata::Error::CargoMetadata { stderr } => stderr.trim().to_owned(),
            other => other.to_string(),
        };
        ResolveError::Metadata { manifest: manifest.display().to_string(), message }
    })?;
    let package = package(&metadata, &manifest)?;
    let is_library =
        |kind: &TargetKind| matches!(kind, TargetKind::Lib | TargetKind::RLib | TargetKind::DyLib);
    let Some(target) = package.targets.iter().find(|target| target.kind.iter().any(is_library)) else {
        return Err(ResolveError::NoLibrary {
            package: package.name.to_string(),
            manifest: package.manifest_path.to_string(),
        });
    };
    let manifest = package.manifest_path.clone().into_std_path_buf();
    let root = manifest.parent().map_or_else(PathBuf::new, Path::to_owned);
    let source = below(&root, target.src_path.as_std_path());
    let mut read = |path: &str| read_file(&root, path);
    let items = collect(&source, SUPPORT, &default_features(package), sources, &mut read)?;
    Ok(CrateFacts {
        package: package.name.to_string(),
        library: target.name.replace('-', "_"),
        manifest,
        target_directory: metadata.target_directory.clone().into_std_path_buf(),
        has_support: items.support.is_some(),
        items,
        files: Files::default(),
        root,
    })
}

impl CrateFacts {
    /// The facts of a library that is given as texts: `src/lib.rs`, its further files, and perhaps `constraints/support.rs`.
    ///
    /// For looking at code that is on no disk, as tests do.
    pub fn from_texts(
        library: &str,
        files: &[(&str, &str)],
        sources: &mut Sources,
    ) -> Result<Self, ResolveError> {
        let files: BTreeMap<&str, &str> = files.iter().copied().collect();
        let mut read = |path: &str| Ok(files.get(path).map(|text| Arc::from(*text)));
        let items = collect("src/lib.rs", SUPPORT, &BTreeSet::new(), sources, &mut read)?;
        Ok(Self {
            package: library.replace('_', "-"),
            library: library.to_owned(),
            root: PathBuf::new(),
            manifest: PathBuf::from("Cargo.toml"),
            target_directory: PathBuf::from("target"),
            has_support: items.support.is_some(),
            items,
            files: Files::default(),
        })
    }

    /// Looks for the files that the declarations name; without it they have none.
    #[must_use]
    pub fn with_files_of(mut self, model: &Model) -> Self {
        self.files = Files::of(model, &self.root);
        self
    }
}

fn nearest_manifest() -> Result<PathBuf, ResolveError> {
    let folder = std::env::current_dir()
        .map_err(|source| ResolveError::Unreadable { path: ".".to_owned(), source })?;
    folder
        .ancestors()
        .map(|folder| folder.join("Cargo.toml"))
        .find(|manifest| manifest.is_file())
        .ok_or_else(|| ResolveError::NoManifest { folder: folder.display().to_string() })
}

/// The package that `manifest` declares, or the only one of the workspace it declares.
fn package<'a>(metadata: &'a Metadata, manifest: &Path) -> Result<&'a Package, ResolveError> {
    let wanted = manifest.canonicalize().unwrap_or_else(|_| manifest.to_owned());
    let is_wanted = |package: &&Package| {
        let path = package.manifest_path.as_std_path();
        path.canonicalize().is_ok_and(|path| path == wanted)
    };
    if let Some(package) = metadata.packages.iter().find(is_wanted) {
        return Ok(package);
    }
    match metadata.packages.as_slice() {
        [package] => Ok(package),
        packages => {
            let mut names: Vec<_> = packages.iter().map(|package| package.name.to_string()).collect();
            names.sort();
            Err(ResolveError::SeveralPackages {
                manifest: manifest.display().to_string(),
                packages: names.join(", "),
            })
        }
    }
}

/// The features of a build that names none.
fn default_features(package: &Package) -> BTreeSet<String> {
    let mut features = BTreeSet::new();
    let mut open = vec!["default".to_owned()];
    while let Some(feature) = open.pop() {
        if let Some(implied) = package.features.get(&feature)
            && features.insert(feature)
        {
            open.extend(implied.iter().map(|name| name.trim_start_matches("dep:").to_owned()));
        }
    }
    features
}

/// `path` from `root`, with `/`; with `..` where it lies outside.
fn below(root: &Path, path: &Path) -> String {
    let ups =
        root.ancestors().enumerate().find_map(|(ups, above)| Some((ups, path.strip_prefix(above).ok()?)));
    let (ups, rest) = ups.unwrap_or((0, path));
    "../".repeat(ups) + &rest.to_string_lossy().replace('\\', "/")
}

fn read_file(root: &Path, path: &str) -> Result<Option<Arc<str>>, ResolveError> {
    match std::fs::read(root.join(path)) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(Arc::from(text))),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                Err(ResolveError::NotUtf8 { path: path.to_owned(), valid })
            }
        },
        Err(source) if is_absent(&source) => Ok(None),
        Err(source) => Err(ResolveError::Unreadable { path: path.to_owned(), source }),
    }
}

/// A file where a folder should be makes what is below it absent too.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
