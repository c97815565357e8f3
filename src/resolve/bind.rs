//! Takes the model and the facts, gives each constraint bound to what it is about. No I/O.

mod stepped;

use std::collections::BTreeSet;

use super::bound::{Bound, Function, Place, Returns, Target, TypeItem, Value};
use super::callable::{Callable, Parameter, Sought};
use super::expression::{self, Named, Snippet};
use super::facts::CrateFacts;
use super::generic::SoughtGeneric;
use super::generic_type::GenericType;
use super::inside;
use super::items::{ROOT, Space};
use super::lower::{Crate, Decided};
use super::reads::{Looked, Reads};
use super::scope::{Scoped, Time, no_old_state};
use super::syntax::ours;
use super::target::near_paths;
use super::ty::Ty;
use super::types::SoughtType;
use super::values::{Wanted, settings, values};
use super::workspace::Access;
use crate::model::{
    Code, Constraint, Expression, Fault, Faults, Key, KeyShape, Model, Severity, Sources, Span, Spanned,
    Subject, nearest,
};

/// Binds every constraint of the model to the items of the crate, ordered by id.
///
/// A constraint with a fault that refuses it is left out; one whose target is missing stays.
pub fn bind<'m>(model: &'m Model, facts: &CrateFacts, sources: &Sources) -> (Vec<Bound<'m>>, Faults) {
    let (mut bound, mut faults) = (Vec::new(), unreadable(facts, sources));
    faults.extend(Binding::with(facts, sources, |binding| {
        binding.each(model, model.constraints.values(), |one| bound.push(one))
    }));
    (bound, faults)
}

/// What of the crate itself could not be read, or is not there for its tests.
pub fn unreadable(facts: &CrateFacts, sources: &Sources) -> Faults {
    let mut faults = inside::unwired(facts, sources);
    for fault in &facts.items.faults {
        faults.push(fault.clone());
    }
    faults
}

/// The crate, ready to have constraints bound to it.
pub struct Binding<'b> {
    views: Vec<View<'b>>,
    reads: Reads,
}

impl Binding<'_> {
    /// Sorts what the crate has, and does `work` with it.
    pub fn with<T>(facts: &CrateFacts, sources: &Sources, work: impl FnOnce(&mut Binding<'_>) -> T) -> T {
        let inside = inside::tables(facts);
        let beside = (facts.access == Access::Linked)
            .then(|| (Place::Beside, Crate::new(&facts.items, &facts.library, &facts.files, sources)));
        let within = inside
            .iter()
            .map(|(place, items)| (place.clone(), Crate::new(items, "crate", &facts.files, sources)));
        let views = beside.into_iter().chain(within).map(View::new).collect();
        let reads = facts.items.reads.clone();
        // What was looked at to get as far as here decides over names, and those are the same for all.
        reads.take();
        work(&mut Binding { views, reads })
    }

    /// Binds `constraints` of the model one after the other and passes each on.
    ///
    /// What it is bound to takes much more room than its declaration, and of many it need not be there at once.
    pub fn each<'m>(
        &self,
        model: &'m Model,
        constraints: impl IntoIterator<Item = &'m Constraint>,
        mut pass_on: impl FnMut(Bound<'m>),
    ) -> Faults {
        let mut all = Faults::default();
        for constraint in constraints {
            let (one, faults) = bind_where_it_may(&self.views, model, constraint);
            if let (Some(one), false) = (one, faults.refuse()) {
                pass_on(one);
            }
            for fault in faults {
                all.push(constraint.named(fault));
            }
        }
        all
    }

    /// The files of the crate that all depends on that was bound since this was asked last.
    pub fn looked(&mut self) -> Looked {
        // Whoever is bound next looks for itself, and depends on what it finds.
        for view in &mut self.views {
            view.krate.forget();
        }
        self.reads.take()
    }
}

/// The crate as it looks from a place where tests stand.
struct View<'b> {
    place: Place,
    krate: Crate<'b>,
    /// Paths to propose where a function is missing.
    functions: Vec<String>,
    /// Paths to propose where a module is missing.
    modules: Vec<String>,
}

