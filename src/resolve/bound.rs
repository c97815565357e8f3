//! A declaration bound to the crate: which item, how to make each argument, how to pass it.

use syn::Expr;

use crate::model::{Constraint, Id, Span};

/// A constraint with everything its test needs from the crate.
#[derive(Debug)]
pub struct Bound<'m> {
    /// The declaration.
    pub constraint: &'m Constraint,
    /// The item it is about.
    pub target: Target,
    /// Whether a case makes the call it is about: the declaration's `call`, or else the plain call of the target.
    ///
    /// Not for a statement that brings no `call` and is neither about `result` nor about what a `&mut` parameter of the
    /// target holds afterwards.
    pub calls_target: bool,
    /// The values to make, in order: what `args` declares, then what the target takes and nobody declared.
    ///
    /// A target that is not called takes nothing, except for parameters that an expression mentions by name.
    pub values: Vec<Value>,
    /// Variables of the process that makes the call, in order.
    pub env: Vec<EnvVariable>,
    /// How many rows of samples there are, from which recipes of the sort [`Recipe::Column`] take theirs.
    pub rows: usize,
    /// The declaration's `call`, parsed, with `crate::` written as the name of the crate.
    pub call: Option<Expr>,
    /// The declaration's `when`, likewise.
    pub when: Option<Expr>,
    /// The declaration's `refused`, likewise.
    pub refused: Option<Expr>,
    /// Names of the values whose state before the call an expression asks for; it does so by the name of [`old_name`].
    pub olds: Vec<String>,
    /// The kind's own expressions by key, likewise.
    pub expressions: Vec<(&'static str, Expr)>,
    /// The kind's own paths by key, looked up.
    pub functions: Vec<(&'static str, Function)>,
}

impl Bound<'_> {
    /// The parsed expression behind `key`.
    pub fn expression(&self, key: &str) -> Option<&Expr> {
        self.expressions.iter().find(|(name, _)| *name == key).map(|(_, expression)| expression)
    }

    /// The function behind `key`.
    pub fn function(&self, key: &str) -> Option<&Function> {
        self.functions.iter().find(|(name, _)| *name == key).map(|(_, function)| function)
    }
}

/// What `target` led to.
#[derive(Debug)]
pub enum Target {
    /// A function or method.
    Function(Function),
    /// A module of the crate, as path segments below the root; empty for the whole crate.
    Module(Vec<String>),
    /// Nothing: the constraint is red until the item exists.
    Missing {
        /// Paths of the items with the nearest names.
        nearest: Vec<String>,
    },
}

/// A function that a generated test can call.
#[derive(Debug, Clone)]
pub struct Function {
    /// Path from outside the crate, such as `app::link::parse`, `<app::Link as app::Show>::show` or `support::scale`.
    pub path: syn::ExprPath,
    /// Its parameters in order, the receiver first.
    pub parameters: Vec<Passing>,
    /// What comes back.
    pub returns: Returns,
    /// Whether the call has to be awaited.
    pub is_async: bool,
    /// Where it is defined.
    pub defined: Span,
}

/// How one parameter is passed.
#[derive(Debug, Clone)]
pub struct Passing {
    /// Name of the parameter; the receiver is `this`.
    pub name: String,
    /// How the owned value becomes the argument.
    pub lend: Lend,
}

/// How an owned value becomes the argument of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lend {
    /// As it is.
    Move,
    /// `&value`
    Ref,
    /// `&mut value`
    RefMut,
    /// `&` a list of what each element lends, as for `&[&str]`.
    EachRef(Box<Lend>),
    /// A list of what each element lends, as for `Vec<&str>`.
    Each(Box<Lend>),
    /// An iterator over what each element lends, as for `impl Iterator<Item = &str>`.
    Iterator(Box<Lend>),
    /// What the inside lends, as for `Option<&str>`.
    Option(Box<Lend>),
    /// What each part lends, as for `(&str, u32)`.
    Tuple(Vec<Lend>),
}

/// The shape of a return type, as far as kinds care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returns {
    /// `()` or nothing.
    Unit,
    /// `Option<_>`
    Option,
    /// `Result<_, _>`
    Result,
    /// Anything else.
    Plain,
}

