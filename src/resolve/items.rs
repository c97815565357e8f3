//! The module tree of a crate and what each of its modules names, as tables.
//!
//! Plain data: `collect` fills it from the sources, `paths` looks things up in it. It follows no import by itself.

use std::collections::{BTreeMap, BTreeSet};

use super::reads::Reads;
use crate::model::{Fault, FileId, Sources, Span};

/// Everything known of the items of a crate, and of its `constraints/support.rs`.
#[derive(Clone, Debug, Default)]
pub(super) struct Tables {
    /// From where tests look at the crate.
    pub view: View,
    /// The modules that include tests, by the name they have for them.
    pub hooks: BTreeMap<ModuleId, String>,
    /// All modules; the crate's root is the first.
    pub modules: Vec<Module>,
    /// All items that a path can lead to, modules aside.
    items: Vec<Item>,
    /// All `impl` blocks.
    blocks: Vec<Impl>,
    /// The files of which something was asked for.
    pub reads: Reads,
    /// Other crates that were read, by the root of the crate that names them and by that name.
    pub externs: BTreeMap<ModuleId, BTreeMap<String, ModuleId>>,
    /// Root of `constraints/support.rs`.
    pub support: Option<ModuleId>,
    /// What could not be read, as far as that is the user's to mend.
    pub faults: Vec<Fault>,
}

/// From where tests look at the crate, which decides what they may name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum View {
    /// From a target of their own, as users of the library do.
    #[default]
    Beside,
    /// From a module below this one.
    Inside(ModuleId),
}

/// A module, as an index into [`Tables::modules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ModuleId(pub usize);

/// An item, as an index into [`Tables::items`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ItemId(pub usize);

/// The root of the library.
pub(super) const ROOT: ModuleId = ModuleId(0);

/// One module.
#[derive(Clone, Debug)]
pub(super) struct Module {
    /// Path below the root of its tree.
    pub path: Vec<String>,
    /// The module it stands in; none for the root of a tree.
    pub parent: Option<ModuleId>,
    /// What it names. Several entries of one name stand under different `cfg`s.
    pub names: BTreeMap<(String, Space), Vec<Entry>>,
    /// Its imports with `*`.
    pub globs: Vec<Glob>,
    /// Macros that it invokes where items stand, by name, as far as nobody knows what they make.
    pub macros: Vec<(String, Span)>,
    /// Its file, and the folder that `#[path]` in it starts from; nothing if it has none.
    pub stands: Option<(FileId, String)>,
}

/// Names of types and of values do not get in each other's way; modules count as types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Space {
    /// Types, traits and modules.
    Types,
    /// Functions, constants and statics.
    Values,
}

/// What a name in a module stands for.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Who may use it.
    pub vis: Vis,
    /// What it is.
    pub what: What,
    /// Where it is named.
    pub span: Span,
}

/// See [`Entry::what`].
#[derive(Clone, Debug)]
pub(super) enum What {
    /// An item defined here.
    Item(ItemId),
    /// A module declared here.
    Module(ModuleId),
    /// What a path leads to.
    Import(Vec<String>),
}

/// `use path::*;`
#[derive(Clone, Debug)]
pub(super) struct Glob {
    /// Who may use what it brings.
    pub vis: Vis,
    /// The path before the star.
    pub path: Vec<String>,
}

/// Who may use a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vis {
    /// Everyone.
    Public,
    /// The whole tree of this root.
    Crate(ModuleId),
    /// This module and those below it.
    In(ModuleId),
}

/// One item.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Its name.
    pub name: String,
    /// The module it stands in.
    pub module: ModuleId,
    /// The file it stands in.
    pub file: FileId,
    /// Its name in that file.
    pub span: Span,
    /// What it is.
    pub definition: Definition,
}

/// What an item is, as far as the tool looks into it.
#[derive(Clone, Debug)]
pub(super) enum Definition {
    /// A function, without its body.
    Function(Box<syn::Signature>),
    /// A struct.
    Struct(Box<syn::ItemStruct>),
    /// An enum.
    Enum(Box<syn::ItemEnum>),
    /// A type alias.
    Alias(Box<syn::ItemType>),
    /// A trait.
    Trait(Box<syn::ItemTrait>),
    /// A union.
    Union,
    /// A constant with its value, or a static.
    Constant(Option<Box<syn::Expr>>),
}

impl Definition {
    /// What it is called in messages.
    pub(super) fn sort(&self) -> &'static str {
        match self {
            Self::Function(_) => "a function",
            Self::Struct(_) => "a struct",
            Self::Enum(_) => "an enum",
            Self::Alias(_) => "a type alias",
            Self::Trait(_) => "a trait",
            Self::Union => "a union",
            Self::Constant(_) => "a constant",
        }
    }
}

/// An `impl` block.
#[derive(Clone, Debug)]
pub(super) struct Impl {
    /// The module it stands in.
    pub module: ModuleId,
    /// The file it stands in.
    pub file: FileId,
    /// The block, its functions without their bodies.
    pub block: Box<syn::ItemImpl>,
}

impl Tables {
    /// The other crates that were read, as far as a test may name them: by their names.
    pub(super) fn crates(&self) -> BTreeSet<(String, ModuleId)> {
        let externs = self.externs.get(&ROOT).into_iter().flatten();
        externs.map(|(name, module)| (name.clone(), *module)).collect()
    }

