//! Written by someone who knew nothing of the search: what parsers, readers and tables of real programs do well and badly.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Spans between two equally long rows of backticks; a row without its like is plain text.
pub fn code_spans(text: &str) -> usize {
    let bytes = text.as_bytes();
    let row = |at: usize| bytes[at..].iter().take_while(|byte| **byte == b'`').count();
    let (mut at, mut count) = (0, 0);
    while at < bytes.len() {
        let long = row(at);
        at += long.max(1);
        let mut end = at;
        while long > 0 && end < bytes.len() {
            let other = row(end);
            end += other.max(1);
            if other == long {
                count += 1;
                at = end;
                break;
            }
        }
    }
    count
}

/// Entities such as `&amp;`: a semicolon has to come within a dozen bytes.
pub fn entities(text: &str) -> usize {
    let bytes = text.as_bytes();
    let ends = |at: usize| bytes[at..bytes.len().min(at + 12)].contains(&b';');
    text.match_indices('&').filter(|(at, _)| ends(*at)).count()
}

/// A name that is taken gets the next number that is free, tried from the first one on.
pub fn free_names(text: &str) -> Vec<(&str, usize)> {
    let (mut taken, mut names) = (HashSet::new(), Vec::new());
    for name in text.split(',').filter(|name| !name.is_empty()) {
        let mut number = 1;
        while !taken.insert((name, number)) {
            number += 1;
        }
        names.push((name, number));
    }
    names
}

/// Each letter with the number of brackets around it; what is inside is handed to what is around it.
pub fn depths(text: &str) -> Vec<(char, usize)> {
    let (mut open, mut here) = (Vec::new(), Vec::new());
    for letter in text.chars() {
        match letter {
            '(' => open.push(std::mem::take(&mut here)),
            ')' => {
                let inside = std::mem::replace(&mut here, open.pop().unwrap_or_default());
                here.extend(inside.into_iter().map(|(letter, depth)| (letter, depth + 1)));
            }
            _ => here.push((letter, 0)),
        }
    }
    here
}

/// Counts letters in a list of bits, with carries.
pub fn counted_in_bits(body: &[u8]) -> Vec<bool> {
    let mut bits = Vec::new();
    for _ in body.iter().filter(|byte| byte.is_ascii_alphabetic()) {
        let mut at = 0;
        while bits.get(at).copied().unwrap_or(false) {
            bits[at] = false;
            at += 1;
        }
        if at == bits.len() {
            bits.push(true);
        } else {
            bits[at] = true;
        }
    }
    bits
}

/// Backslashes are resolved where they stand.
pub fn resolved_in_place(mut text: String) -> String {
    let mut from = 0;
    while let Some(at) = text[from..].find('\\').map(|at| from + at) {
        let Some(letter) = text[at + 1..].chars().next() else { break };
        let plain = match letter {
            'n' => '\n',
            't' => '\t',
            other => other,
        };
        text.replace_range(at..at + 1 + letter.len_utf8(), plain.encode_utf8(&mut [0; 4]));
        from = at + plain.len_utf8();
    }
    text
}

/// The column of each tab, counted from where its line starts.
pub fn tab_columns(text: &str) -> Vec<usize> {
    let column = |at: usize| {
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        text[line..at].chars().fold(0, |column, letter| match letter {
            '\t' => column / 8 * 8 + 8,
            _ => column + 1,
        })
    };
    text.match_indices('\t').map(|(at, _)| column(at)).collect()
}

/// All endings of the body, sorted.
pub fn sorted_endings(body: &[u8]) -> Vec<usize> {
    let mut starts: Vec<usize> = (0..body.len()).collect();
    starts.sort_by(|one, other| body[*one..].iter().cmp(&body[*other..]));
    starts
}

/// Words that are not in the list.
pub fn without<'t>(text: &'t str, unwanted: &[String]) -> Vec<&'t str> {
    text.split_whitespace().filter(|word| !unwanted.iter().any(|it| it == word)).collect()
}

/// How far each is from the nearest of the others, by halving.
pub fn to_the_nearest(ones: &[u32], others: &[u32]) -> u64 {
    let mut others = others.to_vec();
    others.sort_unstable();
    let nearest = |one: u32| {
        let at = others.partition_point(|other| *other < one);
        let around = &others[at.saturating_sub(1)..others.len().min(at + 1)];
        around.iter().map(|other| other.abs_diff(one)).min().unwrap_or(0)
    };
    ones.iter().map(|one| u64::from(nearest(*one))).sum()
}

/// Sixteen bytes arrive at a time; as long as a line has no end, it is waited for more.
pub fn arriving_lines(body: &[u8]) -> usize {
    let (mut waiting, mut lines) = (Vec::new(), 0);
    for packet in body.chunks(16) {
        waiting.extend_from_slice(packet);
        while let Some(end) = waiting.iter().position(|byte| *byte == b'\n') {
            waiting.drain(..=end);
            lines += 1;
        }
    }
    lines
}

