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
    let (plan, of_plan) = plan(&bound, &graph, &model.settings);
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

/// How far the search of each constraint goes, by these settings and those of the workspace.
fn efforts(declarations: &str, own: &str, above: &str) -> String {
    let mut sources = Sources::default();
    let facts = CrateFacts::from_texts("app", &[("src/lib.rs", LIB)], &mut sources).expect("sources");
    let file = sources.add("constraints/main.toml", declarations);
    let (mut model, _) = model::read(&sources, &[("main".to_owned(), file)], &kinds::about_all());
    let mut layers = Vec::new();
    for (path, text) in [("constraints/settings.toml", own), ("../constraints/settings.toml", above)] {
        let file = sources.add(path, text);
        let (settings, faults) = model::settings(&sources, file, &kinds::about_all(), &model);
        assert!(faults.is_empty(), "{faults:?}");
        layers.push(settings);
    }
    model.settings = layers.remove(0).over(layers.remove(0));
    let (graph, _) = ConstraintGraph::build(&model);
    let (bound, faults) = bind(&model, &facts, &sources);
    assert!(!faults.refuse(), "{faults:?}");
    let (plan, _) = plan(&bound, &graph, &model.settings);
    let shown = |case: &super::Case| {
        let cases = case.effort.cases.map(|it| it.value.to_string()).unwrap_or_default();
        let seconds = case.effort.budget.map(|it| it.value.to_string()).unwrap_or_default();
        format!("{}: [{cases}] cases, [{seconds}] s", case.id)
    };
    plan.cases.iter().map(shown).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_nearest_that_says_how_far_a_search_goes_decides() {
    let declarations = r#"
        constraint.a = { says = "A", kind = "no_panic", target = "crate::parse", area = "security", cases = 111 }
        constraint.b = { says = "B", kind = "no_panic", target = "crate::parse", area = "security" }
        constraint.c = { says = "C", kind = "law", target = "crate::parse", then = "true", area = "security" }
        constraint.d = { says = "D", kind = "law", target = "crate::parse", then = "true", budget = "1 s" }
        constraint.e = { says = "E", kind = "forbids", target = "crate", macros = "println" }
        constraint.f = { says = "F", kind = "no_panic", target = "crate::gone" }
    "#;
    let own = "cases = 444\nbudget = \"4 s\"\n[area.security]\ncases = 333\n[kind.no_panic]\ncases = 222\n";
    let above = "cases = 999\n[area.security]\ncases = 999\nbudget = \"3 s\"\n[kind.law]\ncases = 888\n";
    insta::assert_snapshot!(efforts(declarations, own, above), @r"
    main.a: [111] cases, [4] s
    main.b: [222] cases, [4] s
    main.c: [333] cases, [4] s
    main.d: [444] cases, [1] s
    main.e: [] cases, [] s
    main.f: [] cases, [] s
    ");
    insta::assert_snapshot!(efforts(declarations, "", above), @r"
    main.a: [111] cases, [3] s
    main.b: [999] cases, [3] s
    main.c: [888] cases, [3] s
    main.d: [888] cases, [1] s
    main.e: [] cases, [] s
    main.f: [] cases, [] s
    ");
}

#[test]
fn what_lacks_a_key_that_its_kind_demands_is_one_fault_and_no_test() {
    for kind in kinds::about_all() {
        let demanded: Vec<&str> = kind.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
        for target in ["crate::parse", "crate"] {
            let declared = format!(
                "[constraint.bare]\nsays = \"It holds\"\nkind = \"{}\"\ntarget = \"{target}\"\n",
                kind.id
            );
            let said = check(&declared, "pub fn parse(text: &str) -> Option<u8> { None }");
            let missing: Vec<&str> = said.lines().filter(|line| line.contains("missing-key")).collect();
            for key in &demanded {
                let named: Vec<&&str> =
                    missing.iter().filter(|line| line.ends_with(&format!("no `{key}`"))).collect();
                assert_eq!(named.len(), 1, "{}: {said}", kind.id);
            }
            assert!(demanded.is_empty() || missing.len() == demanded.len(), "{}: {said}", kind.id);
            assert!(demanded.is_empty() || !said.contains("judged by"), "{}: {said}", kind.id);
        }
    }
}

#[test]
fn a_step_that_can_name_no_method_is_a_fault_as_any_other_that_there_is_not() {
    let source =
        "pub struct Ring(u8);\nimpl Ring { pub fn new() -> Self { Ring(0) } pub fn r#try(&self) {} }";
    for (step, is_there) in
        [("pop", false), ("env.HOME", false), ("Vec<t", false), ("", false), ("try", true)]
    {
        let declared = format!(
            "[constraint.ring]\nsays = \"It holds\"\nkind = \"model\"\ntarget = \"crate::Ring\"\n\
             start = \"crate::Ring::new()\"\ninvariant = \"true\"\nsteps = [\"{step}\"]\n"
        );
        let said = check(&declared, source);
        assert_eq!(said.contains("has no method"), !is_there, "{step}: {said}");
    }
}

#[test]
fn blocks_whose_bounds_lead_to_each_other_are_looked_at_once_each() {
    let block = |at: usize| {
        format!("pub struct Wrapped{at}<T>(pub T);\nimpl<T: Weigh> Weigh for Wrapped{at}<T> {{}}\n")
    };
    let blocks = std::array::from_fn::<String, 128, _>(block).concat();
    let source =
        format!("pub trait Weigh {{}}\nimpl Weigh for u8 {{}}\n{blocks}pub fn weigh<T: Weigh>(it: T) {{}}\n");
    let declared =
        "[constraint.total]\nsays = \"It holds\"\nkind = \"no_panic\"\ntarget = \"crate::weigh\"\n";
    let said = check(declared, &source);
    assert!(said.contains("judged by"), "{said}");
}
