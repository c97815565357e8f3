use crate::case::Case;
use crate::isolate::{Test, run};
use crate::refusal::Answer;
use crate::stop::Stop;

/// Holds when the target refuses every declared value; nothing is mixed in.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn rejects(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    run(&Test::new(id, "rejects", "a refusal", &body).with_declared_values());
}

impl Case<'_> {
    /// States that the target has refused.
    pub fn rejects<A: Answer>(&mut self, answer: &A, show: impl FnOnce() -> String) -> Result<(), Stop> {
        if answer.is_refusal() {
            return Ok(());
        }
        let seen = if self.is_showing() { format!("it is accepted with {}", show()) } else { String::new() };
        Err(Stop::violated("it is refused", seen))
    }
}
