//! Takes the inside of a macro call that is no Rust by itself, gives what looks like calls, macros and paths in it.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};

/// Something that stands between the tokens of a macro.
#[derive(Debug)]
pub(super) enum Written {
    /// `a::b(..)`
    Call(Vec<String>, Span),
    /// `.a(..)`
    Method(Ident),
    /// `a::b!(..)`
    Macro(Vec<String>, Span),
    /// `a::b`
    Path(Vec<String>, Span),
    /// `unsafe`
    Unsafe(Span),
}

/// What stands in the tokens themselves; groups are handed on whole.
pub(super) fn written(tokens: &TokenStream) -> (Vec<Written>, Vec<TokenStream>) {
    let mut reading = Reading::default();
    for tree in tokens.clone() {
        reading.see(tree);
    }
    reading.end();
    (reading.found, reading.groups)
}

#[derive(Default)]
struct Reading {
    path: Vec<Ident>,
    /// Colons behind the path.
    colons: usize,
    /// A `.` stands before the path.
    is_method: bool,
    /// A `.` was the last token.
    after_dot: bool,
    /// A `!` stands behind the path.
    is_macro: bool,
    found: Vec<Written>,
    groups: Vec<TokenStream>,
}

impl Reading {
    fn see(&mut self, tree: TokenTree) {
        let was_dot = std::mem::take(&mut self.after_dot);
        match tree {
            TokenTree::Ident(ident) if ident == "unsafe" => {
                self.end();
                self.found.push(Written::Unsafe(ident.span()));
            }
            TokenTree::Ident(ident) => {
                if self.colons != 2 {
                    self.end();
                    self.is_method = was_dot;
                }
                self.colons = 0;
                self.path.push(ident);
            }
            TokenTree::Punct(punct) if punct.as_char() == ':' && !self.path.is_empty() => self.colons += 1,
            TokenTree::Punct(punct) if punct.as_char() == '!' && self.is_whole() => self.is_macro = true,
            TokenTree::Group(group) => {
                self.called(group.delimiter());
                self.groups.push(group.stream());
            }
            other => {
                self.end();
                self.after_dot = matches!(other, TokenTree::Punct(punct) if punct.as_char() == '.');
            }
        }
    }

    fn is_whole(&self) -> bool {
        !self.path.is_empty() && self.colons == 0
    }

    fn called(&mut self, delimiter: Delimiter) {
        if self.is_whole() && self.is_macro {
            let (path, span) = self.taken();
            self.found.push(Written::Macro(path, span));
        } else if self.is_whole() && delimiter == Delimiter::Parenthesis {
            if let (true, [method]) = (self.is_method, self.path.as_slice()) {
                self.found.push(Written::Method(method.clone()));
            } else {
                let (path, span) = self.taken();
                self.found.push(Written::Call(path, span));
            }
        } else {
            return self.end();
        }
        self.clear();
    }

    /// The path is over, and nothing was called.
    fn end(&mut self) {
        if self.path.len() > 1 {
            let (path, span) = self.taken();
            self.found.push(Written::Path(path, span));
        }
        self.clear();
    }

    fn taken(&mut self) -> (Vec<String>, Span) {
        let span = self.path[0].span();
        let segment = |ident: Ident| ident.to_string().trim_start_matches("r#").to_owned();
        (std::mem::take(&mut self.path).into_iter().map(segment).collect(), span)
    }

    fn clear(&mut self) {
        self.path.clear();
        (self.colons, self.is_method, self.is_macro) = (0, false, false);
    }
}

#[cfg(test)]
mod tests {
    use super::written;

    fn check(tokens: &str) -> String {
        let (found, groups) = written(&tokens.parse().expect("tokens"));
        let shown = |it: &super::Written| match it {
            super::Written::Call(path, _) => format!("{}()", path.join("::")),
            super::Written::Method(ident) => format!(".{ident}()"),
            super::Written::Macro(path, _) => format!("{}!", path.join("::")),
            super::Written::Path(path, _) => path.join("::"),
            super::Written::Unsafe(_) => "unsafe".to_owned(),
        };
        format!("{} [{}]", found.iter().map(shown).collect::<Vec<_>>().join(" "), groups.len())
    }

    #[test]
    fn calls_macros_and_paths_are_seen_between_other_tokens() {
        assert_eq!(check("x => a::b(1), y => c.unwrap()"), "a::b() .unwrap() [2]");
        assert_eq!(check("let $x = std::println!(\"a\"); if !a { b }"), "std::println! [2]");
        assert_eq!(check("k: v::w, => unsafe { f() } $crate::g"), "v::w unsafe crate::g [1]");
        assert_eq!(check("a: b(c) d . e . f (g)"), "b() .f() [2]");
        assert_eq!(check("a != b, c [d] {e}"), " [2]");
    }
}
