//! `schema`: the JSON Schema of a file in `constraints/`, for editors.

use clap::{Args, ValueEnum};
use constraints_wire::ExitCode;

use crate::kinds;
use crate::model::{self, Document};

use super::Output;

/// File with the schema of declarations, beside them.
pub(super) const FILE: &str = "schema.json";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Which file it is of
    #[arg(value_enum, default_value_t, value_name = "FILE")]
    of: File,
}

/// A sort of file in constraints/.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum File {
    /// Goals, risks, inputs and constraints
    #[default]
    Declarations,
    /// settings.toml
    Settings,
    /// waivers.toml
    Waivers,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> ExitCode {
    output.result(&text(match arguments.of {
        File::Declarations => Document::Declarations,
        File::Settings => Document::Settings,
        File::Waivers => Document::Waivers,
    }));
    ExitCode::Holds
}

/// The schema of declarations as it stands beside them.
pub(super) fn of_declarations() -> String {
    text(Document::Declarations)
}

fn text(of: Document) -> String {
    format!("{:#}\n", model::schema(of, &kinds::about_all()))
}
