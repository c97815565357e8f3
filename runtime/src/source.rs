//! Where values come from: a tape of recorded choices, and chance behind its end.

use std::collections::VecDeque;
use std::ops::Range;

use crate::attacks::Context;
use crate::dictionary::Dictionary;
use crate::planting::Planting;
use crate::random::Random;
use crate::resemble;
use crate::sandbox::Sandbox;
use crate::stop::Stop;
use crate::tape::{Choice, Maker, Pumped, Tape, end_of_span};

/// What follows the end of a replayed tape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beyond {
    /// New random choices.
    Random,
    /// The simplest choice every time.
    Simplest,
}

/// Choices a case may make before it is given up as too large.
const LONGEST_TAPE: usize = 20_000;
/// The same for inputs that were made to grow.
const LONGEST_GROWN: usize = 4_000_000;
/// Values inside values of their own type end at this depth, or after so many choices.
const DEEPEST: usize = 64;
const CROWDED: usize = 4_000;

/// What is mixed into the declared values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Values {
    /// Hostile values, mutations of samples, words of the sources.
    #[default]
    Hostile,
    /// Nothing: samples stay as they are.
    AsDeclared,
}

/// Where generators take their choices from: a tape first, then chance.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each says something else, and none goes with another")]
pub struct Source<'a> {
    replayed: Tape,
    at: usize,
    beyond: Beyond,
    recorded: Tape,
    random: Random,
    dictionary: &'a Dictionary,
    /// How many cases came before: early cases stay close to the samples.
    effort: u64,
    /// Mutated values grow to about this many bytes.
    room: usize,
    /// The one value of the body that is changed in this case, if not all of them are.
    focus: Option<usize>,
    /// Texts are changed by printable ASCII alone.
    plain: bool,
    /// Operators to use seldom, and those used.
    seldom: u64,
    used: u64,
    /// The values the body has begun to draw: whether there are samples of each.
    begun: Vec<bool>,
    /// Where the choices of each of them start.
    starts: Vec<usize>,
    values: Values,
    /// Choices that the next values are to make rather than new ones, a list a value.
    resembled: VecDeque<VecDeque<Choice>>,
    /// Those of the value that is being made.
    hints: VecDeque<Choice>,
    /// How many values of types that contain themselves are open.
    nesting: usize,
    showing: bool,
    shown: String,
    /// How the pumped value looks that was made last.
    pumped: Option<String>,
    /// The case may be as large and as deep as its tape says.
    grown: bool,
    /// The spans that are open: whether each stands on the replayed tape.
    spans: Vec<bool>,
    /// Where the choices of each value stand.
    named: Vec<(String, Range<usize>)>,
    /// The row of samples that lends its values.
    row: usize,
    /// The row is taken as it stands.
    calm_row: bool,
    /// All values with samples are this one, as it stands.
    whole: Option<usize>,
    /// The most samples that any value has.
    samples: usize,
    /// What values are meant to break out of.
    context: Option<Context>,
    /// What decides the choices that a whole batch of cases shares, and the number of the batch.
    batch: Option<(Random, u64)>,
    /// Secrets that go into the values, if any do.
    planting: Option<Planting>,
    /// Folders that values lead to.
    sandboxes: Vec<Sandbox>,
    /// Some values are near others.
    resembles: bool,
}

impl<'a> Source<'a> {
    /// Makes new choices for case number `effort` of a body whose values, as far as they are known, have samples or not.
    pub(crate) fn fresh(
        mut random: Random,
        dictionary: &'a Dictionary,
        effort: u64,
        values: &[bool],
        plain: bool,
    ) -> Self {
        // Most cases are small, for small cases are quick, and most change a single value.
        let room = [64, 64, 256, 256, 256, 1024, 4096, 16 * 1024][random.below(8)];
        let focus = (values.len() > 1 && !random.one_in(4)).then(|| focus(&mut random, values));
        Self { effort, room, focus, plain, ..Self::with(Tape::new(), Beyond::Random, random, dictionary) }
    }

    /// Makes the choices on `tape` first, and new ones behind its end.
    pub(crate) fn beginning_with(mut self, tape: Tape) -> Self {
        self.replayed = tape;
        self
    }

    /// Makes the choices on `tape` again.
    pub(crate) fn replaying(tape: Tape, dictionary: &'a Dictionary) -> Self {
        Self::with(tape, Beyond::Simplest, Random::new(0), dictionary)
    }

