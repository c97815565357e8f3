//! Takes a text or bytes apart, gives the families in which a part of it is repeated, wrapped, or joined by others.
//!
//! Goes by what can be seen in any format, see `anatomy`. Knows no format; which family matters is for whoever measures
//! them to find out.

use std::hash::Hasher as _;
use std::ops::Range;

use super::anatomy::{Group, elements, fields, groups, name, places, statements};
use super::family::AT_ONCE;
use super::units::LONG_AND_MANY;
use crate::quick_hash::{QuickHasher, QuickSet};
use crate::random::Random;
use crate::tape::{Code, Counter, Field, Form, Pumped};

/// Families of one sample at most.
const MOST: usize = 9_000;
/// Bytes that all families of one sample may have together.
const ROOM: usize = 24 << 20;

/// The families of one text or byte string.
pub(super) struct Families<'c> {
    pub(super) content: &'c [u8],
    pub(super) is_text: bool,
    pub(super) places: Vec<usize>,
    fields: Vec<(Field, Range<usize>)>,
    found: Vec<(u8, Pumped)>,
    /// Families that one way to make them may give, and where those of the present way start.
    quota: usize,
    start: usize,
}

impl<'c> Families<'c> {
    pub(super) fn of(
        content: &'c [u8],
        is_text: bool,
        marks: &[&str],
        random: &mut Random,
    ) -> Vec<(u8, Pumped)> {
        let places = places(content, is_text, random);
        let fields = if is_text { Vec::new() } else { fields(content) };
        let quota = (ROOM / (content.len() + 32)).clamp(40, MOST) / 4;
        let mut families =
            Self { content, is_text, places, fields, found: Vec::new(), quota: quota.max(10), start: 0 };
        families.long_and_many();
        families.next_way();
        families.nests();
        families.next_way();
        families.wraps();
        families.next_way();
        families.records(random);
        families.next_way();
        families.repeats(random);
        families.next_way();
        families.twins(random);
        families.next_way();
        families.couples(random);
        families.next_way();
        families.cells(random);
        families.next_way();
        families.statements(random);
        families.next_way();
        // Of two that are the same the first stays, and what the code knows comes early.
        families.marks(marks);
        families.next_way();
        families.phrases(marks);
        families.next_way();
        families.units();
        families.next_way();
        families.held_against(marks);
        families.next_way();
        if !is_text {
            families.single_bytes();
            families.next_way();
            families.pairs(random);
        }
        let mut seen = QuickSet::default();
        families.found.retain_mut(|(_, pumped)| {
            let times = std::mem::replace(&mut pumped.times, 3);
            let mut hasher = QuickHasher::default();
            hasher.write(&pumped.render());
            hasher.write_u8(u8::from(pumped.counter.is_some_and(|counter| counter.form == Form::Padded)));
            pumped.times = times;
            seen.insert(hasher.finish()) && !(pumped.open.is_empty() && pumped.close.is_empty())
        });
        families.found
    }

    pub(super) fn pumped(&self, before: &[u8], open: &[u8], after: &[u8]) -> Pumped {
        Pumped {
            is_text: self.is_text,
            before: before.to_vec(),
            open: open.to_vec(),
            times: 1,
            after: after.to_vec(),
            ..Pumped::default()
        }
    }

    pub(super) fn add(&mut self, tier: u8, pumped: Pumped) {
        if self.found.len() < self.start + self.quota {
            self.found.push((tier, pumped));
        }
    }

    fn next_way(&mut self) {
        self.start = self.found.len();
    }

    /// One that is long, and many that are not.
    fn long_and_many(&mut self) {
        if !self.is_text {
            return;
        }
        for (long, many) in LONG_AND_MANY {
            let whole = self.pumped(&[], long.as_bytes(), &[]);
            self.add(AT_ONCE, Pumped { close: many.as_bytes().to_vec(), ..whole });
        }
    }

