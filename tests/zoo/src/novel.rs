//! Written by someone who has not seen the search: editors, calculators, queues, mark-up, graphs and tables.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::OnceLock;

const KNOWN: u64 = 4096;

fn halved_or_tripled(number: u64) -> u64 {
    if number.is_multiple_of(2) { number / 2 } else { 3 * number + 1 }
}

fn known_steps() -> &'static [u32] {
    static STEPS: OnceLock<Vec<u32>> = OnceLock::new();
    STEPS.get_or_init(|| {
        let steps = |start: u64| {
            let (mut number, mut steps) = (start, 0);
            while number > 1 {
                number = halved_or_tripled(number);
                steps += 1;
            }
            steps
        };
        (0..KNOWN).map(steps).collect()
    })
}

/// For each number, how often it is halved if even, or else tripled and one added, before it is one.
pub fn hailstones(numbers: &[u32]) -> Vec<u32> {
    let known = known_steps();
    let steps = |start: &u32| {
        let (mut number, mut steps) = (u64::from(*start), 0);
        while number >= KNOWN {
            number = halved_or_tripled(number);
            steps += 1;
        }
        steps + known[number as usize]
    };
    numbers.iter().map(steps).collect()
}

/// A line in front of a counter: an even number is someone who comes, an odd one means that the next one is served.
/// The newcomers stand in one pile, which is turned over when the other one is used up.
pub fn counter(orders: &[u32]) -> Vec<u32> {
    let (mut came, mut next, mut served) = (Vec::new(), Vec::new(), Vec::new());
    for order in orders {
        if order % 2 == 0 {
            came.push(*order);
            continue;
        }
        if next.is_empty() {
            while let Some(newest) = came.pop() {
                next.push(newest);
            }
        }
        served.extend(next.pop());
    }
    served
}

/// The longest piece of the text that is the same from both ends, its length being odd.
pub fn longest_mirror(text: &[u8]) -> &[u8] {
    let mut arms = vec![0; text.len()];
    let (mut center, mut right, mut best) = (0, 0, 0);
    for at in 0..text.len() {
        let mut arm = if at < right { arms[2 * center - at].min(right - at) } else { 0 };
        while at > arm && at + arm + 1 < text.len() && text[at - arm - 1] == text[at + arm + 1] {
            arm += 1;
        }
        arms[at] = arm;
        if at + arm > right {
            (center, right) = (at, at + arm);
        }
        if arm > arms[best] {
            best = at;
        }
    }
    if text.is_empty() { text } else { &text[best - arms[best]..=best + arms[best]] }
}

/// Times in order. As a log is nearly in order already, each is first moved to its place by hand; if that takes too
/// many moves, the library does it.
pub fn nearly_in_order(times: &[u64]) -> Vec<u64> {
    let mut times = times.to_vec();
    let mut moves = 8 * times.len();
    for end in 1..times.len() {
        let mut at = end;
        while at > 0 && times[at - 1] > times[at] {
            if moves == 0 {
                times.sort_unstable();
                return times;
            }
            times.swap(at - 1, at);
            moves -= 1;
            at -= 1;
        }
    }
    times
}

/// Strokes of paint on a long wall, each with the place where it begins and its width; how many can still be seen
/// after the last.
pub fn painted(strokes: &[(u32, u32)]) -> usize {
    let mut wall: BTreeMap<u64, (u64, usize)> = BTreeMap::new();
    for (color, (from, wide)) in strokes.iter().enumerate() {
        let (from, to) = (u64::from(*from), u64::from(*from) + u64::from(*wide));
        if from == to {
            continue;
        }
        if let Some((before, (end, old))) = wall.range(..from).next_back().map(|(at, part)| (*at, *part))
            && end > from
        {
            wall.insert(before, (from, old));
            wall.insert(from, (end, old));
        }
        let hidden: Vec<u64> = wall.range(from..to).map(|(at, _)| *at).collect();
        for at in hidden {
            if let Some((end, old)) = wall.remove(&at)
                && end > to
            {
                wall.insert(to, (end, old));
            }
        }
        wall.insert(from, (to, color));
    }
    wall.values().map(|(_, color)| color).collect::<BTreeSet<_>>().len()
}

