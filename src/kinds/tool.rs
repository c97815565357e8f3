//! # `tool`
//!
//! ## What it requires
//! A command succeeds: a linter, a check of dependencies, a comparison of interfaces, a script of your own.
//!
//! ## Why it matters
//! Much is judged by other tools already.
//! As a constraint such a judgement has a sentence that says what it is for, a goal that it serves, a place in the order of repair, and a verdict beside all others.
//!
//! ## Declaration
//! ```toml
//! [constraint.nothing_is_left_over]
//! says   = "What was printed to find a mistake is not left in the code"
//! kind   = "tool"
//! target = "crate"
//! run    = ["cargo", "clippy", "--quiet", "--lib", "--", "--deny", "clippy::dbg_macro"]
//! within = "4 min"
//! ```
//! One text is split at its spaces: `run = "cargo deny check"`.
//! `within` is how long it may take, five minutes if nothing is said, and `folder` is where it runs, counted from the root of the package.
//!
//! ## Holds
//! ```rust
//! pub fn length(text: &str) -> usize {
//!     text.chars().count()
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn length(text: &str) -> usize {
//!     dbg!(text.chars().count()) // red: main.nothing_is_left_over
//! }
//! ```
//!
//! ## How it is checked
//! The command runs without a shell, without input, and with the variables of the test except those that Cargo sets for it.
//! It holds if the command ends with code 0; whoever cannot be started, or takes longer than allowed, is red.
//! Of what it prints, places in files of the package become findings, with the message that stands before or behind them; else the last lines are shown.
//!
//! ## What it cannot see
//! Whether the command looks at anything: one that always succeeds is always green.
//!
//! ## References
//! - Clippy: <https://doc.rust-lang.org/clippy/>
//! - cargo-deny: <https://embarkstudios.github.io/cargo-deny/>
//! - cargo-semver-checks: <https://github.com/obi1kenobi/cargo-semver-checks>

use constraints_wire::Witness;

use super::lowering::{module, texts};
use super::{Body, Kind, OracleCall, Setting};
use crate::model::{About, Area, Code, Constraint, Fault, Key, KeyShape, Shape, Status, Subject};
use crate::resolve::Bound;

/// For how many seconds a command may run where nothing is said.
const USUAL: f64 = 300.0;

/// Another tool says so.
#[derive(Debug)]
pub(super) struct Tool;

impl Kind for Tool {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "tool",
            shape: Shape::Evidence,
            area: Area::Process,
            summary: "a command succeeds",
            status: Status::Preview,
            subject: Subject::Module,
            keys: &[
                Key {
                    name: "run",
                    shape: KeyShape::Words,
                    required: true,
                    says: "The program and its arguments: a list, or one text that is split at its spaces.",
                },
                Key {
                    name: "within",
                    shape: KeyShape::Time,
                    required: false,
                    says: "How long it may take; five minutes if it is not given.",
                },
                Key {
                    name: "folder",
                    shape: KeyShape::Text,
                    required: false,
                    says: "Where it runs, counted from the root of the package; there if it is not given.",
                },
            ],
            source: include_str!("tool.rs"),
        };
        &ABOUT
    }

    fn waits(&self, constraint: &Constraint) -> Option<f64> {
        Some(within(constraint))
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let constraint = bound.constraint;
        if !module(bound)?.is_empty() {
            let span = constraint.target.span;
            let fault = Fault::error(Code::WrongTarget, span, "a command is about the whole crate");
            return Err(fault.help("write `target = \"crate\"`"));
        }
        let words = constraint.words("run");
        let run: Vec<String> = match words {
            [one] => one.value.split_whitespace().map(str::to_owned).collect(),
            words => texts(words),
        };
        if run.first().is_none_or(|program| program.trim().is_empty()) {
            let span = words.first().map_or(constraint.id.span, |word| word.span);
            let fault = Fault::error(Code::InvalidValue, span, "no program is named");
            return Err(fault.help("write the program first, as in `run = \"cargo deny check\"`"));
        }
        let folder = constraint.text("folder").map(|folder| folder.value.clone()).unwrap_or_default();
        let fields = vec![
            ("run", Setting::Words(run)),
            ("folder", Setting::Text(folder)),
            ("seconds", Setting::Number(within(constraint))),
        ];
        let body = Body::Sources { module: Vec::new(), settings: "Command", fields };
        Ok(OracleCall { oracle: "tool", body })
    }

    fn message(&self, witness: &Witness) -> String {
        if witness.seen.is_empty() { "the command does not succeed".to_owned() } else { witness.seen.clone() }
    }
}

fn within(constraint: &Constraint) -> f64 {
    constraint.seconds("within").map_or(USUAL, |seconds| seconds.value)
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{Example, at, example, refused, words};
    use crate::kinds::{Body, Kind, Setting};
    use crate::model::KeyValue;
    use crate::resolve::Target;

    fn command(run: &[&str]) -> Example {
        example("tool", "lint", "core").target(Target::Module(Vec::new())).key("run", words(run))
    }

    #[test]
    fn a_command_names_a_program_and_is_about_the_whole_crate() {
        assert_eq!(refused(&command(&["cargo", "deny"])), "accepted");
        let longer = command(&["cargo deny"]).key("within", KeyValue::Seconds(at(900.0)));
        assert_eq!(refused(&longer.key("folder", KeyValue::Text(at("fuzz".into())))), "accepted");
        for nothing in [&[][..], &[" "], &["", "deny"]] {
            insta::allow_duplicates! {
                insta::assert_snapshot!(refused(&command(nothing)), @r#"
                invalid-value: no program is named
                help: write the program first, as in `run = "cargo deny check"`
                "#);
            }
        }
        let part = example("tool", "lint", "core").target(Target::Module(vec!["core".into()]));
        insta::assert_snapshot!(refused(&part.key("run", words(&["a"]))), @r#"
        wrong-target: a command is about the whole crate
        help: write `target = "crate"`
        "#);
    }

    #[test]
    fn one_text_is_split_and_several_are_not() {
        let run = |run: &[&str]| {
            let example = command(run);
            let call = super::Tool.plan(&example.bound()).expect("an accepted declaration");
            let Body::Sources { fields, .. } = call.body else { panic!("no settings") };
            match fields.into_iter().next() {
                Some((_, Setting::Words(words))) => words,
                other => panic!("no words: {other:?}"),
            }
        };
        assert_eq!(run(&["cargo  deny check"]), ["cargo", "deny", "check"]);
        assert_eq!(run(&["a b", "c d"]), ["a b", "c d"]);
    }
}
