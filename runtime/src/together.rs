//! Steps of several threads on one value: takes the steps of a case, tells whether what they gave has an explanation.
//!
//! Some steps come before the threads begin, some after all of them are back, and the rest are taken at the same time.
//! What all of them gave has to be what they give one after the other, in some order that keeps to what was over
//! before what else began. Who comes first is up to chance, so each case has many short rounds.
//! Never knows what a step does; that stands in the generated test.

use std::collections::HashSet;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use constraints_wire::Shown;

use crate::case::Case;
use crate::crew::{Back, Crew, Gave, Said, Shared, take};
use crate::order::{Explained, explained};
use crate::panics;
use crate::stop::{By, Stop};
use crate::walk::{agree, sound};

/// When a step is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum When {
    Before,
    By(usize),
    After,
}

/// One step of a case.
struct Taken<T, M> {
    name: String,
    call: String,
    when: When,
    shared: Shared<T>,
    alone: Box<dyn Fn(&mut M) -> String>,
}

/// What has to be true of a value, as it is written and as it is judged.
type Held<'s, T> = (&'static str, Box<dyn Fn(&T) -> bool + 's>);
/// The same of a value and the reference.
type Agreed<'s, T, M> = (&'static str, Box<dyn Fn(&T, &M) -> bool + 's>);

/// The steps of a case, and what they start from.
pub struct Together<'s, T, M> {
    threads: usize,
    start: Box<dyn Fn() -> T + 's>,
    reference: Box<dyn Fn() -> M + 's>,
    dares: bool,
    holds: Vec<Held<'s, T>>,
    agrees: Vec<Agreed<'s, T, M>>,
    steps: Vec<Taken<T, M>>,
}

/// So many steps before and after the threads, and in each of them.
const MOST: [usize; 3] = [4, 4, 5];

/// Steps that find a place.
fn all_places(threads: usize) -> usize {
    4 * threads + 6
}

/// Rounds of a case, and of one that was seen to go wrong.
const ROUNDS: usize = 24;
const ROUNDS_AGAIN: usize = 20_000;
/// How long these take.
const TIME: Duration = Duration::from_millis(12);
const TIME_AGAIN: Duration = Duration::from_millis(40);
/// One round in so many is followed by one in haste, of about this time.
const EACH: usize = 4;
const HASTE: Duration = Duration::from_millis(1);
/// Which takes the steps so many times at most.
const TIMES: u128 = 400;

/// Steps of `threads` threads on what `start` gives, explained by the same steps one after the other.
pub fn together<'s, T>(threads: usize, start: impl Fn() -> T + Clone + 's) -> Together<'s, T, T>
where
    T: Send + Sync + 'static,
{
    together_like(threads, start.clone(), start)
}

/// The same, explained by what `reference` gives.
pub fn together_like<'s, T, M>(
    threads: usize,
    start: impl Fn() -> T + 's,
    reference: impl Fn() -> M + 's,
) -> Together<'s, T, M>
where
    T: Send + Sync + 'static,
{
    Together {
        threads,
        start: Box::new(start),
        reference: Box::new(reference),
        dares: false,
        holds: Vec::new(),
        agrees: Vec::new(),
        steps: Vec::new(),
    }
}

impl<T, M> fmt::Debug for Together<'_, T, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Together")
    }
}

impl<'s, T, M> Together<'s, T, M> {
    /// A step may panic.
    pub fn may_panic(&mut self) {
        self.dares = true;
    }

    /// States what has to be true at the start, and when all threads are back.
    pub fn holds(&mut self, text: &'static str, holds: impl Fn(&T) -> bool + 's) {
        self.holds.push((text, Box::new(holds)));
    }

    /// States what has to be true of the value and the reference when all threads are back.
    pub fn agrees(&mut self, text: &'static str, agrees: impl Fn(&T, &M) -> bool + 's) {
        self.agrees.push((text, Box::new(agrees)));
    }

    /// One more step; `alone` is the same on the reference.
    pub fn takes_as(
        &mut self,
        case: &mut Case<'_>,
        shared: impl Fn(&T, &Said) -> String + Send + Sync + 'static,
        alone: impl Fn(&mut M) -> String + 'static,
    ) {
        self.take(case, Arc::new(shared), Box::new(alone));
    }

