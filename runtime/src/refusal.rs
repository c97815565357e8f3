//! What answers say by themselves: whether they refuse, and what they hold.

/// An answer that says whether it is a refusal.
#[diagnostic::on_unimplemented(
    message = "nothing says which values of type `{Self}` are a refusal",
    note = "`Err`, `None` and `false` are; for another type say it with `refused = \"Rust over result\"`"
)]
pub trait Answer {
    /// Whether it is one.
    fn is_refusal(&self) -> bool;
}

impl<T> Answer for Option<T> {
    fn is_refusal(&self) -> bool {
        self.is_none()
    }
}

impl<T, E> Answer for Result<T, E> {
    fn is_refusal(&self) -> bool {
        self.is_err()
    }
}

impl Answer for bool {
    fn is_refusal(&self) -> bool {
        !self
    }
}

/// An answer that may be a refusal.
pub trait Accept {
    /// What it holds when it is none.
    type Inside;
    /// What it holds.
    fn inside(self) -> Option<Self::Inside>;
}

impl<T> Accept for Option<T> {
    type Inside = T;
    fn inside(self) -> Option<T> {
        self
    }
}

impl<T, E> Accept for Result<T, E> {
    type Inside = T;
    fn inside(self) -> Option<T> {
        self.ok()
    }
}

/// Whether an answer is a refusal: `Err`, `None` and `false` are, and no answer of another type is.
#[macro_export]
macro_rules! refuses {
    ($answer:expr $(,)?) => {{
        #[allow(unused_imports)]
        use $crate::v1::{AnyAnswer as _, MayRefuse as _};
        (&$crate::v1::Asked(&$answer)).refuses()
    }};
}

/// Carries an answer to the right way of asking it: method lookup tries [`MayRefuse`] first.
#[derive(Clone, Copy)]
pub struct Asked<'a, T: ?Sized>(pub &'a T);

impl<T: ?Sized> std::fmt::Debug for Asked<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Asked")
    }
}

/// Answers that may be refusals.
pub trait MayRefuse {
    /// Whether this one is.
    fn refuses(&self) -> bool;
}

impl<T> MayRefuse for Asked<'_, Option<T>> {
    fn refuses(&self) -> bool {
        self.0.is_none()
    }
}

impl<T, E> MayRefuse for Asked<'_, Result<T, E>> {
    fn refuses(&self) -> bool {
        self.0.is_err()
    }
}

impl MayRefuse for Asked<'_, bool> {
    fn refuses(&self) -> bool {
        !*self.0
    }
}

/// All other answers.
pub trait AnyAnswer {
    /// They never are refusals.
    fn refuses(&self) -> bool;
}

impl<T: ?Sized> AnyAnswer for &Asked<'_, T> {
    fn refuses(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_answers_that_can_refuse_do() {
        let refused: Result<u8, ()> = Err(());
        assert!(refuses!(refused) && refuses!(None::<u8>) && refuses!(false));
        assert!(!refuses!(Some(0)) && !refuses!(true) && !refuses!(0) && !refuses!(""));
    }
}
