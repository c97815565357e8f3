//! What is wrong between declarations of one target, as a person sees it.

use crate::graph::ConstraintGraph;
use crate::kinds;
use crate::model::{Faults, Sources, read};
use crate::plan::{Aim, claims};
use crate::resolve::{CrateFacts, bind};

use super::human;

const LIB: &str = "pub fn size(text: &str) -> usize { text.len() }\n\
                   pub fn check(text: &str) -> Option<u8> { text.parse().ok() }\n";

fn check(declarations: &str) -> String {
    let mut sources = Sources::default();
    let facts = CrateFacts::from_texts("app", &[("src/lib.rs", LIB)], &mut sources).expect("sources");
    let file = sources.add("constraints/links.toml", declarations);
    let (model, mut faults) = read(&sources, &[("links".to_owned(), file)], &kinds::about_all());
    let (graph, of_graph) = ConstraintGraph::build(&model);
    let (bound, of_binding) = bind(&model, &facts, &sources);
    Faults::extend(&mut faults, of_graph);
    Faults::extend(&mut faults, of_binding);
    Faults::extend(&mut faults, claims(bound.iter().map(Aim::of), &model, &graph));
    human(&faults.sorted(), &sources, false)
}

fn constraint(name: &str, kind: &str, lines: &str) -> String {
    format!("[constraint.{name}]\nsays = \"x\"\nkind = \"{kind}\"\n{lines}\n\n")
}

fn law(name: &str, statement: &str) -> String {
    constraint(name, "law", &format!("target = \"crate::size\"\nthen = \"{statement}\""))
}

#[test]
fn what_another_constraint_demands_too_is_redundant() {
    insta::assert_snapshot!(check(&(law("short", "result < 9") + &law("shorter", "result < 5"))), @r#"
    warning[redundant]: `links.short` requires no more than `links.shorter`
     --> constraints/links.toml:1:13
      |
    1 | [constraint.short]
      |             ^^^^^ whatever satisfies the other satisfies this
    ...
    7 | [constraint.shorter]
      |             ------- this requires more
      |
      = help: take it out, or say that it is known with `refines = "links.short"` in `links.shorter`

    1 warning
    "#);
    let same = law("a", "result < 9") + &law("b", "result  <  9").replace("says", "answers = \"r\"\nsays");
    let risk = "[risk.r]\nsays = \"x\"\nlikelihood = \"low\"\nimpact = \"low\"\n\n";
    insta::assert_snapshot!(check(&(risk.to_owned() + &same)), @r"
    warning[redundant]: `links.b` requires the same as `links.a`
      --> constraints/links.toml:12:13
       |
     6 | [constraint.a]
       |             - here
    ...
    12 | [constraint.b]
       |             ^ the same again
       |
       = help: take one of them out
       = help: let `links.a` be there for `links.r` too

    1 warning
    ");
}

#[test]
fn a_refusal_alone_is_noted() {
    let rejects =
        constraint("strange", "rejects", "target = \"crate::check\"\nargs.text.like = [\"a\", \"b\"]");
    insta::assert_snapshot!(check(&rejects), @r"
    note[missing-twin]: nothing says what `crate::check` has to let through
     --> constraints/links.toml:1:13
      |
    1 | [constraint.strange]
      |             ^^^^^^^ a target that refuses everything satisfies this
      |
      = help: add a constraint of the kind `accepts` on the same target

    1 note
    ");
}

#[test]
fn a_value_that_is_accepted_and_rejected_is_the_witness() {
    let known = constraint("known", "accepts", "target = \"crate::check\"\nargs.text.like = [\"b\", \"c\"]");
    let strange =
        constraint("strange", "rejects", "target = \"crate::check\"\nargs.text.like = [\"a\", \"b\"]");
    insta::assert_snapshot!(check(&(known + &strange)), @r#"
    error[contradiction]: `links.known` accepts what `links.strange` rejects: text = "b"
     --> constraints/links.toml:7:13
      |
    1 | [constraint.known]
      |             ----- accepted here
    ...
    7 | [constraint.strange]
      |             ^^^^^^^ rejected here
      |
      = help: take the value out of one of them

    1 error; nothing was generated
    "#);
}

#[test]
fn a_stronger_form_that_is_weaker_contradicts_itself() {
    let text = law("narrow", "result < 5")
        + &law("wide", "result < 9").replace("says", "refines = \"narrow\"\nsays");
    insta::assert_snapshot!(check(&text), @r#"
    error[contradiction]: `links.wide` refines `links.narrow` and is the weaker of the two
     --> constraints/links.toml:8:11
      |
    1 | [constraint.narrow]
      |             ------ this requires more
    ...
    7 | [constraint.wide]
      |             ---- whatever satisfies the other satisfies this
    8 | refines = "narrow"
      |           ^^^^^^^^ said to be the stronger form here
      |
      = help: turn the edge round: let `links.narrow` refine `links.wide`

    1 error; nothing was generated
    "#);
}
