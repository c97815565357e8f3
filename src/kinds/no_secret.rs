//! # `no_secret`
//!
//! ## What it requires
//! No credential stands in the sources: no private key, no token of a known service, no password.
//!
//! ## Why it matters
//! What was committed once is known to everyone who has ever had the repository, and stays in its history.
//! Programs that look for such texts find them within minutes.
//!
//! ## Declaration
//! ```toml
//! [constraint.nothing_leaks]
//! says   = "Whoever reads the sources can log in nowhere"
//! kind   = "no_secret"
//! target = "crate"
//! ```
//! `files = [".env*", "config/**/*.toml"]` names further files to look at.
//! `except = ["tests/vectors/*"]` names files in which it may stand all the same, such as published test vectors.
//!
//! ## Holds
//! ```rust
//! pub fn password() -> String {
//!     std::env::var("LINKS_PASSWORD").unwrap_or_else(|_| "changeme".to_owned())
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn password() -> String {
//!     std::env::var("LINKS_PASSWORD").unwrap_or_else(|_| "h7Kq-29xLmP4".to_owned()) // red: main.nothing_leaks
//! }
//! ```
//!
//! ## How it is checked
//! The files are read as text, so that comments count too.
//! With `target = "crate"` they are all Rust files of the package, tests and examples included; with a module, its files.
//! Private keys and the tokens of AWS, GitHub, GitLab, Google, npm, Slack, Stripe and others are known by how they begin; JSON web tokens by their three parts.
//! Any other text is one if it stands behind a name such as `password`, `secret`, `token` or `api_key`, mixes letters and digits, and has an entropy of at least three bits a character.
//! Words that stand for a value, such as `changeme`, `example` and `<token>`, are left out.
//! What is shown of a credential is its beginning and its length.
//! A pattern in `files` that names no file is red.
//!
//! ## What it cannot see
//! Passwords that look like words, credentials put together from pieces, and what the history of the repository holds.
//! A random text under a name that does not say what it is for.
//!
//! ## References
//! - CWE-798, use of hard-coded credentials: <https://cwe.mitre.org/data/definitions/798.html>
//! - OWASP, secrets management: <https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html>

use constraints_wire::Witness;

use super::lowering::{module, texts};
use super::{Body, Kind, OracleCall, Sense, Setting};
use crate::model::{About, Area, Fault, Key, KeyShape, Shape, Status, Subject};
use crate::resolve::Bound;

/// No credential in the sources.
#[derive(Debug)]
pub(super) struct NoSecret;

impl Kind for NoSecret {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "no_secret",
            shape: Shape::Source,
            area: Area::Security,
            summary: "no credential stands in the sources",
            status: Status::Preview,
            subject: Subject::Module,
            keys: &[
                Key {
                    name: "files",
                    shape: KeyShape::Words,
                    required: false,
                    says: "Files besides the sources, as patterns from the root of the package, such as `config/**/*.toml`.",
                },
                Key {
                    name: "except",
                    shape: KeyShape::Words,
                    required: false,
                    says: "Files in which it may stand all the same, as patterns too.",
                },
            ],
            source: include_str!("no_secret.rs"),
        };
        &ABOUT
    }

    fn sense(&self, key: &str) -> Sense {
        match key {
            "files" => Sense::More,
            "except" => Sense::Less,
            _ => Sense::Same,
        }
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        let constraint = bound.constraint;
        let fields = vec![
            ("files", Setting::Words(texts(constraint.words("files")))),
            ("except", Setting::Words(texts(constraint.words("except")))),
        ];
        let body = Body::Sources { module: module(bound)?, settings: "Searched", fields };
        Ok(OracleCall { oracle: "no_secret", body })
    }

    fn feature(&self, _bound: &Bound<'_>) -> Option<&'static str> {
        Some("source")
    }

    fn message(&self, witness: &Witness) -> String {
        if witness.seen.is_empty() { "holds a credential".to_owned() } else { witness.seen.clone() }
    }
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{example, refused, words};
    use crate::resolve::Target;

    #[test]
    fn it_is_about_a_module() {
        let crate_wide = || example("no_secret", "safe", "core").target(Target::Module(Vec::new()));
        assert_eq!(refused(&crate_wide()), "accepted");
        let elsewhere = crate_wide().key("files", words(&[".env"])).key("except", words(&["tests/*"]));
        assert_eq!(refused(&elsewhere), "accepted");
        insta::assert_snapshot!(refused(&example("no_secret", "safe", "core")), @"
        wrong-target: the target is not a module
        help: write `target = \"crate\"` for the whole crate, or the path of a module
        ");
    }
}
