//! # `unforgeable`
//!
//! ## What it requires
//! Nothing but the authentic seal opens what it was made for, and it opens nothing else: a signature, a tag, a token that is cut, emptied, changed or made with another key is refused, and so is the authentic one over other content.
//! `seal` is Rust that makes the authentic seal out of the values; `open` is Rust over the values and `seal` that says whether it opens.
//! Without `open` the target is called; it gets the seal as the argument called `seal`, `signature`, `tag`, `token` or the like, and what is no refusal opens.
//! Without `seal` the samples themselves have to hold authentic seals, as rows `[[constraint.NAME.sample]]` do.
//!
//! ## Why it matters
//! A comparison that ends with the shorter side, a check that is skipped for an empty seal, an algorithm that the token itself may choose: each lets anybody in, and every test with the right seal passes.
//!
//! ## Declaration
//! ```toml
//! [constraint.only_signed]
//! says   = "A note is accepted only with the seal made with the shared key"
//! kind   = "unforgeable"
//! target = "crate::accept"
//! seal   = "crate::sign(&key, &note)"
//! ```
//!
//! ## Holds
//! ```rust
//! pub fn sign(key: &str, note: &str) -> String {
//!     let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3).rotate_left(23);
//!     format!("v1={:016x}", key.bytes().chain(note.bytes()).fold(0xcbf2_9ce4_8422_2325, mix))
//! }
//!
//! pub fn accept(key: &str, note: &str, seal: &str) -> bool {
//!     let expected = sign(key, note);
//!     expected == seal
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn sign(key: &str, note: &str) -> String {
//!     let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3).rotate_left(23);
//!     format!("v1={:016x}", key.bytes().chain(note.bytes()).fold(0xcbf2_9ce4_8422_2325, mix))
//! }
//!
//! pub fn accept(key: &str, note: &str, seal: &str) -> bool {
//!     let expected = sign(key, note);
//!     expected.bytes().zip(seal.bytes()).all(|(own, given)| own == given) // red: main.only_signed
//! }
//! ```
//!
//! ## How it is checked
//! The authentic seal has to open, else the case says nothing; if it never does, the constraint is vacuous.
//! Then one thing is forged: the seal (cut, emptied, doubled, joined, its letters and bits changed, its parts exchanged, with another version or the algorithm "none", as text and as the bytes that it is the text of), or one of the values that both `seal` and `open` speak of, or the key, which is replaced by another one of the same form.
//! A text moves from the end of one value to the front of the next, too.
//! A seal that still holds all of the authentic one, beside something else or in other letters, counts as the same; `exact = true` forbids these as well.
//! A panic does not open anything.
//!
//! ## What it cannot see
//! Whether the seal can be computed without the key, and whether it is compared in constant time.
//! Old seals: whether one may be used twice, or after its time.
//!
//! ## References
//! - CWE-347, improper verification of cryptographic signature: <https://cwe.mitre.org/data/definitions/347.html>
//! - RUSTSEC-2024-0010: <https://rustsec.org/advisories/RUSTSEC-2024-0010.html>
//! - RFC 8725, best practices for JSON Web Tokens: <https://www.rfc-editor.org/rfc/rfc8725>

use std::collections::BTreeSet;

use constraints_wire::Witness;
use syn::{Expr, parse_quote};

use super::lowering::{called, draws, fresh, ident, mentioned, on_values};
use super::{Body, Call, Kind, OracleCall, Show, Step, Via};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, Shape, Spanned, Status, Subject, nearest};
use crate::resolve::Bound;

/// Nothing but the authentic seal opens.
#[derive(Debug)]
pub(super) struct Unforgeable;

