use constraints_wire::measure::Dimension;
use proptest::prelude::*;

use super::{human, json};
use crate::graph::ConstraintGraph;
use crate::model::{About, Area, Fault, Faults, Key, KeyShape, Shape, Sources, Status, Subject, read};

mod claims;
mod generators;
mod graph;
mod ids;
mod keys;
mod settings;
mod values;
mod waivers;

const fn key(name: &'static str, shape: KeyShape, required: bool, says: &'static str) -> Key {
    Key { name, shape, required, says }
}

const fn kind(id: &'static str, area: Area, keys: &'static [Key]) -> About {
    About {
        id,
        shape: Shape::Property,
        area,
        summary: "",
        status: Status::Preview,
        subject: Subject::Function,
        keys,
        source: "",
    }
}

static NO_PANIC: About = kind("no_panic", Area::Stability, &[]);
static LAW: About = kind(
    "law",
    Area::Correctness,
    &[key("then", KeyShape::Expression, true, "what has to be true of the result")],
);
static FORBIDS: About = kind(
    "forbids",
    Area::Security,
    &[
        key("calls", KeyShape::Words, false, "functions that must not be called"),
        key("unsafe_code", KeyShape::Flag, false, "whether `unsafe` is forbidden too"),
    ],
);

static MEASURED: About = kind(
    "bounded_memory",
    Area::Security,
    &[
        key("at_most", KeyShape::AtMost(Dimension::Bytes), true, "the most that may be used"),
        key("size", KeyShape::Size, false, "how large inputs get"),
        key("within", KeyShape::Time, false, "how long a call may take"),
    ],
);

fn faults(files: &[(&str, &str)]) -> (Vec<Fault>, Sources) {
    let mut sources = Sources::default();
    let files: Vec<_> = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), sources.add(format!("constraints/{name}.toml"), *text)))
        .collect();
    let (model, mut faults) = read(&sources, &files, &[&NO_PANIC, &LAW, &FORBIDS, &MEASURED]);
    let (_, more) = ConstraintGraph::build(&model);
    Faults::extend(&mut faults, more);
    (faults.sorted(), sources)
}

/// Declarations in, faults out, as a person sees them.
fn check_files(files: &[(&str, &str)]) -> String {
    let (faults, sources) = faults(files);
    human(&faults, &sources, false)
}

fn check(text: &str) -> String {
    check_files(&[("links", text)])
}

/// A constraint without fault, with these lines added.
fn check_lines(lines: &str) -> String {
    check(&format!(
        r#"[constraint.total]
says = "Nothing panics"
kind = "no_panic"
target = "crate::parse"
{lines}"#
    ))
}

/// A file without fault that uses most of the language.
const EXAMPLE: &str = r#"[goal.safe]
says = "Links are safe"
area = "security"

[input.link]
like = ["https://example.org/ä", 'mailto:a@example.org']

[constraint.total]
says = "Nothing panics"
kind = "no_panic"
target = "crate::parse"
serves = ["safe", "goals.fast"]
args.text = { input = "link" }
args.body = { like_hex = "82 a161", map = "it" }

[constraint.kept]
says = """
The host \
  stays"""
kind = "law"
target = "crate::render"
after = "total"
when = "!text.is_empty()"
then = '''
result == text'''
args.text.matching = "[a-zé]{1,3}"
args.n = { one_of = [1, 2.5, true] }
"#;

const GOALS: (&str, &str) = ("goals", "[goal.fast]\nsays = \"Links are fast\"\n");

/// What a slip of the hand may leave: pieces of TOML, letters of every width, nothing.
fn piece() -> impl Strategy<Value = String> {
    let pieces = vec![
        "", "", "\n", "\r\n", "\r", "\"", "'''", "[", "]", "{", "=", ".", "\\", "é", "日本", "\u{feff}",
        "\0", "\t", "a", "3",
    ];
    prop_oneof![4 => prop::sample::select(pieces).prop_map(str::to_owned), 1 => any::<String>()]
}

#[test]
fn a_file_without_fault_gives_no_text() {
    assert_eq!(check_files(&[("links", EXAMPLE), GOALS]), "");
}

