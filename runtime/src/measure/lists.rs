//! Makes families of a list, or of any value that is several choices: which of them are made again and again.
//!
//! Takes a tape, gives families. Knows no types: what is a value among the choices is tried out.

use std::ops::Range;

use super::family::{Family, Numbered, Spot};
use crate::tape::{Choice, end_of_span};

/// Parts of a tape that stand for themselves: whatever is opened in them is closed in them.
pub(crate) fn parts(tape: &[Choice], growing: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
    const LONGEST: usize = 10;
    let mut found = Vec::new();
    for start in growing.clone() {
        let mut at = start;
        while at < growing.end && at - start < LONGEST {
            at = match &tape[at] {
                Choice::Open => at + end_of_span(&tape[at..]) + 1,
                Choice::Close => break,
                _ => at + 1,
            };
            found.push(start..at.min(growing.end));
        }
    }
    found.truncate(600);
    found.into_iter()
}

/// Choices of an element at most, where it is tried out how many it has.
const LONGEST: usize = 5;

/// The choice that an element of a list comes.
pub(crate) const COMES: Choice = Choice::Number(1);
/// Parts of one list at most that are another each time.
const NUMBERED: usize = 40;

/// Whether choices are those of a list with an element.
pub(crate) fn is_list(tape: &[Choice], range: &Range<usize>) -> bool {
    range.len() > 1 && tape[range.start] == COMES
}

pub(crate) fn repeated(unit: Range<usize>, instead_of: Range<usize>, numbered: Option<Numbered>) -> Family {
    Family::Choices { unit, instead_of, numbered }
}

/// All elements of a list.
fn inside(tape: &[Choice], list: &Range<usize>) -> Range<usize> {
    list.start..list.end - usize::from(tape[list.end - 1] == Choice::Number(0))
}

/// Elements of a list that are another each time, in one of their choices.
pub(crate) fn numbered(tape: &[Choice], list: &Range<usize>) -> Vec<Family> {
    let elements = parts(tape, list).filter(|range| tape[range.start] == COMES && range.len() <= LONGEST);
    let all = elements.flat_map(|range| {
        let spots = |at: usize| -> &[Spot] {
            match &tape[range.start + at] {
                Choice::Number(_) | Choice::Text(_) => &Spot::ALL,
                Choice::Bytes(_) => &[Spot::Behind],
                _ => &[],
            }
        };
        let numbered = |at: usize| spots(at).iter().map(move |spot| Numbered::One { at, spot: *spot });
        let all: Vec<Numbered> = (1..range.len()).flat_map(numbered).collect();
        all.into_iter().map(move |numbered| repeated(range.clone(), range.clone(), Some(numbered)))
    });
    all.take(NUMBERED).collect()
}

/// A list of nothing but its first element, again and again: the same each time and another each time.
pub(crate) fn alone(tape: &[Choice], list: &Range<usize>) -> Vec<Family> {
    let inside = inside(tape, list);
    let first = parts(tape, list)
        .find(|part| part.len() > 1 && part.start == list.start && tape[part.start] == COMES);
    let alike = first.map(|part| repeated(part.clone(), part, None));
    let families = alike.into_iter().chain(numbered(tape, list).into_iter().take(Spot::ALL.len()));
    let whole = families.filter_map(|family| match family {
        Family::Choices { unit, numbered, .. } => Some(repeated(unit, inside.clone(), numbered)),
        _ => None,
    });
    whole.collect()
}

/// A list of nothing but numbers, each element leading to the next, as the edges of a graph; how many numbers an element
/// has is tried out.
pub(crate) fn chains(tape: &[Choice], list: &Range<usize>) -> Vec<Family> {
    const ELEMENTS: usize = 2;
    let inside = inside(tape, list);
    let made = (2..=LONGEST).flat_map(|length| (1..=ELEMENTS).map(move |elements| (length, elements)));
    let are_numbers = |unit: &[Choice], length: usize| {
        unit.iter().all(|choice| matches!(choice, Choice::Number(_)))
            && unit.iter().step_by(length).all(|choice| *choice == COMES)
    };
    made.filter_map(|(length, elements)| {
        let unit = list.start..list.start + length * elements;
        let fits = unit.end <= inside.end && are_numbers(&tape[unit.clone()], length);
        fits.then(|| repeated(unit, inside.clone(), Some(Numbered::Chain { elements })))
    })
    .collect()
}

