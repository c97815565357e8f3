//! What is asked of a type parameter, as it is written.

use syn::{Type, TypeParam, TypeParamBound, WherePredicate};

use super::syntax::unraw;

/// What is asked of a type parameter, as written.
pub(super) struct Bounds<'g> {
    /// Bounds of the parameter itself.
    pub(super) own: Vec<&'g TypeParamBound>,
    /// Bounds of its associated types, by their names.
    pub(super) outputs: Vec<(String, &'g TypeParamBound)>,
}

impl Bounds<'_> {
    /// Those of the parameter itself.
    pub(super) fn of_parameter(&self) -> &[&TypeParamBound] {
        &self.own
    }
}

/// Everything that is asked of `parameter`, where it is declared and in the `where` clauses of all `generics`.
pub(super) fn bounds_of<'g>(generics: &[&'g syn::Generics], parameter: &'g TypeParam) -> Bounds<'g> {
    let mut bounds = Bounds { own: parameter.bounds.iter().collect(), outputs: Vec::new() };
    let predicates = generics.iter().filter_map(|it| it.where_clause.as_ref()).flat_map(|it| &it.predicates);
    for predicate in predicates {
        let WherePredicate::Type(predicate) = predicate else { continue };
        match projection(&predicate.bounded_ty) {
            Some((name, None)) if name == unraw(&parameter.ident) => bounds.own.extend(&predicate.bounds),
            Some((name, Some(output))) if name == unraw(&parameter.ident) => {
                bounds.outputs.extend(predicate.bounds.iter().map(|bound| (output.clone(), bound)));
            }
            _ => {}
        }
    }
    bounds
}

/// `T`, `T::Item` or `<T as Trait>::Item`, as the name of the parameter and of the associated type.
fn projection(ty: &Type) -> Option<(String, Option<String>)> {
    let Type::Path(path) = ty else { return None };
    let segments: Vec<_> = path.path.segments.iter().collect();
    match (&path.qself, &segments[..]) {
        (None, [name]) => Some((unraw(&name.ident), None)),
        (None, [name, output]) => Some((unraw(&name.ident), Some(unraw(&output.ident)))),
        (Some(of), [.., output]) => match projection(&of.ty) {
            Some((name, None)) => Some((name, Some(unraw(&output.ident)))),
            _ => None,
        },
        _ => None,
    }
}
