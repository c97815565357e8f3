//! Takes a type and the name of a function, gives the functions of this name that the type has.
//!
//! Inherent ones come first, as Rust has it; those of traits are named in full, so that no import is needed.

use std::borrow::Cow;

use syn::visit::Visit;
use syn::{FnArg, ImplItem, Signature, TraitItem};

use super::callable::{Callable, Origin, Sought};
use super::items::{Definition, Impl, ItemId, Space, place};
use super::lower::{Crate, Decided, Env};
use super::paths::{Found, Scope};
use super::syntax::{ident, joined, segments, unraw};
use super::ty::Ty;
use crate::model::Span;

/// A trait that a path names.
pub(super) struct Wanted {
    /// Its name in the tables of `traits`, and the trait if the crate defines it.
    pub which: (String, Option<ItemId>),
    /// Its type arguments; none if they were not written.
    pub arguments: Vec<Ty>,
}

/// What is looked for.
pub(super) struct Query<'q> {
    /// The type that has it.
    pub of: Ty,
    /// How a test names the type where its arguments can be left out; nothing if it cannot.
    pub named: Option<String>,
    /// Whether `named` may be followed by the arguments of the type, and whether the path gives them.
    pub takes_arguments: bool,
    pub has_arguments: bool,
    /// The trait it is of, if the path says so.
    pub of_trait: Option<Wanted>,
    /// The segment that names it.
    pub last: &'q syn::PathSegment,
    /// The whole path, as a test would write it.
    pub written: String,
    /// What the declaration decides about type parameters.
    pub decided: &'q Decided,
}

/// A function that a type has.
struct Way<'a> {
    block: &'a Impl,
    /// What the type makes of the parameters of the block.
    decided: Decided,
    signature: &'a Signature,
    /// Where the signature stands.
    origin: Origin,
    /// The trait, where the block does not write out what the trait provides.
    provided_by: Option<ItemId>,
    is_visible: bool,
}

impl<'a> Crate<'a> {
    /// The function that the query asks for.
    pub(super) fn function_of(&self, query: &Query<'_>) -> Sought<'a> {
        let name = unraw(&query.last.ident);
        let mut ways = self.ways(query, &name);
        let rank = |way: &Way<'_>| match (&way.block.block.trait_, way.is_visible) {
            (None, true) => 0,
            (Some(_), _) => 1,
            (None, false) => 2,
        };
        let Some(best) = ways.iter().map(rank).min() else { return Sought::Absent };
        ways.retain(|way| rank(way) == best);
        // Blocks that stand under different conditions are one.
        ways.dedup_by(|a, b| {
            a.block.block.self_ty == b.block.block.self_ty && a.block.block.trait_ == b.block.block.trait_
        });
        match ways.len() {
            1 => Sought::Function(Box::new(self.callable_of(query, &ways[0], &name))),
            _ => Sought::Ambiguous(
                ways.iter().map(|way| (self.way_out(query, way, &name), self.defined(way))).collect(),
            ),
        }
    }

    fn ways(&self, query: &Query<'_>, name: &str) -> Vec<Way<'a>> {
        let mut ways = Vec::new();
        for (at, decided) in self.blocks(&query.of, 0) {
            let block = self.items.block(at);
            let env = Env::open(Scope::Inside(block.module), &[&block.block.generics]);
            let of_trait = block.block.trait_.as_ref().map(|(path, _)| (path, self.trait_name(path, &env)));
            match (&query.of_trait, &of_trait) {
                (Some(_), None) => continue,
                (Some(wanted), Some((path, which))) => {
                    let mut inside = env.clone();
                    inside.parameters.extend(decided.clone());
                    let arguments =
                        path.segments.last().map_or_else(Vec::new, |last| self.arguments(last, &inside, 0));
                    let is_meant = wanted.which == *which
                        && (wanted.arguments.is_empty() || wanted.arguments == arguments);
                    if !is_meant {
                        continue;
                    }
                }
                (None, _) => {}
            }
            if let Some((signature, vis)) = function_named(&block.block, name) {
                let is_visible = of_trait.is_some() || self.is_visible(block.module, vis);
                let origin = Origin::Source(block.file);
                ways.push(Way { block, decided, signature, origin, provided_by: None, is_visible });
            } else if let Some((_, (_, Some(item)))) = of_trait
                && let Some(signature) = self.provided(item, name)
            {
                let origin = Origin::Source(self.items.item(item).file);
                ways.push(Way {
                    block,
                    decided,
                    signature,
                    origin,
                    provided_by: Some(item),
                    is_visible: true,
                });
            }
        }
        ways
    }

    /// The function that a trait brings along for those that do not write it.
    fn provided(&self, item: ItemId, name: &str) -> Option<&'a Signature> {
        self.declared(item, name).filter(|(_, is_provided)| *is_provided).map(|(signature, _)| signature)
    }