/// A list of its first element again and again, with one of its numbers further above the one before than is usual.
pub(crate) fn spread(tape: &[Choice], list: &Range<usize>) -> Vec<Family> {
    const STEPS: [u32; 5] = [8, 64, 512, 4_096, 65_536];
    let inside = inside(tape, list);
    let places = (2..=LONGEST).flat_map(|length| (1..length).map(move |at| (length, at)));
    let fits = |(length, at): &(usize, usize)| {
        list.start + length <= inside.end
            && tape[list.start] == COMES
            && matches!(tape[list.start + at], Choice::Number(_))
    };
    let spread = |(length, at): (usize, usize)| {
        let unit = list.start..list.start + length;
        STEPS.map(|by| repeated(unit.clone(), inside.clone(), Some(Numbered::Spread { at, by })))
    };
    places.filter(fits).flat_map(spread).collect()
}

/// The same list, of the first element of another one, if theirs are made of the same.
pub(crate) fn alone_of(tape: &[Choice], other: &Range<usize>, list: &Range<usize>) -> Vec<Family> {
    let shape = |family: &Family| match family {
        Family::Choices { unit, .. } => tape[unit.clone()].iter().map(std::mem::discriminant).collect(),
        _ => Vec::new(),
    };
    let (own, others) = (alone(tape, list), alone(tape, other));
    if own.first().map(shape) != others.first().map(shape) {
        return Vec::new();
    }
    let there = others.into_iter().filter_map(|family| match family {
        Family::Choices { unit, numbered, .. } => Some(repeated(unit, inside(tape, list), numbered)),
        _ => None,
    });
    there.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::families::of;
    use crate::random::Random;
    use crate::tape::Tape;

    #[test]
    fn elements_of_a_list_lead_to_the_next() {
        let number = |it: u128| Choice::Number(it);
        let made = |list: &[Choice]| -> Vec<Tape> {
            let all = chains(list, &(0..list.len()));
            all.iter().map(|family| family.tape(list, 1 << 10, 4)).collect()
        };
        let edges = made(&[COMES, number(7), number(8), COMES, number(5), number(6), number(0)]);
        let tape = |edges: &[[u128; 2]]| -> Tape {
            let edges = edges.iter().flat_map(|[from, to]| [COMES, number(*from), number(*to)]);
            edges.chain([number(0)]).collect()
        };
        assert!(edges.contains(&tape(&[[0, 1], [1, 2], [2, 3]])), "{edges:?}");
        assert!(edges.contains(&tape(&[[0, 2], [0, 1], [1, 3], [1, 2], [2, 4], [2, 3]])), "{edges:?}");
        let flat = made(&[COMES, number(7), COMES, number(8), number(0)]);
        let tape = |numbers: [u128; 6]| -> Tape {
            numbers.into_iter().flat_map(|it| [COMES, number(it)]).chain([number(0)]).collect()
        };
        assert!(flat.contains(&tape([0, 1, 1, 2, 2, 3])), "{flat:?}");
        let list = [COMES, number(7), number(0)];
        let apart: Vec<Tape> =
            spread(&list, &(0..3)).iter().map(|family| family.tape(&list, 1 << 10, 7)).collect();
        assert!(apart.contains(&tape([0, 512, 1_024, 1_536, 2_048, 2_560])), "{apart:?}");
    }

    #[test]
    fn elements_of_a_list_are_alike_or_all_different() {
        let list = [COMES, Choice::Number(7), COMES, Choice::Text("x.y".to_owned()), Choice::Number(0)];
        let whole = 0..list.len();
        let all = of(&list, std::slice::from_ref(&whole), &[], &mut Random::new(1), 1_000);
        let all: Vec<Tape> = all.iter().map(|family| family.tape(&list, 1 << 10, 4)).collect();
        let numbers = |numbers: [u128; 3]| numbers.into_iter().flat_map(|it| [COMES, Choice::Number(it)]);
        for wanted in [[7, 7, 7], [7, 8, 9], [50_007, 50_006, 50_005], [50_007, 50_008, 50_005]] {
            let wanted: Tape = numbers(wanted).chain(list[2..].iter().cloned()).collect();
            assert!(all.contains(&wanted), "{wanted:?}");
        }
        for texts in [["x.y0", "x.y1", "x.y2"], ["0x.y", "1x.y", "2x.y"], ["x0.y0", "x1.y1", "x2.y2"]] {
            let texts = texts.map(|text| [COMES, Choice::Text(text.to_owned())]).concat();
            assert!(all.contains(&[&list[..2], &texts, &list[4..]].concat()));
        }
    }
}
