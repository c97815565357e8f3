//! Takes a type, says how a value of it is made.
//!
//! Only types: what a declaration says about a value is worked in by `generator`.

use super::known_type::Lacks;
use super::lower::Crate;
use super::made::{Conversion, Obstacle, Recipe, View};
use super::shape;
use super::syntax::ours;
use super::ty::{Form, Ty};

/// Tuples are made up to this many parts.
const LONGEST_TUPLE: usize = 12;

impl Crate<'_> {
    /// How a value of the type is made.
    pub(super) fn recipe(&self, ty: &Ty) -> Result<Recipe, Obstacle> {
        self.literal_closure(ty).unwrap_or_else(|| self.made(ty))
    }

    /// Long because it is a table: one arm for each sort of type.
    pub(super) fn made(&self, ty: &Ty) -> Result<Recipe, Obstacle> {
        if let Some(function) = self.named_closure(ty) {
            return function;
        }
        let boxed = |ty: &Ty| self.made(ty).map(Box::new);
        Ok(match ty {
            Ty::Unit => Recipe::Unit,
            Ty::Bool => Recipe::Bool,
            Ty::Tracked => Recipe::Tracked,
            Ty::Char => Recipe::Char,
            Ty::String => Recipe::Text { like: Vec::new(), only: false },
            Ty::Integer(ty) => Recipe::Integer { ty, range: None },
            Ty::Float(ty) => Recipe::Float { ty, range: None },
            ty if ty.is_bytes() => Recipe::Bytes { like: Vec::new(), only: false },
            Ty::Vec(inner) => Recipe::Vec(boxed(inner)?),
            Ty::Array(inner, length) => Recipe::Array(boxed(inner)?, (**length).clone()),
            Ty::Tuple(parts) if parts.len() > LONGEST_TUPLE => {
                return Err(Obstacle::new("a tuple of more than twelve parts cannot be made"));
            }
            Ty::Tuple(parts) => {
                Recipe::Tuple(parts.iter().map(|part| self.made(part)).collect::<Result<_, _>>()?)
            }
            Ty::Option(inner) => Recipe::Option(boxed(inner)?),
            Ty::Result(ok, error) => Recipe::Result(boxed(ok)?, boxed(error)?),
            Ty::Boxed(inner) if !inner.is_unsized() => Recipe::Boxed(boxed(inner)?),
            Ty::Std(known, parts) if !parts.iter().any(Ty::is_unsized) => {
                let first = parts.first().and_then(|first| first.written(&self.public, self.library));
                let inner = Box::new(self.source_recipe(known, parts)?);
                let map = known.making(first.as_deref());
                // What is chosen among a few values is that value already.
                if map == "it" { *inner } else { self.converting(ty, inner, &map, known.refuses) }
            }
            Ty::Boxed(_) | Ty::Cow(_) | Ty::Std(..) => match self.converted(ty) {
                Some(Conversion { source, map, refuses }) => {
                    self.converting(ty, boxed(&source)?, &map, refuses)
                }
                None => return Err(Obstacle::new("its type parameters are not known")),
            },
            Ty::Local(item, arguments) => self.user_type(*item, arguments)?,
            Ty::Ref(inner) => self.kept(inner, false)?,
            Ty::RefMut(inner) => self.kept(inner, true)?,
            Ty::Str | Ty::Slice(_) => {
                return Err(Obstacle::new("it borrows from a value that nothing owns"));
            }
            Ty::Closure(_) => unreachable!("functions are made above"),
            Ty::Const(_) => return Err(Obstacle::new("a value stands where a type is needed")),
            Ty::Parameter(name) => {
                return Err(Obstacle::new(format!("nothing decides the type parameter `{name}`")));
            }
            Ty::Closed(why) => return Err(Obstacle::new(*why)),
            Ty::Other => return Err(Obstacle::new("values of this type cannot be made without help")),
        })
    }

    /// The recipe that changes what `inner` makes into a value of `ty`.
    pub(super) fn converting(&self, ty: &Ty, inner: Box<Recipe>, map: &str, refuses: bool) -> Recipe {
        Recipe::Known { inner, map: ours(map), refuses, shown: self.is_shown(ty) }
    }

    /// A value behind a reference: the case keeps it as long as it needs it.
    fn kept(&self, inner: &Ty, mutable: bool) -> Result<Recipe, Obstacle> {
        let kept = self.borrowed(self.made(&inner.sized())?, inner, mutable);
        // The reference to a pointer becomes one to the object where its type is written.
        let object = matches!(inner, Ty::Closure(_)).then(|| self.syntax(inner)).flatten();
        Ok(match object {
            Some(object) if mutable => Recipe::Map {
                inner: Box::new(kept),
                map: ours("it"),
                ty: Some(syn::parse_quote!(&mut #object)),
            },
            Some(object) => {
                Recipe::Map { inner: Box::new(kept), map: ours("it"), ty: Some(syn::parse_quote!(&#object)) }
            }
            None => kept,
        })
    }

    /// What is borrowed as `inner` from a value that the recipe makes.
    pub(super) fn borrowed(&self, made: Recipe, inner: &Ty, mutable: bool) -> Recipe {
        let leaked = mutable || self.borrows(&inner.sized());
        Recipe::Kept { inner: Box::new(made), view: View::of(inner), mutable, leaked }
    }

    /// What a value of the type is converted from; nothing for types that are made of several things.
    pub(super) fn converted(&self, ty: &Ty) -> Option<Conversion> {
        let written = |ty: &Ty| ty.written(&self.public, self.library);
        let from = || match written(ty) {
            Some(written) => format!("<{written}>::from(it)"),
            None => "it.into()".to_owned(),
        };
        let sure = |source: Ty, map: String| Some(Conversion { source, map, refuses: false });
        match ty {
            Ty::Boxed(inner) if matches!(**inner, Ty::Closure(_)) => None,
            Ty::Std(_, parts) if parts.iter().any(|part| matches!(part, Ty::Closure(_))) => None,
            Ty::Boxed(inner) if inner.is_unsized() => sure(inner.sized(), from()),
            Ty::Std(_, parts) if parts.len() == 1 && parts[0].is_unsized() => sure(parts[0].sized(), from()),
            Ty::Cow(inner) => {
                let written = written(inner).unwrap_or_else(|| "_".to_owned());
                sure(inner.sized(), format!("std::borrow::Cow::<{written}>::Owned(it)"))
            }
            Ty::Std(known, _) if known.parses => {
                let map = format!("it.parse::<{}>()", written(ty)?);
                Some(Conversion { source: Ty::String, map, refuses: true })
            }
            Ty::Std(known, parts) => {
                let source = known.source();
                let first = parts.first().and_then(written);
                shape::is_plain(&source).then(|| Conversion {
                    source: shape::plain_type(&source, parts),
                    map: known.making(first.as_deref()),
                    refuses: known.refuses,
                })
            }
            _ => None,
        }
    }

    /// Whether a value of the type may be cloned, as far as the sources tell.
    pub(super) fn is_cloneable(&self, ty: &Ty) -> bool {
        match ty {
            Ty::RefMut(_) => false,
            Ty::Closure(closure) => closure.form != Form::Object,
            Ty::Std(known, _) if known.lacks == Lacks::Clone => false,
            ty => self.all_parts(ty, "Clone", &|part| self.is_cloneable(part)),
        }
    }

    /// Whether a value of the type can be shown, as far as the sources tell.
    pub(super) fn is_shown(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Parameter(_) | Ty::Other | Ty::Closure(_) => false,
            Ty::Ref(inner) | Ty::RefMut(inner) | Ty::Slice(inner) => self.is_shown(inner),
            ty => self.all_parts(ty, "Debug", &|part| self.is_shown(part)),
        }
    }

    /// Whether all parts of a type have a trait, the types of the user among them by name.
    fn all_parts(&self, ty: &Ty, name: &str, has: &dyn Fn(&Ty) -> bool) -> bool {
        match ty {
            Ty::Vec(inner) | Ty::Array(inner, _) | Ty::Option(inner) | Ty::Boxed(inner) | Ty::Cow(inner) => {
                has(inner)
            }
            Ty::Result(ok, error) => has(ok) && has(error),
            Ty::Tuple(parts) | Ty::Std(_, parts) => parts.iter().all(has),
            Ty::Local(item, parts) => self.has_trait(*item, name) && parts.iter().all(has),
            _ => true,
        }
    }

    /// Whether a value of the type borrows from another.
    pub(super) fn borrows(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Ref(_) | Ty::RefMut(_) => true,
            Ty::Vec(inner) | Ty::Array(inner, _) | Ty::Option(inner) | Ty::Boxed(inner) => {
                self.borrows(inner)
            }
            Ty::Result(ok, error) => self.borrows(ok) || self.borrows(error),
            Ty::Tuple(parts) | Ty::Std(_, parts) => parts.iter().any(|part| self.borrows(part)),
            Ty::Local(item, parts) => {
                self.lifetimes(*item) > 0 || parts.iter().any(|part| self.borrows(part))
            }
            _ => false,
        }
    }

    /// The type as syntax, if a test can write it.
    pub(super) fn syntax(&self, ty: &Ty) -> Option<syn::Type> {
        ty.written(&self.public, self.library).map(|written| ours(&written))
    }
}
