//! Makes a failing tape smaller while it fails for the same reason.
//!
//! Works on choices alone. Proposals come in batches, because one process can try a whole batch even when
//! the code under test brings the process down: the first that does is taken.

use std::ops::Range;

use self::parts::Parts;
use crate::tape::{Choice, Tape, end_of_span};

mod parts;
mod pumped;

/// Tries proposals in order; answers with the position of the first that fails the same way and the tape it made.
pub(crate) type Attempt<'a> = dyn FnMut(Vec<Tape>) -> Option<(usize, Tape)> + 'a;

/// Shrinks until nothing helps or `attempt` has been asked `most` times.
pub(crate) fn shrink(tape: Tape, most: usize, attempt: &mut Attempt<'_>) -> Tape {
    let mut work = Shrinking { tape, left: most, attempt };
    while work.left > 0 {
        let before = weight(&work.tape);
        work.remove_spans();
        work.remove_choices();
        work.simplify_choices();
        if weight(&work.tape) >= before {
            break;
        }
    }
    work.tape
}

/// Lowers numbers alone, also those written in texts, until `attempt` has been asked `most` times.
pub(crate) fn lower(tape: Tape, most: usize, attempt: &mut Attempt<'_>) -> Tape {
    let mut work = Shrinking { tape, left: most, attempt };
    for at in 0..work.tape.len() {
        match work.tape.get(at) {
            Some(Choice::Number(number)) => work.lower(at, *number),
            Some(Choice::Text(_)) => work.lower_numbers_in_text(at),
            Some(Choice::Pumped(_)) => work.lower_times(at),
            _ => {}
        }
    }
    work.tape
}

/// The spans of a tape, large ones first.
fn spans(tape: &[Choice]) -> Vec<Range<usize>> {
    let starts = (0..tape.len()).filter(|at| tape[*at] == Choice::Open);
    let mut spans: Vec<_> = starts.map(|start| start..start + end_of_span(&tape[start..]) + 1).collect();
    spans.sort_by_key(|span| (std::cmp::Reverse(span.len()), span.start));
    spans
}

struct Shrinking<'a, 'b> {
    tape: Tape,
    left: usize,
    attempt: &'a mut Attempt<'b>,
}

/// Fewer choices, then less in them, then smaller values.
fn weight(tape: &[Choice]) -> (usize, usize, u128) {
    let sizes = tape.iter().map(|choice| match choice {
        Choice::Number(_) | Choice::Open | Choice::Close => 0,
        Choice::Text(text) => text.len(),
        Choice::Bytes(bytes) => bytes.len(),
        Choice::Pumped(pumped) => pumped.length(),
    });
    let values = tape.iter().map(|choice| match choice {
        Choice::Number(number) => *number,
        Choice::Open | Choice::Close => 0,
        Choice::Text(text) => text.chars().map(|c| u128::from(plainness(c))).sum(),
        Choice::Bytes(bytes) => bytes.iter().map(|byte| u128::from(*byte)).sum(),
        // The same value in plain letters is simpler.
        Choice::Pumped(pumped) => u128::from(u64::MAX) + u128::from(pumped.times),
    });
    (tape.len(), sizes.sum(), values.fold(0, u128::saturating_add))
}

/// Plain characters are easier on the eye than others: `a`, then letters and digits, then the rest by code.
fn plainness(c: char) -> u32 {
    match c {
        'a' => 0,
        '0' => 1,
        c if c.is_ascii_alphanumeric() => 2 + u32::from(c) % 64,
        c => 100 + u32::from(c),
    }
}

/// Zero, then ever nearer to `number`; also by even steps, for a choice's last bit often is a sign.
fn lower_numbers(number: u128) -> Vec<u128> {
    let steps =
        (0..128).map(|bit| number >> bit).take_while(|step| *step > 0).flat_map(|step| [step, step & !1]);
    let mut lower: Vec<u128> =
        steps.chain([4, 3]).filter(|step| *step > 0).filter_map(|step| number.checked_sub(step)).collect();
    lower.sort_unstable();
    lower.dedup();
    lower
}

