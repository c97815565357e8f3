//! What is made of what was heard of one test.

use constraints_wire::{ExitCode, Outcome, Record, RedReason, Status, Tally, UndecidedReason, Witness};

use super::{
    DECLARED, Ending, Event, declared, ended, id, options, passed, record, recorded, refused, roll, witness,
};
use crate::report::exit_code;
use crate::run::Options;

const VIOLATED: Outcome = Outcome::Violated(RedReason::Violated);
const TOO_MANY: Outcome = Outcome::Undecided(UndecidedReason::TooManyRejected);

/// The verdict on `links.NAME` of the sample, with what speaks for it.
fn check(name: &str, events: &[Event]) -> (Outcome, String) {
    let declared = declared(DECLARED);
    let verdicts = roll::call(&declared.plan, events);
    let verdict = &verdicts[&id(name)];
    (verdict.outcome.clone(), verdict.because.clone().unwrap_or_default())
}

fn red(reason: RedReason, because: &str) -> (Outcome, String) {
    (Outcome::Violated(reason), because.to_owned())
}

fn holds(executed: u64, accepted: u64) -> Event {
    let tally = Tally { executed, accepted, rejected: 0, slow: 0 };
    recorded(Record { tally, ..record("shorter", Outcome::Holds) })
}

#[test]
fn a_record_and_a_passed_test_hold_together() {
    assert_eq!(check("shorter", &passed("shorter")), (Outcome::Holds, String::new()));
}

#[test]
fn silence_is_never_green() {
    let nothing = red(RedReason::NoRecord, "no record was left; nothing was seen of the test");
    assert_eq!(check("shorter", &[]), nothing);
    let only_passed = red(RedReason::NoRecord, "no record was left; the test passed");
    assert_eq!(check("shorter", &[ended("shorter", Ending::Passed)]), only_passed);
    let of_another = &passed("parse_total");
    assert_eq!(check("shorter", of_another), nothing);
}

#[test]
fn a_record_that_says_it_holds_is_not_enough() {
    let seen = |ending: Ending| check("shorter", &[holds(100, 100), ended("shorter", ending)]);
    assert_eq!(
        check("shorter", &[holds(100, 100)]),
        red(RedReason::NoRecord, "the record says it holds, but its end was not seen")
    );
    assert_eq!(
        seen(Ending::Failed("assertion failed".to_owned())),
        red(RedReason::Crashed, "the record says it holds, but the test failed: assertion failed")
    );
    assert_eq!(
        seen(Ending::Skipped),
        red(RedReason::NoRecord, "the record says it holds, but the test was not run")
    );
    assert_eq!(seen(Ending::TimedOut).0, Outcome::Violated(RedReason::TimedOut));
}

#[test]
fn fewer_cases_than_the_roll_demands_did_not_run() {
    let seen = |record: Event| check("shorter", &[record, ended("shorter", Ending::Passed)]);
    assert_eq!(
        seen(holds(99, 99)),
        red(RedReason::NoRecord, "only 99 cases were executed where the roll demands 100")
    );
    assert_eq!(
        seen(holds(100, 0)),
        red(RedReason::Vacuous, "none of 100 executed cases reached the statement")
    );
    assert_eq!(
        seen(holds(100, 99)),
        red(RedReason::NoRecord, "only 99 cases reached the statement where the roll demands 100")
    );
}

#[test]
fn of_several_records_the_red_one_counts() {
    let violated = recorded(record("shorter", VIOLATED));
    let undecided = recorded(record("shorter", TOO_MANY));
    let [holds, passed] = passed("shorter");
    assert_eq!(check("shorter", &[violated.clone(), holds.clone(), passed.clone()]).0, VIOLATED);
    assert_eq!(check("shorter", &[holds.clone(), violated, passed.clone()]).0, VIOLATED);
    assert_eq!(check("shorter", &[undecided, holds, passed]).0, TOO_MANY);
}

#[test]
fn a_process_that_ended_early_is_the_red_of_its_test() {
    assert_eq!(
        check("shorter", &[ended("shorter", Ending::Died("signal: 6 (SIGABRT)".to_owned()))]),
        red(RedReason::Crashed, "no record was left; the test process ended early, signal: 6 (SIGABRT)")
    );
    assert_eq!(
        check("shorter", &[ended("shorter", Ending::TimedOut)]).0,
        Outcome::Violated(RedReason::TimedOut)
    );
}