    fn with(replayed: Tape, beyond: Beyond, random: Random, dictionary: &'a Dictionary) -> Self {
        Self {
            replayed,
            at: 0,
            beyond,
            recorded: Tape::new(),
            random,
            dictionary,
            effort: 0,
            room: 0,
            focus: None,
            plain: false,
            seldom: 0,
            used: 0,
            begun: Vec::new(),
            starts: Vec::new(),
            values: Values::Hostile,
            resembled: VecDeque::new(),
            hints: VecDeque::new(),
            nesting: 0,
            showing: false,
            shown: String::new(),
            pumped: None,
            grown: false,
            spans: Vec::new(),
            named: Vec::new(),
            row: 0,
            calm_row: false,
            whole: None,
            samples: 0,
            context: None,
            batch: None,
            planting: None,
            sandboxes: Vec::new(),
            resembles: false,
        }
    }

    /// Keeps a folder for as long as the case lasts.
    pub(crate) fn keep_sandbox(&mut self, sandbox: Sandbox) {
        self.sandboxes.push(sandbox);
    }

    /// Gives the folder whose root this is out of its hands.
    pub(crate) fn take_sandbox(&mut self, root: &std::path::Path) -> Option<Sandbox> {
        let at = self.sandboxes.iter().position(|sandbox| sandbox.root() == root)?;
        Some(self.sandboxes.swap_remove(at))
    }

    /// Values at `paths` are secret from here on, and so is what samples mark.
    pub(crate) fn plant(&mut self, paths: &[&str]) {
        self.planting = Some(Planting::new(paths));
    }

    /// What is planted, if anything is.
    pub(crate) fn planting(&self) -> Option<&Planting> {
        self.planting.as_ref()
    }

    /// Remembers a secret; gives the case up if it could turn up by chance.
    pub(crate) fn keep_secret(&mut self, secret: &[u8]) -> Result<(), Stop> {
        self.planting.get_or_insert_default().keep(secret)
    }

    /// The value or field of this name begins.
    pub(crate) fn enter(&mut self, name: &str) {
        if let Some(planting) = &mut self.planting {
            planting.enter(name);
        }
    }

    /// It ends.
    pub(crate) fn leave(&mut self) {
        if let Some(planting) = &mut self.planting {
            planting.leave();
        }
    }

    /// Takes the choices that a batch shares from `random`.
    pub(crate) fn in_batch(mut self, random: Random, number: u64) -> Self {
        self.batch = Some((random, number));
        self
    }

    /// Makes choices that are the same in every case of the batch.
    pub(crate) fn of_batch<R>(&mut self, draw: impl FnOnce(&mut Self) -> R) -> R {
        let Some((random, number)) = self.batch.clone() else { return draw(self) };
        let random = std::mem::replace(&mut self.random, random);
        let before = (self.effort, self.room, self.focus, self.plain, self.seldom, self.whole);
        (self.effort, self.room, self.focus, self.plain) = (number, 256, None, false);
        (self.seldom, self.whole) = (0, None);
        let made = draw(self);
        self.random = random;
        (self.effort, self.room, self.focus, self.plain, self.seldom, self.whole) = before;
        made
    }

    /// All values with samples are sample number `whole`, as it stands.
    pub(crate) fn whole(mut self, whole: usize) -> Self {
        self.whole = Some(whole);
        self
    }

    /// Whether the values are samples as they stand because none of them may be refused.
    pub(crate) fn is_sample(&self) -> bool {
        self.whole.is_some()
    }

    /// The most samples that any value has.
    pub(crate) fn samples(&self) -> usize {
        self.samples
    }

    /// Chooses one of `rows`; the first cases take each as it stands.
    pub(crate) fn choose_row(&mut self, rows: usize) {
        let most = rows.saturating_sub(1) as u128;
        let mut fixed = None;
        let row = self.number(most, |maker| {
            maker.has_samples(rows);
            let early = usize::try_from(maker.effort).ok().filter(|effort| *effort < rows);
            fixed = maker.whole.or(early);
            fixed.map_or_else(|| maker.random.below(rows), |at| at % rows.max(1)) as u128
        });
        self.row = usize::try_from(row).unwrap_or(0);
        self.calm_row = fixed.is_some();
    }

    /// The row that was chosen.
    pub(crate) fn row(&self) -> usize {
        self.row
    }

    /// Values are meant to break out of `context`.
    pub(crate) fn against(&mut self, context: Context) {
        self.context = Some(context);
    }

    /// A value of the body begins.
    pub(crate) fn begin_value(&mut self, has_samples: bool) {
        self.begun.push(has_samples);
        self.starts.push(self.recorded.len());
        self.hints = self.resembled.pop_front().unwrap_or_default();
    }

