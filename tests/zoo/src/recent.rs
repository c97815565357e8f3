//! Written by someone who has not seen the search: jobs, shops, caches, scripts, pages, lists on a screen and meters.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet, VecDeque};
use std::iter;
use std::str::Lines;

/// Jobs of one day each, with the last day on which they may be done and what they pay: the best paid come first, each
/// on the last day that is still free. What has more time than there are jobs is not planned yet. Gives what is earned.
pub fn earned(jobs: &[(u32, u32)]) -> u64 {
    let mut planned: Vec<_> = jobs.iter().filter(|(last, _)| *last as usize <= jobs.len()).collect();
    planned.sort_by_key(|(_, pay)| Reverse(*pay));
    let mut taken = vec![false; jobs.len() + 1];
    let mut sum: u64 = 0;
    for (last, pay) in planned {
        let mut day = *last as usize;
        while day > 0 && taken[day] {
            day -= 1;
        }
        if day > 0 {
            taken[day] = true;
            sum = sum.saturating_add(u64::from(*pay));
        }
    }
    sum
}

/// How many sections of a file of settings have a colour, their own or that of the nearest section they are made from:
/// `[warning : message]` is made from `[message]`, and `color = red` gives it one.
pub fn colored(text: &str) -> usize {
    let (mut places, mut sections) = (HashMap::new(), Vec::new());
    for line in text.lines().map(str::trim) {
        if let Some(head) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let (name, parent) = head.split_once(':').unwrap_or((head, ""));
            places.insert(name.trim(), sections.len());
            sections.push((parent.trim(), false));
        } else if line.starts_with("color")
            && let Some((_, has_one)) = sections.last_mut()
        {
            *has_one = true;
        }
    }
    let parents: Vec<Option<usize>> =
        sections.iter().map(|(parent, _)| places.get(parent).copied()).collect();
    let is_colored = |start: &usize| {
        let above = iter::successors(Some(*start), |place| parents[*place]);
        above.take(sections.len()).any(|place| sections[place].1)
    };
    (0..sections.len()).filter(is_colored).count()
}

/// How many lines of a script are commands: `cat <<END` is followed by a text up to the line `END`, which is none. If
/// there is no such line, what follows are commands again.
pub fn commands(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let (mut at, mut count, mut without_end) = (0, 0, HashSet::new());
    while at < lines.len() {
        let line = lines[at];
        at += 1;
        count += 1;
        let Some((_, word)) = line.split_once("<<") else { continue };
        if without_end.contains(word) {
            continue;
        }
        match lines[at..].iter().position(|line| *line == word) {
            Some(between) => at += between + 1,
            None => {
                without_end.insert(word);
            }
        }
    }
    count
}

/// How many rides away the farthest stop is from the first one, with rides from one stop to another.
pub fn farthest(rides: &[(u32, u32)]) -> usize {
    let mut onward: HashMap<u32, Vec<u32>> = HashMap::new();
    for (from, to) in rides {
        onward.entry(*from).or_default().push(*to);
    }
    let mut fewest: HashMap<u32, usize> = HashMap::new();
    let mut open: Vec<(u32, usize)> = rides.first().map(|(from, _)| (*from, 0)).into_iter().collect();
    while let Some((stop, count)) = open.pop() {
        if fewest.get(&stop).is_some_and(|known| *known <= count) {
            continue;
        }
        fewest.insert(stop, count);
        open.extend(onward.get(&stop).into_iter().flatten().map(|to| (*to, count + 1)));
    }
    fewest.values().copied().max().unwrap_or(0)
}

/// For each beginning that someone typed, how many words of the list could be meant.
pub fn could_be_meant(words: &[String], typed: &[String]) -> Vec<usize> {
    let mut sorted: Vec<&str> = words.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    let count = |start: &String| {
        let from = sorted.partition_point(|word| *word < start.as_str());
        sorted[from..].iter().take_while(|word| word.starts_with(start.as_str())).count()
    };
    typed.iter().map(count).collect()
}

/// Coins that lie on tables, each with its table and its worth; in how many ways three of one table make a hundred.
pub fn hundreds(coins: &[(u32, u32)]) -> usize {
    let mut tables: HashMap<u32, Vec<u32>> = HashMap::new();
    for (table, worth) in coins {
        tables.entry(*table).or_default().push(*worth);
    }
    let mut ways = 0;
    for coins in tables.values() {
        for (place, first) in coins.iter().enumerate() {
            for (next, second) in coins.iter().enumerate().skip(place + 1) {
                let two = first.saturating_add(*second);
                if two <= 100 {
                    ways +=
                        coins[next + 1..].iter().filter(|third| two.saturating_add(**third) == 100).count();
                }
            }
        }
    }
    ways
}