/// How many of the sets of switches can not be had by pressing some of the earlier ones.
pub fn independent(switches: &[u32]) -> usize {
    let mut basis = [0_u32; 32];
    for set in switches {
        let mut left = *set;
        for bit in (0..32).rev() {
            if left >> bit & 1 == 0 {
                continue;
            }
            if basis[bit] == 0 {
                basis[bit] = left;
                break;
            }
            left ^= basis[bit];
        }
    }
    basis.iter().filter(|set| **set != 0).count()
}

/// The first byte that was there before, with both its places.
pub fn first_twice(body: &[u8]) -> Option<(usize, usize)> {
    for (at, byte) in body.iter().enumerate() {
        for (before, other) in body[..at].iter().enumerate() {
            if other == byte {
                return Some((before, at));
            }
        }
    }
    None
}

/// A place on the trail from which it does not go up on either side.
pub fn a_peak(heights: &[u32]) -> usize {
    let (mut low, mut high) = (0, heights.len().saturating_sub(1));
    while low < high {
        let middle = low + (high - low) / 2;
        if heights[middle] < heights[middle + 1] {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// How many different loads can be put on a scale with weights of at most 255 grams, each being there once.
pub fn loads(weights: &[u8]) -> usize {
    let most: usize = weights.iter().map(|weight| usize::from(*weight)).sum();
    let (mut reached, mut sum) = (vec![0_u64; most / 64 + 1], 0);
    reached[0] = 1;
    for weight in weights {
        let weight = usize::from(*weight);
        sum += weight;
        let (words, bits) = (weight / 64, weight % 64);
        for at in (words..=sum / 64).rev() {
            let mut moved = reached[at - words] << bits;
            if bits > 0 && at > words {
                moved |= reached[at - words - 1] >> (64 - bits);
            }
            reached[at] |= moved;
        }
    }
    reached.iter().map(|word| word.count_ones() as usize).sum()
}

/// The fewest multiplications for a row of tables, of which each is as high as the one before is wide.
pub fn cheapest_order(sizes: &[u32]) -> u64 {
    let count = sizes.len();
    let mut cost = vec![0_u64; count * count];
    for gap in 2..count {
        for from in 0..count - gap {
            let to = from + gap;
            let ends = u64::from(sizes[from]).saturating_mul(u64::from(sizes[to]));
            let mut best = u64::MAX;
            for middle in from + 1..to {
                let parts = cost[from * count + middle].saturating_add(cost[middle * count + to]);
                best = best.min(parts.saturating_add(ends.saturating_mul(u64::from(sizes[middle]))));
            }
            cost[from * count + to] = best;
        }
    }
    if count < 3 { 0 } else { cost[count - 1] }
}

/// A small store with lines such as `set a 1`, `begin`, `commit` and `rollback`, which may be within one another; how
/// many names have a value at the end.
pub fn store(text: &str) -> usize {
    let mut values: HashMap<&str, &str> = HashMap::new();
    let mut open: Vec<Vec<(&str, Option<&str>)>> = Vec::new();
    for line in text.lines() {
        let mut words = line.split(' ');
        match (words.next(), words.next(), words.next()) {
            (Some("begin"), ..) => open.push(Vec::new()),
            (Some("set"), Some(name), Some(value)) => {
                let old = values.insert(name, value);
                if let Some(changes) = open.last_mut() {
                    changes.push((name, old));
                }
            }
            (Some("commit"), ..) => {
                let changes = open.pop().unwrap_or_default();
                if let Some(outer) = open.last_mut() {
                    outer.extend(changes.iter().copied());
                }
            }
            (Some("rollback"), ..) => {
                for (name, old) in open.pop().unwrap_or_default().into_iter().rev() {
                    match old {
                        Some(old) => values.insert(name, old),
                        None => values.remove(name),
                    };
                }
            }
            _ => {}
        }
    }
    values.len()
}

/// What is on the line after the keys were pressed, `<Left>`, `<Right>`, `<Home>` and `<End>` among them.
pub fn typed_in(text: &str) -> String {
    let (mut before, mut after): (Vec<char>, Vec<char>) = (Vec::new(), Vec::new());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if let Some(more) = rest.strip_prefix("<Left>") {
            after.extend(before.pop());
            rest = more;
        } else if let Some(more) = rest.strip_prefix("<Right>") {
            before.extend(after.pop());
            rest = more;
        } else if let Some(more) = rest.strip_prefix("<Home>") {
            while let Some(last) = before.pop() {
                after.push(last);
            }
            rest = more;
        } else if let Some(more) = rest.strip_prefix("<End>") {
            while let Some(next) = after.pop() {
                before.push(next);
            }
            rest = more;
        } else {
            before.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    before.iter().chain(after.iter().rev()).collect()
}

fn run(bytes: &[u8], from: usize, dots: bool) -> usize {
    let fits = |byte: &&u8| byte.is_ascii_alphanumeric() || dots && **byte == b'.';
    from + bytes[from..].iter().take_while(fits).count()
}

fn address(bytes: &[u8], from: usize) -> Option<usize> {
    let at = run(bytes, from, true);
    if at == from || bytes.get(at) != Some(&b'@') {
        return None;
    }
    let end = run(bytes, at + 1, true);
    (end > at + 1).then_some(end)
}

/// Splits a message into addresses such as `ann.lee@mail.org`, words, and single signs; how many there are of each.
pub fn message_tokens(text: &str) -> (usize, usize, usize) {
    let bytes = text.as_bytes();
    let (mut addresses, mut words, mut signs, mut at) = (0, 0, 0, 0);
    while at < bytes.len() {
        let end = run(bytes, at, false);
        if end == at {
            signs += usize::from(!bytes[at].is_ascii_whitespace());
            at += 1;
        } else if let Some(end) = address(bytes, at) {
            addresses += 1;
            at = end;
        } else {
            words += 1;
            at = end;
        }
    }
    (addresses, words, signs)
}

/// Checks jobs that each may need one other job, which is told by its place in the list; what has to wait goes to the
/// back of the line. Gives the order in which they are done, without those that never can be.
pub fn done_in_order(needs: &[u32]) -> Vec<usize> {
    let mut line: VecDeque<usize> = (0..needs.len()).collect();
    let (mut done, mut order, mut idle) = (vec![false; needs.len()], Vec::new(), 0);
    while let Some(job) = line.pop_front() {
        if done.get(needs[job] as usize).is_none_or(|done| *done) {
            done[job] = true;
            order.push(job);
            idle = 0;
        } else {
            line.push_back(job);
            idle += 1;
        }
        if idle > line.len() {
            break;
        }
    }
    order
}

/// Unpacks codes: one below 256 is a byte, and each after the first makes a new one, which is the code before and
/// the first byte of this one. Gives the sum of all bytes, or none if a code is not known yet.
pub fn from_codes(codes: &[u32]) -> Option<u32> {
    let mut table: Vec<(u32, u8)> = Vec::new();
    let (mut sum, mut last) = (0_u32, None);
    for code in codes {
        let fresh = 256 + table.len() as u32;
        let known = if *code == fresh { last? } else { *code };
        let (mut at, mut bytes) = (known, 0_u32);
        while at >= 256 {
            let (before, byte) = *table.get(at as usize - 256)?;
            bytes = bytes.wrapping_add(u32::from(byte));
            at = before;
        }
        let first = at as u8;
        bytes = bytes.wrapping_add(at);
        if *code == fresh {
            bytes = bytes.wrapping_add(at);
        }
        if let Some(last) = last {
            table.push((last, first));
        }
        sum = sum.wrapping_add(bytes);
        last = Some(*code);
    }
    Some(sum)
}

/// Pairs of people who know each other; for how many of the pairs there is someone whom both know, counted with each
/// such person.
pub fn known_to_both(pairs: &[(u32, u32)]) -> usize {
    let mut friends: HashMap<u32, Vec<u32>> = HashMap::new();
    for (one, other) in pairs {
        friends.entry(*one).or_default().push(*other);
        friends.entry(*other).or_default().push(*one);
    }
    let both = |(one, other): &(u32, u32)| {
        let theirs = &friends[other];
        friends[one].iter().filter(|friend| theirs.contains(friend)).count()
    };
    pairs.iter().map(both).sum()
}

/// How many parts of a text are set off with `*`, `_` or `~` around them. One of these signs begins a part if no blank
/// follows it, and ends one if no blank is before it. An empty line ends everything.
pub fn set_off(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut open, mut parts): (Vec<u8>, usize) = (Vec::new(), 0);
    for (at, sign) in bytes.iter().enumerate() {
        let before = if at == 0 { b' ' } else { bytes[at - 1] };
        let after = *bytes.get(at + 1).unwrap_or(&b' ');
        match sign {
            b'\n' if before == b'\n' => open.clear(),
            b'*' | b'_' | b'~' => {
                let began = open.iter().rposition(|other| other == sign);
                if !before.is_ascii_whitespace()
                    && let Some(began) = began
                {
                    open.truncate(began);
                    parts += 1;
                } else if !after.is_ascii_whitespace() {
                    open.push(*sign);
                }
            }
            _ => {}
        }
    }
    parts
}

/// What a desk calculator shows: a digit is put behind the others, `+` adds one, `-` takes one away, `C` clears.
pub fn shown(keys: &str) -> String {
    let mut digits: Vec<u8> = Vec::new();
    for key in keys.bytes() {
        match key {
            b'0'..=b'9' => digits.push(key - b'0'),
            b'+' => {
                let mut at = digits.len();
                while at > 0 && digits[at - 1] == 9 {
                    at -= 1;
                    digits[at] = 0;
                }
                if at > 0 { digits[at - 1] += 1 } else { digits.insert(0, 1) }
            }
            b'-' => {
                let mut at = digits.len();
                while at > 0 && digits[at - 1] == 0 {
                    at -= 1;
                    digits[at] = 9;
                }
                if at > 0 { digits[at - 1] -= 1 } else { digits.clear() }
            }
            b'C' => digits.clear(),
            _ => {}
        }
    }
    digits.iter().map(|digit| char::from(digit + b'0')).collect()
}

struct Pile {
    places: Box<[char]>,
    used: usize,
}

impl Pile {
    fn resize(&mut self, size: usize) {
        let mut places = vec!['\0'; size].into_boxed_slice();
        for (new, old) in places.iter_mut().zip(&self.places[..self.used]) {
            *new = *old;
        }
        self.places = places;
    }

    fn push(&mut self, letter: char) {
        if self.used == self.places.len() {
            self.resize(2 * self.used);
        }
        self.places[self.used] = letter;
        self.used += 1;
    }

    fn pop(&mut self) {
        self.used = self.used.saturating_sub(1);
        if self.places.len() > 8 && self.used <= self.places.len() / 2 {
            self.resize(self.places.len() / 2);
        }
    }
}

/// A text without the letters that were rubbed out, each `<` being for the last one that is left. No more room is
/// kept than is needed.
pub fn rubbed_out(text: &str) -> String {
    let mut pile = Pile { places: vec!['\0'; 8].into_boxed_slice(), used: 0 };
    for letter in text.chars() {
        if letter == '<' {
            pile.pop();
        } else {
            pile.push(letter);
        }
    }
    pile.places[..pile.used].iter().collect()
}

/// How long each line becomes when the tags that are open at its end are closed there and opened again in the next
/// line, so that each can be shown alone.
pub fn lines_alone(text: &str) -> Vec<usize> {
    let mut open: Vec<&str> = Vec::new();
    let mut lengths = Vec::new();
    for line in text.lines() {
        let opened: usize = open.iter().map(|name| name.len() + "<>".len()).sum();
        let mut rest = line;
        while let Some((_, tag)) = rest.split_once('<') {
            let Some((name, more)) = tag.split_once('>') else { break };
            match name.strip_prefix('/') {
                Some(name) if open.last() == Some(&name) => drop(open.pop()),
                Some(_) => {}
                None => open.push(name),
            }
            rest = more;
        }
        let closed: usize = open.iter().map(|name| name.len() + "</>".len()).sum();
        lengths.push(opened + line.len() + closed);
    }
    lengths
}
