//! # `redacted`
//!
//! ## What it requires
//! A secret that goes in cannot be read in anything that comes out: in the answer's `Debug` and `Display`, in an error and its causes, in its serialized form, in what is printed or logged, in the message of a panic.
//! `{secret}` in a sample marks the place of a secret; `secret = "password"` or `"account.password"` names a value or a field that is secret as a whole; `hides` says what of the answer itself is secret.
//! The target may be a type as well: then it is about the forms of its values.
//!
//! ## Why it matters
//! A log line is read by more people than may know a password, and is kept for longer.
//! One `derive(Debug)`, one error that quotes its input, and every token of every user stands in a file that nobody guards.
//!
//! ## Declaration
//! ```toml
//! [constraint.log_keeps_token]
//! says      = "What is logged about a sign-in never contains the token"
//! kind      = "redacted"
//! target    = "crate::log_line"
//! args.line = { like = ["ada: {secret}"] }
//! ```
//!
//! ## Holds
//! ```rust
//! pub fn log_line(line: &str) -> Option<String> {
//!     let (user, token) = line.split_once(": ")?;
//!     Some(format!("{user} signed in with a token of {} bytes", token.len()))
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn log_line(line: &str) -> Option<String> {
//!     let (user, token) = line.split_once(": ")?;
//!     Some(format!("{user} signed in with {token}, {} bytes", token.len())) // red: main.log_keeps_token
//! }
//! ```
//!
//! ## How it is checked
//! Secrets as services give them out are planted: letters and digits, hexadecimal, UUIDs, random bytes, pass phrases with marks and letters of other scripts.
//! What is around a secret is changed so that other paths are taken, but never what says that it is one: the rest is cut off, words far from it are replaced, other parts of a JSON document are replaced or taken out, other arguments take any value.
//! Everything that comes out is searched for half of the secret, or sixteen bytes of it, in a row: as it is, in any case, escaped, percent-encoded, in hexadecimal, in base64 at every alignment, as a list of numbers, in characters of two bytes, backwards.
//!
//! ## What it cannot see
//! A secret that was encrypted, hashed or compressed.
//! Logs that do not go through `log` or `tracing`, or that the code under test sends to a logger of its own; what is written to files.
//! Hints, such as the last four characters.
//!
//! ## References
//! - CWE-532, insertion of sensitive information into a log file: <https://cwe.mitre.org/data/definitions/532.html>
//! - CWE-209, error message containing sensitive information: <https://cwe.mitre.org/data/definitions/209.html>
//! - RUSTSEC-2022-0086: <https://rustsec.org/advisories/RUSTSEC-2022-0086.html>

use std::collections::BTreeSet;

use constraints_wire::Witness;
use syn::{Expr, parse_quote};

use super::lowering::{called, fresh, ident, on_values, waits_for_result};
use super::planting::{self, HIDES, Planted, SECRET, state, strings};
use super::{Body, Kind, OracleCall, Step, Via};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, Shape, Status, Subject};
use crate::resolve::{Bound, Lend, Recipe, Target};

/// A secret can be read in nothing that comes out.
#[derive(Debug)]
pub(super) struct Redacted;

/// The groups of forms that a declaration may pick from.
const FORMS: [&str; 4] = ["debug", "display", "errors", "serialized"];

impl Kind for Redacted {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "redacted",
            shape: Shape::Property,
            area: Area::Security,
            summary: "a secret can be read in nothing that comes out",
            status: Status::Preview,
            subject: Subject::FunctionOrType,
            keys: &[
                SECRET,
                HIDES,
                Key {
                    name: "forms",
                    shape: KeyShape::Words,
                    required: false,
                    says: "The forms of the answer that are looked at, some of `debug`, `display`, `errors` and `serialized`; all by default.",
                },
            ],
            source: include_str!("redacted.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let groups = groups(bound)?;
        let Planted { mut steps, call } = planting::draws_with_secrets(bound)?;
        match &bound.target {
            Target::Type(_) => {
                steps.push(shows("the value", &groups, &parse_quote!(Some(rt::forms!(&value)))));
            }
            _ => steps.extend(listened(bound, call, &groups)),
        }
        Ok(OracleCall { oracle: "redacted", body: Body::Cases(steps) })
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("shows the secret", witness)
    }
}

