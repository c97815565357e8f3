//! Reads the sources of the package and reports what must not stand there.

#![expect(clippy::disallowed_methods, reason = "Cargo tells a test where its package is")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use constraints_wire::{FORMAT, Outcome, Place, Record, RedReason, Shown, Tally, Witness};
use proc_macro2::Span;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::Visit;

use crate::record::conclude;

/// What must not stand in the sources.
#[derive(Clone, Copy, Debug, Default)]
pub struct Forbidden<'a> {
    /// Functions and methods: a name, or a path such as `std::process::exit`.
    pub calls: &'a [&'a str],
    /// Macros: a name, or a path.
    pub macros: &'a [&'a str],
    /// `unsafe` blocks, functions, traits and implementations.
    pub unsafe_code: bool,
    /// Modules in which it may stand all the same, with those below them, such as `crate::cli`.
    pub except: &'a [&'a str],
}

/// Holds when none of it stands in `module` (path segments below the root of the crate) or below, tests and
/// exceptions left out.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails. Also if the sources cannot be read, for then
/// nothing was checked.
pub fn forbids(id: &str, module: &[&str], forbidden: Forbidden<'_>) {
    let started = Instant::now();
    let root = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let Some(root) = root else { panic!("{id}: CARGO_MANIFEST_DIR is not set; run the tests through cargo") };
    let mut scan = Scan { root: root.clone(), forbidden, module, findings: Vec::new(), items: 0 };
    scan.package();
    let red = !scan.findings.is_empty() || scan.items == 0;
    let millis = started.elapsed().as_millis() as u64;
    conclude(&Record {
        format: FORMAT,
        id: id.to_string(),
        kind: "forbids".to_string(),
        outcome: match (scan.items, red) {
            (0, _) => Outcome::Violated(RedReason::Vacuous),
            (_, true) => Outcome::Violated(RedReason::Violated),
            _ => Outcome::Holds,
        },
        tally: Tally { executed: scan.items, accepted: scan.items, ..Tally::default() },
        seed: 0,
        witness: red.then(|| scan.witness()),
        millis,
        millis_to_red: red.then_some(millis),
        notes: Vec::new(),
    });
}

struct Finding {
    what: String,
    place: Place,
}

struct Scan<'a> {
    root: PathBuf,
    forbidden: Forbidden<'a>,
    module: &'a [&'a str],
    findings: Vec<Finding>,
    /// Items looked at; none means that nothing was checked.
    items: u64,
}

impl Scan<'_> {
    fn package(&mut self) {
        let entries = ["src/lib.rs", "src/main.rs"].map(|path| self.root.join(path));
        for entry in entries.iter().filter(|path| path.is_file()) {
            let folder = entry.parent().unwrap_or(entry).to_path_buf();
            self.file(entry, &folder, &mut Vec::new());
        }
    }

    fn witness(&self) -> Witness {
        let Some(first) = self.findings.first() else {
            let seen = format!(
                "no source of `{}` was found",
                ["crate"].iter().chain(self.module).copied().collect::<Vec<_>>().join("::")
            );
            return Witness { expected: "sources to look at".to_string(), seen, ..Witness::default() };
        };
        let details = self.findings.iter().take(20).map(|finding| Shown {
            name: "found".to_string(),
            text: format!(
                "{}:{}:{}: {}",
                finding.place.file, finding.place.line, finding.place.column, finding.what
            ),
        });
        Witness {
            values: Vec::new(),
            expected: "none of what is forbidden".to_string(),
            seen: match self.findings.len() {
                1 => format!("{} in one place", first.what),
                count => format!("{} and more, in {count} places", first.what),
            },
            details: details.collect(),
            place: Some(first.place.clone()),
        }
    }

    fn file(&mut self, path: &Path, children: &Path, at: &mut Vec<String>) {
        let text = fs::read_to_string(path);
        let parsed = text
            .map_err(|error| error.to_string())
            .and_then(|text| syn::parse_file(&text).map_err(|error| error.to_string()));
        match parsed {
            Ok(file) => self.items_of(&file.items, path, children, at),
            Err(error) => {
                panic!("{} cannot be read, so nothing can be said about it: {error}", path.display())
            }
        }
    }

    fn items_of(&mut self, items: &[syn::Item], path: &Path, children: &Path, at: &mut Vec<String>) {
        let imports = imports(items);
        for item in items.iter().filter(|item| !is_test(attributes(item))) {
            if let syn::Item::Mod(module) = item {
                self.submodule(module, path, children, at);
            } else if inside(at, self.module) && !self.is_excepted(at) {
                self.items += 1;
                Finder { scan: self, path, imports: &imports }.visit_item(item);
            }
        }
    }

    fn is_excepted(&self, at: &[String]) -> bool {
        self.forbidden.except.iter().any(|path| {
            let path: Vec<&str> = path.split("::").skip(1).collect();
            inside(at, &path)
        })
    }

    fn submodule(&mut self, module: &syn::ItemMod, path: &Path, children: &Path, at: &mut Vec<String>) {
        let name = module.ident.to_string().trim_start_matches("r#").to_string();
        at.push(name.clone());
        if let Some((_, items)) = &module.content {
            self.items_of(items, path, &children.join(&name), at);
        } else if let Some((file, folder)) = file_of(module, &name, path, children) {
            self.file(&file, &folder, at);
        }
        at.pop();
    }
}

