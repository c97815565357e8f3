//! What a run keeps for the next ones: where it stands, and which build of the tool it is of.

use std::path::{Path, PathBuf};

/// Where `what` of the package in `root` is kept.
pub(super) fn place(what: &str, target: &Path, root: &Path) -> PathBuf {
    let name: String = root
        .to_string_lossy()
        .chars()
        .map(|letter| if letter.is_alphanumeric() { letter } else { '-' })
        .collect();
    // The end of a long path tells more than its start, and a name has only so much room.
    let start = name.char_indices().rev().nth(150).map_or(0, |(at, _)| at);
    target.join("constraints").join(format!("{what}{}.json", &name[start..]))
}

/// Which build of this tool runs.
pub(super) fn tool() -> String {
    let tool = std::env::current_exe().and_then(std::fs::metadata);
    let of_tool = tool.map(|it| (it.len(), it.modified().ok()));
    format!(" {} {of_tool:?}", env!("CARGO_PKG_VERSION"))
}
