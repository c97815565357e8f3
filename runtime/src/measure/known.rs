//! Families of what is known beforehand: units of many formats, marks that the code knows, every byte.

use super::contents::Families;
use super::units::{LONG_AND_MANY, ROWS, UNITS};
use crate::random::Random;
use crate::tape::{Counter, Form, Pumped};

impl Families<'_> {
    /// Units of other formats, at the borders of tokens, and around the whole.
    pub(super) fn units(&mut self) {
        let content = self.content;
        if !self.is_text && std::str::from_utf8(content).is_err() {
            return;
        }
        let step = self.places.len().div_ceil(14).max(1);
        let places: Vec<usize> = self.places.iter().copied().step_by(step).collect();
        for (unit, end) in UNITS.iter().chain(&LONG_AND_MANY) {
            let counter = unit.len() > 1 && unit.contains('#') && *unit != "&#";
            let place = counter.then(|| unit.find('#')).flatten();
            let plain = if counter { unit.replace('#', "") } else { (*unit).to_string() };
            let close = if counter { end.replace('#', "") } else { (*end).to_string() };
            // What ends a unit has no counter, so that the two must be alike without.
            let place = if end.contains('#') { None } else { place };
            let counter = |form| place.map(|at| Counter { at, form });
            let with = |pumped: Pumped| Pumped { counter: counter(Form::Plain), ..pumped };
            if !close.is_empty() {
                let core = content.to_vec();
                let around = self.pumped(&[], plain.as_bytes(), &[]);
                let filled = Pumped { close: close.clone().into_bytes(), ..around };
                self.add(1, Pumped { core, ..filled.clone() });
                // As much inside as there is around it.
                self.add(1, Pumped { core: b"a".to_vec(), fills: true, ..filled.clone() });
                self.add(1, filled);
            }
            self.add(1, with(self.pumped(&[], plain.as_bytes(), &[])));
            if place.is_some() {
                let all = self.pumped(&[], plain.as_bytes(), &[]);
                self.add(1, Pumped { counter: counter(Form::Padded), ..all });
            }
            for at in &places {
                self.add(2, with(self.pumped(&content[..*at], plain.as_bytes(), &content[*at..])));
            }
        }
        // Escaped again and again.
        self.add(1, self.pumped(b"%", b"25", b"41"));
        for row in ROWS {
            let counter = Some(Counter { at: 1, form: Form::Unary });
            self.add(1, Pumped { counter, ..self.pumped(&[], row.as_bytes(), &[]) });
        }
        for letter in 0x21..0x7f_u8 {
            if !letter.is_ascii_alphanumeric() || letter == b'a' {
                // Rows of one mark, of which none is as long as another.
                let counter = Some(Counter { at: 1, form: Form::Unary });
                self.add(1, Pumped { counter, ..self.pumped(&[], &[letter, b' '], &[]) });
            }
            self.add(2, self.pumped(&[], &[letter], &[]));
            self.add(2, self.pumped(&[], &[letter], content));
            self.add(2, self.pumped(content, &[letter], &[]));
        }
    }

    /// Words that the code knows, again and again, one after the other as often.
    pub(super) fn marks(&mut self, marks: &[&str]) {
        let content = self.content;
        for mark in marks {
            let mark = mark.as_bytes();
            self.add(1, self.pumped(&[], mark, &[]));
            if let [one] = mark {
                // Rows of it, of which none is as long as another.
                let counter = Some(Counter { at: 1, form: Form::Unary });
                self.add(0, Pumped { counter, ..self.pumped(&[], &[*one, b' '], &[]) });
            }
            self.add(2, self.pumped(&[], mark, content));
            self.add(2, self.pumped(content, mark, &[]));
            // Much, and the end of it taken away and put back.
            for much in [&b"a"[..], b"9"] {
                self.add(1, Pumped { close: [much, mark].concat(), ..self.pumped(&[], much, &[]) });
            }
            // The end of a line is known to code that never names it.
            for other in marks.iter().chain(&["\n"]).filter(|other| other.as_bytes() != mark) {
                let other = other.as_bytes();
                self.add(1, Pumped { close: other.to_vec(), ..self.pumped(&[], mark, &[]) });
                let both = [mark, other].concat();
                self.add(1, self.pumped(&[], &both, &[]));
                // Much to go over, and what goes over it forth and back.
                self.add(1, Pumped { close: both.clone(), ..self.pumped(&[], b"a", &[]) });
                self.add(1, Pumped { close: both, ..self.pumped(&[], b"9", &[]) });
            }
        }
    }

    /// Two words that the code knows, with a letter or a blank beside each: what opens something, and what ends it, is
    /// often told by what stands beside it. In turn, and many of the one in front of as many of the other.
    pub(super) fn phrases(&mut self, marks: &[&str]) {
        const MARKS: usize = 6;
        const BESIDE: [&str; 3] = ["", "a", " "];
        let dressed = |mark: &str| [format!("{mark}a"), format!(" {mark}a"), format!("a{mark} ")];
        let marks: Vec<&str> =
            marks.iter().copied().filter(|mark| !mark.trim().is_empty()).take(MARKS).collect();
        for (one, other) in marks.iter().flat_map(|one| marks.iter().map(move |other| (one, other))) {
            for (between, behind) in BESIDE.iter().flat_map(|it| BESIDE.iter().map(move |other| (it, other)))
            {
                let phrase = [*one, *between, *other, *behind].concat();
                self.add(1, self.pumped(&[], phrase.as_bytes(), &[]));
            }
            for open in dressed(one) {
                for close in dressed(other) {
                    let many = self.pumped(&[], open.as_bytes(), &[]);
                    self.add(1, Pumped { close: close.into_bytes(), ..many });
                }
            }
        }
    }

    /// A mark and what grows, ended by what nothing else has, in front of another mark and as much again: a pattern with
    /// a placeholder, and what all but fits it. What it ends with is in nothing shorter, so that the other is longer.
    pub(super) fn held_against(&mut self, marks: &[&str]) {
        for mark in marks {
            for between in marks.iter().chain(&["\n"]).filter(|between| *between != mark) {
                let whole = self.pumped(mark.as_bytes(), b"a", &[]);
                self.add(
                    1,
                    Pumped { core: format!("b{between}").into_bytes(), close: b"aaa".to_vec(), ..whole },
                );
            }
        }
    }

    /// Every byte, again and again, in front of the content, alone, and at a few places in it.
    pub(super) fn single_bytes(&mut self) {
        let content = self.content;
        let step = self.places.len().div_ceil(5).max(1);
        let places: Vec<usize> = self.places.iter().copied().step_by(step).filter(|at| *at > 0).collect();
        for byte in 0..=255_u8 {
            self.add(1, self.pumped(&[], &[byte], &[]));
            self.add(1, self.pumped(&[], &[byte], content));
            for at in &places {
                self.add(2, self.pumped(&content[..*at], &[byte], &content[*at..]));
            }
        }
    }

    /// Two bytes, of which the second one is a likely argument of the first.
    pub(super) fn pairs(&mut self, random: &mut Random) {
        let content = self.content;
        let own = content.get(random.below(content.len())).copied().unwrap_or(2);
        for first in 0..=255_u8 {
            for second in [0x00, 0x01, 0x80, 0x81, 0xff, own] {
                self.add(2, self.pumped(&[], &[first, second], content));
            }
            // A text of one letter as a key, in formats that say so in the byte in front.
            for key in [[0x61, b'a'], [0xa1, b'a'], [0x01, b'a']] {
                self.add(2, self.pumped(&[], &[first, key[0], key[1]], content));
            }
        }
    }
}
