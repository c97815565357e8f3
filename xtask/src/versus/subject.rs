//! Takes the constraint file and the sources of a case, gives its call as rivals make it, or why they cannot.
//!
//! Only what anybody could read off the two by a glance is understood: a function with arguments of plain types.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Duration;

use constraints_wire::measure::{AtMost, Dimension, Size, seconds};
use syn::{FnArg, GenericArgument, Item, ItemFn, PathArguments, Type};
use toml::{Table, Value};

use crate::error::{Error, at};
use crate::workshop::{entries, read_toml};

/// The kinds that rivals can notice, each by what somebody has anyway.
const KINDS: [&str; 5] = ["no_panic", "bounded_stack", "bounded_memory", "bounded_time", "terminates"];
/// Types that proptest and bolero make by themselves.
const PLAIN: [&str; 18] = [
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64",
    "u128", "usize", "String", "Option",
];
/// How far inputs grow where something is measured and nothing is said.
const LARGEST: u64 = 1 << 20;
/// The stack of a thread of which nothing is said.
const STACK: u64 = 2 << 20;
/// What somebody gives each call, in seconds, who requires time in proportion.
const PATIENCE: f64 = 1.0;
/// What each call has that has to come back, where nothing is said.
const WITHIN: f64 = 5.0;

/// A call of a function under a constraint.
#[derive(Debug, PartialEq)]
pub(crate) struct Subject {
    pub(crate) kind: String,
    /// The function, as the tests name it.
    path: String,
    arguments: Vec<Argument>,
    /// `stack`, `heap` and `time` as Rust.
    limits: [String; 3],
    /// Bytes that inputs have at most, where something is measured.
    pub(crate) largest: Option<u64>,
}

/// An argument with the samples that the constraint gives for it.
#[derive(Debug, PartialEq)]
struct Argument {
    /// The type of a value that can be handed over.
    owned: String,
    is_borrowed: bool,
    samples: Vec<Vec<u8>>,
}

impl Argument {
    /// Whether it is made of bytes.
    fn has_size(&self) -> bool {
        ["String", "Vec<u8>"].contains(&self.owned.as_str())
    }
}

/// The call of the first constraint of `case` that rivals can judge; nothing if all of them are of other kinds.
pub(crate) fn read(case: &Path) -> Result<Option<Result<Subject, String>>, Error> {
    let folder = case.join("constraints");
    let mut files = Table::new();
    for name in entries(&folder)?.filter(|name| Path::new(name).extension().is_some_and(|it| it == "toml")) {
        for (section, declared) in read_toml::<Table>(&folder.join(name))? {
            match (files.get_mut(&section), declared) {
                (Some(Value::Table(known)), Value::Table(more)) => known.extend(more),
                (_, declared) => drop(files.insert(section, declared)),
            }
        }
    }
    let sources = case.join("src/lib.rs");
    let text = at(&sources, fs::read_to_string(&sources))?;
    let constraints = files.get("constraint").and_then(Value::as_table);
    let mut known = constraints.into_iter().flat_map(Table::values).filter_map(Value::as_table);
    let kind = |constraint: &Table| constraint.get("kind").and_then(Value::as_str).unwrap_or("").to_owned();
    let constraint = known.find(|constraint| KINDS.contains(&kind(constraint).as_str()));
    Ok(constraint.map(|constraint| subject(kind(constraint), constraint, &files, &text)))
}

fn subject(kind: String, constraint: &Table, files: &Table, sources: &str) -> Result<Subject, String> {
    if let Some(key) = ["call", "given", "env", "targets"].iter().find(|key| constraint.contains_key(**key)) {
        return Err(format!("`{key}` says more than a plain call"));
    }
    let target = text(constraint, "target").ok_or("it has no target")?;
    let name = target.strip_prefix("crate::").unwrap_or(target);
    let file = syn::parse_file(sources).map_err(|error| error.to_string())?;
    let function = file.items.iter().find_map(|item| match item {
        Item::Fn(function) if function.sig.ident == name => Some(function),
        _ => None,
    });
    let function = function.ok_or_else(|| format!("`{target}` is no function of `src/lib.rs`"))?;
    let arguments = arguments(function, constraint, files)?;
    let limits = limits(&kind, constraint)?;
    let largest = (kind != "no_panic").then(|| largest(constraint));
    Ok(Subject { kind, path: format!("subject::{name}"), arguments, limits, largest })
}

fn text<'a>(table: &'a Table, key: &str) -> Option<&'a str> {
    table.get(key).and_then(Value::as_str)
}

fn largest(constraint: &Table) -> u64 {
    text(constraint, "size").and_then(|size| Size::parse(size).ok()).map_or(LARGEST, |size| size.amount)
}

