//! Takes the model and the facts, gives each constraint bound to what it is about. No I/O.

use std::collections::BTreeSet;

use super::bound::{Bound, Function, Returns, Target, Value};
use super::expression::{self, Parsed, ours};
use super::facts::CrateFacts;
use super::items::{ROOT, Space};
use super::lower::Crate;
use super::target::{Callable, Parameter, Sought, near_paths};
use super::ty::Ty;
use super::values::{Wanted, values};
use crate::model::{
    Code, Constraint, Expression, Fault, Faults, KeyShape, Model, Severity, Sources, Span, Spanned, Subject,
};

/// Binds every constraint of the model to the items of the crate, ordered by id.
///
/// A constraint with a fault that refuses it is left out; one whose target is missing stays.
pub fn bind<'m>(model: &'m Model, facts: &CrateFacts, sources: &Sources) -> (Vec<Bound<'m>>, Faults) {
    let krate = Crate::new(&facts.items, &facts.library, sources);
    let (functions, modules) = (krate.function_paths(), krate.module_paths());
    let (mut all, mut bound) = (Faults::default(), Vec::new());
    for fault in &facts.items.faults {
        all.push(fault.clone());
    }
    for constraint in model.constraints.values() {
        let mut binder = Binder {
            krate: &krate,
            model,
            constraint,
            functions: &functions,
            modules: &modules,
            faults: Faults::default(),
            mentions: BTreeSet::new(),
        };
        let one = binder.bind();
        if !binder.faults.refuse() {
            bound.extend(one);
        }
        for fault in binder.faults {
            all.push(constraint.named(fault));
        }
    }
    (bound, all)
}

/// What there is while one constraint is bound.
struct Binder<'b, 'm> {
    krate: &'b Crate<'b>,
    model: &'m Model,
    constraint: &'m Constraint,
    /// Paths to propose where a function is missing.
    functions: &'b [String],
    /// Paths to propose where a module is missing.
    modules: &'b [String],
    faults: Faults,
    /// Names that the expressions mention.
    mentions: BTreeSet<String>,
}

/// What a path led to.
enum Aim<'b> {
    /// A function of ours, to be called at this path.
    Function(Box<Callable<'b>>, String),
    /// Something of another crate, which is named but not called.
    Foreign(Function),
    /// A module, as path segments below the root.
    Module(Vec<String>),
    /// Nothing; what has a near name.
    Missing(Vec<String>),
}

