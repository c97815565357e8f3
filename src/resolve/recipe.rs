//! Takes a type, says how a value of it is made and how that value is passed on.
//!
//! Only types: what a declaration says about a value is worked in by `generator`.

use syn::spanned::Spanned as _;

use super::bound::{Lend, Recipe};
use super::expression::{ident, joined, ours};
use super::items::{Definition, ItemId, place};
use super::lower::{Crate, Env};
use super::paths::Found;
use super::std_types::From;
use super::ty::Ty;
use crate::model::Span;

/// Why a value cannot be made, as a fragment, and the place in the sources that decides it.
#[derive(Debug)]
pub(super) struct Obstacle {
    /// What is in the way.
    pub why: String,
    /// Where it stands; none if that is the parameter itself.
    pub span: Option<Span>,
}

impl Obstacle {
    fn new(why: impl Into<String>) -> Self {
        Self { why: why.into(), span: None }
    }
}

/// The owned type behind the type of a parameter, and how the parameter borrows from it.
///
/// Nothing if the borrow cannot be had from one owned value.
pub(super) fn lent(ty: &Ty) -> Option<(Ty, Lend)> {
    match ty {
        Ty::Ref(inner) => referred(inner, Lend::Ref, true),
        Ty::RefMut(inner) => referred(inner, Lend::RefMut, false),
        Ty::Vec(inner) => {
            let (owned, lend) = lent(inner)?;
            let lend = if lend == Lend::Move { lend } else { Lend::Each(Box::new(lend)) };
            Some((Ty::Vec(Box::new(owned)), lend))
        }
        Ty::Option(inner) => {
            let (owned, lend) = lent(inner)?;
            let lend = if lend == Lend::Move { lend } else { Lend::Option(Box::new(lend)) };
            Some((Ty::Option(Box::new(owned)), lend))
        }
        Ty::Tuple(parts) => {
            let (owned, lends): (Vec<_>, Vec<_>) =
                parts.iter().map(lent).collect::<Option<Vec<_>>>()?.into_iter().unzip();
            let lend =
                if lends.iter().all(|lend| *lend == Lend::Move) { Lend::Move } else { Lend::Tuple(lends) };
            Some((Ty::Tuple(owned), lend))
        }
        Ty::Std(std, inside) if std.name == "vec::IntoIter" => {
            let (owned, lend) = lent(inside.first()?)?;
            if lend == Lend::Move {
                return Some((ty.clone(), lend));
            }
            Some((Ty::Vec(Box::new(owned)), Lend::Iterator(Box::new(lend))))
        }
        unsized_ty if unsized_ty.is_unsized() => None,
        other => Some((other.clone(), Lend::Move)),
    }
}

fn referred(inner: &Ty, lend: Lend, may_collect: bool) -> Option<(Ty, Lend)> {
    match inner {
        Ty::Str | Ty::Std(..) if inner.is_unsized() => Some((inner.sized(), lend)),
        Ty::Slice(element) | Ty::Vec(element) => match lent(element)? {
            (owned, Lend::Move) => Some((Ty::Vec(Box::new(owned)), lend)),
            (owned, each) if may_collect => Some((Ty::Vec(Box::new(owned)), Lend::EachRef(Box::new(each)))),
            _ => None,
        },
        other => match lent(other)? {
            (owned, Lend::Move) => Some((owned, lend)),
            _ => None,
        },
    }
}

/// How a parameter of this type is passed, also where its value could not be made.
pub(super) fn passing(ty: &Ty) -> Lend {
    match (lent(ty), ty) {
        (Some((_, lend)), _) => lend,
        (None, Ty::Ref(_)) => Lend::Ref,
        (None, Ty::RefMut(_)) => Lend::RefMut,
        (None, _) => Lend::Move,
    }
}

