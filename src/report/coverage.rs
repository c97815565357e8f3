//! Takes the functions of a crate, the plan and the declarations, gives the functions that no constraint names.
//!
//! It judges names alone: a function that is named may still be judged by little.

use std::collections::BTreeSet;

use crate::model::{Constraint, KeyValue, Model, Span};
use crate::plan::Plan;

/// Which functions of a crate are named by a constraint.
#[derive(Debug, PartialEq, Eq)]
pub struct Coverage {
    /// How many functions there are.
    pub functions: usize,
    /// Those that no constraint names, with where they are defined, in the order of their paths.
    pub unnamed: Vec<(String, Span)>,
}

/// Looks for each function among the targets of the plan and in the Rust of the declarations.
pub fn coverage(functions: Vec<(String, Span)>, plan: &Plan, model: &Model) -> Coverage {
    let targets: BTreeSet<Span> = plan.cases.iter().filter_map(|case| case.defined).collect();
    let mentioned: BTreeSet<&str> = model.constraints.values().flat_map(texts).flat_map(paths).collect();
    let count = functions.len();
    let is_named =
        |(path, defined): &(String, Span)| targets.contains(defined) || mentioned.contains(path.as_str());
    let unnamed = functions.into_iter().filter(|function| !is_named(function)).collect();
    Coverage { functions: count, unnamed }
}

/// All that a constraint says in Rust.
fn texts(constraint: &Constraint) -> Vec<&str> {
    let of_keys = constraint.keys.iter().filter_map(|(_, value)| match value {
        KeyValue::Expression(expression) => Some(expression.text.as_str()),
        KeyValue::Text(text) => Some(text.value.as_str()),
        _ => None,
    });
    let expressions =
        constraint.call.iter().chain(&constraint.when).map(|expression| expression.text.as_str());
    let of_args = constraint.args.iter().flat_map(|argument| argument.generator.expressions());
    of_keys.chain(expressions).chain(of_args.map(|expression| expression.text.as_str())).collect()
}

/// The paths from the root of the crate that stand in a text.
fn paths(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':';
    text.split(move |letter: char| !is_part(letter)).filter(|word| word.starts_with("crate::"))
}

#[cfg(test)]
mod tests {
    use super::coverage;
    use crate::emit::Earlier;
    use crate::graph::ConstraintGraph;
    use crate::kinds;
    use crate::make::make;
    use crate::model::{Sources, read};
    use crate::resolve::{CrateFacts, callable};

    const LIBRARY: &str = "
pub fn read(text: &str) -> u8 { 0 }
pub fn write(value: u8) -> String { String::new() }
pub fn writer(value: u8) -> String { String::new() }
pub fn forgotten(text: &str) {}
fn hidden() {}
pub struct Link;
impl Link { pub fn new(text: &str) -> Self { Link } pub fn open(&self) {} }
";

    const DECLARED: &str = r#"
[constraint.back]
says = "What was written is read"
kind = "law"
target = "crate::read"
then = "crate::write(result) == text"
[constraint.made]
says = "A link is made of anything"
kind = "no_panic"
target = "crate::Link::new"
"#;

    #[test]
    fn what_is_a_target_or_stands_in_an_expression_is_named_and_nothing_else() {
        let mut sources = Sources::default();
        let facts = CrateFacts::from_texts("app", &[("src/lib.rs", LIBRARY)], &mut sources).expect("a crate");
        let file = sources.add("constraints/main.toml", DECLARED);
        let (model, faults) = read(&sources, &[("main".to_owned(), file)], &kinds::about_all());
        let (graph, _) = ConstraintGraph::build(&model);
        let made = make(&model, &graph, &facts, &sources, faults, &Earlier::default())
            .expect("declared as it should be");
        let coverage = coverage(callable(&facts, &sources), &made.plan, &model);
        let unnamed: Vec<&str> = coverage.unnamed.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(unnamed, ["crate::Link::open", "crate::forgotten", "crate::writer"]);
        assert_eq!(coverage.functions, 6);
    }
}
