//! Takes a bound declaration, gives the steps that the kinds of the property shape share.
//!
//! Knows no kind, and decides nothing about what is judged.

use std::collections::BTreeSet;

use constraints_wire::Witness;
use proc_macro2::{Span, TokenStream, TokenTree};
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{BinOp, Expr, ExprMethodCall, Ident, Macro, Path};

use crate::model::{Code, Fault, Panics, Spanned};
use crate::resolve::{Bound, Function, Lend, Recipe, Returns, Target, Value, old_name};

use super::{Call, Step, Via, borrow};

/// Name by which expressions of the user mean what the call gave.
pub(super) const RESULT: &str = "result";

/// A name of the user as an identifier: keywords become raw, what cannot be in one becomes `_`.
pub fn ident(name: &str) -> Ident {
    if let Ok(ident) = syn::parse_str::<Ident>(name) {
        return ident;
    }
    if let Ok(ident) = syn::parse_str::<Ident>(&format!("r#{name}")) {
        return ident;
    }
    let allowed = |letter: char| if letter.is_alphanumeric() { letter } else { '_' };
    let name: String = std::iter::once('_').chain(name.chars().map(allowed)).collect();
    syn::parse_str(&name).unwrap_or_else(|_| Ident::new("_unnamed", Span::call_site()))
}

/// The draws, the precondition if it is about the arguments, and the call of the target.
///
/// `later` are the names that steps after the call mention; what the call would move away and one of them needs is cloned.
pub(super) fn until_called(bound: &Bound<'_>, bind: Option<String>, later: &BTreeSet<String>) -> Vec<Step> {
    let via = match bound.constraint.refusal.panics.as_ref().map(|panics| panics.value) {
        None => Via::Target,
        Some(Panics::Allowed) if bind.is_none() => Via::Tolerate,
        Some(_) => Via::Attempt,
    };
    until_called_via(bound, via, bind, later)
}

/// The same, with the target called `via` whatever the declaration says of panics.
pub(super) fn until_called_via(
    bound: &Bound<'_>,
    via: Via,
    bind: Option<String>,
    later: &BTreeSet<String>,
) -> Vec<Step> {
    let mut steps = draws(bound);
    steps.extend(bound.olds.iter().cloned().map(Step::Keep));
    let mut later = later.clone();
    later.extend(bound.refused.iter().flat_map(mentioned));
    match bound.when.as_ref() {
        Some(when) if waits_for_result(bound) => later.extend(mentioned(when)),
        Some(when) => steps.push(Step::When(when.clone())),
        None => {}
    }
    steps.push(called(bound, via, bind, &later));
    steps
}

/// The same steps for a kind to which a panic of the target says nothing: it ends the case.
pub(super) fn tolerant(mut steps: Vec<Step>) -> Vec<Step> {
    for step in &mut steps {
        if let Step::Call { via: via @ Via::Target, .. } = step {
            *via = Via::Attempt;
        }
    }
    steps
}

/// The call that the declaration is about: its own `call`, or the plain call of the target.
pub(super) fn called(bound: &Bound<'_>, via: Via, bind: Option<String>, later: &BTreeSet<String>) -> Step {
    match (&bound.call, &bound.target) {
        (Some(call), _) => Step::Call {
            bind,
            via,
            call: Call::Expression(call.clone()),
            is_async: function_called(bound).is_some_and(|function| function.is_async),
        },
        (None, Target::Function(function)) => {
            let names: Vec<String> =
                function.parameters.iter().map(|parameter| parameter.name.clone()).collect();
            calling(bound, via, bind, function, &names, later)
        }
        (None, target) => unreachable!("a kind about functions was planned for {target:?}"),
    }
}

/// The target, if what the call gives is what the target gives: always, unless `call` ends in something else.
pub(super) fn function_called<'b>(bound: &'b Bound<'_>) -> Option<&'b Function> {
    let Target::Function(function) = &bound.target else { return None };
    let Some(call) = &bound.call else { return Some(function) };
    let name = &function.path.path.segments.last()?.ident;
    let is_it = match last(call) {
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == *name),
            _ => false,
        },
        Expr::MethodCall(call) => call.method == *name,
        _ => false,
    };
    is_it.then_some(function)
}