impl Kind for Unforgeable {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "unforgeable",
            shape: Shape::Property,
            area: Area::Security,
            summary: "nothing but the authentic seal opens what it was made for",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[
                Key {
                    name: "seal",
                    shape: KeyShape::Expression,
                    required: false,
                    says: "The authentic seal: Rust over the values.",
                },
                Key {
                    name: "open",
                    shape: KeyShape::Call(&["seal"]),
                    required: false,
                    says: "Whether a seal opens: Rust over the values and `seal`, of type `bool`, `Option` or `Result`; a call of the target by default.",
                },
                Key {
                    name: "covers",
                    shape: KeyShape::Words,
                    required: false,
                    says: "The values that the seal is over; by default those that `seal` and `open` both speak of, except for keys.",
                },
                Key {
                    name: "secret",
                    shape: KeyShape::Words,
                    required: false,
                    says: "The values that are keys: another one does not open; by default those that are called so.",
                },
                Key {
                    name: "exact",
                    shape: KeyShape::Flag,
                    required: false,
                    says: "Whether other spellings of the authentic seal are refused as well.",
                },
            ],
            source: include_str!("unforgeable.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let seal = seal_name(bound)?;
        let keys = keys(bound, &seal)?;
        let covered = covered(bound, &seal, &keys)?;
        let makes = bound.expression("seal").filter(|made| !is_name(made, &seal));
        let mut steps: Vec<Step> = draws(bound)
            .into_iter()
            .filter(|step| {
                makes.is_none()
                    || !matches!(step, Step::Draw { name, .. } | Step::See { name, .. } if *name == seal)
            })
            .collect();
        steps.extend(bound.when.clone().map(Step::When));
        if let Some(made) = makes {
            let call = Call::Expression(made.clone());
            steps.push(Step::Call { bind: Some(seal.clone()), via: Via::Attempt, call, is_async: false });
        }
        let opened = fresh(bound, "opened");
        let all: BTreeSet<String> =
            bound.values.iter().map(|value| value.name.clone()).chain([seal.clone()]).collect();
        steps.push(opening(bound, &opened, &all));
        steps.push(state("authentic", opens(bound, &opened)));
        let order = |name: &String| bound.values.iter().position(|value| value.name == *name);
        let mut forged: Vec<String> = covered.iter().chain(&keys).cloned().collect();
        forged.sort_by_key(order);
        forged.push(seal.clone());
        let exact = bound.constraint.flag("exact");
        steps.push(Step::Forge { seal, covered, keys, forged, exact });
        steps.push(opening(bound, &opened, &BTreeSet::new()));
        steps.push(state("stays_shut", opens(bound, &opened)));
        Ok(OracleCall { oracle: "unforgeable", body: Body::Cases(steps) })
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("can be opened with a forged seal", witness)
    }
}

/// What seals are called among the arguments of functions that open them.
const SEALS: [&str; 11] =
    ["seal", "signature", "sig", "tag", "mac", "hmac", "token", "jwt", "cookie", "digest", "signed"];

/// Words in the names of keys.
const KEYS: [&str; 5] = ["secret", "key", "keys", "password", "passphrase"];

/// The name of the value that is the seal.
fn seal_name(bound: &Bound<'_>) -> Result<String, Fault> {
    if let Some(Expr::Path(path)) = bound.expression("seal")
        && let Some(name) = path.path.get_ident()
        && bound.values.iter().any(|value| *name == value.name)
        && bound.expression("open").is_none()
    {
        return Ok(name.to_string());
    }
    let is_value = |name: &str| bound.values.iter().any(|value| value.name == name);
    if bound.expression("open").is_some() {
        if bound.expression("seal").is_some() || is_value("seal") {
            return Ok("seal".to_owned());
        }
        return Err(Fault::error(
            Code::MissingKey,
            bound.constraint.id.span,
            "nothing says what the authentic seal is",
        )
        .help("add `seal = \"Rust\"` over the values, such as `crate::sign(&key, &text)`"));
    }
    let word = |name: &str| SEALS.iter().position(|seal| name.split('_').any(|word| word == *seal));
    let found = bound.values.iter().filter_map(|value| Some((word(&value.name)?, &value.name))).min();
    found.map(|(_, name)| name.clone()).ok_or_else(|| {
        Fault::error(Code::MissingKey, bound.constraint.id.span, "nothing says how a seal is opened")
            .label("the target takes no argument that is called like a seal")
            .help(
                "add `open = \"Rust over the values and seal\"`, such as `crate::accept(&key, &text, &seal)`",
            )
    })
}

/// The call that opens, or does not.
fn opening(bound: &Bound<'_>, bind: &str, later: &BTreeSet<String>) -> Step {
    let bind = Some(bind.to_owned());
    match bound.expression("open") {
        Some(open) => Step::Call {
            bind,
            via: Via::Tolerate,
            call: Call::Expression(open.clone()),
            // Rust of the user that calls an async function says itself where it waits.
            is_async: false,
        },
        None => called(bound, Via::Tolerate, bind, later),
    }
}

