use crate::case::{Case, Stop};
use crate::isolate::{Test, run};
use crate::measure::Limits;

/// Holds when every call comes back within the time that the limits give it, be it with a panic.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
#[expect(clippy::needless_pass_by_value, reason = "generated code makes the limits where they are used")]
pub fn terminates(id: &str, limits: Limits, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    let test = Test::new(id, "terminates", "an answer in time", &body);
    run(&match limits.time() {
        Some(limit) => test.within(limit),
        None => test,
    });
}
