//! `check`: runs the tests and says where the graph stands.

use std::time::Duration;

use clap::{Args, value_parser};
use constraints_wire::measure::seconds;
use constraints_wire::{CoverageEntry, ExitCode, Report};
use serde_json::json;

use crate::make::Made;
use crate::model::{Date, Fault, Id, LEAST_CASES, Runner, Spanned, nearest};
use crate::report::{Coverage, coverage, exit_code, human, judge};
use crate::resolve::callable;
use crate::run::{self, Event, Subject};
use crate::write::compare;

use super::common::Common;
use super::doing::Doing;
use super::load::{Loaded, find, load};
use super::progress::Progress;
use super::{CliError, Output, features};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Constraints, goals, or files of constraints by their names [default: all]
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// Compile the tests and run none: what does not compile is red, the rest undecided
    #[arg(long)]
    no_run: bool,
    #[command(flatten)]
    running: Running,
}

/// How tests are run, for every command that runs them.
#[derive(Debug, Args)]
pub(super) struct Running {
    /// Search with this seed instead of one made from each id
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Try at most so many cases in each search [default: what the declarations say, else 100000]
    #[arg(long, value_name = "N", value_parser = value_parser!(u64).range(LEAST_CASES..))]
    cases: Option<u64>,
    /// Search for at most so long in each test, such as "30 s" [default: what the declarations say, else 10 s]
    #[arg(long, value_name = "TIME", value_parser = time)]
    budget: Option<Duration>,
    /// Run so many tests at once [default: what the settings say, else as many as there are processors]
    #[arg(long, value_name = "N", value_parser = value_parser!(u64).range(1..))]
    threads: Option<u64>,
    /// Write nothing to generated/; fail if it is not what the declarations give
    #[arg(long)]
    locked: bool,
}

pub(super) fn run(arguments: &Arguments, common: &Common, output: &Output) -> Result<ExitCode, CliError> {
    let loaded = load(common)?;
    let (report, faults) =
        match report(&loaded, &arguments.ids, &arguments.running, arguments.no_run, output)? {
            Ok(judged) => judged,
            Err(code) => return Ok(code),
        };
    if output.is_sarif() {
        output.json(&loaded.log(&faults).report(&report, &loaded.model).json());
    } else if output.is_json() {
        output.json(&json!(report));
    } else {
        output.styled(&human(&report));
    }
    Ok(exit_code(&report))
}

/// Runs the tests and judges them, and gives the faults that refuse nothing besides; or, after saying why there is
/// nothing to judge, the exit code.
pub(super) fn report(
    loaded: &Loaded,
    ids: &[String],
    running: &Running,
    compile_only: bool,
    output: &Output,
) -> Result<Result<(Report, Vec<Fault>), ExitCode>, CliError> {
    let planned = match loaded.plan(output) {
        Ok(planned) => planned,
        Err(refused) => return Ok(Err(refused)),
    };
    let selected = select(loaded, ids)?;
    if !is_fresh(loaded, &planned, running.locked, output)? {
        return Ok(Err(ExitCode::Stale));
    }
    let options = options(loaded, &planned, running, selected, compile_only);
    let Loaded { sources, facts, model, graph, .. } = loaded;
    let subject = Subject { plan: &planned.plan, model, sources, facts, emitted: &planned.files };
    let events = if planned.plan.cases.is_empty() {
        output.note("no constraint is declared in constraints/, so there is nothing to check");
        Vec::new()
    } else {
        watched(subject, &options, output)?
    };
    let mut report = judge(&planned.plan, model, graph, sources, &events, &options, Date::today());
    if ids.is_empty() {
        report.coverage = covered(loaded, &planned);
    }
    Ok(Ok((report, planned.faults)))
}

/// How the tests are run: as the command line says, else as the settings do.
fn options(
    loaded: &Loaded,
    planned: &Made,
    running: &Running,
    selected: Option<Vec<Id>>,
    compile_only: bool,
) -> run::Options {
    let Runner { threads, patience } = loaded.model.settings.runner;
    let seconds = |seconds: Spanned<f64>| Duration::from_secs_f64(seconds.value);
    let cases = || planned.plan.cases.iter();
    let budgets = cases().filter_map(|case| case.effort.budget.map(seconds));
    let waits = cases().filter_map(|case| case.waits.map(Duration::from_secs_f64));
    let longest = running.budget.or_else(|| budgets.max()).max(waits.max()).unwrap_or_default();
    run::Options {
        // Cargo tells its subcommands where it is.
        #[expect(clippy::disallowed_methods, reason = "commands are where the environment is read")]
        cargo: std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
        seed: running.seed,
        cases: running.cases,
        budget: running.budget,
        threads: running.threads.or(threads.map(|threads| threads.value)),
        selected,
        compile_only,
        wrapper: std::env::current_exe().ok(),
        // Whoever lets a search take longer does not want it to count as hanging.
        patience: patience.map_or(run::Options::PATIENCE, seconds)
            + longest.saturating_sub(run::Options::BUDGET),
    }
}

/// A time such as `30 s`.
fn time(text: &str) -> Result<Duration, String> {
    let read = seconds(text).map_err(|unreadable| format!("{}; {}", unreadable.message, unreadable.help))?;
    let time = Duration::try_from_secs_f64(read).map_err(|error| error.to_string())?;
    if time < Duration::from_millis(1) { Err("no search is that short".to_owned()) } else { Ok(time) }
}

