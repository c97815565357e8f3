//! Declarations and Rust as texts in, what they are bound to as text out.

mod arguments;
mod awaited;
mod calls;
mod closures;
mod expressions;
mod faults;
mod fields;
mod gathered;
mod generic_types;
mod generics;
mod givers;
mod methods;
mod parts;
mod paths;
mod recipes;
mod rendered;
mod selectors;
mod signatures;
mod surroundings;
mod traits;
mod types;
mod user_types;

use std::collections::BTreeMap;

use toml::Value as Toml;

use super::{CrateFacts, bind};
use crate::model::{
    About, Area, Argument, Base, Constraint, Expression, FileId, Fit, Generator, Id, Input, Key, KeyShape,
    KeyValue, Keys, Literal, Model, Refusal, Shape, Sources, Span, Spanned, Status, Subject,
};

/// Binds one constraint, given as the TOML of its table, to a crate `app` of one file.
fn check(rust: &str, declaration: &str) -> String {
    check_files(&[("src/lib.rs", rust)], declaration)
}

/// Binds one constraint to a crate `app` of several files.
fn check_files(files: &[(&str, &str)], declaration: &str) -> String {
    let mut sources = Sources::default();
    let facts = CrateFacts::from_texts("app", files, &mut sources).expect("the texts are a crate");
    judged(&facts, sources, declaration)
}

/// Binds one constraint to a crate that was read.
fn judged(facts: &CrateFacts, mut sources: Sources, declaration: &str) -> String {
    let file = sources.add("constraints/main.toml", declaration);
    let model = Reader { text: declaration, file }.model();
    let (bound, faults) = bind(&model, facts, &sources);
    rendered::all(&bound, faults, &sources)
}

/// The values of one constraint on the function `f`.
fn values(rust: &str, declaration: &str) -> String {
    let all = check(rust, &format!("target = \"crate::f\"\n{declaration}"));
    match all.split_once('\n') {
        Some((target, values)) if target.starts_with("app::f(") => values.to_owned(),
        _ => all,
    }
}

static NO_PANIC: About = about("no_panic", Subject::Function, &[]);
static LAW: About = about("law", Subject::Function, &[key("then", KeyShape::Expression)]);
static ROUND_TRIP: About = about("round_trip", Subject::Function, &[key("inverse", KeyShape::Path)]);
static LAWFUL_ORDER: About = about("lawful_order", Subject::Type, &[]);
static AUTO_TRAITS: About = About {
    keys: &[
        Key { name: "send", shape: KeyShape::Text, required: false, says: "" },
        Key { name: "sync", shape: KeyShape::Text, required: false, says: "" },
    ],
    ..about("auto_traits", Subject::Generic, &[])
};
static FORBIDS: About = about("forbids", Subject::Module, &[key("calls", KeyShape::Words)]);

const fn key(name: &'static str, shape: KeyShape) -> Key {
    Key { name, shape, required: true, says: "" }
}

const fn about(id: &'static str, subject: Subject, keys: &'static [Key]) -> About {
    About {
        id,
        shape: Shape::Property,
        area: Area::Stability,
        summary: "",
        status: Status::Preview,
        subject,
        keys,
        source: "",
    }
}

/// Reads just enough TOML for these tests: a value's place is where its text stands first.
struct Reader<'t> {
    text: &'t str,
    file: FileId,
}

