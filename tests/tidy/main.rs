//! What no compiler checks: data goes one way, and each room alone names what is its own.

mod circles;

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in the order in which data goes through them.
const ROOMS: [&str; 14] = [
    "model", "graph", "resolve", "kinds", "plan", "emit", "make", "write", "depends", "stamp", "reuse",
    "run", "report", "cli",
];

/// What may be named only in some places: words, and path prefixes below `src/`.
const RESERVED: [(&[&str], &[&str], &str); 4] = [
    (&["petgraph::"], &["graph/"], "ids go in and out of the graph, node indices never leave it"),
    (
        &["toml::", "toml_edit::"],
        &["model/", "emit/roll.rs", "cli/init/", "run/"],
        "only the model knows the language's TOML",
    ),
    (&["quote::", "quote!(", "prettyplease::"], &["emit/"], "only emit writes Rust"),
    (
        &["clippy::disallowed_"],
        &["cli/", "run/", "resolve/workspace.rs", "write.rs"],
        "processes, files, the environment and printing are for these alone; `clippy.toml` says what is meant",
    ),
];

struct Source {
    /// Path below `src/`.
    path: String,
    /// Lines of code: no comments, and nothing from the first `#[cfg(test)]` module on.
    code: Vec<(usize, String)>,
    lines: usize,
}

/// Every source file of the tool; of test files no code, for they are free to look anywhere.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths.sort();
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).expect("a source file");
        let path = path.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
        let code = if is_test(&path) { Vec::new() } else { code(&text) };
        Source { path, code, lines: text.lines().count() }
    };
    paths.iter().map(read).collect()
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

fn is_test(path: &str) -> bool {
    let stem = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".rs");
    path.contains("tests/") || stem == "tests" || stem == "example" || stem.ends_with("_tests")
}

fn code(text: &str) -> Vec<(usize, String)> {
    let mut code = Vec::new();
    let mut lines = text.lines().enumerate().peekable();
    while let Some((at, line)) = lines.next() {
        let inline_tests = line.trim() == "#[cfg(test)]"
            && lines.peek().is_some_and(|(_, next)| next.starts_with("mod ") && next.ends_with('{'));
        if inline_tests {
            break;
        }
        let line = line.trim();
        if !line.starts_with("//") {
            code.push((at + 1, line.to_owned()));
        }
    }
    code
}

/// Rooms of this crate that a line names.
fn rooms_named(line: &str) -> Vec<&'static str> {
    let after: Vec<&str> = line.split("crate::").skip(1).collect();
    let named = |room: &&&'static str| {
        after.iter().any(|rest| {
            let group =
                rest.strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(inside, _)| inside);
            match group {
                Some(inside) => inside.split(',').any(|item| item.trim().split("::").next() == Some(**room)),
                None => rest
                    .strip_prefix(**room)
                    .is_some_and(|end| end.is_empty() || end.starts_with(['.', ':', ';', ' '])),
            }
        })
    };
    ROOMS.iter().filter(named).copied().collect()
}

#[test]
fn no_stage_uses_a_later_one() {
    let mut wrong = Vec::new();
    for source in sources() {
        let room = source.path.split(['/', '.']).next().unwrap_or_default().to_owned();
        let Some(place) = ROOMS.iter().position(|name| *name == room) else { continue };
        for (at, line) in &source.code {
            for named in rooms_named(line) {
                if ROOMS.iter().position(|name| *name == named) > Some(place) {
                    wrong.push(format!("src/{}:{at}: {room} uses {named}", source.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "data goes one way:\n{}", wrong.join("\n"));
}

#[test]
fn every_module_is_a_room_with_a_place_in_the_order() {
    let lib =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).expect("the library");
    let mut modules: Vec<&str> =
        lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let mut rooms = ROOMS.to_vec();
    modules.sort_unstable();
    rooms.sort_unstable();
    assert_eq!(modules, rooms);
}

#[test]
fn what_belongs_to_one_room_is_named_nowhere_else() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (words, places, reason) in RESERVED {
            if places.iter().any(|place| source.path.starts_with(place)) {
                continue;
            }
            for (at, line) in &source.code {
                for word in words.iter().filter(|word| names(line, word)) {
                    wrong.push(format!("src/{}:{at}: {word} ({reason})", source.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether the line has the word, not as the end of a longer one.
fn names(line: &str, word: &str) -> bool {
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_'))
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    let long: Vec<String> = sources()
        .into_iter()
        .filter(|source| source.lines > 800 && !is_test(&source.path))
        .map(|source| format!("src/{}: {} lines", source.path, source.lines))
        .collect();
    assert!(long.is_empty(), "split before 800 lines:\n{}", long.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|source| source.path.ends_with("mod.rs") && !is_test(&source.path))
        .filter(|source| {
            !fs::read_to_string(root.join(&source.path)).is_ok_and(|text| text.starts_with("//! "))
        })
        .map(|source| source.path)
        .collect();
    assert!(
        silent.is_empty(),
        "a module head says what it takes, gives and never does:\n{}",
        silent.join("\n")
    );
}

#[test]
fn the_checks_see_what_they_look_for() {
    assert_eq!(rooms_named("use crate::plan::Plan;"), ["plan"]);
    assert_eq!(rooms_named("use crate::{emit::emit, run};"), ["emit", "run"]);
    assert_eq!(rooms_named("crate::write::write(crate::graph::x())"), ["graph", "write"]);
    assert_eq!(rooms_named("use crate::planning::Plan;"), Vec::<&str>::new());
    assert!(names("let x = quote!(a);", "quote!(") && !names("parse_quote!(a)", "quote!("));
}
