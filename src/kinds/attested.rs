//! # `attested`
//!
//! ## What it requires
//! A person has said that it holds, what they said has not ended, and what they looked at has not changed.
//!
//! ## Why it matters
//! Some things no test can tell: that somebody who knows the matter has read the code, that a threat model was agreed on, that an outside team tried to break in.
//! Said once in a chat it is forgotten; written down without an end it stays true for ever.
//!
//! ## Declaration
//! ```toml
//! [constraint.rounds_are_enough]
//! says   = "Somebody who knows about passwords chose how many rounds they are hashed"
//! kind   = "attested"
//! target = "crate"
//! by     = "ana@example.org"
//! on     = 2026-01-15
//! until  = 2026-12-31
//! of     = ["crate::ROUNDS 59cc2034c6f1a5c7", "crate::rounds_for f394edc15307ab99"]
//! ```
//! `until` is at most a year after `on`.
//! `of` holds a digest of each part that was looked at, so that a change ends the attestation; `of = "DIGEST"` is one of everything, and without it only the calendar ends it.
//! Leave it out at first, and write down what the test prints.
//! `files` are documents that it is about besides the code, such as `docs/threats.md`, and `evidence` says where more can be read.
//!
//! ## Holds
//! ```rust
//! pub const ROUNDS: u32 = 600_000;
//! ```
//!
//! ## Violated
//! ```rust
//! pub const ROUNDS: u32 = 6_000; // red: main.rounds_are_enough
//! ```
//!
//! ## How it is checked
//! The sources are read, not run.
//! A digest is the beginning of a SHA-256 over the words of an item, or over the bytes of a file.
//! Comments, the layout of lines and code that is only compiled for tests are no part of it.
//! Two weeks before the end the record says that it is near.
//!
//! ## What it cannot see
//! Whether what the person says is true, or whether it was they who wrote it down.
//! Changes of what the code uses elsewhere.
//!
//! ## References
//! - in-toto attestations: <https://github.com/in-toto/attestation>
//! - FIPS 180-4, secure hash standard: <https://csrc.nist.gov/pubs/fips/180-4/upd1/final>

use constraints_wire::Witness;

use super::lowering::{module, texts};
use super::{Body, Kind, OracleCall, Setting};
use crate::model::{
    About, Area, Code, Constraint, Fault, Key, KeyShape, Shape, Span, Spanned, Status, Subject,
};
use crate::resolve::Bound;

/// For how many days one attestation may stand.
const LONGEST: i64 = 366;

/// A person says so.
#[derive(Debug)]
pub(super) struct Attested;

const fn key(name: &'static str, shape: KeyShape, required: bool, says: &'static str) -> Key {
    Key { name, shape, required, says }
}

impl Kind for Attested {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "attested",
            shape: Shape::Evidence,
            area: Area::Process,
            summary: "a person has said so, it has not ended, and nothing has changed since",
            status: Status::Preview,
            subject: Subject::Module,
            keys: &[
                key("by", KeyShape::Text, true, "Who says so."),
                key("on", KeyShape::Date, true, "The day on which they looked."),
                key("until", KeyShape::Date, true, "The last day on which it stands, at most a year later."),
                key(
                    "of",
                    KeyShape::Words,
                    false,
                    "What they looked at: one digest of everything, or `path digest` for each part.",
                ),
                key(
                    "files",
                    KeyShape::Words,
                    false,
                    "Documents that it is about, too, as patterns from the root of the package.",
                ),
                key(
                    "evidence",
                    KeyShape::Text,
                    false,
                    "Where more can be read: a path, an address or a number.",
                ),
            ],
            source: include_str!("attested.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let constraint = bound.constraint;
        let by = constraint.text("by").filter(|by| !by.value.trim().is_empty());
        let by = by.ok_or_else(|| {
            let fault = Fault::error(Code::MissingKey, constraint.id.span, "nobody says so");
            fault.help("write `by = \"…\"`, a name or an address by which they can be asked")
        })?;
        let (on, until) = days(constraint)?;
        constraint.words("of").iter().try_for_each(is_digest)?;
        let evidence = constraint.text("evidence").map(|text| text.value.clone()).unwrap_or_default();
        let words = |key| Setting::Words(texts(constraint.words(key)));
        let fields = vec![
            ("by", Setting::Text(by.value.clone())),
            ("on", Setting::Text(on)),
            ("until", Setting::Text(until)),
            ("evidence", Setting::Text(evidence)),
            ("files", words("files")),
            ("of", words("of")),
        ];
        let body = Body::Sources { module: module(bound)?, settings: "Attestation", fields };
        Ok(OracleCall { oracle: "attested", body })
    }

