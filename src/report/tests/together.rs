//! Goals, risks and red constraints, as far as one stands for others.

use constraints_wire::{CoverageEntry, Report, Status};

use super::{Declared, declared, failed, options, passed, witness};
use crate::report::{human, next, next_human};

const DECLARED: &str = r#"
[goal.safe_links]
says = "A shared link leads only where its author pointed it"
area = "security"

[risk.open_redirect]
says = "A crafted link sends visitors to a phishing page"
likelihood = "high"
impact = "high"

[risk.slow_page]
says = "A page of many links is slow"
likelihood = "low"
impact = "medium"

[constraint.parse_total]
says = "Nothing a visitor types makes the parser panic"
kind = "no_panic"
target = "crate::link::parse"

[constraint.no_redirect]
says = "A rendered link keeps the host its author typed"
kind = "law"
target = "crate::link::render"
serves = "safe_links"
answers = "open_redirect"
after = "parse_total"
then = "crate::host(&result) == crate::host(&text)"

[constraint.no_script]
says = "A link runs nothing"
kind = "law"
target = "crate::link::parse"
serves = "safe_links"
answers = "open_redirect"
after = "parse_total"
then = "result.is_web()"
"#;

/// What is made of a run in which these fail and the others pass.
fn judged(red: &[&str]) -> (Declared, Report) {
    let declared = declared(DECLARED);
    let mut events = Vec::new();
    for name in ["parse_total", "no_redirect", "no_script"] {
        events.extend(if red.contains(&name) { failed(name, witness()) } else { passed(name) });
    }
    let report = declared.report(&events, &options());
    (declared, report)
}

/// The statuses of the goal and of both risks.
fn stands(report: &Report) -> (Status, Vec<Option<Status>>) {
    (report.goals[0].status, report.risks.iter().map(|risk| risk.status).collect())
}

#[test]
fn a_goal_and_a_risk_are_green_when_all_that_is_there_for_them_is() {
    assert_eq!(stands(&judged(&[]).1), (Status::Green, vec![Some(Status::Green), None]));
    assert_eq!(stands(&judged(&["no_script"]).1), (Status::Red, vec![Some(Status::Red), None]));
    assert_eq!(stands(&judged(&["parse_total"]).1), (Status::Blocked, vec![Some(Status::Blocked), None]));
}

#[test]
fn a_person_reads_which_risk_is_answered_by_what() {
    let mut report = judged(&["no_script"]).1;
    report.coverage = Some(CoverageEntry { functions: 9, named: 4 });
    let text = anstream::adapter::strip_str(&human(&report)).to_string();
    let from = text.find("Risks").expect("a section of risks");
    let risks = text[from..].split("\n\n").next().unwrap_or_default();
    insta::assert_snapshot!(risks, @"
    Risks
      ✗ red       links.open_redirect  A crafted link sends visitors to a phishing page
                  answered by links.no_redirect, links.no_script (likelihood high, impact high)
      ! open      links.slow_page      A page of many links is slow
                  nothing answers it (likelihood low, impact medium)
    ");
    let coverage = "named by a constraint: 4 of 9 functions that a test could call; see `list --uncovered`";
    assert_eq!(text.lines().rev().nth(1), Some(coverage));
}

#[test]
fn a_red_one_says_how_many_wait_for_it_alone() {
    let (declared, report) = judged(&["parse_total"]);
    let frees: Vec<usize> = report.constraints.iter().map(|entry| entry.frees).collect();
    assert_eq!(frees, [0, 0, 2], "what is blocked frees nobody");
    let text = anstream::adapter::strip_str(&human(&report)).to_string();
    assert!(
        text.contains("✗ red links.parse_total · no_panic · stability · blocks merge · frees 2\n"),
        "{text}"
    );
    let next = next_human(&next(&report, &declared.graph));
    assert!(next.contains("frees: 2 constraints that wait for nothing else\n"), "{next}");
}

#[test]
fn a_machine_reads_the_same() {
    let report = serde_json::to_value(judged(&["parse_total"]).1).expect("JSON");
    insta::assert_snapshot!(report["risks"][0], @r#"{"answered_by":["links.no_redirect","links.no_script"],"id":"links.open_redirect","impact":"high","likelihood":"high","says":"A crafted link sends visitors to a phishing page","status":"blocked"}"#);
    assert!(report["risks"][1].get("status").is_none() && report["constraints"][2]["frees"] == 2);
    assert!(report["constraints"][0].get("frees").is_none());
}