    /// Mixes in what `values` says.
    pub(crate) fn mixing(mut self, values: Values) -> Self {
        self.values = values;
        self
    }

    /// The words it draws from.
    pub(crate) fn dictionary(&self) -> &'a Dictionary {
        self.dictionary
    }

    /// Whether some values are near others.
    pub(crate) fn resembles(&self) -> bool {
        self.resembles
    }

    /// Whether samples stay as they are.
    pub(crate) fn is_as_declared(&self) -> bool {
        self.values == Values::AsDeclared
    }

    /// The next values are near the values begun at `positions`, in that order; now and then equal or unrelated.
    pub(crate) fn resemble(&mut self, positions: &[usize]) {
        self.resembles = true;
        if self.is_replaying() {
            return;
        }
        let choices = |at: &usize| {
            let start = self.starts[*at];
            let end = self.starts.get(at + 1).copied().unwrap_or(self.recorded.len());
            // The ends of parts are put down again by whoever makes them.
            let is_choice = |choice: &&Choice| !matches!(choice, Choice::Open | Choice::Close);
            self.recorded[start..end].iter().filter(is_choice).cloned().collect()
        };
        let mut values: Vec<Vec<Choice>> = positions.iter().map(choices).collect();
        resemble::change(&mut values, &mut self.maker());
        self.resembled = values.into_iter().map(VecDeque::from).collect();
    }

    /// The choice that the value is to make, if it is of the wanted sort.
    fn hint<T>(&mut self, open: impl Fn(Choice) -> Option<T>) -> Option<T> {
        open(self.hints.pop_front()?)
    }

    /// The next value is to make these choices rather than new ones, as far as they fit.
    pub(crate) fn hint_at(&mut self, choices: Tape) {
        self.hints = choices.into();
    }

    /// The values the body has begun to draw: whether there are samples of each.
    pub(crate) fn values_begun(&self) -> &[bool] {
        &self.begun
    }

    /// The value that began at choice `start` is complete.
    pub(crate) fn end_value(&mut self, name: &str, start: usize) {
        self.named.push((name.to_owned(), start..self.recorded.len()));
    }

    /// The choices that made a value of the body.
    pub(crate) fn choices_of(&self, name: &str) -> Tape {
        let value = self.named.iter().rev().find(|(known, _)| known == name);
        value.and_then(|(_, range)| self.recorded.get(range.clone())).unwrap_or_default().to_vec()
    }

    /// Makes something out of other choices than those on the tape; leaves nothing on the tape unless they are `kept`.
    pub(crate) fn out_of<T>(&mut self, tape: Tape, kept: bool, make: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.recorded.len();
        let replayed = std::mem::replace(&mut self.replayed, tape);
        let (at, spans) = (std::mem::take(&mut self.at), std::mem::take(&mut self.spans));
        let beyond = std::mem::replace(&mut self.beyond, Beyond::Simplest);
        let value = make(self);
        (self.replayed, self.at, self.spans, self.beyond) = (replayed, at, spans, beyond);
        if !kept {
            self.recorded.truncate(length);
        }
        value
    }

    /// Makes the sample of this number as it stands; leaves nothing on the tape.
    pub(crate) fn sample<T>(&mut self, number: usize, make: impl FnOnce(&mut Self) -> T) -> T {
        let whole = self.whole.replace(number);
        let value = self.out_of(Tape::new(), false, |source| {
            source.beyond = Beyond::Random;
            make(source)
        });
        self.whole = whole;
        value
    }

    /// What `make` makes of chance; nothing where choices are replayed.
    pub(crate) fn wish<T>(&mut self, make: impl FnOnce(&mut Maker<'_>) -> T) -> Option<T> {
        let is_fresh = self.beyond == Beyond::Random && self.at >= self.replayed.len();
        is_fresh.then(|| make(&mut self.maker()))
    }

    /// Uses some operators on values seldom.
    pub(crate) fn using_seldom(mut self, operators: u64) -> Self {
        self.seldom = operators;
        self
    }

    /// Operators used on values.
    pub(crate) fn used(&self) -> u64 {
        self.used
    }

    /// The case may be as large and as deep as its tape says.
    pub(crate) fn grown(mut self) -> Self {
        self.grown = true;
        self
    }

    /// Also writes down how every value looks.
    pub(crate) fn showing(mut self) -> Self {
        self.showing = true;
        self
    }

    pub(crate) fn is_showing(&self) -> bool {
        self.showing
    }

    pub(crate) fn recorded(&self) -> &Tape {
        &self.recorded
    }

    pub(crate) fn into_recorded(self) -> Tape {
        self.recorded
    }

    pub(crate) fn is_full(&self) -> bool {
        self.recorded.len() > if self.grown { LONGEST_GROWN } else { LONGEST_TAPE }
    }

    /// Whether what contains itself has to come to an end.
    pub(crate) fn is_deep(&self) -> bool {
        if self.grown {
            return false;
        }
        self.nesting > DEEPEST || (self.nesting > 0 && self.recorded.len() > CROWDED)
    }

    /// Makes a value, one level deeper if it `contains_itself`.
    pub(crate) fn nest<T>(&mut self, contains_itself: bool, make: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.nesting;
        self.nesting += usize::from(contains_itself);
        let value = make(self);
        self.nesting = before;
        value
    }

    /// Whether the next choice stands on the tape, or is the simplest one: it would be the same if it were made again.
    pub(crate) fn is_replaying(&self) -> bool {
        self.at < self.replayed.len() || self.beyond == Beyond::Simplest
    }

    /// Takes back all choices but the first `kept`.
    pub(crate) fn forget(&mut self, kept: usize) {
        self.recorded.truncate(kept);
    }

    /// A number from 0 to `most`.
    pub(crate) fn number(&mut self, most: u128, make: impl FnOnce(&mut Maker<'_>) -> u128) -> u128 {
        let number = match self.replay() {
            Replay::Choice(Choice::Number(number)) if number <= most => number,
            Replay::Choice(Choice::Number(number)) => number.checked_rem(most.saturating_add(1)).unwrap_or(0),
            Replay::Fresh => {
                let hint = self.hint(|choice| match choice {
                    Choice::Number(number) => Some(number).filter(|number| *number <= most),
                    _ => None,
                });
                hint.unwrap_or_else(|| make(&mut self.maker()).min(most))
            }
            Replay::Simplest | Replay::Choice(_) => 0,
        };
        self.recorded.push(Choice::Number(number));
        number
    }

    /// The value of a pumped choice, which stays on the tape as it is.
    fn pumped(&mut self, pumped: Box<Pumped>) -> Vec<u8> {
        let bytes = pumped.render();
        self.pumped = self.showing.then(|| pumped.shown());
        self.recorded.push(Choice::Pumped(pumped));
        bytes
    }

    /// Where the choices of the value called `name` stand.
    pub(crate) fn range_of(&self, name: &str) -> Option<Range<usize>> {
        self.named.iter().rev().find(|(known, _)| known == name).map(|(_, range)| range.clone())
    }

    /// A text.
    pub(crate) fn text(&mut self, make: impl FnOnce(&mut Maker<'_>) -> String) -> String {
        let text = match self.replay() {
            Replay::Choice(Choice::Text(text)) => text,
            Replay::Choice(Choice::Pumped(pumped)) => {
                return String::from_utf8(self.pumped(pumped))
                    .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
            }
            Replay::Fresh => {
                let hint =
                    self.hint(|choice| if let Choice::Text(text) = choice { Some(text) } else { None });
                hint.unwrap_or_else(|| make(&mut self.maker()))
            }
            Replay::Simplest | Replay::Choice(_) => String::new(),
        };
        self.recorded.push(Choice::Text(text.clone()));
        text
    }

    /// Bytes.
    pub(crate) fn bytes(&mut self, make: impl FnOnce(&mut Maker<'_>) -> Vec<u8>) -> Vec<u8> {
        let bytes = match self.replay() {
            Replay::Choice(Choice::Bytes(bytes)) => bytes,
            Replay::Choice(Choice::Pumped(pumped)) => return self.pumped(pumped),
            Replay::Fresh => {
                let hint =
                    self.hint(|choice| if let Choice::Bytes(bytes) = choice { Some(bytes) } else { None });
                hint.unwrap_or_else(|| make(&mut self.maker()))
            }
            Replay::Simplest | Replay::Choice(_) => Vec::new(),
        };
        self.recorded.push(Choice::Bytes(bytes.clone()));
        bytes
    }

    /// Bytes that are text wherever they can be: on the tape that is easier to make small and to read.
    pub(crate) fn raw(&mut self, make: impl FnOnce(&mut Maker<'_>) -> Vec<u8>) -> Vec<u8> {
        let bytes = match self.replay() {
            Replay::Choice(Choice::Text(text)) => text.into_bytes(),
            Replay::Choice(Choice::Bytes(bytes)) => bytes,
            Replay::Choice(Choice::Pumped(pumped)) => return self.pumped(pumped),
            Replay::Fresh => make(&mut self.maker()),
            Replay::Simplest | Replay::Choice(_) => Vec::new(),
        };
        self.recorded.push(match String::from_utf8(bytes.clone()) {
            Ok(text) => Choice::Text(text),
            Err(_) => Choice::Bytes(bytes.clone()),
        });
        bytes
    }

    /// The choices up to the matching [`Self::close`] belong together.
    pub(crate) fn open(&mut self) {
        let is_on_tape = self.replayed.get(self.at) == Some(&Choice::Open);
        self.at += usize::from(is_on_tape);
        self.spans.push(is_on_tape);
        self.recorded.push(Choice::Open);
    }

    /// Ends what [`Self::open`] began; what a replayed tape holds more of it is passed over.
    pub(crate) fn close(&mut self) {
        if self.spans.pop() == Some(true) {
            while let Some(choice) = self.replayed.get(self.at) {
                match choice {
                    Choice::Close => break,
                    Choice::Open => self.skip_span(),
                    _ => self.at += 1,
                }
            }
            self.at += 1;
        }
        self.recorded.push(Choice::Close);
    }

    fn skip_span(&mut self) {
        let rest = self.replayed.get(self.at..).unwrap_or_default();
        self.at += end_of_span(rest) + 1;
    }

    /// Says how the value just made looks, if anybody wants to know.
    pub(crate) fn show(&mut self, text: impl FnOnce() -> String) {
        if self.showing {
            self.shown = self.pumped.take().unwrap_or_else(text);
        }
    }

    /// How the last value looks.
    pub(crate) fn take_shown(&mut self) -> String {
        std::mem::take(&mut self.shown)
    }

    fn maker(&mut self) -> Maker<'_> {
        let calm = self.calm_row || self.focus.is_some_and(|focus| focus + 1 != self.begun.len());
        let choices = self.recorded.len();
        let Self {
            random,
            dictionary,
            effort,
            room,
            plain,
            values,
            seldom,
            used,
            whole,
            samples,
            nesting,
            context,
            ..
        } = self;
        Maker {
            random,
            dictionary,
            effort: *effort,
            room: *room,
            calm,
            as_declared: *values == Values::AsDeclared,
            plain: *plain,
            seldom: *seldom,
            used,
            nesting: *nesting,
            choices,
            whole: *whole,
            context: *context,
            samples: Some(samples),
        }
    }

    fn replay(&mut self) -> Replay {
        loop {
            match self.replayed.get_mut(self.at) {
                None => break,
                // A span that ends early leaves the next one where it is.
                Some(Choice::Close) if self.spans.contains(&true) => return Replay::Simplest,
                Some(Choice::Close) => self.at += 1,
                Some(Choice::Open) => self.skip_span(),
                Some(choice) => {
                    self.at += 1;
                    return Replay::Choice(std::mem::replace(choice, Choice::Number(0)));
                }
            }
        }
        match self.beyond {
            Beyond::Random => Replay::Fresh,
            Beyond::Simplest => Replay::Simplest,
        }
    }
}

/// The value to change. One with samples has a format, and where there is a format there is more to get wrong.
fn focus(random: &mut Random, values: &[bool]) -> usize {
    let tickets: Vec<usize> = values
        .iter()
        .enumerate()
        .flat_map(|(at, has_samples)| vec![at; if *has_samples { 4 } else { 1 }])
        .collect();
    random.pick(&tickets).copied().unwrap_or(0)
}

enum Replay {
    Choice(Choice),
    Fresh,
    Simplest,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_that_ends_early_or_late_moves_no_other() {
        let dictionary = Dictionary::default();
        let drawn = |spans: &[&[u128]]| {
            let of = |numbers: &&[u128]| {
                let inside = numbers.iter().map(|number| Choice::Number(*number));
                std::iter::once(Choice::Open).chain(inside).chain([Choice::Close]).collect::<Tape>()
            };
            let tape = spans.iter().flat_map(of).collect();
            let mut source = Source::replaying(tape, &dictionary);
            let pair = |source: &mut Source<'_>| {
                source.open();
                let pair = [source.number(9, |_| 0), source.number(9, |_| 0)];
                source.close();
                pair
            };
            [pair(&mut source), pair(&mut source)]
        };
        assert_eq!(drawn(&[&[1, 2], &[3, 4]]), [[1, 2], [3, 4]]);
        assert_eq!(drawn(&[&[1], &[3, 4]]), [[1, 0], [3, 4]]);
        assert_eq!(drawn(&[&[1, 2, 9], &[3, 4]]), [[1, 2], [3, 4]]);
        assert_eq!(drawn(&[&[3, 4]]), [[3, 4], [0, 0]]);
    }
}
