//! The page that shows what somebody shared.

/// Text as it may stand in a page.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// The beginning of a long title.
pub fn teaser(title: &str, width: usize) -> String {
    if title.len() <= width { title.to_string() } else { format!("{}…", &title[..width]) }
}

/// A name for the page's address: lower case, words joined by single dashes.
pub fn slug(title: &str) -> String {
    title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect::<Vec<_>>()
        .join("-")
}

/// How many links a page shows when asked for `wanted`.
pub fn page_size(wanted: Option<u32>) -> u32 {
    wanted.unwrap_or(20).clamp(1, 100)
}
