//! Graphs in files: those with a fault say which, those that only look like one have none.
//!
//! The head of a faulty graph has a line `#! CODE PLACES: WORDS` for each fault, by place: the text at the place to
//! mend, the texts at the further places, and words of the message.

use std::fs;
use std::path::Path;

use crate::graph::ConstraintGraph;
use crate::kinds;
use crate::model::{self, Fault, Sources};
use crate::resolve::{CrateFacts, bind};

use super::{Aim, claims};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/graphs");

/// Every graph of one of the folders, by name.
fn graphs(folder: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(Path::new(FOLDER).join(folder)).expect("a folder");
    let read = |entry: std::io::Result<fs::DirEntry>| {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        (name, fs::read_to_string(&path).expect("a graph"))
    };
    let mut graphs: Vec<_> = entries.map(read).collect();
    graphs.sort();
    graphs
}

/// Faults of a graph about the crate beside the folders, by place.
fn faults(declarations: &str) -> (Vec<Fault>, Sources) {
    let lib = fs::read_to_string(Path::new(FOLDER).join("lib.rs")).expect("the crate");
    let mut sources = Sources::default();
    let facts = CrateFacts::from_texts("app", &[("src/lib.rs", &lib)], &mut sources).expect("sources");
    let file = sources.add("constraints/main.toml", declarations);
    let (model, mut faults) = model::read(&sources, &[("main".to_owned(), file)], &kinds::about_all());
    let (graph, of_graph) = ConstraintGraph::build(&model);
    let (bound, of_binding) = bind(&model, &facts, &sources);
    faults.extend(of_graph);
    faults.extend(of_binding);
    faults.extend(claims(bound.iter().map(Aim::of), &model, &graph));
    let faults = faults.sorted().into_iter().filter(|it| it.code.name() != "missing-target");
    (faults.collect(), sources)
}

/// `CODE PLACES: MESSAGE`, as the heads say it.
fn told(fault: &Fault, sources: &Sources) -> String {
    let places =
        [&fault.at].into_iter().chain(&fault.also).map(|label| format!("`{}`", sources.text(label.span)));
    format!("{} {}: {}", fault.code.name(), places.collect::<Vec<_>>().join(" and "), fault.message)
}

#[test]
fn every_faulty_graph_is_found_with_its_places_and_witness() {
    let graphs = graphs("faulty");
    assert!(graphs.len() >= 40, "{} graphs", graphs.len());
    let mut wrong = Vec::new();
    for (name, text) in graphs {
        let expected: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("#! ")).collect();
        assert!(!expected.is_empty(), "{name} says what is expected of it");
        let (faults, sources) = faults(&text);
        let told: Vec<String> = faults.iter().map(|fault| told(fault, &sources)).collect();
        let is_as_said = |(expected, told): (&&str, &String)| {
            let (places, words) = expected.rsplit_once("`: ").expect("places, then words");
            let (places_told, message) = told.rsplit_once("`: ").expect("places, then words");
            places == places_told && message.contains(words)
        };
        if told.len() != expected.len() || !expected.iter().zip(&told).all(is_as_said) {
            wrong.push(format!("{name}\n  expected {expected:#?}\n  found {told:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_graph_that_only_looks_faulty_has_a_fault() {
    let graphs = graphs("fine");
    assert!(graphs.len() >= 40, "{} graphs", graphs.len());
    let mut wrong = Vec::new();
    for (name, text) in graphs {
        let (faults, sources) = faults(&text);
        wrong.extend(faults.iter().map(|fault| format!("{name}: {}", told(fault, &sources))));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_thousand_about_one_target_are_held_against_a_few() {
    let declaration = |at: usize| {
        format!(
            "[constraint.c{at}]\nsays = \"x\"\nkind = \"law\"\ntarget = \"crate::size\"\nthen = \"result != {at}\"\n"
        )
    };
    let text: String = (0..1_000).map(declaration).collect();
    assert_eq!(faults(&text).0, []);
}
