//! Numbers, and the few types that are one choice: `bool`, `char`, `()`.

use std::cmp::Ordering;
use std::fmt::Debug;

use super::{Generator, with};
use crate::hostile;
use crate::mutate;
use crate::planting::Planting;
use crate::source::Source;
use crate::stop::Stop;
use crate::tape::Maker;

/// An integer primitive.
pub trait IntegerNumber: Copy + Debug + PartialOrd {
    /// Smallest value.
    #[doc(hidden)]
    const LEAST: Self;
    /// Largest value.
    #[doc(hidden)]
    const MOST: Self;
    /// As a distance from the smallest value.
    #[doc(hidden)]
    fn to_distance(self) -> u128;
    /// The value at a distance from the smallest one.
    #[doc(hidden)]
    fn from_distance(distance: u128) -> Self;
}

macro_rules! integer_number {
    ($($signed:ident $unsigned:ident),*) => { $(
        impl IntegerNumber for $unsigned {
            const LEAST: Self = $unsigned::MIN;
            const MOST: Self = $unsigned::MAX;
            fn to_distance(self) -> u128 { self as u128 }
            fn from_distance(distance: u128) -> Self { distance as $unsigned }
        }
        impl IntegerNumber for $signed {
            const LEAST: Self = $signed::MIN;
            const MOST: Self = $signed::MAX;
            fn to_distance(self) -> u128 { u128::from_ne_bytes(i128::from(self as i128).to_ne_bytes()).wrapping_sub(u128::from_ne_bytes(($signed::MIN as i128).to_ne_bytes())) }
            fn from_distance(distance: u128) -> Self { distance.wrapping_add(u128::from_ne_bytes(($signed::MIN as i128).to_ne_bytes())) as $signed }
        }
    )* };
}

integer_number!(i8 u8, i16 u16, i32 u32, i64 u64, i128 u128, isize usize);

/// Makes integers.
#[derive(Clone, Debug)]
pub struct Integer<T> {
    least: T,
    most: T,
}

/// Integers of every size, those at the borders of any width above all.
pub fn integer<T: IntegerNumber>() -> Integer<T> {
    Integer { least: T::LEAST, most: T::MOST }
}

impl<T: IntegerNumber> Integer<T> {
    /// Only from `least` to `most`, both included.
    ///
    /// # Panics
    /// If `least` is more than `most`.
    #[must_use]
    pub fn between(self, least: T, most: T) -> Self {
        assert!(least <= most, "the range {least:?}..={most:?} holds no number");
        Self { least, most }
    }

    /// The value nearest to zero, from which choices count.
    fn origin(&self) -> u128 {
        // Distance of zero from the smallest value of the type; unsigned types start there.
        let zero = T::LEAST.to_distance().wrapping_sub(signed_least::<T>());
        zero.clamp(self.least.to_distance(), self.most.to_distance())
    }
}

/// The smallest value of a type, as a two's complement number of 128 bits.
fn signed_least<T: IntegerNumber>() -> u128 {
    // For a signed type of w bits the distance of the largest value is 2^w - 1, and zero lies in the middle.
    let span = T::MOST.to_distance();
    let signed = format!("{:?}", T::LEAST).starts_with('-');
    if signed { (span / 2 + 1).wrapping_neg() } else { 0 }
}

impl<T: IntegerNumber> Generator for Integer<T> {
    type Value = T;

    fn make(&self, source: &mut Source<'_>) -> Result<T, Stop> {
        let (least, most, origin) = (self.least.to_distance(), self.most.to_distance(), self.origin());
        let (below, above) = (origin - least, most - origin);
        let is_secret = source.planting().is_some_and(Planting::is_secret);
        let choice = source.number(most - least, |maker| {
            // Bytes of a key are no special numbers.
            if is_secret {
                maker.random.wide() % (most - least).saturating_add(1).max(1)
            } else {
                fresh(maker, below, above)
            }
        });
        let distance = from_choice(choice, below, above).map_or_else(|up| origin + up, |down| origin - down);
        let number = T::from_distance(distance);
        source.show(|| format!("{number:?}"));
        Ok(number)
    }
}

/// Choices alternate around the origin while both sides last, so that small choices are small numbers:
/// `Err(up)` for the origin and above, `Ok(down)` below it.
fn from_choice(choice: u128, below: u128, above: u128) -> Result<u128, u128> {
    let both = below.min(above);
    if choice / 2 < both || (choice / 2 == both && choice.is_multiple_of(2)) {
        if choice.is_multiple_of(2) { Err(choice / 2) } else { Ok(choice / 2 + 1) }
    } else if below > above {
        Ok(choice - both)
    } else {
        Err(choice - both)
    }
}

