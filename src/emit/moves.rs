//! Takes Rust of the user and the values that are needed afterwards, gives it with clones where it would take them away.
//!
//! Only the compiler knows for certain what is moved: a clone too many costs little, one too few does not compile,
//! and where syntax leaves it open the text stays as it is.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{BinOp, Expr, Ident, Macro, Pat};

/// `expression`, passing on a clone of each of `values` that is needed again.
pub(super) fn sparing(expression: &Expr, values: &BTreeSet<&str>, later: &dyn Fn(&str) -> bool) -> Expr {
    let used = Used::of(expression);
    let is_needed = |name: &&&str| later(name) || used.often(name);
    let spared = values.iter().filter(is_needed).filter(|name| !used.bound.contains(**name));
    let mut sparing = Sparing { spared: spared.copied().collect() };
    let mut expression = expression.clone();
    if !sparing.spared.is_empty() {
        sparing.visit_expr_mut(&mut expression);
        sparing.pass_on(&mut expression);
    }
    expression
}

/// The names that an expression uses, how often, and those that it binds itself.
#[derive(Default)]
pub(super) struct Used {
    names: Vec<String>,
    /// Used where the same text runs more than once.
    repeated: BTreeSet<String>,
    bound: BTreeSet<String>,
    depth: usize,
}

impl Used {
    /// Those of `expression`, what macros are given included.
    pub(super) fn of(expression: &Expr) -> Self {
        let mut used = Self::default();
        used.visit_expr(expression);
        used
    }

    /// Whether it mentions `name`.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|used| used == name)
    }

    fn often(&self, name: &str) -> bool {
        self.repeated.contains(name) || self.names.iter().filter(|used| *used == name).count() > 1
    }

    fn name(&mut self, name: String) {
        if self.depth > 0 {
            self.repeated.insert(name.clone());
        }
        self.names.push(name);
    }

    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Ident(name) => self.name(name.to_string()),
                TokenTree::Group(group) => self.tokens(group.stream()),
                // `format!("{text}")` uses `text`.
                TokenTree::Literal(literal) => {
                    let literal = literal.to_string();
                    let words = literal.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
                    words.filter(|word| !word.is_empty()).for_each(|word| self.name(word.to_owned()));
                }
                TokenTree::Punct(_) => {}
            }
        }
    }

    fn again(&mut self, look: impl FnOnce(&mut Self)) {
        self.depth += 1;
        look(self);
        self.depth -= 1;
    }
}

impl<'ast> Visit<'ast> for Used {
    fn visit_ident(&mut self, it: &'ast Ident) {
        self.name(it.to_string());
    }
    fn visit_pat(&mut self, it: &'ast Pat) {
        if let Pat::Ident(pattern) = it {
            self.bound.insert(pattern.ident.to_string());
        }
        visit::visit_pat(self, it);
    }
    fn visit_macro(&mut self, it: &'ast Macro) {
        self.tokens(it.tokens.clone());
    }
    fn visit_expr_closure(&mut self, it: &'ast syn::ExprClosure) {
        self.again(|this| visit::visit_expr_closure(this, it));
    }
    fn visit_expr_for_loop(&mut self, it: &'ast syn::ExprForLoop) {
        self.visit_expr(&it.expr);
        self.visit_pat(&it.pat);
        self.again(|this| this.visit_block(&it.body));
    }
    fn visit_expr_while(&mut self, it: &'ast syn::ExprWhile) {
        self.again(|this| visit::visit_expr_while(this, it));
    }
    fn visit_expr_loop(&mut self, it: &'ast syn::ExprLoop) {
        self.again(|this| visit::visit_expr_loop(this, it));
    }
}

/// Puts the clones in.
struct Sparing<'n> {
    spared: BTreeSet<&'n str>,
}

impl Sparing<'_> {
    /// Where a value is expected and a variable stands, a clone of it stands.
    fn pass_on(&self, expression: &mut Expr) {
        if let Some(variable) = self.variable(expression) {
            *variable = syn::parse_quote!(#variable.clone());
        }
    }

    /// Where a method takes a variable away, the variable stands once more: what is unwrapped need not have `Clone`.
    fn ask_again(&self, receiver: &mut Expr) {
        if let Some(variable) = self.variable(receiver) {
            *variable = syn::parse_quote!(rt::again!(#variable));
        }
    }

    /// The variable that is spared, if that is all the expression is.
    fn variable<'e>(&self, expression: &'e mut Expr) -> Option<&'e mut Expr> {
        match expression {
            Expr::Paren(paren) => self.variable(&mut paren.expr),
            Expr::Path(path) if self.spares(path) => Some(expression),
            _ => None,
        }
    }

    fn spares(&self, path: &syn::ExprPath) -> bool {
        path.path.get_ident().is_some_and(|name| self.spared.contains(name.to_string().as_str()))
    }
}

