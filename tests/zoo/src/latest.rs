//! Held back until all else was done: small parts of encoders, routers, editors, mail readers and tables.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

/// The number that the bytes are, in decimal; nine digits are held in one place.
pub fn in_decimal(body: &[u8]) -> String {
    let mut places: Vec<u64> = Vec::new();
    for byte in body {
        let mut carry = u64::from(*byte);
        for place in &mut places {
            carry += *place << 8;
            *place = carry % 1_000_000_000;
            carry /= 1_000_000_000;
        }
        if carry > 0 {
            places.push(carry);
        }
    }
    let Some(first) = places.pop() else { return "0".into() };
    places.iter().rev().fold(first.to_string(), |digits, place| digits + &format!("{place:09}"))
}

/// Versions such as `1.10.2` in their order; parts that are no numbers come first.
pub fn by_version(names: &[String]) -> Vec<&str> {
    let part = |part: &str| {
        let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
        let shown = if is_number { part.trim_start_matches('0') } else { part };
        (if is_number { shown.len() + 1 } else { 0 }, shown.to_owned())
    };
    let key = |name: &String| name.split('.').map(part).collect();
    let mut all: Vec<(Vec<(usize, String)>, &str)> =
        names.iter().map(|name| (key(name), name.as_str())).collect();
    all.sort();
    all.into_iter().map(|(_, name)| name).collect()
}

/// Where statements end: semicolons that stand in no quotes, no comment and not between two `$tag$`.
pub fn statements(text: &str) -> usize {
    let tag = |rest: &str| {
        let long = rest.bytes().skip(1).take(16).take_while(u8::is_ascii_alphanumeric).count();
        (rest.as_bytes().get(long + 1) == Some(&b'$')).then_some(long + 2)
    };
    let (mut rest, mut count) = (text, 0);
    while let Some(at) = rest.find([';', '\'', '-', '$']) {
        rest = &rest[at..];
        let (begin, end) = match rest.as_bytes() {
            [b';', ..] => {
                count += 1;
                (1, "")
            }
            [b'\'', ..] => (1, "'"),
            [b'-', b'-', ..] => (2, "\n"),
            [b'$', ..] => tag(rest).map_or((1, ""), |long| (long, &rest[..long])),
            _ => (1, ""),
        };
        let Some(long) = rest[begin..].find(end) else { break };
        rest = &rest[begin + long + end.len()..];
    }
    count
}

/// Names in the order they come, each as what it shares with the one before and what is its own.
pub fn front_coded(names: &[String]) -> Vec<u8> {
    let (mut before, mut all) = ("", Vec::new());
    for name in names {
        let same = before.bytes().zip(name.bytes()).take_while(|(one, other)| one == other).count();
        all.extend_from_slice(&same.to_le_bytes()[..4]);
        all.extend(name.bytes().skip(same));
        all.push(b'\n');
        before = name;
    }
    all
}

/// Words in lines of no more than seventy-two letters, with as little ragged space as there can be.
pub fn least_ragged(text: &str) -> u64 {
    let widths: Vec<usize> = text.split_whitespace().map(|word| word.chars().count()).collect();
    let mut least: Vec<u64> = vec![0];
    for last in 0..widths.len() {
        let (mut width, mut best) = (0, u64::MAX);
        for first in (0..=last).rev() {
            width += widths[first] + usize::from(first < last);
            if width > 72 && first < last {
                break;
            }
            let space = 72_u64.saturating_sub(width as u64);
            best = best.min(least[first].saturating_add(space * space));
        }
        least.push(best);
    }
    least[widths.len()]
}

/// For each two neighbours that come every so many minutes, the first minute of a day at which both come.
pub fn first_together(body: &[u8]) -> Vec<Option<u16>> {
    let first = |pair: &[u8]| {
        let (one, other) = (u16::from(pair[0].max(1)), u16::from(pair[1].max(1)));
        (1..=1440).find(|minute| (minute % one, minute % other) == (0, 0))
    };
    body.windows(2).map(first).collect()
}

/// Ranges are put into a set; whatever a new one touches is taken out and becomes part of it.
pub fn covered(ends: &[u32]) -> u64 {
    let mut ranges: BTreeMap<u32, u32> = BTreeMap::new();
    for pair in ends.chunks_exact(2) {
        let (mut from, mut to) = (pair[0].min(pair[1]), pair[0].max(pair[1]));
        while let Some((begin, end)) = ranges.range(..=to).next_back().map(|(begin, end)| (*begin, *end)) {
            if end < from {
                break;
            }
            ranges.remove(&begin);
            from = from.min(begin);
            to = to.max(end);
        }
        ranges.insert(from, to);
    }
    ranges.iter().map(|(from, to)| u64::from(to - from)).sum()
}

