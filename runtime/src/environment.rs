//! The variables that a process has to have: which they are, and whether this one has them.
//!
//! They are set by the judge when it starts the process, never from inside: other threads may read them at any time,
//! and code keeps what it read once.

#![expect(
    clippy::disallowed_methods,
    reason = "what has to be known is what the environment of the process holds"
)]

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

use crate::hex::{hex, unhex};

/// Variables by name, in the order declared; `None` for one that is not set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Environment(Vec<(String, Option<OsString>)>);

impl Environment {
    /// One more variable. No variable can hold a zero byte, so such a value loses it.
    pub(crate) fn set(&mut self, name: &str, value: Option<OsString>) {
        let without_zeros =
            |value: OsString| OsString::from_bytes_of(bytes(&value).into_iter().filter(|it| *it != 0));
        self.0.push((name.to_string(), value.map(without_zeros)));
    }

    /// Whether this process has the variables.
    pub(crate) fn is_that_of_this_process(&self) -> bool {
        self.0.iter().all(|(name, value)| std::env::var_os(name) == *value)
    }

    /// Has the process that is started have them.
    pub(crate) fn apply(&self, command: &mut Command) {
        for (name, value) in &self.0 {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
    }

    pub(crate) fn to_json(&self) -> Value {
        let variable = |(name, value): &(String, Option<OsString>)| json!({ "name": name, "value": value.as_ref().map(|value| hex(&bytes(value))) });
        Value::Array(self.0.iter().map(variable).collect())
    }

    pub(crate) fn from_json(value: &Value) -> Option<Self> {
        let variable = |value: &Value| {
            let set = match value["value"].as_str() {
                Some(text) => Some(OsString::from_bytes_of(unhex(text)?)),
                None => None,
            };
            Some((value["name"].as_str()?.to_string(), set))
        };
        value.as_array()?.iter().map(variable).collect::<Option<_>>().map(Self)
    }
}

#[cfg(unix)]
fn bytes(text: &OsStr) -> Vec<u8> {
    std::os::unix::ffi::OsStrExt::as_bytes(text).to_vec()
}

/// Elsewhere a variable is text; what is none is written as if it were.
#[cfg(not(unix))]
fn bytes(text: &OsStr) -> Vec<u8> {
    text.to_string_lossy().into_owned().into_bytes()
}

trait OfBytes {
    fn from_bytes_of(bytes: impl IntoIterator<Item = u8>) -> Self;
}

impl OfBytes for OsString {
    #[cfg(unix)]
    fn from_bytes_of(bytes: impl IntoIterator<Item = u8>) -> Self {
        std::os::unix::ffi::OsStringExt::from_vec(bytes.into_iter().collect())
    }

    #[cfg(not(unix))]
    fn from_bytes_of(bytes: impl IntoIterator<Item = u8>) -> Self {
        String::from_utf8_lossy(&bytes.into_iter().collect::<Vec<u8>>()).into_owned().into()
    }
}

/// What a variable can be set to.
#[diagnostic::on_unimplemented(
    message = "a variable cannot be set to a value of type `{Self}`",
    note = "texts and paths can be, and an `Option` of one, whose `None` leaves it unset"
)]
pub trait Variable {
    /// The text; `None` leaves the variable unset.
    #[doc(hidden)]
    fn variable(self) -> Option<OsString>;
}

macro_rules! texts {
    ($($text:ty),*) => { $(
        impl Variable for $text {
            fn variable(self) -> Option<OsString> {
                Some(self.into())
            }
        }
    )* };
}

texts!(String, OsString, PathBuf);

impl Variable for &str {
    fn variable(self) -> Option<OsString> {
        Some(self.into())
    }
}

impl<V: Variable> Variable for Option<V> {
    fn variable(self) -> Option<OsString> {
        self.and_then(V::variable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_survive_the_way_to_the_judge() {
        let mut environment = Environment::default();
        environment.set("A", Some("\u{e9}\0=b".into()));
        environment.set("B", None);
        assert_eq!(Environment::from_json(&environment.to_json()), Some(environment.clone()));
        assert_eq!(environment.0[0].1, Some("\u{e9}=b".into()), "no variable can hold a zero");
    }

    #[test]
    fn a_process_has_the_variables_that_are_set_in_it() {
        let mut environment = Environment::default();
        environment.set("CARGO_PKG_NAME", std::env::var_os("CARGO_PKG_NAME"));
        environment.set("NO_SUCH_VARIABLE_ANYWHERE", None);
        assert!(environment.is_that_of_this_process());
        environment.set("NO_SUCH_VARIABLE_ANYWHERE", Some(OsString::new()));
        assert!(!environment.is_that_of_this_process());
    }
}
