//! Types as far as values of them can be made.

use super::items::ItemId;
use super::known_type::Known;
use super::paths::Found;
use super::public::PublicPaths;
use super::syntax::{joined, ours};

/// A type of a parameter, field or element, with aliases and imports already followed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ty {
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
    /// `Cow<T>`
    Cow(Box<Ty>),
    /// A type of the tables of known ones, with its parameters.
    Std(&'static Known, Vec<Ty>),
    /// A struct or enum that the crate or `support.rs` defines, with its type parameters.
    Local(ItemId, Vec<Ty>),
    /// A function that is a value.
    Closure(Box<Closure>),
    /// The value of a constant parameter.
    Const(Box<syn::Expr>),
    /// The element of the runtime that is watched.
    Tracked,
    /// A type parameter that nothing decides.
    Parameter(String),
    /// A type whose values nobody can make, and why.
    Closed(&'static str),
    /// Anything else.
    Other,
}

/// The type of a function that is a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Closure {
    /// How the type is written.
    pub form: Form,
    /// `Fn`, `FnMut` or `FnOnce`.
    pub of: &'static str,
    /// What it takes.
    pub inputs: Vec<Ty>,
    /// What it gives.
    pub output: Ty,
    /// What its object is besides.
    pub autos: Vec<&'static str>,
}

/// How the type of a function is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// By a bound: any type will do.
    Bound,
    /// `dyn Fn(A) -> B`
    Object,
    /// `fn(A) -> B`
    Pointer,
    /// By a bound that closures do not meet and pointers do, so that the type has to be written wherever it stands.
    Named,
}

/// The integer primitives.
const INTEGERS: [&str; 12] =
    ["u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize"];

impl Ty {
    /// A future that is there at once.
    pub(super) fn ready(output: Self) -> Self {
        Self::Std(Known::std("std::future::Ready"), vec![output])
    }

    /// The primitive of this name.
    pub(super) fn primitive(name: &str) -> Option<Self> {
        match name {
            "bool" => Some(Self::Bool),
            "char" => Some(Self::Char),
            "str" => Some(Self::Str),
            "f32" => Some(Self::Float("f32")),
            "f64" => Some(Self::Float("f64")),
            name => INTEGERS.iter().find(|integer| **integer == name).map(|integer| Self::Integer(integer)),
        }
    }

    /// `Vec<u8>`
    pub(super) fn bytes() -> Self {
        Self::Vec(Box::new(Self::Integer("u8")))
    }

    /// Whether values of the type only stand behind a reference or in a box.
    pub(super) fn is_unsized(&self) -> bool {
        match self {
            Self::Str | Self::Slice(_) => true,
            Self::Std(std, _) => std.owned().is_some(),
            Self::Closure(closure) => closure.form == Form::Object,
            _ => false,
        }
    }

    /// The owned type that a type without a size is borrowed from; other types as they are.
    pub(super) fn sized(&self) -> Self {
        match self {
            Self::Str => Self::String,
            Self::Slice(element) => Self::Vec(element.clone()),
            Self::Std(std, _) => {
                std.owned().map_or_else(|| self.clone(), |owned| Self::Std(owned, Vec::new()))
            }
            Self::Closure(closure) => Self::Closure(Box::new(closure.named())),
            other => other.clone(),
        }
    }

    /// Whether nothing in the type is left open.
    pub(super) fn is_decided(&self) -> bool {
        !matches!(self, Self::Parameter(_) | Self::Other) && self.parts().into_iter().all(Self::is_decided)
    }

    /// A type parameter in the type that nothing decides.
    pub(super) fn open_parameter(&self) -> Option<&str> {
        match self {
            Self::Parameter(name) => Some(name),
            _ => self.parts().into_iter().find_map(Self::open_parameter),
        }
    }

