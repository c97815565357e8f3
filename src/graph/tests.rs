use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use petgraph::algo::dominators::simple_fast;
use petgraph::graph::DiGraph;
use proptest::prelude::*;

use super::ConstraintGraph;
use crate::model::{About, Area, Code, Faults, Id, Shape, Sources, Status, Subject, read};

static NO_PANIC: About = About {
    id: "no_panic",
    shape: Shape::Property,
    area: Area::Stability,
    summary: "",
    status: Status::Preview,
    subject: Subject::Function,
    keys: &[],
    source: "",
};

const KEYS: [&str; 7] = ["after", "serves", "answers", "refines", "conflicts", "area", "level"];

/// A graph from lines such as `a after b c`, `a serves g`, `a area security`, `goal g area security`.
fn graph(lines: &str) -> (ConstraintGraph, Faults) {
    let mut text = String::new();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut words: Vec<&str> = line.split_whitespace().collect();
        let sort = if ["goal", "risk"].contains(&words[0]) { words.remove(0) } else { "constraint" };
        let rest = match sort {
            "goal" => "",
            "risk" => "likelihood = \"low\"\nimpact = \"high\"\n",
            _ => "kind = \"no_panic\"\ntarget = \"crate::f\"\n",
        };
        writeln!(text, "[{sort}.{}]\nsays = \"About {0}\"\n{rest}", words[0]).unwrap();
        let mut key = "";
        let mut values: Vec<(&str, Vec<&str>)> = Vec::new();
        for word in &words[1..] {
            if KEYS.contains(word) {
                key = word;
                values.push((key, Vec::new()));
            } else if let Some((_, list)) = values.iter_mut().find(|(name, _)| *name == key) {
                list.push(word);
            }
        }
        for (key, list) in values {
            let value =
                if ["area", "level"].contains(&key) { format!("{:?}", list[0]) } else { format!("{list:?}") };
            writeln!(text, "{key} = {value}").unwrap();
        }
    }
    let mut sources = Sources::default();
    let file = sources.add("m.toml", text);
    let (model, faults) = read(&sources, &[("m".to_owned(), file)], &[&NO_PANIC]);
    assert!(faults.is_empty(), "{faults:?}");
    ConstraintGraph::build(&model)
}

fn id(name: &str) -> Id {
    Id::new("m", name)
}

fn set(names: &str) -> BTreeSet<Id> {
    names.split_whitespace().map(id).collect()
}

fn names(ids: &[Id]) -> String {
    ids.iter().map(Id::name).collect::<Vec<_>>().join(" ")
}

#[test]
fn prerequisites_come_first_then_area_then_id() {
    let (graph, _) = graph("a after z\nb\nc area security\nz area performance\nd area security after b");
    assert_eq!(names(&graph.order()), "c b d z a");
}

#[test]
fn area_is_its_own_or_the_most_urgent_goals_or_the_kinds() {
    let (graph, _) = graph(
        "goal g area performance\ngoal h area correctness\ngoal i\na serves g h i\nb serves g area process\nc serves i\nd",
    );
    let areas: Vec<&str> = ["a", "b", "c", "d"].iter().map(|name| graph.area(&id(name)).name()).collect();
    assert_eq!(areas, ["correctness", "process", "stability", "stability"]);
}

#[test]
fn level_is_its_own_or_the_strictest_goals_or_the_areas() {
    let (graph, _) = graph(
        "goal g level info\ngoal h level warn\ngoal i area performance\na serves g h\nb serves g level block\nc serves i\nd",
    );
    let levels: Vec<&str> = ["a", "b", "c", "d"].iter().map(|name| graph.level(&id(name)).name()).collect();
    assert_eq!(levels, ["warn", "block", "warn", "block"]);
}

#[test]
fn what_waits_is_blocked_through_others() {
    let (graph, _) = graph("a\nb after a\nc after b\nd after c a\ne");
    assert_eq!(names(&graph.prerequisites(&id("d"))), "a c");
    let standing = graph.standing(&set("a b d e"));
    let blocked = standing.blocked_by.iter().map(|(id, roots)| format!("{}: {}", id.name(), names(roots)));
    assert_eq!(blocked.collect::<Vec<_>>(), ["b: a", "c: a", "d: a"], "b is not judged while a is red");
    assert_eq!((standing.frees[&id("a")], standing.frees[&id("e")]), (3, 0));
}

#[test]
fn the_frontier_is_what_waits_for_nothing_red() {
    let (graph, _) =
        graph("a\nb after a\nc after b\nd area security\ne\nf after e\ng after e\nh area performance");
    assert_eq!(
        names(&graph.standing(&set("a c d e h")).frontier),
        "d e a h",
        "a and e free two each; more wait for e directly"
    );
    assert_eq!(names(&graph.standing(&set("c f")).frontier), "c f");
    assert_eq!(names(&graph.standing(&set("")).frontier), "");
}

