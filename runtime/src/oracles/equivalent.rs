use crate::case::Case;
use crate::isolate::{Test, run};
use crate::stop::Stop;

/// Holds when the target answers like its reference for every input.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn equivalent(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    run(&Test::new(id, "equivalent", "the same answer as the reference", &body));
}
