//! Judges how work grows along a family of inputs: a suspicion first, then a ladder of its own at sizes that double.

use std::time::{Duration, Instant};

use super::climb::Climb;
use super::growth::{Excess, POINTS, Point, Tolerance, can_tell, excess, excess_again, steepness};
use super::hunter::Hunt;
use crate::dictionary::Dictionary;
use crate::measure::family::Family;
use crate::measure::{Gauge, Weight, work};
use crate::search::{Body, Failure, Slot, replay};
use crate::source::Values;
use crate::tape::{Choice, Pumped, Tape};

/// Where a call took longer the family is looked at before it goes on to larger sizes.
const DEAR: Duration = Duration::from_millis(5);
/// No larger size follows a first one that took longer, if the work grows with the square of the size.
const TOO_SLOW: Duration = Duration::from_millis(60);
/// Clocks are looked at only where a call takes so long.
const TELLING: u64 = 2_000_000;
/// How often a call is timed, and for how long all in all; the quickest counts.
const TIMES: usize = 5;
const TIMING: Duration = Duration::from_millis(200);
/// By how much the exponent is too high where a family goes on before others do.
const STEEP: f64 = 0.2;
/// No power that anybody allows is so steep between small sizes.
const EXPLOSIVE: f64 = 2.5;

/// Where clocks see no more than so much above what counts see it is the same work, which counts tell exactly.
const UNCOUNTED: f64 = 0.2;

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
enum By {
    Count,
    Clocks,
}

/// What ladders say of a family whose work rises too fast.
enum Judged {
    Grows(Tape, Failure),
    /// Some parts cost more than others, and there are more of them in the larger members; clocks would say no other.
    IsDense,
}

/// One rung: what was weighed, and what the clocks said.
struct Rung {
    tape: Tape,
    weight: Weight,
    clocks: [u64; 2],
}

/// What suspects a family whose exponent is too high by so much: counts, and clocks where they see more than that, as
/// loops inside compiled code.
fn suspects(by: By, counted: f64, timed: f64) -> Vec<By> {
    let counts = by == By::Count && counted > Tolerance::COUNTS.0 / 2.0;
    let clocks = timed > Tolerance::CLOCKS.0 && !(counts && timed < counted + UNCOUNTED);
    [(counts, By::Count), (clocks, By::Clocks)]
        .into_iter()
        .filter_map(|(is_seen, by)| is_seen.then_some(by))
        .collect()
}

