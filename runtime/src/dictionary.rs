//! Words that the code under test knows: literals of its sources and of those of the crates it calls, names of the
//! files of its package.
//!
//! Read when the tests run, not when they are generated, so that a changed log message does not make
//! generated files stale.

mod dependencies;
mod literals;

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use crate::random::Random;
use literals::Literals;

/// Texts longer than this are prose, not something an input would have to contain.
const LONGEST_WORD: usize = 120;
/// Words of each sort kept at most.
const MOST_WORDS: usize = 4_000;
/// Words of each sort kept at most of one crate that is called.
const MOST_BORROWED: usize = 1_500;
/// Files of the package that are looked at.
const MOST_FILES: usize = 2_000;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Dictionary {
    /// What the package says.
    own: Known,
    /// What the crates say that it calls: far more, so it is drawn from by itself.
    borrowed: Known,
    /// Names of the files of the package.
    pub(crate) files: Vec<String>,
}

/// Literals of some sources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Known {
    /// String, byte-string and character literals.
    words: Vec<String>,
    /// Those that the code looks for.
    sought: Vec<String>,
    /// Number literals.
    numbers: Vec<u128>,
}

impl Dictionary {
    /// Reads the package at `root` and the crates it calls; what cannot be read is left out, for a search without it
    /// is still a search.
    pub(crate) fn of_package(root: &Path) -> Self {
        let mut files = BTreeSet::new();
        list(root, root, &mut files);
        let mut literals = Literals::default();
        for file in files.iter().filter(|path| path.starts_with("src/") && is_rust(path)) {
            literals.read_file(&root.join(file));
        }
        let mut borrowed = Known::default();
        for package in dependencies::called(root, &literals.names) {
            let mut literals = Literals::default();
            let mut files = BTreeSet::new();
            list(&package, &package.join("src"), &mut files);
            files
                .iter()
                .filter(|path| is_rust(path))
                .for_each(|file| literals.read_file(&package.join(file)));
            let mut known = Known::most_of(literals, MOST_BORROWED);
            borrowed.words.append(&mut known.words);
            borrowed.sought.append(&mut known.sought);
            borrowed.numbers.append(&mut known.numbers);
        }
        let names: BTreeSet<String> =
            files.iter().filter_map(|path| path.rsplit('/').next()).map(str::to_string).collect();
        Self { own: Known::most_of(literals, MOST_WORDS), borrowed, files: names.into_iter().collect() }
    }

    /// Whether there is any word.
    pub(crate) fn has_words(&self) -> bool {
        [&self.own, &self.borrowed].iter().any(|known| !known.words.is_empty() || !known.sought.is_empty())
    }

    /// A word: mostly one that the code looks for; short ones more often, for they are keys and marks, and long ones
    /// are messages.
    pub(crate) fn word(&self, random: &mut Random) -> Option<&str> {
        let lists = if random.one_in(4) {
            [&self.own.words, &self.borrowed.words]
        } else {
            [&self.own.sought, &self.borrowed.sought]
        };
        let mut words = either(random, lists[0], lists[1]);
        if words.is_empty() {
            let all = [&self.own.words, &self.own.sought, &self.borrowed.words, &self.borrowed.sought];
            words = all.into_iter().find(|words| !words.is_empty())?;
        }
        let (one, other) = (random.pick(words)?, random.pick(words)?);
        let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
        Some(if random.one_in(4) { long } else { short })
    }

    /// Up to `most` short words of the package itself, those first that it looks for; any of them if there are more.
    pub(crate) fn marks(&self, random: &mut Random, most: usize) -> Vec<&str> {
        const LONGEST: usize = 12;
        let mut marks: Vec<&str> = Vec::new();
        for words in [&self.own.sought, &self.own.words] {
            let mut short: Vec<&str> =
                words.iter().map(String::as_str).filter(|it| it.len() <= LONGEST).collect();
            random.shuffle(&mut short);
            short.sort_by_key(|word| word.len() > 2);
            short.retain(|word| !marks.contains(word));
            marks.extend(short);
        }
        marks.truncate(most);
        marks
    }

    /// Whether the package itself has this word as a literal.
    pub(crate) fn is_own(&self, word: &str) -> bool {
        [&self.own.words, &self.own.sought].iter().any(|words| words.iter().any(|own| own == word))
    }

