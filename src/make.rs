//! Takes the declarations with their graph and the facts of the crate, gives the plan and the files that it makes.
//!
//! It calls the stages from binding to the texts for one namespace after the other and keeps of a test what later
//! stages need: what it is bound to and its steps take ten times the room of its text. It touches no disk.

use std::collections::{BTreeMap, BTreeSet};

use crate::emit::{Earlier, EmittedFile, Wiring, Writer, test_text};
use crate::graph::ConstraintGraph;
use crate::kinds;
use crate::model::{Constraint, Fault, Faults, Id, Model, Sources};
use crate::plan::{Aim, Case, Plan, Test, claims, lower};
use crate::resolve::{Bound, CrateFacts, bind_each};

pub use crate::plan::STACK;

/// What the declarations of a package are made into.
#[derive(Debug)]
pub struct Made {
    /// The tests, without their steps: those stand in the files.
    pub plan: Plan,
    /// The files of `generated/`.
    pub files: Vec<EmittedFile>,
    /// The features of the runtime that they need.
    pub features: BTreeSet<&'static str>,
    /// Warnings and notes, those of the stages before included.
    pub faults: Vec<Fault>,
}

/// Makes the tests of all constraints; `before` are the faults of the stages before, `earlier` is what was written once.
///
/// # Errors
/// All faults, if one of them refuses what is declared.
pub fn make(
    model: &Model,
    graph: &ConstraintGraph,
    facts: &CrateFacts,
    sources: &Sources,
    before: Faults,
    earlier: &Earlier,
) -> Result<Made, Vec<Fault>> {
    let mut making = Making::new(before, earlier);
    let namespaces = namespaces(model);
    let of_binding = bind_each(model, facts, sources, namespaces.into_values().flatten(), |bound| {
        making.add(&bound, graph, model);
    });
    making.end_namespace();
    let Making { cases, writer, aims, features, mut faults, .. } = making;
    faults.extend(of_binding);
    let mut plan = Plan { cases };
    plan.cases.sort_by(|a, b| a.id.cmp(&b.id));
    faults.extend(claims(aims, model, graph));
    if faults.refuse() {
        return Err(faults.sorted());
    }
    let files = writer.finish(&plan, &Wiring::of(facts));
    Ok(Made { plan, files, features, faults: faults.sorted() })
}

/// The text of the test of one constraint; nothing where there is none.
pub fn test(
    model: &Model,
    graph: &ConstraintGraph,
    facts: &CrateFacts,
    sources: &Sources,
    id: &Id,
) -> Option<String> {
    let mut text = None;
    bind_each(model, facts, sources, model.constraints.get(id), |bound| {
        text = lower(&bound, graph, &model.settings).ok().flatten().map(|case| test_text(&case));
    });
    text
}

/// The constraints by the file that their tests stand in.
fn namespaces(model: &Model) -> BTreeMap<&str, Vec<&Constraint>> {
    let mut namespaces: BTreeMap<&str, Vec<&Constraint>> = BTreeMap::new();
    for (id, constraint) in &model.constraints {
        namespaces.entry(id.namespace()).or_default().push(constraint);
    }
    namespaces
}

/// What was made so far.
struct Making<'m> {
    /// The tests of namespaces that are done, without their steps.
    cases: Vec<Case>,
    /// Those of the namespace at hand.
    open: Vec<Case>,
    writer: Writer<'m>,
    aims: Vec<Aim<'m>>,
    features: BTreeSet<&'static str>,
    faults: Faults,
}

impl<'m> Making<'m> {
    fn new(faults: Faults, earlier: &'m Earlier) -> Self {
        Self {
            cases: Vec::new(),
            open: Vec::new(),
            writer: Writer::new(earlier),
            aims: Vec::new(),
            features: BTreeSet::new(),
            faults,
        }
    }

    fn add(&mut self, bound: &Bound<'m>, graph: &ConstraintGraph, model: &Model) {
        let constraint = bound.constraint;
        if self.open.first().is_some_and(|case| case.id.namespace() != constraint.id.value.namespace()) {
            self.end_namespace();
        }
        self.features.extend(kinds::find(constraint.kind.value.id).and_then(|kind| kind.feature(bound)));
        self.aims.push(Aim::of(bound));
        match lower(bound, graph, &model.settings) {
            Ok(case) => self.open.extend(case),
            Err(fault) => self.faults.push(fault),
        }
    }

    fn end_namespace(&mut self) {
        let Some(first) = self.open.first() else { return };
        // Of what is refused nothing is written.
        if !self.faults.refuse() {
            self.writer.namespace(first.id.namespace(), &self.open.iter().collect::<Vec<_>>());
        }
        for mut case in self.open.drain(..) {
            if let Test::Oracle(_) = case.test {
                case.test = Test::Written { executes: case.test.executes() };
            }
            self.cases.push(case);
        }
    }
}
