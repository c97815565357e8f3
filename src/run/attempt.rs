//! One process of the test binary, followed until it ends or is silent for too long.

#![expect(
    clippy::disallowed_methods,
    reason = "this room starts the tests, in an environment and with files of its own"
)]

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use std::{env, thread};

use constraints_wire::{BUDGET_VARIABLE, CASES_VARIABLE, RECORDS_VARIABLE, Record, SEED_VARIABLE};

use super::compile::Built;
use super::process::{Group, Interrupt};
use super::{Options, RunError, Subject};

/// What became of the process.
pub(super) struct Attempt {
    /// Its status; `None` if it had to be stopped.
    pub(super) status: Option<ExitStatus>,
    /// What it printed.
    pub(super) output: String,
}

/// A line that a test left.
pub(super) enum Left {
    /// A record.
    Record(Box<Record>),
    /// Anything else.
    Stray(String),
}

/// Variables that could change what a test does; the tool alone decides that.
const OURS: [&str; 3] = ["PROPTEST_", "RUST_TEST_", "CONSTRAINTS_"];

/// How often the process and its records are looked at.
const BEAT: Duration = Duration::from_millis(20);

/// Runs the tests named, or all of them, and hands over what they leave as soon as it is there.
pub(super) fn attempt(
    built: &Built,
    (subject, options): (Subject<'_>, &Options),
    names: Option<&[String]>,
    interrupt: &Interrupt,
    on: &mut dyn FnMut(Left),
) -> Result<Attempt, RunError> {
    let folder = tempfile::tempdir().map_err(|source| file_error(&env::temp_dir(), source))?;
    let path = |name: &str| folder.path().join(name);
    let (records, stdout) = (path("records"), path("stdout"));
    let create = |path: &Path| File::create(path).map_err(|source| file_error(path, source));
    let mut tail = Tail::of(&records)?;

    let mut command = Command::new(&built.binary);
    surround(&mut command, built, subject, options);
    command.env(RECORDS_VARIABLE, &records).args(["--color", "never"]);
    // What is timed by the clock is alone.
    let threads = if built.is_optimized { Some(1) } else { options.threads };
    if let Some(threads) = threads {
        command.arg(format!("--test-threads={threads}"));
    }
    if let Some(names) = names {
        command.arg("--exact").args(names);
    }
    command.stdin(Stdio::null()).stdout(create(&stdout)?).stderr(create(&path("stderr"))?);
    let process_error = |source| RunError::Process { command: built.binary.display().to_string(), source };
    let mut group = Group::spawn(&mut command).map_err(process_error)?;
    let mut heard = Instant::now();
    // Records without end are no sign of life either.
    let tests = u32::try_from(names.map_or(subject.plan.cases.len(), <[_]>::len)).unwrap_or(u32::MAX);
    let limit = options.patience.saturating_mul(tests.saturating_add(1));
    let started = heard;
    let status = loop {
        let status = group.try_wait().map_err(process_error)?;
        if tail.follow(on)? {
            heard = Instant::now();
        }
        if interrupt.asked() {
            return Err(RunError::Interrupted);
        }
        if status.is_some() || heard.elapsed() > options.patience || started.elapsed() > limit {
            break status;
        }
        thread::sleep(BEAT);
    };
    // What the binary left running is stopped before its output is read for the last time.
    drop(group);
    tail.follow(on)?;
    tail.finish(on);
    let output = fs::read(&stdout).map_err(|source| file_error(&stdout, source))?;
    Ok(Attempt { status, output: String::from_utf8_lossy(&output).into_owned() })
}

/// The surroundings that `cargo test` would give, without the variables that change what a test does.
fn surround(command: &mut Command, built: &Built, subject: Subject<'_>, options: &Options) {
    let facts = subject.facts;
    for (name, _) in env::vars_os() {
        if OURS.iter().any(|prefix| name.to_string_lossy().starts_with(prefix)) {
            command.env_remove(name);
        }
    }
    command.current_dir(&facts.root);
    command.envs(built.variables.iter().map(|(name, value)| (name, value)));
    command.env("CARGO", &options.cargo);
    command.env("CARGO_MANIFEST_DIR", &facts.root).env("CARGO_MANIFEST_PATH", &facts.manifest);
    command.env("CARGO_PKG_NAME", &facts.package).env("CARGO_PKG_VERSION", &built.version);
    if let Some(paths) = library_paths(built) {
        command.env(LIBRARY_PATH, paths);
    }
    if let Some(seed) = options.seed {
        command.env(SEED_VARIABLE, seed.to_string());
    }
    if let Some(cases) = options.cases {
        command.env(CASES_VARIABLE, cases.to_string());
    }
    if let Some(budget) = options.budget {
        command.env(BUDGET_VARIABLE, budget.as_millis().to_string());
    }
}

/// Where the system looks for libraries besides its own folders.
const LIBRARY_PATH: &str = if cfg!(windows) {
    "PATH"
} else if cfg!(target_os = "macos") {
    "DYLD_FALLBACK_LIBRARY_PATH"
} else {
    "LD_LIBRARY_PATH"
};

/// Those of the build, those of the compiler, then what was there before.
fn library_paths(built: &Built) -> Option<std::ffi::OsString> {
    let beside = built.binary.parent().map(Path::to_path_buf);
    let above = beside.as_deref().and_then(Path::parent).map(Path::to_path_buf);
    let before = env::var_os(LIBRARY_PATH).unwrap_or_default();
    let before: Vec<PathBuf> = env::split_paths(&before).collect();
    let own = built.library_paths.iter().cloned().chain(beside).chain(above);
    env::join_paths(own.chain(before)).ok()
}

fn file_error(path: &Path, source: io::Error) -> RunError {
    RunError::File { path: path.display().to_string(), source }
}

/// The end of a file that grows, read line by line.
struct Tail {
    path: PathBuf,
    at: u64,
    rest: Vec<u8>,
}

impl Tail {
    /// Makes the file, so that there is something to follow from the start.
    fn of(path: &Path) -> Result<Self, RunError> {
        File::create(path).map_err(|source| file_error(path, source))?;
        Ok(Self { path: path.to_path_buf(), at: 0, rest: Vec::new() })
    }

    /// Hands over the lines that are complete by now, and says whether there were any.
    fn follow(&mut self, on: &mut dyn FnMut(Left)) -> Result<bool, RunError> {
        let read = (|| {
            let mut file = File::open(&self.path)?;
            file.seek(SeekFrom::Start(self.at))?;
            file.read_to_end(&mut self.rest)
        })();
        self.at += read.map_err(|source| file_error(&self.path, source))? as u64;
        let mut any = false;
        while let Some(end) = self.rest.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.rest.drain(..=end).collect();
            on(parse(&line[..end]));
            any = true;
        }
        Ok(any)
    }

    /// Hands over a last line that was cut off.
    fn finish(self, on: &mut dyn FnMut(Left)) {
        if !self.rest.is_empty() {
            on(parse(&self.rest));
        }
    }
}

fn parse(line: &[u8]) -> Left {
    match serde_json::from_slice::<Record>(line) {
        Ok(record) if record.format == constraints_wire::FORMAT => Left::Record(Box::new(record)),
        Ok(record) => Left::Stray(format!("a record of `{}` in format {}", record.id, record.format)),
        Err(_) => Left::Stray(String::from_utf8_lossy(line).into_owned()),
    }
}
