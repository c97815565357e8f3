//! Types of the standard library that are made out of something simpler: a table.

use super::ty::Ty;

/// One such type.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct StdType {
    /// Its name, the last segment of any path to it.
    pub name: &'static str,
    /// Its path, as a test may write it.
    pub path: &'static str,
    /// What it is made of.
    pub from: From,
    /// Rust over `it` that makes it.
    pub map: &'static str,
}

/// What a value of a [`StdType`] is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// A text.
    Text,
    /// Its first type parameter.
    Inside,
    /// A list of its first type parameter.
    List,
    /// A list of pairs of its two type parameters.
    Pairs,
    /// Seconds and nanoseconds.
    Seconds,
    /// Nothing.
    Nothing,
}

impl StdType {
    /// The entry for a type of this name.
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        TABLE.iter().find(|entry| entry.name == name)
    }

    /// How many type parameters it has.
    pub(super) fn parameters(&self) -> usize {
        match self.from {
            From::Text | From::Seconds | From::Nothing => 0,
            From::Inside | From::List => 1,
            From::Pairs => 2,
        }
    }

    /// The type of `it` in [`StdType::map`], except for [`From::Seconds`], whose second part has a range.
    pub(super) fn source(&self, parameters: &[Ty]) -> Option<Ty> {
        match self.from {
            From::Text => Some(Ty::String),
            From::Inside => parameters.first().cloned(),
            From::List => Some(Ty::Vec(Box::new(parameters.first()?.clone()))),
            From::Pairs => Some(Ty::Vec(Box::new(Ty::Tuple(parameters.get(..2)?.to_vec())))),
            From::Seconds => None,
            From::Nothing => Some(Ty::Unit),
        }
    }

    /// The owned twin of a type without a size, which only stands behind a reference; nothing for other types.
    pub(super) fn owned(&self) -> Option<&'static Self> {
        match self.name {
            "Path" => Self::named("PathBuf"),
            "OsStr" => Self::named("OsString"),
            _ => None,
        }
    }
}

const fn entry(name: &'static str, path: &'static str, from: From, map: &'static str) -> StdType {
    StdType { name, path, from, map }
}

static TABLE: &[StdType] = &[
    entry("PathBuf", "std::path::PathBuf", From::Text, "std::path::PathBuf::from(it)"),
    entry("Path", "std::path::Path", From::Text, "std::path::PathBuf::from(it)"),
    entry("OsString", "std::ffi::OsString", From::Text, "std::ffi::OsString::from(it)"),
    entry("OsStr", "std::ffi::OsStr", From::Text, "std::ffi::OsString::from(it)"),
    entry("Rc", "std::rc::Rc", From::Inside, "std::rc::Rc::new(it)"),
    entry("Arc", "std::sync::Arc", From::Inside, "std::sync::Arc::new(it)"),
    entry("VecDeque", "std::collections::VecDeque", From::List, "std::collections::VecDeque::from(it)"),
    entry("BinaryHeap", "std::collections::BinaryHeap", From::List, "std::collections::BinaryHeap::from(it)"),
    entry(
        "BTreeSet",
        "std::collections::BTreeSet",
        From::List,
        "it.into_iter().collect::<std::collections::BTreeSet<_>>()",
    ),
    entry(
        "HashSet",
        "std::collections::HashSet",
        From::List,
        "it.into_iter().collect::<std::collections::HashSet<_>>()",
    ),
    entry(
        "BTreeMap",
        "std::collections::BTreeMap",
        From::Pairs,
        "it.into_iter().collect::<std::collections::BTreeMap<_, _>>()",
    ),
    entry(
        "HashMap",
        "std::collections::HashMap",
        From::Pairs,
        "it.into_iter().collect::<std::collections::HashMap<_, _>>()",
    ),
    entry("Cursor", "std::io::Cursor", From::Inside, "std::io::Cursor::new(it)"),
    // Names with `::` are never those of a path's last segment: other modules have types of these names.
    entry("vec::IntoIter", "std::vec::IntoIter", From::List, "it.into_iter()"),
    entry(
        "hash_map::DefaultHasher",
        "std::collections::hash_map::DefaultHasher",
        From::Nothing,
        "std::collections::hash_map::DefaultHasher::new()",
    ),
    entry(
        "DefaultBuildHasher",
        "std::hash::BuildHasherDefault<std::collections::hash_map::DefaultHasher>",
        From::Nothing,
        "std::hash::BuildHasherDefault::default()",
    ),
    entry("Duration", "std::time::Duration", From::Seconds, "std::time::Duration::new(it.0, it.1)"),
];
