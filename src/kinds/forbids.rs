//! # `forbids`
//!
//! ## What it requires
//! The sources of the crate, or of one module and those below it, do without certain calls, macros or `unsafe`.
//!
//! ## Why it matters
//! Some rules are about how code is written, because no test of what it does could tell:
//! a service that never exits by itself, a core that never prints, a parser without `unsafe`.
//!
//! ## Declaration
//! ```toml
//! [constraint.never_ends]
//! says   = "A setting that nobody expected never ends the service"
//! kind   = "forbids"
//! target = "crate"
//! calls  = ["unwrap", "std::process::exit"]
//! macros = "panic"
//! unsafe = true
//! ```
//! `except = ["crate::cli"]` names modules in which it may stand all the same.
//!
//! ## Holds
//! ```rust
//! pub fn port(text: &str) -> u16 {
//!     text.parse().unwrap_or(80)
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn port(text: &str) -> u16 {
//!     text.parse().unwrap() // red: main.never_ends
//! }
//! ```
//!
//! ## How it is checked
//! The sources are read, not run.
//! A plain name in `calls` stands for every function or method of that name, a path for the item it names.
//! Code that is only compiled for tests does not count, and neither do the modules that `except` names.
//!
//! ## What it cannot see
//! Calls that a macro of another crate writes, calls through a pointer, and what dependencies do.
//! A function that is imported under another name, unless it is forbidden by its path.
//!
//! ## References
//! - Clippy, `disallowed_methods`: <https://rust-lang.github.io/rust-clippy/master/index.html#disallowed_methods>
//! - CWE-676, use of potentially dangerous function: <https://cwe.mitre.org/data/definitions/676.html>

use constraints_wire::Witness;

use super::lowering::{module, texts};
use super::{Body, Kind, OracleCall, Sense, Setting};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, Shape, Spanned, Status, Subject};
use crate::resolve::Bound;

/// The sources do without something.
#[derive(Debug)]
pub(super) struct Forbids;

impl Kind for Forbids {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "forbids",
            shape: Shape::Source,
            area: Area::Stability,
            summary: "the sources do without certain calls, macros or `unsafe`",
            status: Status::Preview,
            subject: Subject::Module,
            keys: &[
                Key {
                    name: "calls",
                    shape: KeyShape::Words,
                    required: false,
                    says: "Functions and methods: a name such as `unwrap`, or a path such as `std::process::exit`.",
                },
                Key {
                    name: "macros",
                    shape: KeyShape::Words,
                    required: false,
                    says: "Macros by name, without the `!`.",
                },
                Key {
                    name: "unsafe",
                    shape: KeyShape::Flag,
                    required: false,
                    says: "Whether `unsafe` blocks, functions and implementations are forbidden.",
                },
                Key {
                    name: "except",
                    shape: KeyShape::Words,
                    required: false,
                    says: "Modules below the target, such as `crate::cli`, in which it may stand all the same.",
                },
            ],
            source: include_str!("forbids.rs"),
        };
        &ABOUT
    }

    fn sense(&self, key: &str) -> Sense {
        match key {
            "calls" | "macros" | "unsafe" => Sense::More,
            "except" => Sense::Less,
            _ => Sense::Same,
        }
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let constraint = bound.constraint;
        let module = module(bound)?;
        let words = |key| texts(constraint.words(key));
        let (calls, macros, unsafe_code) = (words("calls"), words("macros"), constraint.flag("unsafe"));
        if calls.is_empty() && macros.is_empty() && !unsafe_code {
            return Err(Fault::error(
                Code::MissingKey,
                constraint.id.span,
                "the declaration forbids nothing",
            )
            .help("add at least one of `calls`, `macros` and `unsafe = true`"));
        }
        exceptions(constraint.words("except"), &module)?;
        let fields = vec![
            ("calls", Setting::Words(calls)),
            ("macros", Setting::Words(macros)),
            ("unsafe_code", Setting::Flag(unsafe_code)),
            ("except", Setting::Words(words("except"))),
        ];
        let body = Body::Sources { module, settings: "Forbidden", fields };
        Ok(OracleCall { oracle: "forbids", body })
    }

    fn message(&self, witness: &Witness) -> String {
        if witness.seen.is_empty() { "uses what is forbidden".to_owned() } else { witness.seen.clone() }
    }
}

/// An exception that lies outside the target would except nothing.
fn exceptions(paths: &[Spanned<String>], module: &[String]) -> Result<(), Fault> {
    let target: Vec<&str> = ["crate"].into_iter().chain(module.iter().map(String::as_str)).collect();
    for path in paths {
        let segments: Vec<&str> = path.value.split("::").collect();
        if segments.len() <= target.len() || !segments.starts_with(&target) {
            let message = format!("`{}` is not a module below `{}`", path.value, target.join("::"));
            let help = format!("write its whole path, such as `{}::cli`", target.join("::"));
            let fault = Fault::error(Code::InvalidValue, path.span, message);
            return Err(fault.label("nothing of the target is in it").help(help));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{at, example, refused, words};
    use crate::model::KeyValue;
    use crate::resolve::Target;

    #[test]
    fn forbidding_nothing_is_refused() {
        let nothing = || example("forbids", "pure", "core").target(Target::Module(vec!["core".into()]));
        insta::assert_snapshot!(refused(&nothing()), @"
        missing-key: the declaration forbids nothing
        help: add at least one of `calls`, `macros` and `unsafe = true`
        ");
        assert_eq!(refused(&nothing().key("calls", words(&["unwrap"]))), "accepted");
        assert_eq!(refused(&nothing().key("unsafe", KeyValue::Flag(at(true)))), "accepted");
        assert_eq!(
            refused(&nothing().key("calls", words(&["unwrap"])).key("except", words(&["crate::core::io"]))),
            "accepted"
        );
        let outside = nothing().key("calls", words(&["unwrap"])).key("except", words(&["crate::cli"]));
        insta::assert_snapshot!(refused(&outside), @"
        invalid-value: `crate::cli` is not a module below `crate::core`
        help: write its whole path, such as `crate::core::cli`
        ");
        insta::assert_snapshot!(refused(&example("forbids", "pure", "core")), @"
        wrong-target: the target is not a module
        help: write `target = \"crate\"` for the whole crate, or the path of a module
        ");
    }
}
