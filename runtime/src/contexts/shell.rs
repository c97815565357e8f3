//! Lines of commands as shells read them: words are values; everything that makes a shell do more is structure.

use super::reading::Reading;

/// What shells read in their own ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shell {
    /// `sh` as POSIX has it, with what bash and zsh add to it where that would be an expansion.
    Posix,
    Fish,
    /// The way programs on Windows split their command line.
    Windows,
}

impl Shell {
    /// The way of the shell of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "" | "sh" | "dash" | "bash" | "zsh" | "ksh" | "posix" => Self::Posix,
            "fish" => Self::Fish,
            "windows" => Self::Windows,
            _ => return None,
        })
    }
}

/// Words that begin something else than a command.
const RESERVED: &[&str] = &[
    "!", "{", "}", "case", "do", "done", "elif", "else", "esac", "fi", "for", "if", "in", "then", "until",
    "while", "[[", "]]", "function", "select", "time", "coproc",
];

/// A line as words, and whether it is words and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) words: Vec<String>,
    /// What a shell would do besides.
    pub(crate) more: Vec<String>,
}

/// Reads a line, or, unless it `is_command`, words that may stand anywhere in one.
pub(crate) fn read(text: &str, shell: Shell, is_command: bool) -> Reading {
    let line = line(text, shell, is_command);
    let mut reading = Reading::default();
    for word in &line.words {
        reading.structure("a word");
        reading.value(word);
    }
    line.more.into_iter().for_each(|more| reading.structure(more));
    reading
}

/// Splits a line into words; only the first word of a command can be more than a word by its name.
pub(crate) fn line(text: &str, shell: Shell, is_command: bool) -> Line {
    if shell == Shell::Windows {
        return Line { words: windows(text), more: Vec::new() };
    }
    let mut reader = Reader {
        letters: text.chars().peekable(),
        shell,
        is_command,
        word: None,
        line: Line::default(),
        bare: String::new(),
    };
    reader.read();
    reader.line
}

struct Reader<'t> {
    letters: std::iter::Peekable<std::str::Chars<'t>>,
    shell: Shell,
    is_command: bool,
    /// The word so far, if one has begun.
    word: Option<String>,
    /// Its letters without quotes, with a space for those in quotes.
    bare: String,
    line: Line,
}

impl Reader<'_> {
    fn read(&mut self) {
        while let Some(letter) = self.letters.next() {
            match letter {
                ' ' | '\t' => self.end(),
                '\'' => self.single(),
                '"' => self.double(),
                '\\' => match self.letters.next() {
                    Some('\n') => {}
                    Some(next) => self.quoted(next),
                    None => self.more("a backslash at the end"),
                },
                '$' => self.dollar(),
                '`' => self.more("a command in backquotes"),
                '\n' | ';' | '&' | '|' | '(' | ')' | '<' | '>' => {
                    self.end();
                    self.more(&format!("the operator {}", letter.escape_debug()));
                }
                '#' if self.word.is_none() => {
                    self.more("a comment");
                    return;
                }
                '\0' => self.more("a NUL"),
                _ => {
                    self.word.get_or_insert_default().push(letter);
                    self.bare.push(letter);
                }
            }
        }
        self.end();
    }

    fn quoted(&mut self, letter: char) {
        self.word.get_or_insert_default().push(letter);
        self.bare.push(' ');
    }

    fn more(&mut self, what: &str) {
        self.line.more.push(what.to_string());
    }

    fn single(&mut self) {
        self.word.get_or_insert_default();
        self.bare.push(' ');
        while let Some(letter) = self.letters.next() {
            match letter {
                '\'' => return,
                '\\' if self.shell == Shell::Fish
                    && self.letters.peek().is_some_and(|it| matches!(it, '\\' | '\'')) =>
                {
                    let next = self.letters.next().unwrap_or('\\');
                    self.quoted(next);
                }
                '\0' => self.more("a NUL"),
                letter => self.quoted(letter),
            }
        }
        self.more("a quote without an end");
    }

    fn double(&mut self) {
        self.word.get_or_insert_default();
        self.bare.push(' ');
        while let Some(letter) = self.letters.next() {
            match letter {
                '"' => return,
                '\\' => match self.letters.next() {
                    Some('\n') => {}
                    Some(next @ ('$' | '"' | '\\')) => self.quoted(next),
                    Some('`') if self.shell == Shell::Posix => self.quoted('`'),
                    Some(next) => {
                        self.quoted('\\');
                        self.quoted(next);
                    }
                    None => break,
                },
                '$' if self.letters.peek().is_some_and(|it| is_expanded(*it)) => self.more("an expansion"),
                '`' if self.shell == Shell::Posix => self.more("a command in backquotes"),
                '\0' => self.more("a NUL"),
                letter => self.quoted(letter),
            }
        }
        self.more("a quote without an end");
    }

    fn dollar(&mut self) {
        match self.letters.peek() {
            Some('\'') if self.shell == Shell::Posix => {
                self.letters.next();
                self.ansi();
            }
            Some(next) if is_expanded(*next) || *next == '"' => self.more("an expansion"),
            _ => {
                self.word.get_or_insert_default().push('$');
                self.bare.push(' ');
            }
        }
    }

    /// `$'..'`, in which a backslash begins a letter.
    fn ansi(&mut self) {
        self.word.get_or_insert_default();
        self.bare.push(' ');
        while let Some(letter) = self.letters.next() {
            match letter {
                '\'' => return,
                '\\' => self.escape(),
                letter => self.quoted(letter),
            }
        }
        self.more("a quote without an end");
    }

    fn escape(&mut self) {
        let Some(letter) = self.letters.next() else { return };
        let most = match letter {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            '0'..='7' => 3,
            _ => 0,
        };
        let radix = if letter.is_ascii_digit() { 8 } else { 16 };
        let mut digits = if letter.is_ascii_digit() { letter.to_string() } else { String::new() };
        while digits.len() < most && self.letters.peek().is_some_and(|it| it.is_digit(radix)) {
            digits.extend(self.letters.next());
        }
        let by_number = u32::from_str_radix(&digits, radix).ok().and_then(char::from_u32);
        self.quoted(match letter {
            _ if most > 0 => by_number.unwrap_or('\u{fffd}'),
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'a' => '\u{7}',
            'b' => '\u{8}',
            'e' | 'E' => '\u{1b}',
            'f' => '\u{c}',
            'v' => '\u{b}',
            other => other,
        });
    }

    /// A word is complete: what a shell makes of its bare letters.
    fn end(&mut self) {
        let bare = std::mem::take(&mut self.bare);
        let Some(word) = self.word.take() else { return };
        let is_first = self.is_command && self.line.words.is_empty();
        if bare.contains(['*', '?']) || bare.split_once('[').is_some_and(|(_, rest)| rest.contains(']')) {
            self.more("a pattern of file names");
        }
        let homes = bare.split(['=', ':']).any(|part| part.starts_with('~'));
        if bare.starts_with('~') || (homes && bare.contains(['=', ':'])) {
            self.more("a home folder");
        }
        if has_braces(&bare) {
            self.more("an expansion of braces");
        }
        let name = bare.split_once('=').map_or("", |(name, _)| name.trim_end_matches('+'));
        let is_name = |it: char| it.is_ascii_alphanumeric() || it == '_';
        if is_first
            && !name.is_empty()
            && name.chars().all(is_name)
            && !name.starts_with(|it: char| it.is_ascii_digit())
        {
            self.more("an assignment");
        }
        if is_first && RESERVED.contains(&bare.as_str()) {
            self.more(&format!("the word {bare}, which is part of the language"));
        }
        self.line.words.push(word);
    }
}

