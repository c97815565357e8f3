use super::{Generator, with};
use crate::mutate;
use crate::show::{show_bytes, show_text};
use crate::source::Source;
use crate::stop::Stop;
use crate::tape::{Choice, Maker, Tape, end_of_span};

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

/// A value made of nearly the choices that made the value called `other`: for types of which no two values can be
/// compared part by part. `made` is how that one is made, `fresh` makes an unrelated one.
pub fn near_made<T>(
    other: &'static str,
    made: impl Generator<Value = T>,
    fresh: impl Generator<Value = T>,
) -> impl Generator<Value = T> {
    with(move |source| {
        let choices = source.choices_of(other);
        let how = source.number(9, how);
        match how {
            1 => {
                let same = source.out_of(choices, false, |source| made.make(source))?;
                source.show(|| format!("the same value as {other}"));
                Ok(same)
            }
            2.. if !choices.is_empty() => match source.wish(|maker| changed(choices, maker)) {
                Some(choices) => source.out_of(choices, true, |source| made.make(source)),
                None => made.make(source),
            },
            _ => fresh.make(source),
        }
    })
}

/// How near: 0 stands for an unrelated value, 1 for the same one, and what is above for a changed one.
///
/// The same one wherever samples stay as they are, and half the time where the case changes another value: more often,
/// and most cases would compare a value with itself.
fn how(maker: &mut Maker<'_>) -> u128 {
    let is_same = maker.as_declared || maker.whole.is_some() || (maker.calm && maker.random.one_in(2));
    if is_same { 1 } else { maker.random.below(10) as u128 }
}

/// A few choices of a tape changed.
fn changed(mut tape: Tape, maker: &mut Maker<'_>) -> Tape {
    for _ in 0..mutate::how_many(maker.random, maker.effort) {
        let at = maker.random.below(tape.len());
        match tape.get_mut(at) {
            Some(Choice::Number(number)) => {
                *number = match maker.random.below(5) {
                    0 => number.wrapping_add(2),
                    1 => number.wrapping_add(1),
                    2 => number.saturating_sub(1),
                    3 => *number ^ 1 << maker.random.below(64),
                    _ => 0,
                }
            }
            Some(Choice::Text(text)) => mutate::text::mutate(text, &[], maker),
            Some(Choice::Bytes(bytes)) => mutate::bytes::mutate(bytes, &[], maker),
            Some(Choice::Open) => {
                let span = at..at + end_of_span(&tape[at..]) + 1;
                let twice =
                    maker.random.one_in(2).then(|| [&tape[span.clone()], &tape[span.clone()]].concat());
                tape.splice(span, twice.unwrap_or_default());
            }
            Some(Choice::Pumped(_) | Choice::Close) | None => {}
        }
    }
    tape
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
        match source.number(9, how) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Case;
    use crate::dictionary::Dictionary;
    use crate::generate::{integer, option, text, tuple, vec};
    use crate::random::Random;

    #[test]
    fn any_value_can_be_near_another_and_comes_back_from_its_tape() {
        let dictionary = Dictionary::default();
        let of = || tuple((option(text()), vec(integer::<u8>())));
        let pair = |source: Source<'_>| {
            let mut ignore = |_: &[Choice], _: &[constraints_wire::Shown]| {};
            let mut case = Case::new(source, &mut ignore);
            let a = case.draw("a", of()).ok()?;
            let b = case.draw("b", near_made("a", of(), of())).ok()?;
            Some((a, b, case.into_parts().0))
        };
        let (mut same, mut near) = (0, 0);
        for index in 0..2_000 {
            let values = [false, true];
            let source = Source::fresh(Random::for_case(7, index), &dictionary, index, &values, false);
            let Some((a, b, tape)) = pair(source) else { continue };
            same += u32::from(a == b);
            near += u32::from(a != b && (a.0 == b.0 || a.1 == b.1));
            let again = pair(Source::replaying(tape.clone(), &dictionary)).expect("again");
            assert_eq!(again, (a, b, tape), "{index}");
        }
        assert!(same > 200 && near > 300, "{same} {near}");
    }
}
