//! One more time by someone who has not seen the search: small parts of servers, readers, packers and lists.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A key that every byte is stirred into, the more often the more bits of it are set.
pub fn stirred(body: &[u8]) -> u32 {
    let mut key = 0x9e37_79b9_u32;
    for byte in body {
        for _ in 0..1_u32 << byte.count_ones() {
            key = (key ^ u32::from(*byte)).wrapping_mul(0x0100_0193).rotate_left(5);
        }
    }
    key
}

fn zipped(one: &[u32], other: &[u32]) -> Vec<u32> {
    let (mut all, mut left, mut right) = (Vec::with_capacity(one.len() + other.len()), 0, 0);
    while left < one.len() && right < other.len() {
        if one[left] <= other[right] {
            all.push(one[left]);
            left += 1;
        } else {
            all.push(other[right]);
            right += 1;
        }
    }
    all.extend_from_slice(&one[left..]);
    all.extend_from_slice(&other[right..]);
    all
}

/// Numbers come one at a time; rows of them that are equally long become one row in order.
pub fn in_rows(numbers: &[u32]) -> Vec<u32> {
    let mut rows: Vec<Vec<u32>> = Vec::new();
    for number in numbers {
        let mut row = vec![*number];
        while let Some(last) = rows.pop_if(|last| last.len() == row.len()) {
            row = zipped(&last, &row);
        }
        rows.push(row);
    }
    rows.iter().rev().fold(Vec::new(), |all, row| zipped(&all, row))
}

/// Letters of a text in a language with signs of its own; a line that begins with `#` tells which one, and then all is
/// read again from the start, but no more than three times.
pub fn read_again(text: &str) -> usize {
    let (mut sign, mut again, mut seen) = ('%', 3, 0);
    'start: loop {
        let (mut count, mut begins) = (0, true);
        for (at, letter) in text.char_indices() {
            if begins && letter == '#' && at >= seen && again > 0 {
                sign = text[at + 1..].chars().next().unwrap_or(sign);
                again -= 1;
                seen = at + 1;
                continue 'start;
            }
            begins = letter == '\n';
            count += usize::from(letter != sign);
        }
        return count;
    }
}

/// How many bytes each name begins with as the longest one does.
pub fn as_the_longest(names: &[String]) -> Vec<usize> {
    let Some(longest) = names.iter().max_by_key(|name| name.len()) else { return Vec::new() };
    let shared =
        |name: &String| name.bytes().zip(longest.bytes()).take_while(|(one, other)| one == other).count();
    names.iter().map(shared).collect()
}

/// The year and the day in it, out of days since the first one of 1970.
pub fn years(days: &[u16]) -> Vec<(u16, u16)> {
    let long = |year: u16| match (year % 4, year % 100, year % 400) {
        (_, _, 0) => 366,
        (_, 0, _) => 365,
        (0, ..) => 366,
        _ => 365,
    };
    let year_of = |day: &u16| {
        let (mut year, mut left) = (1970, *day);
        while left >= long(year) {
            left -= long(year);
            year += 1;
        }
        (year, left)
    };
    days.iter().map(year_of).collect()
}

/// Words of the text that are in the list, which is put in order before.
pub fn explained(names: &[String], text: &str) -> usize {
    let names: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    text.split_whitespace().filter(|word| names.contains(word)).count()
}

/// For each length that a word has, how many bytes come again that many places on.
pub fn at_a_distance(text: &str) -> BTreeMap<usize, usize> {
    let lengths: BTreeSet<usize> = text.split_whitespace().map(str::len).collect();
    let again = |long: usize| text.bytes().zip(text.bytes().skip(long)).filter(|(one, other)| one == other);
    lengths.into_iter().map(|long| (long, again(long).count())).collect()
}

/// Addresses, each once, in a table with twice as many places as there are addresses; without its last byte each
/// tells its place, or the next one that is free is taken.
pub fn places_taken(addresses: &[u32]) -> usize {
    let size = (2 * addresses.len()).next_power_of_two();
    let (mut table, mut taken) = (vec![None; size], 0);
    for address in addresses {
        let mut at = (*address >> 8) as usize % size;
        while table[at].is_some_and(|other| other != *address) {
            at = (at + 1) % size;
        }
        taken += usize::from(table[at].is_none());
        table[at] = Some(*address);
    }
    taken
}

