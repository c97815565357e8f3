//! Secrets: makes them, plants them into values, and finds them in whatever comes out.
//!
//! Never decides what is judged; that is the business of the oracles.

mod forms;
mod leak;
mod overhear;
mod plant;
mod readings;
pub(crate) mod remains;

pub use forms::{
    AnyBytes, AnyDisplay, AnyError, AnyLook, AnyParts, AnySerialize, ByBytes, ByDisplay, ByError, ByLook,
    ByOption, ByReport, ByResult, BySerialize, Form, Formed, Forms,
};
pub(crate) use leak::{Leak, leak};
pub(crate) use overhear::overhear;
pub(crate) use plant::{Planting, planted_bytes, planted_text};

/// Where a secret goes in a sample.
pub(crate) const MARK: &str = "{secret}";

/// Secrets have at least so many bytes, or they would be found by chance.
const SHORTEST: usize = 8;

/// Fewer different bytes than this are no secret.
const VARIED: usize = 4;

/// Whether the bytes are so long and varied that they do not turn up by chance.
pub(crate) fn is_strong(bytes: &[u8]) -> bool {
    let mut seen = [false; 256];
    for byte in bytes {
        seen[usize::from(*byte)] = true;
    }
    bytes.len() >= SHORTEST && seen.iter().filter(|seen| **seen).count() >= VARIED
}
