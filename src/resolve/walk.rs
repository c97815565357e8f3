//! Takes a type and the steps of a declaration, gives each step bound: what it calls, with what, what it leaves behind.
//!
//! Iterators of the caller's and what the value borrows are made here, for both are passed as they are.
//! Decides nothing about how steps follow each other.

use std::collections::BTreeSet;

use syn::ext::IdentExt as _;
use syn::parse::Parser as _;
use syn::visit::{self, Visit};
use syn::{FnArg, GenericArgument, PathArguments, ReceiverKind, ReturnType};

use super::bound::{Function, Keeps, Move, Value, Walk};
use super::callable::{Callable, Parameter, Sought};
use super::expression::{self, Snippet};
use super::items::ItemId;
use super::lower::{Crate, Decided};
use super::made::{Lend, Recipe};
use super::methods::Query;
use super::paths::Found;
use super::scope::{Scoped, Time};
use super::syntax::{ident, joined, ours};
use super::ty::Ty;
use super::values::{Wanted, values};
use crate::model::{self, Argument, Code, Constraint, Expression, Fault, Faults, Model, Spanned, nearest};

/// All methods that can be called from outside.
pub(super) const PUBLIC: &str = "public";

/// What is wrong with a method that nobody outside may call.
const PRIVATE: &str = "is private, so no test can call it";

/// The names that a test of steps gives to values of its own.
const OWN: [&str; 9] = ["it", "model", "result", "old_it", "looks", "reference", "step", "next", "keep"];

/// What there is while the steps of one constraint are bound.
pub(super) struct Walking<'w> {
    pub krate: &'w Crate<'w>,
    pub model: &'w Model,
    pub constraint: &'w Constraint,
    /// Paths to propose where a function is missing.
    pub functions: &'w [String],
    /// Names of the values that are made before the first step.
    pub given: Vec<&'w str>,
    pub faults: &'w mut Faults,
    /// Whether something is named that tests may not name from here.
    pub is_hidden: bool,
}

/// What a step of several threads cannot ask for, for others go on in the meantime.
const ALONE: &str = "is not the same while other threads take steps";

/// A method of the type that a step calls.
struct Method<'a> {
    callable: Box<Callable<'a>>,
    function: Function,
    /// What it takes besides the value.
    parameters: Vec<Parameter>,
    /// Values of sorts that only steps are given.
    own: Vec<Value>,
}

impl<'w> Walking<'w> {
    /// The steps on values of `ty`; of types of other crates nothing is known.
    pub(super) fn walk(&mut self, ty: &Ty) -> Option<Walk> {
        let mut moves = Vec::new();
        let declared = self.constraint.steps("step");
        for step in declared {
            moves.push(self.declared(step, ty)?);
        }
        let words = self.constraint.words("steps");
        let is_public =
            words.iter().any(|word| word.value == PUBLIC) || words.is_empty() && declared.is_empty();
        for word in words.iter().filter(|word| word.value != PUBLIC) {
            if !declared.iter().any(|step| step.name.value == word.value) {
                moves.push(self.named(word, ty)?);
            }
        }
        if is_public {
            moves.extend(self.public(ty, &moves));
        }
        if moves.is_empty() {
            let span = self.constraint.target.span;
            let fault =
                Fault::error(Code::MissingKey, span, "no step could be taken on a value of this type");
            return self
                .refuse(fault.help("name methods: `steps = [\"…\"]`, or write one: `step.NAME = \"it.…\"`"));
        }
        let tracks = holds_tracked(ty);
        Some(Walk { ty: self.annotation(ty), moves, tracks })
    }

    /// How the value is declared, where its parameters would be left open otherwise.
    fn annotation(&self, ty: &Ty) -> Option<syn::Type> {
        let Ty::Local(item, arguments) = ty else { return None };
        let name = &self.krate.items.item(*item).name;
        let start = &self.constraint.expression("start")?.text;
        // What is wrapped, as in `Arc::new(..)`, is of another type.
        let gives_it = syn::parse_str::<syn::Expr>(start).is_ok_and(|start| match &start {
            syn::Expr::Call(call) => match &*call.func {
                syn::Expr::Path(path) => {
                    path.path.segments.iter().rev().nth(1).is_some_and(|it| it.ident == *name)
                }
                _ => false,
            },
            _ => false,
        });
        (gives_it && !arguments.is_empty()).then(|| self.krate.syntax(ty)).flatten()
    }

