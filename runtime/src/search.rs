//! Runs bodies, and looks for an input that speaks against them.
//!
//! Everything here happens in the process that may die of it; see `isolate` for the other side.

use std::hash::{Hash as _, Hasher as _};
use std::ops::Range;
use std::time::{Duration, Instant};

use constraints_wire::{Place, Shown, Tally};
use serde_json::{Value, json};

use crate::answers::{Across, Given};
use crate::case::{Case, Phase};
use crate::clock::Clock;
use crate::dictionary::Dictionary;
use crate::environment::Environment;
use crate::guide::Guide;
use crate::hex::{hex, unhex};
use crate::measure::{Pressing, Weight};
use crate::mutate::sweep::Sweep;
use crate::panics::{self, Panic};
use crate::quick_hash::{QuickHasher, QuickSet};
use crate::random::Random;
use crate::shrink::shrink;
use crate::source::{Source, Values};
use crate::stop::{By, Reason, Stop};
use crate::tape::{Choice, Tape, decode, encode};

/// The body of a generated test.
pub(crate) type Body<'a> = &'a (dyn Fn(&mut Case<'_>) -> Result<(), Stop> + Sync);

/// Shrinking asks this often at most.
const SHRINKS: usize = 4_000;
/// Shrinking takes this long at most.
const SHRINK_TIME: Duration = Duration::from_secs(4);

/// How one case ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Held,
    Rejected(By),
    Failed(Failure),
    /// It needs a process with these variables.
    Elsewhere(Environment),
}

/// What speaks against the constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// What had to be true; empty for a panic, where the kind says it.
    pub(crate) expected: String,
    pub(crate) seen: String,
    pub(crate) place: Option<Place>,
}

impl Failure {
    /// Two failures are the same one if they come from the same place or contradict the same statement.
    pub(crate) fn key(&self) -> String {
        match &self.place {
            Some(place) => format!("{}:{}", place.file, place.line),
            None => self.expected.clone(),
        }
    }

    fn of_panic(panic: Panic, phase: &Phase) -> Self {
        let seen = match phase {
            Phase::Drawing => format!("panicked while the values were made: {}", panic.message),
            Phase::Calling => format!("panicked: {}", panic.message),
            Phase::Checking(what) => format!("the {what} panicked: {}", panic.message),
            Phase::Stating => format!("the statement panicked: {}", panic.message),
        };
        Self { expected: String::new(), seen, place: panic.place }
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({ "expected": self.expected, "seen": self.seen, "place": self.place })
    }

    pub(crate) fn from_json(value: &Value) -> Option<Self> {
        Some(Self {
            expected: value["expected"].as_str()?.to_string(),
            seen: value["seen"].as_str()?.to_string(),
            place: serde_json::from_value(value["place"].clone()).ok()?,
        })
    }
}

/// A case that was run.
pub(crate) struct Execution {
    pub(crate) tape: Tape,
    pub(crate) values: Vec<Shown>,
    pub(crate) details: Vec<Shown>,
    /// The values the body began to draw: whether there are samples of each.
    pub(crate) begun: Vec<bool>,
    /// Operators that made its values.
    pub(crate) used: u64,
    /// What the case gave, for comparison with what it gives elsewhere.
    pub(crate) given: Option<Given>,
    /// No sample may be refused.
    pub(crate) must_pass: bool,
    /// The most samples that any value has.
    pub(crate) samples: usize,
    /// Its values hang together with each other, or with variables of its process.
    pub(crate) is_entangled: bool,
    /// What was measured.
    pub(crate) weight: Weight,
    /// Where the choices of the values stand that grow.
    pub(crate) growing: Vec<Range<usize>>,
    pub(crate) end: End,
}

