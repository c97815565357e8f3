//! The whole way on real packages: what a person or a machine is told, and that none of it can be a lie.

#[path = "verdicts/arguments.rs"]
mod arguments;
#[path = "verdicts/dropped.rs"]
mod dropped;
mod support;

use std::process::{Command, Output};

use constraints_wire::{Entry, Location, Outcome, RedReason, Roll, Status, UndecidedReason};
use support::{Package, check, code, said};

/// Fails for texts with a percent sign.
const ASTRAY: &str = "pub fn percent(text: &str) -> usize {
    text.find('%').map_or(0, |_| panic!(\"a percent sign\"))
}
";

/// Does not fail.
const MENDED: &str = "pub fn percent(text: &str) -> usize {
    text.find('%').unwrap_or(0)
}
";

/// Red where percent signs fail.
const TOTAL: &str = r#"[constraint.total]
says   = "Any text gives a number"
kind   = "no_panic"
target = "crate::percent"
"#;

/// Green in any case, for it knows no percent signs.
const INSIDE: &str = r#"
[constraint.inside]
says      = "The number is a place in the text"
kind      = "law"
target    = "crate::percent"
then      = "result <= text.len()"
args.text = { matching = "[a-z]{3}[0-9]{2}", only = true }
"#;

/// Undecided in any case.
const NEVER: &str = r#"
[constraint.never]
says   = "No text gets as far as the statement"
kind   = "law"
target = "crate::percent"
when   = "text.len() > text.len() + 1"
then   = "result == 7"
"#;

/// A package whose `main.total` is red and whose `main.inside` is green.
fn percent(name: &str) -> Package {
    Package::of(name, ASTRAY, &[TOTAL, INSIDE].concat())
}

fn kinds() -> impl Iterator<Item = &'static str> {
    cargo_constraints::kinds::ALL.iter().map(|kind| kind.about().id)
}

fn fixture(kind: &str, side: &str) -> Package {
    Package::copy(&format!("fixture-{}-{side}", kind.replace('_', "-")), &format!("fixtures/{kind}/{side}"))
}

#[test]
fn every_kind_is_green_on_its_green_fixture() {
    for kind in kinds() {
        let checked = fixture(kind, "green").check();
        assert_eq!(checked.code, 0, "{:#?}", checked.report);
        let entries = &checked.report.constraints;
        assert!(entries.iter().any(|entry| entry.kind == kind), "{kind}: {entries:#?}");
        for entry in entries {
            let executed = entry.record.as_ref().map_or(0, |record| record.tally.executed);
            assert!(entry.status == Status::Green && executed > 0, "{entry:#?}");
        }
    }
}

#[test]
fn every_kind_is_red_on_its_red_fixture_at_the_marked_line() {
    for kind in kinds() {
        let package = fixture(kind, "red");
        let checked = package.check();
        let red: Vec<&Entry> =
            checked.report.constraints.iter().filter(|entry| entry.status != Status::Green).collect();
        let [entry] = red[..] else { panic!("{kind} is red for one reason: {red:#?}") };
        assert_eq!((entry.kind.as_str(), entry.status), (kind, Status::Red), "{entry:#?}");
        // What only warns stops nobody.
        let code = if entry.level == "block" { 100 } else { 0 };
        assert_eq!(checked.code, code, "{:#?}", checked.report);
        let found = [RedReason::Violated, RedReason::Crashed, RedReason::TimedOut].map(Some);
        assert!(found.contains(&entry.reason), "{entry:#?}");

        let name = entry.id.strip_prefix("main.").expect("an id in main.toml");
        let declared = package.line_with("constraints", &format!("[constraint.{name}]"));
        assert_eq!(declared, Some((entry.declared.file.clone(), entry.declared.line)), "{entry:#?}");
        leads_to_the_mark(&package, entry);
    }
}

/// Fails for one token of which no part stands anywhere: each of its letters is computed.
#[cfg(all(target_os = "linux", target_env = "gnu", target_arch = "x86_64"))]
const COMPUTED: &str = "pub fn token(text: &str) -> usize {
    let letter = |at| text.as_bytes().get(at).copied().unwrap_or(0);
    let wanted = |at: u8| b'a' + (at * 7 + 3) % 26;
    if letter(0) != wanted(0) { return 0; }
    if letter(1) != wanted(1) { return 1; }
    if letter(2) != wanted(2) { return 2; }
    if letter(3) != wanted(3) { return 3; }
    panic!(\"the token\")
}
";

