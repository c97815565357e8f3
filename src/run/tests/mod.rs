//! Real crates, as small as can be: text in, what was heard of each test out.

#![expect(clippy::disallowed_methods, reason = "tests lay out packages")]

mod compiling;
mod executing;
mod harness;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::{Event, Options, Subject};
use crate::emit::{EmittedFile, Wiring, emit};
use crate::graph::ConstraintGraph;
use crate::kinds;
use crate::model::{self, Model, Sources};
use crate::plan::{Plan, plan};
use crate::resolve::{Choice, CrateFacts, Workspace, bind, gather};

/// A package on disk with everything the stages before made of it.
struct Project {
    folder: tempfile::TempDir,
    sources: Sources,
    facts: CrateFacts,
    model: Model,
    plan: Plan,
    files: Vec<EmittedFile>,
}

/// A package `app` with the files given, whose `constraints/links.toml` is among them.
fn project(files: &[(&str, &str)]) -> Project {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        put(folder.path(), path, text);
    }
    let mut sources = Sources::default();
    let workspace = Workspace::ask(Some(&folder.path().join("Cargo.toml"))).expect("a package");
    let mut members = workspace.choose(&Choice::default()).expect("a package");
    let mut facts = gather(&members.remove(0), &mut sources).expect("a package");
    // In a shared one Cargo would take one package named `app` for another.
    facts.target_directory = folder.path().join("target");
    let declared = files.iter().find(|(path, _)| *path == "constraints/links.toml").expect("declarations");
    let file = sources.add(declared.0, declared.1);
    let (model, faults) = model::read(&sources, &[("links".to_owned(), file)], &kinds::about_all());
    assert!(!faults.refuse(), "{faults:?}");
    let (graph, _) = ConstraintGraph::build(&model);
    let (bound, faults) = bind(&model, &facts, &sources);
    assert!(!faults.refuse(), "{faults:?}");
    let (plan, faults) = plan(&bound, &graph, &model.settings);
    assert!(!faults.refuse(), "{faults:?}");
    drop(bound);
    let files = emit(&plan, &Wiring::of(&facts));
    for file in &files {
        put(folder.path(), &file.path, &file.text);
    }
    Project { folder, sources, facts, model, plan, files }
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("below the root")).expect("a folder");
    fs::write(path, text).expect("a file");
}

impl Project {
    fn subject(&self) -> Subject<'_> {
        Subject {
            plan: &self.plan,
            model: &self.model,
            sources: &self.sources,
            facts: &self.facts,
            emitted: &self.files,
        }
    }
}

fn options() -> Options {
    Options {
        cargo: "cargo".into(),
        seed: None,
        cases: None,
        budget: None,
        threads: None,
        selected: None,
        compile_only: false,
        wrapper: None,
        patience: Options::PATIENCE,
    }
}

/// One line an event, sorted, for tests end in any order; what Cargo says is left out.
fn heard(events: &[Event]) -> String {
    let mut lines: Vec<String> = events.iter().filter_map(line).collect();
    lines.sort();
    lines.join("\n")
}

fn line(event: &Event) -> Option<String> {
    let mut text = String::new();
    match event {
        Event::Cargo(_) => return None,
        Event::Refused(refusal) => {
            let _ = write!(text, "refused {}: {}", refusal.id, refusal.message);
            if let Some(at) = &refusal.at {
                let _ = write!(text, " at {}:{}:{}", at.file, at.line, at.column);
            }
        }
        Event::Running { tests } => text = format!("running {tests}"),
        Event::Recorded(record) => text = format!("recorded {}", record.id),
        Event::Stray(line) => text = format!("stray {line}"),
        Event::Alone(id) => text = format!("alone {id}"),
        Event::Ended { id, ending } => text = format!("ended {id}: {ending}"),
    }
    Some(text)
}
