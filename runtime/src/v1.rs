//! The names that generated code uses. What stands here stays.

pub use crate::again::{Again, ByClone, ByPart, ByReference};
pub use crate::answers::{Answers, AnswersOf, ByBoth, ByDebug, ByEq};
#[cfg(feature = "markup")]
pub use crate::browser::audit::Allowed;
pub use crate::case::Case;
pub use crate::chance::{
    AnySymbols, Expected, Number, OfBytes, OfDebug, OfDisplay, OfNumber, OfText, Output, Symbols,
};
pub use crate::contexts::{Place, into};
pub use crate::crew::Said;
pub use crate::during::{during_case, skips_time};
pub use crate::environment::Variable;
pub use crate::forge::{ByBytesBack, ByForge, ByNothing, ByParts, ByText, Forge, Sealed, Work};
pub use crate::format::{Document, asn1, html, http_request, http_response, json, tar, zip};
pub use crate::generate::{
    AnyDigest, Bytes, Column, DebugDigest, Fields, Files, Fit, Fits, Float, FloatNumber, Folder, Function,
    Generator, HashDigest, Integer, IntegerNumber, Keep, Letters, List, Made, Near, Pieced, Program,
    Recorded, Run, Server, Slot, Started, Stream, Text, Whole, accepted, arbitrary, array, boolean, boxed,
    built, bytes, bytes_of_files, character, chosen, column, constructed, cut, cut_bytes, fit, float, folder,
    function, integer, kept, leaked, made, map, matching, named, near, near_column, near_made, one_of,
    option, ordering, os_string, pieces, program, result, server, strategy, text, text_of_files, tried,
    tuple, unit, unset, value, vec,
};
pub use crate::isolate::{budget, cases, inside};
pub use crate::measure::{BytesLength, Heap, ItemsLength, Length, Limits, NoLength, limits};
pub use crate::oracles::*;
pub use crate::refusal::{Accept, Answer, AnyAnswer, Asked, MayRefuse};
pub use crate::secret::{
    AnyBytes, AnyDisplay, AnyError, AnyLook, AnyParts, AnySerialize, ByBytes, ByDisplay, ByError, ByLook,
    ByOption, ByReport, ByResult, BySerialize, Form, Formed, Forms,
};
pub use crate::show::{AnyShown, DebugShown, Wrap};
pub use crate::stop::Stop;
pub use crate::together::{Together, together, together_like};
pub use crate::tracked::{
    Items, Tracked, Used, UsedAny, UsedElements, UsedIterator, UsedLook, items, tracked,
};
pub use crate::turns::{Scarce, Turns, scarce};
pub use crate::wait::block_on;
pub use crate::written::{
    BytesWritten, CommandWritten, DisplayWritten, ListWritten, PathWritten, Saying, Written,
};
pub use crate::{
    again, answers_of, auto_traits, closure, digest_of, forged, forms, length_of, pointer, refuses,
    secret_of, shown, symbols, used, whole, written,
};
