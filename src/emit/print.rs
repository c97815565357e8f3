//! Takes tokens, gives their text as people lay it out.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
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
    let width = Width::of(statement.clone());
    if INDENT + width.at_least > MARGIN {
        return false;
    }
    if !width.has_block && INDENT + width.at_most <= MARGIN {
        return true;
    }
    // Close to the margin only the printer knows.
    let test = items(vec![quote!(fn test() { rt::oracle(|case| { #statement }); })], "");
    test.lines().count() == 5
}

/// How far a statement of a test is indented.
const INDENT: usize = 8;

/// Where the printer ends its lines.
const MARGIN: usize = 89;

/// How wide tokens are on one line: asking the printer would cost as much as printing the test.
#[derive(Default)]
struct Width {
    at_least: usize,
    at_most: usize,
    /// Whether braces are among them, which may need lines of their own.
    has_block: bool,
}

impl Width {
    fn of(tokens: TokenStream) -> Self {
        let mut width = Self::default();
        let mut before = Before::Start;
        for token in tokens {
            // Its own width, and the spaces that may stand around it.
            let (own, spaces) = match &token {
                TokenTree::Ident(name) => (letters(name), usize::from(before == Before::Group)),
                TokenTree::Literal(literal) => (letters(literal), usize::from(before == Before::Group)),
                TokenTree::Punct(punct) => match punct.as_char() {
                    '.' | ':' | '?' | ';' | '!' | '#' | '$' | '\'' => (1, 0),
                    ',' => (2, 0),
                    // Before a value it is no operator between two.
                    '&' | '*' | '-' if matches!(before, Before::Start | Before::Punct) => (1, 0),
                    _ => (1, 2),
                },
                TokenTree::Group(group) => {
                    let inside = Self::of(group.stream());
                    let ends = if group.delimiter() == Delimiter::None { 0 } else { 2 };
                    let braces = group.delimiter() == Delimiter::Brace;
                    width.has_block |= inside.has_block || braces;
                    // A comma at the end is left out, with its space; a word before may be one such as `in`.
                    let least = inside.at_least.saturating_sub(2);
                    let spaces = usize::from(before == Before::Keyword) + 2 * usize::from(braces);
                    (ends + least, inside.at_most - least + spaces)
                }
            };
            let is_word = matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_));
            let between = usize::from(is_word && matches!(before, Before::Word | Before::Keyword));
            width.at_least += between + own;
            width.at_most += between + own + spaces;
            before = Before::of(&token);
        }
        width
    }
}

/// Words that have a space before a bracket.
const KEYWORDS: [&str; 10] = ["as", "else", "for", "if", "in", "let", "match", "mut", "return", "while"];

/// What stands before a token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Start,
    Word,
    Keyword,
    Punct,
    Group,
}

impl Before {
    fn of(token: &TokenTree) -> Self {
        match token {
            TokenTree::Ident(name) if KEYWORDS.iter().any(|keyword| name == keyword) => Self::Keyword,
            TokenTree::Ident(_) | TokenTree::Literal(_) => Self::Word,
            TokenTree::Punct(_) => Self::Punct,
            TokenTree::Group(_) => Self::Group,
        }
    }
}

fn letters(word: &impl ToString) -> usize {
    word.to_string().chars().count()
}
