//! # `unpredictable`
//!
//! ## What it requires
//! Nobody can guess an output of the target from others, from the time, or from a run before: its symbols are as likely as each other, none is missing, none depends on the place, the order or another process, and no output comes again sooner than chance has it.
//! `alphabet` is the set of symbols at every place: a class such as `"[A-Za-z0-9]"`, the symbols themselves, or one of `hex`, `digits`, `base32`, `base58`, `base62`, `base64`, `base64url`, `alphanumeric`.
//! `length` is how many symbols there are; `bits`, or `at_least = "128 bits"`, how many bits nobody may guess.
//! Without an alphabet 64 bits are asked for, or all that a smaller number has.
//!
//! ## Why it matters
//! A session token of half the alphabet, a reset code that begins with the time, an identifier from a generator that every process seeds alike: each looks random in a test and is guessed by who tries.
//!
//! ## Declaration
//! ```toml
//! [constraint.token_random]
//! says     = "A session token is drawn evenly from all letters and digits"
//! kind     = "unpredictable"
//! target   = "crate::token"
//! alphabet = "[A-Za-z0-9]"
//! ```
//!
//! ## Holds
//! ```rust
//! use std::hash::{BuildHasher, Hasher, RandomState};
//!
//! const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
//!
//! pub fn token() -> String {
//!     let drawn = |_| RandomState::new().build_hasher().finish() % 62;
//!     (0..16).map(drawn).map(|at| char::from(LETTERS[at as usize])).collect()
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! use std::hash::{BuildHasher, Hasher, RandomState};
//!
//! const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
//!
//! pub fn token() -> String {
//!     let drawn = |_| RandomState::new().build_hasher().finish() % 64 % 62; // red: main.token_random
//!     (0..16).map(drawn).map(|at| char::from(LETTERS[at as usize])).collect()
//! }
//! ```
//!
//! ## How it is checked
//! The target is called tens of thousands of times, on other threads as well, and its outputs are judged together whenever there are twice as many: symbols that never occur, symbols that occur too often at one place or at all of them, places that depend on each other or on the output before, outputs that come again, outputs that only go up, and the bits that all places have together.
//! A deviation counts from nine standard deviations and a twentieth of what is expected on, a repetition from odds of one to a million million: chance does neither in the life of a project.
//! Three more processes are started at once, and none may give what another one gave.
//!
//! ## What it cannot see
//! Whether the source is one for secrets: the outputs of a poor generator with a good seed look the same.
//! A lean of less than a twentieth, and states that a `fork` copies.
//! A target of which fewer than some hundred calls fit into ten seconds is undecided.
//!
//! ## References
//! - CWE-330, use of insufficiently random values: <https://cwe.mitre.org/data/definitions/330.html>
//! - OWASP, session management: <https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html>
//! - RUSTSEC-2024-0343: <https://rustsec.org/advisories/RUSTSEC-2024-0343.html>

use std::collections::BTreeSet;

use constraints_wire::Witness;
use regex_syntax::hir::{Class, Hir, HirKind};
use syn::{Expr, parse_quote};

use super::lowering::{answered, called, draws, fresh, ident, on_values};
use super::{Body, Kind, OracleCall, Show, Step, Via};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, KeyValue, Shape, Spanned, Status, Subject};
use crate::resolve::Bound;

/// Nobody can guess an output of the target.
#[derive(Debug)]
pub(super) struct Unpredictable;

