use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::case::Case;
use crate::isolate::{Test, run};
use crate::measure::Length;
use crate::random::Random;
use crate::search::{Body, execute};
use crate::source::{Source, Values};
use crate::stop::{By, Stop};
use crate::tape::{Choice, Tape};
use crate::trace::{self, Trace, arena};

/// Cases that a pass takes, and the time for them: each is stepped through several times.
const ENOUGH: (u64, Duration) = (20, Duration::from_secs(50));
/// A case that is stepped through may take longer than others.
const PATIENCE: Duration = Duration::from_secs(20);
/// Secrets that each case is called with, besides its own.
const OTHERS: u64 = 15;
/// Of the calls that came out alike so many are stepped through, and so many where one takes more instructions.
const TRACED: (usize, usize) = (4, 2);
const LONG: u64 = 1_500;

/// Holds when the secret does not change which instructions the call takes.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn constant_time(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    let comparing = |case: &mut Case<'_>| {
        *case.kept() = Side::default();
        body(case)?;
        let side = std::mem::take(case.kept());
        compared(case, &side, &body)
    };
    let test = Test::new(id, "constant_time", EXPECTED, &comparing).where_it(trace::ready);
    run(&test.within(PATIENCE).with_cases(ENOUGH.0, ENOUGH.1));
}

/// What has to be true, in words; two findings that contradict it are the same one.
const EXPECTED: &str = "the secret does not change what the call executes";

/// One of the calls that are compared.
#[derive(Clone, Debug, Default)]
struct Side {
    /// Names of the values that are secret.
    secrets: Vec<String>,
    /// What they are made of in this call, where it is not what they were drawn from.
    tapes: Tapes,
    /// It is stepped through.
    is_traced: bool,
    /// The lengths of the secrets, which are no secret.
    lengths: Vec<Length>,
    trace: Option<Trace>,
    /// Whether it was accepted.
    accepts: Option<bool>,
    /// How the secrets look.
    looks: Vec<(String, String)>,
}

impl Side {
    /// The choices that a value is made of instead of its own.
    fn tape_of(&self, name: &str) -> Option<&Tape> {
        self.tapes.iter().find(|(known, _)| known == name).map(|(_, tape)| tape)
    }

    /// What two calls have to have in common to be compared.
    fn is_like(&self, other: &Self) -> bool {
        self.lengths == other.lengths && self.accepts.is_some() && self.accepts == other.accepts
    }
}

impl Case<'_> {
    /// The values of these names are secret.
    pub fn keeps_secret(&mut self, names: &[&str]) -> Result<(), Stop> {
        self.kept::<Side>().secrets = names.iter().map(ToString::to_string).collect();
        Ok(())
    }

    /// The length of a secret, which everybody may know.
    pub fn shows_length(&mut self, length: Length) -> Result<(), Stop> {
        self.kept::<Side>().lengths.push(length);
        Ok(())
    }

    /// Calls the target, step by step if that is asked for; gives nothing where it panics.
    pub fn stepped<R>(&mut self, target: impl FnOnce() -> R) -> Result<Option<R>, Stop> {
        let is_traced = self.kept::<Side>().is_traced;
        let (result, trace) = self.call(|| {
            if is_traced {
                let (result, trace) = trace::stepped(target);
                (result, Some(trace))
            } else {
                (crate::panics::catch(target).ok(), None)
            }
        })?;
        self.kept::<Side>().trace = trace;
        Ok(result)
    }

    /// How the call came out, which everybody may know.
    pub fn comes_out(&mut self, accepts: bool) -> Result<(), Stop> {
        self.kept::<Side>().accepts = Some(accepts);
        Ok(())
    }
}

