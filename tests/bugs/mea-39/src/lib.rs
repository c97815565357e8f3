//! A ferry with places for cars.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;
use std::time::Duration;

use mea::semaphore::{OwnedSemaphorePermit, Semaphore};

/// The ferry; clones are the same ferry.
#[derive(Clone, Debug)]
pub struct Ferry {
    places: Arc<Semaphore>,
    on_board: Arc<AtomicUsize>,
}

/// Cars that stand on the ferry, until this is dropped.
#[derive(Debug)]
pub struct Group {
    cars: usize,
    on_board: Arc<AtomicUsize>,
    _places: OwnedSemaphorePermit,
}

impl Ferry {
    pub fn new(places: usize) -> Ferry {
        Ferry { places: Arc::new(Semaphore::new(places)), on_board: Arc::default() }
    }

    /// A group drives on board together, as soon as there is room for all its cars.
    pub async fn board(&self, cars: usize) -> Group {
        let places = self.places.clone().acquire_owned(cars).await;
        self.group(cars, places)
    }

    /// A group drives on board if there is room now.
    pub fn try_board(&self, cars: usize) -> Option<Group> {
        let places = self.places.clone().try_acquire_owned(cars)?;
        Some(self.group(cars, places))
    }

    /// A ferry with a group on board that leaves in a moment.
    pub async fn arriving(places: usize, cars: usize) -> Ferry {
        let ferry = Ferry::new(places);
        let group = ferry.try_board(cars);
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(2)).await;
            drop(group);
        });
        ferry
    }

    /// Places without a car.
    pub fn free(&self) -> usize {
        self.places.available_permits()
    }

    /// Cars on board.
    pub fn on_board(&self) -> usize {
        self.on_board.load(Ordering::SeqCst)
    }

    fn group(&self, cars: usize, places: OwnedSemaphorePermit) -> Group {
        self.on_board.fetch_add(cars, Ordering::SeqCst);
        Group { cars, on_board: self.on_board.clone(), _places: places }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.on_board.fetch_sub(self.cars, Ordering::SeqCst);
    }
}
