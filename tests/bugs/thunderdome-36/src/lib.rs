//! Seats round a table with twelve places.

use thunderdome::Arena;

const SEATS: u32 = 12;

pub struct Table {
    seats: Arena<u32>,
    guests: u32,
}

impl Table {
    pub fn new() -> Table {
        Table { seats: Arena::new(), guests: 0 }
    }

    /// The next guest takes any seat; `None` when all are taken.
    pub fn sit_down(&mut self) -> Option<u32> {
        if self.seats.len() == SEATS as usize {
            return None;
        }
        self.guests += 1;
        Some(self.seats.insert(self.guests).slot())
    }

    /// The next guest takes the seat `number` steps from the door, round the table if need be.
    /// False if it is taken.
    pub fn sit_at(&mut self, number: u8) -> bool {
        let seat = u32::from(number) % SEATS;
        if self.seats.contains_slot(seat).is_some() {
            return false;
        }
        self.guests += 1;
        self.seats.insert_at_slot(seat, self.guests);
        true
    }

    /// Whoever sits at `number` leaves.
    pub fn leave(&mut self, number: u8) -> Option<u32> {
        let guest = self.seats.remove_by_slot(u32::from(number) % SEATS)?.1;
        Some(guest)
    }

    /// Number of taken seats.
    pub fn taken(&self) -> usize {
        self.seats.len()
    }

    /// Guests in the order of their seats.
    pub fn guests(&self) -> Vec<u32> {
        self.seats.iter().map(|(_, guest)| *guest).collect()
    }
}
