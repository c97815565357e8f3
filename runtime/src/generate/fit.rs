//! Texts and bytes that keep to a length, to a class of characters, and have some texts nowhere.

use super::Generator;
use crate::random::Random;
use crate::show::{show_bytes, show_text};
use crate::source::Source;
use crate::stop::Stop;

/// Characters that a text may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letters {
    /// All.
    Any,
    /// Those of ASCII.
    Ascii,
    /// Those that are seen, and spaces.
    Printable,
    /// All but those that end a line.
    Line,
    /// Letters and digits of any script, and `_`.
    Word,
}

impl Letters {
    fn has(self, letter: char) -> bool {
        match self {
            Self::Any => true,
            Self::Ascii => letter.is_ascii(),
            Self::Printable => {
                letter == ' ' || !(letter.is_control() || letter.is_whitespace() || hides(letter))
            }
            Self::Line => {
                !matches!(letter, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
            }
            Self::Word => letter.is_alphanumeric() || letter == '_',
        }
    }
}

/// Characters that are not seen themselves: marks of direction and width, and those without a meaning.
fn hides(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{10ffff}')
}

/// Values of another generator, changed until they keep to what is asked.
#[derive(Clone, Debug)]
pub struct Fit<G> {
    inner: G,
    least: usize,
    most: usize,
    letters: Letters,
    without: Vec<&'static str>,
}

/// Values of `inner`, as they are.
pub fn fit<G: Generator<Value: Fits>>(inner: G) -> Fit<G> {
    Fit { inner, least: 0, most: usize::MAX, letters: Letters::Any, without: Vec::new() }
}

impl<G> Fit<G> {
    /// Only from `least` to `most` characters of a text, or bytes.
    #[must_use]
    pub fn length(self, least: usize, most: usize) -> Self {
        Self { least, most, ..self }
    }

    /// Only these characters.
    #[must_use]
    pub fn letters(self, letters: Letters) -> Self {
        Self { letters, ..self }
    }

    /// With none of these texts anywhere.
    #[must_use]
    pub fn without(mut self, texts: &[&'static str]) -> Self {
        self.without.extend(texts);
        self
    }

    /// Whether somebody said how long values may be, and it is worth trying.
    fn may_be_long(&self) -> bool {
        self.most < usize::MAX && self.most > self.least
    }

    /// How long, in the last bits, where it becomes smaller first, and of what.
    fn long(&self, random: &mut Random) -> u64 {
        let most = self.most.min(LONGEST);
        let top =
            1_usize.checked_shl(random.below(most.ilog2() as usize + 2) as u32).unwrap_or(most).min(most);
        let length = if random.one_in(2) { top } else { random.within(top / 2..top + 1) };
        LONG | (random.next() & !LONG & !LENGTH) | length as u64
    }

    fn bounds(&self) -> Bounds<'_> {
        Bounds { least: self.least, most: self.most, letters: self.letters, without: &self.without }
    }
}

/// Says of a number that the value becomes long before it is made to fit; and the bits of it that say how long.
const LONG: u64 = 1 << 63;
const LENGTH: u64 = (1 << 32) - 1;

/// Longer ones are left to what grows.
const LONGEST: usize = 8 << 10;

/// How a value becomes long.
#[derive(Clone, Copy)]
enum Way {
    /// It is repeated.
    Repeated,
    /// One thing stands behind it again and again.
    Filled,
    /// The same with nothing else there.
    Uniform,
    /// Anything stands behind it.
    Random,
}

impl Way {
    fn any(random: &mut Random) -> Self {
        [Self::Repeated, Self::Filled, Self::Uniform, Self::Random][random.below(4)]
    }
}

/// What values keep to.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Bounds<'a> {
    least: usize,
    most: usize,
    letters: Letters,
    without: &'a [&'static str],
}

/// Values that can be cut and filled.
pub trait Fits: Sized + Clone {
    /// Takes out what must not occur, then cuts or fills; nothing if the filling itself must not occur.
    #[doc(hidden)]
    fn fit(&mut self, bounds: Bounds<'_>, filling: u64) -> Option<()>;
    /// Makes it as long as that, in characters or bytes; what it gets depends on the seed.
    #[doc(hidden)]
    fn lengthen(&mut self, length: usize, seed: u64);
    #[doc(hidden)]
    fn shown(&self) -> String;
}

impl<G: Generator<Value: Fits>> Generator for Fit<G> {
    type Value = G::Value;

