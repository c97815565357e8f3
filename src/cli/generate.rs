//! `gen`: the tests of the constraints.

use std::fmt::Write as _;

use clap::Args;
use constraints_wire::ExitCode;
use serde::Deserialize as _;
use serde_json::{Value, json};

use crate::make::Made;
use crate::report::{Log, faults};
use crate::stamp::{Changed, Said, Since};
use crate::write::{Change, Difference, Written, compare, compare_some};

use super::anew::{Anew, anew};
use super::common::Common;
use super::load::{Loaded, load};
use super::{CliError, Output, features, unchanged};

/// Command that mends what `--check` finds.
const MENDS: &str = "cargo constraints gen";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Write nothing; fail if the files in generated/ are not what the declarations give
    #[arg(long)]
    check: bool,
}

pub(super) fn run(arguments: &Arguments, common: &Common, output: &Output) -> Result<ExitCode, CliError> {
    match unchanged::since(common) {
        Since::Same(said) => return Ok(repeat(&said, &Written::default(), arguments, output)),
        Since::Contents(changed) => {
            if let Some(code) = part(*changed, arguments, common, output) {
                return Ok(code);
            }
        }
        Since::Unknown => {}
    }
    let loaded = load(common)?;
    let planned = match loaded.plan(output) {
        Ok(planned) => planned,
        Err(refused) => return Ok(refused),
    };
    output.faults(&planned.faults, &loaded.sources);
    let code = if arguments.check {
        check(&loaded, &planned, output)?
    } else {
        generate(&loaded, &planned, output)?
    };
    if code != ExitCode::Stale {
        unchanged::remember(common, &loaded, &planned);
    }
    Ok(code)
}

/// Says once more what a run said that found the same.
fn repeat(said: &Said, done: &Written, arguments: &Arguments, output: &Output) -> ExitCode {
    output.said_before(&said.notes);
    if arguments.check {
        stale(&[], &said.faults, output);
    } else {
        written(said.tests, done, &said.faults, output);
    }
    nothing_or_fine(said.tests, output)
}

/// Makes what the contents of some sources concern; nothing where it takes a run over all of it, which says why.
fn part(mut changed: Changed, arguments: &Arguments, common: &Common, output: &Output) -> Option<ExitCode> {
    let mut done = Written::default();
    let anew = anew(&mut changed, common)?;
    if let Some(Anew { loaded, planned }) = anew {
        if arguments.check {
            let differences = compare_some(&loaded.facts.root, &planned.files).ok()?;
            if !differences.is_empty() {
                output.said_before(&changed.said.notes);
                stale(&differences, &changed.said.faults, output);
                return Some(ExitCode::Stale);
            }
        } else {
            done = loaded.write_part(&planned).ok()?;
        }
    }
    let code = repeat(&changed.said, &done, arguments, output);
    // Without it the next run takes longer, and that is all.
    let _ = changed.remember(&done.written);
    Some(code)
}

fn check(loaded: &Loaded, planned: &Made, output: &Output) -> Result<ExitCode, CliError> {
    let mut differences = compare(&loaded.facts.root, &planned.files)?;
    if features::lacking(loaded, planned)?.is_some() {
        differences.push(Difference { path: features::MANIFEST.to_owned(), change: Change::Stale });
    }
    stale(&differences, &faults::json(&planned.faults, &loaded.sources)["faults"], output);
    Ok(if differences.is_empty() {
        nothing_or_fine(planned.plan.cases.len(), output)
    } else {
        ExitCode::Stale
    })
}

fn stale(differences: &[Difference], faults: &Value, output: &Output) {
    let word = |difference: &Difference| match difference.change {
        Change::Missing => "missing",
        Change::Stale => "stale",
        Change::Leftover => "leftover",
    };
    if output.is_sarif() {
        let files = differences.iter().map(|it| (it.path.as_str(), word(it)));
        output.json(&log(faults).stale(files, MENDS).json());
        return;
    }
    if output.is_json() {
        let files: Vec<_> =
            differences.iter().map(|it| json!({ "path": it.path, "change": word(it) })).collect();
        output.json(&json!({
            "format": constraints_wire::FORMAT,
            "stale": files,
            "mend": MENDS,
            "faults": faults,
        }));
        return;
    }
    for difference in differences {
        output.result(&format!("{:<8} {}\n", word(difference), difference.path));
    }
    if !differences.is_empty() {
        output.note(&format!("generated tests are not what the declarations give; run `{MENDS}`"));
    }
}

fn generate(loaded: &Loaded, planned: &Made, output: &Output) -> Result<ExitCode, CliError> {
    let wired = features::write(loaded, planned)?;
    let mut done = loaded.write(planned)?;
    done.written.splice(0..0, wired.then(|| features::MANIFEST.to_owned()));
    let tests = planned.plan.cases.len();
    written(tests, &done, &faults::json(&planned.faults, &loaded.sources)["faults"], output);
    Ok(nothing_or_fine(tests, output))
}

fn written(tests: usize, written: &Written, faults: &Value, output: &Output) {
    if output.is_sarif() {
        output.json(&log(faults).json());
    } else if output.is_json() {
        output.json(&json!({
            "format": constraints_wire::FORMAT,
            "tests": tests,
            "written": written.written,
            "deleted": written.deleted,
            "faults": faults,
        }));
    } else {
        output.result(&said(tests, written));
    }
}

/// Faults, as they leave the process, as the beginning of a SARIF log.
fn log(faults: &Value) -> Log {
    let faults = Vec::<constraints_wire::Fault>::deserialize(faults);
    Log::default().faults(&faults.expect("faults are written in the form they are read in"))
}

/// What a writing did, for people.
pub(super) fn said(tests: usize, written: &Written) -> String {
    let mut text = String::new();
    for path in &written.written {
        let _ = writeln!(text, "wrote    {path}");
    }
    for path in &written.deleted {
        let _ = writeln!(text, "deleted  {path}");
    }
    let changed = written.written.len() + written.deleted.len();
    let (s, of_files) =
        (if tests == 1 { "" } else { "s" }, if changed == 0 { "; nothing changed" } else { "" });
    let _ = writeln!(text, "{tests} test{s} in generated/{of_files}");
    text
}

fn nothing_or_fine(tests: usize, output: &Output) -> ExitCode {
    if tests == 0 {
        output.note("no constraint is declared in constraints/, so there is nothing to check");
        return ExitCode::NothingToCheck;
    }
    ExitCode::Holds
}
