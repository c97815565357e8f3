//! Takes a type as written and where it is written, gives a [`Ty`]: aliases, imports and parameters followed.

use std::collections::BTreeMap;

use syn::{GenericArgument, GenericParam, PathArguments, Type, TypeParamBound, WherePredicate};

use super::facts::CrateFacts;
use super::files::Files;
use super::items::{Definition, ItemId, Space, Tables};
use super::paths::{Found, Paths, Scope};
use super::public::PublicPaths;
use super::std_types::StdType;
use super::ty::Ty;
use crate::model::Sources;

/// What binding looks into; made once for all constraints.
pub(super) struct Crate<'a> {
    /// The tables.
    pub items: &'a Tables,
    /// Name of the library.
    pub library: &'a str,
    /// The texts that places point into.
    pub sources: &'a Sources,
    /// The files that declarations name.
    pub files: &'a Files,
    /// What tests may name.
    pub public: PublicPaths,
    /// The `impl` blocks of each type, by index.
    pub impls: BTreeMap<ItemId, Vec<usize>>,
}

/// Where a type is written, and what the names around it mean.
#[derive(Clone)]
pub(super) struct Env {
    /// Where its paths start.
    pub scope: Scope,
    /// What `Self` is.
    pub this: Option<Ty>,
    /// What the type parameters are.
    pub parameters: BTreeMap<String, Ty>,
}

/// Aliases of aliases end here; rustc refuses a circle.
const DEEPEST_ALIAS: u8 = 16;

impl<'a> Crate<'a> {
    /// Prepares the tables for looking things up.
    pub(super) fn new(facts: &'a CrateFacts, sources: &'a Sources) -> Self {
        let CrateFacts { items, library, files, .. } = facts;
        let public = PublicPaths::new(Paths { items, library });
        let mut this = Self { items, library, sources, files, public, impls: BTreeMap::new() };
        let mut impls: BTreeMap<ItemId, Vec<usize>> = BTreeMap::new();
        for (at, block) in items.impls.iter().enumerate() {
            let env = this.env(Scope::Inside(block.module), &[&block.block.generics], None);
            if let Ty::Local(item, _) = this.lower(&block.block.self_ty, &env) {
                impls.entry(item).or_default().push(at);
            }
        }
        this.impls = impls;
        this
    }

