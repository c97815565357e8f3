//! Takes the bounds of a type parameter, gives one plain type that meets all of them.
//!
//! A generic function is judged with that type unless the declaration's `generics` say otherwise.
//! What cannot be shown to meet a bound is never chosen.

use syn::{GenericArgument, PathArguments, TypeParamBound};

use super::asked::{Bounds, bounds_of};
use super::items::{Definition, ItemId, Space};
use super::known_type::Known;
use super::lower::{Crate, Decided, Env};
use super::paths::{Found, Scope};
use super::syntax::segments;
use super::traits::{has, is_everywhere};
use super::ty::Ty;

/// One bound, its trait looked up.
struct Demand {
    /// The trait as the tables of `traits` name it.
    name: String,
    /// The trait, if the crate defines it.
    item: Option<ItemId>,
    /// Its type arguments.
    arguments: Vec<Ty>,
}

/// Bounds inside bounds end here.
pub(super) const DEEPEST: u8 = 3;

impl Crate<'_> {
    /// A type for the parameter with these bounds, if one is known to meet them.
    pub(super) fn chosen(&self, bounds: &Bounds<'_>, env: &Env) -> Option<Ty> {
        self.choose(bounds, env, 0)
    }

    /// The element that is watched, if it meets all of these bounds; else a type that they ask for.
    pub(super) fn element_for(&self, all: &[(Bounds<'_>, Env)]) -> Option<Ty> {
        let is_met = |(bounds, env): &(Bounds<'_>, Env)| {
            bounds.outputs.is_empty() && self.meets_all(&Ty::Tracked, bounds, env, 0)
        };
        if all.iter().all(is_met) {
            return Some(Ty::Tracked);
        }
        let (_, env) = all.iter().find(|it| !is_met(it))?;
        let own = all.iter().flat_map(|(bounds, _)| bounds.own.iter().copied()).collect();
        let outputs = all.iter().flat_map(|(bounds, _)| bounds.outputs.iter().cloned()).collect();
        self.choose(&Bounds { own, outputs }, env, 0)
    }

    /// A type for `impl Bounds` or behind `dyn Bounds`; [`Ty::Other`] if none is known.
    pub(super) fn bounded<'b>(
        &self,
        bounds: impl Iterator<Item = &'b TypeParamBound>,
        env: &Env,
        depth: u8,
    ) -> Ty {
        let bounds = Bounds { own: bounds.collect(), outputs: Vec::new() };
        self.choose(&bounds, env, depth).unwrap_or(Ty::Other)
    }

    fn choose(&self, bounds: &Bounds<'_>, env: &Env, depth: u8) -> Option<Ty> {
        if depth > DEEPEST {
            return None;
        }
        if let Some(function) = self.closure(&bounds.own, false, env, depth) {
            return function.is_decided().then_some(function);
        }
        let demands: Vec<Demand> = bounds.own.iter().filter_map(|it| self.demand(it, env, depth)).collect();
        let element = self.element(bounds, env, depth);
        let proposed = demands.iter().flat_map(|demand| self.proposals(demand, &element));
        let plain = [Ty::Integer("u32"), Ty::Integer("i64"), Ty::Float("f64"), Ty::String, Ty::bytes()];
        proposed.chain(plain).find(|ty| {
            ty.is_decided() && demands.iter().all(|demand| self.meets(ty, demand, &element, depth))
        })
    }

    /// Whether `ty` meets all bounds of a parameter.
    pub(super) fn meets_all(&self, ty: &Ty, bounds: &Bounds<'_>, env: &Env, depth: u8) -> bool {
        let demands = bounds.own.iter().filter_map(|bound| self.demand(bound, env, depth));
        demands.into_iter().all(|demand| self.meets(ty, &demand, &Ty::Other, depth))
    }

    /// The bound with its trait looked up; nothing for lifetimes and for what every type meets.
    fn demand(&self, bound: &TypeParamBound, env: &Env, depth: u8) -> Option<Demand> {
        let TypeParamBound::Trait(bound) = bound else { return None };
        if bound.maybe.is_some() {
            return None;
        }
        let (name, item) = self.trait_name(&bound.path, env);
        if is_everywhere(&name) {
            return None;
        }
        let last = bound.path.segments.last();
        let arguments = last.map_or_else(Vec::new, |last| self.arguments(last, env, depth + 1));
        Some(Demand { name, item, arguments })
    }

    /// What the tables call the trait at `path`, and the trait itself if the crate defines it.
    pub(super) fn trait_name(&self, path: &syn::Path, env: &Env) -> (String, Option<ItemId>) {
        let segments = segments(path);
        let last = || segments.last().cloned().unwrap_or_default();
        match self.paths().follow(env.scope, &segments, Space::Types).map(|step| step.found) {
            Ok(Found::Item(item)) if matches!(self.items.item(item).definition, Definition::Trait(_)) => {
                (self.items.item(item).name.clone(), Some(item))
            }
            // Two traits of the standard library share this name.
            Ok(Found::Std(path)) => match &path[..] {
                [.., module, name] if name == "Write" => (format!("{module}::{name}"), None),
                path => (path.last().cloned().unwrap_or_default(), None),
            },
            Ok(Found::Elsewhere(path)) => match (path.first(), path.last()) {
                (Some(first), Some(last)) => (format!("{first}::{last}"), None),
                _ => (last(), None),
            },
            _ => (last(), None),
        }
    }

    /// What an iterator with these bounds gives, or a future comes to.
    fn element(&self, bounds: &Bounds<'_>, env: &Env, depth: u8) -> Ty {
        let is_it = |name: &str| matches!(name, "Item" | "Output" | "Target");
        let mut asked: Vec<&TypeParamBound> =
            bounds.outputs.iter().filter(|(name, _)| is_it(name)).map(|(_, bound)| *bound).collect();
        for bound in &bounds.own {
            let TypeParamBound::Trait(bound) = bound else { continue };
            let Some(PathArguments::AngleBracketed(list)) =
                bound.path.segments.last().map(|it| &it.arguments)
            else {
                continue;
            };
            for argument in &list.args {
                match argument {
                    GenericArgument::AssocType(it) if is_it(&it.ident.to_string()) => {
                        return self.lowered(&it.ty, env, depth + 1);
                    }
                    GenericArgument::Constraint(it) if is_it(&it.ident.to_string()) => {
                        asked.extend(&it.bounds);
                    }
                    _ => {}
                }
            }
        }
        self.bounded(asked.into_iter(), env, depth + 1)
    }

    /// Types that the bound itself speaks for, the best first.
    fn proposals(&self, demand: &Demand, element: &Ty) -> Vec<Ty> {
        let argument = || demand.arguments.first().cloned();
        let some = |ty: Option<Ty>| ty.into_iter().collect();
        let std = |name: &str, inside: &[Ty]| vec![Ty::Std(Known::std(name), inside.to_vec())];
        if let Some(item) = demand.item {
            return self.implementors(item);
        }
        match demand.name.as_str() {
            "Deref" | "DerefMut" if element.is_decided() => vec![Ty::Boxed(Box::new(element.sized()))],
            "AsRef" => some(argument().map(|ty| Ty::Ref(Box::new(ty)))),
            "Borrow" | "Deref" => some(argument().map(|ty| ty.sized())),
            "Into" | "TryInto" => some(argument()),
            name if name.ends_with("Equivalent") || name.ends_with("Comparable") => some(argument()),
            "ToString"
            | "Display"
            | "fmt::Write"
            | "Pattern"
            | "serde::Serialize"
            | "serde::Deserialize"
            | "serde::DeserializeOwned" => vec![Ty::String],
            "io::Write" | "tokio::AsyncWrite" | "futures::AsyncWrite" => vec![Ty::bytes()],
            "Read" | "BufRead" | "Seek" => {
                let mut all = std("rt::Stream", &[]);
                all.extend(std("std::io::Cursor", &[Ty::bytes()]));
                all
            }
            "Error" => {
                let mut all = std("std::io::Error", &[]);
                all.extend(std("std::fmt::Error", &[]));
                all
            }
            "ToSocketAddrs" => std("std::net::SocketAddr", &[]),
            "RangeBounds" => {
                some(argument()).into_iter().flat_map(|ty: Ty| std("std::ops::Range", &[ty])).collect()
            }
            "From" | "TryFrom" => some(argument()),
            "AsMut" | "BorrowMut" => some(argument().map(|ty| ty.sized())),
            "tokio::AsyncRead" | "tokio::AsyncBufRead" | "futures::AsyncRead" => {
                std("std::io::Cursor", &[Ty::bytes()])
            }
            "Future" | "IntoFuture" => vec![Ty::ready(element.clone())],
            "IntoIterator" => {
                let mut all = vec![Ty::Vec(Box::new(element.clone()))];
                all.extend(std("std::vec::IntoIter", std::slice::from_ref(element)));
                all
            }
            "Iterator" | "DoubleEndedIterator" | "ExactSizeIterator" | "FusedIterator" => {
                std("std::vec::IntoIter", std::slice::from_ref(element))
            }
            "Extend" | "FromIterator" => some(argument().map(|ty| Ty::Vec(Box::new(ty)))),
            "Hasher" => std("std::collections::hash_map::DefaultHasher", &[]),
            "BuildHasher" => {
                let hasher = std("std::collections::hash_map::DefaultHasher", &[]);
                std("std::hash::BuildHasherDefault", &hasher)
            }
            _ => Vec::new(),
        }
    }

    /// Whether `ty` meets the bound, as far as can be shown.
    fn meets(&self, ty: &Ty, demand: &Demand, element: &Ty, depth: u8) -> bool {
        if self.proposals(demand, element).contains(ty) {
            return true;
        }
        match (demand.item, demand.arguments.first()) {
            (Some(item), _) => self.implements(ty, item, depth + 1),
            // A bound such as `PartialEq<T>` or `Mul<T>` where the parameter is decided right now.
            (None, Some(Ty::Parameter(_))) => has(ty, &demand.name),
            (None, Some(argument)) => argument == ty && has(ty, &demand.name),
            (None, None) => match ty {
                Ty::Local(item, _) => self.has_trait(*item, &demand.name),
                Ty::Ref(inner) => match &**inner {
                    Ty::Local(item, _) => self.has_trait(*item, &demand.name),
                    _ => has(ty, &demand.name),
                },
                ty => has(ty, &demand.name),
            },
        }
    }

    /// Whether a block of the crate implements its trait `item` for `ty`.
    pub(super) fn implements(&self, ty: &Ty, item: ItemId, depth: u8) -> bool {
        depth <= DEEPEST && self.impls.of_trait(item).iter().any(|at| self.matches(*at, ty, depth).is_some())
    }

    /// Types that the crate implements its trait `item` for: primitives, then what is easily made, then the others.
    pub(super) fn implementors(&self, item: ItemId) -> Vec<Ty> {
        let mut all: Vec<(u8, Ty)> = Vec::new();
        for at in self.impls.of_trait(item) {
            let ty = self.impls.pattern(*at);
            if let Ty::Parameter(name) = ty
                && let Some(function) = self.function_of_block(*at, name)
            {
                all.push((1, function));
                continue;
            }
            let instance = if ty.is_decided() { None } else { self.instance(*at) };
            let ty = instance.as_ref().unwrap_or(ty);
            if !ty.is_decided() || (ty.is_unsized() && !matches!(ty, Ty::Str)) {
                continue;
            }
            let ty = if *ty == Ty::Str { Ty::Ref(Box::new(Ty::Str)) } else { ty.clone() };
            all.push((self.effort(&ty), ty));
        }
        all.sort_by_key(|(effort, _)| *effort);
        all.into_iter().map(|(_, ty)| ty).collect()
    }

    /// The type of a block with parameters, each of them something that meets its bounds.
    fn instance(&self, at: usize) -> Option<Ty> {
        // The bounds may lead to other blocks with parameters, and back to this one.
        if self.instances.get() >= DEEPEST || matches!(self.impls.pattern(at), Ty::Parameter(_)) {
            return None;
        }
        // Each may be asked for along many ways, which are as many as the blocks to the power of the depth.
        let key = (at, self.instances.get());
        if let Some(known) = self.known_instances.borrow().get(&key) {
            return Some(known.clone());
        }
        self.instances.set(self.instances.get() + 1);
        let block = self.items.block(at);
        let env = self.env(Scope::Inside(block.module), &[&block.block.generics], None, &Decided::new());
        let ty = self.lower(&block.block.self_ty, &env);
        self.instances.set(self.instances.get() - 1);
        self.known_instances.borrow_mut().insert(key, ty.clone());
        Some(ty)
    }

    /// The function that a block for every function of some sort is for.
    fn function_of_block(&self, at: usize, name: &str) -> Option<Ty> {
        let block = self.items.block(at);
        let generics = [&block.block.generics];
        let parameter = generics[0].type_params().find(|parameter| parameter.ident == name)?;
        let env = Env::open(Scope::Inside(block.module), &generics);
        match self.closure(bounds_of(&generics, parameter).of_parameter(), false, &env, DEEPEST)? {
            Ty::Closure(closure) => Some(Ty::Closure(Box::new(closure.named()))).filter(|function| {
                function.is_decided() && function.written(&self.public, self.library).is_some()
            }),
            _ => None,
        }
    }

    /// How hard a value of the type is to make, at a glance.
    fn effort(&self, ty: &Ty) -> u8 {
        match ty {
            Ty::Local(item, _) => match &self.items.item(*item).definition {
                _ if self.public.path(&Found::Item(*item)).is_none() => 9,
                Definition::Struct(it)
                    if it.fields.iter().all(|field| matches!(field.vis, syn::Visibility::Public(_))) =>
                {
                    2
                }
                Definition::Enum(_) => 2,
                _ => 3,
            },
            Ty::Integer(_) | Ty::String | Ty::Bool => 0,
            _ => 1,
        }
    }
}
