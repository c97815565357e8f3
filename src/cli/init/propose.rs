//! A first declaration for a crate: a real one if a public function takes what visitors could send, else an example.

use std::collections::BTreeMap;

use syn::{FnArg, Item, ReturnType, Type, Visibility};

use crate::cli::load;
use crate::model::{FileId, Sources};
use crate::resolve::CrateFacts;

/// The text of the first `constraints/main.toml`.
///
/// What is proposed has been tried: it passes every stage up to the generated test.
pub(super) fn declarations(sources: &Sources, facts: CrateFacts) -> String {
    let mut facts = facts;
    let mut candidates = functions(sources);
    // Deeper names are more often details; in the order of the sources otherwise.
    candidates.sort_by_key(|candidate| candidate.path.matches("::").count());
    for candidate in candidates.into_iter().take(20) {
        let text = declared(&candidate);
        let mut with = sources.clone();
        let file = with.add("constraints/main.toml", text.clone());
        let loaded = load::read(with, facts, &[("main".to_owned(), file)]);
        if loaded.plan_quietly().is_ok_and(|planned| planned.faults.is_empty() && tests_something(&planned)) {
            return text;
        }
        facts = loaded.facts;
    }
    EXAMPLE.to_owned()
}

const EXAMPLE: &str = r#"#:schema ./schema.json

# What this crate has to keep. `cargo constraints list --kinds` shows what can be required.

# [goal.stays_up]
# says = "Nothing a visitor sends stops the service"
# area = "stability"

# [constraint.parse_total]
# says   = "Any text is parsed or refused, never a panic"
# kind   = "no_panic"
# target = "crate::parse"
# serves = "stays_up"
"#;

/// A public function that takes text or bytes.
struct Candidate {
    path: String,
    name: String,
}

fn declared(candidate: &Candidate) -> String {
    let Candidate { path, name } = candidate;
    format!(
        r#"#:schema ./schema.json

# What this crate has to keep. `cargo constraints list --kinds` shows what can be required.

[goal.stays_up]
says = "Nothing a visitor sends stops the service"
area = "stability"

[constraint.{name}_total]
says   = "`{name}` gives an answer for any input, never a panic"
kind   = "no_panic"
target = "crate::{path}"
serves = "stays_up"
"#
    )
}

fn tests_something(planned: &crate::make::Made) -> bool {
    let is_missing = |case: &crate::plan::Case| matches!(case.test, crate::plan::Test::MissingTarget { .. });
    !planned.plan.cases.is_empty() && !planned.plan.cases.iter().any(is_missing)
}

fn functions(sources: &Sources) -> Vec<Candidate> {
    let files: BTreeMap<&str, FileId> = sources.files().map(|(id, file)| (file.path.as_str(), id)).collect();
    let mut found = Vec::new();
    if let Some(root) = files.get("src/lib.rs") {
        in_file(sources, &files, *root, "src", "", &mut found);
    }
    found
}

fn in_file(
    sources: &Sources,
    files: &BTreeMap<&str, FileId>,
    file: FileId,
    folder: &str,
    path: &str,
    found: &mut Vec<Candidate>,
) {
    if let Ok(parsed) = syn::parse_file(&sources.file(file).text) {
        in_items(sources, files, &parsed.items, folder, path, found);
    }
}

fn in_items(
    sources: &Sources,
    files: &BTreeMap<&str, FileId>,
    items: &[Item],
    folder: &str,
    path: &str,
    found: &mut Vec<Candidate>,
) {
    for item in items {
        match item {
            Item::Fn(function) if is_public(&function.vis) && takes_input(&function.sig) => {
                let name = function.sig.ident.to_string();
                found.push(Candidate { path: format!("{path}{name}"), name });
            }
            Item::Mod(module) if is_public(&module.vis) => {
                let name = module.ident.to_string();
                let (folder, path) = (format!("{folder}/{name}"), format!("{path}{name}::"));
                if let Some((_, items)) = &module.content {
                    in_items(sources, files, items, &folder, &path, found);
                } else if let Some(file) = [format!("{folder}.rs"), format!("{folder}/mod.rs")]
                    .iter()
                    .find_map(|it| files.get(it.as_str()))
                {
                    in_file(sources, files, *file, &folder, &path, found);
                }
            }
            _ => {}
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Whether a parameter is text or bytes, and something comes of it.
fn takes_input(signature: &syn::Signature) -> bool {
    let is_input = |argument: &FnArg| matches!(argument, FnArg::Typed(typed) if is_text_or_bytes(&typed.ty));
    !matches!(signature.output, ReturnType::Default)
        && signature.generics.params.is_empty()
        && signature.inputs.iter().any(is_input)
}

fn is_text_or_bytes(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => path.path.is_ident("String") || path.path.is_ident("str"),
        Type::Reference(reference) => reference.mutability.is_none() && is_text_or_bytes(&reference.elem),
        Type::Slice(slice) => matches!(&*slice.elem, Type::Path(path) if path.path.is_ident("u8")),
        _ => false,
    }
}
