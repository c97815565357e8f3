use std::hint::black_box;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use constraints_wire::measure::time;

use crate::case::Case;
use crate::clock::{Stopwatch, Took};
use crate::isolate::{Test, run};
use crate::panics;
use crate::search::{Body, execute};
use crate::source::{Source, Values};
use crate::stop::{By, Stop};
use crate::tape::Choice;

/// Cases that a pass takes, and the time for them.
const ENOUGH: (u64, Duration) = (20, Duration::from_secs(15));
/// Processor time of a case, in which it is measured several times.
const PATIENCE: Duration = Duration::from_secs(30);
/// Measurements that all have to speak against the constraint.
const LOOKS: usize = 3;
/// Rounds of a measurement, of which the best counts; no further one begins after so long.
const ROUNDS: (usize, Duration) = (3, Duration::from_secs(2));
/// Time for a round, and the calls that are made whatever they take, unless a single one takes a second.
const ROUND: (Duration, usize) = (Duration::from_millis(60), 3);
/// Calls of a round at most: enough of them lie above the percentile that one which was disturbed does not count.
const CALLS: std::ops::RangeInclusive<usize> = 20..=400;
/// Seconds that a call may take beyond what is allowed, for being called.
const CALLED: f64 = 1e-6;

/// Holds when no call takes longer than the pace allows.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn latency(id: &str, pace: Pace, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    let timing = |case: &mut Case<'_>| {
        body(case)?;
        judged(case, pace, &body)
    };
    let test = Test::new(id, "latency", "an answer in time", &timing).within(PATIENCE);
    run(&test.with_cases(ENOUGH.0, ENOUGH.1));
}

/// How long a call may take.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    percentile: f64,
    most: Most,
}

#[derive(Clone, Copy, Debug)]
enum Most {
    /// So many times the reference.
    Times(f64),
    /// So many seconds.
    Seconds(f64),
}

impl Pace {
    /// At this percentile of the calls, at most so many times as long as the reference.
    pub fn times(percentile: f64, times: f64) -> Self {
        Self { percentile, most: Most::Times(times) }
    }

    /// At this percentile of the calls, at most so many seconds.
    pub fn seconds(percentile: f64, seconds: f64) -> Self {
        Self { percentile, most: Most::Seconds(seconds) }
    }

    fn expected(self) -> String {
        match self.most {
            Most::Times(times) => format!("p{} of at most {times} x the reference", self.percentile),
            Most::Seconds(seconds) => format!("p{} of at most {}", self.percentile, time(seconds)),
        }
    }

    /// What a call may take where the reference takes so long.
    fn allowed(self, reference: f64) -> f64 {
        CALLED
            + match self.most {
                Most::Times(times) => times * reference,
                Most::Seconds(seconds) => seconds,
            }
    }

    /// From so many times the bound on it is exceeded, with work and with waiting: what else runs on a machine makes
    /// a processor slower by up to a half, of which a reference has its share, and keeps others waiting.
    fn clearly(self) -> [f64; 2] {
        match self.most {
            Most::Times(_) => [1.25, 5.0],
            Most::Seconds(_) => [2.0, 5.0],
        }
    }

    fn calls(self) -> usize {
        let above = (100.0 - self.percentile) / 100.0;
        ((2.0 / above).ceil() as usize).clamp(*CALLS.start(), *CALLS.end())
    }

    /// The value at the percentile; nothing if there is none.
    fn of(self, mut values: Vec<f64>) -> f64 {
        values.sort_by(f64::total_cmp);
        let rank = (self.percentile / 100.0 * values.len() as f64).ceil() as usize;
        values.get(rank.max(1) - 1).copied().unwrap_or_default()
    }
}

/// What the calls of one case took: the target, and the reference if there is one.
#[derive(Clone, Copy, Debug, Default)]
struct Pacing {
    target: Option<Took>,
    reference: Option<Took>,
}

