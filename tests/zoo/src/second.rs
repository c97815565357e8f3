//! Written after the first ones; what was learnt from them changed tolerances once.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap, VecDeque};

/// The largest of each sixteen neighbours; every byte enters and leaves the queue once.
pub fn highest_of_sixteen(body: &[u8]) -> u64 {
    let (mut queue, mut sum) = (VecDeque::new(), 0);
    for (at, byte) in body.iter().enumerate() {
        while queue.back().is_some_and(|(_, last)| last <= byte) {
            queue.pop_back();
        }
        queue.push_back((at, *byte));
        if queue.front().is_some_and(|(first, _)| first + 16 <= at) {
            queue.pop_front();
        }
        sum += queue.front().map_or(0, |(_, byte)| u64::from(*byte));
    }
    sum
}

/// From both ends to the middle.
pub fn is_palindrome(body: &[u8]) -> bool {
    let (mut low, mut high) = (0, body.len());
    let mut same = true;
    while low + 1 < high {
        high -= 1;
        same &= body[low] == body[high];
        low += 1;
    }
    same
}

/// How much of the beginning comes again, at each place; an inner loop that is paid for by the outer one.
pub fn borders(body: &[u8]) -> Vec<usize> {
    let mut borders = vec![0; body.len()];
    for at in 1..body.len() {
        let mut length = borders[at - 1];
        while length > 0 && body[length] != body[at] {
            length = borders[length - 1];
        }
        borders[at] = length + usize::from(body[length] == body[at]);
    }
    borders
}

/// The first half is looked for in the second, at one place after the other: slow only for long runs.
pub fn first_half_in_second(body: &[u8]) -> Option<usize> {
    let (first, second) = body.split_at(body.len() / 2);
    let wanted = &first[..first.len() / 2];
    (0..second.len().saturating_sub(wanted.len())).find(|at| {
        let same = wanted.iter().zip(&second[*at..]).take_while(|(a, b)| a == b).count();
        same == wanted.len() && second.get(at + same) != wanted.last()
    })
}

/// Groups of equal neighbours, by parents.
pub fn groups(body: &[u8]) -> usize {
    let mut parents: Vec<usize> = (0..body.len()).collect();
    for at in 1..body.len() {
        if body[at] == body[at - 1] {
            parents[at] = parents[at - 1];
        }
    }
    parents.iter().enumerate().filter(|(at, parent)| at == *parent).count()
}

/// Sorting by merging.
pub fn merged(body: &[u8]) -> Vec<u8> {
    let mut all = body.to_vec();
    let mut width = 1;
    while width < all.len() {
        let mut next = Vec::with_capacity(all.len());
        for pair in all.chunks(width * 2) {
            let (low, high) = pair.split_at(width.min(pair.len()));
            let (mut a, mut b) = (0, 0);
            while a < low.len() || b < high.len() {
                if b == high.len() || (a < low.len() && low[a] <= high[b]) {
                    next.push(low[a]);
                    a += 1;
                } else {
                    next.push(high[b]);
                    b += 1;
                }
            }
        }
        all = next;
        width *= 2;
    }
    all
}

/// A heap of characters, emptied one at a time.
pub fn by_heap(text: &str) -> usize {
    let mut heap: BinaryHeap<Reverse<(char, usize)>> =
        text.chars().enumerate().map(|(at, part)| Reverse((part, at))).collect();
    let mut taken = 0;
    while let Some(Reverse((_, at))) = heap.pop() {
        taken ^= at;
    }
    taken
}

/// How far from a word of eight letters, by the usual table.
pub fn distance_from_a_word(text: &str) -> usize {
    let word = b"distance";
    let mut row: Vec<usize> = (0..=word.len()).collect();
    for byte in text.bytes() {
        let mut corner = row[0];
        row[0] += 1;
        for at in 0..word.len() {
            let changed = corner + usize::from(word[at] != byte);
            corner = row[at + 1];
            row[at + 1] = changed.min(corner + 1).min(row[at] + 1);
        }
    }
    row[word.len()]
}

