//! Changes the choices of values so that other values come out that are near them: equal but written otherwise,
//! one step apart, or with parts that changed places.
//!
//! Works on choices alone, so that it does the same for values of every type.

use crate::mutate;
use crate::tape::{Choice, Maker};

/// Changes the choices of `values`, a list a value: a little most often, now and then not at all, or beyond recognition.
pub(crate) fn change(values: &mut [Vec<Choice>], maker: &mut Maker<'_>) {
    match maker.random.below(12) {
        0..=2 => values.iter_mut().for_each(Vec::clear),
        3 => {}
        _ => {
            for _ in 0..=maker.random.small(3) {
                once(values, maker);
            }
        }
    }
}

fn once(values: &mut [Vec<Choice>], maker: &mut Maker<'_>) {
    let mut choices: Vec<&mut Choice> = values.iter_mut().flatten().collect();
    if choices.len() > 1 && maker.random.one_in(4) {
        return exchange(&mut choices, maker);
    }
    let at = maker.random.below(choices.len());
    match choices.get_mut(at) {
        Some(Choice::Number(number)) => *number = near_number(*number, maker),
        Some(Choice::Text(text)) if maker.random.one_in(2) => rewrite(text, maker),
        Some(Choice::Text(text)) => mutate::text::mutate(text, &[], maker),
        Some(Choice::Bytes(bytes)) => mutate::bytes::mutate(bytes, &[], maker),
        Some(Choice::Pumped(_) | Choice::Open | Choice::Close) | None => {}
    }
}

/// Lets two choices change places, or moves the border between two texts or byte strings.
fn exchange(choices: &mut [&mut Choice], maker: &mut Maker<'_>) {
    let first = maker.random.below(choices.len() - 1);
    let second = maker.random.within(first + 1..choices.len());
    let (left, right) = choices.split_at_mut(second);
    match (&mut *left[first], &mut *right[0]) {
        (Choice::Text(left), Choice::Text(right)) if !maker.random.one_in(3) => {
            move_border(left, right, maker);
        }
        (Choice::Bytes(left), Choice::Bytes(right)) if !maker.random.one_in(3) => {
            let mut all = std::mem::take(left);
            all.append(right);
            *right = all.split_off(maker.random.below(all.len() + 1));
            *left = all;
        }
        (left, right) => std::mem::swap(left, right),
    }
}

/// The same text altogether, cut elsewhere.
fn move_border(left: &mut String, right: &mut String, maker: &mut Maker<'_>) {
    let mut all = format!("{left}{right}");
    let mut at = maker.random.below(all.len() + 1);
    while !all.is_char_boundary(at) {
        at -= 1;
    }
    *right = all.split_off(at);
    *left = all;
}

/// Choices of numbers alternate around zero, so that the neighbours of a number are two steps away and its negative one.
fn near_number(number: u128, maker: &mut Maker<'_>) -> u128 {
    match maker.random.below(8) {
        0 => 0,
        1 => number ^ 1,
        2 => number.saturating_add(1),
        3 => number.saturating_sub(1),
        4 => number.saturating_add(2),
        5 => number.saturating_sub(2),
        6 => number / 2,
        _ => number ^ 1 << maker.random.below(64),
    }
}

/// Marks that names, slugs and keys use one for another.
const SEPARATORS: [char; 8] = [' ', '-', '_', '.', '/', ':', ',', '\u{a0}'];

/// Writes the same in another way, as far as people or formats take it for the same.
fn rewrite(text: &mut String, maker: &mut Maker<'_>) {
    match maker.random.below(11) {
        0 => *text = text.to_uppercase(),
        1 => *text = text.to_lowercase(),
        2 | 3 => *text = switched_case(text, maker),
        4 => text.push([' ', '/', '.', '\n', '0'][maker.random.below(5)]),
        5 => text.insert(0, [' ', '0', '+', '/', '\u{feff}'][maker.random.below(5)]),
        6 => *text = text.trim().to_string(),
        7 | 8 => separated(text, maker),
        9 => padded(text, maker),
        _ => *text = decomposed(text),
    }
}

