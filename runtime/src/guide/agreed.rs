//! Mends what has to agree with the rest of an input, such as a checksum or a length.
//!
//! Takes what code compared. In a case that got far, numbers that agree and neither of which stands in the code are
//! noted if they stand in the input: one was read, the other one computed. Where the same number disagrees in a changed
//! input, gives the changes that write what was computed in its place.

use super::compared::{Change, may_stand_in_input, replaced, standing};
use crate::count::{Compared, Pair};
use crate::quick_hash::QuickSet;
use crate::random::Random;
use crate::tape::Tape;

/// Numbers that are noted at most.
const NOTED: usize = 512;
/// A number below this stands in an input by chance, and agrees with many others: it counts only where code stops
/// right behind it.
const SMALL: u64 = 1 << 8;
/// Comparisons from the end that are looked at, of small numbers and of others.
const LAST_SMALL: usize = 4;
const LAST: usize = 256;
/// Places of one number that are mended, each in a case of its own.
const PLACES: usize = 2;
/// One case in so many stays as it is while mending helps, and one in so many is mended where it does not.
const ASTRAY: usize = 8;
const SELDOM: usize = 16;

/// What agreed, and how well mending does.
#[derive(Default)]
pub(super) struct Agreed {
    numbers: QuickSet<u64>,
    tried: u32,
    helped: u32,
}

impl Agreed {
    /// Whether anything could be mended.
    pub(super) fn is_any(&self) -> bool {
        !self.numbers.is_empty()
    }

    /// A case that got far compared this.
    pub(super) fn note(&mut self, tape: &Tape, compared: &[Compared]) {
        let agreeing = |compared: &&Compared| {
            let (left, right) = compared.pair;
            !compared.is_constant && left == right && left > 1 && may_stand_in_input(compared.pair)
        };
        let numbers: QuickSet<u64> =
            compared.iter().filter(agreeing).map(|compared| compared.pair.0).collect();
        let room = NOTED.saturating_sub(self.numbers.len());
        let news = numbers.into_iter().filter(|number| !self.numbers.contains(number));
        let news: Vec<u64> = news.take(NOTED).collect();
        self.numbers.extend(standing(tape, news.into_iter()).into_iter().take(room));
    }

    /// What mends the last disagreement of a case, if that is wanted this time.
    pub(super) fn mend(&self, tape: &Tape, compared: &[Compared], random: &mut Random) -> Vec<Change> {
        let is_helpful = self.tried < 32 || self.helped > self.tried / 4;
        let is_wanted = if is_helpful { !random.one_in(ASTRAY) } else { random.one_in(SELDOM) };
        if !is_wanted {
            return Vec::new();
        }
        self.disagreement(compared).map_or_else(Vec::new, |pair| {
            let mut changes = replaced(tape, pair);
            random.shuffle(&mut changes);
            changes.truncate(PLACES);
            changes
        })
    }

    /// A mended case ended; whether nothing disagrees any more, or it did something new.
    pub(super) fn tried(&mut self, compared: &[Compared], is_new: bool) {
        self.tried += 1;
        self.helped += u32::from(is_new || self.disagreement(compared).is_none());
    }

    /// The last number of those noted that was compared with another one, and that one.
    fn disagreement(&self, compared: &[Compared]) -> Option<Pair> {
        let last = compared.iter().rev().filter(|compared| !compared.is_constant).take(LAST);
        let differing = last
            .enumerate()
            .filter(|(_, compared)| compared.pair.0 != compared.pair.1 && may_stand_in_input(compared.pair));
        let mut both = differing.flat_map(|(at, Compared { pair: (left, right), .. })| {
            [(at, *left, *right), (at, *right, *left)]
        });
        both.find(|(at, read, _)| self.numbers.contains(read) && (*read >= SMALL || *at < LAST_SMALL))
            .map(|(_, read, computed)| (read, computed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tape::Choice;

    fn compared(left: u64, right: u64) -> Compared {
        Compared { pair: (left, right), is_constant: false, is_wide: false, place: 0 }
    }

    fn mended(agreed: &Agreed, tape: &Tape, pairs: &[Compared]) -> Vec<Tape> {
        let mut random = Random::new(1);
        let changes = (0..64).map(|_| agreed.mend(tape, pairs, &mut random)).find(|some| !some.is_empty());
        changes.unwrap_or_default().iter().map(|change| change.made(tape)).collect()
    }

    #[test]
    fn a_checksum_that_agreed_in_the_sample_is_written_anew() {
        let mut agreed = Agreed::default();
        let sample = vec![Choice::Bytes(vec![1, 2, 3, 0x12, 0x34])];
        agreed.note(&sample, &[compared(0x1234, 0x1234), compared(0x7777, 0x7777)]);
        let changed = vec![Choice::Bytes(vec![1, 9, 3, 0x12, 0x34])];
        let pairs = [compared(0xabcd, 0x1234), compared(3, 4)];
        assert_eq!(mended(&agreed, &changed, &pairs), [vec![Choice::Bytes(vec![1, 9, 3, 0xab, 0xcd])]]);
        let elsewhere = [compared(0xabcd, 0x7777)];
        assert!(mended(&agreed, &changed, &elsewhere).is_empty(), "it did not stand in the sample");
    }

    #[test]
    fn one_in_hexadecimal_digits_is_too() {
        let mut agreed = Agreed::default();
        agreed.note(&vec![Choice::Text("$GP,12*4B".into())], &[compared(0x4b, 0x4b)]);
        let changed = vec![Choice::Text("$GP,19*4B".into())];
        let mended = mended(&agreed, &changed, &[compared(0x40, 0x4b)]);
        assert!(mended.contains(&vec![Choice::Text("$GP,19*40".into())]), "{mended:?}");
    }

    #[test]
    fn what_is_compared_with_the_code_itself_is_no_checksum() {
        let mut agreed = Agreed::default();
        let tape = vec![Choice::Bytes(vec![0x12, 0x34])];
        agreed
            .note(&tape, &[Compared { pair: (0x1234, 0x1234), is_constant: true, is_wide: false, place: 0 }]);
        assert!(!agreed.is_any());
    }

    #[test]
    fn small_numbers_count_only_where_code_stopped() {
        let mut agreed = Agreed::default();
        let tape = vec![Choice::Bytes(vec![7, 0x55])];
        agreed.note(&tape, &[compared(0x55, 0x55)]);
        let mut pairs = vec![compared(0x55, 0x66)];
        assert!(!mended(&agreed, &tape, &pairs).is_empty());
        pairs.extend([compared(1, 2); LAST_SMALL]);
        assert!(mended(&agreed, &tape, &pairs).is_empty());
    }
}
