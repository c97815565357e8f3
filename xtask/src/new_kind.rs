//! Takes the name of a new kind, makes its files, each failing until it is filled in, and adds it to the lists.
//!
//! Changes nothing where the name is no good or anything of that name is there already.

use std::fs;
use std::path::Path;

use crate::error::{Error, at};

/// What names the checking, or a remedy, instead of the property that must hold.
const BANNED: [&str; 9] =
    ["assert_", "check_", "ensure_", "fix_", "forbid_", "must_", "no_bad_", "test_", "verify_"];

/// The lists that name every kind: the file, and the macro that holds the list.
const LISTS: [(&str, &str); 2] = [("src/kinds/mod.rs", "kinds!"), ("runtime/src/oracles/mod.rs", "oracles!")];

/// What already stands for something else in generated code.
const OFFERED: &str = "runtime/src/v1.rs";

/// Makes the kind `id` in this workspace and says what to do next.
pub(crate) fn make(id: &str) -> Result<bool, Error> {
    let made = make_in(&crate::root(), id)?;
    println!("made, to be filled in:\n  {}", made.join("\n  "));
    println!("in the list: {}", LISTS.map(|(path, _)| path).join(", "));
    println!("`cargo test kinds` says what is lacking; `cargo xtask test` is the whole of it");
    Ok(true)
}

/// Makes the kind `id` in the workspace at `root`; gives the paths of the new files.
fn make_in(root: &Path, id: &str) -> Result<Vec<String>, Error> {
    let no = |why: String| Err(Error::Name { id: id.to_owned(), why });
    if let Some(why) = unfit(id) {
        return no(why);
    }
    let offered = read(root, OFFERED)?;
    if offered.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|word| word == id) {
        return no(format!("generated code already knows something of that name, see {OFFERED}"));
    }
    let files = files(id);
    if let Some((path, _)) = files.iter().find(|(path, _)| root.join(path).exists()) {
        return no(format!("there is {path} already"));
    }
    let mut lists = Vec::new();
    for (path, list) in LISTS {
        let entry = if list == "kinds!" { format!("{id}::{}", camel(id)) } else { id.to_owned() };
        let Some(text) = listed(&read(root, path)?, list, id, &entry) else {
            let message = format!("there is no list `{list}` without `{id}`");
            return Err(Error::Content { path: path.into(), message });
        };
        lists.push((path.to_owned(), text));
    }
    for (path, text) in files.iter().chain(&lists) {
        let path = root.join(path);
        if let Some(folder) = path.parent() {
            at(folder, fs::create_dir_all(folder))?;
        }
        at(&path, fs::write(&path, text))?;
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

fn read(root: &Path, path: &str) -> Result<String, Error> {
    at(Path::new(path), fs::read_to_string(root.join(path)))
}

/// Why `id` is no name for a kind.
fn unfit(id: &str) -> Option<String> {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|letter| letter.is_ascii_lowercase());
    if !id.split('_').all(is_word) {
        return Some(
            "it has to be snake_case: words of lower-case letters, with `_` between them".to_owned(),
        );
    }
    if syn::parse_str::<syn::Ident>(id).is_err() {
        return Some("it is a keyword of Rust".to_owned());
    }
    let prefix = BANNED.iter().find(|prefix| id.starts_with(**prefix))?;
    Some(format!(
        "it names the property that must hold and reads well after \"must be\" or \"must have\", without `{prefix}`"
    ))
}

/// Every file of a kind but its page, which is made from the source, as path and text.
fn files(id: &str) -> Vec<(String, String)> {
    let filled = |template: &str, color: &str| {
        let named = template.replace("{{ID}}", id).replace("{{NAME}}", &id.replace('_', "-"));
        named.replace("{{KIND}}", &camel(id)).replace("{{COLOR}}", color)
    };
    let mut files = vec![
        (format!("src/kinds/{id}.rs"), filled(include_str!("../templates/kind.rs.in"), "")),
        (format!("runtime/src/oracles/{id}.rs"), filled(include_str!("../templates/oracle.rs.in"), "")),
    ];
    for color in ["green", "red"] {
        for (path, template) in [
            ("Cargo.toml.in", include_str!("../templates/Cargo.toml.in")),
            ("README.md", include_str!("../templates/README.md.in")),
            ("constraints/main.toml", include_str!("../templates/main.toml.in")),
            ("src/lib.rs", include_str!("../templates/lib.rs.in")),
        ] {
            files.push((format!("tests/fixtures/{id}/{color}/{path}"), filled(template, color)));
        }
    }
    files
}

/// `bounded_time` as `BoundedTime`.
fn camel(id: &str) -> String {
    let word = |word: &str| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_uppercase() + rest
    };
    id.split('_').map(word).collect()
}

/// The text with `entry` in the list that `macro_name` holds, which is sorted by name.
///
/// Nothing if there is no such list, or `name` is in it.
fn listed(text: &str, macro_name: &str, name: &str, entry: &str) -> Option<String> {
    let opening = format!("\n{macro_name} {{\n");
    let start = text.find(&opening)? + opening.len();
    let end = start + text[start..].find("\n}")? + 1;
    // Where the entry begins that the current line is part of: attributes stand on lines of their own.
    let (mut begin, mut at) = (start, start);
    for line in text[start..end].split_inclusive('\n') {
        at += line.len();
        if line.trim_start().starts_with('#') {
            continue;
        }
        match name_in(line).cmp(name) {
            std::cmp::Ordering::Less => begin = at,
            std::cmp::Ordering::Equal => return None,
            std::cmp::Ordering::Greater => break,
        }
    }
    Some(format!("{}    {entry},\n{}", &text[..begin], &text[begin..]))
}

/// The name that a line of a list begins with.
fn name_in(line: &str) -> &str {
    line.trim().split([':', ',']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests;
