//! A value once more, although what follows takes it away.

/// A value that a method takes away and that is needed again: a clone of it; where its type has no `Clone`, an answer
/// with what is inside by reference, and any other value by reference.
#[macro_export]
macro_rules! again {
    ($value:expr $(,)?) => {{
        #[allow(unused_imports)]
        use $crate::v1::{ByClone as _, ByPart as _, ByReference as _};
        (&&$crate::v1::Again(&$value)).again()
    }};
}

/// Carries a value to the right way of having it again: method lookup tries [`ByClone`] first, then [`ByPart`].
#[derive(Clone, Copy)]
pub struct Again<'a, T: ?Sized>(pub &'a T);

impl<T: ?Sized> std::fmt::Debug for Again<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Again")
    }
}

/// Values of types with `Clone`.
pub trait ByClone {
    /// What there is again.
    type Value;

    /// A clone.
    fn again(&self) -> Self::Value;
}

impl<T: Clone> ByClone for &Again<'_, T> {
    type Value = T;

    fn again(&self) -> T {
        self.0.clone()
    }
}

/// Answers whose parts have no `Clone`.
pub trait ByPart {
    /// What there is again.
    type Value;

    /// The answer, over what is inside.
    fn again(&self) -> Self::Value;
}

impl<'a, T> ByPart for &&Again<'a, Option<T>> {
    type Value = Option<&'a T>;

    fn again(&self) -> Self::Value {
        self.0.as_ref()
    }
}

impl<'a, T, E> ByPart for &&Again<'a, Result<T, E>> {
    type Value = Result<&'a T, &'a E>;

    fn again(&self) -> Self::Value {
        self.0.as_ref()
    }
}

/// All other values.
pub trait ByReference {
    /// What there is again.
    type Value;

    /// A reference.
    fn again(&self) -> Self::Value;
}

impl<'a, T: ?Sized> ByReference for Again<'a, T> {
    type Value = &'a T;

    fn again(&self) -> &'a T {
        self.0
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_clone_where_there_is_one_and_else_what_is_inside() {
        #[derive(Debug)]
        struct Plain(u8);
        let answer: Result<Plain, String> = Ok(Plain(3));
        assert!(again!(answer).is_ok() && again!(answer).unwrap().0 == 3);
        let some = Some(Plain(4));
        assert_eq!(again!(some).map(|it| it.0), Some(4));
        let list: Result<Vec<u8>, ()> = Ok(vec![1]);
        assert_eq!(again!(list).unwrap(), again!(list).unwrap_or_default());
        assert_eq!(again!(Plain(5)).0, 5);
    }
}
