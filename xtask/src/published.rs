//! Takes a crate as it is published, gives a table: green as it is, red with a bug planted by hand?
//!
//! What is checked is a copy in the target folder; neither the registry nor this workspace is written to.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use constraints_wire::{Entry, Report, Status};
use serde::Deserialize;
use toml::{Table, Value};

use crate::error::{Error, at};
use crate::workshop::{Workshop, copy, entries, read_toml, run};

/// Where the constraint files and bugs stand, one folder a crate.
const FOLDER: &str = "tests/published";

/// `crate.toml`.
#[derive(Deserialize)]
struct Published {
    name: String,
    version: String,
}

/// `bug.toml`.
#[derive(Deserialize)]
struct Bug {
    file: PathBuf,
    find: String,
    replace: String,
    red: String,
}

/// What `cargo metadata` prints, as far as it matters here.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

/// A package, as far as it matters here.
#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    manifest_path: PathBuf,
}

/// A run of `check`.
struct Checked {
    report: Report,
    seconds: f64,
}

/// Checks each crate twice; true if each is green as it is, and only the right constraint red with its bug.
pub(crate) fn check_all(only: Option<&str>) -> Result<bool, Error> {
    let workshop = Workshop::new()?;
    let folder = crate::root().join(FOLDER);
    let names = entries(&folder)?.filter(|name| only.is_none_or(|only| only == name));
    let (mut rows, mut right) = (Vec::new(), true);
    for name in names {
        let (row, is_right) = check(&workshop, &folder.join(&name))?;
        rows.push(row);
        right &= is_right;
    }
    println!(
        "| crate | lines | constraints | as published | with a bug | build and tests | again, with the bug |"
    );
    println!("|---|---|---|---|---|---|---|");
    for row in &rows {
        println!("{row}");
    }
    Ok(right && !rows.is_empty())
}

fn check(workshop: &Workshop, about: &Path) -> Result<(String, bool), Error> {
    let published: Published = read_toml(&about.join("crate.toml"))?;
    let bug: Bug = read_toml(&about.join("bug.toml"))?;
    let package = workshop.folder("published").join(&published.name);
    let lines = lay_out(workshop, about, &published, &package)?;
    let before = judge(workshop, &package)?;
    plant(&package, &bug)?;
    let after = judge(workshop, &package)?;
    for entry in before.report.constraints.iter().filter(|entry| entry.status != Status::Green) {
        println!("{} {}, as published: {}\n", published.name, published.version, shown(entry));
    }
    let red: Vec<&Entry> =
        after.report.constraints.iter().filter(|entry| entry.status != Status::Green).collect();
    for entry in &red {
        println!("{} {}, with a bug: {}\n", published.name, published.version, shown(entry));
    }
    let ids: Vec<&str> = red.iter().map(|entry| entry.id.as_str()).collect();
    let row = format!(
        "| {} {} | {lines} | {} | {} green | {} red | {:.0} s | {:.0} s |",
        published.name,
        published.version,
        before.report.constraints.len(),
        before.report.totals.green,
        if ids.is_empty() { "none".to_owned() } else { ids.join(", ") },
        before.seconds,
        after.seconds
    );
    let all_green = before.report.totals.green == before.report.constraints.len();
    Ok((row, all_green && ids == [bug.red.as_str()]))
}

/// Why a constraint is not green, for a person.
fn shown(entry: &Entry) -> String {
    let mut text = format!("{}\n  {}", entry.id, entry.says);
    if let Some(message) = &entry.message {
        let _ = write!(text, "\n  {message}");
    }
    let witness = entry.record.as_ref().and_then(|record| record.witness.as_ref());
    if let Some(witness) = witness {
        for detail in &witness.details {
            let _ = write!(text, "\n  {}: {}", detail.name, detail.text);
        }
        let _ = write!(text, "\n  expected: {}\n  seen: {}", witness.expected, witness.seen);
    }
    text
}

