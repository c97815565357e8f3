//! Reads the sources for environment variables, and documents for their names.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Instant;

use constraints_wire::Place;
use proc_macro2::{TokenStream, TokenTree};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::Visit;

use crate::findings::{Finding, Look};
use crate::sources::{Part, attributes, each_module, files, imports, inside, is_test, shown};

/// Where variables are named.
#[derive(Clone, Copy, Debug, Default)]
pub struct Documents<'a> {
    /// Patterns from the root of the package, such as `README.md` or `docs/**/*.md`.
    pub files: &'a [&'a str],
    /// Every variable named there is read, too.
    pub exactly: bool,
}

/// Holds when every environment variable that `module`, or one below it, reads is named in the documents.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails. Also if a file cannot be read, for then nothing was
/// checked.
pub fn env_documented(id: &str, module: &[&str], documents: Documents<'_>) {
    let expected = "every variable that is read named in a document";
    let look = Look { id, kind: "env_documented", started: Instant::now(), expected };
    let (items, findings) = compare(&look.root(), module, documents);
    look.conclude(items, &findings, Vec::new());
}

/// How many items were looked at, and what is not as it should be.
fn compare(root: &Path, module: &[&str], documents: Documents<'_>) -> (u64, Vec<Finding>) {
    let (items, read) = variables_read(root, module);
    let mut findings = Vec::new();
    let mut named = BTreeMap::new();
    for pattern in documents.files {
        let paths = files(root, pattern);
        if paths.is_empty() {
            findings.push(Finding { what: format!("`{pattern}` names no file"), place: None });
        }
        for path in paths {
            let text = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            names_in(&String::from_utf8_lossy(&text), &shown(root, &path), &mut named);
        }
    }
    for (name, place) in &read {
        if !named.contains_key(name) {
            findings.push(Finding {
                what: format!("`{name}` is read and named in no document"),
                place: Some(place.clone()),
            });
        }
    }
    if documents.exactly {
        let unread =
            named.into_iter().filter(|(name, mention)| mention.is_variable && !read.contains_key(name));
        findings.extend(unread.map(|(name, mention)| Finding {
            what: format!("`{name}` is documented and never read"),
            place: Some(mention.place),
        }));
    }
    (items, findings)
}

/// Where a word stands in a document.
struct Mention {
    place: Place,
    /// Whether it is written as variables are: in capitals with `_`, as code, behind `$` or before `=`.
    is_variable: bool,
}

fn names_in(text: &str, file: &str, named: &mut BTreeMap<String, Mention>) {
    for (number, line) in text.lines().enumerate() {
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        for word in line.split(|letter| !is_word(letter)).filter(|word| !word.is_empty()) {
            let start = word.as_ptr() as usize - line.as_ptr() as usize;
            let (before, after) = (&line[..start], &line[start + word.len()..]);
            let is_marked = before.ends_with(['`', '$', '{']) || after.starts_with('=');
            let is_capital =
                |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_';
            let is_name = word.contains('_') && word.chars().all(is_capital) && !is_of_cargo(word);
            let column = before.chars().count() as u32 + 1;
            let place = Place { file: file.to_string(), line: number as u32 + 1, column };
            let mention =
                named.entry(word.to_string()).or_insert(Mention { place: place.clone(), is_variable: false });
            if is_marked && is_name && !mention.is_variable {
                *mention = Mention { place, is_variable: true };
            }
        }
    }
}

/// Set by Cargo for the crates that it builds: nothing that who runs the program has to know.
fn is_of_cargo(name: &str) -> bool {
    name == "CARGO" || name == "OUT_DIR" || name.starts_with("CARGO_")
}