/// What stands between the words is a mark that does not stand there yet.
fn separated(text: &mut String, maker: &mut Maker<'_>) {
    let others: Vec<char> = SEPARATORS.into_iter().filter(|mark| !text.contains(*mark)).collect();
    let other = maker.random.pick(&others).copied().unwrap_or(' ');
    *text = text.chars().map(|c| if c.is_alphanumeric() { c } else { other }).collect();
}

/// A zero in front of one of the numbers.
fn padded(text: &mut String, maker: &mut Maker<'_>) {
    let is_digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let starts: Vec<usize> =
        (0..text.len()).filter(|at| is_digit(*at) && (*at == 0 || !is_digit(at - 1))).collect();
    text.insert(maker.random.pick(&starts).copied().unwrap_or(0), '0');
}

/// The case of one letter is switched.
fn switched_case(text: &str, maker: &mut Maker<'_>) -> String {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let chosen = maker.random.below(letters);
    let mut letter = 0;
    let mut switched = String::with_capacity(text.len());
    for c in text.chars() {
        let is_chosen = c.is_alphabetic() && letter == chosen;
        letter += usize::from(c.is_alphabetic());
        match (is_chosen, c.is_lowercase()) {
            (true, true) => switched.extend(c.to_uppercase()),
            (true, false) => switched.extend(c.to_lowercase()),
            (false, _) => switched.push(c),
        }
    }
    switched
}

/// Letters with an accent as a letter and an accent, and the other way round.
fn decomposed(text: &str) -> String {
    const PAIRS: [(&str, &str); 6] = [
        ("é", "e\u{301}"),
        ("à", "a\u{300}"),
        ("ä", "a\u{308}"),
        ("ö", "o\u{308}"),
        ("ü", "u\u{308}"),
        ("ñ", "n\u{303}"),
    ];
    match PAIRS.iter().find(|(whole, parts)| text.contains(whole) || text.contains(parts)) {
        Some((whole, parts)) if text.contains(whole) => text.replace(whole, parts),
        Some((whole, parts)) => text.replace(parts, whole),
        None => format!("{text}é"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::random::Random;

    /// What becomes of the texts in 2,000 tries.
    fn changed(texts: [&str; 2]) -> Vec<[String; 2]> {
        let (dictionary, mut used) = (Dictionary::default(), 0);
        let mut random = Random::new(7);
        let open = |value: &Vec<Choice>| match value.first() {
            Some(Choice::Text(text)) => text.clone(),
            _ => "unrelated".to_string(),
        };
        let mut one = || {
            let mut values = texts.map(|text| vec![Choice::Text(text.to_string())]);
            change(&mut values, &mut Maker::for_tests(&mut random, &dictionary, 500, &mut used));
            values.each_ref().map(open)
        };
        (0..2_000).map(|_| one()).collect()
    }

    #[test]
    fn what_people_take_for_the_same_comes_up() {
        let changed = changed(["Straße 7", "é"]);
        for near in ["sTRASSE 7", "straße 7", "Straße-7", "Straße 7 ", "07"] {
            let came = changed.iter().any(|[text, _]| text.eq_ignore_ascii_case(near) || text.contains(near));
            assert!(came, "{near}");
        }
        assert!(changed.iter().any(|[_, text]| text == "e\u{301}"));
        assert!(changed.iter().any(|texts| *texts == ["Straße 7", "é"]));
        assert!(changed.iter().any(|[text, _]| text == "unrelated"));
    }

    #[test]
    fn borders_move_and_values_change_places() {
        let changed = changed(["ab", "c"]);
        for pair in [["a", "bc"], ["abc", ""], ["c", "ab"]] {
            assert!(changed.iter().any(|texts| *texts == pair), "{pair:?}");
        }
    }
}
