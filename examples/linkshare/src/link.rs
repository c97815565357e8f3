//! Addresses that people paste.

/// A pasted address, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub scheme: String,
    pub host: String,
    pub path: String,
}

/// Takes an address apart.
pub fn parse(text: &str) -> Result<Link, String> {
    let text = text.trim();
    let scheme = if text.len() > 8 && &text[..8] == "https://" { "https" } else { "http" };
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).ok_or("not a web address")?;
    let (host, path) = match rest.find('/') {
        Some(at) => (&rest[..at], &rest[at..]),
        None => (rest, "/"),
    };
    if host.is_empty() || host.contains(char::is_whitespace) {
        return Err("no host".to_string());
    }
    Ok(Link { scheme: scheme.to_string(), host: host.to_lowercase(), path: path.to_string() })
}

/// Writes an address down again.
pub fn write(link: &Link) -> String {
    format!("{}://{}{}", link.scheme, link.host, link.path)
}

/// The form in which two addresses are compared.
pub fn normalise(text: &str) -> String {
    let text = text.trim().to_lowercase();
    match text.strip_suffix('/') {
        Some(shorter) => shorter.to_string(),
        None => text,
    }
}

/// May this address be shared? Scripts in addresses may not.
pub fn is_allowed(text: &str) -> bool {
    !text.trim_start().starts_with("javascript:") && !text.trim_start().starts_with("data:")
}