/// Runs `body` once with the choices of `source`.
pub(crate) fn execute<'a>(
    body: Body<'_>,
    source: Source<'a>,
    checkpoint: &'a mut dyn FnMut(&[Choice], &[Shown]),
) -> Execution {
    let mut case = Case::new(source, checkpoint);
    let ended = panics::catch(|| body(&mut case));
    let end = match ended {
        Ok(Ok(())) => End::Held,
        Ok(Err(stop)) => match stop.into_reason() {
            Reason::Rejected(by) => End::Rejected(by),
            Reason::Elsewhere(environment) => End::Elsewhere(environment),
            Reason::Violated { expected, seen, place } => End::Failed(Failure { expected, seen, place }),
        },
        Err(panic) => End::Failed(Failure::of_panic(panic, case.phase())),
    };
    let (begun, used, given) = (case.values_begun(), case.operators_used(), case.given().cloned());
    let (must_pass, samples) = (case.is_must_pass(), case.samples());
    let (weight, growing) = (case.weight(), case.growing().to_vec());
    let is_entangled = case.is_entangled();
    let (tape, values, details) = case.into_parts();
    Execution {
        tape,
        values,
        details,
        begun,
        used,
        given,
        must_pass,
        samples,
        is_entangled,
        weight,
        growing,
        end,
    }
}

/// Where the state of a search is kept while code under test runs.
pub(crate) trait Slot {
    /// A case begins.
    fn begin(&mut self, index: u64);
    /// The choices the running case has made so far.
    fn choices(&mut self, tape: &[Choice]);
    /// The running case has ended after so much work; whether a precondition refused it.
    fn ended(&mut self, took: Duration, rejected: bool);
    /// No case runs for a while: the next ones are made, which is no call that takes long.
    fn pause(&mut self);
}

/// What to look through.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    /// Index of the first case.
    pub(crate) first: u64,
    /// Index behind the last case.
    pub(crate) end: u64,
    pub(crate) time: Duration,
    pub(crate) values: Values,
    /// The first sample of which it is not known whether it gets through; `None` if all are known to.
    pub(crate) samples_from: Option<u64>,
    /// Whether samples are made to claim a lot, and parts of them repeated.
    pub(crate) presses: bool,
}

/// What a search found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) tally: Tally,
    pub(crate) failure: Option<(Tape, Failure)>,
    pub(crate) after: Option<Duration>,
    /// Tapes of cases whose answers have to be the same in other processes: the first ones, and ever fewer later ones.
    pub(crate) kept: Vec<Tape>,
    /// What the answers have to be the same across.
    pub(crate) across: Across,
    /// A sample that has to get through and does not.
    pub(crate) vacuous: Option<(Tape, Failure)>,
    /// The case of this index, and all behind it, need a process with other variables.
    pub(crate) elsewhere: Option<(u64, Environment)>,
    /// How many cases were rejected, by whom: in the order of [`By::ALL`].
    pub(crate) rejections: [u64; By::ALL.len()],
    /// What a measurement leaves to say although it is allowed, and how far it went.
    pub(crate) remark: Option<(f64, String)>,
    /// What speaks against the constraint and could not be confirmed in time.
    pub(crate) unconfirmed: Option<String>,
}

/// Part of the time in which samples are pressed.
const PRESSING: u32 = 3;

/// Part of the time behind which long values do not wait any longer.
const HURRYING: u32 = 10;

/// Part of the time in which samples are gone through, beside what chance makes.
const SWEEPING: u32 = 4;

/// When so many cases in a row were the same as earlier ones, all there are have been tried.
/// Not fewer, for the code may depend on time or chance.
const CASES_WITHOUT_NEWS: u32 = 1_000;

