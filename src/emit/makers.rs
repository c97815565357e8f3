//! Takes the makers that the tests of a file use, gives the functions that make values of the user's types.
//!
//! A type is written once a file, however many tests use it and however deep it stands in others.

use std::collections::BTreeMap;
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::visit_mut::{self, VisitMut};

use crate::kinds::{OracleCall, Step, ident};
use crate::plan::{Case, Test};
use crate::resolve::{Maker, Recipe};

use super::keep::{MODULE, keeps};
use super::recipe::body;

/// The makers that some tests use, by the name of their function.
#[derive(Default)]
pub(super) struct Makers<'p>(BTreeMap<&'p str, &'p Rc<Maker>>);

impl<'p> Makers<'p> {
    /// Those that the tests use, with what they use themselves.
    pub(super) fn of(cases: &[&'p Case]) -> Self {
        let mut makers = Self::default();
        for case in cases {
            let Test::Oracle(OracleCall { body, .. }) = &case.test else { continue };
            for step in body.all_steps() {
                if let Step::Draw { recipe, .. } = step {
                    makers.add(recipe);
                }
            }
        }
        makers
    }

    fn add(&mut self, recipe: &'p Recipe) {
        if let Recipe::Made(maker) = recipe {
            if self.0.insert(&maker.function, maker).is_none() {
                self.add(maker.recipe());
            }
            return;
        }
        for part in recipe.parts() {
            self.add(part);
        }
    }

    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &Maker> {
        self.0.values().map(|maker| &***maker)
    }

    /// The module with their functions; nothing if there are none.
    pub(super) fn module(&self) -> Option<TokenStream> {
        if self.0.is_empty() {
            return None;
        }
        let module = format_ident!("{MODULE}");
        let functions = self.0.values().map(|maker| function(maker));
        Some(quote! {
            /// How values of the crate's own types are made.
            mod #module {
                use super::*;
                #(#functions)*
            }
        })
    }
}

/// The function that makes one value; left out like a test if the compiler refuses it.
fn function(maker: &Maker) -> TokenStream {
    let name = ident(&maker.function);
    let without = format!("{MODULE}::{}", maker.function);
    let doc = format!(" Makes a value of `{}`.", maker.path);
    let mut ty = maker.ty.clone();
    let keep = if keeps(maker) {
        Lifetimes.visit_type_mut(&mut ty);
        Some((quote!(<'k>), quote!(keep: &'k rt::Keep,)))
    } else {
        None
    };
    let (generics, keep) = keep.unzip();
    let (at, body) = body(maker.recipe());
    quote! {
        #[doc = #doc]
        #[cfg(not(without = #without))]
        pub fn #name #generics(
            #keep #at fields: &mut rt::Fields<'_, '_>,
        ) -> Result<#ty, rt::Stop> {
            #body
        }
    }
}

/// Gives references and types without a lifetime the one of what is kept.
struct Lifetimes;

impl VisitMut for Lifetimes {
    fn visit_type_reference_mut(&mut self, ty: &mut syn::TypeReference) {
        if ty.lifetime.is_none() {
            ty.lifetime = Some(syn::Lifetime::new("'k", proc_macro2::Span::call_site()));
        }
        visit_mut::visit_type_reference_mut(self, ty);
    }
}
