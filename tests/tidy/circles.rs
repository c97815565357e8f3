//! Files name each other one way: no circle among those of a crate, whatever a folder hands on seen through.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree, Visibility};

use crate::{is_test, walk};

/// A path from the root of its crate.
type Absolute = Vec<String>;

/// What a file names, and under which names others may get at it through this one.
#[derive(Default)]
struct File {
    module: Absolute,
    named: BTreeSet<Absolute>,
    brought_in: BTreeMap<String, Absolute>,
}

impl File {
    /// The path from the root; nothing for one that leads to another crate.
    fn absolute(&self, path: &[String], modules: &BTreeSet<Absolute>) -> Option<Absolute> {
        let (first, rest) = path.split_first()?;
        let start = match first.as_str() {
            "crate" => Vec::new(),
            "self" => self.module.clone(),
            "super" => {
                let above = &self.module[..self.module.len().checked_sub(1)?];
                let here = Self { module: above.to_vec(), ..Self::default() };
                return match rest.first().map(String::as_str) {
                    Some("super") => here.absolute(rest, modules),
                    _ => Some([above, rest].concat()),
                };
            }
            _ => {
                let below = [&self.module[..], &path[..1]].concat();
                return modules.contains(&below).then(|| [&self.module[..], path].concat());
            }
        };
        Some([&start[..], rest].concat())
    }
}

/// Looks into a file, and not into what is compiled for its tests alone.
struct Looking<'m> {
    file: File,
    modules: &'m BTreeSet<Absolute>,
}

impl<'ast> Visit<'ast> for Looking<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Mod(it) => &it.attrs,
            Item::Use(it) => &it.attrs,
            Item::Fn(it) => &it.attrs,
            Item::Impl(it) => &it.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !attributes.iter().any(is_of_tests) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let mut all = Vec::new();
        flatten(&item.tree, &[], &mut all);
        for (name, path) in all {
            let Some(path) = self.file.absolute(&path, self.modules) else { continue };
            if matches!(item.vis, Visibility::Inherited) {
                self.file.named.insert(path.clone());
            }
            self.file.brought_in.insert(name, path);
        }
    }

    // Where something may be seen from is no use of it.
    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|it| it.ident.to_string()).collect();
        if segments.len() > 1 && matches!(segments[0].as_str(), "crate" | "self" | "super") {
            self.file.named.extend(self.file.absolute(&segments, self.modules));
        }
        visit::visit_path(self, path);
    }
}

fn is_of_tests(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute.parse_args::<syn::Path>().is_ok_and(|condition| condition.is_ident("test"))
}

/// The names that an import brings in, each with its path.
fn flatten(tree: &UseTree, before: &[String], all: &mut Vec<(String, Vec<String>)>) {
    let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
    match tree {
        UseTree::Path(it) => flatten(&it.tree, &with(&it.ident), all),
        UseTree::Name(it) if it.ident == "self" => {
            all.push((before.last().cloned().unwrap_or_default(), before.to_vec()));
        }
        UseTree::Name(it) => all.push((it.ident.to_string(), with(&it.ident))),
        UseTree::Rename(it) => all.push((it.rename.to_string(), with(&it.ident))),
        UseTree::Glob(_) => all.push(("*".to_owned(), before.to_vec())),
        UseTree::Group(it) => it.items.iter().for_each(|tree| flatten(tree, before, all)),
    }
}

/// The module that the file at `path` below the root of the sources is.
fn module_of(path: &str) -> Absolute {
    let path = path.trim_end_matches(".rs");
    let segments = path.split('/').filter(|it| !matches!(*it, "mod" | "lib" | "main"));
    segments.map(str::to_owned).collect()
}

