//! Reads the sources and reports public items that lack a doc comment, or a part of one.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use proc_macro2::Span;
use syn::visit::Visit;

use crate::findings::{Finding, Look};
use crate::sources::{Part, attributes, each_module, imported, inside};

/// What a doc comment has to hold besides a sentence.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a part that is asked for or not")]
pub struct Documented {
    /// Functions show a block of code.
    pub examples: bool,
    /// Functions that return a `Result` have a part `# Errors`.
    pub errors: bool,
    /// Functions that panic by themselves have a part `# Panics`.
    pub panics: bool,
    /// Unsafe functions and traits have a part `# Safety`.
    pub safety: bool,
}

/// Holds when every public item of `module`, and of those below it, has a doc comment with the parts asked for.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails. Also if the sources cannot be read, for then nothing
/// was checked.
pub fn documented(id: &str, module: &[&str], parts: Documented) {
    let expected = "a doc comment on every public item";
    let look = Look { id, kind: "documented", started: Instant::now(), expected };
    let (looked_at, findings) = undocumented(&look.root(), module, parts);
    look.conclude(looked_at, &findings, Vec::new());
}

fn undocumented(root: &Path, module: &[&str], parts: Documented) -> (u64, Vec<Finding>) {
    let public = Public::of(root);
    let (mut looked_at, mut findings) = (0, Vec::new());
    each_module(root, &mut |part| {
        if inside(part.module, module) {
            let mut reader = Reader { public: &public, part, parts, looked_at, findings: &mut findings };
            reader.module();
            part.tested_items().for_each(|item| reader.item(item));
            looked_at = reader.looked_at;
        }
    });
    (looked_at, findings)
}

/// What others can name, although the module that it stands in is private.
#[derive(Default)]
struct Public {
    /// Paths behind `pub use`, `*` for all of a module.
    reexported: Vec<Vec<String>>,
    /// Types and traits that are public, by path.
    types: BTreeSet<Vec<String>>,
}

impl Public {
    fn of(root: &Path) -> Self {
        let mut public = Self::default();
        each_module(root, &mut |part| {
            for item in part.tested_items() {
                if let syn::Item::Use(item) = item
                    && is_pub(&item.vis)
                {
                    let mut found = Vec::new();
                    imported(&item.tree, "", &mut found);
                    public.reexported.extend(found.iter().map(|(name, path)| reexported(name, path)));
                }
            }
        });
        let mut types = BTreeSet::new();
        each_module(root, &mut |part| {
            for (name, vis) in part.tested_items().filter_map(type_of) {
                if is_pub(vis) && public.offers(part, &name.to_string()) {
                    types.insert(path(part, &name.to_string()));
                }
            }
        });
        public.types = types;
        public
    }

    /// Whether a `pub` item of this name can be named from outside the crate.
    fn offers(&self, part: &Part<'_>, name: &str) -> bool {
        let path = path(part, name);
        part.is_public
            || self.reexported.iter().any(|wanted| match wanted.split_last() {
                Some((last, module)) if last == "*" => part.module.ends_with(module),
                _ => path.ends_with(wanted),
            })
    }
}

fn reexported(name: &str, path: &str) -> Vec<String> {
    let here = |segment: &&str| !["crate", "self", "super"].contains(segment);
    let segments = path.split("::").filter(here).map(str::to_string);
    segments.chain((name == "*").then(|| name.to_string())).collect()
}

fn path(part: &Part<'_>, name: &str) -> Vec<String> {
    part.module.iter().cloned().chain([name.to_string()]).collect()
}

fn is_pub(vis: &syn::Visibility) -> bool {
    matches!(vis, syn::Visibility::Public(_))
}

fn type_of(item: &syn::Item) -> Option<(&syn::Ident, &syn::Visibility)> {
    Some(match item {
        syn::Item::Struct(item) => (&item.ident, &item.vis),
        syn::Item::Enum(item) => (&item.ident, &item.vis),
        syn::Item::Union(item) => (&item.ident, &item.vis),
        syn::Item::Trait(item) => (&item.ident, &item.vis),
        syn::Item::Type(item) => (&item.ident, &item.vis),
        _ => return None,
    })
}

