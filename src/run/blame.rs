//! Which constraint an error of the compiler belongs to: found by place alone, in the emitted text.

use std::path::{Component, Path, PathBuf};

use cargo_metadata::diagnostic::{Diagnostic, DiagnosticSpan};
use proc_macro2::{LineColumn, TokenStream, TokenTree};
use syn::spanned::Spanned;

use crate::emit::EmittedFile;
use crate::model::Id;

/// What stands for `constraints/support.rs` where ids of constraints stand.
pub(super) const SUPPORT: &str = "support";

/// What stands for the counter of the heap there.
pub(super) const HEAP: &str = "heap";

/// The user's own file among the generated ones, from the root of the package.
pub(super) const SUPPORT_FILE: &str = "constraints/support.rs";

/// Where in the emitted files each test stands.
#[derive(Debug)]
pub(super) struct Layout {
    files: Vec<String>,
    tests: Vec<TestPlace>,
    makers: Vec<MakerPlace>,
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

/// A function that makes values of one of the user's types, for all tests of its file.
#[derive(Debug)]
struct MakerPlace {
    /// The name by which it is left out, such as `make::account`.
    name: String,
    file: String,
    lines: (usize, usize),
    tokens: Vec<Token>,
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

/// Where the text stands that the compiler refuses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner {
    /// In `constraints/support.rs`.
    Support,
    /// In the counter of the heap, next to the crate's own allocator.
    Heap,
    /// In a function that makes values, by the name it is left out by.
    Maker(String),
    /// In the test of a constraint.
    Test(Id),
}

/// The one who has to answer for an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Blame {
    /// Whose text it is.
    pub(super) owner: Owner,
    /// First character; lines from 1, columns from 0, as the tokens have it.
    pub(super) start: LineColumn,
    /// One past the last character.
    pub(super) end: LineColumn,
}

impl Layout {
    /// Finds the tests by their `#[cfg(not(without = "ID"))]`, and what they share by the same attribute.
    pub(super) fn of(emitted: &[EmittedFile]) -> Self {
        let rust = emitted.iter().filter(|file| is_rust(&file.path));
        let files = rust.clone().map(|file| file.path.clone()).collect();
        let mut layout = Self { files, tests: Vec::new(), makers: Vec::new() };
        for file in rust {
            if let Ok(parsed) = syn::parse_file(&file.text) {
                let tokens = file.text.parse().map(flatten).unwrap_or_default();
                layout.collect(&parsed.items, file, &tokens);
            }
        }
        layout
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

    /// The constraints whose tests use the maker of that name, by way of other makers too.
    pub(super) fn use_maker(&self, name: &str) -> Vec<&Id> {
        let mut known = vec![name];
        let mut at = 0;
        while let Some(name) = known.get(at) {
            let more = self.makers.iter().filter(|maker| mentions(&maker.tokens, name));
            for maker in more.map(|maker| maker.name.as_str()).collect::<Vec<_>>() {
                if !known.contains(&maker) {
                    known.push(maker);
                }
            }
            at += 1;
        }
        let uses = |test: &&TestPlace| known.iter().any(|name| mentions(&test.tokens, name));
        self.tests.iter().filter(uses).map(|test| &test.id).collect()
    }

    /// Whom the error belongs to: its own places first, then those it mentions.
    pub(super) fn blame(&self, error: &Diagnostic, root: &Path) -> Option<Blame> {
        if error.message.contains("global allocator") {
            // The compiler says it of the whole program, at no place.
            let nowhere = LineColumn { line: 1, column: 0 };
            return Some(Blame { owner: Owner::Heap, start: nowhere, end: nowhere });
        }
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
        let blame = |owner| Blame {
            owner,
            start: LineColumn { line: span.line_start, column: span.column_start.saturating_sub(1) },
            end: LineColumn { line: span.line_end, column: span.column_end.saturating_sub(1) },
        };
        let path = lexically_normal(Path::new(&span.file_name));
        if is_in(&path, root, SUPPORT_FILE) {
            return Some(blame(Owner::Support));
        }
        let file = self.files.iter().find(|file| is_in(&path, root, file))?;
        let holds = |lines: (usize, usize)| (lines.0..=lines.1).contains(&span.line_start);
        let test = self.tests.iter().find(|test| test.file == *file && holds(test.lines));
        let maker = || self.makers.iter().find(|maker| maker.file == *file && holds(maker.lines));
        test.map(|test| Owner::Test(test.id.clone()))
            .or_else(|| maker().map(|maker| Owner::Maker(maker.name.clone())))
            .map(blame)
    }

    fn collect(&mut self, items: &[syn::Item], file: &EmittedFile, tokens: &[Token]) {
        for item in items {
            match item {
                syn::Item::Fn(function) => {
                    let Some(name) = function.attrs.iter().find_map(without) else { continue };
                    let span = function.span();
                    let lines = (span.start().line, span.end().line);
                    let inside = |token: &&Token| (lines.0..=lines.1).contains(&token.start.line);
                    let tokens = tokens.iter().filter(inside).cloned().collect();
                    let file = file.path.clone();
                    match name.rsplit_once('.') {
                        _ if name.contains("::") => {
                            self.makers.push(MakerPlace { name, file, lines, tokens });
                        }
                        Some((namespace, name)) => {
                            self.tests.push(TestPlace { id: Id::new(namespace, name), file, lines, tokens });
                        }
                        None => {}
                    }
                }
                syn::Item::Mod(module) => {
                    if let Some((_, items)) = &module.content {
                        self.collect(items, file, tokens);
                    }
                }
                _ => {}
            }
        }
    }
}

fn is_rust(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "rs")
}

/// Whether the tokens name the function at `path`, which has two segments.
fn mentions(tokens: &[Token], path: &str) -> bool {
    let Some((module, function)) = path.split_once("::") else { return false };
    let is = |window: &[Token]| {
        window[0].text == module
            && window[1].text == ":"
            && window[2].text == ":"
            && window[3].text.trim_start_matches("r#") == function
    };
    tokens.windows(4).any(is)
}

/// The `ID` in `#[cfg(not(without = "ID"))]`.
fn without(attribute: &syn::Attribute) -> Option<String> {
    let not = attribute.path().is_ident("cfg").then(|| attribute.parse_args::<syn::MetaList>().ok())??;
    let pair = not.path.is_ident("not").then(|| not.parse_args::<syn::MetaNameValue>().ok())??;
    match (&pair.value, pair.path.is_ident("without")) {
        (syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }), true) => Some(text.value()),
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