/// The variables, each with the first place where it is read, and how many items were looked at.
fn variables_read(root: &Path, module: &[&str]) -> (u64, BTreeMap<String, Place>) {
    let mut constants = BTreeMap::new();
    each_module(root, &mut |part| part.tested_items().for_each(|item| constant(item, &mut constants)));
    let (mut items, mut read) = (0, BTreeMap::new());
    each_module(root, &mut |part| {
        if !inside(part.module, module) {
            return;
        }
        let imports = imports(part.items);
        for item in part.tested_items().filter(|item| !matches!(item, syn::Item::Mod(_))) {
            items += 1;
            Finder { part, imports: &imports, constants: &constants, read: &mut read }.visit_item(item);
        }
    });
    read.retain(|name, _| !is_of_cargo(name));
    (items, read)
}

/// A constant text may be the name of a variable.
fn constant(item: &syn::Item, constants: &mut BTreeMap<String, String>) {
    let (ident, value) = match item {
        syn::Item::Const(item) => (&item.ident, &item.expr),
        syn::Item::Static(item) => (&item.ident, &item.expr),
        _ => return,
    };
    if let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &**value {
        constants.insert(ident.to_string(), text.value());
    }
}

struct Finder<'a> {
    part: &'a Part<'a>,
    imports: &'a [(String, String)],
    constants: &'a BTreeMap<String, String>,
    read: &'a mut BTreeMap<String, Place>,
}

impl Finder<'_> {
    fn reads(&mut self, name: &syn::Expr) {
        let found = match name {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
            syn::Expr::Reference(reference) => return self.reads(&reference.expr),
            syn::Expr::Path(path) => path
                .path
                .segments
                .last()
                .and_then(|last| self.constants.get(&last.ident.to_string()))
                .cloned(),
            _ => None,
        };
        if let Some(found) = found {
            self.named(found, name.span());
        }
    }

    fn named(&mut self, name: String, span: proc_macro2::Span) {
        let place = self.part.place(span);
        self.read.entry(name).or_insert(place);
    }

    /// `std::env::var` and `std::env::var_os`, under any name that they were imported by.
    fn is_reader(&self, path: &syn::Path) -> bool {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let written = segments.join("::");
        let (first, rest) = segments.split_first().expect("a path has a segment");
        let imported = self.imports.iter().filter(|(name, _)| name == first);
        let mut paths = imported.map(|(_, path)| [std::slice::from_ref(path), rest].concat().join("::"));
        let is_reader = |path: &str| {
            path.strip_prefix("std::env::")
                .or(path.strip_prefix("::std::env::"))
                .is_some_and(|name| ["var", "var_os"].contains(&name))
        };
        is_reader(&written) || paths.any(|path| is_reader(&path))
    }

    /// `env = "NAME"` of clap, or `env` alone, which stands for the name of the field.
    fn option(&mut self, field: &syn::Field, list: &syn::MetaList) {
        let mut trees = list.tokens.clone().into_iter().peekable();
        while let Some(tree) = trees.next() {
            let TokenTree::Ident(ident) = &tree else { continue };
            if ident != "env" {
                continue;
            }
            match trees.peek() {
                Some(TokenTree::Punct(punct)) if punct.as_char() == '=' => {
                    trees.next();
                    let value = TokenStream::from_iter(trees.next());
                    if let Ok(value) = syn::parse2::<syn::Expr>(value) {
                        self.reads(&value);
                    }
                }
                _ => {
                    if let Some(name) = &field.ident {
                        self.named(name.to_string().to_uppercase(), ident.span());
                    }
                }
            }
        }
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !is_test(attributes(item)) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let (syn::Expr::Path(function), Some(name)) = (&*call.func, call.args.first())
            && self.is_reader(&function.path)
        {
            self.reads(name);
        }
        syn::visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        // Of clap; that of a command to be started takes a value as well.
        if let (true, Some(name), 1) = (call.method == "env", call.args.first(), call.args.len()) {
            self.reads(name);
        }
        syn::visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        let parser = Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
        let Ok(arguments) = syn::parse::Parser::parse2(parser, called.tokens.clone()) else { return };
        let is_env =
            called.path.segments.last().is_some_and(|last| last.ident == "env" || last.ident == "option_env");
        if let (true, Some(name)) = (is_env, arguments.first()) {
            self.reads(name);
        }
        for argument in &arguments {
            self.visit_expr(argument);
        }
    }

    fn visit_field(&mut self, field: &'ast syn::Field) {
        for attribute in &field.attrs {
            if let syn::Meta::List(list) = &attribute.meta
                && ["arg", "clap", "structopt"].iter().any(|name| list.path.is_ident(name))
            {
                self.option(field, list);
            }
        }
        syn::visit::visit_field(self, field);
    }
}