    /// Every method that can be called from outside, as far as its arguments can be made.
    fn public(&mut self, ty: &Ty, known: &[Move]) -> Vec<Move> {
        let Ty::Local(item, _) = ty else { return Vec::new() };
        let mut names = BTreeSet::new();
        for at in self.krate.impls.of_item(*item) {
            let block = self.krate.items.block(*at);
            let functions = block.block.items.iter().filter_map(|item| match item {
                syn::ImplItem::Fn(function) if self.krate.is_visible(block.module, &function.vis) => {
                    Some(&function.sig)
                }
                _ => None,
            });
            if block.block.trait_.is_none() {
                names.extend(functions.filter(|it| it.asyncness.is_none()).map(|it| it.ident.to_string()));
            }
        }
        names.retain(|name| !known.iter().any(|known| known.name == *name));
        let span = self.constraint.target.span;
        let mut moves = Vec::new();
        for name in names {
            let mut aside = Faults::default();
            let word = Spanned::new(name, span);
            let mut this = Walking {
                krate: self.krate,
                model: self.model,
                constraint: self.constraint,
                functions: self.functions,
                given: self.given.clone(),
                faults: &mut aside,
                is_hidden: false,
            };
            moves.extend(this.named(&word, ty).filter(|_| !aside.refuse()));
        }
        moves
    }

    /// A step that is a method called by its name.
    fn named(&mut self, word: &Spanned<String>, ty: &Ty) -> Option<Move> {
        let step = model::Move {
            name: word.clone(),
            call: None,
            when: None,
            then: None,
            model: None,
            args: Vec::new(),
        };
        self.plain(&step, ty)
    }

    fn declared(&mut self, step: &model::Move, ty: &Ty) -> Option<Move> {
        let Some(call) = &step.call else { return self.plain(step, ty) };
        let call = self.parsed(call)?;
        let method = called_on_it(&call.syntax).and_then(|name| self.method(&name, ty, &step.args).ok());
        let parameters: Vec<Parameter> = method.map_or_else(Vec::new, |method| {
            let own: Vec<&str> = method.own.iter().map(|value| value.name.as_str()).collect();
            let mut parameters = method.parameters;
            parameters
                .retain(|it| !self.given.contains(&it.name.as_str()) && !own.contains(&it.name.as_str()));
            parameters
        });
        let values = self.made(step, &parameters, false, &call.mentions)?;
        self.bound(step, None, Some(call), values, Keeps::Lent)
    }

    fn plain(&mut self, step: &model::Move, ty: &Ty) -> Option<Move> {
        let name = &step.name;
        if name.value == "clone" && self.is_cloned_by_derive(ty) {
            let call = Snippet {
                syntax: ours("it.clone()"),
                mentions: BTreeSet::new(),
                olds: Vec::new(),
                names: super::names::Names::default(),
            };
            return self.bound(step, None, Some(call), Vec::new(), Keeps::Lent);
        }
        let method = match self.method(&name.value, ty, &step.args) {
            Ok(method) => method,
            Err(why) => {
                // From inside the crate it may be called after all.
                self.is_hidden |= why.ends_with(PRIVATE);
                let known = self.method_names(ty);
                let near =
                    nearest(&name.value, known.iter().map(String::as_str).filter(|it| **it != name.value));
                let fault = Fault::error(Code::MissingTarget, name.span, why);
                let fault =
                    near.iter().fold(fault, |fault, near| fault.help(format!("did you mean `{near}`?")));
                return self.refuse(fault.help(format!(
                    "write the step yourself: `step.{} = \"it.…\"`",
                    name.value.trim_start_matches("r#")
                )));
            }
        };
        let (keeps, lends) = (self.keeps(&method, ty), lends(&method));
        let mut values = self.made(step, &method.parameters, true, &BTreeSet::new())?;
        values.extend(method.own);
        let bound = self.bound(step, Some(method.function), None, values, keeps)?;
        Some(Move { lends, ..bound })
    }

    fn is_cloned_by_derive(&self, ty: &Ty) -> bool {
        matches!(ty, Ty::Local(item, _) if self.krate.derives(*item, "Clone"))
    }

