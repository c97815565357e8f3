//! What was bound, as short text.

use std::fmt::Write as _;

use quote::ToTokens;

use super::super::{Bound, Choices, Condition, Function, Given, Lend, Maker, Recipe, Returns, Target, Way};
use crate::model::{Faults, Severity, Sources, Span};

/// Everything that came out.
pub(super) fn all(bound: &[Bound<'_>], faults: Faults, sources: &Sources) -> String {
    let mut out = String::new();
    for bound in bound {
        one(&mut out, bound).expect("a text takes everything");
    }
    for fault in faults.sorted() {
        let weight = if fault.severity == Severity::Error { "" } else { " (warning)" };
        let _ = writeln!(out, "{}{weight}: {}", fault.code.name(), fault.message);
        let place = |span: Span| format!("{} `{}`", sources.file(span.file).path, sources.text(span));
        let _ = writeln!(out, "  at {} {}", place(fault.at.span), fault.at.text);
        for also in fault.also {
            let _ = writeln!(out, "  see {} {}", place(also.span), also.text);
        }
        for help in fault.help {
            let _ = writeln!(out, "  help {help}");
        }
    }
    out.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

fn choices(choices: &Choices) -> String {
    match choices {
        Choices::StandIns(needs) => format!("stand-ins with {needs:?}"),
        Choices::Functions(of, needs) => format!("functions {} with {needs:?}", tokens(&**of)),
        Choices::These(types) => types.iter().map(tokens).collect::<Vec<_>>().join(", "),
    }
}

fn conditions(condition: &Condition) -> String {
    match condition {
        Condition::Never => "never".into(),
        Condition::Always => "always".into(),
        Condition::If(all) => {
            let all = all.iter().map(|(ty, bounds)| format!("{} has {}", tokens(ty), tokens(bounds)));
            all.collect::<Vec<_>>().join(", ")
        }
    }
}

fn one(out: &mut String, bound: &Bound<'_>) -> std::fmt::Result {
    match &bound.target {
        Target::Function(target) => {
            let called = if bound.calls_target { "" } else { " (not called)" };
            writeln!(out, "{}{called}", function(target))?;
        }
        Target::Type(item) => writeln!(out, "type with {}", item.traits.join(", "))?,
        Target::Generic(ty) => {
            writeln!(out, "type {} ({})", tokens(&ty.ty), ty.shown)?;
            for open in &ty.parameters {
                writeln!(out, "open {}: {}", open.name, choices(&open.choices))?;
            }
            for (key, condition) in &ty.conditions {
                writeln!(out, "{key}: {}", conditions(condition))?;
            }
        }
        Target::Module(path) => writeln!(out, "module {path:?}")?,
        Target::Missing { nearest } => writeln!(out, "missing, near {nearest:?}")?,
    }
    for value in &bound.values {
        let once = if value.cloneable { "" } else { " (no clone)" };
        let given = if value.given { " (given)" } else { "" };
        writeln!(out, "{} = {}{once}{given}", value.name, recipe(&value.recipe))?;
    }
    makers(out, bound)?;
    for variable in &bound.env {
        let made = variable.recipe.as_ref().map_or_else(|| "never".to_owned(), recipe);
        let unset = if variable.unset { ", or unset" } else { "" };
        writeln!(out, "env {} = {made}{unset}", variable.name)?;
    }
    if bound.rows > 0 {
        writeln!(out, "{} rows", bound.rows)?;
    }
    if !bound.olds.is_empty() {
        writeln!(out, "kept: {}", bound.olds.join(", "))?;
    }
    for (name, expression) in [("call", &bound.call), ("when", &bound.when), ("refused", &bound.refused)] {
        if let Some(expression) = expression {
            writeln!(out, "{name}: {}", tokens(expression))?;
        }
    }
    for (name, expression) in &bound.expressions {
        writeln!(out, "{name}: {}", tokens(expression))?;
    }
    for (name, helper) in &bound.functions {
        writeln!(out, "{name}: {}", function(helper))?;
    }
    Ok(())
}

fn function(function: &Function) -> String {
    let parameters: Vec<_> =
        function.parameters.iter().map(|it| format!("{}: {}", it.name, lend(&it.lend))).collect();
    let start = match (function.is_async, function.is_eager) {
        (_, true) => "future ",
        (true, false) => "async ",
        (false, false) => "",
    };
    let returns = match function.returns {
        Returns::Unit => "",
        Returns::Option => " -> Option",
        Returns::Result => " -> Result",
        Returns::Plain => " -> Plain",
    };
    format!("{start}{}({}){returns}", tokens(&function.path), parameters.join(", "))
}

fn lend(it: &Lend) -> String {
    match it {
        Lend::Move => "move".to_owned(),
        Lend::Ref => "&".to_owned(),
        Lend::RefMut => "&mut".to_owned(),
        Lend::View => "&view".to_owned(),
        Lend::EachRef(inner) => format!("&each {}", lend(inner)),
        Lend::Each(inner) => format!("each {}", lend(inner)),
        Lend::Iterator(inner) => format!("iterator {}", lend(inner)),
        Lend::Option(inner) => format!("option {}", lend(inner)),
        Lend::Tuple(parts) => format!("({})", parts.iter().map(lend).collect::<Vec<_>>().join(", ")),
    }
}

fn recipe(it: &Recipe) -> String {
    let list = |parts: &[Recipe]| parts.iter().map(recipe).collect::<Vec<_>>().join(", ");
    let ranged = |ty: &str, range: &Option<(syn::Expr, syn::Expr)>| match range {
        Some((low, high)) => format!("{ty} {}..={}", tokens(low), tokens(high)),
        None => ty.to_owned(),
    };
    let fields = |fields: &[(syn::Member, Recipe)]| {
        let fields = fields.iter().map(|(member, made)| format!("{}: {}", tokens(member), recipe(made)));
        fields.collect::<Vec<_>>().join(", ")
    };
    let only = |only: &bool| if *only { " only" } else { "" };
    match it {
        Recipe::Text { like, only: o } if like.is_empty() => format!("text{}", only(o)),
        Recipe::Text { like, only: o } => format!("text like {like:?}{}", only(o)),
        Recipe::Bytes { like, only: o } if like.is_empty() => format!("bytes{}", only(o)),
        Recipe::Bytes { like, only: o } => format!("bytes like {like:?}{}", only(o)),
        Recipe::Integer { ty, range } | Recipe::Float { ty, range } => ranged(ty, range),
        Recipe::Bool => "bool".to_owned(),
        Recipe::Char => "char".to_owned(),
        Recipe::Unit => "()".to_owned(),
        Recipe::Vec(inner) => format!("vec({})", recipe(inner)),
        Recipe::Array(inner, length) => format!("[{}; {}]", recipe(inner), tokens(length)),
        Recipe::Tuple(parts) => format!("({})", list(parts)),
        Recipe::Option(inner) => format!("option({})", recipe(inner)),
        Recipe::Result(ok, error) => format!("result({}, {})", recipe(ok), recipe(error)),
        Recipe::Boxed(inner) => format!("box({})", recipe(inner)),
        Recipe::Struct { path, fields: parts } => format!("{} {{ {} }}", tokens(path), fields(parts)),
        Recipe::Enum { path, variants } => {
            let variants = variants.iter().map(|(name, parts)| format!("{name} {{ {} }}", fields(parts)));
            format!("{}: {}", tokens(path), variants.collect::<Vec<_>>().join(" | "))
        }
        Recipe::LikeFiles { paths, text, only: o } => {
            format!("{} like files {paths:?}{}", if *text { "text" } else { "bytes" }, only(o))
        }
        Recipe::OneOfFiles { paths, text } => {
            format!("{} of files {paths:?}", if *text { "text" } else { "bytes" })
        }
        Recipe::Document { format, text, like, files, only: o } => {
            let like: Vec<_> = like.iter().map(|sample| sample.escape_ascii().to_string()).collect();
            format!(
                "{} of {} like {like:?} {files:?}{}",
                if *text { "text" } else { "bytes" },
                format.name(),
                only(o)
            )
        }
        Recipe::Fitted { inner, fit } => {
            let length =
                fit.length.as_ref().map(|it| format!(" length {}..={}", it.value.least, it.value.most));
            let letters = fit.letters.as_ref().map(|it| format!(" letters {}", it.value.name()));
            let without: String =
                fit.without.iter().fold(String::new(), |text, it| format!("{text} without {:?}", it.value));
            let (length, letters) = (length.unwrap_or_default(), letters.unwrap_or_default());
            format!("{}{length}{letters}{without}", recipe(inner))
        }
        Recipe::Folder { files, text, only: o } => format!("{}{}", folder(files, *text), only(o)),
        Recipe::Program { text } => format!("{} of program", if *text { "text" } else { "path" }),
        Recipe::Server { start, form, .. } => format!("{form:?} of server {}", tokens(start)),
        Recipe::Pieces(stream) => format!("pieces({})", recipe(stream)),
        Recipe::Known { inner, map, refuses, shown } => {
            let (refuses, shown) =
                (if *refuses { "?" } else { "" }, if *shown { "" } else { " (not shown)" });
            format!("{} =>{refuses} {}{shown}", recipe(inner), tokens(map))
        }
        Recipe::Kept { inner, view, mutable, leaked } => {
            let mutable = if *mutable { "mut " } else { "" };
            format!("{} &{mutable}{view:?}({})", if *leaked { "leaked" } else { "kept" }, recipe(inner))
        }
        Recipe::Closure { output, arity, orders, wrapped, is_pointer, ty } => {
            let output = if *orders { "ordering".to_owned() } else { recipe(output) };
            let pointer = if *is_pointer { "pointer" } else { "closure" };
            let ty = ty.as_ref().map_or_else(String::new, |ty| format!(" as {}", tokens(ty)));
            format!("{pointer} of {arity} {wrapped:?} -> {output}{ty}")
        }
        Recipe::Tracked => "watched".to_owned(),
        Recipe::Items(item) => format!("items({})", recipe(item)),
        Recipe::Made(maker) => format!("made {}", maker.function),
        Recipe::Fields { path, inner } => format!("fields of {path}: {}", recipe(inner)),
        Recipe::Ways(ways) => ways.iter().map(way).collect::<Vec<_>>().join(" | "),
        Recipe::Column { samples, is_near, fresh } => {
            let samples = samples.iter().map(tokens).collect::<Vec<_>>().join(" | ");
            let near = if *is_near { " and near" } else { "" };
            let fresh = fresh.as_ref().map_or_else(String::new, |fresh| format!(", else {}", recipe(fresh)));
            format!("column {samples}{near}{fresh}")
        }
        Recipe::OneOf(values) => {
            format!("one of {}", values.iter().map(tokens).collect::<Vec<_>>().join(" | "))
        }
        Recipe::Value(value) => format!("value {}", tokens(value)),
        Recipe::Strategy(strategy) => format!("strategy {}", tokens(strategy)),
        Recipe::Arbitrary(ty) => format!("arbitrary {}", tokens(ty)),
        Recipe::Matching(pattern) => format!("matching {pattern}"),
        Recipe::Near { other, fresh, made: None } => format!("near {other}, else {}", recipe(fresh)),
        Recipe::Near { other, fresh, made: Some(made) } => {
            format!("near {other} made as {}, else {}", recipe(made), recipe(fresh))
        }
        Recipe::Map { inner, map, ty } => {
            let ty = ty.as_ref().map_or_else(String::new, |ty| format!(" as {}", tokens(ty)));
            format!("{} => {}{ty}", recipe(inner), tokens(map))
        }
    }
}

fn folder(files: &[(String, Recipe)], text: bool) -> String {
    let files = files.iter().map(|(path, content)| format!("{path}: {}", recipe(content)));
    let files = files.collect::<Vec<_>>().join(", ");
    format!("{} of folder {{ {files} }}", if text { "text" } else { "path" })
}

fn way(it: &Way) -> String {
    let given = |given: &[Given]| {
        let given = given.iter().map(|it| format!("{}: {} {}", it.name, lend(&it.lend), recipe(&it.recipe)));
        given.collect::<Vec<_>>().join(", ")
    };
    let mut text = format!("{}({})", tokens(&it.start), given(&it.arguments));
    for step in &it.steps {
        let dot = if step.consumes { "." } else { ";." };
        let may = if step.required { "" } else { "?" };
        let _ = write!(text, " {dot}{}({}){may}", step.method, given(&step.arguments));
    }
    if let Some(finish) = &it.finish {
        let _ = write!(text, ".{finish}()");
    }
    if let Some(pick) = &it.pick {
        let _ = write!(text, " => {}", tokens(pick));
    }
    if it.refuses { format!("{text} or refused") } else { text }
}

/// Every maker of the values, under its name.
fn makers(out: &mut String, bound: &Bound<'_>) -> std::fmt::Result {
    let mut found = std::collections::BTreeMap::new();
    for value in &bound.values {
        find(&value.recipe, &mut found);
    }
    for (name, maker) in found {
        let endings = if maker.endings().is_empty() {
            String::new()
        } else {
            format!(" ends by {:?}", maker.endings())
        };
        writeln!(out, "make {name}: {} = {}{endings}", tokens(&maker.ty), recipe(maker.recipe()))?;
    }
    Ok(())
}

fn find<'r>(recipe: &'r Recipe, found: &mut std::collections::BTreeMap<&'r str, &'r Maker>) {
    if let Recipe::Made(maker) = recipe
        && found.insert(&maker.function, maker).is_none()
    {
        find(maker.recipe(), found);
    }
    for part in recipe.parts() {
        find(part, found);
    }
}

/// Rust without the spaces that do not matter.
fn tokens(syntax: &impl ToTokens) -> String {
    let text = syntax.to_token_stream().to_string();
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '"');
    let chars: Vec<char> = text.chars().collect();
    let kept = chars.iter().enumerate().filter(|(at, c)| {
        let before = at.checked_sub(1).and_then(|at| chars.get(at).copied());
        **c != ' ' || (is_word(before) && is_word(chars.get(at + 1).copied()))
    });
    kept.map(|(_, c)| c).collect()
}