fn to_choice(up: bool, magnitude: u128, below: u128, above: u128) -> u128 {
    let both = below.min(above);
    if magnitude > both {
        magnitude + both
    } else if up || magnitude == 0 {
        magnitude * 2
    } else {
        magnitude * 2 - 1
    }
}

/// A number of a range that reaches so far may be seconds since 1970.
const MOMENTS: u128 = i32::MAX as u128;

fn fresh(maker: &mut Maker<'_>, below: u128, above: u128) -> u128 {
    let up = below == 0 || (above > 0 && !maker.random.one_in(3));
    let side = if up { above } else { below };
    let magnitude = match maker.random.below(8) {
        _ if maker.calm => maker.random.small(300) as u128,
        0 => 0,
        1 => side,
        2 => side - (maker.random.small(20) as u128).min(side),
        3 => maker.random.small(300) as u128,
        4 if side >= MOMENTS && maker.random.one_in(4) => {
            let units = [1, 1_000, 1_000_000, 1_000_000_000];
            let units = units.into_iter().filter(|unit| MOMENTS * unit <= side).collect::<Vec<u128>>();
            hostile::moment(maker.random) * maker.random.pick(&units).copied().unwrap_or(1)
        }
        4 | 5 => {
            let borders: Vec<u128> = hostile::border_numbers().filter(|border| *border <= side).collect();
            maker.random.pick(&borders).copied().unwrap_or(0)
        }
        6 => {
            let known = maker.dictionary.number(maker.random).unwrap_or(1);
            known.wrapping_add(maker.random.below(3) as u128).wrapping_sub(1)
        }
        _ => maker.random.wide() >> maker.random.below(128),
    };
    let magnitude = if magnitude > side { magnitude % side.saturating_add(1).max(1) } else { magnitude };
    to_choice(up, magnitude, below, above)
}

/// A float primitive.
pub trait FloatNumber: Copy + Debug + PartialOrd {
    /// From the widest float.
    #[doc(hidden)]
    fn narrow(wide: f64) -> Self;
    /// From raw bits; the low ones are used.
    #[doc(hidden)]
    fn from_raw(bits: u64) -> Self;
}

impl FloatNumber for f64 {
    fn narrow(wide: f64) -> Self {
        wide
    }
    fn from_raw(bits: u64) -> Self {
        f64::from_bits(bits)
    }
}

impl FloatNumber for f32 {
    fn narrow(wide: f64) -> Self {
        wide as f32
    }
    fn from_raw(bits: u64) -> Self {
        f32::from_bits(bits as u32)
    }
}

/// Makes floats.
#[derive(Clone, Debug)]
pub struct Float<T> {
    between: Option<(T, T)>,
}

/// Floats of every sort: whole numbers, borders, infinities, not-a-number, any bits.
pub fn float<T: FloatNumber>() -> Float<T> {
    Float { between: None }
}

/// Floats that calculations stumble over.
const FLOATS: &[f64] = &[
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.1,
    0.5,
    -0.5,
    1.5,
    2.0,
    1e-9,
    1e9,
    1e15,
    9_007_199_254_740_991.0,
    9_007_199_254_740_993.0,
    9.223_372_036_854_775e18,
    1.844_674_407_370_955e19,
    4_294_967_295.0,
    4_294_967_296.0,
    2_147_483_648.0,
    1e38,
    3.5e38,
    1e39,
    1e308,
    f64::MAX,
    f64::MIN,
    f64::MIN_POSITIVE,
    5e-324,
    1e-45,
    f64::EPSILON,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
];

/// Choices below this are positions in [`FLOATS`], the next are whole numbers, the rest raw bits.
const WHOLE: u128 = 64;
const RAW: u128 = WHOLE + (1 << 20);

impl<T: FloatNumber> Float<T> {
    /// Only from `least` to `most`, both included; never not-a-number.
    ///
    /// # Panics
    /// If `least` is not at most `most`.
    #[must_use]
    pub fn between(self, least: T, most: T) -> Self {
        assert!(least <= most, "the range {least:?}..={most:?} holds no number");
        Self { between: Some((least, most)) }
    }

    fn from_choice(choice: u128) -> T {
        if choice < WHOLE {
            T::narrow(FLOATS[choice as usize % FLOATS.len()])
        } else if choice < RAW {
            let magnitude = ((choice - WHOLE) / 2) as f64;
            T::narrow(if choice.is_multiple_of(2) { magnitude } else { -magnitude })
        } else {
            T::from_raw((choice - RAW) as u64)
        }
    }
}

