//! # `escaped`
//!
//! ## What it requires
//! A value that the target puts into another language stays a value there.
//! `into` says which: `html`, `attribute`, `url`, `sql`, `shell`, `argv`, `header`, `smtp`, `csv`, `log_line`, `terminal`, `json`, `xml` or `path`.
//! Read by a reader of that language, the output has the same structure as with a harmless value, and the value comes back as it was where the language has a way to write it.
//! Where the target refuses a value, nothing is required of it.
//!
//! ## Why it matters
//! Whoever can write a quote, a line end or a tag where a name was expected can write the rest of the page, the statement or the command as well.
//! Most of the known ways into a system are of this sort, and code that looks for the bad ones always misses one.
//!
//! ## Declaration
//! ```toml
//! [constraint.no_new_elements]
//! says   = "The name of a visitor is shown and is never part of the page"
//! kind   = "escaped"
//! into   = "html"
//! target = "crate::greeting"
//! ```
//! `hostile = "title"` names the arguments that vary; without it all that hold text do.
//! `part` says whether the output is a `value`, such as that of one attribute or of one component of an address, a `block` or the `whole`.
//! `or = ["dropped"]` lets the target leave out what it does not like; a refusal is fine in any case.
//! `words = ["program", "args.."]` says what a line of `shell` or a list of `argv` has to be, in terms of the arguments; `shell = "bash"` asks the real one where it is installed.
//!
//! ## Holds
//! ```rust
//! pub fn greeting(name: &str) -> String {
//!     let name = name.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
//!     format!("<p title=\"{name}\">Welcome, {name}</p>")
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn greeting(name: &str) -> String {
//!     let name = name.replace('&', "&amp;").replace('<', "&lt;"); // red: main.no_new_elements
//!     format!("<p title=\"{name}\">Welcome, {name}</p>")
//! }
//! ```
//!
//! ## How it is checked
//! Values are made of what has a meaning in the context: quotes, comments, line ends, expansions, encodings of them, and characters that look like them.
//! The target is called, and called again with letters in place of each hostile text; the reader of the context reads both outputs.
//! HTML is read by html5ever, addresses as the URL standard says, SQL by the rules of the `dialect` (`sqlite`, `mysql`, `postgres`, `mssql`, or the standard), lines of commands as POSIX and bash read them.
//! `quotes` says how an attribute is quoted (`double`, `single`, `both`, `none`), `component` which part of an address a value is (`segment`, `query`, `fragment`, `host`, `userinfo`), `delimiter` what separates cells of CSV.
//! `formulas = false` forbids cells that a spreadsheet would compute.
//! In a mail (`smtp`) a line feed alone, and a carriage return alone, end a line of its commands and fields as both together do, because many servers take them for that; in its body they do so unless the harmless form ends all its lines with both.
//! A text for a log holds nothing that a terminal obeys; it is one line too, unless it ends with a line end and so may be several, or `one_line` says which.
//! Where an argument is `program = "recorded"` and `into = "argv"`, what counts are the arguments that the program was started with.
//! A panic gives no output and is what `no_panic` is for.
//!
//! ## What it cannot see
//! Languages inside of others: scripts in a page, or the address in an attribute, for which `safe_html` is there.
//! Whether a value that comes back as it was is one that the target should not have taken.
//! Headers, mail, logs and names of files have many ways to write a value, so only their structure is compared.
//!
//! ## References
//! - OWASP, injection prevention: <https://cheatsheetseries.owasp.org/cheatsheets/Injection_Prevention_Cheat_Sheet.html>
//! - CWE-74, improper neutralization of special elements in output: <https://cwe.mitre.org/data/definitions/74.html>
//! - CWE-116, improper encoding or escaping of output: <https://cwe.mitre.org/data/definitions/116.html>

use std::collections::BTreeSet;

use constraints_wire::Witness;
use syn::{Expr, parse_quote};

use super::lowering::{
    answered, calling, fresh, function_called, ident, late_when, on_values, passed, refusal, see, tolerant,
    until_called, waits_for_result,
};
use super::rename::renamed;
use super::{Body, Call, Kind, OracleCall, Show, Step, Via};
use crate::model::{
    About, Area, Code, Fault, Key, KeyShape, Shape, Spanned, Status, Subject, did_you_mean, nearest,
};
use crate::resolve::{Bound, Function, Recipe, Value};

/// A value stays a value in the language that it is put into.
#[derive(Debug)]
pub(super) struct Escaped;

impl Kind for Escaped {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "escaped",
            shape: Shape::Property,
            area: Area::Security,
            summary: "a value stays a value in the language that it is put into",
            status: Status::Preview,
            subject: Subject::Function,
            keys: KEYS,
            source: include_str!("escaped.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let target = answered(bound)?;
        let place = place(bound)?;
        let Some(into) = bound.constraint.text("into") else {
            return Err(Fault::error(Code::MissingKey, bound.constraint.id.span, "`escaped` needs `into`"));
        };
        let into = &into.value;
        let mut steps = vec![state("against", vec![parse_quote!(#into)])];
        if bound.constraint.words("words").is_empty() {
            steps.extend(two_calls(bound, target, &place)?);
        } else {
            steps.extend(one_call(bound, &place)?);
        }
        Ok(OracleCall { oracle: "escaped", body: Body::Cases(steps) })
    }

    fn feature(&self, bound: &Bound<'_>) -> Option<&'static str> {
        let into = bound.constraint.text("into")?;
        matches!(into.value.as_str(), "html" | "attribute").then_some("markup")
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("lets a value be more than a value", witness)
    }
}

/// A key with one of a few values.
struct Choice {
    key: &'static str,
    values: &'static [&'static str],
}

/// Where a value may be put.
const CONTEXTS: &[&str] = &[
    "html",
    "attribute",
    "url",
    "sql",
    "shell",
    "argv",
    "header",
    "smtp",
    "csv",
    "log_line",
    "terminal",
    "json",
    "xml",
    "path",
];

const CHOICES: &[Choice] = &[
    Choice { key: "into", values: CONTEXTS },
    Choice { key: "part", values: &["value", "block", "whole"] },
    Choice {
        key: "dialect",
        values: &["ansi", "standard", "sqlite", "mysql", "mariadb", "postgres", "postgresql", "mssql"],
    },
    Choice { key: "shell", values: &["sh", "bash", "dash", "ksh", "zsh", "fish", "posix", "windows"] },
    Choice { key: "quotes", values: &["double", "single", "both", "none"] },
    Choice { key: "component", values: &["segment", "path", "query", "fragment", "host", "userinfo"] },
];

/// A key that makes no sense in other contexts than these.
const ONLY: &[(&str, &[&str])] = &[
    ("dialect", &["sql"]),
    ("shell", &["shell", "argv"]),
    ("words", &["shell", "argv"]),
    ("quotes", &["attribute"]),
    ("component", &["url"]),
    ("delimiter", &["csv"]),
    ("formulas", &["csv"]),
    ("one_line", &["log_line"]),
];

const fn key(name: &'static str, shape: KeyShape, says: &'static str) -> Key {
    Key { name, shape, required: false, says }
}

const KEYS: &[Key] = &[
    Key {
        name: "into",
        shape: KeyShape::Text,
        required: true,
        says: "The language: `html`, `attribute`, `url`, `sql`, `shell`, `argv`, `header`, `smtp`, `csv`, `log_line`, `terminal`, `json`, `xml` or `path`.",
    },
    key("hostile", KeyShape::Words, "The arguments that vary; all that hold text if it is not given."),
    key("part", KeyShape::Text, "What the output is: a `value`, a `block` or the `whole`."),
    key("or", KeyShape::Words, "What else is fine: `dropped`, `refused`."),
    key("words", KeyShape::Words, "What a line has to be, as names of arguments; `args..` for a list."),
    key(
        "shell",
        KeyShape::Text,
        "The shell: `bash`, `sh`, `dash`, `ksh`, `zsh`, `fish`, or `windows` for its programs.",
    ),
    key(
        "dialect",
        KeyShape::Text,
        "The dialect of SQL: `sqlite`, `mysql`, `postgres` or `mssql`; else the standard.",
    ),
    key("quotes", KeyShape::Text, "The quotes around an attribute: `double`, `single`, `both` or `none`."),
    key(
        "component",
        KeyShape::Text,
        "The part of an address: `segment`, `query`, `fragment`, `host` or `userinfo`.",
    ),
    key("delimiter", KeyShape::Text, "What stands between cells of CSV; a comma if it is not given."),
    key("formulas", KeyShape::Flag, "Whether a cell may be a formula; `false` forbids it."),
    key("one_line", KeyShape::Flag, "Whether a text for a log has to be one line."),
];

fn state(method: &'static str, arguments: Vec<Expr>) -> Step {
    Step::State { method, arguments, show: Show::Nothing }
}

fn written(name: &str) -> Expr {
    let name = ident(name);
    parse_quote!(rt::written!(#name))
}

/// Where the output is put, as the runtime takes it.
fn place(bound: &Bound<'_>) -> Result<Expr, Fault> {
    let constraint = bound.constraint;
    CHOICES.iter().try_for_each(|choice| one_of(constraint.text(choice.key), choice))?;
    let into = constraint.text("into").map_or("", |into| into.value.as_str());
    for (key, contexts) in ONLY.iter().filter(|(_, contexts)| !contexts.contains(&into)) {
        if let Some(value) = constraint.keys.get(key) {
            let message = format!("`{key}` says nothing where a value is put into `{into}`");
            let help = format!("leave it out, or write `into = \"{}\"`", contexts[0]);
            return Err(Fault::error(
                Code::InvalidValue,
                value.span().unwrap_or(constraint.id.span),
                message,
            )
            .help(help));
        }
    }
    let mut place: Expr = parse_quote!(rt::into(#into));
    for key in ["part", "dialect", "shell", "quotes", "component"] {
        if let Some(value) = constraint.text(key) {
            let (method, value) = (ident(key), &value.value);
            place = parse_quote!(#place.#method(#value));
        }
    }
    if let Some(delimiter) = constraint.text("delimiter") {
        let mut letters = delimiter.value.chars();
        let (Some(letter), None) = (letters.next(), letters.next()) else {
            let fault = Fault::error(Code::InvalidValue, delimiter.span, "a delimiter is one character");
            return Err(fault.help("write it as it stands between two cells, such as \";\" or \"\\t\""));
        };
        place = parse_quote!(#place.delimiter(#letter));
    }
    if constraint.keys.contains("formulas") && !constraint.flag("formulas") {
        place = parse_quote!(#place.without_formulas());
    }
    if constraint.keys.contains("one_line") {
        let one_line = constraint.flag("one_line");
        place = parse_quote!(#place.one_line(#one_line));
    }
    for other in constraint.words("or") {
        match other.value.as_str() {
            "dropped" => place = parse_quote!(#place.or_dropped()),
            "refused" => {}
            wrong => {
                let message = format!("`{wrong}` is nothing that may come of a value");
                return Err(Fault::error(Code::InvalidValue, other.span, message)
                    .help("`dropped` lets the target leave it out, `refused` lets it refuse the call"));
            }
        }
    }
    Ok(parse_quote!(&#place))
}

fn one_of(given: Option<&Spanned<String>>, choice: &Choice) -> Result<(), Fault> {
    let Some(given) = given.filter(|given| !choice.values.contains(&given.value.as_str())) else {
        return Ok(());
    };
    let message = format!("`{}` is no value of `{}`", given.value, choice.key);
    let near = did_you_mean(&nearest(&given.value, choice.values.iter().copied()));
    let all = choice.values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ");
    Err(Fault::error(Code::InvalidValue, given.span, message)
        .help(near.unwrap_or_else(|| format!("it is one of {all}"))))
}

/// The output has to be these words: the target is called once.
fn one_call(bound: &Bound<'_>, place: &Expr) -> Result<Vec<Step>, Fault> {
    let names: Vec<&str> = bound.values.iter().map(|value| value.name.as_str()).collect();
    let words = bound.constraint.words("words").iter().map(|word| {
        let name = word.value.trim_end_matches("..");
        if names.contains(&name) {
            return Ok(written(name));
        }
        let literal = ["'", "\""].iter().find_map(|it| name.strip_prefix(it)?.strip_suffix(it));
        if let Some(text) = literal.or_else(|| name.starts_with('-').then_some(name)) {
            return Ok(parse_quote!(rt::written!(#text)));
        }
        let message = format!("`{name}` is not an argument");
        let all = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let help = format!(
            "the arguments are {all}; a word that is always the same is written in quotes, as in \"'--'\""
        );
        Err(Fault::error(Code::UnknownArgument, word.span, message).help(help))
    });
    let words: Vec<Expr> = words.collect::<Result<_, _>>()?;
    let (result, list) = (fresh(bound, "result"), fresh(bound, "words"));
    let program = recorded(bound).map(|value| value.name.clone()).into_iter().collect();
    let mut steps = tolerant(until_called(bound, Some(result.clone()), &program));
    let call = steps.pop();
    // Before the call, which may take the values away.
    steps.push(Step::Let { name: list.clone(), value: parse_quote!([#(#words),*]), mutable: false });
    steps.extend(call);
    steps.extend(refusal(bound, &result, true));
    steps.extend(late_when(bound));
    steps.extend(received(bound, &result));
    steps.push(see(&result));
    let list = ident(&list);
    steps.push(state("same_words", vec![written(&result), parse_quote!(&#list), place.clone()]));
    Ok(steps)
}

/// The output has to have the structure that it has with harmless values: the target is called twice.
fn two_calls(bound: &Bound<'_>, target: &Function, place: &Expr) -> Result<Vec<Step>, Fault> {
    let hostile = hostile(bound)?;
    let [result, plain] = ["result", "plain"].map(|name| fresh(bound, name));
    let others: Vec<(String, String)> = hostile
        .iter()
        .map(|value| (value.name.clone(), fresh(bound, &format!("plain_{}", value.name))))
        .collect();
    let all: BTreeSet<String> = bound.values.iter().map(|value| value.name.clone()).collect();
    let mut steps = tolerant(until_called(bound, Some(result.clone()), &all));
    let call = steps.pop();
    let told: Vec<&Value> = hostile.iter().copied().filter(|value| is_told(&value.recipe)).collect();
    steps.extend(told.iter().map(|value| state("hostile", vec![written(&value.name)])));
    steps.extend(call);
    steps.extend(refusal(bound, &result, true));
    steps.extend(late_when(bound));
    steps.extend(received(bound, &result));
    steps.push(see(&result));

    let names = hostile.iter().map(|value| value.name.as_str());
    steps.push(state("harmlessly", vec![parse_quote!(&[#(#names),*])]));
    for (value, (_, other)) in hostile.iter().zip(&others) {
        let (recipe, input) = (value.recipe.clone(), value.input.clone());
        steps.push(Step::Draw { name: other.clone(), recipe, input, mutable: false });
    }
    let told = others.iter().filter(|(name, _)| told.iter().any(|value| value.name == *name));
    steps.extend(told.map(|(_, other)| state("instead", vec![written(other)])));
    if let Some(when) = bound.when.as_ref().filter(|_| !waits_for_result(bound)) {
        steps.push(Step::When(renamed(when, &others)));
    }
    steps.push(second_call(bound, target, &others, plain.clone()));
    steps.extend(plain_refusal(bound, &result, &plain));
    steps.extend(received(bound, &plain));
    steps.push(state("same_structure", vec![written(&result), written(&plain), place.clone()]));
    Ok(steps)
}

fn second_call(bound: &Bound<'_>, target: &Function, others: &[(String, String)], bind: String) -> Step {
    if let Some(call) = &bound.call {
        let is_async = function_called(bound).is_some_and(|function| function.is_async);
        let call = Call::Expression(renamed(call, others));
        return Step::Call { bind: Some(bind), via: Via::Attempt, call, is_async };
    }
    let other = |name: &String| {
        let found = others.iter().find(|(it, _)| it == name);
        found.map_or_else(|| name.clone(), |(_, other)| other.clone())
    };
    let names: Vec<String> = target.parameters.iter().map(|it| other(&it.name)).collect();
    let program = recorded(bound).map(|value| value.name.clone()).into_iter().collect();
    calling(bound, Via::Attempt, Some(bind), target, &names, &program)
}

/// The program that takes what the target gives it, if there is one.
fn recorded<'b>(bound: &'b Bound<'_>) -> Option<&'b Value> {
    let is_argv = bound.constraint.text("into").is_some_and(|into| into.value == "argv");
    let is_program = |value: &&Value| matches!(value.recipe, Recipe::Program { .. });
    bound.values.iter().find(is_program).filter(|_| is_argv && bound.call.is_none())
}

/// Where a program records how it is called, its arguments are what is judged rather than what the target gives.
fn received(bound: &Bound<'_>, result: &str) -> Option<Step> {
    let (program, answer) = (ident(&recorded(bound)?.name), ident(result));
    Some(Step::Let {
        name: result.to_owned(),
        value: parse_quote!(#program.received(#answer)),
        mutable: false,
    })
}

/// What comes of a refusal of harmless values: the case says nothing.
fn plain_refusal(bound: &Bound<'_>, result: &str, plain: &str) -> Vec<Step> {
    let names = [(result.to_owned(), plain.to_owned())];
    let renamed = |step| match step {
        Step::Refused(refused) => Step::Refused(renamed(&refused, &names)),
        Step::Accepted(_) => Step::Accepted(plain.to_owned()),
        step => step,
    };
    refusal(bound, result, true).into_iter().map(renamed).collect()
}

/// The values that vary.
fn hostile<'b>(bound: &'b Bound<'_>) -> Result<Vec<&'b Value>, Fault> {
    let named = bound.constraint.words("hostile");
    let find = |name: &str| bound.values.iter().find(|value| value.name == name);
    if !named.is_empty() {
        return named
            .iter()
            .map(|name| {
                find(&name.value).ok_or_else(|| {
                    let all: Vec<String> =
                        bound.values.iter().map(|value| format!("`{}`", value.name)).collect();
                    let message = format!("`{}` is not an argument", name.value);
                    Fault::error(Code::UnknownArgument, name.span, message)
                        .help(format!("the arguments are {}", all.join(", ")))
                })
            })
            .collect();
    }
    let values: Vec<&Value> = if bound.call.is_some() {
        bound.values.iter().collect()
    } else {
        passed(bound).filter_map(find).collect()
    };
    let hostile: Vec<&Value> = values.into_iter().filter(|value| may_hold_text(&value.recipe)).collect();
    if hostile.is_empty() {
        let span = bound.constraint.target.span;
        return Err(Fault::error(Code::InvalidValue, span, "no argument holds text that could be hostile")
            .help("declare one whose values vary, as in `args.name = { like = [\"Ann\"] }`"));
    }
    Ok(hostile)
}

/// Whether the values of a recipe are texts, bytes or lists of them, which the runtime can look for in an output.
fn is_told(recipe: &Recipe) -> bool {
    match recipe {
        Recipe::Text { .. } | Recipe::Bytes { .. } | Recipe::LikeFiles { .. } | Recipe::Document { .. } => {
            true
        }
        Recipe::Fitted { inner, .. } => is_told(inner),
        Recipe::Vec(inner) => {
            matches!(&**inner, Recipe::Text { .. })
                || matches!(&**inner, Recipe::Fitted { inner, .. } if matches!(**inner, Recipe::Text { .. }))
        }
        _ => false,
    }
}

fn may_hold_text(recipe: &Recipe) -> bool {
    match recipe {
        Recipe::Integer { .. }
        | Recipe::Float { .. }
        | Recipe::Bool
        | Recipe::Char
        | Recipe::Unit
        | Recipe::OneOf(_)
        | Recipe::OneOfFiles { .. }
        | Recipe::Value(_)
        | Recipe::Strategy(_)
        | Recipe::Tracked
        | Recipe::Arbitrary(_)
        | Recipe::Folder { .. }
        | Recipe::Program { .. }
        | Recipe::Server { .. }
        | Recipe::Matching(_) => false,
        Recipe::Vec(inner)
        | Recipe::Array(inner, _)
        | Recipe::Option(inner)
        | Recipe::Boxed(inner)
        | Recipe::Known { inner, .. }
        | Recipe::Kept { inner, .. }
        | Recipe::Fitted { inner, .. }
        | Recipe::Pieces(inner)
        | Recipe::Map { inner, .. } => may_hold_text(inner),
        Recipe::Tuple(parts) => parts.iter().any(may_hold_text),
        Recipe::Result(ok, err) => may_hold_text(ok) || may_hold_text(err),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{Example, at, example, refused, text, words};
    use crate::kinds::{Body, Kind as _, Step};
    use crate::model::KeyValue;
    use crate::resolve::{Lend, Recipe, Returns};

    fn said(text: &str) -> KeyValue {
        KeyValue::Text(at(text.to_owned()))
    }

    fn page(into: &str) -> Example {
        example("escaped", "shown", "page").argument("title", text(), Lend::Ref).key("into", said(into))
    }

    fn steps(example: &Example) -> String {
        let call = super::Escaped.plan(&example.bound()).expect("an accepted declaration");
        let Body::Cases(steps) = call.body else { panic!("it is judged by cases") };
        let word = |step: &Step| match step {
            Step::Draw { name, .. } => format!("draw {name}"),
            Step::Call { bind: Some(name), .. } => format!("call as {name}"),
            Step::State { method, .. } => (*method).to_owned(),
            Step::See { name, .. } => format!("see {name}"),
            Step::Let { name, .. } => format!("let {name}"),
            Step::Accepted(name) => format!("accepted {name}"),
            _ => "another".to_owned(),
        };
        steps.iter().map(word).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn the_target_is_called_with_hostile_and_with_harmless_values() {
        let number = Recipe::Integer { ty: "u8", range: None };
        let both = page("html").argument("width", number, Lend::Move).returns(Returns::Option);
        assert_eq!(
            steps(&both),
            "against, draw title, draw width, hostile, call as result, accepted result, see result, \
             harmlessly, draw plain_title, instead, call as plain, accepted plain, same_structure"
        );
    }

    #[test]
    fn words_are_compared_with_the_arguments() {
        let line = page("shell").key("words", words(&["'ls'", "--", "title.."]));
        assert_eq!(steps(&line), "against, draw title, let words, call as result, see result, same_words");
        insta::assert_snapshot!(refused(&page("shell").key("words", words(&["name"]))), @r#"
        unknown-argument: `name` is not an argument
        help: the arguments are `title`; a word that is always the same is written in quotes, as in "'--'"
        "#);
    }

    #[test]
    fn a_recorded_program_is_judged_by_what_it_was_given() {
        let run = |into: &str| {
            example("escaped", "given", "run")
                .argument("program", Recipe::Program { text: true }, Lend::Ref)
                .argument("name", text(), Lend::Ref)
                .returns(Returns::Result)
                .key("into", said(into))
        };
        assert_eq!(
            steps(&run("argv")),
            "against, draw program, draw name, hostile, call as result, accepted result, let result, see result, \
             harmlessly, draw plain_name, instead, call as plain, accepted plain, let plain, same_structure"
        );
        assert!(!steps(&run("shell")).contains("let result"), "what it gives is a line");
    }

    #[test]
    fn keys_have_the_values_that_they_have() {
        insta::assert_snapshot!(refused(&page("htm")), @r"
        invalid-value: `htm` is no value of `into`
        help: did you mean `html`?
        ");
        insta::assert_snapshot!(refused(&page("sql").key("shell", said("bash"))), @r#"
        invalid-value: `shell` says nothing where a value is put into `sql`
        help: leave it out, or write `into = "shell"`
        "#);
        insta::assert_snapshot!(refused(&page("csv").key("delimiter", said(", "))), @r#"
        invalid-value: a delimiter is one character
        help: write it as it stands between two cells, such as ";" or "\t"
        "#);
        insta::assert_snapshot!(refused(&page("html").key("or", words(&["lost"]))), @r"
        invalid-value: `lost` is nothing that may come of a value
        help: `dropped` lets the target leave it out, `refused` lets it refuse the call
        ");
        let all =
            page("csv").key("formulas", KeyValue::Flag(at(false))).key("or", words(&["dropped", "refused"]));
        assert_eq!(refused(&all.key("part", said("value"))), "accepted");
    }

    #[test]
    fn something_has_to_be_hostile() {
        insta::assert_snapshot!(refused(&page("html").key("hostile", words(&["name"]))), @r"
        unknown-argument: `name` is not an argument
        help: the arguments are `title`
        ");
        let number = Recipe::Integer { ty: "u8", range: None };
        let none =
            example("escaped", "shown", "page").argument("n", number, Lend::Move).key("into", said("html"));
        insta::assert_snapshot!(refused(&none), @r#"
        invalid-value: no argument holds text that could be hostile
        help: declare one whose values vary, as in `args.name = { like = ["Ann"] }`
        "#);
    }
}
