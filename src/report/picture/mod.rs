//! Takes the declarations, their graph and perhaps verdicts, gives a picture as SVG.
//!
//! The same graph gives the same bytes. Each goal is a band with its constraints, which stand to the right of what
//! they wait for. What leads out of a band is named on the card: lines across the picture are hard to follow.
//! Risks have a band of their own. A verdict is a colour and a mark, so that either says it alone.

mod canvas;
mod layout;
mod paint;
mod svg;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use constraints_wire::Status;

use super::Verdicts;
use crate::graph::ConstraintGraph;
use crate::model::{Area, Constraint, Id, Level, Model, Spanned};

pub use paint::fill;

/// The graph as a picture; with verdicts, constraints, goals and risks are marked with where they stand.
pub fn picture(model: &Model, graph: &ConstraintGraph, verdicts: &Verdicts) -> String {
    svg::draw(&layout::lay_out(&cards(model, graph, verdicts)))
}

/// Everything that is shown of a graph.
struct Cards {
    bands: Vec<Band>,
    risks: Vec<RiskCard>,
}

/// A goal, or what serves none, and the constraints that are shown there.
struct Band {
    title: String,
    says: String,
    area: Option<Area>,
    status: Option<Status>,
    cards: Vec<Card>,
}

/// A constraint.
struct Card {
    id: Id,
    says: String,
    kind: &'static str,
    area: Area,
    level: Level,
    status: Option<Status>,
    /// How many wait for it and for no other red one.
    frees: usize,
    after: Vec<Id>,
    refines: Vec<Id>,
    conflicts: Vec<Id>,
    /// What it waits for elsewhere, the risks it answers, and the further goals it serves.
    chips: Vec<String>,
}

struct RiskCard {
    id: Id,
    says: String,
    rated: String,
    is_high: bool,
    status: Option<Status>,
    /// Names of what answers it.
    answers: Vec<String>,
}

/// A constraint that serves several goals stands at the first of them and names the others.
fn cards(model: &Model, graph: &ConstraintGraph, verdicts: &Verdicts) -> Cards {
    let mut served: BTreeMap<Option<&Id>, Vec<Card>> = BTreeMap::new();
    for (id, constraint) in &model.constraints {
        let goals = goals(model, constraint);
        let answers = constraint.answers.iter().map(|risk| &risk.value);
        let others = goals.iter().skip(1).copied();
        let goal = goals.first().copied();
        let is_here = |other: &Id| self::goals(model, &model.constraints[other]).first().copied() == goal;
        let prerequisites = graph.prerequisites(id);
        let elsewhere = prerequisites.iter().filter(|it| !is_here(it));
        let chips = [chip("after", elsewhere), chip("answers", answers), chip("serves", others)];
        let ids = |ids: &[Spanned<Id>]| ids.iter().map(|id| id.value.clone()).collect();
        let card = Card {
            id: id.clone(),
            says: constraint.says.value.clone(),
            kind: constraint.kind.value.id,
            area: graph.area(id),
            level: graph.level(id),
            status: verdicts.constraint(id),
            frees: verdicts.frees(id),
            after: prerequisites,
            refines: ids(&constraint.refines),
            conflicts: ids(&constraint.conflicts),
            chips: chips.into_iter().flatten().collect(),
        };
        served.entry(goal).or_default().push(card);
    }
    let mut bands = Vec::new();
    for (id, goal) in &model.goals {
        let cards = served.remove(&Some(id)).unwrap_or_default();
        let (title, says) = (id.to_string(), goal.says.value.clone());
        bands.push(Band { title, says, area: goal.area, status: verdicts.goal(id), cards });
    }
    if let Some(cards) = served.remove(&None) {
        let (title, says) = ("no goal".to_owned(), String::new());
        bands.push(Band { title, says, area: None, status: None, cards });
    }
    Cards { bands, risks: risks(model, graph, verdicts) }
}

fn risks(model: &Model, graph: &ConstraintGraph, verdicts: &Verdicts) -> Vec<RiskCard> {
    let risks = model.risks.values().map(|risk| RiskCard {
        id: risk.id.value.clone(),
        says: risk.says.value.clone(),
        rated: format!("{} × {}", risk.likelihood.value.name(), risk.impact.value.name()),
        is_high: risk.is_high(),
        status: verdicts.risk(&risk.id.value),
        answers: graph.answered_by(&risk.id.value).iter().map(|id| id.name().to_owned()).collect(),
    });
    risks.collect()
}

/// What leads out of a band: a word and the names; nothing where there are none.
fn chip<'i>(word: &str, ids: impl Iterator<Item = &'i Id>) -> Option<String> {
    let names: Vec<&str> = ids.map(Id::name).collect();
    (!names.is_empty()).then(|| format!("{word} {}", names.join(", ")))
}

/// The goals that a constraint serves, as far as they are declared.
fn goals<'m>(model: &'m Model, constraint: &'m Constraint) -> Vec<&'m Id> {
    let goals = constraint.serves.iter().map(|goal| &goal.value);
    goals.filter(|goal| model.goals.contains_key(goal)).collect()
}