/// How much of the crate is named by a constraint; nothing where there is nothing to name.
fn covered(loaded: &Loaded, planned: &Made) -> Option<CoverageEntry> {
    let Coverage { functions, unnamed } =
        coverage(callable(&loaded.facts, &loaded.sources), &planned.plan, &loaded.model);
    (functions > 0).then(|| CoverageEntry { functions, named: functions - unnamed.len() })
}

/// Runs the tests under the eyes of whoever waits for them.
fn watched(subject: Subject<'_>, options: &run::Options, output: &Output) -> Result<Vec<Event>, CliError> {
    let mut events = Vec::new();
    let mut doing = Doing::start();
    let progress = Progress::start(&doing.text());
    run::run(subject, options, &mut |event| {
        doing.see(&event);
        progress.set(doing.text());
        events.push(event);
    })?;
    drop(progress);
    let strays = events.iter().filter_map(|event| match event {
        Event::Stray(line) => Some(line),
        _ => None,
    });
    if let Some(first) = strays.clone().next() {
        let first: String = first.chars().take(80).flat_map(char::escape_debug).collect();
        output.note(&format!(
            "{} lines among the records are not records and were passed over; the first: {first}",
            strays.count()
        ));
    }
    Ok(events)
}

/// The constraints meant by `ids`; `None` means all.
fn select(loaded: &Loaded, ids: &[String]) -> Result<Option<Vec<Id>>, CliError> {
    if ids.is_empty() {
        return Ok(None);
    }
    let model = &loaded.model;
    let known: Vec<&Id> =
        model.constraints.keys().chain(model.families.keys()).chain(model.goals.keys()).collect();
    let mut selected = Vec::new();
    for wanted in ids {
        let short = || find(wanted, &known).and_then(|id| named(id.as_str(), loaded));
        let Some(meant) = named(wanted, loaded).or_else(short) else {
            let nearest = nearest(wanted, known.iter().map(|id| id.as_str()));
            let nearest = nearest.into_iter().map(str::to_owned).collect();
            return Err(CliError::Unselected { wanted: wanted.clone(), nearest });
        };
        selected.extend(meant);
    }
    selected.sort();
    selected.dedup();
    Ok(Some(selected))
}

/// The constraints that a goal, a file of constraints or a constraint of this full name stands for.
fn named(name: &str, loaded: &Loaded) -> Option<Vec<Id>> {
    if let Some(goal) = loaded.model.goals.keys().find(|goal| goal.as_str() == name) {
        return Some(loaded.graph.served_by(goal));
    }
    let is_meant = |id: &&Id| id.as_str() == name || id.namespace() == name || id.family().as_str() == name;
    let meant: Vec<Id> = loaded.model.constraints.keys().filter(is_meant).cloned().collect();
    (!meant.is_empty()).then_some(meant)
}

/// Whether the files on disk are what the declarations give, at the end.
fn is_fresh(loaded: &Loaded, planned: &Made, locked: bool, output: &Output) -> Result<bool, CliError> {
    let differences = compare(&loaded.facts.root, &planned.files)?;
    let is_lacking = features::lacking(loaded, planned)?.is_some();
    if differences.is_empty() && !is_lacking {
        return Ok(true);
    }
    if is_lacking && locked {
        output.note(
            "Cargo.toml lacks a feature of the runtime that a constraint needs; run `cargo constraints gen`",
        );
        return Ok(false);
    }
    if is_lacking {
        features::write(loaded, planned)?;
        output.note("Cargo.toml has a further feature of the runtime, which a constraint needs");
    }
    if differences.is_empty() {
        return Ok(true);
    }
    let count = differences.len();
    let files = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
    if locked {
        output.note(&format!(
            "generated/ is not what the declarations give ({files}); run `cargo constraints gen`"
        ));
        return Ok(false);
    }
    loaded.write(planned)?;
    output.note(&format!("{files} in generated/ brought up to date"));
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::load::read;
    use crate::model::Sources;
    use crate::resolve::CrateFacts;

    #[test]
    fn a_constraint_is_named_in_full_or_by_what_only_it_is_called() {
        let mut sources = Sources::default();
        let texts = [("src/lib.rs", "pub fn parse(text: &str) {}\npub fn render(text: &str) {}\n")];
        let facts = CrateFacts::from_texts("app", &texts, &mut sources).expect("a crate");
        let constraint = |name: &str, rest: &str| {
            format!("[constraint.{name}]\nsays = \"It holds\"\nkind = \"no_panic\"\n{rest}\n")
        };
        let links = ["total", "each"].map(|name| match name {
            "total" => constraint(name, "target = \"crate::parse\"\nserves = \"kept\""),
            _ => constraint(name, "targets = { public = true }"),
        });
        let links = format!("[goal.kept]\nsays = \"It is kept\"\n\n{}", links.concat());
        let pages = ["total", "only"].map(|name| constraint(name, "target = \"crate::render\"")).concat();
        let files = [("links", links), ("pages", pages)]
            .map(|(name, text)| (name.to_owned(), sources.add(format!("constraints/{name}.toml"), text)));
        let loaded = read(sources, facts, &files);
        let meant = |name: &str| match select(&loaded, &[name.to_owned()]) {
            Ok(ids) => ids.unwrap_or_default().iter().map(Id::to_string).collect::<Vec<_>>().join(", "),
            Err(error) => error.to_string(),
        };
        insta::assert_snapshot!(
            ["pages.only", "only", "each", "kept", "pages", "total"].map(meant).join("\n"),
            @r"
        pages.only
        pages.only
        links.each@crate::parse, links.each@crate::render
        links.total
        pages.only, pages.total
        there is no constraint, goal or file of constraints `total`; did you mean `links.total` or `pages.total`?
        "
        );
    }
}