    fn take(&mut self, case: &mut Case<'_>, shared: Shared<T>, alone: Box<dyn Fn(&mut M) -> String>) {
        let threads = self.threads;
        let when = case.source().number(threads as u128 + 1, |maker| match maker.random.below(6) {
            0 => 0,
            1 => threads as u128 + 1,
            _ => 1 + maker.random.below(threads) as u128,
        });
        let (when, most) = match usize::try_from(when).unwrap_or(0) {
            0 => (When::Before, MOST[0]),
            after if after == threads + 1 => (When::After, MOST[1]),
            thread => (When::By(thread), MOST[2]),
        };
        // With more of them there would be too many orders.
        if self.steps.iter().filter(|step| step.when == when).count() < most {
            let walk = case.walking();
            self.steps.push(Taken { name: walk.name().to_string(), call: walk.call(), when, shared, alone });
        }
    }

    /// Numbers of the steps that are taken then.
    fn at(&self, when: impl Fn(When) -> bool) -> impl Iterator<Item = usize> {
        self.steps.iter().enumerate().filter(move |(_, step)| when(step.when)).map(|(at, _)| at)
    }

    fn shared(&self, at: usize) -> (usize, Shared<T>) {
        (at, Arc::clone(&self.steps[at].shared))
    }

    /// The first statement about the value that is false.
    fn broken(&self, value: &T) -> Option<&'static str> {
        self.holds.iter().find(|(_, holds)| !holds(value)).map(|(text, _)| *text)
    }
}

#[expect(clippy::mismatching_type_param_order, reason = "a value of the type is its own reference")]
impl<T: 'static> Together<'_, T, T> {
    /// One more step.
    pub fn takes(
        &mut self,
        case: &mut Case<'_>,
        shared: impl Fn(&T, &Said) -> String + Send + Sync + 'static,
    ) {
        let shared: Shared<T> = Arc::new(shared);
        let alone = Arc::clone(&shared);
        self.take(case, shared, Box::new(move |value| alone(value, &Said::default())));
    }
}

impl Case<'_> {
    /// Takes the steps, those of the threads at the same time, again and again.
    pub fn explained<T, M>(&mut self, steps: &Together<'_, T, M>) -> Result<(), Stop>
    where
        T: Send + Sync + 'static,
    {
        self.close_step();
        self.share();
        if steps.steps.is_empty() && self.walking().begun > 0 {
            return Err(Stop::rejected_by(By::When));
        }
        self.show_together(steps);
        // A statement that is about short sequences says nothing of long ones.
        let judges_haste = self.walking().most >= all_places(steps.threads);
        let mut rounds = Rounds { known: HashSet::new(), depends: Vec::new(), steps, judges_haste };
        let (first, second) = (self.one_by_one(steps)?, self.one_by_one(steps)?);
        rounds.depends = first.iter().zip(&second).map(|(first, second)| first != second).collect();
        let mine = (1..=steps.threads).map(|thread| steps.at(move |when| when == When::By(thread)));
        let mine: Vec<Vec<_>> = mine.map(|mine| mine.map(|at| steps.shared(at)).collect()).collect();
        let crew = Crew::new(mine.into_iter().filter(|mine| !mine.is_empty()).collect());
        let (most, time) = if self.is_replaying() { (ROUNDS_AGAIN, TIME_AGAIN) } else { (ROUNDS, TIME) };
        let began = Instant::now();
        for round in 1..=most {
            let lasted = Instant::now();
            self.call(|| rounds.round(&crew))??;
            sound()?;
            if began.elapsed() > time || crew.is_small() {
                break;
            }
            if round % EACH == 0 && !self.call(|| rounds.haste(&crew, lasted.elapsed()))?? {
                break;
            }
            sound()?;
        }
        Ok(())
    }

    fn show_together<T, M>(&mut self, steps: &Together<'_, T, M>) {
        if !self.is_showing() {
            return;
        }
        let whens =
            std::iter::once(When::Before).chain((1..=steps.threads).map(When::By)).chain([When::After]);
        for when in whens {
            let calls: Vec<&str> = steps.at(|it| it == when).map(|at| &*steps.steps[at].call).collect();
            match when {
                _ if calls.is_empty() => {}
                When::By(thread) => {
                    self.show_value(Shown { name: format!("thread {thread}"), text: calls.join(", ") });
                }
                When::Before | When::After => {
                    let name = if when == When::Before { "step" } else { "then" };
                    for (at, call) in calls.iter().enumerate() {
                        let name = format!("{name} {}", at + 1);
                        self.show_value(Shown { name, text: (*call).to_string() });
                    }
                }
            }
        }
    }

    /// Takes all steps in the order in which they stand, which has to go well; gives how their answers look.
    fn one_by_one<T, M>(&mut self, steps: &Together<'_, T, M>) -> Result<Vec<String>, Stop> {
        let value = self.call(|| (steps.start)())?;
        if let Some(text) = steps.broken(&value) {
            return Err(Stop::violated(text, "it is false at the start"));
        }
        let mut order: Vec<usize> = (0..steps.steps.len()).collect();
        order.sort_by_key(|at| steps.steps[*at].when);
        let mut looks = vec![String::new(); order.len()];
        for at in order {
            let said = Said::default();
            let step = || (steps.steps[at].shared)(&value, &said);
            looks[at] = self.call(|| {
                if steps.dares {
                    panics::catch(step).unwrap_or_else(|_| PANICKED.to_string())
                } else {
                    step()
                }
            })?;
            if let Some(text) = said.broken() {
                let seen =
                    format!("it is false after `{}`, with no other thread about", steps.steps[at].name);
                return Err(Stop::violated(text, seen));
            }
            sound()?;
        }
        self.call(|| drop(value))?;
        sound()?;
        Ok(looks)
    }
}

