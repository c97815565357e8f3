//! Lists, arrays, tuples, options, results, boxes.

use super::{Generator, with};
use crate::source::Source;
use crate::stop::Stop;

/// Makes `Vec`s.
#[derive(Clone, Debug)]
pub struct List<G> {
    element: G,
    least: usize,
    most: usize,
}

/// `Vec<T>`: mostly short, now and then long.
pub fn vec<G: Generator>(element: G) -> List<G> {
    List { element, least: 0, most: usize::MAX }
}

impl<G> List<G> {
    /// Only from `least` to `most` elements.
    #[must_use]
    pub fn length(self, least: usize, most: usize) -> Self {
        Self { least, most, ..self }
    }
}

impl<G: Generator> Generator for List<G> {
    type Value = Vec<G::Value>;

    fn make(&self, source: &mut Source<'_>) -> Result<Self::Value, Stop> {
        let (least, most) = (self.least, self.most);
        let mut wished = None;
        let mut values = Vec::new();
        let mut shown = Vec::new();
        // One choice before each element says whether it comes, so that an element can be taken off the tape whole.
        while values.len() < most
            && (source.number(u128::from(!source.is_deep()), |maker| {
                let wished = wished.get_or_insert_with(|| length(maker).clamp(least, most));
                u128::from(values.len() < *wished)
            }) == 1
                || values.len() < least)
        {
            values.push(self.element.make(source)?);
            shown.push(source.take_shown());
            if source.is_full() {
                return Err(Stop::rejected());
            }
        }
        source.show(|| format!("vec![{}]", shown.join(", ")));
        Ok(values)
    }

    fn has_samples(&self) -> bool {
        self.element.has_samples()
    }
}

fn length(maker: &mut crate::tape::Maker<'_>) -> usize {
    // In a type that contains itself every element may have a list of its own.
    if maker.nesting > 0 {
        return if maker.is_crowded() { 0 } else { maker.random.below(4) };
    }
    match maker.random.below(16) {
        0 => 0,
        1 => 1,
        2 => maker.random.within(40..400),
        _ => maker.random.small(16),
    }
}

/// `[T; N]`
pub fn array<const N: usize, G: Generator>(element: G) -> impl Generator<Value = [G::Value; N]> {
    with(move |source| {
        let mut values = Vec::with_capacity(N);
        let mut shown = Vec::with_capacity(N);
        for _ in 0..N {
            values.push(element.make(source)?);
            shown.push(source.take_shown());
        }
        source.show(|| format!("[{}]", shown.join(", ")));
        // Exactly N values were pushed.
        Ok(<[G::Value; N]>::try_from(values).unwrap_or_else(|_| unreachable!("an array of {N} values")))
    })
}

/// `Option<T>`
pub fn option<G: Generator>(some: G) -> impl Generator<Value = Option<G::Value>> {
    with(move |source| {
        // A sample as it stands is one that is there.
        let has_samples = some.has_samples();
        let wished = |maker: &mut crate::tape::Maker<'_>| {
            u128::from((has_samples && maker.is_calm()) || !(maker.random.one_in(4) || ends(maker)))
        };
        if source.number(u128::from(!source.is_deep()), wished) == 0 {
            source.show(|| "None".to_string());
            return Ok(None);
        }
        let value = some.make(source)?;
        let shown = source.take_shown();
        source.show(|| format!("Some({shown})"));
        Ok(Some(value))
    })
}

fn ends(maker: &crate::tape::Maker<'_>) -> bool {
    maker.nesting > 0 && maker.is_crowded()
}

/// `Result<T, E>`
pub fn result<G: Generator, H: Generator>(
    ok: G,
    err: H,
) -> impl Generator<Value = Result<G::Value, H::Value>> {
    with(move |source| {
        let is_err = source.number(1, |maker| u128::from(maker.random.one_in(3))) == 1;
        let value = if is_err { Err(err.make(source)?) } else { Ok(ok.make(source)?) };
        let shown = source.take_shown();
        source.show(|| format!("{}({shown})", if is_err { "Err" } else { "Ok" }));
        Ok(value)
    })
}

/// `Box<T>`
pub fn boxed<G: Generator>(inner: G) -> impl Generator<Value = Box<G::Value>> {
    with(move |source| {
        let value = inner.make(source)?;
        let shown = source.take_shown();
        source.show(|| format!("Box::new({shown})"));
        Ok(Box::new(value))
    })
}

/// A tuple of generators makes tuples of values.
pub fn tuple<T: Parts>(parts: T) -> impl Generator<Value = T::Values> {
    with(move |source| {
        let mut shown = Vec::new();
        let values = parts.make_all(source, &mut shown)?;
        source.show(|| format!("({}{})", shown.join(", "), if shown.len() == 1 { "," } else { "" }));
        Ok(values)
    })
}

/// Tuples of generators.
pub trait Parts {
    /// The tuple of their values.
    type Values;
    #[doc(hidden)]
    fn make_all(&self, source: &mut Source<'_>, shown: &mut Vec<String>) -> Result<Self::Values, Stop>;
}

macro_rules! parts {
    ($($name:ident $at:tt),*) => {
        impl<$($name: Generator),*> Parts for ($($name,)*) {
            type Values = ($($name::Value,)*);
            fn make_all(&self, source: &mut Source<'_>, shown: &mut Vec<String>) -> Result<Self::Values, Stop> {
                Ok(($({
                    let value = self.$at.make(source)?;
                    shown.push(source.take_shown());
                    value
                },)*))
            }
        }
    };
}

parts!(A 0);
parts!(A 0, B 1);
parts!(A 0, B 1, C 2);
parts!(A 0, B 1, C 2, D 3);
parts!(A 0, B 1, C 2, D 3, E 4);
parts!(A 0, B 1, C 2, D 3, E 4, F 5);
parts!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
parts!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
parts!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
parts!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
parts!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
parts!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);
