//! SVG while it is written, line by line.

use std::fmt::Write as _;

use super::words::escaped;

/// What is written so far.
pub(super) struct Svg(pub(super) String);

impl Svg {
    pub(super) fn line(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing to a text cannot fail.
        let _ = writeln!(self.0, "{line}");
    }

    pub(super) fn text(&mut self, class: &str, x: f64, y: f64, text: &str) {
        self.line(format_args!(r#"<text class="{class}" x="{x}" y="{y}">{}</text>"#, escaped(text)));
    }
}
