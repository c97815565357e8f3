use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Condvar, Mutex};

use super::*;
use crate::dictionary::Dictionary;
use crate::generate::integer;
use crate::random::Random;
use crate::search::{Body, End, Failure, execute};
use crate::source::Source;
use crate::tracked::tracked;
use crate::walk::alone;

/// The first failure of the body, and how its values look.
fn broken(body: Body<'_>, cases: u64) -> Option<(Failure, Vec<String>)> {
    let dictionary = Dictionary::default();
    for index in 0..cases {
        let source = Source::fresh(Random::for_case(3, index), &dictionary, index, &[], false).showing();
        let run = execute(body, source, &mut |_, _| {});
        if let End::Failed(failure) = run.end {
            let shown = run.values.into_iter().map(|shown| format!("{} = {}", shown.name, shown.text));
            return Some((failure, shown.collect()));
        }
    }
    None
}

/// A counter whose steps are `add`, which gives how many there were, and `get`.
fn counter(case: &mut Case<'_>, add: fn(&AtomicU32, u32) -> u32) -> Result<(), Stop> {
    case.walk(0, 14, &[]);
    let mut steps = together(2, || AtomicU32::new(0));
    while let Some(step) = case.next_step(&["add", "get"])? {
        if step == 0 {
            let more = case.argument("more", integer::<u8>())?;
            steps.takes(case, move |it, _| add(it, more.into()).to_string());
        } else {
            steps.takes(case, |it, said| {
                let now = it.load(Ordering::SeqCst);
                said.holds("now < 100000", now < 100_000);
                now.to_string()
            });
        }
    }
    case.explained(&steps)
}

#[test]
fn an_addition_that_gets_lost_has_no_explanation() {
    let _alone = alone();
    let torn = |it: &AtomicU32, more| {
        let before = it.load(Ordering::SeqCst);
        std::thread::yield_now();
        it.store(before.wrapping_add(more), Ordering::SeqCst);
        before
    };
    let (failure, steps) = broken(&|case: &mut Case<'_>| counter(case, torn), 3_000).expect("it is lost");
    assert!(failure.seen.starts_with("no order does: "), "{failure:?}");
    assert!(steps.iter().any(|step| step.starts_with("thread ") && step.contains("add(")), "{steps:?}");
    let whole = |it: &AtomicU32, more| it.fetch_add(more, Ordering::SeqCst);
    assert_eq!(broken(&|case: &mut Case<'_>| counter(case, whole), 200), None);
}

#[test]
fn an_element_given_to_two_threads_is_found() {
    let _alone = alone();
    let body = |case: &mut Case<'_>| {
        case.walk(0, 14, &[]);
        // A box that two can open at once.
        let mut steps = together_like(3, || Mutex::new(Vec::new()), Vec::<crate::tracked::Tracked>::new);
        while let Some(step) = case.next_step(&["put", "take"])? {
            if step == 0 {
                let item = case.argument("item", tracked())?;
                let again = item.clone();
                steps.takes_as(
                    case,
                    move |it, _| {
                        it.lock().expect("locked").push(item.clone());
                        String::new()
                    },
                    move |model| {
                        model.push(again.clone());
                        String::new()
                    },
                );
            } else {
                steps.takes_as(
                    case,
                    |it, _| {
                        let seen = it.lock().expect("locked").last().cloned();
                        std::thread::yield_now();
                        let _ = it.lock().expect("locked").pop();
                        format!("{seen:?}")
                    },
                    |model| format!("{:?}", model.pop()),
                );
            }
        }
        case.explained(&steps)
    };
    let (failure, _) = broken(&body, 3_000).expect("it is found");
    assert!(failure.expected.starts_with("in some order"), "{failure:?}");
}

#[test]
fn threads_that_wait_for_each_other_are_told() {
    let _alone = alone();
    let body = |case: &mut Case<'_>| {
        case.walk(1, 1, &[]);
        let mut steps = together(2, || (Mutex::new(false), Condvar::new()));
        while case.next_step(&["wait"])?.is_some() {
            steps.takes(case, |it, _| {
                let mut begun = it.0.lock().expect("locked");
                // Only the threads of a crew have no name.
                if std::thread::current().name().is_none() {
                    while !*begun {
                        begun = it.1.wait(begun).expect("woken");
                    }
                }
                String::new()
            });
        }
        case.explained(&steps)
    };
    let (failure, _) = broken(&body, 50).expect("nobody wakes it");
    assert_eq!(failure.expected, "every step comes back");
    assert_eq!(failure.seen, "`wait` did not within a second");
}

#[test]
fn answers_that_differ_in_any_case_are_not_compared() {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let _alone = alone();
    let body = |case: &mut Case<'_>| {
        case.walk(0, 6, &[]);
        let mut steps = together(2, || ());
        while case.next_step(&["number"])?.is_some() {
            steps.takes(case, |(), _| NUMBER.fetch_add(1, Ordering::SeqCst).to_string());
        }
        case.explained(&steps)
    };
    assert_eq!(broken(&body, 200), None);
}

#[test]
fn a_panic_and_a_broken_promise_of_a_step_are_told() {
    let _alone = alone();
    let body = |is_quiet: bool| {
        move |case: &mut Case<'_>| {
            case.walk(2, 8, &[]);
            let mut steps = together(2, || AtomicU32::new(0));
            while case.next_step(&["enter"])?.is_some() {
                steps.takes(case, move |it, said| {
                    let others = it.fetch_add(1, Ordering::SeqCst);
                    std::thread::yield_now();
                    it.fetch_sub(1, Ordering::SeqCst);
                    said.holds("others == 0", is_quiet || others == 0);
                    assert!(!is_quiet || others == 0, "{others} inside");
                    String::new()
                });
            }
            case.explained(&steps)
        }
    };
    let (failure, _) = broken(&body(false), 3_000).expect("they meet");
    assert_eq!(failure.expected, "others == 0");
    assert_eq!(failure.seen, "it is false after `enter`, with other threads about");
    let (failure, _) = broken(&body(true), 3_000).expect("they meet");
    assert_eq!(failure.expected, "no step panics, whatever other threads do");
    assert!(failure.seen.contains("1 inside"), "{failure:?}");
}

#[test]
fn an_element_that_is_used_while_another_thread_drops_it_is_found_in_haste() {
    let _alone = alone();
    let body = |case: &mut Case<'_>| {
        case.walk(2, 14, &[]);
        let mut steps = together(2, || {
            let element = Box::into_raw(Box::new(crate::tracked::Tracked::new(0)));
            std::sync::atomic::AtomicPtr::new(element)
        });
        while case.next_step(&["renew"])?.is_some() {
            steps.takes(case, |it, _| {
                let new = Box::into_raw(Box::new(crate::tracked::Tracked::new(0)));
                let old = it.load(Ordering::SeqCst);
                it.store(new, Ordering::SeqCst);
                // SAFETY: two threads that drop one element is what the test is about; it owns nothing, and its
                // memory stays.
                unsafe { old.drop_in_place() };
                String::new()
            });
        }
        case.explained(&steps)
    };
    let (failure, _) = broken(&body, 20_000).expect("both drop it");
    assert_eq!(failure.expected, crate::tracked::SOUND);
}
