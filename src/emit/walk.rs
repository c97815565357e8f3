//! Takes the steps on a value, gives the loop of its test.
//!
//! What follows what is up to the runtime; here stands only what each step is.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use syn::Expr;

use crate::kinds::{Arm, Call, Plays, Step, Steps, ident};
use crate::resolve::Keeps;

use super::awaits::waiting;
use super::lend::lent;
use super::moves::{Used, sparing};
use super::steps::{Recipes, Writer, awaited, recipes, shown, used};

impl Writer<'_> {
    /// The start, the loop over the steps, and the end.
    pub(super) fn walk(&self, walk: &Steps) -> TokenStream {
        let case = self.case;
        let ends = walk.arms.iter().enumerate().filter(|(_, arm)| arm.keeps == Keeps::Consumed);
        let ends = ends.map(|(at, _)| Literal::usize_unsuffixed(at));
        let least = Literal::usize_unsuffixed(walk.length.0);
        let most = match walk.length.1 {
            usize::MAX => quote!(usize::MAX),
            most => {
                let most = Literal::usize_unsuffixed(most);
                quote!(#most)
            }
        };
        let steps = if walk.threads > 0 { self.together(walk) } else { self.one_by_one(walk) };
        quote! {
            #case.walk(#least, #most, &[#(#ends),*]);
            #steps
        }
    }

    /// The steps of one thread.
    fn one_by_one(&self, walk: &Steps) -> TokenStream {
        let case = self.case;
        let given = self.moved();
        let spared = |it: &Expr| waiting(&sparing(it, &given, &|_| true));
        let ty = walk.ty.as_ref().map(|ty| quote!(: #ty));
        let start = walk.start.as_ref().map(|start| {
            let start = spared(start);
            quote!(let mut it #ty = #case.call(|| #start)?;)
        });
        let start = start.unwrap_or_else(|| quote!(let mut it = it;));
        let reference = walk.reference.as_ref().map(|reference| {
            let reference = spared(reference);
            quote!(let mut model = #case.check("reference", || #reference)?;)
        });
        let holds = walk.holds.iter().map(|(text, holds)| {
            let holds = spared(holds);
            quote!(#case.holds(#text, #holds)?;)
        });
        let look = shown(&syn::parse_quote!(it));
        let names: Vec<&str> = walk.arms.iter().map(|arm| arm.name.as_str()).collect();
        let arms = walk.arms.iter().enumerate().map(|(at, arm)| {
            let pattern = if at + 1 == walk.arms.len() {
                quote!(_)
            } else {
                let number = Literal::usize_unsuffixed(at);
                quote!(#number)
            };
            let arm =
                Stepping { writer: self, walk, arm, given: &given, recipes: recipes(&arm.draws) }.step();
            quote!(#pattern => { #arm })
        });
        let leave = if walk.dares { format_ident!("leave_panicking") } else { format_ident!("leave") };
        quote! {
            #start
            #reference
            loop {
                #case.now("it", || #look);
                #(#holds)*
                let Some(step) = #case.next_step(&[#(#names),*])? else { break };
                match step { #(#arms)* }
            }
            #case.#leave(it)?;
        }
    }
}

/// One sort of step while it is written.
pub(super) struct Stepping<'s> {
    pub(super) writer: &'s Writer<'s>,
    pub(super) walk: &'s Steps,
    pub(super) arm: &'s Arm,
    /// Names of the values that are made before the first step.
    pub(super) given: &'s BTreeSet<&'s str>,
    pub(super) recipes: Recipes<'s>,
}

impl Stepping<'_> {
    fn step(&self) -> TokenStream {
        let case = self.writer.case;
        let draws = self.draws(true);
        let fuse = self.walk.has_fuse.then(|| {
            let leaks = self.arm.leaks.then(|| quote!(#case.leaks();));
            quote!(#case.fuse(); #leaks)
        });
        let when = self.skips();
        let old = self.arm.keeps_old.then(|| quote!(let old_it = it.clone();));
        let taken = self.taken();
        quote!(#draws #fuse #when #old #taken)
    }

    /// The arguments.
    pub(super) fn draws(&self, is_mutable: bool) -> TokenStream {
        let case = self.writer.case;
        let draws = self.arm.draws.iter().map(|draw| match draw {
            Step::Draw { name, recipe, input, .. } => {
                let made = self.writer.generator(recipe, input.as_ref());
                let bind = ident(name);
                let mutable = is_mutable.then(|| quote!(mut));
                quote!(let #mutable #bind = #case.argument(#name, #made)?;)
            }
            other => unreachable!("a step makes its arguments, not {other:?}"),
        });
        quote!(#(#draws)*)
    }

    /// Goes on to the next step where this one may not be taken.
    pub(super) fn skips(&self) -> Option<TokenStream> {
        let case = self.writer.case;
        let when = self.spared(self.arm.when.as_ref()?, true);
        Some(quote!(if #case.skips(#when) { continue; }))
    }

    /// The call, and what has to be true of it.
    fn taken(&self) -> TokenStream {
        let (case, call) = (self.writer.case, self.call());
        if let Keeps::Replaced { refuses } = self.arm.keeps {
            return self.replaced(&call, refuses);
        }
        let (bind, call) = if self.arm.needs_result {
            (format_ident!("result"), call)
        } else {
            (format_ident!("looks"), used(&call))
        };
        let looks = self.arm.needs_result.then(|| {
            let looks = shown(&syn::parse_quote!(result));
            quote!(let looks = #looks;)
        });
        let judged = self.judged();
        let after = quote!(#looks #case.gave(|| looks.clone()); #judged);
        let ends = (self.arm.keeps == Keeps::Consumed).then(|| quote!(return #case.ends();));
        if self.walk.dares {
            let part = self.plays().then(|| quote!(else { #case.part(); }));
            quote!(if let Some(#bind) = #case.dare(|| #call)? { #after } #part #ends)
        } else {
            quote!(let #bind = #case.step(|| #call)?; #after #ends)
        }
    }

    /// A step that gives the next value.
    fn replaced(&self, call: &TokenStream, refuses: bool) -> TokenStream {
        let case = self.writer.case;
        let next = if self.walk.dares {
            quote!(let Some(next) = #case.dare(|| #call)? else { return #case.ends(); };)
        } else {
            quote!(let next = #case.step(|| #call)?;)
        };
        let inside =
            refuses.then(|| quote!(let Ok(next) = rt::accepted(next) else { return #case.ends(); };));
        let model = match &self.arm.plays {
            Plays::Rust(model) => Some(self.spared(model, false)),
            _ => None,
        };
        let model = model.map(|model| quote!(#case.check("reference", || #model)?;));
        let then = self.then();
        quote!(#next #inside it = next; #model #then)
    }

    /// The reference plays along, and the statement of the step is judged.
    fn judged(&self) -> TokenStream {
        let case = self.writer.case;
        let model = match &self.arm.plays {
            Plays::Rust(model) => {
                let model = used(&self.spared(model, true));
                Some(quote!(let reference = #case.check("reference", || #model)?;))
            }
            Plays::Method => Some(self.played()),
            Plays::Not => None,
        };
        let model = model.map(|model| quote!(#model #case.as_reference(&looks, &reference)?;));
        let then = self.then();
        quote!(#model #then)
    }

    fn then(&self) -> Option<TokenStream> {
        let case = self.writer.case;
        let (text, then) = self.arm.then.as_ref()?;
        let then = self.spared(then, false);
        Some(quote!(#case.holds(#text, #then)?;))
    }

    fn plays(&self) -> bool {
        !matches!(self.arm.plays, Plays::Not)
    }

    fn played(&self) -> TokenStream {
        let (case, call) = (self.writer.case, self.on_reference());
        quote!(let reference = #case.check("reference", || #call)?;)
    }

    /// The method of the same name on the reference, and how what it gives looks.
    pub(super) fn on_reference(&self) -> TokenStream {
        let Call::Function { function, arguments } = &self.arm.call else {
            unreachable!("only a method has one of the same name")
        };
        let name = ident(&self.arm.name);
        let passed = arguments.iter().zip(&function.parameters).skip(1);
        let arguments = passed.map(|((name, _), parameter)| self.lent(name, false, &parameter.lend));
        used(&quote!(model.#name(#(#arguments),*)))
    }

    pub(super) fn call(&self) -> TokenStream {
        match &self.arm.call {
            Call::Function { function, arguments } => {
                let path = &function.path;
                let arguments = arguments
                    .iter()
                    .zip(&function.parameters)
                    .map(|((name, clone), parameter)| self.lent(name, *clone, &parameter.lend));
                // Here the value is behind a reference already.
                let call = if self.walk.threads > 0 {
                    let arguments = arguments.skip(1);
                    quote!(#path(it, #(#arguments),*))
                } else {
                    quote!(#path(#(#arguments),*))
                };
                if function.is_async { quote!(rt::block_on(#call)) } else { call }
            }
            Call::Expression(call) => {
                awaited(&Call::Expression(self.sparing(call, false)), false, &self.recipes)
            }
        }
    }

    fn lent(&self, name: &str, is_cloned: bool, lend: &crate::resolve::Lend) -> TokenStream {
        let recipe = self.recipes.get(name).copied();
        let value = ident(name);
        let value = if is_cloned { quote!(#value.clone()) } else { quote!(#value) };
        lent(&value, lend, recipe)
    }

    pub(super) fn spared(&self, expression: &Expr, is_needed_again: bool) -> TokenStream {
        waiting(&self.sparing(expression, is_needed_again))
    }

    /// Rust of the user, with clones of what is used once more.
    fn sparing(&self, expression: &Expr, is_needed_again: bool) -> Expr {
        let own: BTreeSet<&str> = self
            .arm
            .draws
            .iter()
            .filter_map(|step| match step {
                Step::Draw { name, recipe, .. } if !crate::kinds::is_copy(recipe) => Some(name.as_str()),
                _ => None,
            })
            .collect();
        let model = match &self.arm.plays {
            Plays::Rust(model) => Some(&**model),
            _ => None,
        };
        let after = self.arm.then.iter().map(|(_, it)| it).chain(model);
        let after: Vec<Used> = after.map(Used::of).collect();
        let given = self.given;
        let all: BTreeSet<&str> = own.iter().chain(given).copied().collect();
        sparing(expression, &all, &|name| {
            is_needed_again || given.contains(name) || after.iter().any(|used| used.has(name))
        })
    }
}
