//! Judges how work grows along a family of inputs: a suspicion first, then a ladder of its own at sizes that double.

use std::time::{Duration, Instant};

use super::climb::Climb;
use super::growth::{Excess, POINTS, Point, Tolerance, excess, steepness};
use super::hunt::Hunt;
use super::{Gauge, Pumped, Weight, work};
use crate::dictionary::Dictionary;
use crate::search::{Body, Failure, Slot, replay};
use crate::tape::{Choice, Tape, Values};

/// A further size is tried if it will take no longer.
const PATIENT: Duration = Duration::from_millis(1_200);
/// Clocks are looked at only where a call takes so long.
const TELLING: u64 = 2_000_000;
/// How often a call is timed; the quickest counts.
const TIMES: usize = 5;
/// By how much the exponent is too high where a family goes on before others do.
const STEEP: f64 = 0.2;
/// No power that anybody allows is so steep between small sizes.
const EXPLOSIVE: f64 = 2.5;

/// What is looked at.
#[derive(Clone, Copy, PartialEq)]
enum By {
    Count,
    Clocks,
}

/// One rung: what was weighed, and what the clocks said.
struct Rung {
    tape: Tape,
    weight: Weight,
    clocks: [u64; 2],
}

impl Hunt<'_> {
    /// Looks at the last point of a family that took so long, and contradicts the constraint if it grows too fast.
    pub(super) fn judge_growth(&mut self, climb: &mut Climb<'_>, bytes: usize, took: Duration) {
        let by = if work::is_counted() { By::Count } else { By::Clocks };
        climb.clocks.push(work::clocks()[0]);
        let counted = self.rise(&climb.points, |at| climb.points[at].reading, by);
        let timed = climb.clocks.last().is_some_and(|last| *last > TELLING)
            && self.rise(&climb.points, |at| climb.clocks[at], By::Clocks) > Tolerance::CLOCKS.0;
        let counts = by == By::Count && counted > Tolerance::COUNTS.0 / 2.0;
        if !counts && !timed {
            return;
        }
        let largest = self.largest();
        let next = (bytes * 4).min(largest);
        let longer = took.mul_f64((next as f64 / bytes as f64).powf(counted.clamp(0.0, 4.0) + 1.2));
        // What is refused when it is large is no matter of growth, so a family goes on as long as it can.
        if bytes < largest && longer < PATIENT {
            climb.is_over = false;
            climb.is_steep = timed || counted > STEEP;
            return;
        }
        let found = if counts { self.confirmed(climb, bytes, By::Count) } else { None };
        let found = found.or_else(|| if timed { self.confirmed(climb, bytes, By::Clocks) } else { None });
        if let Some((tape, failure)) = found {
            self.found.after = Some(self.started.elapsed());
            (self.tell)(&tape, &failure);
            self.found.failure = Some((tape, failure));
        }
    }

    /// By how much the exponent is too high between the last two points.
    fn rise(&self, points: &[Weight], of: impl Fn(usize) -> u64, by: By) -> f64 {
        let last = points.len() - 1;
        if last < 2 {
            return 0.0;
        }
        let point = |at: usize| self.point(points[at], of(at));
        // A clock says nothing of a call that is over at once.
        let base = if by == By::Count { of(0) as f64 } else { 0.0 };
        steepness(&[point(last - 1), point(last)], base)
    }

    fn point(&self, weight: Weight, work: u64) -> Point {
        Point {
            size: weight.size.max(1) as f64,
            work: work as f64,
            bound: self.bound(weight.n, weight.size).max(1e-9),
        }
    }

    /// A ladder of sizes that double up to `bytes`, judged once more and more strictly.
    fn confirmed(&mut self, climb: &Climb<'_>, bytes: usize, by: By) -> Option<(Tape, Failure)> {
        let rounds = if by == By::Clocks { 2 } else { 1 };
        let mut last = None;
        for _ in 0..rounds {
            let mut rungs = Vec::new();
            for step in (0..POINTS).rev() {
                let tape = climb.family.tape(&climb.base.tape, (bytes >> step).max(1), self.items());
                rungs.push(self.rung(&tape, by)?);
            }
            last = Some((self.grown(&rungs, climb.points[0].reading, by)?, rungs));
        }
        let (excess, mut rungs) = last?;
        let seen = told(excess, &rungs, by);
        let tape = rungs.pop()?.tape;
        Some((tape, Failure { expected: self.gauge.expected(), seen, place: None }))
    }

    /// One input, timed several times where clocks are looked at.
    fn rung(&mut self, tape: &Tape, by: By) -> Option<Rung> {
        let mut rung: Option<Rung> = None;
        for _ in 0..if by == By::Clocks { TIMES } else { 1 } {
            let tried = self.replay(tape.clone())?;
            let clocks = work::clocks();
            let best = rung.as_ref().map_or(clocks, |rung| [0, 1].map(|at| rung.clocks[at].min(clocks[at])));
            rung = Some(Rung { tape: tried.tape, weight: tried.weight, clocks: best });
            if clocks[1] > 200_000_000 {
                break;
            }
        }
        rung
    }

    fn grown(&self, rungs: &[Rung], base: u64, by: By) -> Option<Excess> {
        let weights = proportional(rungs);
        let points = |of: &dyn Fn(&Rung) -> u64| -> Vec<Point> {
            rungs.iter().zip(&weights).map(|(rung, weight)| self.point(*weight, of(rung))).collect()
        };
        if by == By::Count {
            return excess(&points(&|rung| rung.weight.reading), base as f64, Tolerance::COUNTS);
        }
        let [processor, wall] =
            [0, 1].map(|clock| excess(&points(&|rung| rung.clocks[clock]), 0.0, Tolerance::CLOCKS));
        processor.zip(wall).map(|(processor, _)| processor)
    }
}

