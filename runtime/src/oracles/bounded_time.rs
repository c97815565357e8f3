use std::sync::Arc;

use constraints_wire::measure::Dimension;

use crate::case::Case;
use crate::isolate::{Test, run};
use crate::measure::{Gauge, Labour, Limits};
use crate::stop::Stop;

/// Holds when the work of a call grows no faster with its input than the limits allow.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn bounded_time(id: &str, limits: Limits, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    let gauge = Arc::new(Gauge::of_growth(&Labour, limits.of(Dimension::Count)));
    let weighing = |case: &mut Case<'_>| {
        case.weigh(&gauge);
        body(case)
    };
    run(&Test::new(id, "bounded_time", "bounded time", &weighing).measuring(&gauge));
}
