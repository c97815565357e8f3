//! Reads the sources of the package and reports what must not stand there.

use std::path::Path;
use std::time::Instant;

use proc_macro2::Span;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::Visit;

use crate::findings::{Finding, Look};
use crate::sources::{Part, attributes, each_module, imports, inside, is_test};

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
    let look = Look { id, kind: "forbids", started: Instant::now(), expected: "none of what is forbidden" };
    let scan = scan(&look.root(), module, forbidden);
    look.conclude(scan.items, &scan.findings, Vec::new());
}

/// What was found, and how much was looked at.
struct Scan<'a> {
    forbidden: Forbidden<'a>,
    findings: Vec<Finding>,
    /// Items looked at; none means that nothing was checked.
    items: u64,
}

fn scan<'a>(root: &Path, module: &[&str], forbidden: Forbidden<'a>) -> Scan<'a> {
    let mut scan = Scan { forbidden, findings: Vec::new(), items: 0 };
    each_module(root, &mut |part| {
        if !inside(part.module, module) || scan.is_excepted(part.module) {
            return;
        }
        let imports = imports(part.items);
        for item in part.tested_items().filter(|item| !matches!(item, syn::Item::Mod(_))) {
            scan.items += 1;
            Finder { scan: &mut scan, part, imports: &imports }.visit_item(item);
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
    imports: &'a [(String, String)],
}

impl Finder<'_, '_> {
    fn report(&mut self, what: String, span: Span) {
        let place = Some(self.part.place(span));
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
    use super::{Forbidden, scan};
    use crate::sources::laid_out::with_files;

    /// The places of what is forbidden in a package of these files.
    fn check(files: &[(&str, &str)], module: &[&str], forbidden: Forbidden<'_>) -> Vec<String> {
        let scan = with_files(files, |root| scan(root, module, forbidden));
        let places = scan.findings.iter().filter_map(|finding| finding.place.as_ref());
        places.map(|place| format!("{}:{}:{}", place.file, place.line, place.column)).collect()
    }

    const FILES: [(&str, &str); 5] = [
        ("src/lib.rs", "mod cli;\nmod client;\nmod core;\npub fn a() { println!(); }"),
        ("src/cli.rs", "mod output;\nfn b() { println!(); }"),
        ("src/cli/output.rs", "fn c() { println!(); }"),
        ("src/client.rs", "fn d() { println!(); }"),
        ("src/core.rs", "fn e() { println!() }\n#[cfg(test)]\nmod tests { fn f() { println!(); } }"),
    ];

    #[test]
    fn an_exception_covers_a_module_and_those_below_it_and_no_other() {
        let forbidden = Forbidden { macros: &["println"], ..Forbidden::default() };
        let root = "src/lib.rs:4:14";
        let below = ["src/cli.rs:2:10", "src/cli/output.rs:1:10", "src/client.rs:1:10", "src/core.rs:1:10"];
        assert_eq!(check(&FILES, &[], forbidden), [&[root], &below[..]].concat());
        let cli = Forbidden { except: &["crate::cli"], ..forbidden };
        assert_eq!(check(&FILES, &[], cli), [&[root], &below[2..]].concat());
        let two = Forbidden { except: &["crate::cli::output", "crate::client"], ..forbidden };
        assert_eq!(check(&FILES, &[], two), [root, below[0], below[3]]);
        assert_eq!(check(&FILES, &["cli"], two), below[..1]);
    }
}
