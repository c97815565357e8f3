//! Every form in which a value of any type can be read: what it has of `Debug`, `Display`, causes, bytes, `Serialize`.

use std::error::Error;
use std::fmt::{Debug, Display};

use serde::Serialize;

/// One form of a value.
#[derive(Debug)]
pub struct Form {
    /// The group it belongs to: `debug`, `display`, `errors` or `serialized`.
    pub(crate) group: &'static str,
    /// What it is, in words.
    pub(crate) what: String,
    /// What stands there.
    pub(crate) bytes: Vec<u8>,
}

/// The forms of a value, as far as they are collected.
#[derive(Debug, Default)]
pub struct Formed(pub(crate) Vec<Form>);

impl Formed {
    fn add(&mut self, group: &'static str, what: &str, bytes: impl Into<Vec<u8>>) {
        self.0.push(Form { group, what: what.to_string(), bytes: bytes.into() });
    }

    /// The bytes of the first form.
    #[doc(hidden)]
    pub fn into_bytes(self) -> Option<Vec<u8>> {
        self.0.into_iter().next().map(|form| form.bytes)
    }

    fn causes(&mut self, error: &(dyn Error + 'static)) {
        let mut cause = error.source();
        for _ in 0..64 {
            let Some(error) = cause else { return };
            self.add("errors", "the message of a cause of the error", error.to_string());
            self.add("errors", "the `Debug` form of a cause of the error", format!("{error:?}"));
            cause = error.source();
        }
    }
}

/// Every form in which a value can be read, those of what a `Result` or an `Option` holds included.
#[macro_export]
macro_rules! forms {
    ($value:expr $(,)?) => {{
        #[allow(unused_imports)]
        use $crate::v1::{
            AnyBytes as _, AnyDisplay as _, AnyError as _, AnyLook as _, AnyParts as _, AnySerialize as _,
            ByBytes as _, ByDisplay as _, ByError as _, ByLook as _, ByOption as _, ByReport as _,
            ByResult as _, BySerialize as _,
        };
        let mut formed = $crate::v1::Formed::default();
        let value = $value;
        $crate::forms_of_part!(value, formed);
        let (first, second) = (&$crate::v1::Forms(value)).parts();
        if let Some(first) = first {
            $crate::forms_of_part!(first, formed);
        }
        if let Some(second) = second {
            $crate::forms_of_part!(second, formed);
        }
        formed
    }};
}

/// What a value is as a secret: its bytes, if it is text or bytes.
#[macro_export]
macro_rules! secret_of {
    ($value:expr $(,)?) => {{
        #[allow(unused_imports)]
        use $crate::v1::{AnyBytes as _, ByBytes as _};
        let mut formed = $crate::v1::Formed::default();
        (&$crate::v1::Forms(&$value)).bytes(&mut formed);
        formed.into_bytes()
    }};
}

/// The forms of a value itself.
#[doc(hidden)]
#[macro_export]
macro_rules! forms_of_part {
    ($value:ident, $formed:ident) => {
        (&$crate::v1::Forms($value)).look(&mut $formed);
        (&$crate::v1::Forms($value)).display(&mut $formed);
        (&$crate::v1::Forms($value)).bytes(&mut $formed);
        (&$crate::v1::Forms($value)).serialize(&mut $formed);
        (&&&$crate::v1::Forms($value)).causes(&mut $formed);
    };
}

/// Carries a value to the forms it has: method lookup passes over those it has not.
#[derive(Clone, Copy)]
pub struct Forms<'a, T: ?Sized>(pub &'a T);

impl<T: ?Sized> Debug for Forms<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Forms")
    }
}

/// A form that types with some trait have, and nothing where they have not.
macro_rules! form {
    ($has:ident: $bound:path, $has_not:ident, $method:ident, |$value:ident, $formed:ident| $add:block) => {
        /// Adds the form.
        pub trait $has {
            /// Adds it.
            fn $method(&self, formed: &mut Formed);
        }

        impl<T: $bound + ?Sized> $has for Forms<'_, T> {
            fn $method(&self, $formed: &mut Formed) {
                let $value = self.0;
                $add
            }
        }

        /// Adds nothing.
        pub trait $has_not {
            /// Adds nothing.
            fn $method(&self, _: &mut Formed) {}
        }

        impl<T: ?Sized> $has_not for &Forms<'_, T> {}
    };
}

form!(ByLook: Debug, AnyLook, look, |value, formed| {
    formed.add("debug", "its `Debug` form", format!("{value:?}"));
    formed.add("debug", "its `{:#?}` form", format!("{value:#?}"));
});
form!(ByDisplay: Display, AnyDisplay, display, |value, formed| {
    formed.add("display", "its text", value.to_string());
    formed.add("display", "its `{:#}` form", format!("{value:#}"));
});
form!(ByBytes: AsRef<[u8]>, AnyBytes, bytes, |value, formed| {
    formed.add("display", "its bytes", value.as_ref());
});
form!(BySerialize: Serialize, AnySerialize, serialize, |value, formed| {
    if let Ok(text) = serde_json::to_string(value) {
        formed.add("serialized", "its serialized form", text);
    }
});

