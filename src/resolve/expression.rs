//! Takes Rust as text, gives it parsed, with the crate under test named as a test names it.
//!
//! Works on tokens, so that what stands inside macro arguments is treated like everything else.

use std::collections::BTreeSet;
use std::ops::Range;

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, TokenStream, TokenTree};

use super::bound::old_name;
use super::mentions::{is_part, mention};
use super::names::Names;
use super::syntax::{UNREADABLE, ident};
use crate::model::{Code, Expression, Fault, Sources};

/// Rust from a declaration.
#[derive(Clone, Debug)]
pub(super) struct Parsed<T> {
    /// The syntax.
    pub syntax: T,
    /// The names it mentions that may be values of the case.
    pub mentions: BTreeSet<String>,
    /// The values whose state before the call it asks for, each with its bytes in the text.
    pub olds: Vec<(String, Range<usize>)>,
}

/// An expression from a declaration, with what can be told of its names.
#[derive(Clone, Debug)]
pub(super) struct Snippet {
    /// The syntax.
    pub syntax: syn::Expr,
    /// The names it mentions that may be values of the case.
    pub mentions: BTreeSet<String>,
    /// The values whose state before the call it asks for, each with its bytes in the text.
    pub olds: Vec<(String, Range<usize>)>,
    /// The names that something outside has to provide.
    pub names: Names,
}

/// Parses an expression and looks for names in it; one that would leave its test is refused.
pub(super) fn code(
    expression: &Expression,
    library: &str,
    what: &str,
    sources: &Sources,
) -> Result<Snippet, Box<Fault>> {
    let Parsed { syntax, mentions, olds } = parse::<syn::Expr>(expression, library, what, sources)?;
    let names = Names::of(&syntax);
    if let Some((token, at)) = names.leaves {
        let at = expression.locate(sources, at);
        let fault = Fault::error(
            Code::InvalidRust,
            at,
            format!("`{token}` leaves an expression that has no function around it"),
        );
        let help = if token == "?" {
            "take out the `?`: what comes out is then the whole `Result` or `Option`"
        } else {
            "let the last expression of the block be the value"
        };
        return Err(Box::new(fault.label("nothing to leave").help(help)));
    }
    Ok(Snippet { syntax, mentions, olds, names })
}

/// Parses `expression`; `crate::` becomes `library::`.
pub(super) fn parse<T: syn::parse::Parse>(
    expression: &Expression,
    library: &str,
    what: &str,
    sources: &Sources,
) -> Result<Parsed<T>, Box<Fault>> {
    let fault = |range: Range<usize>, message: String| {
        // The end of the text has no token, so its place is that of nothing.
        let range = if range.end == 0 { expression.text.len()..expression.text.len() } else { range };
        let at = expression.locate(sources, range);
        Box::new(Fault::error(Code::InvalidRust, at, format!("this is not {what}")).label(message))
    };
    let tokens: TokenStream = expression
        .text
        .parse()
        .map_err(|error: proc_macro2::LexError| fault(error.span().byte_range(), UNREADABLE.to_owned()))?;
    let tokens = renamed(tokens, library);
    let mut mentions = BTreeSet::new();
    mention(tokens.clone(), &mut mentions);
    let mut olds = Vec::new();
    let tokens = kept(tokens, &mut olds).map_err(|at| fault(at, OLD_OF_WHAT.to_owned()))?;
    let syntax = syn::parse2(tokens).map_err(|error| fault(error.span().byte_range(), error.to_string()))?;
    Ok(Parsed { syntax, mentions, olds })
}

const OLD_OF_WHAT: &str = "`old` takes the name of a value: write `old(list).len()`, not `old(list.len())`";

/// The tokens with `old(name)` as the name under which that state is kept.
///
/// # Errors
/// The bytes of an `old(..)` that names no value.
fn kept(tokens: TokenStream, olds: &mut Vec<(String, Range<usize>)>) -> Result<TokenStream, Range<usize>> {
    let mut before: Vec<Option<Punct>> = Vec::new();
    let mut changed = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_old = matches!(&token, TokenTree::Ident(name) if name == "old") && !is_part(&before);
        before.push(if let TokenTree::Punct(punct) = &token { Some(punct.clone()) } else { None });
        let group = match (is_old, tokens.peek()) {
            (true, Some(TokenTree::Group(group))) if group.delimiter() == Delimiter::Parenthesis => {
                Some(group.clone())
            }
            _ => None,
        };
        changed.push(match (token, group) {
            (_, Some(group)) => {
                tokens.next();
                before.push(None);
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                let [TokenTree::Ident(name)] = inside.as_slice() else {
                    return Err(group.span().byte_range());
                };
                olds.push((name.to_string(), name.span().byte_range()));
                TokenTree::Ident(Ident::new(&old_name(&name.to_string()), name.span()))
            }
            (TokenTree::Group(group), None) => {
                let mut inside = Group::new(group.delimiter(), kept(group.stream(), olds)?);
                inside.set_span(group.span());
                TokenTree::Group(inside)
            }
            (other, None) => other,
        });
    }
    Ok(changed.into_iter().collect())
}

/// The path of a declaration as syntax, and as a test writes it.
pub(super) struct Named {
    /// As it stands.
    pub syntax: syn::ExprPath,
    /// With the crate under test under its own name.
    pub outside: String,
}

impl Named {
    /// Parses `path`.
    pub(super) fn new(path: &str, library: &str) -> syn::Result<Self> {
        let syntax = syn::parse_str(path)?;
        let tokens: TokenStream = path.parse()?;
        Ok(Self { syntax, outside: renamed(tokens, library).to_string() })
    }
}

/// The tokens with `crate::` as `library::`, at any depth; `$crate::` stays.
fn renamed(tokens: TokenStream, library: &str) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let rename = |at: usize| {
        is_colon(tokens.get(at + 1), Spacing::Joint)
            && tokens
                .get(at + 2)
                .is_some_and(|next| matches!(next, TokenTree::Punct(punct) if punct.as_char() == ':'))
            && !(at > 0 && matches!(&tokens[at - 1], TokenTree::Punct(punct) if punct.as_char() == '$'))
    };
    let changed = tokens.iter().enumerate().map(|(at, token)| match token {
        TokenTree::Ident(name) if name == "crate" && rename(at) => {
            let mut library = ident(library);
            library.set_span(name.span());
            TokenTree::Ident(library)
        }
        TokenTree::Group(group) => {
            let mut changed = Group::new(group.delimiter(), renamed(group.stream(), library));
            changed.set_span(group.span());
            TokenTree::Group(changed)
        }
        other => other.clone(),
    });
    changed.collect()
}

fn is_colon(token: Option<&TokenTree>, spacing: Spacing) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && punct.spacing() == spacing)
}
