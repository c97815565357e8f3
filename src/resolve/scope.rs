//! Takes an expression and the names it may use, gives the fault where it uses others.

use syn::visit::{self, Visit};

use super::bound::{Function, Value, old_name};
use super::expression::Snippet;
use super::lower::Crate;
use super::made::Lend;
use super::names::FreeName;
use super::target::near_paths;
use crate::model::{Code, Expression, Fault, Span, Spanned, nearest};

/// What an expression may be about besides the values that are made before it.
#[derive(Clone, Copy)]
pub(super) struct Scoped<'s> {
    /// When it is evaluated.
    pub time: Time,
    /// The values that are declared but not made yet.
    pub below: &'s [&'s Spanned<String>],
    /// Paths to propose where a function is missing.
    pub functions: &'s [String],
}

/// When an expression is evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Time {
    /// Before the process that makes the call starts.
    Before,
    /// While the values are made.
    Making,
    /// As the call.
    Calling,
    /// After the call.
    After,
}

impl Scoped<'_> {
    /// Refuses names that are not `known`, and such as are known only later.
    pub(super) fn check(
        &self,
        krate: &Crate<'_>,
        expression: &Expression,
        code: &Snippet,
        known: &[&str],
    ) -> Result<(), Box<Fault>> {
        let at = |range: &std::ops::Range<usize>| expression.locate(krate.sources, range.clone());
        if let Some((name, range)) = code.olds.first().filter(|_| self.time != Time::After) {
            let fault =
                Fault::error(Code::TooEarly, at(range), "`old` has no meaning before the call is made");
            let fault = fault.label("evaluated before the call");
            return Err(Box::new(
                fault.help(format!("write `{name}`: here it is the state before the call")),
            ));
        }
        for name in &code.names.free {
            if !known.contains(&name.name.as_str()) && !is_old(code, &name.name) {
                return Err(Box::new(self.unknown(name, at(&name.at), known)));
            }
        }
        // What a macro is given is seen as words only.
        let below = |it: &&&Spanned<String>| {
            let name = it.value.as_str();
            code.names.in_macros.contains(name) && !code.names.bound.contains(name) && !known.contains(&name)
        };
        match self.below.iter().find(below) {
            Some(below) => Err(Box::new(self.below(below, expression.span))),
            None => Ok(()),
        }
    }

    fn unknown(&self, name: &FreeName, at: Span, known: &[&str]) -> Fault {
        if let Some(below) = self.below.iter().find(|below| below.value == name.name) {
            return self.below(below, at);
        }
        let name_text = name.name.as_str();
        if name_text == "result" {
            let fault = Fault::error(Code::TooEarly, at, "`result` is known only after the call");
            let help =
                "say what has to be true of it with `when`, `then` or another key that speaks of the result";
            return fault.label("evaluated before the call").help(help);
        }
        let fault = Fault::error(Code::UnknownName, at, format!("nothing here is called `{name_text}`"));
        let fault = fault.label("not a value of this constraint");
        let paths = if name.is_called { near_paths(name_text, self.functions) } else { Vec::new() };
        let near = nearest(name_text, known.iter().copied());
        let near: Vec<&str> = near.into_iter().chain(paths.iter().map(String::as_str)).collect();
        if !near.is_empty() {
            return near.iter().fold(fault, |fault, near| fault.help(format!("did you mean `{near}`?")));
        }
        match (name_text, known) {
            ("self", _) => fault.help("the value that a method is called on is `this`"),
            (_, _) if name.is_called => fault.help("write the path of a function, such as `crate::parse`"),
            (_, []) => {
                fault.help("there are no values here; write the path of an item, such as `crate::LIMIT`")
            }
            (_, known) => fault.help(format!("the values are `{}`", known.join("`, `"))),
        }
    }

    fn below(&self, below: &Spanned<String>, at: Span) -> Fault {
        let name = &below.value;
        if self.time == Time::Before {
            return Fault::error(Code::TooEarly, at, format!("`{name}` is made after the variables are set"))
                .label("used before the process starts")
                .also(below.span, "declared here")
                .help("variables are set for the whole process, before any value is made");
        }
        Fault::error(Code::TooEarly, at, format!("`{name}` is made after this value"))
            .label("not made yet")
            .also(below.span, "declared here")
            .help(format!("move the declaration of `{name}` above this one"))
    }
}

