use std::sync::Arc;

use constraints_wire::measure::Dimension;

use crate::case::Case;
use crate::isolate::{Test, run};
use crate::measure::{Allocations, Gauge, Limits};
use crate::stop::Stop;

/// Holds when no input makes the call ask for memory more often than the limits allow.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn allocations(id: &str, limits: Limits, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    let gauge = Arc::new(Gauge::new(&Allocations, limits.of(Dimension::Count)));
    let weighing = |case: &mut Case<'_>| {
        case.weigh(&gauge);
        body(case)
    };
    run(&Test::new(id, "allocations", "few allocations", &weighing).measuring(&gauge));
}
