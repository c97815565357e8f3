//! Threads that take steps on one value at the same time: takes the steps of each, gives what they gave.
//!
//! All of them begin at once, and idle for a moment between steps, so that they meet differently in every round.
//! One that does not come back is told from one that is slow on a busy machine.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::caller::{self, Chance};
use crate::interrupt::{interrupt, prepare};
use crate::panics::{self, Panic};

/// A step on a value that others may use at the same time.
pub(crate) type Shared<T> = Arc<dyn Fn(&T, &Said) -> String + Send + Sync>;

/// What a step states of itself.
#[derive(Debug, Default)]
pub struct Said(std::cell::Cell<Option<&'static str>>);

impl Said {
    /// States what has to be true after the step.
    pub fn holds(&self, text: &'static str, holds: bool) {
        if !holds && self.0.get().is_none() {
            self.0.set(Some(text));
        }
    }

    pub(crate) fn broken(&self) -> Option<&'static str> {
        self.0.get()
    }
}

/// What came of a step.
pub(crate) struct Gave {
    /// Which step.
    pub(crate) step: usize,
    /// How its answer looks.
    pub(crate) looks: Result<String, Panic>,
    /// What it states of itself and is false.
    pub(crate) broken: Option<&'static str>,
    pub(crate) began: Instant,
    pub(crate) ended: Instant,
}

/// What came of a round.
pub(crate) enum Back {
    /// All threads are back: what they gave, thread by thread.
    All(Vec<Gave>),
    /// Some do not come back from these steps.
    Stuck(Vec<usize>),
}

/// Steps of one thread, with their numbers.
type Mine<T> = Vec<(usize, Shared<T>)>;

/// Threads with steps to take.
pub(crate) struct Crew<T> {
    table: Arc<Table<T>>,
    threads: Vec<JoinHandle<()>>,
}

/// What the threads of a crew share.
struct Table<T> {
    steps: Vec<Mine<T>>,
    value: Mutex<Option<Arc<T>>>,
    /// The round that is on.
    round: AtomicUsize,
    ready: AtomicUsize,
    done: AtomicUsize,
    /// How often each thread takes its steps; what they give is told only where that is once.
    times: AtomicUsize,
    /// Steps that each thread has taken.
    at: Vec<AtomicUsize>,
    gave: Mutex<Vec<(usize, Vec<Gave>)>>,
}

/// The round behind the last.
const OVER: usize = usize::MAX;
/// The stack of a thread.
const STACK: usize = 8 << 20;
/// Interruptions of threads that make haste.
const INTERRUPTIONS: u64 = 100;
/// Who makes no step in so many naps, none of them long, is stuck.
const NAPS: usize = 100;
const NAP: Duration = Duration::from_millis(10);

/// Takes a step.
pub(crate) fn take<T>(step: usize, shared: &Shared<T>, value: &T) -> Gave {
    let said = Said::default();
    let began = Instant::now();
    let looks = panics::catch(|| shared(value, &said));
    Gave { step, looks, broken: said.broken(), began, ended: Instant::now() }
}

impl<T: Send + Sync + 'static> Crew<T> {
    /// One thread for each list of steps.
    pub(crate) fn new(steps: Vec<Mine<T>>) -> Self {
        let table = Arc::new(Table {
            at: steps.iter().map(|_| AtomicUsize::new(0)).collect(),
            steps,
            value: Mutex::new(None),
            round: AtomicUsize::new(0),
            times: AtomicUsize::new(1),
            ready: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
            gave: Mutex::new(Vec::new()),
        });
        let threads = (0..table.steps.len()).filter_map(|thread| {
            let table = Arc::clone(&table);
            let work = move || {
                prepare();
                table.work(thread);
            };
            thread::Builder::new().stack_size(STACK).spawn(work).ok()
        });
        let threads = threads.collect();
        Self { table, threads }
    }

    /// Whether nothing happens at the same time.
    pub(crate) fn is_small(&self) -> bool {
        self.threads.len() < 2 && self.table.steps.len() < 2
    }

    /// All steps of all threads on the value, so many times; what they gave is told only where that is once.
    ///
    /// # Panics
    /// If the system gave no thread.
    pub(crate) fn round(&self, value: &Arc<T>, times: usize) -> Back {
        assert_eq!(self.threads.len(), self.table.steps.len(), "a thread could not be started");
        if self.threads.is_empty() {
            return Back::All(Vec::new());
        }
        *self.table.value() = Some(Arc::clone(value));
        self.table.times.store(times, Ordering::SeqCst);
        self.table.ready.store(0, Ordering::SeqCst);
        self.table.done.store(0, Ordering::SeqCst);
        self.table.round.fetch_add(1, Ordering::SeqCst);
        self.threads.iter().for_each(|thread| thread.thread().unpark());
        self.interrupt(times);
        if !self.table.are_back() {
            return Back::Stuck(self.table.stuck());
        }
        *self.table.value() = None;
        let mut gave = std::mem::take(&mut *self.table.gave.lock().unwrap_or_else(PoisonError::into_inner));
        gave.sort_by_key(|(thread, _)| *thread);
        Back::All(gave.into_iter().flat_map(|(_, gave)| gave).collect())
    }
}

