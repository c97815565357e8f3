use crate::case::Case;
use crate::contexts::reading::Pair;
use crate::contexts::{Place, real, shell};
use crate::isolate::{Test, run};
use crate::stop::Stop;
use crate::written::Written;

/// Holds when no value changes the structure of the output, as the reader of its context sees it.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn escaped(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    run(&Test::new(id, "escaped", "an output in which every value stays a value", &body));
}

/// Values of a case, and what stood in their place in the other call.
#[derive(Debug, Default)]
struct Exchanged {
    hostile: Vec<Written>,
    plain: Vec<Written>,
}

impl Exchanged {
    /// Text by text; none for values that are lists of different lengths.
    fn pairs(&self) -> Vec<Pair> {
        let texts = |values: &[Written]| -> Vec<Vec<u8>> { values.iter().flat_map(all).collect() };
        let (hostile, plain) = (texts(&self.hostile), texts(&self.plain));
        if hostile.len() != plain.len() {
            return Vec::new();
        }
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        let both = plain.into_iter().zip(hostile);
        both.map(|(plain, hostile)| Pair { plain: text(plain), hostile: text(hostile) }).collect()
    }
}

fn all(written: &Written) -> Vec<Vec<u8>> {
    match written {
        Written::One(bytes) => vec![bytes.clone()],
        Written::Many(all) => all.clone(),
    }
}

impl Case<'_> {
    fn exchanged(&mut self) -> &mut Exchanged {
        self.kept()
    }

    /// A value that must stay a value.
    pub fn hostile(&mut self, value: Written) -> Result<(), Stop> {
        self.exchanged().hostile.push(value);
        Ok(())
    }

    /// What stands in its place in the other call.
    pub fn instead(&mut self, value: Written) -> Result<(), Stop> {
        self.exchanged().plain.push(value);
        Ok(())
    }

    /// The next values are those of these names again, with letters in place of everything that could mean anything.
    pub fn harmlessly(&mut self, names: &[&str]) -> Result<(), Stop> {
        self.make_harmless(names);
        Ok(())
    }

    /// States that the output is for its reader what it is with harmless values.
    #[expect(clippy::needless_pass_by_value, reason = "generated code makes them where they are used")]
    pub fn same_structure(&mut self, output: Written, plain: Written, place: &Place) -> Result<(), Stop> {
        let (seen, known) = (place.read(&output, &plain), place.read(&plain, &plain));
        let pairs = self.exchanged().pairs();
        match seen.differs(&known, &pairs, place.may_drop()) {
            None => Ok(()),
            Some(finding) => {
                self.see("with harmless values", || shown(&plain));
                Err(Stop::violated(finding.expected, finding.seen))
            }
        }
    }

    /// States that a line, or a list of arguments, is these words and nothing else.
    #[expect(clippy::needless_pass_by_value, reason = "generated code makes them where they are used")]
    pub fn same_words(&mut self, output: Written, words: &[Written], place: &Place) -> Result<(), Stop> {
        let wanted: Vec<Vec<u8>> = words.iter().flat_map(all).collect();
        let text = match &output {
            Written::Many(made) => return self.compare_words("the list", made, &wanted),
            Written::One(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        };
        let line = shell::line(&text, place.shell_kind(), false);
        if let Some(more) = line.more.first() {
            return Err(Stop::violated(WORDS, format!("a shell sees {more}")));
        }
        let name = place.shell_name();
        if let Some(made) = real::words(name, &text) {
            return self.compare_words(name, &made, &wanted);
        }
        let made: Vec<Vec<u8>> = line.words.into_iter().map(String::into_bytes).collect();
        self.compare_words("a reader of its own, for the shell is not installed,", &made, &wanted)
    }

    fn compare_words(&mut self, who: &str, made: &[Vec<u8>], wanted: &[Vec<u8>]) -> Result<(), Stop> {
        if made == wanted {
            return Ok(());
        }
        let listed = |words: &[Vec<u8>]| {
            let words: Vec<_> = words.iter().map(|word| String::from_utf8_lossy(word)).collect();
            format!("{words:?}")
        };
        self.see("words", || listed(wanted));
        Err(Stop::violated(WORDS, format!("{who} makes {} of it", listed(made))))
    }
}

const WORDS: &str = "the output is the words that it was made of, and nothing else";

