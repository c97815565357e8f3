//! Takes recipes and expressions in which samples mark the place of a secret, gives such as have one there.
//!
//! Knows no kind, and decides nothing about what is judged.

use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprLit, Lit, Member, parse_quote};

use super::lowering::{draws, fresh, ident};
use super::{Show, Step};
use crate::model::{Code, Fault, Key, KeyShape, Spanned};
use crate::resolve::{Bound, Given, Recipe, Target};

/// Where a secret goes in a sample.
pub(super) const MARK: &str = "{secret}";

/// Which values are secret.
pub(super) const SECRET: Key = Key {
    name: "secret",
    shape: KeyShape::Words,
    required: false,
    says: "Values that are secret as a whole, or fields of them, such as `password` or `account.password`; one that is called `secret` is, where nothing is said.",
};

/// What of the answer is secret.
pub(super) const HIDES: Key = Key {
    name: "hides",
    shape: KeyShape::Expression,
    required: false,
    says: "What of the answer itself is secret: Rust over the values and `result` that gives text or bytes.",
};

/// What stands before the call of a declaration with secrets.
pub(super) struct Planted {
    /// The draws of the values, with secrets in them.
    pub(super) steps: Vec<Step>,
    /// The declaration's own call with secrets in it, if it has one.
    pub(super) call: Option<Expr>,
}

/// The draws with secrets planted where the declaration says that they are.
///
/// # Errors
/// A name that nothing has, or a declaration that does not say what is secret.
pub(super) fn draws_with_secrets(bound: &Bound<'_>) -> Result<Planted, Fault> {
    let mut secrets = secrets(bound)?;
    let place = fresh(bound, "secret");
    let (mut recipes, mut marked) = (Vec::new(), false);
    for value in &bound.values {
        recipes.push(planted(&value.recipe, &place, &mut marked));
    }
    let call = bound.call.as_ref().map(|call| in_expression(call, &place, &mut marked));
    let is_planted = recipes.iter().any(has_mark) || marked;
    if !is_planted && secrets.is_empty() && bound.expression("hides").is_none() {
        // Who calls a value so has said it.
        let is_called_so = bound.values.iter().any(|value| value.name == "secret");
        secrets.push(is_called_so.then(|| "secret".to_owned()).ok_or_else(|| nothing_secret(bound))?);
    }
    let mut steps = vec![state("plants", vec![strings(&secrets)])];
    if marked {
        steps.push(secret_text(&place));
    }
    let mut recipes = recipes.into_iter();
    for mut step in draws(bound) {
        if let Step::Draw { recipe, .. } = &mut step
            && let Some(planted) = recipes.next()
        {
            *recipe = planted;
        }
        steps.push(step);
    }
    steps.extend(hidden(bound, &secrets));
    Ok(Planted { steps, call })
}