fn limits(kind: &str, constraint: &Table) -> Result<[String; 3], String> {
    let none = || "None".to_owned();
    let bound = text(constraint, "at_most");
    let time = |seconds: f64| {
        let millis = Duration::from_secs_f64(seconds).as_millis();
        format!("Some(std::time::Duration::from_millis({millis}))")
    };
    Ok(match kind {
        "bounded_stack" => {
            let bound =
                bound.map(|text| AtMost::parse(text, Dimension::Bytes).map_err(|wrong| wrong.message));
            let size = largest(constraint);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a stack is no fraction"
            )]
            let stack = bound.transpose()?.map_or(STACK, |bound| bound.at(size, size) as u64);
            [format!("Some({stack})"), none(), none()]
        }
        "bounded_memory" => [none(), format!("Some({:?})", bound.ok_or("it has no bound")?), none()],
        "bounded_time" => [none(), none(), time(PATIENCE)],
        "terminates" => {
            let within = text(constraint, "within").map(|text| seconds(text).map_err(|wrong| wrong.message));
            [none(), none(), time(within.transpose()?.unwrap_or(WITHIN))]
        }
        _ => [none(), none(), none()],
    })
}

fn arguments(function: &ItemFn, constraint: &Table, files: &Table) -> Result<Vec<Argument>, String> {
    let declared = constraint.get("args").and_then(Value::as_table);
    let argument = |input: &FnArg| {
        let FnArg::Typed(input) = input else { return Err("it is a method".to_owned()) };
        let syn::Pat::Ident(name) = &*input.pat else { return Err("an argument has no name".to_owned()) };
        let (owned, is_borrowed) = match &*input.ty {
            Type::Reference(reference) => (owned(&reference.elem), true),
            other => (owned(other), false),
        };
        let owned = owned.ok_or_else(|| format!("the type of `{}` is not plain", name.ident))?;
        let generator = declared.and_then(|args| args.get(&name.ident.to_string())?.as_table());
        Ok(Argument { owned, is_borrowed, samples: samples(generator, files)? })
    };
    function.sig.inputs.iter().map(argument).collect()
}

