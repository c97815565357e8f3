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
//! errors = true
//! panics = true
//! safety = true
//! ```
//! `examples = true` asks for a block of code at every function.
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
use super::{Body, Kind, OracleCall, Setting};
use crate::model::{About, Area, Fault, Key, KeyShape, Shape, Status, Subject};
use crate::resolve::Bound;

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
            keys: &[
                flag("examples", "Whether every function has to show a block of code."),
                flag("errors", "Whether functions that return a `Result` need a part `# Errors`."),
                flag("panics", "Whether functions that panic by themselves need a part `# Panics`."),
                flag("safety", "Whether unsafe functions and traits need a part `# Safety`."),
            ],
            source: include_str!("documented.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let constraint = bound.constraint;
        let fields = ["examples", "errors", "panics", "safety"]
            .map(|key| (key, Setting::Flag(constraint.flag(key))))
            .into();
        let body = Body::Sources { module: module(bound)?, settings: "Documented", fields };
        Ok(OracleCall { oracle: "documented", body })
    }

    fn message(&self, witness: &Witness) -> String {
        if witness.seen.is_empty() { "lacks a doc comment".to_owned() } else { witness.seen.clone() }
    }
}

const fn flag(name: &'static str, says: &'static str) -> Key {
    Key { name, shape: KeyShape::Flag, required: false, says }
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{at, example, refused};
    use crate::model::KeyValue;
    use crate::resolve::Target;

    #[test]
    fn it_is_about_a_module() {
        let whole = || example("documented", "api", "core").target(Target::Module(Vec::new()));
        assert_eq!(refused(&whole()), "accepted");
        assert_eq!(refused(&whole().key("errors", KeyValue::Flag(at(true)))), "accepted");
        insta::assert_snapshot!(refused(&example("documented", "api", "core")), @"
        wrong-target: the target is not a module
        help: write `target = \"crate\"` for the whole crate, or the path of a module
        ");
    }
}