    /// A group inside another, or inside the whole, is put into itself.
    fn nests(&mut self) {
        let content = self.content;
        let groups = groups(content);
        let is_inside =
            |inner: &Group, outer: &Group| outer.0.end <= inner.0.start && inner.1.end <= outer.1.start;
        let mut nests = Vec::new();
        for outer in groups.iter().take(60) {
            let around = (&content[..outer.0.start], &content[outer.1.end..]);
            let (open, close) = (&content[outer.0.clone()], &content[outer.1.clone()]);
            nests.push((around, open, &content[outer.0.end..outer.1.start], close));
            nests.push((around, open, &[], close));
            for inner in groups.iter().filter(|inner| is_inside(inner, outer)).take(20) {
                let open = &content[outer.0.start..inner.0.start];
                let close = &content[inner.1.end..outer.1.end];
                nests.push((around, open, &content[inner.0.start..inner.1.end], close));
            }
            nests.push(((&[], &[]), around.0, &content[outer.0.start..outer.1.end], around.1));
        }
        for ((before, after), open, core, close) in nests {
            let whole =
                Pumped { core: core.to_vec(), close: close.to_vec(), ..self.pumped(before, open, after) };
            for counted in counted(&whole) {
                self.add(1, counted);
            }
            self.add(0, whole);
        }
    }

    /// What a number announces is put into itself, with its length in front each time.
    fn wraps(&mut self) {
        let (content, fields) = (self.content, self.fields.clone());
        for (field, covered) in &fields {
            for head in 0..=field.at.min(6) {
                let open = &content[field.at - head..field.at];
                if open.is_empty() && !matches!(field.code, Code::Fixed { width: 4.., .. }) {
                    continue;
                }
                for core in [&content[covered.clone()], content, &[]] {
                    let alone = Pumped {
                        core: core.to_vec(),
                        wraps: Some(field.code),
                        ..self.pumped(&[], open, &[])
                    };
                    self.add(0, alone);
                }
                let (before, after) = (&content[..field.at - head], &content[covered.end..]);
                let inside = Pumped {
                    core: content[covered.clone()].to_vec(),
                    wraps: Some(field.code),
                    ..self.pumped(before, open, after)
                };
                if let Some(inside) = self.with_outer(inside, field.at - head, covered.end) {
                    self.add(0, inside);
                }
                self.add(
                    0,
                    Pumped {
                        core: content[covered.clone()].to_vec(),
                        wraps: Some(field.code),
                        ..self.pumped(before, open, after)
                    },
                );
            }
        }
    }

    /// Any part is repeated where it stands; numbers in front that depend on it are kept right, or not.
    fn repeats(&mut self, random: &mut Random) {
        let content = self.content;
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for (at, start) in self.places.iter().enumerate() {
            ranges.extend(self.places[at + 1..].iter().map(|end| *start..*end));
        }
        let borders = content.len() + 1;
        random.shuffle(&mut ranges);
        if ranges.len() > 700 {
            // Short parts are more likely to stand for themselves.
            ranges.sort_by_key(|range| (range.len() > 40, 0));
            ranges.truncate(700);
        }
        debug_assert!(ranges.iter().all(|range| range.end < borders));
        for range in elements(content).into_iter().chain(ranges) {
            let part = &content[range.clone()];
            let plain = self.pumped(&content[..range.start], part, &content[range.end..]);
            for counted in counted(&plain) {
                self.add(1, counted);
            }
            if let Some(kept) = self.with_outer(plain.clone(), range.start, range.end) {
                self.add(1, kept);
            }
            for kept in self.counted_in_front(&plain, &range) {
                self.add(2, kept);
            }
            self.add(1, plain);
        }
    }

    /// What a number near the beginning may count is there more often: parts that start not far behind it, each with
    /// another name.
    fn records(&mut self, random: &mut Random) {
        /// Where counts stand, how large they are in a sample, and how far behind what they count starts.
        const HEAD: usize = 24;
        const COUNTS: std::ops::RangeInclusive<u64> = 1..=16;
        const BETWEEN: usize = 8;
        /// Bytes of one part.
        const PART: std::ops::RangeInclusive<usize> = 4..=40;
        let content = self.content;
        if self.is_text {
            return;
        }
        let codes = [(4, true), (4, false), (2, true), (2, false), (1, true)];
        let mut parts: Vec<(Field, Range<usize>)> = Vec::new();
        for at in 0..content.len().min(HEAD) {
            for code in codes.map(|(width, big)| Code::Fixed { width, big }) {
                let Some((number, width)) = code.read(&content[at..]) else { continue };
                // With nothing beside it a byte is a part of a wider number, which counts further.
                let beside = [at.checked_sub(1), Some(at + 1)].map(|at| content.get(at?));
                if !COUNTS.contains(&number) || (width == 1 && beside.contains(&Some(&0))) {
                    continue;
                }
                let field = Field { at, width, code, counts: true, plus: number as i64 - 1 };
                let starts = at + width..=at + width + BETWEEN;
                let ranges = starts.flat_map(|start| PART.map(move |length| start..start + length));
                parts.extend(ranges.filter(|part| part.end <= content.len()).map(|part| (field, part)));
            }
        }
        random.shuffle(&mut parts);
        // Hardly any is a whole one, and those that are none are refused at once.
        let quota = self.quota;
        self.quota *= 2;
        for (field, range) in parts {
            let (before, part) = (&content[..range.start], &content[range.clone()]);
            let Some(name) = name(part) else { continue };
            let counter = Some(Counter { at: name.start, form: Form::Over(name.len()) });
            let plain = self.pumped(before, part, &content[range.end..]);
            self.add(1, Pumped { counter, fields: vec![field], ..plain });
        }
        self.quota = quota;
    }

