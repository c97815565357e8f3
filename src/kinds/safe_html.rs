//! # `safe_html`
//!
//! ## What it requires
//! The HTML that the target makes holds nothing that is not allowed, as a browser reads it.
//! Unless the declaration says otherwise there is no address with `javascript:`, `vbscript:` or `data:`, no attribute that handles events,
//! and no element that acts by being there: `script`, `style`, `iframe`, `object`, `embed` and their like.
//!
//! ## Why it matters
//! What strangers write is shown to others, and a script in it acts with the rights of whoever reads it.
//! A filter reads the text once, as its author thought of it; a browser decodes, repairs and forgives.
//!
//! ## Declaration
//! ```toml
//! [constraint.signature]
//! says    = "The link to a homepage never runs a script"
//! kind    = "safe_html"
//! target  = "crate::signature"
//! schemes = ["http", "https"]
//! ```
//! `schemes` are the schemes that addresses may have; a relative address may always be there.
//! `never` names schemes that may not, in place of the three above.
//! `elements` and `attributes` are lists of what may be there, and then nothing else may; attributes are written `href`, `a.href` or `data-*`.
//!
//! ## Holds
//! ```rust
//! pub fn signature(homepage: &str) -> String {
//!     let is_web = homepage.starts_with("https://") || homepage.starts_with("http://");
//!     let address = if is_web { homepage } else { "" };
//!     let address = address.replace('&', "&amp;").replace('"', "&quot;");
//!     format!("<a rel=\"nofollow\" href=\"{address}\">home</a>")
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn signature(homepage: &str) -> String {
//!     let is_web = !homepage.starts_with("javascript:") && !homepage.starts_with("data:"); // red: main.signature
//!     let address = if is_web { homepage } else { "" };
//!     let address = address.replace('&', "&amp;").replace('"', "&quot;");
//!     format!("<a rel=\"nofollow\" href=\"{address}\">home</a>")
//! }
//! ```
//!
//! ## How it is checked
//! Arguments are made of what carries scripts in HTML and in languages that become HTML: links, images, titles, fences and raw elements,
//! with addresses in every disguise, put into the samples where a word begins or ends and in place of addresses that stand there.
//! The output is parsed by html5ever, as the content of a `div` or, where it begins as one, as a document; with scripts on and off.
//! Schemes are read as the URL standard says: entities decoded, tabs and line ends left out, in any case.
//! Addresses are looked for in every attribute that takes one: lists for several screens, refreshes, style sheets, animations of SVG and documents inside of attributes too.
//! What a browser would write for the tree is read again, for filters have been passed by what became something else in the second reading.
//! A scheme that is not in `schemes` is red if a browser opens its addresses itself; `strict = true` makes any other red too.
//! Images made of pixels in `data:` count as nothing that acts, unless `never` names `data`.
//! A target that panics has made no HTML: that is what `no_panic` is for.
//!
//! ## What it cannot see
//! What scripts of the page itself do with what is in it, such as templates that a library fills in later.
//! Whether a style sheet misleads, or a link that is allowed leads to something bad.
//!
//! ## References
//! - The URL standard, on parsing: <https://url.spec.whatwg.org/#concept-basic-url-parser>
//! - OWASP, preventing cross-site scripting: <https://cheatsheetseries.owasp.org/cheatsheets/Cross_Site_Scripting_Prevention_Cheat_Sheet.html>
//! - CWE-79, cross-site scripting: <https://cwe.mitre.org/data/definitions/79.html>

use std::collections::BTreeSet;

use constraints_wire::Witness;
use syn::{Expr, parse_quote};

use super::lowering::{answered, fresh, ident, late_when, on_values, refusal, see, tolerant, until_called};
use super::{Body, Kind, OracleCall, Sense, Show, Step};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, Shape, Status, Subject};
use crate::resolve::Bound;

/// HTML holds nothing but what is allowed.
#[derive(Debug)]
pub(super) struct SafeHtml;

