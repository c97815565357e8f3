//! Takes a page, gives its code blocks; compares what a page shows with what came out.

use std::fs;
use std::path::Path;

/// A code block.
pub(crate) struct Block {
    /// Line of the page on which it begins, from 1.
    pub(crate) line: usize,
    /// What stands behind the fence, such as `console` or `rust,file=src/lib.rs`.
    pub(crate) info: String,
    /// What stands in it.
    pub(crate) text: String,
}

impl Block {
    /// The file that the block is the content of.
    pub(crate) fn file(&self) -> Option<&str> {
        self.info.split(',').find_map(|word| word.strip_prefix("file="))
    }
}

/// A command that a page shows, and what it prints there.
pub(crate) struct Shown {
    /// Line of the page, from 1.
    pub(crate) line: usize,
    /// The words of the command.
    pub(crate) words: Vec<String>,
    /// The lines below it.
    pub(crate) output: Vec<String>,
}

/// A page of the repository.
pub(crate) fn page(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a page")
}

/// The code blocks of a page, in order.
pub(crate) fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (at, line) in page.lines().enumerate() {
        match (open.take(), line.strip_prefix("```")) {
            (None, Some(info)) => {
                open = Some(Block { line: at + 1, info: info.to_owned(), text: String::new() });
            }
            (Some(block), Some(_)) => blocks.push(block),
            (Some(mut block), None) => {
                block.text.push_str(line);
                block.text.push('\n');
                open = Some(block);
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a code block without an end");
    blocks
}

/// The commands of a console block.
pub(crate) fn commands(block: &Block) -> Vec<Shown> {
    let mut shown: Vec<Shown> = Vec::new();
    for (at, line) in block.text.lines().enumerate() {
        if let Some(command) = line.strip_prefix("$ ") {
            let words = command.split_whitespace().map(str::to_owned).collect();
            shown.push(Shown { line: block.line + 1 + at, words, output: Vec::new() });
        } else if let Some(last) = shown.last_mut() {
            last.output.push(line.to_owned());
        }
    }
    shown
}

/// Whether the lines are as shown; a line of three dots stands for any lines, also none.
pub(crate) fn is_as_shown(shown: &[String], seen: &[&str]) -> bool {
    match shown.split_first() {
        None => seen.is_empty(),
        Some((first, rest)) if first == "..." => {
            (0..=seen.len()).any(|skipped| is_as_shown(rest, &seen[skipped..]))
        }
        Some((first, rest)) => seen
            .split_first()
            .is_some_and(|(line, after)| line.trim_end() == first.trim_end() && is_as_shown(rest, after)),
    }
}

#[test]
fn three_dots_stand_for_any_lines_and_nothing_else_does() {
    let shown = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    assert!(is_as_shown(&shown("a\n...\nd"), &["a", "b", "c", "d"]));
    assert!(is_as_shown(&shown("a\n...\nd"), &["a", "d"]));
    assert!(is_as_shown(&[], &[]));
    assert!(!is_as_shown(&shown("a"), &["a", "b"]));
    assert!(!is_as_shown(&shown("a\nb"), &["a"]));
    assert!(!is_as_shown(&shown("...\nd"), &["a"]));
    assert!(!is_as_shown(&[], &["a"]));
}