fn shown(written: &Written) -> String {
    match written {
        Written::One(_) => format!("{:?}", written.text()),
        Written::Many(all) => {
            let all: Vec<_> = all.iter().map(|it| String::from_utf8_lossy(it)).collect();
            format!("{all:?}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contexts::into;
    use crate::dictionary::Dictionary;
    use crate::generate::{text, vec};
    use crate::source::Source;
    use crate::tape::Choice;

    fn one(text: &str) -> Written {
        Written::One(text.as_bytes().to_vec())
    }

    /// What the oracle says of an output.
    fn said(place: &Place, value: &str, write: impl Fn(&str) -> String) -> bool {
        let dictionary = Dictionary::default();
        let mut nothing = |_: &[Choice], _: &[constraints_wire::Shown]| {};
        let tape = vec![Choice::Text(value.to_string())];
        let mut case = Case::new(Source::replaying(tape, &dictionary), &mut nothing);
        let value = case.draw("value", text()).expect("a value");
        case.hostile(one(&value)).expect("kept");
        case.harmlessly(&["value"]).expect("told");
        let plain = case.draw("plain", text()).expect("a value");
        case.instead(one(&plain)).expect("kept");
        case.same_structure(one(&write(&value)), one(&write(&plain)), place).is_ok()
    }

    #[test]
    fn what_is_escaped_is_told_from_what_is_not_in_every_context() {
        let double = |it: &str| it.replace('\'', "''");
        let sql = |it: &str| format!("select '{}'", double(it));
        assert!(
            said(&into("sql"), "it's", sql) && !said(&into("sql"), "it's", |it| format!("select '{it}'"))
        );
        assert!(!said(&into("sql").dialect("mysql"), "a\\' or 1 -- ", sql));
        let quote = |it: &str| format!("echo '{}'", it.replace('\'', "'\\''"));
        assert!(
            said(&into("shell"), "a'b $x", quote) && !said(&into("shell"), "a b", |it| format!("echo {it}"))
        );
        let header = |it: &str| format!("X-A: {it}\r\n");
        assert!(said(&into("header"), "a:b", header) && !said(&into("header"), "a\r\nX-B: c", header));
        let cell = |it: &str| format!("\"{}\",b\n", it.replace('"', "\"\""));
        assert!(said(&into("csv"), "a\",\n", cell) && !said(&into("csv"), "a,b", |it| format!("{it},c\n")));
        assert!(!said(&into("csv").without_formulas(), "=1+1", cell) && said(&into("csv"), "=1+1", cell));
        let line = |it: &str| format!("user {it}");
        assert!(said(&into("log_line"), "a=\"b\"", line) && !said(&into("log_line"), "a\nb", line));
        assert!(!said(&into("log_line"), "\u{1b}[2J", line));
        assert!(said(&into("log_line").one_line(false), "a\nb", line));
        let logged = |it: &str| format!("user {it}\n");
        assert!(said(&into("log_line"), "a\nb", logged) && !said(&into("log_line"), "\u{9b}1m", logged));
        assert!(!said(&into("terminal"), "a\rb", line));
        assert!(said(&into("json"), "a\"b", |it| format!("{{\"a\":{it:?}}}")));
        assert!(!said(&into("json"), "a\",\"b\":\"", |it| format!("{{\"a\":\"{it}\"}}")));
        assert!(!said(&into("xml"), "<b/>", |it| format!("<a>{it}</a>")));
        assert!(!said(&into("url"), "a&b=c", |it| format!("https://a.example/?q={it}")));
        assert!(!said(&into("url").part("value"), "a/b", str::to_string));
        assert!(!said(&into("smtp"), "a\r\n.\r\nb", |it| format!("Subject: x\r\n\r\n{it}\r\n")));
        assert!(!said(&into("path"), "../a", str::to_string));
    }

    #[cfg(feature = "markup")]
    #[test]
    fn what_is_escaped_in_html_is_told_from_what_is_not() {
        let encoded = |it: &str| it.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let page = |it: &str| format!("<p title=\"{}\">{}</p>", encoded(it), encoded(it));
        for value in ["<b>", "a\"b=c", "&lt;", "-->", "'"] {
            assert!(said(&into("html"), value, page), "{value}");
        }
        assert!(!said(&into("html"), "<b>", |it| format!("<p>{it}</p>")));
        assert!(!said(&into("html"), "&lt;", |it| format!("<p>{}</p>", it.replace('<', "&lt;"))));
        assert!(!said(&into("html"), "a\" b=\"c", |it| format!("<p title=\"{}\">", it.replace('<', "&lt;"))));
        assert!(!said(&into("attribute"), "a\" b=\"c", |it| it.replace('<', "&lt;")));
        let stripped = |it: &str| format!("<p>{}</p>", it.replace(['<', '>'], ""));
        assert!(said(&into("html").or_dropped(), "<b>", stripped) && !said(&into("html"), "<b>", stripped));
    }

    #[test]
    fn harmless_values_are_as_many_and_as_long() {
        let dictionary = Dictionary::default();
        let mut nothing = |_: &[Choice], _: &[constraints_wire::Shown]| {};
        let mut tape = Vec::new();
        for text in ["'; drop table t", "$(id)"] {
            tape.extend([Choice::Open, Choice::Number(1), Choice::Text(text.to_string()), Choice::Close]);
        }
        let mut case = Case::new(Source::replaying(tape, &dictionary), &mut nothing);
        let values = case.draw("values", vec(text())).expect("values");
        case.harmlessly(&["values"]).expect("told");
        let harmless = case.draw("plain", vec(text())).expect("values");
        assert_eq!(values.len(), harmless.len());
        for (value, harmless) in values.iter().zip(&harmless) {
            assert!(harmless.chars().all(char::is_alphanumeric), "{harmless:?}");
            assert!(value.len() == harmless.len() || value.len() < 8, "{value:?} {harmless:?}");
        }
    }

    #[test]
    fn words_are_what_a_shell_makes_of_the_line() {
        let dictionary = Dictionary::default();
        let mut nothing = |_: &[Choice], _: &[constraints_wire::Shown]| {};
        let mut case = Case::new(Source::replaying(Vec::new(), &dictionary), &mut nothing);
        let words = [one("ls"), Written::Many(vec![b"a b".to_vec(), b"{a,b}".to_vec()])];
        for shell in ["bash", "sh", ""] {
            let place = into("shell").shell(shell);
            assert!(case.same_words(one("ls 'a b' '{a,b}'"), &words, &place).is_ok(), "{shell}");
            assert!(case.same_words(one("ls 'a b' {a,b}"), &words, &place).is_err(), "{shell}");
            assert!(case.same_words(one("ls 'a b'"), &words, &place).is_err(), "{shell}");
        }
        let list = Written::Many(vec![b"ls".to_vec(), b"a b".to_vec(), b"{a,b}".to_vec()]);
        assert!(case.same_words(list, &words, &into("argv")).is_ok());
    }
}