/// A kind, a length and so many bytes, one after the other; of large kinds there is a sum over all the bytes, and they
/// hold others.
pub fn sums_of_chunks(body: &[u8]) -> u64 {
    let (mut rest, mut all) = (body, 0_u64);
    while let [kind, long, after @ ..] = rest {
        let (inside, others) = after.split_at(after.len().min(usize::from(*long)));
        if *kind >= 128 {
            let sum =
                inside.iter().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(*byte)));
            all = all.wrapping_add(sum).wrapping_add(sums_of_chunks(inside));
        }
        rest = others;
    }
    all
}

/// How late each task is, from pairs of a task and one that follows it; no more rounds than there are pairs.
pub fn rounds(pairs: &[u16]) -> Vec<usize> {
    let mut places = HashMap::new();
    let mut place = |task: u16| {
        let next = places.len();
        *places.entry(task).or_insert(next)
    };
    let follow: Vec<(usize, usize)> =
        pairs.chunks_exact(2).map(|pair| (place(pair[0]), place(pair[1]))).collect();
    let mut levels = vec![0; places.len()];
    for _ in 0..follow.len() {
        let mut is_done = true;
        for (task, next) in &follow {
            if levels[*next] <= levels[*task] {
                levels[*next] = levels[*task] + 1;
                is_done = false;
            }
        }
        if is_done {
            break;
        }
    }
    levels
}

/// The first route that has as many parts as the path, each the same or a `*`.
pub fn routed<'r>(routes: &'r [String], path: &str) -> Option<&'r str> {
    let fits = |route: &str| {
        route.split('/').count() == path.split('/').count()
            && route.split('/').zip(path.split('/')).all(|(wanted, part)| wanted == "*" || wanted == part)
    };
    routes.iter().map(String::as_str).find(|route| fits(route))
}

/// Headers of a mail: a line that begins with a space goes on with the one before, and spaces become single ones.
pub fn unfolded(text: &str) -> Vec<String> {
    let mut headers: Vec<String> = Vec::new();
    for line in text.lines() {
        match headers.last_mut() {
            Some(header) if line.starts_with(' ') => {
                header.push_str(line);
                *header = header.split_whitespace().collect::<Vec<&str>>().join(" ");
            }
            _ => headers.push(line.into()),
        }
    }
    headers
}

/// `%41` is `A`; what comes out may have been written that way as well, and is read again until nothing changes.
pub fn decoded(text: &str) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let mut all = text.as_bytes().to_vec();
    loop {
        let (mut at, mut plain) = (0, Vec::new());
        while at < all.len() {
            match (all[at], digit(all.get(at + 1)), digit(all.get(at + 2))) {
                (b'%', Some(high), Some(low)) => {
                    plain.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                    at += 3;
                }
                (byte, ..) => {
                    plain.push(byte);
                    at += 1;
                }
            }
        }
        if plain.len() == all.len() {
            return plain;
        }
        all = plain;
    }
}

/// Keys as they are struck: `<` and `>` go a letter back and on, `^` and `$` to the start and the end.
pub fn struck(text: &str) -> String {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for key in text.chars() {
        match key {
            '<' => after.extend(before.pop()),
            '>' => before.extend(after.pop()),
            '^' => {
                while let Some(letter) = before.pop() {
                    after.push(letter);
                }
            }
            '$' => {
                while let Some(letter) = after.pop() {
                    before.push(letter);
                }
            }
            _ => before.push(key),
        }
    }
    before.into_iter().chain(after.into_iter().rev()).collect()
}