impl<'b, 'm> Binder<'b, 'm> {
    fn bind(&mut self) -> Option<Bound<'m>> {
        let constraint = self.constraint;
        let call = self.parsed(constraint.call.as_ref());
        let when = self.parsed(constraint.when.as_ref());
        let around = std::mem::take(&mut self.mentions);
        let expressions = self.expressions();
        let in_statement = self.mentions.clone();
        self.mentions.extend(around);
        let functions = self.helpers();
        let about = constraint.kind.value;
        let states = about.keys.iter().any(|key| key.shape == KeyShape::Expression && key.required);
        let needs_call = !states || self.mentions.contains("result") || self.is_of_state_after(&in_statement);
        let is_plain = needs_call && constraint.call.is_none();
        let aim = match about.subject {
            Subject::Function => self.function(&constraint.target, is_plain)?,
            Subject::Module => self.module(&constraint.target)?,
        };
        let (target, values) = match aim {
            Aim::Function(callable, path) => {
                let parameters = self.krate.parameters(&callable);
                let function = self.krate.function(&callable, &path);
                (Target::Function(function), self.values(&parameters, is_plain)?)
            }
            Aim::Foreign(function) => (Target::Function(function), self.values(&[], false)?),
            Aim::Module(path) => (Target::Module(path), Vec::new()),
            Aim::Missing(nearest) => {
                self.faults.push(missing(&constraint.target, &nearest, Severity::Warning));
                (Target::Missing { nearest }, Vec::new())
            }
        };
        let calls_target = needs_call || call.is_some();
        Some(Bound { constraint, target, calls_target, values, call, when, expressions, functions })
    }

    /// Whether a statement with these names is about what the target leaves behind in a `&mut` parameter.
    fn is_of_state_after(&self, stated: &BTreeSet<String>) -> bool {
        // A path that leads to no function is reported where it is bound.
        let Ok(path) = syn::parse_str(&self.constraint.target.value) else { return false };
        let Sought::Function(callable) = self.krate.seek(&path, Space::Values) else { return false };
        let mut parameters = self.krate.parameters(&callable).into_iter();
        parameters.any(|parameter| matches!(parameter.ty, Ty::RefMut(_)) && stated.contains(&parameter.name))
    }

    fn values(&mut self, parameters: &[Parameter], is_plain: bool) -> Option<Vec<Value>> {
        let wanted = Wanted { parameters, is_plain, mentions: &self.mentions };
        values(self.krate, self.model, self.constraint, &wanted, &mut self.faults)
    }

    fn parsed(&mut self, expression: Option<&Expression>) -> Option<syn::Expr> {
        match expression::parse(expression?, self.krate.library, "a Rust expression", self.krate.sources) {
            Ok(Parsed { syntax, mentions }) => {
                self.mentions.extend(mentions);
                Some(syntax)
            }
            Err(fault) => self.refuse(*fault),
        }
    }

    /// The kind's own expressions, in the order in which the kind lists them.
    fn expressions(&mut self) -> Vec<(&'static str, syn::Expr)> {
        let constraint = self.constraint;
        let keys = constraint.kind.value.keys.iter().filter(|key| key.shape == KeyShape::Expression);
        keys.filter_map(|key| Some((key.name, self.parsed(constraint.expression(key.name))?))).collect()
    }

    /// The kind's own paths, in the order in which the kind lists them.
    fn helpers(&mut self) -> Vec<(&'static str, Function)> {
        let constraint = self.constraint;
        let keys = constraint.kind.value.keys.iter().filter(|key| key.shape == KeyShape::Path);
        keys.filter_map(|key| Some((key.name, self.helper(constraint.text(key.name)?)?))).collect()
    }

    fn helper(&mut self, path: &Spanned<String>) -> Option<Function> {
        match self.function(path, true)? {
            Aim::Function(callable, known) => Some(self.krate.function(&callable, &known)),
            // There is no red test that could stand for a helper.
            Aim::Missing(nearest) => self.refuse(missing(path, &nearest, Severity::Error)),
            Aim::Foreign(_) | Aim::Module(_) => None,
        }
    }

    /// The function at `path`; with a fault if it `is_called` and cannot be.
    fn function(&mut self, path: &Spanned<String>, is_called: bool) -> Option<Aim<'b>> {
        let syntax = self.path(path)?;
        let wrong = |message: String| Fault::error(Code::WrongTarget, path.span, message);
        match self.krate.seek(&syntax, Space::Values) {
            Sought::Function(callable) => self.callable(path, callable, is_called),
            Sought::Absent => Some(Aim::Missing(near_paths(&path.value, self.functions))),
            Sought::Ambiguous(places) => self.refuse(ambiguous(path, &places)),
            Sought::Foreign(span) if !is_called => Some(Aim::Foreign(Function {
                path: ours(&self.krate.as_written(&syntax)),
                parameters: Vec::new(),
                returns: Returns::Plain,
                is_async: false,
                defined: span.unwrap_or(path.span),
            })),
            Sought::Foreign(span) => {
                let fault = wrong(format!("`{}` is not defined in this crate", path.value))
                    .help("wrap it in a function of `constraints/support.rs`, or make the call with `call = \"Rust\"`");
                let fault = span.into_iter().fold(fault, |fault, span| fault.also(span, "brought in here"));
                self.refuse(fault)
            }
            Sought::Module(_) => {
                self.refuse(wrong(format!("`{}` is a module, a function is needed", path.value)))
            }
            Sought::Other(sort, span) => {
                let fault = wrong(format!("`{}` is {sort}, a function is needed", path.value));
                self.refuse(fault.also(span, "defined here"))
            }
            Sought::OfTrait(span) => {
                let fault = wrong(format!("`{}` runs only for a type that implements the trait", path.value))
                    .also(span, "the trait")
                    .help("name the type: `crate::Type::function`");
                self.refuse(fault)
            }
        }
    }

    /// Whether a function that was found can be called from a test.
    fn callable(
        &mut self,
        path: &Spanned<String>,
        callable: Box<Callable<'b>>,
        is_called: bool,
    ) -> Option<Aim<'b>> {
        let wrong = |message: String| {
            Fault::error(Code::WrongTarget, path.span, message).also(callable.defined, "defined here")
        };
        if !is_called {
            // What nothing calls only has to be shown.
            let shown = callable.path.clone().unwrap_or_else(|| callable.written.clone());
            return Some(Aim::Function(callable, shown));
        }
        if let Some(name) = &callable.needs_trait {
            let fault = wrong(format!("`{}` is a function of the trait `{name}`", path.value)).help(format!(
                "make the call with `call = \"..\"`, naming the trait by its path: `<crate::Type as path::{name}>::function(..)`"
            ));
            return self.refuse(fault);
        }
        if matches!(callable.signature.safety, syn::Safety::Unsafe(_)) {
            let fault = wrong(format!("`{}` is unsafe to call", path.value))
                .help("make the call with `call = \"unsafe { .. }\"`, with what it requires kept");
            return self.refuse(fault);
        }
        let Some(known) = callable.path.clone() else {
            let fault = wrong(format!("`{}` is private, so no test can call it", path.value))
                .help("make it `pub`, with every module on the way, or re-export it with `pub use`");
            return self.refuse(fault);
        };
        Some(Aim::Function(callable, known))
    }

    fn module(&mut self, path: &Spanned<String>) -> Option<Aim<'b>> {
        let syntax = self.path(path)?;
        let wrong = |message: String| Fault::error(Code::WrongTarget, path.span, message);
        match self.krate.seek(&syntax, Space::Types) {
            Sought::Module(module) if self.krate.items.root_of(module) == ROOT => {
                Some(Aim::Module(self.krate.items.module(module).path.clone()))
            }
            Sought::Module(_) => {
                self.refuse(wrong(format!("`{}` is no part of the crate under test", path.value)))
            }
            Sought::Foreign(_) => {
                self.refuse(wrong(format!("`{}` is not defined in this crate", path.value)))
            }
            Sought::Function(callable) => {
                let fault = wrong(format!("`{}` is a function, a module is needed", path.value));
                self.refuse(fault.also(callable.defined, "defined here"))
            }
            Sought::Other(sort, span) => {
                let fault = wrong(format!("`{}` is {sort}, a module is needed", path.value));
                self.refuse(fault.also(span, "defined here"))
            }
            Sought::OfTrait(span) => {
                let fault = wrong(format!("`{}` is a function, a module is needed", path.value));
                self.refuse(fault.also(span, "declared in this trait"))
            }
            Sought::Ambiguous(places) => self.refuse(ambiguous(path, &places)),
            Sought::Absent => match self.krate.seek(&syntax, Space::Values) {
                Sought::Function(_) | Sought::OfTrait(_) | Sought::Other(..) => {
                    self.refuse(wrong(format!("`{}` is not a module", path.value)))
                }
                _ => Some(Aim::Missing(near_paths(&path.value, self.modules))),
            },
        }
    }

    fn path(&mut self, path: &Spanned<String>) -> Option<syn::Path> {
        match syn::parse_str(&path.value) {
            Ok(syntax) => Some(syntax),
            Err(error) => {
                let fault = Fault::error(Code::InvalidRust, path.span, "this is not the path of an item")
                    .label(error.to_string())
                    .help("write it like `crate::module::function` or `crate::Type::method`");
                self.refuse(fault)
            }
        }
    }

    fn refuse<T>(&mut self, fault: Fault) -> Option<T> {
        self.faults.push(fault);
        None
    }
}

fn missing(path: &Spanned<String>, nearest: &[String], severity: Severity) -> Fault {
    let fault = Fault::error(Code::MissingTarget, path.span, format!("there is no `{}`", path.value));
    let fault = Fault { severity, ..fault };
    nearest.iter().fold(fault, |fault, near| fault.help(format!("did you mean `{near}`?")))
}

fn ambiguous(path: &Spanned<String>, places: &[Span]) -> Fault {
    let fault =
        Fault::error(Code::AmbiguousTarget, path.span, format!("`{}` stands for several items", path.value))
            .help("name the module that defines the one you mean");
    places.iter().fold(fault, |fault, place| fault.also(*place, "one of them"))
}
