//! Takes types and conditions as declarations write them, gives them as a test can write them. Looks nothing up.

use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{GenericArgument, GenericParam, PathArguments, Token, Type, TypeParamBound, WherePredicate};

use super::generic_type::Condition;
use super::syntax::{ours, unraw};

/// A simple argument as text.
pub(super) fn plain(argument: &GenericArgument) -> String {
    match argument {
        GenericArgument::Type(Type::Path(path)) => {
            path.path.get_ident().map(ToString::to_string).unwrap_or_default()
        }
        GenericArgument::Type(Type::Slice(slice)) => match &*slice.elem {
            Type::Path(path) if path.path.is_ident("u8") => "[u8]".to_owned(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

/// Whether the argument is the parameter of this name and nothing more.
pub(super) fn is_name(argument: &GenericArgument, name: &str) -> bool {
    match argument {
        GenericArgument::Type(Type::Path(path)) => path.path.is_ident(name),
        GenericArgument::Const(syn::Expr::Path(path)) => path.path.is_ident(name),
        _ => false,
    }
}

/// Whether people name constants so: all letters large, one of those commonly taken if there is but one.
pub(super) fn looks_constant(name: &str) -> bool {
    let is_large =
        name.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_');
    is_large && (name.len() > 2 || matches!(name, "N" | "M"))
}

/// Where the type is named without arguments, its parameters are its arguments.
pub(super) fn complete(ty: &mut Type, generics: &syn::Generics) {
    let Type::Path(path) = ty else { return };
    let Some(last) = path.path.segments.last_mut().filter(|last| last.arguments.is_none()) else { return };
    if generics.params.is_empty() {
        return;
    }
    let arguments = generics.params.iter().map(|parameter| -> GenericArgument {
        match parameter {
            GenericParam::Lifetime(_) => syn::parse_quote!('_),
            GenericParam::Type(it) => {
                let name = &it.ident;
                syn::parse_quote!(#name)
            }
            GenericParam::Const(it) => {
                let name = &it.ident;
                syn::parse_quote!(#name)
            }
        }
    });
    let arguments: Punctuated<GenericArgument, Token![,]> = arguments.collect();
    last.arguments = PathArguments::AngleBracketed(syn::parse_quote!(<#arguments>));
}

/// All names of one word that stand where a type can.
#[derive(Default)]
pub(super) struct Names(pub(super) Vec<String>);

impl<'ast> Visit<'ast> for Names {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        // `T` and the `T` of `T::Item`.
        let first =
            path.segments.first().filter(|first| path.leading_colon.is_none() && first.arguments.is_none());
        if let Some(first) = first.filter(|_| path.segments.len() <= 2) {
            let name = unraw(&first.ident);
            if !matches!(&*name, "crate" | "support" | "std" | "core" | "alloc" | "Self")
                && !self.0.contains(&name)
            {
                self.0.push(name);
            }
        }
        visit::visit_path(self, path);
    }

    fn visit_trait_bound(&mut self, bound: &'ast syn::TraitBound) {
        // The name of a trait is none of a type; its arguments may be.
        bound.path.segments.iter().for_each(|segment| self.visit_path_arguments(&segment.arguments));
    }
}

/// Makes every lifetime one that a test can name.
pub(super) struct Lifetimes;

impl VisitMut for Lifetimes {
    fn visit_lifetime_mut(&mut self, lifetime: &mut syn::Lifetime) {
        *lifetime = syn::Lifetime::new("'static", lifetime.span());
    }

    // These bind what they name.
    fn visit_trait_bound_mut(&mut self, bound: &mut syn::TraitBound) {
        if bound.lifetimes.is_none() {
            visit_mut::visit_trait_bound_mut(self, bound);
        }
    }

    fn visit_type_fn_ptr_mut(&mut self, _: &mut syn::TypeFnPtr) {}
}

/// Puts a value where the name of a constant parameter stands.
pub(super) struct Constant<'n> {
    pub(super) name: &'n str,
    pub(super) value: syn::Expr,
}

impl VisitMut for Constant<'_> {
    fn visit_generic_argument_mut(&mut self, argument: &mut GenericArgument) {
        if is_name(argument, self.name) {
            let value = &self.value;
            *argument = match value {
                syn::Expr::Lit(_) | syn::Expr::Block(_) => syn::parse_quote!(#value),
                _ => syn::parse_quote!({ #value }),
            };
        }
        visit_mut::visit_generic_argument_mut(self, argument);
    }
}

/// `A, B`
pub(super) struct List(pub(super) Punctuated<GenericArgument, Token![,]>);

impl Parse for List {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Punctuated::parse_separated_nonempty(input).map(Self)
    }
}

/// `always`, `never` or `T: Send, U: Sync`
pub(super) struct Parsed(pub(super) Condition);

impl Parse for Parsed {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let fork = input.fork();
        if let Ok(word) = fork.parse::<syn::Ident>()
            && fork.is_empty()
            && (word == "always" || word == "never")
        {
            input.parse::<syn::Ident>()?;
            return Ok(Self(if word == "always" { Condition::Always } else { Condition::Never }));
        }
        let predicates = Punctuated::<WherePredicate, Token![,]>::parse_terminated(input)?;
        if predicates.is_empty() {
            return Err(input.error("a condition is expected"));
        }
        let conditions = predicates.into_iter().filter_map(|predicate| match predicate {
            // What outlives what plays no part, for no argument borrows.
            WherePredicate::Type(of) => {
                let plays =
                    |bound: &TypeParamBound| matches!(bound, TypeParamBound::Trait(it) if it.maybe.is_none());
                let bounds: Punctuated<_, _> = of.bounds.into_iter().filter(plays).collect();
                (!bounds.is_empty()).then_some((of.bounded_ty, bounds))
            }
            _ => None,
        });
        Ok(Self(Condition::If(conditions.collect())))
    }
}

/// Traits that stand in no prelude.
pub(super) fn whole_path(bound: &mut TypeParamBound) {
    let TypeParamBound::Trait(bound) = bound else { return };
    let name = bound.path.get_ident().map(ToString::to_string).unwrap_or_default();
    if let Some(whole) = auto_trait(&name) {
        bound.path = whole;
    }
}

/// The whole path of an auto trait.
pub fn auto_trait(name: &str) -> Option<syn::Path> {
    match name {
        "Send" | "Sync" | "Unpin" => Some(ours(name)),
        "UnwindSafe" | "RefUnwindSafe" => Some(ours(&format!("std::panic::{name}"))),
        _ => None,
    }
}

/// The type as a person writes it, without the modules around it.
pub(super) fn short(written: &str, completed: &Type) -> String {
    let base = written.split('<').next().unwrap_or_default();
    let is_path = base.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | ':' | ' '));
    if !is_path {
        return written.to_owned();
    }
    let name = base.rsplit("::").next().unwrap_or(base).trim();
    let arguments = match (written.split_once('<'), completed) {
        (Some((_, arguments)), _) => format!("<{arguments}"),
        (None, Type::Path(path)) => match path.path.segments.last().map(|last| &last.arguments) {
            Some(PathArguments::AngleBracketed(list)) => {
                let names = list.args.iter().map(|argument| match argument {
                    GenericArgument::Lifetime(_) => "'_".to_owned(),
                    other => plain(other),
                });
                format!("<{}>", names.collect::<Vec<_>>().join(", "))
            }
            _ => String::new(),
        },
        _ => String::new(),
    };
    format!("{name}{arguments}")
}
