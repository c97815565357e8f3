//! Takes a parsed expression, gives the names in it that something outside has to provide, and what leaves it early.
//!
//! Looks at syntax alone: what a macro is given stays unseen here.

use std::collections::BTreeSet;
use std::ops::Range;

use syn::visit::{self, Visit};
use syn::{Expr, Stmt, UseTree};

/// A name and its bytes in the text of the expression.
#[derive(Clone, Debug)]
pub(super) struct FreeName {
    /// The name, without the mark that makes a keyword usable.
    pub name: String,
    /// Where it stands.
    pub at: Range<usize>,
    /// Whether it is called like a function.
    pub is_called: bool,
}

/// What can be told of the names in an expression.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// Variables and functions that it does not bring along, in their order.
    pub free: Vec<FreeName>,
    /// Names that macros are given, as far as words tell.
    pub in_macros: BTreeSet<String>,
    /// What it binds itself, anywhere.
    pub bound: BTreeSet<String>,
    /// A `?` or `return` that would leave more than the expression, with its bytes.
    pub leaves: Option<(&'static str, Range<usize>)>,
}

/// Functions that are there without a path.
const PRELUDE: [&str; 5] = ["drop", "size_of", "size_of_val", "align_of", "align_of_val"];

/// Macros that stand as statements and bring no names.
const HARMLESS: [&str; 12] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "eprintln",
    "panic",
    "println",
    "unreachable",
    "write",
    "writeln",
];

impl Names {
    /// Those of `expression`.
    pub(super) fn of(expression: &Expr) -> Self {
        let mut finder = Finder::default();
        finder.visit_expr(expression);
        let Finder { mut used, in_macros, bound, opaque, leaves, .. } = finder;
        used.retain(|it| !opaque && !bound.contains(&it.name) && !is_known(it));
        Self { free: used, in_macros, bound, leaves }
    }
}

/// Constants, unit structs and variants are capitalized, and only the compiler knows them all.
fn is_known(it: &FreeName) -> bool {
    it.name.starts_with(char::is_uppercase) || (it.is_called && PRELUDE.contains(&it.name.as_str()))
}

#[derive(Default)]
struct Finder {
    used: Vec<FreeName>,
    in_macros: BTreeSet<String>,
    bound: BTreeSet<String>,
    /// Something may bring names that cannot be seen.
    opaque: bool,
    leaves: Option<(&'static str, Range<usize>)>,
    /// Functions, closures and blocks around: what leaves one of them stays inside.
    depth: usize,
}

impl Finder {
    fn inside(&mut self, look: impl FnOnce(&mut Self)) {
        self.depth += 1;
        look(self);
        self.depth -= 1;
    }

    fn leave(&mut self, what: &'static str, at: proc_macro2::Span) {
        if self.depth == 0 && self.leaves.is_none() {
            self.leaves = Some((what, at.byte_range()));
        }
    }

    fn path(&mut self, path: &syn::ExprPath, is_called: bool) {
        if let (None, Some(name)) = (&path.qself, path.path.get_ident()) {
            let at = name.span().byte_range();
            self.used.push(FreeName { name: unraw(name), at, is_called });
        }
    }

    fn import(&mut self, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => self.import(&path.tree),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(tree)),
            UseTree::Name(name) => {
                self.bound.insert(unraw(&name.ident));
            }
            UseTree::Rename(rename) => {
                self.bound.insert(unraw(&rename.rename));
            }
            UseTree::Glob(_) => self.opaque = true,
        }
    }
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_expr_path(&mut self, it: &'ast syn::ExprPath) {
        self.path(it, false);
    }

    fn visit_expr_call(&mut self, it: &'ast syn::ExprCall) {
        match &*it.func {
            Expr::Path(path) => self.path(path, true),
            other => self.visit_expr(other),
        }
        it.args.iter().for_each(|argument| self.visit_expr(argument));
    }

    fn visit_pat_ident(&mut self, it: &'ast syn::PatIdent) {
        self.bound.insert(unraw(&it.ident));
        visit::visit_pat_ident(self, it);
    }

    fn visit_expr_closure(&mut self, it: &'ast syn::ExprClosure) {
        self.inside(|this| visit::visit_expr_closure(this, it));
    }

    fn visit_expr_async(&mut self, it: &'ast syn::ExprAsync) {
        self.inside(|this| visit::visit_expr_async(this, it));
    }

    fn visit_expr_try(&mut self, it: &'ast syn::ExprTry) {
        self.leave("?", it.question_token.spans[0]);
        visit::visit_expr_try(self, it);
    }

    fn visit_expr_return(&mut self, it: &'ast syn::ExprReturn) {
        self.leave("return", it.return_token.span);
        visit::visit_expr_return(self, it);
    }

    fn visit_macro(&mut self, it: &'ast syn::Macro) {
        super::mentions::mention(it.tokens.clone(), &mut self.in_macros);
        visit::visit_macro(self, it);
    }

    fn visit_stmt(&mut self, it: &'ast Stmt) {
        if let Stmt::Macro(statement) = it {
            let name = statement.mac.path.segments.last().map(|last| last.ident.to_string());
            self.opaque |= !name.is_some_and(|name| HARMLESS.contains(&name.as_str()));
        }
        visit::visit_stmt(self, it);
    }

    fn visit_item(&mut self, it: &'ast syn::Item) {
        match it {
            syn::Item::Fn(item) => drop(self.bound.insert(unraw(&item.sig.ident))),
            syn::Item::Const(item) => drop(self.bound.insert(unraw(&item.ident))),
            syn::Item::Static(item) => drop(self.bound.insert(unraw(&item.ident))),
            syn::Item::Use(item) => self.import(&item.tree),
            syn::Item::Macro(_) | syn::Item::Verbatim(_) => self.opaque = true,
            _ => {}
        }
        self.inside(|this| visit::visit_item(this, it));
    }
}

fn unraw(ident: &syn::Ident) -> String {
    super::syntax::unraw(ident)
}
