//! Lines of an editor.

use crop::Rope;

/// The lines that fit on the screen, from the top of a text.
pub fn screen(text: &str, height: u8) -> Vec<String> {
    Rope::from(text).lines().take(height.into()).map(|line| line.to_string()).collect()
}

/// The same without a rope.
pub fn plain_screen(text: &str, height: u8) -> Vec<String> {
    text.lines().take(height.into()).map(str::to_owned).collect()
}
