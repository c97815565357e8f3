//! Makes families in which two values grow together, as a pattern and what it is held against, or two lists that are
//! compared: where the work is for each part of the one and each part of the other, one that grows alone shows nothing.
//!
//! Takes the values of a case, gives families. Knows no format.

use std::ops::Range;

use super::anatomy::places;
use super::family::{AT_ONCE, Family};
use super::lists::{alone, alone_of};
use crate::random::Random;
use crate::tape::{Choice, Counter, Form, Pumped};

/// Of a case so many values grow together, two at a time.
const TOGETHER: usize = 3;
/// Both are of one size, or one of them is larger.
const EVEN: [usize; 2] = [1, 1];
const SHARES: [[usize; 2]; 3] = [EVEN, [1, 3], [3, 1]];
/// Families of two values at most, besides those that come first.
const MOST: usize = 300;

/// A value that can grow.
#[derive(Clone)]
pub(super) enum Value<'c> {
    /// A text or bytes.
    Content {
        /// Where it stands on the tape.
        at: usize,
        content: &'c [u8],
        is_text: bool,
    },
    /// A list, by its choices.
    List(Range<usize>),
}

/// What stands in front, what is repeated, what is repeated behind that, what stands at the end; `#` is the number of the
/// repetition.
type Whole<'a> = [&'a str; 4];

