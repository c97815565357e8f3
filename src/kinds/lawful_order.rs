//! # `lawful_order`
//!
//! ## What it requires
//! The comparisons of a type keep the laws of their traits:
//! `==` is symmetric and transitive, and with `Eq` every value is equal to itself; `!=` is its opposite;
//! equal values have equal hashes; `partial_cmp` and `cmp` are `Equal` where `==` is true and only there, are turned round with their sides, agree with each other and with `<`, `<=`, `>` and `>=`, and are transitive.
//! The laws are those of the traits that the type derives or implements in the sources, or of those that `traits` names.
//!
//! ## Why it matters
//! Maps, sets, sorting and binary search rely on these laws and check none of them.
//! A hash that knows more than `==` loses entries, an order that takes NaN for equal to everything sorts at random, and since Rust 1.81 `sort` may panic.
//!
//! ## Declaration
//! ```toml
//! [constraint.names_compare]
//! says   = "Names of headers can be compared, sorted and looked up, whatever their case"
//! kind   = "lawful_order"
//! target = "crate::HeaderName"
//! ```
//!
//! ## Holds
//! ```rust
//! #[derive(Clone, Debug, Eq)]
//! pub struct HeaderName(pub String);
//!
//! impl PartialEq for HeaderName {
//!     fn eq(&self, other: &Self) -> bool {
//!         self.0.eq_ignore_ascii_case(&other.0)
//!     }
//! }
//!
//! impl std::hash::Hash for HeaderName {
//!     fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
//!         self.0.to_ascii_lowercase().hash(state);
//!     }
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! #[derive(Clone, Debug, Eq)]
//! pub struct HeaderName(pub String);
//!
//! impl PartialEq for HeaderName {
//!     fn eq(&self, other: &Self) -> bool {
//!         self.0.eq_ignore_ascii_case(&other.0)
//!     }
//! }
//!
//! impl std::hash::Hash for HeaderName {
//!     fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
//!         self.0.hash(state); // red: main.names_compare
//!     }
//! }
//! ```
//!
//! ## How it is checked
//! Three values are generated, each near the one before: equal but written otherwise, one step apart, now and then the same or unrelated.
//! Every law is judged for every order of the three.
//! `args.value` says how the values are made, where their type does not.
//!
//! ## What it cannot see
//! Laws that only values break which are far apart and not at the borders of their type.
//! Whether the order is the one that was meant.
//!
//! ## References
//! - `std::cmp`, `std::hash::Hash`: <https://doc.rust-lang.org/std/hash/trait.Hash.html#hash-and-eq>
//! - CWE-697, incorrect comparison: <https://cwe.mitre.org/data/definitions/697.html>

use constraints_wire::Witness;
use syn::{Expr, Ident, parse_quote};

use super::lowering::{ident, on_values};
use super::{Body, Kind, OracleCall, Show, Step};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, Shape, Status, Subject};
use crate::resolve::{Bound, Target};

/// The comparisons of a type keep the laws of their traits.
#[derive(Debug)]
pub(super) struct LawfulOrder;

