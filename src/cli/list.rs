//! `list`: what is declared, or what could be.

use std::fmt::Write as _;

use clap::Args;
use constraints_wire::ExitCode;
use serde_json::{Value, json};

use crate::kinds;
use crate::make::Made;
use crate::model::{About, KeyShape, Shape, Status};
use crate::report::{Coverage, coverage};
use crate::resolve::callable;

use super::common::Common;
use super::load::{Loaded, load};
use super::{CliError, Output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The kinds of constraints there are, with their keys
    #[arg(long)]
    kinds: bool,
    /// The functions that a test could call and that no constraint names
    #[arg(long, conflicts_with = "kinds")]
    uncovered: bool,
}

pub(super) fn run(arguments: &Arguments, common: &Common, output: &Output) -> Result<ExitCode, CliError> {
    if arguments.kinds {
        let kinds = kinds::about_all();
        if output.is_json() {
            let kinds: Vec<Value> = kinds.iter().map(|about| kind_as_json(about)).collect();
            output.json(&json!({ "format": constraints_wire::FORMAT, "kinds": kinds }));
        } else {
            output.result(&kinds.iter().map(|about| kind_as_text(about)).collect::<String>());
        }
        return Ok(ExitCode::Holds);
    }
    let loaded = load(common)?;
    let planned = match loaded.plan(output) {
        Ok(planned) => planned,
        Err(refused) => return Ok(refused),
    };
    if arguments.uncovered {
        uncovered(&loaded, &planned, output);
        return Ok(ExitCode::Holds);
    }
    if output.is_json() {
        output.json(&json!({ "format": constraints_wire::FORMAT, "constraints": as_json(&planned) }));
    } else {
        output.result(&as_text(&planned));
    }
    Ok(if planned.plan.cases.is_empty() { ExitCode::NothingToCheck } else { ExitCode::Holds })
}

/// What nobody declared anything about, and how much of all that is.
fn uncovered(loaded: &Loaded, planned: &Made, output: &Output) {
    let Loaded { sources, facts, model, .. } = loaded;
    let Coverage { functions, unnamed } = coverage(callable(facts, sources), &planned.plan, model);
    let places = unnamed.iter().map(|(path, defined)| {
        let at = sources.position(*defined);
        (path, &sources.file(defined.file).path, at)
    });
    if output.is_json() {
        let unnamed: Vec<Value> = places
            .map(|(path, file, at)| json!({ "path": path, "file": file, "line": at.line, "column": at.column }))
            .collect();
        output.json(&json!({
            "format": constraints_wire::FORMAT, "functions": functions, "uncovered": unnamed,
        }));
        return;
    }
    let rows: Vec<[String; 2]> =
        places.map(|(path, file, at)| [path.clone(), format!("{file}:{}:{}", at.line, at.column)]).collect();
    let rows: Vec<[&str; 2]> = rows.iter().map(|[path, at]| [path.as_str(), at.as_str()]).collect();
    let covered = functions - unnamed.len();
    output.result(&format!(
        "{}{covered} of {functions} functions that a test could call are named by a constraint\n",
        columns(&rows)
    ));
}

fn as_text(planned: &Made) -> String {
    let rows = planned.plan.cases.iter();
    let rows: Vec<[&str; 5]> = rows
        .map(|case| [case.id.as_str(), case.area.name(), case.level.name(), case.kind, case.says.as_str()])
        .collect();
    columns(&rows)
}

fn as_json(planned: &Made) -> Vec<Value> {
    let one = |case: &crate::plan::Case| {
        json!({
            "id": case.id.as_str(),
            "says": case.says,
            "kind": case.kind,
            "area": case.area.name(),
            "level": case.level.name(),
            "target": case.target,
        })
    };
    planned.plan.cases.iter().map(one).collect()
}

fn kind_as_text(about: &About) -> String {
    let mut text = format!("{:<12} {} ({})\n", about.id, about.summary, about.area.name());
    for key in about.keys {
        let required = if key.required { "required" } else { "optional" };
        let _ = writeln!(text, "  {:<10} {required:<9} {}", key.name, key.says);
    }
    text
}

fn kind_as_json(about: &About) -> Value {
    let shape = |shape| match shape {
        KeyShape::Expression | KeyShape::ExpressionOver(_) | KeyShape::Call(_) => "expression",
        KeyShape::Path => "path",
        KeyShape::Text => "text",
        KeyShape::Words => "words",
        KeyShape::Flag => "flag",
        KeyShape::AtMost(_) => "bound",
        KeyShape::Size => "size",
        KeyShape::Time => "time",
        KeyShape::Length => "length",
        KeyShape::Table => "table",
        KeyShape::Date => "date",
        KeyShape::Steps => "steps",
    };
    let keys: Vec<Value> = about
        .keys
        .iter()
        .map(|key| json!({ "name": key.name, "shape": shape(key.shape), "required": key.required, "says": key.says }))
        .collect();
    json!({
        "id": about.id,
        "summary": about.summary,
        "area": about.area.name(),
        "shape": match about.shape {
            Shape::Property => "property",
            Shape::Measure => "measure",
            Shape::Scenario => "scenario",
            Shape::Source => "source",
            Shape::Evidence => "evidence",
        },
        "status": match about.status { Status::Preview => "preview", Status::Stable => "stable" },
        "keys": keys,
    })
}

/// Rows whose columns stand below each other.
fn columns<const N: usize>(rows: &[[&str; N]]) -> String {
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..N).map(width).collect();
    let line = |row: &[&str; N]| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}
