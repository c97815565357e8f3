use crate::case::Case;
use crate::isolate::{Test, run};
use crate::stop::Stop;

/// Holds when applying the target to its own result changes nothing more.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn idempotent(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    run(&Test::new(id, "idempotent", "the same result when applied twice", &body));
}
