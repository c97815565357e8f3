//! Takes parsed TOML, gives typed values with spans; a value of another type is a fault.
//!
//! It knows nothing of goals and constraints: those say which keys they take.

use toml::de::{DeTable, DeValue};

use super::nearest::list;
use super::{
    About, Code, Expression, Fault, Faults, FileId, Id, Literal, Sources, Span, Spanned, did_you_mean,
    nearest,
};

/// What can be declared, and referred to by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    Goal,
    Risk,
    Constraint,
    Input,
}

impl Sort {
    pub(super) const ALL: [Self; 4] = [Self::Goal, Self::Risk, Self::Input, Self::Constraint];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Goal => "goal",
            Self::Risk => "risk",
            Self::Constraint => "constraint",
            Self::Input => "input",
        }
    }

    pub(super) fn with_article(self) -> &'static str {
        match self {
            Self::Goal => "a goal",
            Self::Risk => "a risk",
            Self::Constraint => "a constraint",
            Self::Input => "an input",
        }
    }
}

/// An id as it was used somewhere; whether it exists is known when all files are read.
pub(super) struct Reference {
    pub(super) written: String,
    pub(super) id: Spanned<Id>,
    pub(super) sort: Sort,
    /// Namespace of the file it stands in.
    pub(super) namespace: String,
}

/// What the reading of one file needs, and what it leaves besides the declarations.
pub(super) struct Reader<'a> {
    pub(super) sources: &'a Sources,
    pub(super) kinds: &'a [&'static About],
    pub(super) namespace: &'a str,
    pub(super) file: FileId,
    pub(super) faults: Faults,
    pub(super) references: Vec<Reference>,
}

/// A key and its value.
#[derive(Clone)]
pub(super) struct Entry<'t> {
    pub(super) key: &'t str,
    pub(super) key_span: Span,
    pub(super) value: &'t DeValue<'t>,
    pub(super) span: Span,
}

impl Entry<'_> {
    /// Key and value together where they stand on one line of thought, else the key.
    pub(super) fn whole(&self) -> Span {
        if self.span.start >= self.key_span.end {
            Span { end: self.span.end, ..self.key_span }
        } else {
            self.key_span
        }
    }
}

/// A table whose keys are taken one by one, so that what nobody took is known in the end.
pub(super) struct Table<'t> {
    /// What the table declares, such as ``constraint `parse_total` ``.
    owner: String,
    /// Where a missing key is reported.
    at: Span,
    entries: Vec<Entry<'t>>,
    known: Vec<&'static str>,
    missing: Vec<(&'static str, String)>,
    /// The kind is not known, so neither are its keys.
    open: bool,
}

impl<'t> Table<'t> {
    /// Entries in the order written.
    pub(super) fn new(file: FileId, owner: String, at: Span, table: &'t DeTable<'t>) -> Self {
        let place = |range: std::ops::Range<usize>| Span { file, start: range.start, end: range.end };
        let mut entries: Vec<Entry<'t>> = table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref(),
                key_span: place(key.span()),
                value: value.get_ref(),
                span: place(value.span()),
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_span);
        Self { owner, at, entries, known: Vec::new(), missing: Vec::new(), open: false }
    }

    /// Takes `key` out, if it is there.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Entry<'t>> {
        self.known.push(key);
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(at))
    }

    /// Takes `key` out; without it the declaration is refused with the proposal `help`.
    pub(super) fn need(&mut self, key: &'static str, help: &str) -> Option<Entry<'t>> {
        let entry = self.take(key);
        if entry.is_none() {
            self.missing.push((key, help.to_owned()));
        }
        entry
    }

    /// The keys behind which tables stand, and where these do.
    pub(super) fn tables(&self) -> impl Iterator<Item = (&'t str, Span)> + use<'_, 't> {
        let tables = self.entries.iter().filter(|entry| entry.value.as_table().is_some());
        tables.map(|entry| (entry.key, entry.span))
    }

    /// Takes out everything that is a table itself.
    pub(super) fn take_tables(&mut self) -> Vec<Entry<'t>> {
        self.entries.extract_if(.., |entry| entry.value.as_table().is_some()).collect()
    }

    /// Whatever keys there are, in the order written, for tables that take any.
    pub(super) fn into_entries(self) -> Vec<Entry<'t>> {
        self.entries
    }

    /// Lets keys pass that nobody asked for, unless they are near to one that somebody did.
    pub(super) fn leave_open(&mut self) {
        self.open = true;
    }
}

