use toml::de::DeTable;

use super::ids::{Index, cut_input_cycles};
use super::nearest::list;
use super::value::{Entry, Reader, Sort, Table};
use super::{
    About, Code, Family, Fault, Faults, FileId, Id, Input, Model, Sources, Span, Spanned, names, syntax,
};

/// Reads declaration files, each given with its namespace.
///
/// Goes on after every fault: what could be read is in the model, what could not is in the faults.
pub fn read(sources: &Sources, files: &[(String, FileId)], kinds: &[&'static About]) -> (Model, Faults) {
    let mut gathered = Gathered::default();
    for (namespace, file) in files {
        gathered.file(sources, namespace, *file, kinds);
    }
    let Gathered { mut model, mut faults, index } = gathered;
    index.check(&model.unreadable, &mut faults);
    model.named_instances = index.instances();
    cut_input_cycles(&mut model, &mut faults);
    // What is added in order leaves a map half empty, and of many large declarations that shows.
    model.constraints = std::mem::take(&mut model.constraints).into_iter().collect();
    (model, faults)
}

#[derive(Default)]
struct Gathered {
    model: Model,
    faults: Faults,
    index: Index,
}

impl Gathered {
    fn file(&mut self, sources: &Sources, namespace: &str, file: FileId, kinds: &[&'static About]) {
        let (document, errors) = DeTable::parse_recoverable(&sources.file(file).text);
        let readable = errors.is_empty();
        self.faults.extend(syntax::faults(&errors, sources, file));
        let mut reader =
            Reader { sources, kinds, namespace, file, faults: Faults::default(), references: Vec::new() };
        let usable = self.namespace(&mut reader) && readable;
        let at = Span { file, start: 0, end: 0 };
        let mut top = Table::new(file, "the file".to_owned(), at, document.get_ref());
        // Read before, to know whether the file is about this package at all.
        top.take(super::scope::KEY);
        for sort in Sort::ALL {
            let Some(entry) = top.take(sort.name()) else { continue };
            let takes = format!("tables: `[{}.NAME]`", sort.name());
            let Some(table) = reader.table(&entry, String::new(), &takes) else { continue };
            for entry in table.into_entries() {
                self.declaration(&mut reader, sort, &entry, usable);
            }
        }
        reader.close(top);
        // Of a file that does not parse, what is left says little: its other faults may come from the first.
        if readable {
            self.faults.extend(reader.faults);
            self.index.references.extend(reader.references);
        } else {
            self.model.unreadable.insert(namespace.to_owned());
        }
    }

    /// Whether the namespace can be used.
    fn namespace(&mut self, reader: &mut Reader<'_>) -> bool {
        let (namespace, file) = (reader.namespace, reader.file);
        let at = Span { file, start: 0, end: 0 };
        if let Some(first) = self.model.namespaces.get(namespace) {
            self.faults.push(
                Fault::error(Code::DuplicateId, at, format!("two files are named `{namespace}`"))
                    .label("the second one")
                    .also(Span { file: *first, ..at }, "the first one")
                    .help("rename one of the files"),
            );
        } else {
            self.model.namespaces.insert(namespace.to_owned(), file);
        }
        // The module of the user's own Rust stands beside those of the namespaces.
        let parts: Vec<&str> = parts(&reader.sources.file(file).path, namespace);
        let objection = |(at, part): (usize, &&str)| {
            let support = "`support` is the module of `constraints/support.rs`";
            let objection =
                if at == 0 && *part == "support" { Some(support) } else { names::objection(part) };
            Some((at, (*part).to_owned(), objection?))
        };
        let Some((number, part, objection)) = parts.iter().enumerate().find_map(objection) else {
            return true;
        };
        let (what, ending) = if number + 1 == parts.len() { ("file", ".toml") } else { ("folder", "") };
        let message = format!(
            "a {what} of declarations cannot be named `{part}{ending}`: it becomes a module of the tests"
        );
        let repaired = names::repaired(&part).filter(|name| name != "support");
        let help = repaired.map_or_else(
            || format!("rename the {what}; the name is a lower snake case word"),
            |name| format!("rename the {what} to `{name}{ending}`"),
        );
        self.faults.push(Fault::error(Code::InvalidValue, at, message).label(objection).help(help));
        false
    }

    fn declaration(&mut self, reader: &mut Reader<'_>, sort: Sort, entry: &Entry<'_>, usable: bool) {
        let id = Spanned::new(Id::new(reader.namespace, entry.key), entry.key_span);
        let named = name_is_usable(reader, sort, entry);
        let first = self.index.declare(sort, &id.value, entry.key_span, &mut reader.faults);
        let usable = usable && named && first;
        match sort {
            Sort::Goal => {
                if let Some(goal) = reader.goal(entry, id).filter(|_| usable) {
                    self.model.goals.insert(goal.id.value.clone(), goal);
                }
            }
            Sort::Risk => {
                if let Some(risk) = reader.risk(entry, id).filter(|_| usable) {
                    self.model.risks.insert(risk.id.value.clone(), risk);
                }
            }
            Sort::Input => {
                if let Some(input) = input(reader, entry, id).filter(|_| usable) {
                    self.model.inputs.insert(input.id.value.clone(), input);
                }
            }
            Sort::Constraint => {
                let read = reader.constraint(entry, id.clone());
                if let Some(constraint) = read.constraint.filter(|_| usable) {
                    if let Some(selector) = read.selector {
                        let family = Family { constraint, selector, instances: Vec::new() };
                        self.model.families.insert(id.value, family);
                    } else {
                        self.model.constraints.insert(id.value, constraint);
                    }
                } else {
                    self.model.unread.entry(id.value).or_default().extend(read.reasons);
                }
            }
        }
    }
}

/// The modules that a namespace becomes: its folders and its file, which may have a dot of its own.
fn parts<'n>(path: &str, namespace: &'n str) -> Vec<&'n str> {
    let file = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".toml");
    match namespace.strip_suffix(file).map(|folders| (folders.trim_end_matches('.'), file.len())) {
        Some((folders, length)) if !file.is_empty() => {
            let folders = folders.split('.').filter(|folder| !folder.is_empty());
            folders.chain([&namespace[namespace.len() - length..]]).collect()
        }
        _ => namespace.split('.').collect(),
    }
}

fn name_is_usable(reader: &mut Reader<'_>, sort: Sort, entry: &Entry<'_>) -> bool {
    let Some(objection) = names::objection(entry.key) else { return true };
    let message = format!(
        "`{}` cannot name {}",
        entry.key,
        if sort == Sort::Input { "an input" } else { "a goal, risk or constraint" }
    );
    let help = match names::repaired(entry.key) {
        Some(name) => format!("call it `{name}`"),
        None => "names become functions of the tests: use lower snake case, such as `parse_total`".to_owned(),
    };
    reader.invalid(entry.key_span, message, objection, help);
    false
}

fn input(reader: &mut Reader<'_>, entry: &Entry<'_>, id: Spanned<Id>) -> Option<Input> {
    let table = reader.table(entry, format!("input `{}`", entry.key), "a table: `[input.NAME]`")?;
    if entry.value.as_table().is_some_and(DeTable::is_empty) {
        let fault =
            Fault::error(Code::MissingKey, entry.key_span, format!("input `{}` has no generator", entry.key));
        let known = list(&["like", "one_of", "matching", "value"], "or").unwrap_or_default();
        reader
            .faults
            .push(fault.label("nothing to make values from").help(format!("add one, such as {known}")));
    }
    let generator = reader.generator(table, entry.span);
    Some(Input { id, generator })
}
