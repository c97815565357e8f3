//! Faults of names, of ids and between declarations.

use super::{check, check_files};

#[test]
fn names_become_rust_so_they_must_be_rust() {
    let files = [
        (
            "mod",
            r#"[goal.match]
says = "x"
[input."a b"]
is = 1
"#,
        ),
        (
            "support",
            r#"[goal.parseLink]
says = "x"
[goal.""]
says = "y"
"#,
        ),
    ];
    insta::assert_snapshot!(check_files(&files), @r#"
    error[invalid-value]: a file of declarations cannot be named `mod.toml`: it becomes a module of the tests
     --> constraints/mod.toml:1:1
      |
    1 | [goal.match]
      | ^ this is a keyword of Rust
      |
      = help: rename the file to `mod_.toml`

    error[invalid-value]: `match` cannot name a goal, risk or constraint
     --> constraints/mod.toml:1:7
      |
    1 | [goal.match]
      |       ^^^^^ this is a keyword of Rust
      |
      = help: call it `match_`

    error[invalid-value]: `a b` cannot name an input
     --> constraints/mod.toml:3:8
      |
    3 | [input."a b"]
      |        ^^^^^ not lower snake case
      |
      = help: call it `a_b`

    error[invalid-value]: a file of declarations cannot be named `support.toml`: it becomes a module of the tests
     --> constraints/support.toml:1:1
      |
    1 | [goal.parseLink]
      | ^ `support` is the module of `constraints/support.rs`
      |
      = help: rename the file; the name is a lower snake case word

    error[invalid-value]: `parseLink` cannot name a goal, risk or constraint
     --> constraints/support.toml:1:7
      |
    1 | [goal.parseLink]
      |       ^^^^^^^^^ not lower snake case
      |
      = help: call it `parse_link`

    error[invalid-value]: `` cannot name a goal, risk or constraint
     --> constraints/support.toml:3:7
      |
    3 | [goal.""]
      |       ^^ not lower snake case
      |
      = help: names become functions of the tests: use lower snake case, such as `parse_total`

    6 errors; nothing was generated
    "#);
}

#[test]
fn an_empty_file_can_have_a_fault() {
    insta::assert_snapshot!(check_files(&[("2024", "")]), @r#"
    error[invalid-value]: a file of declarations cannot be named `2024.toml`: it becomes a module of the tests
     --> constraints/2024.toml:1:1
      |
    1 |
      | ^ not lower snake case
      |
      = help: rename the file; the name is a lower snake case word

    1 error; nothing was generated
    "#);
}

#[test]
fn one_id_names_one_goal_or_constraint() {
    insta::assert_snapshot!(check(r#"[goal.total]
says = "x"

[input.total]
is = 1

[constraint.total]
says = "x"
kind = "no_panic"
target = "crate::a"
serves = "total"
"#), @r#"
    error[duplicate-id]: `links.total` is declared twice
     --> constraints/links.toml:7:13
      |
    1 | [goal.total]
      |       ----- first as a goal
    ...
    7 | [constraint.total]
      |             ^^^^^ again, as a constraint
      |
      = help: rename one of them

    1 error; nothing was generated
    "#);
}

#[test]
fn two_files_of_one_name_are_a_fault() {
    insta::assert_snapshot!(check_files(&[("links", "[input.a]\nis = 1\n"), ("links", "[input.a]\nis = 2\n")]), @r#"
    error[duplicate-id]: two files are named `links`
     --> constraints/links.toml:1:1
      |
    1 | [input.a]
      | ^ the second one
      |
     ::: constraints/links.toml:1:1
      |
    1 | [input.a]
      | - the first one
      |
      = help: rename one of the files

    error[duplicate-id]: `links.a` is declared twice
     --> constraints/links.toml:1:8
      |
    1 | [input.a]
      |        ^ again, as an input
      |
     ::: constraints/links.toml:1:8
      |
    1 | [input.a]
      |        - first as an input
      |
      = help: rename one of them

    2 errors; nothing was generated
    "#);
}

#[test]
fn unknown_kinds_are_reported_without_their_keys() {
    insta::assert_snapshot!(check(r#"[goal.a]
says = "x"

[constraint.total]
says = "x"
kind = "nopanic"
target = "crate::a"
serves = "a"

[constraint.linear]
says = "x"
kind = "bounded_time"
target = "crate::a"
at_most = "n"
after = "total"
"#), @r#"
    error[unknown-kind]: there is no kind `nopanic`
     --> constraints/links.toml:6:8
      |
    6 | kind = "nopanic"
      |        ^^^^^^^^^ no such kind
      |
      = help: did you mean `no_panic`?

    error[unknown-kind]: there is no kind `bounded_time`
      --> constraints/links.toml:12:8
       |
    12 | kind = "bounded_time"
       |        ^^^^^^^^^^^^^^ no such kind
       |
       = help: `list --kinds` shows what there is

    2 errors; nothing was generated
    "#);
}

#[test]
fn unknown_ids_name_the_nearest_in_the_words_of_the_file() {
    let files = [
        (
            "links",
            r#"[goal.safe]
says = "x"

[constraint.total]
says = "x"
kind = "no_panic"
target = "crate::a"
serves = ["saef", "fast", "wide"]
after = "safe"
args.a.input = "link"

[constraint.other]
says = "x"
kind = "no_panic"
target = "crate::a"
serves = ["safe", "goals.fast", "goals.x"]
"#,
        ),
        (
            "goals",
            r#"[goal.fast]
says = "x"
"#,
        ),
    ];
    insta::assert_snapshot!(check_files(&files), @r#"
    error[unknown-id]: there is no goal `saef`
     --> constraints/links.toml:8:11
      |
    8 | serves = ["saef", "fast", "wide"]
      |           ^^^^^^ nothing declares this goal
      |
      = help: did you mean `safe`?

    error[unknown-id]: there is no goal `fast`
     --> constraints/links.toml:8:19
      |
    8 | serves = ["saef", "fast", "wide"]
      |                   ^^^^^^ nothing declares this goal
      |
      = help: did you mean `goals.fast`?

    error[unknown-id]: there is no goal `wide`
     --> constraints/links.toml:8:27
      |
    8 | serves = ["saef", "fast", "wide"]
      |                           ^^^^^^ nothing declares this goal
      |
      = help: declare `[goal.wide]`, or write `file.name` for one of another file

    error[unknown-id]: there is no constraint `safe`
     --> constraints/links.toml:9:9
      |
    1 | [goal.safe]
      |       ---- declared here
    ...
    9 | after = "safe"
      |         ^^^^^^ this is a goal
      |
      = help: goals go into `serves`

    error[unknown-id]: there is no input `link`
      --> constraints/links.toml:10:16
       |
    10 | args.a.input = "link"
       |                ^^^^^^ nothing declares this input
       |
       = help: declare `[input.link]`, or write `file.name` for one of another file

    error[unknown-id]: there is no goal `goals.x`
      --> constraints/links.toml:16:33
       |
    16 | serves = ["safe", "goals.fast", "goals.x"]
       |                                 ^^^^^^^^^ nothing declares this goal
       |
       = help: declare `[goal.x]` in `goals.toml`

    6 errors; nothing was generated
    "#);
}

#[test]
fn inputs_made_from_each_other_are_a_cycle() {
    insta::assert_snapshot!(check(r#"[input.a]
input = "b"

[input.b]
input = "c"

[input.c]
input = "b"

[input.d]
input = "d"
"#), @r#"
    error[cycle]: inputs are made from each other: links.b -> links.c -> links.b
     --> constraints/links.toml:8:9
      |
    5 | input = "c"
      |         --- `links.b` is made from `links.c`
    ...
    8 | input = "b"
      |         ^^^ `links.c` is made from `links.b`, which closes the circle
      |
      = help: let one of them start from something else, such as `like`

    error[cycle]: inputs are made from each other: links.d -> links.d
      --> constraints/links.toml:11:9
       |
    11 | input = "d"
       |         ^^^ `links.d` is made from `links.d`, which closes the circle
       |
       = help: let one of them start from something else, such as `like`

    2 errors; nothing was generated
    "#);
}

#[test]
fn cycle_is_reported_at_the_edge_that_closes_it() {
    let constraint = |name: &str, after: &str| {
        format!(
            r#"[constraint.{name}]
says = "x"
kind = "no_panic"
target = "crate::{name}"
after = {after}

"#
        )
    };
    let one =
        constraint("a", "[\"b\", \"two.d\"]") + &constraint("b", "\"two.c\"") + &constraint("e", "\"e\"");
    let two = constraint("c", "[\"one.a\"]") + &constraint("d", "[]");
    insta::assert_snapshot!(check_files(&[("one", &one), ("two", &two)]), @r#"
    error[cycle]: `one.e` waits for itself
      --> constraints/one.toml:17:9
       |
    17 | after = "e"
       |         ^^^ it could never be judged
       |
       = help: take out one of these edges

    error[cycle]: prerequisites wait for each other: one.a -> one.b -> two.c -> one.a
      --> constraints/two.toml:5:10
       |
     5 | after = ["one.a"]
       |          ^^^^^^^ `two.c` waits for `one.a`, which closes the circle
       |
      ::: constraints/one.toml:5:10
       |
     5 | after = ["b", "two.d"]
       |          --- `one.a` waits for `one.b`
    ...
    11 | after = "two.c"
       |         ------- `one.b` waits for `two.c`
       |
       = help: take out one of these edges

    2 errors; nothing was generated
    "#);
}

#[test]
fn a_goal_that_nothing_serves_is_a_warning() {
    insta::assert_snapshot!(check(r#"[goal.a]
says = "x"
"#), @r#"
    warning[idle-goal]: nothing serves the goal `links.a`
     --> constraints/links.toml:1:7
      |
    1 | [goal.a]
      |       ^ nothing would ever tell whether it is reached
      |
      = help: add `serves = "a"` to a constraint

    1 warning
    "#);
}
