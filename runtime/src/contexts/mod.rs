//! What a text means where it is put: each context with a reader of its own.
//!
//! Takes a text, gives its structure and the values in it. Where a value changes the structure, it was not escaped.

mod data;
#[cfg(feature = "markup")]
mod html;
mod mail;
mod plain;
pub(crate) mod reading;
pub(crate) mod real;
pub(crate) mod shell;
mod sql;
mod url;

use crate::written::Written;
use reading::Reading;
use shell::Shell;

/// Where a text is put, and what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    context: &'static str,
    part: &'static str,
    dialect: &'static str,
    shell: &'static str,
    #[cfg_attr(not(feature = "markup"), expect(dead_code, reason = "only readers of HTML ask for it"))]
    quotes: &'static str,
    component: &'static str,
    delimiter: char,
    formulas: bool,
    one_line: Option<bool>,
    dropped: bool,
}

/// A place of this sort: `html`, `attribute`, `url`, `sql`, `shell`, `argv`, `header`, `smtp`, `csv`, `log_line`,
/// `terminal`, `json`, `xml` or `path`.
pub fn into(context: &'static str) -> Place {
    Place {
        context,
        part: "",
        dialect: "",
        shell: "",
        quotes: "",
        component: "",
        delimiter: ',',
        formulas: true,
        one_line: None,
        dropped: false,
    }
}

impl Place {
    /// Whether the text is a `value`, a `block` or the `whole`.
    #[must_use]
    pub fn part(self, part: &'static str) -> Self {
        Self { part, ..self }
    }

    /// The dialect of SQL.
    #[must_use]
    pub fn dialect(self, dialect: &'static str) -> Self {
        Self { dialect, ..self }
    }

    /// The shell; the real one is asked where it is installed.
    #[must_use]
    pub fn shell(self, shell: &'static str) -> Self {
        Self { shell, ..self }
    }

    /// The quotes around an attribute: `double`, `single`, `both` or `none`.
    #[must_use]
    pub fn quotes(self, quotes: &'static str) -> Self {
        Self { quotes, ..self }
    }

    /// The component of an address: `segment`, `query`, `fragment`, `host` or `userinfo`.
    #[must_use]
    pub fn component(self, component: &'static str) -> Self {
        Self { component, ..self }
    }

    /// What is between the cells of a row.
    #[must_use]
    pub fn delimiter(self, delimiter: char) -> Self {
        Self { delimiter, ..self }
    }

    /// No value may be a formula for a spreadsheet.
    #[must_use]
    pub fn without_formulas(self) -> Self {
        Self { formulas: false, ..self }
    }

    /// Whether a text for a log is one line; without it that is so if it does not end one.
    #[must_use]
    pub fn one_line(self, one_line: bool) -> Self {
        Self { one_line: Some(one_line), ..self }
    }

    /// A hostile value, or a part of it, may be left out.
    #[must_use]
    pub fn or_dropped(self) -> Self {
        Self { dropped: true, ..self }
    }

    pub(crate) fn may_drop(&self) -> bool {
        self.dropped
    }

    /// The name of the shell.
    pub(crate) fn shell_name(&self) -> &'static str {
        self.shell
    }

    /// The way of the shell.
    pub(crate) fn shell_kind(&self) -> Shell {
        Shell::named(self.shell).unwrap_or(Shell::Posix)
    }

    /// Reads what a target wrote; `like` is what it wrote with harmless values.
    pub(crate) fn read(&self, written: &Written, like: &Written) -> Reading {
        let (text, plain) = (written.text(), like.text());
        let is_value = self.part == "value";
        match self.context {
            "html" => self.html(&text, &plain),
            "attribute" => self.attribute(&text, &plain),
            "url" if is_value || (self.part.is_empty() && !plain.contains([':', '/', '?'])) => {
                url::read_component(&text, self.component)
            }
            "url" => url::read(&text),
            "sql" => {
                sql::read(&text, &plain, sql::Dialect::named(self.dialect).unwrap_or(sql::Dialect::Standard))
            }
            "argv" => self.argv(written),
            "shell" => shell::read(&text, self.shell_kind(), self.part == "whole"),
            "header" => mail::read_header(&text, &plain, is_value).without_values(),
            "smtp" => mail::read_smtp(&text, &plain, self.part).without_values(),
            "csv" => plain::read_csv(&text, &plain, self.delimiter, self.formulas),
            "log_line" => self.log_line(written, like),
            "terminal" => plain::read(&written.bytes(), plain::Lines::Controls).without_values(),
            "json" => data::read_json(&text, &plain),
            "xml" => data::read_xml(&text, &plain),
            "path" => plain::read_path(&text).without_values(),
            other => panic!("`{other}` is no context"),
        }
    }

    #[cfg(feature = "markup")]
    fn html(&self, text: &str, plain: &str) -> Reading {
        html::read(text, if self.part == "whole" { "<html" } else { plain })
    }

    #[cfg(feature = "markup")]
    fn attribute(&self, text: &str, plain: &str) -> Reading {
        let like = match self.part {
            "value" => "",
            "block" => "a=\"\"",
            "whole" => "<",
            _ => plain,
        };
        html::read_attribute(text, like, self.quotes)
    }

    #[cfg(not(feature = "markup"))]
    #[expect(clippy::unused_self, reason = "it is called as the one that reads is")]
    fn html(&self, _: &str, _: &str) -> Reading {
        panic!("the feature `markup` of constraints-runtime is off; `cargo constraints gen` switches it on")
    }

    #[cfg(not(feature = "markup"))]
    fn attribute(&self, text: &str, plain: &str) -> Reading {
        self.html(text, plain)
    }

    fn argv(&self, written: &Written) -> Reading {
        let Written::Many(words) = written else {
            return shell::read(&written.text(), self.shell_kind(), self.part == "whole");
        };
        let mut reading = Reading::default();
        let mut may_be_option = true;
        for word in words {
            let word = String::from_utf8_lossy(word);
            let is_option = may_be_option && word.len() > 1 && word.starts_with('-');
            may_be_option &= word != "--";
            reading.structure(if is_option { "an option" } else { "an argument" });
            reading.value(&word);
        }
        reading
    }

    fn log_line(&self, written: &Written, like: &Written) -> Reading {
        let (bytes, plain) = (written.bytes(), like.bytes());
        let is_one = self.one_line.unwrap_or(self.part == "value" || !plain.ends_with(b"\n"));
        if !is_one {
            return plain::read(&bytes, plain::Lines::Terminal).without_values();
        }
        let text = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        plain::read(text, plain::Lines::One).without_values()
    }
}
