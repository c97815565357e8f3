//! What a generator sees of its case while it makes a fresh choice: chance, words, and how far to go.

use crate::attacks::Context;
use crate::dictionary::Dictionary;
use crate::random::Random;

/// What a generator has at hand to make a fresh choice.
pub(crate) struct Maker<'a> {
    pub(crate) random: &'a mut Random,
    pub(crate) dictionary: &'a Dictionary,
    /// How many cases came before.
    pub(crate) effort: u64,
    /// Mutated values grow to about this many bytes.
    pub(crate) room: usize,
    /// This value is to stay as its samples are; another one is changed.
    pub(crate) calm: bool,
    /// Nothing is mixed into what was declared: samples stay as they are.
    pub(crate) as_declared: bool,
    /// Texts are changed by printable ASCII alone.
    pub(crate) plain: bool,
    /// Numbers of the operators that are to be used seldom, as bits.
    pub(crate) seldom: u64,
    /// Numbers of the operators that were used, as bits.
    pub(crate) used: &'a mut u64,
    /// How many values of types that contain themselves are open.
    pub(crate) nesting: usize,
    /// How many choices the case has made.
    pub(crate) choices: usize,
    /// This value is to be the sample of this number, as it stands, if it has samples.
    pub(crate) whole: Option<usize>,
    /// What values are meant to break out of.
    pub(crate) context: Option<Context>,
    /// The most samples that any value of the case has, where somebody counts them.
    pub(crate) samples: Option<&'a mut usize>,
}

impl Maker<'_> {
    /// Whether a value of a type that contains itself should come to an end soon.
    pub(crate) fn is_crowded(&self) -> bool {
        self.choices > self.room / 4
    }

    /// The value has so many samples.
    pub(crate) fn has_samples(&mut self, count: usize) {
        if let Some(samples) = &mut self.samples {
            **samples = count.max(**samples);
        }
    }

    /// Whether a value with samples is to be one of them as it stands.
    pub(crate) fn is_calm(&self) -> bool {
        self.calm || self.whole.is_some()
    }

    /// Chooses one of a family of operators, given by its first number and its size; says which within the family.
    pub(crate) fn operator(&mut self, (first, count): (usize, usize)) -> usize {
        let mut chosen = self.random.below(count);
        if self.seldom >> (first + chosen) & 1 == 1 && !self.random.one_in(16) {
            chosen = self.random.below(count);
        }
        *self.used |= 1 << (first + chosen);
        chosen
    }
}

#[cfg(test)]
impl<'a> Maker<'a> {
    pub(crate) fn for_tests(
        random: &'a mut Random,
        dictionary: &'a Dictionary,
        effort: u64,
        used: &'a mut u64,
    ) -> Self {
        Self {
            random,
            dictionary,
            effort,
            room: 1024,
            calm: false,
            as_declared: false,
            plain: false,
            seldom: 0,
            used,
            nesting: 0,
            choices: 0,
            whole: None,
            context: None,
            samples: None,
        }
    }
}
