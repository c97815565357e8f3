//! Which command is asked for.

use constraints_wire::ExitCode;

use super::arguments::Command;
use super::common::Common;
use super::{CliError, Output, check, explain, generate, graph, init, list, next, schema};

/// Runs it.
pub(super) fn command(command: &Command, common: &Common, output: &Output) -> Result<ExitCode, CliError> {
    match command {
        Command::Init(arguments) => init::run(arguments, common, output),
        Command::Gen(arguments) => generate::run(arguments, common, output),
        Command::Check(arguments) => check::run(arguments, common, output),
        Command::Next(arguments) => next::run(arguments, common, output),
        Command::List(arguments) => list::run(arguments, common, output),
        Command::Explain(arguments) => explain::run(arguments, common, output),
        Command::Graph(arguments) => graph::run(arguments, common, output),
        Command::Schema(arguments) => Ok(schema::run(arguments, output)),
    }
}
