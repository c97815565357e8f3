//! Takes bound declarations, gives what is wrong between what they require of one target.
//!
//! Contradictions come with a witness, what is implied by something stronger is redundant. It judges by data alone and
//! is careful: what it cannot read, such as a Rust expression of another form, agrees with everything.

mod domain;
mod statement;
mod strength;
mod told;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::ConstraintGraph;
use crate::kinds;
use crate::model::{Faults, Id, Model};
use crate::resolve::{Bound, Target};

pub use strength::{Strength, compare};

use strength::Claim;

/// A declaration is held against at most so many others about its target, so that the cost grows with their number.
const NEIGHBOURS: usize = 100;

/// Contradictions, redundant declarations, and refusals without their twin.
pub fn claims(bound: &[Bound<'_>], model: &Model, graph: &ConstraintGraph) -> Faults {
    let mut targets: BTreeMap<String, Vec<Claim<'_>>> = BTreeMap::new();
    for bound in bound {
        targets.entry(target(bound)).or_default().push(Claim::new(bound.constraint, &model.inputs));
    }
    let mut faults = Faults::default();
    let mut told = BTreeSet::new();
    for claims in targets.values() {
        faults.extend(claims.iter().filter_map(told::impossible).collect());
        for (at, one) in claims.iter().enumerate() {
            for other in &claims[at.saturating_sub(NEIGHBOURS)..at] {
                // Of one declaration on many functions each instance would say the same.
                let pair = (one.constraint.id.span, other.constraint.id.span);
                if pair.0 == pair.1 || told.contains(&pair) {
                    continue;
                }
                let fault = told::contradiction(other, one).or_else(|| told::redundant(other, one, graph));
                if let Some(fault) = fault {
                    told.insert(pair);
                    faults.push(fault);
                }
            }
        }
        faults.extend(lonely(claims).into_iter().map(told::lonely).collect());
    }
    faults
}

/// What tells two targets apart: the item, by whatever path it was named.
fn target(bound: &Bound<'_>) -> String {
    match &bound.target {
        // One definition in a trait is a function of every type that has it.
        Target::Function(function) if function.path.qself.is_none() => {
            format!("{}:{}", function.defined.file.0, function.defined.start)
        }
        Target::Type(ty) => format!("{}:{}", ty.defined.file.0, ty.defined.start),
        Target::Module(path) => format!("crate::{}", path.join("::")),
        Target::Function(_) | Target::Missing { .. } => {
            bound.constraint.target.value.split_whitespace().collect()
        }
    }
}

/// Refusals of a target of which nothing says what it has to let through.
fn lonely<'c, 'm>(claims: &'c [Claim<'m>]) -> Vec<(&'c Claim<'m>, &'static str)> {
    let kinds: BTreeSet<&str> = claims.iter().map(|claim| claim.constraint.kind.value.id).collect();
    let twin = |claim: &Claim<'_>| kinds::find(claim.constraint.kind.value.id)?.twin();
    let lonely = claims.iter().filter_map(|claim| Some((claim, twin(claim)?)));
    let mut first: BTreeMap<&str, (&Claim<'_>, &'static str)> = BTreeMap::new();
    for (claim, twin) in lonely.filter(|(_, twin)| !kinds.contains(twin)) {
        first.entry(twin).or_insert((claim, twin));
    }
    first.into_values().collect()
}

/// Whether `refines` ties two constraints, so that whoever declared them knows.
fn is_declared(one: &Claim<'_>, other: &Claim<'_>) -> bool {
    let names = |claim: &Claim<'_>, id: &Id| claim.constraint.refines.iter().any(|it| it.value == *id);
    names(one, &other.constraint.id.value) || names(other, &one.constraint.id.value)
}
