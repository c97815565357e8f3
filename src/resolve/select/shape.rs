//! Takes a type as written and where it is written, gives what it is as far as a pattern of types can ask.
//!
//! Unlike [`Ty`] it keeps every type apart from every other one, also those of which no value can be made.

use std::collections::BTreeMap;

use syn::{GenericArgument, PathArguments, ReturnType, Type, TypeParamBound};

use crate::resolve::items::{Definition, ItemId, Space};
use crate::resolve::lower::{Crate, Env};
use crate::resolve::paths::{Found, Scope};
use crate::resolve::syntax::unraw;
use crate::resolve::ty::Ty;

/// A type, or a pattern of types.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// `_`: any type.
    Any,
    /// `..`: any number of types.
    Rest,
    /// `&T` or `&mut T`
    Ref(bool, Box<Shape>),
    /// `[T]`, or `[T; N]` whatever the length
    List(bool, Box<Shape>),
    /// `(A, B)`; `()` has no parts.
    Tuple(Vec<Shape>),
    /// A type with a name, and what it is given.
    Named(Name, Vec<Shape>),
    /// `fn(A) -> B`, the result last.
    Function(Vec<Shape>, Box<Shape>),
    /// `dyn A + B` or `impl A + B`: whether it is `dyn`, and the names of the traits, in order.
    Traits(bool, Vec<String>),
    /// A type parameter that nothing decides.
    Parameter(String),
    /// Anything else, as it is written.
    Other(Box<Type>),
    /// A type that nobody could name.
    Unknown,
}

/// Which type a name means.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Name {
    /// One of the crate.
    Item(ItemId),
    /// One of the standard library or of another crate, by its path.
    Path(Vec<String>),
}

/// Names of which the standard library has several that nobody takes for each other.
const AMBIGUOUS: [&str; 8] = ["Error", "IntoIter", "Iter", "IterMut", "Drain", "Keys", "Values", "Entry"];

/// How `..` is written where only a name can stand.
pub(super) const REST: &str = "__";

/// Aliases of aliases end here; rustc refuses a circle.
const DEEPEST_ALIAS: u8 = 16;

impl Shape {
    /// Whether a type is one of those that this pattern means.
    pub(super) fn fits(&self, ty: &Self) -> bool {
        match (self, ty) {
            (Self::Any | Self::Rest, _) => true,
            (Self::Ref(mutable, pattern), Self::Ref(other, ty)) => mutable == other && pattern.fits(ty),
            (Self::List(sized, pattern), Self::List(other, ty)) => sized == other && pattern.fits(ty),
            (Self::Tuple(patterns), Self::Tuple(types)) => all_fit(patterns, types, false),
            (Self::Named(pattern, patterns), Self::Named(name, types)) => {
                pattern.means(name) && all_fit(patterns, types, true)
            }
            (Self::Function(patterns, result), Self::Function(types, given)) => {
                all_fit(patterns, types, false) && result.fits(given)
            }
            (Self::Unknown, _) | (_, Self::Unknown) => false,
            (pattern, ty) => pattern == ty,
        }
    }
}

/// Whether each type fits its pattern; of types that are `given`, those left out may be any.
fn all_fit(patterns: &[Shape], types: &[Shape], given: bool) -> bool {
    if let [before @ .., Shape::Rest] = patterns {
        return before.len() <= types.len() && all_fit(before, types, true);
    }
    // `Result` alone is any of them, and what has a default, such as the hasher of a map, need not be written.
    let is_enough =
        patterns.len() == types.len() || given && (patterns.len() < types.len() || types.is_empty());
    is_enough && patterns.iter().zip(types).all(|(pattern, ty)| pattern.fits(ty))
}

impl Name {
    /// Whether two names mean one type, as far as paths tell: the same type may have several.
    fn means(&self, other: &Self) -> bool {
        let (Self::Path(left), Self::Path(right)) = (self, other) else { return self == other };
        let (Some(first), Some(last)) = (left.first(), left.last()) else { return false };
        if right.last() != Some(last) {
            return false;
        }
        // Whoever names a type of its own `Result` has made an alias of the one of the standard library.
        let is_result = last == "Result" && first == "std";
        is_result || right.first() == Some(first) && (left == right || !AMBIGUOUS.contains(&last.as_str()))
    }
}

