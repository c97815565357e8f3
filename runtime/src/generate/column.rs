//! Values that stand in rows of samples, together with those of other columns.

use super::{Generator, Near, with};
use crate::source::Source;
use crate::stop::Stop;

/// Makes the values of one column.
pub struct Column<T, G = Nothing<T>> {
    samples: Vec<T>,
    change: Option<Change<T>>,
    fresh: Option<G>,
}

type Change<T> = fn(&T, &[T], &mut Source<'_>) -> T;

impl<T, G> std::fmt::Debug for Column<T, G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Column").field("rows", &self.samples.len()).finish_non_exhaustive()
    }
}

/// Stands for the generator that a column of samples alone does not have.
#[derive(Debug)]
pub struct Nothing<T>(std::marker::PhantomData<T>);

impl<T> Generator for Nothing<T> {
    type Value = T;

    fn make(&self, _: &mut Source<'_>) -> Result<T, Stop> {
        Err(Stop::rejected())
    }
}

/// The value of the row at hand, seldom that of another row; one for each row.
pub fn column<T: Clone>(samples: Vec<T>) -> Column<T> {
    Column { samples, change: None, fresh: None }
}

/// The same, and often a mutation of it.
pub fn near_column<T: Near>(samples: Vec<T>) -> Column<T> {
    Column { samples, change: Some(T::mutated), fresh: None }
}

impl<T> Column<T> {
    /// Seldom a value that has nothing to do with any row.
    #[must_use]
    pub fn or<G: Generator<Value = T>>(self, fresh: G) -> Column<T, G> {
        Column { samples: self.samples, change: self.change, fresh: Some(fresh) }
    }
}

/// How a value is made; the first is the simplest.
const OWN: u128 = 0;
const OF_ANOTHER_ROW: u128 = 1;
const CHANGED: u128 = 2;
const FRESH: u128 = 3;

impl<T: Clone, G: Generator<Value = T>> Generator for Column<T, G> {
    type Value = T;

    fn make(&self, source: &mut Source<'_>) -> Result<T, Stop> {
        let rows = self.samples.len();
        let own = self.samples.get(source.row() % rows.max(1)).ok_or_else(Stop::rejected)?;
        let how = source.number(FRESH, |maker| {
            maker.has_samples(rows);
            if maker.is_calm() {
                return OWN;
            }
            match maker.random.below(16) {
                0 | 1 => OWN,
                2 | 3 if rows > 1 => OF_ANOTHER_ROW,
                4 if self.fresh.is_some() => FRESH,
                _ if self.change.is_some() => CHANGED,
                _ if self.fresh.is_some() => FRESH,
                _ => OF_ANOTHER_ROW,
            }
        });
        source.show(|| format!("the value of row {}", source_row(own, &self.samples)));
        Ok(match (how, &self.change, &self.fresh) {
            (OF_ANOTHER_ROW, ..) => {
                let most = rows.saturating_sub(1) as u128;
                let at = source.number(most, |maker| maker.random.below(rows) as u128);
                self.samples[usize::try_from(at).unwrap_or(0)].clone()
            }
            (CHANGED, Some(change), _) => change(own, &self.samples, source),
            (FRESH, _, Some(fresh)) => fresh.make(source)?,
            _ => own.clone(),
        })
    }

    fn samples(&self) -> Vec<T> {
        self.samples.clone()
    }

    fn has_samples(&self) -> bool {
        true
    }
}

/// A variable that is never set.
pub fn unset() -> impl Generator<Value = Option<String>> {
    with(|_| Ok(None))
}

/// The number of a row, from 1.
fn source_row<T>(own: &T, samples: &[T]) -> usize {
    samples.iter().position(|sample| std::ptr::eq(sample, own)).map_or(1, |at| at + 1)
}
