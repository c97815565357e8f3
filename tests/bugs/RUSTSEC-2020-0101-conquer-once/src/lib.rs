//! Settings that are made once.

use conquer_once::OnceCell;

pub struct Setting<T>(OnceCell<T>);

impl<T> Setting<T> {
    pub fn new() -> Self {
        Setting(OnceCell::uninit())
    }

    pub fn get(&self, make: impl FnOnce() -> T) -> &T {
        self.0.get_or_init(make)
    }
}