/// Whether steps in haste waited for more than there are.
static IS_STUCK: AtomicBool = AtomicBool::new(false);

const IN_HASTE: &str = "it is false after the threads took their steps several times";

/// How a step looks that panicked.
const PANICKED: &str = "panicked";

struct Rounds<'r, 's, T, M> {
    steps: &'r Together<'s, T, M>,
    /// Whether the answer of a step depends on more than the steps before it.
    depends: Vec<bool>,
    /// What is explained already.
    known: HashSet<u64>,
    /// Whether statements about the value are judged after many more steps than a case has.
    judges_haste: bool,
}

impl<T: Send + Sync + 'static, M> Rounds<'_, '_, T, M> {
    /// All steps on a new value.
    fn round(&mut self, crew: &Crew<T>) -> Result<(), Stop> {
        let steps = self.steps;
        let value = Arc::new((steps.start)());
        let alone = |when: When| {
            let mine = steps.at(move |it| it == when).map(|at| steps.shared(at));
            mine.map(|(at, step)| take(at, &step, &*value)).collect::<Vec<_>>()
        };
        let mut gave = alone(When::Before);
        match crew.round(&value, 1) {
            Back::All(more) => gave.extend(more),
            Back::Stuck(at) => {
                let stuck = at.iter().map(|at| format!("`{}`", steps.steps[*at].name)).collect::<Vec<_>>();
                let seen = format!("{} did not within a second", stuck.join(" and "));
                // Threads that never come back may go on using it.
                std::mem::forget(value);
                return Err(Stop::violated("every step comes back", seen));
            }
        }
        gave.extend(alone(When::After));
        for one in &gave {
            self.judge(one)?;
        }
        if let Some(text) = steps.broken(&value) {
            return Err(Stop::violated(text, format!("it is false after {}", self.told(&gave))));
        }
        self.explain(&gave, &value)?;
        drop(value);
        Ok(())
    }

    /// The steps of the threads on a new value again and again, for what only shows in what is stated of the value, in
    /// elements that are watched, or in a crash; whether that came to an end.
    fn haste(&mut self, crew: &Crew<T>, round: Duration) -> Result<bool, Stop> {
        let steps = self.steps;
        let times = (HASTE.as_nanos() / round.as_nanos().max(1)).clamp(2, TIMES);
        if IS_STUCK.load(Ordering::Relaxed) {
            return Ok(true);
        }
        let value = Arc::new((steps.start)());
        for at in steps.at(|when| when == When::Before) {
            take(at, &steps.steps[at].shared, &*value);
        }
        match crew.round(&value, usize::try_from(times).unwrap_or(2)) {
            Back::All(gave) => {
                // Who panics after so many steps may have had too many of them.
                let is_judged = self.judges_haste && (steps.dares || gave.iter().all(|it| it.looks.is_ok()));
                match steps.broken(&value).filter(|_| is_judged) {
                    Some(text) => Err(Stop::violated(text, IN_HASTE)),
                    None => Ok(true),
                }
            }
            Back::Stuck(_) => {
                // Steps that wait for others may wait for more than there are: that is no fault of theirs.
                IS_STUCK.store(true, Ordering::Relaxed);
                std::mem::forget(value);
                Ok(false)
            }
        }
    }

    /// A step alone.
    fn judge(&self, gave: &Gave) -> Result<(), Stop> {
        let call = &self.steps.steps[gave.step].name;
        if let Some(text) = gave.broken {
            return Err(Stop::violated(
                text,
                format!("it is false after `{call}`, with other threads about"),
            ));
        }
        match &gave.looks {
            Err(panic) if !self.steps.dares => {
                let place = panic.place.as_ref().map(|place| format!(" at {}:{}", place.file, place.line));
                let seen = format!("`{call}` panicked{}: {}", place.unwrap_or_default(), panic.message);
                Err(Stop::violated("no step panics, whatever other threads do", seen))
            }
            _ => Ok(()),
        }
    }

    /// Whether some order of the steps gives what they gave.
    fn explain(&mut self, gave: &[Gave], value: &T) -> Result<(), Stop> {
        let before = self.before(gave);
        let looks: Vec<&str> = gave.iter().map(looks).collect();
        let mut hasher = DefaultHasher::new();
        let steps: Vec<usize> = gave.iter().map(|it| it.step).collect();
        (&steps, &looks, &before).hash(&mut hasher);
        if !self.known.insert(hasher.finish()) && self.steps.agrees.is_empty() {
            return Ok(());
        }
        let mut hint: Vec<usize> = (0..gave.len()).collect();
        hint.sort_by_key(|at| gave[*at].ended);
        let mut replay = |order: &[usize]| self.replay(order, gave, &looks, value);
        if explained(&before, &hint, &mut replay) != Explained::No {
            return Ok(());
        }
        let expected = "in some order the steps give one after the other what they gave at the same time";
        Err(Stop::violated(expected, format!("no order does: {}", self.told(gave))))
    }

    /// What each step has to have behind it, one bit for each.
    fn before(&self, gave: &[Gave]) -> Vec<u64> {
        let when = |it: &Gave| self.steps.steps[it.step].when;
        let is_before = |earlier: &Gave, later: &Gave| match (when(earlier), when(later)) {
            (first, second) if first == second => earlier.step < later.step,
            (When::By(_), When::By(_)) => earlier.ended < later.began,
            (first, second) => first < second,
        };
        let bits = |later: &Gave| {
            let all = gave.iter().enumerate().filter(|(_, earlier)| is_before(earlier, later));
            all.fold(0, |bits, (at, _)| bits | 1 << at)
        };
        gave.iter().map(bits).collect()
    }

    /// Takes steps one after the other on the reference; how many of them give what they gave.
    fn replay(&self, order: &[usize], gave: &[Gave], looks: &[&str], value: &T) -> usize {
        let mut model = (self.steps.reference)();
        for (count, at) in order.iter().enumerate() {
            let step = gave[*at].step;
            let alone = panics::catch(|| (self.steps.steps[step].alone)(&mut model));
            let alone = alone.as_ref().map_or(PANICKED, String::as_str);
            if !self.depends[step] && !agree(looks[*at], alone) {
                return count;
            }
        }
        let agrees = || self.steps.agrees.iter().all(|(_, agrees)| agrees(value, &model));
        if order.len() == gave.len() && !agrees() { order.len() - 1 } else { order.len() }
    }

    /// What the steps gave, for people.
    fn told(&self, gave: &[Gave]) -> String {
        let mut told: Vec<(When, Vec<String>)> = Vec::new();
        for one in gave {
            let step = &self.steps.steps[one.step];
            let looks = looks(one);
            let is_silent = looks.is_empty() || looks == "()";
            let text = if is_silent { step.name.clone() } else { format!("{} → {looks}", step.name) };
            match told.last_mut().filter(|(when, _)| *when == step.when) {
                Some((_, calls)) => calls.push(text),
                None => told.push((step.when, vec![text])),
            }
        }
        let told = told.into_iter().map(|(when, calls)| match when {
            When::Before => format!("first {}", calls.join(", ")),
            When::By(thread) => format!("thread {thread}: {}", calls.join(", ")),
            When::After => format!("then {}", calls.join(", ")),
        });
        told.collect::<Vec<_>>().join("; ")
    }
}

fn looks(gave: &Gave) -> &str {
    gave.looks.as_ref().map_or(PANICKED, String::as_str)
}

#[cfg(test)]
mod tests;