    fn make(&self, source: &mut Source<'_>) -> Result<G::Value, Stop> {
        let mut value = self.inner.make(source)?;
        // What a value is filled with is the simplest thing, until a case asks for another.
        let number = source.number(u128::from(u64::MAX), |maker| {
            // Where one value of a case is long others are, too: two long numbers, a long text and a long pattern.
            if self.may_be_long() && maker.effort % 8 == 5 && !maker.is_calm() && !maker.random.one_in(4) {
                return u128::from(self.long(maker.random));
            }
            let is_simple = self.least == 0 || maker.random.one_in(4);
            u128::from(if is_simple { 0 } else { maker.random.next() & !LONG })
        }) as u64;
        let is_long = self.may_be_long() && number & LONG != 0;
        if is_long {
            let length = (number & LENGTH) as usize;
            value.lengthen(length.min(self.most), number & !LENGTH);
        }
        let filling = if is_long { 0 } else { number };
        value.fit(self.bounds(), filling).ok_or_else(Stop::rejected)?;
        source.show(|| value.shown());
        Ok(value)
    }

    fn samples(&self) -> Vec<G::Value> {
        let fitted = |mut value: G::Value| value.fit(self.bounds(), 0).map(|()| value);
        self.inner.samples().into_iter().filter_map(fitted).collect()
    }

    fn has_samples(&self) -> bool {
        self.inner.has_samples()
    }
}

impl Fits for String {
    fn fit(&mut self, bounds: Bounds<'_>, filling: u64) -> Option<()> {
        self.retain(|letter| bounds.letters.has(letter));
        take_out(self, bounds.without, |text, part| text.find(part));
        if let Some((end, _)) = self.char_indices().nth(bounds.most) {
            self.truncate(end);
        }
        let count = self.chars().count();
        if count >= bounds.least {
            return Some(());
        }
        let mut random = Random::new(filling);
        let letters = ['a', '0', 'Z', 'é', '日', '_', '~', ' '];
        let safe = |letter: &char| bounds.letters.has(*letter) && !occurs(*letter, bounds.without);
        let safe: Vec<char> = letters.into_iter().filter(safe).collect();
        let first = *safe.first()?;
        for _ in count..bounds.least {
            self.push(if filling == 0 { first } else { random.pick(&safe).copied().unwrap_or(first) });
        }
        Some(())
    }

    fn lengthen(&mut self, length: usize, seed: u64) {
        let random = &mut Random::new(seed);
        let own: Vec<char> = self.chars().collect();
        let way = Way::any(random);
        let one = random.pick(&own).copied().filter(|_| !random.one_in(3)).unwrap_or('0');
        let anything = ['a', '0', 'Z', 'é', '日', '_', ' ', '\n'];
        if let Way::Uniform = way {
            self.clear();
        }
        for at in self.chars().count()..length {
            self.push(match way {
                Way::Repeated if !own.is_empty() => own[at % own.len()],
                Way::Random => random.pick(&anything).copied().unwrap_or(one),
                _ => one,
            });
        }
    }

    fn shown(&self) -> String {
        show_text(self)
    }
}

impl Fits for Vec<u8> {
    fn fit(&mut self, bounds: Bounds<'_>, filling: u64) -> Option<()> {
        if bounds.letters != Letters::Any {
            let mut text = String::from_utf8_lossy(self).into_owned();
            text.retain(|letter| bounds.letters.has(letter));
            *self = text.into_bytes();
        }
        let find = |bytes: &Self, part: &str| bytes.windows(part.len()).position(|at| at == part.as_bytes());
        take_out(self, bounds.without, find);
        self.truncate(bounds.most);
        if self.len() >= bounds.least {
            return Some(());
        }
        let mut random = Random::new(filling);
        let of_letters = |byte: &u8| {
            let letter = char::from(*byte);
            bounds.letters == Letters::Any || (letter.is_ascii() && bounds.letters.has(letter))
        };
        let is_free = |byte: &u8| !bounds.without.iter().any(|part| part.as_bytes().contains(byte));
        let safe: Vec<u8> = (0..=255).filter(|byte| of_letters(byte) && is_free(byte)).collect();
        let first = *safe.first()?;
        while self.len() < bounds.least {
            self.push(if filling == 0 { first } else { random.pick(&safe).copied().unwrap_or(first) });
        }
        Some(())
    }

