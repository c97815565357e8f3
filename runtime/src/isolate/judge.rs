//! Who judges: what it knows of its test, and the processes that it starts for it.

#![expect(
    clippy::disallowed_methods,
    reason = "the cases run in a process of their own, so that none can take the verdict with it"
)]

use std::collections::hash_map::RandomState;
use std::fs::File;
use std::hash::{BuildHasher, Hasher};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Once, OnceLock};
use std::time::{Duration, Instant};

use constraints_wire::measure::{Dimension, amount};
use constraints_wire::{RedReason, SEED_VARIABLE, Tally};
use serde_json::{Value, json};

use super::effort::Effort;
use super::exchange::{self, Exchange, LastSeen, get, last_seen, progress, put};
use super::surroundings::Surroundings;
use super::warm_up::WarmUp;
use super::watch::{Patience, watch};
use super::{BROKEN, JOB_VARIABLE, Test};
use crate::dictionary::PackageWords;
use crate::environment::Environment;
use crate::measure;
use crate::sandbox;
use crate::search::{Failure, tape_from_text, tape_text};
use crate::shrink::shrink;
use crate::stop::By;
use crate::tape::Tape;

/// A case that takes longer is looked into.
pub(super) const SUSPECT: Duration = Duration::from_secs(2);
/// Making a crash or a hang smaller takes this long at most.
pub(super) const SHRINK_TIME: Duration = Duration::from_secs(6);

/// What came of a child.
pub(super) enum Fate {
    /// It wrote a verdict.
    Finished(Value),
    /// It ended without one.
    Died { how: String, seen: LastSeen },
    /// One case took longer than the limit; the child was killed.
    Stuck { seen: LastSeen },
}

/// What the constraint is red for.
pub(super) struct Red {
    pub(super) reason: RedReason,
    pub(super) tape: Tape,
    pub(super) failure: Failure,
}

/// What the dictionaries of the package are made of, read once for all tests of a process.
static WORDS: OnceLock<PackageWords> = OnceLock::new();

pub(super) struct Judge<'a> {
    pub(super) test: &'a Test<'a>,
    pub(super) exchange: Exchange,
    pub(super) seed: u64,
    /// How far the search goes.
    pub(super) effort: Effort,
    pub(super) tally: Tally,
    pub(super) notes: Vec<String>,
    pub(super) to_red: Option<Duration>,
    pub(super) started: Instant,
    /// The variables of the next process.
    pub(super) environment: Environment,
    /// Where a job went on last because of them.
    pub(super) moved: Option<(u64, Environment)>,
    /// Rejected cases, by whom.
    pub(super) rejections: [u64; By::ALL.len()],
    /// Why nothing could be measured.
    pub(super) unmeasured: Option<String>,
    /// What a measurement leaves to say although it is allowed.
    pub(super) remark: Option<String>,
    /// Inputs that overflowed the stack where that is not judged.
    pub(super) overflows: u64,
    /// What was measured where it was too much for the first time, before the case was made small.
    pub(super) at_first: Option<String>,
    /// What is known of first cases.
    pub(super) warm_up: WarmUp,
    /// No call may use more than the bound allows, however far it is from done.
    pub(super) is_strict: bool,
}

impl<'a> Judge<'a> {
    pub(super) fn new(test: &'a Test<'a>) -> Result<Self, String> {
        static SWEPT: Once = Once::new();
        SWEPT.call_once(|| {
            exchange::sweep_abandoned();
            sandbox::sweep_abandoned();
        });
        let exchange = Exchange::new().map_err(|error| format!("no temporary folder: {error}"))?;
        let words = WORDS.get_or_init(|| package().map(|root| PackageWords::read(&root)).unwrap_or_default());
        put(exchange.folder(), "dictionary", words.all())
            .and_then(|()| put(exchange.folder(), "near", &words.near(test.id)))
            .map_err(|error| format!("no temporary file: {error}"))?;
        let seed = std::env::var(SEED_VARIABLE).ok();
        let seed = match seed.map(|text| text.parse()) {
            Some(Ok(seed)) => seed,
            Some(Err(_)) => return Err(format!("{SEED_VARIABLE} has to be a number from 0 to {}", u64::MAX)),
            None => seed_of(test.id),
        };
        Ok(Self {
            test,
            exchange,
            seed,
            effort: Effort::of_test()?,
            tally: Tally::default(),
            notes: Vec::new(),
            to_red: None,
            started: Instant::now(),
            environment: Environment::default(),
            moved: None,
            rejections: [0; By::ALL.len()],
            unmeasured: None,
            remark: None,
            overflows: 0,
            at_first: None,
            warm_up: WarmUp::default(),
            is_strict: false,
        })
    }