/// How many tags of a page are closed: `</b>` closes the last `<b>` that is open and whatever is within it, and is left
/// alone where none is open.
pub fn closed(text: &str) -> usize {
    let (mut open, mut closed) = (Vec::new(), 0);
    for part in text.split('<').skip(1) {
        let Some((tag, _)) = part.split_once('>') else { continue };
        let Some(name) = tag.strip_prefix('/') else {
            open.push(tag);
            continue;
        };
        if let Some(place) = open.iter().rposition(|one| *one == name) {
            open.truncate(place);
            closed += 1;
        }
    }
    closed
}

/// How much of a long shelf was ever in use. Half of an odd number is how wide a box is that is put on it, at the first
/// place that is wide enough; half of an even number tells which box is taken away, counted as they came.
pub fn shelf(orders: &[u32]) -> u64 {
    let (mut free, mut boxes, mut used) = (BTreeMap::from([(0, u64::MAX)]), Vec::new(), 0);
    for order in orders {
        let number = u64::from(order / 2);
        if order % 2 == 1 {
            let width = number + 1;
            let mut holes = free.iter().map(|(start, room)| (*start, *room));
            let Some((start, room)) = holes.find(|(_, room)| *room >= width) else { continue };
            free.remove(&start);
            if room > width {
                free.insert(start + width, room - width);
            }
            boxes.push(Some((start, width)));
            used = used.max(start + width);
        } else if let Some((mut start, mut room)) = boxes.get_mut(number as usize).and_then(Option::take) {
            if let Some((before, more)) = free.range(..start).next_back().map(|(s, r)| (*s, *r))
                && before + more == start
            {
                free.remove(&before);
                (start, room) = (before, more + room);
            }
            room += free.remove(&(start + room)).unwrap_or(0);
            free.insert(start, room);
        }
    }
    used
}

/// Which row of the old list each row of the new one was, so that it need not be drawn again. As most rows stay in
/// order, each is looked for behind the one that was found last, and only then before it.
pub fn rows_before(old: &[String], new: &[String]) -> Vec<Option<usize>> {
    let mut next = 0;
    let place = |row: &String| {
        let (before, behind) = old.split_at(next);
        let found = behind.iter().position(|one| one == row).map(|place| next + place);
        let found = found.or_else(|| before.iter().position(|one| one == row));
        next = found.map_or(next, |place| place + 1);
        found
    };
    new.iter().map(place).collect()
}

/// The letters of a text at the places where someone pointed; plain text is looked into directly.
pub fn letters_at(text: &str, places: &[u32]) -> Vec<Option<char>> {
    if text.is_ascii() {
        let bytes = text.as_bytes();
        return places.iter().map(|place| bytes.get(*place as usize).map(|byte| char::from(*byte))).collect();
    }
    places.iter().map(|place| text.chars().nth(*place as usize)).collect()
}

/// How often a page is found in a cache for a hundred. Where a new one needs room, a hand goes around: a page that was
/// asked for since the hand was there may stay once more.
pub fn found_in_cache(pages: &[u32]) -> usize {
    let mut places: HashMap<u32, usize> = HashMap::new();
    let (mut slots, mut hand, mut found): (Vec<(u32, bool)>, _, _) = (Vec::new(), 0, 0);
    for page in pages {
        if let Some(place) = places.get(page) {
            slots[*place].1 = true;
            found += 1;
            continue;
        }
        if slots.len() < 100 {
            places.insert(*page, slots.len());
            slots.push((*page, false));
            continue;
        }
        while slots[hand].1 {
            slots[hand].1 = false;
            hand = (hand + 1) % slots.len();
        }
        places.remove(&slots[hand].0);
        places.insert(*page, hand);
        slots[hand] = (*page, false);
        hand = (hand + 1) % slots.len();
    }
    found
}

/// The shortest piece of a text in which all the letters are, each as often as it is asked for.
pub fn shortest_piece<'t>(text: &'t [u8], letters: &[u8]) -> Option<&'t [u8]> {
    let mut missing = [0i64; 256];
    for letter in letters {
        missing[usize::from(*letter)] += 1;
    }
    let (mut left, mut start, mut best) = (letters.len(), 0, None::<&[u8]>);
    for (end, letter) in text.iter().enumerate() {
        let of_this = &mut missing[usize::from(*letter)];
        left -= usize::from(*of_this > 0);
        *of_this -= 1;
        while left == 0 && start <= end {
            let piece = &text[start..=end];
            best = best.filter(|best| best.len() <= piece.len()).or(Some(piece));
            let of_first = &mut missing[usize::from(text[start])];
            *of_first += 1;
            left += usize::from(*of_first > 0);
            start += 1;
        }
    }
    best
}

