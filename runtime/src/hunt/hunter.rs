//! Looks for the input that uses most of a quantity.
//!
//! Takes a body, a gauge and samples; gives what speaks against the constraint, or how much was tried. Knows no
//! quantity and no format: it goes by the numbers. First the samples as they are, then samples that claim to be large,
//! then their pieces in other places, then ladders of samples of which a part grows (the families whose number rises
//! fastest go on to the next size, see `climb`), and for the rest of the time mutations of whatever gave the highest
//! numbers so far, between random cases.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::hash::{Hash as _, Hasher as _};
use std::ops::Range;
use std::time::{Duration, Instant};

use crate::dictionary::Dictionary;
use crate::measure::claims::claims;
use crate::measure::{Gauge, Weight, families};
use crate::mutate::{self, sweep};
use crate::quick_hash::QuickHasher;
use crate::random::Random;
use crate::search::{Body, End, Execution, Failure, Found, Plan, SAMPLES, Slot, samples, smaller, timed};
use crate::source::Source;
use crate::tape::{Choice, Pumped, Tape};

/// Cases before anything is made to grow, besides the samples.
const WARM: u64 = 48;
/// Samples that are made to grow at most.
const BASES: usize = 8;
/// Percent of the time and of the cases for claims, and for the first ladders.
const CLAIMS: u32 = 20;
const CLAIMS_OF_GROWTH: u32 = 8;
const LADDERS: u32 = 60;
/// Bytes of an input that is kept, besides what is pumped: what takes long to try is tried seldom.
const LARGE: usize = 16 << 10;
/// Points of families that grew, without which nothing is said of growth where the time was over.
const LEAST_GROWN: usize = 24;
const ENOUGH_TIME: Duration = Duration::from_secs(3);
/// Inputs with the highest numbers that are kept for mutation.
const KEPT: usize = 24;

/// Looks for a case that speaks against the constraint; `avoid` are cases that ended the process, and not for that.
pub(crate) fn hunt(
    body: Body<'_>,
    gauge: &Gauge,
    plan: &Plan,
    avoid: &[Tape],
    dictionary: &Dictionary,
    slot: &mut dyn Slot,
    tell: &mut dyn FnMut(&Tape, &Failure),
) -> Found {
    let avoid = avoid.iter().map(family_key).collect();
    let started = Instant::now();
    let found = Found::default();
    let mut hunt = Hunt {
        body,
        gauge,
        plan,
        dictionary,
        slot,
        tell,
        avoid,
        started,
        index: 0,
        found,
        grown: 0,
        confirming: Duration::ZERO,
        best: Vec::new(),
    };
    hunt.go();
    hunt.has_seen_little();
    hunt.found
}

/// An input that was tried.
#[derive(Clone)]
pub(super) struct Tried {
    pub(super) tape: Tape,
    pub(super) growing: Vec<Range<usize>>,
    pub(super) weight: Weight,
    score: f64,
    /// Its ladders were climbed.
    is_pumped: bool,
}

pub(super) struct Hunt<'a> {
    body: Body<'a>,
    pub(super) gauge: &'a Gauge,
    pub(super) plan: &'a Plan,
    pub(super) dictionary: &'a Dictionary,
    pub(super) slot: &'a mut dyn Slot,
    pub(super) tell: &'a mut dyn FnMut(&Tape, &Failure),
    avoid: HashSet<u64>,
    pub(super) started: Instant,
    index: u64,
    pub(super) found: Found,
    /// Points of families that grew.
    pub(super) grown: usize,
    /// How long it took to look at those that seemed to grow too fast.
    pub(super) confirming: Duration,
    /// The inputs with the highest scores, best first.
    best: Vec<Tried>,
}

