//! Takes the root file of a crate and a way to read files, gives the tables of its items.
//!
//! It follows `mod` declarations and never an import. It opens no file: what it needs it asks for by path.

use std::sync::Arc;

use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned as _;
use syn::{Attribute, Expr, ImplItem, Lit, Meta, Token, TraitItem, UseTree, Visibility};

use super::bound::Place;
use super::cfg::{self, Conditions};
use super::error::ResolveError;
use super::items::{Definition, Entry, Glob, Impl, Item, Module, ModuleId, Space, Tables, Vis, What, place};
use super::outline::{DEEPEST, outline, too_deep};
use super::paths::EXTERN;
use super::syntax::{UNREADABLE, ident};
use crate::model::{Code, Fault, FileId, Sources, Span};

/// Gives the file at a path from the root of the package; nothing if there is none.
pub(super) type Read<'r> = dyn FnMut(&str) -> Result<Option<Outlined>, ResolveError> + 'r;

/// The text of a source file, and what of it is parsed.
#[derive(Clone, Debug)]
pub(super) struct Outlined {
    text: Arc<str>,
    outline: String,
}

impl Outlined {
    /// Looks for the bodies in a text.
    pub(super) fn new(text: Arc<str>) -> Self {
        let outline = outline(&without_preamble(&text));
        Self { text, outline }
    }

    /// A file that is there and that nobody looks into.
    pub(super) fn unread() -> Self {
        Self { text: Arc::from(""), outline: String::new() }
    }
}

/// Reads the library at `library` and the user's own Rust at `support`, if that exists.
pub(super) fn collect(
    library: &str,
    support: &str,
    conditions: &Conditions,
    sources: &mut Sources,
    read: &mut Read<'_>,
) -> Result<Tables, ResolveError> {
    let mut collector = Collector { items: Tables::default(), conditions, sources, read };
    let Some(text) = (collector.read)(library)? else {
        return Err(ResolveError::Missing { path: library.to_owned() });
    };
    collector.tree(library, text)?;
    if let Some(text) = (collector.read)(support)? {
        collector.items.support = Some(ModuleId(collector.items.modules.len()));
        collector.tree(support, text)?;
    }
    Ok(collector.items)
}

/// Adds the crate whose root file is at `path`; without a root module if there is no such file.
///
/// What is wrong in it is for its own tests to say.
pub(super) fn extend(
    items: Tables,
    path: &str,
    conditions: &Conditions,
    sources: &mut Sources,
    read: &mut Read<'_>,
) -> Result<(Tables, Option<ModuleId>), ResolveError> {
    let faults = items.faults.len();
    let mut collector = Collector { items, conditions, sources, read };
    let Some(text) = (collector.read)(path)? else { return Ok((collector.items, None)) };
    let root = ModuleId(collector.items.modules.len());
    collector.tree(path, text)?;
    collector.items.faults.truncate(faults);
    Ok((collector.items, Some(root)))
}

struct Collector<'r> {
    items: Tables,
    conditions: &'r Conditions,
    sources: &'r mut Sources,
    read: &'r mut Read<'r>,
}

/// Where the syntax at hand stands.
#[derive(Clone)]
struct Here {
    file: FileId,
    module: ModuleId,
    /// Folder of the file.
    beside: String,
    /// Folder of the files of modules declared here.
    below: String,
    /// Whether a module with a body is around it, which changes what `#[path]` starts from.
    inline: bool,
}

