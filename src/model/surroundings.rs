//! Takes the keys of a constraint that say with what its call is made and what a refusal is, gives them typed.

use toml::de::DeValue;

use super::value::{Entry, Reader, Table, wrong};
use super::{Argument, Base, Code, Fault, Generator, Panics, Refusal, Row, Spanned, Variable, names};

impl Reader<'_> {
    /// What `args` and `given` declare, in the order written.
    pub(super) fn values(&mut self, table: &mut Table<'_>) -> Vec<Argument> {
        let mut values = Vec::new();
        for (key, takes) in [
            ("args", "a table of generators, one a parameter"),
            ("given", "a table of generators, one a value that is not passed"),
        ] {
            let Some(entry) = table.take(key) else { continue };
            let Some(inside) = self.table(&entry, format!("`{key}`"), takes) else { continue };
            values.extend(inside.into_entries().iter().filter_map(|entry| self.argument(entry, key)));
        }
        values.sort_by_key(|value| value.name.span);
        values
    }

    fn argument(&mut self, entry: &Entry<'_>, key: &str) -> Option<Argument> {
        let given = key == "given";
        self.is_named(entry, given)?;
        let owner = format!("the generator of `{}`", entry.key);
        let Some(table) = entry.value.as_table() else {
            let fault = wrong(entry.key, "a generator", entry.value, entry.span);
            let written = self.sources.text(entry.span);
            let written = if written.len() > 40 || written.contains('\n') { "…" } else { written };
            self.faults.push(fault.help(format!("write `{key}.{} = {{ is = {written} }}`", entry.key)));
            return None;
        };
        let generator = self.generator(Table::new(self.file, owner, entry.key_span, table), entry.span);
        self.not_near_itself(entry.key, &generator);
        Some(Argument { name: Spanned::new(entry.key.to_owned(), entry.key_span), generator, given })
    }

    /// Whether the key can name a value of a case.
    fn is_named(&mut self, entry: &Entry<'_>, given: bool) -> Option<()> {
        let message = if given && entry.key == "result" {
            "`result` is what the call gives, so no other value can be called so".to_owned()
        } else if names::is_identifier(entry.key) {
            return Some(());
        } else {
            let what = if given { "value" } else { "parameter" };
            format!("`{}` cannot be the name of a {what}", entry.key)
        };
        let (label, help) = match (given, entry.key) {
            (true, "result") => ("taken", "call it something else"),
            (true, _) => ("not a name in Rust", "use a lower snake case word, such as `secret`"),
            (false, _) => ("not a name in Rust", "use the name from the signature of the target"),
        };
        self.invalid(entry.key_span, message, label, help);
        None
    }

    fn not_near_itself(&mut self, name: &str, generator: &Generator) {
        if let Some(Spanned { value: Base::Near(other), .. }) = &generator.base
            && other.value == name
        {
            let message = format!("`{name}` cannot be near itself");
            self.invalid(other.span, message, "this is the argument itself", "name another argument");
        }
    }

    /// The rows of samples; all have the columns of the first.
    pub(super) fn rows(&mut self, entry: &Entry<'_>) -> Vec<Row> {
        let Some(elements) = entry.value.as_array() else {
            let fault = wrong(entry.key, "a list of tables", entry.value, entry.span);
            let help = "write each row as a table of its own: `[[constraint.NAME.sample]]`";
            self.faults.push(fault.help(help));
            return Vec::new();
        };
        let mut rows: Vec<Row> = Vec::new();
        for element in elements {
            let span = self.place(element.span());
            let row = Entry { key: "sample", key_span: span, value: element.get_ref(), span };
            let Some(table) = self.table(&row, "a row of samples".to_owned(), "tables of values") else {
                continue;
            };
            let cells = table.into_entries().iter().filter_map(|entry| self.cell(entry)).collect();
            rows.push(Row { span, cells });
        }
        self.same_columns(&rows);
        rows
    }

    /// One value: as it stands, or a generator that gives one value exactly.
    fn cell(&mut self, entry: &Entry<'_>) -> Option<Argument> {
        self.is_named(entry, false)?;
        let name = Spanned::new(entry.key.to_owned(), entry.key_span);
        if let DeValue::Table(table) = entry.value {
            let owner = format!("the sample of `{}`", entry.key);
            let generator = self.generator(Table::new(self.file, owner, entry.key_span, table), entry.span);
            if !generator.is_exact() {
                let help =
                    "write it as it stands, or `{ is_hex = \"…\" }` or `{ value = \"Rust expression\" }`";
                self.invalid(entry.span, "a sample in a row is one value", "not one value", help);
                return None;
            }
            return Some(Argument { name, generator, given: false });
        }
        let literal = self.literal(entry.key, entry.value, entry.span)?;
        let base = Some(Spanned::new(Base::Is(Spanned::new(literal, entry.span)), entry.span));
        let generator = Generator { base, ..Generator::at(entry.span) };
        Some(Argument { name, generator, given: false })
    }

    fn same_columns(&mut self, rows: &[Row]) {
        let mut columns: Vec<&Spanned<String>> = Vec::new();
        for cell in rows.iter().flat_map(|row| &row.cells) {
            if !columns.iter().any(|column| column.value == cell.name.value) {
                columns.push(&cell.name);
            }
        }
        for row in rows {
            for column in &columns {
                if !row.cells.iter().any(|cell| cell.name.value == column.value) {
                    let message = format!("this row of samples has no `{}`", column.value);
                    let fault = Fault::error(Code::MissingKey, row.span, message)
                        .label(format!("`{}` is missing", column.value))
                        .also(column.span, "another row has it")
                        .help("every row gives a value for each of the arguments that rows are about");
                    self.faults.push(fault);
                }
            }
        }
    }

    /// What `env` declares.
    pub(super) fn variables(&mut self, entry: &Entry<'_>) -> Vec<Variable> {
        let takes = "a table of texts or generators, one a variable";
        let Some(table) = self.table(entry, "`env`".to_owned(), takes) else { return Vec::new() };
        table.into_entries().iter().filter_map(|entry| self.variable(entry)).collect()
    }

    fn variable(&mut self, entry: &Entry<'_>) -> Option<Variable> {
        if entry.key.is_empty() || entry.key.contains(['=', '\0']) {
            let message = format!("{:?} cannot be the name of a variable", entry.key);
            self.invalid(entry.key_span, message, "not a name", "write the name as the code reads it");
            return None;
        }
        if entry.key.starts_with("CONSTRAINTS_") {
            let message = format!("`{}` is a variable of the tool itself", entry.key);
            self.invalid(entry.key_span, message, "taken", "names that begin with `CONSTRAINTS_` are taken");
            return None;
        }
        let name = Spanned::new(entry.key.to_owned(), entry.key_span);
        match entry.value {
            DeValue::String(_) => {
                let literal = self.literal(entry.key, entry.value, entry.span)?;
                let base = Some(Spanned::new(Base::Is(Spanned::new(literal, entry.span)), entry.span));
                let generator = Some(Generator { base, ..Generator::at(entry.span) });
                Some(Variable { name, generator, unset: false })
            }
            DeValue::Table(table) => {
                let owner = format!("the variable `{}`", entry.key);
                let mut table = Table::new(self.file, owner, entry.key_span, table);
                let unset = table.take("unset").and_then(|entry| self.flag(&entry));
                let unset = unset.is_some_and(|unset| unset.value);
                let generator = self.generator(table, entry.span);
                let generator = (generator.base.is_some() || !unset).then_some(generator);
                Some(Variable { name, generator, unset })
            }
            _ => {
                let fault = wrong(entry.key, "a text or a generator", entry.value, entry.span);
                let written = self.sources.text(entry.span);
                self.faults.push(fault.help(format!("write `env.{} = \"{written}\"`", entry.key)));
                None
            }
        }
    }

    /// What `refused`, `panics` and `must_pass` say.
    pub(super) fn refusal(&mut self, table: &mut Table<'_>) -> Refusal {
        let refused = table.take("refused").and_then(|entry| self.expression(&entry));
        let panics = Panics::ALL.map(|panics| (panics.name(), panics));
        let panics = table.take("panics").and_then(|entry| self.choice(&entry, &panics));
        let must_pass = table.take("must_pass").and_then(|entry| self.flag(&entry));
        let must_pass = must_pass.filter(|flag| flag.value).map(|flag| flag.span);
        Refusal { refused, panics, must_pass }
    }
}
