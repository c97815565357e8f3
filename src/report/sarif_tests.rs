//! What the standard demands of a log, written by hand from its section 3, and what the results say.

use constraints_wire as wire;
use serde_json::{Value, json};

use super::super::faults::data;
use super::{Log, uri};
use crate::graph::ConstraintGraph;
use crate::kinds;
use crate::model::{Model, Sources, read};

fn declared(text: &str) -> (Log, Model) {
    let mut sources = Sources::default();
    let file = sources.add("constraints/a b.toml", text);
    let (model, mut faults) = read(&sources, &[("m".to_owned(), file)], &kinds::about_all());
    faults.extend(ConstraintGraph::build(&model).1);
    (Log::default().faults(&data(&faults.sorted(), &sources).faults), model)
}

const FAULTY: &str = r#"
[goal.idle]
says = "Nobody serves it"

[risk.phishing]
says = "A link leads away"
likelihood = "high"
impact = "high"
tags = ["cwe:601", "owasp:A01"]

[constraint.total]
says = "Nothing panics"
kind = "no_panic"
target = "crate::parse"
answers = ["phishing", "fishing"]
levl = "block"
tags = "release"
"#;

fn entry(status: wire::Status) -> wire::Entry {
    let at = wire::Location { file: "constraints/a b.toml".to_owned(), line: 11, column: 13 };
    let place = wire::Place { file: "src/lib.rs".to_owned(), line: 3, column: 8 };
    let witness = wire::Witness {
        values: vec![wire::Shown { name: "text".to_owned(), text: "\"é\"".to_owned() }],
        expected: "no panic".to_owned(),
        seen: "panicked".to_owned(),
        ..wire::Witness::default()
    };
    wire::Entry {
        id: "m.total".to_owned(),
        says: "Nothing panics".to_owned(),
        kind: "no_panic".to_owned(),
        area: "stability".to_owned(),
        level: "warn".to_owned(),
        status,
        reason: None,
        message: Some("panics on text = \"é\"".to_owned()),
        waiver: None,
        blocked_by: vec!["m.other".to_owned()],
        frees: 2,
        declared: at,
        target: "crate::parse".to_owned(),
        item: Some(place),
        test: "m::total".to_owned(),
        replay: "cargo test".to_owned(),
        compiler: None,
        compiler_at: None,
        record: Some(wire::Record {
            format: wire::FORMAT,
            id: "m.total".to_owned(),
            kind: "no_panic".to_owned(),
            outcome: wire::Outcome::Violated(wire::RedReason::Violated),
            tally: wire::Tally::default(),
            seed: 0,
            witness: Some(witness),
            millis: 1,
            millis_to_red: None,
            notes: Vec::new(),
        }),
    }
}

fn report(statuses: &[wire::Status]) -> wire::Report {
    wire::Report {
        format: wire::FORMAT,
        totals: wire::Totals::default(),
        goals: Vec::new(),
        risks: Vec::new(),
        coverage: None,
        constraints: statuses.iter().map(|status| entry(*status)).collect(),
    }
}

/// What is wrong with a log by the standard, as far as this tool can get it wrong.
fn objections(log: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut demand = |holds: bool, what: &str| found.extend((!holds).then(|| what.to_owned()));
    demand(log["version"] == "2.1.0", "version");
    demand(log["$schema"].as_str().is_some_and(|uri| uri.ends_with("sarif-2.1.0.json")), "$schema");
    demand(log["runs"].as_array().is_some_and(|runs| runs.len() == 1), "one run");
    let run = &log["runs"][0];
    demand(run["tool"]["driver"]["name"].is_string(), "the driver has a name");
    demand(run["columnKind"] == "unicodeCodePoints", "columnKind");
    let rules = run["tool"]["driver"]["rules"].as_array().cloned().unwrap_or_default();
    let mut ids: Vec<&str> = rules.iter().filter_map(|rule| rule["id"].as_str()).collect();
    demand(ids.len() == rules.len(), "every rule has an id");
    ids.dedup();
    demand(ids.len() == rules.len(), "no rule is there twice");
    demand(
        rules.iter().all(|rule| rule["shortDescription"]["text"].is_string()),
        "every rule says what it is",
    );
    demand(run["results"].is_array(), "results are there, even none");
    for result in run["results"].as_array().into_iter().flatten() {
        demand(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()), "message");
        let index = result["ruleIndex"].as_u64().and_then(|at| usize::try_from(at).ok());
        demand(
            index.and_then(|at| rules.get(at)).is_some_and(|rule| rule["id"] == result["ruleId"]),
            "ruleIndex",
        );
        let level = result["level"].as_str().unwrap_or_default();
        demand(["none", "note", "warning", "error"].contains(&level), "level");
        let kind = result["kind"].as_str().unwrap_or("fail");
        demand(["fail", "open"].contains(&kind), "kind");
        demand((kind == "fail") == (level != "none"), "a level other than none goes with a failure");
        demand(result["locations"].as_array().is_some_and(|it| it.len() == 1), "one location");
        let related = result["relatedLocations"].as_array().cloned().unwrap_or_default();
        for (at, location) in related.iter().enumerate() {
            demand(location["id"] == json!(at), "related locations are numbered");
        }
        for location in related.iter().chain(result["locations"].as_array().into_iter().flatten()) {
            let place = &location["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().unwrap_or("/");
            let is_reference = !uri.starts_with('/') && !uri.contains([' ', '\\', ':']);
            demand(is_reference && place["artifactLocation"]["uriBaseId"] == "%SRCROOT%", "uri");
            let number = |key: &str| place["region"][key].as_u64();
            demand(
                number("startLine") >= Some(1) && number("startColumn") >= Some(1),
                "lines and columns from 1",
            );
            let start = (number("startLine"), number("startColumn"));
            let end = (number("endLine"), number("endColumn"));
            demand(end.0.is_none() || end >= start, "the end is not before the start");
            let message = &location["message"];
            demand(message.is_null() || message["text"].is_string(), "location message");
        }
    }
    found
}

