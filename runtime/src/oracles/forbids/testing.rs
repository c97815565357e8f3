//! Takes attributes and macros, says whether they make the code another one where it is compiled for tests.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Whether `#[cfg(..)]` or `#[cfg_attr(..)]` asks for tests.
pub(super) fn asks_for_tests(attribute: &syn::Attribute) -> bool {
    let syn::Meta::List(list) = &attribute.meta else { return false };
    if list.path.is_ident("cfg") {
        names_test(list.tokens.clone())
    } else {
        // What is attached under the condition may name anything.
        list.path.is_ident("cfg_attr") && names_test(before_comma(&list.tokens))
    }
}

/// Whether tokens of a condition name `test` by itself, at any depth.
pub(super) fn names_test(condition: TokenStream) -> bool {
    let trees: Vec<TokenTree> = condition.into_iter().collect();
    trees.iter().enumerate().any(|(at, tree)| match tree {
        // Neither `test = ".."` nor a path.
        TokenTree::Ident(ident) => {
            ident == "test"
                && !matches!(trees.get(at + 1), Some(TokenTree::Punct(next)) if next.as_char() != ',')
        }
        TokenTree::Group(group) => names_test(group.stream()),
        _ => false,
    })
}

/// Whether a macro such as `cfg_if!` holds `cfg(..)` or `cfg!(..)` that asks for tests.
pub(super) fn holds_condition_on_test(tokens: &TokenStream) -> bool {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    trees.iter().enumerate().any(|(at, tree)| match tree {
        TokenTree::Ident(ident) if ident == "cfg" => {
            let behind = trees[at + 1..].iter().find(|tree| !matches!(tree, TokenTree::Punct(it) if it.as_char() == '!'));
            matches!(behind, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis && names_test(group.stream()))
        }
        TokenTree::Group(group) => holds_condition_on_test(&group.stream()),
        _ => false,
    })
}

fn before_comma(tokens: &TokenStream) -> TokenStream {
    let is_comma = |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ',');
    tokens.clone().into_iter().take_while(|tree| !is_comma(tree)).collect()
}
