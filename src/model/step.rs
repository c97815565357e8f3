//! Takes the tables of steps of a constraint, gives the steps as declared.

use super::value::{Entry, Reader, Table};
use super::{Move, Spanned, names};

impl Reader<'_> {
    /// The steps that a table declares.
    pub(super) fn moves(&mut self, entry: &Entry<'_>) -> Option<Vec<Move>> {
        let takes = "a table of steps: `step.push = { call = \"it.push(item)\" }`";
        let table = self.table(entry, format!("`{}`", entry.key), takes)?;
        let entries = table.into_entries();
        Some(entries.iter().filter_map(|entry| self.one_move(entry)).collect())
    }

    fn one_move(&mut self, entry: &Entry<'_>) -> Option<Move> {
        let name = Spanned::new(entry.key.to_owned(), entry.key_span);
        if !names::is_identifier(entry.key) {
            let message = format!("`{}` cannot be the name of a step", entry.key);
            self.invalid(entry.key_span, message, "not a name in Rust", "use a lower snake case word");
            return None;
        }
        if entry.value.as_str().is_some() {
            let call = self.expression(entry)?;
            return Some(Move {
                name,
                call: Some(call),
                when: None,
                then: None,
                model: None,
                args: Vec::new(),
            });
        }
        let owner = format!("the step `{}`", entry.key);
        let mut table: Table<'_> =
            self.table(entry, owner, "Rust over `it`, or a table with `call`, `when`, `then`, `args`")?;
        let args = self.values(&mut table);
        let mut expression = |key| table.take(key).and_then(|entry| self.expression(&entry));
        let (call, when, then) = (expression("call"), expression("when"), expression("then"));
        let model = expression("model");
        self.close(table);
        Some(Move { name, call, when, then, model, args })
    }
}