/// What the names around a type mean.
pub(super) struct Around {
    env: Env,
    this: Option<Shape>,
    parameters: BTreeMap<String, Shape>,
    depth: u8,
}

impl Around {
    /// At a signature, or in the scope where patterns are written.
    pub(super) fn of(env: Env) -> Self {
        let parameters = env.parameters.iter().map(|(name, ty)| (name.clone(), of_ty(ty))).collect();
        Self { this: env.this.as_ref().map(of_ty), parameters, env, depth: 0 }
    }
}

impl Crate<'_> {
    /// What `ty` is.
    pub(super) fn shape(&self, ty: &Type, around: &Around) -> Shape {
        let inner = |ty: &Type| Box::new(self.shape(ty, around));
        match ty {
            Type::Infer(_) => Shape::Any,
            Type::Paren(ty) => self.shape(&ty.elem, around),
            Type::Group(ty) => self.shape(&ty.elem, around),
            Type::Reference(ty) => Shape::Ref(ty.mutability.is_some(), inner(&ty.elem)),
            Type::Slice(ty) => Shape::List(false, inner(&ty.elem)),
            Type::Array(ty) => Shape::List(true, inner(&ty.elem)),
            Type::Tuple(ty) => Shape::Tuple(ty.elems.iter().map(|ty| self.shape(ty, around)).collect()),
            Type::Path(ty) if ty.qself.is_none() => self.shape_at(&ty.path, around),
            Type::FnPtr(ty) => {
                let takes = ty.inputs.iter().map(|input| self.shape(&input.ty, around)).collect();
                Shape::Function(takes, Box::new(self.shape_of_return(&ty.output, around)))
            }
            Type::TraitObject(ty) => Shape::Traits(true, traits(&ty.bounds)),
            Type::ImplTrait(ty) => match self.lower(&Type::ImplTrait(ty.clone()), &around.env) {
                Ty::Other => Shape::Traits(false, traits(&ty.bounds)),
                known => of_ty(&known),
            },
            other => Shape::Other(Box::new(other.clone())),
        }
    }

    /// What comes back.
    pub(super) fn shape_of_return(&self, output: &ReturnType, around: &Around) -> Shape {
        match output {
            ReturnType::Default => Shape::Tuple(Vec::new()),
            ReturnType::Type(_, ty) => self.shape(ty, around),
        }
    }

    fn shape_at(&self, path: &syn::Path, around: &Around) -> Shape {
        if let Some(name) = path.get_ident().map(ToString::to_string) {
            let known = if name == "Self" { around.this.as_ref() } else { around.parameters.get(&name) };
            match known {
                Some(known) => return known.clone(),
                None if name == REST => return Shape::Rest,
                None => {}
            }
        }
        let segments: Vec<String> = path.segments.iter().map(|segment| unraw(&segment.ident)).collect();
        let given = path.segments.last().map_or_else(Vec::new, |last| self.shapes_given(last, around));
        match self
            .paths()
            .follow(around.env.scope, &segments, Space::Types)
            .map(|step| (step.found, step.rest))
        {
            Ok((Found::Item(item), 0)) => self.shape_of_item(item, given, around.depth),
            Ok((Found::Std(path), _)) => of_std(path, given),
            Ok((Found::Elsewhere(path), _)) => Shape::Named(Name::Path(path), given),
            _ => Shape::Named(Name::Path(segments), given),
        }
    }

    fn shapes_given(&self, segment: &syn::PathSegment, around: &Around) -> Vec<Shape> {
        let PathArguments::AngleBracketed(list) = &segment.arguments else { return Vec::new() };
        let types = list.args.iter().filter_map(|argument| match argument {
            GenericArgument::Type(ty) => Some(self.shape(ty, around)),
            _ => None,
        });
        types.collect()
    }

    fn shape_of_item(&self, item: ItemId, given: Vec<Shape>, depth: u8) -> Shape {
        let Definition::Alias(alias) = &self.items.item(item).definition else {
            return Shape::Named(Name::Item(item), given);
        };
        if depth >= DEEPEST_ALIAS {
            return Shape::Named(Name::Item(item), given);
        }
        let scope = Scope::Inside(self.items.item(item).module);
        let env = Env::new(scope, None);
        let mut inside = Around { depth: depth + 1, ..Around::of(env) };
        let mut given = given.into_iter();
        for parameter in alias.generics.type_params() {
            let default = || parameter.default.as_ref().map(|(_, ty)| self.shape(ty, &inside));
            let meaning = given.next().or_else(default).unwrap_or(Shape::Any);
            inside.parameters.insert(parameter.ident.to_string(), meaning);
        }
        self.shape(&alias.ty, &inside)
    }
}