impl Shrinking<'_, '_> {
    /// Takes the first of `proposals` that is smaller and fails; says which.
    fn take(&mut self, proposals: Vec<Tape>) -> Option<usize> {
        let current = weight(&self.tape);
        let mut smaller: Vec<(usize, Tape)> =
            proposals.into_iter().enumerate().filter(|(_, tape)| weight(tape) < current).collect();
        while !smaller.is_empty() && self.left > 0 {
            self.left -= 1;
            let (at, made) = (self.attempt)(smaller.iter().map(|(_, tape)| tape.clone()).collect())?;
            let position = smaller.get(at)?.0;
            if weight(&made) < current {
                self.tape = made;
                return Some(position);
            }
            // The body took more choices than were offered: it failed, but that is no progress.
            smaller.drain(..=at);
        }
        None
    }

    fn with(&self, at: usize, choice: Choice) -> Tape {
        let mut tape = self.tape.clone();
        tape[at] = choice;
        tape
    }

    /// Takes whole spans out, large ones first, and puts a span where one stood that it was part of.
    fn remove_spans(&mut self) {
        /// Choices that all proposals of a round may have together.
        const MOST: usize = 400_000;
        while self.left > 0 {
            let spans = spans(&self.tape);
            let removed = spans.iter().map(|span| (span.clone(), 0..0));
            let inside = |outer: &Range<usize>, inner: &Range<usize>| {
                outer != inner && outer.start <= inner.start && inner.end <= outer.end
            };
            let raised = spans.iter().flat_map(|outer| {
                let inner = spans.iter().filter(move |inner| inside(outer, inner));
                inner.map(|inner| (outer.clone(), inner.clone()))
            });
            let most = (MOST / self.tape.len().max(1)).clamp(8, 800);
            let proposal = |(outer, inner): (Range<usize>, Range<usize>)| {
                [&self.tape[..outer.start], &self.tape[inner], &self.tape[outer.end..]].concat()
            };
            let proposals = removed.chain(raised).take(most).map(proposal).collect();
            if self.take(proposals).is_none() {
                return;
            }
        }
    }

    fn remove_choices(&mut self) {
        let mut size = self.tape.len().next_power_of_two() / 2;
        while size > 0 {
            let starts: Vec<usize> = (0..self.tape.len()).step_by(size).rev().collect();
            let proposals = starts
                .iter()
                .map(|start| {
                    let mut tape = self.tape.clone();
                    tape.drain(*start..(*start + size).min(tape.len()));
                    tape
                })
                .collect();
            if self.take(proposals).is_none() {
                size /= 2;
            }
        }
    }

    fn simplify_choices(&mut self) {
        let mut at = 0;
        while at < self.tape.len() && self.left > 0 {
            match self.tape[at].clone() {
                Choice::Number(number) => self.lower(at, number),
                Choice::Text(_) => self.simplify_text(at),
                Choice::Bytes(_) => self.simplify_bytes(at),
                Choice::Pumped(_) => self.simplify_pumped(at),
                Choice::Open | Choice::Close => {}
            }
            self.shorten_together(at);
            at += 1;
        }
    }

    /// Halves the distance to the smallest number that still fails.
    fn lower(&mut self, at: usize, number: u128) {
        let mut current = number;
        while current > 0 {
            let proposals = lower_numbers(current);
            let tapes = proposals.iter().map(|number| self.with(at, Choice::Number(*number))).collect();
            if self.take(tapes).is_none() {
                return;
            }
            match self.tape.get(at) {
                Some(Choice::Number(number)) if *number < current => current = *number,
                _ => return,
            }
        }
    }

    fn simplify_text(&mut self, at: usize) {
        self.shorten(
            at,
            |choice| {
                if let Choice::Text(text) = choice { Some(text.chars().collect::<Vec<char>>()) } else { None }
            },
            |chars| Choice::Text(chars.iter().collect()),
        );
        self.plainer_chars(at);
        self.lower_numbers_in_text(at);
    }

    fn simplify_bytes(&mut self, at: usize) {
        self.shorten(
            at,
            |choice| if let Choice::Bytes(bytes) = choice { Some(bytes.clone()) } else { None },
            |bytes| Choice::Bytes(bytes.to_vec()),
        );
        self.lower_bytes(at);
    }

    /// Takes parts out, large ones first.
    fn shorten<T: Clone>(
        &mut self,
        at: usize,
        open: impl Fn(&Choice) -> Option<Vec<T>>,
        close: impl Fn(&[T]) -> Choice,
    ) {
        let Some(items) = self.tape.get(at).and_then(&open) else { return };
        let mut size = items.len();
        while size > 0 && self.left > 0 {
            let Some(items) = self.tape.get(at).and_then(&open) else { return };
            if items.is_empty() {
                return;
            }
            size = size.min(items.len());
            let proposals = (0..items.len())
                .step_by(size)
                .map(|start| {
                    let end = (start + size).min(items.len());
                    self.with(at, close(&[&items[..start], &items[end..]].concat()))
                })
                .collect();
            if self.take(proposals).is_none() {
                size /= 2;
            }
        }
    }

