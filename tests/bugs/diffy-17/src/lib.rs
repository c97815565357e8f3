//! Changes that readers propose for a page.

/// The page with a proposed change, in the unified format, or why it does not fit.
pub fn proposed(page: &str, change: &str) -> Result<String, String> {
    let patch = diffy::Patch::from_str(change).map_err(|error| error.to_string())?;
    diffy::apply(page, &patch).map_err(|error| error.to_string())
}
