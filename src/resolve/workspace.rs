//! Asks Cargo which packages there are, gives those that a command is about. Reads no source file.

#![expect(clippy::disallowed_methods, reason = "the only place that asks Cargo")]

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use cargo_metadata::{Metadata, MetadataCommand, Package, TargetKind};

use super::build::Build;
use super::dependencies::Use;
use super::error::ResolveError;
use crate::model::nearest;

/// What Cargo says of a manifest and of the workspace around it.
#[derive(Debug)]
pub struct Workspace {
    metadata: Metadata,
    manifest: PathBuf,
}

/// Which packages of a workspace are meant, and how they are built.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Packages by name; none named means the one that the manifest declares, or all if it declares none.
    pub packages: Vec<String>,
    /// Whether all packages are meant.
    pub all: bool,
    /// The binary that is meant, where a package is not about its library.
    pub bin: Option<String>,
    /// How they are built.
    pub build: Build,
}

/// One package that is meant.
#[derive(Clone, Debug)]
pub struct Member {
    pub(super) package: Package,
    pub(super) bin: Option<String>,
    pub(super) build: Build,
    pub(super) target_directory: PathBuf,
    pub(super) workspace: PathBuf,
    pub(super) members: Vec<String>,
    pub(super) at_root: Option<String>,
}

/// How tests get at a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// As every user does: the tests are a target of their own that links the library.
    Linked,
    /// Only from inside: nothing can link it.
    Inside,
}

impl Workspace {
    /// Asks about the manifest at `manifest`, or the nearest one upwards.
    pub fn ask(manifest: Option<&Path>) -> Result<Self, ResolveError> {
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
        Ok(Self { metadata, manifest })
    }

    /// Whether the manifest asked about declares a package of its own.
    pub fn has_package(&self) -> bool {
        self.own().is_some()
    }

    /// The packages that `choice` means, ordered by name; at least one.
    pub fn choose(&self, choice: &Choice) -> Result<Vec<Member>, ResolveError> {
        let mut packages: Vec<&Package> = match (choice.packages.as_slice(), self.own()) {
            _ if choice.all => self.metadata.workspace_packages(),
            ([], Some(own)) => vec![own],
            // As Cargo does where a workspace has no package at its root.
            ([], None) => self.metadata.workspace_default_packages(),
            (names, _) => names.iter().map(|name| self.named(name)).collect::<Result<_, _>>()?,
        };
        packages.sort_by(|a, b| a.name.cmp(&b.name));
        packages.dedup_by(|a, b| a.id == b.id);
        if packages.is_empty() {
            return Err(ResolveError::NoPackage { manifest: self.manifest.display().to_string() });
        }
        let builds = builds(&packages, &choice.build)?;
        let members = packages.iter().zip(builds).map(|(package, build)| Member {
            package: (*package).clone(),
            bin: choice.bin.clone().or_else(|| setting(package, "bin")),
            build,
            target_directory: self.metadata.target_directory.clone().into_std_path_buf(),
            workspace: self.metadata.workspace_root.clone().into_std_path_buf(),
            members: self.names(),
            at_root: self.metadata.root_package().map(|package| package.name.to_string()),
        });
        Ok(members.collect())
    }

    /// The package that the manifest declares.
    fn own(&self) -> Option<&Package> {
        let wanted = self.manifest.canonicalize().unwrap_or_else(|_| self.manifest.clone());
        self.metadata.packages.iter().find(|package| {
            package.manifest_path.as_std_path().canonicalize().is_ok_and(|path| path == wanted)
        })
    }

    fn named(&self, name: &str) -> Result<&Package, ResolveError> {
        let packages = self.metadata.workspace_packages();
        packages.into_iter().find(|package| package.name.as_str() == name).ok_or_else(|| {
            let names = self.names();
            let near = nearest(name, names.iter().map(String::as_str));
            let near = if near.is_empty() { names.join(", ") } else { near.join(", ") };
            ResolveError::UnknownPackage { name: name.to_owned(), near }
        })
    }

    fn names(&self) -> Vec<String> {
        let packages = self.metadata.workspace_packages();
        let mut names: Vec<_> = packages.iter().map(|package| package.name.to_string()).collect();
        names.sort();
        names
    }
}

impl Member {
    /// Name of the package.
    pub fn name(&self) -> &str {
        &self.package.name
    }

    /// Names of all packages of the workspace.
    pub fn members(&self) -> &[String] {
        &self.members
    }

    /// The package at the root of the workspace, if there is one.
    pub fn at_root(&self) -> Option<&str> {
        self.at_root.as_deref()
    }

