//! Leads the search to where it has not been.
//!
//! Takes what a case made the code under test do, edge by edge; keeps the tapes of those that did something no earlier
//! case did, and gives changed copies of them for further cases. A tape that is kept is run once more while the code is
//! overheard: what it compares with what tells what it waits for. In a build that does not count edges nothing is kept,
//! and the search goes by chance alone.
//! Never judges, and knows no kind and no type: it sees choices and edges.

use std::rc::Rc;
use std::time::Duration;

use self::agreed::Agreed;
use self::compared::{Change, Checks, likely, suggested};
use self::shortest::Shortest;
use crate::count::{self, Compared, Pair, Work};
use crate::dictionary::Dictionary;
use crate::mutate;
use crate::quick_hash::{QuickMap, QuickSet};
use crate::random::Random;
use crate::source::Source;
use crate::tape::Tape;

mod agreed;
mod compared;
mod shortest;

/// Places to remember pairs of compared numbers in, as a power of two; pairs that share one share its uses.
const PLACES: u32 = 18;
/// Comparisons that are remembered while one tape is looked at, as a power of two.
const LAST: u32 = 12;
/// Suggestions that wait at most.
const WAITING: usize = 2_000;
/// Tapes that wait at most which went where nothing had been compared, and suggestions of each.
const UNHEARD: usize = 500;
const OF_UNHEARD: usize = 48;
/// A comparison suggests something for so many tapes: what helps one of them may be too short or too early in another.
const USES: u8 = 12;
/// Pairs of one tape that suggest something.
const AT_ONCE: usize = 512;
/// Suggestions that follow from one another without anything else that is new.
const STEPS: u32 = 16;
/// Mends that follow from one another: a checksum of a part, one of the whole, and lengths.
const MENDS: u32 = 4;
/// Tapes that are kept at most.
const KEPT: usize = 4_000;
/// Longer tapes are not kept: changing them takes longer than what they could tell is worth.
const LONGEST: usize = 10_000;
/// A case that took less is not slow, and one that took so many times what cases take is.
const QUICK: Duration = Duration::from_millis(1);
const SLOW: u32 = 4;
/// Led cases get so many hundredths of the work at least and at most.
const LEAST: u64 = 10;
const MOST: u64 = 50;
/// One of so many led cases is left to what was kept: where much is compared, suggestions wait without end.
const UNTOLD: usize = 3;
/// Of these, one of so many only makes a tape shorter.
const CUT: usize = 8;
/// The first cases are made anew, for there is nothing to go by yet.
const FIRST: u64 = 32;

/// A tape, and what is to become of it.
struct Suggestion {
    tape: Rc<Tape>,
    change: Change,
    /// The number of suggestions that led here.
    steps: u32,
}

/// Tapes that did something new, in the order in which they were found.
#[derive(Default)]
pub(crate) struct Guide {
    /// For each edge, the numbers of passes that were seen, as bits.
    seen: Vec<u8>,
    kept: Vec<Tape>,
    shortest: Shortest,
    /// What comparisons suggested and was not tried yet.
    suggested: Vec<Suggestion>,
    /// The same of comparisons at places in the code of which nobody had heard: for each tape, the likeliest last.
    unheard: Vec<Vec<Suggestion>>,
    /// That number, while a suggestion is tried.
    trying: Option<u32>,
    heard: Heard,
    agreed: Agreed,
    /// Changes that make numbers agree again; they come before all else.
    mends: Vec<Suggestion>,
    /// How many led to the running case, if it is a mended one.
    mending: Option<u32>,
    led: News,
    fresh: News,
    /// Whether the running case is led.
    is_led: bool,
    /// What was done when it began.
    began: Work,
    /// Cases that were looked at, and how long they took together.
    cases: u32,
    took: Duration,
    is_on: bool,
}

/// How often each comparison suggested something, and the tapes that went through each place where something is compared.
#[derive(Default)]
struct Heard {
    /// For each place in the code.
    tapes: QuickMap<u64, u8>,
    /// The uses of a pair, and the last tape it was heard of.
    places: Vec<(u8, u32)>,
    /// Comparisons, and the tapes of which they were heard last: few, so that they are at hand.
    last: Vec<(u64, u32)>,
    tape: u32,
    checks: Checks,
}

