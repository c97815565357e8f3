//! A calendar that can be copied cheaply: which minutes are taken, and which of them come next.

use im::OrdSet;
use std::collections::BTreeSet;

/// The minutes that are taken.
#[derive(Clone, Debug, Default)]
pub struct Calendar(OrdSet<u32>);

impl Calendar {
    /// Nothing is taken.
    pub fn new() -> Self {
        Calendar::default()
    }

    /// Takes a minute.
    pub fn take(&mut self, minute: u32) {
        self.0.insert(minute);
    }

    /// Takes `times` minutes from `first` on, each `every` minutes after the one before.
    pub fn take_series(&mut self, first: u32, every: u8, times: u8) {
        for at in 0..u32::from(times) {
            self.0.insert(first.saturating_add(at * u32::from(every)));
        }
    }

    /// Frees a minute; was it taken?
    pub fn free(&mut self, minute: u32) -> bool {
        self.0.remove(&minute).is_some()
    }

    /// Is a minute taken?
    pub fn is_taken(&self, minute: u32) -> bool {
        self.0.contains(&minute)
    }

    /// The first minute that is taken, from `minute` on.
    pub fn next(&self, minute: u32) -> Option<u32> {
        self.0.range(minute..).next().copied()
    }

    /// How many minutes are taken.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Is nothing taken?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The same with the set of the standard library.
#[derive(Clone, Debug, Default)]
pub struct Plain(BTreeSet<u32>);

impl Plain {
    /// Nothing is taken.
    pub fn new() -> Self {
        Plain::default()
    }

    /// Takes a minute.
    pub fn take(&mut self, minute: u32) {
        self.0.insert(minute);
    }

    /// Takes `times` minutes from `first` on, each `every` minutes after the one before.
    pub fn take_series(&mut self, first: u32, every: u8, times: u8) {
        for at in 0..u32::from(times) {
            self.0.insert(first.saturating_add(at * u32::from(every)));
        }
    }

    /// Frees a minute; was it taken?
    pub fn free(&mut self, minute: u32) -> bool {
        self.0.remove(&minute)
    }

    /// Is a minute taken?
    pub fn is_taken(&self, minute: u32) -> bool {
        self.0.contains(&minute)
    }

    /// The first minute that is taken, from `minute` on.
    pub fn next(&self, minute: u32) -> Option<u32> {
        self.0.range(minute..).next().copied()
    }

    /// How many minutes are taken.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Is nothing taken?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
