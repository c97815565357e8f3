use std::sync::Arc;
use std::time::Duration;

use constraints_wire::measure::Dimension;

use super::hunt;
use crate::case::{Case, Stop};
use crate::dictionary::Dictionary;
use crate::generate::{bytes, text};
use crate::measure::{Depth, Gauge, Length, Meter, limits};
use crate::search::{Found, Plan, Slot};
use crate::tape::{Choice, Values};

struct Nowhere;

impl Slot for Nowhere {
    fn begin(&mut self, _: u64) {}
    fn choices(&mut self, _: &[Choice]) {}
    fn ended(&mut self, _: Duration, _: bool) {}
}

/// What a target says it used.
struct Said;

thread_local! {
    static SAID: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

impl Meter for Said {
    fn measure(&self, _: u64, call: &mut dyn FnMut()) -> u64 {
        SAID.set(0);
        call();
        SAID.get()
    }

    fn dimension(&self) -> Dimension {
        Dimension::Bytes
    }

    fn noun(&self) -> &'static str {
        "of what it says"
    }
}

fn hunted(
    meter: &'static dyn Meter,
    at_most: &str,
    body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync + Send + 'static,
) -> Found {
    let limits = limits().at_most(at_most).size("64 KiB").of(Dimension::Bytes);
    let search = move || {
        let gauge = Arc::new(Gauge::new(meter, limits));
        let weighing = |case: &mut Case<'_>| {
            case.weigh(&gauge);
            body(case)
        };
        let plan = Plan {
            seed: 1,
            first: 0,
            end: 6_000,
            time: Duration::from_secs(8),
            values: Values::Hostile,
            samples_from: Some(0),
        };
        hunt(&weighing, &gauge, &plan, &[], &Dictionary::default(), &mut Nowhere, &mut |_, _| {})
    };
    let thread = std::thread::Builder::new().stack_size(512 << 20).spawn(search).expect("a thread");
    thread.join().expect("the search ends")
}

fn of_bytes(sample: &'static [u8], used: fn(&[u8]) -> u64) -> impl Fn(&mut Case<'_>) -> Result<(), Stop> {
    move |case| {
        let body = case.draw("body", bytes().like(&[sample]))?;
        let size = body.len() as u64;
        case.grows("body", Length { bytes: Some(size), items: Some(size), chars: None })?;
        case.call(|| SAID.set(used(&body)))
    }
}

/// A number of four bytes behind a tag says how much is set aside.
fn announced(body: &[u8]) -> u64 {
    match body {
        [7, 0, a, b, ..] => u64::from(*a) << 8 | u64::from(*b),
        [9, a, b, c, d, ..] => u64::from(u32::from_be_bytes([*a, *b, *c, *d])),
        _ => 0,
    }
}

#[test]
fn a_claim_behind_another_tag_is_found_and_honest_code_is_not_blamed() {
    let found = hunted(&Said, "64 * size + 64 KiB", of_bytes(&[7, 0, 0, 2, 1, 1], announced));
    let (_, failure) = found.failure.expect("a number of four bytes");
    assert!(failure.seen.contains("are allowed"), "{failure:?}");
    let honest = |body: &[u8]| announced(body).min(body.len() as u64 * 8);
    let found = hunted(&Said, "64 * size + 64 KiB", of_bytes(&[7, 0, 0, 2, 1, 1], honest));
    assert_eq!(found.failure, None);
    assert!(found.tally.executed > 1_000, "{:?}", found.tally);
}

#[test]
fn what_grows_with_the_square_is_found_by_what_is_repeated() {
    let pairs = |body: &[u8]| {
        let marks = body.windows(2).filter(|pair| *pair == b"a=").count() as u64;
        marks * marks
    };
    let found = hunted(&Said, "64 * size + 64 KiB", of_bytes(b"<f a=\"1\" b=\"2\"/>", pairs));
    let (tape, _) = found.failure.expect("many attributes");
    assert!(matches!(&tape[..], [Choice::Pumped(_)]), "{tape:?}");
}

#[inline(never)]
fn descend(rest: &mut &[u8], most: usize) -> Option<u32> {
    let (first, behind) = rest.split_first()?;
    *rest = behind;
    match first {
        b'[' if most > 0 => descend(rest, most - 1).map(|depth| std::hint::black_box(depth) + 1),
        b'[' => None,
        _ => Some(0),
    }
}

#[test]
fn nesting_goes_down_the_stack_unless_it_is_limited() {
    let body = |most: usize| {
        move |case: &mut Case<'_>| {
            let text = case.draw("text", text().like(&["[[1], 2]"]))?;
            let size = text.len() as u64;
            case.grows("text", Length { bytes: Some(size), items: Some(size), chars: None })?;
            case.call(|| std::hint::black_box(descend(&mut text.as_bytes(), most)).is_some())?;
            Ok(())
        }
    };
    let found = hunted(&Depth, "512 KiB", body(usize::MAX));
    let (tape, failure) = found.failure.expect("a deep nesting");
    assert!(matches!(&tape[..], [Choice::Pumped(_)]), "{tape:?}");
    assert!(failure.seen.contains("of stack"), "{failure:?}");
    assert_eq!(hunted(&Depth, "512 KiB", body(100)).failure, None);
}

/// Messages as Protocol Buffers have them; the sum of what is nested.
fn nested(mut message: &[u8]) -> u64 {
    let mut depth = 0;
    while let [tag, length, rest @ ..] = message {
        let (mut length, mut rest) = (usize::from(*length), rest);
        if length >= 0x80 {
            let Some((second, behind)) = rest.split_first() else { return depth };
            length = length & 0x7f | usize::from(second & 0x7f) << 7;
            rest = behind;
            if second & 0x80 != 0 {
                let Some((third, behind)) = rest.split_first() else { return depth };
                length |= usize::from(third & 0x7f) << 14;
                rest = behind;
            }
        }
        let Some(inside) = rest.get(..length) else { return depth };
        if *tag == 0x12 {
            depth += 1;
            message = inside;
        } else {
            message = &rest[length..];
        }
    }
    depth
}

#[test]
fn what_is_wrapped_has_right_lengths_all_the_way_down() {
    let sample = &[0x0a, 2, b'h', b'i', 0x12, 4, 0x0a, 2, b'o', b'k'];
    let found = hunted(&Said, "500", of_bytes(sample, nested));
    let (tape, _) = found.failure.expect("a deep message");
    assert!(matches!(&tape[..], [Choice::Pumped(pumped)] if pumped.wraps.is_some()), "{tape:?}");
}
