//! Takes the sources of the package, gives what a path that is written in them leads to.
//!
//! Names are followed through `use`, also where it is `pub` and elsewhere; what a macro declares, and what a glob of
//! another crate brings in, is not known.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::sources::{each_module, imported, imports};

/// So many steps one path takes at most: what imports itself has no end.
const STEPS: usize = 200;

/// What `use` brings into a scope: the name there, `*` for all, and the path it stands for.
pub(crate) type Import = (String, String);

/// The modules of a crate with their names.
#[derive(Debug, Default)]
pub(crate) struct Names {
    modules: BTreeMap<Vec<String>, Module>,
}

#[derive(Debug, Default)]
struct Module {
    items: BTreeSet<String>,
    imports: Vec<Import>,
}

/// Where a path stands.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    /// The module.
    pub(crate) module: &'a [String],
    /// What the blocks around it bring in, the innermost last.
    pub(crate) blocks: &'a [Vec<Import>],
}

impl Names {
    /// The names of the package at `root`.
    pub(crate) fn of(root: &Path) -> Self {
        let mut names = Self::default();
        each_module(root, &mut |part| {
            let module = names.modules.entry(part.module.to_vec()).or_default();
            module.items.extend(part.tested_items().filter_map(name));
            module.imports.extend(imports(part.items));
        });
        names
    }

    /// Whether there is such a module: `crate`, or a path that begins so.
    pub(crate) fn has(&self, path: &[String]) -> bool {
        path.first().is_some_and(|first| first == "crate") && self.modules.contains_key(&path[1..])
    }

    /// The module that a path of the crate leads to, or to an item of: its segments below the root.
    pub(crate) fn module_of<'p>(&self, path: &'p [String]) -> Option<&'p [String]> {
        let below = path.split_first().filter(|(first, _)| *first == "crate")?.1;
        (0..=below.len()).rev().map(|end| &below[..end]).find(|module| self.modules.contains_key(*module))
    }

    /// What a path may lead to, from the root of its crate: `crate::…`, or the name of another crate first.
    ///
    /// More than one where a glob of another crate may have brought the name in.
    pub(crate) fn led_to(&self, scope: Scope<'_>, written: &[String]) -> Vec<Vec<String>> {
        let mut walk = Walk { names: self, left: STEPS, opened: BTreeSet::new(), found: Vec::new() };
        walk.lead(scope, written);
        let mut known = BTreeSet::new();
        walk.found.retain(|path| known.insert(path.clone()));
        walk.found
    }

    /// Whether a module has a name that does not come through a glob.
    fn knows(&self, module: &[String], name: &str) -> bool {
        let child = [module, &[name.to_owned()]].concat();
        self.modules.contains_key(&child)
            || self.modules.get(module).is_some_and(|module| {
                module.items.contains(name) || module.imports.iter().any(|(known, _)| known == name)
            })
    }
}

/// One path on its way.
struct Walk<'n> {
    names: &'n Names,
    /// Steps that may still be taken.
    left: usize,
    /// Modules that were looked into through a glob.
    opened: BTreeSet<Vec<String>>,
    found: Vec<Vec<String>>,
}

