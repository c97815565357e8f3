//! Takes a declaration and the parameters of its target, gives the values that each case makes, in order.

use std::collections::BTreeSet;

use super::bound::{EnvVariable, Value};
use super::callable::Parameter;
use super::generating::{Generating, Made, Refusal};
use super::lent::lent;
use super::lower::Crate;
use super::made::Obstacle;
use super::mentions::mention;
use super::scope::{Scoped, Time};
use super::ty::Ty;
use crate::model::{
    Argument, Base, Code, Constraint, Fault, Faults, Generator, Model, Span, Spanned, Variable, nearest,
};

/// What decides which values there are.
pub(super) struct Wanted<'w> {
    /// The parameters of the target; none if it has no bearing on the values.
    pub parameters: &'w [Parameter],
    /// Whether the target is called with its parameters: each needs a value, and nothing else may have one.
    pub is_plain: bool,
    /// Names that the expressions mention.
    pub mentions: &'w BTreeSet<String>,
    /// Paths to propose where a function is missing.
    pub functions: &'w [String],
}

/// The values of `constraint`: what it declares, in its order, then what else is wanted; nothing if one has a fault.
pub(super) fn values(
    krate: &Crate<'_>,
    model: &Model,
    constraint: &Constraint,
    wanted: &Wanted<'_>,
    faults: &mut Faults,
) -> Option<Vec<Value>> {
    let declared = declared(constraint);
    let mut values = Values {
        krate,
        model,
        constraint,
        declared: &declared,
        wanted,
        faults,
        made: Vec::new(),
        failed: Vec::new(),
    };
    for at in 0..declared.len() {
        values.declared(at);
    }
    for parameter in wanted.parameters {
        if values.is_declared(&parameter.name) {
            continue;
        }
        if wanted.is_plain || wanted.mentions.contains(&parameter.name) {
            values.derived(parameter);
        }
    }
    values.failed.is_empty().then(|| values.made.into_iter().map(|made| made.value).collect())
}

/// The variables of the process that makes the call; nothing if one has a fault.
pub(super) fn settings(
    krate: &Crate<'_>,
    model: &Model,
    constraint: &Constraint,
    functions: &[String],
    faults: &mut Faults,
) -> Option<Vec<EnvVariable>> {
    let below: Vec<&Spanned<String>> = constraint.args.iter().map(|argument| &argument.name).collect();
    let scope = Scoped { time: Time::Before, below: &below, functions };
    let generating = Generating { krate, model, earlier: &[], scope, cells: &[] };
    let mut made = |variable: &Variable| -> Option<EnvVariable> {
        let (name, unset) = (variable.name.value.clone(), variable.unset);
        let Some(generator) = &variable.generator else {
            return Some(EnvVariable { name, recipe: None, unset });
        };
        match generating.generate(generator, Some(&Ty::String)) {
            Ok((recipe, _)) => Some(EnvVariable { name, recipe: Some(recipe), unset }),
            Err(Refusal::Reported) => None,
            Err(Refusal::Fault(fault)) => {
                faults.push(*fault);
                None
            }
        }
    };
    let is_own = |it: &&Variable| constraint.env.iter().any(|own| own.name.value == it.name.value);
    let common = model.settings.env.iter().filter(|it| !is_own(it));
    let settings: Vec<_> = common.chain(&constraint.env).map(&mut made).collect();
    settings.into_iter().collect()
}

/// What the declaration makes, in order: columns of samples that nothing else is said of come first.
fn declared(constraint: &Constraint) -> Vec<Argument> {
    let is_declared = |name: &str| constraint.args.iter().any(|it| is_same(&it.name.value, name));
    let columns = constraint.samples.first().into_iter().flat_map(|row| &row.cells);
    let columns = columns.filter(|cell| !is_declared(&cell.name.value)).map(|cell| Argument {
        name: cell.name.clone(),
        generator: Generator::at(cell.generator.span),
        given: false,
    });
    columns.chain(constraint.args.iter().cloned()).collect()
}

struct Values<'v> {
    krate: &'v Crate<'v>,
    model: &'v Model,
    constraint: &'v Constraint,
    declared: &'v [Argument],
    wanted: &'v Wanted<'v>,
    faults: &'v mut Faults,
    made: Vec<Made>,
    /// Names of values that have a fault already.
    failed: Vec<String>,
}