    /// Paths through the tables.
    pub(super) fn paths(&self) -> Paths<'a> {
        Paths { items: self.items, library: self.library }
    }

    /// The surroundings of a signature or a block: each parameter means what its bounds ask for.
    pub(super) fn env(&self, scope: Scope, generics: &[&syn::Generics], this: Option<Ty>) -> Env {
        let mut env = Env { scope, this, parameters: BTreeMap::new() };
        for generics in generics {
            for parameter in generics.type_params() {
                let name = parameter.ident.to_string();
                let mut bounds: Vec<&TypeParamBound> = parameter.bounds.iter().collect();
                bounds.extend(where_bounds(generics, &name));
                let ty = self.bounded(bounds.into_iter(), &env, 0).unwrap_or(Ty::Parameter(name.clone()));
                env.parameters.insert(name, ty);
            }
        }
        env
    }

    /// The surroundings of the fields of `item`, its parameters being `arguments`.
    pub(super) fn inside(&self, item: ItemId, generics: &syn::Generics, arguments: &[Ty]) -> Env {
        let scope = Scope::Inside(self.items.item(item).module);
        let mut env = self.env(scope, &[generics], Some(Ty::Local(item, arguments.to_vec())));
        self.fill(&mut env, generics, arguments, 0);
        env
    }

    /// What `ty`, written in `env`, is.
    pub(super) fn lower(&self, ty: &Type, env: &Env) -> Ty {
        self.lowered(ty, env, 0)
    }

    pub(super) fn fill(&self, env: &mut Env, generics: &syn::Generics, arguments: &[Ty], depth: u8) {
        let mut arguments = arguments.iter();
        for parameter in &generics.params {
            let GenericParam::Type(parameter) = parameter else { continue };
            let given = arguments.next().cloned();
            let default = || parameter.default.as_ref().map(|(_, ty)| self.lowered(ty, env, depth));
            if let Some(ty) = given.or_else(default) {
                env.parameters.insert(parameter.ident.to_string(), ty);
            }
        }
    }

    fn lowered(&self, ty: &Type, env: &Env, depth: u8) -> Ty {
        let inner = |ty: &Type| Box::new(self.lowered(ty, env, depth));
        match ty {
            Type::Paren(ty) => self.lowered(&ty.elem, env, depth),
            Type::Group(ty) => self.lowered(&ty.elem, env, depth),
            Type::Reference(ty) if ty.mutability.is_some() => Ty::RefMut(inner(&ty.elem)),
            Type::Reference(ty) => match self.lowered(&ty.elem, env, depth) {
                // `&P` for any `P: AsRef<str>`: the reference that the bound asks for is this one.
                Ty::Ref(asked) if is_parameter(&ty.elem, env) => Ty::Ref(asked),
                inner => Ty::Ref(Box::new(inner)),
            },
            Type::Slice(ty) => Ty::Slice(inner(&ty.elem)),
            Type::Array(ty) => Ty::Array(inner(&ty.elem), Box::new(ty.len.clone())),
            Type::Tuple(ty) if ty.elems.is_empty() => Ty::Unit,
            Type::Tuple(ty) => Ty::Tuple(ty.elems.iter().map(|ty| self.lowered(ty, env, depth)).collect()),
            Type::ImplTrait(ty) => self.bounded(ty.bounds.iter(), env, depth).unwrap_or(Ty::Other),
            Type::Path(ty) if ty.qself.is_none() => self.path(&ty.path, env, depth),
            _ => Ty::Other,
        }
    }

    fn path(&self, path: &syn::Path, env: &Env, depth: u8) -> Ty {
        if let Some(name) = path.get_ident() {
            if name == "Self" {
                return env.this.clone().unwrap_or(Ty::Other);
            }
            if let Some(ty) = env.parameters.get(&name.to_string()) {
                return ty.clone();
            }
        }
        let segments: Vec<String> = path.segments.iter().map(|segment| unraw(&segment.ident)).collect();
        let Ok(step) = self.paths().follow(env.scope, &segments, Space::Types) else { return Ty::Other };
        let arguments = path.segments.last().map_or_else(Vec::new, |last| self.arguments(last, env, depth));
        match step.found {
            Found::Item(item) if step.rest == 0 => self.item(item, arguments, depth),
            Found::Std(path) => standard(&path, arguments),
            _ => Ty::Other,
        }
    }

    pub(super) fn arguments(&self, segment: &syn::PathSegment, env: &Env, depth: u8) -> Vec<Ty> {
        let PathArguments::AngleBracketed(list) = &segment.arguments else { return Vec::new() };
        let types = list.args.iter().filter_map(|argument| match argument {
            GenericArgument::Type(ty) => Some(self.lowered(ty, env, depth)),
            _ => None,
        });
        types.collect()
    }

    pub(super) fn item(&self, item: ItemId, arguments: Vec<Ty>, depth: u8) -> Ty {
        match &self.items.item(item).definition {
            Definition::Alias(alias) if depth < DEEPEST_ALIAS => {
                let scope = Scope::Inside(self.items.item(item).module);
                let mut env = self.env(scope, &[&alias.generics], None);
                self.fill(&mut env, &alias.generics, &arguments, depth + 1);
                self.lowered(&alias.ty, &env, depth + 1)
            }
            Definition::Struct(_) | Definition::Enum(_) | Definition::Union => Ty::Local(item, arguments),
            _ => Ty::Other,
        }
    }

    /// A type that fits all `bounds`, if one of them is known to say enough.
    fn bounded<'b>(
        &self,
        bounds: impl Iterator<Item = &'b TypeParamBound>,
        env: &Env,
        depth: u8,
    ) -> Option<Ty> {
        let mut answer = None;
        for bound in bounds {
            let TypeParamBound::Trait(bound) = bound else { continue };
            let last = bound.path.segments.last()?;
            let argument = || self.arguments(last, env, depth).into_iter().next();
            let ty = match last.ident.to_string().as_str() {
                "AsRef" => Ty::Ref(Box::new(argument()?)),
                "Borrow" => argument()?.sized(),
                "Into" => argument()?,
                "ToString" | "Display" => Ty::String,
                "IntoIterator" => Ty::Vec(Box::new(self.output_of(last, "Item", env, depth)?)),
                // Every type that the other bounds lead to has these.
                "Send" | "Sync" | "Unpin" | "Sized" | "Clone" | "Debug" | "UnwindSafe" | "RefUnwindSafe" => {
                    continue;
                }
                _ => return None,
            };
            answer.get_or_insert(ty);
        }
        answer
    }

    fn output_of(&self, segment: &syn::PathSegment, name: &str, env: &Env, depth: u8) -> Option<Ty> {
        let PathArguments::AngleBracketed(list) = &segment.arguments else { return None };
        list.args.iter().find_map(|argument| match argument {
            GenericArgument::AssocType(assoc) if assoc.ident == name => {
                Some(self.lowered(&assoc.ty, env, depth))
            }
            _ => None,
        })
    }
}

