//! Reads the sources of the package and reports what must not stand there.

mod layers;
mod testing;
mod tokens;

#[cfg(test)]
mod tests;

use std::path::Path;
use std::time::Instant;

use proc_macro2::Span;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::findings::{Finding, Look};
use crate::names::{Import, Names, Scope, of_block, segments, split};
use crate::sources::{Part, attributes, each_module, imported, inside, is_test};

use layers::Layers;
use tokens::{Written, written};

/// What must not stand in the sources.
#[derive(Clone, Copy, Debug, Default)]
pub struct Forbidden<'a> {
    /// Functions and methods: a name, or a path such as `std::process::exit`.
    pub calls: &'a [&'a str],
    /// Macros: a name, or a path.
    pub macros: &'a [&'a str],
    /// Crates, modules and items that must not be named: paths.
    pub uses: &'a [&'a str],
    /// `unsafe` blocks, functions, traits, implementations and attributes, and foreign functions.
    pub unsafe_code: bool,
    /// Conditions on being compiled for tests, anywhere but on tests.
    pub cfg_test: bool,
    /// Modules of which each may use those before it and none behind it.
    pub layers: &'a [&'a str],
    /// Modules with those that they may use besides themselves.
    pub may_use: &'a [(&'a str, &'a [&'a str])],
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
    let look = Look { id, kind: "forbids", started: Instant::now(), expected: "none of what is forbidden" };
    let scan = scan(&look.root(), module, forbidden);
    look.conclude(scan.items, &scan.findings, Vec::new());
}

/// What was found, and how much was looked at.
struct Scan<'a> {
    forbidden: Forbidden<'a>,
    layers: Layers,
    names: Names,
    findings: Vec<Finding>,
    /// Items looked at; none means that nothing was checked.
    items: u64,
}

fn scan<'a>(root: &Path, module: &[&str], forbidden: Forbidden<'a>) -> Scan<'a> {
    let names = Names::of(root);
    let layers = Layers::new(forbidden.layers, forbidden.may_use);
    // A misspelt module would never be used.
    let missing = layers.named().filter(|path| !names.has(path)).map(|path| Finding {
        what: format!("no module `{}`, which the layers name", path.join("::")),
        place: None,
    });
    let findings = missing.collect();
    let mut scan = Scan { forbidden, layers, names, findings, items: 0 };
    each_module(root, &mut |part| {
        if !inside(part.module, module) || scan.is_excepted(part.module) {
            return;
        }
        for item in part.items {
            scan.items += u64::from(!matches!(item, syn::Item::Mod(_)) && !is_test(attributes(item)));
            let mut finder = Finder { scan: &mut scan, part, blocks: Vec::new() };
            // Modules come by themselves; what stands in front of them belongs here.
            match item {
                syn::Item::Mod(item) if is_test(&item.attrs) => {}
                syn::Item::Mod(item) => item.attrs.iter().for_each(|it| finder.visit_attribute(it)),
                item => finder.visit_item(item),
            }
        }
    });
    scan
}

impl Scan<'_> {
    fn is_excepted(&self, at: &[String]) -> bool {
        self.forbidden.except.iter().any(|path| {
            let path: Vec<&str> = path.split("::").skip(1).collect();
            inside(at, &path)
        })
    }
}

struct Finder<'a, 'b> {
    scan: &'a mut Scan<'b>,
    part: &'a Part<'a>,
    /// What the blocks around bring in.
    blocks: Vec<Vec<Import>>,
}

impl Finder<'_, '_> {
    fn report(&mut self, what: String, span: Span) {
        let place = Some(self.part.place(span));
        self.scan.findings.push(Finding { what, place });
    }

    fn led_to(&self, path: &[String]) -> Vec<Vec<String>> {
        self.scan.names.led_to(Scope { module: self.part.module, blocks: &self.blocks }, path)
    }

    fn path_called(&mut self, path: &[String], span: Span) {
        if let Some(name) = self.matching(path, self.scan.forbidden.calls) {
            self.report(format!("a call of `{name}`"), span);
        }
    }

