//! Takes the path of a type in a declaration, gives the type and what a test may do with it.

use super::bound::TypeItem;
use super::callable::Sought;
use super::expression::Named;
use super::items::{Definition, Space};
use super::lower::{Crate, Decided, Env};
use super::paths::{Found, Scope};
use super::syntax::{joined, unraw};
use super::ty::Ty;
use crate::model::Span;

/// The traits that say how values of a type compare.
const COMPARING: [&str; 5] = ["PartialEq", "Eq", "Hash", "PartialOrd", "Ord"];

/// What the path of a type leads to.
pub(super) enum SoughtType {
    /// A struct or an enum of the crate that tests may name.
    Type(Ty, TypeItem),
    /// One that they may not, and where it stands.
    Private(Span),
    /// One that they may name, but not with these arguments.
    Unfilled(Span),
    /// Something else, what it is called, and where it stands if it is ours.
    Other(&'static str, Option<Span>),
    /// Nothing.
    Absent,
}

impl Crate<'_> {
    /// Looks up the type at `path`, with its arguments, as in `crate::Pair<u32>`.
    pub(super) fn seek_type(&self, path: &syn::Path) -> SoughtType {
        let ty: syn::Type = syn::parse_quote!(#path);
        let env = Env::new(Scope::Outside, None);
        let ty = self.lower(&ty, &env);
        let Ty::Local(item, _) = &ty else { return self.no_type(path) };
        let defined = self.items.item(*item).span;
        if ty.written(&self.public, self.library).is_none() {
            let is_public = self.public.path(&Found::Item(*item)).is_some();
            return if is_public { SoughtType::Unfilled(defined) } else { SoughtType::Private(defined) };
        }
        let traits = COMPARING.into_iter().filter(|name| self.has_trait(*item, name)).collect();
        SoughtType::Type(ty, TypeItem { traits, defined })
    }

    /// Every type that tests may name, as declarations write it, in order.
    pub(super) fn type_paths(&self) -> Vec<String> {
        let is_type = |found: &Found| match found {
            Found::Item(id) => {
                matches!(self.items.item(*id).definition, Definition::Struct(_) | Definition::Enum(_))
            }
            _ => false,
        };
        let types = self.public.all().filter(|(found, _)| is_type(found));
        let mut paths: Vec<String> = types.map(|(_, path)| joined(path, "crate")).collect();
        paths.sort();
        paths
    }

    fn no_type(&self, path: &syn::Path) -> SoughtType {
        let segments: Vec<String> = path.segments.iter().map(|segment| unraw(&segment.ident)).collect();
        let Ok(plain) = Named::new(&segments.join("::"), self.library) else { return SoughtType::Absent };
        match self.seek(&plain, Space::Types, &Decided::new()) {
            Sought::Other(sort, span) => SoughtType::Other(sort, Some(span)),
            Sought::Module(_) => SoughtType::Other("a module", None),
            Sought::Function(callable) => SoughtType::Other("a function", Some(callable.defined)),
            Sought::OfTrait(span, _) => SoughtType::Other("a function", Some(span)),
            Sought::Foreign(span) => SoughtType::Other("not defined in this crate", span),
            Sought::Ambiguous(places) => {
                SoughtType::Other("the name of several items", places.first().map(|(_, span)| *span))
            }
            Sought::Absent => match self.seek(&plain, Space::Values, &Decided::new()) {
                Sought::Function(callable) => SoughtType::Other("a function", Some(callable.defined)),
                _ => SoughtType::Absent,
            },
        }
    }
}