/// The call, and everything that comes out of it.
fn listened(bound: &Bound<'_>, call: Option<Expr>, groups: &[String]) -> Vec<Step> {
    let result = fresh(bound, "result");
    let name = ident(&result);
    let mut steps = Vec::new();
    steps.extend(bound.olds.iter().cloned().map(Step::Keep));
    if let Some(when) = bound.when.as_ref().filter(|_| !waits_for_result(bound)) {
        steps.push(Step::When(when.clone()));
    }
    let outputs = outputs(bound);
    let later: BTreeSet<String> = outputs.iter().cloned().collect();
    let mut step = called(bound, Via::Overheard, Some(result), &later);
    if let (Step::Call { call: made, .. }, Some(call)) = (&mut step, call) {
        *made = super::Call::Expression(call);
    }
    steps.push(step);
    if let Some(when) = bound.when.as_ref().filter(|_| waits_for_result(bound)) {
        steps.push(Step::When(parse_quote!(#name.as_ref().is_some_and(|#name| #when))));
    }
    if bound.constraint.refusal.must_pass.is_some() {
        let refused = bound.refused.clone().unwrap_or_else(|| parse_quote!(rt::refuses!(*#name)));
        steps.push(Step::Passed(parse_quote!(#name.as_ref().is_some_and(|#name| !(#refused)))));
    }
    if let Some(hides) = bound.expression("hides") {
        steps.push(state(
            "hides",
            vec![parse_quote!(#name.as_ref().and_then(|#name| rt::secret_of!(#hides)))],
        ));
    }
    steps.push(shows("the answer", groups, &parse_quote!(#name.as_ref().map(|it| rt::forms!(it)))));
    for output in outputs {
        let value = ident(&output);
        steps.push(shows(
            &format!("`{output}` afterwards"),
            groups,
            &parse_quote!(Some(rt::forms!(&#value))),
        ));
    }
    steps
}

/// Texts and bytes that the target is lent to write into.
fn outputs(bound: &Bound<'_>) -> Vec<String> {
    let Target::Function(function) = &bound.target else { return Vec::new() };
    let is_output = |name: &str| {
        let value = bound.values.iter().find(|value| value.name == name);
        value.is_some_and(|value| {
            matches!(value.recipe, Recipe::Text { .. } | Recipe::Bytes { .. })
                && !planting::has_mark(&value.recipe)
        }) && !bound.constraint.words("secret").iter().any(|secret| secret.value == name)
    };
    let parameters = function.parameters.iter().filter(|_| bound.call.is_none());
    let changed = parameters.filter(|parameter| parameter.lend == Lend::RefMut && is_output(&parameter.name));
    changed.map(|parameter| parameter.name.clone()).collect()
}

fn groups(bound: &Bound<'_>) -> Result<Vec<String>, Fault> {
    let words = bound.constraint.words("forms");
    if let Some(unknown) = words.iter().find(|word| !FORMS.contains(&word.value.as_str())) {
        let message = format!("`{}` is no form that can be looked at", unknown.value);
        return Err(Fault::error(Code::InvalidValue, unknown.span, message)
            .help(format!("the forms are `{}`", FORMS.join("`, `"))));
    }
    Ok(words.iter().map(|word| word.value.clone()).collect())
}

fn shows(what: &str, groups: &[String], forms: &Expr) -> Step {
    let groups = strings(groups);
    state("shows_no_secret", vec![parse_quote!(#what), groups, parse_quote!(|| #forms)])
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{Example, example, made, refused, text, words};
    use crate::resolve::{Lend, Recipe};

    fn login() -> Example {
        let account = Recipe::Struct {
            path: syn::parse_quote!(app::Account),
            fields: vec![(syn::parse_quote!(name), text()), (syn::parse_quote!(password), text())],
        };
        example("redacted", "quiet", "login")
            .argument("account", made("app::Account", account), Lend::Ref)
            .argument("api_token", text(), Lend::Ref)
    }

    #[test]
    fn what_is_secret_has_to_be_said() {
        insta::assert_snapshot!(refused(&login()), @r#"
        missing-key: nothing says what is secret
        help: add `secret = "account.password"`
        help: add `secret = "api_token"`
        help: or mark the place of a secret in a sample with `{secret}`
        "#);
        let marked = Recipe::Text { like: vec!["Bearer {secret}".into()], only: false };
        assert_eq!(refused(&login().argument("header", marked, Lend::Ref)), "accepted");
        assert_eq!(refused(&login().expression("hides", "result.key()")), "accepted");
        assert_eq!(refused(&login().argument("secret", text(), Lend::Ref)), "accepted");
    }

    #[test]
    fn values_and_fields_are_named_by_their_paths() {
        for path in ["api_token", "account", "account.password"] {
            assert_eq!(refused(&login().key("secret", words(&[path]))), "accepted", "{path}");
        }
        insta::assert_snapshot!(refused(&login().key("secret", words(&["account.pasword"]))), @r"
        unknown-argument: nothing here is called `account.pasword`
        help: did you mean `account.password`?
        ");
        insta::assert_snapshot!(refused(&login().key("secret", words(&["cookie"]))), @r"
        unknown-argument: nothing here is called `cookie`
        help: there are `account`, `account.name`, `account.password`, `api_token`
        ");
    }

    #[test]
    fn forms_are_those_there_are() {
        let login = login().key("secret", words(&["api_token"]));
        insta::assert_snapshot!(refused(&login.key("forms", words(&["debug", "yaml"]))), @r"
        invalid-value: `yaml` is no form that can be looked at
        help: the forms are `debug`, `display`, `errors`, `serialized`
        ");
    }
}
