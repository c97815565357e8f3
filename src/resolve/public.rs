//! Takes the tables of a crate, gives the shortest path by which a generated test may name each item.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::items::{ModuleId, ROOT, Space};
use super::paths::{Found, Paths};

/// Paths by which tests may name things, starting with `crate` or `support`.
#[derive(Debug, Default)]
pub(super) struct PublicPaths {
    by_thing: BTreeMap<Found, Vec<String>>,
}

impl PublicPaths {
    /// Walks everything that is visible from outside, near things first.
    pub(super) fn new(paths: Paths<'_>) -> Self {
        let mut public = Self::default();
        public.tree(paths, ROOT, "crate");
        if let Some(support) = paths.items.support {
            public.tree(paths, support, "support");
        }
        // Tests have the dependencies of the crate, too.
        for (name, root) in paths.items.crates() {
            public.tree(paths, root, &name);
        }
        public
    }

    /// Everything that can be named through `module` from outside.
    pub(super) fn below(paths: Paths<'_>, module: ModuleId) -> BTreeSet<Found> {
        let mut below = Self::default();
        below.tree(paths, module, "crate");
        below.by_thing.into_keys().collect()
    }

    /// The shortest path to `found`, if there is one.
    pub(super) fn path(&self, found: &Found) -> Option<&[String]> {
        self.by_thing.get(found).map(Vec::as_slice)
    }

    /// Everything that has a path.
    pub(super) fn all(&self) -> impl Iterator<Item = (&Found, &[String])> {
        self.by_thing.iter().map(|(found, path)| (found, path.as_slice()))
    }

    fn tree(&mut self, paths: Paths<'_>, root: ModuleId, name: &str) {
        let mut queue = VecDeque::from([(root, vec![name.to_owned()])]);
        self.by_thing.insert(Found::Module(root), vec![name.to_owned()]);
        while let Some((module, path)) = queue.pop_front() {
            for (name, space) in offered(paths, module) {
                let hits = paths.name(module, &name, space);
                let [hit] = hits.as_slice() else { continue };
                if !paths.items.is_reachable(hit.vis) || self.by_thing.contains_key(&hit.found) {
                    continue;
                }
                let mut path = path.clone();
                path.push(name);
                if let Found::Module(module) = hit.found {
                    queue.push_back((module, path.clone()));
                }
                self.by_thing.insert(hit.found.clone(), path);
            }
        }
    }
}

/// Every name that `module` may offer, its own and those behind its globs.
fn offered(paths: Paths<'_>, module: ModuleId) -> BTreeSet<(String, Space)> {
    let (mut names, mut seen, mut open) = (BTreeSet::new(), BTreeSet::new(), vec![module]);
    while let Some(module) = open.pop() {
        if !seen.insert(module) {
            continue;
        }
        let module_data = paths.items.module(module);
        names.extend(module_data.names.keys().cloned());
        for glob in &module_data.globs {
            let scope = super::paths::Scope::Inside(module);
            if let Ok(step) = paths.follow(scope, &glob.path, Space::Types)
                && let Found::Module(from) = step.found
            {
                open.push(from);
            }
        }
    }
    names
}
