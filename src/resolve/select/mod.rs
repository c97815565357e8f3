//! Takes the selectors of the model and the facts, gives the model with a constraint for each function they select.
//!
//! An instance is found by the path a caller outside would write, and its id depends on that path alone.
//! Nothing is bound here: whether a test can call what was selected is judged where all constraints are bound.

mod criteria;
mod shape;
mod surface;

use std::collections::BTreeSet;

use super::bound::Place;
use super::facts::CrateFacts;
use super::inside;
use super::items::Tables;
use super::lower::Crate;
use super::workspace::Access;
use crate::model::{
    Argument, Code, Constraint, Family, Fault, Faults, Id, Model, Sources, Span, Spanned, Subject,
    did_you_mean, nearest,
};
use criteria::Criteria;
use surface::{Candidate, surface};

/// Functions that are shown where none fits.
const SHOWN: usize = 4;

/// Puts an instance of each family into the model for every function that its selector fits.
pub fn fan_out(model: &mut Model, facts: &CrateFacts, sources: &Sources) -> Faults {
    let mut faults = Faults::default();
    if !model.families.is_empty() {
        let inside = inside_of(facts);
        let krate = seen(&inside, facts, sources);
        let surface = surface(&krate);
        let mut families = std::mem::take(&mut model.families);
        for family in families.values_mut() {
            let instances = instances(family, &krate, &surface, &mut faults);
            if instances.is_empty() {
                let Constraint { id, serves, answers, .. } = &family.constraint;
                let reasons = serves.iter().chain(answers).map(|reason| reason.value.clone());
                model.unread.entry(id.value.clone()).or_default().extend(reasons);
            }
            family.instances = instances.iter().map(|instance| instance.id.value.clone()).collect();
            model.constraints.extend(instances.into_iter().map(|it| (it.id.value.clone(), it)));
        }
        model.families = families;
        lead_to_instances(model);
    }
    check_named(model, &mut faults);
    faults
}

/// Every function that a test can call, by the shortest path from outside and in its order, with where it is defined.
pub fn callable(facts: &CrateFacts, sources: &Sources) -> Vec<(String, Span)> {
    let inside = inside_of(facts);
    let krate = seen(&inside, facts, sources);
    surface(&krate).into_iter().map(|it| (it.path, it.callable.defined)).collect()
}

/// What only stands inside the crate sees more of it than those who link it.
fn inside_of(facts: &CrateFacts) -> Vec<(Place, Tables)> {
    if facts.access == Access::Linked { Vec::new() } else { inside::tables(facts) }
}

fn seen<'c>(inside: &'c [(Place, Tables)], facts: &'c CrateFacts, sources: &'c Sources) -> Crate<'c> {
    match inside.first() {
        Some((_, items)) => Crate::new(items, "crate", &facts.files, sources),
        None => Crate::new(&facts.items, &facts.library, &facts.files, sources),
    }
}

