//! Takes what a run looked at while it made the tests of each namespace, gives the namespaces that a change of some
//! sources concerns, and all files that making them anew needs.
//!
//! Right where nothing but functions and the fields of structs are others: then every other name leads where it led, and
//! whoever did not look into a file finds what it found.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::make::{Made, Namespace};
use crate::model::{FileId, Model, Sources};
use crate::resolve::{CrateFacts, Looked};

/// What the tests of a package depend on.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Depends {
    /// Folder of the manifest.
    root: PathBuf,
    /// Paths of sources from there.
    files: Vec<String>,
    /// Of these, the ones that lead to others, without which nothing is found.
    frame: BTreeSet<usize>,
    /// Whether anything is named outside by all that is in it: one function more may be another's name there.
    has_globs: bool,
    namespaces: Vec<Of>,
}

/// What the tests of one namespace depend on.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Of {
    name: String,
    /// Sources; nothing for all of them.
    at: Option<BTreeSet<usize>>,
    features: BTreeSet<String>,
    roll: u64,
    is_quiet: bool,
}

impl Of {
    /// What a namespace depended on; nothing if a file has no number.
    fn new(namespace: &Namespace, number: impl Fn(FileId) -> Option<usize>) -> Option<Self> {
        let at = match &namespace.looked {
            Looked::At(files) => Some(files.iter().map(|file| number(*file)).collect::<Option<_>>()?),
            Looked::Everywhere => None,
        };
        Some(Self {
            name: namespace.name.clone(),
            at,
            features: namespace.features.iter().map(|feature| (*feature).to_owned()).collect(),
            roll: namespace.roll,
            is_quiet: namespace.is_quiet,
        })
    }
}

/// What has to be made anew, and what for that has to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The namespaces.
    pub namespaces: BTreeSet<String>,
    /// Paths of sources, from the root of the package; nothing for all of them.
    pub files: Option<BTreeSet<String>>,
}

impl Depends {
    /// What the run depended on that made this; nothing where that cannot be told.
    pub fn new(made: &Made, model: &Model, facts: &CrateFacts, sources: &Sources) -> Option<Self> {
        // What selects nothing yet may do so after any change, and no namespace of the run says so. What stands inside
        // sees names that no file leads to from outside.
        if model.families.values().any(|family| family.instances.is_empty()) || facts.has_tests_inside() {
            return None;
        }
        let of = |namespace| Of::new(namespace, |file| Some(file.0));
        Some(Self {
            root: facts.root.clone(),
            files: sources.files().map(|(_, file)| file.path.clone()).collect(),
            frame: facts.frame().into_iter().map(|file| file.0).collect(),
            has_globs: facts.has_globs(),
            namespaces: made.namespaces.iter().map(of).collect::<Option<_>>()?,
        })
    }

    /// What a change of the contents of `sources` concerns; nothing where that is not sure, or what was said has to be
    /// said anew.
    pub fn part(&self, sources: &[PathBuf], functions_differ: bool) -> Option<Part> {
        if functions_differ && self.has_globs {
            return None;
        }
        let is_changed = |path: &String| sources.contains(&self.root.join(path));
        let changed: BTreeSet<usize> =
            self.files.iter().enumerate().filter(|(_, path)| is_changed(path)).map(|(at, _)| at).collect();
        let concerns = |of: &&Of| of.at.as_ref().is_none_or(|at| !at.is_disjoint(&changed));
        let mut namespaces: BTreeSet<&str> =
            self.namespaces.iter().filter(concerns).map(|of| of.name.as_str()).collect();
        // The file of a namespace names those of the namespaces below it.
        let is_around =
            |above: &str, below: &str| below.strip_prefix(above).is_some_and(|rest| rest.starts_with('.'));
        for of in &self.namespaces {
            let is_kin = |other: &&str| is_around(other, &of.name) || is_around(&of.name, other);
            if namespaces.iter().any(is_kin) {
                namespaces.insert(&of.name);
            }
        }
        let parts = || self.namespaces.iter().filter(|of| namespaces.contains(of.name.as_str()));
        if !parts().all(|of| of.is_quiet) {
            return None;
        }
        let files: Option<Vec<&BTreeSet<usize>>> = parts().map(|of| of.at.as_ref()).collect();
        let files = files.map(|files| {
            let all = files.into_iter().flatten().chain(&self.frame).chain(&changed);
            all.map(|at| self.files[*at].clone()).collect()
        });
        Some(Part { namespaces: namespaces.into_iter().map(str::to_owned).collect(), files })
    }

