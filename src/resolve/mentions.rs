//! Takes Rust as tokens, gives the names in it that may be values.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Ident, Punct, TokenStream, TokenTree};

/// Collects names that may be values: not fields, methods or parts of paths.
pub(super) fn mention(tokens: TokenStream, mentions: &mut BTreeSet<String>) {
    let mut before: Vec<Option<Punct>> = Vec::new();
    for token in tokens {
        match &token {
            TokenTree::Ident(name) if !is_part(&before) => {
                mentions.insert(name.to_string());
            }
            TokenTree::Group(group) => mention(group.stream(), mentions),
            // Format strings may name values in braces.
            TokenTree::Literal(literal) => mentions.extend(in_braces(&literal.to_string())),
            _ => {}
        }
        before.push(match token {
            TokenTree::Punct(punct) => Some(punct),
            // A block with invisible delimiters changes nothing.
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => continue,
            _ => None,
        });
    }
}

/// Whether what comes next is a field, a method, or a later segment of a path.
pub(super) fn is_part(before: &[Option<Punct>]) -> bool {
    let at =
        |back: usize| before.len().checked_sub(back).and_then(|at| before[at].as_ref()).map(Punct::as_char);
    match at(1) {
        // `..name` is a range.
        Some('.') => at(2) != Some('.'),
        Some(':') => at(2) == Some(':'),
        _ => false,
    }
}

fn in_braces(literal: &str) -> Vec<String> {
    let named = literal.split('{').skip(1).filter_map(|rest| {
        let end = rest.find(['}', ':'])?;
        syn::parse_str::<Ident>(rest[..end].trim()).ok().map(|name| name.to_string())
    });
    named.collect()
}
