//! # `confined`
//!
//! ## What it requires
//! Whatever it is given, the target writes, makes, changes and removes files only below one folder.
//! With `reads = "confined"` its answer holds nothing of a file outside either.
//!
//! ## Why it matters
//! A name in an archive, an upload or an address is a path that a stranger chose: `../../.ssh/authorized_keys`, `/etc/cron.d/x`, a link that leads out followed by a file of the same name.
//! One `join` without a check lets them overwrite or read what they like.
//!
//! ## Declaration
//! ```toml
//! [constraint.inside_target]
//! says   = "An upload is stored below its folder and changes nothing outside"
//! kind   = "confined"
//! target = "crate::store"
//! root   = "folder"
//! ```
//! `root` names the argument that is the allowed folder: a path or a text.
//! It is empty, unless `args.folder = { folder = { "a/b.txt" = "text" } }` says what stands in it.
//!
//! ## Holds
//! ```rust
//! pub fn store(folder: &std::path::Path, name: &str, content: &[u8]) -> std::io::Result<()> {
//!     let name = std::path::Path::new(name).file_name().ok_or(std::io::ErrorKind::InvalidInput)?;
//!     std::fs::write(folder.join(name), content)
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! pub fn store(folder: &std::path::Path, name: &str, content: &[u8]) -> std::io::Result<()> {
//!     let name = std::path::Path::new(name); // red: main.inside_target
//!     std::fs::write(folder.join(name), content)
//! }
//! ```
//!
//! ## How it is checked
//! Every case has a real folder of its own, five folders deep in a temporary one, and works in a folder beside it.
//! That is in memory, in `/dev/shm`, where Linux has such a place, programs may run there and `TMPDIR` is not set; `TMPDIR` then names it, so that what is made in the temporary folder can be moved into the one that may be used.
//! The other values are read for everything that may be a path, as it stands, with `%2e` decoded and with `\` turned; where one leads outside, a file is planted, so that there is something to overwrite, to link to and to read.
//! After the call everything around the folder is compared with what was there before: content, mode, time of change, new entries, links; so is what stands at absolute paths that a value names, which is put back.
//! A panic of the target is an answer like any other.
//!
//! ## What it cannot see
//! Files outside of the temporary folder that no value names, and those below `/dev`, `/proc`, `/run`, `/sys` and `/var`.
//! What is read outside and not given back.
//! Links to files outside, as long as nothing is changed through them.
//!
//! ## References
//! - CWE-22, path traversal: <https://cwe.mitre.org/data/definitions/22.html>
//! - CWE-59, link following: <https://cwe.mitre.org/data/definitions/59.html>

use std::collections::BTreeSet;

use constraints_wire::Witness;
use syn::Expr;

use super::lowering::{called, draws, function, ident, on_values};
use super::{Body, Kind, OracleCall, Show, Step, Via};
use crate::model::{About, Area, Code, Fault, Key, KeyShape, Shape, Status, Subject};
use crate::resolve::{Bound, Recipe, Value};

/// Files outside of a folder stay as they are.
#[derive(Debug)]
pub(super) struct Confined;

impl Kind for Confined {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "confined",
            shape: Shape::Property,
            area: Area::Security,
            summary: "files outside of a folder are neither changed nor given away",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[
                Key {
                    name: "root",
                    shape: KeyShape::Text,
                    required: true,
                    says: "The argument that is the allowed folder.",
                },
                Key {
                    name: "reads",
                    shape: KeyShape::Text,
                    required: false,
                    says: "`confined` where the answer may hold nothing of a file outside either.",
                },
            ],
            source: include_str!("confined.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        function(bound)?;
        let root = root(bound)?;
        let reads = reads(bound)?;
        let mut steps: Vec<Step> = draws(bound).into_iter().filter_map(|step| made(step, &root)).collect();
        steps.extend(bound.when.clone().map(Step::When));
        let is_made = |value: &&Value| value.name == root && is_folder(&value.recipe);
        if bound.values.iter().any(|value| is_made(&value)) {
            let folder = ident(&root);
            steps.push(state("within", syn::parse_quote!(&#folder)));
        }
        let texts = bound.values.iter().filter(|value| value.name != root).map(|value| ident(&value.name));
        let texts: Vec<Expr> = texts.map(|name| syn::parse_quote!(rt::whole!(#name))).collect();
        steps.push(state("shut", syn::parse_quote!(&[#(#texts),*])));
        let must_pass = bound.constraint.refusal.must_pass.is_some();
        let bind = (reads || must_pass).then(|| RESULT.to_owned());
        steps.push(called(bound, Via::Tolerate, bind, &BTreeSet::new()));
        steps.push(Step::State { method: "kept_within", arguments: Vec::new(), show: Show::Nothing });
        if reads {
            steps.push(state("kept_secret", syn::parse_quote!(&rt::whole!(result))));
        }
        if must_pass {
            let passed = syn::parse_quote!(result.as_ref().is_some_and(|result| !rt::refuses!(*result)));
            steps.push(Step::Passed(passed));
        }
        Ok(OracleCall { oracle: "confined", body: Body::Cases(steps) })
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("changes or gives away files outside of its folder", witness)
    }
}

/// What the call gave, if anybody asks.
const RESULT: &str = "result";

fn state(method: &'static str, argument: Expr) -> Step {
    Step::State { method, arguments: vec![argument], show: Show::Nothing }
}

/// The value that is the folder.
fn root(bound: &Bound<'_>) -> Result<String, Fault> {
    let Some(root) = bound.constraint.text("root") else {
        return Err(Fault::error(Code::MissingKey, bound.constraint.id.span, "`confined` needs `root`"));
    };
    if bound.values.iter().any(|value| value.name == root.value) {
        return Ok(root.value.clone());
    }
    let names: Vec<String> = bound.values.iter().map(|value| format!("`{}`", value.name)).collect();
    let fault =
        Fault::error(Code::UnknownArgument, root.span, format!("`{}` is not an argument", root.value));
    Err(fault.help(match names.as_slice() {
        [] => "the target takes none".to_owned(),
        names => format!("the arguments are {}", names.join(", ")),
    }))
}

fn reads(bound: &Bound<'_>) -> Result<bool, Fault> {
    match bound.constraint.text("reads") {
        None => Ok(false),
        Some(word) if word.value == "confined" => Ok(true),
        Some(word) => {
            let message = format!("`reads` says `{}`, and takes `confined` only", word.value);
            Err(Fault::error(Code::InvalidValue, word.span, message)
                .help("leave it out where the target may read everywhere"))
        }
    }
}

/// The step, with a folder instead of a value that is drawn for it.
fn made(step: Step, root: &str) -> Option<Step> {
    match step {
        Step::Draw { ref name, ref recipe, .. } if name == root && !is_folder(recipe) => {
            let name = name.clone();
            let is_text = is_text(recipe);
            Some(Step::Folder { name, is_text })
        }
        Step::See { name, .. } if name == root => None,
        other => Some(other),
    }
}

/// Whether it is a folder with files of its own.
fn is_folder(recipe: &Recipe) -> bool {
    matches!(recipe, Recipe::Folder { .. })
}

fn is_text(recipe: &Recipe) -> bool {
    match recipe {
        Recipe::Text { .. } | Recipe::LikeFiles { text: true, .. } | Recipe::Matching(_) => true,
        Recipe::Fitted { inner, .. } => is_text(inner),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{Example, at, example, refused, text};
    use crate::model::KeyValue;
    use crate::resolve::Lend;

    fn store() -> Example {
        example("confined", "inside", "store").argument("folder", text(), Lend::Ref).argument(
            "name",
            text(),
            Lend::Ref,
        )
    }

    fn said(word: &str) -> KeyValue {
        KeyValue::Text(at(word.to_owned()))
    }

    #[test]
    fn the_root_is_an_argument() {
        assert_eq!(refused(&store().key("root", said("folder"))), "accepted");
        insta::assert_snapshot!(refused(&store().key("root", said("home"))), @"
        unknown-argument: `home` is not an argument
        help: the arguments are `folder`, `name`
        ");
        let alone = example("confined", "inside", "store").key("root", said("home"));
        insta::assert_snapshot!(refused(&alone), @"
        unknown-argument: `home` is not an argument
        help: the target takes none
        ");
    }

    #[test]
    fn reads_are_confined_or_nothing_is_said_of_them() {
        assert_eq!(refused(&store().key("root", said("folder")).key("reads", said("confined"))), "accepted");
        let never = store().key("root", said("folder")).key("reads", said("never"));
        insta::assert_snapshot!(refused(&never), @"
        invalid-value: `reads` says `never`, and takes `confined` only
        help: leave it out where the target may read everywhere
        ");
    }
}
