//! Faults of values.

use super::{check, check_lines};

#[test]
fn wrong_types_say_what_is_taken_and_what_is_there() {
    insta::assert_snapshot!(check(r#"goal = 3

[constraint.total]
says = 1.5
kind = "forbids"
target = ["crate"]
serves = ["a", 2]
calls = 1979-05-27
unsafe_code = "yes"
args.a = 3
args.b.like = { x = 1 }
args.c.one_of = "x"
args.d.is = { x = 1 }
args.e.only = 1
"#), @r#"
    error[wrong-type]: `goal` takes tables: `[goal.NAME]`
     --> constraints/links.toml:1:8
      |
    1 | goal = 3
      |        ^ this is a whole number

    error[wrong-type]: `says` takes a text
     --> constraints/links.toml:4:8
      |
    4 | says = 1.5
      |        ^^^ this is a number
      |
      = help: write `says = "…"`

    error[wrong-type]: `target` takes a text
     --> constraints/links.toml:6:10
      |
    6 | target = ["crate"]
      |          ^^^^^^^^^ this is a list
      |
      = help: write `target = "…"`

    error[unknown-id]: there is no goal `a`
     --> constraints/links.toml:7:11
      |
    7 | serves = ["a", 2]
      |           ^^^ nothing declares this goal
      |
      = help: declare `[goal.a]`, or write `file.name` for one of another file

    error[wrong-type]: `serves` takes a text or a list of texts
     --> constraints/links.toml:7:16
      |
    7 | serves = ["a", 2]
      |                ^ this is a whole number

    error[wrong-type]: `calls` takes a text or a list of texts
     --> constraints/links.toml:8:9
      |
    8 | calls = 1979-05-27
      |         ^^^^^^^^^^ this is a date or time
      |
      = help: write `calls = "…"` or `calls = ["…", "…"]`

    error[wrong-type]: `unsafe_code` takes `true` or `false`
     --> constraints/links.toml:9:15
      |
    9 | unsafe_code = "yes"
      |               ^^^^^ this is a text

    error[wrong-type]: `a` takes a generator
      --> constraints/links.toml:10:10
       |
    10 | args.a = 3
       |          ^ this is a whole number
       |
       = help: write `args.a = { is = 3 }`

    error[wrong-type]: `like` takes a text or a list of texts
      --> constraints/links.toml:11:15
       |
    11 | args.b.like = { x = 1 }
       |               ^^^^^^^^^ this is a table
       |
       = help: write `like = "…"` or `like = ["…", "…"]`
       = help: if a field of that name is meant, write `"r#like"`

    error[wrong-type]: `one_of` takes a list
      --> constraints/links.toml:12:17
       |
    12 | args.c.one_of = "x"
       |                 ^^^ this is a text
       |
       = help: write `one_of = ["…", "…"]`, or `is` for a single value

    error[wrong-type]: `is` takes texts, numbers, `true`, `false` and lists of them
      --> constraints/links.toml:13:13
       |
    13 | args.d.is = { x = 1 }
       |             ^^^^^^^^^ this is a table
       |
       = help: build other values with `value = "Rust expression"`
       = help: if a field of that name is meant, write `"r#is"`

    error[wrong-type]: `only` takes `true` or `false`
      --> constraints/links.toml:14:15
       |
    14 | args.e.only = 1
       |               ^ this is a whole number

    12 errors; nothing was generated
    "#);
}

#[test]
fn values_that_say_nothing_are_refused() {
    insta::assert_snapshot!(check_lines(r#"area = "securty"
level = "error"
when = "  "
serves = "a.b.c"
"#), @r#"
    error[invalid-value]: there is no area `securty`
     --> constraints/links.toml:5:8
      |
    5 | area = "securty"
      |        ^^^^^^^^^ not one of the names it can have
      |
      = help: did you mean `security`?

    error[invalid-value]: there is no level `error`
     --> constraints/links.toml:6:9
      |
    6 | level = "error"
      |         ^^^^^^^ not one of the names it can have
      |
      = help: write `block`, `warn` or `info`

    error[invalid-value]: `when` is empty
     --> constraints/links.toml:7:8
      |
    7 | when = "  "
      |        ^^^^ nothing is said here
      |
      = help: write the text, or take out the key

    error[unknown-id]: there is no goal `a.b.c`
     --> constraints/links.toml:8:10
      |
    8 | serves = "a.b.c"
      |          ^^^^^^^ nothing declares this goal
      |
      = help: declare `[goal.c]` in `a.b.toml`

    4 errors; nothing was generated
    "#);
}

#[test]
fn multi_line_values_are_shown_whole() {
    insta::assert_snapshot!(check_lines(r#"args.a = { is = 1, like = [
    "one",
    2,
    "three",
] }
calls = [
  "a",
]
"#), @r#"
    error[invalid-value]: a value cannot start from both `is` and `like`
     --> constraints/links.toml:5:20
      |
    5 | args.a = { is = 1, like = [
      |            --      ^^^^ a second start
      |            |
      |            it already starts here
      |
      = help: keep one of the two; `map` may change what it gives

    error[unknown-key]: unknown key `calls` in constraint `total`
      --> constraints/links.toml:10:1
       |
    10 | calls = [
       | ^^^^^ nothing reads this
       |
       = help: `calls` is a key of the kind `forbids`

    2 errors; nothing was generated
    "#);
}

#[test]
fn no_character_of_a_file_steers_the_terminal() {
    let steers = |character: char| {
        character.is_control() && character != '\n' || matches!(character, '\u{200f}' | '\u{202e}')
    };
    let says = "[constraint.a]\nargs.a = \"\u{202e}x\u{85}\u{200f}\"\n";
    for (file, character) in
        [("\"\u{9b}2J\" = 1\n", '\u{9b}'), (says, '\u{202e}'), ("a = \"\u{1b}[2J\"\n", '\u{1b}')]
    {
        assert!(file.contains(character));
        let shown = check(file);
        assert!(shown.contains("constraints/links.toml") && !shown.contains(steers), "{shown:?}");
    }
}

#[test]
fn amounts_that_cannot_be_read_are_shown_where_they_go_wrong() {
    insta::assert_snapshot!(check(r#"[constraint.memory]
says = "Reading takes little"
kind = "bounded_memory"
target = "crate::parse"
at_most = "64 * size + 64 KebiB"
size = "lots"
within = "2"

[constraint.other]
says = "Reading takes little"
kind = "bounded_memory"
target = "crate::parse"
at_most = ["1 MiB"]
size = "1 mib"
within = "2 KiB"
"#), @r#"
    error[invalid-value]: `KebiB` is neither a unit nor `n` or `size`
     --> constraints/links.toml:5:27
      |
    5 | at_most = "64 * size + 64 KebiB"
      |                           ^^^^^ `at_most` cannot be read here
      |
      = help: write it like `1 MiB` or `64 * size + 64 KiB`

    error[invalid-value]: an amount is missing before `l`
     --> constraints/links.toml:6:9
      |
    6 | size = "lots"
      |         ^ `size` cannot be read here
      |
      = help: write it like `1 MiB` or `64 * size + 64 KiB`

    error[invalid-value]: this time has no unit
     --> constraints/links.toml:7:11
      |
    7 | within = "2"
      |           ^ `within` cannot be read here
      |
      = help: write `2 s` or `2 ms`

    error[wrong-type]: `at_most` takes a bound
      --> constraints/links.toml:13:11
       |
    13 | at_most = ["1 MiB"]
       |           ^^^^^^^^^ this is a list
       |
       = help: write it like `at_most = "1 MiB"`

    error[invalid-value]: `mib` is neither a unit nor `n` or `size`
      --> constraints/links.toml:14:11
       |
    14 | size = "1 mib"
       |           ^^^ `size` cannot be read here
       |
       = help: did you mean `MiB`?

    error[invalid-value]: `KiB` is no unit of time
      --> constraints/links.toml:15:13
       |
    15 | within = "2 KiB"
       |             ^^^ `within` cannot be read here
       |
       = help: write it like `2 s`, `500 ms` or `n log n`

    6 errors; nothing was generated
    "#);
}
