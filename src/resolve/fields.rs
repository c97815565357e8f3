//! Takes what a declaration says of the fields of a value, gives the recipe of the value.
//!
//! Fields of which nothing is said are made from their types; how those are made otherwise is never changed here.

use std::cell::RefCell;

use super::generating::{Generating, Outcome, Refusal, Unfit};
use super::generator::cannot;
use super::items::{Definition, ItemId};
use super::made::{Given, Obstacle, Recipe, Way};
use super::paths::Found;
use super::syntax::{joined, ours};
use super::ty::Ty;
use crate::model::{Base, Code, Fault, Generator, Spanned, did_you_mean, nearest};

/// Makes a field by its name and type; nothing if that cannot be.
type Making<'s> = &'s dyn Fn(&str, &Ty) -> Option<Recipe>;

/// The fields of which something is said, and how they are made.
pub(super) struct Said<'s> {
    names: Vec<&'s str>,
    making: Making<'s>,
}

impl Said<'_> {
    /// No field.
    pub(super) fn nothing() -> Said<'static> {
        Said { names: Vec::new(), making: &|_, _| None }
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether something is said of the field.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains(&name)
    }

    /// How the field is made; `None` if nothing is said of it.
    pub(super) fn made(&self, name: &str, ty: &Ty) -> Option<Result<Recipe, Obstacle>> {
        let made = || (self.making)(name, ty).ok_or_else(|| Obstacle::new("its generator does not fit"));
        self.has(name).then(made)
    }

    /// Whether the way sets every field of which something is said.
    pub(super) fn is_all_in(&self, way: &Way) -> bool {
        let set: Vec<&str> = of_way(way).filter(|(_, required)| *required).map(|(name, _)| name).collect();
        self.names.iter().all(|name| set.contains(name))
    }
}

/// The names that a way takes, and whether it always does.
fn of_way(way: &Way) -> impl Iterator<Item = (&str, bool)> {
    fn named(given: &Given) -> &str {
        &given.name
    }
    let first = way.arguments.iter().map(|given| (named(given), true));
    let later = way
        .steps
        .iter()
        .flat_map(|step| step.arguments.iter().map(move |given| (named(given), step.required)));
    first.chain(later)
}

impl Generating<'_> {
    /// A value of which fields are said.
    pub(super) fn of_fields(
        &self,
        generator: &Generator,
        ty: Option<&Ty>,
        depth: u8,
    ) -> Result<Outcome, Refusal> {
        let of_base = match generator.base.as_ref().map(|base| &base.value) {
            Some(Base::Type(written)) => Some(self.type_of(written)?),
            Some(_) => return Err(Refusal::Reported),
            None => None,
        };
        let Some(ty) = of_base.as_ref().or(ty) else { return self.plain(None, generator.span) };
        let recipe = self
            .shaped(ty, &|ty| Ok(self.with_fields(&generator.fields, ty, depth)?))
            .map_err(|unfit: Unfit| unfit.refusal(generator.span))?;
        Ok((recipe, Some(ty.clone())))
    }

    fn with_fields(
        &self,
        fields: &[(Spanned<String>, Generator)],
        ty: &Ty,
        depth: u8,
    ) -> Result<Recipe, Refusal> {
        let Ty::Local(id, arguments) = ty else { return Err(self.has_none(fields, ty).into()) };
        let refused = RefCell::new(None);
        let making = |name: &str, ty: &Ty| {
            let (_, generator) = fields.iter().find(|(field, _)| field.value == name)?;
            match self.field(generator, ty, depth) {
                Ok(made) => Some(made),
                Err(refusal) => {
                    refused.borrow_mut().get_or_insert(refusal);
                    None
                }
            }
        };
        let names = fields.iter().map(|(name, _)| name.value.as_str()).collect();
        let said = Said { names, making: &making };
        let made = self.krate.with_fields(*id, arguments, &said);
        if let Ok(recipe) = &made
            && Self::unknown(fields, &names_of(recipe)).is_none()
        {
            return made.map_err(|_| Refusal::Reported);
        }
        if let Some(refusal) = refused.into_inner() {
            return Err(refusal);
        }
        Err(self.unmade(fields, *id, arguments, made.err()).into())
    }

    /// One field; what is borrowed is kept by the case.
    fn field(&self, generator: &Generator, ty: &Ty, depth: u8) -> Result<Recipe, Refusal> {
        let (Ty::Ref(inner) | Ty::RefMut(inner)) = ty else {
            return Ok(self.inside(generator, Some(ty), depth)?.0);
        };
        let (made, _) = self.inside(generator, Some(&inner.sized()), depth)?;
        Ok(self.krate.borrowed(made, inner, matches!(ty, Ty::RefMut(_))))
    }

    fn has_none(&self, fields: &[(Spanned<String>, Generator)], ty: &Ty) -> Fault {
        let name = &fields[0].0;
        let wanted = ty.written(&self.krate.public, self.krate.library);
        let wanted = wanted.map_or_else(|| "this value".to_owned(), |ty| format!("a value of `{ty}`"));
        let fault =
            Fault::error(Code::UnknownField, name.span, format!("{wanted} has no field `{}`", name.value))
                .label("taken for a field, for a table stands behind it");
        let near = nearest(&name.value, ["each", "each_key", "pieces_of", "folder"]);
        fault.help(
            did_you_mean(&near)
                .unwrap_or_else(|| "fields are those of your own structs and enums".to_owned()),
        )
    }

    /// The first field of which something is said and that is not among the known ones.
    fn unknown<'f>(
        fields: &'f [(Spanned<String>, Generator)],
        known: &[String],
    ) -> Option<&'f Spanned<String>> {
        fields.iter().map(|(name, _)| name).find(|name| !known.contains(&name.value))
    }

    /// The fault for fields that the type does not have, or that nothing can set.
    fn unmade(
        &self,
        fields: &[(Spanned<String>, Generator)],
        id: ItemId,
        arguments: &[Ty],
        obstacle: Option<Obstacle>,
    ) -> Fault {
        let item = self.krate.items.item(id);
        let known = match self.krate.with_fields(id, arguments, &Said::nothing()) {
            Ok(recipe) => names_of(&recipe),
            Err(_) => own_names(&item.definition),
        };
        let Some(name) = Self::unknown(fields, &known) else {
            let why = "no function that makes it takes all of these".to_owned();
            let obstacle = obstacle.unwrap_or(Obstacle { why, span: Some(item.span) });
            return cannot(
                fields[0].0.span,
                &format!("a value of `{}` with these fields", item.name),
                &obstacle,
            );
        };
        let is_own = own_names(&item.definition).contains(&name.value);
        let message = format!("`{}` has no field `{}` that a test can set", item.name, name.value);
        let label = if is_own { "private, and no public function takes it" } else { "no such field" };
        let fault =
            Fault::error(Code::UnknownField, name.span, message).label(label).also(item.span, "the type");
        let near = did_you_mean(&nearest(&name.value, known.iter().map(String::as_str)));
        fault.help(match (near, known.is_empty()) {
            (Some(near), _) => near,
            (None, true) => {
                "nothing of it can be set; build it with `value = \"Rust expression\"`".to_owned()
            }
            (None, false) => format!("what can be set is `{}`", known.join("`, `")),
        })
    }
}