/// Tries random cases until one fails, then makes it small. `found` is told before shrinking starts.
pub(crate) fn search(
    body: Body<'_>,
    plan: &Plan,
    dictionary: &Dictionary,
    slot: &mut dyn Slot,
    found: &mut dyn FnMut(&Tape, &Failure),
) -> Found {
    let started = Instant::now();
    let mut result = Found::default();
    let mut end = plan.end;
    let mut index = plan.first;
    // So many cases are samples as they stand.
    let mut whole = 0;
    let mut values = Vec::new();
    let mut flavours = Flavours::default();
    let mut costs = Costs::default();
    let mut repeats = Repeats::default();
    let mut guide = Guide::new();
    let mut pressing = Pressing::new(plan.presses, plan.first);
    let mut sweep = Sweep::default();
    let mut time = plan.time;
    while index < end && started.elapsed() < time {
        let mut random = Random::for_case(plan.seed, index);
        let ascii = flavours.ascii(&mut random);
        let batch = batch(index);
        let is_behind = |part: u32| started.elapsed() > time / part;
        let (mut pressed, mut led) = (None, None);
        // Nothing takes the place of a sample as it stands.
        if index >= whole {
            pressed = pressing.next(index, plan.seed, is_behind(PRESSING));
            pressed = pressed.or_else(|| sweep.next_long(index, is_behind(HURRYING)));
            // Every other case: what chance finds at once waits for nobody.
            let is_swept = pressed.is_none() && index % 2 == 1;
            led = if is_swept { sweep.next(is_behind(SWEEPING)) } else { None };
            if pressed.is_none() {
                led = led.or_else(|| guide.tape(index, &mut random, dictionary));
            }
        }
        let (is_pressed, is_led) = (pressed.is_some(), led.is_some());
        let source = match pressed {
            Some(tape) => Source::replaying(tape, dictionary).mixing(plan.values).grown(),
            None => Source::fresh(random, dictionary, index, &values, ascii)
                .beginning_with(led.unwrap_or_default())
                .using_seldom(costs.seldom)
                .mixing(plan.values)
                .in_batch(Random::for_case(!plan.seed, batch), batch),
        };
        let began = Instant::now();
        guide.begin();
        let run = timed(body, source, index, slot);
        // Variables belong to whole batches, and a change of one of two values that are near each other makes strangers
        // of them.
        if run.is_entangled || plan.values == Values::AsDeclared {
            guide.switch_off();
        }
        goes_through(&mut sweep, &run, index, plan.values, is_pressed.then(|| began.elapsed()));
        let mut chance = Random::for_case(plan.seed, !index);
        if !is_pressed
            && guide.ended(&run.tape, began.elapsed(), &mut chance)
            && !matches!(run.end, End::Failed(_))
        {
            let again = |tape| _ = replay(body, tape, index, plan.values, dictionary, slot);
            guide.overhear(&run.tape, again, &mut chance);
        }
        whole = whole.max(run.samples as u64);
        if run.begun.len() > values.len() {
            values.clone_from(&run.begun);
        }
        costs.count(run.used, began.elapsed());
        if index == plan.first {
            // What is made once is no work of the search.
            time += began.elapsed().min(plan.time);
        }
        if index == plan.first && !get_through(&run, body, plan, dictionary, slot, &mut result) {
            return result;
        }
        if !is_led && !is_pressed {
            flavours.count(ascii, matches!(run.end, End::Rejected(_)));
        }
        if repeats.is_exhausted(&run.tape) {
            end = index;
        }
        match run.end {
            End::Held => {
                pressing.went_well(&run.tape);
                result.tally.executed += 1;
                result.tally.accepted += 1;
                result.across = run.given.map_or_else(Across::default, |given| given.across);
                if result.across.processes {
                    keep(&mut result.kept, run.tape, result.tally.accepted);
                }
            }
            End::Rejected(by) => {
                result.tally.rejected += 1;
                result.rejections[by as usize] += 1;
            }
            End::Elsewhere(environment) => {
                result.elsewhere = Some((index, environment));
                break;
            }
            End::Failed(failure) => {
                result.tally.executed += 1;
                result.tally.accepted += 1;
                result.after = Some(started.elapsed());
                found(&run.tape, &failure);
                result.failure = Some(smaller(body, run.tape, failure, plan.values, dictionary, slot));
                break;
            }
        }
        index += 1;
    }
    result
}

/// Whether samples get through, where they must, which has to be known before anything counts; the first case tells that
/// they must.
fn get_through(
    first: &Execution,
    body: Body<'_>,
    plan: &Plan,
    dictionary: &Dictionary,
    slot: &mut dyn Slot,
    result: &mut Found,
) -> bool {
    if let (true, Some(from)) = (first.must_pass, plan.samples_from)
        && !matches!(first.end, End::Elsewhere(_))
    {
        samples(body, plan, from, dictionary, slot, result);
    }
    result.vacuous.is_none() && result.elsewhere.is_none()
}

