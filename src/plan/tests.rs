//! Declarations and sources in, the plan or the faults out.

use crate::graph::ConstraintGraph;
use crate::kinds;
use crate::model::{self, Sources};
use crate::resolve::{CrateFacts, bind};

use super::{Test, plan};

/// A line for each test, then one for each fault.
fn check(declarations: &str, lib: &str) -> String {
    let mut sources = Sources::default();
    let facts = CrateFacts::from_texts("app", &[("src/lib.rs", lib)], &mut sources).expect("sources");
    let file = sources.add("constraints/main.toml", declarations);
    let (model, mut faults) = model::read(&sources, &[("main".to_owned(), file)], &kinds::about_all());
    let (graph, of_graph) = ConstraintGraph::build(&model);
    let (bound, of_binding) = bind(&model, &facts, &sources);
    let (plan, of_plan) = plan(&bound, &graph);
    faults.extend(of_graph);
    faults.extend(of_binding);
    faults.extend(of_plan);
    let mut lines = Vec::new();
    for case in &plan.cases {
        let test = match &case.test {
            Test::Oracle(call) => format!("judged by {}", call.oracle),
            Test::Written { .. } => "written already".to_owned(),
            Test::MissingTarget { nearest } => format!("missing, near {}", nearest.join(" ")),
        };
        let (area, level) = (case.area.name(), case.level.name());
        lines.push(format!("{} {} {area} {level} at least {}: {test}", case.id, case.kind, case.at_least));
    }
    for fault in faults.sorted() {
        let at = sources.position(fault.at.span);
        lines.push(format!("{}:{} {}: {}", at.line, at.column, fault.code.name(), fault.message));
    }
    lines.join("\n")
}

const LIB: &str = "
    pub fn parse(text: &str) -> Option<u8> { None }
    pub fn render(text: &str, width: usize) -> String { String::new() }
    pub mod inner {}
";

#[test]
fn cases_come_in_the_order_of_their_ids_with_what_the_roll_demands() {
    let declarations = r#"
        [goal.safe]
        says = "Safe"
        area = "security"
        level = "warn"
        [constraint.z]
        says = "Total"
        kind = "no_panic"
        target = "crate::parse"
        serves = "safe"
        [constraint.a]
        says = "Pure"
        kind = "forbids"
        target = "crate::inner"
        macros = "println"
    "#;
    insta::assert_snapshot!(check(declarations, LIB), @"
    main.a forbids stability block at least 1: judged by forbids
    main.z no_panic security warn at least 100: judged by no_panic
    ");
}

#[test]
fn a_missing_target_is_a_case_and_what_a_kind_refuses_is_not() {
    let declarations = r#"
        [constraint.gone]
        says = "Total"
        kind = "no_panic"
        target = "crate::pares"
        [constraint.back]
        says = "Back"
        kind = "round_trip"
        target = "crate::render"
        inverse = "crate::parse"
    "#;
    insta::assert_snapshot!(check(declarations, LIB), @"
    main.gone no_panic stability block at least 100: missing, near crate::parse
    5:18 missing-target: there is no `crate::pares`
    9:18 invalid-value: the target takes several arguments, and the declaration does not say which one is compared
    ");
}

#[test]
fn nothing_declared_is_nothing_planned() {
    assert_eq!(check("", LIB), "");
}
