//! The functions that were there when the tolerances were chosen.

use std::collections::{BTreeMap, HashMap, HashSet};

/// The same for all inputs.
pub fn first_byte(text: &str) -> Option<u8> {
    text.as_bytes().first().copied()
}

/// One step a byte.
pub fn sum_bytes(body: &[u8]) -> u64 {
    body.iter().map(|byte| u64::from(*byte)).sum()
}

/// One pass.
pub fn longest_word(text: &str) -> usize {
    text.split(' ').map(str::len).max().unwrap_or(0)
}

/// One pass, and a text that grows by doubling.
pub fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

/// Sorting in std.
pub fn sorted(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = text.chars().collect();
    chars.sort_unstable();
    chars
}

/// A tree of words.
pub fn words_by_tree(text: &str) -> usize {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for word in text.split_ascii_whitespace() {
        *seen.entry(word).or_default() += 1;
    }
    seen.len()
}

/// A table of words, which is made anew now and then.
pub fn words_by_hash(text: &str) -> usize {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for word in text.split_ascii_whitespace() {
        *seen.entry(word).or_default() += 1;
    }
    seen.len()
}

/// Every word against all that were different.
pub fn words_by_list(text: &str) -> usize {
    let mut seen: Vec<&str> = Vec::new();
    for word in text.split([' ', ',']) {
        if !seen.contains(&word) {
            seen.push(word);
        }
    }
    seen.len()
}

/// All that is left moves for each byte.
pub fn taken_from_the_front(body: &[u8]) -> u64 {
    let (mut rest, mut sum) = (body.to_vec(), 0);
    while !rest.is_empty() {
        sum += u64::from(rest.remove(0));
    }
    sum
}

/// All that is there moves for each byte.
pub fn put_in_front(body: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    for byte in body {
        all.insert(0, *byte);
    }
    all
}

/// The text so far is copied for each character.
pub fn copied_each_time(text: &str) -> String {
    let mut all = String::new();
    for part in text.chars() {
        all = format!("{all}{part}");
    }
    all
}

/// The rest is searched from every character, by a loop that std brings compiled.
pub fn searched_from_everywhere(text: &str) -> usize {
    text.char_indices().filter(|(at, _)| text[*at..].find('\u{1}').is_some()).count()
}

/// Swaps neighbours until nothing is left to swap: quick where the order is right already.
pub fn swapped(body: &[u8]) -> Vec<u8> {
    let mut all = body.to_vec();
    loop {
        let mut is_done = true;
        for at in 1..all.len() {
            if all[at - 1] > all[at] {
                all.swap(at - 1, at);
                is_done = false;
            }
        }
        if is_done {
            return all;
        }
    }
}

/// Splits at the first one, which is a bad choice for what is sorted or equal.
pub fn split_at_the_first(body: &[u8]) -> usize {
    let (mut open, mut splits) = (vec![body.to_vec()], 0);
    while let Some(part) = open.pop() {
        let Some((first, rest)) = part.split_first() else { continue };
        splits += 1;
        let (low, high): (Vec<u8>, Vec<u8>) = rest.iter().partition(|byte| *byte < first);
        open.extend([low, high]);
    }
    splits
}

/// Every three of them.
pub fn triples(body: &[u8]) -> usize {
    let mut found = 0;
    for a in body {
        for b in body {
            for c in body {
                found += usize::from(a ^ b == *c);
            }
        }
    }
    found
}

/// From each bracket to the one that ends it: the sum of the depths.
pub fn partners(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut found = 0;
    for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| **byte == b'(') {
        let mut depth = 0;
        for other in &bytes[at..] {
            depth += i32::from(other == byte) - i32::from(*other == b')');
            if depth == 0 {
                found += 1;
                break;
            }
        }
    }
    found
}

/// `(a|aa)*b`, by trying.
pub fn matched_by_trying(text: &str) -> bool {
    fn rest(bytes: &[u8]) -> bool {
        match bytes {
            [b'b'] => true,
            [b'a', b'a', more @ ..] => rest(more) || rest(&bytes[1..]),
            [b'a', more @ ..] => rest(more),
            _ => false,
        }
    }
    rest(text.as_bytes())
}

/// Pushes, with a copy of everything now and then.
pub fn pushed(body: &[u8]) -> Vec<u64> {
    let mut all = Vec::new();
    for byte in body {
        all.push(u64::from(*byte));
    }
    all
}