impl Crate<'_> {
    /// How a value of an owned type is made.
    pub(super) fn recipe(&self, ty: &Ty) -> Result<Recipe, Obstacle> {
        self.made(ty, &mut Vec::new())
    }

    /// Whether a value of the type may be cloned, as far as the sources tell.
    pub(super) fn is_cloneable(&self, ty: &Ty) -> bool {
        match ty {
            Ty::RefMut(_) => false,
            Ty::Vec(inner) | Ty::Array(inner, _) | Ty::Option(inner) | Ty::Boxed(inner) => {
                self.is_cloneable(inner)
            }
            Ty::Result(ok, error) => self.is_cloneable(ok) && self.is_cloneable(error),
            Ty::Tuple(parts) | Ty::Std(_, parts) => parts.iter().all(|part| self.is_cloneable(part)),
            Ty::Local(item, parts) => {
                self.has_trait(*item, "Clone") && parts.iter().all(|part| self.is_cloneable(part))
            }
            _ => true,
        }
    }

    /// Long because it is a table: one arm for each sort of type.
    fn made(&self, ty: &Ty, open: &mut Vec<ItemId>) -> Result<Recipe, Obstacle> {
        Ok(match ty {
            Ty::Unit => Recipe::Unit,
            Ty::Bool => Recipe::Bool,
            Ty::Char => Recipe::Char,
            Ty::String => Recipe::Text { like: Vec::new(), only: false },
            Ty::Integer(ty) => Recipe::Integer { ty, range: None },
            Ty::Float(ty) => Recipe::Float { ty, range: None },
            ty if ty.is_bytes() => Recipe::Bytes { like: Vec::new(), only: false },
            Ty::Vec(inner) => Recipe::Vec(Box::new(self.made(inner, open)?)),
            Ty::Array(inner, length) => Recipe::Array(Box::new(self.made(inner, open)?), (**length).clone()),
            Ty::Tuple(parts) if parts.len() > 8 => {
                return Err(Obstacle::new("a tuple of more than eight parts cannot be made"));
            }
            Ty::Tuple(parts) => {
                Recipe::Tuple(parts.iter().map(|part| self.made(part, open)).collect::<Result<_, _>>()?)
            }
            Ty::Option(inner) => Recipe::Option(Box::new(self.made(inner, open)?)),
            Ty::Result(ok, error) => {
                Recipe::Result(Box::new(self.made(ok, open)?), Box::new(self.made(error, open)?))
            }
            Ty::Std(std, _) if std.from == From::Seconds => {
                let seconds = Recipe::Integer { ty: "u64", range: None };
                let nanos = Recipe::Integer { ty: "u32", range: Some((ours("0"), ours("999_999_999"))) };
                let inner = Box::new(Recipe::Tuple(vec![seconds, nanos]));
                Recipe::Map { inner, map: ours(std.map), ty: self.syntax(ty) }
            }
            Ty::Boxed(_) | Ty::Cow(_) | Ty::Std(..) => match (self.converted(ty), ty) {
                (Some((source, map)), _) => {
                    let inner = Box::new(self.made(&source, open)?);
                    Recipe::Map { inner, map: ours(&map), ty: self.syntax(ty) }
                }
                (None, Ty::Boxed(inner)) => Recipe::Boxed(Box::new(self.made(inner, open)?)),
                (None, _) => return Err(Obstacle::new("its type parameters are not known")),
            },
            Ty::Local(item, arguments) => self.local(*item, arguments, open)?,
            Ty::Ref(_) | Ty::RefMut(_) | Ty::Str | Ty::Slice(_) => {
                return Err(Obstacle::new("it borrows from a value that nothing owns"));
            }
            Ty::Const(_) => return Err(Obstacle::new("a value stands where a type is needed")),
            Ty::Parameter(name) => {
                return Err(Obstacle::new(format!("nothing decides the type parameter `{name}`")));
            }
            Ty::Other => return Err(Obstacle::new("values of this type cannot be made without help")),
        })
    }

    /// What a value of the type is converted from, and the Rust over `it` that does it; nothing for other types.
    pub(super) fn converted(&self, ty: &Ty) -> Option<(Ty, String)> {
        let from = || match ty.written(&self.public, self.library) {
            Some(written) => format!("<{written}>::from(it)"),
            None => "it.into()".to_owned(),
        };
        match ty {
            Ty::Boxed(inner) if inner.is_unsized() => Some((inner.sized(), from())),
            Ty::Std(std, parts) if std.from == From::Inside && parts.iter().any(Ty::is_unsized) => {
                Some((parts.first()?.sized(), from()))
            }
            Ty::Cow(inner) => {
                let written = inner.written(&self.public, self.library).unwrap_or_else(|| "_".to_owned());
                Some((inner.sized(), format!("std::borrow::Cow::<{written}>::Owned(it)")))
            }
            Ty::Std(std, parts) => Some((std.source(parts)?, std.map.to_owned())),
            _ => None,
        }
    }

    /// A struct or enum of the crate or of `support.rs`.
    fn local(&self, id: ItemId, arguments: &[Ty], open: &mut Vec<ItemId>) -> Result<Recipe, Obstacle> {
        let item = self.items.item(id);
        let obstacle = |why: String| Obstacle { why, span: Some(item.span) };
        let Some(path) = self.public.path(&Found::Item(id)) else {
            return Err(obstacle(format!("`{}` is private", item.name)));
        };
        if self.is_arbitrary(id) {
            let ty = self.syntax(&Ty::Local(id, arguments.to_vec()));
            return ty
                .map(Recipe::Arbitrary)
                .ok_or_else(|| obstacle(format!("`{}` has parts no test can name", item.name)));
        }
        if open.contains(&id) {
            return Err(obstacle(format!("`{}` contains itself", item.name)));
        }
        open.push(id);
        let recipe = self.parts(id, arguments, ours(&joined(path, self.library)), open);
        open.pop();
        recipe
    }

    /// A struct of its fields, or an enum of its variants.
    fn parts(
        &self,
        id: ItemId,
        arguments: &[Ty],
        path: syn::Path,
        open: &mut Vec<ItemId>,
    ) -> Result<Recipe, Obstacle> {
        let item = self.items.item(id);
        let obstacle = |why: String| Obstacle { why, span: Some(item.span) };
        match &item.definition {
            Definition::Struct(definition) if is_closed(&definition.attrs) => Err(obstacle(format!(
                "`{}` is marked non_exhaustive, so that only its crate can build it",
                item.name
            ))),
            Definition::Struct(definition) => {
                let env = self.inside(id, &definition.generics, arguments);
                let fields = self.fields(id, &definition.fields, &env, true, open)?;
                Ok(Recipe::Struct { path, fields })
            }
            Definition::Enum(definition) if definition.variants.is_empty() => {
                Err(obstacle(format!("`{}` has no variant", item.name)))
            }
            Definition::Enum(definition) => {
                let env = self.inside(id, &definition.generics, arguments);
                let variants = definition.variants.iter().map(|variant| {
                    if is_closed(&variant.attrs) {
                        return Err(obstacle(format!("`{}` is marked non_exhaustive", variant.ident)));
                    }
                    Ok((variant.ident.clone(), self.fields(id, &variant.fields, &env, false, open)?))
                });
                Ok(Recipe::Enum { path, variants: variants.collect::<Result<_, _>>()? })
            }
            other => Err(obstacle(format!("{} cannot be made", other.sort()))),
        }
    }

    fn fields(
        &self,
        item: ItemId,
        fields: &syn::Fields,
        env: &Env,
        by_visibility: bool,
        open: &mut Vec<ItemId>,
    ) -> Result<Vec<(syn::Member, Recipe)>, Obstacle> {
        let owner = self.items.item(item);
        let made = fields.iter().zip(fields.members()).map(|(field, member)| {
            let span = field.ident.as_ref().map_or_else(|| field.ty.span(), syn::Ident::span);
            let span = place(self.sources, owner.file, span);
            let name = match &member {
                syn::Member::Named(name) => name.to_string(),
                syn::Member::Unnamed(index) => index.index.to_string(),
            };
            if by_visibility && !self.is_open(item, &field.vis) {
                let why = format!("the field `{name}` of `{}` is private", owner.name);
                return Err(Obstacle { why, span: Some(span) });
            }
            match self.made(&self.lower(&field.ty, env), open) {
                Ok(recipe) => Ok((member, recipe)),
                Err(Obstacle { why, span: None }) => {
                    let why = format!("the field `{name}` of `{}`: {why}", owner.name);
                    Err(Obstacle { why, span: Some(span) })
                }
                Err(obstacle) => Err(obstacle),
            }
        });
        made.collect()
    }

    /// Whether tests may write a field of this visibility.
    fn is_open(&self, item: ItemId, vis: &syn::Visibility) -> bool {
        let in_support = Some(self.items.root_of(self.items.item(item).module)) == self.items.support;
        match vis {
            syn::Visibility::Public(_) => true,
            syn::Visibility::Restricted(restricted) => in_support && restricted.path.is_ident("crate"),
            syn::Visibility::Inherited => false,
        }
    }

    /// Whether proptest knows how to make the type because `support.rs` says so.
    fn is_arbitrary(&self, item: ItemId) -> bool {
        let in_support = |module| Some(self.items.root_of(module)) == self.items.support;
        let blocks = self.impls.of_item(item).iter().map(|at| &self.items.impls[*at]);
        let mut blocks = blocks.filter(|block| in_support(block.module));
        blocks.any(|block| implements(&block.block, "Arbitrary"))
            || (in_support(self.items.item(item).module) && self.derives(item, "Arbitrary"))
    }

    /// Whether the type derives or implements the trait of this name.
    pub(super) fn has_trait(&self, item: ItemId, name: &str) -> bool {
        let mut blocks = self.impls.of_item(item).iter().map(|at| &self.items.impls[*at].block);
        blocks.any(|block| implements(block, name)) || self.derives(item, name)
    }

    fn derives(&self, item: ItemId, name: &str) -> bool {
        let attributes = match &self.items.item(item).definition {
            Definition::Struct(definition) => &definition.attrs,
            Definition::Enum(definition) => &definition.attrs,
            _ => return false,
        };
        attributes.iter().filter(|attribute| attribute.path().is_ident("derive")).any(|attribute| {
            let list = syn::punctuated::Punctuated::<syn::Path, syn::Token![,]>::parse_terminated;
            attribute.parse_args_with(list).is_ok_and(|list| list.iter().any(|path| ends_with(path, name)))
        })
    }

    /// The type as syntax, if a test can write it.
    pub(super) fn syntax(&self, ty: &Ty) -> Option<syn::Type> {
        ty.written(&self.public, self.library).map(|written| ours(&written))
    }
}

fn implements(block: &syn::ItemImpl, name: &str) -> bool {
    let negative = block.modifiers.polarity.is_some();
    !negative && block.trait_.as_ref().is_some_and(|(path, _)| ends_with(path, name))
}

fn ends_with(path: &syn::Path, name: &str) -> bool {
    path.segments.last().is_some_and(|last| last.ident == ident(name))
}

fn is_closed(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("non_exhaustive"))
}
