//! Words that the code under test knows: literals of its sources and of those of the crates it calls, names of the
//! files of its package.
//!
//! Read when the tests run, not when they are generated, so that a changed log message does not make
//! generated files stale.

mod dependencies;
mod literals;
mod near;

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value, json};

use crate::random::Random;
use literals::Literals;
use near::{Item, Items};

/// Texts longer than this are prose, not something an input would have to contain.
const LONGEST_WORD: usize = 120;
/// Words of each sort kept at most.
const MOST_WORDS: usize = 4_000;
/// Words of each sort kept at most of one crate that is called.
const MOST_BORROWED: usize = 1_500;
/// Files of the package that are looked at.
const MOST_FILES: usize = 2_000;
/// Functions and constants that are near to a test at most, and words of each sort that are near.
const MOST_NEAR: usize = 60;
const MOST_NEAR_WORDS: usize = 120;

/// What the tests of a package have to know for the dictionary of each of them.
#[derive(Debug, Default)]
pub(crate) struct PackageWords {
    /// The dictionary of all of them, without what is near, as [`Dictionary::from_json`] reads it.
    all: Value,
    /// What may be called.
    items: Items,
    tests: Vec<Item>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Dictionary {
    /// What that says which the test calls, and what it calls: nearest first.
    near: Known,
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

impl PackageWords {
    /// Reads the package at `root`, what was generated for it and the crates it calls; what cannot be read is left out,
    /// for a search without it is still a search.
    pub(crate) fn read(root: &Path) -> Self {
        let mut files = BTreeSet::new();
        list(root, root, &mut files);
        let mut own = of_files(root, &files, |path| path.starts_with("src/"));
        let (mut items, mut borrowed) = (Items::default(), Known::default());
        items.extend(std::mem::take(&mut own.items));
        // What a user wrote beside the declarations is called, and says nothing by itself.
        items.extend(of_files(root, &files, |path| path.starts_with("constraints/")).items);
        let mut generated = BTreeSet::new();
        list(root, &root.join("generated"), &mut generated);
        let tests = of_files(root, &generated, |_| true).items;
        for package in dependencies::called(root, &own.names) {
            let mut files = BTreeSet::new();
            list(&package, &package.join("src"), &mut files);
            let mut literals = of_files(&package, &files, |_| true);
            items.extend(std::mem::take(&mut literals.items));
            let mut known = Known::most_of(literals, MOST_BORROWED);
            borrowed.words.append(&mut known.words);
            borrowed.sought.append(&mut known.sought);
            borrowed.numbers.append(&mut known.numbers);
        }
        let files: BTreeSet<String> =
            files.iter().filter_map(|path| path.rsplit('/').next()).map(str::to_string).collect();
        let own = Known::most_of(own, MOST_WORDS);
        let all = Dictionary { near: Known::default(), own, borrowed, files: files.into_iter().collect() };
        Self { all: all.to_json(), items, tests }
    }

    /// What all tests draw from.
    pub(crate) fn all(&self) -> &Value {
        &self.all
    }

    /// What is near to the test with this id.
    pub(crate) fn near(&self, id: &str) -> Value {
        let says_so = |item: &&Item| item.words.iter().chain(&item.sought).any(|word| word == id);
        let test = self.tests.iter().find(says_so);
        let near = test.map(|test| self.items.nearest(test, MOST_NEAR));
        Known::of_items(&near.unwrap_or_default()).to_json()
    }
}

impl Dictionary {
    /// Whether there is any word.
    pub(crate) fn has_words(&self) -> bool {
        [&self.near, &self.own, &self.borrowed]
            .iter()
            .any(|known| !known.words.is_empty() || !known.sought.is_empty())
    }

    /// A word: mostly one that the code looks for; short ones more often, for they are keys and marks, and long ones
    /// are messages.
    pub(crate) fn word(&self, random: &mut Random) -> Option<&str> {
        let all = [&self.near, &self.own, &self.borrowed];
        let is_any = random.one_in(4);
        let mut words =
            one_of(random, all.map(|known| if is_any { &known.words[..] } else { &known.sought }));
        if words.is_empty() {
            let all = all.into_iter().flat_map(|known| [&known.sought[..], &known.words]);
            words = all.into_iter().find(|words| !words.is_empty())?;
        }
        let (one, other) = (random.pick(words)?, random.pick(words)?);
        let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
        Some(if random.one_in(4) { long } else { short })
    }

    /// Up to `most` short words of the package itself: those near the test come first, and those that code looks for; any
    /// of the others if there are more.
    pub(crate) fn marks(&self, random: &mut Random, most: usize) -> Vec<&str> {
        const LONGEST: usize = 12;
        let mut marks: Vec<&str> = Vec::new();
        let [near, own] = [&self.near, &self.own];
        for (words, is_near) in
            [(&near.sought, true), (&near.words, true), (&own.sought, false), (&own.words, false)]
        {
            let mut short: Vec<&str> =
                words.iter().map(String::as_str).filter(|it| it.len() <= LONGEST).collect();
            if !is_near {
                random.shuffle(&mut short);
            }
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
        let all = [&self.near, &self.own, &self.borrowed];
        let numbers = one_of(random, all.map(|known| &known.numbers[..]));
        random.pick(numbers).copied()
    }

    fn to_json(&self) -> Value {
        json!({ "own": self.own.to_json(), "borrowed": self.borrowed.to_json(), "files": self.files })
    }

    /// What all tests draw from and what is near to one of them, out of what [`PackageWords`] gave.
    pub(crate) fn from_json(all: &Value, near: &Value) -> Self {
        Self {
            near: Known::from_json(near),
            own: Known::from_json(&all["own"]),
            borrowed: Known::from_json(&all["borrowed"]),
            files: texts(&all["files"]),
        }
    }
}

impl Known {
    /// At most `most` of each sort, without prose; which ones does not depend on where in the alphabet they stand.
    fn most_of(literals: Literals, most: usize) -> Self {
        let of = |words: BTreeSet<String>| {
            let mut words: Vec<String> = words.into_iter().filter(|word| is_word(word)).collect();
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

    /// The first words and numbers of each sort; of a table some, for others have something to say too.
    fn of_items(items: &[&Item]) -> Self {
        const MOST_OF_ONE: usize = 16;
        fn first<T: Clone + PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
            let mut first = Vec::new();
            for one in all {
                if !first.contains(&one) {
                    first.push(one);
                }
                if first.len() == MOST_NEAR_WORDS {
                    break;
                }
            }
            first
        }
        let words = |of: fn(&Item) -> &Vec<String>| {
            let all = items.iter().flat_map(|item| of(item).iter().take(MOST_OF_ONE));
            first(all.filter(|word| is_word(word)).cloned())
        };
        Self {
            words: words(|item| &item.words),
            sought: words(|item| &item.sought),
            numbers: first(items.iter().flat_map(|item| item.numbers.iter().copied().take(MOST_OF_ONE))),
        }
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

/// One of the lists that have something, each as often as the others.
fn one_of<'a, T>(random: &mut Random, lists: [&'a [T]; 3]) -> &'a [T] {
    let filled = lists.iter().filter(|list| !list.is_empty()).count();
    let at = random.below(filled);
    lists.into_iter().filter(|list| !list.is_empty()).nth(at).unwrap_or_default()
}

/// Not too long for a part of an input.
fn is_word(word: &str) -> bool {
    !word.is_empty() && word.len() <= LONGEST_WORD
}

/// What those of the files say that are Rust and wanted.
fn of_files(root: &Path, files: &BTreeSet<String>, is_wanted: impl Fn(&str) -> bool) -> Literals {
    let mut literals = Literals::default();
    for file in files.iter().filter(|path| is_wanted(path) && is_rust(path)) {
        literals.read_file(&root.join(file));
    }
    literals
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
            near: known(&["b"], &[1]),
            own: known(&["a\0"], &[u128::MAX]),
            borrowed: known(&["xn--"], &[7]),
            files: vec!["src/lib.rs".into()],
        };
        assert_eq!(Dictionary::from_json(&dictionary.to_json(), &dictionary.near.to_json()), dictionary);
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
            ..Dictionary::default()
        };
        let mut random = Random::new(3);
        let drawn = |dictionary: &Dictionary, random: &mut Random, word| {
            (0..1000).filter(|_| dictionary.word(random) == Some(word)).count()
        };
        let own = drawn(&dictionary, &mut random, "own");
        assert!((400..600).contains(&own), "{own}");
        let dictionary = Dictionary { near: known(&["near"], &[]), ..dictionary };
        let near = drawn(&dictionary, &mut random, "near");
        assert!((250..420).contains(&near), "{near}");
        assert_eq!(Dictionary::default().word(&mut random), None);
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a package is read from a folder")]
    fn what_a_test_calls_is_near_to_it() {
        let folder = std::env::temp_dir().join(format!("constraints-words-{}", std::process::id()));
        let write = |path: &str, text: &str| {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
            std::fs::write(path, text).expect("it can be written");
        };
        let other = (0..50).map(|at| format!("pub fn f{at}(x: &str) -> bool {{ x == \"word{at}\" }}\n"));
        write("src/other.rs", &other.collect::<String>());
        write(
            "src/lib.rs",
            "pub fn read(x: &str) -> bool { marks(x, 77) }\nfn marks(x: &str, y: u8) -> bool { x == \"[\" }",
        );
        write("constraints/support.rs", "pub fn known(x: &str) -> bool { x != \"known\" && mine::read(x) }");
        write(
            "generated/all.rs",
            "fn a() { rt::no_panic(\"all.a\", |case| support::known(x)) }\nfn b() { rt::no_panic(\"all.b\", |case| mine::other::f7()) }",
        );
        let sources = PackageWords::read(&folder);
        std::fs::remove_dir_all(&folder).expect("it can be removed");
        let near = |id| Dictionary::from_json(sources.all(), &sources.near(id));
        let dictionary = near("all.a");
        assert_eq!(dictionary.near.sought, ["known", "["]);
        assert_eq!(dictionary.near.numbers, [77]);
        assert_eq!(dictionary.marks(&mut Random::new(1), 2), ["[", "known"]);
        assert_eq!(near("all.b").near.sought, ["word7"]);
        assert_eq!(near("all.c").near, Known::default());
        assert!(!dictionary.own.sought.contains(&"known".to_string()));
    }
}