/// The call of a case with its own secrets and with others; all that came out alike has to have executed the same.
fn compared(case: &mut Case<'_>, plain: &Side, body: Body<'_>) -> Result<(), Stop> {
    let tape = case.recorded().to_vec();
    // Its own are made a second time as well, so that all calls have the same history.
    let own = plain.secrets.iter().map(|secret| (secret.clone(), case.source().choices_of(secret)));
    let mut tapes: Vec<Tapes> = vec![own.collect()];
    for number in 0..OTHERS {
        let other = others(case, plain, number);
        if !tapes.contains(&other) {
            tapes.push(other);
        }
    }
    let mut run: Vec<Side> = Vec::new();
    let mut enough = TRACED.0;
    for tapes in alike(case, &tape, tapes, body) {
        let Some(side) = called(case, &tape, &tapes, body, true) else { continue };
        let Some(trace) = side.trace.filter(|trace| trace.is_whole) else {
            return Err(Stop::rejected_by(By::Length));
        };
        if let Some(other) = run.iter().find(|other| other.is_like(&side) && other.trace != side.trace) {
            return different(case, &tape, [other, &side], body);
        }
        run.push(side);
        enough = if trace.steps > LONG { TRACED.1 } else { enough };
        if run.len() >= enough {
            break;
        }
    }
    let is_compared =
        run.iter().enumerate().any(|(at, side)| run[..at].iter().any(|other| other.is_like(side)));
    if is_compared { Ok(()) } else { Err(Stop::rejected_by(By::Outcome)) }
}

/// The secrets with which calls come out like one of them, which is chosen by chance; nothing where all differ.
fn alike(case: &mut Case<'_>, tape: &Tape, tapes: Vec<Tapes>, body: Body<'_>) -> Vec<Tapes> {
    let called = |tapes: Tapes| Some((called(case, tape, &tapes, body, false)?, tapes));
    let mut all: Vec<(Side, Tapes)> = tapes.into_iter().filter_map(called).collect();
    let mut random = Random::for_case(case.fingerprint(), OTHERS + 1);
    // What stands last is as likely to be compared as what stands first.
    let first = random.below(all.len().max(1)).min(all.len());
    all.rotate_left(first);
    let like = |one: &Side| all.iter().filter(|(other, _)| other.is_like(one)).count();
    let Some(at) = all.iter().position(|(side, _)| like(side) > 1) else { return Vec::new() };
    let one = all[at].0.clone();
    all.into_iter().filter(|(side, _)| side.is_like(&one)).map(|(_, tapes)| tapes).collect()
}

/// Both calls once more: what they execute has to be the same again, or it is not the secret that decides.
fn different(case: &mut Case<'_>, tape: &Tape, sides: [&Side; 2], body: Body<'_>) -> Result<(), Stop> {
    for side in sides {
        let again = called(case, tape, &side.tapes, body, true);
        if again.is_none_or(|again| again.trace != side.trace) {
            return Err(Stop::rejected_by(By::Chance));
        }
    }
    for (side, which) in sides.into_iter().zip(["one", "the other"]) {
        for (name, look) in &side.looks {
            // Its own secret is shown as a value of the case.
            if side.tape_of(name).is_some_and(|tape| *tape != case.source().choices_of(name)) {
                case.see(&format!("{name}, in {which} call"), || look.clone());
            }
        }
    }
    let [Some(one), Some(other)] = sides.map(|side| side.trace) else { return Ok(()) };
    let seen = if one.compared != other.compared {
        format!(
            "memory is compared up to the first difference: {} bytes are looked at with one secret and {} with another",
            one.compared, other.compared
        )
    } else if one.steps == other.steps {
        format!("{} instructions with each of two secrets, but not the same ones", one.steps)
    } else {
        format!("{} instructions with one secret and {} with another", one.steps, other.steps)
    };
    Err(Stop::violated(EXPECTED, format!("{seen}, {}", case.build())))
}

/// The choices that each secret is made of.
type Tapes = Vec<(String, Tape)>;

/// The case with secrets made of these choices, step by step if that is asked for.
fn called(case: &mut Case<'_>, tape: &Tape, tapes: &Tapes, body: Body<'_>, is_traced: bool) -> Option<Side> {
    let done = Mutex::new(None::<Side>);
    let stepping = |case: &mut Case<'_>| {
        case.substitute(tapes.clone());
        *case.kept() = Side { tapes: tapes.clone(), is_traced, ..Side::default() };
        let ended = body(case);
        *done.lock().unwrap_or_else(PoisonError::into_inner) = Some(std::mem::take(case.kept()));
        ended
    };
    let source = Source::replaying(tape.clone(), case.dictionary()).mixing(Values::Hostile).grown();
    let source = if case.is_showing() { source.showing() } else { source };
    let run = arena::with_share(|| execute(&stepping, source, &mut |_, _| {}));
    let mut side = done.into_inner().unwrap_or_else(PoisonError::into_inner)?;
    let secret = |name: &String| side.secrets.contains(name);
    side.looks = run
        .values
        .iter()
        .filter(|shown| secret(&shown.name))
        .map(|it| (it.name.clone(), it.text.clone()))
        .collect();
    (side.trace.is_some() == is_traced).then_some(side)
}

