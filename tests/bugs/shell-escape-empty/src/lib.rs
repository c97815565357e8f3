//! Scripts that tidy up a folder.

use shell_escape::unix::escape;

/// A line that renames a file.
pub fn rename(from: &str, to: &str) -> String {
    format!("mv -T -- {} {}", escape(from.into()), escape(to.into()))
}