/// What kind of file it is, by how it begins.
pub fn kind_of(body: &[u8]) -> &'static str {
    let kinds: [(&[u8], &str); 4] =
        [(b"\x89PNG\r\n", "png"), (b"GIF89a", "gif"), (b"%PDF-", "pdf"), (b"\x7fELF", "elf")];
    kinds.iter().find(|(magic, _)| body.starts_with(magic)).map_or("unknown", |(_, kind)| *kind)
}

/// How many of those above the last one in a heap are larger.
pub fn above_the_last(heap: &[u32]) -> usize {
    let Some(last) = heap.last() else { return 0 };
    let (mut at, mut larger) = (heap.len() - 1, 0);
    while at > 0 {
        at = (at - 1) / 2;
        larger += usize::from(heap[at] > *last);
    }
    larger
}

/// Spans from one number to the next, made one where they meet.
pub fn met(numbers: &[u16]) -> Vec<(u16, u16)> {
    let ends = |pair: &[u16]| (pair[0].min(pair[1]), pair[0].max(pair[1]));
    let mut spans: Vec<(u16, u16)> = numbers.chunks_exact(2).map(ends).collect();
    spans.sort_unstable();
    let mut all: Vec<(u16, u16)> = Vec::new();
    for (from, to) in spans {
        match all.last_mut() {
            Some((_, end)) if from <= *end => *end = to.max(*end),
            _ => all.push((from, to)),
        }
    }
    all
}

/// The longest row of blocks that is there twice.
pub fn blocks_again(body: &[u8]) -> usize {
    let blocks: Vec<&[u8]> = body.chunks_exact(16).collect();
    let mut longest = 0;
    for one in 0..blocks.len() {
        for other in one + 1..blocks.len() {
            let pairs = blocks[one..].iter().zip(&blocks[other..]);
            longest = longest.max(pairs.take_while(|(one, other)| one == other).count());
        }
    }
    longest
}

/// Words, without those that the word before begins with, in whatever case.
pub fn without_shorter(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    words.dedup_by(|word, before| before.to_lowercase().starts_with(&word.to_lowercase()));
    words
}

/// The longest row of bytes that differ.
pub fn all_different(body: &[u8]) -> usize {
    let (mut row, mut longest) = (Vec::new(), 0);
    for byte in body {
        if let Some(at) = row.iter().position(|it| it == byte) {
            row.drain(..=at);
        }
        row.push(*byte);
        longest = longest.max(row.len());
    }
    longest
}

/// Headers of the same name become one, with each value once; long ones are refused.
pub fn joined_headers(headers: &[String]) -> HashMap<&str, String> {
    let mut all: HashMap<&str, String> = HashMap::new();
    for header in headers.iter().filter(|header| header.len() <= 64) {
        let Some((name, value)) = header.split_once(':') else { continue };
        let values = all.entry(name).or_default();
        if !values.split(',').any(|it| it == value) {
            values.push(',');
            values.push_str(value);
        }
    }
    all
}

/// How many bytes all begin with, up to sixty-four; done as soon as there are none.
pub fn common_beginning(names: &[String]) -> usize {
    let Some(first) = names.first() else { return 0 };
    let mut long = first.len().min(64);
    for name in names {
        long = first.bytes().take(long).zip(name.bytes()).take_while(|(one, other)| one == other).count();
        if long == 0 {
            break;
        }
    }
    long
}

/// The fifty names that were used last; the newest is in front.
pub fn used_last(names: Vec<String>) -> Vec<String> {
    let mut recent: Vec<String> = Vec::new();
    for name in names.into_iter().filter(|name| name.len() <= 32) {
        recent.retain(|it| *it != name);
        recent.insert(0, name);
        recent.truncate(50);
    }
    recent
}

/// The keys of a file with sections, each with the name of its section.
pub fn keys_in_sections(text: &str) -> Vec<String> {
    let (mut section, mut keys) = ("", Vec::new());
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
        } else if let Some((key, _)) = line.split_once('=') {
            keys.push(format!("{section}.{key}"));
        }
    }
    keys
}

/// Pairs of a distance and a length, to be copied from what is there already; after a zero a byte as it is.
pub fn copied_from_before(body: &[u8]) -> Option<Vec<u8>> {
    let mut all: Vec<u8> = Vec::new();
    for pair in body.chunks_exact(2) {
        if pair[0] == 0 {
            all.push(pair[1]);
            continue;
        }
        for _ in 0..pair[1] {
            let from = all.len().checked_sub(usize::from(pair[0]))?;
            all.push(all[from]);
        }
    }
    Some(all)
}

