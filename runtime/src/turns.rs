//! A call that gives a future, taken as far as it is told to and then let go of.
//!
//! Takes the future and the wait at which it is dropped, gives how many waits there were. It is polled again only when
//! somebody wakes it, so that what it waits for is really waited for; where nothing wakes it for a while it waits for
//! ever. After it was dropped what it has started gets a moment to end.
//! Knows no statement and decides nothing about what may be seen afterwards.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

use crate::alarm::Alarm;

/// Takes away operations that a turn has left, so many at most; gives how many it took.
pub type Scarce = fn(&mut Context<'_>, usize) -> usize;

/// Where nothing hands out operations there is nothing to take away.
pub fn scarce(_: &mut Context<'_>, _: usize) -> usize {
    0
}

/// How far the call of a case is taken.
#[derive(Debug, Default)]
pub struct Turns {
    /// The wait at which it is dropped; as far as it goes if nothing is said.
    after: Option<usize>,
    /// How long what it has started may take to end.
    settling: Duration,
    /// How often it has waited.
    waits: Cell<usize>,
    state: Cell<State>,
}

/// What has become of the call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum State {
    /// It goes on.
    #[default]
    Running,
    /// It has come to its end.
    Over,
    /// It is being dropped.
    Dropping,
    /// It was dropped.
    Dropped,
}

/// A call that waits more often is dropped at this wait at the latest.
const MOST: usize = 64;
/// Who is not woken for so long waits for ever: at first, and once that was seen.
const QUIET: [Duration; 2] = [Duration::from_millis(250), Duration::from_millis(30)];
/// A turn that has more operations than this has as many as it likes.
const UNLIMITED: usize = 4_096;
/// Turns that others get after the drop.
const YIELDS: usize = 32;

/// Whether a call has waited for ever before.
static WAITED_FOR_EVER: AtomicBool = AtomicBool::new(false);

/// How long nobody may wake it until it is taken to wait for ever.
fn quiet() -> Duration {
    QUIET[usize::from(WAITED_FOR_EVER.load(SeqCst))]
}

impl Turns {
    /// The call is dropped at its wait number `after`, at 0 before it was polled; what it has started gets so much time.
    pub(crate) fn until(after: usize, settling: Duration) -> Self {
        Self { after: Some(after), settling, ..Self::default() }
    }

    /// How often the call has waited so far.
    pub(crate) fn waits(&self) -> usize {
        self.waits.get()
    }

    pub(crate) fn state(&self) -> State {
        self.state.get()
    }

    /// Whether it is only looked how often the call waits.
    pub(crate) fn counts(&self) -> bool {
        self.after.is_none()
    }

    /// What comes of the call that gave `future`; it is not polled in the turn in which it was made.
    pub async fn begin<F: Future>(&self, future: F) -> F::Output {
        let mut is_made = false;
        let made = std::future::poll_fn(|context| {
            if std::mem::replace(&mut is_made, true) {
                return Poll::Ready(());
            }
            context.waker().wake_by_ref();
            Poll::Pending
        });
        made.await;
        future.await
    }

    /// Takes `future`, which passes through [`Self::begin`], as far as is said, and lets go of it.
    pub fn take<F: Future>(&self, scarce: Scarce, future: F) -> impl Future<Output = ()> {
        Taken {
            turns: self,
            scarce,
            operations: None,
            future: Some(Box::pin(future)),
            polls: 0,
            woken: Arc::default(),
            since: Instant::now(),
            alarm: None,
            yields: 0,
        }
    }
}

/// A future on its way.
struct Taken<'t, F> {
    turns: &'t Turns,
    scarce: Scarce,
    /// How many operations a turn has, once that is known.
    operations: Option<usize>,
    future: Option<Pin<Box<F>>>,
    polls: usize,
    woken: Arc<Woken>,
    /// When it was polled, or others had had their turns.
    since: Instant,
    alarm: Option<Alarm>,
    yields: usize,
}

impl<F: Future> Future for Taken<'_, F> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Some(operations) = self.operations else {
            let operations = (self.scarce)(context, UNLIMITED);
            self.operations = Some(if operations < UNLIMITED { operations } else { 0 });
            // What is left of this turn is not what other turns have.
            context.waker().wake_by_ref();
            return Poll::Pending;
        };
        if self.future.is_none() {
            return self.settle(context);
        }
        if self.polls == 0 || self.woken.is_set.swap(false, SeqCst) {
            return self.advance(operations, context);
        }
        if self.rings(quiet(), context) {
            WAITED_FOR_EVER.store(true, SeqCst);
            return self.let_go(context);
        }
        Poll::Pending
    }
}

