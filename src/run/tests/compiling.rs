//! What does not compile is left out, and blamed on the place it came from.

use super::{heard, options, project};
use crate::run::{RunError, run};

const MANIFEST: &str = r#"
[package]
name = "app"
version = "0.1.0"
edition = "2024"

[workspace]

[dev-dependencies]
constraints-runtime = { path = "runtime" }

[[test]]
name = "constraints"
path = "generated/mod.rs"
"#;

const RUNTIME_MANIFEST: &str = r#"
[package]
name = "constraints-runtime"
version = "0.1.0"
edition = "2024"
"#;

/// As much of the runtime as the tests below call; every test runs one case and leaves a record.
const RUNTIME: &str = r##"
pub mod v1 {
    pub struct Case;
    pub struct Stop;
    pub struct Text;

    pub fn law(id: &str, body: impl Fn(&mut Case) -> Result<(), Stop>) {
        let outcome = match body(&mut Case) {
            Ok(()) => r#""outcome":"holds""#,
            Err(Stop) => r#""outcome":"violated","reason":"violated""#,
        };
        let tally = r#""tally":{"executed":1,"accepted":1,"rejected":0,"slow":0}"#;
        let line = format!("{{\"format\":1,\"id\":\"{id}\",\"kind\":\"law\",{outcome},{tally},\"seed\":0,\"millis\":0}}\n");
        let path = std::env::var_os("CONSTRAINTS_RECORDS").expect("a file for records");
        let file = std::fs::OpenOptions::new().append(true).create(true).open(path);
        std::io::Write::write_all(&mut file.expect("the file"), line.as_bytes()).expect("written");
        assert_eq!(std::env::var("CARGO_PKG_NAME").as_deref(), Ok("app"));
        assert_eq!(std::env::var("CARGO_PKG_VERSION").as_deref(), Ok("0.1.0"));
        assert!(std::path::Path::new("constraints/links.toml").exists(), "runs in the package's folder");
    }
    pub fn text() -> Text { Text }
    impl Case {
        pub fn draw(&mut self, _: &str, _: Text) -> Result<String, Stop> { Ok("é".to_string()) }
        pub fn call<R>(&mut self, call: impl FnOnce() -> R) -> Result<R, Stop> { Ok(call()) }
        pub fn see(&mut self, _: &str, _: impl FnOnce() -> String) {}
        pub fn then(&mut self, _: &str, holds: bool) -> Result<(), Stop> { if holds { Ok(()) } else { Err(Stop) } }
    }
    #[macro_export]
    macro_rules! shown { ($value:expr $(,)?) => {{ let _ = &$value; String::new() }}; }
    pub use shown;
}
"##;

const LIBRARY: &str = "
/// Counts.
pub fn length(text: &str) -> usize { text.len() }
";

const SUPPORT: &str = "
pub fn is_small(length: usize) -> bool { length < \"ten\" }
";

/// One of each: fine, a type error, an error that a later phase finds, an error in the user's own module.
const DECLARED: &str = r#"
[constraint.fine]
says = "A length is not negative"
kind = "law"
target = "crate::length"
then = "result < usize::MAX"

[constraint.no_method]
says = "Three is three"
kind = "law"
target = "crate::length"
then = "crate::length(&text) == \"abc\".lenght()"

[constraint.moved]
says = "Text is lent twice"
kind = "law"
target = "crate::length"
then = '''
{ let first = &mut text;
  let second = &mut text; first == second }'''

[constraint.by_support]
says = "Lengths are small"
kind = "law"
target = "crate::length"
then = "support::is_small(result)"
"#;

fn files(library: &'static str) -> [(&'static str, &'static str); 6] {
    [
        ("Cargo.toml", MANIFEST),
        ("runtime/Cargo.toml", RUNTIME_MANIFEST),
        ("runtime/src/lib.rs", RUNTIME),
        ("src/lib.rs", library),
        ("constraints/links.toml", DECLARED),
        ("constraints/support.rs", SUPPORT),
    ]
}

#[test]
fn what_does_not_compile_is_blamed_on_its_declaration_and_the_rest_runs() {
    let project = project(&files(LIBRARY));
    let mut events = Vec::new();
    run(project.subject(), &options(), &mut |event| events.push(event)).expect("a run");
    insta::assert_snapshot!(heard(&events), @r"
    ended links.fine: the test passed
    recorded links.fine
    refused links.by_support: mismatched types at constraints/support.rs:2:51
    refused links.moved: cannot borrow `text` as mutable more than once at a time at constraints/links.toml:20:16
    refused links.no_method: no method named `lenght` found for reference `&'static str` in the current scope at constraints/links.toml:12:41
    running 1
    ");
}

#[test]
fn an_error_in_the_crate_is_no_verdict() {
    let project = project(&files("pub fn length(text: &str) -> usize { text }"));
    let error = run(project.subject(), &options(), &mut |_| {}).expect_err("a crate that does not compile");
    let RunError::CrateDoesNotCompile { package, rendered } = error else { panic!("{error:?}") };
    assert_eq!(package, "app");
    assert!(rendered.contains("expected `usize`, found `&str`"), "{rendered}");
}