    /// The rest of a step, and whether its expressions name nothing that is not there.
    fn bound(
        &mut self,
        step: &model::Move,
        function: Option<Function>,
        call: Option<Snippet>,
        values: Vec<Value>,
        keeps: Keeps,
    ) -> Option<Move> {
        let [when, then, model] = self.all_parsed([&step.when, &step.then, &step.model])?;
        self.check(&values, &[(&step.call, &call, &["it", "model"])]);
        self.check(
            &values,
            &[
                (&step.when, &when, &["it", "model"]),
                (&step.then, &then, &["it", "model", "result"]),
                (&step.model, &model, &["it", "model", "result"]),
            ],
        );
        if self.is_shared() {
            self.check_shared(
                step,
                &values,
                [(&step.when, &when), (&step.then, &then), (&step.model, &model)],
            )?;
        }
        let keeps_old = then.as_ref().is_some_and(|then| then.olds.iter().any(|(name, _)| name == "it"));
        let text = step.then.as_ref().map(|then| then.text.clone());
        Some(Move {
            name: step.name.value.clone(),
            function,
            call: call.map(|call| call.syntax),
            values,
            when: when.map(|when| when.syntax),
            then: text.zip(then.map(|then| then.syntax)),
            model: model.map(|model| model.syntax),
            keeps,
            keeps_old,
            lends: false,
        })
    }

    /// Refuses names that nothing has.
    fn check(&mut self, values: &[Value], all: &[(&Option<Expression>, &Option<Snippet>, &[&str])]) {
        for (written, code, own) in all {
            if let (Some(written), Some(code)) = (written, code) {
                let made = values.iter().map(|value| value.name.as_str());
                let known: Vec<&str> =
                    self.given.iter().copied().chain(made).chain(own.iter().copied()).collect();
                let scope = Scoped { time: Time::After, below: &[], functions: self.functions };
                if let Err(fault) = scope.check(self.krate, written, code, &known) {
                    self.faults.push(*fault);
                }
            }
        }
    }

    /// Whether several threads take the steps.
    fn is_shared(&self) -> bool {
        self.constraint.length("threads").is_some()
    }

    /// Refuses what a step of several threads cannot have.
    fn check_shared(
        &mut self,
        step: &model::Move,
        values: &[Value],
        [when, then, model]: [(&Option<Expression>, &Option<Snippet>); 3],
    ) -> Option<()> {
        if let Some(value) = values.iter().find(|value| !value.cloneable || is_kept(&value.recipe)) {
            let message = format!(
                "`{}` cannot be cloned, and in each order of the steps it is needed once more",
                value.name
            );
            let fault = Fault::error(Code::CannotGenerate, step.name.span, message)
                .also(value.origin, "declared here");
            return self.refuse(fault.help("write the step yourself, so that it makes the value"));
        }
        let old = then.1.as_ref().and_then(|then| then.olds.iter().find(|(name, _)| name == "it"));
        if let (Some(_), Some(written)) = (old, then.0) {
            let fault = Fault::error(Code::NoOldState, written.span, format!("`old(it)` {ALONE}"));
            return self.refuse(fault.help("say it of `result`, or by a `reference`"));
        }
        let unknown: [(_, &[&str], &str); 3] = [
            (when, &["it", "model"], "ask for it in the step: `call = \"if … { … }\"`"),
            (then, &["model"], "say it by `agree`, which is judged when all threads are back"),
            (model, &["it", "result"], "write the step on `model` alone: what both give is compared"),
        ];
        for ((written, code), names, help) in unknown {
            let (Some(written), Some(code)) = (written, code) else { continue };
            if let Some(name) = names.iter().find(|name| code.mentions.contains(**name)) {
                let fault = Fault::error(Code::InvalidValue, written.span, format!("`{name}` {ALONE}"));
                return self.refuse(fault.help(help));
            }
        }
        Some(())
    }

    /// Those that there are; nothing if one has a fault.
    fn all_parsed(&mut self, all: [&Option<Expression>; 3]) -> Option<[Option<Snippet>; 3]> {
        let read = all.map(|it| it.as_ref().map(|it| self.parsed(it)));
        let is_refused = read.iter().any(|it| matches!(it, Some(None)));
        (!is_refused).then(|| read.map(Option::flatten))
    }