fn is_old(code: &Snippet, name: &str) -> bool {
    code.olds.iter().any(|(old, _)| old_name(old) == name)
}

/// What speaks against `old(name)`: nothing has the name, the call does not change it, or it cannot be kept.
pub(super) fn no_old_state(
    name: &str,
    at: Span,
    values: &[Value],
    called: Option<&Function>,
    call: Option<&syn::Expr>,
) -> Option<Box<Fault>> {
    let fault = |message: String| Fault::error(Code::NoOldState, at, message);
    let Some(value) = values.iter().find(|value| value.name == *name) else {
        let known: Vec<&str> = values.iter().map(|value| value.name.as_str()).collect();
        let near = nearest(name, known.iter().copied());
        let fault = fault(format!("no value is called `{name}`")).label("not a value of this constraint");
        return Some(Box::new(
            near.iter().fold(fault, |fault, near| fault.help(format!("did you mean `{near}`?"))),
        ));
    };
    let is_lent = |function: &Function| {
        function.parameters.iter().any(|it| it.name == *name && it.lend == Lend::RefMut)
    };
    if !called.is_some_and(is_lent) && !call.is_some_and(|call| may_change(call, name)) {
        let fault = fault(format!("the call does not change `{name}`"))
            .label("the same before and after the call")
            .help(format!("write `{name}`"));
        let defined = called.map(|function| function.defined);
        return Some(Box::new(
            defined.into_iter().fold(fault, |fault, at| fault.also(at, "takes it without `&mut`")),
        ));
    }
    if !value.cloneable {
        let help = format!(
            "keep what you need of it: `given.before = {{ value = \"{name}.len()\" }}`, declared below `{name}`"
        );
        let fault = fault(format!("the state of `{name}` before the call cannot be kept"))
            .label("its type does not implement `Clone`")
            .also(value.origin, "made here")
            .help("derive `Clone` for the type")
            .help(help);
        return Some(Box::new(fault));
    }
    let kept = old_name(name);
    let taken = values.iter().find(|value| value.name == kept)?;
    let fault =
        fault(format!("the old state of `{name}` is kept as `{kept}`, and another value is called so"));
    Some(Box::new(fault.also(taken.origin, "made here").help("call that value something else")))
}

/// Whether the call of a declaration may change the value: by `&mut`, an assignment or a method.
fn may_change(call: &syn::Expr, name: &str) -> bool {
    struct Finder<'n> {
        name: &'n str,
        found: bool,
    }
    impl Finder<'_> {
        fn is_it(&self, expression: &syn::Expr) -> bool {
            match expression {
                syn::Expr::Path(path) => path.path.is_ident(self.name),
                syn::Expr::Field(field) => self.is_it(&field.base),
                syn::Expr::Index(index) => self.is_it(&index.expr),
                syn::Expr::Paren(paren) => self.is_it(&paren.expr),
                _ => false,
            }
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
        fn visit_expr_binary(&mut self, it: &'ast syn::ExprBinary) {
            self.found |= self.is_it(&it.left);
            visit::visit_expr_binary(self, it);
        }
        fn visit_expr_method_call(&mut self, it: &'ast syn::ExprMethodCall) {
            self.found |= self.is_it(&it.receiver);
            visit::visit_expr_method_call(self, it);
        }
        // What a macro does with its words nobody knows.
        fn visit_macro(&mut self, it: &'ast syn::Macro) {
            let mut words = std::collections::BTreeSet::new();
            super::mentions::mention(it.tokens.clone(), &mut words);
            self.found |= words.contains(self.name);
        }
    }
    let mut finder = Finder { name, found: false };
    finder.visit_expr(call);
    finder.found
}
