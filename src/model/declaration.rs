//! What the declarations say, before anything is looked up in the crate.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;

use super::{
    About, Area, Argument, Date, Effort, Expression, FileId, Generator, Id, Keys, Level, Settings, Span,
    Spanned, Variable,
};

/// A goal.
#[derive(Clone, Debug)]
pub struct Goal {
    /// Full id, at its header.
    pub id: Spanned<Id>,
    /// The goal in one sentence.
    pub says: Spanned<String>,
    /// Area of what serves it, unless the constraint says otherwise.
    pub area: Option<Area>,
    /// Level of what serves it, unless the constraint says otherwise.
    pub level: Option<Level>,
    /// Words to find it by.
    pub tags: Vec<Spanned<String>>,
}

/// How likely something is, or how bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Rating {
    /// Hardly.
    Low,
    /// Somewhat.
    Medium,
    /// Very.
    High,
}

impl Rating {
    /// All ratings, rising.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// The name in declarations.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// Something that may go wrong.
#[derive(Clone, Debug)]
pub struct Risk {
    /// Full id, at its header.
    pub id: Spanned<Id>,
    /// What may go wrong, in one sentence.
    pub says: Spanned<String>,
    /// How likely it is.
    pub likelihood: Spanned<Rating>,
    /// How bad it would be.
    pub impact: Spanned<Rating>,
    /// Area of what answers it, unless the constraint or its goal says otherwise.
    pub area: Option<Area>,
    /// Words to find it by, such as `cwe:601`.
    pub tags: Vec<Spanned<String>>,
}

impl Risk {
    /// Whether it is too grave to stay without an answer: one rating is high and the other at least medium.
    ///
    /// This is where the OWASP risk rating methodology begins to speak of a high severity.
    pub fn is_high(&self) -> bool {
        let (likelihood, impact) = (self.likelihood.value, self.impact.value);
        likelihood.max(impact) == Rating::High && likelihood.min(impact) >= Rating::Medium
    }
}

/// A named generator.
#[derive(Clone, Debug)]
pub struct Input {
    /// Full id, at its header.
    pub id: Spanned<Id>,
    /// The generator.
    pub generator: Generator,
}

/// A constraint as declared.
#[derive(Clone, Debug)]
pub struct Constraint {
    /// Full id, at its header.
    pub id: Spanned<Id>,
    /// The requirement in one sentence.
    pub says: Spanned<String>,
    /// What sort of requirement.
    pub kind: Spanned<&'static About>,
    /// Path of the item it is about, as written.
    pub target: Spanned<String>,
    /// The signature of the target, where the sources do not show it.
    pub signature: Option<Expression>,
    /// What the type parameters of the target are, by name, in the order written.
    pub generics: Vec<(Spanned<String>, Expression)>,
    /// Area, if said here.
    pub area: Option<Area>,
    /// Level, if said here.
    pub level: Option<Level>,
    /// Goals it is part of.
    pub serves: Vec<Spanned<Id>>,
    /// Constraints that have to hold before it makes sense to judge this one.
    pub after: Vec<Spanned<Id>>,
    /// Risks it is an answer to.
    pub answers: Vec<Spanned<Id>>,
    /// Constraints that cannot hold together with this one.
    pub conflicts: Vec<Spanned<Id>>,
    /// Constraints it is a stronger form of.
    pub refines: Vec<Spanned<Id>>,
    /// Words to find it by.
    pub tags: Vec<Spanned<String>>,
    /// Generators of arguments and of values that are not passed, in the order written.
    pub args: Vec<Argument>,
    /// Samples that belong together, a row each.
    pub samples: Vec<Row>,
    /// Variables of the process that makes the call, in the order written.
    pub env: Vec<Variable>,
    /// Rust that replaces the plain call of the target.
    pub call: Option<Expression>,
    /// What counts as a refusal, and what that means.
    pub refusal: Refusal,
    /// Rust that has to be true for a case to count.
    pub when: Option<Expression>,
    /// How far its search goes, as far as it says so.
    pub effort: Effort,
    /// The kind's own keys.
    pub keys: Keys,
}

impl Model {
    /// The constraints that `id` stands for: all instances of a family, else the one of that id.
    pub fn meant_by(&self, id: &Id) -> Vec<&Id> {
        match self.families.get(id) {
            Some(family) => family.instances.iter().collect(),
            None => self.constraints.get_key_value(id).map(|(id, _)| id).into_iter().collect(),
        }
    }
}

/// A constraint on every function that fits a selector.
#[derive(Clone, Debug)]
pub struct Family {
    /// The declaration, which each instance is a copy of; its target stands for the selector.
    pub constraint: Constraint,
    /// Which functions it is about.
    pub selector: Selector,
    /// Ids of the instances, in order; none before they are looked up in the crate.
    pub instances: Vec<Id>,
}

/// `targets = { .. }`: every function that fits all that is said.
#[derive(Clone, Debug)]
pub struct Selector {
    /// The whole selector.
    pub span: Span,
    /// Modules and types with all that is below them; none means the whole crate.
    pub within: Vec<Spanned<String>>,
    /// Patterns of types; for each of them the function has a parameter.
    pub takes: Vec<Expression>,
    /// Pattern of the type that comes back.
    pub returns: Option<Expression>,
    /// Pattern of the name, with `*` for any text.
    pub name: Option<Spanned<String>>,
    /// Paths of functions, types and modules that are left out.
    pub except: Vec<Spanned<String>>,
    /// Whether it can be used from outside the crate.
    pub public: Option<bool>,
    /// Whether it is async.
    pub is_async: Option<bool>,
    /// Whether it is unsafe to call.
    pub is_unsafe: Option<bool>,
}

/// `[[constraint.NAME.sample]]`: one value for each of several arguments.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its header.
    pub span: Span,
    /// The values by the name of their argument, in the order written; each generator gives one value exactly.
    pub cells: Vec<Argument>,
}

