//! Wakes whoever waits for something else, when it has waited for long enough.
//!
//! Takes a time and a waker, gives nothing back; one thread serves all. Never looks at what is waited for.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::Waker;
use std::time::Instant;

/// An alarm that was set; letting go of it turns it off.
pub(crate) struct Alarm {
    at: (Instant, u64),
}

impl Alarm {
    /// Wakes `waker` at `time`.
    pub(crate) fn set(time: Instant, waker: Waker) -> Self {
        let bell = bell();
        let mut set = bell.lock();
        set.count += 1;
        let at = (time, set.count);
        set.alarms.insert(at, waker);
        let is_first = set.alarms.first_key_value().is_some_and(|(first, _)| *first == at);
        drop(set);
        if is_first {
            bell.changed.notify_one();
        }
        Self { at }
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        bell().lock().alarms.remove(&self.at);
    }
}

#[derive(Default)]
struct Bell {
    set: Mutex<Set>,
    changed: Condvar,
}

#[derive(Default)]
struct Set {
    alarms: BTreeMap<(Instant, u64), Waker>,
    count: u64,
}

impl Bell {
    fn lock(&self) -> MutexGuard<'_, Set> {
        self.set.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ring(&self) -> ! {
        let mut set = self.lock();
        loop {
            let now = Instant::now();
            set = match set.alarms.first_entry() {
                Some(first) if first.key().0 <= now => {
                    let waker = first.remove();
                    drop(set);
                    waker.wake();
                    self.lock()
                }
                Some(first) => {
                    let time = first.key().0 - now;
                    let waited = self.changed.wait_timeout(set, time);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
                None => self.changed.wait(set).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }
}

/// The one bell, rung by a thread of its own.
fn bell() -> &'static Bell {
    static BELL: OnceLock<&'static Bell> = OnceLock::new();
    BELL.get_or_init(|| {
        let bell: &'static Bell = Box::leak(Box::default());
        let thread = std::thread::Builder::new().name("alarms".to_string());
        thread.spawn(|| bell.ring()).expect("the machine has room for one more thread");
        bell
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    use std::task::Wake;
    use std::time::Duration;

    use super::*;

    #[derive(Default)]
    struct Count(AtomicUsize);

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, SeqCst);
        }
    }

    #[test]
    fn an_alarm_rings_once_and_not_at_all_when_it_was_let_go_of() {
        let [rung, off] = [Arc::new(Count::default()), Arc::new(Count::default())];
        let soon = Instant::now() + Duration::from_millis(5);
        let later = Alarm::set(soon + Duration::from_millis(5), Waker::from(Arc::clone(&rung)));
        let sooner = Alarm::set(soon, Waker::from(Arc::clone(&rung)));
        drop(Alarm::set(soon, Waker::from(Arc::clone(&off))));
        while rung.0.load(SeqCst) < 2 {
            std::thread::yield_now();
        }
        assert!(Instant::now() >= later.at.0);
        std::thread::sleep(Duration::from_millis(5));
        drop((later, sooner));
        assert_eq!([rung.0.load(SeqCst), off.0.load(SeqCst)], [2, 0]);
    }
}