    /// One part is repeated at two places, as where a pattern stands in front of what it is held against.
    fn twins(&mut self, random: &mut Random) {
        const MOST: usize = 240;
        let content = self.content;
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for (at, first) in self.places.iter().enumerate() {
            pairs.extend(self.places[at + 1..].iter().map(|second| (*first, *second)));
        }
        random.shuffle(&mut pairs);
        pairs.truncate(MOST);
        let places = self.places.clone();
        let part_at = |at: usize| {
            let end = places.iter().copied().find(|end| *end > at)?;
            Some(&content[at..end])
        };
        for (first, second) in pairs {
            for unit in [part_at(first), part_at(second)].into_iter().flatten() {
                let whole = self.pumped(&content[..first], unit, &content[second..]);
                let (core, close) = (content[first..second].to_vec(), unit.to_vec());
                self.add(1, Pumped { core, close, ..whole });
            }
        }
    }

    /// A part that is long in front of another that comes often, or behind it: as a prefix of each of many names.
    fn couples(&mut self, random: &mut Random) {
        const MOST: usize = 240;
        let content = self.content;
        let places = self.places.clone();
        if places.len() < 3 {
            return;
        }
        for _ in 0..MOST {
            // Any part, and one of the smallest outside of it.
            let mut part = [random.below(places.len()), random.below(places.len())];
            part.sort_unstable();
            let small = random.below(places.len() - 1);
            let (part, small) = (places[part[0]]..places[part[1]], places[small]..places[small + 1]);
            let [one, other] = if small.end <= part.start { [small, part] } else { [part, small] };
            if one.is_empty() || other.is_empty() || other.start < one.end {
                continue;
            }
            let whole = self.pumped(&content[..one.start], &content[one.clone()], &content[other.end..]);
            let (core, close) = (content[one.end..other.start].to_vec(), content[other].to_vec());
            self.add(1, Pumped { core, close, ..whole });
        }
    }

    /// A column of a table grows: a cell of one line and a cell of another are repeated as often, and any two parts that
    /// begin with the same mark and end in front of the next one.
    fn cells(&mut self, random: &mut Random) {
        const MOST: usize = 120;
        const CELLS: usize = 40;
        let content = self.content;
        let ends_line = |byte: &u8| *byte == b'\n';
        let mut found: Vec<Range<usize>> = Vec::new();
        for (start, mark) in content.iter().enumerate().filter(|(_, byte)| byte.is_ascii_punctuation()) {
            let rest = &content[start + 1..];
            let end = rest.iter().position(|byte| byte == mark || ends_line(byte));
            found.extend(end.filter(|end| rest[*end] == *mark).map(|end| start..start + 1 + end));
        }
        random.shuffle(&mut found);
        found.truncate(CELLS);
        found.sort_by_key(|cell| cell.start);
        let mut pairs: Vec<[&Range<usize>; 2]> = Vec::new();
        for (at, one) in found.iter().enumerate() {
            let alike = found[at + 1..].iter().filter(|other| content[other.start] == content[one.start]);
            pairs.extend(alike.filter(|other| other.start >= one.end).map(|other| [one, other]));
        }
        random.shuffle(&mut pairs);
        // Those of different lines come first.
        pairs.sort_by_key(|[one, other]| !content[one.end..other.start].iter().any(ends_line));
        for [one, other] in pairs.into_iter().take(MOST) {
            let whole = self.pumped(&content[..one.start], &content[one.clone()], &content[other.end..]);
            let (core, close) = (content[one.end..other.start].to_vec(), content[other.clone()].to_vec());
            self.add(1, Pumped { core, close, ..whole });
        }
    }

