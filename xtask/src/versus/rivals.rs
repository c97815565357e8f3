//! Takes the call of a case, builds what somebody would search with who does not have the tool, and runs it.
//!
//! Both binaries say when they begin, and what they found when; a process that a signal ends found something too.
//! Nothing is made smaller and no trace is printed: what counts is the first input.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::subject::Subject;
use crate::cases::{About, lay_out};
use crate::error::{Error, at};
use crate::workshop::{Workshop, binary_of, copy, run};

/// The parts that all cases share.
const FOLDER: &str = "tests/versus";
/// What cargo-bolero tells the compiler for libfuzzer without a sanitizer.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module --cfg fuzzing_libfuzzer \
     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-level=4 \
     -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares \
     -Cllvm-args=-sanitizer-coverage-stack-depth";
/// What a manifest needs beside what the case needs; the profile is that of a fuzzer, with the checks of a test.
const MANIFEST: &str = r#"
[[test]]
name = "tried"
path = "tests/rivals/tried.rs"
harness = false

[[test]]
name = "fuzzed"
path = "tests/rivals/fuzzed.rs"
harness = false

[profile.fuzz]
inherits = "dev"
opt-level = 3
incremental = false
codegen-units = 1

[dev-dependencies]
proptest = "1"
bolero = "0.13"
"#;
/// The fuzzer leaves signals to the process, and limits to the test, which knows those of the constraint.
const PLAIN: &str = "-handle_segv=0 -handle_bus=0 -handle_abrt=0 -handle_ill=0 -handle_fpe=0 -timeout=1200 \
     -rss_limit_mb=8192";

/// A way to search.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Default,
    Mutated,
    Fuzzed,
}

impl Way {
    pub(crate) const ALL: [Self; 3] = [Self::Default, Self::Mutated, Self::Fuzzed];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Default => "proptest",
            Self::Mutated => "proptest, mutated samples",
            Self::Fuzzed => "bolero, libfuzzer",
        }
    }
}

/// The binaries of a case.
pub(crate) struct Rivals {
    package: PathBuf,
    tried: PathBuf,
    fuzzed: PathBuf,
    largest: Option<u64>,
}

impl Rivals {
    /// Builds both against the vulnerable side.
    pub(crate) fn build(
        workshop: &Workshop,
        case: &Path,
        about: &About,
        subject: &Subject,
    ) -> Result<Self, Error> {
        let name = case.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let package = workshop.folder("versus").join(&name).join("rivals");
        lay_out(case, &package, &format!("rivals-{name}"), "vulnerable", &about.vulnerable)?;
        write(&package, subject)?;
        let target = workshop.folder("versus").join("target");
        let build = |words: &[&str], flags: Option<&str>| {
            let mut command = Command::new("cargo");
            command
                .args(["test", "--no-run", "--quiet", "--message-format", "json-render-diagnostics"])
                .args(words);
            command.current_dir(&package).env("CARGO_TARGET_DIR", &target);
            if let Some(flags) = flags {
                command.env("RUSTFLAGS", flags).env("BOLERO_FUZZER", "libfuzzer");
            }
            binary_of(&run(&mut command, &[0])?, &package)
        };
        let tried = build(&["--test", "tried"], None)?;
        let host = host()?;
        let fuzzed = build(&["--test", "fuzzed", "--profile", "fuzz", "--target", &host], Some(FLAGS))?;
        Ok(Self { package, tried, fuzzed, largest: subject.largest })
    }

