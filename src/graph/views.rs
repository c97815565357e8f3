//! Takes the graph, gives it as a tree and as DOT.

use std::fmt::Write;

use petgraph::visit::EdgeRef;

use super::constraint_graph::{ConstraintGraph, Edge};
use crate::model::Id;

/// The graph the way a person reads it: goals, and under each what serves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// Goals by id.
    pub goals: Vec<Branch>,
    /// Constraints that serve no goal, by id.
    pub without_goal: Vec<Id>,
}

/// A goal and what serves it. A constraint that serves several goals stands under each of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The goal.
    pub goal: Id,
    /// Constraints that serve it, by id.
    pub served_by: Vec<Id>,
}

impl ConstraintGraph {
    /// The goals with their constraints, and the constraints without goal.
    pub fn tree(&self) -> Tree {
        let goals =
            self.goals.keys().map(|goal| Branch { goal: goal.clone(), served_by: self.served_by(goal) });
        let serves = |node| self.graph.edges(node).any(|edge| *edge.weight() == Edge::Serves);
        let without_goal = self.constraints.iter().filter(|(_, node)| !serves(**node));
        Tree { goals: goals.collect(), without_goal: without_goal.map(|(id, _)| id.clone()).collect() }
    }

    /// The graph in the language of Graphviz: goals as ellipses, constraints as boxes,
    /// an arrow from a constraint to what it serves (solid) and what it waits for (dashed).
    pub fn dot(&self) -> String {
        let mut dot =
            String::from("digraph constraints {\n    rankdir = RL;\n    node [fontname = \"sans-serif\"];\n");
        let goals = self.goals.iter().map(|declared| (declared, "ellipse"));
        let constraints = self.constraints.iter().map(|declared| (declared, "box"));
        for ((id, node), shape) in goals.chain(constraints) {
            let label = format!("{}\\n{}", escaped(id.as_str()), escaped(&self.graph[*node].says));
            line(&mut dot, format_args!("{} [shape = {shape}, label = \"{label}\"];", quoted(id)));
        }
        for (id, node) in &self.constraints {
            let mut edges: Vec<_> =
                self.graph.edges(*node).map(|edge| (edge.target(), *edge.weight())).collect();
            edges.sort_by_key(|(target, _)| *target);
            for (target, edge) in edges {
                let style = match edge {
                    Edge::Serves => "",
                    Edge::After => " [style = dashed, label = \"after\"]",
                };
                line(&mut dot, format_args!("{} -> {}{style};", quoted(id), quoted(&self.graph[target].id)));
            }
        }
        dot.push_str("}\n");
        dot
    }
}

fn line(dot: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(dot, "    {line}").expect("writing to a text cannot fail");
}

fn quoted(id: &Id) -> String {
    format!("\"{}\"", escaped(id.as_str()))
}

/// Text inside the quotes of DOT, where a backslash begins an escape.
fn escaped(text: &str) -> String {
    let text = text.trim().replace('\\', "\\\\").replace('"', "\\\"");
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\\n")
}
