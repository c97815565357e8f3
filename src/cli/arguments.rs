//! The command line as given, and its help.

use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::resolve::{Build, Choice, Member};

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

/// Options of every command.
#[derive(Clone, Debug, Args)]
pub(super) struct Common {
    /// Cargo.toml of the package [default: the nearest one upwards]
    #[arg(long, global = true, value_name = "PATH", help_heading = "Package")]
    pub(super) manifest_path: Option<PathBuf>,
    /// Packages of the workspace [default: that of the manifest, or all if it declares none]
    #[arg(short, long, global = true, value_name = "NAME", help_heading = "Package")]
    pub(super) package: Vec<String>,
    /// All packages of the workspace
    #[arg(long, global = true, conflicts_with = "package", help_heading = "Package")]
    pub(super) workspace: bool,
    /// The binary that constraints are about, where it is not the library
    #[arg(long, global = true, value_name = "NAME", help_heading = "Package")]
    pub(super) bin: Option<String>,
    /// Features to turn on, separated by commas
    #[arg(short = 'F', long, global = true, value_name = "FEATURES", help_heading = "Features")]
    pub(super) features: Vec<String>,
    /// Turn all features on
    #[arg(long, global = true, help_heading = "Features")]
    pub(super) all_features: bool,
    /// Leave the default features off
    #[arg(long, global = true, help_heading = "Features")]
    pub(super) no_default_features: bool,
    /// Build for this machine
    #[arg(long, global = true, value_name = "TRIPLE", help_heading = "Features")]
    pub(super) target: Option<String>,
    /// For whom results are written
    #[arg(long, global = true, value_enum, default_value_t, value_name = "FORMAT", help_heading = "Output")]
    pub(super) message_format: MessageFormat,
    /// When to use colors [default: what Cargo's settings say]
    #[arg(long, global = true, value_enum, value_name = "WHEN", help_heading = "Output")]
    pub(super) color: Option<Color>,
    /// The package that this run of the command is about, where the command is run for several.
    #[arg(skip)]
    pub(super) member: Option<Member>,
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

/// For whom results are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// Text for people
    #[default]
    Human,
    /// One JSON document
    Json,
    /// One SARIF 2.1.0 log, of `gen` and `check`
    Sarif,
}

/// When to use colors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// Where a person is watching
    Auto,
    /// Also in files and pipes
    Always,
    /// Nowhere
    Never,
}

impl Common {
    /// The packages that are meant, and how they are built.
    pub(super) fn choice(&self) -> Choice {
        Choice {
            packages: self.package.clone(),
            all: self.workspace,
            bin: self.bin.clone(),
            build: Build {
                features: self.features.clone(),
                all_features: self.all_features,
                no_default_features: self.no_default_features,
                target: self.target.clone(),
            },
        }
    }
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
