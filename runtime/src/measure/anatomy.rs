//! Takes a sample apart: where its parts begin and end, what stands inside what, which numbers announce a length.
//!
//! Goes by structure that can be seen in any format, such as brackets, tags and tokens, and knows no format.

use std::collections::HashMap;
use std::ops::Range;

use crate::quick_hash::QuickSet;
use crate::random::Random;
use crate::tape::{Code, Field};

/// Samples up to so many bytes are taken apart everywhere; of larger ones places are chosen.
const SHORT: usize = 48;
/// Places that are chosen.
const PLACES: usize = 40;

/// What opens and what closes.
pub(super) type Group = (Range<usize>, Range<usize>);

/// Where parts begin and end: everywhere in a short content, at the borders of tokens and at any places in a long one.
pub(super) fn places(content: &[u8], is_text: bool, random: &mut Random) -> Vec<usize> {
    let text = if is_text { std::str::from_utf8(content).ok() } else { None };
    let may = |at: usize| text.is_none_or(|text| text.is_char_boundary(at));
    let sort = |byte: u8| match byte {
        byte if byte.is_ascii_alphanumeric() || byte >= 0x80 => 0,
        byte if byte.is_ascii_whitespace() => 1,
        byte => 2 + u32::from(byte),
    };
    let is_border = |at: usize| at == 0 || at == content.len() || sort(content[at - 1]) != sort(content[at]);
    let mut places: Vec<usize> = (0..=content.len()).filter(|at| may(*at)).collect();
    if content.len() > SHORT {
        let (mut borders, mut others): (Vec<usize>, Vec<usize>) =
            places.into_iter().partition(|at| text.is_none() || is_border(*at));
        if borders.len() > PLACES {
            random.shuffle(&mut borders);
            // A part and the next one: neighbours matter, so a stretch is kept whole.
            let from = borders.first().copied().unwrap_or(0);
            borders.sort_unstable();
            let at = borders.partition_point(|border| *border < from).min(borders.len() - PLACES / 2);
            let stretch: Vec<usize> = borders[at..at + PLACES / 2].to_vec();
            random.shuffle(&mut borders);
            borders.truncate(PLACES / 2);
            borders.extend(stretch);
        }
        random.shuffle(&mut others);
        others.truncate(4);
        places = [borders, others, vec![0, content.len()]].concat();
        places.sort_unstable();
        places.dedup();
    }
    places
}

/// Pairs of brackets and of tags, as far as they match.
pub(super) fn groups(content: &[u8]) -> Vec<Group> {
    let mut found = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, byte) in content.iter().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => open.push(at),
            b')' | b']' | b'}' => {
                let wanted = match byte {
                    b')' => b'(',
                    b']' => b'[',
                    _ => b'{',
                };
                if let Some(start) = open.iter().rposition(|start| content[*start] == wanted) {
                    let start_at = open[start];
                    open.truncate(start);
                    found.push((start_at..start_at + 1, at..at + 1));
                }
            }
            _ => {}
        }
    }
    found.extend(tags(content));
    found
}

/// `<name ..>` with the `</name>` that ends it.
fn tags(content: &[u8]) -> Vec<Group> {
    let mut found: Vec<Group> = Vec::new();
    let mut open: Vec<(Range<usize>, &[u8])> = Vec::new();
    let mut at = 0;
    while at < content.len() {
        let rest = &content[at..];
        let end = rest.iter().position(|byte| *byte == b'>').map(|end| at + end + 1);
        let (b'<', Some(end)) = (rest[0], end) else {
            at += 1;
            continue;
        };
        let is_end = rest.get(1) == Some(&b'/');
        let name = &content[at + 1 + usize::from(is_end)..end - 1];
        let name = &name[..name.iter().position(u8::is_ascii_whitespace).unwrap_or(name.len())];
        if is_end {
            if let Some(start) = open.iter().rposition(|(_, known)| *known == name) {
                found.push((open[start].0.clone(), at..end));
                open.truncate(start);
            }
        } else if content[end - 2] != b'/' {
            open.push((at..end, name));
        }
        at = end;
    }
    found
}

