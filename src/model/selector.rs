//! Takes `targets = { .. }`, gives the selector; what it selects is found in the crate later.

use super::value::{Entry, Reader, Table};
use super::{Code, Constraint, Expression, Fault, Selector, Span, Spanned};

/// The proposal for a constraint that does not say what it is about.
const TARGET_HELP: &str = "add `target = \"crate::…\"`, the path of the item it is about, or `targets = { in = \"crate::…\" }` for every function in it";

/// What a constraint is about, as written.
pub(super) enum Target {
    /// One item.
    One(Spanned<String>),
    /// Every function that fits.
    Each(Selector),
}

impl Reader<'_> {
    /// `target` or `targets` of a constraint; one of them has to be there.
    pub(super) fn target(&mut self, table: &mut Table<'_>) -> Option<Target> {
        let Some(entry) = table.take("targets") else {
            return table.need("target", TARGET_HELP).and_then(|entry| self.code(&entry)).map(Target::One);
        };
        if let Some(target) = table.take("target") {
            let fault = Fault::error(
                Code::InvalidValue,
                target.whole(),
                "the constraint says both `target` and `targets`",
            );
            let fault = fault.label("one item").also(entry.key_span, "every function that fits");
            self.faults.push(fault.help("take out one of them"));
            return None;
        }
        self.selector(&entry).map(Target::Each)
    }

    fn selector(&mut self, entry: &Entry<'_>) -> Option<Selector> {
        let takes = "a selector: `{ in = \"crate::…\", takes = \"&str\" }`";
        let mut table = self.table(entry, "`targets`".to_owned(), takes)?;
        let before = self.faults.len();
        let within = self.list(&mut table, "in");
        let takes = self.list(&mut table, "takes");
        let returns = table.take("returns").and_then(|entry| self.expression(&entry));
        let name = table.take("name").and_then(|entry| self.words(&entry));
        let except = self.list(&mut table, "except");
        let mut flag = |reader: &mut Self, key| {
            table.take(key).and_then(|entry| reader.flag(&entry)).map(|flag| flag.value)
        };
        let public = flag(self, "public");
        let is_async = flag(self, "async");
        let is_unsafe = flag(self, "unsafe");
        self.close(table);
        let span = whole(entry);
        let takes = takes.into_iter().map(|text| Expression { text: text.value, span: text.span }).collect();
        let is_sound = self.faults.len() == before;
        is_sound.then_some(Selector {
            span,
            within,
            takes,
            returns,
            name,
            except,
            public,
            is_async,
            is_unsafe,
        })
    }

    /// One text or several, none of them empty; none at all if the key is not there.
    fn list(&mut self, table: &mut Table<'_>, key: &'static str) -> Vec<Spanned<String>> {
        let Some(entry) = table.take(key) else { return Vec::new() };
        let texts = self.texts(&entry).unwrap_or_default();
        for empty in texts.iter().filter(|text| text.value.trim().is_empty()) {
            let message = format!("`{key}` is empty");
            self.invalid(empty.span, message, "nothing is said here", "write the text, or take out the key");
        }
        texts
    }
}

/// The selector as one place: the inline table, or the header of a table of its own.
fn whole(entry: &Entry<'_>) -> Span {
    if entry.span.start >= entry.key_span.end { entry.span } else { entry.key_span }
}

impl Selector {
    /// What stands where a constraint on one item has its target.
    pub(super) fn as_target(&self) -> Spanned<String> {
        let within: Vec<&str> = self.within.iter().map(|path| path.value.as_str()).collect();
        let within = if within.is_empty() { "crate".to_owned() } else { within.join(", ") };
        Spanned::new(format!("functions in {within}"), self.span)
    }
}

impl Constraint {
    /// A fault found in this constraint; in an instance, whose place is the selector, it says which item it is about.
    #[must_use]
    pub fn named(&self, fault: Fault) -> Fault {
        let Spanned { value: target, span } = &self.target;
        if self.id.value.item().is_none() || fault.at.span != *span {
            return fault;
        }
        let is_said = fault.message.contains(&format!("`{target}`"));
        let message = if is_said { fault.message.clone() } else { format!("`{target}`: {}", fault.message) };
        Fault { message, ..fault }.help(format!("`except = [\"{target}\"]` in `targets` leaves it out"))
    }
}
