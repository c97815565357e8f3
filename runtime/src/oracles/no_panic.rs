use crate::case::Case;
use crate::isolate::{Test, run};
use crate::stop::Stop;

/// Holds when no input makes the body panic or brings the process down.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn no_panic(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    run(&Test::new(id, "no_panic", "an answer, whatever is passed in", &body));
}
