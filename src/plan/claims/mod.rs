//! Takes bound declarations, gives what is wrong between what they require of one target.
//!
//! Contradictions come with a witness, what is implied by something stronger is redundant. It judges by data alone and
//! is careful: what it cannot read, such as a Rust expression of another form, agrees with everything.

mod domain;
mod standing;
mod statement;
mod strength;
mod told;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::ConstraintGraph;
use crate::kinds;
use crate::model::{Constraint, Faults, Id, Model, Span};
use crate::resolve::{Bound, Target};

pub use standing::Strength;
pub use strength::compare;

use strength::Claim;

/// A declaration is held against at most so many others about its target, so that the cost grows with their number.
const NEIGHBOURS: usize = 100;

/// What a constraint is about, which is all that is asked of what it was bound to.
#[derive(Debug)]
pub struct Aim<'m> {
    constraint: &'m Constraint,
    target: String,
}

impl<'m> Aim<'m> {
    /// That of a bound declaration.
    pub fn of(bound: &Bound<'m>) -> Self {
        Self { constraint: bound.constraint, target: target(bound) }
    }
}

/// Contradictions, redundant declarations, and refusals without their twin.
///
/// # Panics
/// If the system gives no further thread.
pub fn claims<'m>(
    aims: impl IntoIterator<Item = Aim<'m>>,
    model: &'m Model,
    graph: &ConstraintGraph,
) -> Faults {
    let mut targets: BTreeMap<String, Vec<&Constraint>> = BTreeMap::new();
    for aim in aims {
        targets.entry(aim.target).or_default().push(aim.constraint);
    }
    let targets: Vec<Vec<&Constraint>> = targets.into_values().collect();
    let mut faults = Faults::default();
    let mut told = BTreeSet::new();
    // What a thread parses is kept for its spans until it ends, and of these nobody asks for one.
    for some in targets.chunks(AT_ONCE) {
        std::thread::scope(|scope| {
            let work = || some.iter().for_each(|one| of_target(one, model, graph, &mut told, &mut faults));
            let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
            if let Err(panic) = thread.expect("a further thread").join() {
                std::panic::resume_unwind(panic);
            }
        });
    }
    faults
}

/// So many targets are judged by one thread.
const AT_ONCE: usize = 1_000;

/// The stack on which readers of nested texts, which call themselves for each level, have room; what of it is not
/// used takes no memory.
pub const STACK: usize = 256 << 20;

/// What is wrong between the constraints on one target; `told` are the pairs of declarations that were reported.
fn of_target(
    constraints: &[&Constraint],
    model: &Model,
    graph: &ConstraintGraph,
    told: &mut BTreeSet<(Span, Span)>,
    faults: &mut Faults,
) {
    let mut constraints = constraints.to_vec();
    constraints.sort_by(|a, b| a.id.value.cmp(&b.id.value));
    let claims: Vec<Claim<'_>> =
        constraints.iter().map(|constraint| Claim::new(constraint, &model.inputs)).collect();
    faults.extend(claims.iter().filter_map(told::impossible).collect());
    let mut redundant_at = BTreeSet::new();
    for (at, one) in claims.iter().enumerate() {
        for other in &claims[at.saturating_sub(NEIGHBOURS)..at] {
            // Of one declaration on many functions each instance would say the same.
            let pair = (one.constraint.id.span, other.constraint.id.span);
            if pair.0 == pair.1 || told.contains(&pair) {
                continue;
            }
            // Of what is said a hundred times it is enough to say once that it is too much.
            let redundant =
                || told::redundant(other, one, graph).filter(|fault| redundant_at.insert(fault.at.span));
            if let Some(fault) = told::contradiction(other, one).or_else(redundant) {
                told.insert(pair);
                faults.push(fault);
            }
        }
    }
    faults.extend(lonely(&claims).into_iter().map(told::lonely).collect());
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
        Target::Function(_) | Target::Generic(_) | Target::Missing { .. } => {
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