/// Choices for other secrets: the own ones, or those of a value that they may be compared with, changed in one place.
fn others(case: &mut Case<'_>, plain: &Side, number: u64) -> Tapes {
    let mut random = Random::for_case(case.fingerprint(), number);
    // One in two stays near its own secret.
    let is_near_own = random.one_in(2);
    let names = case.names().to_vec();
    let mut made = Vec::new();
    for secret in &plain.secrets {
        let own = case.source().choices_of(secret);
        let public = names.iter().filter(|name| !plain.secrets.contains(name));
        let public: Vec<Tape> = public.map(|name| case.source().choices_of(name)).collect();
        let like = public.into_iter().find(|tape| sorts(tape) == sorts(&own) && !is_near_own);
        let mut tape = like.unwrap_or(own);
        // Early, late, anywhere.
        let place = match number {
            0 => 0,
            1 => usize::MAX,
            _ => random.below(1 << 16),
        };
        change(&mut tape, place, &mut random);
        made.push((secret.clone(), tape));
    }
    made
}

/// Which sorts of choices there are.
fn sorts(tape: &Tape) -> [bool; 2] {
    let has = |sort: fn(&Choice) -> bool| tape.iter().any(sort);
    [has(|choice| matches!(choice, Choice::Text(_))), has(|choice| matches!(choice, Choice::Bytes(_)))]
}

/// Changes one place of what the choices hold, so that its length and the sort of its letters stay.
fn change(tape: &mut Tape, place: usize, random: &mut Random) {
    let [has_text, has_bytes] = sorts(tape);
    let size = |choice: &Choice| match choice {
        Choice::Text(text) => text.len(),
        Choice::Bytes(bytes) => bytes.len(),
        Choice::Number(_) if !has_text && !has_bytes => 1,
        _ => 0,
    };
    let total: usize = tape.iter().map(size).sum();
    let mut at = if place == usize::MAX { total.saturating_sub(1) } else { place % total.max(1) };
    for choice in tape {
        let here = size(choice);
        if at >= here {
            at -= here;
            continue;
        }
        match choice {
            Choice::Bytes(bytes) => bytes[at] ^= 1 + random.below(255) as u8,
            Choice::Number(number) => *number ^= 1 + random.below(255) as u128,
            Choice::Text(text) => {
                let letter = |(index, c): (usize, char)| if index == at { turned(c, random) } else { c };
                *text = text.char_indices().map(letter).collect();
            }
            _ => {}
        }
        return;
    }
}

/// Another letter of the same sort.
fn turned(c: char, random: &mut Random) -> char {
    for range in [b'0'..=b'9', b'a'..=b'f', b'A'..=b'F', b'g'..=b'z', b'G'..=b'Z'] {
        let (start, count) = (*range.start(), usize::from(range.end() - range.start()));
        if c.is_ascii() && range.contains(&(c as u8)) {
            let step = 1 + random.below(count);
            return char::from(start + ((c as u8 - start) as usize + step).rem_euclid(count + 1) as u8);
        }
    }
    c
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_is_changed_and_the_sort_of_its_letters_stays() {
        let mut random = Random::for_case(7, 7);
        for (place, at) in [(0, 0), (usize::MAX, 5), (8, 2)] {
            let mut tape = vec![Choice::Number(3), Choice::Text("a9Fzé".to_string())];
            change(&mut tape, place, &mut random);
            let Choice::Text(text) = &tape[1] else { panic!("still a text") };
            let changed = text.chars().zip("a9Fzé".chars()).position(|(a, b)| a != b);
            assert!(text.len() == 6 && (changed.is_none() || changed == Some(at)), "{text}");
            assert!(text.starts_with(|c| ('a'..='f').contains(&c)));
        }
        let mut bytes = vec![Choice::Bytes(vec![0; 4])];
        change(&mut bytes, usize::MAX, &mut random);
        assert!(matches!(&bytes[0], Choice::Bytes(bytes) if bytes[..3] == [0; 3] && bytes[3] != 0));
    }
}
