//! The README's commands do what it says, and its pictures show the verdict.

use std::fs;
use std::path::Path;

use constraints_wire::{Report, Status};

use crate::blocks::{Shown, blocks, commands, page};
use crate::workshop::Workshop;

/// The manifest that the first command names.
const EXAMPLE: &str = "examples/linkshare/Cargo.toml";

fn shown() -> Vec<Shown> {
    blocks(&page("README.md")).iter().filter(|block| block.info == "console").flat_map(commands).collect()
}

/// Files of the example, without what it was built into.
fn copy(from: &Path, below: &str, workshop: &Workshop) {
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let name = entry.file_name().into_string().expect("a name");
        let path = format!("{below}{name}");
        if entry.path().is_dir() && name != "target" {
            copy(&entry.path(), &format!("{path}/"), workshop);
        } else if entry.path().is_file() {
            workshop.write(&path, &fs::read_to_string(entry.path()).expect("text"));
        }
    }
}

/// The example, copied to where nothing is built inside the repository.
fn example() -> Workshop {
    let workshop = Workshop::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    copy(&root.join("examples/linkshare"), "", &workshop);
    let manifest = page(EXAMPLE);
    let runtime = root.join("runtime").to_string_lossy().replace('\\', "/");
    assert!(manifest.contains("\"../../runtime\""));
    workshop.write("Cargo.toml", &manifest.replace("../../runtime", &runtime));
    workshop
}

#[test]
fn the_first_command_gives_the_verdict_that_the_readme_and_its_pictures_show() {
    let shown = shown();
    let words: Vec<&str> = shown[0].words.iter().map(String::as_str).collect();
    assert_eq!(words[..4], ["cargo", "run", "--quiet", "--"], "the command builds and runs the tool");
    assert!(words.contains(&EXAMPLE));
    let mut workshop = example();
    let mut arguments: Vec<&str> =
        words[4..].iter().map(|word| if *word == EXAMPLE { "Cargo.toml" } else { word }).collect();
    arguments.extend(["--message-format", "json"]);
    let output = workshop.tool(&arguments);
    assert_eq!(workshop.code, 100, "{}", String::from_utf8_lossy(&output.stderr));
    let report: Report = serde_json::from_slice(&output.stdout).expect("a report");
    let printed = cargo_constraints::report::human(&report);
    let printed = anstream::adapter::strip_str(&printed).to_string();
    assert_eq!(printed.lines().last(), shown[0].output.last().map(String::as_str), "{printed}");
    let graph = page("book/src/images/linkshare.svg");
    for entry in &report.constraints {
        let word = match entry.status {
            Status::Green => "green",
            Status::Red => "red",
            Status::Blocked => "blocked",
            Status::Undecided => "undecided",
            Status::Waived => "waived",
        };
        let id = format!(">{}</text>", entry.id);
        let drawn = graph.split("<g class=\"").find(|part| part.contains(&id)).expect("it is drawn");
        assert!(drawn.starts_with(word), "{} is {word}: run `cargo xtask picture`", entry.id);
    }
    let terminal = page("book/src/images/check.svg");
    let totals = report.totals;
    for (count, word) in [(totals.green, "green"), (totals.red, "red"), (totals.blocked, "blocked")] {
        assert!(terminal.contains(&format!(">{count} {word}</text>")), "run `cargo xtask picture`");
    }
}

#[test]
fn the_second_command_is_what_ci_runs() {
    let command = shown()[1].words.join(" ");
    assert_eq!(command, "cargo xtask test");
    assert!(page(".ci/run").lines().any(|line| line == command));
    assert!(page(".cargo/config.toml").contains("xtask = "));
}

#[test]
fn the_generated_test_that_the_book_shows_is_one_of_the_example() {
    let generated = page("examples/linkshare/generated/codes.rs");
    let rust: Vec<_> =
        blocks(&page("book/src/generated.md")).into_iter().filter(|block| block.info == "rust").collect();
    assert_eq!(rust.len(), 1);
    assert!(generated.contains(&rust[0].text), "{}", rust[0].text);
}

#[test]
fn links_of_the_readme_and_the_book_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = vec![root.join("README.md"), root.join("CONTRIBUTING.md")];
    let mut folders = vec![root.join("book/src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else if entry.path().extension().is_some_and(|end| end == "md") {
                pages.push(entry.path());
            }
        }
    }
    for page in pages {
        let text = fs::read_to_string(&page).expect("a page");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link) {
            let path = link.split('#').next().unwrap_or_default();
            let leads = link.contains("://") || page.parent().is_some_and(|it| it.join(path).exists());
            assert!(leads, "{}: {link}", page.display());
        }
    }
}