#[test]
fn places_in_long_files_keep_their_line_and_wide_letters_their_column() {
    let text =
        format!("{}[goal.a]\nsays = \"x\"\narea = \"日本\" # \t\nlevel = \"ä\"\n", "# a line\n".repeat(1000));
    insta::assert_snapshot!(check(&text), @r#"
    warning[idle-goal]: nothing serves the goal `links.a`
        --> constraints/links.toml:1001:7
         |
    1001 | [goal.a]
         |       ^ nothing would ever tell whether it is reached
         |
         = help: add `serves = "a"` to a constraint

    error[invalid-value]: there is no area `日本`
        --> constraints/links.toml:1003:8
         |
    1003 | area = "日本" #     
         |        ^^^^^^ not one of the names it can have
         |
         = help: write `security`, `correctness`, `stability`, `observability`, `performance` or `process`

    error[invalid-value]: there is no level `ä`
        --> constraints/links.toml:1004:9
         |
    1004 | level = "ä"
         |         ^^^ not one of the names it can have
         |
         = help: write `block`, `warn` or `info`

    2 errors, 1 warning; nothing was generated
    "#);
}

#[test]
fn machines_get_the_same_faults_as_data() {
    let (faults, sources) = faults(&[(
        "links",
        r#"[goal.a]
says = "ä"
area = "b"

[constraint.a]
says = "x"
kind = "no_panic"
target = "crate::a"
"#,
    )]);
    insta::assert_snapshot!(serde_json::to_string_pretty(&json(&faults, &sources)).unwrap(), @r#"
    {
      "faults": [
        {
          "code": "idle-goal",
          "column": 7,
          "end": {
            "column": 8,
            "line": 1
          },
          "file": "constraints/links.toml",
          "help": [
            "add `serves = \"a\"` to a constraint"
          ],
          "labels": [],
          "line": 1,
          "message": "nothing serves the goal `links.a`",
          "severity": "warning",
          "text": "nothing would ever tell whether it is reached"
        },
        {
          "code": "invalid-value",
          "column": 8,
          "end": {
            "column": 11,
            "line": 3
          },
          "file": "constraints/links.toml",
          "help": [
            "write `security`, `correctness`, `stability`, `observability`, `performance` or `process`"
          ],
          "labels": [],
          "line": 3,
          "message": "there is no area `b`",
          "severity": "error",
          "text": "not one of the names it can have"
        },
        {
          "code": "duplicate-id",
          "column": 13,
          "end": {
            "column": 14,
            "line": 5
          },
          "file": "constraints/links.toml",
          "help": [
            "rename one of them"
          ],
          "labels": [
            {
              "column": 7,
              "end": {
                "column": 8,
                "line": 1
              },
              "file": "constraints/links.toml",
              "line": 1,
              "text": "first as a goal"
            }
          ],
          "line": 5,
          "message": "`links.a` is declared twice",
          "severity": "error",
          "text": "again, as a constraint"
        }
      ],
      "format": 1
    }
    "#);
}

#[test]
fn color_changes_nothing_but_the_color() {
    let (faults, sources) = faults(&[("links", "[goal.a]\n")]);
    let colored = human(&faults, &sources, true);
    assert_ne!(colored, human(&faults, &sources, false));
    assert_eq!(anstream::adapter::strip_str(&colored).to_string(), human(&faults, &sources, false));
}

proptest! {
    #[test]
    fn any_declarations_and_their_mutations_can_be_shown(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..9, piece()), 0..6),
    ) {
        let mut text = EXAMPLE.to_owned();
        for (at, length, piece) in edits {
            let at = text.floor_char_boundary(at.index(text.len() + 1));
            let end = text.ceil_char_boundary((at + length).min(text.len()));
            text.replace_range(at..end, &piece);
        }
        let (faults, sources) = faults(&[("links", &text), GOALS]);
        prop_assert_eq!(faults.is_empty(), human(&faults, &sources, true).is_empty());
        json(&faults, &sources);
    }
}

#[test]
fn places_that_are_far_apart_in_a_file_are_shown_apart() {
    let constraint = |name: &str, after: &str| {
        format!(
            "[constraint.{name}]\nsays = \"x\"\nkind = \"no_panic\"\ntarget = \"crate::{name}\"\nafter = \"{after}\"\n"
        )
    };
    let between = "# a line\n".repeat(5_000);
    let shown = check(&(constraint("first", "last") + &between + &constraint("last", "first")));
    insta::assert_snapshot!(shown, @r#"
    error[cycle]: prerequisites wait for each other: links.first -> links.last -> links.first
        --> constraints/links.toml:5010:9
         |
    5010 | after = "first"
         |         ^^^^^^^ `links.last` waits for `links.first`, which closes the circle
         |
        ::: constraints/links.toml:5:9
         |
       5 | after = "last"
         |         ------ `links.first` waits for `links.last`
         |
         = help: take out one of these edges

    1 error; nothing was generated
    "#);
}
