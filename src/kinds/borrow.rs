//! Takes an expression of the user, says what it does with the values it names, as far as syntax tells.
//!
//! Only the compiler knows for certain; where syntax leaves it open the answer is the one that still compiles.

use syn::visit::{self, Visit};
use syn::{BinOp, Expr, Ident};

/// Methods that take `&self` on every type people commonly call them on.
const SHARED: [&str; 57] = [
    "abs",
    "as_bytes",
    "as_deref",
    "as_ref",
    "as_slice",
    "as_str",
    "bytes",
    "capacity",
    "char_indices",
    "chars",
    "chunks",
    "clone",
    "cmp",
    "contains",
    "contains_key",
    "count_ones",
    "ends_with",
    "eq",
    "eq_ignore_ascii_case",
    "find",
    "first",
    "get",
    "is_alphanumeric",
    "is_ascii",
    "is_char_boundary",
    "is_empty",
    "is_err",
    "is_finite",
    "is_nan",
    "is_none",
    "is_ok",
    "is_some",
    "iter",
    "keys",
    "last",
    "len",
    "lines",
    "matches",
    "parse",
    "partial_cmp",
    "repeat",
    "rfind",
    "split",
    "split_whitespace",
    "splitn",
    "starts_with",
    "strip_prefix",
    "strip_suffix",
    "to_ascii_lowercase",
    "to_lowercase",
    "to_owned",
    "to_string",
    "to_uppercase",
    "to_vec",
    "trim",
    "values",
    "windows",
];

/// Whether the expression can be evaluated once more without taking any value away: nothing it names is moved.
///
/// `copied` are the names of values that are copied rather than moved. `false` where syntax leaves it open.
pub(super) fn borrows_only(expression: &Expr, copied: &dyn Fn(&Ident) -> bool) -> bool {
    let inner = |expression: &Expr| borrows_only(expression, copied);
    match expression {
        Expr::Lit(_) => true,
        Expr::Path(path) => path.path.get_ident().is_none_or(|name| copied(name) || is_constant(name)),
        Expr::Paren(paren) => inner(&paren.expr),
        Expr::Group(group) => inner(&group.expr),
        Expr::Reference(reference) => reference.mutability.is_none() && place_or(&reference.expr, &inner),
        Expr::Index(index) => place_or(&index.expr, &inner) && inner(&index.index),
        Expr::Cast(cast) => place_or(&cast.expr, &inner),
        Expr::Unary(unary) => match unary.op {
            syn::UnOp::Deref(_) => place_or(&unary.expr, &inner),
            _ => inner(&unary.expr),
        },
        Expr::Binary(binary) if compares(&binary.op) => {
            place_or(&binary.left, &inner) && place_or(&binary.right, &inner)
        }
        Expr::Binary(binary) => inner(&binary.left) && inner(&binary.right),
        Expr::MethodCall(call) => {
            let shared = is_shared(&call.method);
            let receiver = if shared { place_or(&call.receiver, &inner) } else { inner(&call.receiver) };
            receiver && call.args.iter().all(inner)
        }
        Expr::Call(call) => matches!(*call.func, Expr::Path(_)) && call.args.iter().all(inner),
        Expr::Tuple(tuple) => tuple.elems.iter().all(inner),
        Expr::Array(array) => array.elems.iter().all(inner),
        Expr::Range(range) => range.start.iter().chain(&range.end).all(|end| inner(end)),
        Expr::Macro(call) => call.mac.path.is_ident("format"),
        _ => false,
    }
}

/// The same of a side of a comparison, which a plain value stays where it is in.
pub(super) fn compares_only(side: &Expr, copied: &dyn Fn(&Ident) -> bool) -> bool {
    place_or(side, &|side| borrows_only(side, copied))
}

/// Whether the expression may change the value `name`: `&mut name`, an assignment,
/// or a method that is not known to share. The methods of values that are `copied` change nothing.
pub(super) fn changes(expression: &Expr, name: &str, copied: bool) -> bool {
    struct Finder<'n> {
        name: &'n str,
        copied: bool,
        found: bool,
    }
    impl Finder<'_> {
        fn is_it(&self, expression: &Expr) -> bool {
            root(expression).is_some_and(|root| root == self.name)
        }
    }
    impl<'ast> Visit<'ast> for Finder<'_> {
        fn visit_expr_reference(&mut self, it: &'ast syn::ExprReference) {
            self.found |= it.mutability.is_some() && self.is_it(&it.expr);
            visit::visit_expr_reference(self, it);
        }
        fn visit_expr_assign(&mut self, it: &'ast syn::ExprAssign) {
            self.found |= self.is_it(&it.left);
            visit::visit_expr_assign(self, it);
        }
        // An unneeded `mut` is no error, a missing one is.
        fn visit_expr_method_call(&mut self, it: &'ast syn::ExprMethodCall) {
            self.found |= !self.copied && !is_shared(&it.method) && self.is_it(&it.receiver);
            visit::visit_expr_method_call(self, it);
        }
    }
    let mut finder = Finder { name, copied, found: false };
    finder.visit_expr(expression);
    finder.found
}

fn place_or(expression: &Expr, otherwise: &dyn Fn(&Expr) -> bool) -> bool {
    root(expression).is_some() || otherwise(expression)
}

/// The variable that a place expression starts from.
fn root(expression: &Expr) -> Option<&Ident> {
    match expression {
        Expr::Path(path) => path.path.get_ident(),
        Expr::Field(field) => root(&field.base),
        Expr::Paren(paren) => root(&paren.expr),
        _ => None,
    }
}

fn is_shared(method: &Ident) -> bool {
    SHARED.iter().any(|shared| method == shared)
}

/// Constants and unit variants are capitalized, variables are not.
fn is_constant(name: &Ident) -> bool {
    name.to_string().starts_with(char::is_uppercase)
}

fn compares(op: &BinOp) -> bool {
    matches!(op, BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_))
}