impl Walk<'_> {
    fn lead(&mut self, scope: Scope<'_>, written: &[String]) {
        let Some((first, rest)) = written.split_first() else { return };
        let Scope { module, blocks } = scope;
        match first.as_str() {
            "crate" | "$crate" => return self.follow(&[], rest),
            "self" => return self.follow(module, rest),
            "std" | "core" | "alloc" if !self.names.knows(module, first) => {
                return self.found.push(of_another_crate(written));
            }
            "super" => {
                let supers = written.iter().take_while(|segment| *segment == "super").count();
                return self.follow(&module[..module.len().saturating_sub(supers)], &written[supers..]);
            }
            _ => {}
        }
        for (at, block) in blocks.iter().enumerate().rev() {
            // A path of a `use` in a block is read from what stands around the block.
            let around = Scope { module, blocks: &blocks[..at] };
            if let Some((_, stands_for)) = block.iter().find(|(name, _)| name == first) {
                return self.through(around, stands_for, written);
            }
            for glob in globs(block) {
                self.through_glob(around, glob, written);
            }
        }
        if self.names.knows(module, first) {
            return self.follow(module, written);
        }
        self.through_globs(module, written);
        if !self.found.iter().any(|path| path[0] == "crate") {
            self.found.push(of_another_crate(written));
        }
    }

    /// Follows `rest` from inside a module of the crate.
    fn follow(&mut self, module: &[String], rest: &[String]) {
        let here = || [&["crate".to_owned()], module, rest].concat();
        self.left = self.left.saturating_sub(1);
        let Some((first, after)) = rest.split_first().filter(|_| self.left > 0) else {
            return self.found.push(here());
        };
        let child = [module, std::slice::from_ref(first)].concat();
        if self.names.modules.contains_key(&child) {
            return self.follow(&child, after);
        }
        let names = self.names;
        let Some(names) = names.modules.get(module).filter(|names| !names.items.contains(first)) else {
            return self.found.push(here());
        };
        if let Some((_, stands_for)) = names.imports.iter().find(|(name, _)| name == first) {
            return self.through(Scope { module, blocks: &[] }, stands_for, rest);
        }
        let before = self.found.len();
        self.through_globs(module, rest);
        if self.found.len() == before {
            self.found.push(here());
        }
    }

    /// Where `written` leads if its first name stands for a path.
    fn through(&mut self, scope: Scope<'_>, stands_for: &str, written: &[String]) {
        let path = [split(stands_for).as_slice(), &written[1..]].concat();
        // A crate may be brought in by its own name.
        if path == written { self.found.push(of_another_crate(written)) } else { self.lead(scope, &path) }
    }

    fn through_globs(&mut self, module: &[String], written: &[String]) {
        let names = self.names;
        let Some(names) = names.modules.get(module) else { return };
        for glob in globs(&names.imports) {
            self.through_glob(Scope { module, blocks: &[] }, glob, written);
        }
    }

    /// Where `written` leads if the glob brings its first name in.
    fn through_glob(&mut self, scope: Scope<'_>, glob: &str, written: &[String]) {
        let path = split(glob);
        let before = self.found.len();
        let is_known = matches!(path[0].as_str(), "crate" | "self" | "super")
            || self.names.knows(scope.module, &path[0]);
        // The path of a glob does not come in through globs itself.
        if is_known {
            self.lead(scope, &path);
        } else {
            self.found.push(of_another_crate(&path));
        }
        for path in self.found.split_off(before) {
            let Some(module) = path.strip_prefix(&["crate".to_owned()][..]) else {
                self.found.push([path.as_slice(), written].concat());
                continue;
            };
            if !self.opened.insert(module.to_vec()) {
                continue;
            }
            if self.names.knows(module, &written[0]) {
                self.follow(module, written);
            } else {
                self.through_globs(module, written);
            }
        }
    }
}

fn globs(imports: &[Import]) -> impl Iterator<Item = &str> {
    imports.iter().filter(|(name, _)| name == "*").map(|(_, of)| of.as_str())
}

/// What `use` items in a block bring in.
pub(crate) fn of_block(block: &syn::Block) -> Vec<Import> {
    let mut found = Vec::new();
    for statement in &block.stmts {
        if let syn::Stmt::Item(syn::Item::Use(item)) = statement {
            imported(&item.tree, "", &mut found);
        }
    }
    found
}

/// The segments of a path, without arguments.
pub(crate) fn segments(path: &syn::Path) -> Vec<String> {
    path.segments.iter().map(|segment| plain(&segment.ident)).collect()
}

/// The segments of a path that is written as text.
pub(crate) fn split(path: &str) -> Vec<String> {
    path.split("::").map(|segment| segment.trim().trim_start_matches("r#").to_owned()).collect()
}