struct Reader<'a> {
    public: &'a Public,
    part: &'a Part<'a>,
    parts: Documented,
    looked_at: u64,
    findings: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn module(&mut self) {
        let (part, before) = (self.part, self.findings.len());
        if !part.is_public {
            return;
        }
        let name = part.module.last().map_or("the crate", String::as_str);
        self.comment(name, part.attributes, Span::call_site());
        if let Some(place) = self.findings.get_mut(before).and_then(|finding| finding.place.as_mut()) {
            (place.line, place.column) = (part.line, 1);
        }
    }

    fn item(&mut self, item: &syn::Item) {
        if let syn::Item::Impl(item) = item {
            return self.methods(item);
        }
        let (ident, vis) = match item {
            syn::Item::Const(item) => (&item.ident, &item.vis),
            syn::Item::Fn(item) => (&item.sig.ident, &item.vis),
            syn::Item::Static(item) => (&item.ident, &item.vis),
            syn::Item::Macro(item) => return self.exported(item),
            item => match type_of(item) {
                Some(named) => named,
                None => return,
            },
        };
        let name = ident.to_string();
        if !is_pub(vis) || !self.public.offers(self.part, &name) {
            return;
        }
        match item {
            syn::Item::Fn(item) => self.function(&name, &item.attrs, &item.sig, Some(&item.block)),
            item => {
                let text = self.comment(&name, attributes(item), ident.span());
                self.inside_of(&name, item, text.as_deref());
            }
        }
    }

    fn exported(&mut self, item: &syn::ItemMacro) {
        if let Some(ident) = &item.ident
            && item.attrs.iter().any(|attribute| attribute.path().is_ident("macro_export"))
        {
            self.comment(&ident.to_string(), &item.attrs, ident.span());
        }
    }

    /// Fields, variants and the functions of a trait.
    fn inside_of(&mut self, name: &str, item: &syn::Item, text: Option<&str>) {
        if is_hidden(attributes(item)) {
            return;
        }
        match item {
            syn::Item::Struct(item) => self.fields(name, &item.fields, true),
            syn::Item::Enum(item) => {
                for variant in &item.variants {
                    let name = format!("{name}::{}", variant.ident);
                    self.comment(&name, &variant.attrs, variant.ident.span());
                    self.fields(&name, &variant.fields, false);
                }
            }
            syn::Item::Trait(item) => {
                if let (Some(text), true) = (text, item.unsafety.is_some()) {
                    self.section(self.parts.safety, name, text, "Safety", item.ident.span());
                }
                for inner in &item.items {
                    if let syn::TraitItem::Fn(function) = inner {
                        let name = format!("{name}::{}", function.sig.ident);
                        self.function(&name, &function.attrs, &function.sig, function.default.as_ref());
                    }
                }
            }
            _ => {}
        }
    }

    /// Fields with names; those of a variant are as public as it is.
    fn fields(&mut self, of: &str, fields: &syn::Fields, by_themselves: bool) {
        for field in fields.iter().filter(|field| !by_themselves || is_pub(&field.vis)) {
            if let Some(ident) = &field.ident {
                self.comment(&format!("{of}.{ident}"), &field.attrs, ident.span());
            }
        }
    }

    /// Public methods of a public type; those of a trait are documented there.
    fn methods(&mut self, item: &syn::ItemImpl) {
        let syn::Type::Path(ty) = &*item.self_ty else { return };
        let Some(last) = ty.path.segments.last() else { return };
        let name = last.ident.to_string();
        let is_public = self.public.types.contains(&path(self.part, &name))
            || self.public.types.iter().any(|path| path.last() == Some(&name));
        if item.trait_.is_some() || !is_public || is_hidden(&item.attrs) {
            return;
        }
        for inner in &item.items {
            match inner {
                syn::ImplItem::Fn(inner) if is_pub(&inner.vis) => {
                    let name = format!("{name}::{}", inner.sig.ident);
                    self.function(&name, &inner.attrs, &inner.sig, Some(&inner.block));
                }
                syn::ImplItem::Const(inner) if is_pub(&inner.vis) => {
                    self.comment(&format!("{name}::{}", inner.ident), &inner.attrs, inner.ident.span());
                }
                _ => {}
            }
        }
    }

    fn function(
        &mut self,
        name: &str,
        attributes: &[syn::Attribute],
        signature: &syn::Signature,
        block: Option<&syn::Block>,
    ) {
        let span = signature.ident.span();
        let Some(text) = self.comment(name, attributes, span) else { return };
        let (parts, is_unsafe) = (self.parts, matches!(signature.safety, syn::Safety::Unsafe(_)));
        if parts.examples && !text.contains("```") && !is_elsewhere(&text) {
            self.lacks(name, "no example", span);
        }
        self.section(parts.errors && returns_result(signature), name, &text, "Errors", span);
        self.section(parts.panics && block.is_some_and(panics), name, &text, "Panics", span);
        self.section(parts.safety && is_unsafe, name, &text, "Safety", span);
    }

    fn section(&mut self, wanted: bool, name: &str, text: &str, heading: &str, span: Span) {
        let is_heading = |line: &str| line.trim().trim_start_matches('#').trim() == heading;
        let is_there = text.lines().any(|line| line.trim().starts_with('#') && is_heading(line));
        if wanted && !is_there && !is_elsewhere(text) {
            self.lacks(name, &format!("no part `# {heading}` in its doc comment"), span);
        }
    }

    /// The doc comment, unless there is none, which is reported, or the item is hidden.
    fn comment(&mut self, name: &str, attributes: &[syn::Attribute], span: Span) -> Option<String> {
        if is_hidden(attributes) {
            return None;
        }
        self.looked_at += 1;
        let text = text(attributes);
        if text.trim().is_empty() {
            self.lacks(name, "no doc comment", span);
            return None;
        }
        Some(text)
    }

    fn lacks(&mut self, name: &str, what: &str, span: Span) {
        let name = if name.contains(' ') { name.to_string() } else { format!("`{name}`") };
        let place = Some(self.part.place(span));
        self.findings.push(Finding { what: format!("{name} has {what}"), place });
    }
}