    fn parsed(&mut self, expression: &Expression) -> Option<Snippet> {
        self.is_hidden |= super::inside::is_hidden(self.krate, &expression.text);
        match expression::code(expression, self.krate.library, "a Rust expression", self.krate.sources) {
            Ok(code) => Some(code),
            Err(fault) => self.refuse(*fault),
        }
    }

    /// The values of a step: what it declares itself, what the constraint says of all, then what is derived.
    fn made(
        &mut self,
        step: &model::Move,
        parameters: &[Parameter],
        is_plain: bool,
        mentions: &BTreeSet<String>,
    ) -> Option<Vec<Value>> {
        let is_own = |argument: &&Argument| step.args.iter().all(|own| own.name.value != argument.name.value);
        let is_taken = |argument: &&Argument| parameters.iter().any(|it| it.name == argument.name.value);
        let shared = self.constraint.args.iter().filter(|it| !it.given).filter(is_own).filter(is_taken);
        let args = step.args.iter().chain(shared).cloned().collect();
        let constraint = Constraint { args, samples: Vec::new(), ..self.constraint.clone() };
        let wanted = Wanted { parameters, is_plain, mentions, functions: self.functions };
        values(self.krate, self.model, &constraint, &wanted, self.faults)
    }

    /// The method of this name that takes a value of the type.
    fn method(&self, name: &str, ty: &Ty, args: &[Argument]) -> Result<Method<'w>, String> {
        let shown = &self.constraint.target.value;
        let Ty::Local(item, arguments) = ty else {
            return Err(format!("`{shown}` is of another crate, so `{name}` is not known"));
        };
        if syn::Ident::parse_any.parse_str(name).is_err() {
            return Err(format!("`{shown}` has no method `{name}`"));
        }
        let path = self.krate.public.path(&Found::Item(*item)).map(|path| joined(path, self.krate.library));
        let last: syn::PathSegment = syn::PathSegment::from(ident(name));
        let decided = Decided::new();
        let query = Query {
            of: ty.clone(),
            named: path,
            takes_arguments: true,
            has_arguments: !arguments.is_empty(),
            of_trait: None,
            last: &last,
            written: format!("{shown}::{name}"),
            decided: &decided,
        };
        let Sought::Function(mut callable) = self.krate.function_of(&query) else {
            return Err(format!("`{shown}` has no method `{name}`"));
        };
        let Some(FnArg::Receiver(receiver)) = callable.signature.inputs.first() else {
            return Err(format!("`{shown}::{name}` takes no value of the type"));
        };
        if matches!(receiver.kind, ReceiverKind::Typed(..)) {
            return Err(format!("`{shown}::{name}` takes the value in a wrapping of its own"));
        }
        if self.is_shared() && !matches!(receiver.kind, ReceiverKind::Reference(_, _, None)) {
            return Err(format!("`{shown}::{name}` takes the value for itself alone, so no two threads can"));
        }
        if matches!(callable.signature.safety, syn::Safety::Unsafe(_)) {
            return Err(format!("`{shown}::{name}` is unsafe to call"));
        }
        if let Some(open) = callable.undecided.first() {
            return Err(format!("nothing decides the type parameter `{open}` of `{shown}::{name}`"));
        }
        let Some(path) = callable.path.take() else {
            return Err(format!("`{shown}::{name}` {PRIVATE}"));
        };
        Ok(self.taken(callable, &path, *item, args))
    }

    /// The method with its arguments sorted out.
    fn taken(&self, callable: Box<Callable<'w>>, path: &str, item: ItemId, args: &[Argument]) -> Method<'w> {
        let mut function = self.krate.function(&callable, path);
        let mut parameters = self.krate.parameters(&callable);
        let borrows = self.krate.lifetimes(item) > 0;
        let mut own = Vec::new();
        for (at, parameter) in parameters.iter_mut().enumerate() {
            if at == 0 {
                "it".clone_into(&mut parameter.name);
            } else if OWN.contains(&parameter.name.as_str()) {
                parameter.name.push('_');
            }
            function.parameters[at].name.clone_from(&parameter.name);
            let recipe = match callable.signature.inputs.get(at) {
                Some(FnArg::Typed(typed)) => self.of_caller(&typed.ty, &callable).or_else(|| {
                    // What the value borrows has to live as long as the value.
                    let is_borrowed = borrows && matches!(parameter.ty, Ty::Ref(_));
                    is_borrowed.then(|| self.krate.recipe(&parameter.ty).ok()).flatten()
                }),
                _ => None,
            };
            let is_declared =
                |args: &[Argument]| args.iter().any(|it| !it.given && it.name.value == parameter.name);
            if let Some(recipe) = recipe.filter(|_| !is_declared(&self.constraint.args) && !is_declared(args))
            {
                function.parameters[at].lend = Lend::Move;
                let (name, origin) = (parameter.name.clone(), parameter.span);
                own.push(Value { name, recipe, input: None, given: false, cloneable: true, origin });
            }
        }
        parameters.remove(0);
        parameters.retain(|it| !own.iter().any(|value| value.name == it.name));
        Method { callable, function, parameters, own }
    }

    /// What a method leaves of the value.
    fn keeps(&self, method: &Method<'_>, ty: &Ty) -> Keeps {
        let is_copied = matches!(ty, Ty::Local(item, _) if self.krate.has_trait(*item, "Copy"));
        let receiver = method.callable.signature.inputs.first();
        let consumes =
            matches!(receiver, Some(FnArg::Receiver(it)) if matches!(it.kind, ReceiverKind::Value));
        if !consumes || is_copied {
            return Keeps::Lent;
        }
        let ReturnType::Type(_, output) = &method.callable.signature.output else { return Keeps::Consumed };
        match self.krate.lower(output, &method.callable.env) {
            given if given == *ty => Keeps::Replaced { refuses: false },
            Ty::Option(given) | Ty::Result(given, _) if *given == *ty => Keeps::Replaced { refuses: true },
            _ => Keeps::Consumed,
        }
    }

    /// The methods of the type, by name.
    fn method_names(&self, ty: &Ty) -> Vec<String> {
        let Ty::Local(item, _) = ty else { return Vec::new() };
        let blocks = self.krate.impls.of_item(*item).iter().map(|at| self.krate.items.block(*at));
        let functions = blocks.flat_map(|block| &block.block.items).filter_map(|item| match item {
            syn::ImplItem::Fn(function) => Some(function.sig.ident.to_string()),
            _ => None,
        });
        functions.collect()
    }

    fn refuse<T>(&mut self, fault: Fault) -> Option<T> {
        self.faults.push(fault);
        None
    }
}

