//! Bids of an auction; both ends of the list are looked at all the time.

use min_max_heap::MinMaxHeap;

pub struct Bids(MinMaxHeap<u32>);

impl Bids {
    pub fn new() -> Bids {
        Bids(MinMaxHeap::new())
    }

    pub fn add(&mut self, bid: u32) {
        self.0.push(bid);
    }

    /// The lowest bidder gives up.
    pub fn drop_lowest(&mut self) -> Option<u32> {
        self.0.pop_min()
    }

    /// The highest bidder takes the lot and leaves.
    pub fn take_highest(&mut self) -> Option<u32> {
        self.0.pop_max()
    }

    /// The highest bidder changes his mind and bids `bid`.
    pub fn change_highest(&mut self, bid: u32) -> Option<u32> {
        self.0.replace_max(bid)
    }

    pub fn lowest(&self) -> Option<u32> {
        self.0.peek_min().copied()
    }

    pub fn highest(&self) -> Option<u32> {
        self.0.peek_max().copied()
    }

    /// All bids, in no order.
    pub fn all(&self) -> Vec<u32> {
        self.0.iter().copied().collect()
    }
}