impl Hunt<'_> {
    fn go(&mut self) {
        let mut bases = self.warm_up();
        if self.is_over() {
            return;
        }
        bases.truncate(BASES);
        let mut random = Random::for_case(self.plan.seed, u64::MAX);
        self.claim(&bases, &mut random);
        self.rearrange(&bases);
        let until = self.plan.time * LADDERS / 100;
        // The first rung takes no more than its half of that either.
        let most = self.share(LADDERS) / 2;
        self.climb(&bases, &mut random, until, usize::try_from(most).unwrap_or(usize::MAX));
        let mut next = self.index + 1_500;
        while !self.is_over() {
            if self.index < next {
                self.one_more(&mut random);
                continue;
            }
            next = self.index + 3_000;
            let fresh = self.best.iter_mut().find(|tried| !tried.is_pumped);
            if let Some(fresh) = fresh {
                fresh.is_pumped = true;
                let base = [fresh.clone()];
                let until = self.started.elapsed() + self.plan.time / 8;
                self.climb(&base, &mut random, until, 600);
            }
        }
    }

    /// Nothing is said of growth where next to nothing had the time to grow.
    fn has_seen_little(&mut self) {
        // What is left of the time behind an input that was cut off may be little by itself.
        let had_time = self.plan.time >= ENOUGH_TIME && self.started.elapsed() >= self.plan.time;
        if self.gauge.judges_growth && had_time && self.grown < LEAST_GROWN {
            self.found.unconfirmed.get_or_insert_with(|| {
                format!("calls take so long that inputs could be made to grow {} times only", self.grown)
            });
        }
    }

    /// What may refer to itself does: pieces of the samples take each other's places. It is single calls that tell.
    fn rearrange(&mut self, bases: &[Tried]) {
        /// Samples that are looked at, and the part of the time that it takes at most.
        const SAMPLES: usize = 3;
        const PART: u32 = 12;
        if self.gauge.judges_growth {
            return;
        }
        let tapes = bases.iter().take(SAMPLES).map(|base| std::rc::Rc::new(base.tape.clone()));
        let changes = tapes.flat_map(|tape| (0..tape.len()).flat_map(move |at| sweep::rearranged(&tape, at)));
        let until = self.started.elapsed() + self.plan.time / PART;
        for change in changes {
            if self.is_over() || self.started.elapsed() > until {
                return;
            }
            self.replay(change.made());
        }
    }

    pub(super) fn is_over(&self) -> bool {
        self.found.failure.is_some()
            || self.found.vacuous.is_some()
            || self.found.elsewhere.is_some()
            || self.index >= self.plan.end
            || self.started.elapsed() >= self.plan.time
    }

    /// So many percent of the cases that are left.
    fn share(&self, percent: u32) -> u64 {
        self.plan.end.saturating_sub(self.index) / 100 * u64::from(percent)
    }

    /// The samples as they stand, and a few random cases; gives the samples.
    fn warm_up(&mut self) -> Vec<Tried> {
        let (mut bases, mut others) = (Vec::new(), Vec::new());
        let mut most = WARM;
        while self.index < most && !self.is_over() {
            let index = self.index;
            let Some((run, tried)) = self.fresh() else { continue };
            if let (0, true, Some(from)) = (index, run.must_pass, self.plan.samples_from)
                && !matches!(run.end, End::Elsewhere(_))
            {
                samples(self.body, self.plan, from, self.dictionary, self.slot, &mut self.found);
            }
            let samples = run.samples as u64;
            most = most.max(WARM + samples.min(200));
            let grows = tried.filter(|tried| !tried.growing.is_empty());
            if index < samples { bases.extend(grows) } else { others.extend(grows) }
        }
        if bases.is_empty() { without_samples(others) } else { bases }
    }

    /// A case of any sort.
    fn fresh(&mut self) -> Option<(Execution, Option<Tried>)> {
        let index = self.index;
        let mut random = Random::for_case(self.plan.seed, index);
        let plain = random.one_in(3);
        let source = Source::fresh(random, self.dictionary, index, &[], plain)
            .mixing(self.plan.values)
            .in_batch(Random::for_case(!self.plan.seed, 0), 0);
        self.execute(source)
    }

    /// The case of a tape.
    pub(super) fn replay(&mut self, tape: Tape) -> Option<Tried> {
        if self.is_over() || self.avoid.contains(&family_key(&tape)) {
            return None;
        }
        let source = Source::replaying(tape, self.dictionary).mixing(self.plan.values).grown();
        self.execute(source)?.1
    }

    fn execute(&mut self, source: Source<'_>) -> Option<(Execution, Option<Tried>)> {
        let index = self.index;
        self.index += 1;
        let run = timed(self.body, source, index, self.slot);
        match &run.end {
            End::Held => {
                self.found.tally.executed += 1;
                self.found.tally.accepted += 1;
            }
            End::Rejected(by) => {
                self.found.tally.rejected += 1;
                self.found.rejections[*by as usize] += 1;
            }
            End::Elsewhere(environment) => {
                self.found.elsewhere = Some((index.min(SAMPLES - 1), environment.clone()));
                return None;
            }
            End::Failed(failure) => {
                self.fail(run.tape.clone(), failure.clone());
                return None;
            }
        }
        let score = self.score(run.weight);
        self.remark(run.weight);
        let tried = Tried {
            tape: run.tape.clone(),
            growing: run.growing.clone(),
            weight: run.weight,
            score,
            is_pumped: false,
        };
        Some((run, Some(tried)))
    }

    /// Remembers what is to be said of a weight that is allowed, if it is the most so far.
    fn remark(&mut self, weight: Weight) {
        let more = self.gauge.remark(weight);
        if more.as_ref().map(|more| more.0) > self.found.remark.as_ref().map(|most| most.0) {
            self.found.remark = more;
        }
    }

    fn fail(&mut self, tape: Tape, failure: Failure) {
        self.found.tally.executed += 1;
        self.found.tally.accepted += 1;
        self.found.after = Some(self.started.elapsed());
        (self.tell)(&tape, &failure);
        let small = smaller(self.body, tape, failure, self.plan.values, self.dictionary, self.slot);
        self.found.failure = Some(small);
    }

    /// How near to the bound, or how far beyond it.
    fn score(&self, weight: Weight) -> f64 {
        let bound = self.bound(weight.n, weight.size);
        weight.reading as f64 / bound.max(1.0)
    }

    pub(super) fn bound(&self, n: u64, size: u64) -> f64 {
        self.gauge.most(n, size).unwrap_or(1.0)
    }

    /// Samples that claim to hold far more than they do.
    fn claim(&mut self, bases: &[Tried], random: &mut Random) {
        let share = if self.gauge.judges_growth { CLAIMS_OF_GROWTH } else { CLAIMS };
        let until = self.plan.time * share / 100;
        let end = self.index + self.share(share);
        for base in bases {
            for at in growable(base) {
                let made: Vec<Choice> = match &base.tape[at] {
                    Choice::Text(text) => claims(text.as_bytes(), true, random)
                        .into_iter()
                        .filter_map(|bytes| String::from_utf8(bytes).ok().map(Choice::Text))
                        .collect(),
                    Choice::Bytes(bytes) => {
                        claims(bytes, false, random).into_iter().map(Choice::Bytes).collect()
                    }
                    _ => continue,
                };
                for choice in made {
                    if self.is_over() || self.started.elapsed() > until || self.index >= end {
                        return;
                    }
                    let mut tape = base.tape.clone();
                    tape[at] = choice;
                    if let Some(tried) = self.replay(tape) {
                        self.keep(tried);
                    }
                }
            }
        }
    }

    /// Keeps an input whose number is among the highest.
    pub(super) fn keep(&mut self, tried: Tried) {
        if tried.growing.is_empty() || tried.tape.len() > 10_000 || payload(&tried.tape) > LARGE {
            return;
        }
        let at = self.best.partition_point(|better| better.score >= tried.score);
        // Of many that use the same only a few are of use.
        let same = self.best.iter().filter(|other| other.weight.reading == tried.weight.reading).count();
        if at < KEPT && same < 2 {
            self.best.insert(at, tried);
            self.best.truncate(KEPT);
        }
    }

    /// One case between ladders: a mutation of an input with a high number, or any.
    fn one_more(&mut self, random: &mut Random) {
        if self.best.is_empty() || random.one_in(3) {
            if let Some((_, Some(tried))) = self.fresh() {
                self.keep(tried);
            }
            return;
        }
        // The best most often.
        let at = random.below(self.best.len()).min(random.below(self.best.len()));
        let parent = self.best[at].clone();
        let others = self.best[random.below(self.best.len())].clone();
        let Some(tape) = self.mutated(&parent, &others, random) else {
            if let Some((_, Some(tried))) = self.fresh() {
                self.keep(tried);
            }
            return;
        };
        if let Some(tried) = self.replay(tape) {
            self.keep(tried);
        } else {
            self.index += 1;
        }
    }

    fn mutated(&self, parent: &Tried, other: &Tried, random: &mut Random) -> Option<Tape> {
        let growable = growable(parent);
        let at = *random.pick(&growable)?;
        let mut tape = parent.tape.clone();
        let seed = Random::for_case(self.plan.seed, self.index);
        let mut source = Source::fresh(seed, self.dictionary, self.index, &[], random.one_in(3));
        let of_other: Vec<&Choice> =
            other.growing.iter().flat_map(|range| &other.tape[range.clone()]).collect();
        source.wish(|maker| match &mut tape[at] {
            Choice::Text(text) => {
                let texts = of_other.iter().filter_map(|choice| match choice {
                    Choice::Text(text) => Some(text.clone()),
                    _ => None,
                });
                mutate::text::mutate(text, &texts.collect::<Vec<_>>(), maker);
            }
            Choice::Bytes(bytes) => {
                let others = of_other.iter().filter_map(|choice| match choice {
                    Choice::Bytes(bytes) => Some(bytes.clone()),
                    _ => None,
                });
                mutate::bytes::mutate(bytes, &others.collect::<Vec<_>>(), maker);
            }
            Choice::Pumped(pumped) => families::vary(pumped, maker),
            _ => {}
        });
        Some(tape)
    }
}

