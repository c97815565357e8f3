//! A sequence of steps on one value: takes the choice of each step from the tape, tells what each gave.
//!
//! A step with its arguments is one span of the tape, so that it goes off the tape as a whole.
//! Never knows what a step does; that stands in the generated test.

use std::any::type_name;

use constraints_wire::Shown;

use crate::caller;
use crate::case::Case;
use crate::generate::Generator;
use crate::panics;
use crate::show::NO_DEBUG;
use crate::stop::{By, Stop};
use crate::tape::{Choice, Tape};
use crate::tracked::{self, SOUND};

/// How far a sequence has come.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    least: usize,
    pub(crate) most: usize,
    /// Steps behind which there is nothing left.
    ends: &'static [usize],
    /// How many steps there should be, and how often each is chosen; nothing where choices are replayed.
    wish: Option<Wish>,
    pub(crate) begun: usize,
    taken: usize,
    is_open: bool,
    is_over: bool,
    /// The choices of earlier arguments, by their type.
    arguments: Vec<(&'static str, Tape)>,
    /// The step that is being taken: its name and how its arguments look.
    name: String,
    shown: Vec<String>,
    /// Which call of the caller's code panics in the next step; none if it is 0.
    fuse: u64,
}

#[derive(Debug)]
struct Wish {
    steps: usize,
    weights: Vec<usize>,
}

/// A span of a tape that never ends is no tape.
const MOST_STEPS: usize = 1_000;

impl Walk {
    /// The step that is being taken.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The step as a person writes it.
    pub(crate) fn call(&self) -> String {
        format!("{}({})", self.name, self.shown.join(", "))
    }
}

