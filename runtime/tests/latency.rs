//! The oracle about how long calls take, against subjects that are known to be good or bad.

use std::hint::black_box;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;

use constraints_runtime::v1 as rt;

use self::support::{red, says};

mod support;

/// Work that takes as long on a quiet machine as on a busy one, of its own processor.
fn work(rounds: u32) -> u32 {
    (0..rounds).fold(7, |sum: u32, n| black_box(sum.rotate_left(3) ^ n))
}

/// The test of a call beside its reference.
macro_rules! beside {
    ($name:literal, $pace:expr, $reference:expr, $target:expr) => {
        rt::latency($name, $pace, |case| {
            case.draw("text", rt::text())?;
            case.beside(|| $reference)?;
            case.timed(|| $target)?;
            Ok(())
        })
    };
}

#[test]
fn ten_times_the_reference_is_red_where_three_are_allowed() {
    let message = red(|| {
        beside!(
            "ten_times_the_reference_is_red_where_three_are_allowed",
            rt::Pace::times(95.0, 3.0),
            work(5_000),
            work(50_000)
        );
    });
    says(&message, &["p95 of at most 3 x the reference", " of the reference", "calls"]);
}

#[test]
fn a_call_that_sleeps_is_red_by_the_clock() {
    let message = red(|| {
        rt::latency("a_call_that_sleeps_is_red_by_the_clock", rt::Pace::seconds(50.0, 0.001), |case| {
            case.draw("text", rt::text())?;
            case.timed(|| std::thread::sleep(Duration::from_millis(12)))?;
            Ok(())
        });
    });
    says(&message, &["p50 of at most 1 ms", "p50 of 1"]);
}

/// Two busy loops for every processor, while a test runs.
fn beside_busy_loops(test: impl FnOnce()) {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 * processors {
            scope.spawn(|| {
                while !is_over.load(Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        test();
        is_over.store(true, Relaxed);
    });
}

#[test]
fn two_times_the_reference_is_green_where_three_are_allowed_beside_busy_loops() {
    beside_busy_loops(|| {
        beside!(
            "two_times_the_reference_is_green_where_three_are_allowed_beside_busy_loops",
            rt::Pace::times(95.0, 3.0),
            work(100_000),
            work(200_000)
        );
    });
}

#[test]
fn a_call_that_is_over_at_once_is_green_whatever_it_is_held_against() {
    beside!(
        "a_call_that_is_over_at_once_is_green_whatever_it_is_held_against",
        rt::Pace::times(95.0, 1.0),
        (),
        black_box(7_u8).wrapping_add(black_box(1))
    );
}
