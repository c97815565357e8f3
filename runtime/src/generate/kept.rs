//! References to values that outlive the call they are passed to.

use std::any::Any;
use std::cell::{Cell, OnceCell};
use std::fmt;

use super::{Generator, with};

/// Owns values that others of the same case borrow, until the case ends.
///
/// A tree, so that it grows behind a shared reference and no value ever moves.
#[derive(Default)]
pub struct Keep {
    root: OnceCell<Box<Node>>,
    count: Cell<usize>,
}

impl fmt::Debug for Keep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keep").field("count", &self.count.get()).finish_non_exhaustive()
    }
}

struct Node {
    value: Box<dyn Any>,
    below: [OnceCell<Box<Node>>; 2],
}

impl Keep {
    fn keep<T: 'static>(&self, value: T) -> &T {
        self.count.set(self.count.get() + 1);
        // The binary digits of the number of a value, behind the first, are its path from the root.
        let (mut at, mut path) = (&self.root, self.count.get());
        while path > 1 {
            at = at.get().map_or(at, |node| &node.below[path & 1]);
            path >>= 1;
        }
        let node = at.get_or_init(|| Box::new(Node { value: Box::new(value), below: Default::default() }));
        node.value.downcast_ref().unwrap_or_else(|| unreachable!("every value has a place of its own"))
    }
}

/// A view of a value that `keep` owns.
pub fn kept<'k, G: Generator, R>(
    keep: &'k Keep,
    inner: G,
    view: impl Fn(&'k G::Value) -> R,
) -> impl Generator<Value = R>
where
    G::Value: 'static,
{
    with(move |source| Ok(view(keep.keep(inner.make(source)?))))
}

/// A view of a value that nobody takes back: it borrows from others itself, or is to be changed.
pub fn leaked<'k, G: Generator, R>(
    inner: G,
    view: impl Fn(&'k mut G::Value) -> R,
) -> impl Generator<Value = R>
where
    G::Value: 'k,
{
    with(move |source| Ok(view(Box::leak(Box::new(inner.make(source)?)))))
}

#[cfg(test)]
mod tests {
    use super::Keep;

    #[test]
    fn every_kept_value_stays_where_it_is() {
        let keep = Keep::default();
        let texts: Vec<&String> = (0..1_000).map(|n: u32| keep.keep(n.to_string())).collect();
        let numbers: Vec<&u32> = (0..100).map(|n: u32| keep.keep(n)).collect();
        assert!(texts.iter().zip(0..).all(|(text, n): (_, u32)| **text == n.to_string()));
        assert!(numbers.iter().zip(0..).all(|(number, n): (_, u32)| **number == n));
    }
}
