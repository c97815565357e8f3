//! Lets families of inputs grow: all of them a little, those whose numbers rise fastest further and further.
//!
//! Takes bases, gives nothing but what it finds on the way. Sizes rise rung by rung, but not only: of the families
//! that have had their first rung the highest go ahead now and then, and one that is about to be too high goes on at
//! once as long as it is, so that what can be seen early need not wait for thousands of others.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use constraints_wire::measure::Counted;

use super::hunter::{Hunt, Tried, family_key};
use crate::measure::family::{AT_ONCE, Family};
use crate::measure::lists::is_list;
use crate::measure::{Weight, families};
use crate::quick_hash::QuickSet;
use crate::random::Random;
use crate::tape::Tape;

/// Bytes of the first rung of a ladder; each further one is four times as long.
const FIRST: usize = 2 * 1024;
/// Families that go on from each rung to the next.
const SURVIVORS: [usize; 4] = [400, 64, 32, 16];
/// Families by which the first rung is chosen, and how long it may take for each; how small it is where most take longer.
const PROBES: usize = 12;
const SLOW: Duration = Duration::from_millis(8);
const SMALLEST: usize = 512;
/// After so many families on the first rung some go ahead, so many of each repeated part.
const STRETCH: usize = 200;
const AHEAD: usize = 8;
const ALIKE: usize = 2;
/// Words that the code knows, of which each is put behind each other.
const MARKS: usize = 12;
/// The part of the time that goes to single families that grow as far as they can before others had their first rung.
const SCOUTING: u32 = 6;
/// The part of the time in which those that come before all others may grow as far as they go.
const FIRSTS: u32 = 6;
/// The part of the time that a call of those takes at most where nothing is seen to grow too fast.
const SCOUTED: u32 = 200;
/// The part of the time so far that goes to families that grow further before others had their first rung. That puts the
/// first rung off, to so many percent of all the time at most.
const AHEAD_OF_OTHERS: u32 = 2;
const LATEST: u32 = 75;
/// A call that took longer is not made with an input four times as large, nor one that would take longer then than this
/// part of the time.
const LONG: Duration = Duration::from_millis(150);
const PATIENCE: u32 = 8;
/// A call that went deeper is not made with an input four times as large, unless depth is what is measured.
const DEEP: u64 = 64 << 20;

/// A family on its way up.
pub(super) struct Climb<'b> {
    pub(super) base: &'b Tried,
    pub(super) family: Family,
    pub(super) points: Vec<Weight>,
    /// Processor time of the same calls, where growth is judged.
    pub(super) clocks: Vec<u64>,
    /// What its number would be at the largest size, as a part of the bound.
    projected: f64,
    /// It took so long or went so deep that it goes no further.
    pub(super) is_over: bool,
    /// It goes on before others do.
    pub(super) is_steep: bool,
}

impl<'b> Climb<'b> {
    fn new(base: &'b Tried, family: Family) -> Self {
        let (points, clocks) = (vec![base.weight], vec![0]);
        Self { base, family, points, clocks, projected: 0.0, is_over: false, is_steep: false }
    }
}