impl<'v> Values<'v> {
    fn declared(&mut self, at: usize) {
        let argument = &self.declared[at];
        let parameter = self.parameter(&argument.name.value);
        match parameter {
            None if self.wanted.is_plain && !argument.given => return self.unknown(argument),
            Some(parameter) if self.wanted.is_plain && argument.given => {
                return self.not_given(argument, parameter);
            }
            _ => {}
        }
        let name =
            parameter.map_or_else(|| plain_name(&argument.name.value), |parameter| parameter.name.clone());
        if !is_name(&name) {
            let message = format!("`{name}` is not a name that Rust allows for a value");
            return self.fail(name, Fault::error(Code::InvalidValue, argument.name.span, message));
        }
        if self.made.iter().any(|made| made.value.name == name) {
            let message = format!("the value `{name}` is declared twice");
            return self.fail(name, Fault::error(Code::DuplicateId, argument.name.span, message));
        }
        if !self.is_ready(argument) {
            return self.failed.push(name);
        }
        let owned = parameter.map(|parameter| owned(&parameter.ty));
        let below: Vec<&Spanned<String>> = self.declared[at..].iter().map(|below| &below.name).collect();
        let scope = Scoped { time: Time::Making, below: &below, functions: self.wanted.functions };
        let cells = self.cells(&argument.name.value);
        let generating =
            Generating { krate: self.krate, model: self.model, earlier: &self.made, scope, cells: &cells };
        match generating.generate(&argument.generator, owned.as_ref()) {
            Ok((recipe, ty)) => {
                let cloneable = ty.as_ref().or(owned.as_ref()).is_none_or(|ty| self.krate.is_cloneable(ty));
                let origin = joined(argument.name.span, argument.generator.span);
                let input = match argument.generator.base.as_ref().map(|base| &base.value) {
                    Some(Base::Input(input)) => Some(input.value.clone()),
                    Some(Base::Near(other)) => {
                        let others = self.made.iter().find(|made| made.value.name == other.value);
                        others.and_then(|made| made.value.input.clone())
                    }
                    _ => None,
                };
                let value = Value { name, recipe, input, given: argument.given, cloneable, origin };
                self.made.push(Made { value, ty });
            }
            Err(Refusal::Reported) => self.failed.push(name),
            Err(Refusal::Fault(fault)) => {
                let fault = match parameter {
                    Some(parameter) => fault.also(parameter.span, "the parameter"),
                    None => *fault,
                };
                self.fail(name, fault);
            }
        }
    }

    /// Makes the parameters nobody declared that the argument is made of; `false` if one of them has a fault.
    fn is_ready(&mut self, argument: &Argument) -> bool {
        let mut sources = BTreeSet::new();
        let mut open = vec![&argument.generator];
        while let Some(generator) = open.pop() {
            if let Some(Base::Near(other)) = generator.base.as_ref().map(|base| &base.value) {
                sources.insert(other.value.clone());
            }
            open.extend(generator.inside());
        }
        for expression in argument.generator.expressions() {
            // What cannot be read is reported where it is worked in.
            let tokens = expression.text.parse().unwrap_or_default();
            mention(tokens, &mut sources);
        }
        for source in &sources {
            if let Some(parameter) = self.parameter(source)
                && !self.is_declared(&parameter.name)
            {
                self.derived(parameter);
            }
        }
        !sources.iter().any(|source| self.failed.contains(&plain_name(source)))
    }

