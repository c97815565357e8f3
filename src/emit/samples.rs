//! Takes the tests of a file, gives the constants for the samples of the inputs that they name.
//!
//! An input is declared once and used by many: so it stands in the generated file as well.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::kinds::{OracleCall, Step, ident};
use crate::model::Id;
use crate::plan::{Case, Test};
use crate::resolve::Recipe;

/// The samples of a recipe.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum List<'p> {
    Text(&'p [String]),
    Bytes(&'p [Vec<u8>]),
}

impl<'p> List<'p> {
    /// Nothing for a recipe without samples, or with several parts that may have some.
    pub(super) fn of(recipe: &'p Recipe) -> Option<Self> {
        match recipe {
            Recipe::Text { like, .. } if !like.is_empty() => Some(List::Text(like)),
            Recipe::Bytes { like, .. } | Recipe::Document { like, .. } if !like.is_empty() => {
                Some(List::Bytes(like))
            }
            Recipe::Near { fresh, made: None, .. } => Self::of(fresh),
            Recipe::Option(inner)
            | Recipe::Boxed(inner)
            | Recipe::Map { inner, .. }
            | Recipe::Known { inner, .. }
            | Recipe::Kept { inner, .. }
            | Recipe::Fitted { inner, .. } => Self::of(inner),
            _ => None,
        }
    }

    /// One by one.
    pub(super) fn literals(self) -> Vec<Literal> {
        match self {
            List::Text(samples) => samples.iter().map(|it| Literal::string(it)).collect(),
            List::Bytes(samples) => samples.iter().map(|it| Literal::byte_string(it)).collect(),
        }
    }
}

/// The constants of one file by their names; nothing where two inputs would share one.
pub(super) struct Samples<'p> {
    constants: BTreeMap<String, Option<(&'p Id, List<'p>)>>,
}

impl<'p> Samples<'p> {
    /// Those that the tests use.
    pub(super) fn of(cases: &[&'p Case]) -> Self {
        let mut constants = BTreeMap::new();
        for case in cases {
            let Test::Oracle(OracleCall { body, .. }) = &case.test else { continue };
            for step in body.all_steps() {
                let Step::Draw { recipe, input: Some(input), .. } = step else { continue };
                let Some(list) = List::of(recipe) else { continue };
                let constant = constants.entry(name(case, input, list)).or_insert(Some((input, list)));
                *constant = constant.filter(|constant| *constant == (input, list));
            }
        }
        Self { constants }
    }

    /// The constant that holds the samples of a value made by `recipe`.
    pub(super) fn constant(&self, input: Option<&Id>, recipe: &Recipe) -> Option<Ident> {
        let wanted = (input?, List::of(recipe)?);
        let (name, _) = self.constants.iter().find(|(_, constant)| **constant == Some(wanted))?;
        Some(ident(name))
    }

    /// Their declarations.
    pub(super) fn items(&self) -> Vec<TokenStream> {
        let constants = self.constants.iter().filter_map(|(name, constant)| Some((name, constant.as_ref()?)));
        let item = |(name, (input, list)): (&String, &(&Id, List<'_>))| {
            let doc = format!(" Samples of the input `{input}`.");
            let (name, samples) = (ident(name), list.literals());
            let ty = match list {
                List::Text(_) => quote!(str),
                List::Bytes(_) => quote!([u8]),
            };
            quote! {
                #[doc = #doc]
                const #name: &[&#ty] = &[#(#samples),*];
            }
        };
        constants.map(item).collect()
    }
}

fn name(case: &Case, input: &Id, list: List<'_>) -> String {
    let of_file = if input.namespace() == case.id.namespace() {
        String::new()
    } else {
        format!("{}__", input.namespace().replace('.', "_"))
    };
    let sort = if matches!(list, List::Bytes(_)) { "_bytes" } else { "" };
    format!("{of_file}{}{sort}", input.name()).to_uppercase()
}