impl Heard {
    /// Some of the pairs of one more tape, each once: first those that were compared where hardly anything was yet, then
    /// others that have uses left, of which one is used up; none of these where the first are wanted alone.
    fn useful(&mut self, compared: &[Compared], only_unheard: bool, random: &mut Random) -> [Vec<Pair>; 2] {
        /// Tapes after which a place in the code is known.
        const FEW: u8 = 2;
        self.places.resize(1 << PLACES, (0, 0));
        self.last.resize(1 << LAST, (0, 0));
        self.tape += 1;
        let (mut unheard, mut others) = (Vec::new(), Vec::new());
        let mut here = QuickSet::default();
        for compared in compared {
            let Compared { pair, place: in_code, .. } = compared;
            // Loops compare the same again and again.
            let mixed = mixed(*pair) ^ in_code.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let last = &mut self.last[(mixed >> (64 - LAST)) as usize];
            if std::mem::replace(last, (mixed, self.tape)) == (mixed, self.tape) {
                continue;
            }
            if pair.0 == pair.1 || !compared::may_stand_in_input(*pair) || self.checks.is_one(compared) {
                continue;
            }
            let (uses, tape) = &mut self.places[place(*pair)];
            let is_first = std::mem::replace(tape, self.tape) != self.tape;
            here.insert(*in_code);
            if self.tapes.get(in_code).is_none_or(|tapes| *tapes < FEW) {
                unheard.push(*pair);
            } else if is_first && *uses < USES {
                others.push(*pair);
            }
        }
        unheard.sort_unstable();
        unheard.dedup();
        for in_code in here {
            let tapes = self.tapes.entry(in_code).or_default();
            *tapes = tapes.saturating_add(1);
        }
        if only_unheard {
            others.clear();
        }
        for pairs in [&mut unheard, &mut others] {
            // A loop compares its counter as often as it goes round; what else there is is to get its turn.
            random.shuffle(pairs);
            pairs.truncate(AT_ONCE);
        }
        for pair in &others {
            self.places[place(*pair)].0 += 1;
        }
        [unheard, others]
    }
}

/// Where a pair is remembered.
fn place(pair: Pair) -> usize {
    (mixed(pair) >> (64 - PLACES)) as usize
}

fn mixed((left, right): Pair) -> u64 {
    (left ^ right.rotate_left(32).wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xd6e8_feb8_6659_fd93)
}

/// How many cases did something new, of late, and how much they did for that.
#[derive(Default)]
struct News {
    new: u64,
    cases: u64,
    /// Edges passed and bytes moved.
    work: u64,
}

impl News {
    /// What counts as late.
    const LATE: u64 = 512;
    /// What a case costs beside what is counted.
    const ASIDE: u64 = 1_000;

    fn count(&mut self, is_new: bool, work: u64) {
        self.new += u64::from(is_new);
        self.cases += 1;
        self.work += work + Self::ASIDE;
        if self.cases >= Self::LATE {
            *self = Self { new: self.new / 2, cases: self.cases / 2, work: self.work / 2 };
        }
    }

    /// The work of one case.
    fn mean(&self) -> u64 {
        self.work / self.cases.max(1)
    }

    /// New ones for so much work, as if one of eight earlier ones had been.
    fn rate(&self, mean: u64) -> u64 {
        (self.new + 1) * 1_000_000_000 / (self.work + 8 * mean).max(1)
    }
}

impl Guide {
    pub(crate) fn new() -> Self {
        Self { is_on: count::is_counting(), ..Self::default() }
    }

    /// Goes by chance alone from here on.
    pub(crate) fn switch_off(&mut self) {
        *self = Self::default();
    }

    /// A case begins: what was passed before is none of its doing.
    pub(crate) fn begin(&mut self) {
        if self.is_on {
            self.began = Work::now();
            count::take_passed(|_, _| {});
            count::listen(self.listens());
        }
    }

    /// Whether it matters what the running case compares.
    fn listens(&self) -> bool {
        self.trying.is_some() || self.agreed.is_any()
    }