/// Parts that are asked for, such as `0-99,500-`, each with the sum of its bytes; what is left out means the start or
/// the end.
pub fn asked_for(text: &str, body: &[u8]) -> Vec<u32> {
    let number = |digits: &str, none: usize| if digits.is_empty() { Some(none) } else { digits.parse().ok() };
    let part = |range: &str| {
        let (from, to) = range.split_once('-')?;
        body.get(number(from, 0)?..number(to, body.len())?.min(body.len()))
    };
    let sum = |part: &[u8]| part.iter().fold(0_u32, |sum, byte| sum.rotate_left(1) ^ u32::from(*byte));
    text.split(',').filter_map(part).map(sum).collect()
}

/// Words, but of those that are wider than forty a piece of twenty letters is cut off, until the rest is no wider.
pub fn cut(text: &str) -> Vec<&str> {
    let wide = |letter: char| if letter < '\u{1100}' { 1 } else { 2 };
    let width = |word: &str| word.chars().map(wide).sum::<usize>();
    let mut pieces = Vec::new();
    for word in text.split_whitespace() {
        let mut rest = word;
        while width(rest) > 40 {
            let end = rest.char_indices().nth(20).map_or(rest.len(), |(at, _)| at);
            pieces.push(&rest[..end]);
            rest = &rest[end..];
        }
        pieces.push(rest);
    }
    pieces
}

/// Marks are put in order behind the letter they belong to; a mark is a byte with four ones in front.
pub fn marks_in_order(body: &[u8]) -> Vec<u8> {
    let mut all = body.to_vec();
    for at in 0..all.len() {
        let mark = all[at];
        if mark >= 0xf0 {
            let from = all[..at].iter().rposition(|other| *other <= mark).map_or(0, |before| before + 1);
            all[from..=at].rotate_right(1);
        }
    }
    all
}

/// Where the same three bytes were before, and how many more of up to thirty-two are the same; those are left out.
pub fn packed(body: &[u8]) -> Vec<(usize, usize)> {
    let (mut places, mut parts, mut at) = (HashMap::<&[u8], Vec<usize>>::new(), Vec::new(), 0);
    while at + 3 <= body.len() {
        let (mut long, mut best) = (2, at);
        for place in places.get(&body[at..at + 3]).into_iter().flatten().rev() {
            while long < 32 && at + long < body.len() && body[*place..].starts_with(&body[at..=at + long]) {
                long += 1;
                best = *place;
            }
        }
        let end = if best < at { at + long } else { at + 1 };
        parts.push((at - best, end - at));
        for from in at..end {
            if let Some(three) = body.get(from..from + 3) {
                places.entry(three).or_default().push(from);
            }
        }
        at = end;
    }
    parts
}

/// Where lines of the one are in the other, if they have eight bytes or more.
pub fn same_lines(one: &str, other: &str) -> Vec<(u32, u32)> {
    let mut places: HashMap<&str, Vec<u32>> = HashMap::new();
    for (line, at) in one.lines().zip(0..) {
        if line.len() >= 8 {
            places.entry(line).or_default().push(at);
        }
    }
    let mut pairs = Vec::new();
    for (line, at) in other.lines().zip(0..) {
        pairs.extend(places.get(line).into_iter().flatten().map(|place| (*place, at)));
    }
    pairs
}

/// A ring that bytes are written into: 255 makes it twice as large, up to a quarter of a mebibyte, and zero makes it
/// small again.
pub fn ring(body: &[u8]) -> Vec<u8> {
    let (mut ring, mut at) = (vec![0; 64], 0);
    for byte in body {
        match byte {
            0 => ring = vec![0; 64],
            255 if ring.len() < 256 << 10 => {
                let mut larger = vec![0; 2 * ring.len()];
                larger[..ring.len()].copy_from_slice(&ring);
                ring = larger;
            }
            _ => {
                at = (at + 1) % ring.len();
                ring[at] = *byte;
            }
        }
    }
    ring
}

/// Each byte into the drawer of its kind; a drawer has room for sixteen thousand of them at once.
pub fn drawers(body: &[u8]) -> HashMap<u8, Vec<u8>> {
    let mut drawers: HashMap<u8, Vec<u8>> = HashMap::new();
    for byte in body {
        drawers.entry(*byte).or_insert_with(|| Vec::with_capacity(16 << 10)).push(*byte);
    }
    drawers
}

