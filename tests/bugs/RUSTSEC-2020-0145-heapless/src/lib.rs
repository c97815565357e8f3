//! A roll of tickets; how many tickets exist is counted for the shift report.

use heapless::{consts::U16, Vec};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::Arc;

/// Counts itself while it exists.
struct Ticket(Arc<AtomicUsize>);

impl Ticket {
    fn print(count: &Arc<AtomicUsize>) -> Ticket {
        count.fetch_add(1, SeqCst);
        Ticket(count.clone())
    }
}

impl Clone for Ticket {
    fn clone(&self) -> Ticket {
        Ticket::print(&self.0)
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.0.fetch_sub(1, SeqCst);
    }
}

pub struct Roll {
    count: Arc<AtomicUsize>,
    tickets: <Vec<Ticket, U16> as IntoIterator>::IntoIter,
    left: usize,
}

impl Roll {
    pub fn new() -> Roll {
        let count = Arc::default();
        let tickets: Vec<Ticket, U16> = (0..16).map(|_| Ticket::print(&count)).collect();
        Roll { count, tickets: tickets.into_iter(), left: 16 }
    }

    /// Uses up one ticket; `false` when there is none.
    pub fn tear_off(&mut self) -> bool {
        let torn = self.tickets.next().is_some();
        self.left -= usize::from(torn);
        torn
    }

    /// Number of tickets on a copy of the rest of the roll.
    pub fn preview(&self) -> usize {
        self.tickets.clone().count()
    }

    /// Tickets left on the roll.
    pub fn left(&self) -> usize {
        self.left
    }

    /// Tickets that exist anywhere.
    pub fn existing(&self) -> usize {
        self.count.load(SeqCst)
    }
}