fn inside(at: &[String], module: &[&str]) -> bool {
    at.len() >= module.len() && at.iter().zip(module).all(|(a, b)| a == b)
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

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
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
        syn::Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// `#[test]` and what is only compiled for tests.
fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::Path(path) => path.segments.last().is_some_and(|last| last.ident == "test"),
        syn::Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string() == "test",
        syn::Meta::NameValue(_) => false,
    })
}

/// What `use` brings into a module: the name there, and the path it stands for.
fn imports(items: &[syn::Item]) -> Vec<(String, String)> {
    fn walk(tree: &syn::UseTree, prefix: &str, found: &mut Vec<(String, String)>) {
        let join = |name: &dyn std::fmt::Display| {
            if prefix.is_empty() { name.to_string() } else { format!("{prefix}::{name}") }
        };
        match tree {
            syn::UseTree::Path(path) => walk(&path.tree, &join(&path.ident), found),
            syn::UseTree::Name(name) if name.ident == "self" => {
                let last = prefix.rsplit("::").next().unwrap_or(prefix);
                found.push((last.to_string(), prefix.to_string()));
            }
            syn::UseTree::Name(name) => found.push((name.ident.to_string(), join(&name.ident))),
            syn::UseTree::Rename(rename) => found.push((rename.rename.to_string(), join(&rename.ident))),
            syn::UseTree::Glob(_) => found.push(("*".to_string(), prefix.to_string())),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| walk(tree, prefix, found)),
        }
    }
    let mut found = Vec::new();
    for item in items {
        if let syn::Item::Use(item) = item {
            walk(&item.tree, "", &mut found);
        }
    }
    found
}

struct Finder<'a, 'b> {
    scan: &'a mut Scan<'b>,
    path: &'a Path,
    imports: &'a [(String, String)],
}

impl Finder<'_, '_> {
    fn report(&mut self, what: String, span: Span) {
        let file =
            self.path.strip_prefix(&self.scan.root).unwrap_or(self.path).to_string_lossy().replace('\\', "/");
        let start = span.start();
        let place = Place { file, line: start.line as u32, column: start.column as u32 + 1 };
        self.scan.findings.push(Finding { what, place });
    }

    fn path_called(&mut self, path: &syn::Path) {
        if let Some(name) = self.matching(path, self.scan.forbidden.calls) {
            self.report(format!("a call of `{name}`"), path.span());
        }
    }

    fn method_called(&mut self, method: &syn::Ident) {
        if self.scan.forbidden.calls.iter().any(|call| method == call) {
            self.report(format!("a call of `{method}`"), method.span());
        }
    }

    /// Which of `wanted` the path stands for, `use` followed.
    fn matching<'w>(&self, path: &syn::Path, wanted: &[&'w str]) -> Option<&'w str> {
        let written: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let (first, rest) = written.split_first()?;
        let mut candidates = vec![written.join("::")];
        for (name, stands_for) in self.imports {
            if name == first {
                candidates.push(
                    [stands_for.as_str()]
                        .into_iter()
                        .chain(rest.iter().map(String::as_str))
                        .collect::<Vec<_>>()
                        .join("::"),
                );
            } else if name == "*" {
                candidates.push(format!("{stands_for}::{}", written.join("::")));
            }
        }
        wanted.iter().copied().find(|wanted| {
            if wanted.contains("::") {
                candidates.iter().any(|path| path == wanted)
            } else {
                written.last().is_some_and(|last| last == wanted)
            }
        })
    }

    fn uses_unsafe(&mut self, span: Option<Span>, what: &str) {
        if let (true, Some(span)) = (self.scan.forbidden.unsafe_code, span) {
            self.report(format!("an unsafe {what}"), span);
        }
    }

    /// The inside of a macro call: expressions where it parses as such, otherwise names in front of parentheses.
    fn tokens(&mut self, tokens: &proc_macro2::TokenStream) {
        let parser = Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
        if let Ok(expressions) = syn::parse::Parser::parse2(parser, tokens.clone()) {
            for expression in &expressions {
                self.visit_expr(expression);
            }
            return;
        }
        if let Ok(statements) = syn::parse::Parser::parse2(syn::Block::parse_within, tokens.clone()) {
            for statement in &statements {
                self.visit_stmt(statement);
            }
            return;
        }
        let mut last: Option<syn::Ident> = None;
        for tree in tokens.clone() {
            match tree {
                proc_macro2::TokenTree::Ident(ident) => {
                    if ident == "unsafe" {
                        self.uses_unsafe(Some(ident.span()), "block in a macro");
                    }
                    last = Some(ident);
                    continue;
                }
                proc_macro2::TokenTree::Group(group) => {
                    if let (Some(name), proc_macro2::Delimiter::Parenthesis) = (&last, group.delimiter()) {
                        self.method_called(name);
                    }
                    self.tokens(&group.stream());
                }
                _ => {}
            }
            last = None;
        }
    }
}

