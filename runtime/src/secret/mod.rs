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
pub(crate) use plant::{planted_bytes, planted_text};

/// Where a secret goes in a sample.
pub(crate) const MARK: &str = "{secret}";
