//! What is made of a call that does not come back: whether it hangs, merely takes long, or contradicts the constraint
//! before it is done.

use std::time::{Duration, Instant};

use constraints_wire::RedReason;
use serde_json::json;

use super::exchange::{LastSeen, last_seen};
use super::judge::{Fate, Judge, OVERRUN, Red, SHRINK_TIME, SUSPECT, failed, texts};
use super::watch::PATIENCE;
use crate::search::Failure;
use crate::shrink::{Attempt, lower, shrink};
use crate::tape::Tape;

/// Candidates for a smaller hang are cut off after this.
pub(super) const HURRY: Duration = Duration::from_millis(500);
/// Suspects looked into before slow cases are simply counted.
pub(super) const SUSPECTS: u64 = 3;
/// A case that took longer than this part of the limit, next to one that was cut off, says: slow, not stuck.
pub(super) const SLOW_PART: u32 = 20;

impl Judge<'_> {
    /// What a measured case contradicts that did not come back.
    pub(super) fn weighed_midway(&mut self, tape: &Tape) -> Option<Red> {
        match self.test.gauge.as_ref()? {
            gauge if gauge.judges_growth => self.exploded(tape),
            gauge if gauge.meter.stops_at_ceiling() => self.exceeded(tape),
            _ => None,
        }
    }

    /// Whether it used more than it may before it was stopped.
    fn exceeded(&mut self, tape: &Tape) -> Option<Red> {
        let found = self.started.elapsed();
        self.is_strict = true;
        let job = json!({ "do": "try", "failing": null, "tapes": texts(std::slice::from_ref(tape)) });
        if let Fate::Died { how, seen } = self.start(&job, SUSPECT)
            && how.starts_with(OVERRUN)
        {
            let red = self.died(how, seen);
            self.to_red = Some(found);
            return Some(red);
        }
        self.is_strict = false;
        None
    }

    /// Whether it is no wonder that a case did not come back: the work explodes already where its input is small.
    fn exploded(&mut self, tape: &Tape) -> Option<Red> {
        let found = self.started.elapsed();
        let job = json!({ "do": "climb", "tapes": texts(std::slice::from_ref(tape)) });
        let Fate::Finished(verdict) = self.start(&job, SUSPECT) else { return None };
        let (tape, failure) = failed(&verdict)?;
        self.to_red = Some(found);
        Some(Red { reason: RedReason::Violated, tape, failure })
    }

    /// A case that took longer than a case should.
    pub(super) fn overdue(&mut self, seen: &LastSeen, suspects: u64) -> Option<Red> {
        match self.test.within {
            Some(limit) => self.beyond(seen, limit),
            None => self.suspect(seen, suspects),
        }
    }

    /// Each call has to come back within `limit`, and one did not: it has to take as long alone, so that nothing but
    /// itself can be the reason.
    fn beyond(&mut self, seen: &LastSeen, limit: Duration) -> Option<Red> {
        if seen.tape.is_empty() {
            return None;
        }
        let found = self.started.elapsed();
        let is_overdue = |judge: &Self, tape: &Tape| {
            let alone = json!({ "do": "try", "failing": null, "tapes": texts(std::slice::from_ref(tape)) });
            judge.start(&alone, limit)
        };
        match is_overdue(self, &seen.tape) {
            Fate::Stuck { seen } if seen.begun > 0 => {}
            Fate::Died { how, seen } if !seen.tape.is_empty() => return Some(self.died(how, seen)),
            _ => return None,
        }
        self.to_red = Some(found);
        let (tape, _) = self.smaller_hang(seen.tape.clone(), HURRY.min(limit), shrink, false);
        let is_confirmed = matches!(is_overdue(self, &tape), Fate::Stuck { .. });
        let others = match seen.longest.max(seen.first.unwrap_or_default()).as_millis() {
            0 => "the calls before took less than 1 ms each".to_string(),
            longest => format!("the longest of the calls before took {longest} ms"),
        };
        let said = format!("{}; {others}", self.no_answer());
        Some(hung(if is_confirmed { tape } else { seen.tape.clone() }, Some(limit), said))
    }

    /// What is seen of a call that does not come back.
    pub(super) fn no_answer(&self) -> String {
        match self.test.within {
            Some(limit) => format!("no answer after {} s of processor time", limit.as_secs_f64()),
            None => format!("no answer within {} s", PATIENCE.as_secs()),
        }
    }

    /// Slow or stuck? A case is stuck if it does not come back alone, with patience, and if there is a cliff:
    /// slightly smaller inputs are quick. Where smaller inputs take ever less time, the work merely grows, which is
    /// the business of kinds that measure.
    fn suspect(&mut self, seen: &LastSeen, suspects: u64) -> Option<Red> {
        if suspects >= SUSPECTS || self.warm_up.longest(seen) > SUSPECT / SLOW_PART || seen.tape.is_empty() {
            return None;
        }
        let alone = json!({ "do": "try", "failing": null, "tapes": texts(std::slice::from_ref(&seen.tape)) });
        match self.start(&alone, PATIENCE) {
            Fate::Stuck { seen } if seen.begun > 0 => {}
            // A deep recursion takes its time to get through the stack.
            Fate::Died { how, seen } if !seen.tape.is_empty() => return Some(self.died(how, seen)),
            _ => return None,
        }
        // What work grows with most often is a number, so numbers are lowered first.
        let (tape, longest) = self.smaller_hang(seen.tape.clone(), HURRY, lower, true);
        if longest > HURRY / SLOW_PART {
            return None;
        }
        let (tape, longest) = self.smaller_hang(tape, HURRY, shrink, true);
        if longest > HURRY / SLOW_PART {
            return None;
        }
        let alone = json!({ "do": "try", "failing": null, "tapes": texts(std::slice::from_ref(&tape)) });
        let stuck = matches!(self.start(&alone, PATIENCE), Fate::Stuck { .. });
        self.to_red = Some(self.started.elapsed());
        Some(hung(if stuck { tape } else { seen.tape.clone() }, None, self.no_answer()))
    }

    /// Makes a tape smaller that takes longer than `limit`; also says how long the longest case took that did come back.
    ///
    /// Where the question is whether there is a cliff, a case that took its time settles it.
    fn smaller_hang(
        &self,
        tape: Tape,
        limit: Duration,
        shrink: fn(Tape, usize, &mut Attempt<'_>) -> Tape,
        wants_cliff: bool,
    ) -> (Tape, Duration) {
        // A machine with too much to do leaves a candidate but a part of its time.
        let deadline = Instant::now() + SHRINK_TIME * 4;
        let (mut longest, mut waited) = (Duration::ZERO, Duration::ZERO);
        let tape = shrink(tape, 60, &mut |proposals| {
            if waited >= SHRINK_TIME
                || Instant::now() > deadline
                || (wants_cliff && longest > HURRY / SLOW_PART)
            {
                return None;
            }
            let job = json!({ "do": "try", "failing": null, "tapes": texts(&proposals) });
            let fate = self.start(&job, limit);
            longest = longest.max(self.warm_up.longest(&last_seen(self.exchange.folder())));
            match fate {
                Fate::Stuck { seen } => {
                    waited += limit;
                    Some((usize::try_from(seen.index).ok()?, seen.tape))
                }
                Fate::Finished(_) | Fate::Died { .. } => None,
            }
        });
        (tape, longest)
    }
}

pub(super) fn hung(tape: Tape, within: Option<Duration>, seen: String) -> Red {
    let expected = within.map_or_else(
        || "an answer".to_string(),
        |limit| format!("an answer within {} s", limit.as_secs_f64()),
    );
    Red { reason: RedReason::TimedOut, tape, failure: Failure { expected, seen, place: None } }
}