impl VisitMut for Sparing<'_> {
    /// Long because it is a table: one arm for each sort of expression that takes values away.
    fn visit_expr_mut(&mut self, it: &mut Expr) {
        visit_mut::visit_expr_mut(self, it);
        match it {
            Expr::Call(call) => call.args.iter_mut().for_each(|argument| self.pass_on(argument)),
            Expr::MethodCall(call) => {
                call.args.iter_mut().for_each(|argument| self.pass_on(argument));
                if consumes(&call.method) {
                    self.ask_again(&mut call.receiver);
                }
            }
            Expr::Struct(made) => made.fields.iter_mut().for_each(|field| {
                // What stands for both a field and a value has to be written out first.
                if let Expr::Path(path) = &field.expr
                    && field.colon_token.is_none()
                    && self.spares(path)
                {
                    field.colon_token = Some(<syn::Token![:]>::default());
                }
                self.pass_on(&mut field.expr);
            }),
            Expr::Tuple(parts) => parts.elems.iter_mut().for_each(|part| self.pass_on(part)),
            Expr::Array(parts) => parts.elems.iter_mut().for_each(|part| self.pass_on(part)),
            Expr::Repeat(repeat) => self.pass_on(&mut repeat.expr),
            Expr::Binary(binary) if !compares(&binary.op) => {
                if !is_assignment(&binary.op) {
                    self.pass_on(&mut binary.left);
                }
                self.pass_on(&mut binary.right);
            }
            Expr::Unary(unary) if !matches!(unary.op, syn::UnOp::Deref(_)) => self.pass_on(&mut unary.expr),
            Expr::Assign(assign) => self.pass_on(&mut assign.right),
            Expr::ForLoop(for_loop) => self.pass_on(&mut for_loop.expr),
            Expr::Closure(closure) => self.pass_on(&mut closure.body),
            Expr::Range(range) => {
                range.start.iter_mut().chain(&mut range.end).for_each(|end| self.pass_on(end));
            }
            _ => {}
        }
    }

    fn visit_local_mut(&mut self, it: &mut syn::Local) {
        visit_mut::visit_local_mut(self, it);
        if let Some(init) = &mut it.init {
            self.pass_on(&mut init.expr);
        }
    }

    fn visit_block_mut(&mut self, it: &mut syn::Block) {
        visit_mut::visit_block_mut(self, it);
        if let Some(syn::Stmt::Expr(value, None)) = it.stmts.last_mut() {
            self.pass_on(value);
        }
    }
}

/// Methods that take `self` on every type that people call them on and that is not copied.
fn consumes(method: &Ident) -> bool {
    const ALL: [&str; 18] = [
        "and_then",
        "collect",
        "err",
        "expect",
        "expect_err",
        "filter",
        "flatten",
        "map",
        "map_err",
        "ok",
        "ok_or",
        "ok_or_else",
        "unwrap",
        "unwrap_err",
        "unwrap_or",
        "unwrap_or_default",
        "unwrap_or_else",
        "zip",
    ];
    let name = method.to_string();
    ALL.contains(&name.as_str()) || name.starts_with("into_")
}

fn compares(op: &BinOp) -> bool {
    matches!(op, BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_))
}

fn is_assignment(op: &BinOp) -> bool {
    use BinOp::{
        AddAssign, BitAndAssign, BitOrAssign, BitXorAssign, DivAssign, MulAssign, RemAssign, ShlAssign,
        ShrAssign, SubAssign,
    };
    matches!(
        op,
        AddAssign(_)
            | SubAssign(_)
            | MulAssign(_)
            | DivAssign(_)
            | RemAssign(_)
            | BitXorAssign(_)
            | BitAndAssign(_)
            | BitOrAssign(_)
            | ShlAssign(_)
            | ShrAssign(_)
    )
}
