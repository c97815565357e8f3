use std::sync::Arc;

use constraints_wire::measure::Dimension;

use crate::case::Case;
use crate::isolate::{Test, run};
use crate::measure::{Depth, Gauge, Limits};
use crate::stop::Stop;

/// Holds when no input makes the call go deeper down the stack than the limits allow.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn bounded_stack(id: &str, limits: Limits, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    let gauge = Arc::new(Gauge::new(&Depth, limits.of(Dimension::Bytes)));
    let weighing = |case: &mut Case<'_>| {
        case.weigh(&gauge);
        body(case)
    };
    run(&Test::new(id, "bounded_stack", "bounded stack", &weighing).measuring(&gauge));
}