/// The instances of one family, by path.
fn instances(
    family: &Family,
    krate: &Crate<'_>,
    surface: &[Candidate<'_>],
    faults: &mut Faults,
) -> Vec<Constraint> {
    let Family { constraint, selector, .. } = family;
    if !matches!(constraint.kind.value.subject, Subject::Function | Subject::FunctionOrType) {
        let kind = constraint.kind.value.id;
        let message = format!("`targets` selects functions, and `{kind}` is not about one");
        faults.push(
            Fault::error(Code::WrongTarget, selector.span, message)
                .help("name what it is about with `target = \"crate::…\"`"),
        );
        return Vec::new();
    }
    let Some(criteria) = Criteria::read(selector, krate, faults) else { return Vec::new() };
    let mut selected = Vec::new();
    let mut others = Vec::new();
    for candidate in surface.iter().filter(|candidate| criteria.is_within(krate, candidate)) {
        let objections = criteria.objections(krate, candidate);
        if objections.is_empty() { selected.push(candidate) } else { others.push((objections, candidate)) }
    }
    criteria.unused_exceptions(surface, faults);
    if selected.is_empty() {
        faults.push(nothing(family, others));
        return Vec::new();
    }
    unknown_arguments(constraint, krate, &selected, faults);
    selected.into_iter().map(|candidate| instance(constraint, krate, candidate)).collect()
}

/// The declaration for one function, without generators for parameters that it does not have.
fn instance(constraint: &Constraint, krate: &Crate<'_>, candidate: &Candidate<'_>) -> Constraint {
    let mut instance = constraint.clone();
    instance.id.value = constraint.id.value.instance(&candidate.path);
    instance.target.value.clone_from(&candidate.path);
    let parameters = &candidate.callable.env.parameters;
    instance.generics.retain(|(name, _)| parameters.contains_key(&name.value));
    if constraint.call.is_none() {
        let names = parameter_names(krate, candidate);
        instance.args.retain(|argument| argument.given || names.contains(plain(&argument.name.value)));
    }
    instance
}

/// Reports generators for parameters that no function has.
fn unknown_arguments(
    constraint: &Constraint,
    krate: &Crate<'_>,
    selected: &[&Candidate<'_>],
    faults: &mut Faults,
) {
    if constraint.call.is_some() || constraint.args.is_empty() {
        return;
    }
    let names: BTreeSet<String> =
        selected.iter().flat_map(|candidate| parameter_names(krate, candidate)).collect();
    let unknown = |argument: &&Argument| !argument.given && !names.contains(plain(&argument.name.value));
    for argument in constraint.args.iter().filter(unknown) {
        let name = &argument.name.value;
        let message = format!("no function that is selected has a parameter `{name}`");
        let fault = Fault::error(Code::UnknownArgument, argument.name.span, message);
        let help = did_you_mean(&nearest(name, names.iter().map(String::as_str)));
        faults.push(fault.help(help.unwrap_or_else(|| "take it out, or mend the name".to_owned())));
    }
}

fn parameter_names(krate: &Crate<'_>, candidate: &Candidate<'_>) -> BTreeSet<String> {
    let parameters = krate.parameters(&candidate.callable).into_iter();
    parameters.map(|parameter| plain(&parameter.name).to_owned()).collect()
}

/// A parameter's name whichever way it is written.
fn plain(name: &str) -> &str {
    if name == "self" { "this" } else { name.trim_start_matches("r#") }
}

/// The fault of a selector that nothing fits, with the functions that fit most of it.
fn nothing(family: &Family, mut others: Vec<(Vec<String>, &Candidate<'_>)>) -> Fault {
    let selector = &family.selector;
    others.sort_by(|(left, a), (right, b)| (left.len(), &a.path).cmp(&(right.len(), &b.path)));
    let fault = Fault::error(Code::NothingSelected, selector.span, "no function fits `targets`");
    let fault = match others.len() {
        0 => fault
            .label("there is no function here that a test could call")
            .help("name a module or type with functions, or take `in` out to look at the whole crate"),
        1 => fault.label("there is one function here, and it does not fit"),
        count => fault.label(format!("there are {count} functions here, and none of them fits")),
    };
    let nearest = others.iter().take(SHOWN);
    nearest.fold(fault, |fault, (objections, candidate)| {
        fault.also(candidate.callable.defined, format!("`{}` {}", candidate.path, objections.join(", ")))
    })
}

/// Leads the edges to a family on to its instance of the same item, or to all of them if there is none.
fn lead_to_instances(model: &mut Model) {
    let families = &model.families;
    for (id, constraint) in &mut model.constraints {
        for edges in [&mut constraint.after, &mut constraint.conflicts, &mut constraint.refines] {
            let led = std::mem::take(edges).into_iter().flat_map(|edge| {
                let Some(family) = families.get(&edge.value) else { return vec![edge] };
                let same = id.item().map(|item| edge.value.instance(item));
                let same = same.filter(|same| family.instances.binary_search(same).is_ok());
                let ids = same.map_or_else(|| family.instances.clone(), |same| vec![same]);
                ids.into_iter().map(|id| Spanned::new(id, edge.span)).collect()
            });
            *edges = led.collect();
        }
    }
}

/// Reports ids of instances that do not exist.
fn check_named(model: &Model, faults: &mut Faults) {
    for named in &model.named_instances {
        let family = named.value.family();
        if model.constraints.contains_key(&named.value) || model.unread.contains_key(&family) {
            continue;
        }
        let fault = Fault::error(Code::UnknownId, named.span, format!("there is no `{}`", named.value));
        let fault = match model.families.get(&family) {
            Some(declared) => {
                let near = nearest(named.value.as_str(), declared.instances.iter().map(Id::as_str));
                let fault = fault.label(format!("`{family}` does not select this function"));
                near.iter().fold(fault, |fault, near| fault.help(format!("did you mean `{near}`?")))
            }
            None => fault
                .label(format!("`{family}` is about one item"))
                .help(format!("write `{family}` without what stands behind the `@`")),
        };
        faults.push(fault);
    }
}
