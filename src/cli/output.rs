//! Where text goes: results to stdout, everything about them to stderr.

#![expect(
    clippy::disallowed_methods,
    reason = "the one place that prints, in colors that the environment asks for"
)]

use std::cell::RefCell;
use std::error::Error;
use std::io::{self, IsTerminal as _, Write as _};

use serde_json::{Value, json};

use crate::report::join_logs;

use super::common::{Color, MessageFormat};

/// The two streams of a command.
#[derive(Debug)]
pub(super) struct Output {
    format: MessageFormat,
    color: Option<Color>,
    /// What was said of each package so far, where a command is run for several.
    packages: RefCell<Option<Vec<Value>>>,
}

impl Output {
    /// Colors follow the option, else Cargo's setting, else what the streams are.
    pub(super) fn new(format: MessageFormat, color: Option<Color>) -> Self {
        let by_cargo = || match std::env::var("CARGO_TERM_COLOR").ok()?.as_str() {
            "always" => Some(Color::Always),
            "never" => Some(Color::Never),
            _ => None,
        };
        let by_custom = || std::env::var_os("NO_COLOR").filter(|it| !it.is_empty()).map(|_| Color::Never);
        let color = color.or_else(by_cargo).or_else(by_custom);
        Self { format, color, packages: RefCell::new(None) }
    }

    /// Whether a machine reads the results, as JSON of our own.
    pub(super) fn is_json(&self) -> bool {
        self.format == MessageFormat::Json
    }

    /// Whether a machine reads the results, as SARIF.
    pub(super) fn is_sarif(&self) -> bool {
        self.format == MessageFormat::Sarif
    }

    /// Whether text for stderr may have colors.
    pub(super) fn colors_notes(&self) -> bool {
        self.colors(io::stderr().is_terminal())
    }

    /// Notes of a run before, without and with colors; machines get them in the document of the command.
    pub(super) fn said_before(&self, [plain, colored]: &[String; 2]) {
        let text = if self.colors_notes() { colored } else { plain };
        if !self.is_json() && !self.is_sarif() && !text.is_empty() {
            self.note(text.trim_end());
        }
    }

    fn colors(&self, is_terminal: bool) -> bool {
        match self.color {
            Some(Color::Always) => true,
            Some(Color::Never) => false,
            Some(Color::Auto) | None => is_terminal,
        }
    }

    /// A result, as it is.
    #[expect(
        clippy::unused_self,
        reason = "every word of a command goes through one value, so that nothing prints past it"
    )]
    pub(super) fn result(&self, text: &str) {
        // A reader that went away, as `head` does, is no failure of ours.
        let _ = io::stdout().lock().write_all(text.as_bytes());
    }

    /// A result with styles, which are taken out where nobody would see colors.
    pub(super) fn styled(&self, text: &str) {
        if self.colors(io::stdout().is_terminal()) {
            self.result(text);
        } else {
            self.result(&anstream::adapter::strip_str(text).to_string());
        }
    }

    /// A result for machines.
    pub(super) fn json(&self, value: &Value) {
        let mut packages = self.packages.borrow_mut();
        match packages.as_mut().and_then(|packages| packages.last_mut()) {
            Some(last) => last["result"] = value.clone(),
            None => self.result(&format!("{value:#}\n")),
        }
    }

    /// From here on everything is about the package `name`, one of several.
    pub(super) fn package(&self, name: &str) {
        self.packages
            .borrow_mut()
            .get_or_insert_default()
            .push(json!({ "package": name, "result": null, "error": null }));
        if !self.is_json() && !self.is_sarif() {
            self.styled(&format!("{0}{name}{0:#}\n", anstyle::Style::new().bold()));
        }
    }

    /// Everything has been said about every package.
    pub(super) fn finish(&self) {
        let Some(packages) = self.packages.take() else { return };
        if self.is_json() {
            self.json(&json!({ "format": constraints_wire::FORMAT, "packages": packages }));
        } else if self.is_sarif() {
            let logs = packages.into_iter().map(|it| (it["package"].clone(), it["result"].clone()));
            self.json(&join_logs(logs));
        }
    }

    /// A line about the results.
    #[expect(
        clippy::unused_self,
        reason = "every word of a command goes through one value, so that nothing prints past it"
    )]
    pub(super) fn note(&self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{text}");
    }

    /// Why the work could not be done, with every reason behind it.
    pub(super) fn error(&self, error: &dyn Error) {
        let mut text = format!("error: {error}");
        let mut cause = error.source();
        while let Some(reason) = cause {
            text.push_str(": ");
            text.push_str(&reason.to_string());
            cause = reason.source();
        }
        if let Some(last) = self.packages.borrow_mut().as_mut().and_then(|packages| packages.last_mut()) {
            last["error"] = text.clone().into();
        }
        self.note(&text);
    }
}
