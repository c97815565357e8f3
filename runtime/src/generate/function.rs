//! Functions as values: what they answer depends on their arguments alone, so that they are the same in every replay.
//!
//! The tape holds which function it is; answers are made when they are asked for, and from nothing but that.

use std::any::Any;
use std::cmp::Ordering;
use std::fmt::{self, Debug};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU64, Ordering as Order};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Generator, with};
use crate::dictionary::Dictionary;
use crate::random::Random;
use crate::show::Wrap;
use crate::source::Source;
use crate::stop::Stop;
use crate::tape::Tape;

/// A function without arguments gives its simplest answer from this call on, for somebody may wait for that one.
const CALLS: u64 = 1_000;
/// An answer that is refused is made anew so often.
const DRAWS: u64 = 100;

/// A function that answers for a digest of its arguments.
pub struct Function<T>(Arc<Answers<T>>);

/// What answers for a digest of arguments, and for each of them.
type Answers<T> = dyn Fn(u64, &[u64]) -> T + Send + Sync;

impl<T> Clone for Function<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Debug for Function<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Function")
    }
}

impl<T> Function<T> {
    /// The function as one call of the target sees it: never called before.
    #[must_use]
    pub fn start(&self) -> Started<T> {
        Started { function: self.clone(), calls: Arc::default() }
    }
}

/// A function that counts its calls.
#[derive(Debug)]
pub struct Started<T> {
    function: Function<T>,
    calls: Arc<AtomicU64>,
}

impl<T> Clone for Started<T> {
    fn clone(&self) -> Self {
        Self { function: self.function.clone(), calls: Arc::clone(&self.calls) }
    }
}

impl<T> Started<T> {
    /// What it gives for arguments with these digests.
    #[must_use]
    pub fn answer(&self, arguments: &[u64]) -> T {
        crate::caller::tick();
        (self.function.0)(self.calls.fetch_add(1, Order::Relaxed), arguments)
    }
}

/// Where a function is kept for a closure that can carry nothing along.
#[derive(Debug, Default)]
pub struct Slot(Mutex<Option<Box<dyn Any + Send>>>);

impl Slot {
    /// An empty one.
    #[must_use]
    pub const fn new() -> Self {
        Self(Mutex::new(None))
    }

    /// Keeps the function in place of the one before; gives a closure the type of its answers.
    pub fn keep<T: 'static>(&self, function: &Function<T>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(function.start()));
    }

    /// What the function gives.
    ///
    /// # Panics
    /// If none of this type is kept.
    pub fn answer<T: 'static>(&self, arguments: &[u64]) -> T {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let started = kept.as_ref().and_then(|kept| kept.downcast_ref::<Started<T>>()).cloned();
        drop(kept);
        started.unwrap_or_else(|| unreachable!("the function was kept before it is called")).answer(arguments)
    }
}

/// A function whose answers `answers` makes.
pub fn function<G>(answers: G) -> impl Generator<Value = Function<G::Value>>
where
    G: Generator + Send + Sync + 'static,
{
    let answers = Arc::new(answers);
    with(move |source| {
        let which = Which::made(source);
        let inner = Arc::clone(&answers);
        source.show(|| {
            if which.by_arguments {
                format!("|..| /* chosen by the arguments, with the seed {} */", which.seed)
            } else {
                format!("|..| {}", shown(&*answers, which.seed))
            }
        });
        Ok(Function(Arc::new(move |calls, arguments| {
            let simplest = which.seed == 0 || (arguments.is_empty() && calls >= CALLS);
            let digest = match (which.by_arguments, arguments) {
                (false, _) => 0,
                (true, []) => calls,
                (true, arguments) => digest(&arguments),
            };
            answer(&*inner, if simplest { 0 } else { which.seed }, digest)
        })))
    })
}

/// A function that compares two values, lawfully: by one number that it has for each.
pub fn ordering() -> impl Generator<Value = Function<Ordering>> {
    with(move |source| {
        let which = Which::made(source);
        source.show(|| format!("|a, b| /* the order of their hashes with the seed {} */", which.seed));
        Ok(Function(Arc::new(move |_, arguments| {
            let number = |at: usize| match (which.seed, which.by_arguments) {
                (0, _) => 0,
                // Few numbers, so that many values are equal.
                (seed, false) => digest(&(seed, arguments.get(at))) % 4,
                (seed, true) => digest(&(seed, arguments.get(at))),
            };
            number(0).cmp(&number(1))
        })))
    })
}

