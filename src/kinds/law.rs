//! # `law`
//!
//! ## What it requires
//! A statement in Rust, `then`, is true for every input that satisfies `when`.
//! Where the target can be called with the generated arguments, `result` in either is what it gave.
//!
//! ## Why it matters
//! Most requirements are about what an answer says and not only that there is one.
//! A law says it for all inputs, so the one case that a list of examples left out is tried as well.
//!
//! ## Declaration
//! ```toml
//! [constraint.never_longer]
//! says   = "A shortened title is never longer than asked for"
//! kind   = "law"
//! target = "crate::shorten"
//! then   = "result.chars().count() <= width"
//! ```
//!
//! ## Holds
//! ```rust
//! pub fn shorten(title: &str, width: usize) -> String {
//!     title.chars().take(width).collect()
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn shorten(title: &str, width: usize) -> String {
//!     title.chars().take(width.max(3)).collect() // red: main.never_longer
//! }
//! ```
//!
//! ## How it is checked
//! The arguments are generated, `when` sorts out those the statement says nothing about, the target is called,
//! and `then` has to be true.
//! Where `then` compares two sides with `==`, a counterexample shows both.
//! A panic in the target is red as well, for there is no result of which the statement could be true.
//!
//! ## What it cannot see
//! Whether the statement says what the sentence says; read the two side by side.
//! If almost no input satisfies `when`, too few cases reach the statement and the constraint is undecided:
//! generate inputs that satisfy it instead.
//!
//! ## References
//! - John Hughes, "How to Specify It!": <https://research.chalmers.se/publication/517894>
//! - CWE-840, business logic errors: <https://cwe.mitre.org/data/definitions/840.html>

use std::collections::BTreeSet;

use constraints_wire::Witness;
use syn::spanned::Spanned as _;
use syn::{BinOp, Expr, Ident};

use super::borrow::borrows_only;
use super::lowering::{RESULT, draws, function, is_copy, late_when, mentioned, on_values, see, until_called};
use super::{Body, Kind, OracleCall, Step};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, Shape, Status, Subject};
use crate::resolve::Bound;

/// A statement is true for every input.
#[derive(Debug)]
pub(super) struct Law;

impl Kind for Law {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "law",
            shape: Shape::Property,
            area: Area::Correctness,
            summary: "a statement in Rust is true for every input",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[Key {
                name: "then",
                shape: KeyShape::Expression,
                required: true,
                says: "The statement: Rust over the arguments and `result`, of type `bool`.",
            }],
            source: include_str!("law.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        function(bound)?;
        let (Some(condition), Some(written)) =
            (bound.expression("then"), bound.constraint.expression("then"))
        else {
            return Err(Fault::error(Code::MissingKey, bound.constraint.id.span, "a law needs `then`"));
        };
        let mut steps = if bound.calls_target || bound.call.is_some() {
            let mut steps = until_called(bound, Some(RESULT.to_owned()), &mentioned(condition));
            steps.extend(late_when(bound));
            steps.push(see(RESULT));
            steps
        } else {
            let mut steps = draws(bound);
            steps.extend(bound.when.clone().map(Step::When));
            steps
        };
        steps.extend(sides(bound, condition, &written.text));
        let text = written.text.split_whitespace().collect::<Vec<_>>().join(" ");
        steps.push(Step::Then { text, condition: condition.clone() });
        Ok(OracleCall { oracle: "law", body: Body::Cases(steps) })
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("does not hold", witness)
    }
}

/// Both sides of an equation under their own text, where showing them takes nothing away.
fn sides(bound: &Bound<'_>, condition: &Expr, written: &str) -> Vec<Step> {
    // The condition names the crate from outside; the text that people know is the declaration's.
    let Some((left, right)) = equation(condition) else { return Vec::new() };
    let Ok(written) = syn::parse_str::<Expr>(written) else { return Vec::new() };
    let Some((left_text, right_text)) = equation(&written) else { return Vec::new() };
    let copied: BTreeSet<&str> =
        bound.values.iter().filter(|value| is_copy(&value.recipe)).map(|value| value.name.as_str()).collect();
    let copied = |name: &Ident| copied.contains(name.to_string().as_str());
    [(left, left_text), (right, right_text)]
        .into_iter()
        .filter(|(side, _)| !is_plain(side) && borrows_only(side, &copied))
        .filter_map(|(side, text)| {
            let name = text.span().source_text()?.split_whitespace().collect::<Vec<_>>().join(" ");
            Some(Step::See { name, value: side.clone() })
        })
        .collect()
}

fn equation(expression: &Expr) -> Option<(&Expr, &Expr)> {
    match expression {
        Expr::Binary(binary) if matches!(binary.op, BinOp::Eq(_)) => Some((&binary.left, &binary.right)),
        Expr::Paren(paren) => equation(&paren.expr),
        _ => None,
    }
}

fn is_plain(side: &Expr) -> bool {
    matches!(side, Expr::Lit(_)) || matches!(side, Expr::Path(path) if path.path.get_ident().is_some())
}
