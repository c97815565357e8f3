//! Takes the type of a parameter, gives the owned type behind it and how the parameter borrows from that.

use super::made::Lend;
use super::ty::Ty;

/// The owned type behind the type of a parameter, and how the parameter borrows from it.
///
/// Nothing if no owned value could be borrowed that way. What borrows deeper inside is kept by the case itself.
pub(super) fn lent(ty: &Ty) -> Option<(Ty, Lend)> {
    match ty {
        Ty::Ref(inner) => referred(inner, Lend::Ref, true),
        Ty::RefMut(inner) => referred(inner, Lend::RefMut, false),
        Ty::Vec(inner) => {
            let (owned, lend) = inside(inner)?;
            let lend = if lend == Lend::Move { lend } else { Lend::Each(Box::new(lend)) };
            Some((Ty::Vec(Box::new(owned)), lend))
        }
        Ty::Option(inner) => {
            let (owned, lend) = inside(inner)?;
            let lend = if lend == Lend::Move { lend } else { Lend::Option(Box::new(lend)) };
            Some((Ty::Option(Box::new(owned)), lend))
        }
        Ty::Tuple(parts) => {
            let (owned, lends): (Vec<_>, Vec<_>) =
                parts.iter().map(inside).collect::<Option<Vec<_>>>()?.into_iter().unzip();
            let lend =
                if lends.iter().all(|lend| *lend == Lend::Move) { Lend::Move } else { Lend::Tuple(lends) };
            Some((Ty::Tuple(owned), lend))
        }
        Ty::Std(known, parts) if known.path == "std::vec::IntoIter" => {
            let (owned, lend) = inside(parts.first()?)?;
            if lend == Lend::Move {
                return Some((ty.clone(), lend));
            }
            Some((Ty::Vec(Box::new(owned)), Lend::Iterator(Box::new(lend))))
        }
        Ty::Closure(_) => Some((ty.clone(), Lend::Move)),
        unsized_ty if unsized_ty.is_unsized() => None,
        other => Some((other.clone(), Lend::Move)),
    }
}

/// The same for a part of a value, where nothing is coerced: what is borrowed as a `str` has to be said to be one.
fn inside(ty: &Ty) -> Option<(Ty, Lend)> {
    match ty {
        // A function behind a reference is kept with its type.
        Ty::Ref(inner) if matches!(**inner, Ty::Closure(_)) => Some((ty.clone(), Lend::Move)),
        Ty::Ref(inner) if inner.is_unsized() => match lent(ty)? {
            (owned, Lend::Ref) => Some((owned, Lend::View)),
            other => Some(other),
        },
        // A part cannot be changed while the whole is borrowed.
        Ty::RefMut(_) => Some((ty.clone(), Lend::Move)),
        ty => lent(ty),
    }
}

fn referred(inner: &Ty, lend: Lend, may_collect: bool) -> Option<(Ty, Lend)> {
    match inner {
        Ty::Str | Ty::Std(..) if inner.is_unsized() => Some((inner.sized(), lend)),
        Ty::Slice(element) | Ty::Vec(element) => match inside(element)? {
            (owned, Lend::Move) => Some((Ty::Vec(Box::new(owned)), lend)),
            (owned, each) if may_collect => Some((Ty::Vec(Box::new(owned)), Lend::EachRef(Box::new(each)))),
            _ => Some((Ty::Vec(element.clone()), lend)),
        },
        other => match lent(other)? {
            (owned, Lend::Move) => Some((owned, lend)),
            _ => Some((other.clone(), lend)),
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