/// The expression whose value a block has.
fn last(expression: &Expr) -> &Expr {
    let of_block = |block: &'_ syn::Block| matches!(block.stmts.last(), Some(syn::Stmt::Expr(_, None)));
    match expression {
        Expr::Paren(paren) => last(&paren.expr),
        Expr::Group(group) => last(&group.expr),
        Expr::Await(awaited) => last(&awaited.base),
        Expr::Block(syn::ExprBlock { block, .. }) | Expr::Unsafe(syn::ExprUnsafe { block, .. })
            if of_block(block) =>
        {
            match block.stmts.last() {
                Some(syn::Stmt::Expr(value, None)) => last(value),
                _ => expression,
            }
        }
        _ => expression,
    }
}

/// The shape of what the call gives.
pub(super) fn returned(bound: &Bound<'_>) -> Returns {
    function_called(bound).map_or(Returns::Plain, |function| function.returns)
}

/// What comes of a refusal, right after the call that gave `result`.
///
/// A kind that asks nothing of a refused call `ends` there and goes on with what is inside an `Ok` or `Some`; for
/// others a refusal matters only where no sample may be refused.
pub(super) fn refusal(bound: &Bound<'_>, result: &str, ends: bool) -> Vec<Step> {
    let name = ident(result);
    let must_pass = bound.constraint.refusal.must_pass.is_some();
    let mut steps = Vec::new();
    match &bound.refused {
        Some(refused) if ends => steps.push(Step::Refused(refused.clone())),
        Some(refused) if must_pass => steps.push(Step::Passed(syn::parse_quote!(!(#refused)))),
        None if must_pass && !ends => steps.push(Step::Passed(syn::parse_quote!(!rt::refuses!(#name)))),
        _ => {}
    }
    if ends && matches!(returned(bound), Returns::Option | Returns::Result) {
        steps.push(Step::Accepted(result.to_owned()));
    }
    steps
}

/// What stands before the call: the variables, then one draw for each value; what an expression made is shown as it looks, for that is what a person reads.
pub(super) fn draws(bound: &Bound<'_>) -> Vec<Step> {
    let draw = |value: &Value| {
        let step = Step::Draw {
            name: value.name.clone(),
            recipe: value.recipe.clone(),
            input: value.input.clone(),
            mutable: is_changed(bound, value),
        };
        let made = match &value.recipe {
            Recipe::Map { .. } | Recipe::Value(_) | Recipe::Column { .. } => true,
            Recipe::Made(maker) => matches!(maker.recipe(), Recipe::Ways(_)),
            Recipe::Fields { inner, .. } => matches!(**inner, Recipe::Ways(_)),
            _ => false,
        };
        [Some(step), made.then(|| see(&value.name))].into_iter().flatten()
    };
    let must_pass = bound.constraint.refusal.must_pass.map(|_| Step::MustPass);
    let row = (bound.rows > 0).then_some(Step::Row(bound.rows));
    let env = bound.env.iter().cloned().map(Step::Env);
    must_pass.into_iter().chain(env).chain(row).chain(bound.values.iter().flat_map(draw)).collect()
}

/// The precondition, if it is about the result and so has to come after the call.
pub(super) fn late_when(bound: &Bound<'_>) -> Option<Step> {
    bound.when.clone().filter(|_| waits_for_result(bound)).map(Step::When)
}

/// Whether the precondition speaks of the result of the call.
pub(super) fn waits_for_result(bound: &Bound<'_>) -> bool {
    let Some(names) = bound.when.as_ref().map(mentioned) else { return false };
    let is_result = names.contains(RESULT) && bound.values.iter().all(|value| value.name != RESULT);
    // Next to its old state, the name of a value can only mean the new one.
    is_result || bound.olds.iter().any(|name| names.contains(name) && names.contains(&old_name(name)))
}

/// The call of `function` with the values `names`; those in `later` are passed as clones where it would take them away.
pub(super) fn calling(
    bound: &Bound<'_>,
    via: Via,
    bind: Option<String>,
    function: &Function,
    names: &[String],
    later: &BTreeSet<String>,
) -> Step {
    let clones = |name: &String, lend: &Lend| {
        let value = bound.values.iter().find(|value| value.name == *name);
        *lend == Lend::Move
            && later.contains(name)
            && value.is_none_or(|value| value.cloneable && !is_copy(&value.recipe))
    };
    let arguments = names
        .iter()
        .zip(&function.parameters)
        .map(|(name, parameter)| (name.clone(), clones(name, &parameter.lend)))
        .collect();
    let call = Call::Function { function: function.clone(), arguments };
    Step::Call { bind, via, call, is_async: function.is_async }
}

/// `wanted`, or a name like it that no value has.
pub(super) fn fresh(bound: &Bound<'_>, wanted: &str) -> String {
    let mut name = wanted.to_owned();
    while bound.values.iter().any(|value| value.name == name) {
        name.push('_');
    }
    name
}

/// `case.see` of a name.
pub(super) fn see(name: &str) -> Step {
    Step::See { name: name.to_owned(), value: variable(name), against: None }
}

/// A name as an expression.
pub(super) fn variable(name: &str) -> Expr {
    let name = ident(name);
    syn::parse_quote!(#name)
}

/// The names of the values that stand for arguments.
pub(super) fn passed<'b>(bound: &'b Bound<'_>) -> impl Iterator<Item = &'b str> {
    bound.values.iter().filter(|value| !value.given).map(|value| value.name.as_str())
}

/// The function a declaration is about.
pub(super) fn function<'a>(bound: &'a Bound<'_>) -> Result<&'a Function, Fault> {
    match &bound.target {
        Target::Function(function) => Ok(function),
        _ => {
            Err(Fault::error(Code::WrongTarget, bound.constraint.target.span, "the target is not a function"))
        }
    }
}

/// The module that the sources of are looked at, as path segments below the root.
pub(super) fn module(bound: &Bound<'_>) -> Result<Vec<String>, Fault> {
    if let Target::Module(module) = &bound.target {
        return Ok(module.clone());
    }
    let fault = Fault::error(Code::WrongTarget, bound.constraint.target.span, "the target is not a module");
    Err(fault.help("write `target = \"crate\"` for the whole crate, or the path of a module"))
}

/// The words as generated code has them.
pub(super) fn texts(words: &[Spanned<String>]) -> Vec<String> {
    words.iter().map(|word| word.value.clone()).collect()
}

/// The same, where it gives an answer.
pub(super) fn answered<'a>(bound: &'a Bound<'_>) -> Result<&'a Function, Fault> {
    let target = function(bound)?;
    if bound.call.is_some() || target.returns != Returns::Unit {
        return Ok(target);
    }
    let span = bound.constraint.target.span;
    Err(Fault::error(Code::WrongTarget, span, "the target gives no answer that could be judged")
        .help("make the call with `call = \"Rust\"`, which gives the answer"))
}

/// The parameter that the statement compares with: the only one, or the one that `arg` names; with its position.
pub(super) fn compared(bound: &Bound<'_>, function: &Function) -> Result<(usize, String), Fault> {
    let given = bound.constraint.text("arg");
    let names: Vec<&str> = if bound.call.is_some() {
        passed(bound).collect()
    } else {
        function.parameters.iter().map(|parameter| parameter.name.as_str()).collect()
    };
    match (given, names.as_slice()) {
        (Some(arg), _) => match names.iter().position(|name| *name == arg.value) {
            Some(at) => Ok((at, arg.value.clone())),
            None => Err(Fault::error(
                Code::UnknownArgument,
                arg.span,
                format!("`{}` is not an argument", arg.value),
            )
            .help(format!("the arguments are {}", listed(&names)))),
        },
        (None, [only]) => Ok((0, (*only).to_owned())),
        (None, []) => Err(Fault::error(
            Code::InvalidValue,
            bound.constraint.target.span,
            "the target takes no argument, so there is nothing to compare with",
        )),
        (None, _) => Err(Fault::error(
            Code::InvalidValue,
            bound.constraint.target.span,
            "the target takes several arguments, and the declaration does not say which one is compared",
        )
        .help(format!("add `arg = \"NAME\"` with one of {}", listed(&names)))),
    }
}

/// `verb on a = 1, b = 2`
pub fn on_values(verb: &str, witness: &Witness) -> String {
    let values: Vec<String> =
        witness.values.iter().map(|value| format!("{} = {}", value.name, value.text)).collect();
    if values.is_empty() { verb.to_owned() } else { format!("{verb} on {}", values.join(", ")) }
}

/// Every identifier that an expression may use, those in macros and inside format strings included.
pub(super) fn mentioned(expression: &Expr) -> BTreeSet<String> {
    struct Names(BTreeSet<String>);
    impl<'ast> Visit<'ast> for Names {
        fn visit_ident(&mut self, ident: &'ast Ident) {
            self.0.insert(ident.to_string());
        }
        fn visit_macro(&mut self, call: &'ast Macro) {
            in_tokens(call.tokens.clone(), &mut self.0);
            visit::visit_macro(self, call);
        }
    }
    let mut names = Names(BTreeSet::new());
    names.visit_expr(expression);
    names.0
}

fn in_tokens(tokens: TokenStream, names: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                names.insert(ident.to_string());
            }
            TokenTree::Group(group) => in_tokens(group.stream(), names),
            // `format!("{text}")` uses `text`; taking every word of a literal for a name costs a clone at worst.
            TokenTree::Literal(literal) => {
                let literal = literal.to_string();
                let words = literal.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
                names.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
            }
            TokenTree::Punct(_) => {}
        }
    }
}

fn is_changed(bound: &Bound<'_>, value: &Value) -> bool {
    let by_target = bound.call.is_none()
        && match &bound.target {
            Target::Function(function) => function
                .parameters
                .iter()
                .any(|parameter| parameter.name == value.name && parameter.lend == Lend::RefMut),
            _ => false,
        };
    let of_user = bound
        .call
        .iter()
        .chain(&bound.when)
        .chain(&bound.refused)
        .chain(bound.expressions.iter().map(|(_, it)| it));
    by_target
        || of_user
            .into_iter()
            .any(|expression| borrow::changes(expression, &value.name, is_copy(&value.recipe)))
}

/// Whether values of the recipe are copied when they are passed on.
pub fn is_copy(recipe: &Recipe) -> bool {
    match recipe {
        Recipe::Integer { .. } | Recipe::Float { .. } | Recipe::Bool | Recipe::Char | Recipe::Unit => true,
        Recipe::Array(inner, _) | Recipe::Option(inner) => is_copy(inner),
        Recipe::Tuple(parts) => parts.iter().all(is_copy),
        Recipe::Result(ok, err) => is_copy(ok) && is_copy(err),
        _ => false,
    }
}

/// Both sides of an equation under their own text, where showing them takes nothing away.
pub(super) fn sides(bound: &Bound<'_>, condition: &Expr, written: &str) -> Vec<Step> {
    // The condition names the crate from outside; the text that people know is the declaration's.
    let Some((left, right)) = equation(condition) else { return Vec::new() };
    let Ok(written) = syn::parse_str::<Expr>(written) else { return Vec::new() };
    let Some((left_text, right_text)) = equation(&written) else { return Vec::new() };
    let copied: BTreeSet<&str> =
        bound.values.iter().filter(|value| is_copy(&value.recipe)).map(|value| value.name.as_str()).collect();
    let copied = |name: &Ident| copied.contains(name.to_string().as_str());
    [(left, left_text, right), (right, right_text, left)]
        .into_iter()
        .filter(|(side, ..)| !is_plain(side) && borrow::borrows_only(side, &copied))
        .filter_map(|(side, text, other)| {
            let name = text.span().source_text()?.split_whitespace().collect::<Vec<_>>().join(" ");
            let against = is_open(side).then(|| other.clone());
            let can_be_shown = against.as_ref().is_none_or(|other| borrow::compares_only(other, &copied));
            can_be_shown.then(|| Step::See { name, value: side.clone(), against })
        })
        .collect()
}

/// Whether the side alone may not say which type it has.
fn is_open(side: &Expr) -> bool {
    const METHODS: [&str; 6] = ["collect", "into", "parse", "product", "sum", "try_into"];
    const FUNCTIONS: [&str; 5] = ["None", "Ok", "Err", "default", "new"];
    struct Open(bool);
    impl<'ast> Visit<'ast> for Open {
        fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
            self.0 |= call.turbofish.is_none() && METHODS.iter().any(|name| call.method == name);
            visit::visit_expr_method_call(self, call);
        }
        fn visit_path(&mut self, path: &'ast Path) {
            self.0 |=
                path.segments.last().is_some_and(|last| FUNCTIONS.iter().any(|name| last.ident == name));
        }
        fn visit_macro(&mut self, call: &'ast Macro) {
            self.0 |= call.path.is_ident("vec");
        }
    }
    let mut open = Open(false);
    open.visit_expr(side);
    open.0
}

fn equation(expression: &Expr) -> Option<(&Expr, &Expr)> {
    match expression {
        Expr::Binary(binary) if matches!(binary.op, BinOp::Eq(_)) => Some((&binary.left, &binary.right)),
        Expr::Paren(paren) => equation(&paren.expr),
        _ => None,
    }
}

fn is_plain(side: &Expr) -> bool {
    matches!(side, Expr::Lit(_)) || matches!(side, Expr::Path(path) if path.path.get_ident().is_some())
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