impl Collector<'_> {
    fn tree(&mut self, path: &str, text: Outlined) -> Result<(), ResolveError> {
        let module = self.module(Vec::new(), None);
        let beside = folder(path).to_owned();
        self.file(path, text, module, beside)
    }

    fn module(&mut self, path: Vec<String>, parent: Option<ModuleId>) -> ModuleId {
        let id = ModuleId(self.items.modules.len());
        self.items.modules.push(Module {
            path,
            parent,
            names: std::collections::BTreeMap::new(),
            globs: Vec::new(),
            macros: Vec::new(),
            stands: None,
        });
        id
    }

    fn file(
        &mut self,
        path: &str,
        text: Outlined,
        module: ModuleId,
        below: String,
    ) -> Result<(), ResolveError> {
        if let Some(at) = too_deep(&text.outline) {
            let file = self.sources.add(path, text.text);
            let fault = Fault::error(
                Code::InvalidRust,
                Span { file, start: at, end: at + 1 },
                "a source file of the crate does not parse",
            );
            let fault = fault.label(format!("this is nested more than {DEEPEST} deep"));
            self.items.faults.push(fault.help("mend it; until then nothing in this file can be found"));
            return Ok(());
        }
        let parsed = syn::parse_file(&text.outline);
        let file = self.sources.add(path, text.text);
        match parsed {
            Ok(parsed) if !cfg::is_enabled(&parsed.attrs, self.conditions) => Ok(()),
            Ok(parsed) => {
                let here = Here { file, module, beside: folder(path).to_owned(), below, inline: false };
                self.all(parsed.items, &here)
            }
            Err(error) => {
                let span = place(self.sources, file, error.span());
                // The parser says nothing of use where it could not read a single word.
                let message = error.to_string();
                let label =
                    if message.starts_with("cannot parse string") { UNREADABLE.to_owned() } else { message };
                let fault =
                    Fault::error(Code::InvalidRust, span, "a source file of the crate does not parse")
                        .label(label)
                        .help("mend it; until then nothing in this file can be found");
                self.items.faults.push(fault);
                Ok(())
            }
        }
    }

    fn all(&mut self, items: Vec<syn::Item>, here: &Here) -> Result<(), ResolveError> {
        let start = if here.inline { &here.below } else { &here.beside };
        self.items.modules[here.module.0].stands = Some((here.file, start.clone()));
        items.into_iter().try_for_each(|item| self.one(item, here))
    }

    /// Long because it is a table: one arm for each sort of item.
    fn one(&mut self, mut item: syn::Item, here: &Here) -> Result<(), ResolveError> {
        if let syn::Item::Mod(item) = &item
            && self.is_hook(item, here)
        {
            self.items.hooks.insert(here.module, item.ident.unraw().to_string());
            return Ok(());
        }
        if let Some(attributes) = attributes_mut(&mut item) {
            *attributes = cfg::applied(std::mem::take(attributes), self.conditions);
            if !cfg::is_enabled(attributes, self.conditions) {
                return Ok(());
            }
        }
        match item {
            syn::Item::Fn(item) => {
                let ident = item.sig.ident.clone();
                self.define(here, &item.vis, &ident, Space::Values, Definition::Function(Box::new(item.sig)));
            }
            syn::Item::Struct(mut item) => {
                let (vis, ident) = (item.vis.clone(), item.ident.clone());
                keep_enabled(&mut item.fields, self.conditions);
                self.define(here, &vis, &ident, Space::Types, Definition::Struct(Box::new(item)));
            }
            syn::Item::Enum(mut item) => {
                let (vis, ident) = (item.vis.clone(), item.ident.clone());
                item.variants = std::mem::take(&mut item.variants)
                    .into_iter()
                    .filter(|variant| cfg::is_enabled(&variant.attrs, self.conditions))
                    .collect();
                for variant in &mut item.variants {
                    keep_enabled(&mut variant.fields, self.conditions);
                }
                self.define(here, &vis, &ident, Space::Types, Definition::Enum(Box::new(item)));
            }
            syn::Item::Type(item) => {
                let (vis, ident) = (item.vis.clone(), item.ident.clone());
                self.define(here, &vis, &ident, Space::Types, Definition::Alias(Box::new(item)));
            }
            syn::Item::Trait(mut item) => {
                item.items.retain(|item| cfg::is_enabled(trait_item_attributes(item), self.conditions));
                let (vis, ident) = (item.vis.clone(), item.ident.clone());
                self.define(here, &vis, &ident, Space::Types, Definition::Trait(Box::new(item)));
            }
            syn::Item::Union(item) => {
                self.define(here, &item.vis, &item.ident, Space::Types, Definition::Union);
            }
            syn::Item::Const(item) => {
                let value = Definition::Constant(Some(item.expr.clone()));
                self.define(here, &item.vis, &item.ident, Space::Values, value);
            }
            syn::Item::Static(item) => {
                self.define(here, &item.vis, &item.ident, Space::Values, Definition::Constant(None));
            }
            syn::Item::Impl(item) => self.block(item, here),
            syn::Item::Use(item) => {
                let vis = self.items.vis(&item.vis, here.module);
                let mut start: Vec<String> = item.leading_colon.iter().map(|_| EXTERN.to_owned()).collect();
                self.import(here, vis, &mut start, &item.tree);
            }
            syn::Item::ExternCrate(item) if item.ident == "self" => {
                if let Some((_, name)) = &item.rename {
                    let vis = self.items.vis(&item.vis, here.module);
                    self.name_import(here, vis, name, &["crate".to_owned()]);
                }
            }
            syn::Item::ExternCrate(item) => {
                let vis = self.items.vis(&item.vis, here.module);
                let name = item.rename.as_ref().map_or(&item.ident, |(_, name)| name);
                self.name_import(here, vis, name, &[EXTERN.to_owned(), item.ident.unraw().to_string()]);
            }
            syn::Item::Mod(item) => return self.declared(item, here),
            syn::Item::Macro(item) if item.ident.is_none() => return self.invoked(&item.mac, here),
            _ => {}
        }
        Ok(())
    }

    fn define(
        &mut self,
        here: &Here,
        vis: &Visibility,
        ident: &syn::Ident,
        space: Space,
        definition: Definition,
    ) {
        let (name, span) = (ident.unraw().to_string(), place(self.sources, here.file, ident.span()));
        let vis = self.items.vis(vis, here.module);
        let item = Item { name: name.clone(), module: here.module, file: here.file, span, definition };
        let id = self.items.add_item(item);
        self.enter(here.module, name, space, Entry { vis, what: What::Item(id), span });
    }

    fn enter(&mut self, module: ModuleId, name: String, space: Space, entry: Entry) {
        self.items.modules[module.0].names.entry((name, space)).or_default().push(entry);
    }

    fn block(&mut self, mut block: syn::ItemImpl, here: &Here) {
        for item in &mut block.items {
            if let ImplItem::Fn(function) = item {
                function.block.stmts.clear();
            }
        }
        block.items.retain(|item| cfg::is_enabled(impl_item_attributes(item), self.conditions));
        self.items.add_block(Impl { module: here.module, file: here.file, block: Box::new(block) });
    }

    fn import(&mut self, here: &Here, vis: Vis, prefix: &mut Vec<String>, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => {
                prefix.push(path.ident.unraw().to_string());
                self.import(here, vis, prefix, &path.tree);
                prefix.pop();
            }
            UseTree::Name(name) if name.ident == "self" => {
                if let Some(last) = prefix.last() {
                    let mut last = ident(last);
                    last.set_span(name.ident.span());
                    self.name_import(here, vis, &last, prefix);
                }
            }
            UseTree::Name(name) => {
                let path = joined(prefix, &name.ident);
                self.name_import(here, vis, &name.ident, &path);
            }
            UseTree::Rename(rename) if rename.ident == "self" && !prefix.is_empty() => {
                self.name_import(here, vis, &rename.rename, prefix);
            }
            UseTree::Rename(rename) => {
                let path = joined(prefix, &rename.ident);
                self.name_import(here, vis, &rename.rename, &path);
            }
            UseTree::Glob(_) => {
                self.items.modules[here.module.0].globs.push(Glob { vis, path: prefix.clone() });
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.import(here, vis, prefix, tree);
                }
            }
        }
    }

    fn name_import(&mut self, here: &Here, vis: Vis, name: &syn::Ident, path: &[String]) {
        if name == "_" {
            return;
        }
        let span = place(self.sources, here.file, name.span());
        for space in [Space::Types, Space::Values] {
            let entry = Entry { vis, what: What::Import(path.to_owned()), span };
            self.enter(here.module, name.unraw().to_string(), space, entry);
        }
    }

    fn declared(&mut self, item: syn::ItemMod, here: &Here) -> Result<(), ResolveError> {
        let name = item.ident.unraw().to_string();
        let span = place(self.sources, here.file, item.ident.span());
        let path = [&self.items.module(here.module).path[..], std::slice::from_ref(&name)].concat();
        let module = self.module(path, Some(here.module));
        let vis = self.items.vis(&item.vis, here.module);
        self.enter(here.module, name.clone(), Space::Types, Entry { vis, what: What::Module(module), span });
        let given = path_attribute(&item.attrs);
        let start = if here.inline { &here.below } else { &here.beside };
        match (item.content, given) {
            (Some((_, items)), given) => {
                let below = given.map_or_else(|| join(&here.below, &name), |given| join(start, &given));
                self.all(items, &Here { module, below, inline: true, ..here.clone() })
            }
            (None, Some(given)) => {
                let path = join(start, &given);
                let below = folder(&path).to_owned();
                self.file_module(&[path], &below, module, span, &item.attrs)
            }
            (None, None) => {
                let below = join(&here.below, &name);
                let paths = [format!("{below}.rs"), format!("{below}/mod.rs")];
                self.file_module(&paths, &below, module, span, &item.attrs)
            }
        }
    }

    /// Whether a declared module is that of the tests inside the module it stands in.
    fn is_hook(&self, item: &syn::ItemMod, here: &Here) -> bool {
        let start = if here.inline { &here.below } else { &here.beside };
        let folder = Place::folder(&self.items.module(here.module).path);
        path_attribute(&item.attrs).is_some_and(|given| join(start, &given) == format!("{folder}/mod.rs"))
    }

    /// Reads a module from the first of `paths` that exists.
    fn file_module(
        &mut self,
        paths: &[String],
        below: &str,
        module: ModuleId,
        span: Span,
        attributes: &[Attribute],
    ) -> Result<(), ResolveError> {
        for path in paths {
            if let Some(text) = (self.read)(path)? {
                return self.file(path, text, module, below.to_owned());
            }
        }
        // Under a condition the file may be missing for good reason.
        if !cfg::is_conditional(attributes) {
            let fault = Fault::error(Code::InvalidRust, span, "a module of the crate has no file")
                .label(format!("neither of these exists: {}", paths.join(", ")))
                .help("write the file or take the declaration out; rustc refuses the crate too");
            self.items.faults.push(fault);
        }
        Ok(())
    }

    /// A macro where items stand. What it is given is taken as what it makes, if it reads as items;
    /// macros that only put conditions before items are of this sort.
    fn invoked(&mut self, call: &syn::Macro, here: &Here) -> Result<(), ResolveError> {
        let name = call.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        if name == "include"
            && let Ok(path) = call.parse_body::<syn::LitStr>()
        {
            let path = join(&here.beside, &path.value());
            return match (self.read)(&path)? {
                Some(text) => self.file(&path, text, here.module, here.below.clone()),
                None => Ok(()),
            };
        }
        if name == "cfg_if"
            && let Ok(branches) = call.parse_body::<Branches>()
        {
            return self.branches(branches, here);
        }
        match call.parse_body::<syn::File>() {
            Ok(file) if !file.items.is_empty() => self.all(file.items, here),
            _ => {
                let span = place(self.sources, here.file, call.path.span());
                self.items.modules[here.module.0].macros.push((name, span));
                Ok(())
            }
        }
    }

    /// The first branch whose condition holds; all that may hold, where a condition is open.
    fn branches(&mut self, branches: Branches, here: &Here) -> Result<(), ResolveError> {
        for (condition, items) in branches.0 {
            let holds = condition.as_ref().map_or(Some(true), |it| cfg::holds(it, self.conditions));
            if holds != Some(false) {
                self.all(items, here)?;
            }
            if holds == Some(true) {
                break;
            }
        }
        Ok(())
    }
}