fn is_expanded(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "_{([@*#?$!-".contains(letter)
}

/// Whether there is `{a,b}` or `{a..b}`.
fn has_braces(bare: &str) -> bool {
    let mut opens = Vec::new();
    for (at, letter) in bare.char_indices() {
        match letter {
            '{' => opens.push(at + 1),
            '}' if opens.pop().is_some_and(|open: usize| is_list(&bare[open..at])) => return true,
            _ => {}
        }
    }
    false
}

fn is_list(inside: &str) -> bool {
    let is_end = |it: &str| {
        it.parse::<i64>().is_ok() || (it.len() == 1 && it.starts_with(|it: char| it.is_ascii_alphabetic()))
    };
    let is_range = |(from, to): (&str, &str)| is_end(from) && to.split("..").all(is_end);
    inside.contains(',') || inside.split_once("..").is_some_and(is_range)
}

/// How `CommandLineToArgvW` splits what follows the program, which stands first without any escapes.
fn windows(text: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted): (Vec<String>, Option<String>, bool) = (Vec::new(), None, false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                let mut count = 1;
                while letters.next_if_eq(&'\\').is_some() {
                    count += 1;
                }
                let is_quote = letters.peek() == Some(&'"');
                let kept = if is_quote { count / 2 } else { count };
                word.get_or_insert_default().push_str(&"\\".repeat(kept));
                if is_quote && count % 2 == 1 {
                    letters.next();
                    word.get_or_insert_default().push('"');
                }
            }
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                word.get_or_insert_default().push('"');
            }
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            ' ' | '\t' if !quoted => words.extend(word.take()),
            letter => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let line = line(text, Shell::Posix, true);
        assert_eq!(line.more, [""; 0], "{text}");
        line.words
    }

    #[test]
    fn words_lose_their_quotes() {
        assert_eq!(words("a 'b c'\"d $ \\\" e\"\\ f ''"), ["a", "b cd $ \" e f", ""]);
        assert_eq!(words("$'a\\n\\x41\\'\\u00e9' 'x'\\''y'"), ["a\nA'é", "x'y"]);
        assert_eq!(words("a b#c {} a{b}c '{a,b}' \\{a,b}"), ["a", "b#c", "{}", "a{b}c", "{a,b}", "{a,b}"]);
        assert_eq!(words("{..} {a..}"), ["{..}", "{a..}"]);
        assert_eq!(words("[ x ]y"), ["[", "x", "]y"]);
    }

    #[test]
    fn what_a_shell_does_besides_is_told() {
        for text in [
            "a;b",
            "a\nb",
            "a|b",
            "a>b",
            "a &",
            "$HOME",
            "\"$x\"",
            "\"$(id)\"",
            "`id`",
            "\"`id`\"",
            "'a",
            "\"a",
            "a\\",
            "*",
            "a?",
            "[ab]",
            "~",
            "~root",
            "a=~ b",
            "x {a,b}",
            "{1..3}",
            "a{,b}",
            "a=b c",
            "if",
            "{",
            "# a",
            "(a)",
            "\0",
            "'\0'",
        ] {
            assert!(!line(text, Shell::Posix, true).more.is_empty(), "{text:?}");
        }
        assert_eq!(line("'a\\'b'", Shell::Fish, true), Line { words: vec!["a'b".into()], more: Vec::new() });
    }

    #[test]
    fn programs_on_windows_split_in_their_own_way() {
        let words = |text: &str| line(text, Shell::Windows, true).words;
        assert_eq!(
            words("a \"b c\" d\\\\\"e f\" \\\"g \"h\"\"i\" \"\" j\\k"),
            ["a", "b c", "d\\e f", "\"g", "h\"i", "", "j\\k"]
        );
        assert_eq!(words("\"a\\\" b\""), ["a\" b"]);
    }
}
