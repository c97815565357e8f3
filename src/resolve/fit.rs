//! Takes generators of parts, and what values have to keep to, gives the recipe of the whole.

use super::generating::{Generating, Outcome, Refusal, Unfit};
use super::made::Recipe;
use super::ty::Ty;
use crate::model::{Base, Code, Fault, Fit, Format, Generator, Span, Spanned};

impl Generating<'_> {
    /// A collection whose elements, and keys if it is a map, are made like this.
    pub(super) fn each(
        &self,
        key: Option<&Generator>,
        element: Option<&Generator>,
        ty: Option<&Ty>,
        span: Span,
        depth: u8,
    ) -> Result<Outcome, Refusal> {
        let is_map = ty.is_some_and(is_map);
        if let Some(key) = key.filter(|_| !is_map) {
            let fault = Fault::error(Code::InvalidValue, key.span, "the value is no map, so it has no keys");
            return Err(fault.help("say how its elements are made with `each`").into());
        }
        let Some(ty) = ty else {
            // The type is not known, and the reader lets nothing pass that has no element then.
            let Some(element) = element else { return Err(Refusal::Reported) };
            let (recipe, ty) = self.inside(element, None, depth)?;
            return Ok((Recipe::Vec(Box::new(recipe)), ty.map(|ty| Ty::Vec(Box::new(ty)))));
        };
        let part = |generator: Option<&Generator>, ty: &Ty| -> Result<Recipe, Unfit> {
            match generator {
                Some(generator) => Ok(self.inside(generator, Some(ty), depth)?.0),
                None => Ok(self.plain(Some(ty), span)?.0),
            }
        };
        let make = |ty: &Ty| match ty {
            Ty::Vec(inner) => match (&**inner, is_map) {
                (Ty::Tuple(pair), true) if pair.len() == 2 => {
                    let pair = vec![part(key, &pair[0])?, part(element, &pair[1])?];
                    Ok(Recipe::Vec(Box::new(Recipe::Tuple(pair))))
                }
                _ => Ok(Recipe::Vec(Box::new(part(element, inner)?))),
            },
            Ty::Array(inner, length) => {
                Ok(Recipe::Array(Box::new(part(element, inner)?), (**length).clone()))
            }
            ty => Err(Unfit::of_type(self.krate, "a collection", ty)),
        };
        let recipe = self.shaped(ty, &make).map_err(|unfit| unfit.refusal(span))?;
        Ok((recipe, Some(ty.clone())))
    }

    /// A list of texts or of bytes that are the pieces of one.
    pub(super) fn pieces(
        &self,
        stream: &Generator,
        ty: Option<&Ty>,
        span: Span,
        depth: u8,
    ) -> Result<Outcome, Refusal> {
        let Some(ty) = ty else {
            let (recipe, ty) = self.inside(stream, None, depth)?;
            return Ok((Recipe::Pieces(Box::new(recipe)), ty.map(|ty| Ty::Vec(Box::new(ty)))));
        };
        let make = |ty: &Ty| match ty {
            Ty::Vec(inner) if inner.is_text() || inner.is_bytes() => {
                Ok(Recipe::Pieces(Box::new(self.inside(stream, Some(inner), depth)?.0)))
            }
            ty => Err(Unfit::of_type(self.krate, "a list of texts or of bytes", ty)),
        };
        let recipe = self.shaped(ty, &make).map_err(|unfit| unfit.refusal(span))?;
        Ok((recipe, Some(ty.clone())))
    }

    /// A document of a format, with the samples that `base` gives.
    pub(super) fn document(
        &self,
        format: &Spanned<Format>,
        base: Option<&Spanned<Base>>,
        ty: Option<&Ty>,
        only: bool,
    ) -> Result<Outcome, Refusal> {
        let (mut like, mut files) = (Vec::new(), Vec::new());
        match base.map(|base| &base.value) {
            Some(Base::Like(samples)) => like.extend(samples.iter().map(|it| it.value.clone().into_bytes())),
            Some(Base::LikeHex(samples)) => like.extend(samples.iter().map(|it| it.value.clone())),
            Some(Base::LikeFile(globs)) => files = self.krate.files.named(globs, false)?,
            _ => {}
        }
        let natural = if format.value.is_text() { Ty::String } else { Ty::bytes() };
        let ty = ty.cloned().unwrap_or(natural);
        let make = |ty: &Ty| {
            if !ty.is_text() && !ty.is_bytes() {
                return Err(Unfit::of_type(self.krate, "a document", ty));
            }
            let (like, files) = (like.clone(), files.clone());
            Ok(Recipe::Document { format: format.value, text: ty.is_text(), like, files, only })
        };
        let recipe = self.shaped(&ty, &make).map_err(|unfit| unfit.refusal(format.span))?;
        Ok((recipe, Some(ty)))
    }

    /// What an input changes with `map` is out of the reach of whoever uses the input.
    pub(super) fn no_map_before_fit(&self, generator: &Generator) -> Result<(), Refusal> {
        let (Some(at), Some(base)) = (generator.fit.span(), &generator.base) else { return Ok(()) };
        let Base::Input(id) = &base.value else { return Ok(()) };
        match self.model.inputs.get(&id.value).and_then(|input| input.generator.map.as_ref()) {
            Some(map) => Err(Fault::error(Code::InvalidValue, at, "this would hold before `map` only")
                .also(map.span, "the input is changed here afterwards")
                .help("say it in the input itself, if it is about what `map` starts from")
                .into()),
            None => Ok(()),
        }
    }
}

