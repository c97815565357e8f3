//! What is true of every kind; what each of them refuses stands in its own file.

use std::fs;
use std::path::Path;

use constraints_wire::{Shown, Witness};

use super::{ALL, Kind, find};

const HEADINGS: [&str; 8] = [
    "What it requires",
    "Why it matters",
    "Declaration",
    "Holds",
    "Violated",
    "How it is checked",
    "What it cannot see",
    "References",
];

#[test]
fn every_kind_has_all_its_parts() {
    let lacking: Vec<String> = ALL
        .iter()
        .flat_map(|kind| {
            [
                lacking_in_head(*kind),
                lacking_in_identity(*kind),
                lacking_in_code(*kind),
                lacking_in_fixtures(*kind),
            ]
        })
        .flatten()
        .collect();
    assert!(lacking.is_empty(), "to be filled in:\n{}", lacking.join("\n"));
}

/// What the head comment, which is the page of the kind, does not say.
fn lacking_in_head(kind: &dyn Kind) -> Vec<String> {
    let about = kind.about();
    let path = format!("src/kinds/{}.rs", about.id);
    let mut lacking = Vec::new();
    if file(&path) != about.source {
        lacking.push(format!("{path}: `id` and `source` have to be those of the file"));
    }
    let page = about.page();
    if !page.starts_with(&format!("# `{}`\n", about.id)) {
        lacking.push(format!("{path}: the head has to begin with \"# `{}`\"", about.id));
    }
    let sections = sections(&page);
    let headings: Vec<&str> = sections.iter().map(|(heading, _)| *heading).collect();
    if headings != HEADINGS {
        lacking.push(format!("{path}: the headings have to be {HEADINGS:?}"));
    }
    for (heading, body) in sections {
        if body.trim().is_empty() {
            lacking.push(format!("{path}: nothing stands under \"{heading}\""));
        }
    }
    lacking
}

/// What cannot be said in one line of the kind or of one of its keys.
fn lacking_in_identity(kind: &dyn Kind) -> Vec<String> {
    let about = kind.about();
    let path = format!("src/kinds/{}.rs", about.id);
    let mut lacking = Vec::new();
    if about.summary.is_empty() || about.summary.ends_with('.') {
        lacking
            .push(format!("{path}: `summary` has to be a fragment, as in `no input makes the target panic`"));
    }
    for key in about.keys.iter().filter(|key| !key.says.ends_with('.')) {
        lacking.push(format!("{path}: what `{}` says has to be one sentence", key.name));
    }
    lacking
}

/// What is left to be written in Rust.
fn lacking_in_code(kind: &dyn Kind) -> Vec<String> {
    let id = kind.about().id;
    let paths = [format!("src/kinds/{id}.rs"), format!("runtime/src/oracles/{id}.rs")];
    let unfinished = paths.into_iter().filter(|path| file(path).contains("todo!("));
    unfinished.map(|path| format!("{path}: a `todo!` is left")).collect()
}

/// What the green and the red crate do not show of the examples on the page.
fn lacking_in_fixtures(kind: &dyn Kind) -> Vec<String> {
    let id = kind.about().id;
    let page = kind.about().page();
    let mut lacking = Vec::new();
    for (color, shown) in [("green", "Holds"), ("red", "Violated")] {
        let folder = format!("tests/fixtures/{id}/{color}");
        if !fixture(id, color, "Cargo.toml.in").contains("{{RUNTIME}}") {
            lacking.push(format!("{folder}/Cargo.toml.in: the runtime is put in for {{{{RUNTIME}}}}"));
        }
        if !fixture(id, color, "README.md").lines().next().is_some_and(|line| line.ends_with('.')) {
            lacking.push(format!("{folder}/README.md: the first line has to say what the crate shows"));
        }
        for (heading, part) in [("Declaration", "constraints/main.toml"), (shown, "src/lib.rs")] {
            let text = fixture(id, color, part);
            let examples = examples(&page, heading);
            if examples.is_empty() {
                lacking.push(format!("src/kinds/{id}.rs: no example stands under \"{heading}\""));
            }
            for example in examples.into_iter().filter(|example| !text.contains(example)) {
                lacking.push(format!("{folder}/{part}: lacks the example under \"{heading}\":\n{example}"));
            }
        }
        let marked = fixture(id, color, "src/lib.rs").matches("// red: main.").count();
        if marked != usize::from(color == "red") {
            let wanted = if color == "red" { "one line" } else { "no line" };
            lacking.push(format!("{folder}/src/lib.rs: {wanted} has to end with `// red: main.NAME`"));
        }
    }
    lacking
}

#[test]
fn red_and_green_declare_the_same_and_differ_in_one_line() {
    for kind in ALL {
        let id = kind.about().id;
        let [green, red] = ["green", "red"]
            .map(|color| ["constraints/main.toml", "src/lib.rs"].map(|part| fixture(id, color, part)));
        assert_eq!(green[0], red[0], "{id}");
        let different = green[1].lines().zip(red[1].lines()).filter(|(green, red)| green != red).count();
        assert_eq!((different, green[1].lines().count()), (1, red[1].lines().count()), "{id}");
    }
}

#[test]
fn ids_are_unique_and_sorted() {
    let ids: Vec<&str> = ALL.iter().map(|kind| kind.about().id).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids, sorted);
    assert!(ids.iter().all(|id| find(id).is_some_and(|kind| kind.about().id == *id)));
    assert!(find("no_such_kind").is_none());
}

#[test]
fn the_stack_alone_is_measured_in_frames() {
    let counting = ALL.iter().filter(|kind| kind.counts_stack()).map(|kind| kind.about().id);
    assert_eq!(counting.collect::<Vec<_>>(), ["bounded_stack"]);
}

#[test]
fn messages_are_fragments_with_what_was_found() {
    let text = Shown { name: "text".into(), text: "\"é\"".into() };
    let seen = "`unwrap` is called in src/lib.rs".to_owned();
    let witness = Witness { values: vec![text], seen: seen.clone(), ..Witness::default() };
    for kind in ALL {
        let (id, message) = (kind.about().id, kind.message(&witness));
        assert!(message.contains("text = \"é\"") || message.contains(&seen), "{id}: {message}");
        assert!(!message.ends_with('.') && !message.contains('\n'), "{id}: {message}");
        let without = kind.message(&Witness::default());
        assert!(!without.contains(" on "), "{id}: names no values where there are none: {without}");
    }
}

fn file(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn fixture(id: &str, color: &str, part: &str) -> String {
    file(&format!("tests/fixtures/{id}/{color}/{part}"))
}

fn sections(page: &str) -> Vec<(&str, &str)> {
    page.split("\n## ")
        .skip(1)
        .filter_map(|section| section.split_once('\n').or(Some((section, ""))))
        .collect()
}

/// The blocks of code under a heading.
fn examples<'p>(page: &'p str, heading: &str) -> Vec<&'p str> {
    let under = sections(page).into_iter().filter(|(name, _)| *name == heading);
    let blocks = under.flat_map(|(_, body)| body.split("```").skip(1).step_by(2));
    blocks.filter_map(|block| Some(block.split_once('\n')?.1)).collect()
}
