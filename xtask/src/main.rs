//! Chores of this workspace, run as `cargo xtask NAME`.

#![expect(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "chores start processes, write files and talk to the person who runs them"
)]

mod alive;
mod book;
mod cases;
mod cost;
mod error;
mod new_kind;
mod page;
mod picture;
mod published;
mod surface;
mod test;
mod versus;
mod workshop;
mod zoo;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Chores of this workspace")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Alter each oracle so that it always says "holds", and look whether the red fixtures show it.
    Alive {
        /// Alter only oracles of kinds whose name contains this.
        #[arg(long)]
        only: Option<String>,
    },
    /// Write the pages of the book that are made from the sources.
    Book,
    /// Judge real crates, vulnerable and patched, by their constraint files.
    Cases {
        /// Folder with a folder for each case.
        folder: PathBuf,
        /// Judge only cases whose name contains this.
        #[arg(long)]
        only: Option<String>,
        /// Seeds to judge with, one run each; without it, every test uses its own.
        #[arg(long, value_delimiter = ',')]
        seeds: Vec<u64>,
        /// Cases that are judged side by side: it is sooner over, and times to red are longer.
        #[arg(long, default_value_t = 1)]
        at_once: usize,
    },
    /// Measure what two hundred generated tests cost, beside the same properties written by hand.
    Cost {
        /// How often builds and runs are measured; the page of the book holds the medians.
        #[arg(long, default_value_t = 5)]
        rounds: usize,
    },
    /// Try the whole way from declarations to tests on made-up input, for as long as is said.
    Fuzz {
        /// How many minutes.
        #[arg(long, default_value_t = 10)]
        minutes: u64,
    },
    /// Draw the pictures of the README anew, from a verdict on the example.
    Picture,
    /// Check published crates by their constraint files, as they are and with a bug planted by hand.
    Published {
        /// Check only this crate.
        name: Option<String>,
    },
    /// Count how many public functions of published crates get a test that compiles.
    Surface {
        /// Count only this crate, and write no page.
        name: Option<String>,
    },
    /// Run everything that has to pass before a change lands.
    Test,
    /// Have rivals search the cases for the same time: proptest, proptest with mutated samples, bolero with libfuzzer.
    Versus {
        /// Folder with a folder for each case.
        folder: PathBuf,
        /// Search only cases whose name contains this, and write no page.
        #[arg(long)]
        only: Option<String>,
        /// Seeds to search with, one run each.
        #[arg(long, value_delimiter = ',', default_value = "1,2,3")]
        seeds: Vec<u64>,
        /// How long each search lasts at most.
        #[arg(long, default_value_t = 10)]
        seconds: u64,
    },
    /// Judge functions of known growth.
    Zoo {
        /// Judge only functions whose name contains this.
        #[arg(long)]
        only: Option<String>,
        /// Seeds to judge with, one run each; without it every bound has the seed that goes with its name.
        #[arg(long, value_delimiter = ',')]
        seeds: Vec<u64>,
        /// How often the bounds that hold are judged again, on a busy machine; the page of the book is written then.
        #[arg(long, default_value_t = 0)]
        repetitions: u64,
    },
    /// Make the files of a new kind, each failing until it is filled in.
    NewKind {
        /// Its name: the property that must hold, in snake case.
        id: String,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().chore {
        Chore::Alive { only } => alive::judge_all(only.as_deref()),
        Chore::Book => book::write(),
        Chore::Cases { folder, only, seeds, at_once } => {
            cases::judge_all(&folder, only.as_deref(), &seeds, at_once)
        }
        Chore::Cost { rounds } => cost::measure(rounds),
        Chore::Fuzz { minutes } => test::fuzz(minutes),
        Chore::Picture => picture::draw(),
        Chore::Published { name } => published::check_all(name.as_deref()),
        Chore::Surface { name } => surface::measure(name.as_deref()),
        Chore::Test => test::all(),
        Chore::Versus { folder, only, seeds, seconds } => {
            versus::judge_all(&folder, only.as_deref(), &seeds, seconds)
        }
        Chore::Zoo { only, seeds, repetitions } => zoo::judge_all(only.as_deref(), &seeds, repetitions),
        Chore::NewKind { id } => new_kind::make(&id),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Root of the workspace.
fn root() -> PathBuf {
    let mut path = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    path.pop();
    path
}
