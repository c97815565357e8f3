//! `graph`: goals and risks, what serves and answers them, and what waits for what.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use constraints_wire::{ExitCode, Report, Status};
use serde_json::{Value, json};

use crate::model::{Id, Spanned};
use crate::report::picture;

use super::arguments::Common;
use super::load::{Loaded, load};
use super::{CliError, Output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// How to draw it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Mark where each stands in the picture, as `check --message-format json` wrote it to this file
    #[arg(long, value_name = "REPORT")]
    verdicts: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Goals and risks with their constraints below them
    #[default]
    Tree,
    /// The language of Graphviz
    Dot,
    /// A picture
    Svg,
}

pub(super) fn run(arguments: &Arguments, common: &Common, output: &Output) -> Result<ExitCode, CliError> {
    let loaded = load(common)?;
    if let Err(refused) = loaded.plan(output) {
        return Ok(refused);
    }
    match arguments.format {
        Format::Dot => output.result(&loaded.graph.dot()),
        Format::Svg => {
            let verdicts = arguments.verdicts.as_deref().map(verdicts).transpose()?.unwrap_or_default();
            output.result(&picture(&loaded.model, &loaded.graph, &verdicts));
        }
        Format::Tree if output.is_json() => output.json(&as_json(&loaded)),
        Format::Tree => output.result(&tree(&loaded)),
    }
    Ok(if loaded.model.constraints.is_empty() { ExitCode::NothingToCheck } else { ExitCode::Holds })
}

/// Where each constraint and goal stood when the report was written.
fn verdicts(path: &Path) -> Result<BTreeMap<Id, Status>, CliError> {
    let read = |source| CliError::Read { path: path.to_owned(), source };
    let text = fs::read(path).map_err(read)?;
    let report: Report = serde_json::from_slice(&text)
        .map_err(|source| CliError::NoReport { path: path.to_owned(), source })?;
    let constraints = report.constraints.iter().map(|entry| (entry.id.as_str(), entry.status));
    let goals = report.goals.iter().map(|entry| (entry.id.as_str(), entry.status));
    let id = |id: &str| id.rsplit_once('.').map(|(namespace, name)| Id::new(namespace, name));
    Ok(constraints.chain(goals).filter_map(|(text, status)| Some((id(text)?, status))).collect())
}

/// Each goal with its constraints, each risk with its answers, then the constraints that serve no goal.
fn tree(loaded: &Loaded) -> String {
    let tree = loaded.graph.tree();
    let mut text = String::new();
    for branch in &tree.goals {
        let says = loaded.model.goals.get(&branch.id).map_or("", |goal| goal.says.value.as_str());
        let _ = writeln!(text, "{} · {says}", branch.id);
        leaves(loaded, &branch.constraints, &mut text);
    }
    for branch in &tree.risks {
        let Some(risk) = loaded.model.risks.get(&branch.id) else { continue };
        let (likelihood, impact) = (risk.likelihood.value.name(), risk.impact.value.name());
        let says = &risk.says.value;
        let _ = writeln!(text, "{} · risk, likelihood {likelihood}, impact {impact} · {says}", branch.id);
        leaves(loaded, &branch.constraints, &mut text);
    }
    if !tree.without_goal.is_empty() {
        text.push_str("(no goal)\n");
        leaves(loaded, &tree.without_goal, &mut text);
    }
    text
}

fn leaves(loaded: &Loaded, ids: &[Id], text: &mut String) {
    for (at, id) in ids.iter().enumerate() {
        let branch = if at + 1 == ids.len() { "└──" } else { "├──" };
        let says = loaded.model.constraints.get(id).map_or("", |constraint| constraint.says.value.as_str());
        let after = names(&loaded.graph.prerequisites(id));
        let after = if after.is_empty() { after } else { format!(" · after {after}") };
        let area = loaded.graph.area(id).name();
        let _ = writeln!(text, "{branch} {id} · {area} · {says}{after}");
    }
}

fn as_json(loaded: &Loaded) -> Value {
    let goals: Vec<Value> = loaded
        .model
        .goals
        .iter()
        .map(|(id, goal)| json!({ "id": id.as_str(), "says": goal.says.value, "served_by": texts(&loaded.graph.served_by(id)) }))
        .collect();
    let risks: Vec<Value> = loaded
        .model
        .risks
        .iter()
        .map(|(id, risk)| {
            json!({
                "id": id.as_str(),
                "says": risk.says.value,
                "likelihood": risk.likelihood.value.name(),
                "impact": risk.impact.value.name(),
                "tags": tags(&risk.tags),
                "answered_by": texts(&loaded.graph.answered_by(id)),
            })
        })
        .collect();
    let constraints: Vec<Value> = loaded
        .model
        .constraints
        .iter()
        .map(|(id, constraint)| {
            json!({
                "id": id.as_str(),
                "says": constraint.says.value,
                "area": loaded.graph.area(id).name(),
                "level": loaded.graph.level(id).name(),
                "after": texts(&loaded.graph.prerequisites(id)),
                "tags": tags(&constraint.tags),
            })
        })
        .collect();
    json!({ "format": constraints_wire::FORMAT, "goals": goals, "risks": risks, "constraints": constraints })
}

fn tags(tags: &[Spanned<String>]) -> Vec<&str> {
    tags.iter().map(|tag| tag.value.as_str()).collect()
}

fn texts(ids: &[Id]) -> Vec<&str> {
    ids.iter().map(Id::as_str).collect()
}

fn names(ids: &[Id]) -> String {
    texts(ids).join(", ")
}