struct Node {
    number: u16,
    left: Option<usize>,
    right: Option<usize>,
}

fn joined(heap: &mut [Node], one: Option<usize>, other: Option<usize>) -> Option<usize> {
    let (Some(mut top), Some(mut below)) = (one, other) else { return one.or(other) };
    if heap[below].number < heap[top].number {
        std::mem::swap(&mut top, &mut below);
    }
    let right = heap[top].right;
    let under = joined(heap, right, Some(below));
    heap[top].right = heap[top].left;
    heap[top].left = under;
    Some(top)
}

/// Sorted by a heap whose two sides change places wherever something is put in.
pub fn by_slanted_heap(numbers: &[u16]) -> Vec<u16> {
    let (mut heap, mut root, mut sorted) = (Vec::new(), None, Vec::new());
    for (at, number) in numbers.iter().enumerate() {
        heap.push(Node { number: *number, left: None, right: None });
        root = joined(&mut heap, root, Some(at));
    }
    while let Some(top) = root {
        sorted.push(heap[top].number);
        let (left, right) = (heap[top].left, heap[top].right);
        root = joined(&mut heap, left, right);
    }
    sorted
}

fn parted_at<'n>(names: Vec<&'n str>, at: usize, sorted: &mut Vec<&'n str>) {
    if names.len() < 2 {
        sorted.extend(names);
        return;
    }
    let mut parts: BTreeMap<u8, Vec<&str>> = BTreeMap::new();
    for name in names {
        match name.as_bytes().get(at) {
            Some(byte) => parts.entry(*byte).or_default().push(name),
            None => sorted.push(name),
        }
    }
    for part in parts.into_values() {
        parted_at(part, at + 1, sorted);
    }
}

/// Names by their first byte, those that have the same one by the second, and so on.
pub fn by_bytes(names: &[String]) -> Vec<&str> {
    let mut sorted = Vec::new();
    parted_at(names.iter().map(String::as_str).collect(), 0, &mut sorted);
    sorted
}

fn sort_parts(mut part: &mut [u16]) {
    while part.len() > 1 {
        let middle = part[part.len() / 2];
        let (mut low, mut at, mut high) = (0, 0, part.len());
        while at < high {
            match part[at].cmp(&middle) {
                Ordering::Less => {
                    part.swap(low, at);
                    low += 1;
                    at += 1;
                }
                Ordering::Equal => at += 1,
                Ordering::Greater => {
                    high -= 1;
                    part.swap(at, high);
                }
            }
        }
        let (rest, larger) = part.split_at_mut(high);
        let smaller = &mut rest[..low];
        if smaller.len() < larger.len() {
            sort_parts(smaller);
            part = larger;
        } else {
            sort_parts(larger);
            part = smaller;
        }
    }
}

/// Sorted by parting around the middle one: the shorter part by itself, then on with the longer one.
pub fn shorter_part_first(numbers: &[u16]) -> Vec<u16> {
    let mut sorted = numbers.to_vec();
    sort_parts(&mut sorted);
    sorted
}

/// The longest text right between two brackets, not counting what is between others; places to write are used again.
pub fn longest_between(text: &str) -> usize {
    let (mut open, mut spare, mut longest) = (Vec::<String>::new(), Vec::<String>::new(), 0);
    for letter in text.chars() {
        match letter {
            '(' => open.push(spare.pop().unwrap_or_default()),
            ')' => {
                let Some(mut inside) = open.pop() else { continue };
                longest = longest.max(inside.len());
                inside.clear();
                spare.push(inside);
            }
            _ => {
                if let Some(inside) = open.last_mut() {
                    inside.push(letter);
                }
            }
        }
    }
    longest
}

/// How often a word becomes another one when two bytes are left out; words of more than sixty-four are left alone.
pub fn without_two(text: &str) -> usize {
    let words: HashSet<&[u8]> = text.split_whitespace().map(str::as_bytes).collect();
    let mut count = 0;
    for word in text.split_whitespace().map(str::as_bytes).filter(|word| word.len() <= 64) {
        for one in 0..word.len() {
            for other in one + 1..word.len() {
                let rest = [&word[..one], &word[one + 1..other], &word[other + 1..]].concat();
                count += usize::from(words.contains(rest.as_slice()));
            }
        }
    }
    count
}
