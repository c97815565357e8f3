//! Takes the table of a goal, risk or constraint, gives the declaration.

use super::selector::Target;
use super::value::{Entry, Reader, Sort, Table};
use super::{
    About, Area, Code, Constraint, Expression, Fault, Goal, Id, Key, KeyShape, KeyValue, Keys, Level, Lists,
    Rating, Risk, Selector, Spanned, did_you_mean, nearest,
};

/// The same without room for more: one constraint is seldom changed, and there may be many thousands.
fn tight<T>(mut items: Vec<T>) -> Vec<T> {
    items.shrink_to_fit();
    items
}

/// A constraint as far as it could be read.
pub(super) struct Read {
    /// The goals it serves and the risks it answers, also if it could not be read.
    pub(super) reasons: Vec<Id>,
    /// The constraint, if all it cannot do without is there.
    pub(super) constraint: Option<Constraint>,
    /// The functions it is about, if it does not name a single item.
    pub(super) selector: Option<Selector>,
}

impl Reader<'_> {
    /// A goal named by the key of `entry`.
    pub(super) fn goal(&mut self, entry: &Entry<'_>, id: Spanned<Id>) -> Option<Goal> {
        let mut table = self.table(entry, format!("goal `{}`", entry.key), "a table: `[goal.NAME]`")?;
        let says = self.says(&mut table);
        let area = table.take("area").and_then(|entry| self.area(&entry));
        let level = table.take("level").and_then(|entry| self.level(&entry));
        let tags = self.tags(&mut table);
        self.close(table);
        Some(Goal { id, says: says?, area, level, tags })
    }

    /// A risk named by the key of `entry`.
    pub(super) fn risk(&mut self, entry: &Entry<'_>, id: Spanned<Id>) -> Option<Risk> {
        let mut table = self.table(entry, format!("risk `{}`", entry.key), "a table: `[risk.NAME]`")?;
        let says = self.says(&mut table);
        let likelihood = self.rating(&mut table, "likelihood", "how likely it is");
        let impact = self.rating(&mut table, "impact", "how bad it would be");
        let area = table.take("area").and_then(|entry| self.area(&entry));
        let tags = self.tags(&mut table);
        self.close(table);
        Some(Risk { id, says: says?, likelihood: likelihood?, impact: impact?, area, tags })
    }

    /// A constraint named by the key of `entry`.
    pub(super) fn constraint(&mut self, entry: &Entry<'_>, id: Spanned<Id>) -> Read {
        let owner = format!("constraint `{}`", entry.key);
        let Some(mut table) = self.table(entry, owner, "a table: `[constraint.NAME]`") else {
            return Read { reasons: Vec::new(), constraint: None, selector: None };
        };
        let says = self.says(&mut table);
        let kind = self.kind(&mut table);
        let target = self.target(&mut table);
        let signature = table.take("signature").and_then(|entry| self.expression(&entry));
        let generics = table.take("generics").map(|entry| self.generics(&entry)).unwrap_or_default();
        let area = table.take("area").and_then(|entry| self.area(&entry));
        let level = table.take("level").and_then(|entry| self.level(&entry));
        let serves = self.references(&mut table, "serves", Sort::Goal);
        let after = self.references(&mut table, "after", Sort::Constraint);
        let answers = self.references(&mut table, "answers", Sort::Risk);
        let conflicts = self.references(&mut table, "conflicts", Sort::Constraint);
        let refines = self.references(&mut table, "refines", Sort::Constraint);
        let tags = self.tags(&mut table);
        let args = self.values(&mut table);
        let samples = table.take("sample").map(|entry| self.rows(&entry)).unwrap_or_default();
        let env = table.take("env").map(|entry| self.variables(&entry)).unwrap_or_default();
        let call = table.take("call").and_then(|entry| self.expression(&entry));
        let refusal = self.refusal(&mut table);
        let when = table.take("when").and_then(|entry| self.expression(&entry));
        let effort = self.effort_of(&mut table, kind.as_ref().map(|kind| kind.value));
        let keys = match &kind {
            Some(kind) => self.kind_keys(&mut table, kind.value),
            None => Keys::default(),
        };
        if kind.is_none() {
            table.leave_open();
        }
        self.close(table);
        let reasons = serves.iter().chain(&answers).map(|id| id.value.clone()).collect();
        let (target, selector) = match target {
            Some(Target::One(target)) => (Some(target), None),
            Some(Target::Each(selector)) => (Some(selector.as_target()), Some(selector)),
            None => (None, None),
        };
        let constraint = says.zip(kind).zip(target).map(|((says, kind), target)| Constraint {
            id,
            says,
            kind,
            target,
            signature,
            generics,
            area,
            level,
            serves: tight(serves),
            after: tight(after),
            answers: tight(answers),
            conflicts: tight(conflicts),
            refines: tight(refines),
            tags: tight(tags),
            args: tight(args),
            samples: tight(samples),
            env,
            call,
            refusal,
            when,
            effort,
            keys,
        });
        Read { reasons, constraint, selector }
    }

    fn says(&mut self, table: &mut Table<'_>) -> Option<Spanned<String>> {
        table
            .need("says", "add `says = \"…\"`, what is required in one sentence")
            .and_then(|entry| self.words(&entry))
    }

    fn area(&mut self, entry: &Entry<'_>) -> Option<Area> {
        self.choice(entry, &Area::ALL.map(|area| (area.name(), area))).map(|area| area.value)
    }

    fn level(&mut self, entry: &Entry<'_>) -> Option<Level> {
        self.choice(entry, &Level::ALL.map(|level| (level.name(), level))).map(|level| level.value)
    }

    fn rating(&mut self, table: &mut Table<'_>, key: &'static str, says: &str) -> Option<Spanned<Rating>> {
        let help = format!("add `{key} = \"…\"`, {says}: `low`, `medium` or `high`");
        let entry = table.need(key, &help)?;
        self.choice(&entry, &Rating::ALL.map(|rating| (rating.name(), rating)))
    }

    fn tags(&mut self, table: &mut Table<'_>) -> Vec<Spanned<String>> {
        let tags = table.take("tags").and_then(|entry| self.texts(&entry)).unwrap_or_default();
        let says_something = |tag: &Spanned<String>| {
            let is_word = !tag.value.is_empty() && !tag.value.contains(char::is_whitespace);
            if !is_word {
                let message = format!("`{}` is not a tag", tag.value);
                self.invalid(tag.span, message, "not one word", "write one word, such as `cwe:601`");
            }
            is_word
        };
        tags.into_iter().filter(says_something).collect()
    }

    fn kind(&mut self, table: &mut Table<'_>) -> Option<Spanned<&'static About>> {
        let entry = table.need("kind", "add `kind = \"…\"`; `list --kinds` shows what there is")?;
        let text = self.text(&entry)?;
        if let Some(kind) = self.kinds.iter().find(|kind| kind.id == text.value) {
            return Some(Spanned::new(kind, text.span));
        }
        let near = nearest(&text.value, self.kinds.iter().map(|kind| kind.id));
        let help = did_you_mean(&near).unwrap_or_else(|| "`list --kinds` shows what there is".to_owned());
        self.faults.push(
            Fault::error(Code::UnknownKind, text.span, format!("there is no kind `{}`", text.value))
                .label("no such kind")
                .help(help),
        );
        None
    }

    fn references(&mut self, table: &mut Table<'_>, key: &'static str, sort: Sort) -> Vec<Spanned<Id>> {
        let texts = table.take(key).and_then(|entry| self.texts(&entry)).unwrap_or_default();
        texts.into_iter().filter_map(|text| self.reference(text, sort)).collect()
    }

    fn generics(&mut self, entry: &Entry<'_>) -> Vec<(Spanned<String>, Expression)> {
        let takes = "a table of types, one a type parameter: `{ T = \"u32\" }`";
        let Some(table) = self.table(entry, "`generics`".to_owned(), takes) else { return Vec::new() };
        let entries = table.into_entries();
        let decided = entries.iter().filter_map(|entry| {
            let name = Spanned::new(entry.key.to_owned(), entry.key_span);
            Some((name, self.expression(entry)?))
        });
        decided.collect()
    }

    fn kind_keys(&mut self, table: &mut Table<'_>, kind: &'static About) -> Keys {
        let mut values = Keys::default();
        for key in kind.keys {
            let help = format!("`{}` takes `{}`: {}", kind.id, key.name, key.says);
            let entry = if key.required { table.need(key.name, &help) } else { table.take(key.name) };
            if let Some(value) = entry.and_then(|entry| self.key_value(key, &entry)) {
                values.insert(key.name, value);
            }
        }
        values
    }

    /// A table of lists of texts.
    fn lists(&mut self, entry: &Entry<'_>) -> Option<Lists> {
        let takes = "a table of lists: `{ name = [\"…\"] }`";
        let table = self.table(entry, format!("`{}`", entry.key), takes)?;
        let entries = table.into_entries();
        let lists = entries.iter().filter_map(|entry| {
            Some((Spanned::new(entry.key.to_owned(), entry.key_span), self.texts(entry)?))
        });
        Some(lists.collect())
    }

    fn key_value(&mut self, key: &Key, entry: &Entry<'_>) -> Option<KeyValue> {
        match key.shape {
            KeyShape::Expression | KeyShape::ExpressionOver(_) | KeyShape::Call(_) => {
                self.expression(entry).map(KeyValue::Expression)
            }
            KeyShape::Path => self.code(entry).map(KeyValue::Text),
            KeyShape::Text => self.text(entry).map(KeyValue::Text),
            KeyShape::Words => self.texts(entry).map(KeyValue::Words),
            KeyShape::Flag => self.flag(entry).map(KeyValue::Flag),
            KeyShape::AtMost(dimension) => self.at_most(entry, dimension).map(KeyValue::AtMost),
            KeyShape::Size => self.size(entry).map(KeyValue::Size),
            KeyShape::Time => self.seconds(entry).map(KeyValue::Seconds),
            KeyShape::Length => self.length(entry).map(KeyValue::Length),
            KeyShape::Table => self.lists(entry).map(KeyValue::Table),
            KeyShape::Date => self.date(entry).map(KeyValue::Date),
            KeyShape::Steps => self.moves(entry).map(KeyValue::Steps),
        }
    }
}
