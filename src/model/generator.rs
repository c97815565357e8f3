//! Takes the table of a generator, gives the generator.

use regex_syntax::hir::Hir;

use super::value::{Entry, Reader, Sort, Table, wrong};
use super::{Base, Code, Fault, Generator, Literal, Span, Spanned, locate_in_string};

/// The keys that say where a generator starts; it takes one of them.
const BASES: [&str; 20] = [
    "like",
    "like_hex",
    "like_file",
    "is",
    "is_hex",
    "is_file",
    "one_of",
    "one_of_hex",
    "one_of_file",
    "matching",
    "range",
    "value",
    "strategy",
    "near",
    "input",
    "each",
    "pieces_of",
    "folder",
    "program",
    "server",
];

impl Reader<'_> {
    /// The generator in `table`, which as a whole is at `span`.
    pub(super) fn generator(&mut self, table: Table<'_>, span: Span) -> Generator {
        let tables: Vec<(&str, Span)> = table.tables().collect();
        let before = std::mem::take(&mut self.faults);
        let generator = self.keys(table, span);
        // A table behind a key that takes none may be meant for a field of that name.
        for fault in std::mem::replace(&mut self.faults, before) {
            let meant = tables.iter().find(|(_, at)| fault.code == Code::WrongType && fault.at.span == *at);
            self.faults.push(match meant {
                Some((key, _)) => {
                    fault.help(format!("if a field of that name is meant, write `\"r#{key}\"`"))
                }
                None => fault,
            });
        }
        generator
    }

    fn keys(&mut self, mut table: Table<'_>, span: Span) -> Generator {
        let mut starts: Vec<Entry<'_>> = BASES.iter().filter_map(|key| table.take(key)).collect();
        starts.sort_by_key(|entry| entry.key_span);
        let ty = table.take("type").and_then(|entry| Some((self.expression(&entry)?, entry.whole())));
        let mut base = None;
        let only = table.take("only").and_then(|entry| self.flag(&entry)).is_some_and(|flag| flag.value);
        let key = table.take("each_key");
        if let Some((first, others)) = starts.split_first() {
            base = self.base(first, only).map(|base| Spanned::new(base, first.whole()));
            for other in others {
                self.second_base(first, other);
            }
        }
        if let Some(entry) = key {
            self.each_key(&mut base, starts.first(), &entry);
        }
        let format = self.format(&mut table, starts.first());
        // Alone, a type is where values start; beside another start, it is the type of what that gives.
        let (of_type, ty) = if base.is_some() || format.is_some() { (None, ty) } else { (ty, None) };
        let base = base.or(of_type.map(|(ty, whole)| Spanned::new(Base::Type(ty), whole)));
        let fit = self.fit(&mut table, base.as_ref(), format.as_ref());
        let map = table.take("map").and_then(|entry| self.expression(&entry));
        let entries = table.take_tables();
        let fields: Vec<_> = entries.iter().filter_map(|entry| self.field(entry)).collect();
        if let (Some(first), Some(field)) = (starts.first(), entries.first()) {
            self.start_and_field(first, field);
        }
        self.close(table);
        let ty = ty.map(|(ty, _)| ty);
        Generator { span, base, ty, format, fields, fit, map, only }
    }

    /// A field of a value: a table behind a name that is no key of a generator.
    fn field(&mut self, entry: &Entry<'_>) -> Option<(Spanned<String>, Generator)> {
        let table =
            self.table(entry, format!("the generator of the field `{}`", entry.key), "a generator")?;
        let name = entry.key.strip_prefix("r#").unwrap_or(entry.key).to_owned();
        Some((Spanned::new(name, entry.key_span), self.generator(table, entry.span)))
    }

    fn start_and_field(&mut self, first: &Entry<'_>, field: &Entry<'_>) {
        let message = format!("a value that starts from `{}` has no fields to be made", first.key);
        self.faults.push(
            Fault::error(Code::InvalidValue, field.key_span, message)
                .label(format!("`{}` is taken for a field, for a table stands behind it", field.key))
                .also(first.key_span, "this makes the whole value")
                .help(format!("say it of the fields only, or take `{}` out", field.key)),
        );
    }

    pub(super) fn second_base(&mut self, first: &Entry<'_>, other: &Entry<'_>) {
        let message = format!("a value cannot start from both `{}` and `{}`", first.key, other.key);
        self.faults.push(
            Fault::error(Code::InvalidValue, other.key_span, message)
                .label("a second start")
                .also(first.key_span, "it already starts here")
                .help("keep one of the two; `map` may change what it gives"),
        );
    }

    fn base(&mut self, entry: &Entry<'_>, only: bool) -> Option<Base> {
        match entry.key {
            "like" => self.samples(entry).map(Base::Like),
            "like_hex" => {
                let samples = self.samples(entry)?;
                Some(Base::LikeHex(samples.iter().filter_map(|sample| self.hex(sample)).collect()))
            }
            "like_file" => self.samples(entry).map(Base::LikeFile),
            "is_hex" => {
                let bytes = self.text(entry).and_then(|text| self.hex(&text))?;
                Some(Base::Is(bytes.map(Literal::Bytes)))
            }
            "one_of_hex" => {
                let all = self.samples(entry)?;
                let all = all.iter().filter_map(|text| self.hex(text)).map(|it| it.map(Literal::Bytes));
                Some(Base::OneOf(all.collect()))
            }
            "is_file" => self.words(entry).map(|path| Base::OneOfFile(vec![path])),
            "one_of_file" => self.samples(entry).map(Base::OneOfFile),
            "is" => {
                let literal = self.literal(entry.key, entry.value, entry.span)?;
                Some(Base::Is(Spanned::new(literal, entry.span)))
            }
            "one_of" => self.one_of(entry),
            "matching" => self.matching(entry),
            "range" => self.words(entry).map(Base::Range),
            "value" => self.expression(entry).map(Base::Value),
            "strategy" => self.expression(entry).map(Base::Strategy),
            "near" => self.words(entry).map(Base::Near),
            "each" => {
                let element = self.part(entry, "each")?;
                Some(Base::Each { key: None, element: Some(Box::new(element)) })
            }
            "pieces_of" => self.part(entry, "pieces_of").map(|stream| Base::PiecesOf(Box::new(stream))),
            "folder" => self.folder(entry, only).map(Base::Folder),
            "program" => {
                let recorded = self.choice(entry, &[("recorded", ())])?;
                Some(recorded).map(|_| Base::Program)
            }
            "server" => self.expression(entry).map(Base::Server),
            _ => {
                let text = self.words(entry)?;
                self.reference(text, Sort::Input).map(Base::Input)
            }
        }
    }

    /// A generator inside a generator.
    fn part(&mut self, entry: &Entry<'_>, key: &str) -> Option<Generator> {
        let takes = format!("a generator, such as `{key} = {{ like = [\"…\"] }}`");
        let table = self.table(entry, format!("the generator in `{key}`"), &takes)?;
        Some(self.generator(table, entry.span))
    }

    /// The keys of a map are made like this; its values as `each` says, or by their type.
    fn each_key(&mut self, base: &mut Option<Spanned<Base>>, first: Option<&Entry<'_>>, entry: &Entry<'_>) {
        let Some(made) = self.part(entry, "each_key").map(Box::new) else { return };
        match (base, first) {
            (Some(Spanned { value: Base::Each { key, .. }, .. }), _) => *key = Some(made),
            (_, Some(first)) if first.key != "each" => self.second_base(first, entry),
            (base, _) => {
                let each = Base::Each { key: Some(made), element: None };
                *base = Some(Spanned::new(each, entry.whole()));
            }
        }
    }

    fn samples(&mut self, entry: &Entry<'_>) -> Option<Vec<Spanned<String>>> {
        let samples = self.texts(entry)?;
        self.not_empty(entry, samples.is_empty() && is_empty_list(entry))?;
        Some(samples)
    }

    fn one_of(&mut self, entry: &Entry<'_>) -> Option<Base> {
        let Some(elements) = entry.value.as_array() else {
            let fault = wrong(entry.key, "a list", entry.value, entry.span);
            self.faults.push(fault.help("write `one_of = [\"…\", \"…\"]`, or `is` for a single value"));
            return None;
        };
        self.not_empty(entry, elements.is_empty())?;
        let mut literals = Vec::new();
        for element in elements {
            let span = self.place(element.span());
            let literal = self.literal(entry.key, element.get_ref(), span);
            literals.extend(literal.map(|literal| Spanned::new(literal, span)));
        }
        Some(Base::OneOf(literals))
    }

    fn not_empty(&mut self, entry: &Entry<'_>, empty: bool) -> Option<()> {
        if empty {
            let message = format!("`{}` is an empty list", entry.key);
            self.invalid(entry.span, message, "no value to start from", "give at least one");
        }
        (!empty).then_some(())
    }

    /// The bytes of a text of hex digits; white space and underscores may stand between them.
    fn hex(&mut self, text: &Spanned<String>) -> Option<Spanned<Vec<u8>>> {
        let mut digits = Vec::new();
        for (at, letter) in text.value.char_indices() {
            if let Some(digit) = letter.to_digit(16) {
                digits.push(u8::try_from(digit).unwrap_or_default());
            } else if !(letter.is_whitespace() || letter == '_') {
                let span = locate_in_string(self.sources, text.span, at..at + letter.len_utf8());
                let message = format!("{letter:?} is not a hex digit");
                self.invalid(
                    span,
                    message,
                    "not a hex digit",
                    "use 0 to 9 and a to f; spaces and `_` may stand between them",
                );
                return None;
            }
        }
        let (bytes, rest) = digits.as_chunks::<2>();
        if !rest.is_empty() {
            let message = "the number of hex digits is odd";
            let label = format!("{} digits", digits.len());
            self.invalid(
                text.span,
                message,
                &label,
                "two digits make a byte: write a leading `0` where it was left out",
            );
            return None;
        }
        Some(Spanned::new(bytes.iter().map(|[high, low]| high * 16 + low).collect(), text.span))
    }

    fn matching(&mut self, entry: &Entry<'_>) -> Option<Base> {
        let pattern = self.text(entry)?;
        match regex_syntax::parse(&pattern.value) {
            Ok(hir) => self.can_be_generated(&hir, &pattern)?,
            Err(error) => {
                let (message, range) = regex_fault(&error);
                let span = locate_in_string(self.sources, pattern.span, range);
                let message = format!("not a regular expression: {message}");
                self.invalid(span, message, "here", "the notation is that of the crate `regex`");
                return None;
            }
        }
        Some(Base::Matching(pattern))
    }

    fn can_be_generated(&mut self, hir: &Hir, pattern: &Spanned<String>) -> Option<()> {
        if !hir.properties().look_set().is_empty() {
            let help = "take out `^`, `$`, `\\b` and the like: the whole text is made from the expression";
            self.invalid(
                pattern.span,
                "anchors say nothing about a text that is made",
                "has an anchor",
                help,
            );
            return None;
        }
        if hir.properties().minimum_len().is_none() {
            let help = "write an expression that some text matches";
            self.invalid(pattern.span, "no text matches this expression", "matches nothing", help);
            return None;
        }
        Some(())
    }
}

fn is_empty_list(entry: &Entry<'_>) -> bool {
    entry.value.as_array().is_some_and(|elements| elements.is_empty())
}

fn regex_fault(error: &regex_syntax::Error) -> (String, std::ops::Range<usize>) {
    let place = |span: &regex_syntax::ast::Span| span.start.offset..span.end.offset;
    match error {
        regex_syntax::Error::Parse(error) => (error.kind().to_string(), place(error.span())),
        regex_syntax::Error::Translate(error) => (error.kind().to_string(), place(error.span())),
        _ => (error.to_string(), 0..usize::MAX),
    }
}