/// How many bits the words of a text take, if each has a code of its own that is the shorter the more often it comes.
pub fn bits(text: &str) -> u64 {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for word in text.split_whitespace() {
        *counts.entry(word).or_default() += 1;
    }
    let mut heap: BinaryHeap<Reverse<u64>> = counts.into_values().map(Reverse).collect();
    let mut bits: u64 = 0;
    while let (Some(Reverse(one)), Some(Reverse(other))) = (heap.pop(), heap.pop()) {
        bits = bits.saturating_add(one + other);
        heap.push(Reverse(one + other));
    }
    bits
}

#[derive(Clone, Default)]
struct Piece {
    longest: u64,
    shorter: Option<usize>,
    next: [u32; 26],
}

fn small_letters(text: &str) -> impl Iterator<Item = usize> {
    text.bytes().filter(u8::is_ascii_lowercase).map(|letter| usize::from(letter - b'a'))
}

/// How many different pieces can be cut out of a text, of which only the small letters count.
pub fn pieces(text: &str) -> u64 {
    let (mut all, mut last) = (vec![Piece::default()], 0);
    for letter in small_letters(text) {
        let new = all.len();
        all.push(Piece { longest: all[last].longest + 1, ..Piece::default() });
        let mut at = Some(last);
        while let Some(here) = at.filter(|here| all[*here].next[letter] == 0) {
            all[here].next[letter] = new as u32;
            at = all[here].shorter;
        }
        let mut end = 0;
        if let Some(here) = at {
            let there = all[here].next[letter];
            end = there as usize;
            if all[end].longest != all[here].longest + 1 {
                let copy = all.len();
                all.push(Piece { longest: all[here].longest + 1, ..all[end].clone() });
                while let Some(here) = at.filter(|here| all[*here].next[letter] == there) {
                    all[here].next[letter] = copy as u32;
                    at = all[here].shorter;
                }
                all[end].shorter = Some(copy);
                end = copy;
            }
        }
        all[new].shorter = Some(end);
        last = new;
    }
    all.iter().filter_map(|piece| Some(piece.longest - all[piece.shorter?].longest)).sum()
}

/// How long customers wait in all, each with when they come and how long they take; whoever takes the least time of
/// those who are there is served next.
pub fn waited(customers: &[(u32, u32)]) -> u64 {
    let mut customers = customers.to_vec();
    customers.sort_unstable();
    let mut coming = customers.into_iter().peekable();
    let (mut there, mut now, mut waited) = (BinaryHeap::new(), 0u64, 0u64);
    loop {
        while let Some((came, takes)) = coming.next_if(|(comes, _)| u64::from(*comes) <= now) {
            there.push(Reverse((takes, came)));
        }
        if let Some(Reverse((takes, came))) = there.pop() {
            waited = waited.saturating_add(now.saturating_sub(u64::from(came)));
            now = now.saturating_add(u64::from(takes));
        } else if let Some((comes, _)) = coming.peek() {
            now = u64::from(*comes);
        } else {
            return waited;
        }
    }
}

/// How often the words of a list are in a text, also within one another; only small letters count.
pub fn mentions(words: &[String], text: &str) -> u64 {
    let mut nodes = vec![([0usize; 26], 0u64)];
    for word in words.iter().filter(|word| small_letters(word).next().is_some()) {
        let end = small_letters(word).fold(0, |at, letter| {
            if nodes[at].0[letter] == 0 {
                nodes[at].0[letter] = nodes.len();
                nodes.push(([0; 26], 0));
            }
            nodes[at].0[letter]
        });
        nodes[end].1 += 1;
    }
    let mut queue = VecDeque::from([(0, 0)]);
    while let Some((node, shorter)) = queue.pop_front() {
        nodes[node].1 += nodes[shorter].1;
        for letter in 0..26 {
            let other = if node == 0 { 0 } else { nodes[shorter].0[letter] };
            match nodes[node].0[letter] {
                0 => nodes[node].0[letter] = other,
                below => queue.push_back((below, other)),
            }
        }
    }
    let mut at = 0;
    small_letters(text).fold(0, |sum, letter| {
        at = nodes[at].0[letter];
        nodes[at].1.saturating_add(sum)
    })
}

