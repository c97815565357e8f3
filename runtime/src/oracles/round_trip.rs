use crate::case::Case;
use crate::isolate::{Test, run};
use crate::stop::Stop;

/// Holds when the inverse gives back what the target was given, for every input the target accepts.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn round_trip(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    run(&Test::new(id, "round_trip", "the value that went in", &body));
}