    /// Looks at what a case did; keeps its tape if it was something new, and says so.
    ///
    /// One that took far longer than others is not kept: its like would eat the time of many others.
    pub(crate) fn ended(&mut self, tape: &Tape, took: Duration, random: &mut Random) -> bool {
        if !self.is_on {
            return false;
        }
        let mut is_new = false;
        let length = shortest::length(tape);
        count::take_passed(|edge, times| {
            is_new |= self.sees(edge, times);
            self.shortest.passes(edge, length);
        });
        // A case that was made elsewhere counts as one of chance.
        let source = if std::mem::take(&mut self.is_led) { &mut self.led } else { &mut self.fresh };
        source.count(is_new, Work::now().since(self.began).total());
        // The first one has nothing to be measured by, and what is made once.
        let is_slow = self.cases > 0 && took > QUICK && took > self.took * SLOW / self.cases;
        (self.cases, self.took) = (self.cases.saturating_add(1), self.took + took);
        if self.listens() {
            count::listen(false);
            let compared = count::take_compared();
            if let Some(steps) = self.trying.take() {
                // A comparison that no case made before is a step, even where no edge tells it from others.
                self.learn(tape, &compared, steps + 1, random);
            }
            self.mend(tape, &compared, is_new, random);
        }
        self.shortest.ended(tape, length, !is_slow && tape.len() <= LONGEST);
        is_new && !is_slow && self.keep(tape)
    }

    /// Runs a tape that was kept once more, to hear what its numbers are compared with.
    pub(crate) fn overhear(&mut self, tape: &Tape, run: impl FnOnce(Tape), random: &mut Random) {
        count::listen(true);
        run(tape.clone());
        count::listen(false);
        let compared = count::take_compared();
        self.agreed.note(tape, &compared);
        self.learn(tape, &compared, 0, random);
    }

    /// What makes numbers of a case agree again that agreed in others is tried next.
    fn mend(&mut self, tape: &Tape, compared: &[Compared], is_new: bool, random: &mut Random) {
        let steps = self.mending.take();
        if steps.is_some() {
            self.agreed.tried(compared, is_new);
        }
        let steps = steps.map_or(0, |steps| steps + 1);
        if steps >= MENDS || tape.len() > LONGEST || !self.agreed.is_any() {
            return;
        }
        let changes = self.agreed.mend(tape, compared, random);
        self.mends.extend(suggestions(tape, changes, steps));
    }

    fn learn(&mut self, tape: &Tape, compared: &[Compared], steps: u32, random: &mut Random) {
        if steps > STEPS || tape.len() > LONGEST {
            return;
        }
        let room = WAITING.saturating_sub(self.suggested.len());
        self.heard.checks.look(tape, compared);
        let [unheard, others] = self.heard.useful(compared, room == 0, random);
        if !others.is_empty() {
            let changes = suggested(tape, &others, room, random);
            self.suggested.extend(suggestions(tape, changes, steps));
        }
        if !unheard.is_empty() {
            let changes = likely(tape, &unheard, OF_UNHEARD, random);
            if !changes.is_empty() {
                self.unheard.push(suggestions(tape, changes, steps).collect());
            }
            if self.unheard.len() > UNHEARD {
                self.unheard.remove(random.below(UNHEARD));
            }
        }
    }

    /// An edge was passed so often; whether that is new.
    fn sees(&mut self, edge: u32, times: u8) -> bool {
        let (edge, bit) = (edge as usize, bucket(times));
        if self.seen.len() <= edge {
            self.seen.resize(edge + 1, 0);
        }
        let is_new = self.seen[edge] & bit == 0;
        self.seen[edge] |= bit;
        is_new
    }

    fn keep(&mut self, tape: &Tape) -> bool {
        let is_kept = self.kept.len() < KEPT && tape.len() <= LONGEST;
        if is_kept {
            self.kept.push(tape.clone());
        }
        is_kept
    }

    /// Of 1,000 cases, those to be led: so many that they get their share of the work.
    fn led_cases(&self) -> u64 {
        let mean = |news: &News| if news.cases == 0 { self.fresh.mean() } else { news.mean() }.max(1);
        let (led, fresh) = (self.led.rate(mean(&self.led)), self.fresh.rate(mean(&self.fresh)));
        let share = (led * 100 / (led + fresh).max(1)).clamp(LEAST, MOST);
        let (led, fresh) = (share * mean(&self.fresh), (100 - share) * mean(&self.led));
        led * 1_000 / (led + fresh).max(1)
    }

    /// The latest suggestion, or any other one: each that is tried may bring more, and would bury those before it.
    fn next_suggestion(&mut self, random: &mut Random) -> Option<Suggestion> {
        if !self.unheard.is_empty() && (self.suggested.is_empty() || random.one_in(2)) {
            let last = self.unheard.len() - 1;
            let at = if random.one_in(2) { random.below(last + 1) } else { last };
            let next = self.unheard[at].pop();
            if self.unheard[at].is_empty() {
                self.unheard.remove(at);
            }
            return next;
        }
        let waiting = self.suggested.len();
        if waiting > 1 && random.one_in(2) {
            return Some(self.suggested.remove(random.below(waiting)));
        }
        self.suggested.pop()
    }

