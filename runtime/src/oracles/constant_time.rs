use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::case::{By, Case, Stop};
use crate::count;
use crate::isolate::{Test, run};
use crate::measure::Length;
use crate::random::Random;
use crate::search::{Body, execute};
use crate::tape::{Choice, Source, Tape, Values};
use crate::trace::{self, Trace, arena};

/// Cases that a pass takes, and the time for them: each is stepped through several times.
const ENOUGH: (u64, Duration) = (20, Duration::from_secs(50));
/// A case that is stepped through may take longer than others.
const PATIENCE: Duration = Duration::from_secs(20);
/// Secrets that each case is tried with, besides its own.
const OTHERS: u64 = 3;

/// Holds when the secret does not change which instructions the call takes.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn constant_time(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    let comparing = |case: &mut Case<'_>| {
        case.put_side(Side::default());
        body(case)?;
        let side = case.take_side();
        compared(case, &side, &body)
    };
    let test = Test::new(id, "constant_time", EXPECTED, &comparing).where_it(trace::ready);
    let profile = if count::IS_CHECKED { "with" } else { "without" };
    let note = format!("instructions were traced in a build {profile} debug assertions");
    run(&test.within(PATIENCE).with_cases(ENOUGH.0, ENOUGH.1).noting(note));
}

/// What has to be true, in words; two findings that contradict it are the same one.
const EXPECTED: &str = "the secret does not change what the call executes";

/// One of the calls that are compared.
#[derive(Clone, Debug, Default)]
pub(crate) struct Side {
    /// Names of the values that are secret.
    secrets: Vec<String>,
    /// What they are made of in this call, where it is not what they were drawn from.
    tapes: Vec<(String, Tape)>,
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
    pub(crate) fn tape_of(&self, name: &str) -> Option<Tape> {
        self.tapes.iter().find(|(known, _)| known == name).map(|(_, tape)| tape.clone())
    }

    /// What two calls have to have in common to be compared.
    fn is_like(&self, other: &Self) -> bool {
        self.lengths == other.lengths && self.accepts.is_some() && self.accepts == other.accepts
    }
}

impl Case<'_> {
    /// The values of these names are secret.
    pub fn keeps_secret(&mut self, names: &[&str]) -> Result<(), Stop> {
        let mut side = self.take_side();
        side.secrets = names.iter().map(ToString::to_string).collect();
        self.put_side(side);
        Ok(())
    }

    /// The length of a secret, which everybody may know.
    pub fn shows_length(&mut self, length: Length) -> Result<(), Stop> {
        let mut side = self.take_side();
        side.lengths.push(length);
        self.put_side(side);
        Ok(())
    }

    /// Calls the target, step by step if that is asked for; gives nothing where it panics.
    pub fn stepped<R>(&mut self, target: impl FnOnce() -> R) -> Result<Option<R>, Stop> {
        let mut side = self.take_side();
        let is_traced = side.is_traced;
        let (result, trace) = self.call(|| {
            if is_traced {
                let (result, trace) = trace::stepped(target);
                (result, Some(trace))
            } else {
                (crate::panics::catch(target).ok(), None)
            }
        })?;
        side.trace = trace;
        self.put_side(side);
        Ok(result)
    }

    /// How the call came out, which everybody may know.
    pub fn comes_out(&mut self, accepts: bool) -> Result<(), Stop> {
        let mut side = self.take_side();
        side.accepts = Some(accepts);
        self.put_side(side);
        Ok(())
    }
}

/// The call of a case with its own secrets and with others; all that came out alike has to have executed the same.
fn compared(case: &mut Case<'_>, plain: &Side, body: Body<'_>) -> Result<(), Stop> {
    let tape = case.recorded().to_vec();
    // Its own are made a second time as well, so that all calls have the same history.
    let own = plain.secrets.iter().map(|secret| (secret.clone(), case.source().choices_of(secret)));
    let mut sides = vec![own.collect()];
    sides.extend((0..OTHERS).map(|number| others(case, plain, number)));
    let mut run: Vec<Side> = Vec::new();
    for tapes in sides {
        let Some(side) = traced(case, &tape, &tapes, body) else { continue };
        if side.trace.is_none_or(|trace| !trace.is_whole) {
            return Err(Stop::rejected_by(By::Length));
        }
        if let Some(other) = run.iter().find(|other| other.is_like(&side) && other.trace != side.trace) {
            return different(case, &tape, [other, &side], body);
        }
        run.push(side);
    }
    let is_compared =
        run.iter().enumerate().any(|(at, side)| run[..at].iter().any(|other| other.is_like(side)));
    if is_compared { Ok(()) } else { Err(Stop::rejected_by(By::Outcome)) }
}

/// Both calls once more: what they execute has to be the same again, or it is not the secret that decides.
fn different(case: &mut Case<'_>, tape: &Tape, sides: [&Side; 2], body: Body<'_>) -> Result<(), Stop> {
    for side in sides {
        let again = traced(case, tape, &side.tapes, body);
        if again.is_none_or(|again| again.trace != side.trace) {
            return Err(Stop::rejected_by(By::Chance));
        }
    }
    for (side, which) in sides.into_iter().zip(["one", "the other"]) {
        for (name, look) in &side.looks {
            // Its own secret is shown as a value of the case.
            if side.tape_of(name).is_some_and(|tape| tape != case.source().choices_of(name)) {
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
    let profile = if count::IS_CHECKED { "with" } else { "without" };
    Err(Stop::violated(EXPECTED, format!("{seen}, in a build {profile} debug assertions")))
}

/// The case with secrets made of these choices, step by step.
fn traced(case: &mut Case<'_>, tape: &Tape, tapes: &[(String, Tape)], body: Body<'_>) -> Option<Side> {
    let done = Mutex::new(None);
    let stepping = |case: &mut Case<'_>| {
        case.put_side(Side { tapes: tapes.to_vec(), is_traced: true, ..Side::default() });
        let ended = body(case);
        *done.lock().unwrap_or_else(PoisonError::into_inner) = Some(case.take_side());
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
    side.trace.is_some().then_some(side)
}

/// Choices for other secrets: the own ones, or those of a value that they may be compared with, changed in one place.
fn others(case: &mut Case<'_>, plain: &Side, number: u64) -> Vec<(String, Tape)> {
    let mut random = Random::for_case(case.fingerprint(), number);
    // One case in two stays near its own secret.
    let is_near_own = Random::for_case(case.fingerprint(), OTHERS).one_in(2);
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
