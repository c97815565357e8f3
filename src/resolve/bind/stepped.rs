//! Takes a constraint about steps on a value, gives the steps and what they start from.

use syn::Expr;
use syn::visit::{self, Visit};

use super::{Aim, Binder};
use crate::model::{Code, Constraint, Fault, Span};
use crate::resolve::bound::{TypeItem, Value, Walk};
use crate::resolve::callable::{Callable, Parameter, Sought};
use crate::resolve::expression::{self, Named, Snippet};
use crate::resolve::items::Space;
use crate::resolve::lower::Decided;
use crate::resolve::methods::Query;
use crate::resolve::scope::{Scoped, Time};
use crate::resolve::syntax::{joined, segments};
use crate::resolve::ty::Ty;
use crate::resolve::types::SoughtType;
use crate::resolve::values::{Wanted, values};
use crate::resolve::walk::Walking;

impl<'b> Binder<'b, '_> {
    /// The type that steps are taken on; one of another crate if every step is written out.
    pub(super) fn stepped(&mut self) -> Option<Aim<'b>> {
        let constraint = self.constraint;
        let is_written = constraint.expression("start").is_some()
            && constraint.words("steps").is_empty()
            && !constraint.steps("step").is_empty()
            && constraint.steps("step").iter().all(|step| step.call.is_some());
        let sought = syn::parse_str(&constraint.target.value).map(|syntax| self.krate.seek_type(&syntax));
        if let (true, Ok(SoughtType::Other(..))) = (is_written, &sought) {
            let item = TypeItem { traits: Vec::new(), defined: constraint.target.span };
            return Some(Aim::Type(Box::new(Ty::Other), item));
        }
        self.type_item(&constraint.target)
    }

    /// The steps on values of `ty`, and the values that are made before the first: the one they are taken on among
    /// them, called `it`, unless the declaration says what they start from.
    pub(super) fn walk(&mut self, ty: &Ty, defined: Span) -> Option<(Walk, Vec<Value>)> {
        let constraint = self.constraint;
        let start = constraint.expression("start");
        let start = start.and_then(|start| {
            expression::code(start, self.krate.library, "a Rust expression", self.krate.sources).ok()
        });
        let decided = self.decided.clone();
        let ty = self.walking(&[]).decided(ty, &decided, start.as_ref().map(|start| &start.syntax));
        let mut values = self.given(start.as_ref(), &ty)?;
        let names: Vec<String> = values.iter().map(|value| value.name.clone()).collect();
        let mut walking = self.walking(&names);
        let walk = walking.walk(&ty);
        self.is_hidden |= walking.is_hidden;
        let walk = walk?;
        if start.is_none() {
            values.push(self.first(&ty, defined)?);
        }
        self.check_statements(&names);
        Some((walk, values))
    }

    /// Binds steps, before which values of these names are made.
    fn walking<'w>(&'w mut self, given: &'w [String]) -> Walking<'w> {
        Walking {
            krate: self.krate,
            model: self.model,
            constraint: self.constraint,
            functions: self.functions,
            given: given.iter().map(String::as_str).collect(),
            faults: &mut self.faults,
            is_hidden: false,
        }
    }

    /// The values that the declaration gives, of the types that the start takes where it says nothing else.
    fn given(&mut self, start: Option<&Snippet>, ty: &Ty) -> Option<Vec<Value>> {
        let args = self.constraint.args.iter().filter(|it| it.given).cloned().collect();
        let given = Constraint { args, ..self.constraint.clone() };
        let mut parameters = start.map_or_else(Vec::new, |start| self.taken_by(&start.syntax, ty));
        parameters.retain(|it| given.args.iter().any(|argument| argument.name.value == it.name));
        let wanted = Wanted {
            parameters: &parameters,
            is_plain: false,
            mentions: &self.mentions,
            functions: self.functions,
        };
        values(self.krate, self.model, &given, &wanted, &mut self.faults)
    }

    /// The names that calls of an expression are given as they are, with the types that the functions take there; those
    /// of `of` have its type arguments.
    fn taken_by(&self, start: &Expr, of: &Ty) -> Vec<Parameter> {
        struct Calls<'e>(Vec<&'e syn::ExprCall>);
        impl<'e> Visit<'e> for Calls<'e> {
            fn visit_expr_call(&mut self, it: &'e syn::ExprCall) {
                self.0.push(it);
                visit::visit_expr_call(self, it);
            }
        }
        let mut calls = Calls(Vec::new());
        calls.visit_expr(start);
        let mut taken = Vec::new();
        for call in calls.0 {
            let Expr::Path(path) = &*call.func else { continue };
            let written = joined(&segments(&path.path), self.krate.library);
            let Ok(named) = Named::new(&written, self.krate.library) else { continue };
            let Some(callable) = self.called(&path.path, &named, of) else { continue };
            let parameters = self.krate.parameters(&callable);
            for (argument, parameter) in call.args.iter().zip(parameters) {
                let (argument, ty) = match (argument, parameter.ty) {
                    (Expr::Reference(reference), Ty::Ref(inner)) => (&*reference.expr, inner.sized()),
                    (argument, ty) => (argument, ty),
                };
                if let (Expr::Path(name), true) = (argument, ty.is_decided())
                    && let Some(name) = name.path.get_ident()
                {
                    taken.push(Parameter { name: name.to_string(), ty, span: parameter.span });
                }
            }
        }
        taken
    }

    /// The function at a path, with the type arguments of `of` if it is one of that type.
    fn called(&self, path: &syn::Path, named: &Named, of: &Ty) -> Option<Box<Callable<'b>>> {
        let none = Decided::new();
        let Sought::Function(open) = self.krate.seek(named, Space::Values, &none) else { return None };
        let is_of =
            matches!((&open.env.this, of), (Some(Ty::Local(this, _)), Ty::Local(of, _)) if this == of);
        let Some(last) = path.segments.last().filter(|_| is_of) else { return Some(open) };
        let query = Query {
            of: of.clone(),
            named: None,
            takes_arguments: true,
            has_arguments: true,
            of_trait: None,
            last,
            written: joined(&segments(path), self.krate.library),
            decided: &none,
        };
        match self.krate.function_of(&query) {
            Sought::Function(decided) => Some(decided),
            _ => Some(open),
        }
    }

    /// Any value of the type, to start from.
    fn first(&mut self, ty: &Ty, defined: Span) -> Option<Value> {
        let target = &self.constraint.target;
        let help = "say what the steps start from: `start = \"crate::Type::new()\"`";
        let cloneable = self.krate.is_cloneable(ty);
        let (name, origin) = ("it".to_owned(), defined);
        match self.krate.recipe(ty) {
            Ok(_) if self.constraint.length("threads").is_some() && !cloneable => {
                let message = format!(
                    "`{}` cannot be cloned, and the threads take their steps again and again on the same value",
                    target.value
                );
                self.refuse(Fault::error(Code::CannotGenerate, target.span, message).help(help))
            }
            Ok(recipe) => Some(Value { name, recipe, input: None, given: true, cloneable, origin }),
            Err(obstacle) => {
                let message = format!("no value of `{}` can be made to start from", target.value);
                let fault = Fault::error(Code::CannotGenerate, target.span, message)
                    .label(obstacle.why)
                    .also(defined, "defined here");
                self.refuse(fault.help(help))
            }
        }
    }

    /// Refuses names in statements about the value that nothing has.
    fn check_statements(&mut self, names: &[String]) {
        let constraint = self.constraint;
        for key in constraint.kind.value.keys.iter().filter(|key| key.shape.is_expression()) {
            let Some(expression) = constraint.expression(key.name) else { continue };
            let Some((.., code)) = self.read.iter().find(|(known, ..)| known.span == expression.span) else {
                continue;
            };
            let scope = Scoped { time: Time::Calling, below: &[], functions: self.functions };
            let known: Vec<&str> =
                names.iter().map(String::as_str).chain(key.shape.names().iter().copied()).collect();
            if let Err(fault) = scope.check(self.krate, expression, code, &known) {
                self.faults.push(*fault);
            }
        }
    }
}
