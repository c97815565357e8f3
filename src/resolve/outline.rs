//! Takes the text of a Rust file, gives it without what stands inside the bodies of its functions.
//!
//! What a crate offers stands outside of them, and most of a file inside: parsing the rest costs a fraction.
//! Every byte that is left keeps its place and every line its number, so spans into the outline are spans into the file.
//! It does not judge: a text whose braces do not match up comes back as it is, for the parser to complain about.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use rustc_lexer::{FrontmatterAllowed, TokenKind};
use serde::{Deserialize, Serialize};

/// `text` with the inside of each body blanked out.
pub(super) fn outline(text: &str) -> String {
    let mut outline = text.to_owned();
    // What is replaced is ASCII for whole characters, so the text stays UTF-8.
    for (start, end) in bodies(text).into_iter().rev() {
        let blank: String =
            text[start..end].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
        outline.replace_range(start..end, &blank);
    }
    outline
}

/// The first byte that stands deeper than the parser, which calls itself for each level, can be let go.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut angles, mut run) = (0_usize, 0_usize, 0_usize);
    for token in Tokens::of(text) {
        let is_prefix =
            matches!(token.kind, TokenKind::Bang | TokenKind::Minus | TokenKind::Star | TokenKind::And);
        run = if is_prefix { run + 1 } else { 0 };
        match token.kind {
            TokenKind::OpenParen | TokenKind::OpenBracket | TokenKind::OpenBrace => depth += 1,
            TokenKind::CloseParen | TokenKind::CloseBracket | TokenKind::CloseBrace => {
                depth = depth.saturating_sub(1);
                angles = 0;
            }
            TokenKind::Lt => angles += 1,
            TokenKind::Gt => angles = angles.saturating_sub(1),
            // One that compares or shifts closes nothing: what it is in ends here.
            TokenKind::Semi | TokenKind::Comma => angles = 0,
            _ => {}
        }
        if depth + angles + run > DEEPEST {
            return Some(token.end - token.text.len());
        }
    }
    None
}

/// Deeper than anybody writes, and far from the end of the stack.
pub(super) const DEEPEST: usize = 256;

/// What a Rust file says to the rest of its crate, whatever its layout and comments, as numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interface {
    /// For all that stands outside of the bodies of functions.
    pub whole: u64,
    /// The same without the signatures of functions and the fields of structs: which names there are, who may use
    /// them, and what is implemented for what.
    pub names: u64,
    /// The same without any function.
    pub frame: u64,
}

impl Interface {
    /// That of the file with this text; nothing where bodies cannot be told from the rest.
    pub fn of(text: &str) -> Option<Self> {
        let bodies = bodies(text);
        if bodies.is_empty() && text.contains("fn ") {
            return None;
        }
        let contents = contents(text);
        let [names, frame] = [&contents.names, &contents.frame].map(|places| outside(text, places));
        Some(Self { whole: outside(text, &bodies), names, frame })
    }
}

