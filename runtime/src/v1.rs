//! The names that generated code uses. What stands here stays.

pub use crate::answers::{Answers, AnswersOf, ByBoth, ByDebug, ByEq};
pub use crate::case::{Accept, Answer, Case, Stop};
pub use crate::environment::Variable;
pub use crate::generate::{
    Bytes, Column, Fields, Float, FloatNumber, Generator, Integer, IntegerNumber, Keep, Made, Near, Text,
    Whole, accepted, arbitrary, array, boolean, boxed, built, byte_pieces, bytes, character, chosen, column,
    constructed, float, integer, kept, leaked, made, map, matching, near, near_column, one_of, option,
    pieces, result, strategy, text, tried, tuple, unit, unset, value, vec,
};
pub use crate::oracles::*;
pub use crate::refusal::{AnyAnswer, Asked, MayRefuse};
pub use crate::show::{AnyShown, DebugShown, Wrap};
pub use crate::wait::block_on;
pub use crate::{answers_of, refuses, shown};
