//! Takes what a declaration says about a value and the type it has to have, gives the recipe.

use super::expression;
use super::fit::fitted;
use super::generating::{Generating, Made, Outcome, Refusal, Unfit};
use super::lent::lent;
use super::literal;
use super::lower::{Crate, Env};
use super::made::{Conversion, Obstacle, Recipe};
use super::paths::Scope;
use super::syntax::ours;
use super::ty::Ty;
use crate::model::{Base, Code, Expression, Fault, Generator, Literal, Span, Spanned, nearest};

/// Inputs of inputs end here.
const DEEPEST_INPUT: u8 = 64;

impl Generating<'_> {
    /// The recipe for `generator`, for a value of type `ty` if the target decides that.
    pub(super) fn generate(&self, generator: &Generator, ty: Option<&Ty>) -> Result<Outcome, Refusal> {
        self.step(generator, ty, generator.only, 0)
    }

    /// The recipe of a part of a value.
    pub(super) fn inside(
        &self,
        generator: &Generator,
        ty: Option<&Ty>,
        depth: u8,
    ) -> Result<Outcome, Refusal> {
        if depth >= DEEPEST_INPUT {
            let fault = Fault::error(Code::InvalidValue, generator.span, "generators are nested too deep");
            return Err(fault.help(format!("at most {DEEPEST_INPUT} in each other")).into());
        }
        self.step(generator, ty, generator.only, depth + 1)
    }

    /// What a generator makes before `map` changes it.
    fn unmapped(
        &self,
        generator: &Generator,
        ty: Option<&Ty>,
        only: bool,
        depth: u8,
    ) -> Result<Outcome, Refusal> {
        let fit = &generator.fit;
        if let Some(format) = &generator.format {
            return self.document(format, generator.base.as_ref(), ty, only);
        }
        if !generator.fields.is_empty() {
            let (recipe, ty) = self.of_fields(generator, ty, depth)?;
            return Ok((fitted(recipe, fit)?, ty));
        }
        let (recipe, ty) = match &generator.base {
            Some(base) => self.base(base, ty, only, depth)?,
            // What is said of characters is said of a text.
            None if ty.is_none() && (fit.letters.is_some() || !fit.without.is_empty()) => {
                self.plain(Some(&Ty::String), generator.span)?
            }
            None => self.plain(ty, generator.span)?,
        };
        self.no_map_before_fit(generator)?;
        Ok((fitted(recipe, fit)?, ty))
    }

    fn step(
        &self,
        generator: &Generator,
        ty: Option<&Ty>,
        only: bool,
        depth: u8,
    ) -> Result<Outcome, Refusal> {
        let base = |ty: Option<&Ty>| {
            let natural = self.cells.first().and_then(|cell| exact_type(cell));
            let ty = ty.or(natural.as_ref().filter(|_| depth == 0));
            let made = self.unmapped(generator, ty, only, depth);
            if depth == 0 && !self.cells.is_empty() { self.column(made, ty, only) } else { made }
        };
        let stated = generator.ty.as_ref().map(|written| self.type_of(written)).transpose()?;
        let Some(map) = &generator.map else { return base(stated.as_ref().or(ty)) };
        // Without a base the type decides what there is to change; with one, `map` is what leads to the type.
        let starts = generator.base.is_some() || generator.format.is_some();
        let (inner, _) = if starts { base(stated.as_ref())? } else { base(ty)? };
        let map = self.mapping(map)?;
        let syntax = ty.and_then(|ty| self.krate.syntax(ty));
        Ok((Recipe::Map { inner: Box::new(inner), map, ty: syntax }, ty.cloned()))
    }

    pub(super) fn plain(&self, ty: Option<&Ty>, span: Span) -> Result<Outcome, Refusal> {
        match ty {
            Some(ty) => {
                let recipe =
                    self.krate.recipe(ty).map_err(|obstacle| cannot(span, "this value", &obstacle))?;
                Ok((recipe, Some(ty.clone())))
            }
            None => Err(Fault::error(Code::CannotGenerate, span, "nothing says what type this value has")
                .help(
                    "it is no parameter of the target, so give it a generator, such as `type = \"Vec<u8>\"`",
                )
                .into()),
        }
    }

    /// Long because it is a table: one arm for each base.
    fn base(&self, base: &Spanned<Base>, ty: Option<&Ty>, only: bool, depth: u8) -> Result<Outcome, Refusal> {
        let span = base.span;
        let shape = |natural: Ty, make: &dyn Fn(&Ty) -> Result<Recipe, Unfit>| -> Result<Outcome, Refusal> {
            let ty = ty.cloned().unwrap_or(natural);
            Ok((self.shaped(&ty, make).map_err(|unfit| unfit.refusal(span))?, Some(ty)))
        };
        let kept = ty.cloned();
        Ok(match &base.value {
            Base::Like(samples) => shape(Ty::String, &|ty| like(self.krate, samples, ty, only))?,
            Base::LikeFile(globs) => shape(self.of_files(globs), &|ty| {
                let (paths, text) = files(self.krate, globs, ty)?;
                Ok(Recipe::LikeFiles { paths, text, only })
            })?,
            Base::OneOfFile(globs) => shape(self.of_files(globs), &|ty| {
                let (paths, text) = files(self.krate, globs, ty)?;
                Ok(Recipe::OneOfFiles { paths, text })
            })?,
            Base::Each { key, element } => self.each(key.as_deref(), element.as_deref(), ty, span, depth)?,
            Base::PiecesOf(stream) => self.pieces(stream, ty, span, depth)?,
            Base::Folder(files) => self.folder(files, ty, span, only, depth)?,
            Base::Program => self.program(ty, span)?,
            Base::Server(start) => self.server(start, ty)?,
            Base::LikeHex(samples) => shape(Ty::bytes(), &|ty| like_hex(self.krate, samples, ty, only))?,
            Base::Matching(pattern) => shape(Ty::String, &|ty| matching(self.krate, &pattern.value, ty))?,
            Base::Range(range) => {
                let text = Expression { text: range.value.clone(), span: range.span };
                let what = "a range of numbers";
                let range: syn::Expr =
                    expression::parse(&text, self.krate.library, what, self.krate.sources)?.syntax;
                let whole =
                    || if literal::is_float_range(&range) { Ty::Float("f64") } else { Ty::Integer("i64") };
                let natural = literal::type_of_range(&range)
                    .and_then(|name| Ty::primitive(&name))
                    .unwrap_or_else(whole);
                shape(natural, &|ty| ranged(self.krate, &range, ty))?
            }
            Base::Is(value) => {
                (Recipe::Value(self.literal(value, ty)?), kept.or_else(|| literal_type(&value.value)))
            }
            Base::OneOf(values) => {
                let first = values.first().and_then(|first| literal_type(&first.value));
                if let Some(other) = odd_one(values).filter(|_| ty.is_none()) {
                    return Err(Fault::error(Code::InvalidValue, other, "these values have different types")
                        .help("give one sort of value, or `strategy = \"proptest strategy\"`")
                        .into());
                }
                let values: Result<_, _> = values.iter().map(|value| self.literal(value, ty)).collect();
                (Recipe::OneOf(values?), kept.or(first))
            }
            Base::Value(value) => (Recipe::Value(self.expression(value, "a Rust expression")?), kept),
            Base::Strategy(value) => (Recipe::Strategy(self.expression(value, "a Rust expression")?), kept),
            Base::Type(written) => self.typed(written)?,
            Base::Near(other) => self.near(other, ty)?,
            Base::Input(id) => match self.model.inputs.get(&id.value) {
                Some(input) if depth < DEEPEST_INPUT => {
                    self.step(&input.generator, ty, only || input.generator.only, depth + 1)?
                }
                // The reader of declarations has refused unknown names and circles.
                _ => return Err(Refusal::Reported),
            },
        })
    }

    /// A recipe for `ty` whose innermost part `make` gives: what is optional, boxed or converted stays so.
    pub(super) fn shaped(
        &self,
        ty: &Ty,
        make: &dyn Fn(&Ty) -> Result<Recipe, Unfit>,
    ) -> Result<Recipe, Unfit> {
        if let Some(Conversion { source, map, refuses }) = self.krate.converted(ty) {
            let inner = Box::new(self.shaped(&source, make)?);
            return Ok(self.krate.converting(ty, inner, &map, refuses));
        }
        Ok(match ty {
            Ty::Option(inner) => Recipe::Option(Box::new(self.shaped(inner, make)?)),
            Ty::Boxed(inner) => Recipe::Boxed(Box::new(self.shaped(inner, make)?)),
            ty => make(ty)?,
        })
    }

    fn literal(&self, value: &Spanned<Literal>, ty: Option<&Ty>) -> Result<syn::Expr, Refusal> {
        self.krate.literal(&value.value, ty).map_err(|why| {
            Fault::error(Code::InvalidValue, value.span, "this value does not fit the type of the parameter")
                .label(why)
                .into()
        })
    }

    pub(super) fn expression(&self, expression: &Expression, what: &str) -> Result<syn::Expr, Refusal> {
        let code = expression::code(expression, self.krate.library, what, self.krate.sources)?;
        let known: Vec<&str> = self.earlier.iter().map(|made| made.value.name.as_str()).collect();
        self.scope.check(self.krate, expression, &code, &known)?;
        Ok(code.syntax)
    }

    fn mapping(&self, expression: &Expression) -> Result<syn::Expr, Refusal> {
        let what = "a Rust expression over `it`";
        let code = expression::code(expression, self.krate.library, what, self.krate.sources)?;
        let earlier = self.earlier.iter().map(|made| made.value.name.as_str());
        let known: Vec<&str> = earlier.chain(["it"]).collect();
        self.scope.check(self.krate, expression, &code, &known)?;
        Ok(code.syntax)
    }

    /// The values that the rows of samples have, and what `made` makes besides.
    fn column(
        &self,
        made: Result<Outcome, Refusal>,
        ty: Option<&Ty>,
        only: bool,
    ) -> Result<Outcome, Refusal> {
        let (fresh, ty) = match made {
            Ok((fresh, of_base)) => (Some(fresh), ty.cloned().or(of_base)),
            // What the rows give needs nothing else to make values from.
            Err(Refusal::Fault(fault)) if fault.code == Code::CannotGenerate => (None, ty.cloned()),
            Err(refusal) => return Err(refusal),
        };
        let samples: Vec<_> =
            self.cells.iter().map(|cell| self.cell(cell, ty.as_ref())).collect::<Result<_, _>>()?;
        let is_near =
            matches!(ty, Some(Ty::String | Ty::Integer(_))) || ty.as_ref().is_some_and(Ty::is_bytes);
        let fresh = fresh.filter(|_| !only).map(Box::new);
        Ok((Recipe::Column { samples, is_near, fresh }, ty))
    }

    fn cell(&self, cell: &Generator, ty: Option<&Ty>) -> Result<syn::Expr, Refusal> {
        match cell.base.as_ref().map(|base| &base.value) {
            Some(Base::Is(value)) => self.literal(value, ty),
            Some(Base::Value(value)) => self.expression(value, "a Rust expression"),
            // The reader of declarations lets nothing else pass.
            _ => Err(Refusal::Reported),
        }
    }

    /// What files are where nothing else decides that.
    fn of_files(&self, globs: &[Spanned<String>]) -> Ty {
        if self.krate.files.are_texts(globs) { Ty::String } else { Ty::bytes() }
    }

    fn typed(&self, written: &Expression) -> Result<Outcome, Refusal> {
        let owned = self.type_of(written)?;
        let what = format!("a value of `{}`", written.text);
        let recipe = self.krate.recipe(&owned).map_err(|obstacle| cannot(written.span, &what, &obstacle))?;
        Ok((recipe, Some(owned)))
    }

    /// The type of the values that `type = ".."` asks for.
    pub(super) fn type_of(&self, written: &Expression) -> Result<Ty, Refusal> {
        let sources = self.krate.sources;
        let syntax =
            expression::parse::<syn::Type>(written, self.krate.library, "a Rust type", sources)?.syntax;
        let ty = self.krate.lower(&syntax, &Env::new(Scope::Outside, None));
        if let Some((owned, _)) = lent(&ty) {
            return Ok(owned);
        }
        let why = "it borrows from a value that nothing owns".to_owned();
        let what = format!("a value of `{}`", written.text);
        Err(cannot(written.span, &what, &Obstacle { why, span: None }).into())
    }

    fn near(&self, other: &Spanned<String>, ty: Option<&Ty>) -> Result<Outcome, Refusal> {
        let named = |made: &&Made| made.value.name == other.value;
        let Some(made) = self.earlier.iter().find(named) else {
            let known = self.earlier.iter().map(|made| made.value.name.as_str());
            let message = format!("no value `{}` is made before this one", other.value);
            let fault = Fault::error(Code::UnknownArgument, other.span, message)
                .help("`near` names a value that is declared above it");
            let near = nearest(&other.value, known);
            return Err(near
                .iter()
                .fold(fault, |fault, near| fault.help(format!("did you mean `{near}`?")))
                .into());
        };
        if let (Some(ty), Some(others)) = (ty, &made.ty)
            && ty != others
        {
            let why = format!("`{}` is of another type than this value", other.value);
            return Err(Fault::error(Code::InvalidValue, other.span, why)
                .also(made.value.origin, "made here")
                .help("only values of one type can be near each other")
                .into());
        }
        let of_other = match &made.value.recipe {
            Recipe::Near { fresh, .. } => fresh,
            recipe => recipe,
        };
        // Samples of the other value are samples of this one.
        let fresh = of_other.of_its_samples().unwrap_or_else(|| {
            match ty.or(made.ty.as_ref()).map(|ty| self.krate.recipe(ty)) {
                Some(Ok(recipe)) => recipe,
                // What the type does not tell, the other value's own generator does.
                _ => of_other.clone(),
            }
        });
        let ty_of_both = ty.or(made.ty.as_ref());
        let changes = |ty: &Ty| ty.is_text() || ty.is_bytes() || matches!(ty, Ty::Integer(_));
        let by_choices = ty_of_both.is_some_and(|ty| !changes(ty));
        let of_other = by_choices.then(|| Box::new(made.value.recipe.clone()));
        let recipe = Recipe::Near { other: other.value.clone(), fresh: Box::new(fresh), made: of_other };
        Ok((recipe, ty.cloned().or_else(|| made.ty.clone())))
    }
}

