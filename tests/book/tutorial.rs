//! The tutorial comes true, step by step.

use crate::blocks::{Shown, blocks, commands, is_as_shown, page};
use crate::workshop::Workshop;

const PAGE: &str = "book/src/tutorial.md";

#[test]
fn the_tutorial_does_what_it_says() {
    let mut workshop = Workshop::new();
    let mut ran = 0;
    for block in blocks(&page(PAGE)) {
        if let Some(path) = block.file() {
            workshop.write(path, &block.text);
        }
        if block.info == "console" {
            for shown in commands(&block) {
                step(&mut workshop, &shown);
                ran += 1;
            }
        }
    }
    assert!(ran > 10, "the tutorial has commands");
}

/// A command of the page.
fn step(workshop: &mut Workshop, shown: &Shown) {
    let words: Vec<&str> = shown.words.iter().map(String::as_str).collect();
    let seen = match words[..] {
        ["cd", folder] => {
            workshop.enter(folder);
            String::new()
        }
        ["echo", "$?"] => format!("{}\n", workshop.code),
        ["cargo", ..] => {
            // The page speaks of a clone beside the new crate; here it is the tree under test.
            let clone = |word: &&str| word.replace("../cargo-constraints", env!("CARGO_MANIFEST_DIR"));
            workshop.run(&words.iter().map(clone).collect::<Vec<_>>())
        }
        _ => panic!("{PAGE}:{}: `{}` is no command of this test", shown.line, shown.words.join(" ")),
    };
    let lines: Vec<&str> = seen.lines().collect();
    assert!(
        is_as_shown(&shown.output, &lines),
        "{PAGE}:{}: `{}` does not print what is shown, but:\n{seen}",
        shown.line,
        shown.words.join(" ")
    );
}