/// Adds the causes of an error.
pub trait ByError {
    /// Adds them.
    fn causes(&self, formed: &mut Formed);
}

impl<T: Error + 'static> ByError for &&Forms<'_, T> {
    fn causes(&self, formed: &mut Formed) {
        formed.causes(self.0);
    }
}

/// Adds the causes of what holds an error, as a `Box<dyn Error>` does.
pub trait ByReport {
    /// Adds them.
    fn causes(&self, formed: &mut Formed);
}

impl<T: AsRef<dyn Error + Send + Sync>> ByReport for &Forms<'_, T> {
    fn causes(&self, formed: &mut Formed) {
        formed.causes(self.0.as_ref());
    }
}

impl ByReport for &&&Forms<'_, Box<dyn Error>> {
    fn causes(&self, formed: &mut Formed) {
        formed.causes(self.0.as_ref());
    }
}

/// Adds nothing.
pub trait AnyError {
    /// Adds nothing.
    fn causes(&self, _: &mut Formed) {}
}

impl<T: ?Sized> AnyError for Forms<'_, T> {}

/// What a `Result` holds.
pub trait ByResult<'a> {
    /// What an `Ok` holds.
    type First;
    /// What an `Err` holds.
    type Second;
    /// What it holds.
    fn parts(&self) -> (Option<&'a Self::First>, Option<&'a Self::Second>);
}

impl<'a, T, E> ByResult<'a> for Forms<'a, Result<T, E>> {
    type First = T;
    type Second = E;
    fn parts(&self) -> (Option<&'a T>, Option<&'a E>) {
        match self.0 {
            Ok(value) => (Some(value), None),
            Err(error) => (None, Some(error)),
        }
    }
}

/// What an `Option` holds.
pub trait ByOption<'a> {
    /// What a `Some` holds.
    type First;
    /// What it holds.
    fn parts(&self) -> (Option<&'a Self::First>, Option<&'a ()>);
}

impl<'a, T> ByOption<'a> for Forms<'a, Option<T>> {
    type First = T;
    fn parts(&self) -> (Option<&'a T>, Option<&'a ()>) {
        (self.0.as_ref(), None)
    }
}

/// What other values hold is not looked into: their own forms show it.
pub trait AnyParts<'a> {
    /// Nothing.
    fn parts(&self) -> (Option<&'a ()>, Option<&'a ()>) {
        (None, None)
    }
}

impl<T: ?Sized> AnyParts<'_> for &Forms<'_, T> {}

#[cfg(test)]
mod tests {
    use std::fmt;

    use super::*;

    struct Silent;

    #[derive(Debug)]
    struct Outer(std::num::ParseIntError);

    impl fmt::Display for Outer {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("outer")
        }
    }

    impl Error for Outer {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&self.0)
        }
    }

    fn outer() -> Outer {
        Outer("x".parse::<u8>().expect_err("no number"))
    }

    fn what(formed: &Formed) -> Vec<String> {
        let text = |form: &Form| format!("{}: {}", form.what, String::from_utf8_lossy(&form.bytes));
        formed.0.iter().map(text).collect()
    }

    fn has(formed: &Formed, form: &str) {
        assert!(what(formed).iter().any(|it| it == form), "{form} is not in {:#?}", what(formed));
    }

    #[test]
    fn a_value_is_read_in_every_form_it_has() {
        let text = forms!(&"é".to_string());
        for form in ["its `Debug` form: \"é\"", "its text: é", "its bytes: é", "its serialized form: \"é\""]
        {
            has(&text, form);
        }
        assert!(forms!(&Silent).0.is_empty());
        assert_eq!(forms!(&()).0.len(), 3, "`Debug` twice, and serde knows the empty value");
    }

    #[test]
    fn errors_are_read_with_their_causes_wherever_they_stand() {
        let cause = "the message of a cause of the error: invalid digit found in string";
        has(&forms!(&outer()), cause);
        let failed: Result<Silent, Outer> = Err(outer());
        has(&forms!(&failed), cause);
        has(&forms!(&failed), "its text: outer");
        let boxed: Result<u8, Box<dyn Error>> = Err(Box::new(outer()));
        has(&forms!(&boxed), cause);
        let shared: Result<u8, Box<dyn Error + Send + Sync>> = Err(Box::new(outer()));
        has(&forms!(&shared), cause);
        has(&forms!(&Some("inner".to_string())), "its text: inner");
        let passed: Result<&str, Outer> = Ok("fine");
        has(&forms!(&passed), "its text: fine");
    }
}
