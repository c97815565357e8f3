//! Written after the tolerances were fixed, and after all that came of the functions before. One was green for a bound
//! that it does not keep, until two parts could grow together.

use std::collections::{HashMap, HashSet};

/// Whether brackets match.
pub fn is_matched(text: &str) -> bool {
    let mut open = Vec::new();
    for letter in text.chars() {
        match letter {
            '(' | '[' => open.push(letter),
            ')' if open.pop() != Some('(') => return false,
            ']' if open.pop() != Some('[') => return false,
            _ => {}
        }
    }
    open.is_empty()
}

/// A third comes to the end.
pub fn rotated(body: &[u8]) -> Vec<u8> {
    let mut all = body.to_vec();
    let third = all.len() / 3;
    all.rotate_left(third);
    all
}

/// The sum up to each place, always from the start.
pub fn sums(body: &[u8]) -> Vec<u64> {
    (0..body.len()).map(|end| body[..=end].iter().map(|byte| u64::from(*byte)).sum()).collect()
}

/// The longest rising row, by piles.
pub fn longest_rising(body: &[u8]) -> usize {
    let rises: Vec<u64> = body.iter().zip(0..).map(|(byte, at)| u64::from(*byte) * 1_000_003 + at).collect();
    let mut piles: Vec<u64> = Vec::new();
    for value in rises {
        let at = piles.partition_point(|top| *top < value);
        if at == piles.len() { piles.push(value) } else { piles[at] = value }
    }
    piles.len()
}

/// The longest rising row, each place against all before.
pub fn longest_rising_by_pairs(body: &[u8]) -> usize {
    let mut best = vec![1; body.len()];
    for at in 0..body.len() {
        for before in 0..at {
            if body[before] < body[at] {
                best[at] = best[at].max(best[before] + 1);
            }
        }
    }
    best.into_iter().max().unwrap_or(0)
}

/// Words by how often they occur.
pub fn most_frequent(text: &str) -> Vec<(&str, usize)> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    text.split_whitespace().for_each(|word| *counts.entry(word).or_default() += 1);
    let mut all: Vec<_> = counts.into_iter().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    all
}

/// Each word once.
pub fn once(text: &str) -> Vec<&str> {
    let mut seen = HashSet::new();
    let mut all: Vec<&str> = text.split(' ').collect();
    all.retain(|word| seen.insert(*word));
    all
}

/// A path without `.` and `..`.
pub fn resolved(path: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts
}

/// Tabs lead to the next column of eight.
pub fn without_tabs(text: &str) -> String {
    let (mut out, mut column) = (String::new(), 0);
    for letter in text.chars() {
        let width = if letter == '\t' { 8 - column % 8 } else { 1 };
        column = if letter == '\n' { 0 } else { column + width };
        if letter == '\t' { (0..width).for_each(|_| out.push(' ')) } else { out.push(letter) }
    }
    out
}