fn plain(ident: &syn::Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

/// `core` and `alloc` are parts of `std`.
fn of_another_crate(path: &[String]) -> Vec<String> {
    let mut path = path.to_vec();
    if let Some(first) = path.first_mut().filter(|first| *first == "core" || *first == "alloc") {
        "std".clone_into(first);
    }
    path
}

fn name(item: &syn::Item) -> Option<String> {
    let ident = match item {
        syn::Item::Const(item) => &item.ident,
        syn::Item::Enum(item) => &item.ident,
        syn::Item::Fn(item) => &item.sig.ident,
        syn::Item::Macro(item) => item.ident.as_ref()?,
        syn::Item::Static(item) => &item.ident,
        syn::Item::Struct(item) => &item.ident,
        syn::Item::Trait(item) => &item.ident,
        syn::Item::TraitAlias(item) => &item.ident,
        syn::Item::Type(item) => &item.ident,
        syn::Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(plain(ident))
}

#[cfg(test)]
mod tests {
    use super::{Names, Scope, split};
    use crate::sources::laid_out::with_files;

    const FILES: [(&str, &str); 4] = [
        ("src/lib.rs", "pub mod a;\nmod b;\npub use b::Thing;\npub use a::inner as deep;\npub fn f() {}"),
        (
            "src/a.rs",
            "pub mod inner { pub fn g() {} }\nuse std::process;\npub use crate::b::*;\nuse std::fmt::*;\nuse super::Thing as T;",
        ),
        ("src/b.rs", "pub struct Thing;\npub use std::process::exit as leave;\nuse crate::a::*;\nuse log;"),
        ("src/main.rs", "fn main() {}"),
    ];

    fn check(module: &str, path: &str) -> String {
        with_files(&FILES, |root| {
            let names = Names::of(root);
            let module: Vec<String> = if module.is_empty() { Vec::new() } else { split(module) };
            let found = names.led_to(Scope { module: &module, blocks: &[] }, &split(path));
            found.iter().map(|path| path.join("::")).collect::<Vec<_>>().join(" or ")
        })
    }

    #[test]
    fn paths_are_followed_to_where_they_lead() {
        assert_eq!(check("", "a::inner::g"), "crate::a::inner::g");
        assert_eq!(check("a", "inner::g"), "crate::a::inner::g");
        assert_eq!(check("a::inner", "super::super::f"), "crate::f");
        assert_eq!(check("b", "self::Thing::new"), "crate::b::Thing::new");
        assert_eq!(check("b", "crate::deep::g"), "crate::a::inner::g");
        assert_eq!(check("a", "T::new"), "crate::b::Thing::new");
        assert_eq!(check("a", "process::exit"), "std::process::exit");
        assert_eq!(check("b", "log::info"), "log::info");
        assert_eq!(check("", "core::mem::take"), "std::mem::take");
        assert_eq!(check("", "serde::Serialize"), "serde::Serialize");
    }

    #[test]
    fn names_come_through_globs_of_the_crate_and_perhaps_of_others() {
        assert_eq!(check("a", "leave"), "std::process::exit or std::fmt::leave or leave");
        assert_eq!(check("", "a::leave"), "std::process::exit or std::fmt::leave");
        assert_eq!(check("b", "inner::g"), "crate::a::inner::g");
        assert_eq!(check("a", "Write"), "std::fmt::Write or Write");
        assert_eq!(check("b", "nothing::at::all").split(" or ").last(), Some("nothing::at::all"));
    }

    #[test]
    fn the_module_of_a_path_is_the_longest_there_is() {
        with_files(&FILES, |root| {
            let names = Names::of(root);
            let of = |path: &str| names.module_of(&split(path)).map(|module| module.join("::"));
            assert_eq!(of("crate::a::inner::g").as_deref(), Some("a::inner"));
            assert_eq!(of("crate::a::Thing").as_deref(), Some("a"));
            assert_eq!(of("crate::f").as_deref(), Some(""));
            assert_eq!(of("std::fmt"), None);
            assert!(names.has(&split("crate::a::inner")) && names.has(&split("crate")));
            assert!(!names.has(&split("crate::c")) && !names.has(&split("a")));
        });
    }
}
