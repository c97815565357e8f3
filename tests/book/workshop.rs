//! A temporary folder in which pages come true.

#![expect(clippy::disallowed_methods, reason = "the commands of the book are run, in a folder of their own")]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Whose turn it is: all build into one folder, and Cargo tells who has to wait for it.
static TURN: Mutex<()> = Mutex::new(());

fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The folder, and where commands are run in it.
pub(crate) struct Workshop {
    _folder: tempfile::TempDir,
    here: PathBuf,
    printed: PathBuf,
    /// Exit code of the last command.
    pub(crate) code: i32,
}

impl Workshop {
    /// An empty one.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        // The system may call its temporary folder by a name that leads elsewhere.
        let here = fs::canonicalize(folder.path()).expect("a folder");
        Self { printed: here.join("printed"), _folder: folder, here, code: 0 }
    }

    /// Goes into a folder.
    pub(crate) fn enter(&mut self, folder: &str) {
        self.here = self.here.join(folder);
        assert!(self.here.is_dir(), "{} is a folder", self.here.display());
    }

    /// Writes a file.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.here.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    /// Runs a command; gives what a person would have seen, results and notes in the order printed.
    pub(crate) fn run(&mut self, words: &[String]) -> String {
        let (program, arguments) = words.split_first().expect("a command");
        let printed = File::create(&self.printed).expect("a file");
        let mut command = self.command(program);
        command.args(arguments).stdout(printed.try_clone().expect("a file")).stderr(printed);
        let _turn = turn();
        let status = command.status().expect("the command runs");
        self.code = status.code().expect("an exit code");
        String::from_utf8_lossy(&fs::read(&self.printed).expect("a file")).into_owned()
    }

    /// Runs the tool; gives its results and its notes apart.
    pub(crate) fn tool(&mut self, arguments: &[&str]) -> Output {
        let mut command = self.command(env!("CARGO_BIN_EXE_cargo-constraints"));
        let _turn = turn();
        let output = command.args(arguments).output().expect("the tool runs");
        self.code = output.status.code().expect("an exit code");
        output
    }

    /// A command that finds the tool just built, builds into a folder of its own, and leaves the network alone.
    fn command(&self, program: &str) -> Command {
        let built = Path::new(env!("CARGO_BIN_EXE_cargo-constraints")).parent().expect("a folder");
        let before = std::env::var_os("PATH").unwrap_or_default();
        let paths = std::iter::once(built.to_owned()).chain(std::env::split_paths(&before));
        let mut command = Command::new(program);
        command
            .current_dir(&self.here)
            .stdin(Stdio::null())
            .env("PATH", std::env::join_paths(paths).expect("paths"))
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("book"))
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_TERM_COLOR", "never")
            .env_remove("CONSTRAINTS_SEED")
            .env_remove("RUST_BACKTRACE");
        command
    }
}
