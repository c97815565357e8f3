//! Takes the items of sources with what they say and mention, gives what those say that a test calls, nearest first.
//!
//! A crate of some size knows thousands of words, and one function looks for a dozen of them. Who calls whom is
//! guessed by names alone: nothing here has to be right, for all other words are drawn too.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

/// Names of one meaning in std: who mentions the first calls the second.
const CALLED_BY_STD: &[(&str, &str)] =
    &[("parse", "from_str"), ("into", "from"), ("try_into", "try_from"), ("to_string", "fmt")];
/// A name that more items of other files have says nothing.
const COMMON: usize = 8;

/// A function, a constant or a static.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) name: String,
    pub(super) place: Place,
    /// Words that it looks for, other words and numbers, in the order of their places.
    pub(super) sought: Vec<String>,
    pub(super) words: Vec<String>,
    pub(super) numbers: Vec<u128>,
    /// Identifiers in it, in the order of their places.
    pub(super) names: Vec<String>,
}

/// Where an item stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The path of the file.
    file: String,
    /// What a path in sources calls it, in small letters.
    module: String,
}

impl Place {
    /// The place of what stands in this file.
    pub(super) fn of(file: &Path) -> Self {
        let stem = |path: &Path| path.file_stem().and_then(|name| name.to_str()).map(str::to_lowercase);
        let module = match stem(file).as_deref() {
            Some("mod") => file.parent().and_then(stem),
            // The crate itself: the folder above that of the sources.
            Some("lib") => file.parent().and_then(Path::parent).and_then(stem),
            stem => stem.map(str::to_owned),
        };
        Self { file: file.display().to_string(), module: module.unwrap_or_default() }
    }
}

/// Items that may be mentioned.
#[derive(Debug, Default)]
pub(super) struct Items {
    all: Vec<Item>,
    by_name: HashMap<String, Vec<usize>>,
}

impl Items {
    pub(super) fn extend(&mut self, items: Vec<Item>) {
        for item in items {
            self.by_name.entry(item.name.clone()).or_default().push(self.all.len());
            self.all.push(item);
        }
    }

    /// The items that `start` leads to by the names they mention: those it mentions first, then those that these mention.
    pub(super) fn nearest(&self, start: &Item, most: usize) -> Vec<&Item> {
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        let mut next = vec![start];
        while !next.is_empty() && found.len() < most {
            let mentioned = next.into_iter().flat_map(|from| self.mentioned(from));
            let further: Vec<&Item> =
                mentioned.filter(|at| seen.insert(*at)).map(|at| &self.all[at]).collect();
            found.extend(&further);
            next = further;
        }
        found.truncate(most);
        found
    }

    /// The items that one mentions. Of several with one name those of its own file are meant, else those of a file that
    /// is mentioned too, such as the module of a path or of a type.
    fn mentioned(&self, from: &Item) -> Vec<usize> {
        let modules: BTreeSet<String> = from.names.iter().map(|name| name.to_lowercase()).collect();
        let mut all = Vec::new();
        for name in &from.names {
            let besides = CALLED_BY_STD.iter().filter(|(mentioned, _)| mentioned == name);
            for name in besides.map(|(_, called)| *called).chain([name.as_str()]) {
                let Some(named) = self.by_name.get(name) else { continue };
                let those = |are_meant: &dyn Fn(&Place) -> bool| -> Vec<usize> {
                    named.iter().copied().filter(|at| are_meant(&self.all[*at].place)).collect()
                };
                let mut meant = those(&|place| place.file == from.place.file);
                if meant.is_empty() {
                    meant = those(&|place| modules.contains(&place.module));
                }
                if meant.is_empty() && named.len() <= COMMON {
                    meant.clone_from(named);
                }
                all.append(&mut meant);
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(file: &str, name: &str, names: &[&str]) -> Item {
        Item {
            name: name.into(),
            place: Place::of(Path::new(&format!("src/{file}.rs"))),
            names: names.iter().map(ToString::to_string).collect(),
            ..Item::default()
        }
    }

    fn of(all: &[Item]) -> Items {
        let mut items = Items::default();
        items.extend(all.to_vec());
        items
    }

    fn found(start: &Item, items: &[Item]) -> Vec<String> {
        of(items)
            .nearest(start, 9)
            .iter()
            .map(|item| format!("{}::{}", item.place.module, item.name))
            .collect()
    }

    #[test]
    fn what_is_called_comes_before_what_that_calls() {
        let items = [
            item("a", "deep", &[]),
            item("a", "parse", &["MARKS", "step"]),
            item("b", "step", &["deep", "parse"]),
            item("b", "MARKS", &[]),
            item("b", "other", &["parse"]),
        ];
        let start = item("tests", "test", &["case", "parse"]);
        assert_eq!(found(&start, &items), ["a::parse", "b::MARKS", "b::step", "a::deep"]);
        assert_eq!(of(&items).nearest(&start, 2).len(), 2);
    }

    #[test]
    fn of_several_with_one_name_the_one_nearby_is_meant() {
        let items = [
            item("a", "new", &[]),
            item("b", "new", &[]),
            item("b", "make", &["new"]),
            item("c", "call", &["A", "new"]),
        ];
        assert_eq!(found(&item("t", "test", &["make"]), &items), ["b::make", "b::new"]);
        assert_eq!(found(&item("t", "test", &["call"]), &items), ["c::call", "a::new"]);
        let common: Vec<Item> = (0..=COMMON).map(|at| item(&format!("file{at}"), "new", &[])).collect();
        assert_eq!(found(&item("t", "test", &["new"]), &common), Vec::<String>::new());
    }

    #[test]
    fn a_file_is_called_by_its_module() {
        let module = |path| Place::of(Path::new(path)).module;
        assert_eq!(module("src/Header.rs"), "header");
        assert_eq!(module("src/parse/mod.rs"), "parse");
        assert_eq!(module("/x/mine/src/lib.rs"), "mine");
        assert_eq!(module("lib.rs"), "");
    }

    #[test]
    fn what_std_calls_is_mentioned_by_another_name() {
        let items = [item("a", "from_str", &[])];
        assert_eq!(found(&item("t", "test", &["parse"]), &items), ["a::from_str"]);
    }
}
