//! # `forbids`
//!
//! ## What it requires
//! The sources of the crate, or of one module and those below it, do without certain calls, macros, uses or `unsafe`, and modules use each other in one direction only.
//!
//! ## Why it matters
//! Some rules are about how code is written, because no test of what it does could tell:
//! a service that never exits by itself, a core that never prints, a parser without `unsafe`, a model that knows nothing of the network.
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
//! ```toml
//! [constraint.one_way]
//! says     = "Reading settings knows nothing of who asked for them"
//! kind     = "forbids"
//! target   = "crate"
//! layers   = ["crate::settings", "crate::service"]
//! may_use  = { "crate::settings" = [] }
//! uses     = "std::net"
//! cfg_test = true
//! ```
//! Of `layers` each may use those before it and none behind it.
//! `may_use` says of a module which others it may use at all, and `crate` stands there for what the root of the crate declares itself.
//! `uses` are crates, modules and items that must not be named.
//! `cfg_test = true` forbids code that is other code in tests: conditions on `test` anywhere but on modules of tests and on tests.
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
//! Paths are followed through `use`, also in blocks and where the crate gives names on with `pub use`.
//! Code that is only compiled for tests does not count, and neither do the modules that `except` names.
//! A module of the layers that is not there makes the constraint red.
//!
//! ## What it cannot see
//! Calls that a macro of another crate writes, calls through a pointer, and what dependencies do.
//! A function that is imported under another name, unless it is forbidden by its path.
//! Methods of values whose type belongs to a later layer, where no path names it.
//!
//! ## References
//! - Clippy, `disallowed_methods`: <https://rust-lang.github.io/rust-clippy/master/index.html#disallowed_methods>
//! - CWE-676, use of potentially dangerous function: <https://cwe.mitre.org/data/definitions/676.html>

use constraints_wire::Witness;

use super::lowering::{module, texts};
use super::{Body, Kind, OracleCall, Sense, Setting};
use crate::model::{
    About, Area, Code, Constraint, Fault, Key, KeyShape, KeyValue, Shape, Spanned, Status, Subject,
};
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
            summary: "the sources do without certain calls, macros, uses or `unsafe`",
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
                    name: "uses",
                    shape: KeyShape::Words,
                    required: false,
                    says: "Crates, modules and items that must not be named: paths such as `std::net` or `crate::db`.",
                },
                Key {
                    name: "unsafe",
                    shape: KeyShape::Flag,
                    required: false,
                    says: "Whether `unsafe` blocks, functions and implementations are forbidden.",
                },
                Key {
                    name: "cfg_test",
                    shape: KeyShape::Flag,
                    required: false,
                    says: "Whether conditions on `test` are forbidden anywhere but on tests.",
                },
                Key {
                    name: "layers",
                    shape: KeyShape::Words,
                    required: false,
                    says: "Modules in an order: each may use those before it and none behind it.",
                },
                Key {
                    name: "may_use",
                    shape: KeyShape::Table,
                    required: false,
                    says: "Modules, each with the others that it may use.",
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
            "calls" | "macros" | "uses" | "unsafe" | "cfg_test" => Sense::More,
            "except" => Sense::Less,
            _ => Sense::Same,
        }
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let constraint = bound.constraint;
        let module = module(bound)?;
        let words = |key| texts(constraint.words(key));
        let may_use = permitted(constraint)?;
        let layers = layered(constraint)?;
        let flags = ["unsafe", "cfg_test"].map(|key| constraint.flag(key));
        let lists = ["calls", "macros", "uses"].map(words);
        if lists.iter().all(Vec::is_empty)
            && !flags.contains(&true)
            && layers.is_empty()
            && may_use.is_empty()
        {
            let message = "the declaration forbids nothing";
            let fault = Fault::error(Code::MissingKey, constraint.id.span, message);
            return Err(fault.help(
                "add at least one of `calls`, `macros`, `uses`, `unsafe = true`, `cfg_test = true`, `layers` and `may_use`",
            ));
        }
        exceptions(constraint.words("except"), &module)?;
        let [calls, macros, uses] = lists;
        let fields = vec![
            ("calls", Setting::Words(calls)),
            ("macros", Setting::Words(macros)),
            ("uses", Setting::Words(uses)),
            ("unsafe_code", Setting::Flag(flags[0])),
            ("cfg_test", Setting::Flag(flags[1])),
            ("layers", Setting::Words(layers)),
            ("may_use", Setting::Table(may_use)),
            ("except", Setting::Words(words("except"))),
        ];
        let body = Body::Sources { module, settings: "Forbidden", fields };
        Ok(OracleCall { oracle: "forbids", body })
    }

    fn feature(&self, _bound: &Bound<'_>) -> Option<&'static str> {
        Some("source")
    }

    fn message(&self, witness: &Witness) -> String {
        if witness.seen.is_empty() { "uses what is forbidden".to_owned() } else { witness.seen.clone() }
    }
}

