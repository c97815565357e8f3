//! Reads the sources of one crate: the only place of this stage that reads files.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cargo_metadata::TargetKind;

use super::build::Build;
use super::cfg::Conditions;
use super::collect::{Outlined, collect};
use super::dependencies::{Source, Use, follow};
use super::error::ResolveError;
use super::files::Files;
use super::items::{Tables, Vis};
use super::workspace::{Access, Dependencies, Member};
use crate::model::{FileId, Model, Sources};

/// What is known of the crate under test.
#[derive(Debug)]
pub struct CrateFacts {
    /// Name of the package.
    pub package: String,
    /// Name of the crate under test, by which tests beside it name it.
    pub library: String,
    /// How tests get at it.
    pub access: Access,
    /// The arguments by which Cargo builds the tests inside it.
    pub own_target: Vec<String>,
    /// How it is built.
    pub build: Build,
    /// Tokio, where the package and its tests have it with a runtime.
    pub tokio: Option<Tokio>,
    /// Name by which tests name the runtime.
    pub runtime: String,
    /// Whether its edition is that of 2015, in which names of other crates have to be declared.
    pub is_of_2015: bool,
    /// Folder of the workspace, which may be that of the package.
    pub workspace: PathBuf,
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

/// What tests may use of tokio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokio {
    /// Its name for the tests.
    pub name: String,
    /// Whether it has locks and channels.
    pub has_locks: bool,
    /// Whether its time can be paused.
    pub has_paused_time: bool,
}

impl Tokio {
    /// That of a package that asks for these features, if it has a runtime.
    fn of(name: String, features: &[String]) -> Option<Self> {
        let has = |any: &[&str]| features.iter().any(|feature| any.contains(&feature.as_str()));
        let has_runtime = has(&["full", "rt", "rt-multi-thread", "test-util"]);
        has_runtime.then(|| Self {
            name,
            has_locks: has(&["full", "sync", "test-util"]),
            has_paused_time: has(&["test-util"]),
        })
    }
}

/// Name of the runtime, unless the package has another name for it.
const RUNTIME: &str = "constraints_runtime";

/// Where the user's own Rust stands.
const SUPPORT: &str = "constraints/support.rs";

/// Reads the crate of `member`; its source files are added to `sources`.
///
/// # Errors
/// If one of them cannot be read.
pub fn gather(member: &Member, sources: &mut Sources) -> Result<CrateFacts, ResolveError> {
    gather_some(member, &|_| true, sources)
}

/// The same with nothing in the source files that are not `wanted`, by their paths from the root of the package.
///
/// # Errors
/// If one of the others cannot be read.
pub fn gather_some(
    member: &Member,
    wanted: &(dyn Fn(&str) -> bool + Sync),
    sources: &mut Sources,
) -> Result<CrateFacts, ResolveError> {
    let (target, access) = member.subject()?;
    let package = &member.package;
    let manifest = package.manifest_path.clone().into_std_path_buf();
    let root = manifest.parent().map_or_else(PathBuf::new, Path::to_owned);
    let source = below(&root, target.src_path.as_std_path());
    let mut ahead = read_ahead(&root, &source, wanted);
    let mut read = |path: &str| match ahead.remove(path) {
        Some(read) => Ok(Some(read)),
        None if !wanted(path) => Ok(root.join(path).is_file().then(Outlined::unread)),
        None => read_file(&root, path).map(|text| text.map(Outlined::new)),
    };
    let conditions =
        Conditions { features: member.build.enabled(&package.features), machine: member.machine()? };
    let items = collect(&source, SUPPORT, &conditions, sources, &mut read)?;
    let dependencies = Dependencies::new(member);
    let mut find = |id: Option<&str>, name: &str, used: Use| {
        let found = dependencies.find(id, name, used)?;
        let conditions = Conditions { features: found.features, machine: conditions.machine.clone() };
        Some(Source { id: found.id, root: below(&root, &found.root), conditions })
    };
    let items = follow(items, sources, &mut find, &mut read)?;
    let runtime = member.dependency("constraints-runtime").map(|(name, _)| name);
    Ok(CrateFacts {
        package: package.name.to_string(),
        library: target.name.replace('-', "_"),
        access,
        own_target: own_target(target),
        build: member.build.clone(),
        runtime: runtime.unwrap_or_else(|| RUNTIME.to_owned()),
        tokio: member.dependency("tokio").and_then(|(name, features)| Tokio::of(name, &features)),
        is_of_2015: package.edition == cargo_metadata::Edition::E2015,
        manifest,
        workspace: member.workspace.clone(),
        target_directory: member.target_directory.clone(),
        has_support: items.support.is_some(),
        items,
        files: Files::default(),
        root,
    })
}

