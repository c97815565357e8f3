//! A board that looks at everybody each time.

use std::collections::BTreeMap;

pub struct Plain(BTreeMap<u8, i16>);

impl Plain {
    pub fn new() -> Self {
        Plain(BTreeMap::new())
    }

    pub fn set(&mut self, player: u8, points: i16) {
        self.0.insert(player, points);
    }

    pub fn leave(&mut self, player: u8) -> Option<i16> {
        self.0.remove(&player)
    }

    pub fn lowest(&self) -> Option<i16> {
        self.0.values().min().copied()
    }

    pub fn highest(&self) -> Option<i16> {
        self.0.values().max().copied()
    }
}
