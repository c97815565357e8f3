//! Makes pumped values small: fewer repetitions first, then less around them.

use super::{Shrinking, lower_numbers};
use crate::tape::{Choice, Pumped};

/// A part of a pumped value.
type Part = fn(&mut Pumped) -> &mut Vec<u8>;

/// Values up to so many bytes are as easy to read written out, if that takes no more than twice the room.
const SHORT: usize = 160;

impl Shrinking<'_, '_> {
    pub(super) fn simplify_pumped(&mut self, at: usize) {
        self.lower_times(at);
        let parts: [Part; 5] = [
            |pumped| &mut pumped.after,
            |pumped| &mut pumped.before,
            |pumped| &mut pumped.core,
            |pumped| &mut pumped.close,
            |pumped| &mut pumped.open,
        ];
        for part in parts {
            self.shorten_part(at, part);
        }
        self.lower_times(at);
        self.write_out(at);
    }

    /// Halves the distance to the smallest number of repetitions that still fails.
    pub(super) fn lower_times(&mut self, at: usize) {
        while let Some(pumped) = self.pumped(at) {
            let with = |times: u128| Pumped { times: times as u64, ..pumped.clone() };
            let lower = lower_numbers(u128::from(pumped.times)).into_iter().filter(|times| *times > 0);
            let tapes = lower.map(|times| self.with(at, Choice::Pumped(Box::new(with(times))))).collect();
            if self.left == 0 || self.take(tapes).is_none() {
                return;
            }
        }
    }

    fn shorten_part(&mut self, at: usize, part: Part) {
        let Some(mut size) = self.pumped(at).map(|mut pumped| part(&mut pumped).len()) else { return };
        while size > 0 && self.left > 0 {
            let Some(pumped) = self.pumped(at) else { return };
            let length = part(&mut pumped.clone()).len();
            size = size.min(length);
            let without = |start: usize| {
                let mut less = pumped.clone();
                let end = (start + size).min(length);
                part(&mut less).drain(start..end);
                less.is_sound(&pumped).then(|| self.with(at, Choice::Pumped(Box::new(less))))
            };
            let tapes = (0..length).step_by(size.max(1)).filter_map(without).collect();
            if size == 0 || self.take(tapes).is_none() {
                size /= 2;
            }
        }
    }

    /// A short one in plain letters.
    fn write_out(&mut self, at: usize) {
        let is_short = |pumped: &Pumped| pumped.length() <= SHORT.min(2 * pumped.shown().len());
        let Some(pumped) = self.pumped(at).filter(is_short) else { return };
        let choice = match String::from_utf8(pumped.render()) {
            Ok(text) if pumped.is_text => Choice::Text(text),
            Ok(text) => Choice::Bytes(text.into_bytes()),
            Err(error) => Choice::Bytes(error.into_bytes()),
        };
        self.take(vec![self.with(at, choice)]);
    }

    fn pumped(&self, at: usize) -> Option<Pumped> {
        match self.tape.get(at) {
            Some(Choice::Pumped(pumped)) => Some((**pumped).clone()),
            _ => None,
        }
    }
}

impl Pumped {
    /// Whether what is left of `whole` still means what it says: letters are whole, places of numbers are the same.
    fn is_sound(&self, whole: &Self) -> bool {
        let is_text = |part: &Vec<u8>| !self.is_text || std::str::from_utf8(part).is_ok();
        let fixed = |now: &Vec<u8>, then: &Vec<u8>, has: bool| !has || now == then;
        [&self.before, &self.open, &self.core, &self.close, &self.after].into_iter().all(is_text)
            && fixed(&self.before, &whole.before, !self.fields.is_empty())
            && fixed(&self.after, &whole.after, !self.fields.is_empty())
            && fixed(&self.open, &whole.open, self.counter.is_some())
            && !(self.open.is_empty() && self.close.is_empty())
    }
}
