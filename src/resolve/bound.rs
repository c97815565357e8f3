//! A declaration bound to the crate: which item, how to make each argument, how to pass it.

use std::hash::{Hash, Hasher};

use syn::Expr;

use super::generic_type::GenericType;
use super::made::{Lend, Recipe};
use crate::model::{Constraint, Id, Span};

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