/// The fault for a value that cannot be made, without a proposal.
pub(super) fn cannot(span: Span, what: &str, obstacle: &Obstacle) -> Fault {
    let fault = Fault::error(Code::CannotGenerate, span, format!("{what} cannot be made"))
        .label(obstacle.why.clone());
    let fault = match obstacle.span {
        Some(span) => fault.also(span, "this is in the way"),
        None => fault,
    };
    fault
        .help(
            "use `value = \"Rust expression\"` for one value, or `strategy = \"proptest strategy\"` for many",
        )
        .help("use `{ type = \"T\", map = \"Rust over it\" }` to build it from something simpler")
}

fn like(krate: &Crate<'_>, samples: &[Spanned<String>], ty: &Ty, only: bool) -> Result<Recipe, Unfit> {
    if ty.is_text() {
        Ok(Recipe::Text { like: samples.iter().map(|it| it.value.clone()).collect(), only })
    } else if ty.is_bytes() {
        Ok(Recipe::Bytes { like: samples.iter().map(|it| it.value.clone().into_bytes()).collect(), only })
    } else {
        Err(Unfit::of_type(krate, "a text", ty))
    }
}

fn like_hex(krate: &Crate<'_>, samples: &[Spanned<Vec<u8>>], ty: &Ty, only: bool) -> Result<Recipe, Unfit> {
    if ty.is_bytes() {
        Ok(Recipe::Bytes { like: samples.iter().map(|it| it.value.clone()).collect(), only })
    } else {
        Err(Unfit::of_type(krate, "a list of bytes", ty))
    }
}

