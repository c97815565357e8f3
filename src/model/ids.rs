//! Takes everything that was declared and everything that refers to it, gives the faults between them.
//!
//! Runs once, after all files: an id may be used before, or in another file than, its declaration.

use std::collections::{BTreeMap, BTreeSet};

use super::value::{Reference, Sort};
use super::{Base, Code, Fault, Faults, Id, Model, Span, Spanned, did_you_mean, nearest};

/// What was declared, whether or not it could be read, and what refers to it.
#[derive(Default)]
pub(super) struct Index {
    declared: BTreeMap<Sort, BTreeMap<Id, Span>>,
    pub(super) references: Vec<Reference>,
}

impl Index {
    /// Notes a declaration; a second one of the same id is a fault and `false`.
    ///
    /// Goals, risks and constraints share their ids, because reports name them all. Inputs have ids of their own.
    pub(super) fn declare(&mut self, sort: Sort, id: &Id, at: Span, faults: &mut Faults) -> bool {
        let rivals: &[Sort] =
            if sort == Sort::Input { &[sort] } else { &[Sort::Goal, Sort::Risk, Sort::Constraint] };
        let first = rivals.iter().find_map(|rival| Some((*rival, *self.declared.get(rival)?.get(id)?)));
        if let Some((rival, first)) = first {
            faults.push(
                Fault::error(Code::DuplicateId, at, format!("`{id}` is declared twice"))
                    .label(format!("again, as {}", sort.with_article()))
                    .also(first, format!("first as {}", rival.with_article()))
                    .help("rename one of them"),
            );
            return false;
        }
        self.declared.entry(sort).or_default().insert(id.clone(), at);
        true
    }

    /// Reports ids that nothing declares, each as often as it is used; what a file declares that cannot be read
    /// is not known, so nothing is said of ids in it.
    pub(super) fn check(&self, unreadable: &BTreeSet<String>, faults: &mut Faults) {
        let mut known_help = BTreeMap::new();
        for reference in &self.references {
            let id = &reference.id.value;
            // Whether a family has this instance only the crate tells.
            let declared = if reference.sort == Sort::Constraint { &id.family() } else { id };
            if self.span_of(reference.sort, declared).is_some() || unreadable.contains(id.namespace()) {
                continue;
            }
            let question = (reference.sort, &reference.namespace, &reference.written);
            let help = known_help.entry(question).or_insert_with(|| self.help(reference)).clone();
            faults.push(self.unknown(reference, help));
        }
    }

    /// The ids of single instances that are used, where they are.
    pub(super) fn instances(self) -> Vec<Spanned<Id>> {
        let used = self.references.into_iter().filter(|reference| reference.sort == Sort::Constraint);
        used.map(|reference| reference.id).filter(|id| id.value.item().is_some()).collect()
    }

    fn unknown(&self, reference: &Reference, help: Option<String>) -> Fault {
        let Reference { written, id, sort, .. } = reference;
        let wanted = sort.name();
        let fault = Fault::error(Code::UnknownId, id.span, format!("there is no {wanted} `{written}`"));
        let other = Sort::ALL.into_iter().find_map(|other| Some((other, self.span_of(other, &id.value)?)));
        let fault = match other {
            Some((other, at)) => {
                fault.label(format!("this is {}", other.with_article())).also(at, "declared here")
            }
            None => fault.label(format!("nothing declares this {wanted}")),
        };
        match (help, other) {
            (Some(help), _) => fault.help(help),
            (None, Some((Sort::Goal, _))) => fault.help("goals go into `serves`"),
            (None, Some((Sort::Risk, _))) => fault.help("risks go into `answers`"),
            (None, Some((Sort::Constraint, _))) => fault.help("constraints go into `after`"),
            (None, Some((Sort::Input, _))) => fault.help("inputs go into the `input` of a generator"),
            (None, None) => fault.help(reference.way_out()),
        }
    }