    fn lengthen(&mut self, length: usize, seed: u64) {
        let random = &mut Random::new(seed);
        let own = self.clone();
        let way = Way::any(random);
        let one = random.pick(&own).copied().filter(|_| random.one_in(3));
        let one = one.unwrap_or(if random.one_in(3) { 0 } else { 0xff });
        if let Way::Uniform = way {
            self.clear();
        }
        for at in self.len()..length {
            self.push(match way {
                Way::Repeated if !own.is_empty() => own[at % own.len()],
                Way::Random => random.below(256) as u8,
                _ => one,
            });
        }
    }

    fn shown(&self) -> String {
        show_bytes(self)
    }
}

/// A letter that is part of none of the texts cannot make one of them.
fn occurs(letter: char, texts: &[&str]) -> bool {
    texts.iter().any(|text| text.contains(letter))
}

/// Takes every part out until none is left: what is taken out may bring the halves of another together.
fn take_out<T: Parted>(value: &mut T, parts: &[&str], find: impl Fn(&T, &str) -> Option<usize>) {
    while let Some((at, part)) = parts.iter().find_map(|part| Some((find(value, part)?, part))) {
        value.remove_part(at, part.len());
    }
}

trait Parted {
    fn remove_part(&mut self, at: usize, length: usize);
}

impl Parted for String {
    fn remove_part(&mut self, at: usize, length: usize) {
        self.replace_range(at..at + length, "");
    }
}

impl Parted for Vec<u8> {
    fn remove_part(&mut self, at: usize, length: usize) {
        self.drain(at..at + length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::generate::{bytes, text};

    fn made<G: Generator>(generator: &G) -> Vec<G::Value> {
        let dictionary = Dictionary::default();
        let make = |index| {
            let mut source = Source::fresh(Random::for_case(5, index), &dictionary, index, &[true], false);
            generator.make(&mut source).ok()
        };
        (0..2_000).filter_map(make).collect()
    }

    #[test]
    fn texts_keep_to_their_length_and_letters_and_have_nothing_that_must_not_occur() {
        let without = ["a", "<!"];
        let texts = made(
            &fit(text().like(&["a<a!b", "x"])).length(2, 5).letters(Letters::Printable).without(&without),
        );
        assert_eq!(texts.len(), 2_000);
        for text in &texts {
            assert!((2..=5).contains(&text.chars().count()), "{text:?}");
            assert!(!without.iter().any(|part| text.contains(part)), "{text:?}");
            assert!(text.chars().all(|letter| Letters::Printable.has(letter)), "{text:?}");
        }
        let lengths: std::collections::BTreeSet<usize> = texts.iter().map(|it| it.chars().count()).collect();
        assert_eq!(lengths.len(), 4);
    }

    #[test]
    fn keys_of_one_length_are_of_many_bytes() {
        let keys = made(&fit(bytes()).length(32, 32));
        assert!(keys.iter().all(|key| key.len() == 32));
        assert!(keys.iter().any(|key| key.iter().collect::<std::collections::BTreeSet<_>>().len() > 24));
        assert!(keys.iter().any(|key| key.iter().all(|byte| *byte == 0)));
    }

    #[test]
    fn all_of_a_length_is_used_where_samples_are_short() {
        let made = made(&fit(bytes().like(&[b"abc"])).length(0, 4_000));
        let count = |is: &dyn Fn(&Vec<u8>) -> bool| made.iter().filter(|bytes| is(bytes)).count();
        assert!(count(&|bytes| bytes.len() > 1_000) > 30);
        assert!(count(&|bytes| bytes.len() > 4_000) == 0);
        for wanted in [
            |bytes: &Vec<u8>| bytes.iter().all(|byte| *byte == 0xff),
            |bytes: &Vec<u8>| bytes.starts_with(b"abc") && bytes.iter().skip(3).all(|byte| *byte == 0xff),
            |bytes: &Vec<u8>| bytes.chunks_exact(3).all(|part| part == b"abc"),
        ] {
            assert!(count(&|bytes| bytes.len() > 300 && wanted(bytes)) > 0);
        }
    }

    #[test]
    fn what_no_letter_can_fill_is_refused_and_does_not_hang() {
        let all: Vec<&'static str> = vec!["a", "0", "Z", "é", "日", "_", "~", " "];
        let made = made(&fit(text()).length(900, 900).without(&all));
        assert!(made.len() < 200 && made.iter().all(|text| text.chars().count() == 900));
    }

    #[test]
    fn what_is_taken_out_does_not_come_together_again() {
        let mut text = "<<!!<!<!!".to_owned();
        let bounds = Bounds { least: 0, most: 99, letters: Letters::Any, without: &["<!"] };
        text.fit(bounds, 0).expect("nothing is filled");
        assert_eq!(text, "!");
    }
}
