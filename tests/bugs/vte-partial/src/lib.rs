//! What a program prints, as it is shown.

use vte::{Parser, Perform};

#[derive(Default)]
struct Screen(String);

impl Perform for Screen {
    fn print(&mut self, letter: char) {
        self.0.push(letter);
    }

    fn execute(&mut self, byte: u8) {
        if byte == b'\n' {
            self.0.push('\n');
        }
    }
}

/// The text on the screen after an output that came in pieces.
pub fn screen_of_pieces(pieces: &[Vec<u8>]) -> String {
    let mut screen = Screen::default();
    let mut parser = Parser::new();
    for piece in pieces {
        parser.advance(&mut screen, piece);
    }
    screen.0
}
