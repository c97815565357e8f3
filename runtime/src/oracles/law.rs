use crate::case::Case;
use crate::isolate::{Test, run};
use crate::stop::Stop;

/// Holds when the body's statement is true for every input that passes its precondition.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn law(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    run(&Test::new(id, "law", "an answer for which the law can be judged", &body));
}
