//! The messages that somebody has seen.

use tinyset::SetU64;

/// Numbers of messages.
pub struct Seen(SetU64);

impl Seen {
    pub fn new() -> Self {
        Seen(SetU64::new())
    }

    /// Whether it is seen for the first time.
    pub fn see(&mut self, message: u64) -> bool {
        self.0.insert(message)
    }

    /// Whether it had been seen.
    pub fn forget(&mut self, message: u64) -> bool {
        self.0.remove(message)
    }

    pub fn has_seen(&self, message: u64) -> bool {
        self.0.contains(message)
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// All of them, the lowest first.
    pub fn all(&self) -> Vec<u64> {
        let mut all: Vec<u64> = self.0.iter().collect();
        all.sort_unstable();
        all
    }
}
