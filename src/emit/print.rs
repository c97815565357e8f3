//! Takes tokens, gives their text as people lay it out.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Expr, File, Item};

/// The items as text, `between` between them; the printer itself leaves no blank lines.
pub(super) fn items(items: Vec<TokenStream>, between: &str) -> String {
    let mut texts = Vec::new();
    for tokens in items {
        let parsed: File = syn::parse2(tokens).expect("generated Rust parses");
        // One file may hold several items; each is printed alone.
        texts.extend(parsed.items.into_iter().map(|item: Item| {
            prettyplease::unparse(&File {
                shebang: None,
                frontmatter: None,
                attrs: Vec::new(),
                items: vec![item],
            })
        }));
    }
    texts.join(between)
}

/// The text of an expression, on one line.
pub(super) fn one_line(expression: &Expr) -> String {
    let text = items(vec![quote!(const _: () = #expression;)], "");
    let text = text.trim_end().trim_start_matches("const _: () =").trim_end_matches(';');
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a statement of a test fits on one line there.
pub(super) fn fits(statement: &TokenStream) -> bool {
    let test = items(vec![quote!(fn test() { rt::oracle(|case| { #statement }); })], "");
    test.lines().count() == 5
}
