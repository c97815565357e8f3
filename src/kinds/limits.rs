//! Takes a bound declaration of a kind that measures, gives its limits and the steps of its case.
//!
//! Knows no kind; the keys that they share stand here, so that a kind names each in one word.

use std::collections::BTreeSet;

use constraints_wire::measure::Dimension;
use syn::{Expr, parse_quote};

use super::lowering::{function, ident, late_when, refusal, until_called, waits_for_result};
use super::{Show, Step};
use crate::model::{Base, Code, Fault, Generator, Key, KeyShape, nearest};
use crate::resolve::{Bound, Recipe};

/// How large inputs get.
pub(super) const SIZE: Key = Key {
    name: "size",
    shape: KeyShape::Size,
    required: false,
    says: "How large inputs get, such as `1 MiB`, `200 chars` or `500 items`; `1 MiB` by default.",
};

/// Which argument the sizes are of.
pub(super) const GROWS: Key = Key {
    name: "grows",
    shape: KeyShape::Words,
    required: false,
    says: "The arguments whose size counts and that grow; by default those with samples, or else all that have a size.",
};

/// What `n` is.
pub(super) const N: Key = Key {
    name: "n",
    shape: KeyShape::Expression,
    required: false,
    says: "What `n` is: Rust over the arguments; by default the number of bytes or items of what grows; of a list of texts, of items and of bytes.",
};

/// Whether the bound is meant to the last byte.
pub(super) const EXACT: Key = Key {
    name: "exact",
    shape: KeyShape::Flag,
    required: false,
    says: "Whether the part of the bound that grows with the input is meant as it is written, and not for what collections hold; no by default.",
};

/// A bound over `n` and `size`.
pub(super) const fn at_most(dimension: Dimension, required: bool, says: &'static str) -> Key {
    Key { name: "at_most", shape: KeyShape::AtMost(dimension), required, says }
}

