//! Hashes for tables that nobody from outside fills: quick also where nothing is inlined.
//!
//! Takes anything that can be hashed, gives the same number for it in every run. Never for values whose hash an
//! attacker may choose to collide, and never for anything that is written down.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

pub(crate) type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<QuickHasher>>;
pub(crate) type QuickSet<K> = HashSet<K, BuildHasherDefault<QuickHasher>>;

/// One multiplication for each eight bytes.
#[derive(Clone, Copy, Default)]
pub(crate) struct QuickHasher(u64);

impl Hasher for QuickHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.write_u64(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            let last = rest.iter().fold(1, |word, byte| word << 8 | u64::from(*byte));
            self.write_u64(last);
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(29) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_usize(&mut self, word: usize) {
        self.write_u64(word as u64);
    }

    fn finish(&self) -> u64 {
        // Tables look at the highest and at the lowest bits.
        (self.0 ^ self.0 >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93) ^ self.0 >> 29
    }
}

#[cfg(test)]
mod tests {
    use std::hash::{Hash as _, Hasher as _};

    use super::*;
    use crate::tape::Choice;

    fn hash(tape: &[Choice]) -> u64 {
        let mut hasher = QuickHasher::default();
        tape.hash(&mut hasher);
        hasher.finish()
    }

    #[test]
    fn tapes_that_differ_in_anything_have_other_hashes() {
        let mut tapes: Vec<Vec<Choice>> = (0..2_000).map(|number| vec![Choice::Number(number)]).collect();
        tapes.extend((0..200).map(|length| vec![Choice::Bytes(vec![0; length])]));
        tapes.extend((0..200).map(|length| vec![Choice::Text("\0".repeat(length))]));
        tapes.extend((0..200).map(|at| {
            let mut bytes = vec![0; 200];
            bytes[at] = 1;
            vec![Choice::Open, Choice::Bytes(bytes), Choice::Close]
        }));
        let hashes: HashSet<u64> = tapes.iter().map(|tape| hash(tape)).collect();
        assert_eq!(hashes.len(), tapes.len());
        let low: HashSet<u64> = tapes[..2_000].iter().map(|tape| hash(tape) % 4_096).collect();
        assert!(low.len() > 1_200, "spread over the places of a table: {}", low.len());
    }

    #[test]
    fn the_same_is_found_again() {
        let mut map: QuickMap<u64, u64> = QuickMap::default();
        for number in 0..10_000 {
            map.insert(number << 40, number);
        }
        assert!((0..10_000).all(|number| map[&(number << 40)] == number));
    }
}
