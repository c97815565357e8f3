//! What the output of a program looks like on a terminal.

use vte::{Params, Parser, Perform};

/// Counts what changes how the text looks; a reset does not count.
#[derive(Default)]
struct Styles {
    count: usize,
}

impl Perform for Styles {
    fn csi_dispatch(&mut self, params: &Params, _intermediates: &[u8], _ignore: bool, action: char) {
        if action == 'm' {
            self.count += params.iter().filter(|param| param.first() != Some(&0)).count();
        }
    }
}

/// How many changes of style the output of a program has, without resets.
pub fn styles(output: &[u8]) -> usize {
    let mut parser = Parser::new();
    let mut styles = Styles::default();
    for byte in output {
        parser.advance(&mut styles, *byte);
    }
    styles.count
}
