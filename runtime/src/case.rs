//! One case: what the body of a generated test is given.

use std::any::Any;
use std::collections::VecDeque;
use std::fmt;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use constraints_wire::Shown;
use constraints_wire::measure::Counted;

use crate::answers::Given;
use crate::attacks::Context;
use crate::dictionary::Dictionary;
use crate::environment::{Environment, Variable};
use crate::generate::Generator;
use crate::measure::{Gauge, Length, Weight, weighed};
use crate::mutate::attack;
use crate::panics;
use crate::refusal::Accept;
use crate::sandbox::Sandbox;
use crate::show::{NO_DEBUG, show_debug};
use crate::source::Source;
use crate::stop::{By, Stop};
use crate::tape::{Choice, Tape};
use crate::turns::Turns;

mod harmless;

/// What the body is doing; tells where a panic came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Making values.
    #[default]
    Drawing,
    /// In the target.
    Calling,
    /// In a helper of the statement, such as the inverse.
    Checking(&'static str),
    /// In the statement itself.
    Stating,
}

/// One case: values are drawn, the target is called, the statement is judged.
#[expect(clippy::struct_excessive_bools, reason = "each says something else, and none goes with another")]
pub struct Case<'a> {
    source: Source<'a>,
    phase: Phase,
    /// Names of the values drawn so far.
    names: Vec<String>,
    values: Vec<Shown>,
    details: Vec<Shown>,
    given: Option<Given>,
    /// What others keep about it, each by its type.
    kept: Vec<Box<dyn Any>>,
    /// Values that are made of other choices than their own.
    substitutes: Vec<(String, Tape)>,
    /// Several threads use its value.
    is_shared: bool,
    /// Names of values that the next draws make again, harmlessly.
    harmless: VecDeque<String>,
    /// Whether those that were made so are letters, once there are some.
    are_letters: Option<bool>,
    /// Called with the tape before any code under test runs, so that it survives a crash.
    checkpoint: &'a mut dyn FnMut(&[Choice], &[Shown]),
    saved: usize,
    /// Variables that the process has to have.
    environment: Environment,
    /// The process was seen to have them.
    is_settled: bool,
    must_pass: bool,
    /// What the call is weighed by, if it is.
    gauge: Option<Arc<Gauge>>,
    /// The sizes of the case, and what was measured.
    weight: Weight,
    /// `n` was given by itself.
    has_n: bool,
    /// Where the choices of the values stand that grow.
    growing: Vec<Range<usize>>,
    /// The folder that the target may use, and what is around it.
    sandbox: Option<Sandbox>,
    /// In words, the build of the code under test.
    build: &'static str,
    /// How far the call is taken, if somebody says so.
    turns: Option<Turns>,
}

impl fmt::Debug for Case<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Case").field("phase", &self.phase).finish_non_exhaustive()
    }
}

impl<'a> Case<'a> {
    pub(crate) fn new(source: Source<'a>, checkpoint: &'a mut dyn FnMut(&[Choice], &[Shown])) -> Self {
        Self {
            source,
            phase: Phase::default(),
            names: Vec::new(),
            values: Vec::new(),
            details: Vec::new(),
            given: None,
            kept: Vec::new(),
            substitutes: Vec::new(),
            is_shared: false,
            harmless: VecDeque::new(),
            are_letters: None,
            checkpoint,
            saved: usize::MAX,
            environment: Environment::default(),
            is_settled: false,
            must_pass: false,
            gauge: None,
            weight: Weight::default(),
            has_n: false,
            growing: Vec::new(),
            sandbox: None,
            build: "in a build of which nothing is known",
            turns: None,
        }
    }

