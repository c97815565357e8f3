//! How a value is made and lent, as data; `emit` writes it as calls of the runtime.

use std::cell::OnceCell;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use syn::Expr;

use super::ty::Ty;
use crate::model::{Fit, Format, Span};

/// How the runtime makes a value; `emit` writes it as a chain of calls.
#[derive(Debug, Clone, PartialEq, Hash)]
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
    /// A type of the table of known ones.
    Known {
        /// Makes `it`.
        inner: Box<Recipe>,
        /// Rust over `it` that makes the value.
        map: Expr,
        /// Whether `map` gives an `Option` or a `Result`: a refusal is drawn again.
        refuses: bool,
        /// Whether the value has `Debug`.
        shown: bool,
    },
    /// A reference to a value that the case keeps.
    Kept {
        /// Makes the value.
        inner: Box<Recipe>,
        /// What it is borrowed as.
        view: View,
        /// Whether it is borrowed with `&mut`.
        mutable: bool,
        /// Whether the value stays for good: it borrows itself, or is to be changed.
        leaked: bool,
    },
    /// A function that the runtime makes up.
    Closure {
        /// Makes what it answers.
        output: Box<Recipe>,
        /// How many arguments it takes.
        arity: usize,
        /// Whether it compares its two arguments.
        orders: bool,
        /// What it stands in.
        wrapped: Wrapped,
        /// Whether it is a pointer, which can carry nothing along.
        is_pointer: bool,
        /// Its type, where it does not stand at a call that tells it.
        ty: Option<syn::Type>,
    },
    /// A value of a type of the user.
    Made(Rc<Maker>),
    /// A value that functions of the user make.
    Ways(Vec<Way>),
    /// A value of a type of the user of which some fields were said: made at the place, by its parts or by functions.
    Fields {
        /// Path of the type, as a person reads it.
        path: String,
        /// [`Recipe::Struct`], [`Recipe::Enum`] or [`Recipe::Ways`].
        inner: Box<Recipe>,
    },
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
    /// Valid samples of a text or of bytes that stand in files.
    LikeFiles {
        /// Paths from the root of the package.
        paths: Vec<String>,
        /// A text; else bytes.
        text: bool,
        /// Nothing but the samples and their mutations.
        only: bool,
    },
    /// The content of one of these files.
    OneOfFiles {
        /// Paths from the root of the package.
        paths: Vec<String>,
        /// A text; else bytes.
        text: bool,
    },
    /// Documents of a format.
    Document {
        /// Which.
        format: Format,
        /// A text; else bytes.
        text: bool,
        /// Valid samples.
        like: Vec<Vec<u8>>,
        /// Valid samples in files: paths from the root of the package.
        files: Vec<String>,
        /// Nothing is wrong on purpose.
        only: bool,
    },
    /// Texts, bytes or lists that keep to something.
    Fitted {
        /// Makes what is made to keep to it.
        inner: Box<Recipe>,
        /// What.
        fit: Fit,
    },
    /// A real folder; its path.
    Folder {
        /// Paths of the files, and how the content of each is made.
        files: Vec<(String, Recipe)>,
        /// A text; else a path.
        text: bool,
        /// Nothing else stands in it.
        only: bool,
    },
    /// The path of a program that records how it is called.
    Program {
        /// A text; else a path.
        text: bool,
    },
    /// The address of a server that runs meanwhile.
    Server {
        /// What starts it, as the user wrote it.
        name: String,
        /// The same as Rust.
        start: Box<Expr>,
        /// What of its address is wanted.
        form: Address,
    },
    /// A text or bytes, cut anywhere into a list of pieces.
    Pieces(Box<Recipe>),
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
    /// An element that is watched.
    Tracked,
    /// An iterator of the caller's over what this makes.
    Items(Box<Recipe>),
    /// A mutation of the value of that name.
    Near {
        /// The other value.
        other: String,
        /// How an unrelated one is made.
        fresh: Box<Recipe>,
        /// How the other one is made, where values of the type cannot be changed themselves: then its choices are.
        made: Option<Box<Recipe>>,
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

impl Recipe {
    /// Texts or bytes from the same samples, with others mixed in; nothing where there are no samples.
    pub(super) fn of_its_samples(&self) -> Option<Self> {
        match self.clone() {
            Self::Text { like, .. } if !like.is_empty() => Some(Self::Text { like, only: false }),
            Self::Bytes { like, .. } if !like.is_empty() => Some(Self::Bytes { like, only: false }),
            Self::LikeFiles { paths, text, .. } => Some(Self::LikeFiles { paths, text, only: false }),
            _ => None,
        }
    }
}

/// What a function stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wrapped {
    /// Nothing.
    Plain,
    /// `Box`
    Boxed,
    /// `Rc`
    Rc,
    /// `Arc`
    Arc,
}