/// Copies the crate with its constraints; gives how many lines of Rust its library has.
fn lay_out(workshop: &Workshop, about: &Path, published: &Published, package: &Path) -> Result<usize, Error> {
    let scratch = workshop.folder("published").join("scratch");
    let source = source(&scratch, &published.name, &published.version)?;
    if package.exists() {
        at(package, fs::remove_dir_all(package))?;
    }
    copy(&source.join("src"), &package.join("src"))?;
    copy(&about.join("constraints"), &package.join("constraints"))?;
    // Files that the sources may include.
    for name in entries(&source)?.filter(|name| source.join(name).is_file() && name != "Cargo.lock") {
        at(package, fs::read(source.join(&name)).and_then(|text| fs::write(package.join(&name), text)))?;
    }
    let manifest = package.join("Cargo.toml");
    let text = toml::to_string(&alone(read_toml(&manifest)?, false))
        .map_err(|error| Error::Content { path: manifest.clone(), message: error.to_string() })?;
    at(&manifest, fs::write(&manifest, text))?;
    lines(&package.join("src"))
}

/// Where Cargo keeps the source of the crate, asked for by a project that depends on it.
pub(crate) fn source(scratch: &Path, name: &str, version: &str) -> Result<PathBuf, Error> {
    let manifest = scratch.join("Cargo.toml");
    at(scratch, fs::create_dir_all(scratch.join("src")))?;
    at(scratch, fs::write(scratch.join("src/lib.rs"), ""))?;
    let text = format!(
        "[package]\nname = \"scratch\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{name} = \"={version}\"\n"
    );
    at(&manifest, fs::write(&manifest, text))?;
    let metadata = run(
        Command::new("cargo").args(["metadata", "--format-version", "1", "--manifest-path"]).arg(&manifest),
        &[0],
    )?;
    let content = |message: String| Error::Content { path: manifest.clone(), message };
    let metadata: Metadata = serde_json::from_str(&metadata).map_err(|error| content(error.to_string()))?;
    let is_wanted = |package: &Package| package.name == name && package.version == version;
    let package = metadata.packages.into_iter().find(is_wanted);
    let package = package.ok_or_else(|| content(format!("cargo metadata does not know {name} {version}")))?;
    Ok(package.manifest_path.parent().map(Path::to_owned).unwrap_or_default())
}

/// The manifest of a workspace of its own, without what only the crate's own tests need.
pub(crate) fn alone(mut manifest: Table, with_binaries: bool) -> Table {
    for key in ["dev-dependencies", "test", "bench", "example"] {
        manifest.remove(key);
    }
    if !with_binaries {
        manifest.remove("bin");
    }
    let targets = manifest.get_mut("target").and_then(Value::as_table_mut);
    for (_, target) in targets.into_iter().flatten() {
        target.as_table_mut().map(|target| target.remove("dev-dependencies"));
    }
    manifest.insert("workspace".to_owned(), Value::Table(Table::new()));
    manifest
}

fn lines(folder: &Path) -> Result<usize, Error> {
    let mut count = 0;
    for name in entries(folder)? {
        let path = folder.join(&name);
        if path.is_dir() {
            count += lines(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            count += at(&path, fs::read_to_string(&path))?.lines().count();
        }
    }
    Ok(count)
}

/// Puts the bug where its text stands, which has to be one place.
fn plant(package: &Path, bug: &Bug) -> Result<(), Error> {
    let file = package.join(&bug.file);
    let text = at(&file, fs::read_to_string(&file))?;
    let (find, replace) = (bug.find.trim_start_matches('\n'), bug.replace.trim_start_matches('\n'));
    match text.matches(find).count() {
        1 => at(&file, fs::write(&file, text.replace(find, replace))),
        count => Err(Error::Content {
            path: file,
            message: format!("the place of the bug is there {count} times"),
        }),
    }
}

fn judge(workshop: &Workshop, package: &Path) -> Result<Checked, Error> {
    let started = Instant::now();
    let report = workshop.check(package, &workshop.target(), None)?;
    Ok(Checked { report, seconds: started.elapsed().as_secs_f64() })
}