    /// The crate under test, and how tests get at it.
    pub(super) fn subject(&self) -> Result<(&cargo_metadata::Target, Access), ResolveError> {
        let has = |target: &&cargo_metadata::Target, kinds: &[TargetKind]| {
            target.kind.iter().any(|kind| kinds.contains(kind))
        };
        let linked = [TargetKind::Lib, TargetKind::RLib, TargetKind::DyLib];
        let closed = [TargetKind::CDyLib, TargetKind::StaticLib, TargetKind::ProcMacro];
        let targets = || self.package.targets.iter();
        if self.bin.is_none() {
            if let Some(library) = targets().find(|target| has(target, &linked)) {
                return Ok((library, Access::Linked));
            }
            if let Some(library) = targets().find(|target| has(target, &closed)) {
                return Ok((library, Access::Inside));
            }
        }
        let bins: Vec<_> = targets().filter(|target| has(target, &[TargetKind::Bin])).collect();
        self.binary(&bins).map(|binary| (binary, Access::Inside))
    }

    /// The binary named, else the one that `cargo run` starts, else the one that is named like the package.
    fn binary<'t>(
        &self,
        bins: &[&'t cargo_metadata::Target],
    ) -> Result<&'t cargo_metadata::Target, ResolveError> {
        let named = |name: &str| bins.iter().find(|bin| bin.name == name).copied();
        let package = self.name().to_owned();
        let all = || bins.iter().map(|bin| bin.name.as_str()).collect::<Vec<_>>().join(", ");
        if let Some(wanted) = &self.bin {
            let missing = || ResolveError::UnknownBin { package, wanted: wanted.clone(), names: all() };
            return named(wanted).ok_or_else(missing);
        }
        match bins {
            [] => {
                let other: Vec<_> = self.package.targets.iter().map(|target| target.name.as_str()).collect();
                Err(ResolveError::NoCrate { package, other: other.join(", ") })
            }
            [bin] => Ok(bin),
            _ => {
                let preferred = self.package.default_run.as_deref().and_then(named);
                let several = || ResolveError::SeveralBins { package: package.clone(), names: all() };
                preferred.or_else(|| named(self.name())).ok_or_else(several)
            }
        }
    }

    /// What the compiler sets for the machine that is built for; nothing for the machine at hand.
    pub(super) fn machine(&self) -> Result<Option<BTreeSet<String>>, ResolveError> {
        let Some(target) = &self.build.target else { return Ok(None) };
        let unknown = |said: String| ResolveError::UnknownTarget { target: target.clone(), said };
        let folder = self.package.manifest_path.parent();
        let output = rustc()
            .args(["--print", "cfg", "--target", target])
            .current_dir(folder.map_or(Path::new("."), |folder| folder.as_std_path()))
            .output()
            .map_err(|error| unknown(error.to_string()))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(unknown(said.lines().next().unwrap_or_default().to_owned()));
        }
        Ok(Some(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()))
    }

    /// The name under which the package depends on `name`, for its code or its tests, with the features asked for.
    pub(super) fn dependency(&self, name: &str) -> Option<(String, Vec<String>)> {
        use cargo_metadata::DependencyKind::{Development, Normal};
        let usable = |kind, optional: bool| kind == Development || kind == Normal && !optional;
        let mut found = self.package.dependencies.iter().filter(|it| it.name == name);
        let first = found.clone().find(|it| usable(it.kind, it.optional))?;
        let named = first.rename.as_deref().unwrap_or(&first.name).replace('-', "_");
        let features = found.by_ref().filter(|it| usable(it.kind, it.optional));
        Some((named, features.flat_map(|it| it.features.iter().cloned()).collect()))
    }
}

/// The packages that a member depends on, asked for when the first of them is needed.
pub(super) struct Dependencies<'m> {
    member: &'m Member,
    metadata: OnceCell<Option<Metadata>>,
}

/// The library of a package that another one depends on.
pub(super) struct Dependency {
    /// What tells it from all others.
    pub id: String,
    /// Its root file.
    pub root: PathBuf,
    /// Its features that are on.
    pub features: BTreeSet<String>,
}

impl<'m> Dependencies<'m> {
    /// Those of `member`.
    pub(super) fn new(member: &'m Member) -> Self {
        Self { member, metadata: OnceCell::new() }
    }