impl super::lower::Crate<'_> {
    /// A struct or enum of the user with these fields, made where it is used: by its parts, else by its functions.
    pub(super) fn with_fields(
        &self,
        id: ItemId,
        arguments: &[Ty],
        said: &Said<'_>,
    ) -> Result<Recipe, Obstacle> {
        let item = self.items.item(id);
        let Some(path) = self.public.path(&Found::Item(id)) else {
            return Err(Obstacle { why: format!("`{}` is private", item.name), span: Some(item.span) });
        };
        let path = joined(path, self.library);
        let made = self.parts(id, arguments, ours(&path), said).or_else(|obstacle| {
            match self.constructors(id, arguments, &path, said) {
                ways if ways.is_empty() => Err(obstacle),
                ways => Ok(Recipe::Ways(ways)),
            }
        });
        made.map(|inner| Recipe::Fields { path, inner: Box::new(inner) })
    }
}

/// The names of what a recipe of fields sets.
fn names_of(recipe: &Recipe) -> Vec<String> {
    let member = |member: &syn::Member| match member {
        syn::Member::Named(name) => name.to_string().trim_start_matches("r#").to_owned(),
        syn::Member::Unnamed(index) => index.index.to_string(),
    };
    let mut names: Vec<String> = match recipe {
        Recipe::Fields { inner, .. } => return names_of(inner),
        Recipe::Struct { fields, .. } => fields.iter().map(|(name, _)| member(name)).collect(),
        Recipe::Enum { variants, .. } => {
            variants.iter().flat_map(|(_, fields)| fields.iter().map(|(name, _)| member(name))).collect()
        }
        Recipe::Ways(ways) => ways.iter().flat_map(of_way).map(|(name, _)| name.to_owned()).collect(),
        _ => Vec::new(),
    };
    names.sort();
    names.dedup();
    names
}

/// The names of the fields that a type is declared with.
fn own_names(definition: &Definition) -> Vec<String> {
    let of = |fields: &syn::Fields| -> Vec<String> {
        let named = fields.iter().filter_map(|field| field.ident.as_ref());
        named.map(|name| name.to_string().trim_start_matches("r#").to_owned()).collect()
    };
    match definition {
        Definition::Struct(definition) => of(&definition.fields),
        Definition::Enum(definition) => {
            definition.variants.iter().flat_map(|variant| of(&variant.fields)).collect()
        }
        _ => Vec::new(),
    }
}
