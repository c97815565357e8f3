//! Takes a crate, gives the functions that a test can call, each by the shortest path from outside.

use crate::resolve::callable::{Callable, Sought};
use crate::resolve::expression::Named;
use crate::resolve::items::{Definition, ItemId, ModuleId, Space};
use crate::resolve::lower::{Crate, Decided};
use crate::resolve::paths::{Found, Scope};
use crate::resolve::syntax::{ident, joined, unraw};
use crate::resolve::ty::Ty;

/// A function that a selector may select.
pub(super) struct Candidate<'a> {
    /// Its path, as a declaration writes it.
    pub path: String,
    /// Its name alone.
    pub name: String,
    /// The function itself, or the type it belongs to.
    pub owner: ItemId,
    /// How it is called.
    pub callable: Box<Callable<'a>>,
}

impl Candidate<'_> {
    /// The module it is defined in.
    pub(super) fn module(&self) -> Option<ModuleId> {
        match self.callable.env.scope {
            Scope::Inside(module) => Some(module),
            Scope::Outside => None,
        }
    }
}

/// Every free function and every function of a type, by path; those of `support.rs` are no part of the crate.
///
/// Functions that a trait declares are left to who calls the trait: they are not named by the type.
pub(super) fn surface<'a>(krate: &Crate<'a>) -> Vec<Candidate<'a>> {
    let mut candidates = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for (found, path) in krate.public.all() {
        let Found::Item(item) = found else { continue };
        if path.first().is_none_or(|first| first != "crate") {
            continue;
        }
        let path = joined(path, "crate");
        match &krate.items.item(*item).definition {
            Definition::Function(_) => candidates.extend(candidate(krate, *item, path)),
            Definition::Struct(_) | Definition::Enum(_) | Definition::Union if seen.insert(*item) => {
                candidates.extend(of_type(krate, *item, &path));
            }
            // A type that only an alias shows is named by the alias.
            Definition::Alias(_) => {
                if let Ty::Local(owner, _) = krate.item(*item, Vec::new(), 0)
                    && krate.public.path(&Found::Item(owner)).is_none()
                    && seen.insert(owner)
                {
                    let functions = of_type(krate, owner, &path);
                    candidates.extend(functions.into_iter().map(|it| Candidate { owner: *item, ..it }));
                }
            }
            _ => {}
        }
    }
    candidates.sort_by(|a, b| a.path.cmp(&b.path));
    candidates.dedup_by(|a, b| a.path == b.path);
    candidates
}

fn of_type<'a>(krate: &Crate<'a>, owner: ItemId, path: &str) -> Vec<Candidate<'a>> {
    let blocks = krate.impls.of_item(owner).iter().map(|at| krate.items.block(*at));
    let own = blocks.filter(|block| block.block.trait_.is_none());
    let functions = own.flat_map(|block| {
        block.block.items.iter().filter_map(|item| match item {
            syn::ImplItem::Fn(function) if krate.is_visible(block.module, &function.vis) => {
                Some(unraw(&function.sig.ident))
            }
            _ => None,
        })
    });
    functions.filter_map(|name| candidate(krate, owner, format!("{path}::{}", ident(&name)))).collect()
}

fn candidate<'a>(krate: &Crate<'a>, owner: ItemId, path: String) -> Option<Candidate<'a>> {
    let syntax: syn::Path = syn::parse_str(&path).ok()?;
    let name = syntax.segments.last().map(|last| unraw(&last.ident))?;
    let callable = function_at(&path, krate)?;
    Some(Candidate { path, name, owner, callable })
}

/// The function at a path from outside.
pub(super) fn function_at<'a>(path: &str, krate: &Crate<'a>) -> Option<Box<Callable<'a>>> {
    let named = Named::new(path, krate.library).ok()?;
    match krate.seek(&named, Space::Values, &Decided::new()) {
        Sought::Function(callable) => Some(callable),
        _ => None,
    }
}
