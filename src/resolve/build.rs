//! How the crate is built, as far as that decides what is in it: features and the machine it is built for.
//!
//! Reading and building are told the same, so that the tests fit what Cargo compiles.

use std::collections::{BTreeMap, BTreeSet};

/// What Cargo is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Build {
    /// Features asked for besides the default ones.
    pub features: Vec<String>,
    /// Whether all features are on.
    pub all_features: bool,
    /// Whether the default ones stay off.
    pub no_default_features: bool,
    /// The machine to build for; the one at hand if none is named.
    pub target: Option<String>,
}

impl Build {
    /// The same as arguments of Cargo.
    pub fn arguments(&self) -> Vec<String> {
        let mut arguments = Vec::new();
        if !self.features.is_empty() {
            arguments.extend(["--features".to_owned(), self.features.join(",")]);
        }
        if self.all_features {
            arguments.push("--all-features".to_owned());
        }
        if self.no_default_features {
            arguments.push("--no-default-features".to_owned());
        }
        if let Some(target) = &self.target {
            arguments.extend(["--target".to_owned(), target.clone()]);
        }
        arguments
    }

    /// The features that are on in a package that has `known`, each with what it turns on.
    pub(super) fn enabled(&self, known: &BTreeMap<String, Vec<String>>) -> BTreeSet<String> {
        let mut open: Vec<String> = self.features.clone();
        if self.all_features {
            open.extend(known.keys().cloned());
        }
        if !self.no_default_features {
            open.push("default".to_owned());
        }
        let mut enabled = BTreeSet::new();
        while let Some(feature) = open.pop() {
            if let Some(implied) = known.get(&feature)
                && enabled.insert(feature)
            {
                // `dep:name` turns on a dependency only; `name/feature` also the feature `name`, if there is one.
                let names = implied.iter().filter(|name| !name.starts_with("dep:") && !name.contains("?/"));
                open.extend(names.map(|name| name.split('/').next().unwrap_or(name).to_owned()));
            }
        }
        enabled
    }

    /// Features that were asked for by name, without the package's name that may stand before them.
    pub(super) fn for_package(&self, package: &str) -> Self {
        let own = |feature: &String| match feature.split_once('/') {
            Some((name, feature)) if name == package => feature.to_owned(),
            _ => feature.clone(),
        };
        Self { features: self.features.iter().map(own).collect(), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::Build;

    fn enabled(build: &Build) -> String {
        let known = [
            ("default", vec!["std", "small"]),
            ("std", vec!["other?/std"]),
            ("small", vec![]),
            ("serde", vec!["dep:serde", "std"]),
            ("full", vec!["serde", "other/all"]),
            ("other", vec!["dep:other"]),
        ];
        let known: BTreeMap<String, Vec<String>> = known
            .into_iter()
            .map(|(name, implied)| (name.to_owned(), implied.into_iter().map(str::to_owned).collect()))
            .collect();
        build.enabled(&known).into_iter().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_feature_brings_what_it_implies() {
        let plain = Build::default();
        assert_eq!(enabled(&plain), "default small std");
        let bare = Build { no_default_features: true, ..Build::default() };
        assert_eq!(enabled(&bare), "");
        let full = Build { features: vec!["full".into()], ..bare.clone() };
        assert_eq!(enabled(&full), "full other serde std");
        let all = Build { all_features: true, ..bare };
        assert_eq!(enabled(&all), "default full other serde small std");
        let named = Build { features: vec!["app/serde".into()], ..Build::default() };
        assert_eq!(enabled(&named.for_package("app")), "default serde small std");
    }

    #[test]
    fn cargo_is_told_what_the_reading_was_told() {
        let build = Build {
            features: vec!["a".into(), "b".into()],
            no_default_features: true,
            target: Some("wasm32-wasip1".into()),
            ..Build::default()
        };
        let told = build.arguments().join(" ");
        assert_eq!(told, "--features a,b --no-default-features --target wasm32-wasip1");
        assert!(Build::default().arguments().is_empty());
    }
}
