//! Tables of cells.

use toodee::{TooDee, TooDeeOps};

pub struct Table<T>(TooDee<T>);

impl<T> Table<T> {
    pub fn new() -> Self
    where
        T: Default,
    {
        Table(TooDee::default())
    }

    pub fn insert_row<I: ExactSizeIterator<Item = T>>(&mut self, at: usize, row: I) {
        self.0.insert_row(at, row);
    }

    pub fn remove_row(&mut self, at: usize) -> Option<Vec<T>> {
        (at < self.0.num_rows()).then(|| self.0.remove_row(at).collect())
    }

    pub fn rows(&self) -> usize {
        self.0.num_rows()
    }

    pub fn columns(&self) -> usize {
        self.0.num_cols()
    }
}
