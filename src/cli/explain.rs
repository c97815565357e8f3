//! `explain`: a kind, a fault code, or a constraint of the package.

use std::fmt::Write as _;

use clap::Args;
use constraints_wire::ExitCode;
use serde_json::json;

use crate::kinds;
use crate::make::{Made, test};
use crate::model::{Code, Family, Id, Span, nearest};
use crate::plan::{Case, Test};

use super::common::Common;
use super::load::{Loaded, find, load};
use super::{CliError, Output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A kind such as `no_panic`, a fault code such as `unknown-key`, or a constraint such as `links.parse_total`
    #[arg(value_name = "KIND|CODE|ID")]
    what: String,
}

pub(super) fn run(arguments: &Arguments, common: &Common, output: &Output) -> Result<ExitCode, CliError> {
    let what = arguments.what.as_str();
    if let Some(kind) = kinds::find(what) {
        let page = kind.about().page();
        show(output, "kind", what, &format!("{page}\n"));
        return Ok(ExitCode::Holds);
    }
    if let Some(code) = Code::ALL.into_iter().find(|code| code.name() == what) {
        show(output, "code", what, &format!("{}\n\n{}\n", code.name(), code.explanation()));
        return Ok(ExitCode::Holds);
    }
    // Only what is left needs a package around.
    let loaded = match load(common) {
        Ok(loaded) => loaded,
        Err(CliError::Resolve(_)) => return Err(unknown(what, &[])),
        Err(error) => return Err(error),
    };
    let planned = match loaded.plan(output) {
        Ok(planned) => planned,
        Err(refused) => return Ok(refused),
    };
    let families: Vec<&Id> = loaded.model.families.keys().collect();
    if let Some(id) = find(what, &families) {
        show(output, "constraint", id.as_str(), &family(&loaded.model.families[id], &loaded, &planned));
        return Ok(ExitCode::Holds);
    }
    let ids: Vec<&Id> = planned.plan.cases.iter().map(|case| &case.id).chain(families).collect();
    let id = find(what, &ids).ok_or_else(|| unknown(what, &ids))?;
    show(output, "constraint", id.as_str(), &constraint(id, &loaded, &planned));
    Ok(ExitCode::Holds)
}

fn show(output: &Output, sort: &str, name: &str, text: &str) {
    if output.is_json() {
        output.json(&json!({ "format": constraints_wire::FORMAT, sort: name, "text": text }));
    } else {
        output.result(text);
    }
}

fn unknown(what: &str, ids: &[&Id]) -> CliError {
    let kinds = kinds::about_all();
    let names = kinds.iter().map(|about| about.id).chain(Code::ALL.iter().map(|code| code.name()));
    let nearest = nearest(what, names.chain(ids.iter().map(|id| id.as_str())));
    CliError::Unknown { wanted: what.to_owned(), nearest: nearest.into_iter().map(str::to_owned).collect() }
}

/// What a constraint on many functions requires, and which these are.
fn family(family: &Family, loaded: &Loaded, planned: &Made) -> String {
    let declared = &family.constraint;
    let kind = declared.kind.value;
    let first = family.instances.first();
    let weight = first.map(|id| (loaded.graph.area(id).name(), loaded.graph.level(id).name()));
    let (area, level) = weight.unwrap_or_default();
    let mut text = format!("{} · {area} · {level}\n{}\n\n", declared.id.value, declared.says.value);
    let _ = writeln!(text, "{:<10} {}: {}", "kind", kind.id, kind.summary);
    let _ = writeln!(text, "{:<10} {}", "targets", loaded.sources.text(family.selector.span));
    let _ = writeln!(text, "{:<10} {}", "declared", place(loaded, declared.id.span));
    let _ = writeln!(text, "{:<10} {}", "instances", family.instances.len());
    for id in &family.instances {
        let defined = case(id, planned).and_then(|case| case.defined);
        let defined = defined.map_or_else(String::new, |defined| place(loaded, defined));
        let _ = writeln!(text, "  {id}  {defined}");
    }
    text
}

/// What a constraint requires, where that is said, its place in the graph, and its test.
fn constraint(id: &Id, loaded: &Loaded, planned: &Made) -> String {
    let declared = &loaded.model.constraints[id];
    let kind = declared.kind.value;
    let (area, level) = (loaded.graph.area(id).name(), loaded.graph.level(id).name());
    let mut text = format!("{id} · {area} · {level}\n{}\n\n", declared.says.value);
    let mut line = |name: &str, value: String| {
        let _ = writeln!(text, "{name:<10} {value}");
    };
    line("kind", format!("{}: {}", kind.id, kind.summary));
    line("target", declared.target.value.clone());
    line("declared", place(loaded, declared.id.span));
    let case = case(id, planned);
    if let Some(defined) = case.and_then(|case| case.defined) {
        line("defined", place(loaded, defined));
    } else if case.is_some_and(|case| matches!(case.test, Test::MissingTarget { .. })) {
        line("defined", "nowhere: the item does not exist".into());
    }
    let mut ids = |name: &str, ids: Vec<String>| {
        if !ids.is_empty() {
            line(name, ids.join(", "));
        }
    };
    ids("serves", declared.serves.iter().map(|goal| goal.value.to_string()).collect());
    ids("after", loaded.graph.prerequisites(id).iter().map(ToString::to_string).collect());
    let waits = |other: &&crate::model::Constraint| other.after.iter().any(|after| after.value == *id);
    ids(
        "before",
        loaded.model.constraints.values().filter(waits).map(|it| it.id.value.to_string()).collect(),
    );
    let Loaded { model, graph, facts, sources, .. } = loaded;
    if let Some(test) = test(model, graph, facts, sources, id) {
        text.push('\n');
        text.push_str(&test);
    }
    text
}

fn case<'p>(id: &Id, planned: &'p Made) -> Option<&'p Case> {
    planned.plan.cases.iter().find(|case| case.id == *id)
}

fn place(loaded: &Loaded, span: Span) -> String {
    let at = loaded.sources.position(span);
    format!("{}:{}:{}", loaded.sources.file(span.file).path, at.line, at.column)
}