/// The weights with an `n` in proportion to the bytes, where it nearly is: names that are numbered get longer with
/// their number, and so does the work for each.
fn proportional(rungs: &[Rung]) -> Vec<Weight> {
    let ratio = |weight: &Weight| weight.n as f64 / weight.size.max(1) as f64;
    let ratios = rungs.iter().map(|rung| ratio(&rung.weight));
    let (low, high) =
        ratios.fold((f64::INFINITY, 0.0), |(low, high): (f64, f64), it| (low.min(it), high.max(it)));
    let level = |weight: Weight| {
        if high < low * 2.0 { Weight { n: (weight.size as f64 * high) as u64, ..weight } } else { weight }
    };
    rungs.iter().map(|rung| level(rung.weight)).collect()
}

/// Small members of the family of a tape that did not come back, and what contradicts the constraint if their work
/// explodes.
pub(crate) fn small_members(
    body: Body<'_>,
    gauge: &Gauge,
    tape: &[Choice],
    dictionary: &Dictionary,
    slot: &mut dyn Slot,
) -> Option<(Tape, Failure)> {
    /// A call that took longer ends the ladder, for the next one may take for ever.
    const ENOUGH: Duration = Duration::from_millis(40);
    let at = tape.iter().position(|choice| matches!(choice, Choice::Pumped(_)))?;
    let Choice::Pumped(pumped) = &tape[at] else { return None };
    let (mut points, mut last, mut times) = (Vec::new(), Tape::new(), 3_u64);
    while times < pumped.times {
        let mut small = tape.to_vec();
        small[at] = Choice::Pumped(Box::new(Pumped { times, ..(**pumped).clone() }));
        let began = Instant::now();
        let run = replay(body, small, times, Values::Hostile, dictionary, slot);
        let bound = gauge.limits.at_most.as_ref()?.at(run.weight.n, run.weight.size);
        points.push((run.weight, bound));
        last = run.tape;
        if began.elapsed() > ENOUGH {
            let seen = explodes(&points)?;
            return Some((last, Failure { expected: gauge.expected(), seen, place: None }));
        }
        times += (times / 6).max(1);
    }
    drop(last);
    None
}

/// Whether work grows ever more steeply.
fn explodes(points: &[(Weight, f64)]) -> Option<String> {
    let points = points.get(points.len().checked_sub(4)?..)?;
    let as_point = |(weight, bound): &(Weight, f64)| Point {
        size: weight.size.max(1) as f64,
        work: weight.reading as f64,
        bound: bound.max(1e-9),
    };
    let all: Vec<Point> = points.iter().map(as_point).collect();
    let is_everywhere = all.windows(2).all(|pair| steepness(pair, 0.0) > EXPLOSIVE);
    is_everywhere.then(|| {
        let rungs =
            points.iter().map(|(weight, _)| format!("{} for {} bytes", steps(weight.reading), weight.size));
        format!("ever steeper growth: {}", rungs.collect::<Vec<_>>().join(", "))
    })
}

/// What is seen of growth that is too fast.
fn told(excess: Excess, rungs: &[Rung], by: By) -> String {
    let rungs = rungs.iter().map(|rung| match by {
        By::Count => format!("{} for {} bytes", steps(rung.weight.reading), rung.weight.size),
        By::Clocks => format!("{:.2} ms for {} bytes", rung.clocks[0] as f64 / 1e6, rung.weight.size),
    });
    let method = if by == By::Clocks { " (by two clocks, twice)" } else { "" };
    let rungs: Vec<String> = rungs.collect();
    format!(
        "about n^{:.1}{method}, where n^{:.1} is allowed: {}",
        excess.exponent,
        excess.allowed,
        rungs.join(", ")
    )
}

fn steps(work: u64) -> String {
    match work {
        0..10_000 => format!("{work} steps"),
        10_000..10_000_000 => format!("{} thousand steps", work / 1_000),
        _ => format!("{} million steps", work / 1_000_000),
    }
}
