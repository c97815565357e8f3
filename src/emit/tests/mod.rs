//! Plans in, files out: what the text looks like, that it never depends on order, and that a compiler takes it.

mod again;
mod compile;
mod fixtures;
mod items;
mod look;
mod plans;
mod stepped;

use crate::graph::ConstraintGraph;
use crate::kinds;
use crate::kinds::example::Example;
use crate::model::{self, Area, Faults, Level, Sources};
use crate::plan::{AT_LEAST, Case, Plan, Test};
use crate::resolve::{CrateFacts, Place, Target, bind};

use super::{EmittedFile, Wiring, emit};

/// The plan of the declarations, as if each were about security and blocked.
fn plan(examples: &[Example]) -> Plan {
    Plan { cases: examples.iter().map(case).collect() }
}

fn case(example: &Example) -> Case {
    let bound = example.bound();
    let constraint = bound.constraint;
    let kind = kinds::find(constraint.kind.value.id).expect("a kind");
    let test = match &bound.target {
        Target::Missing { nearest } => Test::MissingTarget { nearest: nearest.clone() },
        _ => Test::Oracle(kind.plan(&bound).expect("an accepted declaration")),
    };
    Case {
        id: constraint.id.value.clone(),
        kind: kind.about().id,
        says: constraint.says.value.clone(),
        area: Area::Security,
        level: Level::Block,
        target: constraint.target.value.clone(),

        place: Place::Beside,
        test,
        defined: None,
        at_least: AT_LEAST,
        effort: crate::model::Effort::default(),
        waits: None,
    }
}

/// Around tests beside a library.
fn beside(library: &str, has_support: bool) -> Wiring {
    Wiring {
        library: library.to_owned(),
        runtime: "constraints_runtime".to_owned(),
        has_support,
        declares_crates: false,
        tokio: None,
        places: vec![Place::Beside],
    }
}

/// The text of one file.
fn text_of(files: &[EmittedFile], path: &str) -> String {
    files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("no {path}")).text.clone()
}

/// The file of the namespace `links`.
fn links(examples: &[Example]) -> String {
    text_of(&emit(&plan(examples), &beside("app", false)), "generated/links.rs")
}

/// The files of declarations about a library that is given as text, through every stage.
fn from_texts(declarations: &str, lib: &str, library: &str) -> Vec<EmittedFile> {
    let (files, faults) = through(declarations, lib, library);
    assert!(faults.is_empty(), "{:?}", faults.sorted());
    files
}

/// The same, with the faults of all stages.
fn through(declarations: &str, lib: &str, library: &str) -> (Vec<EmittedFile>, Faults) {
    let mut sources = Sources::default();
    let facts = CrateFacts::from_texts(library, &[("src/lib.rs", lib)], &mut sources).expect("sources");
    let file = sources.add("constraints/main.toml", declarations);
    let (model, mut faults) = model::read(&sources, &[("main".to_owned(), file)], &kinds::about_all());
    let (graph, of_graph) = ConstraintGraph::build(&model);
    let (bound, of_binding) = bind(&model, &facts, &sources);
    let (plan, of_plan) = crate::plan::plan(&bound, &graph, &model.settings);
    faults.extend(of_graph);
    faults.extend(of_binding);
    faults.extend(of_plan);
    (emit(&plan, &beside(library, facts.has_support)), faults)
}
