//! Takes many outputs of a source of random values, says what of them chance would not give.
//!
//! Every statement it makes is far beyond what chance does in the life of a project: a deviation counts from nine standard
//! deviations on, a repetition from odds of one to 10^12, and only where somebody could make something of it.

mod symbols;

use std::collections::HashMap;
use std::fmt::Write as _;

pub use symbols::{AnySymbols, Number, OfBytes, OfDebug, OfDisplay, OfNumber, OfText, Output};

/// What the outputs have to be.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    /// The characters or bytes at every place, each as likely as the others.
    pub(crate) alphabet: Option<Vec<u32>>,
    /// How many there are: at least and at most.
    pub(crate) length: Option<(usize, usize)>,
    /// At least so many bits nobody can guess; nothing for as many as the type and the alphabet have room for, up to 64.
    pub(crate) bits: Option<u32>,
}

impl Expected {
    /// The symbols at every place.
    #[must_use]
    pub fn alphabet(self, letters: &str) -> Self {
        Self { alphabet: Some(letters.chars().map(u32::from).collect()), ..self }
    }

    /// At least and at most so many symbols.
    #[must_use]
    pub fn length(self, least: usize, most: usize) -> Self {
        Self { length: Some((least, most)), ..self }
    }

    /// At least so many bits.
    #[must_use]
    pub fn bits(self, bits: u32) -> Self {
        Self { bits: Some(bits), ..self }
    }
}

/// One output as symbols: characters of a text, bytes of anything else.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Symbols(pub(crate) Vec<u32>, pub(crate) Sort);

/// What the symbols are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Sort {
    Letters,
    Bytes,
}

impl Symbols {
    /// Characters.
    pub fn of_text(text: &str) -> Self {
        Self(text.chars().map(u32::from).collect(), Sort::Letters)
    }

    /// Bytes.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(bytes.iter().map(|byte| u32::from(*byte)).collect(), Sort::Bytes)
    }

    /// As people read it.
    pub(crate) fn text(&self) -> String {
        match self.1 {
            Sort::Letters => self.0.iter().filter_map(|letter| char::from_u32(*letter)).collect(),
            Sort::Bytes => self.0.iter().fold(String::new(), |mut text, byte| {
                let _ = write!(text, "{byte:02x}");
                text
            }),
        }
    }
}

