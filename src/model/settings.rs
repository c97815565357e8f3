//! Takes the text of `constraints/settings.toml`, gives how far tests search, how they are run and what is around them.
//!
//! It declares no requirement, and what a constraint or the command line says goes before it.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::syntax;
use super::value::{Entry, Reader, Table, wrong};
use super::{
    About, Area, Code, Constraint, Effort, Fault, Faults, FileId, Id, Model, Runner, Settings, Shape,
    Sources, Span, Spanned, did_you_mean, nearest,
};

/// So many cases a search tries at least: of fewer, a pass says next to nothing.
pub const LEAST_CASES: u64 = 100;

/// So long a search may take at most, in seconds: a day.
const LONGEST: f64 = 86_400.0;

/// Reads the settings in `file`; what is not in order is a fault and sets nothing.
pub fn settings(
    sources: &Sources,
    file: FileId,
    kinds: &[&'static About],
    model: &Model,
) -> (Settings, Faults) {
    let mut reader = Reader {
        sources,
        kinds,
        namespace: "settings",
        file,
        faults: Faults::default(),
        references: Vec::new(),
    };
    let (document, errors) = DeTable::parse_recoverable(&sources.file(file).text);
    if !errors.is_empty() {
        return (Settings::default(), syntax::faults(&errors, sources, file));
    }
    let at = Span { file, start: 0, end: 0 };
    let mut top = Table::new(file, "the settings".to_owned(), at, document.get_ref());
    let settings = Settings {
        effort: reader.effort(&mut top),
        areas: top.take("area").map(|entry| reader.areas(&entry)).unwrap_or_default(),
        kinds: top.take("kind").map(|entry| reader.efforts_of_kinds(&entry)).unwrap_or_default(),
        runner: top.take("runner").map(|entry| reader.runner(&entry)).unwrap_or_default(),
        env: top.take("env").map(|entry| reader.variables(&entry)).unwrap_or_default(),
        above: None,
    };
    reader.close(top);
    for reference in &reader.references {
        let is_unread = model.unreadable.contains(reference.id.value.namespace());
        if !is_unread && !model.inputs.contains_key(&reference.id.value) {
            let fault = unknown_input(&reference.id, &reference.written, model);
            reader.faults.push(fault);
        }
    }
    (settings, reader.faults)
}

fn unknown_input(id: &Spanned<Id>, written: &str, model: &Model) -> Fault {
    let near = nearest(id.value.as_str(), model.inputs.keys().map(Id::as_str));
    let help = did_you_mean(&near).unwrap_or_else(|| "write its whole id: `file.name`".to_owned());
    Fault::error(Code::UnknownId, id.span, format!("there is no input `{written}`"))
        .label("no such input")
        .help(help)
}

impl Reader<'_> {
    /// What `cases` and `budget` say.
    pub(super) fn effort(&mut self, table: &mut Table<'_>) -> Effort {
        let cases = table.take("cases").and_then(|entry| self.cases(&entry));
        let budget = table.take("budget").and_then(|entry| self.stretch(&entry));
        Effort { cases, budget }
    }

    /// The same of a constraint, whose kind may search for nothing.
    pub(super) fn effort_of(&mut self, table: &mut Table<'_>, kind: Option<&'static About>) -> Effort {
        let entries = ["cases", "budget"].map(|key| table.take(key));
        if let Some(kind) = kind.filter(|kind| !kind.shape.searches()) {
            for entry in entries.into_iter().flatten() {
                self.searches_nothing(&entry, kind);
            }
            return Effort::default();
        }
        let [cases, budget] = entries;
        Effort {
            cases: cases.and_then(|entry| self.cases(&entry)),
            budget: budget.and_then(|entry| self.stretch(&entry)),
        }
    }

    fn searches_nothing(&mut self, entry: &Entry<'_>, kind: &About) {
        let message = format!("`{}` says nothing of the kind `{}`", entry.key, kind.id);
        self.invalid(entry.key_span, message, "it tries no cases", "take it out");
    }

    fn cases(&mut self, entry: &Entry<'_>) -> Option<Spanned<u64>> {
        let cases = self.whole(entry, "cases = 20_000")?;
        if cases.value >= LEAST_CASES {
            return Some(cases);
        }
        let help = format!("write at least {LEAST_CASES}; `budget` limits the time");
        let message = format!("of {} cases a pass says next to nothing", cases.value);
        self.invalid(entry.span, message, "too few", help);
        None
    }

    /// Some time, but not more than a day.
    fn stretch(&mut self, entry: &Entry<'_>) -> Option<Spanned<f64>> {
        let seconds = self.seconds(entry)?;
        if seconds.value > 0.0 && seconds.value <= LONGEST {
            return Some(seconds);
        }
        let message = format!("`{}` has to be more than nothing and at most a day", entry.key);
        self.invalid(
            entry.span,
            message,
            "not such a time",
            format!("write it like `{} = \"30 s\"`", entry.key),
        );
        None
    }

    fn whole(&mut self, entry: &Entry<'_>, example: &str) -> Option<Spanned<u64>> {
        let number = match entry.value {
            DeValue::Integer(number) => u64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        if number.is_none() {
            let fault = wrong(entry.key, "a whole number", entry.value, entry.span);
            self.faults.push(fault.help(format!("write it like `{example}`")));
        }
        number.map(|number| Spanned::new(number, entry.span))
    }

    fn areas(&mut self, entry: &Entry<'_>) -> BTreeMap<Area, Effort> {
        let takes = "a table of areas: `[area.security]`";
        let Some(mut table) = self.table(entry, "`area`".to_owned(), takes) else { return BTreeMap::new() };
        let mut efforts = BTreeMap::new();
        for area in Area::ALL {
            let Some(entry) = table.take(area.name()) else { continue };
            let owner = format!("the area `{}`", area.name());
            let Some(mut table) = self.table(&entry, owner, "a table") else { continue };
            efforts.insert(area, self.effort(&mut table));
            self.close(table);
        }
        self.close(table);
        efforts
    }

    fn efforts_of_kinds(&mut self, entry: &Entry<'_>) -> BTreeMap<&'static str, Effort> {
        let takes = "a table of kinds: `[kind.no_panic]`";
        let Some(mut table) = self.table(entry, "`kind`".to_owned(), takes) else { return BTreeMap::new() };
        let mut efforts = BTreeMap::new();
        for kind in self.kinds {
            let Some(entry) = table.take(kind.id) else { continue };
            let owner = format!("the kind `{}`", kind.id);
            let Some(mut table) = self.table(&entry, owner, "a table") else { continue };
            efforts.insert(kind.id, self.effort_of(&mut table, Some(kind)));
            self.close(table);
        }
        self.close(table);
        efforts
    }

    fn runner(&mut self, entry: &Entry<'_>) -> Runner {
        let Some(mut table) = self.table(entry, "`runner`".to_owned(), "a table: `[runner]`") else {
            return Runner::default();
        };
        let threads = table.take("threads").and_then(|entry| {
            let threads = self.whole(&entry, "threads = 4")?;
            if threads.value == 0 {
                self.invalid(entry.span, "no test runs on no thread", "none", "write `threads = 1` or more");
            }
            Some(threads).filter(|threads| threads.value > 0)
        });
        let patience = table.take("patience").and_then(|entry| self.stretch(&entry));
        self.close(table);
        Runner { threads, patience }
    }
}

impl Settings {
    /// How far the search of `constraint` goes, which is one of `area`: the nearest that says so decides.
    pub fn effort(&self, constraint: &Constraint, area: Area) -> Effort {
        constraint.effort.or(self.effort_of(constraint.kind.value.id, area))
    }
}

impl Shape {
    /// Whether tests of this shape try cases, one after the other.
    pub fn searches(self) -> bool {
        match self {
            Self::Property | Self::Measure | Self::Scenario => true,
            Self::Source | Self::Evidence => false,
        }
    }
}