    fn feature(&self, _bound: &Bound<'_>) -> Option<&'static str> {
        Some("source")
    }

    fn message(&self, witness: &Witness) -> String {
        if witness.seen.is_empty() { "nobody says so any more".to_owned() } else { witness.seen.clone() }
    }
}

/// From when until when it stands.
fn days(constraint: &Constraint) -> Result<(String, String), Fault> {
    let Some((on, until)) = constraint.date("on").zip(constraint.date("until")) else {
        unreachable!("the reader demands both days")
    };
    let days = until.value.days_after(on.value);
    let message = if days < 0 {
        "the attestation ends before it begins".to_owned()
    } else if days > LONGEST {
        format!("the attestation stands for {days} days, and at most {LONGEST} are allowed")
    } else {
        return Ok((on.value.to_string(), until.value.to_string()));
    };
    let help = format!("the last day can be {}; then somebody has to look again", on.value.plus(LONGEST));
    Err(Fault::error(Code::InvalidValue, until.span, message).also(on.span, "it begins here").help(help))
}

/// A digest as the test prints it, with the name of a part before it or without.
fn is_digest(of: &Spanned<String>) -> Result<(), Fault> {
    let digest = of.value.rsplit(' ').next().unwrap_or_default();
    if digest.len() == 16 && digest.chars().all(|digit| matches!(digit, '0'..='9' | 'a'..='f')) {
        return Ok(());
    }
    let at: Span = of.span;
    let fault = Fault::error(Code::InvalidValue, at, format!("`{}` holds no digest", of.value));
    Err(fault
        .label("not sixteen digits of hex")
        .help("leave `of` out, run the test, and write down what it prints"))
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{Example, at, example, refused, words};
    use crate::model::{Date, KeyValue};
    use crate::resolve::Target;

    fn said(on: (i64, u8, u8), until: (i64, u8, u8)) -> Example {
        let day = |(year, month, day)| KeyValue::Date(at(Date::new(year, month, day)));
        let whole = example("attested", "read", "core").target(Target::Module(vec!["core".into()]));
        whole.key("by", KeyValue::Text(at("ana".into()))).key("on", day(on)).key("until", day(until))
    }

    #[test]
    fn an_attestation_stands_for_a_year_at_most() {
        assert_eq!(refused(&said((2026, 1, 1), (2027, 1, 2))), "accepted");
        insta::assert_snapshot!(refused(&said((2026, 1, 1), (2027, 1, 3))), @"
        invalid-value: the attestation stands for 367 days, and at most 366 are allowed
        help: the last day can be 2027-01-02; then somebody has to look again
        ");
        insta::assert_snapshot!(refused(&said((2026, 1, 2), (2026, 1, 1))), @"
        invalid-value: the attestation ends before it begins
        help: the last day can be 2027-01-03; then somebody has to look again
        ");
    }

    #[test]
    fn somebody_says_so_of_something() {
        let good = || said((2026, 1, 1), (2026, 2, 1));
        let digests = ["0123456789abcdef", "crate::core::X 0123456789abcdef"];
        assert_eq!(refused(&good().key("of", words(&digests))), "accepted");
        insta::assert_snapshot!(refused(&good().key("of", words(&["crate::core::X"]))), @"
        invalid-value: `crate::core::X` holds no digest
        help: leave `of` out, run the test, and write down what it prints
        ");
        insta::assert_snapshot!(refused(&good().key("by", KeyValue::Text(at(" ".into())))), @r#"
        missing-key: nobody says so
        help: write `by = "…"`, a name or an address by which they can be asked
        "#);
    }
}