    /// The types that this one is directly made of.
    pub(super) fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Ref(inner)
            | Self::RefMut(inner)
            | Self::Slice(inner)
            | Self::Vec(inner)
            | Self::Array(inner, _)
            | Self::Option(inner)
            | Self::Boxed(inner)
            | Self::Cow(inner) => vec![inner],
            Self::Tuple(parts) | Self::Std(_, parts) | Self::Local(_, parts) => parts.iter().collect(),
            Self::Result(ok, error) => vec![ok, error],
            Self::Closure(closure) => vec![&closure.output],
            _ => Vec::new(),
        }
    }

    /// Whether the type is that of texts.
    pub(super) fn is_text(&self) -> bool {
        matches!(self, Self::String | Self::Str)
    }

    /// Whether the type is that of bytes of any number.
    pub(super) fn is_bytes(&self) -> bool {
        matches!(self, Self::Vec(inner) | Self::Slice(inner) if **inner == Self::Integer("u8"))
    }

    /// The type as a test may write it, the crate under its own `library` name; nothing if it cannot.
    pub(super) fn written(&self, public: &PublicPaths, library: &str) -> Option<String> {
        let inside = |ty: &Self| ty.written(public, library);
        let list = |types: &[Self]| types.iter().map(inside).collect::<Option<Vec<_>>>();
        Some(match self {
            Self::Unit => "()".to_owned(),
            Self::Bool => "bool".to_owned(),
            Self::Char => "char".to_owned(),
            Self::Str => "str".to_owned(),
            Self::String => "String".to_owned(),
            Self::Integer(name) | Self::Float(name) => (*name).to_owned(),
            Self::Ref(inner) => format!("&{}", inside(inner)?),
            Self::RefMut(inner) => format!("&mut {}", inside(inner)?),
            Self::Slice(inner) => format!("[{}]", inside(inner)?),
            Self::Vec(inner) => format!("Vec<{}>", inside(inner)?),
            Self::Array(inner, length) => format!("[{}; {}]", inside(inner)?, plain_length(length)?),
            Self::Tuple(types) => format!("({},)", list(types)?.join(", ")),
            Self::Option(inner) => format!("Option<{}>", inside(inner)?),
            Self::Result(ok, error) => format!("Result<{}, {}>", inside(ok)?, inside(error)?),
            Self::Boxed(inner) => format!("Box<{}>", inside(inner)?),
            Self::Cow(inner) => format!("std::borrow::Cow<'static, {}>", inside(inner)?),
            Self::Std(std, types) => with_parameters(std.path, &list(types)?),
            Self::Local(item, types) => {
                let path = public.path(&Found::Item(*item))?;
                with_parameters(&joined(path, library), &list(types)?)
            }
            Self::Closure(closure) => closure.written(public, library)?,
            Self::Const(value) => constant(value)?,
            Self::Tracked => "rt::Tracked".to_owned(),
            Self::Parameter(_) | Self::Closed(_) | Self::Other => return None,
        })
    }
}

fn with_parameters(path: &str, parameters: &[String]) -> String {
    if parameters.is_empty() { path.to_owned() } else { format!("{path}<{}>", parameters.join(", ")) }
}

/// The value of a constant parameter, where it is a literal or the path of a constant.
fn constant(value: &syn::Expr) -> Option<String> {
    match value {
        syn::Expr::Lit(literal) => match &literal.lit {
            syn::Lit::Int(number) => Some(number.to_string()),
            syn::Lit::Bool(flag) => Some(flag.value.to_string()),
            syn::Lit::Char(letter) => Some(format!("{:?}", letter.value())),
            _ => None,
        },
        syn::Expr::Path(path) => {
            let segments: Vec<_> = path.path.segments.iter().map(|it| it.ident.to_string()).collect();
            Some(format!("{{ {} }}", segments.join("::")))
        }
        _ => None,
    }
}

impl Closure {
    /// The type as a test may write it.
    pub(super) fn written(&self, public: &PublicPaths, library: &str) -> Option<String> {
        let inputs: Option<Vec<_>> = self.inputs.iter().map(|ty| ty.written(public, library)).collect();
        let inputs = inputs?;
        let mut output = self.output.written(public, library)?;
        let borrowed: usize = inputs.iter().map(|input| input.matches('&').count()).sum();
        if borrowed != 1 {
            output = output.replace('&', "&'static ");
        }
        let output = if self.output == Ty::Unit { String::new() } else { format!(" -> {output}") };
        let inputs = inputs.join(", ");
        Some(match self.form {
            Form::Object => {
                let autos = self.autos.iter().fold(String::new(), |autos, name| autos + " + " + name);
                let object = format!("dyn {}({inputs}){output}{autos}", self.of);
                if autos.is_empty() { object } else { format!("({object})") }
            }
            Form::Bound | Form::Pointer | Form::Named => format!("fn({inputs}){output}"),
        })
    }

    /// Whether it compares two values.
    pub(super) fn orders(&self) -> bool {
        self.inputs.len() == 2 && matches!(&self.output, Ty::Std(it, _) if it.path == "std::cmp::Ordering")
    }

    /// The same, its type written wherever it stands.
    pub(super) fn named(&self) -> Self {
        Self { form: Form::Named, ..self.clone() }
    }
}

/// The length of an array, if it is a plain number.
pub(super) fn plain_length(length: &syn::Expr) -> Option<usize> {
    match length {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(number), .. }) => number.base10_parse().ok(),
        _ => None,
    }
}

/// A small value for a constant parameter of this type.
pub(super) fn plain_constant(ty: &syn::Type) -> Ty {
    let value = match ty {
        syn::Type::Path(path) if path.path.is_ident("bool") => ours("true"),
        syn::Type::Path(path) if path.path.is_ident("char") => ours("'a'"),
        _ => ours("4"),
    };
    Ty::Const(Box::new(value))
}
