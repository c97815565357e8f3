//! Waiting numbers of an office.

use roaring::RoaringBitmap;

pub struct Queue(RoaringBitmap);

impl Queue {
    pub fn new() -> Queue {
        Queue(RoaringBitmap::new())
    }

    /// One number is handed out; false if it already was.
    pub fn hand_out(&mut self, number: u8) -> bool {
        self.0.insert(number.into())
    }

    /// A group gets all numbers from `first` to `last`.
    pub fn hand_out_group(&mut self, first: u8, last: u8) {
        self.0.insert_range(u32::from(first)..=u32::from(last));
    }

    /// The `n` smallest numbers are served.
    pub fn serve(&mut self, n: u8) {
        self.0.remove_smallest(n.into());
    }

    /// The `n` largest numbers are sent home.
    pub fn send_home(&mut self, n: u8) {
        self.0.remove_biggest(n.into());
    }

    /// How many wait.
    pub fn waiting(&self) -> u64 {
        self.0.len()
    }

    /// The numbers that wait.
    pub fn list(&self) -> Vec<u32> {
        self.0.iter().collect()
    }
}
