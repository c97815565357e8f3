//! What a search tries, in which order.

use std::sync::Mutex;
use std::time::Duration;

use super::{Plan, Slot, search};
use crate::case::Case;
use crate::dictionary::Dictionary;
use crate::generate::text;
use crate::source::Values;
use crate::tape::Choice;

struct Nowhere;

impl Slot for Nowhere {
    fn begin(&mut self, _: u64) {}
    fn choices(&mut self, _: &[Choice]) {}
    fn ended(&mut self, _: Duration, _: bool) {}
    fn pause(&mut self) {}
}

/// The texts of so many cases, of a value with these samples.
fn tried(samples: &[&str], cases: u64) -> Vec<String> {
    let seen = Mutex::new(Vec::new());
    let body = |case: &mut Case<'_>| {
        let text = case.draw("text", text().like(samples))?;
        seen.lock().expect("one thread").push(text);
        Ok(())
    };
    let plan = Plan {
        seed: 1,
        first: 0,
        end: cases,
        time: Duration::from_secs(600),
        values: Values::Hostile,
        samples_from: None,
        presses: false,
    };
    search(&body, &plan, &Dictionary::default(), &mut Nowhere, &mut |_, _| {});
    seen.into_inner().expect("one thread")
}

#[test]
fn every_sample_is_tried_as_it_stands_and_then_gone_through() {
    let samples = ["alpha=1", "beta=2", "gamma=3"];
    let tried = tried(&samples, 2_000);
    assert_eq!(tried[..3], samples);
    for whole in ["alpha=18446744073709551616", "beta=18446744073709551616", "gamma=18446744073709551616"] {
        assert!(tried.iter().any(|text| text == whole), "{whole}");
    }
}

#[test]
fn what_chance_makes_does_not_wait_until_samples_are_gone_through() {
    let sample = "12 ".repeat(80);
    let tried = tried(&[&sample], 64);
    let is_cut = |text: &&String| text.len() + 20 < sample.len() && !text.is_empty();
    assert!(tried.iter().filter(is_cut).count() > 4, "{tried:#?}");
}
