//! Written last, after all that the figures of the others led to: functions of several values, of which one alone makes
//! no work.

use std::collections::{BTreeSet, HashMap};

/// Bytes that both begin with.
pub fn common_start(one: &[u8], other: &[u8]) -> usize {
    one.iter().zip(other).take_while(|(one, other)| one == other).count()
}

/// Changes that make one out of the other.
pub fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().enumerate() {
        let mut corner = row[0];
        row[0] = at + 1;
        for (column, wanted) in other.iter().enumerate() {
            let changed = corner + usize::from(letter != *wanted);
            corner = row[column + 1];
            row[column + 1] = changed.min(row[column] + 1).min(corner + 1);
        }
    }
    row[other.len()]
}

/// Where the word is, by trying every place.
pub fn place_of(word: &[u8], text: &[u8]) -> Option<usize> {
    (0..=text.len()).find(|at| text[*at..].starts_with(word))
}

/// Where the word is, as std finds it.
pub fn place_by_std(word: &str, text: &str) -> Option<usize> {
    text.find(word)
}

/// Both, in order.
pub fn merged(one: Vec<u32>, other: Vec<u32>) -> Vec<u32> {
    let mut all = one;
    all.extend(other);
    all.sort_unstable();
    all
}

/// What is in one of them, each once; looked for in the list.
pub fn union(one: &[u16], other: &[u16]) -> Vec<u16> {
    let mut all: Vec<u16> = Vec::new();
    for item in one.iter().chain(other) {
        if !all.contains(item) {
            all.push(*item);
        }
    }
    all
}

/// What is in both, by a set.
pub fn in_both(one: &[u16], other: &[u16]) -> usize {
    let known: BTreeSet<&u16> = one.iter().collect();
    other.iter().filter(|item| known.contains(item)).count()
}

/// Each mark becomes the text that is put in.
pub fn filled_in(form: &str, value: &str) -> String {
    form.replace('%', value)
}

/// Without the letters at its ends that the other has.
pub fn trimmed<'t>(text: &'t str, letters: &str) -> &'t str {
    text.trim_matches(|letter| letters.contains(letter))
}

/// Whether one can be had from the other by leaving letters out.
pub fn is_within(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|letter| rest.any(|it| it == letter))
}

/// Whether one begins where the other does, turned round.
pub fn is_rotated(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.repeat(2).contains(other)
}

/// Values by their keys.
pub fn by_key(keys: &[u8], values: &[u8]) -> HashMap<u8, u8> {
    keys.iter().copied().zip(values.iter().copied()).collect()
}

/// A mark is put in at each of the places.
pub fn marked(text: &str, places: &[u16]) -> String {
    let mut text: String = text.chars().filter(char::is_ascii).collect();
    for place in places {
        text.insert(usize::from(*place) % (text.len() + 1), '|');
    }
    text
}

/// The lines of these numbers; each is counted from the start.
pub fn lines_of(text: &str, numbers: &[u16]) -> usize {
    numbers.iter().filter_map(|number| text.lines().nth(usize::from(*number))).map(str::len).sum()
}

/// The same with all lines known.
pub fn lines_by_table(text: &str, numbers: &[u16]) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    numbers.iter().filter_map(|number| lines.get(usize::from(*number))).map(|line| line.len()).sum()
}

/// Names that are allowed.
pub fn allowed<'n>(names: &'n str, allowed: &str) -> Vec<&'n str> {
    names.split(',').filter(|name| allowed.split(',').any(|it| it == *name)).collect()
}

/// Whether a name fits a pattern in which `?` is any letter.
pub fn fits(pattern: &str, name: &str) -> bool {
    let mut name = name.chars();
    pattern.chars().all(|wanted| name.next().is_some_and(|letter| wanted == '?' || wanted == letter))
        && name.next().is_none()
}

/// Hours of two weeks that are taken in both; weeks are short, whatever is given.
pub fn taken_in_both(one: &[u8], other: &[u8]) -> usize {
    let week = |hours: &[u8]| hours.iter().copied().take(168).collect::<Vec<u8>>();
    let other = week(other);
    week(one).iter().filter(|hour| other.contains(hour)).count()
}

/// Every pair, all at once.
pub fn pairs(one: &[u8], other: &[u8]) -> Vec<(u8, u8)> {
    one.iter().flat_map(|left| other.iter().map(move |right| (*left, *right))).collect()
}

/// Every pair, one at a time.
pub fn sum_of_pairs(one: &[u8], other: &[u8]) -> u64 {
    one.iter().flat_map(|left| other.iter().map(move |right| u64::from(*left) * u64::from(*right))).sum()
}

/// The two side by side.
pub fn side_by_side(one: &str, other: &str) -> String {
    let mut all = String::new();
    for (left, right) in one.lines().zip(other.lines()) {
        all.push_str(left);
        all.push('\t');
        all.push_str(right);
        all.push('\n');
    }
    all
}

/// The two side by side, each left part as wide as the widest.
pub fn in_columns(one: &str, other: &str) -> String {
    let width = one.lines().map(str::len).max().unwrap_or(0);
    one.lines().zip(other.lines()).map(|(left, right)| format!("{left:width$} {right}\n")).collect()
}
