//! Takes a type and what is stated of it, gives the macro that asks the compiler: one line for each thing a person looks for.

use quote::{ToTokens, quote};
use syn::Type;

use crate::kinds::Claim;

use super::print;

/// The call of the macro, as it stands in a test.
pub(super) fn asked(
    id: &str,
    shown: &str,
    ty: &Type,
    choices: &[(String, Vec<Type>)],
    claims: &[Claim],
) -> String {
    let mut lines = vec![format!("{id:?}, {shown:?},")];
    lines.extend(choices.iter().map(|(name, types)| {
        let types: Vec<String> = types.iter().map(written).collect();
        format!("[{name} in {}]", types.join(", "))
    }));
    lines.push(format!("for {}:", written(ty)));
    lines.extend(claims.iter().map(|claim| {
        let conditions = claim.conditions.iter().map(|(ty, bounds)| {
            let bounds = written(&syn::parse_quote!(dyn #bounds));
            format!(" ({}: {})", written(ty), bounds.trim_start_matches("dyn "))
        });
        let of = &claim.of;
        let of = written(&syn::parse_quote!(#of));
        format!("[{of}, {}{}]", claim.has, conditions.collect::<String>())
    }));
    format!("rt::auto_traits! {{\n        {}\n    }}", lines.join("\n        "))
}

/// The type on one line.
fn written(ty: &Type) -> String {
    let printed = print::items(vec![quote!(type It = #ty;)], "");
    let line = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    let inner = line.trim_start_matches("type It =").trim_end_matches(';').trim();
    if inner.is_empty() { ty.to_token_stream().to_string() } else { inner.to_owned() }
}
