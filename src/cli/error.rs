//! Everything the world can do to a command, and the exit code of each.

use std::io;
use std::path::PathBuf;

use constraints_wire::ExitCode;

use crate::resolve::{Member, ResolveError};
use crate::run::RunError;
use crate::write::WriteError;

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
    /// The crate could not be read.
    #[error(transparent)]
    Resolve(#[from] ResolveError),
    /// The files could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The tests could not be built or run.
    #[error(transparent)]
    Run(#[from] RunError),
    /// A file of the package could not be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The manifest cannot be edited.
    #[error("cannot wire {}: {message}", path.display())]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is in the way.
        message: String,
    },
    /// A command that finds nothing at a place was asked for SARIF.
    #[error("`gen` and `check` alone have results in SARIF; ask for `--message-format json`")]
    NoSarif,
    /// A report that was named cannot be used.
    #[error("{} is not a report of `check --message-format json`", path.display())]
    NoReport {
        /// The file.
        path: PathBuf,
        /// What is the matter with it.
        source: serde_json::Error,
    },
    /// A command about one package is meant for several; it is run for each.
    #[error("several packages are meant ({}); name one with `--package`", names(.0))]
    Several(Vec<Member>),
    /// `check` was asked to run something that does not exist.
    #[error("there is no constraint, goal or file of constraints `{wanted}`{}", meant(nearest))]
    Unselected {
        /// What was asked for.
        wanted: String,
        /// What may have been meant.
        nearest: Vec<String>,
    },
    /// `explain` was asked about something that does not exist.
    #[error("there is no kind, fault code or constraint `{wanted}`{}", meant(nearest))]
    Unknown {
        /// What was asked for.
        wanted: String,
        /// What may have been meant.
        nearest: Vec<String>,
    },
}

impl CliError {
    /// What the process ends with.
    pub(super) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Resolve(_)
            | Self::Write(_)
            | Self::Run(_)
            | Self::Several(_)
            | Self::Unselected { .. }
            | Self::Read { .. }
            | Self::NoSarif
            | Self::NoReport { .. }
            | Self::Manifest { .. }
            | Self::Unknown { .. } => ExitCode::CouldNotFinish,
        }
    }
}

fn meant(nearest: &[String]) -> String {
    if nearest.is_empty() {
        return String::new();
    }
    let names: Vec<String> = nearest.iter().map(|name| format!("`{name}`")).collect();
    format!("; did you mean {}?", names.join(" or "))
}

fn names(members: &[Member]) -> String {
    members.iter().map(Member::name).collect::<Vec<_>>().join(", ")
}