    /// Takes the same part out of two choices, for values that fail together because they are alike.
    fn shorten_together(&mut self, at: usize) {
        let Some(mut size) = self.tape.get(at).map(Parts::of).map(|parts| parts.length()) else { return };
        while size > 0 && self.left > 0 {
            let Some(parts) = self.tape.get(at).map(Parts::of) else { return };
            let length = parts.length();
            size = size.min(length);
            let starts = (0..length).step_by(size.max(1));
            let ranges = starts.map(|start| start..(start + size).min(length));
            let twins = |range: &Range<usize>| -> Vec<Tape> {
                let other = |other: usize| {
                    let without = Parts::of(&self.tape[other]).without_twin(&parts, range)?;
                    let mut tape = self.with(at, parts.without(range));
                    tape[other] = without;
                    Some(tape)
                };
                (at + 1..self.tape.len()).filter_map(other).collect()
            };
            let proposals: Vec<Tape> = ranges.flat_map(|range| twins(&range)).collect();
            if proposals.is_empty() || self.take(proposals).is_none() {
                size /= 2;
            }
        }
    }

    fn plainer_chars(&mut self, at: usize) {
        let mut position = 0;
        loop {
            let Some(Choice::Text(text)) = self.tape.get(at) else { return };
            let chars: Vec<char> = text.chars().collect();
            if position >= chars.len() || self.left == 0 {
                return;
            }
            let proposals = (position..chars.len())
                .flat_map(|position| ['a', '0'].map(|plain| (position, plain)))
                .map(|(position, plain)| {
                    let mut chars = chars.clone();
                    chars[position] = plain;
                    self.with(at, Choice::Text(chars.into_iter().collect()))
                })
                .collect();
            // Two proposals a position; go on behind the one that was taken.
            match self.take(proposals) {
                Some(taken) => position += taken / 2 + 1,
                None => return,
            }
        }
    }

    /// Numbers written in the text are lowered like any number.
    fn lower_numbers_in_text(&mut self, at: usize) {
        let mut from = 0;
        while let Some(Choice::Text(text)) = self.tape.get(at) {
            let Some(start) = text[from..].find(|c: char| c.is_ascii_digit()).map(|found| from + found)
            else {
                return;
            };
            let end =
                text[start..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |length| start + length);
            let (before, digits, after) =
                (text[..start].to_string(), text[start..end].to_string(), text[end..].to_string());
            let Ok(number) = digits.parse::<u128>() else { return };
            let tapes = lower_numbers(number)
                .iter()
                // Fields of fixed width keep their width.
                .map(|number| {
                    self.with(
                        at,
                        Choice::Text(format!("{before}{number:0width$}{after}", width = digits.len())),
                    )
                })
                .collect();
            if self.take_smaller_number(tapes).is_none() {
                from = start + digits.len();
            }
            if self.left == 0 {
                return;
            }
        }
    }

    /// Like [`Self::take`], but a lower number counts as smaller whatever its digits look like.
    fn take_smaller_number(&mut self, proposals: Vec<Tape>) -> Option<usize> {
        if proposals.is_empty() || self.left == 0 {
            return None;
        }
        self.left -= 1;
        let (at, made) = (self.attempt)(proposals)?;
        self.tape = made;
        Some(at)
    }

