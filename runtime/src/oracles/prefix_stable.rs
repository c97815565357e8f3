use crate::case::Case;
use crate::isolate::{Test, run};
use crate::stop::Stop;

/// Holds when an input that comes in pieces gives what it gives as a whole, wherever it is cut.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn prefix_stable(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    run(&Test::new(id, "prefix_stable", "the same answer as for the whole", &body));
}
