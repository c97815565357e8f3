//! The page about the language shows every key, and everything on it holds.

use std::collections::BTreeSet;

use constraints_wire::{Report, Status};

use crate::blocks::{Block, blocks, page};
use crate::workshop::Workshop;

const PAGE: &str = "book/src/language.md";

/// A crate with everything on the page.
fn workshop() -> Workshop {
    let workshop = Workshop::new();
    let runtime = concat!(env!("CARGO_MANIFEST_DIR"), "/runtime").replace('\\', "/");
    workshop.write(
        "Cargo.toml",
        &format!(
            "[package]\nname = \"notes\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dev-dependencies]\n\
             constraints-runtime = {{ path = \"{runtime}\" }}\n\n[[test]]\nname = \"constraints\"\n\
             path = \"generated/mod.rs\"\n"
        ),
    );
    for block in blocks(&page(PAGE)) {
        if let Some(path) = block.file() {
            workshop.write(path, &block.text);
        }
    }
    workshop
}

#[test]
fn everything_on_the_page_about_the_language_is_accepted_and_holds() {
    let mut workshop = workshop();
    let output = workshop.tool(&["gen"]);
    let faults = String::from_utf8_lossy(&output.stderr).into_owned();
    // The page shows one requirement in several forms, of which one requires what the other does.
    let others: Vec<&str> = faults
        .lines()
        .filter(|line| line.starts_with("error") || line.starts_with("warning") || line.starts_with("note"))
        .filter(|line| !line.starts_with("warning[redundant]"))
        .collect();
    assert_eq!((workshop.code, others), (0, vec![]), "{faults}");
    let output = workshop.tool(&["check", "--message-format", "json"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(workshop.code, 0, "{said}{}", String::from_utf8_lossy(&output.stderr));
    let report: Report = serde_json::from_slice(&output.stdout).expect("a report");
    // Rows of samples have headers of their own, with double brackets.
    let declared = |it: &Block| it.text.lines().filter(|line| line.starts_with("[constraint.")).count();
    let in_files = |it: &Block| it.file().map_or(0, |_| declared(it));
    let tests: usize = blocks(&page(PAGE)).iter().map(in_files).sum();
    // One that is about several functions is several constraints.
    let families: BTreeSet<&str> =
        report.constraints.iter().map(|entry| entry.id.split('@').next().unwrap_or_default()).collect();
    assert_eq!(families.len(), tests, "{families:?}");
    assert!(report.constraints.iter().all(|entry| entry.status == Status::Green), "{said}");
}

#[test]
fn every_key_of_the_language_stands_on_its_page() {
    let mut workshop = workshop();
    workshop.write(
        "constraints/odd.toml",
        "[goal.a]\nsays = \"A\"\nzzqq = 1\n\n[risk.c]\nzzqq = 1\n\n[constraint.b]\nsays = \"B\"\nkind = \"no_panic\"\n\
         target = \"crate::parse\"\nargs.line = { zzqq = 1 }\nzzqq = 1\n",
    );
    workshop
        .write("constraints/settings.toml", "zzqq = 1\n\n[runner]\nzzqq = 1\n\n[area.security]\nzzqq = 1\n");
    let output = workshop.tool(&["gen"]);
    assert_eq!(workshop.code, 96);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let known: Vec<&str> =
        said.split("known here: ").skip(1).filter_map(|rest| rest.lines().next()).collect();
    assert_eq!(
        known.len(),
        7,
        "a goal, a risk, a constraint, a generator and three tables of settings say which keys they take: {said}"
    );
    let page = page(PAGE);
    let toml = |block: &Block| block.info.starts_with("toml");
    let examples: String = blocks(&page).iter().filter(|it| toml(it)).map(|it| it.text.as_str()).collect();
    for key in known.iter().flat_map(|line| line.split('`').skip(1).step_by(2)) {
        assert!(page.contains(&format!("`{key}")), "{PAGE} does not explain `{key}`");
        let shown = examples.lines().any(|line| {
            let mut words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            !line.contains('#') && words.any(|word| word == key)
        });
        assert!(shown, "{PAGE} has no example of `{key}`");
    }
}
