//! Crates of every sort: where their tests stand, and that these tests judge.

#[expect(dead_code, reason = "the other binaries use the rest of it")]
mod support;

use constraints_wire::{RedReason, Status};
use support::{Package, code, said};

const MANIFEST: &str = r#"[package]
name = "{{NAME}}"
version = "0.0.0"
edition = "2021"
publish = false

[dev-dependencies]
constraints-runtime = { path = "{{RUNTIME}}" }

[workspace]
"#;

/// With as strict lints as people have, a private function in the root and one in a module, and a test of its own.
const PROGRAM: &str = r#"#![deny(warnings, missing_docs, clippy::all, clippy::pedantic)]
#![forbid(unsafe_code)]
//! A program.

mod parts;

fn main() {
    println!("{}", length("") + parts::half("%"));
}

fn length(text: &str) -> usize {
    text.find('%').map_or_else(|| text.len(), |_| panic!("a percent sign"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn of_its_own() {
        panic!("it is not ours to run");
    }
}
"#;

const PARTS: &str = "pub(crate) fn half(text: &str) -> usize {
    quarter(text) * 2
}

fn quarter(text: &str) -> usize {
    text.len() / 4
}
";

const DECLARED: &str = r#"[constraint.length]
says   = "Any text has a length"
kind   = "no_panic"
target = "crate::length"

[constraint.half]
says   = "Half of a text is no longer than it"
kind   = "law"
target = "crate::parts::half"
then   = "result <= text.len() && support::is_small(0)"

[constraint.typo]
says   = "It does not compile"
kind   = "law"
target = "crate::parts::half"
then   = "result <= text.lenght()"
"#;

fn package(name: &str, files: &[(&str, &str)]) -> Package {
    let files = [("Cargo.toml", MANIFEST)].iter().chain(files);
    Package::with(name, files.map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect())
}

fn init(package: &Package) {
    let runtime = concat!(env!("CARGO_MANIFEST_DIR"), "/runtime");
    let output = package.tool(&["init", "--runtime-path", runtime]).output().expect("the tool runs");
    assert_eq!(code(&output), 0, "{}", said(&output));
}

#[test]
fn a_program_is_tested_from_inside() {
    let support = "pub fn is_small(number: usize) -> bool { number < crate::parts::half(\"0123456789\") }";
    let package = package(
        "modes-program",
        &[
            ("src/main.rs", PROGRAM),
            ("src/parts.rs", PARTS),
            ("constraints/main.toml", DECLARED),
            ("constraints/support.rs", support),
        ],
    );
    let unwired = package.tool(&["gen"]).output().expect("the tool runs");
    assert_eq!(code(&unwired), 96, "{}", said(&unwired));
    assert!(
        said(&unwired).contains(
            "add to src/main.rs: `#[cfg(test)] #[path = \"../generated/crate/mod.rs\"] mod constraints;`"
        ),
        "{}",
        said(&unwired)
    );

    init(&package);
    let main = package.read("src/main.rs").expect("the program");
    assert_eq!(
        main,
        format!("{PROGRAM}\n#[cfg(test)]\n#[path = \"../generated/crate/mod.rs\"]\nmod constraints;\n")
    );
    assert!(
        !package.read("Cargo.toml").expect("a manifest").contains("[[test]]"),
        "there is nothing to link"
    );
    init(&package);
    assert_eq!(package.read("src/main.rs").as_deref(), Some(main.as_str()), "once is enough");

    let checked = package.check();
    assert_eq!(checked.code, 100, "{:#?}", checked.report);
    let length = checked.entry("length");
    assert_eq!((length.status, length.reason), (Status::Red, Some(RedReason::Violated)), "{length:#?}");
    assert_eq!(length.test, "constraints::main::length");
    let witness = length.record.as_ref().and_then(|record| record.witness.as_ref()).expect("a witness");
    assert_eq!(witness.seen, "panicked: a percent sign");
    checked.is_green("half");
    let typo = checked.entry("typo");
    assert_eq!(typo.reason, Some(RedReason::DoesNotCompile), "{typo:#?}");
    assert_eq!(
        typo.compiler_at.as_ref().map(|at| (at.file.as_str(), at.line)),
        Some(("constraints/main.toml", 16))
    );
    let roll = package.read("generated/manifest.toml").expect("a roll");
    assert!(roll.contains("test = \"constraints::main::length\"\ninside = true"), "{roll}");
    assert_eq!(package.read("generated/mod.rs"), None);

    package.put("constraints/main.toml", &DECLARED.replace("crate::parts::half", "crate::parts::quarter"));
    let hidden = package.tool(&["gen"]).output().expect("the tool runs");
    assert_eq!(code(&hidden), 96, "{}", said(&hidden));
    assert!(said(&hidden).contains("make it `pub(crate)`"), "{}", said(&hidden));
    let hook = "for tests inside `crate::parts`, add to src/parts.rs: `#[cfg(test)] #[path = \"../generated/crate.parts/mod.rs\"] mod constraints;`";
    assert!(said(&hidden).contains(hook), "{}", said(&hidden));
    let hooked = "\n#[cfg(test)]\n#[path = \"../generated/crate.parts/mod.rs\"]\nmod constraints;\n";
    package.put("src/parts.rs", &format!("{PARTS}{hooked}"));
    let checked = package.check();
    checked.is_green("half");
    assert_eq!(checked.entry("half").test, "parts::constraints::main::half");
    assert_eq!(checked.entry("length").test, "constraints::main::length");
}

#[test]
fn private_items_of_a_library_are_tested_beside_its_public_ones() {
    let library =
        "pub fn shown(text: &str) -> usize { hidden(text) }\nfn hidden(text: &str) -> usize { text.len() }\n";
    let constraints = r#"[constraint.shown]
says   = "A length is a length"
kind   = "law"
target = "crate::shown"
then   = "result == support::length(&text)"

[constraint.hidden]
says   = "A length is what the private one says"
kind   = "law"
target = "crate::shown"
then   = "result == crate::hidden(&text) && support::length(&text) == result"

[constraint.inner]
says   = "The private one gives an answer"
kind   = "no_panic"
target = "crate::hidden"
"#;
    let support = "pub fn length(text: &str) -> usize { modes_library::shown(text) }";
    let package = package(
        "modes-library",
        &[
            ("src/lib.rs", library),
            ("constraints/main.toml", constraints),
            ("constraints/support.rs", support),
        ],
    );
    let refused = package.tool(&["gen"]).output().expect("the tool runs");
    assert!(said(&refused).contains("for tests inside `crate`, add to src/lib.rs"), "{}", said(&refused));
    let hook = "#[cfg(test)]\n#[path = \"../generated/crate/mod.rs\"]\nmod constraints;\n#[cfg(test)]\nextern crate self as modes_library;\n";
    package.put("src/lib.rs", &format!("{library}{hook}"));
    init(&package);
    let checked = package.check();
    assert_eq!(checked.code, 0, "{:#?}", checked.report);
    assert_eq!(checked.entry("shown").test, "main::shown");
    assert_eq!(checked.entry("hidden").test, "constraints::main::hidden");
    assert_eq!(checked.entry("inner").test, "constraints::main::inner");
    let plain = package.cargo(&["test"]).output().expect("cargo runs");
    assert_eq!(code(&plain), 0, "{}", said(&plain));
}