impl Kind for SafeHtml {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "safe_html",
            shape: Shape::Property,
            area: Area::Security,
            summary: "HTML holds nothing but what is allowed, as a browser reads it",
            status: Status::Preview,
            subject: Subject::Function,
            keys: KEYS,
            source: include_str!("safe_html.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        answered(bound)?;
        schemes(bound)?;
        let result = fresh(bound, "result");
        let name = ident(&result);
        let mut steps = vec![Step::State {
            method: "against",
            arguments: vec![parse_quote!("html")],
            show: Show::Nothing,
        }];
        steps.extend(tolerant(until_called(bound, Some(result.clone()), &BTreeSet::new())));
        steps.extend(refusal(bound, &result, true));
        steps.extend(late_when(bound));
        steps.push(see(&result));
        steps.push(Step::State {
            method: "only_allowed",
            arguments: vec![parse_quote!(rt::written!(#name)), allowed(bound)],
            show: Show::Nothing,
        });
        Ok(OracleCall { oracle: "safe_html", body: Body::Cases(steps) })
    }

    fn sense(&self, key: &str) -> Sense {
        if key == "strict" { Sense::More } else { Sense::Same }
    }

    fn feature(&self, _bound: &Bound<'_>) -> Option<&'static str> {
        Some("markup")
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("makes HTML that is not safe", witness)
    }
}

const KEYS: &[Key] = &[
    Key {
        name: "schemes",
        shape: KeyShape::Words,
        required: false,
        says: "The schemes that addresses may have, besides relative addresses.",
    },
    Key {
        name: "strict",
        shape: KeyShape::Flag,
        required: false,
        says: "Whether a scheme outside `schemes` is red although no browser opens such an address itself.",
    },
    Key {
        name: "never",
        shape: KeyShape::Words,
        required: false,
        says: "The schemes that no address may have; without it `javascript`, `vbscript` and `data`.",
    },
    Key {
        name: "elements",
        shape: KeyShape::Words,
        required: false,
        says: "The elements that may be there, and no others.",
    },
    Key {
        name: "attributes",
        shape: KeyShape::Words,
        required: false,
        says: "The attributes that may be there, and no others: `href`, `a.href` or `data-*`.",
    },
];

/// What is allowed, as the runtime takes it.
fn allowed(bound: &Bound<'_>) -> Expr {
    let constraint = bound.constraint;
    let words = |key| -> Expr {
        let words = constraint.words(key).iter().map(|word| word.value.trim_end_matches(':'));
        parse_quote!(&[#(#words),*])
    };
    let (schemes, elements, attributes, never) =
        (words("schemes"), words("elements"), words("attributes"), words("never"));
    let strict = constraint.flag("strict");
    parse_quote!(&rt::Allowed {
        schemes: #schemes,
        strict: #strict,
        elements: #elements,
        attributes: #attributes,
        never: #never,
    })
}

/// Schemes are names, and none is allowed and forbidden at once.
fn schemes(bound: &Bound<'_>) -> Result<(), Fault> {
    let constraint = bound.constraint;
    let (schemes, never) = (constraint.words("schemes"), constraint.words("never"));
    for scheme in schemes.iter().chain(never) {
        let name = scheme.value.trim_end_matches(':');
        let is_part = |it: char| it.is_ascii_alphanumeric() || "+-.".contains(it);
        if !name.starts_with(|it: char| it.is_ascii_alphabetic()) || !name.chars().all(is_part) {
            let message = format!("`{}` is not the name of a scheme", scheme.value);
            return Err(Fault::error(Code::InvalidValue, scheme.span, message)
                .help("write the part of an address before the `:`, such as \"https\""));
        }
    }
    let both = never.iter().find(|it| schemes.iter().any(|other| other.value == it.value));
    match both {
        None => Ok(()),
        Some(scheme) => {
            let message = format!("`{}` is in `schemes` and in `never`", scheme.value);
            Err(Fault::error(Code::InvalidValue, scheme.span, message).help("leave it in one of the two"))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{Example, example, refused, text, words};
    use crate::resolve::{Lend, Returns};

    fn render() -> Example {
        example("safe_html", "safe", "render").argument("text", text(), Lend::Ref)
    }

    #[test]
    fn schemes_are_names_and_allowed_or_forbidden() {
        assert_eq!(refused(&render()), "accepted");
        assert_eq!(refused(&render().key("schemes", words(&["https", "mailto:"]))), "accepted");
        insta::assert_snapshot!(refused(&render().key("schemes", words(&["https://"]))), @r#"
        invalid-value: `https://` is not the name of a scheme
        help: write the part of an address before the `:`, such as "https"
        "#);
        let both = render().key("schemes", words(&["data"])).key("never", words(&["data"]));
        insta::assert_snapshot!(refused(&both), @r"
        invalid-value: `data` is in `schemes` and in `never`
        help: leave it in one of the two
        ");
    }

    #[test]
    fn there_has_to_be_html() {
        insta::assert_snapshot!(refused(&render().returns(Returns::Unit)), @r#"
        wrong-target: the target gives no answer that could be judged
        help: make the call with `call = "Rust"`, which gives the answer
        "#);
    }
}