#[cfg(all(target_os = "linux", target_env = "gnu", target_arch = "x86_64"))]
#[test]
fn what_no_literal_tells_is_found_by_what_the_code_does() {
    let token = TOTAL.replace("percent", "token");
    let checked = Package::of("verdicts-computed", COMPUTED, &token).check();
    let entry = checked.entry("total");
    assert_eq!((checked.code, entry.reason), (100, Some(RedReason::Violated)), "{entry:#?}");
    let record = entry.record.as_ref().expect("a record");
    let witness = record.witness.as_ref().expect("a witness");
    assert!(witness.values[0].text.contains("dkry"), "{witness:#?}");
}

/// Fails for one number in a message whose checksums are right, of its front and of all of it; no comparison tells which.
#[cfg(all(target_os = "linux", target_env = "gnu", target_arch = "x86_64"))]
const CHECKED: &str = "fn sum(bytes: &[u8], width: u32, polynomial: u32) -> u32 {
    bytes.iter().fold(0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte) << (width - 8), |sum, _| {
            let carry = if sum >> (width - 1) & 1 == 1 { polynomial } else { 0 };
            (sum << 1 ^ carry) & ((1 << width) - 1)
        })
    })
}

pub fn message(bytes: &[u8]) -> u8 {
    let [_, at, a, b, c, front, high, low] = *bytes else { return 0 };
    if sum(&bytes[..5], 8, 0x07) as u8 != front { return 0; }
    if sum(&bytes[..6], 16, 0x8005) as u16 != u16::from_be_bytes([high, low]) { return 0; }
    let distance = at.wrapping_mul(13) ^ 0xa7;
    (u16::from(a) + u16::from(b) + u16::from(c)) as u8 / u8::from(distance.count_ones() > 0)
}
";

#[cfg(all(target_os = "linux", target_env = "gnu", target_arch = "x86_64"))]
#[test]
fn checksums_of_a_changed_sample_are_made_right_again() {
    let message = TOTAL.replace("percent", "message");
    let sample = "args.bytes = { like_hex = \"07 01 28 32 3c 4a c2 26\" }\n";
    let checked = Package::of("verdicts-checked", CHECKED, &[message.as_str(), sample].concat()).check();
    let entry = checked.entry("total");
    assert_eq!((checked.code, entry.reason), (100, Some(RedReason::Violated)), "{entry:#?}");
    // By chance it takes all there are, most often: one byte of 256, with both sums right.
    let record = entry.record.as_ref().expect("a record");
    assert!(record.tally.executed < 25_000, "{record:#?}");
}

/// A place that a witness gives is the marked line; without one the item is the one that holds the mark.
fn leads_to_the_mark(package: &Package, entry: &Entry) {
    let marked = package.line_with("src", &format!("// red: {}", entry.id)).expect("a marked line");
    let witness = entry.record.as_ref().and_then(|record| record.witness.as_ref()).expect("a witness");
    let line = |line: u32| usize::try_from(line).expect("a line");
    if let Some(place) = &witness.place {
        assert_eq!(marked, (place.file.clone(), line(place.line)), "{entry:#?}");
        return;
    }
    let item = entry.item.as_ref().expect("a kind without places has an item");
    let source = package.read(&item.file).expect("the item's file");
    let between = source.lines().skip(line(item.line)).take(marked.1.saturating_sub(line(item.line)));
    assert!(marked.0 == item.file && marked.1 >= line(item.line), "{entry:#?}");
    // Or the mark stands among the methods of a type.
    let head = source.lines().nth(line(item.line) - 1).unwrap_or_default();
    let name = head.strip_prefix("pub struct ").and_then(|rest| rest.split([' ', '<', '(']).next());
    let block = between.clone().filter(|line| line.starts_with("impl")).last().unwrap_or_default();
    let is_inside = name.is_some_and(|name| block.contains(name));
    assert!(is_inside || !between.clone().any(|line| line.trim_start().starts_with("pub fn ")), "{entry:#?}");
}