/// What comes of a case for the sweep: a sample is gone through, and what was long tells how quick the code is.
fn goes_through(sweep: &mut Sweep, run: &Execution, index: u64, values: Values, took: Option<Duration>) {
    let is_sample = usize::try_from(index).is_ok_and(|index| index < run.samples);
    if (is_sample || index == 0) && !run.is_entangled && values != Values::AsDeclared {
        sweep.begin(index, &run.tape);
    }
    if let Some(took) = took {
        sweep.took(took);
    }
}

/// Cases that are run once more in another process.
const KEPT: usize = 400;

/// Keeps the tapes of the first cases, and of later ones at ever larger distances.
fn keep(kept: &mut Vec<Tape>, tape: Tape, accepted: u64) {
    let distance = accepted.checked_ilog2().map_or(1, |bits| 1 << bits.saturating_sub(5));
    if kept.len() < KEPT / 2 || (kept.len() < KEPT && accepted.is_multiple_of(distance)) {
        kept.push(tape);
    }
}

/// Tells when cases bring nothing new, as where there are but few values.
#[derive(Default)]
struct Repeats {
    seen: QuickSet<u64>,
    in_a_row: u32,
}

impl Repeats {
    fn is_exhausted(&mut self, tape: &Tape) -> bool {
        let mut hasher = QuickHasher::default();
        tape.hash(&mut hasher);
        self.in_a_row = if self.seen.insert(hasher.finish()) { 0 } else { self.in_a_row + 1 };
        self.in_a_row >= CASES_WITHOUT_NEWS
    }
}

/// Indices of cases from here on stand for samples that have to get through.
pub(crate) const SAMPLES: u64 = 1 << 62;

/// A sample gets through if it does with one of so many choices for the values that have none.
const TRIES: u64 = 16;

/// Looks for a sample that is refused as it stands, from sample number `from` on.
pub(crate) fn samples(
    body: Body<'_>,
    plan: &Plan,
    from: u64,
    dictionary: &Dictionary,
    slot: &mut dyn Slot,
    result: &mut Found,
) {
    let (mut at, mut count) = (from, from + 1);
    while at < count {
        let mut refused = None;
        for attempt in 0..TRIES {
            let random = Random::for_case(plan.seed, SAMPLES + at * TRIES + attempt);
            let whole = usize::try_from(at).unwrap_or(0);
            let source = Source::fresh(random, dictionary, attempt, &[], false)
                .whole(whole)
                .in_batch(Random::for_case(!plan.seed, 0), 0);
            let run = timed(body, source, SAMPLES + at, slot);
            let samples = run.samples as u64;
            match run.end {
                End::Elsewhere(environment) => return result.elsewhere = Some((SAMPLES + at, environment)),
                End::Rejected(by) => drop(refused.get_or_insert((run.tape, by.text()))),
                // What speaks against the constraint did get through; the search finds it again.
                _ if samples == 0 => refused = Some((run.tape, "no value has a sample")),
                _ => refused = None,
            }
            count = count.max(samples);
            if refused.is_none() || samples == 0 {
                break;
            }
        }
        if let Some((tape, why)) = refused {
            let expected = "every sample gets through as it stands".to_string();
            let failure = Failure { expected, seen: why.to_string(), place: None };
            return result.vacuous = Some((tape, failure));
        }
        at += 1;
    }
}

/// Cases of one batch share the variables of their process: small batches first, for there is one process for each.
fn batch(index: u64) -> u64 {
    const SMALL: u64 = 64;
    const LARGE: u64 = 2048;
    if index < LARGE { index / SMALL } else { LARGE / SMALL - 1 + index / LARGE }
}

/// How often cases of plain text and of any text got past the precondition.
#[derive(Default)]
struct Flavours {
    tried: [u32; 2],
    accepted: [u32; 2],
}

