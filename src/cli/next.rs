//! `next`: the one thing to do now.

use clap::Args;
use constraints_wire::ExitCode;
use serde_json::json;

use crate::report::{exit_code, next, next_human};

use super::check::{Running, report};
use super::common::Common;
use super::load::load;
use super::{CliError, Output};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    running: Running,
}

pub(super) fn run(arguments: &Arguments, common: &Common, output: &Output) -> Result<ExitCode, CliError> {
    let loaded = load(common)?;
    let (report, _) = match report(&loaded, &[], &arguments.running, false, output)? {
        Ok(judged) => judged,
        Err(code) => return Ok(code),
    };
    let next = next(&report, &loaded.graph);
    if output.is_json() {
        output.json(&json!(next));
    } else {
        output.result(&next_human(&next));
    }
    Ok(exit_code(&report))
}