/// What `cfg_if!` is given: conditions and the items under them; the last may have none.
struct Branches(Vec<(Option<Meta>, Vec<syn::Item>)>);

impl Parse for Branches {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut all = Vec::new();
        loop {
            let condition = match input.parse::<Option<Token![if]>>()? {
                Some(_) => {
                    let attribute = input.call(Attribute::parse_outer)?;
                    let [attribute] = &attribute[..] else { return Err(input.error("expected a condition")) };
                    Some(attribute.parse_args::<Meta>()?)
                }
                None => None,
            };
            let content;
            syn::braced!(content in input);
            let is_last = condition.is_none();
            all.push((condition, content.parse::<syn::File>()?.items));
            if is_last || input.parse::<Option<Token![else]>>()?.is_none() {
                return Ok(Self(all));
            }
        }
    }
}

fn joined(prefix: &[String], last: &syn::Ident) -> Vec<String> {
    let mut path = prefix.to_vec();
    path.push(last.unraw().to_string());
    path
}

fn keep_enabled(fields: &mut syn::Fields, conditions: &Conditions) {
    let kept = |list: syn::punctuated::Punctuated<syn::Field, syn::Token![,]>| {
        list.into_iter().filter(|field| cfg::is_enabled(&field.attrs, conditions)).collect()
    };
    match fields {
        syn::Fields::Named(named) => named.named = kept(std::mem::take(&mut named.named)),
        syn::Fields::Unnamed(unnamed) => unnamed.unnamed = kept(std::mem::take(&mut unnamed.unnamed)),
        syn::Fields::Unit => {}
    }
}

fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(path) => Some(path.value().replace('\\', "/")),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    })
}

fn attributes_mut(item: &mut syn::Item) -> Option<&mut Vec<Attribute>> {
    Some(match item {
        syn::Item::Const(item) => &mut item.attrs,
        syn::Item::Enum(item) => &mut item.attrs,
        syn::Item::ExternCrate(item) => &mut item.attrs,
        syn::Item::Fn(item) => &mut item.attrs,
        syn::Item::Impl(item) => &mut item.attrs,
        syn::Item::Macro(item) => &mut item.attrs,
        syn::Item::Mod(item) => &mut item.attrs,
        syn::Item::Static(item) => &mut item.attrs,
        syn::Item::Struct(item) => &mut item.attrs,
        syn::Item::Trait(item) => &mut item.attrs,
        syn::Item::Type(item) => &mut item.attrs,
        syn::Item::Union(item) => &mut item.attrs,
        syn::Item::Use(item) => &mut item.attrs,
        _ => return None,
    })
}

fn trait_item_attributes(item: &TraitItem) -> &[Attribute] {
    match item {
        TraitItem::Const(item) => &item.attrs,
        TraitItem::Fn(item) => &item.attrs,
        TraitItem::Type(item) => &item.attrs,
        TraitItem::Macro(item) => &item.attrs,
        _ => &[],
    }
}

fn impl_item_attributes(item: &ImplItem) -> &[Attribute] {
    match item {
        ImplItem::Const(item) => &item.attrs,
        ImplItem::Fn(item) => &item.attrs,
        ImplItem::Type(item) => &item.attrs,
        ImplItem::Macro(item) => &item.attrs,
        _ => &[],
    }
}

/// The text with what may stand before Rust blanked out, so that places in it stay the same.
fn without_preamble(text: &str) -> String {
    let mut blank = 0;
    if text.starts_with('\u{feff}') {
        blank = '\u{feff}'.len_utf8();
    }
    let rest = &text[blank..];
    if rest.starts_with("#!") && !rest[2..].trim_start().starts_with('[') {
        blank += rest.find('\n').unwrap_or(rest.len());
    }
    format!("{}{}", " ".repeat(blank), &text[blank..])
}

/// The folder of the file at `path`; empty for the root of the package.
fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// `path` seen from `folder`, without `.` and with `..` worked in.
fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
