//! Comments are written in Markdown.

/// The HTML of a comment.
pub fn render(comment: &str) -> String {
    let mut page = String::new();
    pulldown_cmark::html::push_html(&mut page, pulldown_cmark::Parser::new(comment));
    page
}
