//! Shares links: people paste an address, get a short code, and show a page of what they shared.
//!
//! It works on the happy path. What production needs is declared in `constraints/`.

pub mod code;
pub mod link;
pub mod page;
pub mod stats;