/// What both halves have in common, by the usual table.
pub fn in_common(body: &[u8]) -> usize {
    let (first, second) = body.split_at(body.len() / 2);
    let mut row = vec![0; second.len() + 1];
    for a in first {
        let mut corner = 0;
        for (at, b) in second.iter().enumerate() {
            let up = row[at + 1];
            row[at + 1] = if a == b { corner + 1 } else { up.max(row[at]) };
            corner = up;
        }
    }
    row[second.len()]
}

/// `a/../` is taken out of a path, from the front each time.
pub fn normalized(path: &str) -> String {
    let mut path = path.to_string();
    while let Some(at) = path.find("../") {
        path.replace_range(at..at + 3, "");
    }
    path
}

/// Counts the lines before each line anew.
pub fn numbered(text: &str) -> usize {
    let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
    ends.map(|(at, _)| text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count()).sum()
}

/// Each character is looked for from the front.
pub fn every_second(text: &str) -> String {
    let count = text.chars().count();
    (0..count).step_by(2).filter_map(|at| text.chars().nth(at)).collect()
}

/// A loop over tables that std brings compiled.
pub fn loud(text: &str) -> String {
    text.to_uppercase()
}

/// Each end looks for its beginning through all that are open.
pub fn balanced(text: &str) -> usize {
    let (mut open, mut astray) = (Vec::new(), 0);
    for (at, part) in text.bytes().enumerate() {
        match part {
            b'[' | b'(' => open.push((part, at)),
            b']' | b')' => {
                let wanted = if part == b']' { b'[' } else { b'(' };
                match open.iter().rposition(|(kind, _)| *kind == wanted) {
                    Some(found) => open.truncate(found),
                    None => astray += 1,
                }
            }
            _ => {}
        }
    }
    astray + open.len()
}

/// Headers in a list, each looked for without regard to case.
pub fn headers(text: &str) -> usize {
    let mut known: Vec<(&str, &str)> = Vec::new();
    for (name, value) in text.lines().filter_map(|line| line.split_once(':')) {
        match known.iter_mut().find(|(other, _)| other.eq_ignore_ascii_case(name)) {
            Some(header) => header.1 = value,
            None => known.push((name, value)),
        }
    }
    known.len()
}

/// All words share their beginnings.
pub fn trie(text: &str) -> usize {
    let (mut next, mut nodes) = (HashMap::new(), 1_usize);
    for word in text.split_whitespace() {
        let mut node = 0;
        for byte in word.bytes() {
            node = *next.entry((node, byte)).or_insert_with(|| {
                nodes += 1;
                nodes
            });
        }
    }
    nodes
}

/// Looks back thirty-two bytes for something alike, and no further.
pub fn looking_back(body: &[u8]) -> usize {
    let mut found = 0;
    for at in 0..body.len() {
        let from = at.saturating_sub(32);
        found += usize::from(body[from..at].contains(&body[at]));
    }
    found
}

/// A number over each eight bytes, out of that over the eight before.
pub fn rolling(body: &[u8]) -> u64 {
    let (mut hash, mut low) = (0_u64, u64::MAX);
    for (at, byte) in body.iter().enumerate() {
        hash = hash.wrapping_mul(31).wrapping_add(u64::from(*byte));
        if let Some(old) = at.checked_sub(8).map(|at| body[at]) {
            hash = hash.wrapping_sub(u64::from(old).wrapping_mul(31_u64.wrapping_pow(8)));
        }
        low = low.min(hash);
    }
    low
}

/// The one in the middle, by halves of halves.
pub fn middle(body: &[u8]) -> Option<u8> {
    let mut all = body.to_vec();
    let at = all.len() / 2;
    (!all.is_empty()).then(|| *all.select_nth_unstable(at).1)
}

