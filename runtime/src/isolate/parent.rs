//! The judge: starts children, watches them, and draws the conclusion.

#![expect(
    clippy::disallowed_methods,
    reason = "the cases run in a process of their own, so that none can take the verdict with it"
)]

use std::collections::hash_map::RandomState;
use std::fs::File;
use std::hash::{BuildHasher, Hasher};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use constraints_wire::measure::{Dimension, amount};
use constraints_wire::{
    FORMAT, Outcome, Record, RedReason, SEED_VARIABLE, Shown, Tally, UndecidedReason, Witness,
};
use serde_json::{Value, json};

use super::across::Surroundings;
use super::effort::Effort;
use super::exchange::{Exchange, LastSeen, get, last_seen, put};
use super::hang::{HURRY, SUSPECTS, hung};
use super::warm_up::WarmUp;
use super::watch::{Patience, watch};
use super::{BROKEN, JOB_VARIABLE, Test};
use crate::case::By;
use crate::dictionary::PackageWords;
use crate::environment::Environment;
use crate::measure;
use crate::search::{Failure, SAMPLES, tape_from_text, tape_text};
use crate::shrink::shrink;
use crate::tape::Tape;
use crate::witness;

/// A pass counts from this many cases on; the roll demands the same.
const AT_LEAST: u64 = 100;
/// A case that takes longer is looked into.
pub(super) const SUSPECT: Duration = Duration::from_secs(2);
/// A case that takes longer, alone, has not come back.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// Making a crash or a hang smaller takes this long at most.
pub(super) const SHRINK_TIME: Duration = Duration::from_secs(6);
/// Cases that were cut off and are charged but a part of their time.
const FORGIVEN: u64 = 6;
/// Inputs that a measured test goes around at most.
const AVOIDED: usize = 12;

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

/// Runs the test to its verdict.
pub(crate) fn judge(test: &Test<'_>) -> Record {
    let started = Instant::now();
    match Judge::new(test) {
        Ok(mut judge) => {
            let red = judge.find();
            judge.record(red, started)
        }
        Err(message) => panic!("{}: the test could not start: {message}", test.id),
    }
}

/// What the dictionaries of the package are made of, read once for all tests of a process.
static WORDS: OnceLock<PackageWords> = OnceLock::new();

pub(super) struct Judge<'a> {
    pub(super) test: &'a Test<'a>,
    pub(super) exchange: Exchange,
    seed: u64,
    /// How far the search goes.
    effort: Effort,
    tally: Tally,
    notes: Vec<String>,
    pub(super) to_red: Option<Duration>,
    pub(super) started: Instant,
    /// The variables of the next process.
    environment: Environment,
    /// Where a job went on last because of them.
    moved: Option<(u64, Environment)>,
    /// Rejected cases, by whom.
    rejections: [u64; By::ALL.len()],
    /// Why nothing could be measured.
    unmeasured: Option<String>,
    /// What a measurement leaves to say although it is allowed.
    remark: Option<String>,
    /// Inputs that overflowed the stack where that is not judged.
    overflows: u64,
    /// What was measured where it was too much for the first time, before the case was made small.
    at_first: Option<String>,
    /// What is known of first cases.
    pub(super) warm_up: WarmUp,
    /// No call may use more than the bound allows, however far it is from done.
    pub(super) is_strict: bool,
}