/// A function with its type.
pub fn named<G: Generator, T>(inner: G, name: impl Fn(G::Value) -> T) -> impl Generator<Value = T> {
    with(move |source| Ok(name(inner.make(source)?)))
}

/// Which function it is.
#[derive(Clone, Copy)]
struct Which {
    /// 0 for the one that always gives the simplest answer.
    seed: u64,
    by_arguments: bool,
}

impl Which {
    fn made(source: &mut Source<'_>) -> Self {
        let seed = source.number(0xFFFF, |maker| {
            if maker.random.one_in(8) { 0 } else { maker.random.below(0x1_0000) as u128 }
        });
        let by_arguments = source.number(1, |maker| u128::from(!maker.random.one_in(4)));
        Self { seed: u64::try_from(seed).unwrap_or(0), by_arguments: seed > 0 && by_arguments == 1 }
    }
}

fn shown<G: Generator>(answers: &G, seed: u64) -> String {
    let dictionary = Dictionary::default();
    let mut source = source(&dictionary, seed, 0, 0).showing();
    match answers.make(&mut source) {
        Ok(_) => source.take_shown(),
        Err(_) => "..".to_string(),
    }
}

/// An answer, the same for the same numbers.
///
/// # Panics
/// If whatever is drawn is refused, also the simplest.
fn answer<G: Generator>(answers: &G, seed: u64, digest: u64) -> G::Value {
    let dictionary = Dictionary::default();
    let mut made =
        (0..DRAWS).filter_map(|draw| answers.make(&mut source(&dictionary, seed, digest, draw)).ok());
    let simplest = || answers.make(&mut source(&dictionary, 0, 0, 0));
    let answer = made.next().map_or_else(simplest, Ok::<_, Stop>);
    answer.unwrap_or_else(|_| panic!("no answer can be made for a function that is an argument"))
}

fn source(dictionary: &Dictionary, seed: u64, digest: u64, draw: u64) -> Source<'_> {
    if seed == 0 {
        return Source::replaying(Tape::new(), dictionary);
    }
    let random = Random::for_case(seed ^ digest.rotate_left(17), draw);
    Source::fresh(random, dictionary, 100, &[false], false)
}

fn digest(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// A function as a closure, to be written where a call tells what it takes.
#[macro_export]
macro_rules! closure {
    ($function:expr, $($argument:ident),* $(,)?) => {{
        let function = $crate::v1::Function::start(&$function);
        move |$($argument),*| function.answer(&[$($crate::digest_of!($argument)),*])
    }};
}

/// The same as a closure that carries nothing along, as a pointer needs it.
#[macro_export]
macro_rules! pointer {
    ($function:expr, $($argument:ident),* $(,)?) => {{
        static FUNCTION: $crate::v1::Slot = $crate::v1::Slot::new();
        FUNCTION.keep(&$function);
        |$($argument),*| FUNCTION.answer(&[$($crate::digest_of!($argument)),*])
    }};
}

/// A number for an argument: by its `Hash`, else by its `Debug`, else none.
#[macro_export]
macro_rules! digest_of {
    ($value:ident) => {{
        #[allow(unused_imports)]
        use $crate::v1::{AnyDigest as _, DebugDigest as _, HashDigest as _};
        (&&&$crate::v1::Wrap(&$value)).digest()
    }};
}

/// Digests by `Hash`.
pub trait HashDigest {
    /// The number.
    fn digest(&self) -> u64;
}

impl<T: Hash + ?Sized> HashDigest for &&Wrap<'_, T> {
    fn digest(&self) -> u64 {
        digest(&self.0)
    }
}

/// Digests by `Debug`.
pub trait DebugDigest {
    /// The number.
    fn digest(&self) -> u64;
}

impl<T: Debug + ?Sized> DebugDigest for &Wrap<'_, T> {
    fn digest(&self) -> u64 {
        digest(&format!("{:?}", self.0))
    }
}