    /// What the rows of samples have for a value.
    fn cells(&self, name: &str) -> Vec<&'v Generator> {
        let cells = self.constraint.samples.iter().flat_map(|row| &row.cells);
        cells
            .filter(|cell| plain_name(&cell.name.value) == plain_name(name))
            .map(|cell| &cell.generator)
            .collect()
    }

    fn derived(&mut self, parameter: &Parameter) {
        if self.made.iter().any(|made| made.value.name == parameter.name)
            || self.failed.contains(&parameter.name)
        {
            return;
        }
        let borrows = || Obstacle { why: "it borrows from a value that nothing owns".to_owned(), span: None };
        let owned = lent(&parameter.ty).map(|(owned, _)| owned).ok_or_else(borrows);
        match owned.and_then(|owned| Ok((self.krate.recipe(&owned)?, owned))) {
            Ok((recipe, owned)) => {
                let cloneable = self.krate.is_cloneable(&owned);
                let (name, origin) = (parameter.name.clone(), parameter.span);
                let value = Value { name, recipe, input: None, given: false, cloneable, origin };
                self.made.push(Made { value, ty: Some(owned) });
            }
            Err(obstacle) => {
                let fault = self.cannot(parameter, &obstacle);
                self.fail(parameter.name.clone(), fault);
            }
        }
    }

    /// The fault for a parameter of which no value can be made, with the ways out.
    fn cannot(&self, parameter: &Parameter, obstacle: &Obstacle) -> Fault {
        let name = written_name(&parameter.name);
        let message = format!("the argument `{name}` cannot be made");
        let mut fault = Fault::error(Code::CannotGenerate, self.constraint.target.span, message)
            .label(format!("this takes `{}`", one_line(self.krate.sources.text(parameter.span))))
            .also(parameter.span, obstacle.why.clone());
        if let Some(span) = obstacle.span {
            fault = fault.also(span, "this is in the way");
        }
        if let Some(open) = parameter.ty.open_parameter() {
            fault = fault.help(format!("`generics = {{ {open} = \"Type\" }}` to decide the type parameter"));
        }
        fault
            .help(format!("`args.{name} = {{ value = \"Rust expression\" }}` for one value"))
            .help(format!("`args.{name} = {{ strategy = \"proptest strategy\" }}` for many"))
            .help(format!(
                "`args.{name} = {{ type = \"T\", map = \"Rust over it\" }}` to build it from something simpler"
            ))
            .help("`call = \"Rust\"` to make the whole call yourself")
    }

    fn unknown(&mut self, argument: &Argument) {
        let name = &argument.name.value;
        let known: Vec<_> =
            self.wanted.parameters.iter().map(|parameter| written_name(&parameter.name)).collect();
        let mut fault = Fault::error(
            Code::UnknownArgument,
            argument.name.span,
            format!("`{}` has no parameter `{name}`", self.constraint.target.value),
        );
        let near = nearest(name, known.iter().map(String::as_str));
        for near in &near {
            fault = fault.help(format!("did you mean `{near}`?"));
        }
        if known.is_empty() {
            fault = fault.help("it takes no arguments");
        } else if near.is_empty() {
            fault = fault.help(format!("its parameters are `{}`", known.join("`, `")));
        }
        self.fail(name.clone(), fault);
    }

    fn not_given(&mut self, argument: &Argument, parameter: &Parameter) {
        let name = &argument.name.value;
        let message = format!("`{name}` is a parameter of the target, so it is passed");
        let fault = Fault::error(Code::UnknownArgument, argument.name.span, message)
            .label("not a value beside the arguments")
            .also(parameter.span, "the parameter")
            .help(format!("write `args.{name}`, or give the value another name"));
        self.fail(name.clone(), fault);
    }

    fn fail(&mut self, name: String, fault: Fault) {
        self.failed.push(name);
        self.faults.push(fault);
    }

    fn parameter(&self, name: &str) -> Option<&'v Parameter> {
        self.wanted.parameters.iter().find(|parameter| is_same(name, &parameter.name))
    }

    fn is_declared(&self, name: &str) -> bool {
        self.declared.iter().any(|argument| is_same(&argument.name.value, name))
    }
}

/// Whether a name in a declaration is that of a parameter.
fn is_same(declared: &str, parameter: &str) -> bool {
    plain_name(declared) == parameter.trim_start_matches("r#")
}

/// `self` is called `this` in expressions, where Rust keeps `self` to itself.
fn plain_name(name: &str) -> String {
    if name == "self" { "this".to_owned() } else { name.trim_start_matches("r#").to_owned() }
}

/// A parameter's name as declarations write it.
fn written_name(name: &str) -> String {
    name.trim_start_matches("r#").to_owned()
}

fn is_name(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_ok()
}

/// What a generator for a parameter has to make.
fn owned(ty: &Ty) -> Ty {
    match (lent(ty), ty) {
        (Some((owned, _)), _) => owned,
        (None, Ty::Ref(inner) | Ty::RefMut(inner)) => (**inner).clone(),
        (None, ty) => ty.clone(),
    }
}

fn joined(first: Span, last: Span) -> Span {
    if first.file == last.file {
        Span { file: first.file, start: first.start.min(last.start), end: first.end.max(last.end) }
    } else {
        first
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
