//! What is red and excused.

use constraints_wire::{ExitCode, Report, Status};

use super::{DECLARED, declared, options, something_of_everything, today};
use crate::model::{Waiver, waivers};
use crate::report::{exit_code, human, judge, next};

/// The report on the sample, where everything is red that can be, under waivers.
fn check(text: &str) -> (Report, String) {
    let mut declared = declared(DECLARED);
    let file = declared.sources.add("constraints/waivers.toml", text);
    let (waivers, faults): (Vec<Waiver>, _) = waivers(&declared.sources, file, &declared.model);
    assert!(faults.is_empty(), "{faults:?}");
    declared.model.waivers = waivers;
    let events = something_of_everything();
    let report = judge(
        &declared.plan,
        &declared.model,
        &declared.graph,
        &declared.sources,
        &events,
        &options(),
        today(),
    );
    let first = next(&report, &declared.graph).constraint.map(|entry| entry.id).unwrap_or_default();
    (report, first)
}

fn waiver(id: &str, since: &str, until: &str) -> String {
    format!(
        "[[waiver]]\nid = {id:?}\nreason = \"it is being replaced\"\nowner = \"ana\"\nsince = {since}\nuntil = {until}\n"
    )
}

fn status(report: &Report, id: &str) -> Status {
    report.constraints.iter().find(|entry| entry.id == id).expect("an entry").status
}

#[test]
fn a_waiver_excuses_until_its_last_day_and_stops_nobody() {
    let (report, first) = check(&waiver("links.parse_total", "2026-06-01", "2026-06-15"));
    assert_eq!(status(&report, "links.parse_total"), Status::Waived);
    // It waits for what is excused, and holds.
    assert_eq!(status(&report, "links.same_host"), Status::Green);
    assert_eq!(report.totals.waived, 1);
    assert_ne!(first, "links.parse_total");
}

#[test]
fn a_waiver_that_is_over_or_has_not_begun_excuses_nothing() {
    for (since, until) in [("2026-06-01", "2026-06-14"), ("2026-06-16", "2026-06-20")] {
        let (report, _) = check(&waiver("links.parse_total", since, until));
        assert_eq!(status(&report, "links.parse_total"), Status::Red);
        assert_eq!(exit_code(&report), ExitCode::Violated);
    }
}

#[test]
fn what_is_excused_does_not_stop_a_merge() {
    let all = ["links.parse_total", "links.missing"];
    let (report, _) = check(&all.map(|id| waiver(id, "2026-06-01", "2026-06-30")).join("\n"));
    assert_eq!(exit_code(&report), ExitCode::Holds);
}

#[test]
fn a_waiver_of_what_holds_is_not_shown() {
    let (report, _) = check(&waiver("links.normal_form", "2026-06-01", "2026-06-30"));
    assert_eq!(status(&report, "links.normal_form"), Status::Green);
    assert!(report.constraints.iter().all(|entry| entry.waiver.is_none()));
}

#[test]
fn renewals_are_counted_and_shown() {
    let first = waiver("links.parse_total", "2026-03-01", "2026-05-20");
    let (report, _) = check(&format!("{first}{}", waiver("links.parse_total", "2026-06-01", "2026-06-30")));
    let shown = anstream::adapter::strip_str(&human(&report)).to_string();
    assert!(shown.contains("until 2026-06-30 by ana, renewed once: it is being replaced"), "{shown}");
    let over = waiver("links.parse_total", "2026-03-01", "2026-05-20");
    let (report, _) = check(&over);
    let shown = anstream::adapter::strip_str(&human(&report)).to_string();
    assert!(shown.contains("is over; it was until 2026-05-20 by ana: it is being replaced"), "{shown}");
}