impl<'ast> Visit<'ast> for Finder<'_, '_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !is_test(attributes(item)) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_expr_path(&mut self, expression: &'ast syn::ExprPath) {
        // A function that is named is as good as called: `map(Option::unwrap)`.
        self.path_called(&expression.path);
        syn::visit::visit_expr_path(self, expression);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.method_called(&call.method);
        syn::visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        if let Some(name) = self.matching(&called.path, self.scan.forbidden.macros) {
            self.report(format!("a use of `{name}!`"), called.path.span());
        }
        self.tokens(&called.tokens);
    }

    fn visit_expr_unsafe(&mut self, block: &'ast syn::ExprUnsafe) {
        self.uses_unsafe(Some(block.unsafe_token.span), "block");
        syn::visit::visit_expr_unsafe(self, block);
    }

    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        if let syn::Safety::Unsafe(token) = &signature.safety {
            self.uses_unsafe(Some(token.span), "function");
        }
        syn::visit::visit_signature(self, signature);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let token = item.unsafety.as_ref().map(Spanned::span);
        self.uses_unsafe(token, "implementation");
        syn::visit::visit_item_impl(self, item);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        let token = item.unsafety.as_ref().map(Spanned::span);
        self.uses_unsafe(token, "trait");
        syn::visit::visit_item_trait(self, item);
    }
}

#[cfg(test)]
mod tests {
    use super::{Forbidden, Scan};

    /// The places of what is forbidden in a package of these files.
    fn check(files: &[(&str, &str)], module: &[&str], forbidden: Forbidden<'_>) -> Vec<String> {
        static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("constraints-forbids-{}-{number}", std::process::id()));
        for (path, text) in files {
            let path = root.join("src").join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, text).expect("written");
        }
        let mut scan = Scan { root: root.clone(), forbidden, module, findings: Vec::new(), items: 0 };
        scan.package();
        std::fs::remove_dir_all(root).expect("removed");
        let places = scan.findings.iter().map(|finding| &finding.place);
        places.map(|place| format!("{}:{}:{}", place.file, place.line, place.column)).collect()
    }

    const FILES: [(&str, &str); 5] = [
        ("lib.rs", "mod cli;\nmod client;\nmod core;\npub fn a() { println!(); }"),
        ("cli.rs", "mod output;\nfn b() { println!(); }"),
        ("cli/output.rs", "fn c() { println!(); }"),
        ("client.rs", "fn d() { println!(); }"),
        ("core.rs", "fn e() { println!() }\n#[cfg(test)]\nmod tests { fn f() { println!(); } }"),
    ];

    #[test]
    fn an_exception_covers_a_module_and_those_below_it_and_no_other() {
        let forbidden = Forbidden { macros: &["println"], ..Forbidden::default() };
        let all = ["src/cli/output.rs:1:10", "src/cli.rs:2:10", "src/client.rs:1:10"];
        let rest = ["src/core.rs:1:10", "src/lib.rs:4:14"];
        assert_eq!(check(&FILES, &[], forbidden), [&all[..], &rest].concat());
        let cli = Forbidden { except: &["crate::cli"], ..forbidden };
        assert_eq!(check(&FILES, &[], cli), [&all[2..], &rest].concat());
        let two = Forbidden { except: &["crate::cli::output", "crate::client"], ..forbidden };
        assert_eq!(check(&FILES, &[], two), [&all[1..2], &rest].concat());
        assert_eq!(check(&FILES, &["cli"], two), all[1..2]);
    }
}
