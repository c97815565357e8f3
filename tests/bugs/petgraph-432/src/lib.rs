//! Who follows whom.

use petgraph::graphmap::DiGraphMap;

/// People by their numbers, and whom they follow.
#[derive(Default)]
pub struct Circle(DiGraphMap<u8, ()>);

impl Circle {
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets one person follow another one; both join if they are new.
    pub fn follow(&mut self, who: u8, whom: u8) -> bool {
        self.0.add_edge(who, whom, ()).is_none()
    }

    /// Ends it; whether there was something to end.
    pub fn unfollow(&mut self, who: u8, whom: u8) -> bool {
        self.0.remove_edge(who, whom).is_some()
    }

    /// Takes a person out of the circle.
    pub fn leave(&mut self, who: u8) -> bool {
        self.0.remove_node(who)
    }

    /// All pairs of who follows whom, sorted.
    pub fn pairs(&self) -> Vec<(u8, u8)> {
        let mut pairs: Vec<(u8, u8)> = self.0.all_edges().map(|(who, whom, ())| (who, whom)).collect();
        pairs.sort_unstable();
        pairs
    }

    /// Whether a person is in the circle.
    pub fn has(&self, who: u8) -> bool {
        self.0.contains_node(who)
    }
}
