//! `init`: wires a package, so that its constraints become tests.

pub(super) mod manifest;
mod propose;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use constraints_wire::ExitCode;
use serde_json::json;

use crate::model::Sources;
use crate::resolve::{Access, gather};
use crate::write::replace;

use super::common::Common;
use super::load::{FOLDER, load, member};
use super::{CliError, Output, features, generate, schema};
use manifest::Runtime;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Folder of the runtime crate that generated tests link
    #[arg(long, value_name = "PATH", conflicts_with = "runtime_version", help_heading = "Runtime")]
    runtime_path: Option<PathBuf>,
    /// Version of the runtime crate that generated tests link [default: that of this tool]
    #[arg(long, value_name = "VERSION", help_heading = "Runtime")]
    runtime_version: Option<String>,
}

pub(super) fn run(arguments: &Arguments, common: &Common, output: &Output) -> Result<ExitCode, CliError> {
    let mut sources = Sources::default();
    let facts = gather(&member(common)?, &mut sources)?;
    let runtime = runtime(arguments, &facts.root)?;
    let root = facts.root.clone();
    let mut said = Vec::new();
    let before = read(&facts.manifest)?;
    let beside = facts.access == Access::Linked;
    let after = manifest::wired(&before, &runtime, beside)
        .map_err(|message| CliError::Manifest { path: facts.manifest.clone(), message })?;
    if after != before {
        replace(&facts.manifest, &after)?;
        said.push(features::MANIFEST.to_owned());
    }
    if let Some((path, hook)) = facts.hook_to_add(&sources) {
        let file = root.join(&path);
        replace(&file, &with_hook(&read(&file)?, &hook))?;
        said.push(path);
    }
    let first = root.join(FOLDER).join("main.toml");
    if !has_declarations(&root.join(FOLDER)) {
        replace(&first, &propose::declarations(&sources, facts))?;
        said.push(format!("{FOLDER}/main.toml"));
    }
    let (file, text) = (root.join(FOLDER).join(schema::FILE), schema::of_declarations());
    if read(&file).ok().as_ref() != Some(&text) {
        replace(&file, &text)?;
        said.push(format!("{FOLDER}/{}", schema::FILE));
    }
    let loaded = load(common)?;
    let planned = match loaded.plan(output) {
        Ok(planned) => planned,
        Err(refused) => return Ok(refused),
    };
    output.faults(&planned.faults, &loaded.sources);
    if features::write(&loaded, &planned)? && !said.contains(&features::MANIFEST.to_owned()) {
        said.push(features::MANIFEST.to_owned());
    }
    let written = loaded.write(&planned)?;
    if output.is_json() {
        let files: Vec<&String> = said.iter().chain(&written.written).collect();
        output.json(
            &json!({ "format": constraints_wire::FORMAT, "written": files, "deleted": written.deleted }),
        );
    } else {
        for path in &said {
            output.result(&format!("wrote    {path}\n"));
        }
        output.result(&generate::said(planned.plan.cases.len(), &written));
        if !said.is_empty() {
            output.note("next: say what the crate must keep in constraints/main.toml, then run `cargo constraints check`");
        }
    }
    Ok(ExitCode::Holds)
}

/// Where the runtime is, from the point of view of the manifest.
fn runtime(arguments: &Arguments, root: &Path) -> Result<Runtime, CliError> {
    let Some(path) = &arguments.runtime_path else {
        let version = arguments.runtime_version.as_deref().unwrap_or(env!("CARGO_PKG_VERSION"));
        return Ok(Runtime::Version(version.to_owned()));
    };
    let whole = |path: &Path| {
        fs::canonicalize(path).map_err(|source| CliError::Read { path: path.to_owned(), source })
    };
    let (path, root) = (whole(path)?, whole(root)?);
    if !path.join("Cargo.toml").is_file() {
        let message = format!("there is no package in {}", path.display());
        return Err(CliError::Manifest { path: root.join("Cargo.toml"), message });
    }
    Ok(Runtime::Path(manifest::relative(&root, &path)))
}

/// The text with the module of tests at its end; what was there stays as it was written.
fn with_hook(text: &str, hook: &str) -> String {
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let hook = if text.contains("\r\n") { hook.replace('\n', "\r\n") } else { hook.to_owned() };
    let blank = if text.contains("\r\n") { "\r\n" } else { "\n" };
    format!("{text}{end}{blank}{hook}")
}

fn has_declarations(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    entries.flatten().any(|entry| entry.path().extension().is_some_and(|extension| extension == "toml"))
}

fn read(path: &Path) -> Result<String, CliError> {
    fs::read_to_string(path).map_err(|source| CliError::Read { path: path.to_owned(), source })
}