    /// Whole statements are repeated, those of one sort before those of another, as in a script that opens much, does
    /// much, and closes it again: what is done again for all that is open shows in no other way.
    fn statements(&mut self, random: &mut Random) {
        /// Any three statements so often; all of them if there are no more, as where there are five statements.
        const MOST: usize = 125;
        let (all, rest) = statements(self.content);
        let Some(first) = all.first() else { return };
        let choices = all.len().pow(3);
        for number in 0..choices.min(MOST) {
            let which = if choices <= MOST { number } else { random.below(choices) };
            let [one, other, third] =
                [1, all.len(), all.len().pow(2)].map(|step| all[which / step % all.len()]);
            // What a script begins and ends with may have to be there.
            for whole in [self.pumped(&[], one, &[]), self.pumped(first, one, rest)] {
                self.add(1, Pumped { close: other.to_vec(), ..whole.clone() });
                self.add(1, Pumped { close: [other, third].concat(), ..whole.clone() });
                self.add(1, Pumped { open: [one, other].concat(), ..whole.clone() });
                self.add(1, Pumped { core: other.to_vec(), fills: true, close: third.to_vec(), ..whole });
            }
        }
    }

    /// The pump with all lengths in front that reach over the part and to the end of something.
    fn with_outer(&self, pumped: Pumped, start: usize, end: usize) -> Option<Pumped> {
        let length = self.content.len();
        let around = |(field, covered): &&(Field, Range<usize>)| {
            field.at + field.width <= start
                && covered.end >= end
                && (covered.end == length || covered.end == end)
        };
        let mut fields: Vec<Field> = Vec::new();
        let mut free = 0;
        for (field, covered) in self.fields.iter().filter(around) {
            if field.at >= free {
                // Counted from the end of `before`, which is where the part starts.
                let plus = (start - covered.start) as i64 + (covered.end - end) as i64;
                fields.push(Field { plus, ..*field });
                free = field.at + field.width;
            }
        }
        (!fields.is_empty()).then_some(Pumped { fields, ..pumped })
    }

    /// The pump with a small number in front that may count its parts, one at a time.
    fn counted_in_front(&self, pumped: &Pumped, range: &Range<usize>) -> Vec<Pumped> {
        if self.is_text {
            return Vec::new();
        }
        let mut all = Vec::new();
        for at in range.start.saturating_sub(8)..range.start {
            for (width, big) in [(4, true), (4, false), (2, true), (2, false), (1, true)] {
                let code = Code::Fixed { width, big };
                let Some((number, width)) = code.read(&self.content[at..range.start]) else { continue };
                if (1..=64).contains(&number) {
                    let field = Field { at, width, code, counts: true, plus: number as i64 - 1 };
                    all.push(Pumped { fields: vec![field], ..pumped.clone() });
                    break;
                }
            }
        }
        all
    }
}

/// The same pump with a counter behind each of the first names in the unit, and with a padded one behind the first.
fn counted(pumped: &Pumped) -> Vec<Pumped> {
    const MOST: usize = 3;
    let is_word = |byte: u8| byte.is_ascii_alphanumeric();
    let open = &pumped.open;
    if open.len() < 2 || (!pumped.close.is_empty() && pumped.close.iter().any(|byte| is_word(*byte))) {
        return Vec::new();
    }
    let ends = (1..=open.len()).filter(|at| {
        is_word(open[at - 1]) && open.get(*at).is_none_or(|byte| !is_word(*byte)) && open[..*at].is_ascii()
    });
    let ends: Vec<usize> = ends.take(MOST).collect();
    let plain = ends.iter().map(|at| Counter { at: *at, form: Form::Plain });
    let padded = ends.first().map(|at| Counter { at: *at, form: Form::Padded });
    let counted = plain.chain(padded).map(|counter| Pumped { counter: Some(counter), ..pumped.clone() });
    counted.chain(chained(pumped, &ends)).collect()
}