impl<'a> Judge<'a> {
    fn new(test: &'a Test<'a>) -> Result<Self, String> {
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

    /// Known witnesses first, then the search.
    fn find(&mut self) -> Option<Red> {
        let known = witness::load(package().as_deref(), self.test.id);
        if let Some(red) = self.try_known(known) {
            self.to_red = Some(self.started.elapsed());
            return Some(red);
        }
        let mut first = 0;
        let mut suspects = 0;
        let (end, mut left) = self.effort.of(self.test.cases);
        let mut samples = Some(0);
        let mut avoid: Vec<String> = Vec::new();
        while first < end && !left.is_zero() {
            let began = Instant::now();
            let limit = self.test.within.unwrap_or(if suspects < SUSPECTS { SUSPECT } else { HURRY });
            let job = json!({ "do": "search", "seed": self.seed, "first": first, "end": end, "millis": left.as_millis() as u64, "samples": samples, "avoid": avoid });
            match self.start(&job, limit) {
                Fate::Finished(verdict) if verdict["unmeasured"].is_string() => {
                    self.unmeasured = verdict["unmeasured"].as_str().map(str::to_owned);
                    return None;
                }
                Fate::Finished(verdict) => match self.moved(&verdict) {
                    None => return self.found(&verdict, began).or_else(|| self.across(&verdict)),
                    Some(index) => {
                        self.count_found(&verdict);
                        left = left.saturating_sub(began.elapsed());
                        if let Some(sample) = index.checked_sub(SAMPLES) {
                            samples = Some(sample);
                        } else {
                            (first, samples) = (index, samples.filter(|_| index == first));
                        }
                    }
                },
                // What a measured call must not use, it did not: the rest is tried without that input.
                Fate::Died { how, seen } if self.is_other_business(&how) && avoid.len() < AVOIDED => {
                    left = left.saturating_sub(began.elapsed());
                    self.count(ended(&seen));
                    self.overflows += 1;
                    avoid.push(tape_text(&seen.tape));
                }
                Fate::Died { how, seen } => return Some(self.died(how, seen)),
                Fate::Stuck { seen } if self.test.gauge.is_some() && avoid.len() < AVOIDED => {
                    left = left.saturating_sub(self.charge(began.elapsed(), limit));
                    self.count(ended(&seen));
                    self.tally.slow += 1;
                    if let Some(red) = self.interrupted_shrink().or_else(|| self.weighed_midway(&seen.tape)) {
                        return Some(red);
                    }
                    avoid.push(tape_text(&seen.tape));
                }
                Fate::Stuck { seen } => {
                    left = left.saturating_sub(self.charge(began.elapsed(), limit));
                    self.count(ended(&seen));
                    if let Some(red) = self.interrupted_shrink().or_else(|| self.overdue(&seen, suspects)) {
                        return Some(red);
                    }
                    suspects += 1;
                    self.tally.slow += 1;
                    if let Some(sample) = seen.index.checked_sub(SAMPLES) {
                        // It was not refused.
                        samples = Some(sample + 1);
                    } else {
                        (first, samples) = (seen.index + 1, samples.filter(|_| seen.index == first));
                    }
                }
            }
        }
        None
    }

    /// How much of the time of a job is charged of which the last case was cut off: of what the first ones took only a
    /// part, for the others are to have theirs.
    fn charge(&self, took: Duration, limit: Duration) -> Duration {
        if self.tally.slow < FORGIVEN { took.saturating_sub(limit).max(limit / 4) } else { took }
    }

    /// The index from which a job has to go on in a process with other variables, which the next one has.
    ///
    /// # Panics
    /// If it has them already: then they cannot be set here.
    fn moved(&mut self, verdict: &Value) -> Option<u64> {
        let environment = Environment::from_json(&verdict["elsewhere"]["environment"])?;
        let index = verdict["elsewhere"]["index"].as_u64()?;
        let known = (index, environment.clone());
        assert!(
            self.moved.as_ref() != Some(&known),
            "{}: no process can be started with the variables {environment:?}",
            self.test.id
        );
        (self.environment, self.moved) = (environment, Some(known));
        Some(index)
    }

    fn count_found(&mut self, verdict: &Value) {
        let tally: Tally = serde_json::from_value(verdict["tally"].clone()).unwrap_or_default();
        self.count(tally);
        let rejections: [u64; By::ALL.len()] =
            serde_json::from_value(verdict["rejections"].clone()).unwrap_or_default();
        self.remark = verdict["remark"].as_str().map(str::to_owned).or(self.remark.take());
        self.unmeasured = verdict["unconfirmed"].as_str().map(str::to_owned).or(self.unmeasured.take());
        self.rejections.iter_mut().zip(rejections).for_each(|(all, more)| *all += more);
    }

    fn found(&mut self, verdict: &Value, began: Instant) -> Option<Red> {
        self.count_found(verdict);
        if let Some((tape, failure)) = failed(&verdict["vacuous"]) {
            self.to_red = Some(self.started.elapsed());
            return Some(Red { reason: RedReason::Vacuous, tape, failure });
        }
        if self.tally.accepted == 0 && self.rejections[By::Seal as usize] > 0 {
            let expected = "the authentic seal opens".to_string();
            let seen = format!("it opened in none of {} cases", self.rejections[By::Seal as usize]);
            let failure = Failure { expected, seen, place: None };
            return Some(Red { reason: RedReason::Vacuous, tape: Tape::new(), failure });
        }
        let (tape, failure) = failed(&verdict["failure"])?;
        let first = get(self.exchange.folder(), "found").and_then(|found| failed(&found));
        self.at_first = first.map(|(_, failure)| failure.seen);
        let after = verdict["after"].as_u64().map_or_else(|| began.elapsed(), Duration::from_millis);
        self.to_red = Some(began.duration_since(self.started) + after);
        Some(Red { reason: RedReason::Violated, tape, failure })
    }

    fn count(&mut self, tally: Tally) {
        self.tally.executed += tally.executed;
        self.tally.accepted += tally.accepted;
        self.tally.rejected += tally.rejected;
    }

    /// Replays witnesses of earlier runs.
    fn try_known(&mut self, mut known: Vec<Tape>) -> Option<Red> {
        if known.is_empty() {
            return None;
        }
        let job = json!({ "do": "try", "failing": "any", "tapes": texts(&known) });
        let mut running = |seen: &LastSeen| {
            known.swap_remove(usize::try_from(seen.index).unwrap_or(0).min(known.len() - 1))
        };
        match self.start(&job, self.test.within.unwrap_or(PATIENCE)) {
            Fate::Finished(verdict) => {
                if let Some(index) = self.moved(&verdict) {
                    let tried = usize::try_from(index).unwrap_or(0).min(known.len());
                    return self.try_known(known.split_off(tried));
                }
                let (tape, failure) = failed(&verdict)?;
                Some(Red { reason: RedReason::Violated, tape, failure })
            }
            Fate::Died { how, seen } => Some(crashed(running(&seen), how)),
            // A machine with too much to do did not even start it.
            Fate::Stuck { seen } if seen.begun == 0 => None,
            // Whether a slow case is a hang was judged when the witness was kept.
            Fate::Stuck { seen } => Some(hung(running(&seen), self.test.within, self.no_answer())),
        }
    }

    /// Whether a test that measures something else has nothing to say about this end of the process.
    fn is_other_business(&self, how: &str) -> bool {
        how == OVERFLOW && self.test.gauge.as_ref().is_some_and(|gauge| !gauge.meter.counts_stack())
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
    fn interrupted_shrink(&mut self) -> Option<Red> {
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
        let watched = watch(&mut child, || last_seen(folder), patience);
        self.warm_up.learn(&last_seen(folder), watched.is_none());
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
            (Some(status), _) => Fate::Died { how: self.describe(status), seen: last_seen(folder) },
            (None, _) => Fate::Stuck { seen: last_seen(folder) },
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

    fn record(mut self, red: Option<Red>, started: Instant) -> Record {
        let unclear = self.rejections[By::Clock as usize];
        if red.is_none() && unclear > 0 {
            self.unmeasured.get_or_insert(format!("{unclear} inputs took longer than they may, but not so clearly that what else the machine does could not be the reason"));
        }
        let (outcome, witness) = if let Some(red) = red {
            let witness = self.explain(&red);
            if red.reason != RedReason::Vacuous {
                witness::keep(package().as_deref(), self.test.id, &red.tape, &witness);
            }
            (Outcome::Violated(red.reason), Some(witness))
        } else {
            self.notes.extend(self.remark.take());
            (self.outcome_without_red(), None)
        };
        if outcome == Outcome::Undecided(UndecidedReason::TooManyRejected) {
            self.notes.extend(self.rejected_by());
        }
        self.notes.extend(self.unmeasured.clone());
        self.notes.extend(self.test.gauge.as_ref().and_then(|gauge| gauge.method()));
        if self.overflows > 0 {
            self.notes.push(format!(
                "{} inputs overflowed a stack of 512 MiB; a constraint of kind `bounded_stack` judges that",
                self.overflows
            ));
        }
        if self.tally.slow > 0 {
            let judges = ["terminates", "bounded_time"];
            let elsewhere = if judges.contains(&self.test.kind) {
                ""
            } else {
                "; a constraint of kind `terminates` or `bounded_time` judges that"
            };
            self.notes.push(format!(
                "{} cases were cut off because they took too long while smaller ones did end{elsewhere}",
                self.tally.slow
            ));
        }
        Record {
            format: FORMAT,
            id: self.test.id.to_string(),
            kind: self.test.kind.to_string(),
            outcome,
            tally: self.tally,
            seed: self.seed,
            witness,
            millis: started.elapsed().as_millis() as u64,
            millis_to_red: self.to_red.map(|after| after.as_millis() as u64),
            notes: self.notes,
        }
    }

    /// Why cases did not reach the statement, the most frequent reason first.
    fn rejected_by(&self) -> Option<String> {
        let mut by: Vec<(u64, By)> =
            self.rejections.into_iter().zip(By::ALL).filter(|(count, _)| *count > 0).collect();
        by.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let said: Vec<String> = by.iter().map(|(count, by)| format!("{} {count} times", by.text())).collect();
        (!said.is_empty()).then(|| format!("inputs did not reach the statement because {}", said.join(", ")))
    }

    fn outcome_without_red(&self) -> Outcome {
        if self.unmeasured.is_some() {
            Outcome::Undecided(UndecidedReason::NotMeasured)
        } else if self.tally.accepted >= self.test.cases.map_or(AT_LEAST, |(enough, _)| enough) {
            Outcome::Holds
        } else if self.tally.rejected > self.tally.accepted {
            Outcome::Undecided(UndecidedReason::TooManyRejected)
        } else {
            Outcome::Undecided(UndecidedReason::OutOfTime)
        }
    }

    /// What a crash contradicts, in words.
    fn promise(&self) -> String {
        let bound = self.test.gauge.as_ref().map(|gauge| gauge.expected());
        bound.filter(|bound| !bound.is_empty()).unwrap_or_else(|| self.test.promise.to_string())
    }

    /// Runs the case once more to see what its values look like.
    fn explain(&mut self, red: &Red) -> Witness {
        let job = json!({ "do": "explain", "tapes": texts(std::slice::from_ref(&red.tape)) });
        let limit =
            if red.reason == RedReason::TimedOut { HURRY } else { self.test.within.unwrap_or(PATIENCE) };
        let mut fate = self.start(&job, limit);
        if let Fate::Finished(verdict) = &fate
            && self.moved(verdict).is_some()
        {
            fate = self.start(&job, limit);
        }
        let (values, details, again) = match &fate {
            Fate::Finished(verdict) => (
                verdict["values"].clone(),
                verdict["details"].clone(),
                Failure::from_json(&verdict["failure"]),
            ),
            _ => (get(self.exchange.folder(), "values").unwrap_or_default(), Value::Null, None),
        };
        // The second look has the values of both sides written out; without it the first one still stands.
        let failure =
            again.filter(|again| again.key() == red.failure.key()).unwrap_or_else(|| red.failure.clone());
        let mut details: Vec<Shown> = serde_json::from_value(details).unwrap_or_default();
        // The smallest input that is too much says least of how much it may be.
        let is_amount = self.test.gauge.as_ref().is_some_and(|gauge| !gauge.judges_growth);
        let at_first = self.at_first.clone().filter(|first| is_amount && *first != failure.seen);
        details.extend(at_first.map(|text| Shown { name: "at first".to_string(), text }));
        let expected = if failure.expected.is_empty() { self.promise() } else { failure.expected };
        Witness {
            values: serde_json::from_value(values).unwrap_or_default(),
            expected,
            seen: failure.seen,
            details,
            place: failure.place,
        }
    }
}

/// The cases of a child that did not get to say how many there were; the last one did not end.
fn ended(seen: &LastSeen) -> Tally {
    let ended = seen.begun.saturating_sub(1);
    let rejected = seen.rejected.min(ended);
    Tally { executed: ended - rejected, accepted: ended - rejected, rejected, slow: 0 }
}

/// How the end of a process is described that had no stack left.
const OVERFLOW: &str = "the stack overflowed, which ends the process";
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
fn package() -> Option<PathBuf> {
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
