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
