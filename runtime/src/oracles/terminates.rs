use std::time::Duration;

use crate::case::Case;
use crate::isolate::{Test, run};
use crate::stop::Stop;

/// Holds when every call comes back within `limit` of processor time, be it with a panic.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn terminates(id: &str, limit: Duration, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    run(&Test::new(id, "terminates", "an answer in time", &body).within(limit).pressing());
}