    pub(super) fn count(&mut self, tally: Tally) {
        self.tally.executed += tally.executed;
        self.tally.accepted += tally.accepted;
        self.tally.rejected += tally.rejected;
    }

    pub(super) fn died(&mut self, how: String, seen: LastSeen) -> Red {
        self.to_red = Some(self.started.elapsed());
        if let Some(red) = self.interrupted_shrink() {
            return red;
        }
        self.count(ended(&seen));
        // The one that ended the process, if any was begun.
        self.count(Tally { executed: seen.begun.min(1), accepted: seen.begun.min(1), ..Tally::default() });
        let deadline = Instant::now() + SHRINK_TIME;
        let tape = shrink(seen.tape, 400, &mut |proposals| {
            if Instant::now() > deadline {
                return None;
            }
            // No failure that leaves the process alive is the one looked for.
            let job = json!({ "do": "try", "failing": null, "tapes": texts(&proposals) });
            match self.start(&job, SUSPECT) {
                Fate::Died { how: again, seen } if without_digits(&again) == without_digits(&how) => {
                    Some((usize::try_from(seen.index).ok()?, seen.tape))
                }
                _ => None,
            }
        });
        crashed(tape, how)
    }

    /// A failure was found, and the search for a smaller one ended in a crash or a hang: the failure stands.
    pub(super) fn interrupted_shrink(&mut self) -> Option<Red> {
        let (tape, failure) = failed(&get(self.exchange.folder(), "found")?)?;
        self.to_red.get_or_insert_with(|| self.started.elapsed());
        Some(Red { reason: RedReason::Violated, tape, failure })
    }

    /// Starts a child for `job` and waits for what becomes of it.
    pub(super) fn start(&self, job: &Value, limit: Duration) -> Fate {
        self.start_in(job, limit, &Surroundings::default())
    }

    /// The same in other surroundings.
    pub(super) fn start_in(&self, job: &Value, limit: Duration, surroundings: &Surroundings) -> Fate {
        let folder = self.exchange.folder();
        self.exchange.clear();
        let ticket = RandomState::new().build_hasher().finish();
        let job = json!({ "ticket": ticket, "job": job, "strict": self.is_strict });
        let child =
            put(folder, "job", &job).and_then(|()| surroundings.put_around(&mut self.command()?).spawn());
        let mut child = match child {
            Ok(child) => child,
            Err(error) => panic!("{}: the test could not start a process of its own: {error}", self.test.id),
        };
        // Who says how long a call may take speaks of the first one as well.
        let is_said = self.test.within.is_some();
        let warm_up = if is_said { Duration::ZERO } else { self.warm_up.allowance() };
        let patience = Patience { limit, warm_up };
        let watched = watch(&mut child, || progress(folder), patience);
        let seen = last_seen(folder);
        self.warm_up.learn(&seen, watched.is_none());
        // The code under test may write files too, but it has not seen the ticket.
        let verdict = get(folder, "verdict").filter(|verdict| verdict["ticket"] == ticket);
        if let Some(broken) = verdict.as_ref().and_then(|verdict| verdict["said"][BROKEN].as_str()) {
            panic!(
                "{}: the test itself is broken, which says nothing of the code under test; please report it: {broken}",
                self.test.id
            );
        }
        match (watched, verdict) {
            (_, Some(mut verdict)) if !verdict["said"].is_null() => Fate::Finished(verdict["said"].take()),
            (Some(status), _) => Fate::Died { how: self.describe(status), seen },
            (None, _) => Fate::Stuck { seen },
        }
    }

