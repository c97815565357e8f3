//! Looks of text on a terminal, which a cache is keyed by.

use yansi::{Color, Style};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Look(Style);

impl Look {
    /// A look of the colour with this number, with the properties that are wanted.
    pub fn new(colour: u8, bold: bool, underline: bool, masked: bool) -> Look {
        let mut style = Style::default().fg(Color::Fixed(colour));
        if bold {
            style = style.bold();
        }
        if underline {
            style = style.underline();
        }
        if masked {
            style = style.mask();
        }
        Look(style)
    }
}
