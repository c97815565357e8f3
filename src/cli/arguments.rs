//! The command line as given, and its help.

use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use super::common::Common;
use super::{check, explain, generate, graph, init, list, next, schema};

/// Compiles declared requirements into tests that are red until the code deserves green
#[derive(Debug, Parser)]
#[command(
    name = "cargo-constraints",
    bin_name = "cargo constraints",
    version,
    disable_help_subcommand = true
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Wire a package: manifest, constraints/ and generated/
    Init(init::Arguments),
    /// Write the tests of the constraints
    Gen(generate::Arguments),
    /// Run the tests and say where the graph stands
    Check(check::Arguments),
    /// Show the one thing to do now
    Next(next::Arguments),
    /// List the constraints, or the kinds there are
    List(list::Arguments),
    /// Explain a kind, a fault code or a constraint
    Explain(explain::Arguments),
    /// Show goals, constraints and what waits for what
    Graph(graph::Arguments),
    /// Print the JSON Schema of a file in constraints/, for editors
    Schema(schema::Arguments),
}

/// Commands by what a person is about to do, in the order of the help.
const GROUPS: [(&str, &[&str]); 3] = [
    ("Declare", &["init", "gen"]),
    ("Judge", &["check", "next"]),
    ("Look", &["list", "explain", "graph", "schema"]),
];

impl Cli {
    /// Reads arguments, the name of the program first.
    pub(super) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let mut arguments: Vec<OsString> = arguments.into_iter().collect();
        // Cargo passes the word by which it found us.
        if arguments.get(1).is_some_and(|word| word == OsStr::new("constraints")) {
            arguments.remove(1);
        }
        let matches = Self::parser().try_get_matches_from(arguments)?;
        Self::from_arg_matches(&matches)
    }

    /// The parser, with the commands of its help in groups.
    pub(super) fn parser() -> clap::Command {
        let parser = Self::command();
        let mut help = String::from("{about}\n\n{usage-heading} {usage}\n");
        for (group, names) in GROUPS {
            let commands: Vec<_> = names.iter().filter_map(|name| parser.find_subcommand(name)).collect();
            if !commands.is_empty() {
                let _ = write!(help, "\n{group}:\n");
            }
            for command in commands {
                let about = command.get_about().map(ToString::to_string).unwrap_or_default();
                let _ = writeln!(help, "  {:<8} {about}", command.get_name());
            }
        }
        help.push_str("\n{all-args}");
        // They stand in their groups already; what is left of all arguments is the options under their headings.
        parser
            .help_template(help)
            .override_usage("cargo constraints [OPTIONS] <COMMAND>")
            .mut_subcommands(|command| command.hide(true))
    }

    /// Names of commands that the help does not show.
    #[cfg(test)]
    pub(super) fn ungrouped() -> Vec<String> {
        let grouped = |name: &str| GROUPS.iter().any(|(_, names)| names.contains(&name));
        let parser = Self::command();
        parser.get_subcommands().map(|it| it.get_name().to_owned()).filter(|name| !grouped(name)).collect()
    }
}
