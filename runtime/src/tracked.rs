//! An element that knows whether it lives: takes what a container does to it, gives what was wrong about that.
//!
//! Elements are counted by number, never by address, and a value that was never made as one is told from one that was.
//! Clones, comparisons, hashes and drops of elements are calls of the caller's own code, and so are closures and
//! iterators that are passed in: where panics are allowed the fuse makes one of them panic.
//! Never looks at the container itself.

use std::cell::Cell;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering as Order};

use crate::caller::{light, tick};
use crate::generate::{Generator, with};
use crate::source::Source;
use crate::stop::Stop;

/// What has to be true of elements, whatever a container does.
pub(crate) const SOUND: &str =
    "every element is one that was put in, lives while it is used, and is dropped once";

/// An element of which it is known whether it lives.
pub struct Tracked {
    number: u64,
    value: u32,
    /// What memory that never held an element does not have.
    seal: u64,
}

/// The number of the next element.
static NEXT: AtomicU64 = AtomicU64::new(1);
/// Elements with smaller numbers are those of earlier cases.
static FLOOR: AtomicU64 = AtomicU64::new(1);
/// What was wrong first: its place in [`FAULTS`], from 1 on.
static FAULT: AtomicUsize = AtomicUsize::new(0);
/// For each of the last elements its number, and whether it lives: no lock, for whoever waits for one does not meet
/// others in the middle of what they do.
static LIVES: [AtomicU64; LAST] = [const { AtomicU64::new(0) }; LAST];
const LAST: usize = 1 << 20;

const FAULTS: [&str; 4] = [
    "memory was read as an element that never was one",
    "an element was used after it had been dropped",
    "memory was dropped as an element that never was one",
    "an element was dropped twice",
];
const NEVER_READ: usize = 1;
const DEAD: usize = 2;
const NEVER_DROPPED: usize = 3;
const TWICE: usize = 4;

fn wrong(what: usize) {
    let _ = FAULT.compare_exchange(0, what, Order::SeqCst, Order::SeqCst);
}

/// Where it stands whether an element lives.
fn life(number: u64) -> &'static AtomicU64 {
    &LIVES[usize::try_from(number).unwrap_or(0) % LAST]
}

thread_local! {
    /// How many elements of an iterator are taken; all of them if nothing is said.
    static TASTE: Cell<Option<usize>> = const { Cell::new(None) };
    static FORGETS: Cell<bool> = const { Cell::new(false) };
    static HAS_FORGOTTEN: Cell<bool> = const { Cell::new(false) };
}

/// A case begins: what earlier ones left behind does not count.
pub(crate) fn begin() {
    light(0);
    FLOOR.store(NEXT.load(Order::SeqCst), Order::SeqCst);
    FAULT.store(0, Order::SeqCst);
}

/// What was wrong first, if anything was.
pub(crate) fn fault() -> Option<&'static str> {
    FAULT.swap(0, Order::SeqCst).checked_sub(1).and_then(|at| FAULTS.get(at)).copied()
}

/// So many elements of an iterator that a step gives are taken; all of them by default.
pub(crate) fn taste(most: Option<usize>) {
    TASTE.set(most);
    FORGETS.set(false);
    HAS_FORGOTTEN.set(false);
}

/// Whether an iterator that a step gives is forgotten afterwards.
pub(crate) fn forget(forgets: bool) {
    FORGETS.set(forgets);
}

/// Whether one was.
pub(crate) fn has_forgotten() -> bool {
    HAS_FORGOTTEN.get()
}

impl Tracked {
    /// A new element.
    pub fn new(value: u32) -> Self {
        let number = NEXT.fetch_add(1, Order::SeqCst);
        life(number).store(number << 1 | 1, Order::SeqCst);
        Self { number, value, seal: seal(number, value) }
    }

    /// What it holds.
    pub fn value(&self) -> u32 {
        self.look();
        self.value
    }

    /// Whether it is an element at all.
    fn is_one(&self) -> bool {
        self.seal == seal(self.number, self.value)
    }

    fn look(&self) {
        if !self.is_one() {
            wrong(NEVER_READ);
        } else if self.number >= FLOOR.load(Order::SeqCst)
            && life(self.number).load(Order::SeqCst) == self.number << 1
        {
            wrong(DEAD);
        }
    }
}

/// Chance does not hit it, and neither does memory that is all zeros.
fn seal(number: u64, value: u32) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    (number ^ u64::from(value).rotate_left(40) ^ 0x5bd1_e995_7b7d_159b).wrapping_mul(ODD)
}

impl Drop for Tracked {
    fn drop(&mut self) {
        let (number, counts) = (self.number, self.number >= FLOOR.load(Order::SeqCst));
        if !self.is_one() {
            wrong(NEVER_DROPPED);
        } else if life(number)
            .compare_exchange(number << 1 | 1, number << 1, Order::SeqCst, Order::SeqCst)
            .is_err_and(|life| life == number << 1)
            && counts
        {
            wrong(TWICE);
        }
        tick();
    }
}