    /// The library that the package `of`, or the member itself, has under `name`, if it is worth reading for that use:
    /// what comes from elsewhere only where it is offered on.
    pub(super) fn find(&self, of: Option<&str>, name: &str, used: Use) -> Option<Dependency> {
        if of.is_none() && !self.member.may_use(name, used) {
            return None;
        }
        let metadata = self
            .metadata
            .get_or_init(|| {
                package_graph(self.member.package.manifest_path.as_std_path(), &self.member.build)
            })
            .as_ref()?;
        let of = of.unwrap_or(&self.member.package.id.repr);
        let nodes = &metadata.resolve.as_ref()?.nodes;
        let node = nodes.iter().find(|node| node.id.repr == of)?;
        let found = node.deps.iter().find(|it| it.name == name)?;
        let package = metadata.packages.iter().find(|package| package.id == found.pkg)?;
        if package.source.is_some() && used == Use::Private {
            return None;
        }
        let library = [TargetKind::Lib, TargetKind::RLib, TargetKind::DyLib];
        let target = package.targets.iter().find(|it| it.kind.iter().any(|kind| library.contains(kind)))?;
        let features = nodes.iter().find(|node| node.id == found.pkg).map(|node| &node.features);
        Some(Dependency {
            id: found.pkg.repr.clone(),
            root: target.src_path.clone().into_std_path_buf(),
            features: features.into_iter().flatten().map(ToString::to_string).collect(),
        })
    }
}

impl Member {
    /// Whether the manifest itself has a dependency of this name that is worth asking about.
    fn may_use(&self, name: &str, used: Use) -> bool {
        self.package.dependencies.iter().any(|it| {
            let named = it.rename.as_ref().unwrap_or(&it.name).replace('-', "_");
            // A library may have another name than its package.
            (named == name || it.path.is_some()) && (it.path.is_some() || used == Use::Offered)
        })
    }
}

/// The whole graph of packages for the platform that is built for; nothing where Cargo cannot tell without asking the
/// network. Packages for other platforms need not be there.
pub fn package_graph(manifest: &Path, build: &Build) -> Option<Metadata> {
    let folder = manifest.parent()?;
    let mut build = build.clone();
    let platform = build.target.take().or_else(|| host(folder));
    let mut arguments = vec!["--offline".to_owned()];
    arguments.extend(platform.into_iter().flat_map(|platform| ["--filter-platform".to_owned(), platform]));
    arguments.extend(build.arguments());
    MetadataCommand::new().current_dir(folder).manifest_path(manifest).other_options(arguments).exec().ok()
}

/// The platform at hand, if the compiler says.
fn host(folder: &Path) -> Option<String> {
    let output = rustc().arg("-vV").current_dir(folder).output().ok()?;
    let said = String::from_utf8_lossy(&output.stdout);
    said.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned)
}

fn rustc() -> Command {
    Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

/// How each package is built; a feature has to be one of at least one of them.
fn builds(packages: &[&Package], build: &Build) -> Result<Vec<Build>, ResolveError> {
    let names = build.features.iter().flat_map(|names| names.split([',', ' ']));
    let features: Vec<String> = names.filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let has = |package: &Package, feature: &str| match feature.split_once('/') {
        Some((name, feature)) if name == package.name.as_str() => package.features.contains_key(feature),
        // A feature of a dependency is for Cargo to find.
        Some((name, _)) => !packages.iter().any(|package| package.name.as_str() == name),
        None => package.features.contains_key(feature),
    };
    for feature in &features {
        if !packages.iter().any(|package| has(package, feature)) {
            let known = packages.iter().flat_map(|package| package.features.keys().map(String::as_str));
            let near = nearest(feature, known).into_iter().map(str::to_owned).collect();
            return Err(ResolveError::UnknownFeature { feature: feature.clone(), near });
        }
    }
    let one = |package: &&Package| {
        let features = features.iter().filter(|feature| has(package, feature)).cloned();
        let asked = Build { features: features.collect(), ..build.clone() }.for_package(&package.name);
        always(package, asked)
    };
    Ok(packages.iter().map(one).collect())
}

/// With what the manifest says is always so for this package.
fn always(package: &Package, build: Build) -> Build {
    let settings = &package.metadata["constraints"];
    let flag = |name: &str| settings[name].as_bool();
    let mut features = build.features;
    let named = settings["features"].as_array().into_iter().flatten().filter_map(|it| it.as_str());
    features.extend(named.map(str::to_owned));
    features.sort();
    features.dedup();
    Build {
        features,
        all_features: build.all_features || flag("all-features") == Some(true),
        no_default_features: build.no_default_features || flag("default-features") == Some(false),
        target: build.target.or_else(|| setting(package, "target")),
    }
}

/// What `[package.metadata.constraints]` says.
fn setting(package: &Package, name: &str) -> Option<String> {
    package.metadata["constraints"][name].as_str().map(str::to_owned)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_for_other_platforms_are_no_part_of_the_graph() {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        let names = |build: &Build| -> Vec<String> {
            let graph = package_graph(&manifest, build).expect("the packages are there, for they were built");
            graph.packages.iter().map(|package| package.name.to_string()).collect()
        };
        let here = names(&Build::default());
        assert!(here.iter().any(|name| name == "petgraph"));
        assert_eq!(here.iter().any(|name| name == "windows-sys"), cfg!(windows), "{here:?}");
    }
}
