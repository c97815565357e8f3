//! Takes a struct or enum of the user, says how a value of it is made: by its parts, else by its functions.

use syn::spanned::Spanned as _;

use super::fields::Said;
use super::items::{Definition, ItemId, View, place};
use super::lower::{Crate, Env};
use super::made::{Maker, Obstacle, Recipe};
use super::paths::Found;
use super::syntax::{ident, joined, ours};
use super::ty::Ty;

impl Crate<'_> {
    /// A struct or enum of the crate or of `support.rs`.
    pub(super) fn user_type(&self, id: ItemId, arguments: &[Ty]) -> Result<Recipe, Obstacle> {
        let item = self.items.item(id);
        let obstacle = |why: String| Obstacle { why, span: Some(item.span) };
        let Some(path) = self.public.path(&Found::Item(id)) else {
            return Err(obstacle(format!("`{}` is private", item.name)));
        };
        let path = joined(path, self.library);
        let this = Ty::Local(id, arguments.to_vec());
        let Some(written) = this.written(&self.public, self.library) else {
            return Err(obstacle(format!("`{}` has parts no test can name", item.name)));
        };
        if self.is_arbitrary(id) {
            return Ok(Recipe::Arbitrary(ours(&written)));
        }
        let maker = || {
            let ty = self.with_lifetimes(&this).unwrap_or_else(|| ours(&written));
            Maker::new(ty, path.clone(), function_name(&written))
        };
        let make = || {
            let by_parts = self.parts(id, arguments, ours(&path), &Said::nothing());
            by_parts.or_else(|obstacle| match self.constructors(id, arguments, &path, &Said::nothing()) {
                ways if ways.is_empty() => Err(obstacle),
                ways => Ok(Recipe::Ways(ways)),
            })
        };
        self.makers.get(&written, maker, make).map(Recipe::Made)
    }

    /// A struct of its fields, or an enum of its variants.
    pub(super) fn parts(
        &self,
        id: ItemId,
        arguments: &[Ty],
        path: syn::Path,
        said: &Said<'_>,
    ) -> Result<Recipe, Obstacle> {
        let item = self.items.item(id);
        let obstacle = |why: String| Obstacle { why, span: Some(item.span) };
        match &item.definition {
            Definition::Struct(definition) if self.is_closed(id, &definition.attrs) => Err(obstacle(
                format!("`{}` is marked non_exhaustive, so that only its crate can build it", item.name),
            )),
            Definition::Struct(definition) => {
                let env = self.inside(id, &definition.generics, arguments);
                let fields = self.fields(id, &definition.fields, &env, true, said)?;
                Ok(Recipe::Struct { path, fields })
            }
            Definition::Enum(definition) if definition.variants.is_empty() => {
                Err(obstacle(format!("`{}` has no variant", item.name)))
            }
            Definition::Enum(definition) => {
                let env = self.inside(id, &definition.generics, arguments);
                let variants = definition.variants.iter().map(|variant| {
                    if self.is_closed(id, &variant.attrs) {
                        return Err(obstacle(format!("`{}` is marked non_exhaustive", variant.ident)));
                    }
                    Ok((variant.ident.clone(), self.fields(id, &variant.fields, &env, false, said)?))
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
        said: &Said<'_>,
    ) -> Result<Vec<(syn::Member, Recipe)>, Obstacle> {
        let owner = self.items.item(item);
        let made = fields.iter().zip(fields.members()).map(|(field, member)| {
            let span = field.ident.as_ref().map_or_else(|| field.ty.span(), syn::Ident::span);
            let span = place(self.sources, owner.file, span);
            let name = match &member {
                syn::Member::Named(name) => name.to_string(),
                syn::Member::Unnamed(index) => index.index.to_string(),
            };
            let ty = self.lower(&field.ty, env);
            if by_visibility && !self.is_open(item, &field.vis) {
                let why = format!(
                    "the field `{name}` of `{}` is private, and no public function makes one",
                    owner.name
                );
                return Err(Obstacle { why, span: Some(span) });
            }
            match said.made(name.trim_start_matches("r#"), &ty).unwrap_or_else(|| self.made(&ty)) {
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
        self.items.is_reachable(self.items.vis(vis, self.items.item(item).module))
    }

    /// Whether only the crate of the item can build what has these attributes.
    fn is_closed(&self, item: ItemId, attributes: &[syn::Attribute]) -> bool {
        let marked = attributes.iter().any(|attribute| attribute.path().is_ident("non_exhaustive"));
        marked && self.items.view == View::Beside && !self.is_of_support(item)
    }

    fn is_of_support(&self, item: ItemId) -> bool {
        Some(self.items.root_of(self.items.item(item).module)) == self.items.support
    }

    /// Whether proptest knows how to make the type because `support.rs` says so.
    fn is_arbitrary(&self, item: ItemId) -> bool {
        let in_support = |module| Some(self.items.root_of(module)) == self.items.support;
        let blocks = self.impls.of_item(item).iter().map(|at| self.items.block(*at));
        let mut blocks = blocks.filter(|block| in_support(block.module));
        blocks.any(|block| implements(&block.block, "Arbitrary"))
            || (self.is_of_support(item) && self.derives(item, "Arbitrary"))
    }

    /// Whether the type derives or implements the trait of this name.
    pub(super) fn has_trait(&self, item: ItemId, name: &str) -> bool {
        let mut blocks = self.impls.of_item(item).iter().map(|at| &self.items.block(*at).block);
        blocks.any(|block| implements(block, name)) || self.derives(item, name)
    }

    /// Whether the type derives the trait of this name.
    pub(super) fn derives(&self, item: ItemId, name: &str) -> bool {
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

    /// How many lifetimes the type has.
    pub(super) fn lifetimes(&self, item: ItemId) -> usize {
        match &self.items.item(item).definition {
            Definition::Struct(definition) => definition.generics.lifetimes().count(),
            Definition::Enum(definition) => definition.generics.lifetimes().count(),
            _ => 0,
        }
    }

    /// The type with a lifetime `'k` wherever it has one.
    fn with_lifetimes(&self, ty: &Ty) -> Option<syn::Type> {
        let Ty::Local(item, arguments) = ty else { return self.syntax(ty) };
        let mut syntax = self.syntax(ty)?;
        let count = self.lifetimes(*item);
        if count > 0
            && let syn::Type::Path(path) = &mut syntax
            && let Some(last) = path.path.segments.last_mut()
        {
            let mut all: Vec<String> = vec!["'k".to_owned(); count];
            all.extend(arguments.iter().filter_map(|ty| ty.written(&self.public, self.library)));
            *last = ours(&format!("{}<{}>", last.ident, all.join(", ")));
        }
        Some(syntax)
    }
}

/// `app::shape::Point<u8>` as `shape_point_u8`: what stands before the last word of a type's path is shortened by the crate.
fn function_name(written: &str) -> String {
    let below = written.split_once("::").map_or(written, |(_, below)| below);
    let mut name = String::new();
    for letter in below.chars() {
        if letter.is_uppercase()
            && name.ends_with(|before: char| before.is_lowercase() || before.is_numeric())
        {
            name.push('_');
        }
        if letter.is_alphanumeric() {
            name.extend(letter.to_lowercase());
        } else if !name.ends_with('_') {
            name.push('_');
        }
    }
    name.trim_end_matches('_').to_owned()
}

/// Whether the block implements the trait of this name.
pub(super) fn implements(block: &syn::ItemImpl, name: &str) -> bool {
    let negative = block.modifiers.polarity.is_some();
    !negative && block.trait_.as_ref().is_some_and(|(path, _)| ends_with(path, name))
}

fn ends_with(path: &syn::Path, name: &str) -> bool {
    path.segments.last().is_some_and(|last| last.ident == ident(name))
}