/// The limits that the declaration gives; `default` is the bound of one that gives none.
///
/// # Errors
/// A bound over a size where nothing has one.
pub(super) fn limits(bound: &Bound<'_>, default: Option<&str>) -> Result<Vec<Expr>, Fault> {
    let constraint = bound.constraint;
    let at_most = constraint.at_most("at_most");
    if let Some(at_most) = at_most {
        let (over_n, over_size) = (at_most.value.is_over_n(), at_most.value.is_over_size());
        let nothing_grows = growing(bound)?.is_empty();
        if nothing_grows && (over_size || (over_n && bound.expression("n").is_none())) {
            let what = if over_size { "size" } else { "n" };
            let message = format!("no argument has a size, so `{what}` is nothing");
            return Err(Fault::error(Code::InvalidValue, at_most.span, message)
                .help("say what `n` is with `n = \"Rust over the arguments\"`, or give a constant bound"));
        }
    }
    let mut settings: Vec<(&str, String)> = Vec::new();
    let written = at_most.map(|at_most| at_most.value.text.clone());
    settings.extend(written.or(default.map(str::to_owned)).map(|text| ("at_most", text)));
    settings.extend(constraint.size("size").map(|size| ("size", size.value.to_string())));
    settings.extend(constraint.seconds("within").map(|seconds| ("within", format!("{} s", seconds.value))));
    let exact = constraint.flag(EXACT.name);
    let limits = settings.into_iter().fold(parse_quote!(rt::limits()), |limits: Expr, (name, text)| {
        let name = ident(name);
        parse_quote!(#limits.#name(#text))
    });
    Ok(vec![if exact { parse_quote!(#limits.exact()) } else { limits }])
}

/// The steps of a case: the values, their sizes, the call, and what a refusal of it means.
///
/// # Errors
/// What the declaration lacks.
pub(super) fn measured(bound: &Bound<'_>, result: Option<&str>) -> Result<Vec<Step>, Fault> {
    function(bound)?;
    let is_kept = waits_for_result(bound) || bound.constraint.refusal.must_pass.is_some();
    let result = result.or(is_kept.then_some(super::lowering::RESULT));
    let mut steps = until_called(bound, result.map(str::to_owned), &BTreeSet::new());
    let sizes = sizes(bound)?;
    let call = steps.iter().position(|step| matches!(step, Step::Call { .. })).unwrap_or(steps.len());
    steps.splice(call..call, sizes);
    if let (true, Some(result)) = (is_kept, result) {
        steps.extend(refusal(bound, result, false));
    }
    steps.extend(late_when(bound));
    Ok(steps)
}

/// `case.grows(..)` for each value whose size counts, and `case.n(..)`.
fn sizes(bound: &Bound<'_>) -> Result<Vec<Step>, Fault> {
    let step =
        |method: &'static str, arguments: Vec<Expr>| Step::State { method, arguments, show: Show::Nothing };
    let grows = growing(bound)?.into_iter().map(|name| {
        let value = ident(name);
        step("grows", vec![parse_quote!(#name), parse_quote!(rt::length_of!(#value))])
    });
    let n = bound.expression("n").map(|n| step("n", vec![parse_quote!((#n) as u64)]));
    Ok(grows.chain(n).collect())
}

/// The names of the values whose size counts.
fn growing<'b>(bound: &'b Bound<'_>) -> Result<Vec<&'b str>, Fault> {
    let said = bound.constraint.words("grows");
    let names = || bound.values.iter().map(|value| value.name.as_str());
    let mut growing = Vec::new();
    for word in said {
        let value = bound.values.iter().find(|value| value.name == word.value);
        let Some(value) = value else {
            let fault = Fault::error(
                Code::UnknownArgument,
                word.span,
                format!("`{}` is not an argument", word.value),
            );
            let near = nearest(&word.value, names());
            return Err(match near.as_slice() {
                [] => fault.help(format!("the arguments are `{}`", names().collect::<Vec<_>>().join("`, `"))),
                near => near.iter().fold(fault, |fault, near| fault.help(format!("did you mean `{near}`?"))),
            });
        };
        if !has_size(&value.recipe) {
            let message = format!("`{}` has no size that could grow", word.value);
            return Err(Fault::error(Code::InvalidValue, word.span, message)
                .help("texts, bytes, lists and what holds them have one; for a number say `n = \"Rust\"`"));
        }
        growing.push(value.name.as_str());
    }
    if !said.is_empty() {
        return Ok(growing);
    }
    let sized: Vec<_> = bound.values.iter().filter(|value| has_size(&value.recipe)).collect();
    let sampled: Vec<&str> = sized
        .iter()
        .filter(|value| has_samples(bound, &value.name))
        .map(|value| value.name.as_str())
        .collect();
    Ok(if sampled.is_empty() { sized.iter().map(|value| value.name.as_str()).collect() } else { sampled })
}

/// Whether the declaration gives samples of the value.
fn has_samples(bound: &Bound<'_>, name: &str) -> bool {
    let in_rows = bound.constraint.samples.iter().flat_map(|row| &row.cells);
    let mut all = bound.constraint.args.iter().chain(in_rows);
    all.any(|argument| argument.name.value == name && is_sampled(&argument.generator))
}

fn is_sampled(generator: &Generator) -> bool {
    match generator.base.as_ref().map(|base| &base.value) {
        Some(
            Base::Like(_)
            | Base::LikeHex(_)
            | Base::LikeFile(_)
            | Base::Input(_)
            | Base::Is(_)
            | Base::OneOf(_)
            | Base::OneOfFile(_),
        ) => true,
        _ => generator.format.is_some() || generator.inside().any(is_sampled),
    }
}

/// Whether values of the recipe can be large.
fn has_size(recipe: &Recipe) -> bool {
    match recipe {
        Recipe::Integer { .. }
        | Recipe::Float { .. }
        | Recipe::Bool
        | Recipe::Char
        | Recipe::Unit
        | Recipe::OneOf(_)
        | Recipe::Folder { .. }
        | Recipe::Program { .. }
        | Recipe::Server { .. }
        | Recipe::Value(_) => false,
        Recipe::Made(maker) => {
            !maker.endings().is_empty() || maker.recipe().parts().into_iter().any(has_size)
        }
        Recipe::Array(..)
        | Recipe::Tuple(_)
        | Recipe::Option(_)
        | Recipe::Result(..)
        | Recipe::Boxed(_)
        | Recipe::Known { .. }
        | Recipe::Kept { .. }
        | Recipe::Fields { .. }
        | Recipe::Struct { .. }
        | Recipe::Enum { .. }
        | Recipe::Ways(_) => recipe.parts().into_iter().any(has_size),
        _ => true,
    }
}
