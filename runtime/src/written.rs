//! What a target wrote, as bytes, whatever type it gave.

use std::ffi::OsStr;
use std::fmt::Display;
use std::process::Command;

/// What a target wrote: its text or bytes, or a list of such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// One text.
    One(Vec<u8>),
    /// A list of texts.
    Many(Vec<Vec<u8>>),
}

impl Written {
    /// The whole as one text, lines for a list; what is not UTF-8 becomes the replacement character.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes()).into_owned()
    }

    /// The whole as bytes.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        match self {
            Self::One(bytes) => bytes.clone(),
            Self::Many(all) => all.join(&b'\n'),
        }
    }
}

/// What an answer says as text: bytes and texts as they are, lists of them, commands, and all that has `Display`.
#[macro_export]
macro_rules! written {
    ($answer:expr $(,)?) => {{
        #[allow(unused_imports)]
        use $crate::v1::BytesWritten as _;
        #[allow(unused_imports)]
        use $crate::v1::{CommandWritten as _, DisplayWritten as _, ListWritten as _, PathWritten as _};
        (&&&&&$crate::v1::Saying(&$answer)).written()
    }};
}

/// Carries an answer to the right way of asking it: method lookup tries the most borrowed first.
#[derive(Clone, Copy)]
pub struct Saying<'a, T: ?Sized>(pub &'a T);

impl<T: ?Sized> std::fmt::Debug for Saying<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Saying")
    }
}

/// Texts and bytes.
pub trait BytesWritten {
    /// As they are.
    fn written(&self) -> Written;
}

impl<T: AsRef<[u8]> + ?Sized> BytesWritten for &&&&Saying<'_, T> {
    fn written(&self) -> Written {
        Written::One(self.0.as_ref().to_vec())
    }
}

/// Lists of texts or bytes.
pub trait ListWritten {
    /// Each as it is.
    fn written(&self) -> Written;
}

impl<I, T> ListWritten for &&&Saying<'_, T>
where
    I: AsRef<OsStr>,
    T: ?Sized,
    for<'a> &'a T: IntoIterator<Item = &'a I>,
{
    fn written(&self) -> Written {
        Written::Many(self.0.into_iter().map(|item| item.as_ref().as_encoded_bytes().to_vec()).collect())
    }
}

/// Names of files.
pub trait PathWritten {
    /// Their bytes.
    fn written(&self) -> Written;
}

impl<T: AsRef<OsStr> + ?Sized> PathWritten for &&Saying<'_, T> {
    fn written(&self) -> Written {
        Written::One(self.0.as_ref().as_encoded_bytes().to_vec())
    }
}

/// Everything with `Display`.
pub trait DisplayWritten {
    /// Its text.
    fn written(&self) -> Written;
}

impl<T: Display + ?Sized> DisplayWritten for &Saying<'_, T> {
    fn written(&self) -> Written {
        Written::One(self.0.to_string().into_bytes())
    }
}

/// Commands.
pub trait CommandWritten {
    /// The program and its arguments.
    fn written(&self) -> Written;
}

impl CommandWritten for Saying<'_, Command> {
    fn written(&self) -> Written {
        let words = std::iter::once(self.0.get_program()).chain(self.0.get_args());
        Written::Many(words.map(|word| word.as_encoded_bytes().to_vec()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::Written;

    fn one(text: &str) -> Written {
        Written::One(text.as_bytes().to_vec())
    }

    #[expect(clippy::disallowed_methods, reason = "the command is never started")]
    #[test]
    fn every_sort_of_answer_says_its_text() {
        assert_eq!(written!("a"), one("a"));
        assert_eq!(written!(String::from("a")), one("a"));
        assert_eq!(written!(vec![b'a']), one("a"));
        assert_eq!(written!(std::borrow::Cow::Borrowed("a") as std::borrow::Cow<'_, str>), one("a"));
        assert_eq!(written!(std::path::PathBuf::from("a")), one("a"));
        assert_eq!(written!(7), one("7"));
        let many = Written::Many(vec![b"a".to_vec(), b"b".to_vec()]);
        assert_eq!(written!(vec!["a", "b"]), many);
        assert_eq!(written!(vec![String::from("a"), String::from("b")]), many);
        let mut command = std::process::Command::new("a");
        command.arg("b");
        assert_eq!(written!(command), many);
        assert_eq!(many.text(), "a\nb");
    }
}