/// Digests what has neither.
pub trait AnyDigest {
    /// The number.
    fn digest(&self) -> u64;
}

impl<T: ?Sized> AnyDigest for Wrap<'_, T> {
    fn digest(&self) -> u64 {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{boolean, integer, text};

    fn functions<G: Generator>(generator: &G) -> Vec<(G::Value, Tape, String)> {
        let dictionary = Dictionary::default();
        let made = (0..300).filter_map(|index| {
            let source = Source::fresh(Random::for_case(5, index), &dictionary, index, &[false], false);
            let mut source = source.showing();
            let value = generator.make(&mut source).ok()?;
            let shown = source.take_shown();
            Some((value, source.into_recorded(), shown))
        });
        made.collect()
    }

    fn apply<R>(function: impl Fn(&str, u8) -> R) -> Vec<R> {
        ["", "a", "b", "long"].into_iter().flat_map(|word| [0, 1].map(|n| function(word, n))).collect()
    }

    #[test]
    fn answers_depend_on_the_arguments_alone_and_replay() {
        let (dictionary, generator) = (Dictionary::default(), function(text()));
        let mut varied = 0;
        for (made, tape, _) in functions(&generator) {
            let first = apply(crate::closure!(made, a1, a2));
            assert_eq!(first, apply(crate::closure!(made, a1, a2)), "the same again");
            let again =
                generator.make(&mut Source::replaying(tape, &dictionary)).expect("it was made before");
            assert_eq!(first, apply(crate::closure!(again, a1, a2)), "the same in a replay");
            varied += usize::from(first.iter().any(|answer| *answer != first[0]));
        }
        assert!(varied > 100, "{varied} of 300 heed their arguments");
    }

    #[test]
    fn the_simplest_function_always_gives_the_simplest_answer() {
        let simplest =
            function(integer::<u8>()).make(&mut Source::replaying(Tape::new(), &Dictionary::default()));
        assert_eq!(apply(crate::closure!(simplest.expect("one"), a1, a2)), [0; 8]);
    }

    #[test]
    fn constant_functions_show_their_answer() {
        let all = functions(&function(boolean()));
        assert!(all.iter().any(|(.., shown)| shown == "|..| true"), "some always say yes");
        assert!(all.iter().any(|(.., shown)| shown == "|..| false"), "and some no");
    }

    #[test]
    fn what_waits_for_no_comes_to_an_end() {
        for (made, ..) in functions(&function(boolean())) {
            let go_on = crate::closure!(made,);
            assert!((0..=CALLS).any(|_| !go_on()), "it is answered no");
        }
    }

    fn is_reordered(numbers: &[u32], compare: impl Fn(&u32, &u32) -> Ordering) -> bool {
        let mut sorted = numbers.to_vec();
        sorted.sort_by(&compare);
        assert!(sorted.windows(2).all(|two| compare(&two[0], &two[1]).is_le()));
        assert!(numbers.iter().all(|n| compare(n, n).is_eq()));
        sorted != numbers
    }

    #[test]
    fn comparisons_are_lawful() {
        let numbers: Vec<u32> = (0..40).collect();
        let mut orders = 0;
        for (made, ..) in functions(&ordering()) {
            orders += usize::from(is_reordered(&numbers, crate::closure!(made, a1, a2)));
        }
        assert!(orders > 100, "{orders} of 300 put them into another order");
    }

    #[test]
    fn a_pointer_carries_its_function_in_a_place_of_its_own() {
        for (made, ..) in functions(&function(integer::<u16>())) {
            let pointer: fn(&str, u8) -> u16 = crate::pointer!(made, a1, a2);
            assert_eq!(apply(pointer), apply(crate::closure!(made, a1, a2)));
        }
    }

    struct Plain;
    #[derive(Debug)]
    struct Shown(#[expect(dead_code, reason = "shown only")] f64);

    #[test]
    fn arguments_without_a_hash_are_told_apart_by_their_looks() {
        let (plain, one, two, text) = (Plain, Shown(1.0), Shown(2.0), "a");
        assert_eq!(crate::digest_of!(plain), 0);
        assert_ne!(crate::digest_of!(one), crate::digest_of!(two));
        assert_ne!(crate::digest_of!(text), 0);
    }
}