impl Clone for Tracked {
    fn clone(&self) -> Self {
        tick();
        self.look();
        Self::new(self.value)
    }
}

impl Default for Tracked {
    fn default() -> Self {
        tick();
        Self::new(0)
    }
}

impl PartialEq for Tracked {
    fn eq(&self, other: &Self) -> bool {
        tick();
        self.value() == other.value()
    }
}

impl Eq for Tracked {}

impl PartialOrd for Tracked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Tracked {
    fn cmp(&self, other: &Self) -> Ordering {
        tick();
        self.value().cmp(&other.value())
    }
}

impl Hash for Tracked {
    fn hash<H: Hasher>(&self, state: &mut H) {
        tick();
        self.value().hash(state);
    }
}

impl fmt::Debug for Tracked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.value(), f)
    }
}

impl fmt::Display for Tracked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.value(), f)
    }
}

/// Makes elements, mostly of few values, so that some are equal.
pub fn tracked() -> impl Generator<Value = Tracked> {
    with(|source| {
        let value = source.number(u128::from(u32::MAX), |maker| match maker.random.below(8) {
            0 => u128::from(maker.random.next() as u32),
            _ => maker.random.below(9) as u128,
        });
        source.show(|| value.to_string());
        Ok(Tracked::new(value as u32))
    })
}

/// What an iterator says of its length.
#[derive(Clone, Copy, Debug)]
enum Says {
    Truth,
    Nothing,
    More,
    Less,
}

/// An iterator that a step is given: each step of it is a call of the caller's code, and it need not know its length.
#[derive(Clone, Debug)]
pub struct Items<T> {
    items: std::vec::IntoIter<T>,
    says: Says,
}

impl<T> Iterator for Items<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        tick();
        self.items.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let length = self.items.len();
        match self.says {
            Says::Truth => (length, Some(length)),
            Says::Nothing => (0, None),
            Says::More => (length + 2, Some(length + 2)),
            Says::Less => (length / 2, Some(length / 2)),
        }
    }
}

impl<T> DoubleEndedIterator for Items<T> {
    fn next_back(&mut self) -> Option<T> {
        tick();
        self.items.next_back()
    }
}

impl<T> ExactSizeIterator for Items<T> {
    fn len(&self) -> usize {
        self.size_hint().0
    }
}

impl<T> std::iter::FusedIterator for Items<T> {}

/// Makes iterators over what `item` makes.
pub fn items<G: Generator>(item: G) -> impl Generator<Value = Items<G::Value>> {
    with(move |source| {
        let says = source.number(3, |maker| maker.random.below(6).saturating_sub(2) as u128);
        let (items, shown) = several(source, &item)?;
        let (says, lies) = match says {
            0 => (Says::Truth, ""),
            1 => (Says::Nothing, ", of a length it does not tell"),
            2 => (Says::More, ", which says it has two more"),
            _ => (Says::Less, ", which says it has half of them"),
        };
        source.show(|| format!("an iterator over [{}]{lies}", shown.join(", ")));
        Ok(Items { items: items.into_iter(), says })
    })
}

/// A few values.
fn several<G: Generator>(source: &mut Source<'_>, each: &G) -> Result<(Vec<G::Value>, Vec<String>), Stop> {
    const MOST: usize = 12;
    let (mut values, mut shown) = (Vec::new(), Vec::new());
    while values.len() < MOST && source.number(1, |maker| u128::from(!maker.random.one_in(4))) == 1 {
        values.push(each.make(source)?);
        shown.push(source.take_shown());
    }
    Ok((values, shown))
}

/// What a call gave, used: an iterator is run through, anything else is looked at and let go of; gives how it looked.
#[macro_export]
macro_rules! used {
    ($value:expr $(,)?) => {{
        #[allow(unused_imports)]
        use $crate::v1::{UsedAny as _, UsedElements as _, UsedIterator as _, UsedLook as _};
        let looks = (&&&&$crate::v1::Used::new($value)).used();
        looks
    }};
}

/// Carries a value to the right way of using it: method lookup tries [`UsedElements`] first, [`UsedAny`] last.
pub struct Used<T>(Cell<Option<T>>);

impl<T> Used<T> {
    /// Carries `value`.
    pub fn new(value: T) -> Self {
        Self(Cell::new(Some(value)))
    }
}

impl<T> fmt::Debug for Used<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Used")
    }
}

/// Elements of an iterator that are looked at.
const LOOKED_AT: usize = 200;

/// The elements of an iterator that are taken.
fn most<I: Iterator>(elements: &mut I) -> impl Iterator<Item = I::Item> {
    elements.take(TASTE.get().unwrap_or(LOOKED_AT).min(LOOKED_AT))
}

fn is_cut(taken: usize) -> bool {
    TASTE.get() == Some(taken)
}

