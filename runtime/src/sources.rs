//! Takes the root of the package, gives its sources: modules with their items, and files by their paths.
//!
//! Never runs anything, follows no `cfg` but `cfg(test)`, and stops with a panic at a source that cannot be read, for
//! then nothing can be said about it.

use std::fs;
use std::path::{Path, PathBuf};

use constraints_wire::Place;
use proc_macro2::Span;

/// A module, as far as it stands in one piece of text.
pub(crate) struct Part<'a> {
    /// Its path below the root of the crate.
    pub(crate) module: &'a [String],
    /// The file, from the root of the package, with `/`.
    pub(crate) file: &'a str,
    /// Attributes of the module: those in front of it, and those inside its file.
    pub(crate) attributes: &'a [syn::Attribute],
    /// Whether it and all modules around it are `pub`.
    pub(crate) is_public: bool,
    /// Where it begins.
    pub(crate) line: u32,
    /// What stands in it.
    pub(crate) items: &'a [syn::Item],
}

impl Part<'_> {
    /// The place of a span in this part.
    pub(crate) fn place(&self, span: Span) -> Place {
        let start = span.start();
        Place { file: self.file.to_string(), line: start.line as u32, column: start.column as u32 + 1 }
    }

    /// The items that are not only compiled for tests.
    pub(crate) fn tested_items(&self) -> impl Iterator<Item = &syn::Item> {
        self.items.iter().filter(|item| !is_test(attributes(item)))
    }
}

/// Shows every module of the package that is compiled outside tests, the crate's root first.
pub(crate) fn each_module(root: &Path, visit: &mut dyn FnMut(&Part<'_>)) {
    let mut walk = Walk { root, visit };
    let entries = ["src/lib.rs", "src/main.rs"].map(|path| root.join(path));
    for entry in entries.iter().filter(|path| path.is_file()) {
        let folder = entry.parent().unwrap_or(entry).to_path_buf();
        walk.file(entry, &folder, &mut Vec::new(), &[], true);
    }
}

/// Whether `module` is `within` or below it.
pub(crate) fn inside(module: &[String], within: &[&str]) -> bool {
    module.len() >= within.len() && module.iter().zip(within).all(|(a, b)| a == b)
}

struct Walk<'a, 'v> {
    root: &'a Path,
    visit: &'v mut dyn FnMut(&Part<'_>),
}

impl Walk<'_, '_> {
    fn file(
        &mut self,
        path: &Path,
        children: &Path,
        at: &mut Vec<String>,
        outer: &[syn::Attribute],
        is_public: bool,
    ) {
        let text = fs::read_to_string(path);
        let parsed = text
            .map_err(|error| error.to_string())
            .and_then(|text| syn::parse_file(&text).map_err(|error| error.to_string()));
        match parsed {
            Ok(file) => {
                let attributes: Vec<syn::Attribute> = outer.iter().chain(&file.attrs).cloned().collect();
                self.part(&file.items, &attributes, path, children, at, (is_public, 1));
            }
            Err(error) => {
                panic!("{} cannot be read, so nothing can be said about it: {error}", path.display())
            }
        }
    }

    fn part(
        &mut self,
        items: &[syn::Item],
        attributes: &[syn::Attribute],
        path: &Path,
        children: &Path,
        at: &mut Vec<String>,
        (is_public, line): (bool, u32),
    ) {
        let file = shown(self.root, path);
        (self.visit)(&Part { module: at, file: &file, attributes, is_public, line, items });
        for item in items {
            let syn::Item::Mod(module) = item else { continue };
            if is_test(&module.attrs) {
                continue;
            }
            let name = module.ident.to_string().trim_start_matches("r#").to_string();
            let is_public = is_public && matches!(module.vis, syn::Visibility::Public(_));
            at.push(name.clone());
            if let Some((_, items)) = &module.content {
                let line = module.ident.span().start().line as u32;
                self.part(items, &module.attrs, path, &children.join(&name), at, (is_public, line));
            } else if let Some((file, folder)) = file_of(module, &name, path, children) {
                self.file(&file, &folder, at, &module.attrs, is_public);
            }
            at.pop();
        }
    }
}

/// A path from the root of the package, the same on every system.
pub(crate) fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// The file of `mod name;` and the folder of its own submodules.
fn file_of(module: &syn::ItemMod, name: &str, path: &Path, children: &Path) -> Option<(PathBuf, PathBuf)> {
    let given = module.attrs.iter().find_map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    });
    if let Some(given) = given {
        let file = path.parent()?.join(given);
        let folder = file.parent()?.to_path_buf();
        return Some((file, folder));
    }
    let folder = children.join(name);
    let beside = children.join(format!("{name}.rs"));
    let within = folder.join("mod.rs");
    let file = [beside, within].into_iter().find(|file| file.is_file())?;
    Some((file, folder))
}

