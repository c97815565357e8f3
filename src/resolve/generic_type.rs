//! A type as a test names it, with parameters left open, as data.

use syn::punctuated::Punctuated;
use syn::{Token, Type, TypeParamBound};

use crate::model::Span;

/// A type that a test names, with parameters left open.
#[derive(Debug, Clone)]
pub struct GenericType {
    /// The type as a test writes it; its open parameters stand in it by their names.
    pub ty: Type,
    /// The same as the declaration has it, the crate's own name left out.
    pub shown: String,
    /// Its open parameters, in the order of their first mention.
    pub parameters: Vec<OpenParameter>,
    /// What the declaration says under the kind's keys, in the order of the keys.
    pub conditions: Vec<(&'static str, Condition)>,
    /// Where the type is defined, if that is known, else where it is named.
    pub defined: Span,
}

/// A parameter of a type that is left open.
#[derive(Debug, Clone)]
pub struct OpenParameter {
    /// Its name.
    pub name: String,
    /// What may stand for it.
    pub choices: Choices,
}

/// What may stand for an open parameter.
#[derive(Debug, Clone)]
pub enum Choices {
    /// Types made for it, as long as they have these auto traits.
    StandIns(Vec<&'static str>),
    /// Boxed functions of this trait, as long as they have these auto traits.
    Functions(Box<syn::TraitBound>, Vec<&'static str>),
    /// These types.
    These(Vec<Type>),
}

/// When something is so.
#[derive(Debug, Clone)]
pub enum Condition {
    /// In no case.
    Never,
    /// In every case.
    Always,
    /// Where each of these types has these traits.
    If(Vec<(Type, Punctuated<TypeParamBound, Token![+]>)>),
}