    /// Takes note of what was made anew; whether the roll and the manifest can stay as they are, and all that was
    /// looked at was there.
    pub fn renew(&mut self, made: &Made, part: &Part, sources: &Sources) -> bool {
        let made: BTreeMap<&str, &Namespace> =
            made.namespaces.iter().map(|namespace| (namespace.name.as_str(), namespace)).collect();
        if made.keys().ne(part.namespaces.iter()) {
            return false;
        }
        let numbers: HashMap<&str, usize> =
            self.files.iter().enumerate().map(|(at, path)| (path.as_str(), at)).collect();
        let number = |file: FileId| {
            let path = sources.file(file).path.as_str();
            let was_there = part.files.as_ref().is_none_or(|files| files.contains(path));
            numbers.get(path).copied().filter(|_| was_there)
        };
        let mut concerned = self.namespaces.iter_mut().filter(|of| part.namespaces.contains(&of.name));
        concerned.all(|before| {
            let Some(of) = Of::new(made[before.name.as_str()], number) else { return false };
            let is_whole = of.at.is_some() || part.files.is_none();
            let is_same = before.roll == of.roll && before.features == of.features && of.is_quiet;
            *before = of;
            is_whole && is_same
        })
    }

    /// Folder of the manifest.
    pub fn root(&self) -> &Path {
        &self.root
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A package with a root, two modules, and namespaces that look at these of the three.
    fn depends(looked: &[(&str, Option<&[usize]>)]) -> Depends {
        let of = |(name, at): &(&str, Option<&[usize]>)| Of {
            name: (*name).to_owned(),
            at: at.map(|at| at.iter().copied().collect()),
            features: BTreeSet::new(),
            roll: 1,
            is_quiet: *name != "loud",
        };
        Depends {
            root: PathBuf::from("/package"),
            files: ["src/lib.rs", "src/a.rs", "src/b.rs"].map(str::to_owned).into(),
            frame: [0].into(),
            has_globs: false,
            namespaces: looked.iter().map(of).collect(),
        }
    }

    #[track_caller]
    fn check(looked: &[(&str, Option<&[usize]>)], namespaces: &[&str], files: Option<&[&str]>) {
        let part = depends(looked).part(&[PathBuf::from("/package/src/a.rs")], true).expect("it is sure");
        let files = files.map(|files| files.iter().map(|path| (*path).to_owned()).collect());
        let namespaces = namespaces.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(part, Part { namespaces, files });
    }

    #[test]
    fn whoever_looked_at_a_changed_file_is_concerned() {
        check(&[("one", Some(&[1])), ("other", Some(&[2]))], &["one"], Some(&["src/a.rs", "src/lib.rs"]));
        check(
            &[("one", Some(&[1, 2])), ("other", Some(&[0]))],
            &["one"],
            Some(&["src/a.rs", "src/b.rs", "src/lib.rs"]),
        );
        check(&[("one", Some(&[2]))], &[], Some(&["src/a.rs", "src/lib.rs"]));
        check(&[("all", None), ("other", Some(&[2]))], &["all"], None);
    }

    #[test]
    fn files_that_name_each_other_are_made_together() {
        let looked: &[(&str, Option<&[usize]>)] =
            &[("a", Some(&[2])), ("a.b", Some(&[1])), ("a.c", Some(&[2])), ("ab", Some(&[2]))];
        check(looked, &["a", "a.b", "a.c"], Some(&["src/a.rs", "src/b.rs", "src/lib.rs"]));
    }

    #[test]
    fn where_anything_is_to_be_said_or_names_may_be_others_all_is_made() {
        let changed = [PathBuf::from("/package/src/a.rs")];
        assert_eq!(depends(&[("loud", Some(&[1]))]).part(&changed, false), None);
        assert!(depends(&[("loud", Some(&[2]))]).part(&changed, false).is_some());
        let globs = Depends { has_globs: true, ..depends(&[("one", Some(&[1]))]) };
        assert_eq!(globs.part(&changed, true), None);
        assert!(globs.part(&changed, false).is_some());
    }

    #[test]
    fn what_was_made_anew_has_to_fit_what_stays() {
        let made = |looked: Looked, roll: u64| Made {
            plan: crate::plan::Plan { cases: Vec::new() },
            files: Vec::new(),
            features: BTreeSet::new(),
            namespaces: vec![Namespace {
                name: "one".to_owned(),
                looked,
                features: BTreeSet::new(),
                roll,
                is_quiet: true,
            }],
            faults: Vec::new(),
        };
        let mut sources = Sources::default();
        let [lib, a, b] = ["src/lib.rs", "src/a.rs", "src/b.rs"].map(|path| sources.add(path, ""));
        let before = depends(&[("one", Some(&[1]))]);
        let part = before.part(&[PathBuf::from("/package/src/a.rs")], false).expect("it is sure");
        let renewed = |looked: Looked, roll: u64| {
            let mut now = before.clone();
            now.renew(&made(looked, roll), &part, &sources).then(|| now.namespaces[0].at.clone())
        };
        assert_eq!(renewed(Looked::At([a].into()), 1), Some(Some([1].into())));
        assert_eq!(renewed(Looked::At([lib, a].into()), 1), Some(Some([0, 1].into())));
        assert_eq!(renewed(Looked::At([a, b].into()), 1), None, "it was not read");
        assert_eq!(renewed(Looked::Everywhere, 1), None, "not all was read");
        assert_eq!(renewed(Looked::At([a].into()), 2), None, "the roll is another");
    }
}