#[test]
fn a_log_is_what_the_standard_demands() {
    let (log, model) = declared(FAULTY);
    let statuses = [wire::Status::Red, wire::Status::Blocked, wire::Status::Undecided, wire::Status::Green];
    let log = log.report(&report(&statuses), &model).stale([("generated/mod.rs", "stale")], "gen").json();
    assert_eq!(objections(&log), Vec::<String>::new());
    assert_eq!(log["runs"][0]["results"].as_array().map(Vec::len), Some(3 + 4));
    assert_eq!(objections(&Log::default().json()), Vec::<String>::new());
}

#[test]
fn the_objections_see_what_they_look_for() {
    let (log, _) = declared(FAULTY);
    let good = log.json();
    for (path, wrong) in [
        ("/version", json!("2.0.0")),
        ("/runs/0/tool/driver/name", Value::Null),
        ("/runs/0/results/0/level", json!("none")),
        ("/runs/0/results/0/ruleIndex", json!(77)),
        ("/runs/0/results/0/message/text", json!("")),
        ("/runs/0/results/0/locations/0/physicalLocation/region/startLine", json!(0)),
        ("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri", json!("/a b")),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(path).expect("a part of the log") = wrong;
        assert_ne!(objections(&bad), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn all_faults_of_a_run_stand_together_by_place() {
    let log = declared(FAULTY).0.json();
    let results = log["runs"][0]["results"].as_array().expect("results");
    let line = |result: &Value| result["locations"][0]["physicalLocation"]["region"]["startLine"].clone();
    let shown: Vec<String> = results
        .iter()
        .map(|result| format!("{} {} {}", line(result), result["level"], result["ruleId"]))
        .collect();
    assert_eq!(
        shown,
        [r#"2 "warning" "idle-goal""#, r#"15 "error" "unknown-id""#, r#"16 "error" "unknown-key""#]
    );
}

#[test]
fn a_finding_shows_the_code_the_declaration_and_the_counterexample() {
    let (_, model) = declared(FAULTY);
    let log = Log::default().report(&report(&[wire::Status::Red]), &model).json();
    insta::assert_snapshot!(format!("{:#}", log["runs"][0]["results"][0]), @r#"
    {
      "kind": "fail",
      "level": "warning",
      "locations": [
        {
          "physicalLocation": {
            "artifactLocation": {
              "uri": "src/lib.rs",
              "uriBaseId": "%SRCROOT%"
            },
            "region": {
              "startColumn": 8,
              "startLine": 3
            }
          }
        }
      ],
      "message": {
        "text": "m.total: Nothing panics\npanics on text = \"é\"\ntext = \"é\"\nexpected: no panic\nseen: panicked"
      },
      "partialFingerprints": {
        "constraint/v1": "m.total"
      },
      "properties": {
        "blockedBy": [
          "m.other"
        ],
        "kind": "no_panic",
        "replay": "cargo test"
      },
      "relatedLocations": [
        {
          "id": 0,
          "message": {
            "text": "declared here"
          },
          "physicalLocation": {
            "artifactLocation": {
              "uri": "constraints/a%20b.toml",
              "uriBaseId": "%SRCROOT%"
            },
            "region": {
              "startColumn": 13,
              "startLine": 11
            }
          }
        }
      ],
      "ruleId": "m.total",
      "ruleIndex": 0
    }
    "#);
    let tags = &log["runs"][0]["tool"]["driver"]["rules"][0]["properties"]["tags"];
    assert_eq!(tags, &json!(["external/cwe/cwe-601", "no_panic", "owasp:A01", "release", "stability"]));
}

#[test]
fn a_blocked_constraint_is_open_and_says_what_it_waits_for() {
    let (_, model) = declared(FAULTY);
    let log = Log::default().report(&report(&[wire::Status::Blocked]), &model).json();
    let result = &log["runs"][0]["results"][0];
    assert_eq!((&result["kind"], &result["level"]), (&json!("open"), &json!("none")));
    assert!(
        result["message"]["text"]
            .as_str()
            .is_some_and(|text| text.contains("not judged while m.other is red"))
    );
}

#[test]
fn paths_are_references() {
    assert_eq!(uri("constraints/ä b.toml"), "constraints/%C3%A4%20b.toml");
    assert_eq!(uri("src\\a#b.rs"), "src/a%23b.rs");
}

#[test]
fn logs_of_several_packages_are_runs_of_one() {
    let log = |package: &str| (json!(package), declared(FAULTY).0.json());
    let joined = super::join_logs([log("one"), log("two"), (json!("three"), Value::Null)].into_iter());
    let ids: Vec<&Value> =
        joined["runs"].as_array().expect("runs").iter().map(|run| &run["automationDetails"]["id"]).collect();
    assert_eq!(ids, [&json!("one/"), &json!("two/")]);
    assert_eq!(
        (&joined["version"], joined["runs"][1]["results"].as_array().map(Vec::len)),
        (&json!("2.1.0"), Some(3))
    );
}
