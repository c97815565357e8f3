//! What lives as long as one run of a body on this thread, such as the runtime that its futures are waited for on.
//!
//! Only bodies that are run inside [`during`] have such a thing; in others what is asked for is made anew each time, so
//! that no call profits from what an earlier one has made.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

thread_local! {
    /// The run that goes on, and what it has; one may stand inside another.
    static RUNS: RefCell<Vec<Option<Rc<dyn Any>>>> = const { RefCell::new(Vec::new()) };
}

/// What `start` gives for the run of the body that goes on, now or before.
pub fn during_case<T: 'static>(start: impl FnOnce() -> T) -> Rc<T> {
    let known = RUNS.with_borrow(|runs| runs.last().cloned().flatten());
    if let Some(known) = known.and_then(|known| known.downcast().ok()) {
        return known;
    }
    let made = Rc::new(start());
    RUNS.with_borrow_mut(|runs| {
        if let Some(run) = runs.last_mut() {
            *run = Some(Rc::<T>::clone(&made));
        }
    });
    made
}

/// Whether time that nothing but a timer waits for may be skipped, where somebody can do so.
pub fn skips_time() -> bool {
    RUNS.with_borrow(|runs| !runs.is_empty())
}

/// Runs a body that keeps what it asks for until it ends.
pub(crate) fn during<R>(body: impl FnOnce() -> R) -> R {
    /// Lets go of what the run has, also where it panicked.
    struct Ends;
    impl Drop for Ends {
        fn drop(&mut self) {
            let run = RUNS.with_borrow_mut(Vec::pop);
            drop(run);
        }
    }
    RUNS.with_borrow_mut(|runs| runs.push(None));
    let _ends = Ends;
    body()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn what_a_run_asks_for_is_made_once_and_let_go_of_at_its_end() {
        struct Made(Rc<Cell<u8>>);
        impl Drop for Made {
            fn drop(&mut self) {
                self.0.set(self.0.get() + 1);
            }
        }
        let gone = Rc::new(Cell::new(0));
        let ask = || drop(during_case(|| Made(Rc::clone(&gone))));
        during(|| {
            ask();
            ask();
            assert_eq!(gone.get(), 0);
            during(ask);
            assert_eq!(gone.get(), 1, "one inside has its own");
            assert!(skips_time());
        });
        assert_eq!(gone.get(), 2);
        assert!(!skips_time());
        ask();
        assert_eq!(gone.get(), 3, "outside of a run nothing stays");
    }
}
