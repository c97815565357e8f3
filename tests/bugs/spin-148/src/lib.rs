//! The port of a service, which is loaded by whichever part of the program needs it first.

use spin::Once;

#[derive(Debug)]
pub struct Port(Once<u16>);

impl Port {
    pub fn new() -> Port {
        Port(Once::new())
    }

    /// The port: the one that was loaded before, or else the one that is loaded now.
    /// If there is nothing to load, nothing is kept, and the next one may try.
    pub fn or_load(&self, load: impl FnOnce() -> Option<u16>) -> Option<u16> {
        self.0.try_call_once(|| load().ok_or(())).ok().copied()
    }

    /// The port that was loaded, if one was.
    pub fn get(&self) -> Option<u16> {
        self.0.get().copied()
    }
}

impl Default for Port {
    fn default() -> Port {
        Port::new()
    }
}
