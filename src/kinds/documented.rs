//! # `documented`
//!
//! ## What it requires
//! Every public item of the crate, or of one module and those below it, has a doc comment.
//!
//! ## Why it matters
//! Who calls a function, be it a person or a program that writes code, knows of it what its comment says:
//! when it fails, when it panics, and what a caller of `unsafe` has to promise.
//!
//! ## Declaration
//! ```toml
//! [constraint.api_is_explained]
//! says   = "Whoever uses the library learns from it how"
//! kind   = "documented"
//! target = "crate"
//! parts  = ["errors", "panics", "safety"]
//! ```
//! `parts` says what a comment has to hold besides a sentence; `"examples"` is a block of code at every function.
//!
//! ## Holds
//! ```rust
//! pub(crate) fn usual() -> u16 {
//!     80
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn usual() -> u16 { // red: main.api_is_explained
//!     80
//! }
//! ```
//!
//! ## How it is checked
//! The sources are read, not run.
//! Items, fields, variants, methods and modules count if they can be named from outside: they are `pub`, and the modules around them are, or a `pub use` names them.
//! Items that are `#[doc(hidden)]` and code that is only compiled for tests do not count.
//! `errors` asks for a part `# Errors` where a function returns a `Result`, `safety` for `# Safety` where it is `unsafe`.
//! `panics` asks for `# Panics` where the body itself has `panic!`, `assert!`, `unwrap`, `expect` or the like.
//!
//! ## What it cannot see
//! Whether what the comment says is true.
//! Items that macros make, comments that are put in with `include_str!`, and panics of the functions that are called.
//!
//! ## References
//! - Rust API guidelines, documentation: <https://rust-lang.github.io/api-guidelines/documentation.html>
//! - rustdoc, `missing_docs`: <https://doc.rust-lang.org/rustdoc/lints.html#missing_docs>

use constraints_wire::Witness;

use super::lowering::module;
use super::{Body, Kind, OracleCall, Sense, Setting};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, Shape, Status, Subject, did_you_mean, nearest};
use crate::resolve::Bound;

/// The parts that can be asked for, in the order of the runtime's settings.
const PARTS: [&str; 4] = ["examples", "errors", "panics", "safety"];

/// Public items have a doc comment.
#[derive(Debug)]
pub(super) struct Documented;

impl Kind for Documented {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "documented",
            shape: Shape::Source,
            area: Area::Process,
            summary: "public items have a doc comment with the parts asked for",
            status: Status::Preview,
            subject: Subject::Module,
            keys: &[Key {
                name: "parts",
                shape: KeyShape::Words,
                required: false,
                says: "What has to be there besides a sentence: `errors`, `panics`, `safety`, `examples`.",
            }],
            source: include_str!("documented.rs"),
        };
        &ABOUT
    }

    fn sense(&self, key: &str) -> Sense {
        match key {
            "parts" => Sense::More,
            _ => Sense::Same,
        }
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let wanted = bound.constraint.words("parts");
        if let Some(unknown) = wanted.iter().find(|part| !PARTS.contains(&part.value.as_str())) {
            let message = format!("`{}` is no part of a doc comment", unknown.value);
            let fault = Fault::error(Code::InvalidValue, unknown.span, message).label("no such part");
            let near = did_you_mean(&nearest(&unknown.value, PARTS));
            return Err(fault.help(near.unwrap_or_else(|| format!("write any of `{}`", PARTS.join("`, `")))));
        }
        let is_wanted = |part| wanted.iter().any(|word| word.value == part);
        let fields = PARTS.map(|part| (part, Setting::Flag(is_wanted(part)))).into();
        let body = Body::Sources { module: module(bound)?, settings: "Documented", fields };
        Ok(OracleCall { oracle: "documented", body })
    }

    fn feature(&self, _bound: &Bound<'_>) -> Option<&'static str> {
        Some("source")
    }

    fn message(&self, witness: &Witness) -> String {
        if witness.seen.is_empty() { "lacks a doc comment".to_owned() } else { witness.seen.clone() }
    }
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{example, refused, words};
    use crate::resolve::Target;

    #[test]
    fn it_is_about_a_module_and_known_parts() {
        let whole = || example("documented", "api", "core").target(Target::Module(Vec::new()));
        assert_eq!(refused(&whole()), "accepted");
        assert_eq!(refused(&whole().key("parts", words(&["errors", "examples"]))), "accepted");
        insta::assert_snapshot!(refused(&whole().key("parts", words(&["safety", "error"]))), @"
        invalid-value: `error` is no part of a doc comment
        help: did you mean `errors`?
        ");
        insta::assert_snapshot!(refused(&example("documented", "api", "core")), @"
        wrong-target: the target is not a module
        help: write `target = \"crate\"` for the whole crate, or the path of a module
        ");
    }
}