impl Case<'_> {
    /// Calls the target, and times it.
    pub fn timed<R>(&mut self, target: impl FnOnce() -> R) -> Result<R, Stop> {
        let (result, took) = self.stopped(target)?;
        let reference = self.kept::<Pacing>().reference;
        *self.kept() = Pacing { target: Some(took), reference };
        Ok(result)
    }

    /// Calls what the target is held against, and times it.
    pub fn beside<R>(&mut self, reference: impl FnOnce() -> R) -> Result<R, Stop> {
        let (result, took) = self.stopped(reference)?;
        *self.kept() = Pacing { target: None, reference: Some(took) };
        Ok(result)
    }

    fn stopped<R>(&mut self, call: impl FnOnce() -> R) -> Result<(R, Took), Stop> {
        let ended = self.call(|| {
            panics::catch(|| {
                let watch = Stopwatch::start();
                let result = black_box(call());
                (result, watch.stop())
            })
        })?;
        ended.map_err(|_| Stop::rejected_by(By::Panic))
    }
}

/// What a measurement says.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Seen {
    Within,
    /// Beyond what is allowed, and not so clearly that nothing else can be the reason.
    Unclear,
    Beyond(String),
}

fn judged(case: &Case<'_>, pace: Pace, body: Body<'_>) -> Result<(), Stop> {
    let tape = case.recorded().to_vec();
    let mut clearest = None;
    let mut is_clear = true;
    for _ in 0..LOOKS {
        match look(case, &tape, pace, body) {
            None => return Err(Stop::rejected_by(By::Chance)),
            Some(Seen::Within) => return Ok(()),
            Some(Seen::Unclear) => is_clear = false,
            Some(Seen::Beyond(seen)) => clearest = Some(seen),
        }
    }
    match clearest.filter(|_| is_clear) {
        Some(seen) => Err(Stop::violated(pace.expected(), format!("{seen}, {}", case.build()))),
        None => Err(Stop::rejected_by(By::Clock)),
    }
}

/// One measurement: rounds until one is within what is allowed; nothing where the case is another one when it is repeated.
fn look(case: &Case<'_>, tape: &[Choice], pace: Pace, body: Body<'_>) -> Option<Seen> {
    let started = Instant::now();
    let mut least: Option<Round> = None;
    for round in 0..ROUNDS.0 {
        if round > 0 && started.elapsed() > ROUNDS.1 {
            break;
        }
        let round = Round::of(&calls(case, tape, pace, body)?, pace);
        if round.judged(pace) == Seen::Within {
            return Some(Seen::Within);
        }
        least = Some(least.map_or(round, |least| least.or_less(round, pace)));
    }
    least.map(|least| least.judged(pace))
}

/// The percentiles of a round, in seconds, by the clock without waiting for a processor and by the processor's time.
#[derive(Clone, Copy, Debug)]
struct Round {
    target: [f64; 2],
    reference: [f64; 2],
    calls: usize,
}

impl Round {
    fn of(all: &[Pacing], pace: Pace) -> Self {
        let at = |which: fn(&Pacing) -> Option<Took>, clock: fn(Took) -> Duration| {
            pace.of(all.iter().filter_map(which).map(|took| clock(took).as_secs_f64()).collect())
        };
        let both = |which| [at(which, |took| took.awake), at(which, |took| took.worked)];
        Self { target: both(|it| it.target), reference: both(|it| it.reference), calls: all.len() }
    }

    /// How many times what is allowed was taken, by both clocks.
    fn over(&self, pace: Pace) -> [f64; 2] {
        [0, 1].map(|clock| self.target[clock] / pace.allowed(self.reference[clock]))
    }

    fn judged(&self, pace: Pace) -> Seen {
        let [awake, worked] = self.over(pace);
        let [clearly, waiting] = pace.clearly();
        if awake <= 1.0 {
            Seen::Within
        } else if awake.min(worked) > clearly || awake > waiting {
            Seen::Beyond(self.seen(pace))
        } else {
            Seen::Unclear
        }
    }

    /// The better of both, for each clock.
    fn or_less(mut self, other: Self, pace: Pace) -> Self {
        let [ours, theirs] = [self.over(pace), other.over(pace)];
        for clock in [0, 1] {
            if theirs[clock] < ours[clock] {
                self.target[clock] = other.target[clock];
                self.reference[clock] = other.reference[clock];
            }
        }
        Self { calls: self.calls.max(other.calls), ..self }
    }