    /// The module named `id`.
    pub(super) fn module(&self, id: ModuleId) -> &Module {
        &self.modules[id.0]
    }

    /// Adds an item and names it.
    pub(super) fn add_item(&mut self, item: Item) -> ItemId {
        self.items.push(item);
        ItemId(self.items.len() - 1)
    }

    /// Adds an `impl` block.
    pub(super) fn add_block(&mut self, block: Impl) {
        self.blocks.push(block);
    }

    /// The item named `id`; whoever asks depends on its file.
    pub(super) fn item(&self, id: ItemId) -> &Item {
        let item = &self.items[id.0];
        self.reads.file(item.file);
        item
    }

    /// All items, in the order of the sources.
    #[cfg(test)]
    pub(super) fn all(&self) -> impl Iterator<Item = &Item> {
        self.items.iter()
    }

    /// The `impl` block of this number; whoever asks depends on its file.
    pub(super) fn block(&self, at: usize) -> &Impl {
        let block = &self.blocks[at];
        self.reads.file(block.file);
        block
    }

    /// All `impl` blocks by their numbers; whoever asks depends on every file.
    pub(super) fn blocks(&self) -> impl Iterator<Item = (usize, &Impl)> {
        self.reads.everywhere();
        self.blocks.iter().enumerate()
    }

    /// What the module names; whoever asks depends on its file.
    pub(super) fn named_in(&self, id: ModuleId) -> &Module {
        let module = self.module(id);
        if let Some((file, _)) = &module.stands {
            self.reads.file(*file);
        }
        module
    }

    /// The files that lead to others, or show outside what others define: whoever looks for anything needs them.
    pub(super) fn frame(&self) -> BTreeSet<FileId> {
        let is_frame = |at: usize, module: &Module| {
            let root = self.root_of(ModuleId(at));
            // Another crate is known to the whole tree by the first of its modules that imports from it.
            let leads_out = |path: &[String]| {
                let externs = self.externs.get(&root);
                externs.is_some_and(|externs| path.iter().take(2).any(|name| externs.contains_key(name)))
            };
            let leads = |entry: &Entry| match &entry.what {
                What::Module(_) => true,
                What::Import(path) => !matches!(entry.vis, Vis::In(_)) || leads_out(path),
                What::Item(_) => false,
            };
            module.names.values().flatten().any(leads)
                || !module.globs.is_empty()
                || !module.macros.is_empty()
                || module.parent.is_none()
                || Some(root) == self.support
        };
        let modules = self.modules.iter().enumerate().filter(|(at, module)| is_frame(*at, module));
        modules.filter_map(|(_, module)| module.stands.as_ref().map(|(file, _)| *file)).collect()
    }

    /// Whether `inner` is `outer` or stands somewhere below it.
    pub(super) fn is_within(&self, inner: ModuleId, outer: ModuleId) -> bool {
        let mut at = Some(inner);
        while let Some(module) = at {
            if module == outer {
                return true;
            }
            at = self.module(module).parent;
        }
        false
    }

    /// The root of the tree that `module` belongs to.
    pub(super) fn root_of(&self, module: ModuleId) -> ModuleId {
        self.module(module).parent.map_or(module, |parent| self.root_of(parent))
    }

    /// Whether generated tests may use a name of `vis`.
    ///
    /// `support.rs` is compiled into the tests themselves, so that what it shows its own crate they see too.
    pub(super) fn is_reachable(&self, vis: Vis) -> bool {
        match (vis, self.view) {
            (Vis::Public, _) => true,
            (Vis::Crate(root), _) if Some(root) == self.support => true,
            (Vis::Crate(root), View::Inside(_)) => root == ROOT,
            (Vis::In(module), View::Inside(from)) => self.is_within(from, module),
            (Vis::Crate(_) | Vis::In(_), View::Beside) => false,
        }
    }

    /// Who may use a name that stands under `vis` in `module`.
    pub(super) fn vis(&self, vis: &syn::Visibility, module: ModuleId) -> Vis {
        match vis {
            syn::Visibility::Public(_) => Vis::Public,
            syn::Visibility::Inherited => Vis::In(module),
            syn::Visibility::Restricted(restricted) => {
                let parent = self.module(module).parent;
                match restricted.path.get_ident().map(ToString::to_string).as_deref() {
                    Some("self") => Vis::In(module),
                    Some("super") => parent.map_or(Vis::Crate(module), Vis::In),
                    _ => Vis::Crate(self.root_of(module)),
                }
            }
        }
    }

    /// The same tables, seen from inside `module`.
    pub(super) fn seen_from(&self, module: ModuleId) -> Self {
        Self { view: View::Inside(module), ..self.clone() }
    }
}

/// The place of a piece of syntax in the file it was parsed from.
pub(super) fn place(sources: &Sources, file: FileId, span: proc_macro2::Span) -> Span {
    let range = span.byte_range();
    let text = &sources.file(file).text;
    let fits =
        range.end <= text.len() && text.is_char_boundary(range.start) && text.is_char_boundary(range.end);
    if fits { Span { file, start: range.start, end: range.end } } else { Span { file, start: 0, end: 0 } }
}
