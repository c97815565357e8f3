//! Takes steps that several threads take on one value, gives the loop of their test.
//!
//! Each step is a closure that may run again and again, so it owns its arguments and passes on clones of them.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use syn::Expr;

use crate::kinds::{Arm, Call, Plays, Step, Steps, ident, is_copy};

use super::awaits::waiting;
use super::moves::{Used, sparing};
use super::steps::{Writer, recipes, shown, used};
use super::walk::Stepping;

impl Writer<'_> {
    /// The start, the loop over the steps, and the rounds.
    pub(super) fn together(&self, walk: &Steps) -> TokenStream {
        let case = self.case;
        let given = self.moved();
        let spared = |it: &Expr| waiting(&sparing(it, &given, &|_| true));
        let threads = Literal::usize_unsuffixed(walk.threads);
        let start = walk.start.as_ref().map_or_else(|| quote!(it.clone()), &spared);
        let start = if let Some(ty) = &walk.ty { quote!(|| -> #ty { #start }) } else { quote!(|| #start) };
        let made = if let Some(reference) = walk.reference.as_ref().map(&spared) {
            quote!(rt::together_like(#threads, #start, || #reference))
        } else {
            quote!(rt::together(#threads, #start))
        };
        let dares = walk.dares.then(|| quote!(steps.may_panic();));
        let holds = walk.holds.iter().map(|(text, it)| {
            let holds = spared(it);
            if Used::of(it).has("model") {
                quote!(steps.agrees(#text, |it, model| #holds);)
            } else {
                quote!(steps.holds(#text, |it| #holds);)
            }
        });
        let names: Vec<&str> = walk.arms.iter().map(|arm| arm.name.as_str()).collect();
        let arms = walk.arms.iter().enumerate().map(|(at, arm)| {
            let number = Literal::usize_unsuffixed(at);
            let pattern = if at + 1 == walk.arms.len() { quote!(_) } else { quote!(#number) };
            let recipes = recipes(&arm.draws);
            let arm = Stepping { writer: self, walk, arm, given: &given, recipes }.together();
            quote!(#pattern => { #arm })
        });
        quote! {
            let mut steps = #made;
            #dares
            #(#holds)*
            while let Some(step) = #case.next_step(&[#(#names),*])? {
                match step { #(#arms)* }
            }
            #case.explained(&steps)?;
        }
    }
}

impl Stepping<'_> {
    fn together(&self) -> TokenStream {
        let case = self.writer.case;
        let draws = self.draws(false);
        let skips = self.skips();
        let shared = self.shared();
        let Some(alone) = self.alone() else {
            return quote!(#draws #skips steps.takes(#case, #shared););
        };
        quote!(#draws #skips steps.takes_as(#case, #shared, #alone);)
    }

    /// The step on the value that others use at the same time.
    fn shared(&self) -> TokenStream {
        let call = self.call();
        let then = self.arm.then.as_ref().map(|(text, then)| {
            let then = self.spared(then, false);
            quote!(said.holds(#text, #then);)
        });
        let said = if then.is_some() { format_ident!("said") } else { format_ident!("_") };
        let body = if self.arm.needs_result {
            let looks = shown(&syn::parse_quote!(result));
            quote!(let result = #call; #then #looks)
        } else if then.is_some() {
            let looks = used(&call);
            quote!(let looks = #looks; #then looks)
        } else {
            used(&call)
        };
        self.owning(&quote!(it, #said), &body, &self.mentions(true))
    }

    /// The same on the reference, where there is one.
    fn alone(&self) -> Option<TokenStream> {
        self.walk.reference.as_ref()?;
        let body = match &self.arm.plays {
            Plays::Rust(model) => used(&self.spared(model, true)),
            Plays::Method => self.on_reference(),
            // It leaves the reference as it is, and what it gives is not compared.
            Plays::Not => return Some(quote!(|_| String::new())),
        };
        Some(self.owning(&quote!(model), &body, &self.mentions(false)))
    }

    /// The values that the step, or the one on the reference, passes on.
    fn mentions(&self, is_shared: bool) -> Vec<String> {
        let arm: &Arm = self.arm;
        let mut expressions: Vec<&Expr> = Vec::new();
        let mut names: Vec<String> = Vec::new();
        let arguments = |names: &mut Vec<String>| {
            if let Call::Function { arguments, .. } = &arm.call {
                names.extend(arguments.iter().skip(1).map(|(name, _)| name.clone()));
            }
        };
        if is_shared {
            expressions.extend(arm.then.iter().map(|(_, then)| then));
            if let Call::Expression(call) = &arm.call {
                expressions.push(call);
            }
            arguments(&mut names);
        } else if let Plays::Rust(model) = &arm.plays {
            expressions.push(model);
        } else {
            arguments(&mut names);
        }
        let used: Vec<Used> = expressions.into_iter().map(Used::of).collect();
        let drawn = arm.draws.iter().filter_map(|step| match step {
            Step::Draw { name, recipe, .. } if !is_copy(recipe) => Some(name.clone()),
            _ => None,
        });
        let all = drawn.chain(self.given.iter().map(|name| (*name).to_owned()));
        all.filter(|name| names.contains(name) || used.iter().any(|used| used.has(name))).collect()
    }

    /// A closure that owns these values, and has a clone of each in every call.
    fn owning(&self, arguments: &TokenStream, body: &TokenStream, values: &[String]) -> TokenStream {
        let names: Vec<_> = values.iter().map(|name| ident(name)).collect();
        let own = names.iter().map(|name| quote!(let #name = #name.clone();));
        let again = names.iter().map(|name| quote!(let mut #name = #name.clone();));
        // What nobody else needs is not cloned once more than necessary.
        let is_last =
            self.walk.reference.is_none() && values.iter().all(|name| !self.given.contains(name.as_str()));
        let closure = quote!(move |#arguments| { #(#again)* #body });
        if values.is_empty() || is_last { closure } else { quote!({ #(#own)* #closure }) }
    }
}
