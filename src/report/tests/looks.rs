//! What people and machines read.

use constraints_wire::{Shown, Witness};
use proptest::prelude::*;

use super::{
    DECLARED, Declared, Ending, Event, declared, ended, failed, id, options, passed, refused,
    something_of_everything, witness,
};
use crate::report::{human, next, next_human};
use crate::run::Options;

fn check(declared: &Declared, events: &[Event], options: &Options) -> String {
    anstream::adapter::strip_str(&human(&declared.report(events, options))).to_string()
}

#[test]
fn a_report_shows_goals_then_every_red_one_then_the_totals() {
    let text = check(&declared(DECLARED), &something_of_everything(), &options());
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    insta::assert_snapshot!(text, @r#"
    ✗ red       Nothing a visitor sends brings the service down
                links.always_up
      ✗ red       links.parse_total  Nothing a visitor types makes the parser panic
      ✓ green     links.normal_form  The normal form is its own normal form

    ✗ red       A shared link leads only where its author pointed it
                links.safe_links
      ✗ red       links.missing      Old links still lead somewhere
      ⊘ blocked   links.same_host    A rendered link keeps the host its author typed
                  waits for links.parse_total
      ✓ green     links.normal_form  The normal form is its own normal form

    Without a goal
      ✗ red       links.shorter  A short link is short

    ✗ red links.missing · no_panic · security · blocks merge
      Old links still lead somewhere
      `crate::missing` does not exist; the nearest names are `crate::link::missed`

        target    crate::missing
        declared  constraints/links.toml:37:13
        again     cargo test --test constraints -- --exact links::missing

    ✗ red links.shorter · law · correctness · warns
      A short link is short
      the generated test does not compile: no method named `lenght` found for type `str`

        compiler  error[E0599]: no method named `lenght` found
                   --> generated/links.rs:9:20
                    |
                  9 |     result.lenght()
                    |            ^^^^^^
        leads to  constraints/links.toml:31:16
        target    crate::link::shorten
        declared  constraints/links.toml:30:13
        again     cargo test --test constraints -- --exact links::shorter

    ✗ red links.parse_total · no_panic · stability · blocks merge · frees 1
      Nothing a visitor types makes the parser panic
      panics on text = "aaaaaa€"

        text      "aaaaaa€"
        result    \u{1b}[2J\u{202e}txt
        expected  an answer, whatever is passed in
        seen      panicked: end byte index 8 is not a char boundary; it is inside '€' (bytes 6..9) of
                  `aaaaaa€`
        at        src/link.rs:14:44
        target    crate::link::parse
        declared  constraints/links.toml:10:13
        again     cargo test --test constraints -- --exact links::parse_total

    5 constraints: 1 green, 3 red, 1 blocked
    "#);
}

#[test]
fn colors_only_repeat_what_the_words_say() {
    let text = human(&declared(DECLARED).report(&something_of_everything(), &options()));
    assert!(text.contains("\u{1b}["), "a terminal gets colors");
    for word in ["✗ red", "⊘ blocked", "✓ green"] {
        assert!(text.contains(word), "{word}");
    }
}

#[test]
fn a_selection_says_what_it_leaves_open() {
    let selected = Some(vec![id("normal_form")]);
    let text =
        check(&declared(DECLARED), &passed("normal_form"), &Options { selected, seed: Some(3), ..options() });
    insta::assert_snapshot!(text, @"
    ? undecided Nothing a visitor sends brings the service down
                links.always_up
      ✓ green     links.normal_form  The normal form is its own normal form
      and 1 not selected

    ? undecided A shared link leads only where its author pointed it
                links.safe_links
      ✓ green     links.normal_form  The normal form is its own normal form
      and 2 not selected

    1 constraint: 1 green
    ");
}

#[test]
fn a_machine_gets_enough_to_act_on() {
    let events = failed("parse_total", Witness { details: Vec::new(), ..witness() });
    let report = declared(DECLARED).report(&events, &options());
    let entry = report.constraints.iter().find(|entry| entry.id == "links.parse_total").expect("an entry");
    insta::assert_snapshot!(serde_json::to_string_pretty(entry).expect("JSON"), @r#"
    {
      "id": "links.parse_total",
      "says": "Nothing a visitor types makes the parser panic",
      "kind": "no_panic",
      "area": "stability",
      "level": "block",
      "status": "red",
      "reason": "violated",
      "message": "panics on text = \"aaaaaa€\"",
      "frees": 1,
      "declared": {
        "file": "constraints/links.toml",
        "line": 10,
        "column": 13
      },
      "target": "crate::link::parse",
      "test": "links::parse_total",
      "replay": "cargo test --test constraints -- --exact links::parse_total",
      "record": {
        "format": 1,
        "id": "links.parse_total",
        "kind": "law",
        "outcome": "violated",
        "reason": "violated",
        "tally": {
          "executed": 100,
          "accepted": 100,
          "rejected": 0,
          "slow": 0
        },
        "seed": 7,
        "witness": {
          "values": [
            {
              "name": "text",
              "text": "\"aaaaaa€\""
            }
          ],
          "expected": "an answer, whatever is passed in",
          "seen": "panicked: end byte index 8 is not a char boundary; it is inside '€' (bytes 6..9) of `aaaaaa€`",
          "place": {
            "file": "src/link.rs",
            "line": 14,
            "column": 44
          }
        },
        "millis": 12
      }
    }
    "#);
}

#[test]
fn what_the_compiler_says_of_several_is_shown_once() {
    let events: Vec<Event> = ["same_host", "shorter", "normal_form"].map(refused).into();
    let report = declared(DECLARED).report(&events, &options());
    let shown = anstream::adapter::strip_str(&human(&report)).to_string();
    assert_eq!(shown.matches("result.lenght()").count(), 1, "{shown}");
    assert_eq!(shown.matches("compiler  the same as for links.normal_form\n").count(), 2, "{shown}");
}

#[test]
fn next_is_one_thing_with_all_that_is_needed() {
    let declared = declared(&DECLARED.replace("crate::missing", "crate::there"));
    let mut events: Vec<Event> =
        ["same_host", "normal_form", "shorter", "missing"].into_iter().flat_map(passed).collect();
    events.extend(failed("parse_total", witness()));
    let report = declared.report(&events, &Options { seed: Some(3), ..options() });
    insta::assert_snapshot!(next_human(&next(&report, &declared.graph)), @r#"
    red: links.parse_total (no_panic, stability, block)
    must hold: Nothing a visitor types makes the parser panic
    why: Nothing a visitor sends brings the service down
    frees: 1 constraint that waits for nothing else
    because: panics on text = "aaaaaa€"
      text: "aaaaaa€"
      result: \u{1b}[2J\u{202e}txt
    expected: an answer, whatever is passed in
    seen: panicked: end byte index 8 is not a char boundary; it is inside '€' (bytes 6..9) of `aaaaaa€`
    at: src/link.rs:14:44
    code: crate::link::parse
    declared: constraints/links.toml:10:13
    again: CONSTRAINTS_SEED=3 cargo test --test constraints -- --exact links::parse_total
    do not edit: constraints/, generated/ (the requirement stays; change the code)
    "#);
}

#[test]
fn next_gives_the_words_of_the_compiler() {
    let declared = declared(&DECLARED.replace("crate::missing", "crate::there"));
    let names = ["parse_total", "same_host", "normal_form", "missing"];
    let mut events: Vec<Event> = names.into_iter().flat_map(passed).collect();
    events.push(refused("shorter"));
    let report = declared.report(&events, &options());
    insta::assert_snapshot!(next_human(&next(&report, &declared.graph)), @"
    red: links.shorter (law, correctness, warn)
    must hold: A short link is short
    because: the generated test does not compile: no method named `lenght` found for type `str`
    compiler: error[E0599]: no method named `lenght` found
       --> generated/links.rs:9:20
        |
      9 |     result.lenght()
        |            ^^^^^^
    code: crate::link::shorten
    declared: constraints/links.toml:31:16
    again: cargo test --test constraints -- --exact links::shorter
    do not edit: constraints/, generated/ (if the mistake is in there, stop and tell who declared it)
    ");
}

#[test]
fn next_names_what_is_to_be_written() {
    let declared = declared(DECLARED);
    let mut events: Vec<Event> =
        ["parse_total", "same_host", "normal_form", "shorter"].into_iter().flat_map(passed).collect();
    events.push(ended("missing", Ending::Failed(String::new())));
    insta::assert_snapshot!(next_human(&next(&declared.report(&events, &options()), &declared.graph)), @"
    red: links.missing (no_panic, security, block)
    must hold: Old links still lead somewhere
    why: A shared link leads only where its author pointed it
    because: `crate::missing` does not exist; the nearest names are `crate::link::missed`
    code: crate::missing is to be written
    declared: constraints/links.toml:37:13
    again: cargo test --test constraints -- --exact links::missing
    do not edit: constraints/, generated/ (the requirement stays; change the code)
    ");
}

#[test]
fn next_has_nothing_when_all_is_green() {
    let declared = declared(&DECLARED.replace("crate::missing", "crate::there"));
    let names = ["parse_total", "same_host", "normal_form", "shorter", "missing"];
    let events: Vec<Event> = names.into_iter().flat_map(passed).collect();
    let next = next(&declared.report(&events, &options()), &declared.graph);
    assert_eq!((next.open, &next.constraint), (0, &None));
    assert_eq!(next_human(&next), "Nothing is red: there is nothing to do.\n");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn next_is_short_whatever_the_witness(texts in proptest::collection::vec(".{0,900}", 1..8)) {
        let shown = |text: &String| Shown { name: text.chars().take(300).collect(), text: text.clone() };
        let witness = Witness {
            values: texts.iter().map(shown).collect(),
            expected: texts[0].repeat(3),
            seen: texts[texts.len() - 1].repeat(3),
            ..witness()
        };
        let declared = declared(DECLARED);
        let report = declared.report(&failed("parse_total", witness), &options());
        let parse_total = report.constraints.iter().find(|entry| entry.id == "links.parse_total").cloned();
        let next = constraints_wire::Next { constraint: parse_total, ..next(&report, &declared.graph) };
        let text = next_human(&next);
        prop_assert!(text.chars().count() <= 1600, "{} characters:\n{text}", text.chars().count());
        prop_assert!(text.contains("cargo test --test constraints -- --exact links::parse_total"));
    }
}