impl Kind for Unpredictable {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "unpredictable",
            shape: Shape::Measure,
            area: Area::Security,
            summary: "nobody can guess an output of the target",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[
                Key {
                    name: "alphabet",
                    shape: KeyShape::Text,
                    required: false,
                    says: "The symbols at every place: a class such as `[A-Za-z0-9]`, the symbols themselves, or a name such as `hex` or `base62`.",
                },
                Key {
                    name: "length",
                    shape: KeyShape::Length,
                    required: false,
                    says: "How many symbols an output has: a number or a range.",
                },
                Key {
                    name: "bits",
                    shape: KeyShape::Length,
                    required: false,
                    says: "How many bits of an output nobody may guess, at least.",
                },
                Key {
                    name: "at_least",
                    shape: KeyShape::Text,
                    required: false,
                    says: "The same with its unit, as `128 bits` or `16 bytes`.",
                },
            ],
            source: include_str!("unpredictable.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        answered(bound)?;
        let result = fresh(bound, "result");
        let all: BTreeSet<String> = bound.values.iter().map(|value| value.name.clone()).collect();
        let mut expected: Expr = parse_quote!(rt::Expected::default());
        if let Some(alphabet) = bound.constraint.text("alphabet") {
            let letters: String = letters(alphabet)?.into_iter().collect();
            expected = parse_quote!(#expected.alphabet(#letters));
        }
        if let Some(KeyValue::Length(length)) = bound.constraint.keys.get("length") {
            let (least, most) = (length.value.least, length.value.most);
            expected = parse_quote!(#expected.length(#least, #most));
        }
        if let Some(bits) = bits(bound)? {
            expected = parse_quote!(#expected.bits(#bits));
        }
        let mut steps = draws(bound);
        steps.extend(bound.when.clone().map(Step::When));
        steps.push(called(bound, Via::Sampled, Some(result.clone()), &all));
        let result = ident(&result);
        let outputs = parse_quote!(#result.iter().filter_map(|it| rt::symbols!(it)).collect());
        let expected = parse_quote!(&#expected);
        steps.push(Step::State {
            method: "unguessable",
            arguments: vec![expected, outputs],
            show: Show::Nothing,
        });
        Ok(OracleCall { oracle: "unpredictable", body: Body::Cases(steps) })
    }

    fn message(&self, witness: &Witness) -> String {
        if witness.values.is_empty() && !witness.seen.is_empty() {
            return format!("can be predicted: {}", witness.seen);
        }
        on_values("can be predicted", witness)
    }
}

/// The bits that are asked for.
fn bits(bound: &Bound<'_>) -> Result<Option<u32>, Fault> {
    if let Some(KeyValue::Length(bits)) = bound.constraint.keys.get("bits") {
        return Ok(u32::try_from(bits.value.least).ok());
    }
    let Some(text) = bound.constraint.text("at_least") else { return Ok(None) };
    let (number, unit) = text.value.trim().split_once(' ').unwrap_or((text.value.trim(), "bits"));
    let number: Option<u32> = number.trim().parse().ok();
    match (number, unit.trim()) {
        (Some(number), "bits" | "bit") => Ok(Some(number)),
        (Some(number), "bytes" | "byte" | "B") => Ok(Some(number.saturating_mul(8))),
        _ => {
            Err(Fault::error(Code::InvalidValue, text.span, format!("`{}` is no number of bits", text.value))
                .help("write it like `128 bits`"))
        }
    }
}

const DIGITS: &str = "0-9";

/// Alphabets by their names.
const NAMED: [(&str, &str); 12] = [
    ("digits", DIGITS),
    ("decimal", DIGITS),
    ("hex", "0-9a-f"),
    ("HEX", "0-9A-F"),
    ("base32", "A-Z2-7"),
    ("base36", "0-9a-z"),
    ("base58", "1-9A-HJ-NP-Za-km-z"),
    ("base62", "0-9A-Za-z"),
    ("alphanumeric", "0-9A-Za-z"),
    ("base64", "0-9A-Za-z+/"),
    ("base64url", "0-9A-Za-z_-"),
    ("nanoid", "0-9A-Za-z_-"),
];

/// The symbols of an alphabet, in order.
fn letters(alphabet: &Spanned<String>) -> Result<BTreeSet<char>, Fault> {
    let text = alphabet.value.as_str();
    let named = NAMED.iter().find(|(name, _)| *name == text).map(|(_, class)| format!("[{class}]"));
    let class = named.as_deref().or_else(|| text.starts_with('[').then_some(text));
    let letters = match class {
        Some(class) => regex_syntax::parse(class).ok().as_ref().and_then(of_class),
        None => Some(text.chars().collect()),
    };
    let few = |letters: &BTreeSet<char>| (2..=MOST).contains(&letters.len());
    letters.filter(few).ok_or_else(|| {
        Fault::error(Code::InvalidValue, alphabet.span, format!("`{text}` is no alphabet"))
            .label("not a class of 2 to 4096 symbols")
            .help("write a class such as `[A-Za-z0-9]`, the symbols themselves, or a name such as `base62`")
    })
}

/// Larger alphabets are not sampled in ten seconds.
const MOST: usize = 4096;

fn of_class(hir: &Hir) -> Option<BTreeSet<char>> {
    match hir.kind() {
        HirKind::Class(Class::Unicode(class)) => {
            let count: usize = class
                .iter()
                .map(|range| 1 + (u32::from(range.end()) - u32::from(range.start())) as usize)
                .sum();
            (count <= MOST).then(|| class.iter().flat_map(|range| range.start()..=range.end()).collect())
        }
        HirKind::Literal(literal) => Some(std::str::from_utf8(&literal.0).ok()?.chars().collect()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{Example, at, example, refused};
    use crate::model::KeyValue;
    use crate::resolve::Returns;

    fn token() -> Example {
        example("unpredictable", "random", "token")
    }

    fn with(key: &'static str, text: &str) -> String {
        refused(&token().key(key, KeyValue::Text(at(text.into()))))
    }

    #[test]
    fn an_alphabet_is_a_class_a_name_or_its_symbols() {
        for alphabet in ["[A-Za-z0-9]", "hex", "ABCDEF", "[^\\PL]"] {
            let is_fine = with("alphabet", alphabet) == "accepted";
            assert_eq!(is_fine, alphabet != "[^\\PL]", "{alphabet}");
        }
        let all =
            |alphabet: &str| super::letters(&at(alphabet.to_owned())).map_or(0, |letters| letters.len());
        assert_eq!(["[A-Za-z0-9]", "hex", "base58", "base64url", "aab"].map(all), [62, 16, 58, 64, 2]);
        insta::assert_snapshot!(with("alphabet", "[a"), @r"
        invalid-value: `[a` is no alphabet
        help: write a class such as `[A-Za-z0-9]`, the symbols themselves, or a name such as `base62`
        ");
    }

    #[test]
    fn bits_have_a_number() {
        assert_eq!(with("at_least", "128 bits"), "accepted");
        assert_eq!(with("at_least", "16 bytes"), "accepted");
        insta::assert_snapshot!(with("at_least", "many"), @r"
        invalid-value: `many` is no number of bits
        help: write it like `128 bits`
        ");
    }

    #[test]
    fn there_has_to_be_an_output() {
        insta::assert_snapshot!(refused(&token().returns(Returns::Unit)), @r#"
        wrong-target: the target gives no answer that could be judged
        help: make the call with `call = "Rust"`, which gives the answer
        "#);
    }
}