/// What speaks against chance: what should be, and what is.
pub(crate) type Finding = (&'static str, String);

/// A deviation counts from so many standard deviations on.
const FAR: f64 = 9.0;
/// A deviation matters from this part of what is expected on.
const MATTERS: f64 = 0.05;
/// Cells of a comparison hold so many at least, or it says nothing.
const ENOUGH: f64 = 30.0;
/// Bits that a value nobody may guess has, where nothing else is said: what OWASP asks of a session identifier.
const BITS: u32 = 64;
/// Pairs of places are compared over so many outputs.
const COMPARED: usize = 4096;
/// Places of an output that are looked at.
const PLACES: usize = 64;

/// The first thing that chance would not do, if there is any.
pub(crate) fn finding(outputs: &[Symbols], expected: &Expected) -> Option<Finding> {
    of_form(outputs, expected)
        .or_else(|| repeated(outputs, expected))
        .or_else(|| uneven(outputs, expected))
        .or_else(|| dependent(outputs))
        .or_else(|| too_few_bits(outputs, expected))
}

/// Whether there are enough outputs to tell that nothing is wrong.
pub(crate) fn is_enough(outputs: &[Symbols], expected: &Expected) -> bool {
    let symbols: usize = outputs.iter().map(|output| output.0.len()).sum();
    let kinds = expected.alphabet.as_ref().map_or(2, Vec::len);
    outputs.len() >= 64 && symbols as f64 >= ENOUGH * 2.0 * kinds as f64
}

fn name(symbol: u32, sort: Sort) -> String {
    match (sort, char::from_u32(symbol)) {
        (Sort::Letters, Some(letter)) => format!("{letter:?}"),
        _ => format!("0x{symbol:02x}"),
    }
}

/// Symbols that are not in the alphabet, and wrong lengths.
fn of_form(outputs: &[Symbols], expected: &Expected) -> Option<Finding> {
    if let Some((least, most)) = expected.length
        && let Some(other) = outputs.iter().find(|output| !(least..=most).contains(&output.0.len()))
    {
        let wanted = "an output has the length that is declared";
        return Some((
            wanted,
            format!("{:?} has {} characters, and not {least} to {most}", other.text(), other.0.len()),
        ));
    }
    let alphabet = expected.alphabet.as_ref()?;
    let foreign = |output: &Symbols| output.0.iter().copied().find(|symbol| !alphabet.contains(symbol));
    outputs.iter().find_map(|output| {
        let symbol = foreign(output)?;
        let seen = format!("{} in {:?}", name(symbol, output.1), output.text());
        Some(("every symbol is one of the alphabet", seen))
    })
}

/// How often each symbol occurs: at one place, or at all of them.
fn counts(outputs: &[Symbols], place: Option<usize>) -> HashMap<u32, u64> {
    let mut counts = HashMap::new();
    for output in outputs {
        let symbols = match place {
            Some(place) => output.0.get(place..=place).unwrap_or_default(),
            None => &output.0[..],
        };
        for symbol in symbols {
            *counts.entry(*symbol).or_insert(0) += 1;
        }
    }
    counts
}

/// Places that every output has.
fn places(outputs: &[Symbols]) -> usize {
    outputs.iter().map(|output| output.0.len()).min().unwrap_or(0).min(PLACES)
}

/// Symbols that never occur, or too often or too seldom, altogether or at one place.
fn uneven(outputs: &[Symbols], expected: &Expected) -> Option<Finding> {
    let alphabet = expected.alphabet.as_ref()?;
    let sort = outputs.first()?.1;
    let all = [None].into_iter().chain((0..places(outputs)).map(Some));
    all.into_iter().find_map(|place| {
        let counts = counts(outputs, place);
        let total: u64 = counts.values().sum();
        let share = total as f64 / alphabet.len() as f64;
        if share < ENOUGH || alphabet.len() < 2 {
            return None;
        }
        let at = place.map_or_else(String::new, |place| format!(" at place {}", place + 1));
        let count = |symbol: &u32| counts.get(symbol).copied().unwrap_or(0);
        let never: Vec<String> =
            alphabet.iter().filter(|symbol| count(symbol) == 0).map(|symbol| name(*symbol, sort)).collect();
        // That one symbol is missing by chance has the odds of one to e to the power of its share.
        if !never.is_empty() && share > FAR * FAR / 2.0 {
            let seen = format!(
                "{} of {} symbols occur in {total}{at}; never: {}",
                alphabet.len() - never.len(),
                alphabet.len(),
                listed(&never)
            );
            return Some(("every symbol of the alphabet occurs", seen));
        }
        let (symbol, most) = alphabet
            .iter()
            .map(|symbol| (*symbol, count(symbol) as f64 / share - 1.0))
            .max_by(|(_, one), (_, other)| one.abs().total_cmp(&other.abs()))?;
        let squares: f64 = alphabet.iter().map(|symbol| (count(symbol) as f64 - share).powi(2) / share).sum();
        if deviation(squares, alphabet.len() - 1) < FAR || most.abs() < MATTERS {
            return None;
        }
        let seen = format!(
            "{} occurs {} times{at} and not about {share:.0} times, in {total} symbols",
            name(symbol, sort),
            count(&symbol)
        );
        Some(("every symbol is as likely as the others", seen))
    })
}

fn listed(names: &[String]) -> String {
    let shown: Vec<&str> = names.iter().take(40).map(String::as_str).collect();
    let more = names.len() - shown.len();
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{rest}", shown.join(" "))
}

/// How many standard deviations a sum of squares lies above what chance gives, by the cube root of Wilson and Hilferty.
fn deviation(squares: f64, degrees: usize) -> f64 {
    let degrees = degrees as f64;
    let variance = 2.0 / (9.0 * degrees);
    ((squares / degrees).cbrt() - (1.0 - variance)) / variance.sqrt()
}

/// Outputs that occur again although there are so many.
fn repeated(outputs: &[Symbols], expected: &Expected) -> Option<Finding> {
    let mut first: HashMap<&Symbols, usize> = HashMap::new();
    let mut repeats = 0_u32;
    let mut example = None;
    for (at, output) in outputs.iter().enumerate() {
        if let Some(before) = first.get(output) {
            repeats += 1;
            example.get_or_insert((*before, at));
        } else {
            first.insert(output, at);
        }
    }
    let (before, at) = example?;
    let bits = room(outputs, expected);
    let pairs = (outputs.len() as f64).powi(2) / 2.0;
    let mean = pairs / bits.exp2();
    // Odds of as many repetitions as there are, if their number is random with this mean.
    let odds = (1..=repeats).fold(1.0_f64, |odds, n| odds * mean / f64::from(n)).min(1.0);
    if odds > 1e-12 {
        return None;
    }
    let seen = format!(
        "{:?} came as number {} and again as number {}; {repeats} of {} came before, where {mean:.1e} are to be expected of {bits:.0} bits",
        outputs[at].text(),
        before + 1,
        at + 1,
        outputs.len()
    );
    Some(("no output comes again sooner than chance has it", seen))
}

/// The bits that an output has room for: as many as are asked for, but no more than the alphabet and the length give.
fn room(outputs: &[Symbols], expected: &Expected) -> f64 {
    let length = outputs.iter().map(|output| output.0.len()).min().unwrap_or(0) as f64;
    let asked = expected.bits.map(f64::from);
    match (&expected.alphabet, asked) {
        (Some(alphabet), None) => length * (alphabet.len() as f64).log2(),
        (Some(alphabet), Some(asked)) => asked.min(length * (alphabet.len() as f64).log2()),
        (None, Some(asked)) => asked,
        (None, None) => {
            let widest = match outputs.first().map(|output| output.1) {
                Some(Sort::Bytes) => 8.0,
                _ => 4.0,
            };
            (length * widest).min(f64::from(BITS))
        }
    }
}

/// Outputs from which others can be told: the next from the last, or one place from another.
fn dependent(outputs: &[Symbols]) -> Option<Finding> {
    let places = places(outputs);
    let outputs = &outputs[outputs.len().saturating_sub(COMPARED)..];
    let shares: Vec<HashMap<u32, u64>> = (0..places).map(|place| counts(outputs, Some(place))).collect();
    let alike = |one: usize, other: usize| -> f64 {
        let total = outputs.len() as f64;
        let of_one = &shares[one];
        let both = |(symbol, count): (&u32, &u64)| {
            *count as f64 * shares[other].get(symbol).copied().unwrap_or(0) as f64
        };
        of_one.iter().map(both).sum::<f64>() / (total * total)
    };
    // A time or a number in front is no chance and need not be; whether what is left suffices is a matter of its bits.
    let first = ascending(outputs, places);
    for place in first..places {
        let pairs = outputs.windows(2);
        let same = pairs.filter(|pair| pair[0].0[place] == pair[1].0[place]).count();
        if let Some(odd) = odd_share(same, outputs.len() - 1, alike(place, place)) {
            let seen = format!("place {} is the same in two outputs, one after the other, {odd}", place + 1);
            return Some(("an output does not depend on the one before", seen));
        }
    }
    for one in first..places {
        for other in one + 1..places {
            let same = outputs.iter().filter(|output| output.0[one] == output.0[other]).count();
            if let Some(odd) = odd_share(same, outputs.len(), alike(one, other)) {
                let seen = format!("places {} and {} are the same {odd}", one + 1, other + 1);
                return Some(("no place of an output depends on another", seen));
            }
        }
    }
    stepping(outputs)
}

/// How many places at the front only go up, or only down, as those of a time or of a number that counts.
fn ascending(outputs: &[Symbols], places: usize) -> usize {
    let most = |holds: &dyn Fn(&[u32], &[u32]) -> bool, end: usize| {
        let holding = outputs.windows(2).filter(|pair| holds(&pair[0].0[..end], &pair[1].0[..end])).count();
        holding * 10 > (outputs.len() - 1) * 9
    };
    for end in 1..=places {
        let is_sorted = most(&|one, next| one <= next, end) || most(&|one, next| one >= next, end);
        if !is_sorted {
            return end - 1;
        }
        // From here on every order of the rest is that of the front.
        if most(&|one, next| one != next, end) {
            return end;
        }
    }
    places
}

/// Says how often something happened, if that is neither what chance does nor near it.
fn odd_share(happened: usize, of: usize, share: f64) -> Option<String> {
    let (of, happened) = (of as f64, happened as f64);
    // A place that hardly changes is judged by its bits.
    if of < 64.0 || share > 0.9 {
        return None;
    }
    let mean = of * share;
    // With few to be expected the number is no bell curve, so that a few more are asked for.
    let deviation = (of * share * (1.0 - share)).sqrt().max(3.0);
    let far = (happened - mean).abs() > FAR * deviation;
    let matters = (happened - mean).abs() / of > MATTERS;
    (far && matters).then(|| format!("{happened} times in {of}, where {mean:.0} are to be expected"))
}

/// Numbers that only go up or down, or by the same step.
fn stepping(outputs: &[Symbols]) -> Option<Finding> {
    let length = outputs.first()?.0.len();
    if outputs.len() < 100 || outputs.iter().any(|output| output.0.len() != length) {
        return None;
    }
    let rising = outputs.windows(2).filter(|pair| pair[0].0 < pair[1].0).count();
    let falling = outputs.windows(2).filter(|pair| pair[0].0 > pair[1].0).count();
    let all = outputs.len() - 1;
    let sorted =
        [("larger", rising), ("smaller", falling)].into_iter().find(|(_, count)| *count * 10 > all * 9);
    let (how, count) = sorted?;
    // What only begins with a time is told apart by its bits.
    let rest = bits(outputs);
    (rest < f64::from(BITS)).then(|| {
        let seen = format!(
            "{count} of {all} outputs are {how} than the one before, such as {:?}",
            outputs[1].text()
        );
        ("an output does not depend on the one before", seen)
    })
}

/// The bits that the places of the outputs have on their own; no more than that can be guessed at, and it may be fewer.
pub(crate) fn bits(outputs: &[Symbols]) -> f64 {
    let total = outputs.len() as f64;
    let of_place = |place: usize| {
        let counts = counts(outputs, Some(place));
        let same: f64 = counts.values().map(|count| (*count as f64) * (*count as f64 - 1.0)).sum();
        let share = same / (total * (total - 1.0)).max(1.0);
        // Of a place at which nothing repeats no more is known than this.
        -share.max(1.0 / (total * total)).log2()
    };
    (0..outputs.iter().map(|output| output.0.len()).min().unwrap_or(0)).map(of_place).sum()
}

/// Fewer bits than are asked for.
fn too_few_bits(outputs: &[Symbols], expected: &Expected) -> Option<Finding> {
    if outputs.len() < 256 {
        return None;
    }
    let asked = match (expected.bits, &expected.alphabet) {
        (Some(bits), _) => f64::from(bits),
        // With an alphabet every place is judged by itself.
        (None, Some(_)) => return None,
        (None, None) => {
            let most = outputs.iter().map(|output| output.0.len()).max().unwrap_or(0) as f64;
            let is_bytes = outputs.first().is_some_and(|output| output.1 == Sort::Bytes);
            // All of a number that is too narrow to ask for more.
            if is_bytes && most * 8.0 < f64::from(BITS) { most * 8.0 - 1.0 } else { f64::from(BITS) }
        }
    };
    let found = bits(outputs);
    // The estimate is good to a part in a hundred of a place.
    if found > asked * 0.98 - 0.5 {
        return None;
    }
    let seen =
        format!("at most {found:.1} bits in {} outputs, such as {:?}", outputs.len(), outputs[0].text());
    Some(("as many bits as are asked for cannot be guessed", format!("{seen}; {asked:.0} are asked for")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    fn letters() -> Expected {
        let alphabet = ('0'..='9').chain('A'..='Z').chain('a'..='z').map(u32::from).collect();
        Expected { alphabet: Some(alphabet), ..Expected::default() }
    }

    fn texts(count: usize, make: impl FnMut(usize) -> String) -> Vec<Symbols> {
        (0..count).map(make).map(|text| Symbols::of_text(&text)).collect()
    }

    fn even(random: &mut Random, length: usize) -> String {
        let alphabet = letters().alphabet.unwrap_or_default();
        (0..length).filter_map(|_| char::from_u32(alphabet[random.below(62)])).collect()
    }

    fn said(outputs: &[Symbols], expected: &Expected) -> String {
        finding(outputs, expected).map_or_else(String::new, |(expected, seen)| format!("{expected}: {seen}"))
    }

    #[test]
    fn even_outputs_are_fine_however_many_there_are() {
        for seed in 0..200 {
            let mut random = Random::new(seed);
            let outputs = texts(1 << (seed % 14), |_| even(&mut random, 21));
            assert_eq!(said(&outputs, &letters()), "", "{seed}");
            let bytes: Vec<Symbols> =
                (0..2_000).map(|_| Symbols::of_bytes(&random.next().to_be_bytes())).collect();
            assert_eq!(said(&bytes, &Expected::default()), "", "{seed}");
            let codes = texts(3_000, |_| format!("{:06}", random.below(1_000_000)));
            let digits =
                Expected { alphabet: Some(('0'..='9').map(u32::from).collect()), ..Expected::default() };
            assert_eq!(said(&codes, &digits), "", "{seed}");
        }
    }

    #[test]
    fn half_of_an_alphabet_and_a_lean_towards_some_symbols_are_seen() {
        let mut random = Random::new(1);
        let alphabet = letters().alphabet.unwrap_or_default();
        let of = |random: &mut Random, most: usize, count: usize| {
            texts(count, |_| {
                (0..21).filter_map(|_| char::from_u32(alphabet[random.below(most) % 62])).collect()
            })
        };
        assert!(said(&of(&mut random, 32, 500), &letters()).contains("32 of 62 symbols occur"));
        let modulo = said(&of(&mut random, 256, 20_000), &letters());
        assert!(modulo.starts_with("every symbol is as likely as the others"), "{modulo}");
    }

    #[test]
    fn what_repeats_counts_or_carries_the_time_is_seen() {
        let mut random = Random::new(1);
        let few: Vec<String> = (0..500).map(|_| even(&mut random, 16)).collect();
        assert!(said(&texts(2_000, |at| few[at % 500].clone()), &letters()).contains("again as number 501"));
        let counter = texts(2_000, |at| format!("sid-{at:012}"));
        assert!(!said(&counter, &Expected::default()).is_empty());
        let stamped = texts(2_000, |at| format!("{}{}", 1_700_000_000 + at / 100, even(&mut random, 4)));
        assert!(said(&stamped, &Expected::default()).contains("bits"));
        let doubled = texts(3_000, |_| {
            let half = even(&mut random, 10);
            format!("{half}{half}")
        });
        assert!(said(&doubled, &letters()).contains("places 1 and 11 are the same"));
    }

    #[test]
    fn a_time_before_enough_bits_is_fine() {
        let mut random = Random::new(1);
        let outputs = texts(2_000, |at| format!("{}-{}", 1_700_000_000 + at, even(&mut random, 16)));
        assert_eq!(said(&outputs, &Expected::default()), "");
    }
}
