//! Takes the graph, gives it as a tree and as DOT.

use std::fmt::Write;

use petgraph::visit::EdgeRef;

use super::constraint_graph::{ConstraintGraph, Edge};
use crate::model::Id;

/// The graph the way a person reads it: goals and risks, and under each what is there for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// Goals by id, with what serves them.
    pub goals: Vec<Branch>,
    /// Risks by id, with what answers them.
    pub risks: Vec<Branch>,
    /// Constraints that serve no goal and answer no risk, by id.
    pub without_goal: Vec<Id>,
}

/// What a declaration is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A goal.
    Goal,
    /// A risk.
    Risk,
    /// A constraint.
    Constraint,
}

/// A goal or risk and its constraints. A constraint that is there for several stands under each of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The goal or risk.
    pub id: Id,
    /// What serves or answers it, by id.
    pub constraints: Vec<Id>,
}

impl ConstraintGraph {
    /// The goals and risks with their constraints, and the constraints without any.
    pub fn tree(&self) -> Tree {
        let goals = self.goals.keys().map(|id| Branch { id: id.clone(), constraints: self.served_by(id) });
        let risks = self.risks.keys().map(|id| Branch { id: id.clone(), constraints: self.answered_by(id) });
        let has_reason =
            |node| self.graph.edges(node).any(|edge| matches!(edge.weight(), Edge::Serves | Edge::Answers));
        let without_goal = self.constraints.iter().filter(|(_, node)| !has_reason(**node));
        Tree {
            goals: goals.collect(),
            risks: risks.collect(),
            without_goal: without_goal.map(|(id, _)| id.clone()).collect(),
        }
    }

    /// The graph in the language of Graphviz: goals as ellipses, risks as octagons, constraints as boxes, an arrow from
    /// a constraint to what it serves (solid), and to what it answers, waits for or refines (dashed). What has a fill
    /// is painted with it.
    pub fn dot(&self, fill: &dyn Fn(Sort, &Id) -> Option<&'static str>) -> String {
        let mut dot =
            String::from("digraph constraints {\n    rankdir = RL;\n    node [fontname = \"sans-serif\"];\n");
        let goals = self.goals.iter().map(|declared| (declared, Sort::Goal, "ellipse"));
        let risks = self.risks.iter().map(|declared| (declared, Sort::Risk, "octagon"));
        let constraints = self.constraints.iter().map(|declared| (declared, Sort::Constraint, "box"));
        for ((id, node), sort, shape) in goals.chain(risks).chain(constraints) {
            let label = format!("{}\\n{}", escaped(id.as_str()), escaped(&self.graph[*node].says));
            let fill = fill(sort, id).map(|fill| format!(", style = filled, fillcolor = \"{fill}\""));
            let fill = fill.unwrap_or_default();
            line(&mut dot, format_args!("{} [shape = {shape}, label = \"{label}\"{fill}];", quoted(id)));
        }
        for (id, node) in &self.constraints {
            let mut edges: Vec<_> =
                self.graph.edges(*node).map(|edge| (edge.target(), *edge.weight())).collect();
            edges.sort_unstable();
            for (target, edge) in edges {
                let style = match edge {
                    Edge::Serves => String::new(),
                    Edge::Conflicts => " [style = dotted, dir = none, label = \"conflicts\"]".to_owned(),
                    edge => format!(" [style = dashed, label = \"{}\"]", edge.name()),
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