/// Where what `path` names stands: the module of the file, what others only hand on seen through.
fn place<'f>(path: &[String], files: &'f BTreeMap<Absolute, File>, depth: usize) -> Option<&'f Absolute> {
    let (module, file) = (0..=path.len()).rev().find_map(|end| files.get_key_value(&path[..end]))?;
    let handed_on = path.get(module.len()).and_then(|name| file.brought_in.get(name));
    match handed_on {
        Some(to) if depth < 8 => place(to, files, depth + 1),
        _ => Some(module),
    }
}

/// What ties each circle of files of a crate, or of the folders below its root; its sources by their paths there.
fn circles(sources: &BTreeMap<String, String>, of_folders: bool) -> Vec<Vec<String>> {
    let modules: BTreeSet<Absolute> = sources.keys().map(|path| module_of(path)).collect();
    let mut files = BTreeMap::new();
    for (path, text) in sources {
        let syntax = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let file = File { module: module_of(path), ..File::default() };
        let mut looking = Looking { file, modules: &modules };
        looking.visit_file(&syntax);
        files.insert(module_of(path), looking.file);
    }
    let room = |module: &Absolute| {
        if of_folders { module.iter().take(1).cloned().collect() } else { module.clone() }
    };
    let mut graph = DiGraph::new();
    let rooms: BTreeSet<Absolute> = files.keys().map(room).collect();
    let nodes: BTreeMap<&Absolute, _> = rooms.iter().map(|room| (room, graph.add_node(room))).collect();
    for (module, file) in &files {
        let from = room(module);
        for to in file.named.iter().filter_map(|path| place(path, &files, 0)).map(room) {
            if to != from {
                graph.update_edge(nodes[&from], nodes[&to], ());
            }
        }
    }
    let arrows = |circle: Vec<NodeIndex>| {
        let of_it = graph.edge_indices().filter_map(|edge| graph.edge_endpoints(edge));
        let of_it = of_it.filter(|(from, to)| circle.contains(from) && circle.contains(to));
        let mut arrows: Vec<String> = of_it
            .map(|(from, to)| format!("{} names {}", graph[from].join("::"), graph[to].join("::")))
            .collect();
        arrows.sort();
        arrows
    };
    let mut circles: Vec<Vec<String>> =
        tarjan_scc(&graph).into_iter().filter(|circle| circle.len() > 1).map(arrows).collect();
    circles.sort();
    circles
}

#[test]
fn no_files_and_no_folders_name_each_other_in_a_circle() {
    for root in ["src", "runtime/src", "wire/src", "xtask/src"] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(root);
        let mut paths = Vec::new();
        walk(&root, &mut paths);
        let mut sources = BTreeMap::new();
        for path in paths {
            let below = path.strip_prefix(&root).expect("below it").to_string_lossy().replace('\\', "/");
            if !is_test(&below) {
                sources.insert(below, fs::read_to_string(path).expect("a source file"));
            }
        }
        let circles = [circles(&sources, false), circles(&sources, true)].concat();
        assert!(
            circles.is_empty(),
            "below {}, a name has to move to a file of its own: {circles:#?}",
            root.display()
        );
    }
}

#[test]
fn a_circle_is_seen_through_what_a_folder_hands_on() {
    let sources = |c: &str| {
        let all = [
            ("lib.rs", "mod a; mod b; pub use b::C;"),
            ("a.rs", "use crate::b::C; #[cfg(test)] mod tests { use crate::b::c::D; }"),
            ("b/mod.rs", "mod c; pub(crate) use c::C;"),
            ("b/c.rs", c),
        ];
        all.map(|(path, text)| (path.to_owned(), text.to_owned())).into()
    };
    assert_eq!(circles(&sources("pub struct C;"), false), Vec::<Vec<String>>::new());
    assert_eq!(
        circles(&sources("fn c() { super::super::a::d() }"), false),
        [["a names b::c", "b::c names a"]]
    );
    assert_eq!(circles(&sources("use crate::a;"), true), [["a names b", "b names a"]]);
    assert_eq!(
        circles(&sources("#[cfg(test)] mod tests { use crate::a; }"), false),
        Vec::<Vec<String>>::new()
    );
}
