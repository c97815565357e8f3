//! The names that generated code uses. What stands here stays.

pub use crate::case::{Accept, Case, Stop};
pub use crate::generate::{
    Bytes, Fields, Float, FloatNumber, Generator, Integer, IntegerNumber, Near, Text, arbitrary, array,
    boolean, boxed, bytes, character, chosen, float, integer, made, map, matching, near, one_of, option,
    result, strategy, text, tuple, unit, value, vec,
};
pub use crate::isolate::inside;
pub use crate::oracles::*;
pub use crate::show::{AnyShown, DebugShown, Wrap};
pub use crate::shown;
pub use crate::wait::block_on;
