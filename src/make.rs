//! Takes the declarations with their graph and the facts of the crate, gives the plan and the files that it makes.
//!
//! It calls the stages from binding to the texts for one namespace after the other and keeps of a test what later
//! stages need: what it is bound to and its steps take ten times the room of its text. It touches no disk.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::emit::{Earlier, EmittedFile, Wiring, Writer, roll_entry, test_text};
use crate::graph::ConstraintGraph;
use crate::kinds;
use crate::model::{Constraint, Fault, Faults, Id, Model, Sources};
use crate::plan::{Aim, Case, Plan, Test, claims, lower};
use crate::resolve::{Binding, Bound, CrateFacts, Looked, unreadable};

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
    /// The namespaces, by name.
    pub namespaces: Vec<Namespace>,
    /// Warnings and notes, those of the stages before included.
    pub faults: Vec<Fault>,
}

/// What was made of one file of declarations.
#[derive(Debug)]
pub struct Namespace {
    /// Its name.
    pub name: String,
    /// The files of the crate that its tests depend on.
    pub looked: Looked,
    /// The features of the runtime that they need.
    pub features: BTreeSet<&'static str>,
    /// A number for what the roll says of them.
    pub roll: u64,
    /// Whether nothing is to be said of them.
    pub is_quiet: bool,
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
    let mut making = Making::new(model, graph, before, earlier);
    making.faults.extend(unreadable(facts, sources));
    making.all(facts, sources, |_| true);
    let aims = std::mem::take(&mut making.aims);
    making.faults.extend(claims(aims, model, graph));
    making.end(facts)
}

/// Makes the tests of the namespaces that are `wanted` alone, and of their files only those that hold tests.
///
/// It judges nothing that lies between declarations. The namespaces above and below of a wanted one have to be wanted,
/// too, for their files name each other.
///
/// # Errors
/// Everything that is to be said of them, warnings and notes included: it may concern others as well.
pub fn remake(
    model: &Model,
    graph: &ConstraintGraph,
    facts: &CrateFacts,
    sources: &Sources,
    wanted: &BTreeSet<String>,
    earlier: &Earlier,
) -> Result<Made, Vec<Fault>> {
    let mut making = Making::new(model, graph, unreadable(facts, sources), earlier);
    making.all(facts, sources, |namespace| wanted.contains(namespace));
    if !making.faults.is_empty() {
        return Err(making.faults.sorted());
    }
    let mut made = making.end(facts)?;
    made.files.retain(|file| !file.items.is_empty());
    Ok(made)
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
    Binding::with(facts, sources, |binding| {
        binding.each(model, model.constraints.get(id), |bound| {
            text = lower(&bound, graph, &model.settings).ok().flatten().map(|case| test_text(&case));
        })
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
    model: &'m Model,
    graph: &'m ConstraintGraph,
    /// The tests of namespaces that are done, without their steps.
    cases: Vec<Case>,
    writer: Writer<'m>,
    aims: Vec<Aim<'m>>,
    namespaces: Vec<Namespace>,
    faults: Faults,
}

impl<'m> Making<'m> {
    fn new(model: &'m Model, graph: &'m ConstraintGraph, faults: Faults, earlier: &'m Earlier) -> Self {
        let writer = Writer::new(earlier);
        let (cases, aims, namespaces) = (Vec::new(), Vec::new(), Vec::new());
        Self { model, graph, cases, writer, aims, namespaces, faults }
    }

    /// Makes the tests of all namespaces that are wanted.
    fn all(&mut self, facts: &CrateFacts, sources: &Sources, is_wanted: impl Fn(&str) -> bool) {
        Binding::with(facts, sources, |binding| {
            for (name, constraints) in namespaces(self.model) {
                if is_wanted(name) {
                    self.namespace(binding, name, constraints);
                }
            }
        });
    }

    fn namespace(&mut self, binding: &mut Binding<'_>, name: &str, constraints: Vec<&'m Constraint>) {
        let (mut cases, mut features, mut refused) = (Vec::new(), BTreeSet::new(), Faults::default());
        let mut faults = binding.each(self.model, constraints, |bound: Bound<'m>| {
            let kind = kinds::find(bound.constraint.kind.value.id);
            features.extend(kind.and_then(|kind| kind.feature(&bound)));
            self.aims.push(Aim::of(&bound));
            match lower(&bound, self.graph, &self.model.settings) {
                Ok(case) => cases.extend(case),
                Err(fault) => refused.push(fault),
            }
        });
        faults.extend(refused);
        let is_quiet = faults.is_empty();
        self.faults.extend(faults);
        // Of what is refused nothing is written.
        if !self.faults.refuse() && !cases.is_empty() {
            self.writer.namespace(name, &cases.iter().collect::<Vec<_>>());
        }
        for case in &mut cases {
            if let Test::Oracle(_) = case.test {
                case.test = Test::Written { executes: case.test.executes() };
            }
        }
        // What a selector selects depends on everything that is there.
        let selects = self.model.families.keys().any(|family| family.namespace() == name);
        let looked = Some(binding.looked()).filter(|_| !selects).unwrap_or(Looked::Everywhere);
        let (name, roll) = (name.to_owned(), of_roll(&cases));
        self.namespaces.push(Namespace { name, looked, features, roll, is_quiet });
        self.cases.extend(cases);
    }

    fn end(self, facts: &CrateFacts) -> Result<Made, Vec<Fault>> {
        let Self { cases, writer, namespaces, faults, .. } = self;
        if faults.refuse() {
            return Err(faults.sorted());
        }
        let mut plan = Plan { cases };
        plan.cases.sort_by(|a, b| a.id.cmp(&b.id));
        let files = writer.finish(&plan, &Wiring::of(facts));
        let features = namespaces.iter().flat_map(|namespace| namespace.features.iter().copied()).collect();
        Ok(Made { plan, files, features, namespaces, faults: faults.sorted() })
    }
}

/// A number for what the roll says of these tests.
fn of_roll(cases: &[Case]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for case in cases {
        format!("{:?}", roll_entry(case)).hash(&mut hasher);
    }
    hasher.finish()
}