/// A value that each case makes.
#[derive(Debug)]
pub struct Value {
    /// Its name in expressions.
    pub name: String,
    /// How it is made.
    pub recipe: Recipe,
    /// The input whose generator makes it, if it is one of those.
    pub input: Option<Id>,
    /// Whether it is made without being an argument of the target.
    pub given: bool,
    /// Whether the value may be cloned, as far as the sources tell.
    pub cloneable: bool,
    /// Where that was said: the argument in the declaration, or the parameter in the source.
    pub origin: Span,
}

/// A variable of the process that makes the call.
#[derive(Debug, Clone)]
pub struct EnvVariable {
    /// Its name.
    pub name: String,
    /// How its value is made; `None` if it is never set.
    pub recipe: Option<Recipe>,
    /// Whether it is now and then not set.
    pub unset: bool,
}

/// The name under which the state of the value `name` before the call is kept.
pub fn old_name(name: &str) -> String {
    format!("old_{}", name.trim_start_matches("r#"))
}

/// How the runtime makes a value; `emit` writes it as a chain of calls.
#[derive(Debug, Clone)]
pub enum Recipe {
    /// `String`
    Text {
        /// Valid samples.
        like: Vec<String>,
        /// Nothing but the samples and their mutations.
        only: bool,
    },
    /// `Vec<u8>`
    Bytes {
        /// Valid samples.
        like: Vec<Vec<u8>>,
        /// Nothing but the samples and their mutations.
        only: bool,
    },
    /// An integer of the named primitive type.
    Integer {
        /// `u8`, `i64`, ...
        ty: &'static str,
        /// Inclusive bounds, as Rust expressions that fit the type.
        range: Option<(Expr, Expr)>,
    },
    /// A float of the named primitive type.
    Float {
        /// `f32` or `f64`
        ty: &'static str,
        /// Inclusive bounds.
        range: Option<(Expr, Expr)>,
    },
    /// `bool`
    Bool,
    /// `char`
    Char,
    /// `()`
    Unit,
    /// `Vec<T>`
    Vec(Box<Recipe>),
    /// `[T; N]`, the length inferred from the use.
    Array(Box<Recipe>, Expr),
    /// `(A, B, ..)`
    Tuple(Vec<Recipe>),
    /// `Option<T>`
    Option(Box<Recipe>),
    /// `Result<T, E>`
    Result(Box<Recipe>, Box<Recipe>),
    /// `Box<T>`
    Boxed(Box<Recipe>),
    /// A struct by its fields, which are all visible.
    Struct {
        /// Path from outside the crate.
        path: syn::Path,
        /// Fields in order; positions for tuple structs.
        fields: Vec<(syn::Member, Recipe)>,
    },
    /// An enum by its variants.
    Enum {
        /// Path from outside the crate.
        path: syn::Path,
        /// Variants and their fields.
        variants: Vec<(syn::Ident, Vec<(syn::Member, Recipe)>)>,
    },
    /// The value that the row of samples has for it, now and then changed.
    Column {
        /// One for each row.
        samples: Vec<Expr>,
        /// Whether they are of a type of which changed values can be made.
        is_near: bool,
        /// How one is made that is in no row; `None` if that never is.
        fresh: Option<Box<Recipe>>,
    },
    /// One of these Rust expressions.
    OneOf(Vec<Expr>),
    /// A Rust expression, evaluated for each case.
    Value(Expr),
    /// A proptest strategy.
    Strategy(Expr),
    /// The `proptest::arbitrary::Arbitrary` of a type.
    Arbitrary(syn::Type),
    /// Texts that match a regular expression.
    Matching(String),
    /// A mutation of the value of that name.
    Near {
        /// The other value.
        other: String,
        /// How an unrelated one is made.
        fresh: Box<Recipe>,
    },
    /// Rust over `it`.
    Map {
        /// Makes `it`.
        inner: Box<Recipe>,
        /// Makes the value.
        map: Expr,
        /// The type of the value, where the expression alone may leave it open.
        ty: Option<syn::Type>,
    },
}