/// Two texts that grow whatever was there before.
const TEXTS: [[Whole<'static>; 2]; 19] = [
    [["", "a", "", ""], ["", "a", "", ""]],
    [["", "a", "", ""], ["", "b", "", ""]],
    [["", "ab", "", ""], ["", "ba", "", ""]],
    [["", "a", "", "b"], ["", "a", "", ""]],
    [["", "a", "", ""], ["", "a", "", "b"]],
    [["", "b", "", "a"], ["", "a", "", ""]],
    [["", "a", "", ""], ["", "b", "", "a"]],
    [["b", "a", "", ""], ["", "a", "", ""]],
    [["", "a", "", ""], ["b", "a", "", ""]],
    [["", "a\n", "", ""], ["", "b\n", "", ""]],
    [["", "a ", "", ""], ["", "b ", "", ""]],
    [["", "a,", "", ""], ["", "b,", "", ""]],
    [["", "a#\n", "", ""], ["", "a#\n", "", ""]],
    [["", "a#\n", "", ""], ["", "b#\n", "", ""]],
    [["", "a# ", "", ""], ["", "b# ", "", ""]],
    [["", "a#,", "", ""], ["", "b#,", "", ""]],
    [["", "a", "\n", ""], ["", "a", "\n", ""]],
    [["", "wordword\n", "", ""], ["", "wordword\n", "", ""]],
    [["", "wordword ", "", ""], ["", "wordword ", "", ""]],
];

/// A text that grows beside a list.
const BESIDE_A_LIST: [Whole<'static>; 5] = [
    ["", "a", "", ""],
    ["", "a\n", "", ""],
    ["", "a,", "", ""],
    ["", "a ", "", ""],
    // What is written for ASCII has another way for what is not.
    ["", "é", "", ""],
];

/// The families of any two of the first values; `marks` are words that the code under test knows.
pub(super) fn of(tape: &[Choice], values: &[Value<'_>], marks: &[&str], random: &mut Random) -> Vec<Family> {
    let values = &values[..values.len().min(TOGETHER)];
    let mut all = Vec::new();
    for (at, one) in values.iter().enumerate() {
        for other in &values[at + 1..] {
            all.extend(of_two(tape, [one, other], marks, random));
        }
    }
    all
}

fn of_two(tape: &[Choice], values: [&Value<'_>; 2], marks: &[&str], random: &mut Random) -> Vec<Family> {
    let mut all = Vec::new();
    if let [Value::Content { .. }, Value::Content { .. }] = values {
        all.extend(TEXTS.iter().filter_map(|texts| wholes(values, texts, AT_ONCE)));
        for mark in marks {
            // A pattern with a placeholder, and what all but fits it.
            let (pattern, text) = ([*mark, "a", "", "b"], ["", "a", "", ""]);
            all.extend(
                [[pattern, text], [text, pattern]].iter().filter_map(|texts| wholes(values, texts, 1)),
            );
        }
        all.extend(alike(values, random));
        all.extend(parts_beside(values, random));
        return all;
    }
    let grown = |value: &Value<'_>| match value {
        Value::Content { .. } => BESIDE_A_LIST.iter().filter_map(|it| whole(value, it)).collect(),
        Value::List(list) => alone(tape, list),
    };
    let others = grown(values[1]);
    for one in grown(values[0]) {
        all.extend(others.iter().map(|other| both([one.clone(), other.clone()], EVEN, AT_ONCE)));
    }
    if let [Value::List(one), Value::List(other)] = values {
        // Both lists of the same elements: what is looked for is there.
        let same = alone(tape, one).into_iter().zip(alone_of(tape, one, other));
        all.extend(same.map(|(one, other)| both([one, other], EVEN, AT_ONCE)));
    }
    all
}

/// Texts that are elements of one list grow alike.
pub(super) fn inside_a_list(contents: &[(usize, &[u8], bool)]) -> Vec<Family> {
    /// As many elements as this, for what compares them has to meet two.
    const ELEMENTS: usize = 3;
    let elements = &contents[..contents.len().min(ELEMENTS)];
    let mut all = Vec::new();
    for (number, (at, content, is_text)) in elements.iter().enumerate() {
        for (other, beside, is_other_text) in &elements[number + 1..] {
            let values = [(at, content, is_text), (other, beside, is_other_text)];
            let values =
                values.map(|(at, content, is_text)| Value::Content { at: *at, content, is_text: *is_text });
            let plainest = all.is_empty();
            let tier = |at: usize| if plainest && at == 0 { AT_ONCE } else { 1 };
            let texts = TEXTS.iter().enumerate();
            all.extend(texts.filter_map(|(at, texts)| wholes([&values[0], &values[1]], texts, tier(at))));
        }
    }
    all
}

/// A part of one of them is repeated where it stands, and the other is long.
fn parts_beside(values: [&Value<'_>; 2], random: &mut Random) -> Vec<Family> {
    const MOST: usize = 60;
    let mut all = Vec::new();
    for (grown, long) in [(values[0], values[1]), (values[1], values[0])] {
        let Value::Content { at, content, is_text } = grown else { continue };
        let places = places(content, *is_text, random);
        for _ in 0..MOST {
            let mut part = [random.below(places.len()), random.below(places.len())].map(|at| places[at]);
            part.sort_unstable();
            let pumped = Pumped {
                is_text: *is_text,
                before: content[..part[0]].to_vec(),
                open: content[part[0]..part[1]].to_vec(),
                times: 1,
                after: content[part[1]..].to_vec(),
                ..Pumped::default()
            };
            let other = whole(long, &["", "a", "", ""]).filter(|_| !pumped.open.is_empty());
            let grown = Family::Content { at: *at, pumped, tier: 1 };
            all.extend(other.map(|other| both([grown, other], EVEN, 1)));
        }
    }
    all
}

fn both(sides: [Family; 2], shares: [usize; 2], tier: u8) -> Family {
    Family::Both { sides: Box::new(sides), shares, tier }
}

/// What ends otherwise is the shorter one: nothing that is longer is found in what is shorter.
fn share(one: &Whole<'_>, other: &Whole<'_>) -> [usize; 2] {
    match (one[3], other[3]) {
        ("", "") => EVEN,
        (_, "") => [1, 3],
        _ => [3, 1],
    }
}

/// Two contents that are nothing but what is repeated.
fn wholes(values: [&Value<'_>; 2], [one, other]: &[Whole<'_>; 2], tier: u8) -> Option<Family> {
    Some(both([whole(values[0], one)?, whole(values[1], other)?], share(one, other), tier))
}

/// A content that is nothing but what is repeated.
fn whole(value: &Value<'_>, [before, unit, close, after]: &Whole<'_>) -> Option<Family> {
    let Value::Content { at, is_text, .. } = value else { return None };
    let place = unit.find('#');
    let pumped = Pumped {
        is_text: *is_text,
        before: before.as_bytes().to_vec(),
        open: unit.replace('#', "").into_bytes(),
        times: 1,
        close: close.as_bytes().to_vec(),
        after: after.as_bytes().to_vec(),
        counter: place.map(|at| Counter { at, form: Form::Plain }),
        ..Pumped::default()
    };
    Some(Family::Content { at: *at, pumped, tier: 1 })
}

/// A part of one of them is repeated in both, anywhere.
fn alike(values: [&Value<'_>; 2], random: &mut Random) -> Vec<Family> {
    let mut sides = Vec::new();
    for value in values {
        let Value::Content { at, content, is_text } = value else { return Vec::new() };
        sides.push((*at, *content, *is_text, places(content, *is_text, random)));
    }
    let mut units: Vec<&[u8]> = vec![b"a"];
    for (_, content, _, places) in &sides {
        units.extend(places.windows(2).map(|pair| &content[pair[0]..pair[1]]));
    }
    let are_texts = sides.iter().any(|(_, _, is_text, _)| *is_text);
    units.retain(|unit| !are_texts || std::str::from_utf8(unit).is_ok());
    let mut all = Vec::new();
    for _ in 0..MOST {
        let Some(unit) = random.pick(&units).copied() else { break };
        let pumped: Vec<Family> = sides
            .iter()
            .map(|(at, content, is_text, places)| {
                // In front and behind are likelier than any place in between.
                let place = match random.below(3) {
                    0 => 0,
                    1 => content.len(),
                    _ => random.pick(places).copied().unwrap_or(0),
                };
                let (before, after) = content.split_at(place);
                let pumped = Pumped {
                    is_text: *is_text,
                    before: before.to_vec(),
                    open: unit.to_vec(),
                    times: 1,
                    after: after.to_vec(),
                    ..Pumped::default()
                };
                Family::Content { at: *at, pumped, tier: 1 }
            })
            .collect();
        all.extend(<[Family; 2]>::try_from(pumped).map(|sides| both(sides, SHARES[random.below(3)], 1)));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tape::Tape;

    /// Each family with so many bytes, and at most three elements in each list.
    fn all(tape: &[Choice], values: &[Value<'_>], bytes: usize) -> Vec<Tape> {
        let all = of(tape, values, &["%"], &mut Random::new(1));
        all.iter().map(|family| family.tape(tape, bytes, 8)).collect()
    }

    fn rendered(choice: &Choice) -> String {
        match choice {
            Choice::Pumped(pumped) => String::from_utf8(pumped.render()).expect("it is a text"),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_pattern_grows_with_what_it_is_held_against() {
        let tape = [Choice::Text("*.rs".to_owned()), Choice::Number(7), Choice::Bytes(b"main.rs".to_vec())];
        let values = [
            Value::Content { at: 0, content: b"*.rs", is_text: true },
            Value::Content { at: 2, content: b"main.rs", is_text: false },
        ];
        let all = all(&tape, &values, 64);
        let all: Vec<[String; 2]> = all.iter().map(|tape| [rendered(&tape[0]), rendered(&tape[2])]).collect();
        let is_alike = |[pattern, name]: &[String; 2]| {
            let letter = pattern.chars().nth(1).map(|letter| letter.to_string().repeat(8));
            letter.is_some_and(|it| pattern.starts_with(&format!("*{it}")) && name.contains(&it))
        };
        assert!(all.iter().any(is_alike));
        let is_known = |[pattern, name]: &[String; 2]| {
            pattern.starts_with("%aaa")
                && pattern.ends_with("ab")
                && name.bytes().all(|letter| letter == b'a')
        };
        assert!(all.iter().any(is_known));
        let is_beside = |[pattern, name]: &[String; 2]| {
            pattern.starts_with("*.r.r.r") && name.bytes().all(|letter| letter == b'a')
        };
        assert!(all.iter().any(is_beside));
        assert!(all.iter().any(|[one, other]| one.starts_with("a0\na1\n") && other.starts_with("b0\nb1\n")));
        assert!(all.iter().all(|[one, other]| one.len() + other.len() <= 96), "each has half of the size");
    }

    #[test]
    fn two_texts_of_one_list_grow_alike() {
        let tape = [Choice::Number(1), Choice::Text("x".into()), Choice::Number(1), Choice::Text("y".into())];
        let all = inside_a_list(&[(1, b"x", true), (3, b"y", true)]);
        let all: Vec<Tape> = all.iter().map(|family| family.tape(&tape, 64, 8)).collect();
        let long = "a".repeat(32);
        assert!(all.iter().any(|tape| rendered(&tape[1]) == long && rendered(&tape[3]) == long));
    }

    #[test]
    fn a_text_grows_with_a_list_and_lists_with_each_other() {
        let comes = Choice::Number(1);
        let list = [comes.clone(), Choice::Number(7), Choice::Number(0)];
        let tape = [&list[..], &[Choice::Text("x".to_owned())], &list].concat();
        let text = Value::Content { at: 3, content: b"x", is_text: true };
        let different: Tape = (7..10).flat_map(|it| [comes.clone(), Choice::Number(it)]).collect();
        let grown = all(&tape, &[Value::List(0..3), text], 128);
        assert!(
            grown.iter().any(|tape| tape.starts_with(&different) && rendered(&tape[7]).starts_with("a\na\n"))
        );
        let grown = all(&tape, &[Value::List(0..3), Value::List(4..7)], 128);
        let is_both = |tape: &Tape| tape.starts_with(&different) && tape[8..].starts_with(&different);
        assert!(grown.iter().any(is_both));
        let tape = [&[comes.clone(), Choice::Number(9), Choice::Number(0)][..], &tape[3..]].concat();
        let grown = all(&tape, &[Value::List(0..3), Value::List(4..7)], 128);
        let nines: Tape = vec![[comes, Choice::Number(9)]; 3].concat();
        let are_alike = |tape: &Tape| {
            let mut lists = tape.split(|choice| matches!(choice, Choice::Text(_)));
            lists.clone().count() == 2 && lists.all(|list| list.starts_with(&nines))
        };
        assert!(grown.iter().any(are_alike));
    }
}