    pub(crate) fn source(&mut self) -> &mut Source<'a> {
        &mut self.source
    }

    /// What somebody keeps about the case, by its type; its default at first.
    pub(crate) fn kept<T: Any + Default>(&mut self) -> &mut T {
        let known = self.kept.iter().position(|it| it.is::<T>());
        let at = known.unwrap_or_else(|| {
            self.kept.push(Box::new(T::default()));
            self.kept.len() - 1
        });
        self.kept[at].downcast_mut().expect("its type was looked at")
    }

    /// Values of these names are made of these choices instead of their own, which stay on the tape.
    pub(crate) fn substitute(&mut self, substitutes: Vec<(String, Tape)>) {
        self.substitutes = substitutes;
    }

    /// Several threads use its value.
    pub(crate) fn share(&mut self) {
        self.is_shared = true;
    }

    /// Shows one more value with a witness.
    pub(crate) fn show_value(&mut self, shown: Shown) {
        self.values.push(shown);
        self.saved = usize::MAX;
    }

    /// Shows one more value, or another text of it, also where the code under test ends the process.
    pub(crate) fn note_value(&mut self, name: &str, text: &str) {
        if !self.source.is_showing() {
            return;
        }
        self.forget_value(name);
        self.show_value(Shown { name: name.to_string(), text: text.to_string() });
        self.save();
    }

    /// Shows a value no more.
    pub(crate) fn forget_value(&mut self, name: &str) {
        self.values.retain(|value| value.name != name);
    }

    /// Says more of the value that was shown last.
    pub(crate) fn lengthen_value(&mut self, more: &str) {
        if let Some(last) = self.values.last_mut() {
            last.text.push_str(more);
        }
    }

    /// Shows how something looks, in place of how it looked before.
    pub(crate) fn show_detail(&mut self, name: &str, text: String) {
        self.details.retain(|known| known.name != name);
        self.details.push(Shown { name: name.to_string(), text });
    }

    /// How far the call is taken: as far as it goes, unless somebody says otherwise.
    pub(crate) fn take_turns(&mut self) -> Turns {
        self.turns.take().unwrap_or_default()
    }

    pub(crate) fn put_turns(&mut self, turns: Turns) {
        self.turns = Some(turns);
    }

    /// How often the call waited, where it was only counted.
    pub(crate) fn counted(&self) -> Option<usize> {
        self.turns.as_ref().filter(|turns| turns.counts()).map(Turns::waits)
    }

    /// The code under test is built with debug assertions, or without.
    pub fn built(&mut self, is_checked: bool) -> Result<(), Stop> {
        let checked = "in a build with debug assertions";
        self.build = if is_checked { checked } else { "in a build without debug assertions" };
        Ok(())
    }

    /// In words, the build that was judged.
    pub(crate) fn build(&self) -> &'static str {
        self.build
    }

    /// Names of the values drawn so far.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// A number that is the same for the same choices.
    pub(crate) fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.recorded().hash(&mut hasher);
        hasher.finish()
    }

    /// Weighs what the target uses.
    pub(crate) fn weigh(&mut self, gauge: &Arc<Gauge>) {
        self.gauge = Some(Arc::clone(gauge));
    }

    /// What was measured.
    pub(crate) fn weight(&self) -> Weight {
        self.weight
    }

    /// Where the choices of the values stand that grow.
    pub(crate) fn growing(&self) -> &[Range<usize>] {
        &self.growing
    }

    /// Whether its values hang together with each other, or with variables of its process.
    pub(crate) fn is_entangled(&self) -> bool {
        self.environment != Environment::default() || self.source.resembles() || self.is_shared
    }

    pub(crate) fn is_must_pass(&self) -> bool {
        self.must_pass
    }

    pub(crate) fn samples(&self) -> usize {
        self.source.samples()
    }

    pub(crate) fn phase(&self) -> &Phase {
        &self.phase
    }

    pub(crate) fn operators_used(&self) -> u64 {
        self.source.used()
    }

    pub(crate) fn values_begun(&self) -> Vec<bool> {
        self.source.values_begun().to_vec()
    }

    /// What the case gave, for comparison with what it gives elsewhere.
    pub(crate) fn given(&self) -> Option<&Given> {
        self.given.as_ref()
    }

    pub(crate) fn give(&mut self, given: Given) {
        self.given = Some(given);
    }

    pub(crate) fn recorded(&self) -> &[Choice] {
        self.source.recorded()
    }

    pub(crate) fn dictionary(&self) -> &'a Dictionary {
        self.source.dictionary()
    }

    pub(crate) fn is_replaying(&self) -> bool {
        self.source.is_replaying()
    }

    pub(crate) fn into_parts(self) -> (Vec<Choice>, Vec<Shown>, Vec<Shown>) {
        (self.source.into_recorded(), self.values, self.details)
    }

    /// No sample may be refused as it stands: each has to get as far as the statement.
    pub fn must_pass(&mut self) {
        self.must_pass = true;
    }

    /// The process has this variable, from its start on.
    #[expect(clippy::needless_pass_by_value, reason = "generated code makes each generator where it is used")]
    pub fn env<G: Generator>(&mut self, name: &str, generator: G) -> Result<(), Stop>
    where
        G::Value: Variable,
    {
        self.phase = Phase::Drawing;
        let value = self.source.of_batch(|source| generator.make(source))?.variable();
        if self.source.is_showing() {
            let text = value.as_deref().map_or_else(|| "not set".to_string(), show_debug);
            self.values.push(Shown { name: format!("env.{name}"), text });
        }
        self.environment.set(name, value);
        Ok(())
    }

    /// Values are meant to break out of the context of this name.
    ///
    /// # Panics
    /// If there is no such context.
    pub fn against(&mut self, context: &str) -> Result<(), Stop> {
        let known = Context::named(context).unwrap_or_else(|| panic!("`{context}` is no context"));
        self.source.against(known);
        Ok(())
    }

    /// One of the rows of samples lends its values to the columns.
    pub fn sample_row(&mut self, rows: usize) {
        self.source.choose_row(rows);
    }

    /// Goes no further in a process that has other variables.
    fn settle(&mut self) -> Result<(), Stop> {
        // What the code under test does to them later is its own business.
        if self.is_settled || self.environment.is_that_of_this_process() {
            self.is_settled = true;
            return Ok(());
        }
        Err(Stop::elsewhere(self.environment.clone()))
    }

    /// Makes the value called `name`.
    #[expect(clippy::needless_pass_by_value, reason = "generated code makes each generator where it is used")]
    pub fn draw<G: Generator>(&mut self, name: &str, generator: G) -> Result<G::Value, Stop> {
        self.settle()?;
        self.phase = Phase::Drawing;
        if let Some(of) = self.harmless.pop_front() {
            return self.draw_harmless(&of, &generator);
        }
        self.source.begin_value(generator.has_samples());
        let start = self.source.recorded().len();
        self.names.push(name.to_string());
        self.source.enter(name);
        let made = generator.make(&mut self.source);
        self.source.leave();
        let value = made?;
        self.source.end_value(name, start);
        let substitute = self.substitutes.iter().find(|(known, _)| known == name);
        let value = match substitute.map(|(_, tape)| tape.clone()) {
            Some(tape) => {
                drop(self.source.take_shown());
                self.source.out_of(tape, false, |source| generator.make(source))?
            }
            None => value,
        };
        if self.source.is_showing() {
            let text = self.source.take_shown();
            self.values.push(Shown { name: name.to_string(), text });
        }
        self.save();
        Ok(value)
    }

    /// The next values are those of these names, one for one, with letters in place of all that could mean anything.
    pub(crate) fn make_harmless(&mut self, names: &[&str]) {
        self.harmless.extend(names.iter().map(ToString::to_string));
    }

    /// Makes the value called `name` again out of harmless texts; nothing but the choice of them stays on the tape.
    fn draw_harmless<G: Generator>(&mut self, name: &str, generator: &G) -> Result<G::Value, Stop> {
        let sample = if generator.has_samples() { harmless::sample(&mut self.source) } else { None };
        self.are_letters = Some(sample.is_none() && self.are_letters != Some(false));
        if let Some(sample) = sample {
            let value = self.source.sample(sample, |source| generator.make(source))?;
            drop(self.source.take_shown());
            return Ok(value);
        }
        let tape = attack::harmless(self.source.choices_of(name));
        let value = self.source.out_of(tape, false, |source| generator.make(source))?;
        drop(self.source.take_shown());
        Ok(value)
    }

    /// Makes the folder that the target may use.
    pub fn folder(&mut self, name: &str) -> Result<PathBuf, Stop> {
        self.settle()?;
        self.phase = Phase::Drawing;
        if self.source.is_showing() {
            self.values.push(Shown { name: name.to_string(), text: "an empty folder, ROOT".to_string() });
        }
        self.sandbox().map(|sandbox| sandbox.root()).map_err(|_| Stop::rejected())
    }

    /// The same as a text.
    pub fn folder_text(&mut self, name: &str) -> Result<String, Stop> {
        self.folder(name).map(|path| path.to_string_lossy().into_owned())
    }

    /// The folder that the target may use is the one at this path.
    pub fn within(&mut self, root: &(impl AsRef<std::path::Path> + ?Sized)) -> Result<(), Stop> {
        self.sandbox = self.source.take_sandbox(root.as_ref());
        Ok(())
    }

    /// The surroundings of the folder, made when they are first asked for.
    pub(crate) fn sandbox(&mut self) -> std::io::Result<&mut Sandbox> {
        if self.sandbox.is_none() {
            self.sandbox = Some(Sandbox::new()?);
        }
        self.sandbox.as_mut().ok_or_else(|| std::io::Error::other("no sandbox"))
    }

    /// The next values are near those of these names, one for one: equal but written otherwise, or one step apart.
    ///
    /// # Panics
    /// If there is no value of such a name.
    pub fn resemble(&mut self, names: &[&str]) {
        let position = |name: &&str| {
            let found = self.names.iter().position(|drawn| drawn == name);
            found.unwrap_or_else(|| panic!("no value `{name}` was drawn"))
        };
        let positions: Vec<usize> = names.iter().map(position).collect();
        self.source.resemble(&positions);
    }

    /// Gives the case up unless `holds`.
    pub fn when(&mut self, holds: bool) -> Result<(), Stop> {
        self.settle()?;
        if holds { Ok(()) } else { Err(Stop::rejected_by(By::When)) }
    }

    /// The size of the value called `name` counts, and grows.
    pub fn grows(&mut self, name: &str, length: Length) -> Result<(), Stop> {
        self.settle()?;
        let range = self.source.range_of(name).unwrap_or(0..0);
        let on_tape = || payload(self.source.recorded().get(range.clone()).unwrap_or_default());
        let bytes = length.bytes.unwrap_or_else(on_tape);
        if self.gauge.as_ref().is_some_and(|gauge| gauge.limits.is_beyond(length, bytes)) {
            return Err(Stop::rejected());
        }
        self.weight.size += bytes;
        if !self.has_n {
            self.weight.n += self.n_of(length, bytes, &range);
        }
        self.growing.push(range);
        Ok(())
    }

    /// The bytes or items of a value. Where items are texts that grow as well, all of it counts: else what grows inside
    /// of one would not be seen to grow.
    fn n_of(&self, length: Length, bytes: u64, range: &Range<usize>) -> u64 {
        let Some(items) = length.items else { return bytes };
        let counts_items =
            self.gauge.as_ref().is_some_and(|gauge| gauge.limits.largest().of == Counted::Items);
        if length.bytes.is_some() || counts_items {
            return items;
        }
        let choices = self.source.recorded().get(range.clone()).unwrap_or_default();
        let texts = choices.iter().filter(|choice| !matches!(choice, Choice::Number(_)));
        items + texts.map(payload_of).sum::<u64>()
    }

    /// What `n` is.
    pub fn n(&mut self, n: u64) -> Result<(), Stop> {
        self.settle()?;
        self.weight.n = n;
        self.has_n = true;
        Ok(())
    }

    /// Lets go of a value, which is weighed like the call that gave it.
    pub fn release<R>(&mut self, value: R) -> Result<(), Stop> {
        self.phase = Phase::Calling;
        match self.gauge.clone() {
            Some(gauge) => weighed(&gauge, &mut self.weight, || drop(value))?,
            None => drop(value),
        }
        self.phase = Phase::Stating;
        Ok(())
    }

    /// Calls the target.
    pub fn call<R>(&mut self, target: impl FnOnce() -> R) -> Result<R, Stop> {
        self.settle()?;
        self.save();
        self.phase = Phase::Calling;
        let result = match self.gauge.clone() {
            Some(gauge) => weighed(&gauge, &mut self.weight, target)?,
            None => target(),
        };
        self.phase = Phase::Stating;
        Ok(result)
    }

    /// Calls a target that refuses by a panic; the case is given up where it does.
    pub fn attempt<R>(&mut self, target: impl FnOnce() -> R) -> Result<R, Stop> {
        self.tolerate(target)?.ok_or_else(|| Stop::rejected_by(By::Panic))
    }

    /// Calls a target that may panic; nothing is what it gives then.
    pub fn tolerate<R>(&mut self, target: impl FnOnce() -> R) -> Result<Option<R>, Stop> {
        self.settle()?;
        self.save();
        self.phase = Phase::Calling;
        let result = match self.gauge.clone() {
            Some(gauge) => match weighed(&gauge, &mut self.weight, target) {
                Err(stop) if stop.is_by(By::Panic) => None,
                result => Some(result?),
            },
            None => panics::catch(target).ok(),
        };
        self.phase = Phase::Stating;
        Ok(result)
    }

    /// Gives the case up if the target refused its input.
    pub fn refused(&mut self, refuses: bool) -> Result<(), Stop> {
        if refuses { Err(Stop::rejected_by(By::Target)) } else { Ok(()) }
    }

    /// Whether the target refused matters only for samples, and only where they must pass.
    pub fn passed(&mut self, passes: bool) -> Result<(), Stop> {
        if passes || !self.source.is_sample() { Ok(()) } else { Err(Stop::rejected_by(By::Target)) }
    }

    /// Calls a helper of the statement.
    pub fn check<R>(&mut self, what: &'static str, helper: impl FnOnce() -> R) -> Result<R, Stop> {
        self.settle()?;
        self.save();
        self.phase = Phase::Checking(what);
        let result = helper();
        self.phase = Phase::Stating;
        Ok(result)
    }

    /// Calls a function of the statement that refuses by a panic; nothing where it does.
    pub fn ask<R>(&mut self, what: &'static str, helper: impl FnOnce() -> R) -> Result<Option<R>, Stop> {
        self.check(what, || panics::catch(helper).ok())
    }

    /// Goes on with what is inside; gives the case up when the target refused its input.
    pub fn accepted<A: Accept>(&mut self, answer: A) -> Result<A::Inside, Stop> {
        let inside = answer.inside();
        if self.are_letters == Some(true) {
            harmless::called(inside.is_some());
        }
        inside.ok_or_else(|| Stop::rejected_by(By::Target))
    }

    /// Shows a further value with a witness; for a value that was drawn, how it looks instead of how it was made.
    pub fn see(&mut self, name: &str, show: impl FnOnce() -> String) {
        if !self.source.is_showing() {
            return;
        }
        let text = show();
        match self.values.iter_mut().find(|value| value.name == name) {
            Some(drawn) => {
                if says_more(&text, &drawn.text) {
                    drawn.text = text;
                }
                // What was saved when it was drawn shows the other text.
                self.saved = usize::MAX;
            }
            None => self.details.push(Shown { name: name.to_string(), text }),
        }
    }

    /// States what has to be true, in the user's words.
    pub fn then(&mut self, text: &str, holds: bool) -> Result<(), Stop> {
        self.settle()?;
        if holds {
            return Ok(());
        }
        Err(Stop::violated(text, "it is false"))
    }

    /// States that two values are equal.
    pub fn same(&mut self, what: &str, equal: bool, show: impl FnOnce() -> [String; 2]) -> Result<(), Stop> {
        if equal {
            return Ok(());
        }
        let seen = if self.source.is_showing() {
            let [left, right] = show();
            format!("{left} is not {right}")
        } else {
            String::new()
        };
        Err(Stop::violated(what, seen))
    }

    pub(crate) fn is_showing(&self) -> bool {
        self.source.is_showing()
    }

    fn save(&mut self) {
        let recorded = self.source.recorded();
        if self.saved != recorded.len() {
            self.saved = recorded.len();
            (self.checkpoint)(recorded, &self.values);
        }
    }
}

/// Bytes that choices hold.
fn payload(choices: &[Choice]) -> u64 {
    choices.iter().map(payload_of).sum()
}

fn payload_of(choice: &Choice) -> u64 {
    match choice {
        Choice::Number(number) => u64::from(128 - number.leading_zeros()).div_ceil(8),
        Choice::Text(text) => text.len() as u64,
        Choice::Bytes(bytes) => bytes.len() as u64,
        Choice::Pumped(pumped) => pumped.length() as u64,
        Choice::Open | Choice::Close => 0,
    }
}

/// Whether a person learns more from the look of a value than from the expression that made it.
fn says_more(looks: &str, made: &str) -> bool {
    !looks.starts_with(NO_DEBUG) && (looks.len() <= SHORT || looks.len() <= made.len())
}

/// A look that is read at once, in bytes.
const SHORT: usize = 160;