/// Whether a method gives something that borrows from the value, which only it may use: an iterator, or a guard.
fn lends(method: &Method<'_>) -> bool {
    let is_lent = |it: &Lend| *it == Lend::RefMut;
    let ReturnType::Type(_, output) = &method.callable.signature.output else { return false };
    let borrows = match &**output {
        syn::Type::ImplTrait(_) => true,
        syn::Type::Path(path) => path.path.segments.last().is_some_and(|last| match &last.arguments {
            PathArguments::AngleBracketed(list) => {
                list.args.iter().any(|it| matches!(it, GenericArgument::Lifetime(_)))
            }
            _ => false,
        }),
        _ => false,
    };
    borrows && method.function.parameters.first().is_some_and(|it| is_lent(&it.lend))
}

/// Whether an element that is watched is among the arguments of the type.
fn holds_tracked(ty: &Ty) -> bool {
    matches!(ty, Ty::Tracked) || ty.parts().into_iter().any(holds_tracked)
}

/// Whether the case keeps what a value is made of, which other threads may outlive.
fn is_kept(recipe: &Recipe) -> bool {
    matches!(recipe, Recipe::Kept { leaked: false, .. }) || recipe.parts().into_iter().any(is_kept)
}

/// The first method that an expression calls on the value.
fn called_on_it(call: &syn::Expr) -> Option<String> {
    struct Finder(Option<String>);
    impl<'ast> Visit<'ast> for Finder {
        fn visit_expr_method_call(&mut self, it: &'ast syn::ExprMethodCall) {
            if matches!(&*it.receiver, syn::Expr::Path(path) if path.path.is_ident("it")) {
                self.0.get_or_insert(it.method.to_string());
            }
            visit::visit_expr_method_call(self, it);
        }
    }
    let mut finder = Finder(None);
    finder.visit_expr(call);
    finder.0
}