/// Numbers that can be read as the length of what follows them, with what they cover.
pub(super) fn fields(content: &[u8]) -> Vec<(Field, Range<usize>)> {
    const MOST: usize = 80;
    let codes = [
        Code::Varint,
        Code::Ber,
        Code::Fixed { width: 2, big: true },
        Code::Fixed { width: 2, big: false },
        Code::Fixed { width: 4, big: true },
        Code::Fixed { width: 4, big: false },
        Code::Fixed { width: 8, big: true },
        Code::Fixed { width: 8, big: false },
    ];
    let mut found = Vec::new();
    for at in 0..content.len() {
        for code in codes {
            let Some((number, width)) = code.read(&content[at..]) else { continue };
            let start = at + width;
            let end = usize::try_from(number).ok().and_then(|number| start.checked_add(number));
            let Some(end) = end.filter(|end| number > 0 && *end <= content.len()) else { continue };
            if code == Code::Ber && width == 1 {
                continue;
            }
            let field = Field { at, width, code, counts: false, plus: 0 };
            found.push((field, start..end));
        }
    }
    // What reaches exactly to the end of everything, or of another one, is likely meant.
    let mut ending: HashMap<usize, usize> = HashMap::new();
    for (_, covered) in &found {
        *ending.entry(covered.end).or_default() += 1;
    }
    let is_likely = |covered: &Range<usize>| covered.end == content.len() || ending[&covered.end] > 1;
    found.sort_by_cached_key(|(field, covered)| (!is_likely(covered), field.at));
    found.truncate(MOST);
    found.sort_by_key(|(field, _)| field.at);
    found
}

/// The different lines of a content, or its parts that end with the same mark, each with its end, and what stands behind
/// the last of them; none where there are not three.
pub(super) fn statements(content: &[u8]) -> (Vec<&[u8]>, &[u8]) {
    const ENDS: &[u8] = b"\n;|,& /:";
    for end in ENDS {
        let mut parts: Vec<&[u8]> = content.split_inclusive(|byte| byte == end).collect();
        let rest = parts.pop_if(|part| !part.ends_with(&[*end])).unwrap_or_default();
        if parts.len() > 2 {
            let mut seen = QuickSet::default();
            parts.retain(|part| seen.insert(*part));
            return (parts, rest);
        }
    }
    (Vec::new(), &[])
}

/// Parts that look like elements of something: from a bracket to the one that ends it, with the space behind it, and what
/// ends with the same mark.
pub(super) fn elements(content: &[u8]) -> Vec<Range<usize>> {
    /// So many of each sort.
    const MOST: usize = 24;
    const BRACKETS: [(u8, u8); 4] = [(b'<', b'>'), (b'(', b')'), (b'[', b']'), (b'{', b'}')];
    const ENDS: &[u8] = b"\n;,&|/ ";
    let mut found: Vec<Range<usize>> = Vec::new();
    for (open, close) in BRACKETS {
        let starts = (0..content.len()).filter(|at| content[*at] == open).take(MOST);
        for start in starts {
            let Some(length) = content[start..].iter().position(|byte| *byte == close) else { continue };
            let end = start + length + 1;
            let space = content[end..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            found.push(start..end + space);
            found.push(start..end);
        }
    }
    for mark in ENDS {
        let mut start = 0;
        for part in content.split_inclusive(|byte| byte == mark).take(MOST) {
            if part.len() > 1 && part.ends_with(&[*mark]) {
                found.push(start..start + part.len());
            }
            start += part.len();
        }
    }
    let mut seen = QuickSet::default();
    found.retain(|part| seen.insert(part.clone()));
    found
}

/// Where the first name of a part stands, or the beginning of it if it is long.
pub(super) fn name(part: &[u8]) -> Option<Range<usize>> {
    const LONGEST: usize = 4;
    let is_word = |at: usize| part.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let start = (0..part.len()).find(|at| is_word(*at) && is_word(at + 1))?;
    let length = (start..part.len()).take_while(|at| is_word(*at)).take(LONGEST).count();
    Some(start..start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_belongs_to_the_one_that_ends_it() {
        assert_eq!(groups(b"(a[b])"), [(2..3, 4..5), (0..1, 5..6)]);
        assert_eq!(groups(b"([)"), [(0..1, 2..3)]);
        assert_eq!(groups(b"<a x><b/></a>"), [(0..5, 9..13)]);
    }

    #[test]
    fn a_number_announces_what_follows_it() {
        let all = fields(&[0, 3, 7, 7, 7]);
        let wide = (
            Field { at: 0, width: 2, code: Code::Fixed { width: 2, big: true }, counts: false, plus: 0 },
            2..5,
        );
        assert!(all.contains(&wide), "{all:?}");
        assert!(all.iter().all(|(_, covered)| covered.end <= 5));
    }

    #[test]
    fn of_a_long_text_the_borders_of_some_tokens_are_places() {
        let text = "key: value, other; ".repeat(100);
        let all = places(text.as_bytes(), true, &mut Random::new(1));
        assert!(all.len() <= PLACES + 8 && all.first() == Some(&0) && all.last() == Some(&text.len()));
        assert_eq!(places("aé".as_bytes(), true, &mut Random::new(1)), [0, 1, 3]);
    }
}