impl Case<'_> {
    /// The sequence of steps.
    pub(crate) fn walking(&mut self) -> &mut Walk {
        self.kept()
    }

    /// Begins a sequence of `least` to `most` steps; those at `ends` end it.
    pub fn walk(&mut self, least: usize, most: usize, ends: &'static [usize]) {
        tracked::begin();
        *self.walking() = Walk { least, most: most.min(MOST_STEPS), ends, ..Walk::default() };
    }

    /// Whether there is one more step, and which of those called `names` it is.
    pub fn next_step(&mut self, names: &'static [&'static str]) -> Result<Option<usize>, Stop> {
        self.close_step();
        if self.source().is_full() {
            return Err(Stop::rejected());
        }
        if self.walking().begun == 0 {
            let (least, most, ends) = (self.walking().least, self.walking().most, self.walking().ends);
            self.walking().wish = self.source().wish(|maker| wish(maker, names.len(), least, most, ends));
        }
        let walk = self.walking();
        if walk.is_over || walk.begun >= walk.most {
            return Ok(None);
        }
        let wish = walk.wish.take();
        let goes_on = wish.as_ref().is_none_or(|wish| walk.begun < wish.steps);
        walk.is_open = true;
        let source = self.source();
        source.open();
        if source.number(1, |_| u128::from(goes_on)) == 0 {
            self.close_step();
            self.walking().is_over = true;
            return Ok(None);
        }
        let most = names.len().saturating_sub(1) as u128;
        let step = source.number(most, |maker| {
            let all: usize = wish.iter().flat_map(|wish| &wish.weights).sum();
            let mut ticket = maker.random.below(all.max(1));
            let weights = wish.iter().flat_map(|wish| &wish.weights).enumerate();
            let mut chosen = weights.filter(|(_, weight)| {
                let is_it = ticket < **weight;
                ticket = ticket.saturating_sub(**weight);
                is_it
            });
            chosen.next().map_or(0, |(at, _)| at) as u128
        });
        // Iterators are mostly run through, and now and then left before their end.
        let tasted = source
            .number(4, |maker| if maker.random.one_in(6) { 1 + maker.random.below(4) } else { 0 } as u128);
        tracked::taste(usize::try_from(tasted).ok().and_then(|tasted| tasted.checked_sub(1)));
        let step = usize::try_from(step).unwrap_or(0);
        let walk = self.walking();
        walk.wish = wish;
        walk.begun += 1;
        walk.name = names.get(step).map_or_else(String::new, ToString::to_string);
        walk.shown.clear();
        Ok(Some(step))
    }

    pub(crate) fn close_step(&mut self) {
        if std::mem::take(&mut self.walking().is_open) {
            self.source().close();
        }
    }

    /// Makes an argument of the step: now and then one that an earlier step had.
    #[expect(clippy::needless_pass_by_value, reason = "generated code makes each generator where it is used")]
    pub fn argument<G: Generator>(&mut self, name: &str, generator: G) -> Result<G::Value, Stop> {
        let sort = type_name::<G::Value>();
        let earlier: Vec<Tape> = {
            let same = self.walking().arguments.iter().filter(|(known, _)| *known == sort);
            same.map(|(_, tape)| tape.clone()).collect()
        };
        let hints = self.source().wish(|maker| match maker.random.below(6) {
            0 | 1 => maker.random.pick(&earlier).cloned(),
            // A position is mostly one near the beginning.
            2..=4 if sort == "usize" => Some(vec![Choice::Number(maker.random.small(8) as u128)]),
            _ => None,
        });
        let start = self.recorded().len();
        self.source().hint_at(hints.flatten().unwrap_or_default());
        self.source().enter(name);
        let made = generator.make(self.source());
        self.source().leave();
        self.source().hint_at(Tape::new());
        let value = made?;
        let is_choice = |choice: &&Choice| !matches!(choice, Choice::Open | Choice::Close);
        let tape: Tape = self.recorded()[start..].iter().filter(is_choice).cloned().collect();
        let text = self.source().take_shown();
        let walk = self.walking();
        walk.arguments.push((sort, tape));
        walk.shown.push(text);
        Ok(value)
    }

    /// Lets the caller's code panic in the next step, now and then.
    pub fn fuse(&mut self) {
        let after = self.source().number(1_000, |maker| {
            if maker.random.one_in(2) { 0 } else { 1 + maker.random.small(12) as u128 }
        });
        let after = u64::try_from(after).unwrap_or(0);
        self.walking().fuse = after;
    }

    /// Lets an iterator that the step gives be forgotten rather than dropped, now and then.
    pub fn leaks(&mut self) {
        let forgets = self.source().number(1, |maker| u128::from(maker.random.one_in(8))) == 1;
        tracked::forget(forgets);
    }

    /// Whether the step is left out because its condition does not hold.
    pub fn skips(&mut self, holds: bool) -> bool {
        !holds
    }

    /// Takes the step.
    pub fn step<R>(&mut self, step: impl FnOnce() -> R) -> Result<R, Stop> {
        self.takes_step();
        let given = self.call(step)?;
        sound()?;
        Ok(given)
    }

    /// Takes the step, which may panic; nothing is what it gives then.
    pub fn dare<R>(&mut self, step: impl FnOnce() -> R) -> Result<Option<R>, Stop> {
        self.takes_step();
        let fuse = std::mem::take(&mut self.walking().fuse);
        let caught = self.call(|| {
            caller::light(fuse);
            let caught = panics::catch(step);
            caller::light(0);
            caught
        })?;
        sound()?;
        Ok(match caught {
            Ok(given) => Some(given),
            Err(panic) => {
                self.answered(&format!("panicked: {}", panic.message));
                None
            }
        })
    }

    fn takes_step(&mut self) {
        let walk = self.walking();
        walk.taken += 1;
        let (taken, text) = (walk.taken, walk.call());
        if self.is_showing() {
            self.show_value(Shown { name: format!("step {taken}"), text });
        }
    }

    /// Says how the answer of the step looked.
    pub fn gave(&mut self, looks: impl FnOnce() -> String) {
        if self.is_showing() {
            let looks = looks();
            self.answered(&looks);
        }
    }

    fn answered(&mut self, looks: &str) {
        let is_silent = looks.is_empty() || looks == "()" || looks.starts_with(NO_DEBUG);
        if self.is_showing() && !is_silent {
            self.lengthen_value(&format!(" → {looks}"));
        }
    }

    /// States that the reference gives what the step gave.
    pub fn as_reference(&mut self, given: &str, reference: &str) -> Result<(), Stop> {
        if tracked::has_forgotten() {
            self.part();
            return Ok(());
        }
        if agree(given, reference) {
            return Ok(());
        }
        let expected = format!("`{}` gives what the reference gives", self.walking().name);
        Err(Stop::violated(expected, format!("it gave {given}, and the reference {reference}")))
    }

    /// The reference cannot go along with what was left half done: the sequence ends here.
    pub fn part(&mut self) {
        self.walking().is_over = true;
    }

    /// States what has to be true after every step.
    pub fn holds(&mut self, text: &str, holds: bool) -> Result<(), Stop> {
        if holds {
            return Ok(());
        }
        let walk = self.walking();
        let seen = match walk.taken {
            0 => "it is false at the start".to_string(),
            taken => {
                format!("it is false after step {taken}, `{}`", walk.name)
            }
        };
        Err(Stop::violated(text, seen))
    }

    /// Says how something looks now.
    pub fn now(&mut self, name: &str, looks: impl FnOnce() -> String) {
        if self.is_showing() {
            let text = looks();
            if !text.starts_with(NO_DEBUG) {
                self.show_detail(name, text);
            }
        }
    }

    /// Lets go of the value, which has to be as sound as any step, and ends the case.
    pub fn leave<T>(&mut self, value: T) -> Result<(), Stop> {
        self.close_step();
        self.call(|| drop(value))?;
        self.ends()
    }

    /// The same for a value whose steps may panic.
    pub fn leave_panicking<T>(&mut self, value: T) -> Result<(), Stop> {
        self.close_step();
        drop(self.call(|| panics::catch(|| drop(value)))?);
        self.ends()
    }

    /// Ends a case whose value is gone.
    pub fn ends(&mut self) -> Result<(), Stop> {
        self.close_step();
        sound()?;
        let walk = self.walking();
        // Nothing was tried.
        if walk.begun > 0 && walk.taken == 0 { Err(Stop::rejected_by(By::When)) } else { Ok(()) }
    }
}