impl<'b> View<'b> {
    fn new((place, krate): (Place, Crate<'b>)) -> Self {
        let (functions, modules) = (krate.function_paths(), krate.module_paths());
        Self { place, krate, functions, modules }
    }
}

/// Binds the constraint from the first place that may name all that it names.
fn bind_where_it_may<'m>(
    views: &[View<'_>],
    model: &'m Model,
    constraint: &'m Constraint,
) -> (Option<Bound<'m>>, Faults) {
    let mut first = None;
    for view in views {
        let mut binder = Binder {
            view,
            krate: &view.krate,
            model,
            constraint,
            functions: &view.functions,
            modules: &view.modules,
            faults: Faults::default(),
            mentions: BTreeSet::new(),
            is_hidden: false,
            read: Vec::new(),
            decided: Decided::new(),
            makers: Vec::new(),
        };
        let bound = binder.bind();
        if !binder.is_hidden {
            return (bound, binder.faults);
        }
        first.get_or_insert((bound, binder.faults));
    }
    first.unwrap_or_default()
}

/// What there is while one constraint is bound.
struct Binder<'b, 'm> {
    view: &'b View<'b>,
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
    /// Whether something is named that tests may not name from here.
    is_hidden: bool,
    /// The expressions that stand beside those of values, and when each is evaluated.
    read: Vec<(&'m Expression, Time, Snippet)>,
    /// What the declaration's `generics` say.
    decided: Decided,
    /// Macros that may make what was missed last.
    makers: Vec<(String, Span)>,
}

/// What a path led to.
enum Aim<'b> {
    /// A function of ours, to be called at this path.
    Function(Box<Callable<'b>>, String),
    /// Something of another crate, which is named but not called.
    Foreign(Function),
    /// A struct or an enum, and the type it is with its arguments.
    Type(Box<Ty>, TypeItem),
    /// A type with parameters left open.
    Generic(Box<GenericType>),
    /// A module, as path segments below the root.
    Module(Vec<String>),
    /// Nothing; what has a near name.
    Missing(Vec<String>),
}

impl<'b, 'm> Binder<'b, 'm> {
    fn bind(&mut self) -> Option<Bound<'m>> {
        let constraint = self.constraint;
        if constraint.kind.value.subject != Subject::Generic {
            self.decided = self.generics();
        }
        let call = self.parsed(constraint.call.as_ref(), Time::Calling);
        let when = self.parsed(constraint.when.as_ref(), Time::After);
        let refused = self.parsed(constraint.refusal.refused.as_ref(), Time::After);
        let around = std::mem::take(&mut self.mentions);
        let expressions = self.expressions();
        let in_statement = self.mentions.clone();
        self.mentions.extend(around);
        let functions = self.helpers();
        let about = constraint.kind.value;
        let states =
            about.keys.iter().any(|key| key.shape.is_expression() && key.required && key.name == "then");
        let needs_call = !states || self.mentions.contains("result") || self.is_of_state_after(&in_statement);
        let calls_itself =
            |key: &Key| matches!(key.shape, KeyShape::Call(_)) && constraint.expression(key.name).is_some();
        let needs_call = needs_call && !about.keys.iter().any(calls_itself);
        let is_plain = needs_call && constraint.call.is_none();
        let env = settings(self.krate, self.model, constraint, self.functions, &mut self.faults);
        let aim = match about.subject {
            Subject::Function => self.target(is_plain)?,
            Subject::Generic => self.generic()?,
            Subject::FunctionOrType if !self.is_type(&constraint.target) => self.target(is_plain)?,
            Subject::Type | Subject::FunctionOrType => self.type_item(&constraint.target)?,
            Subject::Stepped => self.stepped()?,
            Subject::Module => self.module(&constraint.target)?,
        };
        let mut walk = None;
        let (target, values) = match aim {
            Aim::Function(callable, path) => {
                let parameters = self.krate.parameters(&callable);
                let function = self.krate.function(&callable, &path);
                (Target::Function(function), self.values(&parameters, is_plain)?)
            }
            Aim::Foreign(function) => (Target::Function(function), self.values(&[], false)?),
            Aim::Type(ty, item) if about.subject == Subject::Stepped => {
                let (steps, values) = self.walk(&ty, item.defined)?;
                walk = Some(steps);
                (Target::Type(item), values)
            }
            Aim::Type(ty, item) => {
                let value = Parameter { name: "value".to_owned(), ty: *ty, span: item.defined };
                (Target::Type(item), self.values(&[value], true)?)
            }
            Aim::Generic(ty) => (Target::Generic(ty), Vec::new()),
            Aim::Module(path) => (Target::Module(path), Vec::new()),
            Aim::Missing(nearest) => {
                let fault = missing(&constraint.target, &nearest, Severity::Warning);
                self.faults.push(perhaps_made(fault, &self.makers));
                (Target::Missing { nearest }, Vec::new())
            }
        };
        if let Target::Function(function) = &target {
            self.check_names(&values, is_plain.then_some(function), call.as_ref());
        }
        let mut olds: Vec<String> =
            self.read.iter().flat_map(|(.., code)| &code.olds).map(|(name, _)| name.clone()).collect();
        olds.sort();
        olds.dedup();
        self.check_samples();
        let (calls_target, rows) = (needs_call || call.is_some(), constraint.samples.len());
        Some(Bound {
            constraint,
            place: self.view.place.clone(),
            target,
            calls_target,
            values,
            env: env?,
            rows,
            call,
            when,
            refused,
            olds,
            expressions,
            functions,
            walk,
        })
    }

