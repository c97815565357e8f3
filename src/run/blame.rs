//! Which constraint an error of the compiler belongs to: found by place alone, in the emitted text.

use std::path::{Component, Path, PathBuf};

use cargo_metadata::diagnostic::{Diagnostic, DiagnosticSpan};
use proc_macro2::{LineColumn, TokenStream, TokenTree};
use syn::spanned::Spanned;

use crate::emit::EmittedFile;
use crate::model::Id;

/// What stands for `constraints/support.rs` where ids of constraints stand.
pub(super) const SUPPORT: &str = "support";

/// The user's own file among the generated ones, from the root of the package.
pub(super) const SUPPORT_FILE: &str = "constraints/support.rs";

/// Where in the emitted files each test stands.
#[derive(Debug)]
pub(super) struct Layout {
    files: Vec<String>,
    tests: Vec<TestPlace>,
}

/// One generated test.
#[derive(Debug)]
pub(super) struct TestPlace {
    /// Whose test.
    pub(super) id: Id,
    /// The file, as in [`EmittedFile`].
    pub(super) file: String,
    /// Its first and last line, from 1.
    pub(super) lines: (usize, usize),
    /// Its tokens.
    pub(super) tokens: Vec<Token>,
}

/// A token with its place; a delimiter counts as one.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// As written.
    pub(super) text: String,
    /// First character; lines from 1, columns from 0.
    pub(super) start: LineColumn,
    /// One past the last character.
    pub(super) end: LineColumn,
    /// Bytes in the text it was read from.
    pub(super) bytes: std::ops::Range<usize>,
}

/// The one who has to answer for an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Blame {
    /// Whose test; `None` for `support.rs`.
    pub(super) id: Option<Id>,
    /// First character; lines from 1, columns from 0, as the tokens have it.
    pub(super) start: LineColumn,
    /// One past the last character.
    pub(super) end: LineColumn,
}

impl Layout {
    /// Finds the tests by their `#[cfg(not(without = "ID"))]`.
    pub(super) fn of(emitted: &[EmittedFile]) -> Self {
        let rust = emitted.iter().filter(|file| is_rust(&file.path));
        let tests = rust.clone().flat_map(tests_of).collect();
        Self { files: rust.map(|file| file.path.clone()).collect(), tests }
    }

    /// The test of a constraint.
    pub(super) fn test(&self, id: &Id) -> Option<&TestPlace> {
        self.tests.iter().find(|test| test.id == *id)
    }

    /// The constraints whose tests use `support.rs`.
    pub(super) fn mention_support(&self) -> impl Iterator<Item = &Id> {
        let mentions = |test: &&TestPlace| {
            test.tokens.windows(2).any(|pair| pair[0].text == SUPPORT && pair[1].text == ":")
        };
        self.tests.iter().filter(mentions).map(|test| &test.id)
    }

    /// Whom the error belongs to: its own places first, then those it mentions.
    pub(super) fn blame(&self, error: &Diagnostic, root: &Path) -> Option<Blame> {
        let (primary, secondary): (Vec<_>, Vec<_>) = error.spans.iter().partition(|span| span.is_primary);
        let children = error.children.iter().flat_map(|child| &child.spans);
        primary.into_iter().chain(secondary).chain(children).find_map(|span| self.blame_span(span, root))
    }

    /// Follows a span out of the macros it was written by, to the first place in a file of ours.
    fn blame_span(&self, span: &DiagnosticSpan, root: &Path) -> Option<Blame> {
        self.blame_place(span, root)
            .or_else(|| span.expansion.as_ref().and_then(|expansion| self.blame_span(&expansion.span, root)))
    }