/// Whether values of the type have keys.
fn is_map(ty: &Ty) -> bool {
    match ty {
        Ty::Std(std, parts) if std.from == "Vec<(A, B)>" => parts.len() == 2,
        Ty::Std(_, parts) => parts.first().is_some_and(is_map),
        Ty::Option(inner) | Ty::Boxed(inner) => is_map(inner),
        _ => false,
    }
}

/// The recipe whose values keep to `fit`.
pub(super) fn fitted(recipe: Recipe, fit: &Fit) -> Result<Recipe, Refusal> {
    let Some(span) = fit.span() else { return Ok(recipe) };
    let of_characters = fit.letters.as_ref().map(|it| it.span).or(fit.without.first().map(|it| it.span));
    inner_fitted(recipe, fit, of_characters.is_some()).map_err(|what| {
        let (at, message) = match of_characters {
            Some(at) if what == LIST => (at, "only texts and bytes have characters".to_owned()),
            _ => (span, format!("{what} has no length of its own")),
        };
        let fault = Fault::error(Code::InvalidValue, at, message);
        let help = if what == LIST { "say it of the elements: `each = { … }`" } else { "take it out" };
        fault.help(help).into()
    })
}

const LIST: &str = "a list";

/// Goes down to where a text, bytes or a list is made; else what is made there.
fn inner_fitted(recipe: Recipe, fit: &Fit, of_characters: bool) -> Result<Recipe, &'static str> {
    let inside = |inner: Recipe| inner_fitted(inner, fit, of_characters).map(Box::new);
    Ok(match recipe {
        Recipe::Option(inner) => Recipe::Option(inside(*inner)?),
        Recipe::Boxed(inner) => Recipe::Boxed(inside(*inner)?),
        Recipe::Map { inner, map, ty } => Recipe::Map { inner: inside(*inner)?, map, ty },
        Recipe::Known { inner, map, refuses, shown } => {
            Recipe::Known { inner: inside(*inner)?, map, refuses, shown }
        }
        Recipe::Kept { inner, view, mutable, leaked } => {
            Recipe::Kept { inner: inside(*inner)?, view, mutable, leaked }
        }
        Recipe::Vec(_) if of_characters => return Err(LIST),
        Recipe::Text { .. }
        | Recipe::Bytes { .. }
        | Recipe::LikeFiles { .. }
        | Recipe::Near { .. }
        | Recipe::Strategy(_)
        | Recipe::Fitted { .. }
        | Recipe::Vec(_) => Recipe::Fitted { inner: Box::new(recipe), fit: fit.clone() },
        Recipe::Integer { .. } | Recipe::Float { .. } => return Err("a number"),
        Recipe::Array(..) => return Err("an array"),
        Recipe::Pieces(_) => return Err("a list of pieces"),
        _ => return Err("a value of this type"),
    })
}
