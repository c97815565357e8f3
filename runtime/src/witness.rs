//! Witnesses of earlier runs, kept in `constraints/witnesses/` and replayed first.

#![expect(clippy::disallowed_methods, reason = "witnesses are kept in files")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use constraints_wire::{FORMAT, Witness};
use serde_json::{Value, json};

use crate::hex::{hex, unhex};
use crate::tape::{Choice, Pumped, Tape};

/// Witnesses kept for one constraint at most, the newest first.
const MOST: usize = 8;

fn file(package: Option<&Path>, id: &str) -> Option<PathBuf> {
    let package = package?;
    let folder = package.join("constraints");
    // A package without declarations is not ours to write into; they may stand at the root of its workspace.
    let is_ours = folder.is_dir() || package.join("generated/manifest.toml").is_file();
    is_ours.then(|| folder.join("witnesses").join(format!("{}.json", stem(id))))
}

/// The id as a name that every file system takes and keeps apart from all others, also one that ignores case.
///
/// An instance of a constraint has the path of an item behind an `@`: its `::` becomes a dot, a capital is marked with
/// a dash, and any other letter stands as its number between dashes.
fn stem(id: &str) -> String {
    let Some((family, item)) = id.split_once('@') else { return id.to_owned() };
    let letter = |letter: char| match letter {
        'a'..='z' | '0'..='9' | '_' | '.' => letter.to_string(),
        'A'..='Z' => format!("-{}", letter.to_ascii_lowercase()),
        other => format!("--{:x}-", u32::from(other)),
    };
    let item: String = item.replace("::", ".").chars().map(letter).collect();
    format!("{family}@{item}")
}

/// Tapes of the witnesses kept for `id`; what cannot be read is left out.
pub(crate) fn load(package: Option<&Path>, id: &str) -> Vec<Tape> {
    let Some(text) = file(package, id).and_then(|path| fs::read_to_string(path).ok()) else {
        return Vec::new();
    };
    let Ok(kept) = serde_json::from_str::<Value>(&text) else { return Vec::new() };
    entries(&kept).iter().filter_map(|entry| read_choices(&entry["choices"])).collect()
}

/// Keeps a witness; a file that already holds it is not touched.
pub(crate) fn keep(package: Option<&Path>, id: &str, tape: &[Choice], witness: &Witness) {
    let Some(path) = file(package, id) else { return };
    let kept = fs::read_to_string(&path)
        .ok()
        .and_then(|text| serde_json::from_str::<Value>(&text).ok())
        .unwrap_or_default();
    let mut all = entries(&kept);
    let choices = write_choices(tape);
    if all.iter().any(|entry| entry["choices"] == choices) {
        return;
    }
    all.insert(0, json!({ "values": witness.values, "seen": witness.seen, "choices": choices }));
    all.truncate(MOST);
    let kept = json!({ "format": FORMAT, "constraint": id, "witnesses": all });
    // A witness that cannot be kept is found again by the next run.
    let _ = replace(&path, &format!("{kept:#}\n"));
}

fn entries(kept: &Value) -> Vec<Value> {
    kept["witnesses"].as_array().cloned().unwrap_or_default()
}

fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    let draft = path.with_extension(format!("{}.draft", std::process::id()));
    let mut file = fs::File::create(&draft)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&draft, path)
}

fn write_choices(tape: &[Choice]) -> Value {
    let choice = |choice: &Choice| match choice {
        Choice::Number(number) => json!({ "number": number.to_string() }),
        Choice::Text(text) => json!({ "text": text }),
        Choice::Bytes(bytes) => json!({ "bytes": hex(bytes) }),
        Choice::Open => json!("open"),
        Choice::Pumped(pumped) => json!({ "pumped": hex(&pumped.to_bytes()) }),
        Choice::Close => json!("close"),
    };
    Value::Array(tape.iter().map(choice).collect())
}

fn read_choices(value: &Value) -> Option<Tape> {
    let choice = |value: &Value| {
        if let Some(number) = value["number"].as_str() {
            return Some(Choice::Number(number.parse().ok()?));
        }
        if let Some(text) = value["text"].as_str() {
            return Some(Choice::Text(text.to_string()));
        }
        if let Some(pumped) = value["pumped"].as_str() {
            return Some(Choice::Pumped(Box::new(Pumped::from_bytes(&unhex(pumped)?)?)));
        }
        match value.as_str() {
            Some("open") => return Some(Choice::Open),
            Some("close") => return Some(Choice::Close),
            _ => {}
        }
        Some(Choice::Bytes(unhex(value["bytes"].as_str()?)?))
    };
    value.as_array()?.iter().map(choice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_differ_by_more_than_case() {
        assert_eq!(stem("links.parse_total"), "links.parse_total");
        assert_eq!(stem("a.b@crate::Foo::bar"), "a.b@crate.-foo.bar");
        assert_eq!(stem("a.b@crate::foo::bar"), "a.b@crate.foo.bar");
        assert_eq!(stem("a.b@crate::r#fn"), "a.b@crate.r--23-fn");
        assert_eq!(stem("a.b@crate::ä"), "a.b@crate.--e4-");
    }

    #[test]
    fn a_witness_comes_back() {
        let folder = std::env::temp_dir().join(format!("constraints-witness-{}", std::process::id()));
        fs::create_dir_all(folder.join("constraints")).expect("a temporary folder");
        let tape = vec![
            Choice::Number(u128::MAX),
            Choice::Open,
            Choice::Text("é\0".into()),
            Choice::Bytes(vec![0, 255]),
            Choice::Close,
        ];
        keep(Some(&folder), "links.parse_total", &tape, &Witness::default());
        keep(Some(&folder), "links.parse_total", &tape, &Witness::default());
        assert_eq!(load(Some(&folder), "links.parse_total"), [tape]);
        fs::remove_dir_all(&folder).expect("it was made above");
        assert!(load(Some(&folder), "links.parse_total").is_empty());
    }
}
