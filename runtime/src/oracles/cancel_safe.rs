use std::collections::BTreeSet;
use std::time::Duration;

use constraints_wire::Shown;

use crate::case::Case;
use crate::during::during;
use crate::isolate::{Test, run};
use crate::panics;
use crate::search::{Body, End, Execution, execute};
use crate::source::{Source, Values};
use crate::stop::{By, Stop};
use crate::turns::{State, Turns};

/// Holds when the body's statement is true wherever its call is dropped while it waits.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn cancel_safe(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    let dropping = |case: &mut Case<'_>| everywhere(case, &body);
    run(&Test::new(id, "cancel_safe", EXPECTED, &dropping));
}

/// What has to be true, in words.
const EXPECTED: &str = "the call can be dropped wherever it waits";
/// The same of what runs when it is dropped.
const DROPS: &str = "dropping the call does not panic";
/// What is shown of where the call was dropped.
const WHERE: &str = "dropped at";
/// How long what a call has started may take to end; and once more, before that speaks against it.
const SETTLING: [Duration; 2] = [Duration::from_micros(500), Duration::from_millis(20)];
/// A call that waits more often is dropped at so many of its waits in each case.
const EACH: usize = 12;

impl Case<'_> {
    /// Calls the target, and drops what it gave where this run is to; goes on only where it was dropped.
    pub fn cancel(&mut self, call: impl FnOnce(&Turns)) -> Result<(), Stop> {
        self.taken(false, call)
    }

    /// The same for a target that may panic, which is then at its end.
    pub fn cancel_or_panic(&mut self, call: impl FnOnce(&Turns)) -> Result<(), Stop> {
        self.taken(true, call)
    }

    fn taken(&mut self, may_panic: bool, call: impl FnOnce(&Turns)) -> Result<(), Stop> {
        let turns = self.take_turns();
        let ended = self.call(|| panics::catch(|| call(&turns)))?;
        match ended {
            Err(panic) if turns.state() == State::Dropping => {
                let seen = format!("panicked while it was dropped: {}", panic.message);
                return Err(Stop::failed(DROPS, seen, panic.place));
            }
            Err(panic) if !may_panic => {
                return Err(Stop::failed("", format!("panicked: {}", panic.message), panic.place));
            }
            Err(_) | Ok(()) => {}
        }
        let goes_on = !turns.counts() && turns.state() == State::Dropped;
        self.put_turns(turns);
        // Where nothing was dropped there is nothing to judge.
        if goes_on { Ok(()) } else { Err(Stop::rejected_by(By::Wait)) }
    }
}

/// Looks how often the call waits, and drops it at each of these waits, with the same values made anew.
fn everywhere(case: &mut Case<'_>, body: Body<'_>) -> Result<(), Stop> {
    let first = during(|| body(case));
    let Some(waits) = case.counted() else { return first };
    let mut is_judged = false;
    for after in points(waits, case.fingerprint()) {
        let place = match after {
            0 => "its start, before it is polled".to_string(),
            after => format!("wait {after} of {waits}"),
        };
        // Before it happens, for the process may die of it.
        case.note_value(WHERE, &place);
        let mut run = dropped(case, body, after, SETTLING[0]);
        if matches!(run.end, End::Failed(_)) {
            run = dropped(case, body, after, SETTLING[1]);
        }
        match run.end {
            End::Failed(failure) => {
                run.details.into_iter().for_each(|Shown { name, text }| case.show_detail(&name, text));
                return Err(Stop::failed(failure.expected, failure.seen, failure.place));
            }
            end => is_judged |= after > 0 && end == End::Held,
        }
    }
    case.forget_value(WHERE);
    if is_judged { Ok(()) } else { Err(Stop::rejected_by(By::Wait)) }
}

/// The case once more, with its call dropped at wait number `after`.
fn dropped(case: &Case<'_>, body: Body<'_>, after: usize, settling: Duration) -> Execution {
    let source = Source::replaying(case.recorded().to_vec(), case.dictionary());
    let source = source.mixing(Values::Hostile).grown();
    let source = if case.is_showing() { source.showing() } else { source };
    let dropping = |case: &mut Case<'_>| {
        case.put_turns(Turns::until(after, settling));
        during(|| body(case))
    };
    execute(&dropping, source, &mut |_, _| {})
}

