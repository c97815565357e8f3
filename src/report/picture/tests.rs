use std::fmt::Write as _;

use proptest::prelude::*;

use super::super::Verdicts;
use super::layout::lay_out;
use super::{cards, picture};
use crate::graph::ConstraintGraph;
use crate::kinds;
use crate::model::{Id, Model, Sources, read};

fn model(text: &str) -> (Model, ConstraintGraph) {
    let mut sources = Sources::default();
    let file = sources.add("constraints/m.toml", text);
    let (model, _) = read(&sources, &[("m".to_owned(), file)], &kinds::about_all());
    let (graph, _) = ConstraintGraph::build(&model);
    (model, graph)
}

fn constraint(name: &str, says: &str, more: &str) -> String {
    format!("[constraint.{name}]\nsays = '''{says}'''\nkind = \"no_panic\"\ntarget = \"crate::f\"\n{more}\n")
}

/// A graph of `count` constraints over four goals, in which every third one waits for one before it.
fn many(count: usize) -> String {
    let mut text = String::new();
    for goal in 0..4 {
        writeln!(text, "[goal.g{goal}]\nsays = \"Goal number {goal}\"\narea = \"security\"").unwrap();
    }
    text.push_str("[risk.r]\nsays = \"It leaks\"\nlikelihood = \"low\"\nimpact = \"high\"\n");
    for at in 0..count {
        let after = if at % 3 == 0 && at > 4 { format!("after = \"c{}\"", at / 2) } else { String::new() };
        let more = format!("serves = \"g{}\"\n{after}", at % 4);
        text.push_str(&constraint(&format!("c{at}"), "What is sent is what was written", &more));
    }
    text
}

#[test]
fn a_constraint_stands_to_the_right_of_what_it_waits_for() {
    let text = constraint("a", "A", "after = \"b\"")
        + &constraint("b", "B", "")
        + &constraint("c", "C", "refines = \"a\"");
    let (model, graph) = model(&text);
    let cards = cards(&model, &graph, &Verdicts::default());
    let layout = lay_out(&cards);
    let x = |name: &str| layout.places[&Id::new("m", name)].x;
    assert!(x("b") < x("a") && x("a") < x("c"));
}

#[test]
fn every_declaration_is_in_the_picture_once() {
    let (model, graph) = model(&many(100));
    let svg = picture(&model, &graph, &Verdicts::default());
    for id in model.constraints.keys().chain(model.risks.keys()) {
        assert_eq!(svg.matches(&format!("<title>{id}\n")).count(), 1, "{id}");
    }
    for goal in model.goals.keys() {
        assert!(svg.contains(&format!(">{goal}</text>")), "{goal}");
    }
}

#[test]
fn verdicts_are_shown_where_they_are_known() {
    let (model, graph) = model(&(constraint("a", "A", "") + &constraint("b", "B", "")));
    let report = r#"{ "format": 1, "totals": { "green": 0, "red": 1, "blocked": 0, "undecided": 0 }, "goals": [], "constraints": [
        { "id": "m.a", "says": "A", "kind": "no_panic", "area": "stability", "level": "block", "status": "red", "frees": 3,
          "declared": { "file": "m.toml", "line": 1, "column": 1 }, "target": "crate::f", "test": "m::a", "replay": "" } ] }"#;
    let verdicts = Verdicts::of(&serde_json::from_str(report).expect("a report"));
    let without = picture(&model, &graph, &Verdicts::default());
    let with = picture(&model, &graph, &verdicts);
    assert!(!without.contains("<circle") && with.contains(">1 red</text>"));
    assert_eq!(with.matches("<circle").count(), 2, "the card, and what its mark means");
    assert!(with.contains(">frees 3</text>") && !without.contains(">frees"));
}

#[test]
fn words_that_are_markup_stay_words() {
    let says = r#"says = "</text><script>alert(1)</script> & \u0001\uFFFF \"x\"""#;
    let (model, graph) = model(&constraint("a", "A", "").replace("says = '''A'''", says));
    let svg = picture(&model, &graph, &Verdicts::default());
    assert!(!svg.contains("<script") && svg.contains("&lt;script&gt;"));
    let allowed = |letter: char| letter == '\n' || !(letter.is_control() || letter == '\u{ffff}');
    assert!(svg.chars().all(allowed));
}

#[test]
fn a_graph_without_anything_is_a_picture_too() {
    let (model, graph) = model("");
    assert!(picture(&model, &graph, &Verdicts::default()).ends_with("</svg>\n"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn nothing_lies_upon_anything_and_all_lies_inside(
        edges in prop::collection::vec((0_usize..14, 0_usize..14, 0_usize..3), 0..24),
        order in Just((0..14).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let declaration = |at: usize| {
            let to = |wanted| {
                let ids = edges.iter().filter(|(from, _, sort)| (*from, *sort) == (at, wanted));
                ids.map(|(_, to, _)| format!("\"c{to}\"")).collect::<Vec<_>>().join(", ")
            };
            let more = format!("after = [{}]\nrefines = [{}]\nserves = \"g{}\"", to(0), to(1), at % 3);
            constraint(&format!("c{at}"), "Says", &more)
        };
        let text = |order: &[usize]| {
            let goals = "[goal.g0]\nsays = \"0\"\n[goal.g1]\nsays = \"1\"\n";
            goals.to_owned() + &order.iter().map(|at| declaration(*at)).collect::<String>()
        };
        let (model, graph) = self::model(&text(&order));
        let cards = cards(&model, &graph, &Verdicts::default());
        let layout = lay_out(&cards);
        prop_assert_eq!(layout.cards.len(), 14);
        for (at, (_, one)) in layout.cards.iter().enumerate() {
            prop_assert!(one.x >= 0.0 && one.x + one.width <= layout.width && one.y + one.height <= layout.height);
            for (_, other) in &layout.cards[..at] {
                let apart = one.x + one.width <= other.x || other.x + other.width <= one.x
                    || one.y + one.height <= other.y || other.y + other.height <= one.y;
                prop_assert!(apart, "{:?} {:?}", one, other);
            }
        }
        let sorted: Vec<usize> = (0..14).collect();
        let (again, same) = self::model(&text(&sorted));
        prop_assert_eq!(picture(&model, &graph, &Verdicts::default()), picture(&again, &same, &Verdicts::default()));
    }
}
