//! # `prefix_stable`
//!
//! ## What it requires
//! An input that comes in pieces gives what it gives as a whole, wherever it is cut.
//! `streamed` is the form that takes pieces, as Rust over `pieces`; the target is the form that takes the whole.
//! A text is cut between characters and bytes anywhere; `cut = "bytes"` cuts a text anywhere as well, and `pieces` are bytes then.
//! Where both give a `Result` they have to agree on what is refused, not on the error.
//!
//! ## Why it matters
//! What comes over a network comes in pieces, cut where nobody chose.
//! A character, a number, a line end or a tag that is cut in two is read as something else, once in a thousand times and never on the machine of who wrote it.
//!
//! ## Declaration
//! ```toml
//! [constraint.text_in_pieces]
//! says     = "A text that comes over the network in pieces is the text that was sent"
//! kind     = "prefix_stable"
//! target   = "crate::text"
//! streamed = "pieces.into_iter().collect::<crate::Text>()"
//! ```
//!
//! ## Holds
//! ```rust
//! #[derive(Debug, PartialEq)]
//! pub struct Text(String);
//!
//! pub fn text(bytes: &[u8]) -> Text {
//!     Text(String::from_utf8_lossy(bytes).into_owned())
//! }
//!
//! impl<'p> FromIterator<&'p [u8]> for Text {
//!     fn from_iter<P: IntoIterator<Item = &'p [u8]>>(pieces: P) -> Self {
//!         let pieces: Vec<&[u8]> = pieces.into_iter().collect();
//!         text(&pieces.concat())
//!     }
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! #[derive(Debug, PartialEq)]
//! pub struct Text(String);
//!
//! pub fn text(bytes: &[u8]) -> Text {
//!     Text(String::from_utf8_lossy(bytes).into_owned())
//! }
//!
//! impl<'p> FromIterator<&'p [u8]> for Text {
//!     fn from_iter<P: IntoIterator<Item = &'p [u8]>>(pieces: P) -> Self {
//!         let pieces: Vec<&[u8]> = pieces.into_iter().collect();
//!         Text(pieces.into_iter().map(|piece| text(piece).0).collect()) // red: main.text_in_pieces
//!     }
//! }
//! ```
//!
//! ## How it is checked
//! The input is generated and cut: once or a few times most often, between all its parts now and then.
//! The target is called with the whole and the streamed form evaluated with the pieces, and the two have to be equal.
//! With several arguments `arg` names the one that comes in pieces.
//!
//! ## What it cannot see
//! Whether the whole is read right.
//! How much is kept in memory until the end of a piece.
//!
//! ## References
//! - CWE-444, inconsistent interpretation of HTTP requests: <https://cwe.mitre.org/data/definitions/444.html>
//! - Unicode, chapter 3.9, on sequences that end early: <https://www.unicode.org/versions/latest/core-spec/chapter-3/>

use std::collections::BTreeSet;

use constraints_wire::Witness;
use syn::parse_quote;

use super::lowering::{answered, compared, fresh, ident, late_when, on_values, until_called, variable};
use super::{Body, Call, Kind, OracleCall, Step, Via};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, Shape, Status, Subject};
use crate::resolve::{Bound, Recipe, Returns};

/// An input in pieces gives what it gives as a whole.
#[derive(Debug)]
pub(super) struct PrefixStable;