/// A line for each bracket, indented by how deep it stands.
pub fn outline(text: &str) -> String {
    let (mut out, mut depth) = (String::new(), 0_usize);
    for letter in text.chars() {
        match letter {
            '(' => {
                (0..depth).for_each(|_| out.push(' '));
                out.push_str("(\n");
                depth += 1;
            }
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    out
}

/// For each the nearest smaller one before.
pub fn nearest_smaller(body: &[u8]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let nearest = |at: usize| {
        while open.last().is_some_and(|before| body[*before] >= body[at]) {
            open.pop();
        }
        let found = open.last().copied();
        open.push(at);
        found
    };
    (0..body.len()).map(nearest).collect()
}

/// Neighbours change places until none has to.
pub fn by_bubbles(body: &[u8]) -> Vec<u8> {
    let mut all = body.to_vec();
    for round in 0..all.len() {
        let mut changed = false;
        for at in 1..all.len() - round {
            if all[at - 1] > all[at] {
                all.swap(at - 1, at);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    all
}

/// Each goes down to its place: quick where nearly all are in order.
pub fn by_insertion(body: &[u8]) -> Vec<u8> {
    let mut all = body.to_vec();
    for from in 1..all.len() {
        let mut at = from;
        while at > 0 && all[at - 1] > all[at] {
            all.swap(at - 1, at);
            at -= 1;
        }
    }
    all
}

/// Sorted by parting around the first, with a list of what is to be done.
pub fn by_first_pivot(body: &[u8]) -> Vec<u8> {
    let mut all = body.to_vec();
    let mut open = vec![(0, all.len())];
    while let Some((from, to)) = open.pop() {
        if to - from < 2 {
            continue;
        }
        let mut border = from;
        for at in from + 1..to {
            if all[at] < all[from] {
                border += 1;
                all.swap(at, border);
            }
        }
        all.swap(from, border);
        open.push((from, border));
        open.push((border + 1, to));
    }
    all
}

/// Whether the first line, with `*` for anything, matches the second.
pub fn is_like(text: &str) -> bool {
    let (pattern, line) = text.split_once('\n').unwrap_or((text, ""));
    let (pattern, line) = (pattern.as_bytes(), line.as_bytes());
    let (mut at, mut in_line, mut star) = (0, 0, None);
    while in_line < line.len() {
        if pattern.get(at) == Some(&b'*') {
            star = Some((at, in_line));
            at += 1;
        } else if pattern.get(at) == line.get(in_line) {
            at += 1;
            in_line += 1;
        } else if let Some((star_at, seen)) = star {
            star = Some((star_at, seen + 1));
            at = star_at + 1;
            in_line = seen + 1;
        } else {
            return false;
        }
    }
    pattern[at.min(pattern.len())..].iter().all(|byte| *byte == b'*')
}

/// `[text](address)`: for each bracket its end is looked for.
pub fn links(text: &str) -> usize {
    let bytes = text.as_bytes();
    let opens = (0..bytes.len()).filter(|at| bytes[*at] == b'[');
    let is_link = |at: &usize| {
        let end = bytes[*at..].iter().position(|byte| *byte == b']');
        end.is_some_and(|end| bytes.get(at + end + 1) == Some(&b'('))
    };
    opens.filter(is_link).count()
}

/// Pairs of hex digits, each a text of its own.
pub fn hex_pairs(body: &[u8]) -> Vec<String> {
    body.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// All windows of sixteen.
pub fn windows(body: &[u8]) -> Vec<[u8; 16]> {
    let mut all = Vec::new();
    body.windows(16).for_each(|window| all.push(window.try_into().expect("it is sixteen")));
    all
}

/// Behind each line all lines before it.
pub fn with_history(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in text.lines() {
        let before = all.last().cloned().unwrap_or_default();
        all.push(before + line);
    }
    all
}

/// A table of the size that is announced, a thousand bytes for each row.
pub fn table(body: &[u8]) -> usize {
    let [high, low, ..] = body else { return 0 };
    let rows = usize::from(u16::from_be_bytes([*high, *low]));
    let table = vec![1_u8; rows * 1_000];
    table.len() + body.len()
}

/// How deep tags stand in each other.
pub fn deepest_tag(text: &str) -> usize {
    fn inside(rest: &mut std::str::Chars<'_>) -> usize {
        let mut deepest = 0;
        while let Some(letter) = rest.next() {
            match letter {
                '<' => deepest = deepest.max(1 + inside(rest)),
                '>' => break,
                _ => {}
            }
        }
        deepest
    }
    inside(&mut text.chars())
}

/// Whether there is an even number of ones, one after the other.
pub fn is_even(body: &[u8]) -> bool {
    fn even(body: &[u8]) -> bool {
        match body {
            [] => true,
            [byte, rest @ ..] => std::hint::black_box(if byte & 1 == 1 { odd(rest) } else { even(rest) }),
        }
    }
    fn odd(body: &[u8]) -> bool {
        match body {
            [] => false,
            [byte, rest @ ..] => std::hint::black_box(if byte & 1 == 1 { even(rest) } else { odd(rest) }),
        }
    }
    even(body)
}

/// Nested up to sixty-four, the rest is refused.
pub fn nested_a_little(text: &str) -> Result<usize, usize> {
    fn list(text: &[u8], mut at: usize, depth: usize) -> Result<usize, usize> {
        if depth > 64 {
            return Err(at);
        }
        loop {
            match text.get(at) {
                Some(b'(') => at = list(text, at + 1, depth + 1)?,
                Some(b')') => return Ok(at + 1),
                _ => return Ok(at),
            }
        }
    }
    let (mut at, text) = (0, text.as_bytes());
    while at < text.len() {
        at = list(text, at, 0)?.max(at + 1);
    }
    Ok(at)
}

/// The digits of the length.
pub fn digits_of_length(body: &[u8]) -> u32 {
    let (mut rest, mut digits) = (body.len(), 0);
    while rest > 0 {
        rest /= 2;
        digits += 1;
    }
    digits
}

/// Each word against all with the same first letter.
pub fn words_by_letter(text: &str) -> usize {
    let mut table: HashMap<char, Vec<&str>> = HashMap::new();
    for word in text.split_whitespace() {
        let Some(letter) = word.chars().next() else { continue };
        let known = table.entry(letter).or_default();
        if !known.iter().any(|it| *it == word) {
            known.push(word);
        }
    }
    table.values().map(Vec::len).sum()
}

/// Twice the same becomes once, again and again.
pub fn with_single_slashes(path: &str) -> String {
    let mut path = path.to_owned();
    while path.contains("//") {
        path = path.replace("//", "/");
    }
    path
}

/// Empty brackets go, one after the other.
pub fn without_empty_brackets(text: &str) -> String {
    let mut text = text.to_owned();
    while let Some(at) = text.find("()") {
        text.replace_range(at..at + 2, "");
    }
    text
}

/// Backwards, each letter in front of a copy of all before.
pub fn backwards(text: &str) -> String {
    text.chars().fold(String::new(), |all, letter| format!("{letter}{all}"))
}

/// Two sums in one.
pub fn checksum(body: &[u8]) -> u32 {
    let step = |(a, b): (u32, u32), byte: &u8| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    };
    let (a, b) = body.iter().fold((1, 0), step);
    b << 16 | a
}

/// Each into its place among those before, found by halving.
pub fn kept_sorted(body: &[u8]) -> Vec<u32> {
    let mut all: Vec<u32> = Vec::new();
    for (at, byte) in body.iter().enumerate() {
        let value = u32::from(*byte) << 20 | at as u32;
        let place = all.partition_point(|known| *known < value);
        all.insert(place, value);
    }
    all
}

/// Eight are taken from the front at a time.
pub fn by_eight(body: &[u8]) -> Vec<u64> {
    let mut rest = body.to_vec();
    let mut all = Vec::new();
    while rest.len() >= 8 {
        all.push(rest.drain(..8).fold(0, |value, byte| value << 8 | u64::from(byte)));
    }
    all
}

/// Even ones first.
pub fn even_first(body: &[u8]) -> Vec<u8> {
    let (mut even, odd): (Vec<u8>, Vec<u8>) = body.iter().partition(|byte| **byte % 2 == 0);
    even.extend(odd);
    even
}

/// The last sixteen wherever else they are, by a sum that rolls.
pub fn last_sixteen_again(body: &[u8]) -> usize {
    let Some(start) = body.len().checked_sub(16) else { return 0 };
    let sum = |part: &[u8]| part.iter().map(|byte| u32::from(*byte)).sum::<u32>();
    let (wanted, mut here, mut found) = (&body[start..], sum(&body[..16]), 0);
    let of_wanted = sum(wanted);
    for at in 0..start {
        found += usize::from(here == of_wanted && &body[at..at + 16] == wanted);
        here = here + u32::from(body[at + 16]) - u32::from(body[at]);
    }
    found
}
