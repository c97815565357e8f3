//! Takes the type of a parameter of a step, gives the closure or the iterator that stands for the caller's code.
//!
//! Other values are made like those of any call.

use syn::{GenericArgument, PathArguments, ReturnType, Type, TypeParamBound};

use super::bound::{Lend, Recipe};
use super::bounds::bounds_of;
use super::lent::passing;
use super::lower::Env;
use super::target::Callable;
use super::traits::is_everywhere;
use super::ty::Ty;
use super::walk::Walking;

impl Walking<'_> {
    /// How a closure or an iterator is made that the caller passes.
    pub(super) fn of_caller(&self, ty: &Type, callable: &Callable<'_>) -> Option<Recipe> {
        let env = &callable.env;
        let generics = &callable.signature.generics;
        match ty {
            Type::ImplTrait(ty) => self.of_bounds(ty.bounds.iter(), env),
            Type::Reference(ty) if ty.mutability.is_some() => match self.of_caller(&ty.elem, callable)? {
                Recipe::Callback { takes, gives, .. } => {
                    Some(Recipe::Callback { takes, gives, mutable: true })
                }
                _ => None,
            },
            Type::TraitObject(ty) => self.of_bounds(ty.bounds.iter(), env),
            Type::Path(path) => {
                let name = path.path.get_ident()?;
                let parameter = generics.type_params().find(|it| it.ident == *name)?;
                let bounds = bounds_of(&[generics], parameter);
                self.of_bounds(bounds.of_parameter().iter().copied(), env)
            }
            _ => None,
        }
    }

    fn of_bounds<'b>(&self, bounds: impl Iterator<Item = &'b TypeParamBound>, env: &Env) -> Option<Recipe> {
        let traits: Vec<&syn::TraitBound> = bounds
            .filter_map(|bound| if let TypeParamBound::Trait(bound) = bound { Some(bound) } else { None })
            .filter(|bound| {
                !bound.path.segments.last().is_some_and(|it| is_everywhere(&it.ident.to_string()))
            })
            .collect();
        let [only] = traits[..] else { return None };
        let last = only.path.segments.last()?;
        match &last.arguments {
            PathArguments::Parenthesized(signature) => {
                let gives = match &signature.output {
                    ReturnType::Default => Ty::Unit,
                    ReturnType::Type(_, ty) => self.krate.lower(ty, env),
                };
                // What borrows would have to live as long as what it was made of.
                let is_owned = passing(&gives) == Lend::Move && !matches!(gives, Ty::Ref(_) | Ty::RefMut(_));
                let gives = Box::new(is_owned.then(|| self.krate.recipe(&gives).ok()).flatten()?);
                Some(Recipe::Callback { takes: signature.inputs.len(), gives, mutable: false })
            }
            PathArguments::AngleBracketed(list)
                if last.ident == "IntoIterator" || last.ident == "Iterator" =>
            {
                let item = list.args.iter().find_map(|argument| match argument {
                    GenericArgument::AssocType(it) if it.ident == "Item" => {
                        Some(self.krate.lower(&it.ty, env))
                    }
                    _ => None,
                })?;
                // What borrows is kept by the case, which an iterator of the caller's cannot wait for.
                let is_owned = passing(&item) == Lend::Move && !matches!(item, Ty::Ref(_) | Ty::RefMut(_));
                let item = is_owned.then(|| self.krate.recipe(&item).ok()).flatten()?;
                self.dares().then(|| Recipe::Items(Box::new(item)))
            }
            _ => None,
        }
    }

    /// Whether the code of the caller may panic, and so an iterator of the caller's may be an odd one.
    fn dares(&self) -> bool {
        self.constraint.refusal.panics.is_some()
    }
}
