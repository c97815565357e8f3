//! Where text goes: results to stdout, everything about them to stderr.

#![expect(
    clippy::disallowed_methods,
    reason = "the one place that prints, in colors that the environment asks for"
)]

use std::error::Error;
use std::io::{self, IsTerminal as _, Write as _};

use super::arguments::{Color, MessageFormat};

/// The two streams of a command.
#[derive(Debug)]
pub(super) struct Output {
    format: MessageFormat,
    color: Option<Color>,
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
        Self { format, color: color.or_else(by_cargo).or_else(by_custom) }
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
    pub(super) fn json(&self, value: &serde_json::Value) {
        self.result(&format!("{value:#}\n"));
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
        self.note(&text);
    }
}