    /// Where no sample may be refused there has to be one.
    fn check_samples(&mut self) {
        let constraint = self.constraint;
        let Some(must_pass) = constraint.refusal.must_pass else { return };
        if constraint.args.is_empty() && constraint.samples.is_empty() {
            let message = "no argument has samples that could have to pass";
            let fault = Fault::error(Code::InvalidValue, must_pass, message)
                .label("nothing to pass")
                .help("give samples: `args.NAME = { like = [\"…\"] }`, or rows `[[constraint.NAME.sample]]`");
            self.faults.push(fault);
        }
    }

    /// Refuses names that nothing has, and `old` of what has no earlier state.
    fn check_names(&mut self, values: &[Value], called: Option<&Function>, call: Option<&syn::Expr>) {
        let made: Vec<&str> = values.iter().map(|value| value.name.as_str()).collect();
        let after: Vec<&str> = made.iter().copied().chain(["result"]).collect();
        let mut found = Vec::new();
        for (expression, time, code) in &self.read {
            let scope = Scoped { time: *time, below: &[], functions: self.functions };
            let mut known: Vec<&str> = self.names_of_kind(expression).to_vec();
            known.extend(if *time == Time::After { &after } else { &made });
            found.extend(scope.check(self.krate, expression, code, &known).err());
            for (name, at) in code.olds.iter().filter(|_| *time == Time::After) {
                let at = expression.locate(self.krate.sources, at.clone());
                found.extend(no_old_state(name, at, values, called, call));
            }
        }
        for fault in found {
            self.faults.push(*fault);
        }
    }

    /// The names that the kind gives to values in one of its own expressions.
    fn names_of_kind(&self, expression: &Expression) -> &'static [&'static str] {
        let is_it =
            |key: &&Key| self.constraint.expression(key.name).is_some_and(|own| own.span == expression.span);
        let key = self.constraint.kind.value.keys.iter().find(is_it);
        key.map_or(&[][..], |key| key.shape.names())
    }

