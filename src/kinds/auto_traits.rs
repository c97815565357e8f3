//! # `auto_traits`
//!
//! ## What it requires
//! A type may be sent to other threads, shared between them, moved while it is pinned, or used across a caught panic only if what it holds may: it is `Send`, `Sync`, `Unpin`, `UnwindSafe` or `RefUnwindSafe` only under the conditions that the declaration names.
//! With `exactly = true` it has the trait whenever they are met, too.
//!
//! ## Why it matters
//! One `unsafe impl<T> Sync` without a bound lets safe code count the references of an `Rc` on two threads at once, and free what is in use.
//! The compiler trusts the line and nothing fails until it does in production; nobody sees that a bound is missing.
//!
//! ## Declaration
//! ```toml
//! [constraint.shared_only_if_movable]
//! says    = "A guarded cell may be shared between threads only if the value inside may be moved to another thread"
//! kind    = "auto_traits"
//! target  = "crate::Guarded<T>"
//! sync    = "T: Send"
//! send    = "T: Send"
//! exactly = true
//! ```
//! A condition is a list of bounds as in a `where` clause, `"T: Send + Sync, U: Send"`, or `"always"`, or `"never"`.
//! `generics = { T = "support::Local, support::Shared" }` names the types that stand for a parameter, where its bounds ask for more than the traits of std.
//!
//! ## Holds
//! ```rust
//! pub struct Guarded<T> {
//!     taken: std::sync::atomic::AtomicBool,
//!     value: std::cell::UnsafeCell<T>,
//! }
//!
//! unsafe impl<T: Send> Sync for Guarded<T> {}
//! ```
//!
//! ## Violated
//! ```rust
//! pub struct Guarded<T> {
//!     taken: std::sync::atomic::AtomicBool,
//!     value: std::cell::UnsafeCell<T>,
//! }
//!
//! unsafe impl<T> Sync for Guarded<T> {} // red: main.shared_only_if_movable
//! ```
//!
//! ## How it is checked
//! The compiler is asked, with one type after the other for each open parameter: one with all auto traits, one that is `Sync` and not `Send`, one that is `Send` and not `Sync`, one that is neither, and one for each further trait that the declaration speaks of; several parameters in all combinations.
//! The test compiles whatever the answers are.
//! The types have the traits of std that parameters are commonly asked for; a parameter with other bounds is a type that meets them.
//!
//! ## What it cannot see
//! Whether the conditions are the right ones, and whether code that is `Send` by its bounds is free of races.
//! Conditions on lifetimes: no argument borrows.
//!
//! ## References
//! - The Rustonomicon, `Send` and `Sync`: <https://doc.rust-lang.org/nomicon/send-and-sync.html>
//! - CWE-362, race condition: <https://cwe.mitre.org/data/definitions/362.html>

use constraints_wire::Witness;
use syn::Type;

use super::{Body, Claim, Kind, OracleCall, Sense};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, Shape, Status, Subject};
use crate::resolve::{Bound, Choices, Condition, GenericType, OpenParameter, Target, auto_trait};

/// A type has auto traits only under conditions.
#[derive(Debug)]
pub(super) struct AutoTraits;

impl Kind for AutoTraits {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "auto_traits",
            shape: Shape::Source,
            area: Area::Security,
            summary: "a type is Send, Sync or Unpin only if what it holds is",
            status: Status::Preview,
            subject: Subject::Generic,
            keys: &[
                condition("send", "When values may be moved to another thread."),
                condition("sync", "When values may be shared between threads."),
                condition("unpin", "When values may be moved although they were pinned."),
                condition("unwind_safe", "When values may be used after a panic that was caught."),
                condition("ref_unwind_safe", "When shared values may be used after a panic that was caught."),
                Key {
                    name: "exactly",
                    shape: KeyShape::Flag,
                    required: false,
                    says: "Whether the type has the traits whenever their conditions are met.",
                },
            ],
            source: include_str!("auto_traits.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let constraint = bound.constraint;
        let Target::Generic(ty) = &bound.target else {
            return Err(Fault::error(Code::WrongTarget, constraint.target.span, "the target is not a type"));
        };
        if ty.conditions.is_empty() {
            let fault =
                Fault::error(Code::MissingKey, constraint.id.span, "the declaration names no auto trait");
            return Err(fault.help("say when the type is one: `send = \"T: Send\"`, `sync = \"never\"`"));
        }
        let exactly = constraint.flag("exactly");
        let claims: Vec<Claim> =
            ty.conditions.iter().filter_map(|(key, condition)| claim(key, condition, exactly)).collect();
        let choices = choices(ty, &concerned(&claims));
        let body = Body::Types { shown: ty.shown.clone(), ty: Box::new(ty.ty.clone()), choices, claims };
        Ok(OracleCall { oracle: "auto_traits", body })
    }

    fn sense(&self, key: &str) -> Sense {
        if key == "exactly" { Sense::More } else { Sense::Same }
    }

    fn message(&self, witness: &Witness) -> String {
        if witness.seen.is_empty() { "has an auto trait too freely".to_owned() } else { witness.seen.clone() }
    }
}

const fn condition(name: &'static str, says: &'static str) -> Key {
    Key { name, shape: KeyShape::Text, required: false, says }
}

/// The traits by their keys.
const TRAITS: [(&str, &str); 5] = [
    ("send", "Send"),
    ("sync", "Sync"),
    ("unpin", "Unpin"),
    ("unwind_safe", "UnwindSafe"),
    ("ref_unwind_safe", "RefUnwindSafe"),
];

