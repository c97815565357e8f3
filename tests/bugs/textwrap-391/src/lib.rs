//! Output for a terminal.

/// A text in lines of a width.
pub fn wrapped(text: &str, width: u8) -> String {
    textwrap::fill(text, usize::from(width))
}
