use std::fmt::Debug;

use super::{Generator, With};
use crate::show::{show_bytes, show_text};
use crate::source::Source;
use crate::stop::Stop;

/// What comes in pieces.
pub trait Whole {
    /// A piece of it.
    type Piece: ?Sized;
    /// How many places there are to cut at, the end not counted.
    #[doc(hidden)]
    fn places(&self) -> usize;
    /// The piece between two places.
    #[doc(hidden)]
    fn piece(&self, from: usize, to: usize) -> &Self::Piece;
    /// How a piece looks.
    #[doc(hidden)]
    fn show(piece: &Self::Piece) -> String;
}

impl Whole for String {
    type Piece = str;

    fn places(&self) -> usize {
        self.chars().count()
    }

    fn piece(&self, from: usize, to: usize) -> &str {
        let at = |place| self.char_indices().nth(place).map_or(self.len(), |(at, _)| at);
        &self[at(from)..at(to)]
    }

    fn show(piece: &str) -> String {
        show_text(piece)
    }
}

impl<T: Debug> Whole for Vec<T> {
    type Piece = [T];

    fn places(&self) -> usize {
        self.len()
    }

    fn piece(&self, from: usize, to: usize) -> &[T] {
        &self[from..to]
    }

    fn show(piece: &[T]) -> String {
        format!("{piece:?}")
    }
}

impl Whole for [u8] {
    type Piece = [u8];

    fn places(&self) -> usize {
        self.len()
    }

    fn piece(&self, from: usize, to: usize) -> &[u8] {
        &self[from..to]
    }

    fn show(piece: &[u8]) -> String {
        show_bytes(piece)
    }
}

/// A text cut between characters, or a list cut between elements.
pub fn cut<W: Whole + ?Sized>(whole: &W) -> impl Generator<Value = Vec<&W::Piece>> {
    With(move |source: &mut Source<'_>| {
        let places = whole.places();
        let cuts = cuts(places, source)?;
        let ends = cuts.iter().copied().chain([places]);
        let starts = [0].into_iter().chain(cuts.iter().copied());
        let pieces: Vec<&W::Piece> = starts.zip(ends).map(|(from, to)| whole.piece(from, to)).collect();
        source.show(|| {
            format!("[{}]", pieces.iter().map(|piece| W::show(piece)).collect::<Vec<_>>().join(", "))
        });
        Ok(pieces)
    })
}

/// Bytes, or the bytes of a text, cut anywhere.
pub fn cut_bytes<W: AsRef<[u8]> + ?Sized>(whole: &W) -> impl Generator<Value = Vec<&[u8]>> {
    cut(whole.as_ref())
}

/// Where to cut, in order: once or a few times most often, everywhere now and then.
fn cuts(places: usize, source: &mut Source<'_>) -> Result<Vec<usize>, Stop> {
    if source.number(1, |maker| u128::from(maker.random.one_in(6))) == 1 {
        return Ok((1..places).collect());
    }
    let mut wished = None;
    let mut cuts = Vec::new();
    while source.number(1, |maker| {
        let wished = *wished.get_or_insert_with(|| 1 + maker.random.small(8));
        u128::from(cuts.len() < wished)
    }) == 1
    {
        let at = source.number(places as u128, |maker| maker.random.below(places + 1) as u128);
        cuts.push(usize::try_from(at).unwrap_or(0));
        if source.is_full() {
            return Err(Stop::rejected());
        }
    }
    cuts.sort_unstable();
    Ok(cuts)
}
