//! One stream, cut anywhere into pieces.

use super::{Generator, with};
use crate::show::{show_bytes, show_text};
use crate::source::Source;
use crate::stop::Stop;
use crate::tape::Maker;

/// Values that can be cut in two.
pub trait Pieced: Sized {
    /// Where it may be cut, at or below `at`.
    #[doc(hidden)]
    fn border(&self, at: usize) -> usize;
    #[doc(hidden)]
    fn size(&self) -> usize;
    /// Keeps what is in front of `at` and gives the rest.
    #[doc(hidden)]
    #[must_use]
    fn cut(&mut self, at: usize) -> Self;
    #[doc(hidden)]
    fn shown(&self) -> String;
}

impl Pieced for String {
    fn border(&self, at: usize) -> usize {
        (0..=at.min(self.len())).rev().find(|at| self.is_char_boundary(*at)).unwrap_or(0)
    }
    fn size(&self) -> usize {
        self.len()
    }
    fn cut(&mut self, at: usize) -> Self {
        self.split_off(at)
    }
    fn shown(&self) -> String {
        show_text(self)
    }
}

impl Pieced for Vec<u8> {
    fn border(&self, at: usize) -> usize {
        at.min(self.len())
    }
    fn size(&self) -> usize {
        self.len()
    }
    fn cut(&mut self, at: usize) -> Self {
        self.split_off(at)
    }
    fn shown(&self) -> String {
        show_bytes(self)
    }
}

/// How a stream is cut.
#[derive(Clone, Copy)]
enum Habit {
    /// Into this many at every place.
    Even(usize),
    /// Into pieces of any size, now and then none at all.
    Any,
    /// Once.
    Once,
}

/// The pieces of one value; put together again they are that value.
pub fn pieces<G: Generator<Value: Pieced>>(stream: G) -> impl Generator<Value = Vec<G::Value>> {
    with(move |source| cut(stream.make(source)?, source))
}

fn cut<T: Pieced>(stream: T, source: &mut Source<'_>) -> Result<Vec<T>, Stop> {
    let mut rest = stream;
    let mut pieces = Vec::new();
    let mut habit = None;
    loop {
        let size = rest.size();
        // 0 takes the rest; `n` cuts behind `n - 1` bytes.
        let choice = source.number(size as u128 + 1, |maker| {
            let habit = *habit.get_or_insert_with(|| wished(maker));
            next(maker, habit, pieces.len(), size)
        });
        if choice == 0 {
            break;
        }
        if source.is_full() {
            return Err(Stop::rejected());
        }
        let at = rest.border(choice as usize - 1);
        let behind = rest.cut(at);
        pieces.push(std::mem::replace(&mut rest, behind));
    }
    pieces.push(rest);
    source.show(|| format!("[{}]", pieces.iter().map(Pieced::shown).collect::<Vec<_>>().join(", ")));
    Ok(pieces)
}

fn wished(maker: &mut Maker<'_>) -> Habit {
    match maker.random.below(6) {
        0 => Habit::Even(1),
        1 => Habit::Even([2, 3, 4, 8, 16, 64][maker.random.below(6)]),
        2 | 3 => Habit::Once,
        _ => Habit::Any,
    }
}

fn next(maker: &mut Maker<'_>, habit: Habit, made: usize, size: usize) -> u128 {
    let most_pieces = 2_000;
    if size == 0 || made > most_pieces {
        return u128::from(size == 0 && made < 3 && maker.random.one_in(8));
    }
    let behind = match habit {
        Habit::Even(step) if step < size => step,
        Habit::Once if made == 0 => maker.random.below(size + 1),
        Habit::Any if !maker.random.one_in(4) => {
            if maker.random.one_in(8) {
                0
            } else {
                1 + maker.random.small(size)
            }
        }
        _ => return 0,
    };
    behind as u128 + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dictionary::Dictionary;
    use crate::generate::{bytes, text};
    use crate::random::Random;

    #[test]
    fn pieces_put_together_are_the_stream_and_every_place_is_cut() {
        let dictionary = Dictionary::default();
        let mut cuts = std::collections::BTreeSet::new();
        for index in 0..3_000 {
            let mut source = Source::fresh(Random::for_case(5, index), &dictionary, index, &[true], false);
            let parts = pieces(text().like(&["añb日c"]).only()).make(&mut source).expect("a stream");
            let whole = parts.concat();
            assert!(!parts.is_empty());
            if whole == "añb日c" {
                let ends = parts.iter().scan(0, |at, part| {
                    *at += part.len();
                    Some(*at)
                });
                cuts.extend(ends);
            }
        }
        assert_eq!(cuts.into_iter().collect::<Vec<_>>(), [0, 1, 3, 4, 7, 8]);
    }

    #[test]
    fn an_empty_tape_is_one_piece() {
        let dictionary = Dictionary::default();
        let mut source = Source::replaying(Vec::new(), &dictionary);
        assert_eq!(pieces(bytes()).make(&mut source).expect("a stream"), [Vec::<u8>::new()]);
    }
}