    /// A changed copy of a tape that did something new; nothing where chance is to decide.
    ///
    /// Which of the two the next case is goes by which of them did more that was new for its work of late; neither
    /// ever ends.
    pub(crate) fn tape(&mut self, index: u64, random: &mut Random, dictionary: &Dictionary) -> Option<Tape> {
        if let Some(Suggestion { tape, change, steps }) = self.mends.pop() {
            self.is_led = true;
            self.mending = Some(steps);
            return Some(change.made(&tape));
        }
        let is_ready = index >= FIRST && !self.kept.is_empty();
        self.is_led = is_ready && (random.below(1_000) as u64) < self.led_cases();
        if !self.is_led {
            return None;
        }
        if !random.one_in(UNTOLD)
            && let Some(Suggestion { tape, change, steps }) = self.next_suggestion(random)
        {
            self.trying = Some(steps);
            return Some(change.made(&tape));
        }
        if random.one_in(CUT)
            && let Some(mut tape) = self.shortest.any(random).cloned()
        {
            mutate::tape::cut(&mut tape, random);
            return Some(tape);
        }
        let (mut tape, other) = (self.parent(random).clone(), self.parent(random));
        let seed = Random::new(random.next());
        let plain = random.one_in(4);
        Source::fresh(seed, dictionary, index, &[], plain)
            .wish(|maker| mutate::tape::change(&mut tape, other, maker));
        Some(tape)
    }

    /// A tape to be changed, or to lend its parts, if any is kept.
    fn parent(&self, random: &mut Random) -> &Tape {
        if random.one_in(2)
            && let Some(tape) = self.shortest.any(random)
        {
            return tape;
        }
        // The latest more often: they came the furthest.
        let among = if random.one_in(2) { self.kept.len() } else { self.kept.len().min(16) };
        &self.kept[self.kept.len() - 1 - random.below(among)]
    }
}

/// What is to be tried with one tape; a copy of it is made only where there is something.
fn suggestions(tape: &Tape, changes: Vec<Change>, steps: u32) -> impl Iterator<Item = Suggestion> {
    let tape = (!changes.is_empty()).then(|| Rc::new(tape.clone()));
    changes.into_iter().filter_map(move |change| Some(Suggestion { tape: tape.clone()?, change, steps }))
}