#[test]
fn what_waits_for_two_red_ones_is_freed_by_neither_alone() {
    let (graph, _) = graph("a\nb\nboth after a b\nafter_both after both\nonly_b after b");
    let standing = graph.standing(&set("a b"));
    assert_eq!(names(&standing.frontier), "b a");
    assert_eq!((standing.frees[&id("a")], standing.frees[&id("b")]), (0, 1));
    assert_eq!(names(&standing.blocked_by[&id("after_both")]), "a b");
}

#[test]
fn of_many_that_block_the_first_are_named() {
    let mut lines = String::from("last after x00 x01 x02 x03 x04 x05 x06 x07 x08 x09\n");
    (0..10).for_each(|at| writeln!(lines, "x{at:02}").unwrap());
    let (graph, _) = graph(&lines);
    let standing = graph.standing(&set("x09 x08 x07 x06 x05 x04 x03 x02 x01 x00"));
    assert_eq!(names(&standing.blocked_by[&id("last")]), "x00 x01 x02 x03 x04 x05 x06 x07");
    assert!(standing.frees.values().all(|count| *count == 0));
}

#[test]
fn a_weaker_form_comes_before_the_stronger_one_and_does_not_block_it() {
    let (graph, _) = graph("a refines b\nb area performance");
    assert_eq!(names(&graph.order()), "b a");
    assert_eq!(names(&graph.standing(&set("a b")).frontier), "a b");
}

#[test]
fn answers_of_a_risk_are_found_and_take_its_area() {
    let (graph, _) = graph("risk r area security\nb answers r\na answers r area process\nc");
    assert_eq!(names(&graph.answered_by(&id("r"))), "a b");
    assert_eq!((graph.area(&id("b")), graph.area(&id("a"))), (Area::Security, Area::Process));
}

#[test]
fn thousands_of_conflicts_in_a_long_chain_are_walked() {
    let mut lines = String::from("c0\n");
    for at in 1..5_000 {
        writeln!(lines, "c{at} after c{} conflicts c{0} level warn", at - 1).unwrap();
    }
    let (_, faults) = graph(&lines);
    let faults = faults.sorted();
    let torn = faults.iter().filter(|fault| fault.code == Code::Contradiction);
    assert_eq!(torn.count(), 4_999);
}

#[test]
fn an_edge_that_closes_a_cycle_is_left_out() {
    let (graph, faults) = graph("a after c\nb after a\nc after b\nd after d a");
    assert_eq!(faults.sorted().len(), 2);
    assert_eq!(names(&graph.order()), "b c a d");
    assert_eq!(names(&graph.prerequisites(&id("d"))), "a");
}

