//! `graph`: goals and risks, what serves and answers them, and what waits for what.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use constraints_wire::{ExitCode, Report, Status};
use serde_json::{Value, json};

use crate::graph::Sort;
use crate::model::{Id, Spanned};
use crate::report::{Verdicts, fill, look, picture};

use super::common::Common;
use super::load::{Loaded, load};
use super::{CliError, Output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// How to draw it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Mark where each stands, as `check --message-format json` wrote it to this file
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
    let verdicts = arguments.verdicts.as_deref().map(verdicts).transpose()?.unwrap_or_default();
    match arguments.format {
        Format::Dot => output.result(&loaded.graph.dot(&|sort, id| status(&verdicts, sort, id).map(fill))),
        Format::Svg => output.result(&picture(&loaded.model, &loaded.graph, &verdicts)),
        Format::Tree if output.is_json() => output.json(&as_json(&loaded, &verdicts)),
        Format::Tree => output.result(&tree(&loaded, &verdicts)),
    }
    Ok(if loaded.model.constraints.is_empty() { ExitCode::NothingToCheck } else { ExitCode::Holds })
}

/// Where everything stood when the report was written.
fn verdicts(path: &Path) -> Result<Verdicts, CliError> {
    let read = |source| CliError::Read { path: path.to_owned(), source };
    let text = fs::read(path).map_err(read)?;
    let report: Report = serde_json::from_slice(&text)
        .map_err(|source| CliError::NoReport { path: path.to_owned(), source })?;
    Ok(Verdicts::of(&report))
}

fn status(verdicts: &Verdicts, sort: Sort, id: &Id) -> Option<Status> {
    match sort {
        Sort::Goal => verdicts.goal(id),
        Sort::Risk => verdicts.risk(id),
        Sort::Constraint => verdicts.constraint(id),
    }
}

/// A mark and a word for where it stands, as far as that is known.
fn marked(status: Option<Status>) -> String {
    let Some(status) = status else { return String::new() };
    let (mark, word, _) = look(status);
    format!("{mark} {word} ")
}

/// Each goal with its constraints, each risk with its answers, then the constraints that serve no goal.
fn tree(loaded: &Loaded, verdicts: &Verdicts) -> String {
    let tree = loaded.graph.tree();
    let mut text = String::new();
    for branch in &tree.goals {
        let says = loaded.model.goals.get(&branch.id).map_or("", |goal| goal.says.value.as_str());
        let _ = writeln!(text, "{}{} · {says}", marked(verdicts.goal(&branch.id)), branch.id);
        leaves(loaded, verdicts, &branch.constraints, &mut text);
    }
    for branch in &tree.risks {
        let Some(risk) = loaded.model.risks.get(&branch.id) else { continue };
        let (likelihood, impact) = (risk.likelihood.value.name(), risk.impact.value.name());
        let says = &risk.says.value;
        let (mark, id) = (marked(verdicts.risk(&branch.id)), &branch.id);
        let open = if branch.constraints.is_empty() { " · nothing answers it" } else { "" };
        let _ = writeln!(text, "{mark}{id} · risk, likelihood {likelihood}, impact {impact} · {says}{open}");
        leaves(loaded, verdicts, &branch.constraints, &mut text);
    }
    if !tree.without_goal.is_empty() {
        text.push_str("(no goal)\n");
        leaves(loaded, verdicts, &tree.without_goal, &mut text);
    }
    text
}

fn leaves(loaded: &Loaded, verdicts: &Verdicts, ids: &[Id], text: &mut String) {
    for (at, id) in ids.iter().enumerate() {
        let branch = if at + 1 == ids.len() { "└──" } else { "├──" };
        let says = loaded.model.constraints.get(id).map_or("", |constraint| constraint.says.value.as_str());
        let after = names(&loaded.graph.prerequisites(id));
        let after = if after.is_empty() { after } else { format!(" · after {after}") };
        let area = loaded.graph.area(id).name();
        let frees = verdicts.frees(id);
        let frees = if frees > 0 { format!(" · frees {frees}") } else { String::new() };
        let mark = marked(verdicts.constraint(id));
        let _ = writeln!(text, "{branch} {mark}{id} · {area} · {says}{after}{frees}");
    }
}

fn as_json(loaded: &Loaded, verdicts: &Verdicts) -> Value {
    let goals: Vec<Value> = loaded
        .model
        .goals
        .iter()
        .map(|(id, goal)| {
            let served_by = loaded.graph.served_by(id);
            let goal = json!({ "id": id.as_str(), "says": goal.says.value, "served_by": texts(&served_by) });
            with_status(goal, verdicts.goal(id))
        })
        .collect();
    let constraints: Vec<Value> = loaded
        .model
        .constraints
        .iter()
        .map(|(id, constraint)| {
            let mut constraint = json!({
                "id": id.as_str(),
                "says": constraint.says.value,
                "area": loaded.graph.area(id).name(),
                "level": loaded.graph.level(id).name(),
                "after": texts(&loaded.graph.prerequisites(id)),
                "tags": tags(&constraint.tags),
            });
            if verdicts.frees(id) > 0 {
                constraint["frees"] = json!(verdicts.frees(id));
            }
            with_status(constraint, verdicts.constraint(id))
        })
        .collect();
    json!({ "format": constraints_wire::FORMAT, "goals": goals, "risks": risks(loaded, verdicts), "constraints": constraints })
}

fn risks(loaded: &Loaded, verdicts: &Verdicts) -> Vec<Value> {
    loaded
        .model
        .risks
        .iter()
        .map(|(id, risk)| {
            let risk = json!({
                "id": id.as_str(),
                "says": risk.says.value,
                "likelihood": risk.likelihood.value.name(),
                "impact": risk.impact.value.name(),
                "tags": tags(&risk.tags),
                "answered_by": texts(&loaded.graph.answered_by(id)),
            });
            with_status(risk, verdicts.risk(id))
        })
        .collect()
}

/// The declaration with where it stands, as far as that is known.
fn with_status(mut declared: Value, status: Option<Status>) -> Value {
    if let Some(status) = status {
        declared["status"] = json!(status);
    }
    declared
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
