//! For each edge the shortest tape that passed it.
//!
//! Takes what cases passed, gives tapes for further cases: one of an edge that few passed as often as one of an edge
//! that all do, and each without what has nothing to do with it, for what changes there is likely to matter.

use std::rc::Rc;

use crate::random::Random;
use crate::tape::{Choice, Tape};

/// The tapes, by edge.
#[derive(Default)]
pub(super) struct Shortest {
    /// Lengths, so that they are looked at quickly, and where the tapes are.
    lengths: Vec<(u32, u32)>,
    tapes: Vec<Rc<Tape>>,
    /// Edges for which the running case is the shortest.
    better: Vec<u32>,
}

impl Shortest {
    /// A case passed an edge.
    pub(super) fn passes(&mut self, edge: u32, length: u32) {
        let at = edge as usize;
        if self.lengths.len() <= at {
            self.lengths.resize(at + 1, (u32::MAX, 0));
        }
        // A little shorter is not worth a copy.
        if u64::from(length) * 8 <= u64::from(self.lengths[at].0) * 7 {
            self.better.push(edge);
        }
    }

    /// The case is over, and may be kept.
    pub(super) fn ended(&mut self, tape: &Tape, length: u32, is_kept: bool) {
        let tape = (is_kept && !self.better.is_empty()).then(|| Rc::new(tape.clone()));
        for edge in self.better.drain(..) {
            let Some(tape) = &tape else { continue };
            let (shortest, place) = &mut self.lengths[edge as usize];
            if *shortest == u32::MAX {
                *place = self.tapes.len() as u32;
                self.tapes.push(Rc::clone(tape));
            }
            self.tapes[*place as usize] = Rc::clone(tape);
            *shortest = length;
        }
    }

    /// That of any edge.
    pub(super) fn any(&self, random: &mut Random) -> Option<&Tape> {
        random.pick(&self.tapes).map(Rc::as_ref)
    }
}

/// What a tape holds: its choices, and what is in them.
pub(super) fn length(tape: &[Choice]) -> u32 {
    let of = |choice: &Choice| match choice {
        Choice::Text(text) => text.len() + 1,
        Choice::Bytes(bytes) => bytes.len() + 1,
        Choice::Pumped(pumped) => pumped.length() + 1,
        Choice::Number(_) | Choice::Open | Choice::Close => 1,
    };
    tape.iter().map(of).sum::<usize>().try_into().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Tape {
        vec![Choice::Text(text.into())]
    }

    #[test]
    fn each_edge_has_its_shortest_tape_and_none_that_is_not_to_be_kept() {
        let mut shortest = Shortest::default();
        let mut ran = |text: &str, edges: &[u32], is_kept| {
            let tape = of(text);
            for edge in edges {
                shortest.passes(*edge, length(&tape));
            }
            shortest.ended(&tape, length(&tape), is_kept);
        };
        ran("a long text", &[1, 2], true);
        ran("short", &[1], true);
        ran("shor", &[1], false);
        ran("a longer text", &[2, 9], true);
        let mut random = Random::new(1);
        let mut seen: Vec<Tape> = (0..60).filter_map(|_| shortest.any(&mut random).cloned()).collect();
        seen.sort_by_key(|tape| length(tape));
        seen.dedup();
        assert_eq!(seen, ["short", "a long text", "a longer text"].map(of));
    }
}
