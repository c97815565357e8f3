//! Takes figures, puts them into a page of the book; the rest of the page stays as somebody wrote it.

use std::fs;

use crate::error::{Error, at};

/// The parts of a page that are figures stand behind such lines.
const MARK: &str = "<!-- figures -->";

/// Puts `text` behind mark number `part`, counted from 1, of `page`.
pub(crate) fn put(page: &str, part: usize, text: &str) -> Result<(), Error> {
    let path = crate::root().join(page);
    let whole = at(&path, fs::read_to_string(&path))?;
    at(&path, fs::write(&path, with_part(&whole, part, text)))
}

/// The page with another part behind one of its marks.
fn with_part(page: &str, part: usize, text: &str) -> String {
    let mut parts: Vec<&str> = page.split(MARK).map(str::trim).collect();
    parts.resize(parts.len().max(part + 1), "");
    parts[part] = text.trim();
    format!("{}\n", parts.join(&format!("\n\n{MARK}\n\n")).trim_end())
}

#[cfg(test)]
mod tests {
    use super::with_part;

    #[test]
    fn only_the_part_that_is_named_changes() {
        let page = "# Head\n\n<!-- figures -->\n\none\n\n<!-- figures -->\n\ntwo\n";
        assert_eq!(with_part(page, 2, "new\n"), page.replace("two", "new"));
        assert_eq!(with_part(page, 1, "new"), page.replace("one", "new"));
    }

    #[test]
    fn a_mark_that_is_not_there_is_made() {
        assert_eq!(with_part("# Head\n", 1, "new"), "# Head\n\n<!-- figures -->\n\nnew\n");
    }
}