    fn seen(&self, pace: Pace) -> String {
        let (took, reference) = (time(self.target[0]), self.reference[0].max(1e-9));
        let held = match pace.most {
            Most::Times(_) => {
                format!(
                    ", which is {:.1} x the {} of the reference",
                    self.target[0] / reference,
                    time(reference)
                )
            }
            Most::Seconds(_) => String::new(),
        };
        format!("p{} of {took}{held}, in the best round of {} calls", pace.percentile, self.calls)
    }
}

/// The calls of one round, reference and target in turn.
fn calls(case: &Case<'_>, tape: &[Choice], pace: Pace, body: Body<'_>) -> Option<Vec<Pacing>> {
    let started = Instant::now();
    let mut all = Vec::new();
    loop {
        all.push(once(case, tape, body)?);
        let took = started.elapsed();
        let is_enough = all.len() >= ROUND.1 || took > Duration::from_secs(1);
        if all.len() >= pace.calls() || (took > ROUND.0 && is_enough) {
            return Some(all);
        }
    }
}

/// The case once more, and what its calls took.
fn once(case: &Case<'_>, tape: &[Choice], body: Body<'_>) -> Option<Pacing> {
    let done = Mutex::new(Pacing::default());
    let timing = |case: &mut Case<'_>| {
        let ended = body(case);
        *done.lock().unwrap_or_else(PoisonError::into_inner) = std::mem::take(case.kept());
        ended
    };
    let source = Source::replaying(tape.to_vec(), case.dictionary()).mixing(Values::Hostile).grown();
    execute(&timing, source, &mut |_, _| {});
    let pacing = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    pacing.target.is_some().then_some(pacing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_the_least_value_that_so_many_do_not_exceed() {
        let of = |percentile, count: u32| {
            Pace::times(percentile, 1.0).of((1..=count).rev().map(f64::from).collect())
        };
        let of_each = [of(95.0, 40), of(50.0, 40), of(95.0, 8), of(99.9, 1)];
        assert_eq!(of_each.map(|value| value.to_string()), ["38", "20", "8", "1"]);
    }

    #[test]
    fn the_higher_a_percentile_the_more_calls_are_made() {
        assert_eq!([50.0, 95.0, 99.0, 99.9].map(|it| Pace::times(it, 1.0).calls()), [20, 40, 200, 400]);
    }

    fn round(target: [f64; 2], reference: [f64; 2]) -> Round {
        Round { target, reference, calls: 20 }
    }

    #[test]
    fn what_a_call_takes_for_being_called_is_not_held_against_it() {
        let pace = Pace::times(95.0, 3.0);
        assert!(round([9e-7; 2], [1e-9; 2]).over(pace)[0] < 1.0);
        assert!(round([9e-3; 2], [1e-3; 2]).over(pace)[0] > 2.9);
    }

    #[test]
    fn only_what_is_clear_speaks_against_a_constraint() {
        let judged = |pace: Pace, over: [f64; 2]| match round(over, [1.0; 2]).judged(pace) {
            Seen::Within => "within",
            Seen::Unclear => "unclear",
            Seen::Beyond(_) => "beyond",
        };
        let of = |pace| {
            [[0.9, 0.9], [1.1, 1.1], [1.5, 1.5], [2.5, 2.5], [4.0, 0.5], [6.0, 0.1]]
                .map(|it| judged(pace, it))
        };
        assert_eq!(
            of(Pace::times(95.0, 1.0)),
            ["within", "unclear", "beyond", "beyond", "unclear", "beyond"]
        );
        assert_eq!(
            of(Pace::seconds(95.0, 1.0)),
            ["within", "unclear", "unclear", "beyond", "unclear", "beyond"]
        );
    }

    #[test]
    fn of_two_rounds_each_clock_has_its_better_one() {
        let pace = Pace::times(95.0, 1.0);
        let least = round([4.0, 2.0], [1.0; 2]).or_less(round([3.0, 3.0], [1.0; 2]), pace);
        assert_eq!(least.target.map(|value| value.to_string()), ["3", "2"]);
    }
}