/// Lines without the blanks at their ends: wherever there are blanks, it is seen whether the line ends behind them.
pub fn without_blank_ends(body: &[u8]) -> Vec<u8> {
    let (mut at, mut all) = (0, Vec::new());
    while at < body.len() {
        let blanks = body[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        if blanks > 0 && matches!(body.get(at + blanks), None | Some(b'\n')) {
            at += blanks;
        } else {
            all.push(body[at]);
            at += 1;
        }
    }
    all
}

/// Text as it has to be written between tags.
pub fn escaped(text: &str) -> String {
    let mut all = String::new();
    for letter in text.chars() {
        match letter {
            '<' => all.push_str("&lt;"),
            '>' => all.push_str("&gt;"),
            '&' => all.push_str("&amp;"),
            '"' => all.push_str("&quot;"),
            _ => all.push(letter),
        }
    }
    all
}

/// A text that is typed, as it was before each letter, to take twenty of them back: each `~` takes one.
pub fn taken_back(text: &str) -> String {
    let (mut now, mut log) = (String::new(), VecDeque::new());
    for letter in text.chars() {
        if letter == '~' {
            now = log.pop_back().unwrap_or_default();
            continue;
        }
        if log.len() == 20 {
            log.pop_front();
        }
        log.push_back(now.clone());
        now.push(letter);
    }
    now
}

/// `a=xy` gives a letter its meaning, in which letters from lines above mean what they were given; a mebibyte is the
/// most that all may be.
pub fn meanings(text: &str) -> Option<HashMap<char, String>> {
    let (mut known, mut total) = (HashMap::<char, String>::new(), 0);
    for line in text.lines() {
        let Some((name, meaning)) = line.split_once('=') else { continue };
        let Some(name) = name.chars().next() else { continue };
        let mut whole = String::new();
        for letter in meaning.chars() {
            match known.get(&letter) {
                Some(long) => whole.push_str(long),
                None => whole.push(letter),
            }
            if total + whole.len() > 1 << 20 {
                return None;
            }
        }
        total += whole.len();
        known.insert(name, whole);
    }
    Some(known)
}

/// How long each cell is, with cells for every row up to the widest.
pub fn cell_lengths(text: &str) -> Vec<Vec<u8>> {
    let long = |cell: &str| u8::try_from(cell.len()).unwrap_or(u8::MAX);
    let mut rows: Vec<Vec<u8>> = text.lines().map(|line| line.split(',').map(long).collect()).collect();
    let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
    for row in &mut rows {
        row.resize(widest, 0);
    }
    rows
}

struct Block<'t> {
    line: &'t str,
    inside: Vec<Block<'t>>,
}

fn blocks<'t>(rest: &mut &[(usize, &'t str)], above: Option<usize>) -> Vec<Block<'t>> {
    let mut all = Vec::new();
    while let [(indent, line), others @ ..] = *rest {
        if above.is_some_and(|above| *indent <= above) {
            break;
        }
        *rest = others;
        all.push(Block { line, inside: blocks(rest, Some(*indent)) });
    }
    all
}

fn longest(blocks: &[Block<'_>]) -> usize {
    blocks.iter().map(|block| block.line.len().max(longest(&block.inside))).max().unwrap_or(0)
}

/// The longest line in a tree of blocks, where a line that is further in than the one above belongs to it.
pub fn longest_in_blocks(text: &str) -> usize {
    let split = |line: &'_ str| line.len() - line.trim_start_matches(' ').len();
    let lines: Vec<(usize, &str)> = text.lines().map(|line| (split(line), line.trim())).collect();
    longest(&blocks(&mut lines.as_slice(), None))
}

#[derive(Default)]
struct Folder {
    inside: BTreeMap<String, Folder>,
}

/// Paths, one a line, as folders in folders; how many there are.
pub fn folders(text: &str) -> usize {
    let (mut root, mut count) = (Folder::default(), 0);
    for path in text.lines() {
        let mut here = &mut root;
        for name in path.split('/').filter(|name| !name.is_empty()) {
            count += usize::from(!here.inside.contains_key(name));
            here = here.inside.entry(name.to_owned()).or_default();
        }
    }
    count
}

fn leader(above: &mut [usize], of: usize) -> usize {
    if above[of] != of {
        above[of] = leader(above, above[of]);
    }
    above[of]
}

/// Teams, after each pair of players has come together; the leader of the one follows that of the other.
pub fn teams(pairs: &[u16]) -> usize {
    let mut above: Vec<usize> = (0..pairs.len()).collect();
    for pair in pairs.chunks_exact(2) {
        let [one, other] = [pair[0], pair[1]].map(|player| usize::from(player) % pairs.len());
        let (one, other) = (leader(&mut above, one), leader(&mut above, other));
        above[one] = other;
    }
    let leaders: HashSet<usize> = (0..pairs.len()).map(|player| leader(&mut above, player)).collect();
    leaders.len()
}

/// A query such as `a=1&b=2`, names and values as texts of their own.
pub fn query(text: &str) -> HashMap<String, String> {
    let parts = text.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(name, value)| (name.into(), value.into()))
        .collect()
}

/// Cookies by the length of their names, the longest first.
pub fn cookies(text: &str) -> Vec<(&str, &str)> {
    let mut all: Vec<(&str, &str)> = text.split(';').filter_map(|part| part.trim().split_once('=')).collect();
    all.sort_unstable_by_key(|(name, _)| Reverse(name.len()));
    all
}

/// Every two tags that stand in one line.
pub fn tags_together(text: &str) -> HashSet<String> {
    let mut pairs = HashSet::new();
    for line in text.lines() {
        let tags: Vec<&str> = line.split_whitespace().collect();
        for (at, one) in tags.iter().enumerate() {
            pairs.extend(tags[at + 1..].iter().map(|other| [*one, *other].join(" ")));
        }
    }
    pairs
}
