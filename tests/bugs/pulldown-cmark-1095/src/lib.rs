//! Comments of visitors.

use pulldown_cmark::{html, Options, Parser};

/// The HTML of a comment in Markdown.
pub fn show(comment: &str) -> String {
    let mut page = String::new();
    html::push_html(&mut page, Parser::new_ext(comment, Options::ENABLE_STRIKETHROUGH));
    page
}
