//! The name of a declaration among all.

use std::fmt;

/// Full id of a goal, risk, constraint or input: the file's namespace and the name in it, joined by a dot.
///
/// An instance of a constraint that selects many items has the item's path behind an `@`: `links.total@crate::parse`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

impl Id {
    /// `name` in `namespace`.
    pub fn new(namespace: &str, name: &str) -> Self {
        Self(format!("{namespace}.{name}"))
    }

    /// An id as it is written in full.
    pub fn whole(id: String) -> Self {
        Self(id)
    }

    /// The whole id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Everything before the last dot.
    pub fn namespace(&self) -> &str {
        self.0.rsplit_once('.').map_or("", |(namespace, _)| namespace)
    }

    /// Everything after the last dot.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('.').map_or(self.0.as_str(), |(_, name)| name)
    }

    /// The instance of this family for the item at `path`.
    #[must_use]
    pub fn instance(&self, path: &str) -> Self {
        Self(format!("{}@{path}", self.0))
    }

    /// The family of an instance; any other id itself.
    #[must_use]
    pub fn family(&self) -> Self {
        Self(self.0.split_once('@').map_or(self.0.as_str(), |(family, _)| family).to_owned())
    }

    /// Path of the generated test in the test binary; that of an instance depends on nothing but its id.
    pub fn test_path(&self) -> String {
        constraints_wire::test_path(&self.0)
    }

    /// The path of the item that an instance is about; nothing for other ids.
    pub fn item(&self) -> Option<&str> {
        self.0.split_once('@').map(|(_, item)| item)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