impl Flavours {
    /// Plain text seldom, unless a precondition refuses most other text.
    fn ascii(&self, random: &mut Random) -> bool {
        let rate = |at: usize| (self.accepted[at] + 1) * 100 / (self.tried[at] + 1);
        if rate(1) > rate(0) + 15 { !random.one_in(4) } else { random.one_in(5) }
    }

    fn count(&mut self, ascii: bool, rejected: bool) {
        let at = usize::from(ascii);
        self.tried[at] += 1;
        self.accepted[at] += u32::from(!rejected);
    }
}

/// What cases cost by the operators that made their values.
struct Costs {
    operators: [(u32, Duration); 64],
    /// Cases by the power of two of their microseconds.
    sizes: [u32; 40],
    cases: u32,
    /// Operators whose cases cost far more than cases do: they are used seldom, so that they do not eat the budget of
    /// all others. This needs so clear a difference that it is the same in every run.
    seldom: u64,
}

impl Default for Costs {
    fn default() -> Self {
        Self { operators: [(0, Duration::ZERO); 64], sizes: [0; 40], cases: 0, seldom: 0 }
    }
}

impl Costs {
    fn count(&mut self, used: u64, took: Duration) {
        for (operator, (count, total)) in self.operators.iter_mut().enumerate() {
            if used >> operator & 1 == 1 {
                *count += 1;
                *total += took;
            }
        }
        self.sizes[(took.as_micros().max(1).ilog2() as usize).min(39)] += 1;
        self.cases += 1;
        if self.cases.is_multiple_of(32) {
            self.decide();
        }
    }

    fn decide(&mut self) {
        let mut below = 0;
        let median = self.sizes.iter().position(|count| {
            below += count;
            below * 2 >= self.cases
        });
        let usual = Duration::from_micros(2 << median.unwrap_or(0));
        let costly = |(count, total): &(u32, Duration)| {
            let mean = *total / (*count).max(1);
            *count >= 3 && mean > usual * 10 && mean > Duration::from_millis(10)
        };
        let operators = self.operators.iter().enumerate().filter(|(_, cost)| costly(cost));
        self.seldom = operators.fold(0, |bits, (operator, _)| bits | 1 << operator);
    }
}

pub(crate) fn timed(body: Body<'_>, source: Source<'_>, index: u64, slot: &mut dyn Slot) -> Execution {
    slot.begin(index);
    let started = Clock::start();
    let run = execute(body, source, &mut |tape, _| slot.choices(tape));
    slot.ended(started.worked(), matches!(run.end, End::Rejected(_) | End::Elsewhere(_)));
    run
}

/// Replays one tape.
pub(crate) fn replay(
    body: Body<'_>,
    tape: Tape,
    index: u64,
    values: Values,
    dictionary: &Dictionary,
    slot: &mut dyn Slot,
) -> Execution {
    timed(body, Source::replaying(tape, dictionary).mixing(values).grown(), index, slot)
}

pub(crate) fn smaller(
    body: Body<'_>,
    tape: Tape,
    failure: Failure,
    values: Values,
    dictionary: &Dictionary,
    slot: &mut dyn Slot,
) -> (Tape, Failure) {
    let key = failure.key();
    let deadline = Instant::now() + SHRINK_TIME;
    // The failure may depend on chance or time; then the tape stays as it was found.
    let mut best = failure;
    let tape = shrink(tape, SHRINKS, &mut |proposals| {
        proposals.into_iter().enumerate().take_while(|_| Instant::now() < deadline).find_map(|(at, tape)| {
            let run = replay(body, tape, u64::MAX, values, dictionary, slot);
            match run.end {
                End::Failed(failure) if failure.key() == key => {
                    best = failure;
                    Some((at, run.tape))
                }
                _ => None,
            }
        })
    });
    (tape, best)
}

/// A tape as text.
pub(crate) fn tape_text(tape: &[Choice]) -> String {
    let mut bytes = Vec::new();
    encode(tape, &mut bytes);
    hex(&bytes)
}

/// A tape from its text.
pub(crate) fn tape_from_text(text: &str) -> Option<Tape> {
    decode(&unhex(text)?)
}

#[cfg(test)]
mod tests;
