//! Rows of a table, built in or loaded.

use beef::Cow;

pub struct Row<T: Clone + 'static>(Cow<'static, [T]>);

impl<T: Clone + 'static> Row<T> {
    pub fn borrowed(items: &'static [T]) -> Self {
        Row(Cow::borrowed(items))
    }

    pub fn owned(items: Vec<T>) -> Self {
        Row(Cow::owned(items))
    }

    pub fn items(&self) -> &[T] {
        &self.0
    }
}
