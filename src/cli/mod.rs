//! Arguments in, the calls of the stages in turn, exit code out.
//!
//! The only room that prints, reads the environment or exits.

mod anew;
mod arguments;
mod check;
mod commands;
mod common;
mod doing;
mod error;
mod explain;
mod features;
mod generate;
mod graph;
mod init;
mod kept;
mod list;
mod load;
mod next;
mod output;
mod packages;
mod progress;
mod schema;
mod unchanged;

#[cfg(test)]
mod tests;

use constraints_wire::ExitCode;

use crate::{make, run};

use arguments::{Cli, Command};
use commands::command;
use error::CliError;
use output::Output;

/// Runs the command line and says how it went.
#[expect(clippy::disallowed_methods, reason = "the arguments are read here, once")]
pub fn main() -> ExitCode {
    if let Some(around) = std::env::var_os(run::WRAPPER_VARIABLE) {
        return compiled(&around);
    }
    let cli = match Cli::read(std::env::args_os()) {
        Ok(cli) => cli,
        Err(error) => {
            // What was asked for, such as the help, goes to stdout and is no failure; clap knows which it is.
            let _ = error.print();
            return if error.use_stderr() { ExitCode::CouldNotFinish } else { ExitCode::Holds };
        }
    };
    on_a_large_stack(&cli)
}

/// Runs the command on a stack on which what readers of nested texts call each other for has room.
fn on_a_large_stack(cli: &Cli) -> ExitCode {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(make::STACK).spawn_scoped(scope, || started(cli));
        match thread.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(code)) => code,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            // Without room for that, what is usual has to do.
            Err(_) => started(cli),
        }
    })
}

fn started(cli: &Cli) -> ExitCode {
    let output = Output::new(cli.common.message_format, cli.common.color);
    run(cli, &output).unwrap_or_else(|error| {
        output.error(&error);
        error.exit_code()
    })
}

/// Stands for the compiler, which Cargo asked for with the arguments of this process.
#[expect(clippy::disallowed_methods, reason = "the arguments are read here, once")]
fn compiled(around: &std::ffi::OsStr) -> ExitCode {
    let status = run::compile_in_place(std::env::args_os().skip(1).collect(), around);
    match status {
        Ok(status) if status.success() => ExitCode::Holds,
        _ => ExitCode::CouldNotFinish,
    }
}

fn run(cli: &Cli, output: &Output) -> Result<ExitCode, CliError> {
    if output.is_sarif() && !matches!(cli.command, Command::Gen(_) | Command::Check(_)) {
        return Err(CliError::NoSarif);
    }
    match command(&cli.command, &cli.common, output) {
        Err(CliError::Several(members)) => packages::each(&cli.command, &cli.common, members, output),
        ended => ended,
    }
}
