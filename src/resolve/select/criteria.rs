//! Takes a selector, says of a function whether it fits, and if not, why not.

use std::collections::BTreeSet;

use syn::{ReturnType, Safety};

use super::shape::{Around, REST, Shape};
use super::surface::{Candidate, function_at};
use crate::model::{Code, Expression, Fault, Faults, Selector, Span, Spanned, did_you_mean, nearest};
use crate::resolve::expression;
use crate::resolve::items::{ItemId, ModuleId, ROOT, Space};
use crate::resolve::lower::{Crate, Env};
use crate::resolve::paths::{Found, Scope};
use crate::resolve::public::PublicPaths;
use crate::resolve::target::near_paths;

/// A selector, read.
pub(super) struct Criteria<'s> {
    selector: &'s Selector,
    /// Where it looks; empty means everywhere.
    within: Vec<Area>,
    takes: Vec<(Shape, &'s str)>,
    returns: Option<(Shape, &'s str)>,
}

/// A module or type that is looked into.
enum Area {
    /// A module, with everything that can be named through it.
    Module(ModuleId, BTreeSet<Found>),
    /// The functions of a type.
    Type(ItemId),
}

impl<'s> Criteria<'s> {
    /// Reads the patterns and looks up the modules and types; nothing if one of them has a fault.
    pub(super) fn read(selector: &'s Selector, krate: &Crate<'_>, faults: &mut Faults) -> Option<Self> {
        let before = faults.len();
        let within = selector.within.iter().filter_map(|path| area(path, krate, faults)).collect();
        let takes =
            selector.takes.iter().filter_map(|it| Some((pattern(it, krate, faults)?, it.text.as_str())));
        let takes = takes.collect();
        let returns = selector.returns.as_ref();
        let returns = returns.and_then(|it| Some((pattern(it, krate, faults)?, it.text.as_str())));
        (faults.len() == before).then_some(Self { selector, within, takes, returns })
    }

    /// Whether the function stands where the selector looks.
    pub(super) fn is_within(&self, krate: &Crate<'_>, candidate: &Candidate<'_>) -> bool {
        let stands_in = |area: &Area| match area {
            Area::Module(module, named) => {
                named.contains(&Found::Item(candidate.owner))
                    || candidate.module().is_some_and(|at| krate.items.is_within(at, *module))
            }
            Area::Type(owner) => candidate.owner == *owner,
        };
        self.within.is_empty() || self.within.iter().any(stands_in)
    }

    /// Why the function does not fit, each as the rest of a sentence about it; nothing if it fits.
    pub(super) fn objections(&self, krate: &Crate<'_>, candidate: &Candidate<'_>) -> Vec<String> {
        let callable = &candidate.callable;
        let mut objections = Vec::new();
        let around = Around::of(callable.env.clone());
        let inputs = callable.signature.inputs.iter();
        let parameters: Vec<Shape> = inputs
            .filter_map(|input| match input {
                syn::FnArg::Typed(typed) => Some(krate.shape(&typed.ty, &around)),
                syn::FnArg::Receiver(_) => None,
            })
            .collect();
        for (pattern, text) in &self.takes {
            if !parameters.iter().any(|parameter| pattern.fits(parameter)) {
                objections.push(format!("takes no `{text}`"));
            }
        }
        if let Some((pattern, text)) = &self.returns
            && !pattern.fits(&krate.shape_of_return(&callable.signature.output, &around))
        {
            let what = if matches!(callable.signature.output, ReturnType::Default) {
                "gives nothing back"
            } else {
                "gives back something else"
            };
            objections.push(format!("{what}, not `{text}`"));
        }
        if let Some(name) = &self.selector.name
            && !is_like(&name.value, &candidate.name)
        {
            objections.push(format!("is not named `{}`", name.value));
        }
        let mut flag = |wanted: Option<bool>, is: bool, what: &str| {
            if wanted.is_some_and(|wanted| wanted != is) {
                objections.push(format!("is {}{what}", if is { "" } else { "not " }));
            }
        };
        flag(self.selector.is_async, callable.signature.asyncness.is_some(), "async");
        flag(self.selector.is_unsafe, matches!(callable.signature.safety, Safety::Unsafe(_)), "unsafe");
        flag(self.selector.public, callable.path.is_some(), "public");
        if self.selector.except.iter().any(|except| is_under(&except.value, &candidate.path)) {
            objections.push("is left out by `except`".to_owned());
        }
        objections
    }

    /// Reports what is left out although it is not there.
    pub(super) fn unused_exceptions(&self, surface: &[Candidate<'_>], faults: &mut Faults) {
        for except in &self.selector.except {
            if surface.iter().any(|candidate| is_under(&except.value, &candidate.path)) {
                continue;
            }
            let message = format!("there is no function `{}` to leave out", except.value);
            let near = nearest(&except.value, surface.iter().map(|candidate| candidate.path.as_str()));
            let help = did_you_mean(&near).unwrap_or_else(|| "take it out".to_owned());
            faults.push(Fault::warning(Code::NothingSelected, except.span, message).help(help));
        }
    }
}

/// The type that a pattern describes.
fn pattern(expression: &Expression, krate: &Crate<'_>, faults: &mut Faults) -> Option<Shape> {
    // A name of the same length keeps every place in the text where it is.
    let named = Expression { text: expression.text.replace("..", REST), span: expression.span };
    match expression::parse::<syn::Type>(&named, krate.library, "a type", krate.sources) {
        Ok(parsed) => Some(krate.shape(&parsed.syntax, &Around::of(Env::new(Scope::Outside, None)))),
        Err(fault) => {
            faults.push(fault.help("write a type, with `_` for any type and `..` for any number of them"));
            None
        }
    }
}

/// What a path of `in` leads to.
fn area(path: &Spanned<String>, krate: &Crate<'_>, faults: &mut Faults) -> Option<Area> {
    let wrong = |sort: &str, defined: Option<Span>| {
        let message = format!("`{}` is {sort}, a module or a type is needed", path.value);
        let fault = Fault::error(Code::WrongTarget, path.span, message);
        defined.into_iter().fold(fault, |fault, defined| fault.also(defined, "defined here"))
    };
    let Ok(syntax) = syn::parse_str::<syn::Path>(&path.value) else {
        let fault = Fault::error(Code::InvalidRust, path.span, "this is not the path of a module or type");
        faults.push(fault.help("write it like `crate::module` or `crate::Type`"));
        return None;
    };
    let segments: Vec<String> =
        syntax.segments.iter().map(|segment| crate::resolve::syntax::unraw(&segment.ident)).collect();
    let step = krate.paths().follow(Scope::Outside, &segments, Space::Types);
    let fault = match step.as_ref().map(|step| (&step.found, step.rest)) {
        Ok((Found::Module(module), 0)) if krate.items.root_of(*module) == ROOT => {
            return Some(Area::Module(*module, PublicPaths::below(krate.paths(), *module)));
        }
        Ok((Found::Item(item), 0)) if is_type(krate, *item) => return Some(Area::Type(*item)),
        Ok((Found::Item(item), 0)) => {
            let item = krate.items.item(*item);
            wrong(item.definition.sort(), Some(item.span))
        }
        Ok((Found::Module(_) | Found::Std(_) | Found::Elsewhere(_), _)) => {
            Fault::error(Code::WrongTarget, path.span, format!("`{}` is no part of this crate", path.value))
        }
        _ => match function_at(&path.value, krate) {
            Some(callable) => {
                wrong("a function", Some(callable.defined)).help("name a single function with `target`")
            }
            None => missing(path, krate),
        },
    };
    faults.push(fault);
    None
}

fn missing(path: &Spanned<String>, krate: &Crate<'_>) -> Fault {
    let fault = Fault::error(Code::MissingTarget, path.span, format!("there is no `{}`", path.value));
    let near = near_paths(&path.value, &krate.module_paths());
    near.iter().fold(fault, |fault, near| fault.help(format!("did you mean `{near}`?")))
}

fn is_type(krate: &Crate<'_>, item: ItemId) -> bool {
    use crate::resolve::items::Definition::{Alias, Enum, Struct, Union};
    matches!(krate.items.item(item).definition, Alias(_) | Enum(_) | Struct(_) | Union)
}

/// Whether `path` is the one that is meant or stands below it; `*` stands for any text without `::`.
fn is_under(meant: &str, path: &str) -> bool {
    let (mut meant, mut path) = (meant.split("::"), path.split("::"));
    loop {
        match (meant.next(), path.next()) {
            (None, _) => return true,
            (Some(meant), Some(name)) if is_like(meant.trim(), name) => {}
            _ => return false,
        }
    }
}

/// Whether the text is like the pattern, in which `*` stands for any text.
fn is_like(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|text| {
            let cuts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            cuts.into_iter().any(|at| is_like(rest, &text[at..]))
        }),
    }
}