#[test]
fn each_way_to_go_astray_is_the_red_of_one_constraint_alone() {
    let package = Package::copy("verdicts-astray", "verdicts/astray");
    let checked = package.check();
    assert_eq!(checked.code, 100);
    let totals = checked.report.totals;
    assert_eq!((totals.green, totals.red, totals.undecided, totals.blocked), (2, 8, 1, 0));
    checked.is_green("total");
    checked.is_green("length");
    for (name, reason, seen) in [
        ("panics", RedReason::Violated, "panicked: a percent sign"),
        ("aborts", RedReason::Crashed, "signal"),
        ("exits", RedReason::Crashed, "exited with code 0"),
        ("recurses", RedReason::Crashed, "the stack overflowed"),
        ("loops", RedReason::TimedOut, "no answer"),
    ] {
        let entry = checked.entry(name);
        assert_eq!((entry.status, entry.reason), (Status::Red, Some(reason)), "{entry:#?}");
        let witness = entry.record.as_ref().and_then(|record| record.witness.as_ref()).expect("a witness");
        assert!(witness.seen.contains(seen), "{entry:#?}");
        assert!(reason == RedReason::Violated || entry.message.as_ref().is_some_and(|it| it.contains(seen)));
        assert!(matches!(&witness.values[..], [text] if text.text.contains('%')), "{entry:#?}");
    }
    let missing = checked.entry("missing");
    assert_eq!((missing.status, missing.reason), (Status::Red, Some(RedReason::MissingTarget)));
    assert!(missing.message.as_ref().is_some_and(|message| message.contains("answers")), "{missing:#?}");
    does_not_compile(&package, checked.entry("misspelled"), "lenght", "no method named `lenght`");
    does_not_compile(&package, checked.entry("unsupported"), "    length", "mismatched types");
    let never = checked.entry("never");
    let outcome = never.record.as_ref().map(|record| record.outcome.clone());
    assert_eq!(outcome, Some(Outcome::Undecided(UndecidedReason::TooManyRejected)));
    assert_eq!((never.status, never.reason), (Status::Undecided, None), "{never:#?}");
}

/// The compiler's message leads to `at`, which stands once in the files of the user.
fn does_not_compile(package: &Package, entry: &Entry, at: &str, message: &str) {
    assert_eq!((entry.status, entry.reason), (Status::Red, Some(RedReason::DoesNotCompile)), "{entry:#?}");
    let (file, line) = package.line_with("constraints", at).expect("a line");
    let text = package.read(&file).expect("text");
    let start = text.lines().nth(line - 1).and_then(|line| line.find(at)).expect("a column");
    let column = start + 1 + at.len() - at.trim_start().len();
    assert_eq!(entry.compiler_at, Some(Location { file, line, column }), "{entry:#?}");
    assert!(entry.compiler.as_ref().is_some_and(|said| said.contains(message)), "{entry:#?}");
    assert!(entry.message.as_ref().is_some_and(|said| said.contains(message)), "{entry:#?}");
}

#[cfg(unix)]
#[test]
fn code_that_kills_its_judge_is_red_and_its_neighbour_is_not() {
    let library = r#"
pub fn answers(text: &str) -> usize { text.len() }
pub fn kills(text: &str) -> usize {
    let judge = std::os::unix::process::parent_id().to_string();
    if text.contains('%') {
        let _ = std::process::Command::new("kill").args(["-KILL", &judge]).status();
    }
    text.len()
}
"#;
    let constraints = r#"
[constraint.kills]
says   = "Nobody kills the judge"
kind   = "no_panic"
target = "crate::kills"

[constraint.total]
says   = "Beside it this one is green"
kind   = "no_panic"
target = "crate::answers"
"#;
    let checked = Package::of("verdicts-kills", library, constraints).check();
    assert_eq!(checked.code, 100);
    let kills = checked.entry("kills");
    assert_eq!((kills.status, kills.reason), (Status::Red, Some(RedReason::Crashed)), "{kills:#?}");
    checked.is_green("total");
}