/// A hash of the tokens outside of these places, which are in order.
fn outside(text: &str, places: &[(usize, usize)]) -> u64 {
    let mut places = places.iter().peekable();
    let mut hasher = DefaultHasher::new();
    for token in Tokens::of(text) {
        let start = token.end - token.text.len();
        while places.next_if(|(_, end)| *end <= start).is_some() {}
        if places.peek().is_none_or(|(place, _)| start < *place) {
            token.text.hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// What of a file is no name, and what is no frame of it, as places in order.
#[derive(Default)]
struct Contents {
    /// Functions from behind their names on, and what is between the braces or parentheses of structs.
    names: Vec<(usize, usize)>,
    /// Functions as a whole, with their attributes and who may call them, and the same part of structs.
    frame: Vec<(usize, usize)>,
}

fn contents(text: &str) -> Contents {
    let mut tokens = Tokens::of(text);
    let mut contents = Contents::default();
    // Where the item at hand begins.
    let mut start = 0;
    while let Some(token) = tokens.next() {
        if matches!(token.kind, TokenKind::OpenBrace | TokenKind::CloseBrace | TokenKind::Semi) {
            start = token.end;
        }
        // An attribute of all that is around it belongs to no function, wherever it stands.
        if token.kind == TokenKind::Pound && tokens.next().is_some_and(|next| next.kind == TokenKind::Bang) {
            let opened = tokens.next();
            if opened.is_some_and(|bracket| bracket.kind == TokenKind::OpenBracket) {
                tokens.closing(TokenKind::OpenBracket, TokenKind::CloseBracket);
            }
            start = tokens.at;
        }
        let is_function = token.text == "fn";
        if token.kind != TokenKind::Ident || !(is_function || token.text == "struct") {
            continue;
        }
        let Some(name) = tokens.next() else { break };
        if !matches!(name.kind, TokenKind::Ident | TokenKind::RawIdent) {
            continue;
        }
        if is_function {
            let end = match open_brace(&mut tokens) {
                Some(_) => tokens.closing_brace(),
                None => Some(tokens.at),
            };
            let end = end.unwrap_or(text.len());
            contents.names.push((name.end, end));
            // The brace that closes the body goes with it.
            contents.frame.push((start, tokens.at));
        } else if let Some(fields) = fields(&mut tokens) {
            contents.names.push(fields);
            contents.frame.push(fields);
        }
        start = tokens.at;
    }
    contents
}

/// Where the fields of the struct are whose name has just been read; nothing if it has none.
fn fields(tokens: &mut Tokens<'_>) -> Option<(usize, usize)> {
    let (mut angles, mut before) = (0_usize, TokenKind::Ident);
    loop {
        let token = tokens.next()?;
        match token.kind {
            TokenKind::Lt => angles += 1,
            TokenKind::Gt if before != TokenKind::Minus => angles = angles.saturating_sub(1),
            TokenKind::OpenBrace if angles == 0 => return Some((token.end, tokens.closing_brace()?)),
            TokenKind::OpenParen if angles == 0 => {
                return Some((token.end, tokens.closing(TokenKind::OpenParen, TokenKind::CloseParen)?));
            }
            TokenKind::Semi | TokenKind::CloseBrace => return None,
            _ => {}
        }
        before = token.kind;
    }
}

/// Where the insides of the bodies of functions are, in order; nothing for a text with unmatched braces.
fn bodies(text: &str) -> Vec<(usize, usize)> {
    let mut tokens = Tokens::of(text);
    let mut bodies = Vec::new();
    while let Some(token) = tokens.next() {
        if token.kind != TokenKind::Ident || token.text != "fn" {
            continue;
        }
        // `fn(u8)` is a type.
        if !tokens.next().is_some_and(|name| matches!(name.kind, TokenKind::Ident | TokenKind::RawIdent)) {
            continue;
        }
        if let Some(open) = open_brace(&mut tokens) {
            let Some(close) = tokens.closing_brace() else { return Vec::new() };
            bodies.push((open, close));
        }
    }
    bodies
}

/// The end of the brace that opens the body of the function whose name has just been read; nothing if it has none.
fn open_brace(tokens: &mut Tokens<'_>) -> Option<usize> {
    let mut depth = 0_usize;
    let mut before = TokenKind::Ident;
    loop {
        let token = tokens.next()?;
        match token.kind {
            TokenKind::OpenParen | TokenKind::OpenBracket => depth += 1,
            TokenKind::CloseParen | TokenKind::CloseBracket => depth = depth.saturating_sub(1),
            TokenKind::Semi if depth == 0 => return None,
            // Where a type is expected, a brace holds the value of a constant.
            TokenKind::OpenBrace
                if depth > 0 || matches!(before, TokenKind::Lt | TokenKind::Comma | TokenKind::Eq) =>
            {
                tokens.closing_brace()?;
            }
            TokenKind::OpenBrace => return Some(token.end),
            // The end of what is around it: this was no function.
            TokenKind::CloseBrace => return None,
            _ => {}
        }
        before = token.kind;
    }
}

/// The tokens of a text that mean something.
struct Tokens<'t> {
    text: &'t str,
    rest: Box<dyn Iterator<Item = rustc_lexer::Token> + 't>,
    at: usize,
}

struct Token<'t> {
    kind: TokenKind,
    text: &'t str,
    end: usize,
}

impl<'t> Tokens<'t> {
    fn of(text: &'t str) -> Self {
        let at = rustc_lexer::strip_shebang(text).unwrap_or(0);
        Self { text, rest: Box::new(rustc_lexer::tokenize(&text[at..], FrontmatterAllowed::Yes)), at }
    }

    /// The start of the brace that closes the one just read.
    fn closing_brace(&mut self) -> Option<usize> {
        self.closing(TokenKind::OpenBrace, TokenKind::CloseBrace)
    }

    /// The start of what closes what was just read to be open.
    fn closing(&mut self, open: TokenKind, close: TokenKind) -> Option<usize> {
        let mut depth = 1_usize;
        loop {
            let token = self.next()?;
            if token.kind == open {
                depth += 1;
            } else if token.kind == close {
                depth -= 1;
            }
            if depth == 0 {
                return Some(token.end - 1);
            }
        }
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        loop {
            let token = self.rest.next()?;
            let start = self.at;
            self.at += token.len as usize;
            let means_nothing = matches!(
                token.kind,
                TokenKind::Whitespace
                    | TokenKind::LineComment { .. }
                    | TokenKind::BlockComment { .. }
                    | TokenKind::Frontmatter { .. }
            );
            if !means_nothing {
                return Some(Token { kind: token.kind, text: &self.text[start..self.at], end: self.at });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Interface, outline};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let outline = outline(text);
        assert_eq!(outline.len(), text.len());
        let squeezed: Vec<&str> = outline.split_whitespace().collect();
        assert_eq!(squeezed.join(" "), expected);
    }

    #[test]
    fn bodies_are_blank_and_everything_else_stays() {
        check(
            "//! Ünder.\npub fn a(x: &str) -> usize {\n    let s = \"}\"; '}'; r#\"}\"# /* } */ \n}\nstruct B { c: u8 }",
            "//! Ünder. pub fn a(x: &str) -> usize { } struct B { c: u8 }",
        );
    }

    #[test]
    fn only_what_stands_outside_of_bodies_makes_another_interface() {
        let text = "/// Reads.\nfn a(x: u8) -> u8 { x + 1 }\nstruct B(u8);";
        let same = "fn a(x: u8)\n    -> u8 {\n    // Slow.\n    x * 2\n}\n\nstruct B(u8);\n";
        assert_eq!(Interface::of(text), Interface::of(same));
        for other in [
            "fn a(x: u8) -> u16 { x + 1 } struct B(u8);",
            "fn a(x: u8) -> u8 { x + 1 } struct B(u16);",
            "fn a(x: u8) -> u8 { x + 1 } fn c() {} struct B(u8);",
            "fn a(x: u8) -> u8 { x + 1 }",
        ] {
            assert_ne!(whole(text), whole(other), "{other}");
        }
        assert_eq!(Interface::of("fn a() { {"), None);
    }

    fn whole(text: &str) -> Option<u64> {
        Interface::of(text).map(|interface| interface.whole)
    }

    #[test]
    fn signatures_and_fields_make_no_other_names_and_functions_no_other_frame() {
        let text = "pub fn a(x: u8) -> u8 { x } struct B(u8); struct C<T> { d: T } impl<T> C<T> { fn e(&self) {} } enum F { G }";
        let names = |text: &str| Interface::of(text).map(|interface| interface.names);
        let frame = |text: &str| Interface::of(text).map(|interface| interface.frame);
        for same in [
            "pub fn a<T>(x: [T; { 1 }]) where T: Copy { } struct B(u16, fn(u8)); struct C<T> { d: Vec<T>, f: u8 } impl<T> C<T> { fn e() { 1 } } enum F { G }",
            "pub fn a() { fn b() {} } struct B(); struct C<T> {} impl<T> C<T> { fn e() -> u8 {} } enum F { G }",
        ] {
            assert_eq!([names(text), frame(text)], [names(same), frame(same)], "{same}");
            assert_ne!(whole(text), whole(same), "{same}");
        }
        for other in [
            text.replace("pub ", ""),
            text.replace("fn a", "fn aa"),
            text.replace("pub fn a", "#[cfg(a)] pub(crate) async fn a"),
            text.replace("fn e", "pub fn e"),
            text.replace("struct B(u8);", "struct B(u8); fn f() {}"),
            text.replace("{ fn e(&self) {} }", "{ fn e(&self) {} unsafe fn f() { { } } }"),
            text.replace("pub fn a(x: u8) -> u8 { x }", ""),
        ] {
            assert_ne!(names(text), names(&other), "{other}");
            assert_eq!(frame(text), frame(&other), "{other}");
        }
        for other in [
            text.replace("struct C<T>", "struct C<T = u8>"),
            text.replace("struct C", "#[derive(Clone)] struct C"),
            text.replace("impl<T> C<T>", "impl C<u8>"),
            text.replace("{ G }", "{ G, H }"),
            text.replace("enum F { G }", ""),
            format!("use crate::g; {text}"),
            format!("#![cfg(g)] {text}"),
            format!("{text} type I = u8;"),
        ] {
            assert_ne!(names(text), names(&other), "{other}");
            assert_ne!(frame(text), frame(&other), "{other}");
        }
    }

    #[test]
    fn lines_keep_their_numbers() {
        assert_eq!(outline("fn a() {\n é\n}\nfn b() {}"), "fn a() {\n   \n}\nfn b() {}");
    }

    #[test]
    fn what_is_no_body_stays() {
        check("type F = fn(u8) -> u8; const A: u8 = { 1 };", "type F = fn(u8) -> u8; const A: u8 = { 1 };");
        check("trait T { fn a(); fn b() { 1 } }", "trait T { fn a(); fn b() { } }");
        check("fn a() -> Sized<{ 1 + 1 }> { 2 }", "fn a() -> Sized<{ 1 + 1 }> { }");
        check(
            "fn a(b: [u8; { 3 }]) -> Two<u8, { 1 }> where u8: Copy { 2 }",
            "fn a(b: [u8; { 3 }]) -> Two<u8, { 1 }> where u8: Copy { }",
        );
        check(
            "macro_rules! m { ($n:ident) => { fn $n() { 1 } } }",
            "macro_rules! m { ($n:ident) => { fn $n() { 1 } } }",
        );
    }

    #[test]
    fn braces_that_do_not_match_up_leave_the_text_to_the_parser() {
        check("fn a() { { }", "fn a() { { }");
        check("fn a() { 'x }", "fn a() { }");
        check("fn", "fn");
        check("fn a", "fn a");
    }
}