    fn help(&self, reference: &Reference) -> Option<String> {
        let declared = self.declared.get(&reference.sort)?;
        let names = declared
            .keys()
            .map(|id| if id.namespace() == reference.namespace { id.name() } else { id.as_str() });
        did_you_mean(&nearest(&reference.written, names))
    }

    fn span_of(&self, sort: Sort, id: &Id) -> Option<Span> {
        self.declared.get(&sort)?.get(id).copied()
    }
}

impl Reference {
    /// What to do where nothing has a name that is near.
    fn way_out(&self) -> String {
        let declaration = format!("declare `[{}.{}]`", self.sort.name(), self.id.value.name());
        if self.id.value.namespace() == self.namespace {
            format!("{declaration}, or write `file.name` for one of another file")
        } else {
            format!("{declaration} in `{}.toml`", self.id.value.namespace())
        }
    }
}

/// Reports inputs that are made from themselves, and cuts them there so that everything after can follow them.
pub(super) fn cut_input_cycles(model: &mut Model, faults: &mut Faults) {
    let mut finished: BTreeSet<Id> = BTreeSet::new();
    for start in model.inputs.keys().cloned().collect::<Vec<_>>() {
        // Each input on the path, with those it is made of that have not been followed, the next one last.
        let mut path: Vec<(Id, Vec<(Id, Span)>)> = Vec::new();
        let mut on_path: BTreeSet<Id> = BTreeSet::new();
        let mut next = Some(start);
        loop {
            if let Some(id) = next.take()
                && !finished.contains(&id)
            {
                on_path.insert(id.clone());
                path.push((id.clone(), sources_of(model, &id)));
            }
            let Some((current, open)) = path.last_mut() else { break };
            let Some((source, at)) = open.last().cloned() else {
                on_path.remove(current);
                finished.insert(current.clone());
                path.pop();
                if let Some((_, open)) = path.last_mut() {
                    open.pop();
                }
                continue;
            };
            if on_path.contains(&source) {
                let current = current.clone();
                let edge =
                    |(id, open): &(Id, Vec<(Id, Span)>)| (id.clone(), open.last().map_or(at, |it| it.1));
                let edges: Vec<(Id, Span)> = path.iter().map(edge).collect();
                faults.push(input_cycle(&edges, &source));
                if let Some(input) = model.inputs.get_mut(&current) {
                    input.generator.base = None;
                }
                if let Some((_, open)) = path.last_mut() {
                    open.clear();
                }
            } else if finished.contains(&source) {
                open.pop();
            } else {
                next = Some(source);
            }
        }
    }
}

/// The inputs that an input is made of, the last one first.
fn sources_of(model: &Model, input: &Id) -> Vec<(Id, Span)> {
    let Some(input) = model.inputs.get(input) else { return Vec::new() };
    let mut sources = Vec::new();
    let mut open = vec![&input.generator];
    while let Some(generator) = open.pop() {
        if let Some(Spanned { value: Base::Input(source), .. }) = &generator.base {
            sources.push((source.value.clone(), source.span));
        }
        open.extend(generator.inside());
    }
    sources.sort_by_key(|(_, at)| std::cmp::Reverse(*at));
    sources
}

fn input_cycle(path: &[(Id, Span)], first: &Id) -> Fault {
    let begin = path.iter().position(|(id, _)| id == first).unwrap_or_default();
    let edges = &path[begin..];
    let (last, closes) = &edges[edges.len() - 1];
    let ids: Vec<&str> = edges.iter().map(|(id, _)| id.as_str()).chain([first.as_str()]).collect();
    let fault =
        Fault::error(Code::Cycle, *closes, format!("inputs are made from each other: {}", ids.join(" -> ")))
            .label(format!("`{last}` is made from `{first}`, which closes the circle"))
            .help("let one of them start from something else, such as `like`");
    edges[..edges.len() - 1]
        .iter()
        .zip(&edges[1..])
        .fold(fault, |fault, ((id, at), (next, _))| fault.also(*at, format!("`{id}` is made from `{next}`")))
}
