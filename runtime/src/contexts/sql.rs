//! SQL, token by token, as the dialects read it: strings and quoted names hold values, all else is structure.

use super::reading::Reading;

/// What a dialect of SQL reads in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Standard,
    Sqlite,
    Mysql,
    Postgres,
    Mssql,
}

impl Dialect {
    /// The dialect of this name; the standard one if it is empty.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "" | "ansi" | "standard" => Self::Standard,
            "sqlite" => Self::Sqlite,
            "mysql" | "mariadb" => Self::Mysql,
            "postgres" | "postgresql" => Self::Postgres,
            "mssql" => Self::Mssql,
            _ => return None,
        })
    }
}

/// Reads a statement, or a part of one; text without quotes around it is what stands between them.
pub(crate) fn read(text: &str, like: &str, dialect: Dialect) -> Reading {
    let is_inside = !like.is_empty() && like.chars().all(char::is_alphanumeric);
    // What follows shows whether a text that was opened is closed again.
    let text = if is_inside { format!("'{text}' , after") } else { format!("{text} , after") };
    let mut reader = Reader { rest: &text, dialect, reading: Reading::default() };
    while let Some(letter) = reader.rest.chars().next() {
        reader.token(letter);
    }
    reader.reading
}

struct Reader<'t> {
    rest: &'t str,
    dialect: Dialect,
    reading: Reading,
}

impl Reader<'_> {
    fn token(&mut self, letter: char) {
        use Dialect::{Mssql, Mysql, Postgres, Sqlite};
        let dialect = self.dialect;
        let behind = &self.rest[letter.len_utf8()..];
        let is_comment = self.rest.starts_with("--")
            && (dialect != Mysql || self.rest[2..].chars().next().is_none_or(|it| it <= ' '));
        match letter {
            '\0' if dialect == Sqlite => {
                self.reading.structure("the end of the statement");
                self.rest = "";
            }
            _ if letter.is_whitespace() => self.rest = behind,
            '-' if is_comment => self.line_comment(),
            '#' if dialect == Mysql => self.line_comment(),
            '/' if behind.starts_with('*') => self.comment(),
            '\'' => self.quoted('\'', dialect == Mysql),
            '"' => self.quoted('"', dialect == Mysql),
            '`' if matches!(dialect, Mysql | Sqlite) => self.quoted('`', false),
            '[' if matches!(dialect, Mssql | Sqlite) => self.quoted(']', false),
            '$' if dialect == Postgres && self.dollar_quoted() => {}
            _ if is_word(letter) => self.word(),
            _ => {
                self.reading.structure(letter);
                self.rest = behind;
            }
        }
    }

    fn line_comment(&mut self) {
        self.reading.structure("a comment");
        let end = self.rest.find('\n').unwrap_or(self.rest.len());
        self.reading.value(&self.rest[..end]);
        self.rest = &self.rest[end..];
    }

    fn comment(&mut self) {
        let nests = matches!(self.dialect, Dialect::Postgres | Dialect::Mssql);
        self.reading.structure(if self.rest.starts_with("/*!") {
            "a comment that runs"
        } else {
            "a comment"
        });
        let (mut depth, mut at) = (0_usize, 0);
        while at < self.rest.len() {
            let here = &self.rest[at..];
            if here.starts_with("/*") && (nests || depth == 0) {
                depth += 1;
                at += 2;
            } else if here.starts_with("*/") {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    break;
                }
            } else {
                at += here.chars().next().map_or(1, char::len_utf8);
            }
        }
        if depth > 0 {
            self.reading.structure("a comment without an end");
        }
        self.rest = &self.rest[at..];
    }

    /// A text up to `end`, which stands for itself where it is doubled.
    fn quoted(&mut self, end: char, escapes: bool) {
        self.reading.structure(format!("a text in {end}"));
        let mut letters = self.rest[1..].char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            let follows = letters.peek().map(|(_, next)| *next);
            if letter == '\\' && escapes {
                let next = letters.next().map(|(_, next)| next);
                self.reading.value(&next.map_or_else(String::new, unescaped));
            } else if letter == end && follows == Some(end) {
                letters.next();
                self.reading.value(&end.to_string());
            } else if letter == end {
                self.rest = &self.rest[1 + at + end.len_utf8()..];
                self.reading.structure("the end of a text");
                return;
            } else if letter == '\0' && self.dialect == Dialect::Sqlite {
                break;
            } else {
                self.reading.value(letter.encode_utf8(&mut [0; 4]));
            }
        }
        self.reading.structure("a text without an end");
        self.rest = "";
    }

    fn dollar_quoted(&mut self) -> bool {
        let behind = &self.rest[1..];
        let end = behind.find(|it| !is_word(it)).unwrap_or(behind.len());
        let is_tag = behind[end..].starts_with('$') && !behind.starts_with(|it: char| it.is_ascii_digit());
        if !is_tag {
            return false;
        }
        let tag = &self.rest[..end + 2];
        let content = &self.rest[tag.len()..];
        self.reading.structure(format!("a text in {tag}"));
        let Some((inside, behind)) = content.split_once(tag) else {
            self.reading.structure("a text without an end");
            self.rest = "";
            return true;
        };
        self.reading.value(inside);
        self.reading.structure("the end of a text");
        self.rest = behind;
        true
    }

    fn word(&mut self) {
        let end = self.rest.find(|it| !is_word(it)).unwrap_or(self.rest.len());
        let (word, behind) = self.rest.split_at(end);
        self.reading.structure(word);
        self.rest = behind;
        if word.eq_ignore_ascii_case("e") && behind.starts_with('\'') && self.dialect == Dialect::Postgres {
            self.quoted('\'', true);
        }
    }
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || (u32::from(letter) >= 0x80 && !letter.is_whitespace())
}

