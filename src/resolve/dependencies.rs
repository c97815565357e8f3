//! Takes the tables of a crate, adds those of the crates that its names lead to: what it offers of others, and what
//! other packages of the workspace offer it.
//!
//! Which crate a name means, and where its sources are, it asks for; it opens no file by itself.

use std::collections::BTreeMap;

use super::cfg::Conditions;
use super::collect::{Read, extend};
use super::error::ResolveError;
use super::items::{ModuleId, ROOT, Tables, Vis, What};
use super::paths::EXTERN;
use crate::model::Sources;

/// The sources of another crate.
pub(super) struct Source {
    /// What tells it from all others.
    pub id: String,
    /// Its root file, as paths of the package under test have it.
    pub root: String,
    /// What conditions in it are judged by.
    pub conditions: Conditions,
}

/// How a name is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Use {
    /// Only inside.
    Private,
    /// Something below it is offered on.
    Offered,
}

/// Gives the sources of the crate that another one, by its id, has under a name; the crate under test has no id.
/// Nothing if there is no such crate or it is not worth reading for that use.
pub(super) type Find<'f> = dyn FnMut(Option<&str>, &str, Use) -> Option<Source> + 'f;

/// Adds the crates that are led to from the crate under test, and from those.
pub(super) fn follow(
    mut items: Tables,
    sources: &mut Sources,
    find: &mut Find<'_>,
    read: &mut Read<'_>,
) -> Result<Tables, ResolveError> {
    let mut known: BTreeMap<String, ModuleId> = BTreeMap::new();
    let mut open: Vec<(ModuleId, Option<String>)> = vec![(ROOT, None)];
    while let Some((root, id)) = open.pop() {
        for (name, used) in led_to(&items, root) {
            let Some(source) = find(id.as_deref(), &name, used) else { continue };
            let mut module = known.get(&source.id).copied();
            if module.is_none() {
                let (more, read) = extend(items, &source.root, &source.conditions, sources, read)?;
                (items, module) = (more, read);
                open.extend(module.map(|module| (module, Some(source.id.clone()))));
            }
            let Some(module) = module else { continue };
            known.insert(source.id, module);
            items.externs.entry(root).or_default().insert(name, module);
        }
    }
    Ok(items)
}

/// The first names of paths that may lead out of the tree of `root`, with what they are used for.
fn led_to(items: &Tables, root: ModuleId) -> BTreeMap<String, Use> {
    let mut names: BTreeMap<String, Use> = BTreeMap::new();
    let modules = items.modules.iter().enumerate().filter(|(at, _)| items.root_of(ModuleId(*at)) == root);
    for (_, module) in modules {
        let imports = module.names.values().flatten().filter_map(|entry| match &entry.what {
            // A whole crate that is offered is not read: nobody tests it from here.
            What::Import(path) => Some((path, entry.vis, 2)),
            _ => None,
        });
        let globs = module.globs.iter().map(|glob| (&glob.path, glob.vis, 1));
        for (path, vis, least) in imports.chain(globs) {
            let path = path.strip_prefix(&[EXTERN.to_owned()]).unwrap_or(path);
            let Some(first) = path.first().filter(|first| !is_ours(first)) else { continue };
            let used = if vis == Vis::Public && path.len() >= least { Use::Offered } else { Use::Private };
            let known = names.entry(first.clone()).or_insert(used);
            *known = (*known).max(used);
        }
    }
    names
}

fn is_ours(first: &str) -> bool {
    matches!(first, "crate" | "self" | "super" | "std" | "core" | "alloc")
}