/// What runs before `main` runs in the judge too, and can tell it anything.
#[cfg(target_os = "linux")]
#[test]
fn a_test_that_passes_without_leaving_its_record_is_red() {
    let library = r#"
pub fn answers(text: &str) -> usize { text.len() }

extern "C" fn silence() {
    unsafe { std::env::remove_var("CONSTRAINTS_RECORDS") };
}

#[used]
#[unsafe(link_section = ".init_array")]
static SILENCE: extern "C" fn() = silence;
"#;
    let constraints =
        "[constraint.total]\nsays = \"Silence is red\"\nkind = \"no_panic\"\ntarget = \"crate::answers\"\n";
    let checked = Package::of("verdicts-silent", library, constraints).check();
    assert_eq!(checked.code, 100);
    let entry = checked.entry("total");
    assert_eq!((entry.status, entry.reason), (Status::Red, Some(RedReason::NoRecord)), "{entry:#?}");
    assert!(entry.message.as_ref().is_some_and(|message| message.contains("the test passed")), "{entry:#?}");
}

/// Variables that somebody might hope to get away with, and a folder that holds a job already.
fn lowered(command: &mut Command, package: &Package) {
    package.put("job/job", r#"{"ticket":7,"job":{"do":"try","failing":null,"tapes":[]}}"#);
    command.env("CONSTRAINTS_JOB", package.root.join("job"));
    for name in
        ["CASES", "MAX_GLOBAL_REJECTS", "MAX_LOCAL_REJECTS", "MAX_SHRINK_ITERS", "MAX_FLAT_MAP_REGENS"]
    {
        command.env(format!("PROPTEST_{name}"), "0");
    }
    command.env("RUST_TEST_THREADS", "0").env("RUST_TEST_SHUFFLE_SEED", "garbage");
}

#[test]
fn no_variable_lowers_what_a_verdict_takes() {
    let package = percent("verdicts-variables");
    let elsewhere = package.root.join("elsewhere");
    let mut command = package.tool(&["check", "--message-format", "json"]);
    lowered(&mut command, &package);
    command.env("CONSTRAINTS_SEED", "garbage").env("CONSTRAINTS_RECORDS", &elsewhere);
    let checked = check(&mut command);
    assert_eq!(checked.code, 100);
    let red = checked.entry("total");
    assert_eq!((red.status, red.reason), (Status::Red, Some(RedReason::Violated)), "{red:#?}");
    checked.is_green("inside");
    assert!(!elsewhere.exists());

    let mut command = package.cargo(&["test", "--test", "constraints"]);
    lowered(&mut command, &package);
    let output = command.env("RUST_TEST_THREADS", "1").output().expect("cargo runs");
    assert_ne!(code(&output), 0, "{}", said(&output));
    assert!(!said(&output).contains("main::total ... ok"), "{}", said(&output));
}

#[test]
fn edited_tests_and_an_edited_roll_lower_nothing() {
    let package = percent("verdicts-edited");
    assert_eq!(code(&run(&mut package.tool(&["gen"]))), 0);
    let paths = ["generated/main.rs", "generated/manifest.toml"];
    let [tests, roll] = paths.map(|path| package.read(path).expect("generated"));
    let demanded: Vec<u64> =
        toml::from_str::<Roll>(&roll).expect("a roll").test.iter().map(|test| test.at_least).collect();
    assert_eq!(demanded, [100, 100]);

    let edited = [tests.replace("#[test]", "#[test]\n#[ignore]"), roll.replace("= 100", "= 0")];
    for (path, text) in paths.iter().zip(&edited) {
        package.put(path, text);
    }
    let locked = run(&mut package.tool(&["check", "--locked"]));
    assert_eq!((code(&locked), locked.stdout.is_empty()), (97, true), "{}", said(&locked));
    assert!(said(&locked).contains("cargo constraints gen"), "{}", said(&locked));
    assert_eq!(paths.map(|path| package.read(path)), edited.map(Some), "locked files are left alone");

    let checked = package.check();
    assert_eq!((checked.code, checked.entry("total").status), (100, Status::Red));
    checked.is_green("inside");
    assert_eq!(paths.map(|path| package.read(path)), [tests, roll].map(Some));
}

#[test]
fn a_graph_in_which_nothing_is_red_but_something_undecided_ends_with_5() {
    let checked = Package::of("verdicts-undecided", MENDED, &[TOTAL, NEVER].concat()).check();
    assert_eq!(checked.code, 5, "{:#?}", checked.report);
    assert_eq!(checked.entry("never").status, Status::Undecided);
    checked.is_green("total");
}

#[test]
fn a_crate_that_does_not_compile_ends_with_101_and_says_so() {
    let library = "pub fn percent(text: &str) -> usize {\n    text\n}\n";
    let package = Package::of("verdicts-uncompiled", library, TOTAL);
    let output = run(&mut package.tool(&["check", "--message-format", "json"]));
    assert_eq!((code(&output), output.stdout.is_empty()), (101, true), "{}", said(&output));
    assert!(said(&output).contains("src/lib.rs:2:5"), "{}", said(&output));
}

#[test]
fn a_witness_is_kept_and_found_again_at_once_when_its_bug_returns() {
    let kept = "constraints/witnesses/main.total.json";
    let package = Package::of("verdicts-kept", ASTRAY, TOTAL);
    assert_eq!(package.read(kept), None);
    let first = package.check();
    let shown = |entry: &Entry| {
        let record = entry.record.clone().expect("a record");
        (record.witness.expect("a witness"), record.tally.executed)
    };
    let (witness, searched) = shown(first.entry("total"));
    assert!(searched > 0);
    let file = package.read(kept).expect("a kept witness");
    assert!(file.contains(&serde_json::json!(witness.values[0].text).to_string()), "{file}");

    package.put("src/lib.rs", MENDED);
    let mended = package.check();
    assert_eq!(mended.code, 0, "{:#?}", mended.report);
    let settled = package.written();
    assert_eq!(package.check().code, 0);
    assert_eq!(code(&run(&mut package.tool(&["gen"]))), 0);
    assert_eq!(package.written(), settled, "nothing changed, so nothing is touched");

    package.put("src/lib.rs", ASTRAY);
    let again = package.check();
    assert_eq!(shown(again.entry("total")), (witness.clone(), 0), "found without a search");
    assert_eq!(package.read(kept).as_deref(), Some(file.as_str()));

    package.put(kept, &file.replace(']', "}"));
    let corrupt = package.check();
    assert!(shown(corrupt.entry("total")).1 > 0, "searched for again");
    assert_eq!(corrupt.code, 100);
    assert_eq!(shown(package.check().entry("total")).1, 0, "and kept");
}

#[test]
#[expect(clippy::disallowed_macros, reason = "whoever reads the log has to know what was left out")]
fn without_the_tool_the_tests_are_plain_tests_with_a_message_for_people() {
    let package = percent("verdicts-plain");
    assert_eq!(code(&run(&mut package.tool(&["gen"]))), 0);
    let plain = run(&mut package.cargo(&["test", "--test", "constraints"]));
    assert_eq!(code(&plain), 101, "{}", said(&plain));
    assert!(said(&plain).contains("test main::inside ... ok"), "{}", said(&plain));
    assert!(said(&plain).contains("test main::total ... FAILED"), "{}", said(&plain));
    is_readable(&plain);

    let version = package.cargo(&["nextest", "--version"]).output().expect("cargo runs");
    if !version.status.success() {
        println!("cargo nextest is not installed, so the tests were not run under it");
        return;
    }
    let nextest = run(&mut package.cargo(&["nextest", "run", "--no-fail-fast", "--test", "constraints"]));
    assert_eq!(code(&nextest), 100, "{}", said(&nextest));
    assert!(said(&nextest).contains("1 passed, 1 failed"), "{}", said(&nextest));
    is_readable(&nextest);
}

fn is_readable(output: &Output) {
    // Harnesses indent what a test says.
    let said: Vec<String> = said(output).lines().map(|line| line.trim().to_owned()).collect();
    let start = said.iter().position(|line| line == "main.total is red");
    let message = start.map(|start| &said[start + 1..start + 4]);
    let expected = "expected: an answer, whatever is passed in";
    let seen = "seen:     panicked: a percent sign";
    assert_eq!(message, Some(["text = \"%\"", expected, seen].map(str::to_owned).as_slice()), "{said:#?}");
    assert!(said.iter().any(|line| line.starts_with("at src/lib.rs:2:")), "{said:#?}");
}

fn run(command: &mut Command) -> Output {
    command.output().expect("it starts")
}