    /// The function that a trait declares, and whether it has a body there.
    pub(super) fn declared(&self, item: ItemId, name: &str) -> Option<(&'a Signature, bool)> {
        let Definition::Trait(definition) = &self.items.item(item).definition else { return None };
        definition.items.iter().find_map(|item| match item {
            TraitItem::Fn(item) if item.sig.ident == ident(name) => Some((&item.sig, item.default.is_some())),
            _ => None,
        })
    }

    fn callable_of(&self, query: &Query<'_>, way: &Way<'a>, name: &str) -> Callable<'a> {
        let generics = &way.block.block.generics;
        let own = self.arguments(query.last, &Env::new(Scope::Outside, None), 0);
        let scope = Scope::Inside(way.block.module);
        let mut decided = way.decided.clone();
        decided.retain(|_, ty| !matches!(ty, Ty::Parameter(_)));
        let mut given = self.given(scope, &way.signature.generics, &own, 0);
        given.extend(query.decided.clone());
        decided.extend(given.clone());
        let mut env = self.env(scope, &[generics, &way.signature.generics], None, &decided);
        let this = self.lower(&way.block.block.self_ty, &env);
        env.this = Some(this.clone());
        env.outputs = self.outputs(&way.block.block, &env);
        let of_trait = way.block.block.trait_.as_ref().map(|(path, _)| self.trait_written(path, &env));
        if let Some(item) = way.provided_by {
            env = self.inside_trait(item, way, env, &decided);
        }
        let tail = format!(
            "{}{}",
            ident(name),
            self.turbofish(&way.signature.generics, way.signature, &env, &given)
        );
        let path = match of_trait {
            Some(of_trait) => {
                of_trait.map(|of_trait| format!("<{} as {of_trait}>::{tail}", self.written_or_open(&this)))
            }
            None if !way.is_visible => None,
            None => query.named.clone().map(|named| {
                let is_open = generics.params.iter().any(|parameter| {
                    let name = super::syntax::parameter_name(parameter);
                    let is_lifetime = matches!(parameter, syn::GenericParam::Lifetime(_));
                    !is_lifetime && (given.contains_key(&name) || !mentions(way.signature, &name, true))
                });
                match &this {
                    Ty::Local(_, arguments)
                        if query.takes_arguments
                            && (is_open || query.has_arguments)
                            && !arguments.is_empty() =>
                    {
                        let arguments: Vec<_> = arguments.iter().map(|ty| self.written_or_open(ty)).collect();
                        format!("{named}::<{}>::{tail}", arguments.join(", "))
                    }
                    _ => format!("{named}::{tail}"),
                }
            }),
        };
        Callable {
            signature: Cow::Borrowed(way.signature),
            defined: self.defined(way),
            undecided: undecided(&[generics, &way.signature.generics], way.signature, &env, true),
            env,
            path,
            written: query.written.clone(),
            origin: way.origin,
        }
    }

    /// The surroundings of a signature that stands in a trait, for the block of one type.
    fn inside_trait(&self, item: ItemId, way: &Way<'_>, block: Env, decided: &Decided) -> Env {
        let scope = Scope::Inside(self.items.item(item).module);
        let Definition::Trait(definition) = &self.items.item(item).definition else { return block };
        let arguments = way.block.block.trait_.as_ref().and_then(|(path, _)| path.segments.last());
        let arguments = arguments.map_or_else(Vec::new, |last| self.arguments(last, &block, 0));
        let mut all = self.given(scope, &definition.generics, &arguments, 0);
        all.extend(decided.clone());
        let mut env =
            self.env(scope, &[&definition.generics, &way.signature.generics], block.this.clone(), &all);
        env.outputs = block.outputs;
        env
    }

    /// The associated types that a block writes out.
    fn outputs(&self, block: &syn::ItemImpl, env: &Env) -> std::collections::BTreeMap<String, Ty> {
        let types = block.items.iter().filter_map(|item| match item {
            ImplItem::Type(item) => Some((unraw(&item.ident), self.lower(&item.ty, env))),
            _ => None,
        });
        types.collect()
    }

    fn defined(&self, way: &Way<'_>) -> Span {
        match way.origin {
            Origin::Source(file) => place(self.sources, file, way.signature.ident.span()),
            Origin::Declared(span) => span,
        }
    }

    /// How a declaration names one of several functions.
    fn way_out(&self, query: &Query<'_>, way: &Way<'_>, name: &str) -> Option<String> {
        let mut env = Env::open(Scope::Inside(way.block.module), &[&way.block.block.generics]);
        env.parameters.extend(way.decided.clone());
        let this = self.lower(&way.block.block.self_ty, &env);
        env.this = Some(this.clone());
        let this = this.written(&self.public, "crate").or_else(|| query.of.written(&self.public, "crate"))?;
        match &way.block.block.trait_ {
            Some((path, _)) => {
                let of_trait = self.trait_named(path, &env, "crate")?;
                Some(format!("<{this} as {of_trait}>::{name}"))
            }
            None => Some(format!("<{this}>::{name}")),
        }
    }

    /// The trait of a block as a test names it; nothing if it cannot.
    fn trait_written(&self, path: &syn::Path, env: &Env) -> Option<String> {
        self.trait_named(path, env, self.library)
    }

    fn trait_named(&self, path: &syn::Path, env: &Env, library: &str) -> Option<String> {
        let segments = segments(path);
        let name = match self.paths().follow(env.scope, &segments, Space::Types).map(|step| step.found) {
            Ok(found @ Found::Item(_)) => joined(self.public.path(&found)?, library),
            Ok(Found::Std(path) | Found::Elsewhere(path)) => joined(&path, library),
            // Traits that need no import.
            _ => joined(&segments, library),
        };
        let last = path.segments.last()?;
        let arguments: Vec<_> =
            self.arguments(last, env, 0).iter().map(|ty| self.written_or(ty, library)).collect();
        Some(if arguments.is_empty() { name } else { format!("{name}<{}>", arguments.join(", ")) })
    }

    fn written_or_open(&self, ty: &Ty) -> String {
        self.written_or(ty, self.library)
    }

    /// The type as a test writes it; what it cannot write is left to be inferred.
    fn written_or(&self, ty: &Ty, library: &str) -> String {
        ty.written(&self.public, library).unwrap_or_else(|| "_".to_owned())
    }

    /// The type arguments of a function, where they have to be written: what was decided, and what no argument tells.
    pub(super) fn turbofish(
        &self,
        generics: &syn::Generics,
        signature: &Signature,
        env: &Env,
        given: &Decided,
    ) -> String {
        let names: Vec<String> = generics
            .params
            .iter()
            .filter(|parameter| !matches!(parameter, syn::GenericParam::Lifetime(_)))
            .map(super::syntax::parameter_name)
            .collect();
        let has_to = |name: &String| given.contains_key(name) || !mentions(signature, name, false);
        if !names.iter().any(has_to) {
            return String::new();
        }
        let arguments = names.iter().map(|name| match env.parameters.get(name) {
            Some(ty) if has_to(name) => self.written_or_open(ty),
            _ => "_".to_owned(),
        });
        format!("::<{}>", arguments.collect::<Vec<_>>().join(", "))
    }

    /// Declarations of the function `name` of the trait `item`, one for each type that has it.
    pub(super) fn implemented(&self, item: ItemId, name: &str) -> Vec<String> {
        let Some(path) = self.public.path(&Found::Item(item)) else { return Vec::new() };
        let of_trait = joined(path, "crate");
        let types = self.implementors(item);
        let types = types.iter().filter_map(|ty| ty.written(&self.public, "crate"));
        types.map(|ty| format!("<{ty} as {of_trait}>::{name}")).collect()
    }
}

