//! A part of what `check` prints, as a terminal shows it.

use std::fmt::Write as _;

use super::svg::{escaped, head, rectangle};

const SIZE: usize = 13;
const LINE: usize = 19;
const WIDTH: usize = 950;
/// Paragraphs are shown whose first line has one of these words.
const SHOWN: [&str; 3] = ["A shared link leads", "links.no_script ", "named by a constraint:"];

/// The picture of a part of the text, whose styles are escape sequences.
pub(super) fn picture(printed: &str) -> String {
    let mut lines = vec!["$ cargo constraints check".to_owned()];
    let mut skipped = false;
    let paragraphs: Vec<&str> = printed.trim_end().split("\n\n").collect();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        // What is known of a red one stands in a paragraph of its own.
        let goes_on = at > 0 && paragraph.starts_with("    ") && is_shown(paragraphs[at - 1]);
        if is_shown(paragraph) || goes_on {
            if skipped {
                lines.push("\u{1b}[2m…\u{1b}[0m".to_owned());
            }
            lines.push(String::new());
            lines.extend(paragraph.lines().map(str::to_owned));
        }
        skipped = !(is_shown(paragraph) || goes_on);
    }
    let height = lines.len() * LINE + 36;
    let mut picture = head(WIDTH, height, "What cargo constraints check prints for the example, in part");
    rectangle(&mut picture, [0, 0, WIDTH, height], "#0d1117", "#30363d");
    let font = "font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\"";
    let _ = writeln!(picture, "<g {font} font-size=\"{SIZE}\" xml:space=\"preserve\">");
    for (at, line) in lines.iter().enumerate() {
        write_line(&mut picture, 28 + at * LINE, line);
    }
    picture.push_str("</g>\n</svg>\n");
    picture
}

fn is_shown(paragraph: &str) -> bool {
    paragraph.lines().next().is_some_and(|line| SHOWN.iter().any(|words| plain(line).contains(words)))
}

fn plain(line: &str) -> String {
    pieces(line).into_iter().map(|(_, text)| text).collect()
}

/// Each piece at the column where a terminal would show it, whatever the font.
fn write_line(picture: &mut String, y: usize, line: &str) {
    let mut column = 0;
    for (style, text) in pieces(line) {
        let width = text.chars().count();
        if !text.trim().is_empty() {
            let spaces = text.chars().take_while(|letter| *letter == ' ').count();
            // A letter of a terminal is 0.6 of its height wide.
            let x = 18 + (column + spaces) * SIZE * 6 / 10;
            let length = (text.trim().chars().count()) * SIZE * 6 / 10;
            let _ = writeln!(
                picture,
                "<text x=\"{x}\" y=\"{y}\" textLength=\"{length}\" {style}>{}</text>",
                escaped(text.trim())
            );
        }
        column += width;
    }
}

/// The pieces of a line with the looks that escape sequences give them.
fn pieces(line: &str) -> Vec<(String, String)> {
    let (mut bold, mut dim, mut colour) = (false, false, "#e6edf3");
    let mut pieces = Vec::new();
    for (at, part) in line.split('\u{1b}').enumerate() {
        let text = match part.strip_prefix('[').and_then(|rest| rest.split_once('m')).filter(|_| at > 0) {
            Some((codes, text)) => {
                for code in codes.split(';') {
                    match code {
                        "0" => (bold, dim, colour) = (false, false, "#e6edf3"),
                        "1" => bold = true,
                        "2" => dim = true,
                        "31" => colour = "#ff7b72",
                        "32" => colour = "#3fb950",
                        "33" => colour = "#d29922",
                        "35" => colour = "#d2a8ff",
                        _ => {}
                    }
                }
                text
            }
            None => part,
        };
        let fill = if dim { "#8b949e" } else { colour };
        let weight = if bold { " font-weight=\"bold\"" } else { "" };
        pieces.push((format!("fill=\"{fill}\"{weight}"), text.to_owned()));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn styles_begin_and_end_where_the_sequences_say() {
        let line = "a\u{1b}[1m\u{1b}[31mb\u{1b}[0m c";
        let texts: Vec<String> = pieces(line).into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts.concat(), "ab c");
        let looks: Vec<String> = pieces(line).into_iter().map(|(looks, _)| looks).collect();
        assert_eq!(looks[0], looks[3]);
        assert!(looks[2].contains("#ff7b72") && looks[2].contains("bold"));
    }
}