/// States that nothing was done to an element that must not be.
pub(crate) fn sound() -> Result<(), Stop> {
    tracked::fault().map_or(Ok(()), |fault| Err(Stop::violated(SOUND, fault)))
}

/// Whether two answers are the same, as far as both can be seen.
pub(crate) fn agree(given: &str, reference: &str) -> bool {
    // Which error it is, is up to each.
    let both_refuse = given.starts_with("Err(") && reference.starts_with("Err(");
    let is_silent = [given, reference].iter().any(|text| text.is_empty() || text.starts_with(NO_DEBUG));
    given == reference || both_refuse || is_silent
}

/// How long the sequence should get, and which steps it should have: some are left out, so that others come often.
fn wish(maker: &mut crate::tape::Maker<'_>, steps: usize, least: usize, most: usize, ends: &[usize]) -> Wish {
    let long = [4, 8, 8, 16, 16, 32, 64, 160][maker.random.below(8)];
    let length = (1 + maker.random.below(long)).clamp(least, most.max(least));
    let is_plain = maker.random.one_in(3);
    let mut weights: Vec<usize> = (0..steps)
        .map(|at| match (ends.contains(&at), is_plain) {
            (true, _) => 1,
            (false, true) => 8,
            (false, false) => [0, 2, 8, 16][maker.random.below(4)],
        })
        .collect();
    if weights.iter().sum::<usize>() == 0 {
        weights.fill(1);
    }
    Wish { steps: length, weights }
}

/// Elements are counted for a whole process: tests that look at the count take turns.
#[cfg(test)]
pub(crate) fn alone() -> std::sync::MutexGuard<'static, ()> {
    static TURN: std::sync::Mutex<()> = std::sync::Mutex::new(());
    TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