/// Values that are secret as a whole and that nothing plants a secret into while they are made.
fn hidden(bound: &Bound<'_>, secrets: &[String]) -> Vec<Step> {
    let is_made_otherwise = |recipe: &Recipe| {
        !matches!(
            recipe,
            Recipe::Text { .. }
                | Recipe::Bytes { .. }
                | Recipe::Made(_)
                | Recipe::Fields { .. }
                | Recipe::Kept { .. }
        )
    };
    let values = bound.values.iter().filter(|value| secrets.contains(&value.name));
    let values = values.filter(|value| is_made_otherwise(&value.recipe));
    values
        .map(|value| {
            let name = ident(&value.name);
            state("hides", vec![parse_quote!(rt::secret_of!(#name))])
        })
        .collect()
}

/// The paths behind `secret`, as the runtime has them.
fn secrets(bound: &Bound<'_>) -> Result<Vec<String>, Fault> {
    bound.constraint.words("secret").iter().map(|path| secret(bound, path)).collect()
}

fn secret(bound: &Bound<'_>, path: &Spanned<String>) -> Result<String, Fault> {
    let path_of_type = format!("value.{}", path.value);
    let written = match &bound.target {
        Target::Type(_) if path.value != "value" && !path.value.starts_with("value.") => {
            path_of_type.as_str()
        }
        _ => path.value.as_str(),
    };
    let parts: Vec<&str> =
        written.split('.').map(|part| if part == "self" { "this" } else { part }).collect();
    let found = bound.values.iter().find(|value| value.name.trim_start_matches("r#") == parts[0]);
    if found.is_some_and(|value| reaches(&value.recipe, &parts[1..])) {
        return Ok(parts.join("."));
    }
    let proposals = paths(bound);
    let fault =
        Fault::error(Code::UnknownArgument, path.span, format!("nothing here is called `{}`", path.value))
            .label("no value, and no field of one");
    let near = crate::model::nearest(&path.value, proposals.iter().map(String::as_str));
    let fault = near.iter().fold(fault, |fault, near| fault.help(format!("did you mean `{near}`?")));
    Err(if near.is_empty() && !proposals.is_empty() {
        fault.help(format!("there are `{}`", proposals.join("`, `")))
    } else {
        fault
    })
}

/// The fault of a declaration that does not say what is secret, with what may be meant.
fn nothing_secret(bound: &Bound<'_>) -> Fault {
    let span = bound.constraint.id.span;
    let fault = Fault::error(Code::MissingKey, span, "nothing says what is secret")
        .label("neither `secret` nor a sample with `{secret}`");
    let likely = paths(bound).into_iter().filter(|path| sounds_secret(path));
    let fault = likely.take(3).fold(fault, |fault, path| fault.help(format!("add `secret = \"{path}\"`")));
    fault.help(format!("or mark the place of a secret in a sample with `{MARK}`"))
}

/// `let secret = case.draw("secret", rt::text().like(&["{secret}"]))?;`
fn secret_text(name: &str) -> Step {
    let recipe = Recipe::Text { like: vec![MARK.to_owned()], only: true };
    Step::Draw { name: name.to_owned(), recipe, input: None, mutable: false }
}

/// `case.METHOD(arguments)?;`
pub(super) fn state(method: &'static str, arguments: Vec<Expr>) -> Step {
    Step::State { method, arguments, show: Show::Nothing }
}

/// The texts as a list in generated code.
pub(super) fn strings(texts: &[String]) -> Expr {
    parse_quote!(&[#(#texts),*])
}

/// Whether samples of texts or bytes, which the runtime plants secrets into, have the mark.
pub(super) fn has_mark(recipe: &Recipe) -> bool {
    match recipe {
        Recipe::Text { like, .. } => like.iter().any(|sample| sample.contains(MARK)),
        Recipe::Bytes { like, .. } => like.iter().any(|sample| is_marked(sample)),
        // The parts of a user's type have no samples.
        Recipe::Made(_) => false,
        other => other.parts().into_iter().any(has_mark),
    }
}

/// The recipe with secrets where its samples have the mark: those of expressions are taken from the value `secret`,
/// and `used` says whether there are any.
pub(super) fn planted(recipe: &Recipe, secret: &str, used: &mut bool) -> Recipe {
    let mut inner = |recipe: &Recipe| Box::new(planted(recipe, secret, used));
    match recipe {
        // A document made as a tree has no place where a sample says that there is one.
        Recipe::Document { like, text, only, .. } if like.iter().any(|sample| is_marked(sample)) => {
            let texts = like.iter().filter_map(|sample| String::from_utf8(sample.clone()).ok());
            match text {
                true => Recipe::Text { like: texts.collect(), only: *only },
                false => Recipe::Bytes { like: like.clone(), only: *only },
            }
        }
        Recipe::OneOf(values) => {
            Recipe::OneOf(values.iter().map(|value| in_expression(value, secret, used)).collect())
        }
        Recipe::Value(value) => Recipe::Value(in_expression(value, secret, used)),
        Recipe::Column { samples, is_near, fresh } => {
            let mut marked = false;
            let samples = samples.iter().map(|it| in_expression(it, secret, &mut marked)).collect();
            *used |= marked;
            // A changed sample could have its secret where it would be none.
            let fresh = if marked { None } else { fresh.clone() };
            Recipe::Column { samples, is_near: *is_near && !marked, fresh }
        }
        Recipe::Map { inner: of, map, ty } => {
            let of = inner(of);
            Recipe::Map { inner: of, map: in_expression(map, secret, used), ty: ty.clone() }
        }
        Recipe::Option(of) => Recipe::Option(inner(of)),
        Recipe::Vec(of) => Recipe::Vec(inner(of)),
        Recipe::Boxed(of) => Recipe::Boxed(inner(of)),
        Recipe::Known { inner: of, map, refuses, shown } => {
            Recipe::Known { inner: inner(of), map: map.clone(), refuses: *refuses, shown: *shown }
        }
        Recipe::Fitted { inner: of, fit } => Recipe::Fitted { inner: inner(of), fit: fit.clone() },
        Recipe::Fields { path, inner: of } => {
            let marked = std::cell::Cell::new(*used);
            let of = of.with_parts(&|part| {
                let mut one = false;
                let part = planted(part, secret, &mut one);
                marked.set(marked.get() || one);
                part
            });
            *used |= marked.get();
            Recipe::Fields { path: path.clone(), inner: Box::new(of) }
        }
        other => other.clone(),
    }
}

fn is_marked(bytes: &[u8]) -> bool {
    bytes.windows(MARK.len()).any(|window| window == MARK.as_bytes())
}

/// The expression with the value `secret` wherever one of its texts has the mark.
pub(super) fn in_expression(expression: &Expr, secret: &str, used: &mut bool) -> Expr {
    struct Planter<'p>(&'p str, bool);
    impl VisitMut for Planter<'_> {
        fn visit_expr_mut(&mut self, it: &mut Expr) {
            visit_mut::visit_expr_mut(self, it);
            let Expr::Lit(ExprLit { lit, .. }) = &*it else { return };
            let secret = ident(self.0);
            let planted: Option<Expr> = match lit {
                Lit::Str(text) if text.value().contains(MARK) => {
                    Some(parse_quote!((&*#text.replace(#MARK, &#secret))))
                }
                Lit::ByteStr(bytes) => String::from_utf8(bytes.value())
                    .ok()
                    .filter(|it| it.contains(MARK))
                    .map(|text| parse_quote!(#text.replace(#MARK, &#secret).as_bytes())),
                _ => None,
            };
            if let Some(planted) = planted {
                self.1 = true;
                *it = planted;
            }
        }
    }
    let mut planter = Planter(secret, false);
    let mut filled = expression.clone();
    planter.visit_expr_mut(&mut filled);
    *used |= planter.1;
    filled
}

/// Whether a value made like this has a part at the path.
pub(super) fn reaches(recipe: &Recipe, path: &[&str]) -> bool {
    let Some((first, rest)) = path.split_first() else { return true };
    let parts = named(recipe);
    if parts.is_empty() {
        return is_opaque(recipe) || recipe.parts().into_iter().any(|part| reaches(part, path));
    }
    parts.into_iter().any(|(name, part)| name == *first && reaches(part, rest))
}

/// Whether nobody knows what parts such a value has.
fn is_opaque(recipe: &Recipe) -> bool {
    matches!(recipe, Recipe::Strategy(_) | Recipe::Arbitrary(_))
}

/// The named parts of a user's type.
fn named(recipe: &Recipe) -> Vec<(String, &Recipe)> {
    fn member((member, recipe): &(Member, Recipe)) -> (String, &Recipe) {
        let name = match member {
            Member::Named(name) => name.to_string().trim_start_matches("r#").to_owned(),
            Member::Unnamed(index) => index.index.to_string(),
        };
        (name, recipe)
    }
    fn given(given: &Given) -> (String, &Recipe) {
        (given.name.clone(), &given.recipe)
    }
    match recipe {
        Recipe::Made(maker) => named(maker.recipe()),
        Recipe::Fields { inner, .. } => named(inner),
        Recipe::Struct { fields, .. } => fields.iter().map(member).collect(),
        Recipe::Enum { variants, .. } => {
            variants.iter().flat_map(|(_, fields)| fields.iter().map(member)).collect()
        }
        Recipe::Ways(ways) => {
            let arguments = ways.iter().flat_map(|way| &way.arguments);
            let steps = ways.iter().flat_map(|way| way.steps.iter().flat_map(|step| &step.arguments));
            arguments.chain(steps).map(given).collect()
        }
        _ => Vec::new(),
    }
}

/// The paths of the values and of their parts, two levels down.
pub(super) fn paths(bound: &Bound<'_>) -> Vec<String> {
    let mut paths = Vec::new();
    for value in &bound.values {
        below(&value.recipe, &value.name, 2, &mut paths);
    }
    paths
}

fn below(recipe: &Recipe, path: &str, levels: usize, into: &mut Vec<String>) {
    let parts = if levels > 0 { named(recipe) } else { Vec::new() };
    if !into.iter().any(|known| known == path) {
        into.push(path.to_owned());
    }
    for (name, part) in parts {
        below(part, &format!("{path}.{name}"), levels - 1, into);
    }
}

/// Words in the names of secrets.
const SECRETIVE: [&str; 14] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "apikey",
    "key",
    "credential",
    "credentials",
    "cookie",
    "session",
    "pin",
    "otp",
    "auth",
];

/// Whether the name at the end of a path is one that secrets have.
pub(super) fn sounds_secret(path: &str) -> bool {
    let name = path.rsplit('.').next().unwrap_or(path).to_lowercase();
    name.split('_').any(|word| SECRETIVE.contains(&word))
        || SECRETIVE[..4].iter().any(|word| name.contains(word))
}