#[test]
fn a_missing_target_is_red_even_if_a_record_says_otherwise() {
    assert_eq!(
        check("missing", &passed("missing")),
        red(
            RedReason::MissingTarget,
            "`crate::missing` does not exist; the nearest names are `crate::link::missed`"
        )
    );
}

#[test]
fn what_does_not_compile_is_red_even_if_a_record_says_otherwise() {
    let [holds, passed] = passed("shorter");
    let (outcome, because) = check("shorter", &[holds, passed, refused("shorter")]);
    assert_eq!(outcome, Outcome::Violated(RedReason::DoesNotCompile));
    assert_eq!(because, "no method named `lenght` found for type `str`");
}

const ALL: [&str; 5] = ["parse_total", "same_host", "normal_form", "shorter", "missing"];

/// The exit code and the status of each, in the order of the ids, when these are not green.
fn statuses(not_green: &[(&str, Outcome)]) -> (ExitCode, Vec<Status>) {
    let declared = declared(&DECLARED.replace("crate::missing", "crate::there"));
    let events = ALL.iter().flat_map(|name| {
        let outcome = not_green.iter().find(|(other, _)| other == name).map(|(_, outcome)| outcome.clone());
        let ending = if outcome.is_some() { Ending::Failed(String::new()) } else { Ending::Passed };
        [recorded(record(name, outcome.unwrap_or(Outcome::Holds))), ended(name, ending)]
    });
    let report = declared.report(&events.collect::<Vec<_>>(), &options());
    (exit_code(&report), report.constraints.iter().map(|entry| entry.status).collect())
}

#[test]
fn only_what_blocks_a_merge_changes_the_exit_code() {
    use Status::{Green, Red, Undecided};
    // In the order of the ids: missing, normal_form, parse_total, same_host, shorter.
    assert_eq!(statuses(&[]), (ExitCode::Holds, vec![Green; 5]));
    let shorter_red = vec![Green, Green, Green, Green, Red];
    assert_eq!(statuses(&[("shorter", VIOLATED)]), (ExitCode::Holds, shorter_red));
    let undecided = vec![Green, Undecided, Green, Green, Green];
    assert_eq!(statuses(&[("normal_form", TOO_MANY)]), (ExitCode::Undecided, undecided));
    let both = statuses(&[("normal_form", TOO_MANY), ("same_host", VIOLATED)]);
    assert_eq!(both, (ExitCode::Violated, vec![Green, Undecided, Green, Red, Green]));
}

#[test]
fn what_waits_for_a_red_one_is_blocked_whatever_its_test_says() {
    use Status::{Blocked, Green, Red};
    let expected = (ExitCode::Violated, vec![Green, Green, Red, Blocked, Green]);
    assert_eq!(statuses(&[("parse_total", VIOLATED)]), expected);
    assert_eq!(statuses(&[("parse_total", VIOLATED), ("same_host", VIOLATED)]), expected);
}

#[test]
fn nothing_selected_is_nothing_to_check() {
    let report = declared(DECLARED).report(&[], &Options { selected: Some(Vec::new()), ..options() });
    assert_eq!(exit_code(&report), ExitCode::NothingToCheck);
    assert_eq!(exit_code(&declared("").report(&[], &options())), ExitCode::NothingToCheck);
}

#[test]
fn what_gave_no_answer_is_not_said_to_contradict_the_statement() {
    let seen = "the process exited with code 0".to_owned();
    let witness = Witness { seen, details: Vec::new(), place: None, ..witness() };
    let said = |reason| {
        let record =
            Record { witness: Some(witness.clone()), ..record("shorter", Outcome::Violated(reason)) };
        let report = declared(DECLARED).report(&[recorded(record)], &options());
        report
            .constraints
            .into_iter()
            .find_map(|entry| (entry.id == "links.shorter").then_some(entry.message)?)
    };
    let on = "on text = \"aaaaaa€\"";
    assert_eq!(said(RedReason::Violated), Some(format!("does not hold {on}")));
    assert_eq!(said(RedReason::Crashed), Some(format!("the process exited with code 0 {on}")));
}
