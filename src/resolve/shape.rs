//! Takes the notation in which the tables say what a type is made of, gives the recipe.
//!
//! It is that of Rust's types, with `A` and `B` for the type parameters, and macros for what a type alone cannot say:
//! `range!(0..=9u8)`, `one_of!(a, b)`, `like!("sample")`, and `elements!(A)` for a list of what an array holds.

use syn::punctuated::Punctuated;
use syn::{Expr, GenericArgument, PathArguments, Token, Type};

use super::known_type::Known;
use super::literal;
use super::lower::Crate;
use super::made::{Obstacle, Recipe};
use super::ty::Ty;

impl Crate<'_> {
    /// How what `known` is made of is made, with these type parameters.
    pub(super) fn source_recipe(&self, known: &Known, parameters: &[Ty]) -> Result<Recipe, Obstacle> {
        self.shaped_recipe(&known.source(), parameters)
    }

    fn shaped_recipe(&self, shape: &Type, parameters: &[Ty]) -> Result<Recipe, Obstacle> {
        match shape {
            Type::Macro(call) => self.of_macro(&call.mac, parameters),
            Type::Tuple(tuple) if !tuple.elems.is_empty() => {
                let parts = tuple.elems.iter().map(|part| self.shaped_recipe(part, parameters));
                Ok(Recipe::Tuple(parts.collect::<Result<_, _>>()?))
            }
            Type::Path(path) => {
                let inside: Vec<&Type> = arguments(path);
                match (path.path.segments.last().map(|last| last.ident.to_string()).as_deref(), &inside[..]) {
                    (Some("Vec"), [element]) if !is_plain(element) => {
                        Ok(Recipe::Vec(Box::new(self.shaped_recipe(element, parameters)?)))
                    }
                    _ => self.made(&plain_type(shape, parameters)),
                }
            }
            shape => self.made(&plain_type(shape, parameters)),
        }
    }

    fn of_macro(&self, call: &syn::Macro, parameters: &[Ty]) -> Result<Recipe, Obstacle> {
        let name = call.path.get_ident().map(ToString::to_string).unwrap_or_default();
        let list = || -> Vec<Expr> {
            let parsed = call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
            parsed.expect("the tables hold Rust").into_iter().collect()
        };
        Ok(match name.as_str() {
            "range" => range(&list()[0]),
            "one_of" => Recipe::OneOf(list()),
            "like" => Recipe::Text { like: list().iter().map(text).collect(), only: false },
            "elements" => match parameters.first() {
                Some(Ty::Array(element, _)) => self.made(&Ty::Vec(element.clone()))?,
                _ => return Err(Obstacle::new("its type parameter is no array")),
            },
            other => unreachable!("the tables know no macro `{other}`"),
        })
    }
}

/// The type that `shape` is, if it needs no macro; a parameter that is not given stands for nothing known.
pub(super) fn plain_type(shape: &Type, parameters: &[Ty]) -> Ty {
    let inner = |shape: &Type| Box::new(plain_type(shape, parameters));
    match shape {
        Type::Tuple(tuple) if tuple.elems.is_empty() => Ty::Unit,
        Type::Tuple(tuple) => {
            Ty::Tuple(tuple.elems.iter().map(|part| plain_type(part, parameters)).collect())
        }
        Type::Array(array) => Ty::Array(inner(&array.elem), Box::new(array.len.clone())),
        Type::Path(path) => {
            let names: Vec<String> =
                path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            let inside: Vec<Ty> =
                arguments(path).into_iter().map(|shape| plain_type(shape, parameters)).collect();
            match (names.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), inside.as_slice()) {
                (["A"], _) => parameters.first().cloned().unwrap_or(Ty::Other),
                (["B"], _) => parameters.get(1).cloned().unwrap_or(Ty::Other),
                (["String"], _) => Ty::String,
                (["Vec"], [element]) => Ty::Vec(Box::new(element.clone())),
                (["Option"], [some]) => Ty::Option(Box::new(some.clone())),
                (["Result"], [ok, error]) => Ty::Result(Box::new(ok.clone()), Box::new(error.clone())),
                ([name], _) => Ty::primitive(name).unwrap_or(Ty::Other),
                _ => Known::at(&names).map_or(Ty::Other, |known| Ty::Std(known, inside)),
            }
        }
        _ => Ty::Other,
    }
}

/// Whether the shape is a type of Rust, without macros.
pub(super) fn is_plain(shape: &Type) -> bool {
    match shape {
        Type::Macro(_) => false,
        Type::Tuple(tuple) => tuple.elems.iter().all(is_plain),
        Type::Path(path) => arguments(path).into_iter().all(is_plain),
        _ => true,
    }
}

fn arguments(path: &syn::TypePath) -> Vec<&Type> {
    let Some(PathArguments::AngleBracketed(list)) = path.path.segments.last().map(|last| &last.arguments)
    else {
        return Vec::new();
    };
    let types = list.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}

/// The type of a range is that of its upper bound: the suffix of a number, or the first word of `u8::MAX`.
fn range(range: &Expr) -> Recipe {
    let named = match range {
        Expr::Range(syn::ExprRange { end: Some(end), .. }) => match &**end {
            Expr::Path(path) => path.path.segments.first().map(|first| first.ident.to_string()),
            _ => literal::type_of_range(range),
        },
        _ => None,
    };
    match named.as_deref().and_then(Ty::primitive) {
        Some(Ty::Integer(ty)) => Recipe::Integer {
            ty,
            range: Some(literal::range(range, ty).expect("a range of the tables fits")),
        },
        other => unreachable!("a range of the tables is one of integers, not of {other:?}"),
    }
}

fn text(sample: &Expr) -> String {
    match sample {
        Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => text.value(),
        other => unreachable!("a sample of the tables is a text, not {other:?}"),
    }
}
