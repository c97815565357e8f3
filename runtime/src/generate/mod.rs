//! Makes values out of choices on the tape.
//!
//! Each generator mixes its own shape with hostile values for its type and with words the code knows.

mod bytes;
mod collection;
mod column;
mod cuts;
mod files;
mod fit;
mod folder;
mod function;
mod kept;
mod made;
mod near;
mod number;
mod os;
mod pieces;
mod program;
mod sampled;
mod server;
mod strategy;
mod stream;
mod text;

pub(crate) use bytes::without_sample as bytes_without_sample;
pub use bytes::{Bytes, bytes};
pub use collection::{List, array, boxed, option, result, tuple, vec};
pub use column::{Column, column, near_column, unset};
pub use cuts::{Whole, cut, cut_bytes};
pub(crate) use files::contents;
pub use files::{bytes_of_files, text_of_files};
pub use fit::{Fit, Fits, Letters, fit};
pub use folder::{Files, Folder, folder};
pub use function::{AnyDigest, DebugDigest, Function, HashDigest, Slot, Started, function, named, ordering};
pub use kept::{Keep, kept, leaked};
pub use made::{Fields, Made, accepted, built, chosen, constructed, made, map, one_of, tried, value};
pub use near::{Near, near, near_made};
pub use number::{Float, FloatNumber, Integer, IntegerNumber, boolean, character, float, integer, unit};
pub use os::os_string;
pub use pieces::{Pieced, pieces};
pub use program::{Program, Recorded, Run, program};
pub(crate) use server::unaddressed;
pub use server::{Server, server};
pub use strategy::{arbitrary, matching, strategy};
pub use stream::Stream;
pub use text::{Text, text};

use crate::source::Source;
use crate::stop::Stop;

/// Makes values of one type.
pub trait Generator {
    /// What it makes.
    type Value;

    /// Makes one value out of the next choices.
    #[doc(hidden)]
    fn make(&self, source: &mut Source<'_>) -> Result<Self::Value, Stop>;

    /// Valid values that were given, for mutations of other values to borrow from.
    #[doc(hidden)]
    fn samples(&self) -> Vec<Self::Value> {
        Vec::new()
    }

    /// Whether there are such values, or the value is near one.
    #[doc(hidden)]
    fn has_samples(&self) -> bool {
        false
    }
}

/// A generator that is a closure; what most combinators return.
#[derive(Clone, Copy, Debug)]
pub(crate) struct With<F>(pub(crate) F);

impl<T, F: Fn(&mut Source<'_>) -> Result<T, Stop>> Generator for With<F> {
    type Value = T;

    fn make(&self, source: &mut Source<'_>) -> Result<T, Stop> {
        (self.0)(source)
    }
}

/// Gives a closure the type a generator needs.
pub(crate) fn with<T>(make: impl Fn(&mut Source<'_>) -> Result<T, Stop>) -> impl Generator<Value = T> {
    With(make)
}
