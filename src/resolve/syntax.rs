//! Small things about Rust as syntax: our own text parsed, names as they are written, paths as their names.

use proc_macro2::Ident;
use syn::GenericParam;

use super::paths::EXTERN;

/// What is wrong with text that cannot even be cut into words.
pub(super) const UNREADABLE: &str = "brackets or quotes do not match up here";

/// Our own Rust, parsed.
///
/// # Panics
/// If it is not Rust: it is written by this stage, never by a user.
pub(super) fn ours<T: syn::parse::Parse>(text: &str) -> T {
    syn::parse_str(text).unwrap_or_else(|error| panic!("text made by the resolver is Rust: {error}: {text}"))
}

/// The identifier of this name, raw where it has to be, whether or not it was written so.
pub(super) fn ident(name: &str) -> Ident {
    let span = proc_macro2::Span::call_site();
    let name = name.strip_prefix("r#").unwrap_or(name);
    match syn::parse_str::<Ident>(name) {
        Ok(_) => Ident::new(name, span),
        Err(_) if matches!(name, "self" | "Self" | "super" | "crate" | "_") => Ident::new(name, span),
        Err(_) => Ident::new_raw(name, span),
    }
}

/// A path of ours as text, its `crate` written as `library`.
pub(super) fn joined(path: &[String], library: &str) -> String {
    let segments = path.iter().enumerate().map(|(at, segment)| match (at, segment.as_str()) {
        (0, "crate") => library.to_owned(),
        // The colons come from what follows.
        (0, EXTERN) => String::new(),
        _ => ident(segment).to_string(),
    });
    segments.collect::<Vec<_>>().join("::")
}

/// The name of a parameter, that of a lifetime with its mark.
pub(super) fn parameter_name(parameter: &GenericParam) -> String {
    match parameter {
        GenericParam::Lifetime(parameter) => parameter.lifetime.to_string(),
        GenericParam::Type(parameter) => parameter.ident.to_string(),
        GenericParam::Const(parameter) => parameter.ident.to_string(),
    }
}

/// The names of a path; one that says that it starts with another crate begins with [`EXTERN`].
pub(super) fn segments(path: &syn::Path) -> Vec<String> {
    let start = path.leading_colon.iter().map(|_| EXTERN.to_owned());
    start.chain(path.segments.iter().map(|segment| unraw(&segment.ident))).collect()
}

/// A name without the mark that makes a keyword usable.
pub(super) fn unraw(ident: &syn::Ident) -> String {
    use syn::ext::IdentExt as _;
    ident.unraw().to_string()
}
