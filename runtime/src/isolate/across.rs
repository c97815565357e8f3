//! Compares what cases give in one process with what they give in another that has other surroundings.

use std::time::{Duration, Instant};

use constraints_wire::RedReason;
use serde_json::{Value, json};

use super::judge::{Fate, Judge, Red, crashed, texts};
use super::surroundings::Surroundings;
use super::watch::PATIENCE;
use crate::answers::{Given, REPEATS};
use crate::search::{Failure, tape_from_text};
use crate::shrink::shrink;
use crate::tape::Tape;

/// The same answer a moment later: a clock that counts seconds has moved on by then.
const MOMENT: Duration = Duration::from_millis(1_100);
/// Processes that are started at once: of three, two begin within the same second.
const PROCESSES: usize = 3;
/// Making a difference smaller takes this long at most.
const SHRINK_TIME: Duration = Duration::from_secs(4);

impl Judge<'_> {
    /// Looks for a kept case that gives something else in another process.
    pub(super) fn across(&mut self, verdict: &Value) -> Option<Red> {
        let kept = verdict["kept"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let tapes: Vec<Tape> = kept.filter_map(tape_from_text).collect();
        if tapes.is_empty() {
            return None;
        }
        if verdict["fresh"] == true {
            return self.apart(&tapes[..1]);
        }
        let parts = if verdict["surroundings"] == true {
            Surroundings::parts(self.exchange.folder())
        } else {
            Vec::new()
        };
        let elsewhere = Surroundings::all(&parts);
        let began = Instant::now();
        let here = self.given(&tapes, &Surroundings::default()).ok()?;
        std::thread::sleep(MOMENT.saturating_sub(began.elapsed()));
        // The other way round, so that what a case leaves behind meets other cases.
        let turned: Vec<Tape> = tapes.iter().rev().cloned().collect();
        let there = match self.given(&turned, &elsewhere) {
            Ok(there) => there.into_iter().rev().collect::<Vec<_>>(),
            Err(red) => return red.map(|red| *red),
        };
        let at = self.difference(&tapes, &here, &there)?;
        self.to_red = Some(self.started.elapsed());
        let tape = self.smaller_difference(tapes[at].clone(), &elsewhere);
        Some(self.attributed(tape, &parts, [&here[at], &there[at]]))
    }

    /// Looks for two processes, started at once, that give the same although they must not.
    fn apart(&mut self, tapes: &[Tape]) -> Option<Red> {
        let one = || self.given(tapes, &Surroundings::default()).ok()?.into_iter().next();
        let given: Vec<Given> = (0..PROCESSES).filter_map(|_| one()).collect();
        let pairs = given
            .iter()
            .enumerate()
            .flat_map(|(at, one)| given[at + 1..].iter().map(move |other| (one, other)));
        let (again, _) = pairs.into_iter().find(|(one, other)| one.is_again(other))?;
        let seen = format!("two processes gave {}", again.text);
        self.to_red = Some(self.started.elapsed());
        let failure = Failure { expected: "no two processes give the same".to_string(), seen, place: None };
        Some(Red { reason: RedReason::Violated, tape: tapes[0].clone(), failure })
    }

    /// What the tapes give in these surroundings; otherwise what brought the process down, if a tape did.
    fn given(&self, tapes: &[Tape], surroundings: &Surroundings) -> Result<Vec<Given>, Option<Box<Red>>> {
        let job = json!({ "do": "give", "tapes": texts(tapes) });
        match self.start_in(&job, PATIENCE, surroundings) {
            Fate::Finished(said) => {
                let given: Option<Vec<Given>> =
                    said.as_array().map(|all| all.iter().filter_map(Given::from_json).collect());
                given.filter(|given| given.len() == tapes.len()).ok_or(None)
            }
            Fate::Died { how, seen } if !seen.tape.is_empty() => {
                Err(Some(Box::new(crashed(seen.tape, format!("in another process {how}")))))
            }
            Fate::Died { .. } | Fate::Stuck { .. } => Err(None),
        }
    }

    fn smaller_difference(&self, tape: Tape, elsewhere: &Surroundings) -> Tape {
        let deadline = Instant::now() + SHRINK_TIME;
        shrink(tape, 100, &mut |proposals| {
            if Instant::now() > deadline {
                return None;
            }
            let here = self.given(&proposals, &Surroundings::default()).ok()?;
            let there = self.given(&proposals, elsewhere).ok()?;
            let at = self.difference(&proposals, &here, &there)?;
            Some((at, proposals[at].clone()))
        })
    }

    /// The first position at which two processes disagree.
    fn difference(&self, tapes: &[Tape], here: &[Given], there: &[Given]) -> Option<usize> {
        let unordered = here.iter().chain(there).any(|given| given.unordered);
        (0..tapes.len()).find(|at| {
            let (here, there) = (&here[*at], &there[*at]);
            let excused = || here.agrees(there, true) && self.is_unordered(&tapes[*at]);
            !here.agrees(there, unordered) && !excused()
        })
    }

    /// Whether equal answers look different, now and then.
    fn is_unordered(&self, tape: &Tape) -> bool {
        let again = vec![tape.clone(); REPEATS];
        let given = self.given(&again, &Surroundings::default());
        given.is_ok_and(|given| given.iter().any(|given| given.unordered))
    }

    /// The failure, with the part of the surroundings that alone makes the difference.
    fn attributed(&self, tape: Tape, parts: &[(&'static str, Surroundings)], first_seen: [&Given; 2]) -> Red {
        let tapes = std::slice::from_ref(&tape);
        let give = |surroundings: &Surroundings| self.given(tapes, surroundings).ok()?.into_iter().next();
        let plain = Surroundings::default();
        let here = give(&plain);
        let differs = |surroundings: &Surroundings| {
            let (here, there) = (here.as_ref()?, give(surroundings)?);
            let unordered = here.agrees(&there, true) && self.is_unordered(&tape);
            (!here.agrees(&there, unordered)).then(|| [here.text.clone(), there.text])
        };
        let found = differs(&plain).map(|texts| ("another process gives the same".to_string(), texts));
        let found = found.or_else(|| {
            parts
                .iter()
                .find_map(|(name, part)| Some((format!("it does not depend on {name}"), differs(part)?)))
        });
        let (expected, [here, there]) = found.unwrap_or_else(|| {
            let texts = first_seen.map(|given| given.text.clone());
            ("another process gives the same".to_string(), texts)
        });
        let failure = Failure { expected, seen: format!("{here}, there {there}"), place: None };
        Red { reason: RedReason::Violated, tape, failure }
    }
}
