//! Takes the type of a parameter of a step, gives the iterator that stands for the caller's code.
//!
//! Other values are made like those of any call.

use syn::{GenericArgument, PathArguments, Type, TypeParamBound};

use super::bound::{Lend, Recipe};
use super::bounds::bounds_of;
use super::lent::passing;
use super::lower::Env;
use super::target::Callable;
use super::traits::is_everywhere;
use super::ty::Ty;
use super::walk::Walking;

impl Walking<'_> {
    /// How an iterator is made that the caller passes: an odd one, if the caller's code may panic.
    pub(super) fn of_caller(&self, ty: &Type, callable: &Callable<'_>) -> Option<Recipe> {
        self.constraint.refusal.panics?;
        match ty {
            Type::ImplTrait(ty) => self.items(ty.bounds.iter(), &callable.env),
            Type::Path(path) => {
                let name = path.path.get_ident()?;
                let generics = &callable.signature.generics;
                let parameter = generics.type_params().find(|it| it.ident == *name)?;
                let bounds = bounds_of(&[generics], parameter);
                self.items(bounds.of_parameter().iter().copied(), &callable.env)
            }
            _ => None,
        }
    }

    fn items<'b>(&self, bounds: impl Iterator<Item = &'b TypeParamBound>, env: &Env) -> Option<Recipe> {
        let traits = bounds.filter_map(|bound| match bound {
            TypeParamBound::Trait(bound) => Some(bound.path.segments.last()?),
            _ => None,
        });
        let traits: Vec<_> = traits.filter(|it| !is_everywhere(&it.ident.to_string())).collect();
        let [only] = traits[..] else { return None };
        let PathArguments::AngleBracketed(list) = &only.arguments else { return None };
        if only.ident != "IntoIterator" && only.ident != "Iterator" {
            return None;
        }
        let item = list.args.iter().find_map(|argument| match argument {
            GenericArgument::AssocType(it) if it.ident == "Item" => Some(self.krate.lower(&it.ty, env)),
            _ => None,
        })?;
        // What borrows is kept by the case, which an iterator of the caller's cannot wait for.
        let is_owned = passing(&item) == Lend::Move && !matches!(item, Ty::Ref(_) | Ty::RefMut(_));
        let item = is_owned.then(|| self.krate.recipe(&item).ok()).flatten()?;
        Some(Recipe::Items(Box::new(item)))
    }
}