/// The waits at which a call is dropped: all of them, or the first and last ones and some between, by `chance`.
fn points(waits: usize, chance: u64) -> BTreeSet<usize> {
    if waits <= EACH {
        return (0..=waits).collect();
    }
    let between = (0..EACH as u32 / 2).map(|turn| chance.rotate_left(turn * 9) as usize % waits);
    (0..EACH / 3).chain([waits - 1, waits]).chain(between).collect()
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
    use std::task::Poll;

    use super::*;
    use crate::dictionary::Dictionary;
    use crate::random::Random;
    use crate::turns::scarce;
    use crate::wait::block_on;

    /// The verdict on one case of `body`, and where the call was dropped.
    fn judged(body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) -> String {
        let (random, dictionary) = (Random::for_case(1, 1), Dictionary::default());
        let source = Source::fresh(random, &dictionary, 0, &[], false).showing();
        let run = execute(&|case: &mut Case<'_>| everywhere(case, &body), source, &mut |_, _| {});
        let place = run.values.iter().find(|value| value.name == WHERE);
        let place = place.map(|value| format!("{}: ", value.text)).unwrap_or_default();
        match run.end {
            End::Failed(failure) => format!("{place}{}: {}", failure.expected, failure.seen),
            end => format!("{place}{end:?}"),
        }
    }

    /// Waits once, woken at once.
    async fn wait() {
        let mut has_waited = false;
        let wait = std::future::poll_fn(|context| {
            if std::mem::replace(&mut has_waited, true) {
                return Poll::Ready(());
            }
            context.waker().wake_by_ref();
            Poll::Pending
        });
        wait.await;
    }

    fn take<F: Future<Output = ()>>(case: &mut Case<'_>, call: impl FnOnce() -> F) -> Result<(), Stop> {
        case.cancel(|turns| block_on(turns.take(scarce, async { turns.begin(call()).await })))
    }

    struct Bank {
        left: u32,
        right: u32,
    }

    impl Bank {
        async fn transfer(&mut self, amount: u32, gap: bool) {
            wait().await;
            self.left -= amount;
            if gap {
                wait().await;
            }
            self.right += amount;
            wait().await;
        }
    }

    fn transferred(case: &mut Case<'_>, gap: bool) -> Result<(), Stop> {
        let mut bank = Bank { left: 9, right: 0 };
        take(case, || bank.transfer(4, gap))?;
        case.see("bank.left", || bank.left.to_string());
        case.then("nothing is lost", bank.left + bank.right == 9)
    }

    #[test]
    fn a_call_that_is_dropped_half_way_is_red_at_the_first_wait_where_it_is() {
        assert_eq!(judged(|case| transferred(case, true)), "wait 2 of 3: nothing is lost: it is false");
        assert_eq!(judged(|case| transferred(case, false)), "Held");
    }

    #[test]
    fn what_a_guard_puts_back_is_green() {
        struct Back<'b>(&'b RefCell<Bank>, u32);
        impl Drop for Back<'_> {
            fn drop(&mut self) {
                self.0.borrow_mut().left += self.1;
            }
        }
        let guarded = judged(|case| {
            let bank = RefCell::new(Bank { left: 9, right: 0 });
            take(case, || async {
                bank.borrow_mut().left -= 4;
                let guard = Back(&bank, 4);
                wait().await;
                std::mem::forget(guard);
                bank.borrow_mut().right += 4;
            })?;
            case.then("nothing is lost", bank.borrow().left + bank.borrow().right == 9)
        });
        assert_eq!(guarded, "Held");
    }

    #[test]
    fn what_runs_on_its_own_gets_a_moment_to_end_before_it_is_judged() {
        let started = |seconds: f32| {
            judged(move |case| {
                let is_done = Arc::new(AtomicBool::new(true));
                take(case, || async {
                    is_done.store(false, SeqCst);
                    let done = Arc::clone(&is_done);
                    std::thread::spawn(move || {
                        std::thread::sleep(Duration::from_secs_f32(seconds));
                        done.store(true, SeqCst);
                    });
                    wait().await;
                })?;
                case.then("it is done", is_done.load(SeqCst))
            })
        };
        assert_eq!(started(0.002), "Held");
        assert_eq!(started(5.0), "wait 1 of 1: it is done: it is false");
    }

    #[test]
    fn a_destructor_that_panics_and_a_call_that_does_are_red() {
        struct Bomb;
        impl Drop for Bomb {
            fn drop(&mut self) {
                assert!(std::thread::panicking(), "dropped");
            }
        }
        let bomb = judged(|case| {
            take(case, || async {
                let bomb = Bomb;
                wait().await;
                std::mem::forget(bomb);
            })
        });
        assert_eq!(
            bomb,
            "wait 1 of 1: dropping the call does not panic: panicked while it was dropped: dropped"
        );
        let panics = |case: &mut Case<'_>| take(case, || async { panic!("early") });
        assert_eq!(judged(panics), ": panicked: early");
        let may_panic = judged(|case| {
            case.cancel_or_panic(|turns| {
                let call = async {
                    wait().await;
                    panic!("late")
                };
                block_on(turns.take(scarce, async { turns.begin(call).await }));
            })
        });
        assert_eq!(may_panic, "Held");
    }

    #[test]
    fn a_call_that_never_waits_is_not_judged_but_at_its_start() {
        assert_eq!(judged(|case| take(case, || async {})), "Rejected(Wait)");
        let eager = judged(|case| {
            let is_open = Cell::new(false);
            take(case, || {
                is_open.set(true);
                async { is_open.set(false) }
            })?;
            case.then("it is closed", !is_open.get())
        });
        assert_eq!(eager, "its start, before it is polled: it is closed: it is false");
    }

    #[test]
    fn a_call_that_waits_for_ever_is_dropped_where_it_does() {
        let kept = |is_kept: bool| {
            judged(move |case| {
                let job = Cell::new(Some(1));
                take(case, || async {
                    wait().await;
                    let _taken = if is_kept { job.get() } else { job.take() };
                    std::future::pending::<()>().await;
                })?;
                case.then("the job is there", job.get().is_some())
            })
        };
        assert_eq!(kept(true), "Held");
        assert_eq!(kept(false), "wait 2 of 2: the job is there: it is false");
    }

    #[test]
    fn of_many_waits_the_first_and_last_ones_are_tried_and_others_by_chance() {
        assert_eq!(points(3, 7), (0..=3).collect());
        let [one, other] = [0x9e37_79b9_7f4a_7c15, 0x2545_f491_4f6c_dd1d].map(|chance| points(64, chance));
        for points in [&one, &other] {
            assert!([0, 1, 2, 3, 63, 64].iter().all(|point| points.contains(point)), "{points:?}");
        }
        assert_ne!(one, other);
    }
}
