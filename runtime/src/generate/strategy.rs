//! Proptest strategies, fed from the tape.

use proptest::arbitrary::{Arbitrary, any};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::{Generator, with};
use crate::show::{show_debug, show_text};
use crate::source::Source;
use crate::stop::Stop;

/// Values of a proptest strategy.
pub fn strategy<S: Strategy>(strategy: S) -> impl Generator<Value = S::Value> {
    with(move |source| {
        let value = draw(&strategy, source)?;
        source.show(|| show_debug(&value));
        Ok(value)
    })
}

/// Values of a type's own `Arbitrary`.
pub fn arbitrary<T: Arbitrary>() -> impl Generator<Value = T> {
    let any = any::<T>();
    with(move |source| {
        let value = draw(&any, source)?;
        source.show(|| show_debug(&value));
        Ok(value)
    })
}

/// Texts that match a regular expression.
///
/// # Panics
/// If it is none; `gen` has checked that before.
pub fn matching(regex: &str) -> impl Generator<Value = String> {
    let texts = match proptest::string::string_regex(regex) {
        Ok(texts) => texts,
        Err(error) => panic!("`{regex}` is no regular expression: {error}"),
    };
    with(move |source| {
        let text = draw(&texts, source)?;
        source.show(|| show_text(&text));
        Ok(text)
    })
}

/// Bytes of randomness a fresh value is given.
const FEEDS: [usize; 4] = [64, 256, 1024, 4096];
/// What a strategy reads behind its feed. Low numbers choose the first and the smallest; they are not zero, because
/// sampling by rejection asks for ever when all it gets is zero.
const LOW: [u8; 4] = [1, 0, 0, 0];

fn draw<S: Strategy>(strategy: &S, source: &mut Source<'_>) -> Result<S::Value, Stop> {
    let mut feed = source.bytes(|maker| {
        let length = FEEDS[maker.random.below(FEEDS.len())];
        let mut feed = Vec::with_capacity(length);
        while feed.len() < length {
            feed.extend(maker.random.next().to_le_bytes());
        }
        feed
    });
    feed.resize(feed.len().next_multiple_of(LOW.len()), 0);
    feed.extend(LOW.repeat(2048));
    let random = TestRng::from_seed(RngAlgorithm::PassThrough, &feed);
    let mut runner =
        TestRunner::new_with_rng(Config { failure_persistence: None, ..Config::default() }, random);
    // A strategy that filters too much refuses; the case does not count.
    strategy.new_tree(&mut runner).map(|tree| tree.current()).map_err(|_| Stop::rejected())
}
