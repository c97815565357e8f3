//! Families of growing inputs: which choices of a sample grow, and which family comes first.
//!
//! `contents` takes texts and bytes apart, `lists` the choices of anything else, and `pairs` lets two values grow.

use std::ops::Range;

use super::contents::Families;
use super::family::{AT_ONCE, Family};
use super::lists::{alone, chains, is_list, numbered, parts, repeated, spread};
use super::pairs::{self, Value};
use crate::mutate;
use crate::random::Random;
use crate::tape::{Choice, Maker, Pumped};

/// Texts and bytes of one value that are taken apart; those of a list are much alike.
const CONTENTS: usize = 24;
/// Families of one tape at most.
const MOST: usize = 14_000;

/// The families of the values that stand at `growing` on a tape; any `most` of them if there are more.
///
/// `marks` are words that the code under test knows.
pub(crate) fn of(
    tape: &[Choice],
    growing: &[Range<usize>],
    marks: &[&str],
    random: &mut Random,
    most: usize,
) -> Vec<Family> {
    let mut all = Vec::new();
    let mut values: Vec<Value<'_>> = Vec::new();
    for range in growing {
        let is_list = is_list(tape, range);
        values.extend(is_list.then(|| Value::List(range.clone())));
        let contents = range.clone().filter_map(|at| match &tape[at] {
            Choice::Text(text) => Some((at, text.as_bytes(), true)),
            Choice::Bytes(bytes) => Some((at, bytes.as_slice(), false)),
            _ => None,
        });
        let mut contents: Vec<_> = contents.collect();
        if contents.len() > CONTENTS {
            random.shuffle(&mut contents);
            contents.truncate(CONTENTS);
        }
        if is_list {
            all.extend(pairs::inside_a_list(&contents));
        }
        for (at, content, is_text) in contents {
            values.extend((!is_list).then_some(Value::Content { at, content, is_text }));
            let made = Families::of(content, is_text, marks, random);
            // Of the many texts of a list none comes before all others.
            let tier = |tier: u8| if is_list && tier == AT_ONCE { 1 } else { tier };
            let made = made.into_iter();
            all.extend(made.map(|(of, pumped)| Family::Content { at, pumped, tier: tier(of) }));
        }
        if range.len() > 1 {
            all.extend(parts(tape, range).map(|part| repeated(part.clone(), part, None)));
            all.extend(numbered(tape, range));
            all.extend(alone(tape, range));
            all.extend(chains(tape, range));
            all.extend(spread(tape, range));
        }
    }
    all.extend(pairs::of(tape, &values, marks, random));
    random.shuffle(&mut all);
    let mut all = in_turn(all, Family::tier);
    all.truncate(most.min(MOST));
    all
}

/// The likely ones first, but not only: of each tier some, so that many of one cannot keep the others waiting for ever.
pub(crate) fn in_turn<T>(all: Vec<T>, tier: impl Fn(&T) -> u8) -> Vec<T> {
    /// How far apart two of one tier stand.
    const APART: [usize; AT_ONCE as usize + 1] = [1, 2, 6, 0];
    let mut last = [0; APART.len()];
    let place = |one: T| {
        let tier = usize::from(tier(&one)).min(APART.len() - 1);
        last[tier] += APART[tier];
        (last[tier], one)
    };
    let mut placed: Vec<(usize, T)> = all.into_iter().map(place).collect();
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, one)| one).collect()
}
/// Changes one part of a pumped value; it keeps its size.
pub(crate) fn vary(pumped: &mut Pumped, maker: &mut Maker<'_>) {
    let length = pumped.length();
    let part = match maker.random.below(5) {
        0 if pumped.fields.is_empty() => &mut pumped.before,
        1 if pumped.counter.is_none() => &mut pumped.open,
        2 => &mut pumped.core,
        3 => &mut pumped.close,
        _ if pumped.fields.is_empty() => &mut pumped.after,
        _ => &mut pumped.core,
    };
    let mut text = pumped.is_text.then(|| String::from_utf8(part.clone()).ok()).flatten();
    if let Some(text) = &mut text {
        mutate::text::mutate(text, &[], maker);
        *part = text.clone().into_bytes();
    } else {
        mutate::bytes::mutate(part, &[], maker);
    }
    part.truncate(64);
    if pumped.is_text {
        while std::str::from_utf8(part).is_err() {
            part.pop();
        }
    }
    if pumped.open.is_empty() && pumped.close.is_empty() {
        pumped.open = b"a".to_vec();
    }
    pumped.times = pumped.times_for(length);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_many_are_likely_the_others_have_their_turn_too() {
        let all: Vec<u16> = (0..2_700).collect();
        let tier = |it: &u16| (it % 3) as u8;
        let first = &in_turn(all, tier)[..600];
        let counts = [0, 1, 2].map(|wanted| first.iter().filter(|it| tier(it) == wanted).count());
        assert_eq!(counts, [360, 180, 60]);
    }
}
