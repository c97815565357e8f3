//! Titles arrive as XML character data: text, references, CDATA and comments, but no elements.

/// Number of words in a title.
pub fn title_words(title: &str) -> Result<usize, String> {
    let element = |w: &[u8]| w[0] == b'<' && !matches!(w[1], b'!' | b' ');
    if title.as_bytes().windows(2).any(element) {
        return Err("a title has no elements".into());
    }
    let xml = format!("<title>{title}</title>");
    let document = roxmltree::Document::parse(&xml).map_err(|e| e.to_string())?;
    let words = |node: roxmltree::Node| node.text().map_or(0, |t| t.split_whitespace().count());
    Ok(document.root_element().children().map(words).sum())
}