/// The same pump with its first name in the place of its second one too, each time with the number of the next
/// repetition: aliases, links and parents that lead from one to the other.
fn chained(pumped: &Pumped, ends: &[usize]) -> Option<Pumped> {
    let [first, second] = *ends.get(..2)? else { return None };
    let start = |end: usize| {
        pumped.open[..end].iter().rposition(|byte| !byte.is_ascii_alphanumeric()).map_or(0, |at| at + 1)
    };
    let name = &pumped.open[start(first)..first];
    let open = [&pumped.open[..start(second)], name, &pumped.open[second..]].concat();
    let form = Form::Chain(start(second) + name.len());
    Some(Pumped { open, counter: Some(Counter { at: first, form }), ..pumped.clone() })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn rendered(content: &[u8], is_text: bool, times: u64) -> HashSet<Vec<u8>> {
        let all = Families::of(content, is_text, &[], &mut Random::new(1));
        all.into_iter().map(|(_, pumped)| Pumped { times, ..pumped }.render()).collect()
    }

    #[test]
    fn rows_of_a_mark_that_the_code_knows_come_early() {
        let all = Families::of(b"one two", true, &["`", "<!--"], &mut Random::new(1));
        let rows = all.into_iter().filter(|(tier, _)| *tier == 0);
        let rows: Vec<Vec<u8>> = rows.map(|(_, pumped)| Pumped { times: 3, ..pumped }.render()).collect();
        assert!(rows.contains(&b"` `` ``` ".to_vec()), "{rows:?}");
    }

    #[test]
    fn statements_of_one_sort_come_before_those_of_another() {
        let all = rendered(b"open\nset a\nclose\n", true, 2);
        for expected in [
            "open\nopen\nset a\nset a\nclose\nclose\n",
            "set a\nset a\nopen\nclose\nopen\nclose\n",
            "open\nset a\nopen\nset a\n",
            "open\nset a\nset a\nclose\nclose\n",
        ] {
            assert!(all.contains(expected.as_bytes()), "{expected:?}");
        }
    }

    #[test]
    fn names_are_numbered_in_one_width_too() {
        let words = rendered(b"one two ", true, 12);
        assert!(words.iter().any(|text| text.starts_with(b"a0 a1 a2") && text.ends_with(b"a10 a11 ")));
        assert!(
            words
                .iter()
                .any(|text| text.starts_with(b"a000000 a000001 ") && text.ends_with(b"a000010 a000011 "))
        );
    }

    #[test]
    fn brackets_and_tags_nest() {
        let json = rendered(br#"{"s":[{"s":[]},{}]}"#, true, 3);
        assert!(json.contains(&br#"{"s":[{"s":[{"s":[{"s":[]}]}]},{}]}"#[..]) || json.len() > 100);
        assert!(json.contains(&br#"{"s":[{"s":[{"s":[{"s":[]},{}]},{}]},{}]}"#[..]));
        let xml = rendered(b"<a><b c='1'>x</b></a>", true, 2);
        assert!(xml.contains(&b"<a><b c='1'><b c='1'>x</b></b></a>"[..]));
        assert!(xml.contains(&b"<a><a><b c='1'>x</b></a></a>"[..]));
    }

    #[test]
    fn an_element_of_a_long_text_is_repeated_where_it_stands() {
        let text = format!("<!DOCTYPE n [ <!ELEMENT n ANY> ]>\n<n>{}</n>", "word, ".repeat(60));
        let all = rendered(text.as_bytes(), true, 2);
        let expected = text.replace("<!ELEMENT n ANY> ", "<!ELEMENT n ANY> <!ELEMENT n ANY> ");
        assert!(all.contains(expected.as_bytes()));
    }

    #[test]
    fn names_get_numbers() {
        let all = rendered(b"<f a=\"1\"/>", true, 2);
        assert!(all.contains(&b"<f a0=\"1\" a1=\"1\"/>"[..]));
    }

    #[test]
    fn what_is_announced_is_put_into_itself() {
        let all = rendered(&[0x0a, 2, b'h', b'i', 0x12, 4, 0x0a, 2, b'o', b'k'], false, 2);
        assert!(all.contains(&[0x12, 6, 0x12, 4, 0x0a, 2, b'o', b'k'][..]));
        assert!(all.contains(&[0x0a, 2, b'h', b'i', 0x12, 6, 0x12, 4, 0x0a, 2, b'o', b'k'][..]));
    }

    #[test]
    fn what_is_counted_in_front_is_there_more_often_each_with_another_name() {
        let message = b"id\0\x01\0\0\x03www\x02eu\0\0\x01rest";
        let all = rendered(message, false, 3);
        let expected = b"id\0\x03\0\0\x03000\x02eu\0\0\x01\x03001\x02eu\0\0\x01\x03002\x02eu\0\0\x01rest";
        assert!(all.contains(&expected[..]));
    }

    #[test]
    fn a_repeated_part_raises_the_length_in_front() {
        let all = rendered(&[0, 4, 1, 2, 1, 2], false, 3);
        assert!(all.contains(&[0, 8, 1, 2, 1, 2, 1, 2, 1, 2][..]));
    }

    #[test]
    fn a_part_is_repeated_at_two_places() {
        let all = rendered(b"*.rs\nmain.rs", true, 3);
        assert!(all.contains(&b"*mmm.rs\nmmmmain.rs"[..]));
    }

    #[test]
    fn a_pattern_that_the_code_knows_is_all_but_fitted() {
        let all = Families::of(b"x", true, &["*", ";"], &mut Random::new(1));
        let all: HashSet<Vec<u8>> =
            all.into_iter().map(|(_, pumped)| Pumped { times: 3, ..pumped }.render()).collect();
        assert!(all.contains(&b"***\n\n\n"[..]));
        assert!(all.contains(&b"*;*;*;"[..]) && all.contains(&b"aaa*;*;*;"[..]));
        assert!(all.contains(&b"*aaab\naaaaaaaaa"[..]) && all.contains(&b"*aaab;aaaaaaaaa"[..]));
    }

    #[test]
    fn two_marks_stand_with_letters_and_blanks_beside_them() {
        let all = Families::of(b"x", true, &["*", "_"], &mut Random::new(1));
        let all: HashSet<Vec<u8>> =
            all.into_iter().map(|(_, pumped)| Pumped { times: 2, ..pumped }.render()).collect();
        for expected in ["*a_ *a_ ", "* _a* _a", " *a *aa_ a_ ", "*a*a_a_a"] {
            assert!(all.contains(expected.as_bytes()), "{expected:?}");
        }
    }

    #[test]
    fn a_long_part_stands_in_front_of_many_others() {
        let all = rendered(b"[one]\na=1", true, 3);
        let is_long = |text: &[u8]| text.iter().position(|byte| *byte == b']') > Some(5);
        let lines = |text: &[u8]| text.windows(3).filter(|part| part == b"\na=").count();
        assert!(all.iter().any(|text| is_long(text) && lines(text) > 1));
    }

    #[test]
    fn names_lead_to_the_next_and_rows_are_longer_and_longer() {
        let all = rendered(b"a=bc\nx", true, 3);
        assert!(all.contains(&b"a0=a1\na1=a2\na2=a3\nx"[..]));
        assert!(all.contains(&b"` `` ``` "[..]) && all.contains(&b" a\n  a\n   a\n"[..]));
    }

    #[test]
    fn a_column_of_a_table_grows() {
        let all = rendered(b"|a|b|\n|-|-|\n|c|d|\n", true, 2);
        assert!(all.contains(&b"|a|a|b|\n|-|-|-|\n|c|d|\n"[..]));
        assert!(all.contains(&b"|a|b|b|\n|-|-|\n|c|c|d|\n"[..]));
    }

    #[test]
    fn texts_stay_texts() {
        for wanted in rendered("é{ü}=ä&ö=\u{1f600}".as_bytes(), true, 5) {
            assert!(std::str::from_utf8(&wanted).is_ok(), "{wanted:?}");
        }
    }

    #[test]
    fn every_byte_is_repeated() {
        let all = rendered(&[0x18, 0x2a], false, 3);
        assert!(all.contains(&[0xc0, 0xc0, 0xc0, 0x18, 0x2a][..]));
        assert!(all.contains(&[0x81, 0x81, 0x81, 0x18, 0x2a][..]));
    }

    #[test]
    fn large_samples_have_no_more_families_than_small_ones() {
        let text = "key: value, other; ".repeat(2_000);
        let all = Families::of(text.as_bytes(), true, &["[", ")"], &mut Random::new(1));
        assert!(all.len() < 20_000, "{}", all.len());
    }
}