    fn command(&self) -> std::io::Result<Command> {
        let mut command = Command::new(std::env::current_exe()?);
        // Nothing may change what the search does, and where the records go is none of its business.
        for (name, _) in std::env::vars_os() {
            if ["PROPTEST_", "CONSTRAINTS_"].iter().any(|start| name.to_string_lossy().starts_with(start)) {
                command.env_remove(name);
            }
        }
        command
            .args([super::path(self.test.id).as_str(), "--exact", "--nocapture", "--include-ignored"])
            .env("RUST_BACKTRACE", "0");
        self.environment.apply(&mut command);
        command
            // Last, so that nothing that is declared can take its place.
            .env(JOB_VARIABLE, self.exchange.folder())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(self.exchange.folder().join("stderr"))?);
        Ok(command)
    }

    fn describe(&self, status: ExitStatus) -> String {
        let stderr = std::fs::read(self.exchange.folder().join("stderr")).unwrap_or_default();
        let stderr = String::from_utf8_lossy(&stderr);
        if stderr.contains("has overflowed its stack") {
            return OVERFLOW.to_string();
        }
        if let Some(bytes) = measure::overrun_of(&stderr) {
            return format!("{OVERRUN}{}", amount(bytes, Dimension::Bytes));
        }
        if let Some(line) = stderr.lines().rev().find(|line| line.starts_with("memory allocation of")) {
            return format!("{line}, which ends the process");
        }
        #[cfg(unix)]
        if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
            return format!("the process was ended by signal {signal}{}", signal_name(signal));
        }
        match status.code() {
            Some(code) => format!("the process exited with code {code} in the middle of the call"),
            None => "the process ended".to_string(),
        }
    }
}

/// The cases of a child that did not get to say how many there were; the last one did not end.
pub(super) fn ended(seen: &LastSeen) -> Tally {
    let ended = seen.begun.saturating_sub(1);
    let rejected = seen.rejected.min(ended);
    Tally { executed: ended - rejected, accepted: ended - rejected, rejected, slow: 0 }
}

/// How the end of a process is described that had no stack left.
pub(super) const OVERFLOW: &str = "the stack overflowed, which ends the process";
/// The same of one that was ended because it asked for too much memory.
pub(super) const OVERRUN: &str = "far more heap memory was asked for than is allowed: ";

/// What two descriptions have in common that differ in figures.
fn without_digits(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit()).collect()
}

pub(super) fn crashed(tape: Tape, how: String) -> Red {
    let is_violation = how.starts_with(OVERRUN);
    Red {
        reason: if is_violation { RedReason::Violated } else { RedReason::Crashed },
        tape,
        failure: Failure { expected: String::new(), seen: how, place: None },
    }
}

pub(super) fn failed(value: &Value) -> Option<(Tape, Failure)> {
    Some((tape_from_text(value["tape"].as_str()?)?, Failure::from_json(&value["failure"])?))
}

pub(super) fn texts(tapes: &[Tape]) -> Vec<String> {
    tapes.iter().map(|tape| tape_text(tape)).collect()
}

/// The package whose tests run, as Cargo tells every test process.
pub(super) fn package() -> Option<PathBuf> {
    std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from)
}

/// FNV-1a: the same id searches the same cases on every machine.
fn seed_of(id: &str) -> u64 {
    id.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(unix)]
fn signal_name(signal: i32) -> &'static str {
    match signal {
        libc::SIGABRT => " (abort)",
        libc::SIGSEGV => " (invalid memory access)",
        libc::SIGKILL => " (killed)",
        libc::SIGILL => " (illegal instruction)",
        libc::SIGFPE => " (arithmetic)",
        libc::SIGBUS => " (bus error)",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::{LastSeen, Tally, ended};

    #[test]
    fn cases_that_a_precondition_refused_do_not_count_when_the_child_was_stopped() {
        let seen = LastSeen { begun: 300, rejected: 299, ..LastSeen::default() };
        assert_eq!(ended(&seen), Tally { rejected: 299, ..Tally::default() });
        assert_eq!(ended(&LastSeen::default()), Tally::default());
    }
}