/// The attributes of an item.
pub(crate) fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Const(item) => &item.attrs,
        syn::Item::Enum(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Macro(item) => &item.attrs,
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Static(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Trait(item) => &item.attrs,
        syn::Item::Type(item) => &item.attrs,
        syn::Item::Union(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// `#[test]` and what is only compiled for tests.
pub(crate) fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::Path(path) => path.segments.last().is_some_and(|last| last.ident == "test"),
        syn::Meta::List(list) => list.path.is_ident("cfg") && needs_test(&list.tokens),
        syn::Meta::NameValue(_) => false,
    })
}

/// Whether a condition is true in tests only: `test`, or one of `all(..)`.
fn needs_test(condition: &proc_macro2::TokenStream) -> bool {
    use proc_macro2::TokenTree;
    let trees: Vec<TokenTree> = condition.clone().into_iter().collect();
    match trees.as_slice() {
        [TokenTree::Ident(ident)] => ident == "test",
        [TokenTree::Ident(ident), TokenTree::Group(group)] if ident == "all" => {
            let parts: Vec<TokenTree> = group.stream().into_iter().collect();
            let is_comma = |tree: &TokenTree| matches!(tree, TokenTree::Punct(it) if it.as_char() == ',');
            parts.split(is_comma).any(|part| needs_test(&part.iter().cloned().collect()))
        }
        _ => false,
    }
}

/// What `use` brings into a module: the name there, `*` for all, and the path it stands for.
pub(crate) fn imports(items: &[syn::Item]) -> Vec<(String, String)> {
    let trees = items.iter().filter_map(|item| match item {
        syn::Item::Use(item) => Some(&item.tree),
        _ => None,
    });
    let mut found = Vec::new();
    trees.for_each(|tree| imported(tree, "", &mut found));
    found
}

/// The same of one `use`, added to `found`.
pub(crate) fn imported(tree: &syn::UseTree, prefix: &str, found: &mut Vec<(String, String)>) {
    let join = |name: &dyn std::fmt::Display| {
        if prefix.is_empty() { name.to_string() } else { format!("{prefix}::{name}") }
    };
    match tree {
        syn::UseTree::Path(path) => imported(&path.tree, &join(&path.ident), found),
        syn::UseTree::Name(name) if name.ident == "self" => {
            let last = prefix.rsplit("::").next().unwrap_or(prefix);
            found.push((last.to_string(), prefix.to_string()));
        }
        syn::UseTree::Name(name) => found.push((name.ident.to_string(), join(&name.ident))),
        syn::UseTree::Rename(rename) => found.push((rename.rename.to_string(), join(&rename.ident))),
        syn::UseTree::Glob(_) => found.push(("*".to_string(), prefix.to_string())),
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| imported(tree, prefix, found)),
    }
}

/// The files below `root` that a pattern names, sorted; what was built is never among them.
pub(crate) fn files(root: &Path, pattern: &str) -> Vec<PathBuf> {
    let escaped = glob::Pattern::escape(&root.to_string_lossy());
    let paths = glob::glob(&format!("{escaped}/{pattern}"))
        .unwrap_or_else(|error| panic!("`{pattern}` is not a pattern for files: {error}"));
    let is_built = |path: &Path| {
        let below = path.strip_prefix(root).unwrap_or(path);
        below.components().any(|part| part.as_os_str() == "target" || part.as_os_str() == ".git")
    };
    let mut files: Vec<PathBuf> =
        paths.filter_map(Result::ok).filter(|path| path.is_file() && !is_built(path)).collect();
    files.sort();
    files
}

#[cfg(test)]
pub(crate) mod laid_out {
    #![expect(clippy::disallowed_methods, reason = "tests lay out packages")]

    use std::path::Path;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::{env, fs, process};

    /// What `look` gives for a package of these files, by their paths from its root.
    pub(crate) fn with_files<R>(files: &[(&str, &str)], look: impl FnOnce(&Path) -> R) -> R {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let root = env::temp_dir().join(format!("constraints-sources-{}-{number}", process::id()));
        for (path, text) in files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, text).expect("written");
        }
        let found = look(&root);
        fs::remove_dir_all(root).expect("removed");
        found
    }
}
