//! From the known witnesses over the search to the record of a test.

use std::time::{Duration, Instant};

use constraints_wire::{FORMAT, Outcome, Record, RedReason, Shown, Tally, UndecidedReason, Witness};
use serde_json::{Value, json};

use super::Test;
use super::exchange::{LastSeen, get};
use super::hang::{HURRY, SUSPECTS, hung};
use super::judge::{Fate, Judge, OVERFLOW, Red, SUSPECT, crashed, ended, failed, package, texts};
use super::watch::PATIENCE;
use crate::environment::Environment;
use crate::search::{Failure, SAMPLES, tape_text};
use crate::stop::By;
use crate::tape::Tape;
use crate::witness;

/// A pass counts from this many cases on; the roll demands the same.
const AT_LEAST: u64 = 100;
/// Cases that were cut off and are charged but a part of their time.
const FORGIVEN: u64 = 6;
/// Inputs that a measured test goes around at most.
const AVOIDED: usize = 12;

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

impl Judge<'_> {
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