/// How Cargo is asked for the tests inside the crate.
fn own_target(target: &cargo_metadata::Target) -> Vec<String> {
    if target.kind.contains(&TargetKind::Bin) {
        vec!["--bin".to_owned(), target.name.clone()]
    } else {
        vec!["--lib".to_owned()]
    }
}

impl CrateFacts {
    /// The source files without which nothing in others can be found, or named from outside.
    pub fn frame(&self) -> BTreeSet<FileId> {
        self.items.frame()
    }

    /// Whether a module shows outside all that another one names.
    pub fn has_globs(&self) -> bool {
        let mut globs = self.items.modules.iter().flat_map(|module| &module.globs);
        globs.any(|glob| !matches!(glob.vis, Vis::In(_)))
    }

    /// Whether some tests stand inside the crate, from where they see what is not public.
    pub fn has_tests_inside(&self) -> bool {
        self.access == Access::Inside || !self.items.hooks.is_empty()
    }

    /// The way from the package to the root of the workspace, such as `../../`; nothing where it is no folder above.
    pub fn path_of_workspace(&self) -> Option<String> {
        let below = self.root.strip_prefix(&self.workspace).ok()?;
        Some("../".repeat(below.components().count()))
    }

    /// The facts of a library that is given as texts: `src/lib.rs`, its further files, and perhaps `constraints/support.rs`.
    ///
    /// For looking at code that is on no disk, as tests do.
    pub fn from_texts(
        library: &str,
        files: &[(&str, &str)],
        sources: &mut Sources,
    ) -> Result<Self, ResolveError> {
        let files: BTreeMap<&str, &str> = files.iter().copied().collect();
        let mut read = |path: &str| Ok(files.get(path).map(|text| Outlined::new(Arc::from(*text))));
        let items = collect("src/lib.rs", SUPPORT, &Conditions::default(), sources, &mut read)?;
        Ok(Self {
            package: library.replace('_', "-"),
            library: library.to_owned(),
            access: Access::Linked,
            own_target: vec!["--lib".to_owned()],
            build: Build::default(),
            runtime: RUNTIME.to_owned(),
            tokio: None,
            is_of_2015: false,
            workspace: PathBuf::new(),
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

/// `path` from `root`, with `/`; with `..` where it lies outside.
fn below(root: &Path, path: &Path) -> String {
    let ups =
        root.ancestors().enumerate().find_map(|(ups, above)| Some((ups, path.strip_prefix(above).ok()?)));
    let (ups, rest) = ups.unwrap_or((0, path));
    "../".repeat(ups) + &rest.to_string_lossy().replace('\\', "/")
}

/// Files below the folder of the crate's root file, read and looked into by as many threads as there are cores.
///
/// Which of them belong to the crate only its modules say, one after the other; most often it is all of them.
/// What cannot be read is left to whoever asks for it.
fn read_ahead(
    root: &Path,
    source: &str,
    wanted: &(dyn Fn(&str) -> bool + Sync),
) -> BTreeMap<String, Outlined> {
    let mut paths = Vec::new();
    let folder = source.rsplit_once('/').map(|(folder, _)| folder).filter(|folder| !folder.starts_with(".."));
    if let Some(folder) = folder {
        rust_files(root, folder, &mut paths);
        paths.retain(|path| wanted(path));
    }
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    let share = paths.len().div_ceil(threads).max(LEAST_SHARE);
    let read = |paths: &[String]| -> Vec<(String, Outlined)> {
        let read = |path: &String| Some((path.clone(), Outlined::new(read_file(root, path).ok()??)));
        paths.iter().filter_map(read).collect()
    };
    std::thread::scope(|scope| {
        let shares: Vec<_> = paths.chunks(share).map(|paths| scope.spawn(move || read(paths))).collect();
        let joined = shares.into_iter().flat_map(|share| match share.join() {
            Ok(files) => files,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        joined.collect()
    })
}

/// More of them would wait for the disk.
const MOST_THREADS: usize = 8;

/// For fewer files no further thread is started.
const LEAST_SHARE: usize = 8;

/// Rust files below a folder by their paths from `root`. Links are not followed: they may lead in circles.
fn rust_files(root: &Path, folder: &str, paths: &mut Vec<String>) {
    for entry in std::fs::read_dir(root.join(folder)).into_iter().flatten().flatten() {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = format!("{folder}/{name}");
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => rust_files(root, &path, paths),
            Ok(kind) if kind.is_file() && Path::new(&name).extension().is_some_and(|it| it == "rs") => {
                paths.push(path);
            }
            _ => {}
        }
    }
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