    fn method_called(&mut self, method: &syn::Ident) {
        if self.scan.forbidden.calls.iter().any(|call| method == call) {
            self.report(format!("a call of `{method}`"), method.span());
        }
    }

    fn macro_called(&mut self, path: &[String], span: Span) {
        if let Some(name) = self.matching(path, self.scan.forbidden.macros) {
            self.report(format!("a use of `{name}!`"), span);
        }
    }

    /// Which of `wanted` the path stands for, `use` followed.
    fn matching<'w>(&self, path: &[String], wanted: &[&'w str]) -> Option<&'w str> {
        let mut candidates = None;
        wanted.iter().copied().find(|wanted| {
            if wanted.contains("::") {
                let candidates = candidates.get_or_insert_with(|| self.led_to(path));
                let wanted = from_std(split(wanted));
                candidates.contains(&wanted)
            } else {
                path.last().is_some_and(|last| last == wanted)
            }
        })
    }

    /// A path that names something outside of its own module.
    fn path_named(&mut self, path: &[String], span: Span) {
        let cares = !self.scan.forbidden.uses.is_empty() || !self.scan.layers.is_empty();
        if !cares || path.len() < 2 || path[0] == "Self" {
            return;
        }
        let led_to = self.led_to(path);
        self.named(&led_to, span);
    }

    fn named(&mut self, led_to: &[Vec<String>], span: Span) {
        let is_wanted = |wanted: &&&str| {
            let wanted = from_std(split(wanted));
            led_to.iter().any(|path| path.starts_with(&wanted))
        };
        if let Some(name) = self.scan.forbidden.uses.iter().find(is_wanted) {
            self.report(format!("a use of `{name}`"), span);
        }
        let modules = led_to.iter().filter_map(|path| self.scan.names.module_of(path));
        let mut overreach = modules.filter_map(|used| self.scan.layers.overreach(self.part.module, used));
        if let Some(what) = overreach.next() {
            self.report(what, span);
        }
    }

    /// A `use` names each of its paths.
    fn brought_in(&mut self, tree: &syn::UseTree) {
        let mut imports = Vec::new();
        imported(tree, "", &mut imports);
        for (name, stands_for) in imports {
            let path = split(&stands_for);
            // A module may import under the name that the path begins with.
            let known = self.blocks.iter().any(|block| block.iter().any(|(known, _)| *known == path[0]));
            let blocks = if known { &[][..] } else { &self.blocks };
            let mut led_to = self.scan.names.led_to(Scope { module: self.part.module, blocks }, &path);
            if name == "*" || path.len() == 1 {
                led_to.push(from_std(path));
            }
            self.named(&led_to, tree.span());
        }
    }

    fn uses_unsafe(&mut self, span: Option<Span>, what: &str) {
        if let (true, Some(span)) = (self.scan.forbidden.unsafe_code, span) {
            self.report(format!("an unsafe {what}"), span);
        }
    }

    fn asks_for_tests(&mut self, span: Span) {
        if self.scan.forbidden.cfg_test {
            self.report("a condition on `test` outside of tests".to_string(), span);
        }
    }

    /// Whether the code is only compiled for tests, and so is looked at no further.
    fn leaves_out(&mut self, attributes: &[syn::Attribute]) -> bool {
        let leaves_out = is_test(attributes);
        // `#[test]` stands on a test, where it belongs.
        for attribute in attributes.iter().filter(|it| leaves_out && testing::asks_for_tests(it)) {
            self.asks_for_tests(attribute.span());
        }
        leaves_out
    }

    /// The inside of a macro call: expressions where it parses as such, otherwise what looks like calls.
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
        let (found, groups) = written(tokens);
        for it in found {
            match it {
                Written::Call(path, span) => {
                    self.path_called(&path, span);
                    self.path_named(&path, span);
                }
                Written::Method(method) => self.method_called(&method),
                Written::Macro(path, span) => {
                    self.macro_called(&path, span);
                    self.path_named(&path, span);
                }
                Written::Path(path, span) => self.path_named(&path, span),
                Written::Unsafe(span) => self.uses_unsafe(Some(span), "block in a macro"),
            }
        }
        for group in &groups {
            self.tokens(group);
        }
    }
}