    fn lower_bytes(&mut self, at: usize) {
        let mut position = 0;
        loop {
            let Some(Choice::Bytes(bytes)) = self.tape.get(at) else { return };
            let bytes = bytes.clone();
            if position >= bytes.len() || self.left == 0 {
                return;
            }
            let mut places = Vec::new();
            let mut proposals = Vec::new();
            for position in position..bytes.len() {
                for lower in [0, bytes[position] / 2, bytes[position].saturating_sub(1)] {
                    let mut bytes = bytes.clone();
                    bytes[position] = lower;
                    places.push(position);
                    proposals.push(self.with(at, Choice::Bytes(bytes)));
                }
            }
            match self.take(proposals).and_then(|taken| places.get(taken)) {
                Some(taken) => position = *taken,
                None => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shrunk(tape: Tape, fails: impl Fn(&[Choice]) -> bool) -> Tape {
        shrink(tape, 2_000, &mut |proposals| {
            let at = proposals.iter().position(|tape| fails(tape))?;
            Some((at, proposals[at].clone()))
        })
    }

    fn text_of(tape: &[Choice]) -> &str {
        match tape {
            [Choice::Text(text)] => text,
            _ => "",
        }
    }

    #[test]
    fn a_text_keeps_only_what_fails() {
        let tape = vec![Choice::Text("hello (nested (deep \\é) text) 12".into())];
        assert_eq!(shrunk(tape, |tape| text_of(tape).contains("\\é")), [Choice::Text("\\é".into())]);
    }

    #[test]
    fn values_that_fail_because_they_are_alike_shrink_together() {
        let tape = vec![Choice::Text("one TWO three".into()), Choice::Text("one two three".into())];
        let fails = |tape: &[Choice]| match tape {
            [Choice::Text(a), Choice::Text(b)] => a != b && a.eq_ignore_ascii_case(b),
            _ => false,
        };
        let small = shrunk(tape, fails);
        let [Choice::Text(a), Choice::Text(b)] = &small[..] else { panic!("{small:?}") };
        assert!(a.len() == 1 && a != b && a.eq_ignore_ascii_case(b), "{small:?}");
        let joined = vec![
            Choice::Text("anna".into()),
            Choice::Text("inbox".into()),
            Choice::Text("annain".into()),
            Choice::Text("box".into()),
        ];
        let collide = |tape: &[Choice]| match tape {
            [Choice::Text(a), Choice::Text(b), Choice::Text(c), Choice::Text(d)] => {
                a != c && format!("{a}{b}") == format!("{c}{d}")
            }
            _ => false,
        };
        let length = |choice: &Choice| if let Choice::Text(text) = choice { text.len() } else { 9 };
        let small = shrunk(joined, collide);
        assert_eq!(small.iter().map(length).sum::<usize>(), 2, "{small:?}");
    }

    #[test]
    fn a_number_goes_down_to_the_border() {
        let tape = vec![Choice::Number(u128::MAX / 3)];
        let fails = |tape: &[Choice]| matches!(tape, [Choice::Number(number)] if *number >= 1_234_567);
        assert_eq!(shrunk(tape, fails), [Choice::Number(1_234_567)]);
    }

    #[test]
    fn a_number_in_a_text_goes_down_to_the_border() {
        let tape = vec![Choice::Text("age=99999999".into())];
        let fails = |tape: &[Choice]| {
            text_of(tape)
                .strip_prefix("age=")
                .and_then(|age| age.parse::<u64>().ok())
                .is_some_and(|age| age > 4_000)
        };
        assert_eq!(shrunk(tape, fails), [Choice::Text("age=4001".into())]);
    }

    #[test]
    fn elements_are_taken_out_whole() {
        let mut tape = Tape::new();
        for number in [5, 900, 7, 8] {
            tape.extend([Choice::Number(1), Choice::Number(number)]);
        }
        tape.push(Choice::Number(0));
        let fails = |tape: &[Choice]| {
            tape.chunks(2).any(|pair| matches!(pair, [Choice::Number(1), Choice::Number(n)] if *n > 100))
        };
        assert_eq!(shrunk(tape, fails), [Choice::Number(1), Choice::Number(101)]);
    }

    #[test]
    fn a_proposal_that_grows_back_does_not_hide_the_next() {
        // Whoever takes the end off gets it back, as a list does that ends where its tape ends.
        let mut tape: Tape = (0..64).map(|_| Choice::Number(7)).collect();
        tape.push(Choice::Number(0));
        let shrunk = shrink(tape, 2_000, &mut |proposals| {
            let at = proposals.iter().position(|tape| tape.contains(&Choice::Number(7)))?;
            let mut made = proposals[at].clone();
            if made.last() != Some(&Choice::Number(0)) {
                made.push(Choice::Number(0));
            }
            Some((at, made))
        });
        assert_eq!(shrunk, [Choice::Number(7), Choice::Number(0)]);
    }

    #[test]
    fn bytes_go_down() {
        let tape = vec![Choice::Bytes(vec![6, 3, 85, 4, 3])];
        let fails =
            |tape: &[Choice]| matches!(tape, [Choice::Bytes(bytes)] if bytes.len() >= 2 && bytes[1] > 1);
        assert_eq!(shrunk(tape, fails), [Choice::Bytes(vec![0, 2])]);
    }
}