impl Reader<'_> {
    fn model(&self) -> Model {
        let table: toml::Table = self.text.parse().expect("the declaration is TOML");
        let kind = table.get("kind").map_or("no_panic", |kind| kind.as_str().expect("a text"));
        let kind = [&NO_PANIC, &LAW, &ROUND_TRIP, &LAWFUL_ORDER, &FORBIDS, &AUTO_TRAITS]
            .into_iter()
            .find(|about| about.id == kind);
        let id = Id::new("main", "one");
        let constraint = Constraint {
            id: Spanned::new(id.clone(), self.span("")),
            says: Spanned::new(String::new(), self.span("")),
            kind: Spanned::new(kind.expect("a kind of these tests"), self.span("")),
            target: self.spanned(&table["target"]),
            signature: table.get("signature").map(|signature| self.expression(signature)),
            generics: self.generics(&table),
            area: None,
            level: None,
            serves: Vec::new(),
            after: Vec::new(),
            answers: Vec::new(),
            conflicts: Vec::new(),
            refines: Vec::new(),
            tags: Vec::new(),
            args: table.get("args").map_or_else(Vec::new, |args| self.arguments(args)),
            samples: Vec::new(),
            env: Vec::new(),
            refusal: Refusal::default(),
            call: table.get("call").map(|call| self.expression(call)),
            when: table.get("when").map(|when| self.expression(when)),
            effort: crate::model::Effort::default(),
            keys: self.keys(&table),
        };
        let inputs =
            table.get("input").and_then(Toml::as_table).into_iter().flatten().map(|(name, generator)| {
                let id = Id::new("main", name);
                (
                    id.clone(),
                    Input { id: Spanned::new(id, self.span(name)), generator: self.generator(generator) },
                )
            });
        Model {
            inputs: inputs.collect(),
            constraints: BTreeMap::from([(id, constraint)]),
            ..Model::default()
        }
    }

    fn generics(&self, table: &toml::Table) -> Vec<(Spanned<String>, Expression)> {
        let generics = table.get("generics").and_then(Toml::as_table).into_iter().flatten();
        generics
            .map(|(name, ty)| (Spanned::new(name.clone(), self.span(name)), self.expression(ty)))
            .collect()
    }

    fn keys(&self, table: &toml::Table) -> Keys {
        let mut keys = Keys::default();
        if let Some(then) = table.get("then") {
            keys.insert("then", KeyValue::Expression(self.expression(then)));
        }
        if let Some(inverse) = table.get("inverse") {
            keys.insert("inverse", KeyValue::Text(self.spanned(inverse)));
        }
        for name in ["send", "sync"] {
            if let Some(condition) = table.get(name) {
                keys.insert(name, KeyValue::Text(self.spanned(condition)));
            }
        }
        keys
    }

    fn arguments(&self, args: &Toml) -> Vec<Argument> {
        let mut args: Vec<_> = args.as_table().expect("a table").iter().collect();
        args.sort_by_key(|(name, _)| self.span(&format!("args.{name}")).start);
        let arguments = args.into_iter().map(|(name, generator)| Argument {
            name: Spanned::new(name.clone(), self.span(&format!("args.{name}"))),
            generator: self.generator(generator),
            given: false,
        });
        arguments.collect()
    }

    fn generator(&self, value: &Toml) -> Generator {
        let table = value.as_table().expect("a table");
        let base = table.iter().find_map(|(key, value)| self.base(key, value));
        let span = base.as_ref().map_or(self.span("args"), |base| base.span);
        let only = table.get("only").and_then(Toml::as_bool).unwrap_or_default();
        let fields = table.iter().filter(|(name, value)| value.is_table() && *name != "folder");
        let fields =
            fields.map(|(name, field)| (Spanned::new(name.clone(), self.span(name)), self.generator(field)));
        Generator {
            span,
            base,
            ty: None,
            format: None,
            fields: fields.collect(),
            fit: Fit::default(),
            map: table.get("map").map(|map| self.expression(map)),
            only,
        }
    }

    fn base(&self, key: &str, value: &Toml) -> Option<Spanned<Base>> {
        let list = || value.as_array().expect("a list").iter();
        let base = match key {
            "like" => Base::Like(list().map(|sample| self.spanned(sample)).collect()),
            "like_hex" => Base::LikeHex(
                list()
                    .map(|sample| {
                        self.spanned(sample).map(|hex| vec![u8::from_str_radix(&hex, 16).expect("hex")])
                    })
                    .collect(),
            ),
            "is" => Base::Is(self.literal(value)),
            "one_of" => Base::OneOf(list().map(|value| self.literal(value)).collect()),
            "matching" => Base::Matching(self.spanned(value)),
            "range" => Base::Range(self.spanned(value)),
            "value" => Base::Value(self.expression(value)),
            "strategy" => Base::Strategy(self.expression(value)),
            "type" => Base::Type(self.expression(value)),
            "near" => Base::Near(self.spanned(value)),
            "program" => Base::Program,
            "server" => Base::Server(self.expression(value)),
            "folder" => Base::Folder(self.files(value)),
            "input" => Base::Input(self.spanned(value).map(|name| Id::new("main", &name))),
            _ => return None,
        };
        let text = value.as_str().map_or(key.to_owned(), |text| format!("{key} = \"{text}\""));
        Some(Spanned::new(base, self.span(&text)))
    }

    fn files(&self, value: &Toml) -> Vec<(Spanned<String>, Generator)> {
        let files = value.as_table().expect("a table").iter();
        files
            .map(|(path, content)| (Spanned::new(path.clone(), self.span(path)), self.generator(content)))
            .collect()
    }

    fn literal(&self, value: &Toml) -> Spanned<Literal> {
        fn plain(value: &Toml) -> Literal {
            match value {
                Toml::String(text) => Literal::Text(text.clone()),
                Toml::Integer(number) => Literal::Integer(*number),
                Toml::Float(number) => Literal::Float(*number),
                Toml::Boolean(flag) => Literal::Boolean(*flag),
                Toml::Array(parts) => Literal::Array(parts.iter().map(plain).collect()),
                other => panic!("no literal: {other}"),
            }
        }
        Spanned::new(plain(value), self.span(&value.to_string()))
    }

    fn expression(&self, value: &Toml) -> Expression {
        let text = value.as_str().expect("a text").to_owned();
        Expression { span: self.span(&text), text }
    }

    fn spanned(&self, value: &Toml) -> Spanned<String> {
        let text = value.as_str().expect("a text").to_owned();
        let span = self.span(&text);
        Spanned::new(text, span)
    }

    fn span(&self, text: &str) -> Span {
        let start = self.text.find(text).unwrap_or(0);
        Span { file: self.file, start, end: start + text.len().min(self.text.len() - start) }
    }
}
