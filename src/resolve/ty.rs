//! Types as far as values of them can be made.

/// A type of a parameter, field or element, with aliases and imports already followed.
#[derive(Debug, Clone, PartialEq)]
pub enum Ty {
    /// `()`
    Unit,
    /// `bool`
    Bool,
    /// `char`
    Char,
    /// `str`; only behind a reference
    Str,
    /// `String`
    String,
    /// An integer primitive by name.
    Integer(&'static str),
    /// A float primitive by name.
    Float(&'static str),
    /// `&T`
    Ref(Box<Ty>),
    /// `&mut T`
    RefMut(Box<Ty>),
    /// `[T]`; only behind a reference
    Slice(Box<Ty>),
    /// `Vec<T>`
    Vec(Box<Ty>),
    /// `[T; N]`
    Array(Box<Ty>, Box<syn::Expr>),
    /// `(A, B, ..)`
    Tuple(Vec<Ty>),
    /// `Option<T>`
    Option(Box<Ty>),
    /// `Result<T, E>`
    Result(Box<Ty>, Box<Ty>),
    /// `Box<T>`
    Boxed(Box<Ty>),
    /// A type that the crate or `support.rs` defines, by its path from outside.
    Local(Vec<String>),
    /// Anything else, as written.
    Other(Box<syn::Type>),
}
