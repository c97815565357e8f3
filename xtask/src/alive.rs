//! Takes what decides for each kind, and tells for which of them it would go unnoticed if it always said "holds".
//!
//! Oracle by oracle, its deciding lines are written over in a copy of the runtime, and the red fixture of its kind is
//! judged with that: it has to be red before, and must not be red then. Nothing here is changed but the copy.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use constraints_wire::Status;
use serde::Deserialize;

use crate::error::{Error, at};
use crate::workshop::{Workshop, copy, read_toml};

/// What decides, and how it reads if it always says "holds".
const ALTERATIONS: &str = "tests/alive.toml";
/// The packages that each kind is red on.
const FIXTURES: &str = "tests/fixtures";
/// What the runtime is built from.
const CRATES: [&str; 2] = ["runtime", "wire"];

/// Where each constraint stands, by its id.
type Verdicts = BTreeMap<String, Status>;

/// `alive.toml`.
#[derive(Deserialize)]
struct Alterations {
    oracle: Vec<Oracle>,
}

/// What decides for some kinds.
#[derive(Deserialize)]
struct Oracle {
    kinds: Vec<String>,
    changes: Vec<Change>,
}

/// A piece of a file that stands there once, and what says "holds" in its place.
#[derive(Deserialize)]
struct Change {
    file: String,
    says: String,
    holds: String,
}

/// Judges the red fixtures with each oracle as it is and altered; true if every alteration is noticed.
pub(crate) fn judge_all(only: Option<&str>) -> Result<bool, Error> {
    let workshop = Workshop::new()?;
    let alterations: Alterations = read_toml(&crate::root().join(ALTERATIONS))?;
    let copied = Copied::at(workshop.folder("alive"))?;
    let workshop = workshop.linking(copied.folder.join("runtime"));
    let is_asked = |kind: &&String| only.is_none_or(|only| kind.contains(only));
    let mut red = BTreeMap::new();
    for kind in alterations.oracle.iter().flat_map(|oracle| &oracle.kinds).filter(is_asked) {
        eprintln!("{kind}: as it is");
        let mut verdicts = verdicts(&workshop, &copied.folder, kind)?;
        verdicts.retain(|_, status| *status == Status::Red);
        red.insert(kind, verdicts);
    }
    let mut unnoticed = Vec::new();
    for oracle in &alterations.oracle {
        let kinds: Vec<&String> = oracle.kinds.iter().filter(is_asked).collect();
        if kinds.is_empty() {
            continue;
        }
        let restored = copied.alter(&oracle.changes)?;
        for kind in kinds {
            eprintln!("{kind}: altered");
            if !is_noticed(kind, &red[kind], &verdicts(&workshop, &copied.folder, kind)?) {
                unnoticed.push(kind.as_str());
            }
        }
        write(&restored)?;
    }
    match &unnoticed[..] {
        [] => println!("{} kinds: each alteration is noticed", red.len()),
        unnoticed => println!("an alteration makes no difference to: {}", unnoticed.join(", ")),
    }
    Ok(unnoticed.is_empty())
}

/// Whether nothing of what was red is so any more.
fn is_noticed(kind: &str, red: &Verdicts, altered: &Verdicts) -> bool {
    for id in red.keys() {
        let now = altered.get(id).map_or("gone".to_owned(), |status| format!("{status:?}").to_lowercase());
        println!("{kind}: {id} is red, and {now} when its oracle is altered");
    }
    let is_judged = |id| matches!(altered.get(id), Some(Status::Green | Status::Undecided));
    !red.is_empty() && red.keys().all(is_judged)
}

/// The verdicts on the red fixture of a kind, by the ids of its constraints.
fn verdicts(workshop: &Workshop, folder: &Path, kind: &str) -> Result<Verdicts, Error> {
    let package = folder.join("fixtures").join(kind);
    if package.exists() {
        at(&package, fs::remove_dir_all(&package))?;
    }
    copy(&crate::root().join(FIXTURES).join(kind).join("red"), &package)?;
    let (manifest, disguised) = (package.join("Cargo.toml"), package.join("Cargo.toml.in"));
    let text = at(&disguised, fs::read_to_string(&disguised))?;
    let text = text.replace("{{RUNTIME}}", &folder.join("runtime").to_string_lossy());
    at(&manifest, fs::write(&manifest, text))?;
    let report = workshop.check(&package, &workshop.target(), None)?;
    Ok(report.constraints.into_iter().map(|entry| (entry.id, entry.status)).collect())
}

/// A copy of what the runtime is built from.
struct Copied {
    folder: PathBuf,
}

impl Copied {
    fn at(folder: PathBuf) -> Result<Self, Error> {
        let copied = Self { folder };
        let root = crate::root();
        for name in CRATES {
            let folder = copied.folder.join(name);
            if folder.exists() {
                at(&folder, fs::remove_dir_all(&folder))?;
            }
            copy(&root.join(name), &folder)?;
        }
        // What the crates have in common stands in the workspace, of which nothing else is there.
        let mut manifest: toml::Table = read_toml(&root.join("Cargo.toml"))?;
        manifest.retain(|name, _| name == "workspace");
        if let Some(toml::Value::Table(workspace)) = manifest.get_mut("workspace") {
            workspace.insert("members".to_owned(), CRATES.to_vec().into());
        }
        let path = copied.folder.join("Cargo.toml");
        at(&path, fs::write(&path, manifest.to_string()))?;
        Ok(copied)
    }

    /// Makes changes; gives what stood in the files.
    fn alter(&self, changes: &[Change]) -> Result<BTreeMap<PathBuf, String>, Error> {
        let (mut before, mut altered) = (BTreeMap::new(), BTreeMap::new());
        for change in changes {
            let path = self.folder.join(&change.file);
            let text = at(&path, fs::read_to_string(&path))?;
            let now = altered.entry(path.clone()).or_insert_with(|| text.clone());
            *now = now.replacen(&change.says, &change.holds, 1);
            before.insert(path, text);
        }
        write(&altered)?;
        Ok(before)
    }
}

fn write(files: &BTreeMap<PathBuf, String>) -> Result<(), Error> {
    files.iter().try_for_each(|(path, text)| at(path, fs::write(path, text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_an_alteration_whose_place_stands_once() {
        let alterations: Alterations = read_toml(&crate::root().join(ALTERATIONS)).expect("it is readable");
        let mut altered: Vec<&str> =
            alterations.oracle.iter().flat_map(|oracle| &oracle.kinds).map(String::as_str).collect();
        altered.sort_unstable();
        let kinds: Vec<&str> = cargo_constraints::kinds::ALL.iter().map(|kind| kind.about().id).collect();
        assert_eq!(altered, kinds, "{ALTERATIONS} says of each kind what decides");
        for change in alterations.oracle.iter().flat_map(|oracle| &oracle.changes) {
            let text = fs::read_to_string(crate::root().join(&change.file)).expect("a file of the runtime");
            assert_eq!(text.matches(&change.says).count(), 1, "`{}` in {}", change.says, change.file);
            assert_ne!(change.says, change.holds);
        }
    }
}