/// Stands for a comment that is put in from elsewhere and cannot be read here.
const ELSEWHERE: &str = "\u{0}";

fn is_elsewhere(text: &str) -> bool {
    text.contains(ELSEWHERE)
}

fn text(attributes: &[syn::Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(pair) if pair.path.is_ident("doc") => Some(match &pair.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => text.value(),
            _ => ELSEWHERE.to_string(),
        }),
        _ => None,
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn is_hidden(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) => list.path.is_ident("doc") && list.tokens.to_string() == "hidden",
        _ => false,
    })
}

fn returns_result(signature: &syn::Signature) -> bool {
    let syn::ReturnType::Type(_, ty) = &signature.output else { return false };
    let syn::Type::Path(path) = &**ty else { return false };
    path.path.segments.last().is_some_and(|last| last.ident == "Result")
}

/// Whether the block holds a panic of its own.
fn panics(block: &syn::Block) -> bool {
    struct Finder(bool);
    impl<'ast> Visit<'ast> for Finder {
        fn visit_macro(&mut self, called: &'ast syn::Macro) {
            const PANICS: [&str; 7] =
                ["panic", "assert", "assert_eq", "assert_ne", "unreachable", "todo", "unimplemented"];
            self.0 |=
                called.path.segments.last().is_some_and(|last| PANICS.iter().any(|name| last.ident == name));
        }
        fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
            self.0 |= call.method == "unwrap" || call.method == "expect";
            syn::visit::visit_expr_method_call(self, call);
        }
        // What is defined inside is not called by that.
        fn visit_item(&mut self, _: &'ast syn::Item) {}
    }
    let mut finder = Finder(false);
    finder.visit_block(block);
    finder.0
}

#[cfg(test)]
mod tests {
    use super::{Documented, undocumented};
    use crate::sources::laid_out::with_files;