/// Whether the type is one that its bounds stand for.
fn is_parameter(ty: &Type, env: &Env) -> bool {
    match ty {
        Type::Path(path) => {
            path.path.get_ident().is_some_and(|name| env.parameters.contains_key(&name.to_string()))
        }
        Type::Paren(ty) => is_parameter(&ty.elem, env),
        Type::Group(ty) => is_parameter(&ty.elem, env),
        Type::ImplTrait(_) => true,
        _ => false,
    }
}

fn where_bounds<'g>(generics: &'g syn::Generics, name: &str) -> Vec<&'g TypeParamBound> {
    let predicates = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    let bounds = predicates.filter_map(|predicate| match predicate {
        WherePredicate::Type(predicate) => match &predicate.bounded_ty {
            Type::Path(path) if path.path.is_ident(name) => Some(&predicate.bounds),
            _ => None,
        },
        _ => None,
    });
    bounds.flatten().collect()
}

/// A type of the standard library by its path.
fn standard(path: &[String], mut arguments: Vec<Ty>) -> Ty {
    let [.., last] = path else { return Ty::Other };
    if path.len() == 1 {
        return Ty::primitive(last).unwrap_or(Ty::Other);
    }
    // A second parameter of a list is its allocator.
    let first = |arguments: &mut Vec<Ty>| (!arguments.is_empty()).then(|| Box::new(arguments.swap_remove(0)));
    let one = |arguments: &mut Vec<Ty>, make: fn(Box<Ty>) -> Ty| first(arguments).map_or(Ty::Other, make);
    match last.as_str() {
        "String" => Ty::String,
        "Vec" => one(&mut arguments, Ty::Vec),
        "Option" => one(&mut arguments, Ty::Option),
        "Box" => one(&mut arguments, Ty::Boxed),
        "Cow" => one(&mut arguments, Ty::Cow),
        // `io::Result` and `fmt::Result` leave out what their module decides.
        "Result" => {
            let mut arguments = arguments.into_iter();
            let ok = arguments.next().unwrap_or(Ty::Unit);
            Ty::Result(Box::new(ok), Box::new(arguments.next().unwrap_or(Ty::Other)))
        }
        name => match StdType::named(name) {
            Some(std) if arguments.len() >= std.parameters() => {
                arguments.truncate(std.parameters());
                Ty::Std(std, arguments)
            }
            // Paths to primitives such as `std::primitive::u32`.
            _ => Ty::primitive(name).unwrap_or(Ty::Other),
        },
    }
}

/// A name without the mark that makes a keyword usable.
pub(super) fn unraw(ident: &syn::Ident) -> String {
    use syn::ext::IdentExt as _;
    ident.unraw().to_string()
}