    /// Searches for so long at most; how long it took from the start of the test to the first finding, if there is one.
    pub(crate) fn search(&self, way: Way, seed: u64, time: Duration) -> Result<Option<Found>, Error> {
        let mut command = Command::new(if way == Way::Fuzzed { &self.fuzzed } else { &self.tried });
        match way {
            Way::Default => drop(command.args(["default", &seed.to_string()])),
            Way::Mutated => drop(command.args(["mutated", &seed.to_string()])),
            Way::Fuzzed => drop(command.env("BOLERO_LIBFUZZER_ARGS", self.arguments(seed)?)),
        }
        command.current_dir(&self.package).env("CARGO_MANIFEST_DIR", &self.package);
        command.env("RUST_BACKTRACE", "0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        judged(command, time)
    }

    /// A corpus of its own for each search, for the fuzzer adds to it.
    fn arguments(&self, seed: u64) -> Result<String, Error> {
        let corpus = self.package.join(format!("corpus-{seed}"));
        if corpus.exists() {
            at(&corpus, fs::remove_dir_all(&corpus))?;
        }
        copy(&self.package.join("corpus"), &corpus)?;
        let crashes = self.package.join("crashes");
        at(&crashes, fs::create_dir_all(&crashes))?;
        let longest = self.largest.map_or(String::new(), |largest| format!(" -max_len={largest}"));
        let (corpus, crashes) = (corpus.display(), crashes.display());
        Ok(format!("{corpus} -artifact_prefix={crashes}/ -seed={seed} {PLAIN}{longest}"))
    }
}

/// What came of a search.
pub(crate) struct Found {
    pub(crate) after: Duration,
    pub(crate) what: String,
}

/// Waits for the process, and for `time` at most.
fn judged(mut command: Command, time: Duration) -> Result<Option<Found>, Error> {
    let words = format!("{command:?}");
    let failed = |output: String| Error::Command { command: words.clone(), output };
    let mut child = command.spawn().map_err(|error| failed(error.to_string()))?;
    let began = Instant::now();
    let status = loop {
        match child.try_wait().map_err(|error| failed(error.to_string()))? {
            Some(status) => break Some(status),
            None if began.elapsed() > time => break None,
            None => thread::sleep(Duration::from_millis(1)),
        }
    };
    let ended = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
    let Some(status) = status else {
        let _ = child.kill();
        let _ = child.wait();
        return Ok(None);
    };
    let mut said = String::new();
    if let Some(mut output) = child.stdout.take() {
        let mut bytes = Vec::new();
        let _ = output.read_to_end(&mut bytes);
        said = String::from_utf8_lossy(&bytes).into_owned();
    }
    finding(&said, status, ended)
        .ok_or_else(|| failed(format!("it ended with {status} and found nothing\n{said}")))
        .map(Some)
}

/// What a process found that ended by itself, or by a signal.
fn finding(said: &str, status: ExitStatus, ended: Duration) -> Option<Found> {
    let said = |word: &str| said.lines().find_map(|line| line.strip_prefix(word));
    let began = said("began ")?.trim().parse().ok().map(Duration::from_micros)?;
    let (at, what) = match said("found ").and_then(|found| found.split_once(' ')) {
        Some((at, what)) => (at.parse().ok().map(Duration::from_micros)?, what.to_owned()),
        None => (ended, format!("signal {}", signal(status)?)),
    };
    Some(Found { after: at.saturating_sub(began), what })
}

/// The signal that ended a process.
#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(status: ExitStatus) -> Option<i32> {
    status.code()
}

/// Adds the searches to the package of the case.
fn write(package: &Path, subject: &Subject) -> Result<(), Error> {
    let folder = package.join("tests/rivals");
    at(&folder, fs::create_dir_all(&folder))?;
    for part in ["judge", "mutate", "tried", "fuzzed"] {
        let path = crate::root().join(FOLDER).join(format!("{part}.rs.in"));
        let text = at(&path, fs::read_to_string(&path))?;
        at(&folder, fs::write(folder.join(format!("{part}.rs")), text))?;
    }
    let made =
        [("subject", subject.call()), ("strategies", subject.strategies()), ("drive", subject.drive())];
    for (name, text) in made {
        at(&folder, fs::write(folder.join(format!("{name}.rs")), text))?;
    }
    let corpus = package.join("corpus");
    at(&corpus, fs::create_dir_all(&corpus))?;
    for (number, sample) in subject.corpus().iter().enumerate() {
        at(&corpus, fs::write(corpus.join(number.to_string()), sample))?;
    }
    let manifest = package.join("Cargo.toml");
    let text = at(&manifest, fs::read_to_string(&manifest))?;
    let wire = toml::Value::from(crate::root().join("wire").to_string_lossy().into_owned());
    let text = format!("{text}{MANIFEST}constraints-wire = {{ path = {wire} }}\n");
    at(&manifest, fs::write(&manifest, text))
}

/// The target that this machine builds for by itself.
fn host() -> Result<String, Error> {
    let mut command = Command::new("rustc");
    let said = run(command.arg("-vV"), &[0])?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned);
    host.ok_or_else(|| Error::Command { command: format!("{command:?}"), output: said })
}