/// What of the address of a server is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Address {
    /// As it gives it, as text.
    Text,
    /// Host and port, as a `SocketAddr`.
    Socket,
    /// The port.
    Port,
    /// With a scheme before it, as text.
    Url,
}

/// What a value is borrowed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum View {
    /// `String` as `str`.
    Text,
    /// `Vec` as a slice.
    Slice,
    /// Whatever it dereferences to.
    Deref,
    /// The value itself.
    Itself,
}

impl View {
    /// How a value is borrowed as this type.
    pub(super) fn of(inner: &Ty) -> Self {
        match inner {
            Ty::Str => Self::Text,
            Ty::Slice(_) => Self::Slice,
            Ty::Closure(_) => Self::Itself,
            inner if inner.is_unsized() => Self::Deref,
            _ => Self::Itself,
        }
    }
}

/// How values of one type of the user are made: said once, used by every value that contains one.
///
/// A type may contain itself, so that a maker may lead back to itself.
pub struct Maker {
    /// The type as a test writes it, with its arguments.
    pub ty: syn::Type,
    /// Its path, without arguments.
    pub path: String,
    /// A name for the function that makes it, one a type.
    pub function: String,
    /// By its parts, its variants or its functions.
    recipe: OnceCell<Recipe>,
    /// Which alternatives end soonest; empty unless the type contains itself.
    pub(super) endings: OnceCell<Vec<usize>>,
}

impl Maker {
    /// A maker of values of `ty`, to be completed.
    pub(crate) fn new(ty: syn::Type, path: String, function: String) -> Self {
        Self { ty, path, function, recipe: OnceCell::new(), endings: OnceCell::new() }
    }

    /// Says how the type is made.
    ///
    /// # Panics
    /// If that was said before.
    pub(crate) fn complete(&self, recipe: Recipe) {
        self.recipe.set(recipe).expect("a maker is completed once");
    }

    /// How the type is made: [`Recipe::Struct`], [`Recipe::Enum`] or [`Recipe::Ways`].
    ///
    /// # Panics
    /// If asked while the recipe is still put together.
    pub fn recipe(&self) -> &Recipe {
        self.recipe.get().expect("a maker is complete once its type is resolved")
    }

    /// The alternatives that lead to an end in the fewest steps, if the type contains itself.
    pub fn endings(&self) -> &[usize] {
        self.endings.get().map_or(&[], Vec::as_slice)
    }
}

impl PartialEq for Maker {
    fn eq(&self, other: &Self) -> bool {
        self.ty == other.ty
    }
}

impl Hash for Maker {
    /// What it is called by; how it makes its values would lead back to itself.
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.ty, &self.path, &self.function).hash(state);
    }
}

impl fmt::Debug for Maker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Maker({})", self.path)
    }
}

/// One way to make a value by functions.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Way {
    /// What a person calls it, such as `new`.
    pub name: String,
    /// The function it starts from.
    pub start: Expr,
    /// Its arguments.
    pub arguments: Vec<Given>,
    /// Methods that may be called on what it gives, one after the other.
    pub steps: Vec<WayStep>,
    /// The method that ends it, such as `build`.
    pub finish: Option<syn::Ident>,
    /// Whether it gives an `Option` or a `Result`.
    pub refuses: bool,
    /// Rust over `it`, what the function gives, that takes the value out of it.
    pub pick: Option<Expr>,
}

/// An argument of a function that makes values.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Given {
    /// Its name.
    pub name: String,
    /// How it is made.
    pub recipe: Recipe,
    /// How it is passed.
    pub lend: Lend,
}

/// A method that may be called on a value on the way.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct WayStep {
    /// Its name.
    pub method: syn::Ident,
    /// Its arguments.
    pub arguments: Vec<Given>,
    /// Whether it takes the value and gives it back, rather than changing it in place.
    pub consumes: bool,
    /// Whether it is always called, because the declaration says how its argument is made.
    pub required: bool,
}

/// How an owned value becomes the argument of a call.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Lend {
    /// As it is.
    Move,
    /// `&value`
    Ref,
    /// `&mut value`
    RefMut,
    /// `&` what a part of a value borrows as: a `str` of a `String`, a slice of a list.
    View,
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

/// Why a value cannot be made, as a fragment, and the place in the sources that decides it.
#[derive(Debug, Clone)]
pub(super) struct Obstacle {
    /// What is in the way.
    pub why: String,
    /// Where it stands; none if that is the parameter itself.
    pub span: Option<Span>,
}

impl Obstacle {
    /// In the way of a parameter.
    pub(super) fn new(why: impl Into<String>) -> Self {
        Self { why: why.into(), span: None }
    }
}

/// How a value of a type is had from one of another type.
pub(super) struct Conversion {
    /// The other type.
    pub source: Ty,
    /// Rust over `it`.
    pub map: String,
    /// Whether `map` gives an `Option` or a `Result`.
    pub refuses: bool,
}
