//! Rust in declarations.

use super::Span;

/// Rust written in a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    /// The decoded text.
    pub text: String,
    /// The TOML string, quotes included.
    pub span: Span,
}
