//! Faults of waivers.

use super::{NO_PANIC, human};
use crate::model::{Faults, Sources, read, waivers};

/// The waivers of two constraints in, faults out.
fn check(text: &str) -> String {
    let mut sources = Sources::default();
    let declared = r#"
constraint.total = { says = "Nothing panics", kind = "no_panic", target = "crate::parse" }
constraint.short = { says = "Nothing panics", kind = "no_panic", target = "crate::shorten" }
"#;
    let links = sources.add("constraints/links.toml", declared);
    let file = sources.add("constraints/waivers.toml", text);
    let (model, faults) = read(&sources, &[("links".to_owned(), links)], &[&NO_PANIC]);
    assert!(faults.is_empty());
    let (_, faults) = waivers(&sources, file, &model);
    human(&Faults::sorted(faults), &sources, false)
}

#[test]
fn waivers_in_order_are_no_fault() {
    let text = r#"
[[waiver]]
id = "links.total"
reason = "the parser is being replaced"
owner = "ana"
since = 2026-01-01
until = 2026-04-01

[[waiver]]
id = "links.total"
reason = "it took longer"
owner = "ana"
since = 2026-04-02
until = 2026-05-01

[[waiver]]
id = "links.short@crate::shorten"
reason = "of one instance"
owner = "ben"
since = 2026-04-02
until = 2026-04-02
"#;
    assert_eq!(check(text), "");
    assert_eq!(check(""), "");
}

#[test]
fn a_waiver_that_excuses_for_too_long_is_refused() {
    insta::assert_snapshot!(check(r#"
[[waiver]]
id = "links.total"
reason = "the parser is being replaced"
owner = "ana"
since = 2026-01-01
until = 2026-04-02

[[waiver]]
id = "links.short"
reason = "later"
owner = "ana"
since = 2026-01-02
until = 2026-01-01
"#), @r"
    error[invalid-waiver]: the waiver excuses for 91 days, and at most 90 are allowed
     --> constraints/waivers.toml:7:9
      |
    6 | since = 2026-01-01
      |         ---------- it begins here
    7 | until = 2026-04-02
      |         ^^^^^^^^^^
      |
      = help: the last day can be 2026-04-01; a further waiver renews it, and is counted

    error[invalid-waiver]: the waiver ends before it begins
      --> constraints/waivers.toml:14:9
       |
    13 | since = 2026-01-02
       |         ---------- it begins here
    14 | until = 2026-01-01
       |         ^^^^^^^^^^
       |
       = help: the last day can be 2026-04-02; a further waiver renews it, and is counted

    2 errors; nothing was generated
    ");
}

#[test]
fn days_are_not_excused_twice() {
    insta::assert_snapshot!(check(r#"
[[waiver]]
id = "links.total"
reason = "it took longer"
owner = "ana"
since = 2026-01-10
until = 2026-02-01

[[waiver]]
id = "links.total"
reason = "the parser is being replaced"
owner = "ana"
since = 2026-01-01
until = 2026-01-10
"#), @r"
    error[invalid-waiver]: two waivers of `links.total` cover the same days
      --> constraints/waivers.toml:6:9
       |
     6 | since = 2026-01-10
       |         ^^^^^^^^^^ this one begins
    ...
    14 | until = 2026-01-10
       |         ---------- while this one still holds
       |
       = help: let it begin on 2026-01-11, or take one of them out

    1 error; nothing was generated
    ");
}

#[test]
fn a_waiver_says_whom_why_who_and_how_long() {
    insta::assert_snapshot!(check(r#"
[[waiver]]
id = "links.totel"
reson = "x"
since = "2026-01-01"
until = 2026-01-01T10:00:00Z
"#), @r#"
    error[missing-key]: a waiver has no `owner`
     --> constraints/waivers.toml:2:1
      |
    2 | [[waiver]]
      | ^^^^^^^^^^ `owner` is missing
      |
      = help: add `owner = "…"`, who mends it

    error[unknown-id]: there is no constraint `links.totel`
     --> constraints/waivers.toml:3:6
      |
    3 | id = "links.totel"
      |      ^^^^^^^^^^^^^ no such constraint
      |
      = help: did you mean `links.total`?

    error[unknown-key]: unknown key `reson` in a waiver
     --> constraints/waivers.toml:4:1
      |
    4 | reson = "x"
      | ^^^^^ nothing reads this
      |
      = help: did you mean `reason`?

    error[wrong-type]: `since` takes a date
     --> constraints/waivers.toml:5:9
      |
    5 | since = "2026-01-01"
      |         ^^^^^^^^^^^^ this is a text
      |
      = help: write it without quotes and without a time: `since = 2026-01-31`

    error[wrong-type]: `until` takes a date
     --> constraints/waivers.toml:6:9
      |
    6 | until = 2026-01-01T10:00:00Z
      |         ^^^^^^^^^^^^^^^^^^^^ this is a date or time
      |
      = help: write it without quotes and without a time: `until = 2026-01-31`

    5 errors; nothing was generated
    "#);
    insta::assert_snapshot!(check("[waiver.total]\nid = 3\n"), @r"
    error[wrong-type]: `waiver` takes a list of tables
     --> constraints/waivers.toml:1:2
      |
    1 | [waiver.total]
      |  ^^^^^^ this is a table
      |
      = help: write double brackets: `[[waiver]]`

    1 error; nothing was generated
    ");
    insta::assert_snapshot!(check("waiver = [3]\nother = 1\n"), @r"
    error[wrong-type]: `waiver` takes a table: `[[waiver]]`
     --> constraints/waivers.toml:1:11
      |
    1 | waiver = [3]
      |           ^ this is a whole number

    error[unknown-key]: unknown key `other` in the file of waivers
     --> constraints/waivers.toml:2:1
      |
    2 | other = 1
      | ^^^^^ nothing reads this
      |
      = help: known here: `waiver`

    2 errors; nothing was generated
    ");
    insta::assert_snapshot!(check("[[waiver]\n"), @r"
    error[syntax]: unclosed array table
     --> constraints/waivers.toml:1:10
      |
    1 | [[waiver]
      |          ^ expected `]`

    1 error; nothing was generated
    ");
}