impl<F: Future> Taken<'_, F> {
    /// Polls the future, and lets go of it where it has got as far as it is to get.
    fn advance(&mut self, operations: usize, context: &mut Context<'_>) -> Poll<()> {
        let Some(future) = &mut self.future else { return Poll::Ready(()) };
        // None in the first turn and one in each other: all are waited for, as now and then where a task has done many.
        (self.scarce)(context, operations.saturating_sub(usize::from(self.polls > 1)));
        self.woken.pass_on_to(context.waker());
        let waker = Waker::from(Arc::clone(&self.woken));
        let polled = future.as_mut().poll(&mut Context::from_waker(&waker));
        self.polls += 1;
        self.since = Instant::now();
        if polled.is_ready() {
            self.turns.state.set(State::Over);
            self.future = None;
            return Poll::Ready(());
        }
        // The first wait is that of `begin`, and comes before the call's own.
        self.turns.waits.set(self.polls - 1);
        if self.polls > self.turns.after.unwrap_or(MOST).min(MOST) {
            return self.let_go(context);
        }
        if !self.woken.is_set.load(SeqCst) {
            self.rings(quiet(), context);
        }
        Poll::Pending
    }

    fn let_go(&mut self, context: &mut Context<'_>) -> Poll<()> {
        self.turns.state.set(State::Dropping);
        self.future = None;
        self.turns.state.set(State::Dropped);
        self.alarm = None;
        if self.turns.counts() { Poll::Ready(()) } else { self.settle(context) }
    }

    /// Lets others go on, and then waits for a moment.
    fn settle(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if self.yields < YIELDS {
            self.yields += 1;
            self.since = Instant::now();
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if self.rings(self.turns.settling, context) { Poll::Ready(()) } else { Poll::Pending }
    }

    /// Whether nothing has happened for so long; else this is polled again when that is so.
    fn rings(&mut self, time: Duration, context: &Context<'_>) -> bool {
        let due = self.since + time;
        self.alarm = None;
        if Instant::now() >= due {
            return true;
        }
        self.alarm = Some(Alarm::set(due, context.waker().clone()));
        false
    }
}

/// Remembers that it was woken.
#[derive(Default)]
struct Woken {
    is_set: AtomicBool,
    around: Mutex<Option<Waker>>,
}

impl Woken {
    fn pass_on_to(&self, waker: &Waker) {
        let mut around = self.around.lock().unwrap_or_else(PoisonError::into_inner);
        if !around.as_ref().is_some_and(|around| around.will_wake(waker)) {
            *around = Some(waker.clone());
        }
    }
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.is_set.store(true, SeqCst);
        let around = self.around.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(around) = around {
            around.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::wait::block_on;

    const MOMENT: Duration = Duration::from_micros(100);

    /// Waits as often as is said, woken at once.
    async fn waits(times: usize) {
        let mut left = times;
        let wait = std::future::poll_fn(|context| {
            if left == 0 {
                return Poll::Ready(());
            }
            left -= 1;
            context.waker().wake_by_ref();
            Poll::Pending
        });
        wait.await;
    }

    fn taken<F: Future>(turns: &Turns, call: impl FnOnce() -> F) {
        block_on(turns.take(scarce, async { turns.begin(call()).await }));
    }

    #[test]
    fn a_call_is_dropped_at_the_wait_that_is_asked_for() {
        let reached = |after: Option<usize>| {
            let turns = after.map_or_else(Turns::default, |after| Turns::until(after, MOMENT));
            let steps = Rc::new(Cell::new(0));
            taken(&turns, || async {
                for step in 1..=3 {
                    waits(1).await;
                    steps.set(step);
                }
            });
            (steps.get(), turns.waits(), turns.state())
        };
        assert_eq!(reached(None), (3, 3, State::Over));
        assert_eq!(reached(Some(0)), (0, 0, State::Dropped));
        assert_eq!(reached(Some(1)), (0, 1, State::Dropped));
        assert_eq!(reached(Some(3)), (2, 3, State::Dropped));
        assert_eq!(reached(Some(4)), (3, 3, State::Over));
    }

    #[test]
    fn a_call_is_made_before_the_first_wait_and_polled_after_it() {
        let turns = Turns::until(0, MOMENT);
        let (made, polled) = (Cell::new(false), Cell::new(false));
        taken(&turns, || {
            made.set(true);
            async { polled.set(true) }
        });
        assert_eq!((made.get(), polled.get()), (true, false));
    }

    #[test]
    fn a_wake_from_elsewhere_is_waited_for_and_one_that_never_comes_is_not() {
        let turns = Turns::default();
        taken(&turns, || async {
            let mut is_asked = false;
            let answer = std::future::poll_fn(|context| {
                if std::mem::replace(&mut is_asked, true) {
                    return Poll::Ready(());
                }
                let waker = context.waker().clone();
                std::thread::spawn(move || {
                    std::thread::sleep(Duration::from_millis(5));
                    waker.wake();
                });
                Poll::Pending
            });
            answer.await;
            std::future::pending::<()>().await;
        });
        assert_eq!((turns.waits(), turns.state()), (2, State::Dropped));
    }

    thread_local! {
        /// Operations that are left of the turn.
        static LEFT: Cell<usize> = const { Cell::new(0) };
    }

    /// Takes an operation, in this turn or a later one.
    async fn operation() {
        let taken = std::future::poll_fn(|context| {
            if LEFT.get() > 0 {
                LEFT.set(LEFT.get() - 1);
                return Poll::Ready(());
            }
            context.waker().wake_by_ref();
            Poll::Pending
        });
        taken.await;
    }

    #[test]
    fn each_operation_is_waited_for_where_turns_have_few() {
        let few: Scarce = |_, most| {
            let taken = LEFT.get().min(most);
            LEFT.set(LEFT.get() - taken);
            taken
        };
        let turns = Turns::default();
        let call = async {
            operation().await;
            operation().await;
        };
        let mut taken = Box::pin(turns.take(few, async { turns.begin(call).await }));
        block_on(std::future::poll_fn(|context| {
            LEFT.set(128);
            taken.as_mut().poll(context)
        }));
        assert_eq!((turns.waits(), turns.state()), (2, State::Over));
    }

    #[test]
    fn a_call_that_waits_without_end_is_let_go_of() {
        let turns = Turns::default();
        taken(&turns, || waits(usize::MAX));
        assert_eq!((turns.waits(), turns.state()), (MOST, State::Dropped));
    }
}
