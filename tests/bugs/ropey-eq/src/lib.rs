//! Documents in an editor.

use ropey::Rope;

/// Whether what stands in the editor is what stands in the file.
pub fn is_saved(shown: &str, file: &str) -> bool {
    let shown = Rope::from_str(shown);
    let file = Rope::from_str(file);
    shown == file
}