/// For each byte, as many steps as the root of the length.
pub fn by_roots(body: &[u8]) -> u64 {
    let root = (0..).take_while(|at| at * at < body.len()).count();
    let mut sum = 0_u64;
    for at in 0..body.len() {
        for step in 0..root {
            sum = sum.wrapping_add(u64::from(body[(at + step) % body.len()]));
        }
    }
    sum
}

/// The last word is looked for among all others; only that one.
pub fn last_word_again(text: &str) -> usize {
    let last = text.split(' ').next_back().unwrap_or_default();
    text.split(' ').filter(|word| *word == last).count()
}

/// Each part of a list of names and values is looked for among the names, by a loop over the names of one letter.
pub fn one_letter_names(text: &str) -> usize {
    let mut counts = BTreeMap::new();
    for (name, _) in text.split('&').filter_map(|part| part.split_once('=')) {
        *counts.entry(name.bytes().next()).or_insert(0_usize) += 1;
    }
    counts.values().sum()
}

/// What follows each quote is copied until the next one: the rest of everything where there is none.
pub fn quoted(text: &str) -> usize {
    let quotes = text.char_indices().filter(|(_, part)| *part == '"');
    quotes
        .map(|(at, _)| {
            text[at + 1..].split_once("\"\"").map_or(text[at + 1..].to_string(), |it| it.0.to_string()).len()
        })
        .sum()
}

/// A table of all words against all words.
pub fn word_by_word(text: &str) -> usize {
    let words: Vec<&str> = text.split([' ', ',']).collect();
    let table: Vec<Vec<bool>> =
        words.iter().map(|a| words.iter().map(|b| a.len() == b.len()).collect()).collect();
    table.len()
}

/// Nothing is kept.
pub fn checksum(body: &[u8]) -> u32 {
    body.chunks(64).map(|chunk| chunk.to_vec()).fold(0, |sum, chunk| sum ^ u32::from(chunk[0]))
}

/// As much as the two numbers of `3x4` say.
pub fn picture(text: &str) -> Option<usize> {
    let (wide, high) = text.split_once('x')?;
    let (wide, high): (u16, u16) = (wide.parse().ok()?, high.parse().ok()?);
    Some(vec![0_u8; usize::from(wide) * usize::from(high)].len())
}

/// The lines, in a tree.
pub fn kept_lines(text: &str) -> BTreeMap<usize, String> {
    text.lines().map(str::to_string).enumerate().collect()
}

fn term(bytes: &[u8]) -> i64 {
    match bytes {
        [b'-', rest @ ..] => -negated(rest),
        [digit @ b'0'..=b'9', ..] => i64::from(digit - b'0'),
        _ => 0,
    }
}

fn negated(bytes: &[u8]) -> i64 {
    if bytes.first() == Some(&b'!') {
        i64::from(term(&bytes[1..]) == 0)
    } else {
        term(bytes)
    }
}

/// Two functions that call each other for each sign.
pub fn signs(text: &str) -> i64 {
    term(text.as_bytes())
}

/// Brackets with a list of those that are open, and no recursion.
pub fn depth_by_list(text: &str) -> usize {
    let (mut open, mut most) = (Vec::new(), 0);
    for part in text.bytes() {
        match part {
            b'(' => open.push(part),
            b')' => _ = open.pop(),
            _ => {}
        }
        most = most.max(open.len());
    }
    most
}

/// Parsed without recursion, compared with recursion.
pub fn nested_and_compared(text: &str) -> bool {
    #[derive(PartialEq)]
    struct Level(Option<Box<Level>>);
    let nest =
        || text.bytes().take_while(|byte| *byte == b'[').fold(None, |inner, _| Some(Box::new(Level(inner))));
    let (one, other) = (nest(), nest());
    let same = one == other;
    for mut level in [one, other] {
        while let Some(inner) = level {
            level = inner.0;
        }
    }
    same
}

/// One text for all words, with room for them.
pub fn joined(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    for word in text.split(' ') {
        all.push_str(word);
    }
    all
}

/// A text for each character.
pub fn spelled(text: &str) -> Vec<String> {
    text.chars().map(|part| part.to_string()).collect()
}
