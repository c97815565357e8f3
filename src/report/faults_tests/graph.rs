use super::{check, check_files};

/// A constraint named `name` with these lines added.
fn constraint(name: &str, lines: &str) -> String {
    format!("[constraint.{name}]\nsays = \"x\"\nkind = \"no_panic\"\ntarget = \"crate::{name}\"\n{lines}\n")
}

#[test]
fn a_high_risk_without_an_answer_is_refused() {
    let risk =
        "[risk.open_redirect]\nsays = \"A link leads away\"\nlikelihood = \"high\"\nimpact = \"medium\"\n\n";
    insta::assert_snapshot!(check(risk), @r#"
    error[unanswered-risk]: nothing answers the risk `links.open_redirect`
     --> constraints/links.toml:1:7
      |
    1 | [risk.open_redirect]
      |       ^^^^^^^^^^^^^ a high risk that nobody does anything about
    2 | says = "A link leads away"
    3 | likelihood = "high"
      |              ------ likelihood high
    4 | impact = "medium"
      |          -------- impact medium
      |
      = help: add `answers = "open_redirect"` to a constraint, or rate the risk lower

    1 error; nothing was generated
    "#);
    let answered = risk.to_owned() + &constraint("host", "answers = \"open_redirect\"");
    assert_eq!(check(&answered), "");
    let weakly = risk.to_owned() + &constraint("host", "answers = \"open_redirect\"\nlevel = \"warn\"");
    insta::assert_snapshot!(check(&weakly), @r#"
    warning[unanswered-risk]: nothing that blocks a merge answers the risk `links.open_redirect`
     --> constraints/links.toml:1:7
      |
    1 | [risk.open_redirect]
      |       ^^^^^^^^^^^^^ a high risk, and code that falls to it could be merged
    2 | says = "A link leads away"
    3 | likelihood = "high"
      |              ------ likelihood high
    4 | impact = "medium"
      |          -------- impact medium
    5 |
    6 | [constraint.host]
      |             ---- `links.host` answers it, at the level `warn`
      |
      = help: give one of its answers `level = "block"`, or rate the risk lower

    1 warning
    "#);
    assert_eq!(check(&risk.replace("high", "medium")), "");
}

#[test]
fn an_answer_that_cannot_be_read_is_still_an_answer() {
    let risk = "[risk.a]\nsays = \"x\"\nlikelihood = \"high\"\nimpact = \"high\"\n\n";
    let answer = "[constraint.b]\nsays = \"x\"\nanswers = \"a\"\nkind = \"no_such\"\ntarget = \"crate::b\"\n";
    assert!(!check(&(risk.to_owned() + answer)).contains("unanswered-risk"));
    assert!(!check_files(&[("links", risk), ("other", "[constraint")]).contains("unanswered-risk"));
}

#[test]
fn ids_behind_every_edge_are_looked_up() {
    let risk = "[risk.phishing]\nsays = \"x\"\nlikelihood = \"low\"\nimpact = \"low\"\n\n";
    let first = constraint(
        "first",
        "answers = [\"phising\", \"second\"]\nconflicts = \"secnd\"\nrefines = \"phishing\"",
    );
    insta::assert_snapshot!(check(&(risk.to_owned() + &first + &constraint("second", ""))), @r#"
    error[unknown-id]: there is no risk `phising`
      --> constraints/links.toml:10:12
       |
    10 | answers = ["phising", "second"]
       |            ^^^^^^^^^ nothing declares this risk
       |
       = help: did you mean `phishing`?

    error[unknown-id]: there is no risk `second`
      --> constraints/links.toml:10:23
       |
    10 | answers = ["phising", "second"]
       |                       ^^^^^^^^ this is a constraint
    ...
    13 | [constraint.second]
       |             ------ declared here
       |
       = help: constraints go into `after`

    error[unknown-id]: there is no constraint `secnd`
      --> constraints/links.toml:11:13
       |
    11 | conflicts = "secnd"
       |             ^^^^^^^ nothing declares this constraint
       |
       = help: did you mean `second`?

    error[unknown-id]: there is no constraint `phishing`
      --> constraints/links.toml:12:11
       |
     1 | [risk.phishing]
       |       -------- declared here
    ...
    12 | refines = "phishing"
       |           ^^^^^^^^^^ this is a risk
       |
       = help: risks go into `answers`

    4 errors; nothing was generated
    "#);
}

#[test]
fn two_that_conflict_cannot_both_block() {
    let first = constraint("first", "conflicts = \"second\"");
    let second = constraint("second", "conflicts = \"first\"");
    insta::assert_snapshot!(check(&(first.clone() + &second)), @r#"
    error[contradiction]: `links.first` and `links.second` cannot hold together, and both block a merge
     --> constraints/links.toml:5:13
      |
    1 | [constraint.first]
      |             ----- `links.first` is required
    ...
    5 | conflicts = "second"
      |             ^^^^^^^^ they conflict, as is said here
    6 | [constraint.second]
      |             ------ `links.second` is required
      |
      = help: take one of them out, or give one of them the level `warn`

    1 error; nothing was generated
    "#);
    let second = constraint("second", "conflicts = \"first\"\nlevel = \"warn\"");
    assert_eq!(check(&(first + &second)), "");
}

#[test]
fn what_needs_both_sides_of_a_conflict_can_never_be_green() {
    let sides = constraint("left", "level = \"warn\"\nconflicts = \"right\"")
        + &constraint("right", "level = \"warn\"");
    let torn = constraint("torn", "level = \"warn\"\nafter = [\"between\", \"left\"]");
    let between = constraint("between", "level = \"warn\"\nrefines = \"right\"");
    insta::assert_snapshot!(check(&(sides + &torn + &between)), @r#"
    error[contradiction]: `links.torn` needs `links.left` and `links.right` to hold, which cannot hold together
      --> constraints/links.toml:12:13
       |
     6 | conflicts = "right"
       |             ------- `links.left` conflicts with `links.right`
    ...
    12 | [constraint.torn]
       |             ^^^^ it could never be green
    ...
    17 | after = ["between", "left"]
       |          ---------  ------ `links.torn` waits for `links.left`
       |          |
       |          `links.torn` waits for `links.between`
    ...
    23 | refines = "right"
       |           ------- `links.between` refines `links.right`
       |
       = help: take out one of the edges shown

    1 error; nothing was generated
    "#);
    insta::assert_snapshot!(check(&constraint("lonely", "conflicts = \"lonely\"")), @r#"
    error[contradiction]: `links.lonely` conflicts with itself
     --> constraints/links.toml:5:13
      |
    5 | conflicts = "lonely"
      |             ^^^^^^^^ it could never hold
      |
      = help: name what it cannot hold together with, or take this out

    1 error; nothing was generated
    "#);
    let waits = constraint("waits", "after = \"first\"\nconflicts = \"first\"\nlevel = \"warn\"");
    insta::assert_snapshot!(check(&(waits + &constraint("first", ""))), @r#"
    error[contradiction]: `links.waits` needs `links.first` to hold, and cannot hold together with it
     --> constraints/links.toml:1:13
      |
    1 | [constraint.waits]
      |             ^^^^^ it could never be green
    ...
    5 | after = "first"
      |         ------- `links.waits` waits for `links.first`
    6 | conflicts = "first"
      |             ------- `links.waits` conflicts with `links.first`
      |
      = help: take out one of the edges shown

    1 error; nothing was generated
    "#);
}

#[test]
fn what_blocks_does_not_wait_for_what_does_not() {
    let text = constraint("strict", "after = [\"lax\", \"firm\"]")
        + &constraint("lax", "level = \"info\"")
        + &constraint("firm", "");
    insta::assert_snapshot!(check(&text), @r#"
    warning[weak-prerequisite]: `links.strict` blocks a merge and waits for `links.lax`, which does not
     --> constraints/links.toml:5:10
      |
    5 | after = ["lax", "firm"]
      |          ^^^^^ while this is red, nothing judges what waits for it
    6 | [constraint.lax]
      |             --- its level is `info`
      |
      = help: give `links.lax` the level `block`, or take out the edge

    1 warning
    "#);
    let text =
        constraint("strict", "after = [\"lax\"]\nlevel = \"warn\"") + &constraint("lax", "level = \"info\"");
    assert_eq!(check(&text), "");
}

#[test]
fn a_circle_of_prerequisites_and_refinements_is_shown_with_its_edges() {
    let text = constraint("weak", "after = \"strong\"") + &constraint("strong", "refines = \"weak\"");
    insta::assert_snapshot!(check(&text), @r#"
    error[cycle]: constraints wait for stronger forms of themselves: links.strong -> links.weak -> links.strong
      --> constraints/links.toml:5:9
       |
     5 | after = "strong"
       |         ^^^^^^^^ `links.weak` waits for `links.strong`, which closes the circle
    ...
    10 | refines = "weak"
       |           ------ `links.strong` refines `links.weak`
       |
       = help: take out one of these edges

    1 error; nothing was generated
    "#);
    let text = constraint("one", "refines = \"two\"") + &constraint("two", "refines = \"one\"");
    insta::assert_snapshot!(check(&text), @r#"
    error[cycle]: constraints refine each other: links.one -> links.two -> links.one
      --> constraints/links.toml:10:11
       |
     5 | refines = "two"
       |           ----- `links.one` refines `links.two`
    ...
    10 | refines = "one"
       |           ^^^^^ `links.two` refines `links.one`, which closes the circle
       |
       = help: take out one of these edges

    1 error; nothing was generated
    "#);
    insta::assert_snapshot!(check(&constraint("one", "refines = \"one\"")), @r#"
    error[cycle]: `links.one` refines itself
     --> constraints/links.toml:5:11
      |
    5 | refines = "one"
      |           ^^^^^ nothing is stronger than itself
      |
      = help: take out one of these edges

    1 error; nothing was generated
    "#);
}