impl Hunt<'_> {
    /// Families of the bases grow, for about so long.
    pub(super) fn climb(&mut self, bases: &[Tried], random: &mut Random, until: Duration, most: usize) {
        let mut climbs: Vec<(usize, Climb<'_>)> = Vec::new();
        let share = most / bases.len().max(1);
        let mut marks = self.dictionary.marks(random, MARKS);
        let (mut seen, mut has_first) = (QuickSet::default(), false);
        self.slot.pause();
        for base in bases {
            let mut made = families::of(&base.tape, &base.growing, &marks, random, share);
            // What these give hardly depends on the base, as long as it has what grows.
            made.retain(|family| !has_first || family.tier() != AT_ONCE);
            has_first |= made.iter().any(|family| family.tier() == AT_ONCE);
            made.retain(|family| self.is_about_size(base, family));
            // Where nothing is left of the base, that of another one is the same.
            made.retain(|family| seen.insert(family_key(&family.tape(&base.tape, 1, self.items()))));
            marks.clear();
            climbs.extend(made.into_iter().map(|family| Climb::new(base, family)).enumerate());
        }
        // The families of all bases come in turn, for the time may end before all had theirs, and of a small base, which has
        // few, each tells more.
        climbs.sort_by_key(|(number, _)| *number);
        let climbs = climbs.into_iter().map(|(_, climb)| climb).collect();
        let mut climbs = families::in_turn(climbs, |climb| climb.family.tier());
        let first_until = self.started.elapsed() + until.saturating_sub(self.started.elapsed()) / 2;
        let largest = self.largest();
        let (mut bytes, mut rung) = (self.first_rung(&mut climbs, first_until), 0);
        while bytes < largest && !self.is_over() {
            climbs.retain(|climb| !climb.is_over);
            select(&mut climbs, SURVIVORS[rung.min(SURVIVORS.len() - 1)]);
            (bytes, rung) = ((bytes * 4).min(largest), rung + 1);
            let until = until.max(self.started.elapsed() + self.plan.time / 20);
            self.rise_to(&mut climbs, rung, bytes, until);
        }
    }

    /// How large the members of the first rung are: as large as can be had at a bearable pace. Where that is not much,
    /// families whose base is large beside it are left out, for they would tell nothing.
    fn first_size(&mut self, climbs: &mut [Climb<'_>]) -> usize {
        let first = FIRST.min(self.largest());
        let mut bytes = SMALLEST.min(first);
        while bytes < first {
            let probes = climbs.iter().filter(|climb| !climb.is_over).take(PROBES);
            let made = |climb: &Climb<'_>| climb.family.tape(&climb.base.tape, bytes * 2, self.items());
            let probes: Vec<Tape> = probes.map(made).collect();
            if self.is_bearable(probes) {
                bytes *= 2;
                continue;
            }
            let is_large = |climb: &Climb<'_>| climb.base.weight.size > bytes as u64;
            let (larger, others): (Vec<_>, Vec<_>) =
                climbs.iter_mut().filter(|climb| !climb.is_over).partition(|climb| is_large(climb));
            if larger.is_empty() || others.is_empty() {
                return bytes;
            }
            for climb in larger {
                climb.is_over = true;
            }
        }
        first
    }

    /// Whether each of these cases takes no longer than may be.
    fn is_bearable(&mut self, probes: Vec<Tape>) -> bool {
        let (began, most) = (Instant::now(), SLOW * probes.len() as u32);
        probes.into_iter().all(|probe| {
            self.replay(probe);
            began.elapsed() <= most
        })
    }

    /// All families a little, and every now and then the highest so far a little more; gives the bytes of the rung.
    fn first_rung(&mut self, climbs: &mut [Climb<'_>], until: Duration) -> usize {
        let bytes = self.first_size(climbs);
        let mut led: HashMap<Vec<u8>, usize> = HashMap::new();
        let latest = self.plan.time * LATEST / 100;
        let (mut done, mut scouting, mut ahead) = (0, Duration::ZERO, Duration::ZERO);
        while done < climbs.len() {
            let stretch = climbs.len().min(done + if done == 0 { PROBES } else { STRETCH });
            let put_off = |ahead| until.max((until + ahead).min(latest));
            let confirming = self.confirming;
            self.rise_to(&mut climbs[done..stretch], 0, bytes, put_off(ahead));
            ahead += self.confirming.saturating_sub(confirming);
            let fresh = done..stretch;
            done = stretch;
            if self.gauge.judges_growth {
                let began = Instant::now();
                self.scout_first(&mut climbs[fresh], bytes * 4);
                ahead += began.elapsed();
            }
            if self.started.elapsed() > put_off(ahead) {
                climbs[done..].iter_mut().for_each(|climb| climb.is_over = true);
                break;
            }
            if bytes == self.largest() || self.is_over() {
                continue;
            }
            let mut highest: Vec<usize> = (0..done)
                .filter(|at| {
                    let climb = &climbs[*at];
                    climb.points.len() == 2
                        && !climb.is_over
                        && led.get(&climb.family.unit()).is_none_or(|same| *same < ALIKE)
                })
                .collect();
            highest.sort_by(|a, b| climbs[*b].projected.total_cmp(&climbs[*a].projected));
            let scout = highest.iter().copied().max_by_key(|at| climbs[*at].points[1].reading);
            for at in highest.into_iter().take(AHEAD) {
                if ahead > self.started.elapsed() / AHEAD_OF_OTHERS {
                    break;
                }
                let began = Instant::now();
                *led.entry(climbs[at].family.unit()).or_default() += 1;
                self.lead(&mut climbs[at], bytes * 4);
                ahead += began.elapsed();
            }
            if let Some(at) = scout
                && self.gauge.judges_growth
                && scouting < self.started.elapsed() / SCOUTING
            {
                let began = Instant::now();
                *led.entry(climbs[at].family.unit()).or_default() += 1;
                self.scout(&mut climbs[at], bytes * 4);
                scouting += began.elapsed();
                ahead += began.elapsed();
            }
        }
        bytes
    }

    /// Those that come before all others as far as they go: loops inside compiled code show by their time, and late.
    fn scout_first(&mut self, climbs: &mut [Climb<'_>], from: usize) {
        let until = self.plan.time / FIRSTS;
        for climb in climbs.iter_mut().filter(|climb| climb.family.tier() == AT_ONCE) {
            if self.started.elapsed() < until {
                self.scout(climb, from);
            }
        }
    }

    /// The family that works hardest as far as it goes: what depends on buffers that are full shows at no small size.
    fn scout(&mut self, climb: &mut Climb<'_>, from: usize) {
        let mut bytes = from;
        while bytes <= self.largest() && !climb.is_over && !self.is_over() {
            let began = Instant::now();
            if climb.points.last().is_none_or(|last| last.size < bytes as u64 / 2) {
                self.step(climb, bytes);
            }
            if !climb.is_steep && began.elapsed() > self.plan.time / SCOUTED {
                return;
            }
            bytes *= 4;
        }
        // What rises too steeply is judged at the largest size, which is seldom one of these.
        if climb.is_steep && !climb.is_over && !self.is_over() {
            self.lead(climb, self.largest());
        }
    }

    /// The same size for all families that did not have it yet.
    fn rise_to(&mut self, climbs: &mut [Climb<'_>], rung: usize, bytes: usize, until: Duration) {
        for climb in climbs {
            if self.is_over() {
                return;
            }
            let is_due = climb.points.len() < rung + 2 && !climb.is_over;
            if self.started.elapsed() > until {
                climb.is_over |= is_due;
            } else if is_due {
                self.lead(climb, bytes);
            }
        }
    }

    /// The next point of a family, and further ones as long as they rise too steeply.
    fn lead(&mut self, climb: &mut Climb<'_>, bytes: usize) {
        let largest = self.largest();
        let mut bytes = bytes.min(largest);
        loop {
            self.step(climb, bytes);
            if self.is_over() || climb.is_over || !climb.is_steep || bytes >= largest {
                return;
            }
            bytes = (bytes * 4).min(largest);
        }
    }

    /// The next point of a family.
    pub(super) fn step(&mut self, climb: &mut Climb<'_>, bytes: usize) {
        let tape = climb.family.tape(&climb.base.tape, bytes, self.items());
        let began = Instant::now();
        climb.is_steep = false;
        let Some(tried) = self.replay(tape) else {
            climb.is_over = true;
            return;
        };
        let weight = tried.weight;
        climb.points.push(weight);
        self.grown += 1;
        let is_long =
            |took| took > LONG || self.gauge.judges_growth && !self.has_time(took, weight, 4.0, 0.0);
        climb.is_over = is_long(began.elapsed()) || (!self.gauge.meter.counts_stack() && weight.depth > DEEP);
        climb.projected = self.project(&climb.points);
        if self.gauge.judges_growth {
            self.judge_growth(climb, bytes, began.elapsed());
            if self.is_over() {
                return;
            }
        } else {
            climb.is_steep = climb.projected > 1.0;
        }
        self.keep(tried);
    }

    /// Whether there is time for an input so many times as large, if work rises as it may, and by such a power more.
    pub(super) fn has_time(&self, took: Duration, weight: Weight, factor: f64, more: f64) -> bool {
        let larger = |of: u64| (of as f64 * factor) as u64;
        let bound = self.bound(weight.n, weight.size).max(1.0);
        let rise = self.bound(larger(weight.n), larger(weight.size)).max(1.0) / bound;
        took.as_secs_f64() * rise * factor.powf(more) < (self.plan.time / PATIENCE).as_secs_f64()
    }

    /// The number at the largest size, if it goes on as between the last two points, as a part of the bound there.
    fn project(&self, points: &[Weight]) -> f64 {
        let [.., before, last] = points else { return 0.0 };
        let largest = self.largest() as f64;
        let size = |weight: &Weight| weight.size.max(1) as f64;
        let steps = (size(last) / size(before)).ln();
        let rise = ((last.reading + 1) as f64 / (before.reading + 1) as f64).ln();
        let exponent = if steps > 0.1 { (rise / steps).clamp(0.0, 3.0) } else { 0.0 };
        // The first point is a sample, of which nobody knows how much is a fixed cost.
        let exponent = if points.len() < 3 { exponent.min(1.0) } else { exponent };
        let scale = (largest / size(last)).max(1.0);
        let reading = last.reading as f64 * scale.powf(exponent);
        let n = (last.n as f64 * scale) as u64;
        reading / self.bound(n, largest as u64).max(1.0)
    }

    pub(super) fn largest(&self) -> usize {
        let size = self.gauge.limits.largest();
        match size.of {
            Counted::Bytes | Counted::Chars => size.amount as usize,
            Counted::Items => 1 << 20,
        }
    }

    /// Whether what grows is what the size is said in: where it counts items, nothing grows inside of one.
    fn is_about_size(&self, base: &Tried, family: &Family) -> bool {
        let is_inside =
            |at: usize| base.growing.iter().any(|range| is_list(&base.tape, range) && range.contains(&at));
        let grows_inside = matches!(family, Family::Content { at, .. } if is_inside(*at));
        !(grows_inside && self.gauge.limits.largest().of == Counted::Items)
    }

    /// Items of a list at most.
    pub(super) fn items(&self) -> u64 {
        let size = self.gauge.limits.largest();
        if size.of == Counted::Items { size.amount } else { u64::MAX }
    }
}

/// The families that go on: those that would be highest, a few of each repeated part.
fn select(climbs: &mut Vec<Climb<'_>>, most: usize) {
    climbs.sort_by(|a, b| b.projected.total_cmp(&a.projected));
    let mut seen: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
    let mut kept = 0;
    climbs.retain(|climb| {
        let same = seen.entry(climb.family.unit()).or_default();
        *same += 1;
        let stays = kept < most && *same <= 4;
        kept += usize::from(stays);
        stays
    });
}