#[test]
fn two_circles_through_one_edge_are_two_faults() {
    let (_, faults) = graph("a after b\nb after c d\nc after a\nd after a");
    let messages: Vec<String> = faults.sorted().into_iter().map(|fault| fault.message).collect();
    insta::assert_snapshot!(messages.join("\n"), @r#"
    prerequisites wait for each other: m.a -> m.b -> m.c -> m.a
    prerequisites wait for each other: m.a -> m.b -> m.d -> m.a
    "#);
}

#[test]
fn unknown_ids_are_answered_with_nothing() {
    let (graph, _) = graph("a");
    let nobody = id("nobody");
    assert!(graph.prerequisites(&nobody).is_empty());
    assert!(graph.served_by(&nobody).is_empty());
    assert!(graph.answered_by(&nobody).is_empty());
    assert_eq!(names(&graph.standing(&set("a nobody")).frontier), "a");
}

#[test]
fn the_tree_shows_goals_and_what_has_none() {
    let (graph, _) =
        graph("goal g\ngoal h\nrisk r\nb serves g h\na serves g after b\nc\nd answers r refines a");
    let tree = graph.tree();
    let branches = tree.goals.iter().chain(&tree.risks);
    let branches = branches.map(|branch| format!("{}: {}", branch.id.name(), names(&branch.constraints)));
    assert_eq!(branches.collect::<Vec<_>>(), ["g: a b", "h: b", "r: d"]);
    assert_eq!(names(&tree.without_goal), "c");
}

#[test]
fn dot_quotes_what_would_end_a_label() {
    let mut sources = Sources::default();
    let text = "[goal.g]\nsays = '''say \"yes\" \\ no\nnext'''\n[constraint.a]\nsays = \"A\"\nkind = \"no_panic\"\ntarget = \"crate::f\"\nserves = \"g\"\nafter = \"b\"\n[constraint.b]\nsays = \"B\"\nkind = \"no_panic\"\ntarget = \"crate::f\"\n";
    let file = sources.add("m.toml", text);
    let (model, _) = read(&sources, &[("m".to_owned(), file)], &[&NO_PANIC]);
    insta::assert_snapshot!(ConstraintGraph::build(&model).0.dot(&|_, id| (id.name() == "b").then_some("#fef2f2")), @r##"
    digraph constraints {
        rankdir = RL;
        node [fontname = "sans-serif"];
        "m.g" [shape = ellipse, label = "m.g\nsay \"yes\" \\ no\nnext"];
        "m.a" [shape = box, label = "m.a\nA"];
        "m.b" [shape = box, label = "m.b\nB", style = filled, fillcolor = "#fef2f2"];
        "m.a" -> "m.g";
        "m.a" -> "m.b" [style = dashed, label = "after"];
    }
    "##);
}

#[test]
fn a_hundred_thousand_in_a_chain_and_a_circle_are_walked() {
    let mut lines = String::from("a0\nb0 after b49999\n");
    for at in 1..50_000 {
        writeln!(lines, "a{at} after a{}\nb{at} after b{0}", at - 1).unwrap();
    }
    let (graph, faults) = graph(&lines);
    let order = graph.order();
    assert_eq!((order.len(), order[0].name(), order[99_999].name()), (100_000, "a0", "b0"));
    let standing = graph.standing(&order.iter().cloned().collect());
    assert_eq!(names(&standing.frontier), "a0 b1");
    assert_eq!(standing.frees[&id("a0")], 49_999);
    let faults = faults.sorted();
    assert_eq!(faults.len(), 1);
    assert!(faults[0].message.len() < 1000, "{}", faults[0].message);
}

proptest! {
    #[test]
    fn the_order_of_declarations_changes_nothing(
        edges in prop::collection::vec((0_usize..8, 0_usize..8), 0..16),
        areas in prop::collection::vec(prop::sample::select(Area::ALL.to_vec()), 8),
        order in Just((0..8).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let line = |at: usize| {
            let after = edges.iter().filter(|(from, _)| *from == at).map(|(_, to)| format!(" c{to}"));
            format!("c{at} area {} after{}", areas[at].name(), after.collect::<String>())
        };
        let result = |order: &mut dyn Iterator<Item = usize>| {
            let (graph, faults) = graph(&order.map(line).collect::<Vec<_>>().join("\n"));
            let mut messages: Vec<String> = faults.sorted().into_iter().map(|fault| fault.message).collect();
            messages.sort();
            (messages, graph.order(), graph.dot(&|_, _| None))
        };
        prop_assert_eq!(result(&mut (0..8)), result(&mut order.into_iter()));
    }

    #[test]
    fn a_red_one_frees_what_it_dominates_in_what_waits(
        edges in prop::collection::vec((0_usize..12, 0_usize..12), 0..30),
        red in prop::collection::btree_set(0_usize..12, 0..6),
    ) {
        let mut lines = String::new();
        for at in 0..12 {
            let after = edges.iter().filter(|(from, to)| *from == at && to < from).map(|(_, to)| format!(" c{to}"));
            writeln!(lines, "c{at} after{}", after.collect::<String>()).unwrap();
        }
        let (graph, _) = graph(&lines);
        let standing = graph.standing(&red.iter().map(|at| id(&format!("c{at}"))).collect());
        // What is red and free stands behind one root, and what waits for it behind that.
        let mut waiting: DiGraph<Option<Id>, ()> = DiGraph::new();
        let root = waiting.add_node(None);
        let nodes: BTreeMap<Id, _> = graph.order().into_iter().map(|id| (id.clone(), waiting.add_node(Some(id)))).collect();
        for id in &standing.frontier {
            waiting.add_edge(root, nodes[id], ());
        }
        for (id, node) in &nodes {
            for before in graph.prerequisites(id) {
                waiting.add_edge(nodes[&before], *node, ());
            }
        }
        let dominators = simple_fast(&waiting, root);
        for id in &standing.frontier {
            let dominated = nodes.values().filter(|node| {
                dominators.strict_dominators(**node).is_some_and(|mut all| all.any(|it| it == nodes[id]))
            });
            prop_assert_eq!(standing.frees[id], dominated.count(), "{} of\n{}", id, lines);
        }
    }

    #[test]
    fn every_constraint_comes_after_what_it_waits_for(edges in prop::collection::vec((0_usize..8, 0_usize..8), 0..20)) {
        let mut lines = String::new();
        for at in 0..8 {
            let after = edges.iter().filter(|(from, _)| *from == at).map(|(_, to)| format!(" c{to}"));
            writeln!(lines, "c{at} after{}", after.collect::<String>()).unwrap();
        }
        let (graph, _) = graph(&lines);
        let order = graph.order();
        prop_assert_eq!(order.len(), 8);
        for (at, id) in order.iter().enumerate() {
            for prerequisite in graph.prerequisites(id) {
                prop_assert!(order[..at].contains(&prerequisite));
            }
        }
    }
}
