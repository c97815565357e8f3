use super::Generator;
use crate::case::Stop;
use crate::mutate;
use crate::show::{show_bytes, show_text};
use crate::tape::Source;

/// Types of which near values can be made.
pub trait Near: Clone {
    /// A value that differs a little, with parts of others.
    #[doc(hidden)]
    #[must_use]
    fn mutated(&self, others: &[Self], source: &mut Source<'_>) -> Self;
}

impl Near for String {
    fn mutated(&self, others: &[Self], source: &mut Source<'_>) -> Self {
        let text = source.text(|maker| {
            let mut text = self.clone();
            mutate::text::mutate(&mut text, others, maker);
            text
        });
        source.show(|| show_text(&text));
        text
    }
}

impl Near for Vec<u8> {
    fn mutated(&self, others: &[Self], source: &mut Source<'_>) -> Self {
        let bytes = source.bytes(|maker| {
            let mut bytes = self.clone();
            mutate::bytes::mutate(&mut bytes, others, maker);
            bytes
        });
        source.show(|| show_bytes(&bytes));
        bytes
    }
}

macro_rules! near_integer {
    ($($integer:ident)*) => { $(
        impl Near for $integer {
            fn mutated(&self, others: &[Self], source: &mut Source<'_>) -> Self {
                let step = source.number(63, |maker| maker.random.small(64) as u128);
                let value = match step {
                    0 => others.first().copied().unwrap_or(*self),
                    1..=16 if step % 2 == 0 => self.wrapping_add((step / 2) as $integer),
                    1..=16 => self.wrapping_sub((step / 2 + 1) as $integer),
                    17 => self.wrapping_neg(),
                    _ => *self ^ ((1 as $integer).rotate_left(step as u32)),
                };
                source.show(|| value.to_string());
                value
            }
        }
    )* };
}

near_integer!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);

/// A mutation of `other`; now and then the same, now and then an unrelated one.
pub fn near<T: Near, G: Generator<Value = T>>(other: &T, fresh: G) -> impl Generator<Value = T> {
    Nearby { other, samples: fresh.samples(), fresh }
}

struct Nearby<'a, T, G> {
    other: &'a T,
    samples: Vec<T>,
    fresh: G,
}

impl<T: Near, G: Generator<Value = T>> Generator for Nearby<'_, T, G> {
    type Value = T;

    fn make(&self, source: &mut Source<'_>) -> Result<T, Stop> {
        // An unrelated value lends its parts to the mutation.
        let unrelated = self.fresh.make(source)?;
        match source.number(9, |maker| {
            if maker.is_calm() || maker.as_declared { 1 } else { maker.random.below(10) as u128 }
        }) {
            0 => Ok(unrelated),
            1 => {
                source.show(|| "the same value".to_string());
                Ok(self.other.clone())
            }
            _ => {
                let others = [self.samples.as_slice(), &[unrelated, self.other.clone()]].concat();
                Ok(self.other.mutated(&others, source))
            }
        }
    }

    fn has_samples(&self) -> bool {
        true
    }
}