/// The modules of `layers`; one alone has none behind it.
fn layered(constraint: &Constraint) -> Result<Vec<String>, Fault> {
    let layers = constraint.words("layers");
    layers.iter().try_for_each(is_module)?;
    match layers {
        [one] => {
            let message = "there is nothing before or behind a single layer";
            let fault = Fault::error(Code::InvalidValue, one.span, message).label("the only layer");
            Err(fault
                .help("name at least two modules, such as `layers = [\"crate::model\", \"crate::cli\"]`"))
        }
        layers => Ok(texts(layers)),
    }
}

/// The modules of `may_use` with those that each may use.
fn permitted(constraint: &Constraint) -> Result<Vec<(String, Vec<String>)>, Fault> {
    let Some(KeyValue::Table(rows)) = constraint.keys.get("may_use") else { return Ok(Vec::new()) };
    for (module, uses) in rows {
        is_module(module)?;
        uses.iter().try_for_each(is_module)?;
    }
    Ok(rows.iter().map(|(module, uses)| (module.value.clone(), texts(uses))).collect())
}

/// Modules of the crate are named by their whole paths.
fn is_module(path: &Spanned<String>) -> Result<(), Fault> {
    let mut segments = path.value.split("::");
    let is_whole = segments.next() == Some("crate");
    if is_whole && segments.all(|segment| syn::parse_str::<syn::Ident>(segment).is_ok()) {
        return Ok(());
    }
    let message = format!("`{}` is not the path of a module of the crate", path.value);
    let fault = Fault::error(Code::InvalidValue, path.span, message).label("not such a path");
    Err(fault.help("write its whole path, such as `crate::model`; other crates stand in `uses`"))
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
        help: add at least one of `calls`, `macros`, `uses`, `unsafe = true`, `cfg_test = true`, `layers` and `may_use`
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

    #[test]
    fn layers_are_modules_of_the_crate_and_more_than_one() {
        let whole = || example("forbids", "one_way", "core").target(Target::Module(Vec::new()));
        assert_eq!(refused(&whole().key("layers", words(&["crate::a", "crate::b::c"]))), "accepted");
        insta::assert_snapshot!(refused(&whole().key("layers", words(&["crate::a"]))), @r#"
        invalid-value: there is nothing before or behind a single layer
        help: name at least two modules, such as `layers = ["crate::model", "crate::cli"]`
        "#);
        insta::assert_snapshot!(refused(&whole().key("layers", words(&["crate::a", "petgraph"]))), @"
        invalid-value: `petgraph` is not the path of a module of the crate
        help: write its whole path, such as `crate::model`; other crates stand in `uses`
        ");
        let table = |name: &str, uses: &[&str]| {
            let uses = uses.iter().map(|it| at((*it).to_owned())).collect();
            KeyValue::Table(vec![(at(name.to_owned()), uses)])
        };
        assert_eq!(refused(&whole().key("may_use", table("crate::a", &[]))), "accepted");
        assert_eq!(refused(&whole().key("may_use", table("crate::a", &["crate", "crate::b"]))), "accepted");
        insta::assert_snapshot!(refused(&whole().key("may_use", table("crate::a", &["b"]))), @"
        invalid-value: `b` is not the path of a module of the crate
        help: write its whole path, such as `crate::model`; other crates stand in `uses`
        ");
    }
}
