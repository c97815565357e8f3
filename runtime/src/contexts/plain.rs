//! Plain text for people: lines of a log, what a terminal shows, rows of CSV, names of files.

use super::reading::Reading;

/// How strictly a line of a log is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lines {
    /// What a terminal takes for a command.
    Terminal,
    /// That, and every other control character.
    Controls,
    /// That, and the ends of lines.
    One,
}

/// Reads text that a person looks at in a terminal.
pub(crate) fn read(text: &[u8], lines: Lines) -> Reading {
    let mut reading = Reading::default();
    // A single byte from 0x80 on is a control character for terminals that do not read UTF-8.
    let mut rest = text;
    while !rest.is_empty() {
        let (valid, raw) = match std::str::from_utf8(rest) {
            Ok(all) => (all, None),
            Err(error) => {
                let (valid, bad) = rest.split_at(error.valid_up_to());
                (std::str::from_utf8(valid).unwrap_or_default(), bad.first().copied())
            }
        };
        add(valid, lines, &mut reading);
        rest = &rest[valid.len() + usize::from(raw.is_some())..];
        match raw {
            Some(byte @ 0x80..=0x9f) => reading.structure(format!("the raw byte {byte:#04x}")),
            Some(_) => reading.value("\u{fffd}"),
            None => {}
        }
    }
    reading
}

fn add(text: &str, lines: Lines, reading: &mut Reading) {
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let acts = match letter {
            '\u{1b}' | '\u{7}' | '\u{8}' | '\u{c}' | '\u{7f}' | '\u{80}'..='\u{9f}' => true,
            '\t' => false,
            '\r' if lines == Lines::Controls => letters.peek() != Some(&'\n'),
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => lines == Lines::One,
            letter => letter.is_control() && lines != Lines::Terminal,
        };
        if acts {
            reading.structure(format!("the control character {}", letter.escape_unicode()));
        } else {
            reading.value(letter.encode_utf8(&mut [0; 4]));
        }
    }
}

/// Reads rows of cells as RFC 4180 has them.
pub(crate) fn read_csv(text: &str, like: &str, delimiter: char, formulas: bool) -> Reading {
    let is_cell = !like.contains([delimiter, '\n']);
    let text = if is_cell { format!("a{delimiter}{text}{delimiter}b\r\n") } else { text.to_string() };
    let mut reading = Reading::default();
    let mut letters = text.chars().peekable();
    let (mut cell, mut is_new_row) = (String::new(), true);
    while letters.peek().is_some() {
        reading.structure(if is_new_row { "a row" } else { "a cell" });
        cell.clear();
        if letters.next_if_eq(&'"').is_some() && !quoted(&mut letters, &mut cell) {
            reading.structure("a quote without an end");
        }
        let mut ended = None;
        while let Some(letter) = letters.next() {
            match letter {
                '\r' => {
                    letters.next_if_eq(&'\n');
                    ended = Some('\n');
                }
                '\n' => ended = Some('\n'),
                letter if letter == delimiter => ended = Some(delimiter),
                letter => cell.push(letter),
            }
            if ended.is_some() {
                break;
            }
        }
        reading.value(&cell);
        if !formulas && is_formula(&cell) {
            reading.structure("a formula");
        }
        is_new_row = ended == Some('\n');
        if ended == Some(delimiter) && letters.peek().is_none() {
            reading.structure("a cell");
        }
    }
    reading
}

/// The rest of a quoted cell; says whether the quote ends.
fn quoted(letters: &mut std::iter::Peekable<std::str::Chars<'_>>, cell: &mut String) -> bool {
    while let Some(letter) = letters.next() {
        match letter {
            '"' if letters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => return true,
            letter => cell.push(letter),
        }
    }
    false
}

/// Whether a spreadsheet computes the cell instead of showing it.
fn is_formula(cell: &str) -> bool {
    let start = cell.trim_start_matches([' ', '\t', '\r', '\n']);
    let is_number = start.trim_start_matches(['+', '-']).parse::<f64>().is_ok();
    start.starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']) && !is_number
}

/// Reads the name of a file, as every system reads it.
pub(crate) fn read_path(text: &str) -> Reading {
    let mut reading = Reading::default();
    if text.chars().nth(1) == Some(':') {
        reading.structure("a drive");
    }
    for (at, part) in text.split(['/', '\\']).enumerate() {
        if at > 0 {
            reading.structure("/");
        }
        if matches!(part, "." | "..") {
            reading.structure(format!("a step {part}"));
        }
        let (before, behind) = part.split_once('\0').map_or((part, None), |(a, b)| (a, Some(b)));
        reading.value(before);
        if let Some(behind) = behind {
            reading.structure("a NUL");
            reading.value(behind);
        }
    }
    reading
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &[u8], lines: Lines) -> usize {
        read(text, lines).shape().len()
    }

    #[test]
    fn commands_to_a_terminal_are_told_from_text() {
        for lines in [Lines::Terminal, Lines::Controls, Lines::One] {
            for text in ["\u{1b}[2J", "\u{7}", "\u{9b}1m", "\u{7f}", "\u{8}"] {
                assert_eq!(shape(text.as_bytes(), lines), 1, "{text:?}");
            }
            assert_eq!(shape(b"\x9b1m", lines), 1);
            assert_eq!(shape("a\té日😀\\x1b[2J".as_bytes(), lines), 0);
        }
    }

    #[test]
    fn ends_of_lines_matter_where_there_is_one_line() {
        for text in ["\n", "\r", "\u{2028}"] {
            assert_eq!(shape(text.as_bytes(), Lines::Terminal), 0, "{text:?}");
            assert_eq!(shape(text.as_bytes(), Lines::One), 1, "{text:?}");
        }
        assert_eq!(
            [shape(b"\r\n", Lines::Controls), shape(b"a\rb", Lines::Controls), shape(b"\0", Lines::Controls)],
            [0, 1, 1]
        );
    }

    #[test]
    fn cells_and_rows_are_counted() {
        let shape = |text: &str, like: &str| read_csv(text, like, ',', true).shape().join(" ");
        assert_eq!(shape("\"a,\"\"b\n\",c", "Kq,c"), shape("Kq,c", "Kq,c"));
        assert_eq!(read_csv("\"a,\"\"b\n\",c", "Kq,c", ',', true).values("a row"), ["a,\"b\n"]);
        for text in ["a,b,c", "a\n,c", "\"a\",\"b", "a\rb,c"] {
            assert_ne!(shape(text, "Kq,c"), shape("Kq,c", "Kq,c"), "{text:?}");
        }
        assert_ne!(shape("a\nb", "Kq"), shape("Kq", "Kq"));
    }

    #[test]
    fn formulas_are_told_from_numbers() {
        let shape = |text: &str| read_csv(text, "a", ',', false).shape().len();
        for formula in ["=1", "\" =1\"", "@a", "-a", "+1+1", "\"\t=1\""] {
            assert_eq!(shape(formula), shape("a") + 1, "{formula}");
        }
        for fine in ["-1", "+1.5", "'=1", "a=1"] {
            assert_eq!(shape(fine), shape("a"), "{fine}");
        }
    }

    #[test]
    fn a_name_of_a_file_is_one_step() {
        for text in ["a/b", "..", "a\\b", "/a", "C:a", "a\0b"] {
            assert!(!read_path(text).shape().is_empty(), "{text:?}");
        }
        assert_eq!(read_path("a..b c").shape(), [""; 0]);
    }
}