impl Kind for LawfulOrder {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "lawful_order",
            shape: Shape::Property,
            area: Area::Correctness,
            summary: "the comparisons of a type keep the laws of Eq, Ord and Hash",
            status: Status::Preview,
            subject: Subject::Type,
            keys: &[Key {
                name: "traits",
                shape: KeyShape::Words,
                required: false,
                says: "The traits whose laws are judged, of `PartialEq`, `Eq`, `Hash`, `PartialOrd` and `Ord`; those the sources show by default.",
            }],
            source: include_str!("lawful_order.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let traits = traits(bound)?;
        let Some(value) = bound.values.first() else {
            unreachable!("a type of which no value can be made was bound: {:?}", bound.target)
        };
        let mut steps = Vec::new();
        for (at, name) in NAMES.iter().enumerate() {
            let near = at.checked_sub(1).map(|before| NAMES[before].to_owned());
            steps.extend(near.map(|before| Step::Resemble(vec![before])));
            steps.push(Step::Draw {
                name: (*name).to_owned(),
                recipe: value.recipe.clone(),
                input: value.input.clone(),
                mutable: false,
            });
        }
        let names: [Ident; 3] = NAMES.map(ident);
        for name in &names {
            let (shown, value): (String, Expr) = (name.to_string(), parse_quote!(#name));
            steps.push(Step::See { name: shown, value, against: None });
        }
        steps.extend(bound.when.clone().map(Step::When));
        let laws = LAWS.iter().filter(|(name, _)| traits.contains(name));
        let values: Expr = parse_quote!([#(&#names),*]);
        steps.extend(laws.map(|(_, method)| Step::State {
            method,
            arguments: vec![values.clone()],
            show: Show::Nothing,
        }));
        Ok(OracleCall { oracle: "lawful_order", body: Body::Cases(steps) })
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("breaks a law of comparison", witness)
    }
}

/// What the values are called, in `when` and where a person reads of them.
const NAMES: [&str; 3] = ["a", "b", "c"];

/// The traits, and the methods of the runtime that state their laws; equality first, for the others build on it.
const LAWS: [(&str, &str); 5] = [
    ("PartialEq", "partial_eq_laws"),
    ("Eq", "eq_laws"),
    ("Hash", "hash_laws"),
    ("PartialOrd", "partial_ord_laws"),
    ("Ord", "ord_laws"),
];

/// The traits whose laws are judged: those the declaration names, or else those of the type.
fn traits<'b>(bound: &'b Bound<'_>) -> Result<Vec<&'b str>, Fault> {
    let named = bound.constraint.words("traits");
    let listed = LAWS.map(|(name, _)| format!("`{name}`")).join(", ");
    if let Some(unknown) = named.iter().find(|word| LAWS.iter().all(|(name, _)| word.value != *name)) {
        let message = format!("`{}` says nothing of how values compare", unknown.value);
        return Err(
            Fault::error(Code::InvalidValue, unknown.span, message).help(format!("`traits` takes {listed}"))
        );
    }
    let Target::Type(item) = &bound.target else {
        return Err(Fault::error(
            Code::WrongTarget,
            bound.constraint.target.span,
            "the target is not a type",
        ));
    };
    if !named.is_empty() {
        return Ok(named.iter().map(|word| word.value.as_str()).collect());
    }
    if item.traits.is_empty() {
        let message = "the sources do not show how values of this type compare";
        return Err(Fault::error(Code::WrongTarget, bound.constraint.target.span, message)
            .also(item.defined, "it derives and implements none of the traits")
            .help(format!(
                "where a macro implements them, name them: `traits = [..]` with some of {listed}"
            )));
    }
    Ok(item.traits.clone())
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{Example, HERE, example, refused, text, words};
    use crate::resolve::{Target, TypeItem};

    fn version(traits: &[&'static str]) -> Example {
        let item = TypeItem { traits: traits.to_vec(), defined: HERE };
        example("lawful_order", "compares", "Version").target(Target::Type(item)).value("value", text())
    }

    #[test]
    fn the_traits_are_those_of_the_type_or_those_named() {
        assert_eq!(refused(&version(&["PartialEq", "Hash"])), "accepted");
        assert_eq!(refused(&version(&[]).key("traits", words(&["PartialEq", "Ord"]))), "accepted");
        insta::assert_snapshot!(refused(&version(&[])), @r"
        wrong-target: the sources do not show how values of this type compare
        help: where a macro implements them, name them: `traits = [..]` with some of `PartialEq`, `Eq`, `Hash`, `PartialOrd`, `Ord`
        ");
        insta::assert_snapshot!(refused(&version(&["PartialEq"]).key("traits", words(&["Clone"]))), @r"
        invalid-value: `Clone` says nothing of how values compare
        help: `traits` takes `PartialEq`, `Eq`, `Hash`, `PartialOrd`, `Ord`
        ");
    }

    #[test]
    fn only_types_compare() {
        let module = version(&[]).target(Target::Module(vec!["core".into()]));
        insta::assert_snapshot!(refused(&module), @"wrong-target: the target is not a type");
    }
}
