//! # `rejects`
//!
//! ## What it requires
//! The target refuses every value that the declaration says it has to refuse.
//! `Err`, `None` and `false` are refusals; `refused` says what else is.
//! Arguments that are not declared may be anything.
//!
//! ## Why it matters
//! What an attacker sends is known for most formats, and so is what went wrong before.
//! A list of it, kept beside the code, stays refused whoever rewrites the code.
//!
//! ## Declaration
//! ```toml
//! [constraint.strangers_are_refused]
//! says      = "A link to a place that is not ours is refused"
//! kind      = "rejects"
//! target    = "crate::path_of"
//! args.link = { like = ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"] }
//! ```
//!
//! ## Holds
//! ```rust
//! pub fn path_of(link: &str) -> Result<&str, String> {
//!     let is_ours = link.starts_with('/') && !link.starts_with("//") && !link.contains('\\');
//!     if is_ours { Ok(link) } else { Err(format!("{link} leads elsewhere")) }
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn path_of(link: &str) -> Result<&str, String> {
//!     let is_ours = link.starts_with('/') && !link.starts_with("//"); // red: main.strangers_are_refused
//!     if is_ours { Ok(link) } else { Err(format!("{link} leads elsewhere")) }
//! }
//! ```
//!
//! ## How it is checked
//! Every sample is passed as it is, then values of the declared shapes, in any combination; nothing is mixed in, and no sample is changed, for a changed one may be fine.
//! A panic is no refusal.
//! For every value that satisfies a condition, leave the argument to its type and say the condition with `when`.
//!
//! ## What it cannot see
//! What nobody thought of: a statement about all inputs is a `law`.
//! A target that refuses everything passes, so that an `accepts` belongs beside each `rejects`.
//!
//! ## References
//! - CWE-20, improper input validation: <https://cwe.mitre.org/data/definitions/20.html>
//! - OWASP, Unvalidated Redirects and Forwards: <https://cheatsheetseries.owasp.org/cheatsheets/Unvalidated_Redirects_and_Forwards_Cheat_Sheet.html>

use constraints_wire::Witness;

use super::accepts::stated;
use super::lowering::on_values;
use super::{Kind, OracleCall, Stance};
use crate::model::{About, Area, Fault, Shape, Status, Subject};
use crate::resolve::Bound;

/// The target refuses what it has to refuse.
#[derive(Debug)]
pub(super) struct Rejects;

impl Kind for Rejects {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "rejects",
            shape: Shape::Property,
            area: Area::Security,
            summary: "the target refuses every declared value",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[],
            source: include_str!("rejects.rs"),
        };
        &ABOUT
    }

    fn stance(&self) -> Option<Stance> {
        Some(Stance::Rejects)
    }

    fn twin(&self) -> Option<&'static str> {
        Some("accepts")
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        stated(bound, "rejects")
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("is accepted", witness)
    }
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{example, refused, text};
    use crate::resolve::{Lend, Returns};

    #[test]
    fn a_target_that_answers_nothing_is_refused() {
        let silent =
            example("rejects", "silent", "set").argument("text", text(), Lend::Ref).returns(Returns::Unit);
        insta::assert_snapshot!(refused(&silent), @r#"
        wrong-target: the target gives no answer that could be judged
        help: make the call with `call = "Rust"`, which gives the answer
        "#);
        let plain = example("rejects", "plain", "parse").argument("text", text(), Lend::Ref);
        assert_eq!(refused(&plain), "accepted");
    }
}
