//! Pages that several people edit at once.

/// The page with both edits, or the page with the conflicts marked.
pub fn merged(before: &str, ours: &str, theirs: &str) -> Result<String, String> {
    diffy::merge(before, ours, theirs)
}