/// Passing an edge once, twice, three times, some times, often: each is another way to go.
fn bucket(times: u8) -> u8 {
    match times {
        0 => 0,
        1 => 1,
        2 => 2,
        3 => 4,
        4..=7 => 8,
        8..=15 => 16,
        16..=31 => 32,
        32..=127 => 64,
        _ => 128,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tape::Choice;

    /// How many of six letters, each of them computed, stand at the front of a text, and what is compared for that.
    fn compare(text: &str) -> (u32, Vec<Compared>) {
        let wanted = (0..6_u8).map(|at| u64::from(b'a' + at.wrapping_mul(7) % 26));
        let mut pairs: Vec<Compared> = Vec::new();
        for (byte, wanted) in text.bytes().zip(wanted) {
            pairs.push(Compared {
                pair: (u64::from(byte), wanted),
                is_constant: false,
                is_wide: false,
                place: 1,
            });
            if u64::from(byte) != wanted {
                break;
            }
        }
        (pairs.iter().filter(|compared| compared.pair.0 == compared.pair.1).count() as u32, pairs)
    }

    /// The cases until all six are there.
    fn cases(mut guide: Guide, hears: bool) -> Option<u64> {
        let dictionary = Dictionary::default();
        let sample: Tape = vec![Choice::Text("xxxxxxxx".into())];
        (0..40_000).find(|index| {
            let mut random = Random::for_case(3, *index);
            let led = guide.tape(*index, &mut random, &dictionary);
            let seed = random.clone();
            let tape = led.unwrap_or_else(|| {
                let mut tape = sample.clone();
                Source::fresh(seed, &dictionary, *index, &[], true)
                    .wish(|maker| mutate::tape::change(&mut tape, &sample, maker));
                tape
            });
            let Some(Choice::Text(text)) = tape.first() else { return false };
            let (reached, pairs) = compare(text);
            let is_new = (0..=reached).fold(false, |is_new, edge| guide.sees(edge, 1) | is_new);
            if guide.is_on && is_new && guide.keep(&tape) && hears {
                guide.learn(&tape, &pairs, 0, &mut random);
            }
            reached == 6
        })
    }

    #[test]
    fn what_takes_many_steps_is_found_step_by_step_and_not_by_chance() {
        let guide = |is_on| Guide { is_on, ..Guide::default() };
        assert_eq!(cases(guide(false), false), None);
        let heard = cases(guide(true), true);
        assert!(heard.is_some_and(|cases| cases < 2_000), "{heard:?}");
    }

    #[test]
    fn suggestions_that_were_made_first_are_not_buried_by_those_that_follow_from_others() {
        let (mut guide, mut random) = (Guide { is_on: true, ..Guide::default() }, Random::new(1));
        let learn = |guide: &mut Guide, number: u64, random: &mut Random| {
            let tape = vec![Choice::Number(number.into())];
            let compared =
                Compared { pair: (number, number + 1_000), is_constant: false, is_wide: false, place: 1 };
            guide.learn(&tape, &[compared], 0, random);
        };
        learn(&mut guide, 1, &mut random);
        // Each that is tried brings more than were taken away.
        let tried = (2..2_000).position(|number| {
            learn(&mut guide, number * 10, &mut random);
            guide.next_suggestion(&mut random).is_some_and(|next| *next.tape == vec![Choice::Number(1)])
        });
        assert!(tried.is_some(), "it is tried some time");
    }

    #[test]
    fn a_pair_is_of_use_a_few_times_and_a_loop_takes_no_turn_of_others() {
        let (mut heard, mut random) = (Heard::default(), Random::new(1));
        let of = |pair| Compared { pair, is_constant: false, is_wide: false, place: 1 };
        let pairs = [(1, 2), (1, 2), (7, 7), (1, 1 << 45)].map(of);
        let mut times = [0, 0];
        for _ in 0..40 {
            let useful = heard.useful(&pairs, false, &mut random);
            times.iter_mut().zip(useful).for_each(|(times, pairs)| *times += u8::from(!pairs.is_empty()));
        }
        assert_eq!(times, [2, USES], "the place is new at first");
        let counted: Vec<Compared> = (0..5_000).map(|at| of((at, 5_000))).collect();
        let [unheard, some] = Heard::default().useful(&counted, false, &mut random);
        assert_eq!((unheard.len(), some.len()), (AT_ONCE, 0), "nobody had been there");
    }

    #[test]
    fn what_nobody_had_compared_before_is_tried_however_much_waits() {
        let (mut guide, mut random) = (Guide { is_on: true, ..Guide::default() }, Random::new(1));
        let tape: Tape = (0..5_000_u128).map(Choice::Number).collect();
        let of = |pair, place| Compared { pair, is_constant: false, is_wide: false, place };
        let many: Vec<Compared> = (1..5_000).map(|at| of((at, at + 9_000), 1)).collect();
        for _ in 0..USES {
            guide.learn(&tape, &many, 0, &mut random);
        }
        assert_eq!(guide.suggested.len(), WAITING);
        guide.learn(&vec![Choice::Number(255)], &[of((255, 7), 2)], 0, &mut random);
        let is_tried = |_: u64| {
            let next = guide.next_suggestion(&mut random).expect("there are many");
            next.change.made(&next.tape) == [Choice::Number(7)]
        };
        assert!((0..40).any(is_tried));
    }

    #[test]
    fn work_goes_to_what_found_something_new_for_it_and_never_all_of_it() {
        let share = |led: [u64; 3], fresh: [u64; 3]| {
            let [led, fresh] = [led, fresh].map(|[new, cases, work]| News { new, cases, work });
            let (of_led, of_fresh) = (led.mean(), fresh.mean());
            let cases = Guide { led, fresh, ..Guide::default() }.led_cases();
            cases * of_led * 100 / (cases * of_led + (1_000 - cases) * of_fresh)
        };
        assert!((48..=50).contains(&share([50, 100, 100_000], [1, 100, 100_000])), "half at most");
        assert!((8..=10).contains(&share([0, 200, 200_000], [90, 100, 100_000])), "a tenth at least");
        let dear = share([10, 100, 5_000_000], [10, 100, 100_000]);
        assert!((7..=10).contains(&dear), "as many new ones for fifty times the work: {dear}");
    }

    #[test]
    fn an_edge_is_new_once_for_each_sort_of_number() {
        let mut guide = Guide::default();
        let new: Vec<bool> = [1, 1, 2, 5, 6, 200, 255].map(|times| guide.sees(7, times)).into();
        assert_eq!(new, [true, false, true, true, false, true, false]);
        assert!(guide.sees(8, 1), "each edge for itself");
    }
}