/// The files that globs name, and whether they are read as texts.
fn files(krate: &Crate<'_>, globs: &[Spanned<String>], ty: &Ty) -> Result<(Vec<String>, bool), Unfit> {
    if !ty.is_text() && !ty.is_bytes() {
        return Err(Unfit::of_type(krate, "the content of a file", ty));
    }
    Ok((krate.files.named(globs, ty.is_text())?, ty.is_text()))
}

fn matching(krate: &Crate<'_>, pattern: &str, ty: &Ty) -> Result<Recipe, Unfit> {
    let text = Recipe::Matching(pattern.to_owned());
    if ty.is_text() {
        Ok(text)
    } else if ty.is_bytes() {
        let ty = krate.syntax(&Ty::bytes());
        Ok(Recipe::Map { inner: Box::new(text), map: ours("it.into_bytes()"), ty })
    } else {
        Err(Unfit::of_type(krate, "a text", ty))
    }
}

fn ranged(krate: &Crate<'_>, range: &syn::Expr, ty: &Ty) -> Result<Recipe, Unfit> {
    match ty {
        Ty::Integer(name) => Ok(Recipe::Integer { ty: name, range: Some(literal::range(range, name)?) }),
        Ty::Float(name) => Ok(Recipe::Float { ty: name, range: Some(literal::range(range, name)?) }),
        ty => Err(Unfit::of_type(krate, "a range of numbers", ty)),
    }
}

/// The first value of another sort than the first of all.
fn odd_one(values: &[Spanned<Literal>]) -> Option<Span> {
    let first = std::mem::discriminant(&values.first()?.value);
    values.iter().find(|value| std::mem::discriminant(&value.value) != first).map(|value| value.span)
}

/// The type of a sample of which only TOML says what it is.
fn exact_type(cell: &Generator) -> Option<Ty> {
    match &cell.base.as_ref()?.value {
        Base::Is(value) => literal_type(&value.value),
        _ => None,
    }
}

/// The type of a value of which only TOML says what it is.
fn literal_type(literal: &Literal) -> Option<Ty> {
    match literal {
        Literal::Text(_) => Some(Ty::String),
        Literal::Bytes(_) => Some(Ty::bytes()),
        Literal::Integer(_) => Some(Ty::Integer("i64")),
        Literal::Float(_) => Some(Ty::Float("f64")),
        Literal::Boolean(_) => Some(Ty::Bool),
        Literal::Array(parts) => Some(Ty::Vec(Box::new(literal_type(parts.first()?)?))),
    }
}
