//! Takes the text of `constraints/waivers.toml`, gives the waivers: which red constraints are excused, by whom, until when.
//!
//! It does not know what day it is, and never looks at a verdict.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::syntax;
use super::value::{Entry, Reader, Table, wrong};
use super::{
    Code, Date, Fault, Faults, FileId, Id, Model, Sources, Span, Spanned, Waiver, did_you_mean, nearest,
};

/// For how many days one waiver may excuse.
pub const LONGEST: i64 = 90;

/// Reads the waivers in `file`; those that are not in order are faults and excuse nothing.
pub fn waivers(sources: &Sources, file: FileId, model: &Model) -> (Vec<Waiver>, Faults) {
    let mut reader = Reader {
        sources,
        kinds: &[],
        namespace: "",
        file,
        faults: Faults::default(),
        references: Vec::new(),
    };
    let (document, errors) = DeTable::parse_recoverable(&sources.file(file).text);
    if !errors.is_empty() {
        return (Vec::new(), syntax::faults(&errors, sources, file));
    }
    let at = Span { file, start: 0, end: 0 };
    let mut top = Table::new(file, "the file of waivers".to_owned(), at, document.get_ref());
    let waivers = top.take("waiver").map(|entry| list(&mut reader, &entry, model)).unwrap_or_default();
    reader.close(top);
    overlaps(&mut reader, &waivers);
    (waivers, reader.faults)
}

fn list(reader: &mut Reader<'_>, entry: &Entry<'_>, model: &Model) -> Vec<Waiver> {
    let DeValue::Array(elements) = entry.value else {
        let fault = wrong("waiver", "a list of tables", entry.value, entry.span);
        reader.faults.push(fault.help("write double brackets: `[[waiver]]`"));
        return Vec::new();
    };
    let one = |element: &toml::Spanned<DeValue<'_>>| {
        let span = reader.place(element.span());
        let DeValue::Table(table) = element.get_ref() else {
            reader.faults.push(wrong("waiver", "a table: `[[waiver]]`", element.get_ref(), span));
            return None;
        };
        waiver(reader, table, span, model)
    };
    elements.iter().filter_map(one).collect()
}

fn waiver(reader: &mut Reader<'_>, table: &DeTable<'_>, span: Span, model: &Model) -> Option<Waiver> {
    let mut table = Table::new(reader.file, "a waiver".to_owned(), span, table);
    let id =
        table.need("id", "add `id = \"…\"`, the full id of the constraint").and_then(|it| reader.words(&it));
    let reason = table
        .need("reason", "add `reason = \"…\"`, why it may be red for a while")
        .and_then(|it| reader.words(&it));
    let owner = table.need("owner", "add `owner = \"…\"`, who mends it").and_then(|it| reader.words(&it));
    let since = date(reader, &mut table, "since", "the day from which it excuses");
    let until = date(reader, &mut table, "until", "the last day on which it excuses");
    reader.close(table);
    let known = id.as_ref().is_some_and(|id| is_known(reader, id, model));
    let (id, since, until) = (id?, since?, until?);
    let in_order = is_in_order(reader, &since, &until);
    let waiver = Waiver { id: id.map(Id::whole), reason: reason?, owner: owner?, since, until };
    (known && in_order).then_some(waiver)
}

fn date(
    reader: &mut Reader<'_>,
    table: &mut Table<'_>,
    key: &'static str,
    says: &str,
) -> Option<Spanned<Date>> {
    let entry = table.need(key, &format!("add `{key} = 2026-01-31`, {says}"))?;
    reader.date(&entry)
}

impl Reader<'_> {
    /// A day of the calendar.
    pub(super) fn date(&mut self, entry: &Entry<'_>) -> Option<Spanned<Date>> {
        let date = match entry.value {
            DeValue::Datetime(it) if it.time.is_none() && it.offset.is_none() => it.date,
            _ => None,
        };
        if date.is_none() {
            let fault = wrong(entry.key, "a date", entry.value, entry.span);
            let help = format!("write it without quotes and without a time: `{} = 2026-01-31`", entry.key);
            self.faults.push(fault.help(help));
        }
        date.map(|it| Spanned::new(Date::new(i64::from(it.year), it.month, it.day), entry.span))
    }
}

/// Whether the constraint exists, as far as the declarations can be read: one, a family, or an instance of it.
fn is_known(reader: &mut Reader<'_>, id: &Spanned<String>, model: &Model) -> bool {
    let whole = Id::whole(id.value.clone());
    let family = whole.family();
    if !model.meant_by(&whole).is_empty()
        || model.constraints.contains_key(&family)
        || model.unread.contains_key(&family)
        || model.unreadable.contains(family.namespace())
    {
        return true;
    }
    let near = nearest(&id.value, model.constraints.keys().chain(model.families.keys()).map(Id::as_str));
    let help = did_you_mean(&near).unwrap_or_else(|| "`list` shows the ids of all constraints".to_owned());
    let message = format!("there is no constraint `{}`", id.value);
    reader
        .faults
        .push(Fault::error(Code::UnknownId, id.span, message).label("no such constraint").help(help));
    false
}

fn is_in_order(reader: &mut Reader<'_>, since: &Spanned<Date>, until: &Spanned<Date>) -> bool {
    let days = until.value.days_after(since.value);
    let message = if days < 0 {
        "the waiver ends before it begins".to_owned()
    } else if days > LONGEST {
        format!("the waiver excuses for {days} days, and at most {LONGEST} are allowed")
    } else {
        return true;
    };
    let help = format!(
        "the last day can be {}; a further waiver renews it, and is counted",
        since.value.plus(LONGEST)
    );
    let fault = Fault::error(Code::InvalidWaiver, until.span, message).also(since.span, "it begins here");
    reader.faults.push(fault.help(help));
    false
}

/// Two waivers of one constraint follow each other: the days of both would be counted twice.
fn overlaps(reader: &mut Reader<'_>, waivers: &[Waiver]) {
    let mut by_id: BTreeMap<&Id, Vec<&Waiver>> = BTreeMap::new();
    for waiver in waivers {
        by_id.entry(&waiver.id.value).or_default().push(waiver);
    }
    for mut of_one in by_id.into_values() {
        of_one.sort_by_key(|waiver| (waiver.since.value, waiver.since.span));
        for pair in of_one.windows(2) {
            if pair[1].since.value <= pair[0].until.value {
                let message = format!("two waivers of `{}` cover the same days", pair[1].id.value);
                let fault = Fault::error(Code::InvalidWaiver, pair[1].since.span, message)
                    .label("this one begins")
                    .also(pair[0].until.span, "while this one still holds");
                let next = pair[0].until.value.plus(1);
                reader.faults.push(fault.help(format!("let it begin on {next}, or take one of them out")));
            }
        }
    }
}