/// A type of the standard library, its aliases followed.
fn of_std(path: Vec<String>, mut given: Vec<Shape>) -> Shape {
    let named = |path: &[&str]| {
        Shape::Named(Name::Path(path.iter().map(|part| (*part).to_owned()).collect()), Vec::new())
    };
    let parts: Vec<&str> = path.iter().map(String::as_str).collect();
    match parts.as_slice() {
        [_, module @ ("io" | "fmt"), "Result"] => {
            if given.is_empty() {
                given.push(Shape::Tuple(Vec::new()));
            }
            given.push(named(&["std", module, "Error"]));
        }
        // `std::primitive::u8` and the like.
        [_, "primitive", name] => return named(&[name]),
        _ => {}
    }
    Shape::Named(Name::Path(path), given)
}

/// What the resolver has found a parameter or `Self` to mean.
fn of_ty(ty: &Ty) -> Shape {
    let std = |path: &str, parts: Vec<Shape>| {
        Shape::Named(Name::Path(path.split("::").map(str::to_owned).collect()), parts)
    };
    match ty {
        Ty::Unit => Shape::Tuple(Vec::new()),
        Ty::Bool => std("bool", Vec::new()),
        Ty::Char => std("char", Vec::new()),
        Ty::Str => std("str", Vec::new()),
        Ty::String => std("std::string::String", Vec::new()),
        Ty::Integer(name) | Ty::Float(name) => std(name, Vec::new()),
        Ty::Ref(inner) => Shape::Ref(false, Box::new(of_ty(inner))),
        Ty::RefMut(inner) => Shape::Ref(true, Box::new(of_ty(inner))),
        Ty::Slice(inner) => Shape::List(false, Box::new(of_ty(inner))),
        Ty::Array(inner, _) => Shape::List(true, Box::new(of_ty(inner))),
        Ty::Vec(inner) => std("std::vec::Vec", vec![of_ty(inner)]),
        Ty::Option(inner) => std("std::option::Option", vec![of_ty(inner)]),
        Ty::Result(ok, error) => std("std::result::Result", vec![of_ty(ok), of_ty(error)]),
        Ty::Boxed(inner) => std("std::boxed::Box", vec![of_ty(inner)]),
        Ty::Tuple(parts) => Shape::Tuple(parts.iter().map(of_ty).collect()),
        Ty::Std(known, parts) => std(known.path, parts.iter().map(of_ty).collect()),
        Ty::Local(item, parts) => Shape::Named(Name::Item(*item), parts.iter().map(of_ty).collect()),
        Ty::Parameter(name) => Shape::Parameter(name.clone()),
        _ => Shape::Unknown,
    }
}

fn traits<'b>(bounds: impl IntoIterator<Item = &'b TypeParamBound>) -> Vec<String> {
    let names = bounds.into_iter().filter_map(|bound| match bound {
        TypeParamBound::Trait(bound) => bound.path.segments.last().map(|last| unraw(&last.ident)),
        _ => None,
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}