/// Drops an iterator, or forgets it; whether it was forgotten.
fn leave<I>(elements: I) -> bool {
    if !FORGETS.get() {
        drop(elements);
        return false;
    }
    HAS_FORGOTTEN.set(true);
    std::mem::forget(elements);
    true
}

/// Runs through an iterator whose elements can be shown.
pub trait UsedElements {
    /// How they look.
    fn used(&self) -> String;
}

impl<T: Iterator> UsedElements for &&&Used<T>
where
    T::Item: fmt::Debug,
{
    fn used(&self) -> String {
        let Some(mut elements) = self.0.take() else { return String::new() };
        let mut looks: Vec<String> = most(&mut elements).map(|it| format!("{it:?}")).collect();
        looks.extend(is_cut(looks.len()).then(|| "..".to_string()));
        let end = if leave(elements) { ", which was forgotten" } else { "" };
        format!("[{}]{end}", looks.join(", "))
    }
}

/// Looks at what can be shown.
pub trait UsedLook {
    /// How it looks.
    fn used(&self) -> String;
}

impl<T: fmt::Debug> UsedLook for &&Used<T> {
    fn used(&self) -> String {
        self.0.take().map_or_else(String::new, |it| format!("{it:?}"))
    }
}

/// Runs through any other iterator.
pub trait UsedIterator {
    /// How many elements there were.
    fn used(&self) -> String;
}

impl<T: Iterator> UsedIterator for &Used<T> {
    fn used(&self) -> String {
        let Some(mut elements) = self.0.take() else { return String::new() };
        let count = most(&mut elements).count();
        let end = if leave(elements) { ", which were forgotten" } else { "" };
        format!("{count} elements{end}")
    }
}

/// Lets go of anything.
pub trait UsedAny {
    /// Nothing to say.
    fn used(&self) -> String;
}

impl<T> UsedAny for Used<T> {
    fn used(&self) -> String {
        drop(self.0.take());
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caller::PANIC;
    use crate::panics;
    use std::mem::ManuallyDrop;

    /// One test, for elements are counted for the whole process.
    #[test]
    fn what_is_done_to_elements_is_told_from_what_must_not_be() {
        let _alone = crate::walk::alone();
        begin();
        let one = Tracked::new(7);
        assert!(one.clone() == one && format!("{one:?} {one}") == "7 7");
        drop(vec![one, Tracked::new(3)]);
        assert_eq!(fault(), None);

        let mut twice = ManuallyDrop::new(Tracked::new(1));
        // SAFETY: an element owns nothing, so that dropping it again changes nothing but the ledger.
        unsafe { ManuallyDrop::drop(&mut twice) };
        assert_eq!(twice.value, 1);
        assert!(*twice == *twice);
        assert_eq!(fault(), Some("an element was used after it had been dropped"));
        // SAFETY: as above.
        unsafe { ManuallyDrop::drop(&mut twice) };
        assert_eq!(fault(), Some("an element was dropped twice"));

        drop(Tracked { number: 0, value: 0, seal: 0 });
        assert_eq!(fault(), Some("memory was dropped as an element that never was one"));

        let (first, second) = (Tracked::new(1), Tracked::new(2));
        light(2);
        let panic = panics::catch(|| {
            let copy = first.clone();
            copy == second
        });
        assert_eq!(panic.expect_err("the second call panics").message, PANIC);
        light(0);
        drop((first, second));
        assert_eq!(fault(), None);
        let left_over = Tracked::new(9);
        begin();
        drop(left_over);
        assert_eq!(fault(), None);
    }

    #[test]
    fn an_iterator_of_the_callers_may_be_wrong_about_its_length() {
        let said = |says| {
            let mut items = Items { items: vec![1, 2].into_iter(), says };
            let said = (items.len(), items.size_hint().1);
            assert_eq!((items.next_back(), items.next(), items.next()), (Some(2), Some(1), None));
            said
        };
        let all = [Says::Truth, Says::Nothing, Says::More, Says::Less].map(said);
        assert_eq!(all, [(2, Some(2)), (0, None), (4, Some(4)), (1, Some(1))]);
    }

    #[test]
    fn what_a_call_gives_is_used_whatever_it_is() {
        struct Silent;
        assert_eq!(used!([1, 2].iter()), "[1, 2]");
        assert_eq!(used!(Some(1)), "Some(1)");
        assert_eq!(used!([Silent, Silent].into_iter()), "2 elements");
        taste(Some(1));
        assert_eq!(used!([1, 2].iter()), "[1, ..]");
        assert!(!has_forgotten());
        forget(true);
        assert_eq!(used!([1, 2].into_iter()), "[1, ..], which was forgotten");
        assert_eq!(used!([Silent, Silent].into_iter()), "1 elements, which were forgotten");
        assert!(has_forgotten());
        taste(None);
        assert_eq!(used!(Silent), "");
        assert_eq!(
            used!(0..),
            format!("[{}]", (0..200).map(|n: i32| n.to_string()).collect::<Vec<_>>().join(", "))
        );
    }
}
