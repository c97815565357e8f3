//! Test binaries that die, hang or say nothing. A shell script stands in for the binary.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::time::{Duration, Instant};

use super::{Project, heard, options, project, put};
use crate::model::Id;
use crate::run::compile::Built;
use crate::run::execute::execute;
use crate::run::optimized::parts;
use crate::run::process::Interrupt;
use crate::run::{Binary, Event, Options};

const MANIFEST: &str = "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n";

/// Declares constraints of these names.
fn declaring(names: &[&str]) -> Project {
    let mut declared = String::new();
    for name in names {
        let _ = writeln!(declared, "[constraint.{name}]\nsays = \"{name}\"");
        let _ = writeln!(declared, "kind = \"no_panic\"\ntarget = \"crate::f\"");
    }
    project(&[
        ("Cargo.toml", MANIFEST),
        ("src/lib.rs", "pub fn f(text: &str) -> usize { text.len() }"),
        ("constraints/links.toml", &declared),
    ])
}

/// Runs `script` as the test binary; `record NAME` in it leaves the record of a test.
fn check(project: &Project, script: &str, options: &Options) -> Vec<Event> {
    const RECORD: &str = r#"#!/bin/sh
record() {
    echo "{\"format\":1,\"id\":\"links.$1\",\"kind\":\"no_panic\",\"outcome\":\"holds\",\"tally\":{\"executed\":100,\"accepted\":100,\"rejected\":0,\"slow\":0},\"seed\":${CONSTRAINTS_SEED:-0},\"millis\":1}" >> "$CONSTRAINTS_RECORDS"
}
"#;
    put(project.folder.path(), "binary", &format!("{RECORD}{script}"));
    let binary = project.folder.path().join("binary");
    fs::set_permissions(&binary, fs::Permissions::from_mode(0o755)).expect("a script");
    let built = Built {
        binary,
        which: Binary::Beside,
        refused: BTreeSet::new(),
        version: "0.1.0".to_owned(),
        library_paths: Vec::new(),
        variables: Vec::new(),
        is_optimized: false,
    };
    let mut events = Vec::new();
    let interrupt = Interrupt::listen();
    execute(&built, project.subject(), options, &interrupt, &mut |event| events.push(event)).expect("a run");
    events
}

#[test]
fn a_process_that_dies_takes_no_other_test_with_it() {
    let project = declaring(&["dies", "exits", "fine", "late"]);
    let script = r#"
case "$*" in
    *--exact\ links::dies*) kill -ABRT $$ ;;
    *--exact\ links::exits*) exit 0 ;;
    *--exact\ links::late*) record late; echo "test links::late ... ok" ;;
    *) record fine; echo "test links::fine ... ok"; kill -ABRT $$ ;;
esac
"#;
    let events = check(&project, script, &options());
    insta::assert_snapshot!(heard(&events), @"
    alone links.dies
    alone links.exits
    alone links.late
    ended links.dies: the test process ended early, signal: 6 (SIGABRT)
    ended links.exits: the test process ended early, exit status: 0
    ended links.fine: the test passed
    ended links.late: the test passed
    recorded links.fine
    recorded links.late
    running 4
    ");
}

#[test]
fn a_process_that_hangs_is_stopped_with_all_it_started() {
    let project = declaring(&["fine", "hangs"]);
    let script = r#"
case "$*" in
    *--exact\ links::fine*) exit 3 ;;
    *--exact\ links::hangs*) sleep 600 & echo $! > left_running; wait ;;
    *) record fine; echo "test links::fine ... ok"; sleep 600 ;;
esac
"#;
    let started = Instant::now();
    let events = check(&project, script, &Options { patience: Duration::from_millis(600), ..options() });
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    insta::assert_snapshot!(heard(&events), @"
    alone links.hangs
    ended links.fine: the test passed
    ended links.hangs: the test did not come back and was stopped
    recorded links.fine
    running 2
    ");
    let left = fs::read_to_string(project.folder.path().join("left_running")).expect("a process id");
    let status = || fs::read_to_string(format!("/proc/{}/status", left.trim())).unwrap_or_default();
    let is_gone = || status().is_empty() || status().contains("zombie");
    // A process that was killed ends when the system next gets to it, which a busy machine may put off.
    let killed = Instant::now();
    while !is_gone() && killed.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(is_gone(), "still running:\n{}", status());
}

#[test]
fn a_test_that_is_not_there_is_not_passed() {
    let project = declaring(&["gone"]);
    let script = "echo 'running 0 tests'; echo 'test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured'";
    insta::assert_snapshot!(heard(&check(&project, script, &options())), @"
    alone links.gone
    ended links.gone: the test was not run
    running 1
    ");
}

#[test]
fn only_selected_tests_run_and_as_far_as_is_given() {
    let project = declaring(&["one", "two"]);
    let script = r#"
[ "$*" = "--color never --test-threads=3 --exact links::two" ] || exit 3
[ "$CONSTRAINTS_CASES $CONSTRAINTS_BUDGET" = "500 2500" ] || exit 4
record two; echo "test links::two ... ok"; echo "not a record" >> "$CONSTRAINTS_RECORDS"
"#;
    let selected = Some(vec![Id::new("links", "two")]);
    let (cases, budget) = (Some(500), Some(Duration::from_millis(2_500)));
    let threads = Some(3);
    let options = Options { seed: Some(7), cases, budget, threads, selected, ..options() };
    let events = check(&project, script, &options);
    insta::assert_snapshot!(heard(&events), @"
    ended links.two: the test passed
    recorded links.two
    running 1
    stray not a record
    ");
    let seed = events.iter().find_map(|event| match event {
        Event::Recorded(record) => Some(record.seed),
        _ => None,
    });
    assert_eq!(seed, Some(7));
}

#[test]
fn tests_of_optimized_code_are_run_apart() {
    let declared = r#"
[constraint.quick]
says = "It is quick"
kind = "latency"
target = "crate::f"
at_most = "1 s"
[constraint.blind]
says = "It is blind"
kind = "constant_time"
target = "crate::f"
secret = "text"
[constraint.total]
says = "It is total"
kind = "no_panic"
target = "crate::f"
"#;
    let project = project(&[
        ("Cargo.toml", MANIFEST),
        ("src/lib.rs", "pub fn f(text: &str) -> usize { text.len() }"),
        ("constraints/links.toml", declared),
    ]);
    let told = |options: &Options| {
        let parts = parts(project.subject(), options).into_iter();
        let name = |id: &Id| id.name().to_owned();
        let names = |ids: Vec<Id>| ids.iter().map(name).collect::<Vec<_>>().join(" ");
        let parts = parts.map(|part| (part.is_optimized, part.options.selected.map(names)));
        parts.collect::<Vec<_>>()
    };
    let some = |names: &str| Some(names.to_owned());
    assert_eq!(told(&options()), [(false, some("blind total")), (true, some("blind quick"))]);
    let selecting = |name: &str| Options { selected: Some(vec![Id::new("links", name)]), ..options() };
    assert_eq!(told(&selecting("quick")), [(true, some("quick"))]);
    assert_eq!(told(&selecting("total")), [(false, some("total"))], "in one build, as it was selected");
    assert_eq!(told(&Options { compile_only: true, ..options() }), [(false, None)]);
}