/// A set that is made anew now and then.
pub fn places_by_set(body: &[u8]) -> usize {
    body.iter().enumerate().map(|(at, byte)| at * 256 + usize::from(*byte)).collect::<HashSet<_>>().len()
}

/// Nearly all of it is copying by the C library.
pub fn in_blocks(body: &[u8]) -> usize {
    let mut block = [0_u8; 4096];
    body.chunks(4096)
        .map(|chunk| {
            block[..chunk.len()].copy_from_slice(chunk);
            usize::from(block[0])
        })
        .sum()
}

/// A multiple of each number up to the length.
pub fn multiples(text: &str) -> usize {
    let mut hits = vec![0_u32; text.len() + 1];
    for step in 1..hits.len() {
        for at in (step..hits.len()).step_by(step) {
            hits[at] += 1;
        }
    }
    hits.iter().filter(|hits| **hits == 2).count()
}

/// A table whose hash is the length: quick for words of any length, slow for words of the same.
pub fn words_by_length(text: &str) -> usize {
    let mut table: Vec<Vec<&str>> = vec![Vec::new(); 64];
    for word in text.split([' ', ',', ';']) {
        let chain = &mut table[word.len() % 64];
        if !chain.iter().any(|known| *known == word) {
            chain.push(word);
        }
    }
    table.iter().map(Vec::len).sum()
}

/// As far as the root of the length.
pub fn up_to_the_root(text: &str) -> usize {
    (0..).take_while(|at| at * at < text.len()).count()
}

/// Every byte against the rest, but only every 64th byte: a small factor before the square.
pub fn now_and_then_everything(body: &[u8]) -> usize {
    (0..body.len()).step_by(64).map(|at| body[at..].iter().filter(|byte| **byte == body[at]).count()).sum()
}

/// One is taken out at a time, each time with a copy and a search from the front.
pub fn stripped(text: &str) -> String {
    let mut text = text.to_string();
    while text.contains('<') {
        text = text.replacen('<', "", 1);
    }
    text
}

/// As much as went in.
pub fn copy(body: &[u8]) -> Vec<u8> {
    body.to_vec()
}

/// All beginnings at a time.
pub fn beginnings(text: &str) -> Vec<String> {
    text.char_indices().map(|(at, _)| text[..at].to_string()).collect()
}

/// As much as the first bytes announce.
pub fn announced(body: &[u8]) -> Option<Vec<u8>> {
    let (head, rest) = body.split_first_chunk::<4>()?;
    let mut all = Vec::with_capacity(u32::from_le_bytes(*head) as usize);
    all.extend_from_slice(rest);
    Some(all)
}

/// `3a2b` is `aaabb`.
pub fn unpacked(text: &str) -> String {
    let (mut all, mut count) = (String::new(), 0_usize);
    for part in text.chars() {
        match part.to_digit(10) {
            Some(digit) => count = (count * 10 + digit as usize).min(1 << 28),
            None => {
                all.extend(std::iter::repeat(part).take(count));
                count = 0;
            }
        }
    }
    all
}

fn descend(bytes: &[u8], most: usize) -> usize {
    match bytes {
        [b'(', rest @ ..] if most > 0 => 1 + descend(rest, most - 1),
        _ => 0,
    }
}

/// As deep as the brackets.
pub fn depth(text: &str) -> usize {
    descend(text.as_bytes(), usize::MAX)
}

/// As deep as the brackets, but no deeper than a hundred.
pub fn depth_up_to_a_hundred(text: &str) -> usize {
    descend(text.as_bytes(), 100)
}

/// A list of boxes, which is dropped one inside the other.
pub fn chained(text: &str) -> usize {
    struct Link(#[allow(dead_code)] u8, #[allow(dead_code)] Option<Box<Link>>);
    let chain = text.bytes().fold(None, |rest, byte| Some(Box::new(Link(byte, rest))));
    usize::from(chain.is_some())
}

/// Two of them for each line.
pub fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| format!("> {line}")).collect()
}

/// One.
pub fn squares(body: &[u8]) -> Vec<u32> {
    let mut all = Vec::with_capacity(body.len());
    all.extend(body.iter().map(|byte| u32::from(*byte).pow(2)));
    all
}
