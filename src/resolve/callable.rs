//! What the path of a declaration leads to, as data.

use std::borrow::Cow;

use syn::Signature;

use super::items::ModuleId;
use super::lower::Env;
use super::ty::Ty;
use crate::model::{FileId, Span};

/// What a path in a declaration leads to.
pub(super) enum Sought<'a> {
    /// A function or method.
    Function(Box<Callable<'a>>),
    /// A module.
    Module(ModuleId),
    /// Something of another crate, where it is brought in.
    Foreign(Option<Span>),
    /// A function that a trait declares: where the trait stands, and how declarations name it for types that have it.
    OfTrait(Span, Vec<String>),
    /// Something else, what it is called and where it stands.
    Other(&'static str, Span),
    /// Nothing.
    Absent,
    /// Several things: how a declaration names each, if it can, and where it stands.
    Ambiguous(Vec<(Option<String>, Span)>),
}

/// A function of the crate or of `support.rs`.
pub(super) struct Callable<'a> {
    /// Its signature.
    pub signature: Cow<'a, Signature>,
    /// Where it is defined.
    pub defined: Span,
    /// What the names in its signature mean.
    pub env: Env,
    /// How a test names it; nothing if it cannot.
    pub path: Option<String>,
    /// Its path as the declaration has it.
    pub written: String,
    /// Type parameters of which neither the declaration nor an argument tells anything.
    pub undecided: Vec<String>,
    /// Where its signature is written.
    pub origin: Origin,
}

/// Where a signature is written.
#[derive(Clone, Copy)]
pub(super) enum Origin {
    /// In this file of the crate.
    Source(FileId),
    /// In the declaration itself.
    Declared(Span),
}

/// A parameter of a [`Callable`].
pub(super) struct Parameter {
    /// Its name in expressions; the receiver is `this`.
    pub name: String,
    /// Its type.
    pub ty: Ty,
    /// Where it stands.
    pub span: Span,
}