/// What a letter behind a backslash stands for.
fn unescaped(letter: char) -> String {
    match letter {
        'n' => "\n".to_string(),
        'r' => "\r".to_string(),
        't' => "\t".to_string(),
        'b' => "\u{8}".to_string(),
        '0' => "\0".to_string(),
        'Z' => "\u{1a}".to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str, dialect: &str) -> String {
        read(text, "select 'x'", Dialect::named(dialect).expect("a dialect")).shape().join(" ")
    }

    fn is_same(text: &str, dialect: &str) -> bool {
        shape(text, dialect) == shape("select 'a'", dialect)
    }

    #[test]
    fn a_text_is_closed_where_its_dialect_closes_it() {
        assert!(is_same("select 'it''s'", "") && !is_same("select 'it's'", ""));
        assert!(is_same("select 'a\\'", "sqlite") && !is_same("select 'a\\'", "mysql"));
        assert!(is_same("select 'a\\''", "mysql") && !is_same("select 'a\\''", "postgres"));
        assert!(!is_same("select 'a\\' or 1=1 -- '", "postgres"));
        assert!(!is_same("select 'a' -- b", "") && !is_same("select 'a' /* b", ""));
        assert!(!is_same("select 'a\0'", "sqlite") && is_same("select 'a\0'", "postgres"));
        let quoted = |text: &str, dialect: &str| shape(text, dialect) == shape("\"a\"", dialect);
        assert!(quoted("\"a\"\"b\"", "") && !quoted("\"a\"b\"", "") && quoted("\"a\\\"b\"", "mysql"));
    }

    #[test]
    fn a_text_without_quotes_is_what_stands_between_them() {
        let inside = |text: &str| read(text, "a", Dialect::Standard).shape().len();
        assert_eq!(inside("it''s"), inside("a"));
        assert_ne!(inside("it's"), inside("a"));
    }

    #[test]
    fn dialects_quote_in_their_own_ways() {
        assert_eq!(read("`a``b`", "`a`", Dialect::Mysql).values("a text in `"), ["a`b"]);
        assert_eq!(read("[a]]b]", "[a]", Dialect::Mssql).values("a text in ]"), ["a]b"]);
        assert_eq!(read("$q$a'b$q$", "$q$", Dialect::Postgres).values("a text in $q$"), ["a'b"]);
        assert_eq!(read("E'a\\'b'", "E'", Dialect::Postgres).values("a text in '"), ["a'b"]);
        assert_eq!(shape("1/*a/*b*/c*/", "postgres"), "1 a comment , after");
        assert_eq!(shape("1/*a/*b*/c", "mysql"), "1 a comment c , after");
        assert_eq!(shape("1 -- a\n2", "mysql"), "1 a comment 2 , after");
        assert_eq!(shape("1 --a", "mysql"), "1 - - a , after");
    }
}