    fn blame_place(&self, span: &DiagnosticSpan, root: &Path) -> Option<Blame> {
        let blame = |id| Blame {
            id,
            start: LineColumn { line: span.line_start, column: span.column_start.saturating_sub(1) },
            end: LineColumn { line: span.line_end, column: span.column_end.saturating_sub(1) },
        };
        let path = lexically_normal(Path::new(&span.file_name));
        if is_in(&path, root, SUPPORT_FILE) {
            return Some(blame(None));
        }
        let file = self.files.iter().find(|file| is_in(&path, root, file))?;
        let stands_in = |test: &&TestPlace| {
            test.file == *file && (test.lines.0..=test.lines.1).contains(&span.line_start)
        };
        self.tests.iter().find(stands_in).map(|test| blame(Some(test.id.clone())))
    }
}

fn is_rust(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "rs")
}

fn tests_of(file: &EmittedFile) -> Vec<TestPlace> {
    let Ok(parsed) = syn::parse_file(&file.text) else { return Vec::new() };
    let tokens = file.text.parse().map(flatten).unwrap_or_default();
    let mut tests = Vec::new();
    collect(&parsed.items, file, &tokens, &mut tests);
    tests
}

fn collect(items: &[syn::Item], file: &EmittedFile, tokens: &[Token], tests: &mut Vec<TestPlace>) {
    for item in items {
        match item {
            syn::Item::Fn(function) => {
                let Some(id) = function.attrs.iter().find_map(without) else { continue };
                let span = function.span();
                let lines = (span.start().line, span.end().line);
                let inside = |token: &&Token| (lines.0..=lines.1).contains(&token.start.line);
                let tokens = tokens.iter().filter(inside).cloned().collect();
                tests.push(TestPlace { id, file: file.path.clone(), lines, tokens });
            }
            syn::Item::Mod(module) => {
                if let Some((_, items)) = &module.content {
                    collect(items, file, tokens, tests);
                }
            }
            _ => {}
        }
    }
}

/// The `ID` in `#[cfg(not(without = "ID"))]`.
fn without(attribute: &syn::Attribute) -> Option<Id> {
    let not = attribute.path().is_ident("cfg").then(|| attribute.parse_args::<syn::MetaList>().ok())??;
    let pair = not.path.is_ident("not").then(|| not.parse_args::<syn::MetaNameValue>().ok())??;
    match (&pair.value, pair.path.is_ident("without")) {
        (syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }), true) => {
            let id = text.value();
            id.rsplit_once('.').map(|(namespace, name)| Id::new(namespace, name))
        }
        _ => None,
    }
}

/// All tokens in order, delimiters too.
pub(super) fn flatten(stream: TokenStream) -> Vec<Token> {
    let mut tokens = Vec::new();
    flatten_into(stream, &mut tokens);
    tokens
}

fn flatten_into(stream: TokenStream, tokens: &mut Vec<Token>) {
    for tree in stream {
        match tree {
            TokenTree::Group(group) => {
                let text = group.to_string();
                let (open, close) = (text.chars().next(), text.chars().last());
                let is_visible = group.delimiter() != proc_macro2::Delimiter::None;
                if let (Some(open), true) = (open, is_visible) {
                    tokens.push(token(open.to_string(), group.span_open()));
                }
                flatten_into(group.stream(), tokens);
                if let (Some(close), true) = (close, is_visible) {
                    tokens.push(token(close.to_string(), group.span_close()));
                }
            }
            other => tokens.push(token(other.to_string(), other.span())),
        }
    }
}

fn token(text: String, span: proc_macro2::Span) -> Token {
    Token { text, start: span.start(), end: span.end(), bytes: span.byte_range() }
}

/// Whether `path`, as the compiler names it, is the file `wanted` of the package at `root`.
///
/// The compiler names files from the root of the workspace, which is the package's folder or one above it.
fn is_in(path: &Path, root: &Path, wanted: &str) -> bool {
    if !path.ends_with(wanted) {
        return false;
    }
    let depth = Path::new(wanted).components().count();
    let folder: PathBuf = path.components().take(path.components().count() - depth).collect();
    root.ends_with(&folder)
}

/// Without `.` and `..`, which the path of `support.rs` has.
fn lexically_normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if normal.file_name().is_some() => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}
