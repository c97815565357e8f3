//! The names that generated code uses. What stands here stays.

pub use crate::answers::{Answers, AnswersOf, ByBoth, ByDebug, ByEq};
pub use crate::answers_of;
pub use crate::case::{Accept, Answer, Case, Stop};
pub use crate::generate::{
    Bytes, Fields, Float, FloatNumber, Generator, Integer, IntegerNumber, Near, Text, Whole, arbitrary,
    array, boolean, boxed, byte_pieces, bytes, character, chosen, float, integer, made, map, matching, near,
    one_of, option, pieces, result, strategy, text, tuple, unit, value, vec,
};
pub use crate::oracles::*;
pub use crate::show::{AnyShown, DebugShown, Wrap};
pub use crate::shown;
pub use crate::wait::block_on;