/// The names that `part{1,2}.{txt,csv}` stands for, but no more than the first thousand.
pub fn meant(text: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split(['{', '}']).collect();
    let choices = |place: usize| if place % 2 == 1 { parts[place].split(',').count() } else { 1 };
    let many = (0..parts.len()).fold(1, |many: usize, place| many.saturating_mul(choices(place)).min(1000));
    let name = |mut number: usize| {
        let mut name = String::new();
        for (place, part) in parts.iter().enumerate() {
            let choices = choices(place);
            let chosen = if choices > 1 { part.split(',').nth(number % choices) } else { Some(*part) };
            name.push_str(chosen.unwrap_or(""));
            number /= choices;
        }
        name
    };
    (0..many).map(name).collect()
}

/// What was ordered next to what was paid, for orders and payments with the same number in front.
pub fn paid(orders: &[(u32, u32)], payments: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut payments = payments.to_vec();
    payments.sort_unstable();
    let mut rows = Vec::new();
    for (number, ordered) in orders {
        let from = payments.partition_point(|(other, _)| other < number);
        let same = payments[from..].iter().take_while(|(other, _)| other == number);
        rows.extend(same.map(|(_, paid)| (*ordered, *paid)));
    }
    rows
}

/// How often two things come together in lines such as `monday,soup`, as a table: a row for each that is in front, a
/// column for each that is behind.
pub fn together(text: &str) -> Vec<Vec<u32>> {
    let pairs = || text.lines().map(|line| line.split_once(',').unwrap_or((line, "")));
    let (mut rows, mut columns) = (BTreeMap::new(), BTreeMap::new());
    for (row, column) in pairs() {
        let (next_row, next_column) = (rows.len(), columns.len());
        rows.entry(row).or_insert(next_row);
        columns.entry(column).or_insert(next_column);
    }
    let mut table = vec![vec![0u32; columns.len()]; rows.len()];
    for (row, column) in pairs() {
        let cell = &mut table[rows[row]][columns[column]];
        *cell = cell.saturating_add(1);
    }
    table
}

/// Readings of a meter, each with its minute, and with the minutes between them as they were before; where there is
/// nothing for more than half a day, the gap stays.
pub fn without_gaps(readings: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut sorted = readings.to_vec();
    sorted.sort_unstable();
    let mut filled: Vec<(u32, u32)> = Vec::new();
    for (minute, reading) in sorted {
        if let Some((last, before)) = filled.last().copied()
            && minute - last <= 720
        {
            filled.extend((last..minute).skip(1).map(|between| (between, before)));
        }
        filled.push((minute, reading));
    }
    filled
}

/// A pattern for knitting, such as `3#2.` for `###..`, stitch by stitch; only one digit may be in front of a stitch.
pub fn stitches(text: &str) -> String {
    let (mut row, mut times) = (String::new(), 1);
    for sign in text.chars() {
        if let Some(digit) = sign.to_digit(10) {
            times = digit as usize;
        } else {
            row.extend(iter::repeat_n(sign, times));
            times = 1;
        }
    }
    row
}

fn strokes_above(floor: u32, planks: &[u32]) -> u64 {
    let Some(lowest) = planks.iter().copied().min() else { return 0 };
    let mut strokes = u64::from(lowest - floor);
    for part in planks.split(|plank| *plank == lowest) {
        strokes += strokes_above(lowest, part);
    }
    strokes.min(planks.len() as u64)
}

/// The fewest strokes of a brush with which a fence is painted: a stroke goes down one plank, or across all planks next
/// to one another that are high enough.
pub fn strokes(planks: &[u32]) -> u64 {
    strokes_above(0, planks)
}

fn whole_line(lines: &mut Lines<'_>) -> Option<String> {
    let line = lines.next()?;
    let Some(start) = line.strip_suffix('\\') else { return Some(line.to_string()) };
    let rest = whole_line(lines).unwrap_or_default();
    Some(start.to_string() + &rest)
}

/// The lines of a file of settings; one that ends with a `\` goes on in the next.
pub fn whole_lines(text: &str) -> Vec<String> {
    let mut lines = text.lines();
    iter::from_fn(|| whole_line(&mut lines)).collect()
}

struct Step<'t> {
    word: &'t str,
    before: Option<Box<Step<'t>>>,
}

impl Drop for Step<'_> {
    fn drop(&mut self) {
        let mut before = self.before.take();
        while let Some(mut step) = before {
            before = step.before.take();
        }
    }
}

/// The last word that was not taken back, and how many there are, when each `undo` takes back the one before it.
pub fn after_undo(text: &str) -> Option<(&str, usize)> {
    let mut last: Option<Box<Step<'_>>> = None;
    for word in text.split_whitespace() {
        if word == "undo" {
            last = last.and_then(|mut step| step.before.take());
        } else {
            last = Some(Box::new(Step { word, before: last }));
        }
    }
    let steps = iter::successors(last.as_deref(), |step| step.before.as_deref());
    last.as_ref().map(|step| (step.word, steps.count()))
}