/// `core` and `alloc` are parts of `std`.
fn from_std(mut path: Vec<String>) -> Vec<String> {
    if let Some(first) = path.first_mut().filter(|first| *first == "core" || *first == "alloc") {
        "std".clone_into(first);
    }
    path
}

impl<'ast> Visit<'ast> for Finder<'_, '_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        match item {
            syn::Item::Mod(module) if is_test(&module.attrs) => {}
            item if self.leaves_out(attributes(item)) => {}
            item => visit::visit_item(self, item),
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !self.leaves_out(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if !self.leaves_out(&item.attrs) {
            visit::visit_trait_item_fn(self, item);
        }
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        if !self.leaves_out(&local.attrs) {
            visit::visit_local(self, local);
        }
    }

    fn visit_block(&mut self, block: &'ast syn::Block) {
        self.blocks.push(of_block(block));
        visit::visit_block(self, block);
        self.blocks.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        item.attrs.iter().for_each(|it| self.visit_attribute(it));
        self.brought_in(&item.tree);
    }

    fn visit_item_extern_crate(&mut self, item: &'ast syn::ItemExternCrate) {
        self.named(&[vec![item.ident.to_string()]], item.ident.span());
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if testing::asks_for_tests(attribute) {
            self.asks_for_tests(attribute.span());
        }
        self.path_named(&segments(attribute.path()), attribute.path().span());
        if let syn::Meta::List(list) = &attribute.meta {
            if list.path.is_ident("unsafe") {
                self.uses_unsafe(Some(list.path.span()), "attribute");
            }
            for it in written(&list.tokens).0 {
                if let Written::Path(path, span) | Written::Call(path, span) = it {
                    self.path_named(&path, span);
                }
            }
        }
    }

    // `pub(in crate::a)` says who may see something, and uses nothing.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.path_named(&segments(path), path.span());
        visit::visit_path(self, path);
    }

    fn visit_expr_path(&mut self, expression: &'ast syn::ExprPath) {
        // A function that is named is as good as called: `map(Option::unwrap)`.
        self.path_called(&segments(&expression.path), expression.path.span());
        visit::visit_expr_path(self, expression);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.method_called(&call.method);
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        let path = segments(&called.path);
        self.macro_called(&path, called.path.span());
        self.path_named(&path, called.path.span());
        let is_condition = path.last().is_some_and(|last| last == "cfg");
        let asks = if is_condition {
            testing::names_test(called.tokens.clone())
        } else {
            testing::holds_condition_on_test(&called.tokens)
        };
        if asks {
            self.asks_for_tests(called.path.span());
        }
        if !is_condition {
            self.tokens(&called.tokens);
        }
    }

    fn visit_expr_unsafe(&mut self, block: &'ast syn::ExprUnsafe) {
        self.uses_unsafe(Some(block.unsafe_token.span), "block");
        visit::visit_expr_unsafe(self, block);
    }

    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        if let syn::Safety::Unsafe(token) = &signature.safety {
            self.uses_unsafe(Some(token.span), "function");
        }
        visit::visit_signature(self, signature);
    }

    fn visit_item_foreign_mod(&mut self, item: &'ast syn::ItemForeignMod) {
        self.uses_unsafe(Some(item.abi.extern_token.span), "block of foreign functions");
        visit::visit_item_foreign_mod(self, item);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let token = item.unsafety.as_ref().map(Spanned::span);
        self.uses_unsafe(token, "implementation");
        visit::visit_item_impl(self, item);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        let token = item.unsafety.as_ref().map(Spanned::span);
        self.uses_unsafe(token, "trait");
        visit::visit_item_trait(self, item);
    }
}
