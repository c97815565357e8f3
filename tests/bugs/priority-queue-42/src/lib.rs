//! Points of players.

use priority_queue::DoublePriorityQueue;

/// A board of points that knows who is last and who leads.
pub struct Board(DoublePriorityQueue<u8, i16>);

impl Board {
    pub fn new() -> Self {
        Board(DoublePriorityQueue::new())
    }

    pub fn set(&mut self, player: u8, points: i16) {
        if self.0.change_priority(&player, points).is_none() {
            self.0.push(player, points);
        }
    }

    pub fn leave(&mut self, player: u8) -> Option<i16> {
        self.0.remove(&player).map(|(_, points)| points)
    }

    pub fn lowest(&self) -> Option<i16> {
        self.0.peek_min().map(|(_, points)| *points)
    }

    pub fn highest(&self) -> Option<i16> {
        self.0.peek_max().map(|(_, points)| *points)
    }
}
