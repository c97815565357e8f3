use crate::case::Case;
use crate::isolate::{Test, run};
use crate::refusal::Answer;
use crate::stop::Stop;

/// Holds when the target accepts every declared value; nothing is mixed in.
///
/// # Panics
/// If the constraint does not hold: that is how a test fails.
pub fn accepts(id: &str, body: impl Fn(&mut Case<'_>) -> Result<(), Stop> + Sync) {
    run(&Test::new(id, "accepts", "an answer that is no refusal", &body).with_declared_values());
}

impl Case<'_> {
    /// States that the target has accepted.
    pub fn accepts<A: Answer>(&mut self, answer: &A, show: impl FnOnce() -> String) -> Result<(), Stop> {
        if !answer.is_refusal() {
            return Ok(());
        }
        let seen = if self.is_showing() { format!("it is refused with {}", show()) } else { String::new() };
        Err(Stop::violated("it is accepted", seen))
    }
}
