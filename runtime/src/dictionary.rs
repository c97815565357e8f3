//! Words that the code under test knows: literals of its sources, names of the files of its package.
//!
//! Read when the tests run, not when they are generated, so that a changed log message does not make
//! generated files stale.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

/// Texts longer than this are prose, not something an input would have to contain.
const LONGEST_WORD: usize = 120;
/// Words of each sort kept at most.
const MOST_WORDS: usize = 4_000;
/// Files of the package that are looked at.
const MOST_FILES: usize = 2_000;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Dictionary {
    /// String, byte-string and character literals.
    pub(crate) words: Vec<String>,
    /// Number literals.
    pub(crate) numbers: Vec<u128>,
    /// Names of the files of the package.
    pub(crate) files: Vec<String>,
}

impl Dictionary {
    /// Reads the package at `root`; what cannot be read is left out, for a search without it is still a search.
    pub(crate) fn of_package(root: &Path) -> Self {
        let mut files = BTreeSet::new();
        list(root, root, &mut files);
        let mut words = BTreeSet::new();
        let mut numbers = BTreeSet::new();
        for file in files.iter().filter(|path| {
            path.starts_with("src/") && Path::new(path).extension().is_some_and(|end| end == "rs")
        }) {
            if let Ok(text) = std::fs::read_to_string(root.join(file)) {
                literals(&text, &mut words, &mut numbers);
            }
        }
        let names: BTreeSet<String> =
            files.iter().filter_map(|path| path.rsplit('/').next()).map(str::to_string).collect();
        Self {
            words: words
                .into_iter()
                .filter(|word| !word.is_empty() && word.len() <= LONGEST_WORD)
                .take(MOST_WORDS)
                .collect(),
            numbers: numbers.into_iter().take(MOST_WORDS).collect(),
            files: names.into_iter().collect(),
        }
    }

    pub(crate) fn to_json(&self) -> Value {
        let numbers: Vec<String> = self.numbers.iter().map(u128::to_string).collect();
        json!({ "words": self.words, "numbers": numbers, "files": self.files })
    }

    pub(crate) fn from_json(value: &Value) -> Self {
        let texts = |key: &str| -> Vec<String> {
            value[key]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|item| item.as_str())
                .map(str::to_string)
                .collect()
        };
        Self {
            words: texts("words"),
            numbers: texts("numbers").iter().filter_map(|number| number.parse().ok()).collect(),
            files: texts("files"),
        }
    }
}

fn list(root: &Path, folder: &Path, files: &mut BTreeSet<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut entries: Vec<_> = entries.flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        if files.len() >= MOST_FILES || name.starts_with('.') {
            continue;
        }
        let path = entry.path();
        let is_folder = entry.file_type().is_ok_and(|sort| sort.is_dir());
        // What the tool writes says nothing about the code, and changes from run to run.
        if is_folder && !matches!(name, "target" | "generated" | "witnesses") {
            list(root, &path, files);
        } else if !is_folder && let Some(relative) = path.strip_prefix(root).ok().and_then(Path::to_str) {
            files.insert(relative.replace('\\', "/"));
        }
    }
}

#[cfg(feature = "source")]
fn literals(text: &str, words: &mut BTreeSet<String>, numbers: &mut BTreeSet<u128>) {
    use proc_macro2::{TokenStream, TokenTree};
    let Ok(stream) = text.parse::<TokenStream>() else { return };
    let mut open = vec![stream];
    while let Some(stream) = open.pop() {
        // Doc comments arrive as `#[doc = "…"]`; prose is no dictionary.
        let mut in_doc = false;
        for tree in stream {
            match tree {
                TokenTree::Group(group) => open.push(group.stream()),
                TokenTree::Ident(ident) => in_doc = ident == "doc",
                TokenTree::Literal(literal) if !in_doc => match syn::Lit::new(literal) {
                    syn::Lit::Str(text) => _ = words.insert(text.value()),
                    syn::Lit::ByteStr(bytes) => {
                        if let Ok(text) = String::from_utf8(bytes.value()) {
                            words.insert(text);
                        }
                    }
                    syn::Lit::Char(char) => _ = words.insert(char.value().to_string()),
                    syn::Lit::Byte(byte) => _ = words.insert(char::from(byte.value()).to_string()),
                    syn::Lit::Int(number) => numbers.extend(number.base10_parse::<u128>()),
                    _ => {}
                },
                _ => {}
            }
        }
    }
}

#[cfg(not(feature = "source"))]
fn literals(_text: &str, _words: &mut BTreeSet<String>, _numbers: &mut BTreeSet<u128>) {}

#[cfg(all(test, feature = "source"))]
mod tests {
    use super::*;

    #[test]
    fn literals_are_read_and_prose_is_not() {
        let (mut words, mut numbers) = (BTreeSet::new(), BTreeSet::new());
        literals(
            "/// some prose \"quoted\"\nconst A: &str = \"xn--\"; const B: &[u8] = b\"\\x7fELF\"; fn f(c: char) -> bool { c == 'é' || 0xFF == 10_000u32 }",
            &mut words,
            &mut numbers,
        );
        assert_eq!(
            words.into_iter().collect::<Vec<_>>(),
            ["xn--", "é", "\u{7f}ELF"]
                .map(String::from)
                .into_iter()
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect::<Vec<_>>()
        );
        assert_eq!(numbers.into_iter().collect::<Vec<_>>(), [255, 10_000]);
    }

    #[test]
    fn a_dictionary_survives_its_file() {
        let dictionary = Dictionary {
            words: vec!["a\0".into()],
            numbers: vec![u128::MAX],
            files: vec!["src/lib.rs".into()],
        };
        assert_eq!(Dictionary::from_json(&dictionary.to_json()), dictionary);
    }
}
