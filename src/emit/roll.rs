//! Takes the plan, gives `generated/manifest.toml`: which tests have to report.

use constraints_wire::{FORMAT, Roll, RollEntry};

use crate::plan::{Case, Plan};

use super::{EmittedFile, FIRST_LINE_TOML, FOLDER};

pub(super) fn file(plan: &Plan) -> EmittedFile {
    let mut test: Vec<RollEntry> = plan.cases.iter().map(entry).collect();
    test.sort_by(|a, b| a.id.cmp(&b.id));
    let roll = toml::to_string(&Roll { format: FORMAT, test }).expect("a roll is plain texts and numbers");
    EmittedFile {
        path: format!("{FOLDER}/manifest.toml"),
        text: format!("{FIRST_LINE_TOML}\n{roll}"),
        items: Vec::new(),
    }
}

/// What the roll says of a test.
pub fn entry(case: &Case) -> RollEntry {
    RollEntry {
        id: case.id.to_string(),
        kind: case.kind.to_owned(),
        test: case.test_path(),
        inside: !case.place.is_beside(),
        at_least: case.at_least,
    }
}