impl<T> Crew<T> {
    /// Halts one thread after the other for a moment: now and then, or all the time where they make haste.
    fn interrupt(&self, times: usize) {
        let mut chance = Chance::new(times, self.threads.len());
        let most = if times == 1 { chance.below(4) } else { INTERRUPTIONS };
        for turn in 0..2_000 {
            if most == 0 || self.table.ready.load(Ordering::SeqCst) == self.threads.len() {
                break;
            }
            if turn < 100 { std::hint::spin_loop() } else { thread::yield_now() }
        }
        for _ in 0..most {
            let delay = 1 << chance.below(if times == 1 { 9 } else { 12 });
            chance.wait(delay);
            if self.table.done.load(Ordering::SeqCst) == self.threads.len() {
                return;
            }
            let who = usize::try_from(chance.below(self.threads.len() as u64)).unwrap_or(0);
            interrupt(&self.threads[who], Duration::from_nanos(1_000 << chance.below(7)));
        }
    }
}

impl<T> Drop for Crew<T> {
    fn drop(&mut self) {
        let is_stuck = self.table.done.load(Ordering::SeqCst) < self.table.steps.len()
            && self.table.round.load(Ordering::SeqCst) > 0;
        self.table.round.store(OVER, Ordering::SeqCst);
        for thread in self.threads.drain(..) {
            thread.thread().unpark();
            // Who does not come back is left behind.
            if !is_stuck {
                let _ = thread.join();
            }
        }
    }
}

impl<T> Table<T> {
    fn value(&self) -> std::sync::MutexGuard<'_, Option<Arc<T>>> {
        self.value.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a thread does, round for round.
    fn work(&self, thread: usize) {
        let mut last = 0;
        loop {
            let round = patiently(|| Some(self.round.load(Ordering::SeqCst)).filter(|round| *round != last));
            if round == OVER {
                return;
            }
            last = round;
            let Some(value) = self.value().clone() else { return };
            self.at[thread].store(0, Ordering::SeqCst);
            self.ready.fetch_add(1, Ordering::SeqCst);
            patiently(|| (self.ready.load(Ordering::SeqCst) >= self.steps.len()).then_some(()));
            let mut chance = Chance::new(round, thread);
            // One is early, by more or less.
            let early = 1 << chance.below(10);
            chance.wait(early);
            caller::waver(chance.next());
            let gave = match self.times.load(Ordering::SeqCst) {
                1 => self.carefully(thread, &value, &mut chance),
                times => self.hastily(thread, &value, times),
            };
            caller::waver(0);
            drop(value);
            self.gave.lock().unwrap_or_else(PoisonError::into_inner).push((thread, gave));
            self.done.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// Takes the steps once, and tells what each gave.
    fn carefully(&self, thread: usize, value: &T, chance: &mut Chance) -> Vec<Gave> {
        let mut gave = Vec::with_capacity(self.steps[thread].len());
        for (step, shared) in &self.steps[thread] {
            chance.idle();
            gave.push(take(*step, shared, value));
            self.at[thread].fetch_add(1, Ordering::Relaxed);
        }
        gave
    }

    /// Takes the steps again and again without a pause, and tells of the first that panicked.
    fn hastily(&self, thread: usize, value: &T, times: usize) -> Vec<Gave> {
        let said = Said::default();
        let mut panicked = Vec::new();
        for (step, shared) in (0..times).flat_map(|_| &self.steps[thread]) {
            let began = Instant::now();
            let looks = panics::catch(|| shared(value, &said));
            if looks.is_err() && panicked.is_empty() {
                panicked.push(Gave { step: *step, looks, broken: None, began, ended: Instant::now() });
            }
            self.at[thread].fetch_add(1, Ordering::Relaxed);
        }
        panicked
    }

    /// Waits until all threads are back; not if they make no step any more.
    fn are_back(&self) -> bool {
        let is_back = || self.done.load(Ordering::SeqCst) == self.steps.len();
        for turn in 0..2_000 {
            if is_back() {
                return true;
            }
            if turn < 100 { std::hint::spin_loop() } else { thread::yield_now() }
        }
        let (mut naps, mut before) = (0, usize::MAX);
        while !is_back() {
            let began = Instant::now();
            thread::sleep(NAP);
            let taken = self.at.iter().map(|at| at.load(Ordering::SeqCst)).sum();
            // Whoever sleeps too long shares the machine with many.
            if taken != before {
                (naps, before) = (0, taken);
            } else if began.elapsed() < NAP * 3 {
                naps += 1;
            }
            if naps == NAPS {
                return false;
            }
        }
        true
    }

    /// The steps that threads do not come back from.
    fn stuck(&self) -> Vec<usize> {
        let at = self.at.iter().map(|at| at.load(Ordering::SeqCst));
        let times = self.times.load(Ordering::SeqCst);
        let left = at.zip(&self.steps).filter(|(at, steps)| *at < steps.len() * times);
        left.filter_map(|(at, steps)| steps.get(at % steps.len()).map(|(step, _)| *step)).collect()
    }
}

/// Waits until there is something: first at once, then with ever less haste.
fn patiently<R>(mut look: impl FnMut() -> Option<R>) -> R {
    for turn in 0_u32.. {
        if let Some(found) = look() {
            return found;
        }
        match turn {
            0..200 => std::hint::spin_loop(),
            200..400 => thread::yield_now(),
            _ => thread::park_timeout(Duration::from_micros(200)),
        }
    }
    unreachable!("whoever waits is woken")
}