/// Type parameters that are open and that no argument tells, by name.
pub(super) fn undecided(
    generics: &[&syn::Generics],
    signature: &Signature,
    env: &Env,
    is_method: bool,
) -> Vec<String> {
    let parameters = generics.iter().flat_map(|generics| generics.type_params());
    let names = parameters.map(|parameter| parameter.ident.to_string());
    let is_open = |name: &String| {
        matches!(env.parameters.get(name), Some(Ty::Parameter(_))) && !mentions(signature, name, is_method)
    };
    names.filter(is_open).collect()
}

/// Whether an argument tells what the type parameter `name` is; the receiver tells all of its type.
fn mentions(signature: &Signature, name: &str, is_of_type: bool) -> bool {
    signature.inputs.iter().any(|input| match input {
        FnArg::Receiver(_) => is_of_type,
        FnArg::Typed(typed) => has_word(&typed.ty, name) || is_of_type && has_word(&typed.ty, "Self"),
    })
}

fn has_word(ty: &syn::Type, name: &str) -> bool {
    struct Finder<'n>(&'n str, bool);
    impl Visit<'_> for Finder<'_> {
        fn visit_ident(&mut self, word: &syn::Ident) {
            self.1 |= word == self.0;
        }
    }
    let mut finder = Finder(name, false);
    finder.visit_type(ty);
    finder.1
}

fn function_named<'b>(block: &'b syn::ItemImpl, name: &str) -> Option<(&'b Signature, &'b syn::Visibility)> {
    block.items.iter().find_map(|item| match item {
        ImplItem::Fn(function) if function.sig.ident == ident(name) => Some((&function.sig, &function.vis)),
        _ => None,
    })
}
