//! The names that generated code uses. What stands here stays.

pub use crate::case::{Accept, Case, Stop};
pub use crate::generate::{
    Bytes, Fields, Float, FloatNumber, Generator, Integer, IntegerNumber, Keep, Made, Near, Text, accepted,
    arbitrary, array, boolean, boxed, built, bytes, character, chosen, constructed, float, integer, kept,
    leaked, made, map, matching, near, one_of, option, result, strategy, text, tried, tuple, unit, value,
    vec,
};
pub use crate::oracles::*;
pub use crate::show::{AnyShown, DebugShown, Wrap};
pub use crate::shown;
pub use crate::wait::block_on;