/// What a declaration says about calls that are refused.
#[derive(Clone, Debug, Default)]
pub struct Refusal {
    /// Rust over `result` that is true for a refusal.
    pub refused: Option<Expression>,
    /// What a panic of the target is, if it is no violation.
    pub panics: Option<Spanned<Panics>>,
    /// Where it says that no sample may be refused.
    pub must_pass: Option<Span>,
}

/// What a panic of the target is, other than a violation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Panics {
    /// As good as an answer: what can be judged without one is judged.
    Allowed,
    /// A refusal.
    Refuse,
}

impl Panics {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Allowed, Self::Refuse];

    /// The name in declarations.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Refuse => "refuse",
        }
    }
}

impl Model {
    /// Every generator there is, with those that make parts of its values.
    pub fn generators(&self) -> impl Iterator<Item = &Generator> {
        let of_inputs = self.inputs.values().map(|input| &input.generator);
        let moves = self.constraints.values().flat_map(Constraint::all_steps);
        let of_steps = moves.flat_map(|it| &it.args).map(|it| &it.generator);
        let of_constraints = self.constraints.values().flat_map(|it| &it.args).map(|it| &it.generator);
        let of_env = self.constraints.values().flat_map(|it| &it.env).filter_map(|it| it.generator.as_ref());
        let mut open: Vec<&Generator> =
            of_inputs.chain(of_constraints).chain(of_steps).chain(of_env).collect();
        std::iter::from_fn(move || {
            let next = open.pop()?;
            open.extend(next.inside());
            Some(next)
        })
    }

    /// The globs of files that generators start from.
    pub fn globs(&self) -> impl Iterator<Item = &Spanned<String>> {
        let bases = self.generators().filter_map(|generator| generator.base.as_ref());
        bases.flat_map(|base| base.value.globs())
    }
}

/// An excuse for a constraint that is red.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// Full id of the constraint, or of one instance of it.
    pub id: Spanned<Id>,
    /// Why it may be red for a while.
    pub reason: Spanned<String>,
    /// Who mends it.
    pub owner: Spanned<String>,
    /// First day on which it excuses.
    pub since: Spanned<Date>,
    /// Last day on which it excuses.
    pub until: Spanned<Date>,
}

/// All declarations of a package.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Goals by id.
    pub goals: BTreeMap<Id, Goal>,
    /// Risks by id.
    pub risks: BTreeMap<Id, Risk>,
    /// Constraints by id; those that select many items stand in `families`, and their instances here.
    pub constraints: BTreeMap<Id, Constraint>,
    /// Constraints that select many items, by id.
    pub families: BTreeMap<Id, Family>,
    /// Ids of single instances, wherever one is named; whether they exist only the crate tells.
    pub named_instances: Vec<Spanned<Id>>,
    /// Named generators by id.
    pub inputs: BTreeMap<Id, Input>,
    /// Constraints that were declared but could not be read, with the goals they serve and the risks they answer.
    /// The faults say why; what comes after must not complain that they are not there.
    pub unread: BTreeMap<Id, Vec<Id>>,
    /// Namespaces of files that are not valid TOML: what they declare is not known.
    pub unreadable: BTreeSet<String>,
    /// Waivers in the order written.
    pub waivers: Vec<Waiver>,
    /// What holds for all constraints.
    pub settings: Settings,
    /// Namespaces, each from one file, in the order of their names.
    pub namespaces: BTreeMap<String, FileId>,
}