#[cfg(test)]
mod tests {
    use super::{Documents, compare};
    use crate::sources::laid_out::with_files;

    fn check(files: &[(&str, &str)], documents: Documents<'_>) -> Vec<String> {
        let (_, findings) = with_files(files, |root| compare(root, &[], documents));
        let lines = findings.iter().map(|finding| match &finding.place {
            Some(place) => format!("{}:{}: {}", place.file, place.line, finding.what),
            None => finding.what.clone(),
        });
        lines.collect()
    }

    const README: Documents<'_> = Documents { files: &["README.md"], exactly: false };

    #[test]
    fn every_way_to_read_a_variable_is_seen() {
        let rust = "use std::env::{self, var as get};\nconst NAME: &str = \"E\";\nfn f() {\n    std::env::var(\"A\");\n    \
                    env::var_os(\"B\");\n    get(\"C\");\n    println!(\"{}\", option_env!(\"D\"));\n    env::var(NAME);\n    \
                    Arg::new(\"f\").env(\"F\");\n}\nstruct Options {\n    #[arg(long, env = \"G\")]\n    g: u8,\n    \
                    #[clap(env)]\n    h_h: u8,\n}\n";
        let readme = ("README.md", "Nothing.");
        let named = |name: &str| format!("`{name}` is read and named in no document");
        let wanted = [(4, "A"), (5, "B"), (6, "C"), (7, "D"), (8, "E"), (9, "F"), (12, "G"), (14, "H_H")];
        let wanted = wanted.map(|(line, name)| format!("src/lib.rs:{line}: {}", named(name)));
        assert_eq!(check(&[("src/lib.rs", rust), readme], README), wanted);
        assert_eq!(
            check(&[("src/lib.rs", rust), ("README.md", "A B C `D` E F G H_H")], README),
            Vec::<String>::new()
        );
    }

    #[test]
    fn what_reads_none_of_the_users_variables_is_left_alone() {
        let rust = "fn f() {\n    env!(\"CARGO_PKG_NAME\");\n    Command::new(\"c\").env(\"A\", \"1\");\n    \
                    scope.var(\"B\");\n    other::var(\"C\");\n}\n#[cfg(test)]\nfn g() { std::env::var(\"D\"); }";
        assert_eq!(check(&[("src/lib.rs", rust), ("README.md", "")], README), Vec::<String>::new());
    }

    #[test]
    fn documents_have_to_exist_and_are_compared_both_ways_on_request() {
        let rust = "fn f() { std::env::var(\"APP_A\"); }";
        let readme = "`APP_A`, see HTTP_STATUS.\n\nSet `APP_B=1`, or $APP_C; `CARGO_HOME` is not ours.\n";
        let files = [("src/lib.rs", rust), ("README.md", readme)];
        assert_eq!(check(&files, README), Vec::<String>::new());
        assert_eq!(
            check(&files, Documents { exactly: true, ..README }),
            [
                "README.md:3: `APP_B` is documented and never read",
                "README.md:3: `APP_C` is documented and never read",
            ]
        );
        assert_eq!(
            check(&files, Documents { files: &["docs/*.md"], exactly: false }),
            ["`docs/*.md` names no file", "src/lib.rs:1: `APP_A` is read and named in no document"]
        );
    }
}