impl Hunt<'_> {
    /// Looks at the last point of a family that took so long, and contradicts the constraint if it grows too fast.
    pub(super) fn judge_growth(&mut self, climb: &mut Climb<'_>, bytes: usize, took: Duration) {
        let by = if work::is_counted() { By::Count } else { By::Clocks };
        climb.clocks.push(work::clocks()[0]);
        if climb.points.len() == 2 && took > TOO_SLOW {
            self.look_between(climb, bytes / 4);
        }
        let counted = self.rise(&climb.points, |at| climb.points[at].reading, by);
        let timed = match climb.clocks.last() {
            Some(last) if *last > TELLING => self.rise(&climb.points, |at| climb.clocks[at], By::Clocks),
            _ => 0.0,
        };
        let suspects = suspects(by, counted, timed);
        if suspects.is_empty() {
            return;
        }
        let rise = if suspects.contains(&By::Clocks) { counted.max(timed) } else { counted }.clamp(0.0, 4.0);
        let largest = self.largest();
        let last = climb.points[climb.points.len() - 1];
        let has_time = |next: usize| self.has_time(took, last, next as f64 / bytes as f64, rise + 0.2);
        // What is refused when it is large is no matter of growth, so a family goes on as long as it can.
        if bytes < largest && has_time((bytes * 4).min(largest)) {
            // What is acquitted at this size goes on at the pace of others: to see it at the largest takes long.
            if suspects == [By::Count] && took > DEAR {
                match self.confirmed(climb, &climb.family, bytes, By::Count) {
                    Some(Judged::Grows(..)) => {}
                    Some(Judged::IsDense) => {
                        climb.is_over = true;
                        return;
                    }
                    None => return,
                }
            }
            climb.is_over = false;
            climb.is_steep = suspects.contains(&By::Clocks) || counted > STEEP;
            return;
        }
        // Clocks tell more of a larger one.
        if !suspects.contains(&By::Count) && bytes * 2 < largest && has_time(bytes * 2) {
            return self.step(climb, bytes * 2);
        }
        let mut judged = None;
        for by in suspects {
            judged = judged.or_else(|| self.confirmed(climb, &climb.family, bytes, by));
            // What stands around may be too large a part of what can be tried.
            let bare = climb.family.bare(bytes).filter(|_| judged.is_none());
            judged = judged.or_else(|| self.confirmed(climb, &bare?, bytes, by));
        }
        if let Some(Judged::Grows(tape, failure)) = judged {
            self.found.after = Some(self.started.elapsed());
            (self.tell)(&tape, &failure);
            self.found.failure = Some((tape, failure));
        }
    }

    /// Puts a point between the sample and the first one that grew, for no larger one will follow.
    fn look_between(&mut self, climb: &mut Climb<'_>, bytes: usize) {
        let tape = climb.family.tape(&climb.base.tape, bytes, self.items());
        if let Some(tried) = self.replay(tape) {
            climb.points.insert(1, tried.weight);
            climb.clocks.insert(1, work::clocks()[0]);
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

    /// Two ladders of sizes that double up to `bytes`, and a look at the parts of the largest input. Where the time ends
    /// between the first ladder and that, the growth is neither there nor not.
    fn confirmed(&mut self, climb: &Climb<'_>, family: &Family, bytes: usize, by: By) -> Option<Judged> {
        let (mut first, began) = (None, Instant::now());
        let judged = self.laddered(climb, family, bytes, by, &mut first);
        self.confirming += began.elapsed();
        if let (Some((excess, rungs)), None, true) = (first, &judged, self.is_over()) {
            let seen = told(excess, "", &rungs_told(&rungs, by));
            self.found.unconfirmed = Some(format!("{seen}; the time was over before that was confirmed"));
        }
        judged
    }

    /// Work may go up and down with the size, as where blocks are full or a search happens to succeed: the second ladder
    /// has its rungs between those of the first, which is left in `first` if it shows growth.
    fn laddered(
        &mut self,
        climb: &Climb<'_>,
        family: &Family,
        bytes: usize,
        by: By,
        first: &mut Option<(Excess, Vec<Rung>)>,
    ) -> Option<Judged> {
        let smallest = family.tape(&climb.base.tape, 1, self.items());
        let smallest = self.replay(smallest)?.weight;
        let own = climb.points.last().filter(|_| std::ptr::eq(family, &raw const climb.family));
        if own.is_some_and(|last| !can_tell(smallest.size as f64, last.size as f64)) {
            return None;
        }
        for top in [bytes, bytes - bytes / 4] {
            let mut rungs = Vec::new();
            // The count of the largest one is known already, and to make its call again takes as long as all others.
            let known = own.filter(|_| by == By::Count && top == bytes);
            for step in (0..POINTS).rev() {
                let tape = family.tape(&climb.base.tape, (top >> step).max(1), self.items());
                rungs.push(match known.filter(|_| step == 0) {
                    Some(weight) => Rung { tape, weight: *weight, clocks: [0; 2] },
                    None => self.rung(&tape, by)?,
                });
            }
            let excess = self.grown(&rungs, smallest, by, first.is_none())?;
            first.get_or_insert((excess, rungs));
        }
        let (excess, rungs) = first.as_ref()?;
        if self.is_as_dense(rungs, smallest, by, (family, &climb.base.tape))? {
            return Some(Judged::IsDense);
        }
        let method = if by == By::Clocks { " (by two clocks, twice)" } else { "" };
        let seen = told(*excess, method, &rungs_told(rungs, by));
        let tape = rungs.last()?.tape.clone();
        Some(Judged::Grows(tape, Failure { expected: self.gauge.expected(), seen, place: None }))
    }

    /// Whether some parts of the largest input cost more than others, and nothing grows: a part that is no larger than the
    /// smallest input costs as much for each of its bytes, and so does a part of that; or all of it costs no more than
    /// what it is put together from. Nothing where the time is over before all was seen.
    fn is_as_dense(
        &mut self,
        rungs: &[Rung],
        smallest: Weight,
        by: By,
        (family, base): (&Family, &[Choice]),
    ) -> Option<bool> {
        /// The parts that are looked at: together they are all of it.
        const PARTS: usize = 1 << (POINTS - 1);
        /// So much of it is as much; a part that is so much smaller has to cost so much of it.
        const AS_MUCH: f64 = 0.9;
        const SMALLER: f64 = 0.25;
        const STILL: f64 = 0.8;
        let (first, last) = (rungs.first()?, rungs.last()?);
        let work = |rung: &Rung| if by == By::Count { rung.weight.reading } else { rung.clocks[0] };
        let fixed = if by == By::Count { smallest.reading.min(work(first)) } else { 0 };
        let part = first.weight.size as f64 / last.weight.size.max(1) as f64;
        let wanted = self.density(last, work(last).saturating_sub(fixed)) * AS_MUCH;
        let (mut all, mut allowed) = (0.0, 0.0);
        for at in 0..PARTS {
            let mut point = |part: f64| {
                let rung = self.rung(&family.part(&last.tape, base, part, [at, PARTS])?, by)?;
                Some(self.point(rung.weight, work(&rung).saturating_sub(fixed)))
            };
            let Some(whole) = point(part) else { continue };
            all += whole.work;
            allowed += whole.bound;
            let density = whole.work / whole.bound;
            if density >= wanted
                && point(part * SMALLER).is_some_and(|part| part.work / part.bound >= density * STILL)
            {
                return Some(true);
            }
        }
        if self.is_over() {
            return None;
        }
        // Of a bound that grows more slowly than the input the parts may have more than all of it.
        Some(allowed <= self.point(last.weight, 0).bound / STILL && all >= work(last) as f64 * STILL)
    }

    /// How much of its bound an input costs.
    fn density(&self, rung: &Rung, work: u64) -> f64 {
        let point = self.point(rung.weight, work);
        point.work / point.bound
    }

    /// One input, timed several times where clocks are looked at.
    fn rung(&mut self, tape: &Tape, by: By) -> Option<Rung> {
        let (mut rung, began): (Option<Rung>, _) = (None, Instant::now());
        for _ in 0..if by == By::Clocks { TIMES } else { 1 } {
            let tried = self.replay(tape.clone())?;
            let clocks = work::clocks();
            let best = rung.as_ref().map_or(clocks, |rung| [0, 1].map(|at| rung.clocks[at].min(clocks[at])));
            rung = Some(Rung { tape: tried.tape, weight: tried.weight, clocks: best });
            if began.elapsed() > TIMING {
                break;
            }
        }
        rung
    }

    fn grown(&self, rungs: &[Rung], smallest: Weight, by: By, is_first: bool) -> Option<Excess> {
        let weights = proportional(rungs);
        let points = |of: &dyn Fn(&Rung) -> u64| -> Vec<Point> {
            rungs.iter().zip(&weights).map(|(rung, weight)| self.point(*weight, of(rung))).collect()
        };
        if by == By::Count {
            let smallest = self.point(smallest, smallest.reading);
            let judge = if is_first { excess } else { excess_again };
            return judge(&points(&|rung| rung.weight.reading), smallest, Tolerance::COUNTS);
        }
        let [processor, wall] = [0, 1].map(|clock| {
            excess(&points(&|rung| rung.clocks[clock]), self.point(smallest, 0), Tolerance::CLOCKS)
        });
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

/// Small members of the family of a tape that did not come back, or its beginnings, and what contradicts the constraint
/// if their work explodes, or grows too fast already.
pub(crate) fn small_members(
    body: Body<'_>,
    gauge: &Gauge,
    tape: &[Choice],
    dictionary: &Dictionary,
    slot: &mut dyn Slot,
) -> Option<(Tape, Failure)> {
    let (at, length) = longest(tape)?;
    let bare = match &tape[at] {
        Choice::Pumped(pumped) => pumped.bare().map(|bare| Choice::Pumped(Box::new(bare))),
        _ => None,
    };
    [Some(tape[at].clone()), bare].into_iter().flatten().find_map(|content| {
        let mut tape = tape.to_vec();
        tape[at] = content;
        members(body, gauge, &tape, (at, length), dictionary, slot)
    })
}

/// Members of one family, `length` repetitions or bytes at most of the content at `at`.
fn members(
    body: Body<'_>,
    gauge: &Gauge,
    tape: &[Choice],
    (at, length): (usize, u64),
    dictionary: &Dictionary,
    slot: &mut dyn Slot,
) -> Option<(Tape, Failure)> {
    /// A call that took longer ends the ladder, for the next one may take for ever.
    const ENOUGH: Duration = Duration::from_millis(40);
    let (mut members, mut times) = (Vec::new(), 1_u64);
    while times < length {
        let mut small = tape.to_vec();
        small[at] = shortened(&tape[at], times)?;
        let began = Instant::now();
        let run = replay(body, small, times, Values::Hostile, dictionary, slot);
        let point = Point {
            size: run.weight.size.max(1) as f64,
            work: run.weight.reading as f64,
            bound: gauge.limits.at_most.as_ref()?.at(run.weight.n, run.weight.size).max(1e-9),
        };
        members.push(point);
        if began.elapsed() > ENOUGH {
            let seen = explodes(&members).or_else(|| outgrows(&members))?;
            return Some((run.tape, Failure { expected: gauge.expected(), seen, place: None }));
        }
        times += (times / 6).max(1);
    }
    None
}

/// Where on a tape the content stands that can be made much shorter, and how long it is: what is pumped, else what has
/// most bytes.
fn longest(tape: &[Choice]) -> Option<(usize, u64)> {
    let length = |choice: &Choice| match choice {
        Choice::Pumped(pumped) => (true, pumped.times),
        Choice::Text(text) => (false, text.len() as u64),
        Choice::Bytes(bytes) => (false, bytes.len() as u64),
        _ => (false, 0),
    };
    let at = (0..tape.len()).max_by_key(|at| length(&tape[*at]))?;
    Some((at, length(&tape[at]).1))
}

/// So much of a content: so many repetitions, or its beginning.
fn shortened(content: &Choice, length: u64) -> Option<Choice> {
    let bytes = usize::try_from(length).ok()?;
    Some(match content {
        Choice::Pumped(pumped) => Choice::Pumped(Box::new(Pumped { times: length, ..(**pumped).clone() })),
        Choice::Text(text) => {
            let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end))?;
            Choice::Text(text[..end].to_owned())
        }
        Choice::Bytes(content) => Choice::Bytes(content[..bytes.min(content.len())].to_vec()),
        _ => return None,
    })
}

/// Whether work grows ever more steeply.
fn explodes(members: &[Point]) -> Option<String> {
    let last = members.get(members.len().checked_sub(4)?..)?;
    let steeps: Vec<f64> = last.windows(2).map(|pair| steepness(pair, 0.0)).collect();
    let rises = steeps.last() >= steeps.first();
    (rises && steeps.iter().all(|steep| *steep > EXPLOSIVE))
        .then(|| format!("ever steeper growth: {}", listed(last)))
}

/// Whether work grows too fast over small sizes that double; clocks, looked at once, do not say.
fn outgrows(members: &[Point]) -> Option<String> {
    if !work::is_counted() {
        return None;
    }
    let mut doubling: Vec<Point> = Vec::new();
    for member in members.iter().rev() {
        if doubling.len() < POINTS && doubling.last().is_none_or(|last| member.size <= last.size / 2.0) {
            doubling.push(*member);
        }
    }
    doubling.reverse();
    let excess = excess(&doubling, *members.first()?, Tolerance::CLOCKS)?;
    Some(told(excess, "", &listed(&doubling)))
}

fn listed(points: &[Point]) -> String {
    let rungs = points.iter().map(|point| format!("{} for {} bytes", steps(point.work as u64), point.size));
    rungs.collect::<Vec<_>>().join(", ")
}

/// What is seen of growth that is too fast, and how.
fn told(excess: Excess, method: &str, rungs: &str) -> String {
    format!("about n^{:.1}{method}, where n^{:.1} is allowed: {rungs}", excess.exponent, excess.allowed)
}

/// What was seen at each size.
fn rungs_told(rungs: &[Rung], by: By) -> String {
    let rungs = rungs.iter().map(|rung| match by {
        By::Count => format!("{} for {} bytes", steps(rung.weight.reading), rung.weight.size),
        By::Clocks => format!("{:.2} ms for {} bytes", rung.clocks[0] as f64 / 1e6, rung.weight.size),
    });
    rungs.collect::<Vec<_>>().join(", ")
}

fn steps(work: u64) -> String {
    match work {
        0..10_000 => format!("{work} steps"),
        10_000..10_000_000 => format!("{} thousand steps", work / 1_000),
        _ => format!("{} million steps", work / 1_000_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_asked_where_they_see_more_than_counts_do() {
        let by = |counted, timed| suspects(By::Count, counted, timed);
        assert_eq!(by(0.0, 0.3), []);
        assert_eq!(by(0.6, 0.7), [By::Count], "the clocks see what is counted");
        assert_eq!(by(0.6, 0.0), [By::Count], "a call that is over at once");
        assert_eq!(
            by(0.1, 0.9),
            [By::Count, By::Clocks],
            "a loop inside compiled code, beside one that is counted"
        );
        assert_eq!(by(0.0, 0.9), [By::Clocks]);
        assert_eq!(suspects(By::Clocks, 0.9, 0.9), [By::Clocks], "nothing is counted");
    }
}
