//! Takes an expression of the user, gives the same one about other values.

use proc_macro2::{Group, Ident, Literal, TokenStream, TokenTree};
use syn::{Expr, parse_quote};

use super::lowering::ident;

/// The expression with other names for values, those in macros and in format strings included.
///
/// Fields, methods and parts of paths keep their names.
pub(super) fn renamed(expression: &Expr, names: &[(String, String)]) -> Expr {
    let tokens: TokenStream = parse_quote!(#expression);
    // Other identifiers at the same places parse as the same expression.
    syn::parse2(in_tokens(tokens, names)).unwrap_or_else(|_| expression.clone())
}

fn in_tokens(tokens: TokenStream, names: &[(String, String)]) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let changed = |(at, token): (usize, &TokenTree)| match token {
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), in_tokens(group.stream(), names));
            inner.set_span(group.span());
            TokenTree::Group(inner)
        }
        TokenTree::Ident(name) if is_value(&tokens, at) => TokenTree::Ident(changed_name(name, names)),
        TokenTree::Literal(literal) => TokenTree::Literal(in_literal(literal, names)),
        TokenTree::Ident(_) | TokenTree::Punct(_) => token.clone(),
    };
    tokens.iter().enumerate().map(changed).collect()
}

/// Whether the identifier at `at` may name a value: it is no member of another and no part of a longer path.
fn is_value(tokens: &[TokenTree], at: usize) -> bool {
    let is = |at: Option<usize>, wanted: char| match at.and_then(|at| tokens.get(at)) {
        Some(TokenTree::Punct(punct)) => punct.as_char() == wanted,
        _ => false,
    };
    let (one, two) = (at.checked_sub(1), at.checked_sub(2));
    let is_member = is(one, '.') && !is(two, '.');
    let is_in_path = (is(one, ':') && is(two, ':')) || (is(Some(at + 1), ':') && is(Some(at + 2), ':'));
    !is_member && !is_in_path
}

fn changed_name(name: &Ident, names: &[(String, String)]) -> Ident {
    let new = names.iter().find(|(old, _)| name == old);
    new.map_or_else(
        || name.clone(),
        |(_, new)| {
            let mut new = ident(new);
            new.set_span(name.span());
            new
        },
    )
}

/// `"{name}"` uses a value as well.
fn in_literal(literal: &Literal, names: &[(String, String)]) -> Literal {
    let mut text = literal.to_string();
    for (old, new) in names {
        for end in ['}', ':'] {
            text = text.replace(&format!("{{{old}{end}"), &format!("{{{new}{end}"));
        }
    }
    text.parse().unwrap_or_else(|_| literal.clone())
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::renamed;

    #[test]
    fn values_are_renamed_and_nothing_else() {
        let names = [("text".to_owned(), "other_text".to_owned())];
        let renamed = renamed(
            &parse_quote!(text.text.len() + text::of(&text, ..text) + m!(text, "{text:?} text")),
            &names,
        );
        let wanted: syn::Expr = parse_quote!(
            other_text.text.len()
                + text::of(&other_text, ..other_text)
                + m!(other_text, "{other_text:?} text")
        );
        assert_eq!(renamed, wanted);
    }
}