/// Whether what was called opened.
fn opens(bound: &Bound<'_>, opened: &str) -> Expr {
    let opened = ident(opened);
    match &bound.refused {
        Some(refused) => parse_quote!(#opened.is_some_and(|result| !(#refused))),
        None => parse_quote!(#opened.is_some_and(|it| !rt::Answer::is_refusal(&it))),
    }
}

fn keys(bound: &Bound<'_>, seal: &str) -> Result<Vec<String>, Fault> {
    let declared = bound.constraint.words("secret");
    if !declared.is_empty() {
        return declared.iter().map(|word| value(bound, word)).collect();
    }
    let sounds_so = |name: &str| name.split('_').any(|word| KEYS.contains(&word));
    let spoken_of = spoken_of(bound);
    let names = bound.values.iter().map(|value| &value.name);
    Ok(names.filter(|name| *name != seal && sounds_so(name) && spoken_of(name)).cloned().collect())
}

fn covered(bound: &Bound<'_>, seal: &str, keys: &[String]) -> Result<Vec<String>, Fault> {
    if bound.constraint.keys.contains("covers") {
        return bound.constraint.words("covers").iter().map(|word| value(bound, word)).collect();
    }
    let spoken_of = spoken_of(bound);
    let names = bound.values.iter().map(|value| &value.name);
    Ok(names.filter(|name| *name != seal && !keys.contains(name) && spoken_of(name)).cloned().collect())
}

/// Whether both what makes the seal and what opens it speak of a value.
fn spoken_of<'b>(bound: &'b Bound<'_>) -> impl Fn(&str) -> bool + 'b {
    let in_seal = bound.expression("seal").map(mentioned);
    let in_open = bound.expression("open").or(bound.call.as_ref()).map(mentioned);
    let is_in = |names: &Option<BTreeSet<String>>, name: &str| {
        names.as_ref().is_none_or(|names| names.contains(name))
    };
    let is_itself = bound.expression("seal").is_some_and(|seal| matches!(seal, Expr::Path(_)));
    move |name| (is_itself || is_in(&in_seal, name)) && is_in(&in_open, name)
}

/// The value that a word names.
fn value(bound: &Bound<'_>, word: &Spanned<String>) -> Result<String, Fault> {
    let names = || bound.values.iter().map(|value| value.name.as_str());
    if let Some(found) = names().find(|name| name.trim_start_matches("r#") == word.value) {
        return Ok(found.to_owned());
    }
    let fault =
        Fault::error(Code::UnknownArgument, word.span, format!("`{}` is not an argument", word.value));
    let near = nearest(&word.value, names());
    Err(if near.is_empty() {
        fault.help(format!("the arguments are `{}`", names().collect::<Vec<_>>().join("`, `")))
    } else {
        near.iter().fold(fault, |fault, near| fault.help(format!("did you mean `{near}`?")))
    })
}

fn is_name(expression: &Expr, name: &str) -> bool {
    matches!(expression, Expr::Path(path) if path.path.is_ident(name))
}

fn state(method: &'static str, argument: Expr) -> Step {
    Step::State { method, arguments: vec![argument], show: Show::Nothing }
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{Example, example, refused, text, words};
    use crate::kinds::{Body, Kind as _, Step};
    use crate::resolve::Lend;

    fn accept() -> Example {
        example("unforgeable", "signed", "accept")
            .argument("key", text(), Lend::Ref)
            .argument("id", text(), Lend::Ref)
            .argument("note", text(), Lend::Ref)
            .argument("signature", text(), Lend::Ref)
    }

    /// What is forged: the seal, what it is over, keys.
    fn forged(example: &Example) -> String {
        let call = super::Unforgeable.plan(&example.bound()).expect("an accepted declaration");
        let Body::Cases(steps) = call.body else { panic!("it is judged by cases") };
        let forge = steps.iter().find_map(|step| match step {
            Step::Forge { seal, covered, keys, .. } => Some(format!("{seal} over {covered:?} with {keys:?}")),
            _ => None,
        });
        forge.expect("something is forged")
    }

    #[test]
    fn a_seal_is_over_what_makes_it_and_what_opens_it() {
        let signed = accept().expression("seal", "crate::sign(&key, &note)");
        assert_eq!(forged(&signed), r#"signature over ["note"] with ["key"]"#);
        assert_eq!(forged(&accept()), r#"signature over ["id", "note"] with ["key"]"#);
        let opened = example("unforgeable", "signed", "accept")
            .value("secret", text())
            .value("id", text())
            .value("now", text())
            .expression("seal", "crate::sign(&secret, &id)")
            .expression("open", "crate::accept(&secret, &id, &seal, now)");
        assert_eq!(forged(&opened), r#"seal over ["id"] with ["secret"]"#);
        let said = accept().key("covers", words(&["id"])).key("secret", words(&["note"]));
        assert_eq!(forged(&said), r#"signature over ["id"] with ["note"]"#);
    }

    #[test]
    fn what_is_lacking_or_unknown_is_said() {
        let unnamed = example("unforgeable", "signed", "accept").argument("note", text(), Lend::Ref);
        insta::assert_snapshot!(refused(&unnamed), @r#"
        missing-key: nothing says how a seal is opened
        help: add `open = "Rust over the values and seal"`, such as `crate::accept(&key, &text, &seal)`
        "#);
        insta::assert_snapshot!(refused(&accept().expression("open", "crate::accept(&seal)")), @r#"
        missing-key: nothing says what the authentic seal is
        help: add `seal = "Rust"` over the values, such as `crate::sign(&key, &text)`
        "#);
        insta::assert_snapshot!(refused(&accept().key("covers", words(&["nte"]))), @r"
        unknown-argument: `nte` is not an argument
        help: did you mean `note`?
        ");
    }
}
