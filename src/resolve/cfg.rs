//! Takes the attributes of an item, says whether a plain build of the library has the item.
//!
//! It knows the features that are on and the machine that is built for. What a build script may set stays open,
//! and an item whose condition is open is taken as there.

use std::collections::BTreeSet;

use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Lit, Meta, Token};

/// What conditions are judged by.
#[derive(Clone, Debug, Default)]
pub(super) struct Conditions {
    /// The features that are on.
    pub features: BTreeSet<String>,
    /// What the compiler sets for the machine that is built for, a line each, as `rustc --print cfg` has it;
    /// nothing for the machine at hand.
    pub machine: Option<BTreeSet<String>>,
}

/// Whether an item under `attributes` may be part of the library.
pub(super) fn is_enabled(attributes: &[Attribute], conditions: &Conditions) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).all(|attribute| {
        attribute.parse_args::<Meta>().map_or(true, |meta| holds(&meta, conditions) != Some(false))
    })
}

/// The attributes with what stands under `cfg_attr` in the place of it, unless its condition does not hold.
pub(super) fn applied(attributes: Vec<Attribute>, conditions: &Conditions) -> Vec<Attribute> {
    let mut all = Vec::new();
    for attribute in attributes {
        if !attribute.path().is_ident("cfg_attr") {
            all.push(attribute);
            continue;
        }
        let list = Punctuated::<Meta, Token![,]>::parse_terminated;
        let Ok(parts) = attribute.parse_args_with(list) else { continue };
        let mut parts = parts.into_iter();
        if parts.next().is_some_and(|condition| holds(&condition, conditions) != Some(false)) {
            let inner = parts.map(|meta| Attribute { meta, ..attribute.clone() }).collect();
            all.extend(applied(inner, conditions));
        }
    }
    all
}

/// Whether any condition stands before an item.
pub(super) fn is_conditional(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr"))
}

/// Whether the condition holds; nothing if that cannot be known from here.
pub(super) fn holds(meta: &Meta, conditions: &Conditions) -> Option<bool> {
    match meta {
        Meta::Path(path) => path.get_ident().and_then(|name| flag(&name.to_string(), conditions)),
        Meta::NameValue(pair) => {
            let name = pair.path.get_ident()?.to_string();
            let Expr::Lit(literal) = &pair.value else { return None };
            let Lit::Str(value) = &literal.lit else { return None };
            setting(&name, &value.value(), conditions)
        }
        Meta::List(list) => {
            let parts = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok()?;
            let parts: Vec<_> = parts.iter().map(|part| holds(part, conditions)).collect();
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

fn flag(name: &str, conditions: &Conditions) -> Option<bool> {
    match (name, &conditions.machine) {
        ("unix" | "windows", Some(machine)) => Some(machine.contains(name)),
        ("unix", None) => Some(cfg!(unix)),
        ("windows", None) => Some(cfg!(windows)),
        ("debug_assertions" | "true", _) => Some(true),
        (
            "test" | "doc" | "doctest" | "docsrs" | "miri" | "loom" | "fuzzing" | "kani" | "proc_macro"
            | "false",
            _,
        ) => Some(false),
        _ => None,
    }
}

fn setting(name: &str, value: &str, conditions: &Conditions) -> Option<bool> {
    let machine = |of_this: &str| match &conditions.machine {
        Some(machine) => machine.contains(&format!("{name}={value:?}")),
        None => of_this == value,
    };
    match (name, &conditions.machine) {
        ("feature", _) => Some(conditions.features.contains(value)),
        ("target_os", _) => Some(machine(std::env::consts::OS)),
        ("target_arch", _) => Some(machine(std::env::consts::ARCH)),
        ("target_family", _) => Some(machine(std::env::consts::FAMILY)),
        ("target_env" | "target_vendor" | "target_endian" | "target_pointer_width", Some(_)) => {
            Some(machine(""))
        }
        _ => None,
    }
}
