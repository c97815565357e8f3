//! Inputs that make code go round for long, if anything does: some that claim to be huge, some of which a part is
//! repeated.
//!
//! Takes tapes of cases, gives tapes. Calls nothing and measures nothing: whether a call comes back shows from outside.
//! What is repeated stays short, for work that merely grows with its input is no hang.

use std::collections::VecDeque;

use super::claims::claims;
use super::families;
use super::family::Family;
use crate::random::Random;
use crate::tape::{Choice, Tape};

/// Tapes that are pressed at most.
const BASES: usize = 6;
/// Claims of one tape, and families of it.
const CLAIMS: usize = 300;
const FAMILIES: usize = 100;
/// Bytes that a part is repeated to.
const LENGTHS: [usize; 2] = [96, 1024];
/// Bytes of a tape that is pressed.
const LARGE: usize = 16 << 10;

/// Cases from which the tapes are taken.
const WARM: u64 = 48;

/// What a search presses, if it does: the first cases that went well, once there are enough of them.
#[derive(Default)]
pub(crate) struct Pressing {
    is_due: bool,
    bases: Vec<Tape>,
    tapes: VecDeque<Tape>,
}

impl Pressing {
    /// Of a search that begins with the case number `first`: one that goes on had its turn.
    pub(crate) fn new(is_wanted: bool, first: u64) -> Self {
        Self { is_due: is_wanted && first == 0, ..Self::default() }
    }

    /// What the case number `index` is, if it is one of these; none any more where the time `is_over`.
    pub(crate) fn next(&mut self, index: u64, seed: u64, is_over: bool) -> Option<Tape> {
        if self.is_due && index >= WARM {
            self.is_due = false;
            self.tapes = pressed(&self.bases, &mut Random::for_case(seed, u64::MAX));
        }
        if is_over {
            self.tapes.clear();
        }
        self.tapes.pop_front()
    }

    /// A case went well.
    pub(crate) fn went_well(&mut self, tape: &Tape) {
        if self.is_due {
            self.bases.push(tape.clone());
        }
    }
}

/// What is tried for so many of these tapes as there is room for.
fn pressed(bases: &[Tape], random: &mut Random) -> VecDeque<Tape> {
    let is_small = |tape: &&Tape| (1..=LARGE).contains(&tape.iter().map(length).sum());
    let mut distinct: Vec<&Tape> = Vec::new();
    for base in bases.iter().filter(is_small) {
        if distinct.len() < BASES && !distinct.contains(&base) {
            distinct.push(base);
        }
    }
    let mut all = VecDeque::new();
    // The samples as they stand come first, for the time may end before all had their turn.
    for base in distinct {
        let mut made = claiming(base, random);
        random.shuffle(&mut made);
        made.truncate(CLAIMS);
        made.append(&mut repeating(base, random));
        random.shuffle(&mut made);
        all.extend(made);
    }
    all
}

/// Bytes of a choice of which a part can claim something, or be repeated.
fn length(choice: &Choice) -> usize {
    match choice {
        Choice::Text(text) => text.len(),
        Choice::Bytes(bytes) => bytes.len(),
        _ => 0,
    }
}

fn claiming(base: &Tape, random: &mut Random) -> Vec<Tape> {
    let mut all = Vec::new();
    for (at, choice) in base.iter().enumerate() {
        let made: Vec<Choice> = match choice {
            Choice::Text(text) => {
                let texts = claims(text.as_bytes(), true, random).into_iter();
                texts.filter_map(|bytes| String::from_utf8(bytes).ok().map(Choice::Text)).collect()
            }
            Choice::Bytes(bytes) => claims(bytes, false, random).into_iter().map(Choice::Bytes).collect(),
            _ => continue,
        };
        all.extend(made.into_iter().map(|choice| {
            let mut tape = base.clone();
            tape[at] = choice;
            tape
        }));
    }
    all
}

fn repeating(base: &Tape, random: &mut Random) -> Vec<Tape> {
    let contents = (0..base.len()).filter(|at| length(&base[*at]) > 0);
    let contents: Vec<_> = contents.map(|at| at..at + 1).collect();
    let mut families = families::of(base, &contents, &[], random, usize::MAX);
    random.shuffle(&mut families);
    families.sort_by_key(Family::tier);
    families.truncate(FAMILIES);
    let tapes = families.iter().flat_map(|family| LENGTHS.map(|bytes| family.tape(base, bytes, u64::MAX)));
    tapes.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bases: &[Tape]) -> VecDeque<Tape> {
        pressed(bases, &mut Random::for_case(1, 1))
    }

    #[test]
    fn a_number_in_a_sample_becomes_huge_and_a_part_of_it_deep() {
        let sample = vec![Choice::Number(7), Choice::Text("rows=3 [x]".to_string())];
        let texts: Vec<String> = all(&[sample])
            .iter()
            .map(|tape| match &tape[1] {
                Choice::Text(text) => text.clone(),
                Choice::Pumped(pumped) => String::from_utf8_lossy(&pumped.render()).into_owned(),
                other => panic!("{other:?}"),
            })
            .collect();
        assert!(texts.iter().any(|text| text == "rows=4294967295 [x]"), "{texts:?}");
        assert!(texts.iter().any(|text| text.contains(&"[".repeat(40))), "{texts:?}");
        assert!(texts.iter().all(|text| text.len() < 2 * LENGTHS[1]), "work that merely grows is no hang");
    }

    #[test]
    fn what_has_no_content_or_a_lot_of_it_is_left_alone() {
        let large = vec![Choice::Bytes(vec![1; LARGE + 1])];
        assert!(all(&[vec![Choice::Number(7)], large]).is_empty());
        let same = vec![Choice::Bytes(vec![4, 1, 2])];
        assert_eq!(all(&[same.clone(), same.clone()]).len(), all(&[same]).len());
    }
}