impl Kind for PrefixStable {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "prefix_stable",
            shape: Shape::Property,
            area: Area::Correctness,
            summary: "an input that comes in pieces gives what it gives as a whole",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[
                Key {
                    name: "streamed",
                    shape: KeyShape::ExpressionOver(&["pieces"]),
                    required: true,
                    says: "The form that takes pieces: Rust over `pieces`, a list of slices in their order.",
                },
                Key {
                    name: "cut",
                    shape: KeyShape::Text,
                    required: false,
                    says: "`bytes` to cut a text anywhere; `chars`, the default for a text, to cut it between characters.",
                },
                Key {
                    name: "arg",
                    shape: KeyShape::Text,
                    required: false,
                    says: "The argument that comes in pieces, where the target takes several.",
                },
            ],
            source: include_str!("prefix_stable.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let target = answered(bound)?;
        let Some(streamed) = bound.expression("streamed") else {
            let span = bound.constraint.id.span;
            return Err(Fault::error(
                Code::MissingKey,
                span,
                "pieces need `streamed`, the form that takes them",
            ));
        };
        let (_, of) = compared(bound, target)?;
        let as_bytes = is_cut_as_bytes(bound, &of)?;
        let [whole, in_pieces] = ["whole", "in_pieces"].map(|name| fresh(bound, name));
        let all: BTreeSet<String> = bound.values.iter().map(|value| value.name.clone()).collect();
        let mut steps = until_called(bound, Some(whole.clone()), &all);
        let call = steps.pop();
        steps.push(Step::Cut { name: PIECES.to_owned(), of, as_bytes });
        steps.extend(call);
        steps.extend(late_when(bound));
        steps.push(Step::Call {
            bind: Some(in_pieces.clone()),
            via: Via::Helper("streamed form"),
            call: Call::Expression(streamed.clone()),
            is_async: false,
        });
        let (one, other) = (ident(&whole), ident(&in_pieces));
        let holds = if bound.call.is_none() && target.returns == Returns::Result {
            parse_quote!(#one.as_ref().ok() == #other.as_ref().ok())
        } else {
            parse_quote!(#one == #other)
        };
        let what = "the pieces give what the whole gives";
        steps.push(Step::Same { what, holds, left: variable(&in_pieces), right: variable(&whole) });
        Ok(OracleCall { oracle: "prefix_stable", body: Body::Cases(steps) })
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("reads the pieces as something else than the whole", witness)
    }
}

/// The name by which the user's expression means the pieces.
const PIECES: &str = "pieces";

fn is_cut_as_bytes(bound: &Bound<'_>, of: &str) -> Result<bool, Fault> {
    let is_bytes =
        bound.values.iter().any(|value| value.name == of && matches!(value.recipe, Recipe::Bytes { .. }));
    match bound.constraint.text("cut").map(|cut| (cut.value.as_str(), cut.span)) {
        None => Ok(is_bytes),
        Some(("bytes", _)) => Ok(true),
        Some(("chars", _)) if !is_bytes => Ok(false),
        Some((cut, span)) => {
            Err(Fault::error(Code::InvalidValue, span, format!("`{of}` cannot be cut as `{cut}`"))
                .help("`bytes` cuts anywhere, `chars` cuts a text between characters"))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{Example, at, example, refused, text};
    use crate::model::KeyValue;
    use crate::resolve::{Lend, Recipe};

    fn parse() -> Example {
        example("prefix_stable", "pieces", "parse")
            .argument("text", text(), Lend::Ref)
            .expression("streamed", "support::parse(&pieces)")
    }

    #[test]
    fn a_text_is_cut_as_characters_or_as_bytes() {
        let cut = |example: Example, cut: &str| refused(&example.key("cut", KeyValue::Text(at(cut.into()))));
        assert_eq!(refused(&parse()), "accepted");
        assert_eq!(cut(parse(), "bytes"), "accepted");
        insta::assert_snapshot!(cut(parse(), "lines"), @r"
        invalid-value: `text` cannot be cut as `lines`
        help: `bytes` cuts anywhere, `chars` cuts a text between characters
        ");
        let bytes = Recipe::Bytes { like: Vec::new(), only: false };
        let bytes = example("prefix_stable", "pieces", "parse")
            .argument("bytes", bytes, Lend::Ref)
            .expression("streamed", "support::parse(&pieces)");
        insta::assert_snapshot!(cut(bytes, "chars"), @r"
        invalid-value: `bytes` cannot be cut as `chars`
        help: `bytes` cuts anywhere, `chars` cuts a text between characters
        ");
    }

    #[test]
    fn one_argument_comes_in_pieces() {
        let two = parse().argument("more", text(), Lend::Ref);
        insta::assert_snapshot!(refused(&two), @r#"
        invalid-value: the target takes several arguments, and the declaration does not say which one is compared
        help: add `arg = "NAME"` with one of `text`, `more`
        "#);
        assert_eq!(refused(&two.key("arg", KeyValue::Text(at("more".into())))), "accepted");
    }

    #[test]
    fn the_streamed_form_has_to_be_said() {
        let without = example("prefix_stable", "pieces", "parse").argument("text", text(), Lend::Ref);
        insta::assert_snapshot!(refused(&without), @"missing-key: pieces need `streamed`, the form that takes them");
    }
}
