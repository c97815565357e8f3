//! Takes the attributes of an item, says whether a plain build of the library has the item.
//!
//! It knows what Cargo sets by default and the machine it runs on. What a build script may set stays open,
//! and an item whose condition is open is taken as there.

use std::collections::BTreeSet;

use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Lit, Meta, Token};

/// Whether an item under `attributes` may be part of the library.
pub(super) fn is_enabled(attributes: &[Attribute], features: &BTreeSet<String>) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).all(|attribute| {
        attribute.parse_args::<Meta>().map_or(true, |meta| holds(&meta, features) != Some(false))
    })
}

/// Whether any condition stands before an item.
pub(super) fn is_conditional(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr"))
}

/// Whether the condition holds; nothing if that cannot be known from here.
fn holds(meta: &Meta, features: &BTreeSet<String>) -> Option<bool> {
    match meta {
        Meta::Path(path) => path.get_ident().and_then(|name| flag(&name.to_string())),
        Meta::NameValue(pair) => {
            let name = pair.path.get_ident()?.to_string();
            let Expr::Lit(literal) = &pair.value else { return None };
            let Lit::Str(value) = &literal.lit else { return None };
            setting(&name, &value.value(), features)
        }
        Meta::List(list) => {
            let parts = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok()?;
            let parts: Vec<_> = parts.iter().map(|part| holds(part, features)).collect();
            match list.path.get_ident()?.to_string().as_str() {
                "not" => parts.first().copied().flatten().map(|holds| !holds),
                "all" => unless(&parts, false),
                "any" => unless(&parts, true),
                _ => None,
            }
        }
    }
}

/// `decisive` if any part is, its opposite if every part is, otherwise open.
fn unless(parts: &[Option<bool>], decisive: bool) -> Option<bool> {
    if parts.contains(&Some(decisive)) {
        Some(decisive)
    } else if parts.iter().all(Option::is_some) {
        Some(!decisive)
    } else {
        None
    }
}

fn flag(name: &str) -> Option<bool> {
    match name {
        "unix" => Some(cfg!(unix)),
        "windows" => Some(cfg!(windows)),
        "debug_assertions" | "true" => Some(true),
        "test" | "doc" | "doctest" | "docsrs" | "miri" | "loom" | "fuzzing" | "kani" | "proc_macro"
        | "false" => Some(false),
        _ => None,
    }
}

fn setting(name: &str, value: &str, features: &BTreeSet<String>) -> Option<bool> {
    match name {
        "feature" => Some(features.contains(value)),
        "target_os" => Some(std::env::consts::OS == value),
        "target_arch" => Some(std::env::consts::ARCH == value),
        "target_family" => Some(std::env::consts::FAMILY == value),
        _ => None,
    }
}