fn claim(key: &str, condition: &Condition, exactly: bool) -> Option<Claim> {
    let (_, name) = TRAITS.iter().find(|(name, _)| *name == key)?;
    let of = auto_trait(name)?;
    Some(match condition {
        Condition::Never => Claim { of, has: "Never", conditions: Vec::new() },
        Condition::Always => Claim { of, has: "Always", conditions: Vec::new() },
        Condition::If(all) => {
            Claim { of, has: if exactly { "ExactlyIf" } else { "OnlyIf" }, conditions: all.clone() }
        }
    })
}

/// The auto traits that the statements speak of.
fn concerned(claims: &[Claim]) -> Vec<&'static str> {
    let bounds = claims.iter().flat_map(|claim| &claim.conditions).flat_map(|(_, bounds)| bounds);
    let of_bounds = bounds.filter_map(|bound| match bound {
        syn::TypeParamBound::Trait(bound) => Some(&bound.path),
        _ => None,
    });
    let paths: Vec<&syn::Path> = claims.iter().map(|claim| &claim.of).chain(of_bounds).collect();
    let is_named =
        |name: &str| paths.iter().any(|path| path.segments.last().is_some_and(|it| it.ident == name));
    TRAITS.iter().map(|(_, name)| *name).filter(|name| is_named(name)).collect()
}

/// What stands in for a parameter, and the auto traits that it lacks.
type StandIn = (&'static str, &'static [&'static str]);

/// All of them, the one that lacks nothing first.
const STAND_INS: [StandIn; 7] = [
    ("Plain", &[]),
    ("NotSend", &["Send"]),
    ("NotSync", &["Sync"]),
    ("NotSendSync", &["Send", "Sync"]),
    ("NotUnpin", &["Unpin"]),
    ("NotUnwindSafe", &["UnwindSafe"]),
    ("NotRefUnwindSafe", &["RefUnwindSafe"]),
];

/// Combinations of types that are asked about at most.
const COMBINATIONS: usize = 128;

/// What stands for each parameter: what lacks one of the traits in question, and what lacks none.
fn choices(ty: &GenericType, concerned: &[&str]) -> Vec<(String, Vec<Type>)> {
    // Who may be sent and who may be shared is one question: a reference asks for one where the other is stated.
    let threads = concerned.iter().any(|name| matches!(*name, "Send" | "Sync"));
    let is_asked = |name: &&str| concerned.contains(name) || (threads && matches!(*name, "Send" | "Sync"));
    let lacking = |needs: &[&str]| {
        let fits = |(_, lacks): &&StandIn| lacks.iter().all(|name| is_asked(name) && !needs.contains(name));
        STAND_INS.iter().filter(fits).copied().collect::<Vec<_>>()
    };
    let mut all: Vec<(String, Vec<Type>)> = ty.parameters.iter().map(|it| parameter(it, &lacking)).collect();
    while all.iter().map(|(_, types)| types.len()).product::<usize>() > COMBINATIONS {
        let Some((_, longest)) = all.iter_mut().rev().max_by_key(|(_, types)| types.len()) else { break };
        if longest.len() <= 2 {
            break;
        }
        longest.pop();
    }
    all
}

fn parameter(open: &OpenParameter, lacking: &dyn Fn(&[&str]) -> Vec<StandIn>) -> (String, Vec<Type>) {
    let types = match &open.choices {
        Choices::These(types) => types.clone(),
        Choices::StandIns(needs) => {
            let path = |(name, _): (&str, _)| syn::parse_str(&format!("rt::{name}")).ok();
            lacking(needs).into_iter().filter_map(path).collect()
        }
        Choices::Functions(of, needs) => {
            // A box is always `Unpin`.
            let boxed = lacking(needs).into_iter().filter(|(_, lacks)| !lacks.contains(&"Unpin"));
            boxed.map(|(_, lacks)| function(of, lacks)).collect()
        }
    };
    (open.name.clone(), types)
}

/// A boxed function with all auto traits but these.
fn function(of: &syn::TraitBound, lacks: &[&str]) -> Type {
    let had = TRAITS.iter().map(|(_, name)| *name).filter(|name| *name != "Unpin" && !lacks.contains(name));
    let mut bounds: syn::punctuated::Punctuated<syn::TypeParamBound, syn::Token![+]> =
        std::iter::once(syn::TypeParamBound::Trait(of.clone())).collect();
    for path in had.filter_map(auto_trait) {
        bounds.push(syn::parse_quote!(#path));
    }
    syn::parse_quote!(Box<dyn #bounds>)
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{Example, HERE, example, refused};
    use crate::resolve::{Choices, Condition, GenericType, OpenParameter, Target};

    fn guarded(conditions: Vec<(&'static str, Condition)>) -> Example {
        let parameter = OpenParameter { name: "T".into(), choices: Choices::StandIns(Vec::new()) };
        let ty = GenericType {
            ty: syn::parse_quote!(app::Guarded<T>),
            shown: "Guarded<T>".into(),
            parameters: vec![parameter],
            conditions,
            defined: HERE,
        };
        example("auto_traits", "shared", "Guarded").target(Target::Generic(Box::new(ty)))
    }

    #[test]
    fn a_declaration_says_something_of_a_type() {
        assert_eq!(refused(&guarded(vec![("sync", Condition::Never)])), "accepted");
        insta::assert_snapshot!(refused(&guarded(Vec::new())), @r#"
        missing-key: the declaration names no auto trait
        help: say when the type is one: `send = "T: Send"`, `sync = "never"`
        "#);
        insta::assert_snapshot!(refused(&example("auto_traits", "shared", "parse")), @"wrong-target: the target is not a type");
    }
}
