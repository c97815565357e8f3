//! Goes through a sample from one end to the other: a character of several bytes at every place where as many stood.
//!
//! Whoever cuts a text at a fixed place has it panic inside of such a character, and at no other. Takes the tapes of
//! samples, gives tapes; what chance would take long to hit where each case is slow.

use std::collections::VecDeque;

use crate::tape::{Choice, Tape};

/// Samples that are gone through.
const SAMPLES: u64 = 3;
/// Longer texts are left to chance.
const LONGEST: usize = 256;
/// Three bytes: no place is inside of fewer than two such characters.
const WIDE: char = '€';

/// What is still to be tried.
#[derive(Default)]
pub(crate) struct Sweep(VecDeque<Tape>);

impl Sweep {
    /// The case number `index` was a sample as it stands.
    pub(crate) fn begin(&mut self, index: u64, tape: &Tape) {
        if index >= SAMPLES {
            return;
        }
        for (at, choice) in tape.iter().enumerate() {
            let Choice::Text(text) = choice else { continue };
            if text.len() > LONGEST {
                continue;
            }
            self.0.extend(places(text).map(|place| {
                let mut tape = tape.clone();
                let mut text = text.clone();
                text.replace_range(place..place + WIDE.len_utf8(), WIDE.encode_utf8(&mut [0; 4]));
                tape[at] = Choice::Text(text);
                tape
            }));
        }
    }

    /// The next one of them; none any more where the time for them `is_over`.
    pub(crate) fn next(&mut self, is_over: bool) -> Option<Tape> {
        if is_over {
            self.0.clear();
        }
        self.0.pop_front()
    }
}

/// Where so many whole characters begin that they have the bytes of the wide one.
fn places(text: &str) -> impl Iterator<Item = usize> {
    let is_whole = |at: &usize| text.is_char_boundary(*at) && text.is_char_boundary(*at + WIDE.len_utf8());
    (0..(text.len() + 1).saturating_sub(WIDE.len_utf8())).filter(is_whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn swept(text: &str) -> Vec<String> {
        let mut sweep = Sweep::default();
        sweep.begin(0, &vec![Choice::Number(7), Choice::Text(text.to_owned())]);
        let texts = std::iter::from_fn(|| sweep.next(false)).map(|tape| match &tape[..] {
            [Choice::Number(7), Choice::Text(text)] => text.clone(),
            other => panic!("{other:?}"),
        });
        texts.collect()
    }

    #[test]
    fn every_place_is_once_inside_of_a_wide_character() {
        assert_eq!(swept("abcde"), ["€de", "a€e", "ab€"]);
        assert_eq!(swept("éabc"), ["€bc", "é€"]);
        assert_eq!(swept("ab"), [""; 0]);
        let all = swept("0123456789");
        for place in 1..9 {
            assert!(all.iter().any(|text| !text.is_char_boundary(place)), "{place}");
        }
        assert!(all.iter().all(|text| text.len() == 10));
    }

    #[test]
    fn long_texts_and_later_samples_are_left_to_chance() {
        assert_eq!(swept(&"a".repeat(300)), [""; 0]);
        let mut sweep = Sweep::default();
        sweep.begin(SAMPLES, &vec![Choice::Text("abcde".to_owned())]);
        assert_eq!(sweep.next(false), None);
    }

    #[test]
    fn the_rest_is_dropped_when_its_time_is_over() {
        let mut sweep = Sweep::default();
        sweep.begin(0, &vec![Choice::Text("abcde".to_owned())]);
        assert!(sweep.next(false).is_some() && sweep.next(true).is_none() && sweep.next(false).is_none());
    }
}
