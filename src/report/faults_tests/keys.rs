//! Faults of syntax and of keys.

use super::{check, check_files, check_lines};

#[test]
fn declarations_without_fault_give_no_text() {
    assert_eq!(check_lines(""), "");
}

#[test]
fn syntax_faults_are_shown_at_their_place() {
    insta::assert_snapshot!(check(r#"[goal.a]
says = "open
area = "security"

[goal.b
says = 1 2
"#), @r#"
    error[syntax]: invalid basic string
     --> constraints/links.toml:2:13
      |
    2 | says = "open
      |             ^ expected `"`

    error[syntax]: unclosed table
     --> constraints/links.toml:5:8
      |
    5 | [goal.b
      |        ^ expected `]`

    2 errors; nothing was generated
    "#);
}

#[test]
fn a_key_given_twice_points_at_the_first() {
    insta::assert_snapshot!(check(r#"[goal.a]
says = "x"

[goal.b]
says = "y"
says = "z"

[goal.a]
says = "u"
"#), @r#"
    error[syntax]: duplicate key
     --> constraints/links.toml:6:1
      |
    5 | says = "y"
      | ---- first here
    6 | says = "z"
      | ^^^^ again
      |
      = help: rename one of them, or join them

    error[syntax]: duplicate key
     --> constraints/links.toml:8:7
      |
    1 | [goal.a]
      |       - first here
    ...
    8 | [goal.a]
      |       ^ again
      |
      = help: rename one of them, or join them

    2 errors; nothing was generated
    "#);
}

#[test]
fn of_a_file_that_does_not_parse_only_the_syntax_is_reported() {
    let files = [
        (
            "broken",
            r#"[goal.safe]
says = "x"
what = "y"
oops
[constraint.first]
serves = "links.fast"
"#,
        ),
        (
            "links",
            r#"[goal.fast]
says = "Fast"
[constraint.total]
says = "x"
kind = "no_panic"
target = "crate::a"
serves = "broken.safe"
after = "broken.first"
"#,
        ),
    ];
    insta::assert_snapshot!(check_files(&files), @r#"
    error[syntax]: key with no value
     --> constraints/broken.toml:4:5
      |
    4 | oops
      |     ^ expected `=`

    1 error; nothing was generated
    "#);
}

#[test]
fn unknown_keys_are_refused_with_the_nearest_known_one() {
    insta::assert_snapshot!(check_lines(r#"serve = "a"
answers = ["x"]
then = "true"
args.text = { likes = "a" }

[risk.open]
says = "x"
"#), @r#"
    error[unknown-key]: unknown key `serve` in constraint `total`
     --> constraints/links.toml:5:1
      |
    5 | serve = "a"
      | ^^^^^ nothing reads this
      |
      = help: did you mean `serves`?

    error[unknown-id]: there is no risk `x`
     --> constraints/links.toml:6:12
      |
    6 | answers = ["x"]
      |            ^^^ nothing declares this risk
      |
      = help: declare `[risk.x]`, or write `file.name` for one of another file

    error[unknown-key]: unknown key `then` in constraint `total`
     --> constraints/links.toml:7:1
      |
    7 | then = "true"
      | ^^^^ nothing reads this
      |
      = help: `then` is a key of the kind `law`

    error[unknown-key]: unknown key `likes` in the generator of `text`
     --> constraints/links.toml:8:15
      |
    8 | args.text = { likes = "a" }
      |               ^^^^^ nothing reads this
      |
      = help: did you mean `like`?

    error[missing-key]: risk `open` has no `impact`
      --> constraints/links.toml:10:7
       |
    10 | [risk.open]
       |       ^^^^ `impact` is missing
       |
       = help: add `impact = "…"`, how bad it would be: `low`, `medium` or `high`

    error[missing-key]: risk `open` has no `likelihood`
      --> constraints/links.toml:10:7
       |
    10 | [risk.open]
       |       ^^^^ `likelihood` is missing
       |
       = help: add `likelihood = "…"`, how likely it is: `low`, `medium` or `high`

    6 errors; nothing was generated
    "#);
}

#[test]
fn a_mistyped_required_key_is_one_fault() {
    insta::assert_snapshot!(check(r#"[constraint.total]
says = "x"
knid = "no_panic"
target = "crate::a"
"#), @r#"
    error[unknown-key]: unknown key `knid` in constraint `total`
     --> constraints/links.toml:3:1
      |
    3 | knid = "no_panic"
      | ^^^^ nothing reads this
      |
      = help: did you mean `kind`?

    1 error; nothing was generated
    "#);
}

#[test]
fn missing_keys_are_named_with_what_they_say() {
    insta::assert_snapshot!(check(r#"[goal.a]

[constraint.total]
kind = "law"

[input.link]
"#), @r#"
    error[missing-key]: goal `a` has no `says`
     --> constraints/links.toml:1:7
      |
    1 | [goal.a]
      |       ^ `says` is missing
      |
      = help: add `says = "…"`, what is required in one sentence

    error[missing-key]: constraint `total` has no `says`
     --> constraints/links.toml:3:13
      |
    3 | [constraint.total]
      |             ^^^^^ `says` is missing
      |
      = help: add `says = "…"`, what is required in one sentence

    error[missing-key]: constraint `total` has no `target`
     --> constraints/links.toml:3:13
      |
    3 | [constraint.total]
      |             ^^^^^ `target` is missing
      |
      = help: add `target = "crate::…"`, the path of the item it is about, or `targets = { in = "crate::…" }` for every function in it

    error[missing-key]: constraint `total` has no `then`
     --> constraints/links.toml:3:13
      |
    3 | [constraint.total]
      |             ^^^^^ `then` is missing
      |
      = help: `law` takes `then`: what has to be true of the result

    error[missing-key]: input `link` has no generator
     --> constraints/links.toml:6:8
      |
    6 | [input.link]
      |        ^^^^ nothing to make values from
      |
      = help: add one, such as `like`, `one_of`, `matching` or `value`

    5 errors; nothing was generated
    "#);
}

#[test]
fn arrays_of_tables_are_no_declarations() {
    insta::assert_snapshot!(check(r#"[[constraint]]
says = "x"

[[goal.a]]
says = "y"
"#), @r#"
    error[wrong-type]: `constraint` takes tables: `[constraint.NAME]`
     --> constraints/links.toml:1:1
      |
    1 | [[constraint]]
      | ^^^^^^^^^^^^^^ this is a list of tables
      |
      = help: write single brackets: `[constraint]`

    error[wrong-type]: `a` takes a table: `[goal.NAME]`
     --> constraints/links.toml:4:1
      |
    4 | [[goal.a]]
      | ^^^^^^^^^^ this is a list of tables
      |
      = help: write single brackets: `[goal.a]`

    2 errors; nothing was generated
    "#);
}
