//! Takes a type of the user with parameters left open, gives what stands for them while steps are taken on its values.
//!
//! An element that is watched, wherever the methods that are steps ask for no more than it has.

use syn::PathArguments;
use syn::visit::{self, Visit};

use super::asked::bounds_of;
use super::items::{Definition, ItemId};
use super::lower::{Decided, Env};
use super::paths::Scope;
use super::ty::Ty;
use super::walk::{PUBLIC, Walking};
use crate::model;

impl Walking<'_> {
    /// The type with an argument for each parameter, as the declaration says, else by what its methods ask for.
    pub(super) fn decided(&mut self, ty: &Ty, generics: &Decided, start: Option<&syn::Expr>) -> Ty {
        let Ty::Local(item, arguments) = ty else { return ty.clone() };
        let definition = match &self.krate.items.item(*item).definition {
            Definition::Struct(definition) => &definition.generics,
            Definition::Enum(definition) => &definition.generics,
            _ => return ty.clone(),
        };
        let started = start.and_then(|start| self.started(start, *item)).unwrap_or_default();
        let arguments = if arguments.is_empty() { started } else { arguments.clone() };
        let scope = Scope::Inside(self.krate.items.item(*item).module);
        let mut known = self.krate.given(scope, definition, &arguments, 0);
        known.extend(generics.clone());
        let env = self.krate.env(scope, &[definition], None, &known);
        let parameters =
            definition.params.iter().filter(|it| !matches!(it, syn::GenericParam::Lifetime(_))).enumerate();
        let decided = parameters.map(|(at, parameter)| {
            let name = super::syntax::parameter_name(parameter);
            match (known.get(&name), parameter) {
                (Some(ty), _) => ty.clone(),
                (None, syn::GenericParam::Type(_)) => self.element(*item, at, definition, &env),
                (None, _) => env.parameters.get(&name).cloned().unwrap_or(Ty::Other),
            }
        });
        Ty::Local(*item, decided.collect())
    }

    /// What stands for parameter number `at`: an element that is watched, if nothing asks for more than it has.
    fn element(&self, item: ItemId, at: usize, definition: &syn::Generics, env: &Env) -> Ty {
        let mut all = Vec::new();
        let names: Vec<_> =
            definition.params.iter().filter(|it| !matches!(it, syn::GenericParam::Lifetime(_))).collect();
        if let Some(syn::GenericParam::Type(parameter)) = names.get(at) {
            all.push((bounds_of(&[definition], parameter), env.clone()));
        }
        for block in self.krate.impls.of_item(item).iter().map(|at| (*at, self.krate.items.block(*at))) {
            let (index, block) = block;
            if block.block.trait_.is_some() {
                continue;
            }
            let Ty::Local(_, arguments) = self.krate.impls.pattern(index) else { continue };
            let Some(Ty::Parameter(name)) = arguments.get(at) else { continue };
            let generics = &block.block.generics;
            let Some(parameter) = generics.type_params().find(|it| it.ident == *name) else { continue };
            let around = Env::open(Scope::Inside(block.module), &[generics]);
            for function in block.block.items.iter().filter_map(|item| match item {
                syn::ImplItem::Fn(function) if self.is_step(&function.sig.ident) => Some(function),
                _ => None,
            }) {
                all.push((bounds_of(&[generics, &function.sig.generics], parameter), around.clone()));
            }
        }
        self.krate.element_for(&all).unwrap_or(Ty::Other)
    }

    /// Whether the method is one of those that the declaration names.
    fn is_step(&self, name: &syn::Ident) -> bool {
        let words = self.constraint.words("steps");
        let steps = self.constraint.steps("step");
        let calls = |step: &model::Move| {
            step.name.value == *name.to_string()
                || step.call.as_ref().is_some_and(|call| call.text.contains(&format!(".{name}(")))
        };
        let is_public = words.is_empty() && steps.is_empty();
        is_public
            || words.iter().any(|word| word.value == PUBLIC || name == &word.value)
            || steps.iter().any(calls)
    }

    /// The type arguments that the start of the steps writes out.
    fn started(&self, start: &syn::Expr, item: ItemId) -> Option<Vec<Ty>> {
        struct Finder<'n>(&'n str, Option<syn::PathSegment>);
        impl<'ast> Visit<'ast> for Finder<'_> {
            fn visit_path_segment(&mut self, it: &'ast syn::PathSegment) {
                if it.ident == self.0 && matches!(it.arguments, PathArguments::AngleBracketed(_)) {
                    self.1.get_or_insert(it.clone());
                }
                visit::visit_path_segment(self, it);
            }
        }
        let mut finder = Finder(&self.krate.items.item(item).name, None);
        finder.visit_expr(start);
        let arguments = self.krate.arguments(&finder.1?, &Env::new(Scope::Outside, None), 0);
        arguments.iter().all(Ty::is_decided).then_some(arguments)
    }
}
