//! Takes the table of the files of a folder, gives each with how its content is made.

use toml::de::DeValue;

use super::value::{Entry, Reader, Table, wrong};
use super::{Base, Generator, Spanned};

impl Reader<'_> {
    /// Files by their paths below the folder; a text alone is a sample, or with `only` the content.
    pub(super) fn folder(
        &mut self,
        entry: &Entry<'_>,
        only: bool,
    ) -> Option<Vec<(Spanned<String>, Generator)>> {
        let takes = "a table of files: `{ \"a/b.txt\" = \"text\" }`";
        let files = self.table(entry, "the folder".to_owned(), takes)?.into_entries();
        let mut read: Vec<(Spanned<String>, Generator)> = Vec::new();
        for file in &files {
            let Some(content) = self.content(file, only) else { continue };
            if self.is_path(file, &read).is_some() {
                read.push((Spanned::new(file.key.to_owned(), file.key_span), content));
            }
        }
        Some(read)
    }

    fn content(&mut self, file: &Entry<'_>, only: bool) -> Option<Generator> {
        match file.value {
            DeValue::String(_) => {
                let literal = self.literal(file.key, file.value, file.span)?;
                let base = match literal {
                    super::Literal::Text(text) if !only => Base::Like(vec![Spanned::new(text, file.span)]),
                    literal => Base::Is(Spanned::new(literal, file.span)),
                };
                let base = Some(Spanned::new(base, file.span));
                Some(Generator { base, only: true, ..Generator::at(file.span) })
            }
            DeValue::Table(table) => {
                let owner = format!("the content of `{}`", file.key);
                Some(self.generator(Table::new(self.file, owner, file.key_span, table), file.span))
            }
            other => {
                let fault = wrong(file.key, "a text, or a generator of its content", other, file.span);
                self.faults.push(fault.help(format!("write `\"{}\" = \"text\"`", file.key)));
                None
            }
        }
    }

    /// Whether the key can be the path of a file beside those that were read.
    fn is_path(&mut self, file: &Entry<'_>, read: &[(Spanned<String>, Generator)]) -> Option<()> {
        let mut parts = file.key.split('/');
        let odd = |part: &str| part.is_empty() || part == "." || part == ".." || part.contains(['\\', '\0']);
        if parts.any(odd) {
            let message = format!("{:?} is not the path of a file in the folder", file.key);
            let help = "write folders and the file with `/` between them, such as `\"a/b.txt\"`";
            self.invalid(file.key_span, message, "leads elsewhere, or nowhere", help);
            return None;
        }
        let is_below =
            |one: &str, other: &str| one.strip_prefix(other).is_some_and(|rest| rest.starts_with('/'));
        let rival = read
            .iter()
            .find(|(other, _)| is_below(file.key, &other.value) || is_below(&other.value, file.key));
        if let Some((other, _)) = rival {
            let message = format!("`{}` and `{}` cannot both be files", other.value, file.key);
            self.invalid(file.key_span, message, "one would be a folder", "rename one of the two");
            return None;
        }
        Some(())
    }
}