impl Reader<'_> {
    /// Refuses the keys that nobody took and reports those that are missing.
    pub(super) fn close(&mut self, table: Table<'_>) {
        let Table { owner, at, entries, known, missing, open } = table;
        let mut meant = Vec::new();
        for entry in &entries {
            let near = nearest(entry.key, known.iter().copied());
            if open && (near.is_empty() || self.kinds.iter().any(|kind| has_key(kind, entry.key))) {
                continue;
            }
            meant.extend(near.first().copied());
            let fault = Fault::error(
                Code::UnknownKey,
                entry.key_span,
                format!("unknown key `{}` in {owner}", entry.key),
            )
            .label("nothing reads this");
            self.faults.push(fault.help(self.unknown_key_help(entry.key, &near, &known)));
        }
        for (key, help) in missing.into_iter().filter(|(key, _)| !meant.contains(key)) {
            let fault = Fault::error(Code::MissingKey, at, format!("{owner} has no `{key}`"));
            self.faults.push(fault.label(format!("`{key}` is missing")).help(help));
        }
    }

    fn unknown_key_help(&self, key: &str, near: &[&str], known: &[&str]) -> String {
        let owners: Vec<&str> =
            self.kinds.iter().filter(|kind| has_key(kind, key)).map(|kind| kind.id).collect();
        if let Some(kinds) = list(&owners, "and") {
            return format!("`{key}` is a key of the kind {kinds}");
        }
        did_you_mean(near).unwrap_or_else(|| {
            let mut known = known.to_vec();
            known.sort_unstable();
            format!("known here: {}", list(&known, "and").unwrap_or_default())
        })
    }

    /// Reports that the value of `key` says nothing sensible.
    pub(super) fn invalid(
        &mut self,
        span: Span,
        message: impl Into<String>,
        label: &str,
        help: impl Into<String>,
    ) {
        self.faults.push(Fault::error(Code::InvalidValue, span, message).label(label).help(help));
    }

    /// A table; `owner` says what it declares.
    pub(super) fn table<'t>(&mut self, entry: &Entry<'t>, owner: String, takes: &str) -> Option<Table<'t>> {
        if let DeValue::Table(table) = entry.value {
            return Some(Table::new(self.file, owner, entry.key_span, table));
        }
        let fault = wrong(entry.key, takes, entry.value, entry.span);
        let written = self.sources.text(entry.span);
        self.faults.push(match written.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
            Some(header) => {
                fault.label("this is a list of tables").help(format!("write single brackets: `[{header}]`"))
            }
            None => fault,
        });
        None
    }

    /// A text, which may be empty.
    pub(super) fn text(&mut self, entry: &Entry<'_>) -> Option<Spanned<String>> {
        if let DeValue::String(text) = entry.value {
            return Some(Spanned::new(text.to_string(), entry.span));
        }
        let fault = wrong(entry.key, "a text", entry.value, entry.span);
        self.faults.push(fault.help(format!("write `{} = \"…\"`", entry.key)));
        None
    }

    /// A text that says something.
    pub(super) fn words(&mut self, entry: &Entry<'_>) -> Option<Spanned<String>> {
        let text = self.text(entry)?;
        if text.value.trim().is_empty() {
            let message = format!("`{}` is empty", entry.key);
            self.invalid(text.span, message, "nothing is said here", "write the text, or take out the key");
            return None;
        }
        Some(text)
    }

    /// A text that is read as Rust: as an expression, a type, a signature or a path.
    pub(super) fn code(&mut self, entry: &Entry<'_>) -> Option<Spanned<String>> {
        let text = self.words(entry)?;
        if text.value.len() > LONGEST || is_deep(&text.value) {
            let message =
                format!("`{}` is longer than {LONGEST} bytes or nested more than {DEEPEST} deep", entry.key);
            let help = "move it into a function of `constraints/support.rs`, and name that here";
            self.invalid(text.span, message, "nobody could read this", help);
            return None;
        }
        Some(text)
    }

    /// Rust, not looked into.
    pub(super) fn expression(&mut self, entry: &Entry<'_>) -> Option<Expression> {
        self.code(entry).map(|text| Expression { text: text.value, span: text.span })
    }

    /// One text or a list of texts.
    pub(super) fn texts(&mut self, entry: &Entry<'_>) -> Option<Vec<Spanned<String>>> {
        let elements = match entry.value {
            DeValue::String(_) => return Some(vec![self.text(entry)?]),
            DeValue::Array(elements) => elements,
            _ => {
                let fault = wrong(entry.key, "a text or a list of texts", entry.value, entry.span);
                self.faults
                    .push(fault.help(format!("write `{} = \"…\"` or `{0} = [\"…\", \"…\"]`", entry.key)));
                return None;
            }
        };
        let mut texts = Vec::new();
        for element in elements {
            let span = self.place(element.span());
            if let DeValue::String(text) = element.get_ref() {
                texts.push(Spanned::new(text.to_string(), span));
            } else {
                let fault = wrong(entry.key, "a text or a list of texts", element.get_ref(), span);
                self.faults.push(fault);
            }
        }
        Some(texts)
    }

    /// Yes or no.
    pub(super) fn flag(&mut self, entry: &Entry<'_>) -> Option<Spanned<bool>> {
        if let DeValue::Boolean(flag) = entry.value {
            return Some(Spanned::new(*flag, entry.span));
        }
        let fault = wrong(entry.key, "`true` or `false`", entry.value, entry.span);
        self.faults.push(fault);
        None
    }

    /// One of a few names.
    pub(super) fn choice<T: Copy>(
        &mut self,
        entry: &Entry<'_>,
        choices: &[(&'static str, T)],
    ) -> Option<Spanned<T>> {
        let text = self.text(entry)?;
        if let Some((_, choice)) = choices.iter().find(|(name, _)| *name == text.value) {
            return Some(Spanned::new(*choice, text.span));
        }
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let help = did_you_mean(&nearest(&text.value, names.iter().copied()))
            .unwrap_or_else(|| format!("write {}", list(&names, "or").unwrap_or_default()));
        let message = format!("there is no {} `{}`", entry.key, text.value);
        self.invalid(text.span, message, "not one of the names it can have", help);
        None
    }

    /// A value as it stands.
    pub(super) fn literal(&mut self, key: &str, value: &DeValue<'_>, span: Span) -> Option<Literal> {
        match value {
            DeValue::String(text) => Some(Literal::Text(text.to_string())),
            DeValue::Boolean(flag) => Some(Literal::Boolean(*flag)),
            DeValue::Integer(number) => {
                let read = i64::from_str_radix(number.as_str(), number.radix()).ok().map(Literal::Integer);
                if read.is_none() {
                    let help = format!("write it as Rust: `value = \"{number}\"`");
                    self.invalid(span, "this number does not fit in 64 bits with a sign", "too large", help);
                }
                read
            }
            DeValue::Float(number) => {
                let read = number.as_str().parse::<f64>().ok();
                let read = read.filter(|read| {
                    read.is_finite() || !number.as_str().contains(|c: char| c.is_ascii_digit())
                });
                if read.is_none() {
                    self.invalid(
                        span,
                        "this number does not fit in 64 bits",
                        "too large",
                        "write `inf` for infinity",
                    );
                }
                read.map(Literal::Float)
            }
            DeValue::Array(elements) => {
                let read: Vec<Option<Literal>> = elements
                    .iter()
                    .map(|element| self.literal(key, element.get_ref(), self.place(element.span())))
                    .collect();
                read.into_iter().collect::<Option<Vec<_>>>().map(Literal::Array)
            }
            DeValue::Datetime(_) | DeValue::Table(_) => {
                let fault = wrong(key, "texts, numbers, `true`, `false` and lists of them", value, span);
                self.faults.push(fault.help("build other values with `value = \"Rust expression\"`"));
                None
            }
        }
    }

    /// An id as used: the short name within the file, or `file.name`.
    pub(super) fn reference(&mut self, text: Spanned<String>, sort: Sort) -> Option<Spanned<Id>> {
        // The namespace of a file in a folder has dots of its own.
        let (namespace, name) = text.value.rsplit_once('.').unwrap_or((self.namespace, &text.value));
        if namespace.split('.').any(str::is_empty) || name.is_empty() {
            let message = format!("`{}` is not an id", text.value);
            self.invalid(
                text.span,
                message,
                "not an id",
                "write the short name of a declaration in this file, or `file.name`",
            );
            return None;
        }
        let id = Spanned::new(Id::new(namespace, name), text.span);
        let namespace = self.namespace.to_owned();
        self.references.push(Reference { written: text.value, id: id.clone(), sort, namespace });
        Some(id)
    }

    /// A range of the file being read.
    pub(super) fn place(&self, range: std::ops::Range<usize>) -> Span {
        Span { file: self.file, start: range.start, end: range.end }
    }
}

fn has_key(kind: &About, name: &str) -> bool {
    kind.keys.iter().any(|key| key.name == name)
}

/// `value` is not what `key` takes.
pub(super) fn wrong(key: &str, takes: &str, value: &DeValue<'_>, span: Span) -> Fault {
    Fault::error(Code::WrongType, span, format!("`{key}` takes {takes}"))
        .label(format!("this is {}", found(value)))
}

/// The type of a value, in the words of the faults.
fn found(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(true) => "`true`",
        DeValue::Boolean(false) => "`false`",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// How long a text may be that is read as Rust or as a path, in bytes.
const LONGEST: usize = 64 << 10;

/// How deep it may be nested: whoever reads what is nested is so deep in calls of itself.
const DEEPEST: usize = 256;

/// Whether brackets are nested, or operators in front of a value follow each other, more often than anybody writes.
fn is_deep(text: &str) -> bool {
    let (mut depth, mut run) = (0_usize, 0_usize);
    for letter in text.chars() {
        match letter {
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' | '>' => depth = depth.saturating_sub(1),
            '!' | '-' | '*' | '&' => run += 1,
            letter if !letter.is_whitespace() => run = 0,
            _ => {}
        }
        if depth + run > DEEPEST {
            return true;
        }
    }
    false
}