/// `2[a3[b]]` is `abbbabbb`; a mebibyte of text is the most there may be.
pub fn written_out(text: &str) -> Option<String> {
    let (mut open, mut here) = (Vec::new(), String::new());
    let (mut times, mut total) = (0_usize, 0_usize);
    for letter in text.chars() {
        match letter {
            '0'..='9' => times = times.saturating_mul(10).saturating_add(letter as usize - '0' as usize),
            '[' => open.push((std::mem::take(&mut here), std::mem::take(&mut times))),
            ']' => {
                let (before, times) = open.pop()?;
                let inside = std::mem::replace(&mut here, before);
                total = total.checked_add(inside.len().checked_mul(times)?)?.checked_sub(inside.len())?;
                if total > 1 << 20 {
                    return None;
                }
                here.extend((0..times).take_while(|_| !inside.is_empty()).map(|_| inside.as_str()));
            }
            _ => {
                here.push(letter);
                total += letter.len_utf8();
            }
        }
    }
    Some(here)
}

/// The longest line, as a text of its own.
pub fn longest_line(text: &str) -> String {
    let (mut line, mut longest) = (String::new(), String::new());
    for letter in text.chars().chain(['\n']) {
        if letter != '\n' {
            line.push(letter);
            continue;
        }
        if line.len() > longest.len() {
            std::mem::swap(&mut line, &mut longest);
        }
        line.clear();
    }
    longest
}

/// Pages to print, such as `3,7-9`; none is beyond 999.
pub fn pages(text: &str) -> Vec<u16> {
    let mut all = Vec::new();
    for part in text.split(',') {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        if let (Ok(from), Ok(to)) = (from.parse::<u16>(), to.parse::<u16>()) {
            all.extend(from..=to.min(999));
        }
    }
    all
}

/// Smaller ones, the first one, larger ones; each part the same way.
pub fn parted(body: &[u8]) -> Vec<u8> {
    let Some((first, rest)) = body.split_first() else { return Vec::new() };
    let (low, high): (Vec<u8>, Vec<u8>) = rest.iter().partition(|byte| *byte < first);
    let mut all = parted(&low);
    all.push(*first);
    all.extend(parted(&high));
    all
}

fn fill(field: &mut [Vec<u8>], row: usize, column: usize) -> usize {
    match field.get_mut(row).and_then(|row| row.get_mut(column)) {
        Some(cell) if *cell == b'.' => *cell = b'#',
        _ => return 0,
    }
    let down = fill(field, row + 1, column);
    let right = fill(field, row, column + 1);
    let up = fill(field, row.wrapping_sub(1), column);
    let left = fill(field, row, column.wrapping_sub(1));
    1 + down + right + up + left
}

/// The largest area of dots in a map, filled from each of its cells into all directions.
pub fn largest_area(text: &str) -> usize {
    let mut field: Vec<Vec<u8>> = text.lines().map(|line| line.as_bytes().to_vec()).collect();
    let mut largest = 0;
    for row in 0..field.len() {
        for column in 0..field[row].len() {
            largest = largest.max(fill(&mut field, row, column));
        }
    }
    largest
}

fn shared(one: u32, other: u32) -> u32 {
    if other == 0 { one } else { shared(other, one % other) }
}

/// What divides all of them.
pub fn divisor(numbers: &[u32]) -> u32 {
    numbers.iter().fold(0, |one, other| shared(one, *other))
}

fn follow(aliases: &HashMap<&str, &str>, name: &str, left: usize) -> usize {
    match aliases.get(name) {
        Some(next) if left > 0 => 1 + follow(aliases, next, left - 1),
        _ => 0,
    }
}

/// How many names lead from the first one to the last, with `name=other` on each line; no more than there are lines.
pub fn names_to_the_last(text: &str) -> usize {
    let pairs: Vec<(&str, &str)> = text.lines().filter_map(|line| line.split_once('=')).collect();
    let aliases: HashMap<&str, &str> = pairs.iter().copied().collect();
    pairs.first().map_or(0, |(first, _)| follow(&aliases, first, aliases.len()))
}

/// Words as they are, but with slashes for backslashes where there are any.
pub fn with_slashes(text: &str) -> Vec<Cow<'_, str>> {
    let words = text.split(' ');
    words.map(|word| if word.contains('\\') { word.replace('\\', "/").into() } else { word.into() }).collect()
}

/// Words read into one place, the most vowels that one has.
pub fn most_vowels(text: &str) -> usize {
    let (mut word, mut most) = (String::new(), 0);
    for part in text.split_whitespace() {
        word.clear();
        word.extend(part.chars().filter(|letter| "aeiou".contains(*letter)));
        most = most.max(word.len());
    }
    most
}

/// Where each number stands.
pub fn where_each_stands(numbers: &[u16]) -> HashMap<u16, Vec<usize>> {
    let mut places: HashMap<u16, Vec<usize>> = HashMap::new();
    for (at, number) in numbers.iter().enumerate() {
        places.entry(*number).or_default().push(at);
    }
    places
}
