use std::sync::Arc;

use constraints_wire::measure::Dimension;

use crate::case::Case;
use crate::isolate::{Test, run};
use crate::measure::{Gauge, Limits, Peak};
use crate::stop::Stop;

/// Holds when no input makes the call have more on the heap at a time than the limits allow.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn bounded_memory(id: &str, limits: Limits, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    let gauge = Arc::new(Gauge::of_contents(&Peak, limits.of(Dimension::Bytes)));
    let weighing = |case: &mut Case<'_>| {
        case.weigh(&gauge);
        body(case)
    };
    run(&Test::new(id, "bounded_memory", "bounded memory", &weighing).measuring(&gauge));
}
