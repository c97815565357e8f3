//! What can be wrong with how values are made.

use super::{check, check_lines};

#[test]
fn generators_that_cannot_work_are_refused() {
    insta::assert_snapshot!(check_lines(r#"args.a = { like = "x", map = "it", is = 3 }
args.b = { like_hex = ["82 a1_61", "0x12", "123"] }
args.c = { like = [] }
args.d = { one_of = [] }
args.e = { is = 99999999999999999999 }
args.f = { is = 1e999 }
args.g = { near = "g" }
args."h-i" = { is = 1 }
"#), @r#"
    error[invalid-value]: a value cannot start from both `like` and `is`
     --> constraints/links.toml:5:36
      |
    5 | args.a = { like = "x", map = "it", is = 3 }
      |            ----                    ^^ a second start
      |            |
      |            it already starts here
      |
      = help: keep one of the two; `map` may change what it gives

    error[invalid-value]: 'x' is not a hex digit
     --> constraints/links.toml:6:38
      |
    6 | args.b = { like_hex = ["82 a1_61", "0x12", "123"] }
      |                                      ^ not a hex digit
      |
      = help: use 0 to 9 and a to f; spaces and `_` may stand between them

    error[invalid-value]: the number of hex digits is odd
     --> constraints/links.toml:6:44
      |
    6 | args.b = { like_hex = ["82 a1_61", "0x12", "123"] }
      |                                            ^^^^^ 3 digits
      |
      = help: two digits make a byte: write a leading `0` where it was left out

    error[invalid-value]: `like` is an empty list
     --> constraints/links.toml:7:19
      |
    7 | args.c = { like = [] }
      |                   ^^ no value to start from
      |
      = help: give at least one

    error[invalid-value]: `one_of` is an empty list
     --> constraints/links.toml:8:21
      |
    8 | args.d = { one_of = [] }
      |                     ^^ no value to start from
      |
      = help: give at least one

    error[invalid-value]: this number does not fit in 64 bits with a sign
     --> constraints/links.toml:9:17
      |
    9 | args.e = { is = 99999999999999999999 }
      |                 ^^^^^^^^^^^^^^^^^^^^ too large
      |
      = help: write it as Rust: `value = "99999999999999999999"`

    error[invalid-value]: this number does not fit in 64 bits
      --> constraints/links.toml:10:17
       |
    10 | args.f = { is = 1e999 }
       |                 ^^^^^ too large
       |
       = help: write `inf` for infinity

    error[invalid-value]: `g` cannot be near itself
      --> constraints/links.toml:11:19
       |
    11 | args.g = { near = "g" }
       |                   ^^^ this is the argument itself
       |
       = help: name another argument

    error[invalid-value]: `h-i` cannot be the name of a parameter
      --> constraints/links.toml:12:6
       |
    12 | args."h-i" = { is = 1 }
       |      ^^^^^ not a name in Rust
       |
       = help: use the name from the signature of the target

    9 errors; nothing was generated
    "#);
}

#[test]
#[expect(clippy::too_many_lines, reason = "one fault after the other, as a person sees them")]
fn lengths_and_characters_that_cannot_work_are_refused() {
    insta::assert_snapshot!(check_lines(r#"args.a = { length = "5..=2" }
args.b = { length = "many" }
args.c = { length = -1 }
args.d = { length = ["1"] }
args.e = { length = "..0" }
args.f = { length = 99999999999 }
args.g = { text = "asci" }
args.h = { without = ["", "x"] }
args.i = { is = "abc", length = 3 }
args.j = { matching = "[a-z]", without = "b" }
args.k = { each = { lik = "x" } }
args.l = { pieces_of = "x" }
args.m = { like = "a", each_key = { is = 1 } }
args.n = { is_hex = "0" }
args.o = { like_file = [] }
args.p = { text = { like = "a" }, format = { like = "b" } }
"#), @r#"
    error[invalid-value]: no length lies in this range
     --> constraints/links.toml:5:21
      |
    5 | args.a = { length = "5..=2" }
      |                     ^^^^^^^ the end is below the start
      |
      = help: write `length = 32`, `length = "1..=64"`, or `length = "1.."`

    error[invalid-value]: this is not a length
     --> constraints/links.toml:6:21
      |
    6 | args.b = { length = "many" }
      |                     ^^^^^^ neither a number nor a range
      |
      = help: write `length = 32`, `length = "1..=64"`, or `length = "1.."`

    error[invalid-value]: this is not a length
     --> constraints/links.toml:7:21
      |
    7 | args.c = { length = -1 }
      |                     ^^ neither a number nor a range
      |
      = help: write `length = 32`, `length = "1..=64"`, or `length = "1.."`

    error[wrong-type]: `length` takes a whole number or a range
     --> constraints/links.toml:8:21
      |
    8 | args.d = { length = ["1"] }
      |                     ^^^^^ this is a list
      |
      = help: write `length = 32`, `length = "1..=64"`, or `length = "1.."`

    error[invalid-value]: no length lies in this range
     --> constraints/links.toml:9:21
      |
    9 | args.e = { length = "..0" }
      |                     ^^^^^ the end is below the start
      |
      = help: write `length = 32`, `length = "1..=64"`, or `length = "1.."`

    error[invalid-value]: values of this length would take too long to make
      --> constraints/links.toml:10:21
       |
    10 | args.f = { length = 99999999999 }
       |                     ^^^^^^^^^^^ too long
       |
       = help: write `length = 32`, `length = "1..=64"`, or `length = "1.."`

    error[invalid-value]: there is no text `asci`
      --> constraints/links.toml:11:19
       |
    11 | args.g = { text = "asci" }
       |                   ^^^^^^ not one of the names it can have
       |
       = help: did you mean `ascii`?

    error[invalid-value]: the empty text occurs in every text
      --> constraints/links.toml:12:23
       |
    12 | args.h = { without = ["", "x"] }
       |                       ^^ nothing stands here
       |
       = help: take it out

    error[invalid-value]: `length` changes values, and this one is not to be changed
      --> constraints/links.toml:13:24
       |
    13 | args.i = { is = "abc", length = 3 }
       |            ----------  ^^^^^^ would change it
       |            |
       |            this says which values there are
       |
       = help: say it here, and take out `length`; or start from `like` alone

    error[invalid-value]: `without` changes values, and this one is not to be changed
      --> constraints/links.toml:14:32
       |
    14 | args.j = { matching = "[a-z]", without = "b" }
       |            ------------------  ^^^^^^^ would change it
       |            |
       |            this says which values there are
       |
       = help: say it here, and take out `without`; or start from `like` alone

    error[unknown-key]: unknown key `lik` in the generator in `each`
      --> constraints/links.toml:15:21
       |
    15 | args.k = { each = { lik = "x" } }
       |                     ^^^ nothing reads this
       |
       = help: did you mean `like`, `like_hex` or `like_file`?

    error[wrong-type]: `pieces_of` takes a generator, such as `pieces_of = { like = ["…"] }`
      --> constraints/links.toml:16:24
       |
    16 | args.l = { pieces_of = "x" }
       |                        ^^^ this is a text

    error[invalid-value]: a value cannot start from both `like` and `each_key`
      --> constraints/links.toml:17:24
       |
    17 | args.m = { like = "a", each_key = { is = 1 } }
       |            ----        ^^^^^^^^ a second start
       |            |
       |            it already starts here
       |
       = help: keep one of the two; `map` may change what it gives

    error[invalid-value]: the number of hex digits is odd
      --> constraints/links.toml:18:21
       |
    18 | args.n = { is_hex = "0" }
       |                     ^^^ 1 digits
       |
       = help: two digits make a byte: write a leading `0` where it was left out

    error[invalid-value]: `like_file` is an empty list
      --> constraints/links.toml:19:24
       |
    19 | args.o = { like_file = [] }
       |                        ^^ no value to start from
       |
       = help: give at least one

    error[wrong-type]: `text` takes a text
      --> constraints/links.toml:20:19
       |
    20 | args.p = { text = { like = "a" }, format = { like = "b" } }
       |                   ^^^^^^^^^^^^^^ this is a table
       |
       = help: write `text = "…"`
       = help: if a field of that name is meant, write `"r#text"`

    16 errors; nothing was generated
    "#);
}

#[test]
fn formats_that_cannot_work_are_refused() {
    insta::assert_snapshot!(check_lines(r#"args.a = { json = false }
args.b = { json = "yes" }
args.c = { archive = "rar" }
args.d = { archive = "tar", json = true }
args.e = { asn1 = true, is = "a" }
args.f = { markup = "html", length = 3 }
args.g = { http = "reqest" }
"#), @r#"
    error[invalid-value]: `json` is on or not there
     --> constraints/links.toml:5:19
      |
    5 | args.a = { json = false }
      |                   ^^^^^ off
      |
      = help: take it out; without it the generator is of no format

    error[wrong-type]: `json` takes `true` or `false`
     --> constraints/links.toml:6:19
      |
    6 | args.b = { json = "yes" }
      |                   ^^^^^ this is a text

    error[invalid-value]: there is no archive `rar`
     --> constraints/links.toml:7:22
      |
    7 | args.c = { archive = "rar" }
      |                      ^^^^^ not one of the names it can have
      |
      = help: did you mean `tar`?

    error[invalid-value]: a value cannot start from both `json` and `archive`
     --> constraints/links.toml:8:12
      |
    8 | args.d = { archive = "tar", json = true }
      |            ^^^^^^^          ---- it already starts here
      |            |
      |            a second start
      |
      = help: keep one of the two; `map` may change what it gives

    error[invalid-value]: a value cannot start from both `is` and `asn1`
     --> constraints/links.toml:9:12
      |
    9 | args.e = { asn1 = true, is = "a" }
      |            ^^^^         -- it already starts here
      |            |
      |            a second start
      |
      = help: keep one of the two; `map` may change what it gives

    error[invalid-value]: `length` changes values, and this one is not to be changed
      --> constraints/links.toml:10:29
       |
    10 | args.f = { markup = "html", length = 3 }
       |            ---------------  ^^^^^^ would change it
       |            |
       |            this says which values there are
       |
       = help: say it here, and take out `length`; or start from `like` alone

    error[invalid-value]: there is no http `reqest`
      --> constraints/links.toml:11:19
       |
    11 | args.g = { http = "reqest" }
       |                   ^^^^^^^^ not one of the names it can have
       |
       = help: did you mean `request`?

    7 errors; nothing was generated
    "#);
}

#[test]
fn inputs_that_are_parts_of_each_other_are_a_cycle() {
    insta::assert_snapshot!(check(r#"[input.a]
each = { input = "b" }
[input.b]
each = { like = "x" }
each_key = { pieces_of = { input = "a" } }
"#), @r#"
    error[cycle]: inputs are made from each other: links.a -> links.b -> links.a
     --> constraints/links.toml:5:36
      |
    2 | each = { input = "b" }
      |                  --- `links.a` is made from `links.b`
    ...
    5 | each_key = { pieces_of = { input = "a" } }
      |                                    ^^^ `links.b` is made from `links.a`, which closes the circle
      |
      = help: let one of them start from something else, such as `like`

    1 error; nothing was generated
    "#);
}

#[test]
fn regular_expressions_are_read_when_declared() {
    insta::assert_snapshot!(check_lines("args.a.matching = \"\\\\d+[a-\"\nargs.b.matching = '^a$'\nargs.c.matching = '''[a&&b]'''\nargs.d.matching = '\\p{Grxk}'\n"), @r#"
    error[invalid-value]: not a regular expression: unclosed character class
     --> constraints/links.toml:5:24
      |
    5 | args.a.matching = "\\d+[a-"
      |                        ^ here
      |
      = help: the notation is that of the crate `regex`

    error[invalid-value]: anchors say nothing about a text that is made
     --> constraints/links.toml:6:19
      |
    6 | args.b.matching = '^a$'
      |                   ^^^^^ has an anchor
      |
      = help: take out `^`, `$`, `\b` and the like: the whole text is made from the expression

    error[invalid-value]: no text matches this expression
     --> constraints/links.toml:7:19
      |
    7 | args.c.matching = '''[a&&b]'''
      |                   ^^^^^^^^^^^^ matches nothing
      |
      = help: write an expression that some text matches

    error[invalid-value]: not a regular expression: Unicode property not found
     --> constraints/links.toml:8:20
      |
    8 | args.d.matching = '\p{Grxk}'
      |                    ^^^^^^^^ here
      |
      = help: the notation is that of the crate `regex`

    4 errors; nothing was generated
    "#);
}

#[test]
fn a_value_that_is_made_as_a_whole_has_no_fields_to_be_made() {
    insta::assert_snapshot!(check_lines(r#"args.a = { like = "x", name = { is = 1 } }
args.b = { type = "crate::B", name = { lik = "x" } }
"#), @r#"
    error[invalid-value]: a value that starts from `like` has no fields to be made
     --> constraints/links.toml:5:24
      |
    5 | args.a = { like = "x", name = { is = 1 } }
      |            ----        ^^^^ `name` is taken for a field, for a table stands behind it
      |            |
      |            this makes the whole value
      |
      = help: say it of the fields only, or take `name` out

    error[unknown-key]: unknown key `lik` in the generator of the field `name`
     --> constraints/links.toml:6:40
      |
    6 | args.b = { type = "crate::B", name = { lik = "x" } }
      |                                        ^^^ nothing reads this
      |
      = help: did you mean `like`, `like_hex` or `like_file`?

    2 errors; nothing was generated
    "#);
}

#[test]
fn folders_and_programs_that_cannot_be_are_refused() {
    insta::assert_snapshot!(check_lines(r#"args.a = { folder = { "../a" = "x", "b" = 1, "c" = "y", "c/d" = "z" } }
args.b = { folder = "a" }
args.c = { program = "git" }
args.d = { server = "" }
args.e = { folder = { "a" = { lik = "x" } } }
"#), @r#"
    error[invalid-value]: "../a" is not the path of a file in the folder
     --> constraints/links.toml:5:23
      |
    5 | args.a = { folder = { "../a" = "x", "b" = 1, "c" = "y", "c/d" = "z" } }
      |                       ^^^^^^ leads elsewhere, or nowhere
      |
      = help: write folders and the file with `/` between them, such as `"a/b.txt"`

    error[wrong-type]: `b` takes a text, or a generator of its content
     --> constraints/links.toml:5:43
      |
    5 | args.a = { folder = { "../a" = "x", "b" = 1, "c" = "y", "c/d" = "z" } }
      |                                           ^ this is a whole number
      |
      = help: write `"b" = "text"`

    error[invalid-value]: `c` and `c/d` cannot both be files
     --> constraints/links.toml:5:57
      |
    5 | args.a = { folder = { "../a" = "x", "b" = 1, "c" = "y", "c/d" = "z" } }
      |                                                         ^^^^^ one would be a folder
      |
      = help: rename one of the two

    error[wrong-type]: `folder` takes a table of files: `{ "a/b.txt" = "text" }`
     --> constraints/links.toml:6:21
      |
    6 | args.b = { folder = "a" }
      |                     ^^^ this is a text

    error[invalid-value]: there is no program `git`
     --> constraints/links.toml:7:22
      |
    7 | args.c = { program = "git" }
      |                      ^^^^^ not one of the names it can have
      |
      = help: write `recorded`

    error[invalid-value]: `server` is empty
     --> constraints/links.toml:8:21
      |
    8 | args.d = { server = "" }
      |                     ^^ nothing is said here
      |
      = help: write the text, or take out the key

    error[unknown-key]: unknown key `lik` in the content of `a`
     --> constraints/links.toml:9:31
      |
    9 | args.e = { folder = { "a" = { lik = "x" } } }
      |                               ^^^ nothing reads this
      |
      = help: did you mean `like`, `like_hex` or `like_file`?

    7 errors; nothing was generated
    "#);
}
