//! Tables that threads share.

use parking_lot::RawMutex;

/// A table that one thread at a time works on.
pub type Table<T> = lock_api::Mutex<RawMutex, T>;

/// A row of a table that is locked; the lock may be given back on any thread.
pub struct Row<'a, T>(lock_api::MappedMutexGuard<'a, RawMutex, T>);

impl<'a, T> Row<'a, T> {
    pub fn of<All>(table: &'a Table<All>, row: fn(&mut All) -> &mut T) -> Self {
        Row(lock_api::MutexGuard::map(table.lock(), row))
    }

    pub fn get(&mut self) -> &mut T {
        &mut self.0
    }
}
