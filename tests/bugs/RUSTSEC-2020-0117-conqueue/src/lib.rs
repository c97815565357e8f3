//! A letterbox: anybody puts letters in, one takes them out.

use conqueue::{Queue, QueueReceiver, QueueSender};

/// Where letters go in.
pub struct Slot<T>(QueueSender<T>);

/// Where letters come out.
pub struct Drawer<T>(QueueReceiver<T>);

pub fn letterbox<T>() -> (Slot<T>, Drawer<T>) {
    let (slot, drawer) = Queue::unbounded();
    (Slot(slot), Drawer(drawer))
}

impl<T> Slot<T> {
    pub fn put(&self, letter: T) {
        self.0.push(letter);
    }
}

impl<T> Drawer<T> {
    pub fn take(&mut self) -> Option<T> {
        self.0.pop()
    }
}