/// What a value of the type is kept as until it is handed over.
fn owned(of: &Type) -> Option<String> {
    match of {
        Type::Slice(slice) => Some(format!("Vec<{}>", owned(&slice.elem)?)),
        Type::Path(path) => {
            let last = path.path.segments.last()?;
            let name = last.ident.to_string();
            match &last.arguments {
                PathArguments::None if name == "str" => Some("String".to_owned()),
                PathArguments::None if PLAIN.contains(&name.as_str()) => Some(name),
                PathArguments::AngleBracketed(inner) if name == "Vec" || name == "Option" => {
                    match inner.args.first()? {
                        GenericArgument::Type(inner) => Some(format!("{name}<{}>", owned(inner)?)),
                        _ => None,
                    }
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// The samples of a generator; of a named one those that stand where it is declared.
fn samples(generator: Option<&Table>, files: &Table) -> Result<Vec<Vec<u8>>, String> {
    let Some(generator) = generator else { return Ok(Vec::new()) };
    if let Some(name) = text(generator, "input") {
        let name = name.rsplit('.').next().unwrap_or(name);
        let named = files.get("input").and_then(|inputs| inputs.get(name)?.as_table());
        return samples(Some(named.ok_or_else(|| format!("no input `{name}`"))?), files);
    }
    let texts = |key: &str| {
        let texts = generator.get(key).and_then(Value::as_array).into_iter().flatten();
        texts.filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>()
    };
    let mut samples: Vec<Vec<u8>> = texts("like").into_iter().map(String::into_bytes).collect();
    for hex in texts("like_hex") {
        let digits: Vec<u32> =
            hex.chars().filter(|c| !c.is_whitespace()).map_while(|c| c.to_digit(16)).collect();
        let byte = |two: &[u32]| u8::try_from(two[0] * 16 + two[1]).unwrap_or_default();
        samples.push(digits.chunks_exact(2).map(byte).collect());
    }
    Ok(samples)
}

impl Subject {
    /// The module `subject`: the call, its input, what it may use.
    pub(crate) fn call(&self) -> String {
        let (mut types, mut passed, mut sizes) = (String::new(), Vec::new(), vec!["0".to_owned()]);
        let with_samples = self.arguments.iter().any(|argument| !argument.samples.is_empty());
        for (at, argument) in self.arguments.iter().enumerate() {
            let _ = write!(types, "{}, ", argument.owned);
            let passed_by = if argument.is_borrowed { ("&", "") } else { ("", ".clone()") };
            passed.push(format!("{}input.{at}{}", passed_by.0, passed_by.1));
            if argument.has_size() && (!argument.samples.is_empty() || !with_samples) {
                sizes.push(format!("input.{at}.len() as u64"));
            }
        }
        let [stack, heap, time] = &self.limits;
        format!(
            "use crate::judge::Limits;\n\n\
             pub type Input = ({types});\n\n\
             pub const LIMITS: Limits = Limits {{ stack: {stack}, heap: {heap}, time: {time} }};\n\n\
             pub fn call(input: &Input) {{\n    drop({}({}));\n}}\n\n\
             pub fn size(input: &Input) -> u64 {{\n    {}\n}}\n",
            self.path,
            passed.join(", "),
            sizes.join(" + ")
        )
    }

    /// The module `strategies` of proptest.
    pub(crate) fn strategies(&self) -> String {
        let (mut default, mut mutated) = (String::new(), String::new());
        for argument in &self.arguments {
            let any = format!("any::<{}>(), ", argument.owned);
            default.push_str(&any);
            match argument.owned.as_str() {
                "String" | "Vec<u8>" if !argument.samples.is_empty() => {
                    let how = if argument.owned == "String" { "text" } else { "bytes" };
                    let samples: Vec<String> =
                        argument.samples.iter().map(|sample| format!("&{sample:?}")).collect();
                    let _ = write!(mutated, "crate::mutate::{how}(&[{}]), ", samples.join(", "));
                }
                _ => mutated.push_str(&any),
            }
        }
        format!(
            "use proptest::prelude::*;\n\nuse crate::subject::Input;\n\n\
             pub fn default() -> impl Strategy<Value = Input> {{\n    ({default})\n}}\n\n\
             pub fn mutated() -> impl Strategy<Value = Input> {{\n    ({mutated})\n}}\n"
        )
    }

    /// The module `drive` of bolero: bytes and text as they come, everything else by its type.
    pub(crate) fn drive(&self) -> String {
        let body = match self.only() {
            Some((_, "Vec<u8>")) => "for_each(|bytes: &[u8]| crate::judge::judge(&(bytes.to_vec(),)))",
            Some((_, "String")) => {
                "for_each(|bytes: &[u8]| {\n        if let Ok(text) = std::str::from_utf8(bytes) {\n            \
                 crate::judge::judge(&(text.to_owned(),));\n        }\n    })"
            }
            _ => "with_type::<crate::subject::Input>().for_each(crate::judge::judge)",
        };
        format!("pub fn drive() {{\n    bolero::check!().{body};\n}}\n")
    }

    /// The samples that bolero can begin with: those of the only argument.
    pub(crate) fn corpus(&self) -> &[Vec<u8>] {
        self.only().map_or(&[], |(samples, _)| samples)
    }

    fn only(&self) -> Option<(&[Vec<u8>], &str)> {
        let [argument] = self.arguments.as_slice() else { return None };
        Some((&argument.samples, &argument.owned))
    }
}

#[cfg(test)]
mod tests {
    use toml::Table;

    use super::{Subject, subject};

    fn of(declared: &str, source: &str) -> Result<Subject, String> {
        let files: Table = declared.parse().expect("a table");
        let constraint = files["constraint"]["it"].as_table().expect("a constraint").clone();
        subject(constraint["kind"].as_str().unwrap_or_default().to_owned(), &constraint, &files, source)
    }

    const LOGIN: &str = "pub fn login(password: &str, hash: &[u8], times: Option<u32>) -> bool { true }";

    #[test]
    fn arguments_are_kept_as_what_owns_them_and_handed_over_as_asked_for() {
        let declared = "[constraint.it]\nkind = 'no_panic'\ntarget = 'crate::login'\n\
             args.hash = { like_hex = ['0a ff'] }\n";
        let subject = of(declared, LOGIN).expect("plain");
        let call = subject.call();
        assert!(call.contains("pub type Input = (String, Vec<u8>, Option<u32>, );"), "{call}");
        assert!(call.contains("subject::login(&input.0, &input.1, input.2.clone())"), "{call}");
        assert!(call.contains("0 + input.1.len() as u64"), "{call}");
        let strategies = subject.strategies();
        assert!(
            strategies.contains("any::<String>(), crate::mutate::bytes(&[&[10, 255]]), "),
            "{strategies}"
        );
        assert!(subject.drive().contains("with_type"));
        assert!(subject.corpus().is_empty());
    }

    #[test]
    fn the_samples_of_a_named_input_are_those_of_the_only_argument() {
        let declared = "[input.line]\nlike = ['a b']\n[constraint.it]\nkind = 'bounded_stack'\n\
             target = 'crate::read'\nat_most = '1 MiB'\nargs.line = { input = 'line' }\n";
        let subject = of(declared, "pub fn read(line: &str) {}").expect("plain");
        assert_eq!(subject.corpus(), [b"a b".to_vec()]);
        assert_eq!(subject.largest, Some(1 << 20));
        assert!(subject.call().contains("stack: Some(1048576), heap: None, time: None"));
        assert!(subject.drive().contains("from_utf8"));
    }

    #[test]
    fn what_is_more_than_a_plain_call_is_left_out_with_the_reason() {
        let declared =
            |more: &str| format!("[constraint.it]\nkind = 'no_panic'\ntarget = 'crate::read'\n{more}");
        let refused = |more: &str, source: &str| of(&declared(more), source).expect_err("not plain");
        assert!(refused("call = 'f()'", "").contains("`call`"));
        assert!(refused("", "pub fn other() {}").contains("no function"));
        assert!(refused("", "pub fn read(at: std::path::PathBuf) {}").contains("`at`"));
    }
}
