//! The options that every command takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::resolve::{Build, Choice, Member};

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
