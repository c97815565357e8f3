//! Takes the type of a parameter of a step, gives the iterator that stands for the caller's code.
//!
//! Other values are made like those of any call.

use syn::{GenericArgument, PathArguments, Type, TypeParamBound};

use super::asked::bounds_of;
use super::callable::Callable;
use super::lent::passing;
use super::lower::Env;
use super::made::{Lend, Recipe};
use super::traits::is_everywhere;
use super::ty::Ty;
use super::walk::Walking;

/// What such an iterator is; any of them may say what its items are.
const ITERATES: [&str; 5] =
    ["IntoIterator", "Iterator", "DoubleEndedIterator", "ExactSizeIterator", "FusedIterator"];

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
        let is_met = |name: &str| name == "Clone" || is_everywhere(name);
        let traits: Vec<_> = traits.filter(|it| !is_met(&it.ident.to_string())).collect();
        if !traits.iter().all(|it| ITERATES.contains(&it.ident.to_string().as_str())) {
            return None;
        }
        let outputs: Vec<_> = traits
            .iter()
            .filter_map(|it| match &it.arguments {
                PathArguments::AngleBracketed(list) => Some(&list.args),
                _ => None,
            })
            .flatten()
            .filter_map(|argument| match argument {
                GenericArgument::AssocType(output) => Some(output),
                _ => None,
            })
            .collect();
        // Whoever names the type of the iterator takes no other one.
        if outputs.iter().any(|output| output.ident != "Item") {
            return None;
        }
        let item = outputs.first().map(|output| self.krate.lower(&output.ty, env))?;
        // What borrows is kept by the case, which an iterator of the caller's cannot wait for.
        let is_owned = passing(&item) == Lend::Move && !matches!(item, Ty::Ref(_) | Ty::RefMut(_));
        let item = is_owned.then(|| self.krate.recipe(&item).ok()).flatten()?;
        Some(Recipe::Items(Box::new(item)))
    }
}