    /// The function that the constraint is about.
    fn target(&mut self, is_called: bool) -> Option<Aim<'b>> {
        let (constraint, decided) = (self.constraint, self.decided.clone());
        let Some(signature) = &constraint.signature else {
            return self.function(&constraint.target, is_called, &decided);
        };
        let path = self.path(&constraint.target)?;
        match self.krate.declared_function(&path, signature) {
            Ok(callable) => {
                self.known_generics(&callable, &decided)?;
                self.callable(&constraint.target, Box::new(callable), is_called)
            }
            Err(fault) => self.refuse(*fault),
        }
    }

    /// Whether a statement with these names is about what the target leaves behind in a `&mut` parameter.
    fn is_of_state_after(&self, stated: &BTreeSet<String>) -> bool {
        // A path that leads to no function is reported where it is bound.
        let Ok(path) = Named::new(&self.constraint.target.value, self.krate.library) else { return false };
        let sought = match &self.constraint.signature {
            Some(signature) => self.krate.declared_function(&path, signature).ok().map(Box::new),
            None => match self.krate.seek(&path, Space::Values, &self.decided) {
                Sought::Function(callable) => Some(callable),
                _ => None,
            },
        };
        let Some(callable) = sought else { return false };
        let mut parameters = self.krate.parameters(&callable).into_iter();
        parameters.any(|parameter| matches!(parameter.ty, Ty::RefMut(_)) && stated.contains(&parameter.name))
    }

    /// What the declaration's `generics` say, as types.
    fn generics(&mut self) -> Decided {
        let constraint = self.constraint;
        let mut decided = Decided::new();
        for (name, written) in &constraint.generics {
            let (library, sources) = (self.krate.library, self.krate.sources);
            match expression::parse::<syn::GenericArgument>(written, library, "a Rust type", sources) {
                Ok(parsed) => {
                    decided.insert(name.value.clone(), self.krate.argument_of(&parsed.syntax));
                }
                Err(fault) => {
                    self.faults.push(*fault);
                    decided.insert(name.value.clone(), Ty::Other);
                }
            }
        }
        decided
    }

    /// Whether each of the declaration's `generics` is a parameter of the target.
    fn known_generics(&mut self, callable: &Callable<'_>, decided: &Decided) -> Option<()> {
        let constraint = self.constraint;
        let known = || callable.env.parameters.keys().map(String::as_str);
        let is_unknown = |name: &str| decided.contains_key(name) && known().all(|known| known != name);
        let unknown = constraint.generics.iter().find(|(name, _)| is_unknown(&name.value));
        let Some((name, _)) = unknown else { return Some(()) };
        let message = format!("`{}` has no type parameter `{}`", constraint.target.value, name.value);
        let fault =
            Fault::error(Code::UnknownArgument, name.span, message).also(callable.defined, "defined here");
        let fault = match nearest(&name.value, known()).as_slice() {
            [] if known().next().is_none() => fault.help("it takes no type parameters"),
            [] => {
                fault.help(format!("its type parameters are `{}`", known().collect::<Vec<_>>().join("`, `")))
            }
            near => near.iter().fold(fault, |fault, near| fault.help(format!("did you mean `{near}`?"))),
        };
        self.refuse(fault)
    }

    fn values(&mut self, parameters: &[Parameter], is_plain: bool) -> Option<Vec<Value>> {
        let wanted = Wanted { parameters, is_plain, mentions: &self.mentions, functions: self.functions };
        values(self.krate, self.model, self.constraint, &wanted, &mut self.faults)
    }

    fn parsed(&mut self, expression: Option<&'m Expression>, time: Time) -> Option<syn::Expr> {
        let expression = expression?;
        self.is_hidden |= inside::is_hidden(self.krate, &expression.text);
        match expression::code(expression, self.krate.library, "a Rust expression", self.krate.sources) {
            Ok(code) => {
                self.mentions.extend(code.mentions.iter().cloned());
                let syntax = code.syntax.clone();
                self.read.push((expression, time, code));
                Some(syntax)
            }
            Err(fault) => self.refuse(*fault),
        }
    }

    /// The kind's own expressions, in the order in which the kind lists them.
    fn expressions(&mut self) -> Vec<(&'static str, syn::Expr)> {
        let constraint = self.constraint;
        let keys = constraint.kind.value.keys.iter().filter(|key| key.shape.is_expression());
        keys.filter_map(|key| Some((key.name, self.parsed(constraint.expression(key.name), Time::After)?)))
            .collect()
    }

    /// The kind's own paths, in the order in which the kind lists them.
    fn helpers(&mut self) -> Vec<(&'static str, Function)> {
        let constraint = self.constraint;
        let keys = constraint.kind.value.keys.iter().filter(|key| key.shape == KeyShape::Path);
        keys.filter_map(|key| Some((key.name, self.helper(constraint.text(key.name)?)?))).collect()
    }

    fn helper(&mut self, path: &Spanned<String>) -> Option<Function> {
        match self.function(path, true, &Decided::new())? {
            Aim::Function(callable, known) => Some(self.krate.function(&callable, &known)),
            // There is no red test that could stand for a helper.
            Aim::Missing(nearest) => {
                let fault = invoked(missing(path, &nearest, Severity::Error), &self.makers);
                self.refuse(fault)
            }
            Aim::Foreign(_) | Aim::Type(..) | Aim::Generic(_) | Aim::Module(_) => None,
        }
    }

    /// The function at `path`; with a fault if it `is_called` and cannot be.
    fn function(&mut self, path: &Spanned<String>, is_called: bool, decided: &Decided) -> Option<Aim<'b>> {
        let syntax = self.path(path)?;
        let wrong = |message: String| Fault::error(Code::WrongTarget, path.span, message);
        match self.krate.seek(&syntax, Space::Values, decided) {
            Sought::Function(callable) => {
                self.known_generics(&callable, decided)?;
                self.callable(path, callable, is_called)
            }
            Sought::Absent => {
                self.makers = self.krate.makers(&syntax.syntax.path);
                Some(Aim::Missing(near_paths(&path.value, self.functions)))
            }
            Sought::Ambiguous(places) => self.refuse(ambiguous(path, &places)),
            Sought::Foreign(span) if !is_called => Some(Aim::Foreign(Function {
                path: ours(&self.krate.as_written(&syntax.syntax.path)),
                parameters: Vec::new(),
                returns: Returns::Plain,
                is_async: false,
                is_eager: false,
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
            Sought::OfTrait(span, types) => {
                let fault = wrong(format!("`{}` runs only for a type that implements the trait", path.value))
                    .also(span, "the trait");
                let fault = match types.as_slice() {
                    [] => fault.help("name the type: `<crate::Type as crate::Trait>::function`"),
                    types => {
                        types.iter().take(3).fold(fault, |fault, way| fault.help(format!("write `{way}`")))
                    }
                };
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
        if matches!(callable.signature.safety, syn::Safety::Unsafe(_)) {
            let fault = wrong(format!("`{}` is unsafe to call", path.value))
                .help("make the call with `call = \"unsafe { .. }\"`, with what it requires kept");
            return self.refuse(fault);
        }
        if let Some(name) = callable.undecided.first() {
            let fault = Fault::error(
                Code::CannotGenerate,
                path.span,
                format!("nothing decides the type parameter `{name}` of `{}`", path.value),
            )
            .also(callable.defined, "defined here")
            .help(format!("add `generics = {{ {name} = \"Type\" }}`"));
            return self.refuse(fault);
        }
        let Some(known) = callable.path.clone() else {
            self.is_hidden = true;
            let fault = wrong(format!("`{}` is private, so no test can call it", path.value))
                .help("make it `pub`, with every module on the way, or re-export it with `pub use`");
            let ways = syn::parse_str(&path.value).map(|syntax| inside::ways_in(self.krate, &syntax));
            return self.refuse(ways.unwrap_or_default().into_iter().fold(fault, Fault::help));
        };
        Some(Aim::Function(callable, known))
    }

    /// Whether the path leads to a struct or an enum.
    fn is_type(&self, path: &Spanned<String>) -> bool {
        let sought = syn::parse_str(&path.value).map(|syntax| self.krate.seek_type(&syntax));
        matches!(sought, Ok(SoughtType::Type(..) | SoughtType::Unfilled(_) | SoughtType::Private(_)))
    }

    fn type_item(&mut self, path: &Spanned<String>) -> Option<Aim<'b>> {
        // In the path of a type its arguments stand without the colons that an expression needs.
        let syntax = syn::parse_str(&path.value).map_err(|error| self.no_path(path, &error)).ok()?;
        let wrong = |message: String| Fault::error(Code::WrongTarget, path.span, message);
        match self.krate.seek_type(&syntax) {
            SoughtType::Type(ty, item) => Some(Aim::Type(Box::new(ty), item)),
            SoughtType::Private(span) => {
                let fault = wrong(format!("`{}` is private, so no test can name it", path.value))
                    .also(span, "defined here")
                    .help("make it `pub`, with every module on the way, or re-export it with `pub use`");
                self.refuse(fault)
            }
            SoughtType::Unfilled(span) => {
                let (open, _) = path.value.split_once('<').unwrap_or((&path.value, ""));
                let fault = wrong(format!("an argument of `{}` is no type that a test can name", path.value))
                    .also(span, "defined here")
                    .help(format!("leave them out, as in `{open}`, or give types, as in `{open}<u32>`"));
                self.refuse(fault)
            }
            SoughtType::Other(sort, span) => {
                let fault = wrong(format!("`{}` is {sort}, a struct or an enum is needed", path.value));
                let fault =
                    span.into_iter().fold(fault, |fault, span| fault.also(span, "this is what it is"));
                self.refuse(fault)
            }
            SoughtType::Absent => Some(Aim::Missing(near_paths(&path.value, &self.krate.type_paths()))),
        }
    }

    fn generic(&mut self) -> Option<Aim<'b>> {
        let constraint = self.constraint;
        let keys = constraint.kind.value.keys.iter().filter_map(|key| constraint.text(key.name));
        let written = keys.chain([&constraint.target]).map(|text| &text.value);
        let written = written.chain(constraint.generics.iter().map(|(_, ty)| &ty.text));
        self.is_hidden |= written.into_iter().any(|text| inside::is_hidden(self.krate, text));
        match self.krate.seek_generic(constraint) {
            Ok(SoughtGeneric::Type(ty)) => Some(Aim::Generic(ty)),
            Ok(SoughtGeneric::Missing(near)) => Some(Aim::Missing(near)),
            Err(fault) => self.refuse(*fault),
        }
    }

    fn module(&mut self, path: &Spanned<String>) -> Option<Aim<'b>> {
        if let Some(signature) = &self.constraint.signature {
            let kind = self.constraint.kind.value.id;
            let message = format!("`signature` is about a function, and `{kind}` is about a module");
            return self
                .refuse(Fault::error(Code::InvalidValue, signature.span, message).help("take it out"));
        }
        let syntax = self.path(path)?;
        let wrong = |message: String| Fault::error(Code::WrongTarget, path.span, message);
        match self.krate.seek(&syntax, Space::Types, &Decided::new()) {
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
            Sought::OfTrait(span, _) => {
                let fault = wrong(format!("`{}` is a function, a module is needed", path.value));
                self.refuse(fault.also(span, "declared in this trait"))
            }
            Sought::Ambiguous(places) => self.refuse(ambiguous(path, &places)),
            Sought::Absent => match self.krate.seek(&syntax, Space::Values, &Decided::new()) {
                Sought::Function(_) | Sought::OfTrait(..) | Sought::Other(..) => {
                    self.refuse(wrong(format!("`{}` is not a module", path.value)))
                }
                _ => Some(Aim::Missing(near_paths(&path.value, self.modules))),
            },
        }
    }

    fn path(&mut self, path: &Spanned<String>) -> Option<Named> {
        Named::new(&path.value, self.krate.library).map_err(|error| self.no_path(path, &error)).ok()
    }

    fn no_path(&mut self, path: &Spanned<String>, error: &syn::Error) {
        let fault = Fault::error(Code::InvalidRust, path.span, "this is not the path of an item")
            .label(error.to_string())
            .help("write it like `crate::module::function` or `crate::Type::method`");
        self.faults.push(fault);
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

/// Adds the macros that may make what the sources do not show, and how to say so.
fn perhaps_made(fault: Fault, makers: &[(String, Span)]) -> Fault {
    if makers.is_empty() {
        return fault;
    }
    invoked(fault, makers).help(
        "where a macro makes it, add `signature = \"fn(&str) -> Result<_, _>\"`, as it would be written",
    )
}

fn invoked(fault: Fault, makers: &[(String, Span)]) -> Fault {
    makers.iter().take(3).fold(fault, |fault, (name, span)| {
        fault.also(*span, format!("`{name}!` is invoked here, and the sources do not show what it makes"))
    })
}

fn ambiguous(path: &Spanned<String>, found: &[(Option<String>, Span)]) -> Fault {
    let fault =
        Fault::error(Code::AmbiguousTarget, path.span, format!("`{}` stands for several items", path.value));
    let mut fault = found.iter().fold(fault, |fault, (_, place)| fault.also(*place, "one of them"));
    let mut ways: Vec<&String> = found.iter().filter_map(|(way, _)| way.as_ref()).collect();
    ways.dedup();
    if ways.len() < 2 {
        fault = fault.help("name the module that defines the one you mean");
    } else {
        for way in ways {
            fault = fault.help(format!("write `{way}`"));
        }
    }
    fault
}
