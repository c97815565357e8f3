//! Plans in, files out: what the text looks like, that it never depends on order, and that a compiler takes it.

mod compile;
mod look;
mod plans;

use crate::kinds;
use crate::kinds::example::Example;
use crate::model::{Area, Level};
use crate::plan::{AT_LEAST, Case, Plan, Test};
use crate::resolve::Target;

use super::{EmittedFile, emit};

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
        test,
        at_least: AT_LEAST,
    }
}

/// The text of one file.
fn text_of(files: &[EmittedFile], path: &str) -> String {
    files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("no {path}")).text.clone()
}

/// The file of the namespace `links`.
fn links(examples: &[Example]) -> String {
    text_of(&emit(&plan(examples), "app", false), "generated/links.rs")
}