    fn check(files: &[(&str, &str)], module: &[&str], parts: Documented) -> Vec<String> {
        let (looked_at, findings) = with_files(files, |root| undocumented(root, module, parts));
        assert!(looked_at >= 1 || findings.is_empty());
        let places = findings.iter().map(|finding| {
            let place = finding.place.as_ref().expect("a place");
            format!("{}:{}: {}", place.file, place.line, finding.what)
        });
        places.collect()
    }

    #[test]
    fn every_sort_of_public_item_needs_a_comment() {
        let rust = "pub struct A { pub b: u8, c: u8 }\npub enum D {\n    E,\n    F { g: u8 },\n}\npub trait H {\n    \
                    fn i();\n}\nimpl A {\n    pub fn j() {}\n    fn k() {}\n}\npub fn l() {}\npub const M: u8 = 0;\n\
                    pub(crate) fn n() {}\nfn o() {}\n#[doc(hidden)]\npub fn p() {}\n#[cfg(test)]\nmod q { pub fn r() {} }";
        assert_eq!(
            check(&[("src/lib.rs", rust)], &[], Documented::default()),
            [
                "src/lib.rs:1: the crate has no doc comment",
                "src/lib.rs:1: `A` has no doc comment",
                "src/lib.rs:1: `A.b` has no doc comment",
                "src/lib.rs:2: `D` has no doc comment",
                "src/lib.rs:3: `D::E` has no doc comment",
                "src/lib.rs:4: `D::F` has no doc comment",
                "src/lib.rs:4: `D::F.g` has no doc comment",
                "src/lib.rs:6: `H` has no doc comment",
                "src/lib.rs:7: `H::i` has no doc comment",
                "src/lib.rs:10: `A::j` has no doc comment",
                "src/lib.rs:13: `l` has no doc comment",
                "src/lib.rs:14: `M` has no doc comment",
            ]
        );
    }

    #[test]
    fn a_private_module_is_public_as_far_as_it_is_re_exported() {
        let files = [
            (
                "src/lib.rs",
                "//! A crate.\nmod a;\nmod b;\nmod c;\npub mod d;\npub use a::one;\npub use self::b::*;",
            ),
            ("src/a.rs", "pub fn one() {}\npub fn two() {}"),
            ("src/b.rs", "pub fn three() {}"),
            ("src/c.rs", "pub fn four() {}\npub struct Five;\nimpl Five { pub fn six() {} }"),
            ("src/d.rs", "//! A module.\npub fn seven() {}"),
        ];
        let all = check(&files, &[], Documented::default());
        let names: Vec<&str> = all.iter().filter_map(|line| line.split('`').nth(1)).collect();
        assert_eq!(names, ["one", "three", "seven"]);
        assert_eq!(check(&files, &["d"], Documented::default()), ["src/d.rs:2: `seven` has no doc comment"]);
    }

    #[test]
    fn parts_are_asked_of_the_functions_they_are_about() {
        let rust = "//! A crate.\n/// Parses.\npub fn a() -> Result<u8, ()> { Err(()) }\n/// Ends.\npub fn b() { \
                    c().unwrap() }\n/// Reads.\npub unsafe fn d() {}\n/// All of it.\n///\n/// ```\n/// ```\n/// # Errors\n\
                    /// Ever.\n/// # Panics\n/// # Safety\npub unsafe fn e() -> Result<u8, ()> { panic!() }\n\
                    #[doc = include_str!(\"f.md\")]\npub fn f() -> Result<u8, ()> { Err(()) }";
        let files = [("src/lib.rs", rust)];
        let some = |parts| check(&files, &[], parts);
        assert_eq!(some(Documented::default()), Vec::<String>::new());
        let lacks = |place: &str, part: &str| {
            vec![format!("src/lib.rs:{place} has no part `# {part}` in its doc comment")]
        };
        let none = Documented::default();
        assert_eq!(some(Documented { errors: true, ..none }), lacks("3: `a`", "Errors"));
        assert_eq!(some(Documented { panics: true, ..none }), lacks("5: `b`", "Panics"));
        assert_eq!(some(Documented { safety: true, ..none }), lacks("7: `d`", "Safety"));
        assert_eq!(some(Documented { examples: true, ..none }).len(), 3);
    }
}
