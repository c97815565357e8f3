//! # `env_documented`
//!
//! ## What it requires
//! Every environment variable that the sources read is named in a document.
//!
//! ## Why it matters
//! A variable that nobody knows of is never set where it should be, and is set by chance where it should not.
//! Who runs a service learns of its variables from a document, if at all.
//!
//! ## Declaration
//! ```toml
//! [constraint.surroundings_are_told]
//! says   = "Whoever runs the service finds every variable it reads in the README"
//! kind   = "env_documented"
//! target = "crate"
//! in     = "README.md"
//! ```
//! `exactly = true` requires besides that every documented variable is read.
//!
//! ## Holds
//! ```rust
//! pub fn port() -> u16 {
//!     let text = std::env::var("LINKS_PORT").unwrap_or_default();
//!     text.parse().unwrap_or(80)
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn port() -> u16 {
//!     let text = std::env::var("LINKS_LISTEN_PORT").unwrap_or_default(); // red: main.surroundings_are_told
//!     text.parse().unwrap_or(80)
//! }
//! ```
//!
//! ## How it is checked
//! The sources are read, not run.
//! A variable is read by `std::env::var`, `var_os`, `env!` and `option_env!`, by `env` of clap in an attribute, and by its method `env` with one argument.
//! Its name is a text, or a constant of the crate that is one.
//! It is documented where its name stands as a word of its own in one of the files.
//! For `exactly`, a word in capitals with `_` is a documented variable if it is the beginning of code, follows `$` or is followed by `=`.
//! What Cargo sets (`CARGO_…`, `OUT_DIR`) and code that is only compiled for tests do not count.
//!
//! ## What it cannot see
//! Names that are put together when the program runs, and variables that dependencies read, such as `RUST_LOG`.
//! Whether what the document says of a variable is true.
//!
//! ## References
//! - The twelve-factor app, config: <https://12factor.net/config>
//! - The Rust standard library, `std::env::var`: <https://doc.rust-lang.org/std/env/fn.var.html>

use constraints_wire::Witness;

use super::lowering::{module, texts};
use super::{Body, Kind, OracleCall, Sense, Setting};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, Shape, Status, Subject};
use crate::resolve::Bound;

/// Variables that are read are documented.
#[derive(Debug)]
pub(super) struct EnvDocumented;

impl Kind for EnvDocumented {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "env_documented",
            shape: Shape::Source,
            area: Area::Process,
            summary: "every environment variable that is read is named in a document",
            status: Status::Preview,
            subject: Subject::Module,
            keys: &[
                Key {
                    name: "in",
                    shape: KeyShape::Words,
                    required: true,
                    says: "The documents, as patterns from the root of the package, such as `README.md` or `docs/**/*.md`.",
                },
                Key {
                    name: "exactly",
                    shape: KeyShape::Flag,
                    required: false,
                    says: "Whether every documented variable has to be read, too.",
                },
            ],
            source: include_str!("env_documented.rs"),
        };
        &ABOUT
    }

    fn sense(&self, key: &str) -> Sense {
        match key {
            "exactly" => Sense::More,
            _ => Sense::Same,
        }
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let constraint = bound.constraint;
        let documents = texts(constraint.words("in"));
        if documents.is_empty() {
            let fault = Fault::error(Code::MissingKey, constraint.id.span, "no document is named");
            return Err(fault.help("write `in = \"README.md\"`, or wherever the variables are explained"));
        }
        let fields = vec![
            ("files", Setting::Words(documents)),
            ("exactly", Setting::Flag(constraint.flag("exactly"))),
        ];
        let body = Body::Sources { module: module(bound)?, settings: "Documents", fields };
        Ok(OracleCall { oracle: "env_documented", body })
    }

    fn feature(&self, _bound: &Bound<'_>) -> Option<&'static str> {
        Some("source")
    }

    fn message(&self, witness: &Witness) -> String {
        if witness.seen.is_empty() { "a variable is not documented".to_owned() } else { witness.seen.clone() }
    }
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{at, example, refused, words};
    use crate::model::KeyValue;
    use crate::resolve::Target;

    #[test]
    fn it_is_about_a_module_and_at_least_one_document() {
        let whole = || example("env_documented", "told", "core").target(Target::Module(Vec::new()));
        assert_eq!(refused(&whole().key("in", words(&["README.md"]))), "accepted");
        let both_ways = whole().key("in", words(&["docs/*.md"])).key("exactly", KeyValue::Flag(at(true)));
        assert_eq!(refused(&both_ways), "accepted");
        insta::assert_snapshot!(refused(&whole().key("in", words(&[]))), @r#"
        missing-key: no document is named
        help: write `in = "README.md"`, or wherever the variables are explained
        "#);
        insta::assert_snapshot!(refused(&example("env_documented", "told", "core").key("in", words(&["README.md"]))), @"
        wrong-target: the target is not a module
        help: write `target = \"crate\"` for the whole crate, or the path of a module
        ");
    }
}