    /// A number.
    pub(crate) fn number(&self, random: &mut Random) -> Option<u128> {
        let numbers = either(random, &self.own.numbers, &self.borrowed.numbers);
        random.pick(numbers).copied()
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({ "own": self.own.to_json(), "borrowed": self.borrowed.to_json(), "files": self.files })
    }

    pub(crate) fn from_json(value: &Value) -> Self {
        Self {
            own: Known::from_json(&value["own"]),
            borrowed: Known::from_json(&value["borrowed"]),
            files: texts(&value["files"]),
        }
    }
}

impl Known {
    /// At most `most` of each sort, without prose; which ones does not depend on where in the alphabet they stand.
    fn most_of(literals: Literals, most: usize) -> Self {
        let is_word = |word: &String| !word.is_empty() && word.len() <= LONGEST_WORD;
        let of = |words: BTreeSet<String>| {
            let mut words: Vec<String> = words.into_iter().filter(is_word).collect();
            if words.len() > most {
                words.sort_by_cached_key(|word| spread(word.as_bytes()));
                words.truncate(most);
            }
            words
        };
        let mut numbers: Vec<u128> = literals.numbers.into_iter().collect();
        if numbers.len() > most {
            numbers.sort_by_cached_key(|number| spread(&number.to_le_bytes()));
            numbers.truncate(most);
        }
        Self { words: of(literals.words), sought: of(literals.sought), numbers }
    }

    fn to_json(&self) -> Value {
        let numbers: Vec<String> = self.numbers.iter().map(u128::to_string).collect();
        json!({ "words": self.words, "sought": self.sought, "numbers": numbers })
    }

    fn from_json(value: &Value) -> Self {
        let numbers = texts(&value["numbers"]);
        Self {
            words: texts(&value["words"]),
            sought: texts(&value["sought"]),
            numbers: numbers.iter().filter_map(|number| number.parse().ok()).collect(),
        }
    }
}

/// One of two lists, each as often as the other; the one that has something, if only one has.
fn either<'a, T>(random: &mut Random, own: &'a [T], borrowed: &'a [T]) -> &'a [T] {
    if borrowed.is_empty() || (!own.is_empty() && random.one_in(2)) { own } else { borrowed }
}

/// FNV-1a: an order that is the same everywhere and has nothing to do with the content.
fn spread(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|item| item.as_str()).map(str::to_string).collect()
}

fn is_rust(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|end| end == "rs")
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

#[cfg(test)]
mod tests {
    use super::*;

    fn known(words: &[&str], numbers: &[u128]) -> Known {
        let words: Vec<String> = words.iter().map(ToString::to_string).collect();
        Known { sought: words.clone(), words, numbers: numbers.to_vec() }
    }

    #[test]
    fn a_dictionary_survives_its_file() {
        let dictionary = Dictionary {
            own: known(&["a\0"], &[u128::MAX]),
            borrowed: known(&["xn--"], &[7]),
            files: vec!["src/lib.rs".into()],
        };
        assert_eq!(Dictionary::from_json(&dictionary.to_json()), dictionary);
    }

    #[test]
    fn marks_are_short_and_sought_first() {
        let dictionary = Dictionary {
            own: Known {
                sought: vec!["a long message".into(), "<!--".into(), "[".into()],
                words: vec!["[".into(), "x".into()],
                numbers: vec![],
            },
            ..Dictionary::default()
        };
        assert_eq!(dictionary.marks(&mut Random::new(1), 9), ["[", "<!--", "x"]);
        assert_eq!(dictionary.marks(&mut Random::new(1), 1), ["["]);
    }

    #[test]
    fn the_few_words_of_the_package_are_drawn_as_often_as_the_many_of_the_crates_it_calls() {
        let many: Vec<String> = (0..1000).map(|number| format!("borrowed{number}")).collect();
        let dictionary = Dictionary {
            own: known(&["own"], &[]),
            borrowed: Known { sought: many.clone(), words: many, numbers: vec![] },
            files: vec![],
        };
        let mut random = Random::new(3);
        let own = (0..1000).filter(|_| dictionary.word(&mut random) == Some("own")).count();
        assert!((400..600).contains(&own), "{own}");
        assert_eq!(Dictionary::default().word(&mut random), None);
    }
}
