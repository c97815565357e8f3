//! Prepares a crate for looking things up: sorts its `impl` blocks, and says which of them are for a type.

use std::cell::{Cell, RefCell};

use syn::ImplItem;

use super::asked::bounds_of;
use super::bounds::DEEPEST;
use super::files::Files;
use super::impls::Impls;
use super::items::Tables;
use super::lower::{Crate, Decided, Env};
use super::makers::Makers;
use super::paths::{Paths, Scope};
use super::public::PublicPaths;
use super::ty::Ty;
use crate::model::Sources;

impl<'a> Crate<'a> {
    /// Prepares the tables for looking things up.
    pub(super) fn new(items: &'a Tables, library: &'a str, files: &'a Files, sources: &'a Sources) -> Self {
        let public = PublicPaths::new(Paths { items, library });
        let mut this = Self {
            items,
            library,
            sources,
            files,
            public,
            impls: Impls::default(),
            makers: Makers::default(),
            instances: Cell::new(0),
            known_instances: RefCell::default(),
        };
        this.impls = Impls::new(&this);
        this
    }
}

impl Impls {
    /// Sorts the blocks of the crate.
    fn new(krate: &Crate<'_>) -> Self {
        let mut this = Self { reads: krate.items.reads.clone(), ..Self::default() };
        for (at, block) in krate.items.blocks() {
            let env = Env::open(Scope::Inside(block.module), &[&block.block.generics]);
            let pattern = krate.lower(&block.block.self_ty, &env);
            match &pattern {
                Ty::Local(item, _) => this.of_item.entry(*item).or_default().push(at),
                _ => this.others.push(at),
            }
            this.patterns.push(pattern);
            this.files.push(block.file);
            let is_negative = block.block.modifiers.polarity.is_some();
            if let Some((path, _)) = &block.block.trait_
                && let (_, Some(item)) = krate.trait_name(path, &env)
                && !is_negative
            {
                this.of_trait.entry(item).or_default().push(at);
            }
        }
        this
    }
}

impl Crate<'_> {
    /// The blocks that are for `ty`, in the order of the sources, with what they make of their parameters.
    pub(super) fn blocks(&self, ty: &Ty, depth: u8) -> Vec<(usize, Decided)> {
        let near = self.impls.near(ty);
        near.filter_map(|at| Some((at, self.matches(at, ty, depth)?))).collect()
    }

    /// What the parameters of the block are if it is for `ty`.
    pub(super) fn matches(&self, at: usize, ty: &Ty, depth: u8) -> Option<Decided> {
        let mut decided = Decided::new();
        let pattern = self.impls.pattern(at);
        if !unify(pattern, ty, &mut decided) {
            return None;
        }
        // A block for a type parameter is for whatever meets its bounds.
        let is_blanket = matches!(pattern, Ty::Parameter(_) | Ty::Ref(_) | Ty::RefMut(_));
        (!is_blanket || self.is_allowed(at, &decided, depth)).then_some(decided)
    }

    fn is_allowed(&self, at: usize, decided: &Decided, depth: u8) -> bool {
        let block = self.items.block(at);
        let generics = [&block.block.generics];
        let mut env = Env::open(Scope::Inside(block.module), &generics);
        env.parameters.extend(decided.clone());
        env.depth = depth + 1;
        let mut parameters = block.block.generics.type_params();
        parameters.all(|parameter| match decided.get(&parameter.ident.to_string()) {
            Some(ty) => self.meets_all(ty, &bounds_of(&generics, parameter), &env, depth),
            None => true,
        })
    }

    /// The associated type `name` of `of`, written in `env`.
    pub(super) fn output(&self, of: &Ty, name: &str, env: &Env) -> Ty {
        if env.this.as_ref() == Some(of)
            && let Some(ty) = env.outputs.get(name)
        {
            return ty.clone();
        }
        match (of, name) {
            (Ty::Vec(inner) | Ty::Option(inner), "Item") => return (**inner).clone(),
            (Ty::Std(_, parts), "Item") if parts.len() == 1 => return parts[0].clone(),
            (Ty::Integer(_) | Ty::Float(_), "Output") => return of.clone(),
            _ => {}
        }
        if env.depth > DEEPEST {
            return Ty::Other;
        }
        let blocks = self.blocks(of, env.depth);
        let found = blocks.into_iter().find_map(|(at, decided)| {
            let block = self.items.block(at);
            let ty = block.block.items.iter().find_map(|item| match item {
                ImplItem::Type(item) if item.ident == name => Some(&item.ty),
                _ => None,
            })?;
            let mut inside = Env::new(Scope::Inside(block.module), Some(of.clone()));
            inside.parameters = decided;
            inside.depth = env.depth + 1;
            Some(self.lower(ty, &inside))
        });
        found.unwrap_or(Ty::Other)
    }
}

/// Whether `ty` has the shape of `pattern`; what stands for its parameters goes into `decided`.
pub(super) fn unify(pattern: &Ty, ty: &Ty, decided: &mut Decided) -> bool {
    let mut all = |patterns: &[Ty], types: &[Ty]| {
        // Arguments that nobody wrote are whatever the pattern asks for.
        types.is_empty()
            || patterns.len() == types.len()
                && patterns.iter().zip(types).all(|(pattern, ty)| unify(pattern, ty, decided))
    };
    match (pattern, ty) {
        (Ty::Parameter(name), ty) => decided.entry(name.clone()).or_insert_with(|| ty.clone()) == ty,
        (_, Ty::Parameter(_)) => true,
        (Ty::Ref(a), Ty::Ref(b))
        | (Ty::RefMut(a), Ty::RefMut(b))
        | (Ty::Slice(a), Ty::Slice(b))
        | (Ty::Vec(a), Ty::Vec(b))
        | (Ty::Option(a), Ty::Option(b))
        | (Ty::Boxed(a), Ty::Boxed(b))
        | (Ty::Cow(a), Ty::Cow(b))
        | (Ty::Array(a, _), Ty::Array(b, _)) => unify(a, b, decided),
        (Ty::Tuple(a), Ty::Tuple(b)) => a.len() == b.len() && all(a, b),
        (Ty::Result(a, c), Ty::Result(b, d)) => unify(a, b, decided) && unify(c, d, decided),
        (Ty::Std(a, c), Ty::Std(b, d)) => a == b && all(c, d),
        (Ty::Local(a, c), Ty::Local(b, d)) => a == b && all(c, d),
        (a, b) => a == b && *a != Ty::Other,
    }
}
