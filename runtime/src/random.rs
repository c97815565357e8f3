//! Random numbers for the search.

use std::ops::Range;

/// `SplitMix64`. Written here because a seed must give the same inputs with every version of every dependency.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The stream of case `index` of a run, independent of how many cases came before in this process.
    pub(crate) fn for_case(seed: u64, index: u64) -> Self {
        let mut start = Self(seed ^ index.wrapping_mul(0xD134_2543_DE82_EF95));
        start.next();
        start
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn wide(&mut self) -> u128 {
        u128::from(self.next()) << 64 | u128::from(self.next())
    }

    /// A number below `end`; 0 if `end` is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        if end == 0 {
            return 0;
        }
        // The bias of the remainder is far below what a search could notice.
        usize::try_from(self.next() % end as u64).unwrap_or(0)
    }

    pub(crate) fn within(&mut self, range: Range<usize>) -> usize {
        range.start + self.below(range.end.saturating_sub(range.start))
    }

    /// True once in `n` times.
    pub(crate) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    /// Puts items into any order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }

    /// Small numbers often, larger ones ever more seldom; below `end`.
    pub(crate) fn small(&mut self, end: usize) -> usize {
        let bits = self.below(64 - (end as u64).leading_zeros() as usize + 1);
        self.below((1usize << bits).min(end))
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn the_same_seed_gives_the_same_numbers_for_ever() {
        let mut random = Random::new(1);
        assert_eq!([random.next(), random.next()], [0x910a_2dec_8902_5cc1, 0xbeeb_8da1_658e_ec67]);
    }

    #[test]
    fn bounds_are_kept() {
        let mut random = Random::new(7);
        for end in 0..200 {
            assert!(random.below(end) < end.max(1));
            assert!(random.small(end) < end.max(1));
        }
    }
}