/// Bases where there are no samples: what uses most, and what uses most for its size. Of those that use as much, and are
/// as large, one; the largest are among the former, the smallest among the latter.
fn without_samples(mut tried: Vec<Tried>) -> Vec<Tried> {
    tried.retain(|tried| payload(&tried.tape) <= LARGE);
    let most = |tried: &Tried| Reverse((tried.weight.reading, tried.weight.size));
    tried.sort_by_key(most);
    tried.dedup_by_key(|tried| most(tried));
    let mut rest = tried.split_off(tried.len().min(BASES / 2));
    rest.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.weight.size.cmp(&b.weight.size)));
    tried.extend(rest);
    tried
}

/// Bytes of the texts and byte strings on a tape.
fn payload(tape: &[Choice]) -> usize {
    let bytes = tape.iter().map(|choice| match choice {
        Choice::Text(text) => text.len(),
        Choice::Bytes(bytes) => bytes.len(),
        _ => 0,
    });
    bytes.sum()
}

/// The choices that can be made to grow.
fn growable(tried: &Tried) -> Vec<usize> {
    let is_content = |at: &usize| {
        matches!(tried.tape.get(*at), Some(Choice::Text(_) | Choice::Bytes(_) | Choice::Pumped(_)))
    };
    tried.growing.iter().cloned().flatten().filter(is_content).collect()
}

/// The same for all members of a family of pumped inputs.
pub(super) fn family_key(tape: &Tape) -> u64 {
    let mut hasher = QuickHasher::default();
    for choice in tape {
        match choice {
            Choice::Pumped(pumped) => Pumped { times: 0, ..(**pumped).clone() }.hash(&mut hasher),
            other => other.hash(&mut hasher),
        }
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_bases_that_use_as_much_there_are_small_ones_and_large_ones() {
        let tried = |reading, size: u64| Tried {
            tape: vec![Choice::Number(1); size as usize],
            growing: Vec::new(),
            weight: Weight { reading, size, ..Weight::default() },
            score: reading as f64 / size.max(1) as f64,
            is_pumped: false,
        };
        let all = (0..20).chain(0..20).map(|size| tried(0, size)).chain([tried(9, 3)]);
        let bases = without_samples(all.collect());
        let seen: Vec<_> = bases.iter().take(BASES).map(|it| (it.weight.reading, it.weight.size)).collect();
        assert_eq!(seen, [(9, 3), (0, 19), (0, 18), (0, 17), (0, 0), (0, 1), (0, 2), (0, 3)]);
    }
}
