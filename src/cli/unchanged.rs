//! Remembers what a run of `gen` found and said, so that one that would find the same says it at once.

#![expect(clippy::disallowed_methods, reason = "what the environment says is part of the question")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::depends::Depends;
use crate::emit;
use crate::make::Made;
use crate::report::faults;
use crate::stamp::{Looks, Said, Since, Stamp};

use super::common::Common;
use super::kept::{place, tool};
use super::load::{FOLDER, Loaded};

/// What became of what the run before found.
pub(super) fn since(common: &Common) -> Since {
    let Some(manifest) = manifest(common) else { return Since::Unknown };
    let built = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    // Where Cargo builds is not known before it is asked, which takes longer than all else: these are the usual places.
    let folders = manifest.ancestors().skip(1).map(|folder| folder.join("target"));
    let places: Vec<PathBuf> =
        built.into_iter().chain(folders).map(|target| stamp(&target, &manifest)).collect();
    Stamp::since(&places, &question(common, &manifest))
}

/// Remembers a run that left `generated/` as it has to be.
pub(super) fn remember(common: &Common, loaded: &Loaded, planned: &Made) {
    let Some(manifest) = manifest(common) else { return };
    // What a glob names changes with files anywhere, and looking for them is what takes the time.
    if loaded.model.globs().next().is_some() {
        return;
    }
    let (facts, sources) = (&loaded.facts, &loaded.sources);
    let mut looks = Looks::default();
    looks.package(&facts.root);
    looks.file(facts.workspace.join("Cargo.lock"));
    for folder in [facts.root.join(FOLDER), facts.workspace.join(FOLDER), facts.root.join(emit::FOLDER)] {
        looks.folders(&folder);
    }
    for (_, file) in sources.files() {
        let path = facts.root.join(&file.path);
        // A module whose file was not there may get one.
        looks.folder(path.parent().map_or_else(PathBuf::new, Path::to_owned));
        if is_rust(&file.path) { looks.source(path) } else { looks.file(path) }
    }
    for file in &planned.files {
        looks.file(facts.root.join(&file.path));
    }
    let points_into_sources = planned.faults.iter().any(|fault| {
        let labels = fault.also.iter().chain([&fault.at]);
        labels.map(|label| sources.file(label.span.file)).any(|file| is_rust(&file.path))
    });
    let said = Said {
        tests: planned.plan.cases.len(),
        notes: [false, true].map(|color| faults::human(&planned.faults, sources, color)),
        faults: faults::json(&planned.faults, sources)["faults"].clone(),
        points_into_sources,
    };
    let depends = Depends::new(planned, &loaded.model, facts, sources);
    let made = Stamp::new(question(common, &manifest), &looks, said, depends);
    // Without it the next run takes longer, and that is all.
    let _ = made.save(&stamp(&facts.target_directory, &manifest));
}

fn is_rust(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "rs")
}

/// The manifest that a run is about, if that can be said without asking Cargo.
fn manifest(common: &Common) -> Option<PathBuf> {
    if common.member.is_some() {
        return None;
    }
    if let Some(manifest) = &common.manifest_path {
        return manifest.canonicalize().ok();
    }
    let folder = std::env::current_dir().ok()?;
    folder.ancestors().map(|folder| folder.join("Cargo.toml")).find(|manifest| manifest.is_file())
}

/// Where the stamp of a package is kept.
fn stamp(target: &Path, manifest: &Path) -> PathBuf {
    place("gen", target, manifest.parent().unwrap_or(manifest))
}

/// Everything that decides what a run does, besides what it reads.
fn question(common: &Common, manifest: &Path) -> String {
    let mut question = format!("{} {:?}", manifest.display(), common.choice());
    let mut environment: Vec<_> = std::env::vars_os()
        .filter(|(name, _)| {
            let name = name.to_string_lossy();
            (name.starts_with("CARGO") || name.starts_with("RUST")) && !name.starts_with("CARGO_TERM_")
        })
        .collect();
    environment.sort();
    let _ = write!(question, " {environment:?}");
    question.push_str(&tool());
    question
}
