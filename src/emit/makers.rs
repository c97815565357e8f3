//! Takes the makers that the tests of a file use, gives the functions that make values of the user's types.
//!
//! A type is written once a file, however many tests use it and however deep it stands in others.

use std::collections::BTreeMap;
use std::rc::Rc;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use syn::visit_mut::{self, VisitMut};

use crate::kinds::{OracleCall, Step, ident};
use crate::plan::{Case, Test};
use crate::resolve::{Given, Lend, Maker, Recipe, Way};

use super::lend::lent;
use super::recipe::{generator, literal};

/// Name of the module that holds the functions of a file.
pub(super) const MODULE: &str = "make";

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

/// The generator of a type of the user.
pub(super) fn used(maker: &Maker) -> TokenStream {
    let (path, module, function) = (&maker.path, format_ident!("{MODULE}"), ident(&maker.function));
    let keeps = keeps(maker);
    let called = |at: Option<TokenStream>| {
        if keeps {
            let at = at.map(|at| quote!(#at,));
            quote!(|#at fields| #module::#function(keep, #at fields))
        } else {
            quote!(#module::#function)
        }
    };
    let made = named(path, maker.recipe(), &called);
    let endings = maker.endings().iter().map(|at| Literal::usize_unsuffixed(*at));
    if maker.endings().is_empty() { made } else { quote!(#made.ending(&[#(#endings),*])) }
}

/// The generator of a value of the user's type whose fields are made in a way of their own.
pub(super) fn inline(path: &str, recipe: &Recipe) -> TokenStream {
    let (_, body) = body(recipe);
    named(path, recipe, &|at| {
        let at = at.map(|at| if is_chosen(recipe) { quote!(#at,) } else { quote!(_,) });
        quote!(|#at fields| #body)
    })
}

/// Whether there are alternatives.
fn is_chosen(recipe: &Recipe) -> bool {
    match recipe {
        Recipe::Enum { variants, .. } => variants.len() > 1,
        Recipe::Ways(ways) => ways.len() > 1,
        _ => false,
    }
}

/// The generator that shows its values by the names of their alternatives.
fn named(path: &str, recipe: &Recipe, called: &dyn Fn(Option<TokenStream>) -> TokenStream) -> TokenStream {
    match recipe {
        Recipe::Enum { variants, .. } => {
            let names = variants.iter().map(|(name, _)| name.to_string());
            let called = called(Some(quote!(at)));
            quote!(rt::chosen(#path, &[#(#names),*], #called))
        }
        Recipe::Ways(ways) => {
            let names = ways.iter().map(|way| format!("{}(..)", way.name));
            let called = called(Some(quote!(at)));
            quote!(rt::constructed(#path, &[#(#names),*], #called))
        }
        _ => {
            let called = called(None);
            quote!(rt::made(#path, #called))
        }
    }
}

/// Whether values of the type borrow from values that the case keeps.
fn keeps(maker: &Maker) -> bool {
    let mut open = Vec::new();
    keeps_in(maker.recipe(), &mut open)
}

/// Whether a value of the recipe needs the case to keep something for it.
pub(super) fn needs_keep(recipe: &Recipe) -> bool {
    keeps_in(recipe, &mut Vec::new())
}

fn keeps_in<'r>(recipe: &'r Recipe, open: &mut Vec<&'r Rc<Maker>>) -> bool {
    match recipe {
        Recipe::Kept { leaked: false, .. } => true,
        Recipe::Made(maker) => {
            if open.iter().any(|known| Rc::ptr_eq(known, maker)) {
                return false;
            }
            open.push(maker);
            keeps_in(maker.recipe(), open)
        }
        recipe => recipe.parts().into_iter().any(|part| keeps_in(part, open)),
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

/// The value of a recipe, and the number of its alternative if there are any.
fn body(recipe: &Recipe) -> (Option<TokenStream>, TokenStream) {
    match recipe {
        Recipe::Struct { path, fields } => {
            let made = literal(&quote!(#path), fields);
            (None, quote!(Ok(#made)))
        }
        Recipe::Enum { path, variants } => {
            let arms: Vec<TokenStream> = variants
                .iter()
                .map(|(variant, fields)| {
                    let made = literal(&quote!(#path::#variant), fields);
                    quote!(Ok(#made))
                })
                .collect();
            (Some(quote!(at: usize,)), matched(&arms))
        }
        Recipe::Ways(ways) => (Some(quote!(at: usize,)), matched(&ways.iter().map(way).collect::<Vec<_>>())),
        other => unreachable!("a maker is one of these, not {other:?}"),
    }
}

fn matched(arms: &[TokenStream]) -> TokenStream {
    if let [only] = arms {
        return only.clone();
    }
    let last = arms.len().saturating_sub(1);
    let arms = arms.iter().enumerate().map(|(at, arm)| {
        let number = Literal::usize_unsuffixed(at);
        if at == last { quote!(_ => #arm,) } else { quote!(#number => #arm,) }
    });
    quote!(match at { #(#arms)* })
}

/// One way to a value: the call, perhaps with steps behind it.
fn way(way: &Way) -> TokenStream {
    let start = &way.start;
    let (bound, passed) = arguments(&way.arguments);
    let started = quote!(#start(#(#passed),*));
    let accepted = |value: TokenStream| {
        if way.refuses { quote!(rt::accepted(#value)) } else { quote!(Ok(#value)) }
    };
    if let Some(pick) = &way.pick {
        // What the function gives may borrow from its arguments, which live as long as the `match`.
        let ended = accepted(quote!(#pick));
        return quote!({ #(#bound)* match #started { it => #ended } });
    }
    if way.steps.is_empty() && way.finish.is_none() {
        let ended = accepted(started);
        return if bound.is_empty() { ended } else { quote!({ #(#bound)* #ended }) };
    }
    let finish = way.finish.as_ref().map(|finish| quote!(.#finish()));
    let ended = accepted(quote!(it #finish));
    let steps = way.steps.iter().map(|step| {
        let method = &step.method;
        let (bound, passed) = arguments(&step.arguments);
        let called = quote!(it.#method(#(#passed),*));
        let called = if step.consumes { quote!(it = #called;) } else { quote!(let _ = #called;) };
        if step.required {
            quote!({ #(#bound)* #called })
        } else {
            quote!(if fields.again()? { #(#bound)* #called })
        }
    });
    quote!({ #(#bound)* let mut it = #started; #(#steps)* #ended })
}

/// What stands before a call, and what is passed to it.
fn arguments(given: &[Given]) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let (mut bound, mut passed) = (Vec::new(), Vec::new());
    for Given { name, recipe, lend } in given {
        let made = generator(recipe, None);
        let drawn = quote!(fields.draw(#name, #made)?);
        if matches!(lend, Lend::Move | Lend::Ref | Lend::RefMut) {
            passed.push(lent(&drawn, lend, Some(recipe)));
        } else {
            let name = ident(name);
            bound.push(quote!(let #name = #drawn;));
            passed.push(lent(&quote!(#name), lend, Some(recipe)));
        }
    }
    (bound, passed)
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