impl<T: FloatNumber> Generator for Float<T> {
    type Value = T;

    fn make(&self, source: &mut Source<'_>) -> Result<T, Stop> {
        let choice = source.number(RAW + u128::from(u64::MAX), |maker| match maker.random.below(4) {
            0 => maker.random.below(FLOATS.len()) as u128,
            1 => WHOLE + maker.random.small((RAW - WHOLE) as usize) as u128,
            _ => RAW + u128::from(maker.random.next()),
        });
        let mut number = Self::from_choice(choice);
        if let Some((least, most)) = self.between {
            number = match (number.partial_cmp(&least), number.partial_cmp(&most)) {
                // Not-a-number falls to a border, too.
                (None | Some(Ordering::Less), _) => least,
                (_, None | Some(Ordering::Greater)) => most,
                _ => number,
            };
        }
        source.show(|| format!("{number:?}"));
        Ok(number)
    }
}

/// `bool`
pub fn boolean() -> impl Generator<Value = bool> {
    with(|source| {
        let value = source.number(1, |maker| maker.random.below(2) as u128) == 1;
        source.show(|| value.to_string());
        Ok(value)
    })
}

/// `char`
pub fn character() -> impl Generator<Value = char> {
    with(|source| {
        let code = source.number(0x10_ffff, |maker| u128::from(u32::from(mutate::parts::any_char(maker))));
        let value = char::from_u32(code as u32).unwrap_or('\u{fffd}');
        source.show(|| format!("{value:?}"));
        Ok(value)
    })
}

/// `()`
pub fn unit() -> impl Generator<Value = ()> {
    with(|source| {
        source.show(|| "()".to_string());
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::random::Random;
    use crate::tape::Choice;

    fn made<T: IntegerNumber>(generator: &Integer<T>, choice: u128) -> T {
        let dictionary = Dictionary::default();
        let mut source = Source::replaying(vec![Choice::Number(choice)], &dictionary);
        generator.make(&mut source).expect("numbers are always made")
    }

    #[test]
    fn choices_count_outwards_from_zero() {
        let numbers: Vec<i8> = (0..=255).map(|choice| made(&integer::<i8>(), choice)).collect();
        assert_eq!(numbers[..5], [0, -1, 1, -2, 2]);
        let mut sorted = numbers;
        sorted.sort_unstable();
        assert_eq!(sorted, (i8::MIN..=i8::MAX).collect::<Vec<_>>());
    }

    #[test]
    fn every_number_of_a_lopsided_range_has_one_choice() {
        let generator = integer::<i8>().between(-3, 10);
        let mut numbers: Vec<i8> = (0..=13).map(|choice| made(&generator, choice)).collect();
        assert_eq!(numbers[0], 0);
        numbers.sort_unstable();
        assert_eq!(numbers, (-3..=10).collect::<Vec<_>>());
        let above: Vec<u8> = (0..=2).map(|choice| made(&integer::<u8>().between(7, 9), choice)).collect();
        assert_eq!(above, [7, 8, 9]);
        let below: Vec<i64> = (0..=2).map(|choice| made(&integer::<i64>().between(-9, -7), choice)).collect();
        assert_eq!(below, [-7, -8, -9]);
    }

    #[test]
    fn borders_of_every_width_come_up_soon() {
        let dictionary = Dictionary::default();
        let mut seen = std::collections::BTreeSet::new();
        for index in 0..2_000 {
            let mut source = Source::fresh(Random::for_case(3, index), &dictionary, index, &[false], false);
            seen.insert(integer::<i64>().make(&mut source).expect("numbers are always made"));
        }
        for border in [
            i64::MIN,
            i64::MIN + 1,
            -1,
            0,
            1,
            i64::MAX - 1,
            i64::MAX,
            i64::from(u32::MAX),
            i64::from(i32::MIN),
        ] {
            assert!(seen.contains(&border), "{border}");
        }
    }

    #[test]
    fn floats_stay_in_their_range() {
        let dictionary = Dictionary::default();
        for index in 0..2_000 {
            let mut source = Source::fresh(Random::for_case(3, index), &dictionary, index, &[false], false);
            let number =
                float::<f64>().between(-1.5, 2.5).make(&mut source).expect("numbers are always made");
            assert!((-1.5..=2.5).contains(&number), "{number}");
        }
    }
}
