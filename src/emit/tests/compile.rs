//! A compiler takes the files: tested against the runtime's signatures and a crate with odd ones.

#![expect(clippy::disallowed_methods, reason = "a compiler is started on files that the test wrote")]

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::emit::{EmittedFile, emit};
use crate::kinds;
use crate::kinds::example::{example, text};
use crate::model::{About, Shape};
use crate::resolve::Lend;

use super::{beside, plan, plans};

/// Signatures instead of the runtime, module by module; what decides by types alone is the runtime's own.
const RUNTIME: [(&str, &str); 3] = [
    ("again", include_str!("../../../runtime/src/again.rs")),
    ("cases", include_str!("runtime/cases.rs")),
    ("generators", include_str!("runtime/generators.rs")),
];

/// Compiles the files as a test target of the crate at `lib` and gives what the compiler says.
pub(super) fn compiled(files: &[EmittedFile], library: &str, lib: &Path, edition: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    for file in files {
        let path = root.join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, &file.text).expect("written");
    }
    std::fs::create_dir_all(root.join("constraints")).expect("made");
    std::fs::write(root.join("constraints/support.rs"), "pub fn helper() {}").expect("written");
    std::fs::write(root.join("runtime.rs"), runtime()).expect("written");
    for (name, text) in RUNTIME {
        std::fs::write(root.join(format!("{name}.rs")), text).expect("written");
    }
    let said = |arguments: &[&str], source: &Path| {
        let output = Command::new("rustc")
            .args(["--edition", edition, "--emit=metadata", "-L", ".", "--out-dir", "."])
            .args(arguments)
            .arg(source)
            .current_dir(root)
            .output()
            .expect("rustc runs");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let flags = ["--crate-type=lib", "--cap-lints=allow"];
    let mut all =
        said(&[&flags[..], &["--crate-name=constraints_runtime"]].concat(), &root.join("runtime.rs"));
    all += &said(&[&flags[..], &["--crate-name", library]].concat(), lib);
    all += &said(
        &[
            "--test",
            "--crate-name=constraints",
            "--extern",
            library,
            "--extern=constraints_runtime",
            "-Dwarnings",
        ],
        &root.join("generated/mod.rs"),
    );
    all
}

/// The root of that crate, with an oracle for each kind that takes a case.
fn runtime() -> String {
    let oracle = |about: &About| {
        let limits = match about.shape {
            Shape::Measure if about.id == "terminates" => "_: std::time::Duration, ",
            Shape::Measure => "_: Limits, ",
            _ => "",
        };
        let id = about.id;
        format!("    pub fn {id}(_: &str, {limits}_: impl Fn(&mut Case) -> Result<(), Stop>) {{}}\n")
    };
    let written =
        |about: &&About| RUNTIME.iter().any(|(_, text)| text.contains(&format!("pub fn {}(", about.id)));
    let kinds = kinds::ALL.iter().map(|kind| kind.about());
    let oracles: String = kinds.filter(|about| !written(about)).map(oracle).collect();
    let names = RUNTIME.map(|(name, _)| name);
    let modules = names.map(|name| format!("mod {name};\n")).concat();
    let uses = names.map(|name| format!("    pub use crate::{name}::*;\n")).concat();
    format!("{modules}\npub mod v1 {{\n    pub use crate::again;\n{uses}{oracles}}}\n")
}

fn app() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/emit/tests/app.rs")
}

#[test]
fn tests_of_every_sort_compile_with_strict_lints() {
    for edition in ["2018", "2021", "2024"] {
        assert_eq!(
            compiled(&emit(&plan(&plans::all()), &beside("app", true)), "app", &app(), edition),
            "",
            "edition {edition}"
        );
    }
}

#[test]
fn odd_namespaces_compile() {
    let one = |namespace: &str, name: &str| {
        example("no_panic", name, "text").argument("a", text(), Lend::Ref).namespace(namespace)
    };
    let all = [
        one("main", "rt"),
        one("main", "app"),
        one("main", "case"),
        one("main.inner", "a"),
        one("lib", "support"),
        one("app", "x"),
        one("rt", "x"),
        one("deep.er", "x"),
    ];
    assert_eq!(compiled(&emit(&plan(&all), &beside("app", true)), "app", &app(), "2021"), "");
}

#[test]
fn the_runtime_offers_every_function_that_tests_are_compiled_against() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let offered = ["runtime/src/v1.rs", "runtime/src/oracles/mod.rs"]
        .map(|path| std::fs::read_to_string(root.join(path)).expect("a source file"))
        .concat();
    let offered: Vec<&str> =
        offered.split(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
    let root = syn::parse_file(&runtime()).expect("Rust");
    let inside = root.items.into_iter().filter_map(|item| match item {
        syn::Item::Mod(module) => module.content,
        _ => None,
    });
    let written = RUNTIME.iter().flat_map(|(_, text)| syn::parse_file(text).expect("Rust").items);
    let functions = inside.flat_map(|(_, items)| items).chain(written).filter_map(|item| match item {
        syn::Item::Fn(function) => Some(function.sig.ident.to_string()),
        _ => None,
    });
    let lacking: Vec<String> = functions.filter(|name| !offered.contains(&name.as_str())).collect();
    assert_eq!(lacking, Vec::<String>::new());
}
