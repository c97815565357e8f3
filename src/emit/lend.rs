//! Takes an owned value and how a parameter wants it, gives the argument.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Index;

use crate::kinds::{ident, is_copy};
use crate::resolve::{Lend, Recipe};

/// What a call is given for the owned value `value`, which `recipe` made if that is known.
pub(super) fn lent(value: &TokenStream, lend: &Lend, recipe: Option<&Recipe>) -> TokenStream {
    // A function is a closure written at the call, where the compiler knows what it takes.
    let value = &match recipe.map(made) {
        Some(recipe @ Recipe::Closure { ty: None, .. }) => closure(value, recipe),
        _ => value.clone(),
    };
    match lend {
        Lend::Move => value.clone(),
        // An argument may be coerced: `&String` will do for `&str`.
        Lend::Ref | Lend::View => quote!(&#value),
        Lend::RefMut => quote!(&mut #value),
        Lend::EachRef(_) | Lend::Each(_) | Lend::Iterator(_) | Lend::Option(_) | Lend::Tuple(_) => {
            part(value, lend, recipe, false)
        }
    }
}

/// The function that a value stands for, as a closure; other values as they are.
pub(super) fn closure(value: &TokenStream, recipe: &Recipe) -> TokenStream {
    let Recipe::Closure { arity, wrapped, is_pointer, .. } = recipe else { return value.clone() };
    let arguments = (1..=*arity).map(|at| if *arity == 1 { ident("a") } else { format_ident!("a{at}") });
    let closure = if *is_pointer { format_ident!("pointer") } else { format_ident!("closure") };
    let closure = quote!(rt::#closure!(#value, #(#arguments),*));
    wrapped.maker().map_or_else(|| closure.clone(), |maker| quote!(#maker(#closure)))
}

/// The same for a part of a value: `it` behind a reference, or a field of it.
///
/// Elements of a collected list are not coerced, so what a `String` lends as `&str` has to be said.
fn part(value: &TokenStream, lend: &Lend, recipe: Option<&Recipe>, is_reference: bool) -> TokenStream {
    match lend {
        Lend::Move => match (recipe.is_some_and(is_copy), is_reference) {
            (true, true) => quote!(*#value),
            (true, false) => value.clone(),
            (false, _) => quote!(#value.clone()),
        },
        Lend::Ref if is_reference => value.clone(),
        Lend::Ref => quote!(&#value),
        Lend::View => match (Seen::of(recipe), is_reference) {
            (Seen::Text, _) => quote!(#value.as_str()),
            (Seen::Slice, _) => quote!(#value.as_slice()),
            (Seen::Unknown, true) => quote!(&**#value),
            (Seen::Unknown, false) => quote!(&*#value),
        },
        Lend::RefMut => quote!(&mut #value),
        Lend::EachRef(each) => {
            let each = each_of(value, each, recipe);
            quote!(&#each.collect::<Vec<_>>())
        }
        Lend::Each(each) => {
            let each = each_of(value, each, recipe);
            quote!(#each.collect::<Vec<_>>())
        }
        Lend::Iterator(each) => each_of(value, each, recipe),
        Lend::Option(inside) => optional(value, inside, recipe),
        Lend::Tuple(parts) => {
            let recipes = match recipe.map(made) {
                Some(Recipe::Tuple(recipes)) => recipes.as_slice(),
                _ => &[],
            };
            let parts = parts.iter().enumerate().map(|(at, lend)| {
                let position = Index::from(at);
                part(&quote!(#value.#position), lend, recipes.get(at), false)
            });
            quote!((#(#parts,)*))
        }
    }
}

fn optional(value: &TokenStream, inside: &Lend, recipe: Option<&Recipe>) -> TokenStream {
    let recipe = match recipe.map(made) {
        Some(Recipe::Option(inner)) => Some(&**inner),
        _ => None,
    };
    match inside {
        Lend::Move => quote!(#value.clone()),
        Lend::Ref => quote!(#value.as_ref()),
        Lend::View => quote!(#value.as_deref()),
        _ => {
            let inner = part(&quote!(it), inside, recipe, true);
            quote!(#value.as_ref().map(|it| #inner))
        }
    }
}

/// An iterator over what the elements lend.
fn each_of(value: &TokenStream, each: &Lend, recipe: Option<&Recipe>) -> TokenStream {
    let recipe = match recipe.map(made) {
        Some(Recipe::Vec(inner) | Recipe::Array(inner, _) | Recipe::Pieces(inner)) => Some(&**inner),
        _ => None,
    };
    let each = part(&quote!(it), each, recipe, true);
    quote!(#value.iter().map(|it| #each))
}

/// What a value that is seen as something without a size is.
enum Seen {
    Text,
    Slice,
    Unknown,
}

impl Seen {
    fn of(recipe: Option<&Recipe>) -> Self {
        match recipe.map(made) {
            Some(
                Recipe::Text { .. }
                | Recipe::Matching(_)
                | Recipe::LikeFiles { text: true, .. }
                | Recipe::Document { text: true, .. }
                | Recipe::OneOfFiles { text: true, .. },
            ) => Self::Text,
            Some(
                Recipe::Bytes { .. }
                | Recipe::Vec(_)
                | Recipe::Pieces(_)
                | Recipe::LikeFiles { text: false, .. }
                | Recipe::Document { text: false, .. }
                | Recipe::OneOfFiles { text: false, .. },
            ) => Self::Slice,
            _ => Self::Unknown,
        }
    }
}

/// The recipe that decides the type.
fn made(recipe: &Recipe) -> &Recipe {
    match recipe {
        Recipe::Near { fresh: inner, .. }
        | Recipe::Fitted { inner, .. }
        | Recipe::Column { fresh: Some(inner), .. } => made(inner),
        _ => recipe,
    }
}
