//! A declaration bound to the crate: which item, how to make each argument, how to pass it.

use std::cell::OnceCell;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use syn::Expr;

use super::generic::GenericType;
use crate::model::{Constraint, Fit, Format, Id, Span};

/// A constraint with everything its test needs from the crate.
#[derive(Debug)]
pub struct Bound<'m> {
    /// The declaration.
    pub constraint: &'m Constraint,
    /// Where its test stands.
    pub place: Place,
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
    /// The steps that are taken on a value, for kinds about those.
    pub walk: Option<Walk>,
}

/// Steps on a value.
#[derive(Debug, Clone, Default)]
pub struct Walk {
    /// The type of the value, where its parameters have to be said.
    pub ty: Option<syn::Type>,
    /// The steps.
    pub moves: Vec<Move>,
    /// Whether elements of it are watched.
    pub tracks: bool,
}

/// One sort of step.
#[derive(Debug, Clone)]
pub struct Move {
    /// Its name.
    pub name: String,
    /// The method that it calls, if the declaration does not write the call itself.
    pub function: Option<Function>,
    /// The call as written, over `it`.
    pub call: Option<Expr>,
    /// The values to make for it, in order.
    pub values: Vec<Value>,
    /// When it may be taken.
    pub when: Option<Expr>,
    /// What has to be true after it, as written and parsed.
    pub then: Option<(String, Expr)>,
    /// The same step on the reference, over `model`.
    pub model: Option<Expr>,
    /// What it leaves of the value.
    pub keeps: Keeps,
    /// Whether something asks for the value as it was before.
    pub keeps_old: bool,
    /// Whether it gives something that borrows from the value, which nobody else can use in the meantime.
    pub lends: bool,
}

/// What a step leaves of the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Keeps {
    /// The value, which it borrows.
    Lent,
    /// Another value of the type.
    Replaced {
        /// Whether it may refuse, and leave nothing.
        refuses: bool,
    },
    /// Nothing.
    Consumed,
}

/// Where a test stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// In a target of its own, which links the crate as every user does.
    #[default]
    Beside,
    /// In a module of the crate itself, where it may use what is private there.
    Inside {
        /// The module, as path segments below the root.
        module: Vec<String>,
        /// The name that it has for the tests.
        name: String,
    },
}

impl Place {
    /// Whether it is outside the crate.
    pub fn is_beside(&self) -> bool {
        *self == Self::Beside
    }

    /// The folder of the tests inside `module`. No namespace can be called so, for `crate` is a keyword.
    pub fn folder(module: &[String]) -> String {
        let crate_path = ["crate".to_owned()].into_iter().chain(module.iter().cloned());
        format!("generated/{}", crate_path.collect::<Vec<_>>().join("."))
    }

    /// The module of the tests, as path segments below the root of what Cargo builds.
    pub fn path(&self) -> Vec<String> {
        match self {
            Self::Beside => Vec::new(),
            Self::Inside { module, name } => module.iter().chain([name]).cloned().collect(),
        }
    }

    /// The path of the test of a constraint inside its test binary.
    pub fn test_path(&self, id: &Id) -> String {
        let path = self.path().into_iter().chain([id.test_path()]);
        path.collect::<Vec<_>>().join("::")
    }
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
    /// A struct or an enum, of which `values` makes one value, called `value`.
    Type(TypeItem),
    /// A type with parameters left open, of which no value is made.
    Generic(Box<GenericType>),
    /// A module of the crate, as path segments below the root; empty for the whole crate.
    Module(Vec<String>),
    /// Nothing: the constraint is red until the item exists.
    Missing {
        /// Paths of the items with the nearest names.
        nearest: Vec<String>,
    },
}

/// A type that a generated test can name.
#[derive(Debug, Clone)]
pub struct TypeItem {
    /// The traits of comparison that it derives or implements, by name.
    pub traits: Vec<&'static str>,
    /// Where it is defined.
    pub defined: Span,
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
    /// Whether it runs before it is awaited: it gives a future, rather than being `async`.
    pub is_eager: bool,
    /// Where it is defined.
    pub defined: Span,
}

impl Hash for Function {
    /// What a call of it is made of; the lines above it may change.
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { path, parameters, returns, is_async, is_eager, defined: _ } = self;
        (path, parameters, returns, is_async, is_eager).hash(state);
    }
}

/// How one parameter is passed.
#[derive(Debug, Clone, Hash)]
pub struct Passing {
    /// Name of the parameter; the receiver is `this`.
    pub name: String,
    /// How the owned value becomes the argument.
    pub lend: Lend,
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

/// The shape of a return type, as far as kinds care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
#[derive(Debug, Clone)]
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
#[derive(Debug, Clone, Hash)]
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

    /// Everything it is put together from; the parts of a user's type stand in its maker.
    pub fn parts(&self) -> Vec<&Self> {
        super::makers::parts(self)
    }

    /// The same with each of its parts changed, where they are made for it alone.
    #[must_use]
    pub fn with_parts(&self, change: &dyn Fn(&Self) -> Self) -> Self {
        super::makers::with_parts(self, change)
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
    pub(super) fn of(inner: &super::ty::Ty) -> Self {
        use super::ty::Ty;
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
